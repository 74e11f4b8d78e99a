// The search page: pagefind's index, our own form. Words found are shown as text, never as markup.
"use strict";

(async () => {
  const form = document.getElementById("search"), words = document.getElementById("words");
  const found = document.getElementById("found"), list = document.getElementById("results");
  const more = document.getElementById("more"), facets = document.getElementById("facets");
  const STEP = 20, FEW = 8;
  let index;
  document.getElementById("without").hidden = true;
  try {
    index = await import(new URL("pagefind/pagefind.js", location.href).href);
    await index.options({ excerptLength: 40 });
    await index.init();
  } catch {
    found.textContent = "Search works once the site is served: it cannot read its index from a folder.";
    return;
  }

  // What narrows the search: a check list for each facet, of the values that most have, with how many.
  const asked = new URLSearchParams(location.search), lists = {};
  words.value = asked.get("words") ?? "";
  const element = (name, kind = "", text = "") => Object.assign(document.createElement(name), { className: kind, textContent: text });
  const every = await index.filters(), wide = matchMedia("(min-width: 64rem)").matches;
  for (const name of ["Person", "Moment", "Source", "Kind"]) {
    const values = Object.entries(every[name] ?? {}).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    if (values.length < 2) continue;
    const chosen = new Set(asked.getAll(name.toLowerCase()));
    const box = element("details"), summary = element("summary", "", name), many = element("span", "chosen");
    const field = element("fieldset"), list = element("ul"), all = element("button", "all");
    const rows = values.map(([value]) => {
      const row = element("li"), label = element("label"), tick = element("input"), count = element("span", "count");
      Object.assign(tick, { type: "checkbox", name: name.toLowerCase(), value, checked: chosen.has(value) });
      label.append(tick, element("span", "value", value), " ", count);
      row.append(label);
      return { value, row, tick, count };
    });
    all.type = "button";
    summary.append(" ", many);
    field.append(element("legend", "vh", name), list, all);
    list.append(...rows.map((one) => one.row));
    box.append(summary, field);
    box.open = wide && name !== "Source" || chosen.size > 0;
    facets.append(box);
    const facet = lists[name] = { rows, many, all, whole: false };
    all.addEventListener("click", () => { facet.whole = !facet.whole; shorten(facet); });
  }
  const clear = element("button", "clear", "Clear all");
  clear.type = "button";
  facets.append(clear);
  clear.addEventListener("click", () => { for (const tick of facets.querySelectorAll("input")) tick.checked = false; search(); words.focus(); });

  const ticked = (name) => lists[name].rows.filter((one) => one.tick.checked).map((one) => one.value);
  const shorten = (facet) => {
    const there = facet.rows.filter((one) => one.many || one.tick.checked);
    const shown = new Set(facet.whole ? there : there.filter((one, i) => i < FEW || one.tick.checked));
    for (const one of facet.rows) one.row.hidden = !shown.has(one);
    facet.all.hidden = there.length <= FEW;
    facet.all.textContent = facet.whole ? "Fewer" : `All ${there.length}`;
  };
  const counted = (name, found) => {
    const facet = lists[name], chosen = ticked(name).length;
    for (const one of facet.rows) {
      one.many = found[name]?.[one.value] ?? 0;
      one.count.textContent = one.many;
    }
    facet.many.textContent = chosen ? `${chosen} chosen` : "";
    shorten(facet);
  };

  // Only text and <mark> come over from an excerpt.
  const shown = (excerpt) => {
    const out = document.createDocumentFragment();
    const walk = (node, into) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) into.append(child.textContent);
        else if (child.nodeName === "MARK") {
          // The stops that pagefind takes for part of a word stay unlit.
          const [, open, word, close] = child.textContent.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
          const mark = document.createElement("mark");
          mark.append(word);
          into.append(open, mark, close);
        }
        else walk(child, into);
      }
    };
    walk(new DOMParser().parseFromString(excerpt, "text/html").body, out);
    return out;
  };
  const row = ({ meta, filters, excerpt }) => {
    const item = document.createElement("li"), kind = filters.Kind?.[0] ?? "", page = ["Moment", "Person", "Source", "Cover"].includes(kind);
    const name = element("a", page && kind !== "Person" ? "" : "name", meta.title || "Speaker not known");
    name.href = meta.url;
    item.append(name);
    if (page) item.append(element("span", "kind", kind));
    else { const text = document.createElement("p"); text.append(shown(excerpt)); item.append(text); }
    if (meta.where) item.append(element("p", "where", meta.where));
    return item;
  };

  let hits = [], turn = 0;
  const show = async () => {
    const mine = turn, next = hits.slice(list.children.length, list.children.length + STEP);
    const rows = (await Promise.all(next.map((hit) => hit.data()))).map(row);
    if (mine !== turn) return;
    list.append(...rows);
    more.hidden = list.children.length >= hits.length;
  };
  const search = async () => {
    const mine = ++turn, chosen = {}, address = new URLSearchParams(), text = words.value.trim();
    if (text) address.set("words", text);
    for (const name of Object.keys(lists)) {
      const values = ticked(name);
      if (values.length) chosen[name] = { any: values };
      for (const value of values) address.append(name.toLowerCase(), value);
    }
    const narrow = Object.keys(chosen);
    clear.hidden = !narrow.length;
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    const answer = await index.search(text || null, { filters: chosen });
    // Within a list one more tick finds more: what it would find is counted without the list's own ticks.
    const counts = await Promise.all(Object.keys(lists).map(async (name) => {
      if (!chosen[name]) return [name, answer.filters];
      const { [name]: own, ...others } = chosen;
      return [name, (await index.search(text || null, { filters: others })).filters];
    }));
    if (mine !== turn) return;
    for (const [name, found] of counts) counted(name, found);
    hits = text || narrow.length ? answer.results : [];
    list.replaceChildren();
    more.hidden = true;
    if (!text && !narrow.length) { found.textContent = ""; return; }
    found.textContent = hits.length ? `${hits.length} found` : "Nothing found. Try fewer words, or take a tick away.";
    await show();
  };
  let wait;
  words.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
  facets.addEventListener("change", search);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  more.addEventListener("click", show);
  form.hidden = false;
  words.focus();
  await search();
})();
