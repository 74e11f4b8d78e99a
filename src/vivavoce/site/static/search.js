// The search page: pagefind's index, our own form. Words found are shown as text, never as markup.
"use strict";

(async () => {
  const form = document.getElementById("search"), words = document.getElementById("words");
  const found = document.getElementById("found"), list = document.getElementById("results");
  const more = document.getElementById("more"), facets = document.getElementById("facets");
  const STEP = 20;
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

  const filters = await index.filters();
  for (const name of ["Person", "Source", "Kind"]) {
    const values = Object.entries(filters[name] ?? {}).sort((a, b) => a[0].localeCompare(b[0]));
    if (values.length < 2) continue;
    const field = document.createElement("p"), label = document.createElement("label"), select = document.createElement("select");
    select.name = select.id = name.toLowerCase();
    label.htmlFor = select.id;
    label.textContent = name;
    select.append(new Option("All", ""), ...values.map(([value, many]) => new Option(`${value} (${many})`, value)));
    field.append(label, select);
    facets.append(field);
  }

  const asked = new URLSearchParams(location.search);
  words.value = asked.get("words") ?? "";
  for (const select of facets.querySelectorAll("select")) select.value = asked.get(select.name) ?? "";

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
  const made = (name, kind, text) => Object.assign(document.createElement(name), { className: kind, textContent: text });
  const row = ({ meta, filters, excerpt }) => {
    const item = document.createElement("li"), kind = filters.Kind?.[0] ?? "", page = ["Moment", "Person", "Source", "Cover"].includes(kind);
    const name = made("a", page && kind !== "Person" ? "" : "name", meta.title || "Speaker not known");
    name.href = meta.url;
    item.append(name);
    if (page) item.append(made("span", "kind", kind));
    else { const text = document.createElement("p"); text.append(shown(excerpt)); item.append(text); }
    if (meta.where) item.append(made("p", "where", meta.where));
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
    const mine = ++turn, chosen = {}, address = new URLSearchParams();
    for (const select of facets.querySelectorAll("select"))
      if (select.value) { chosen[select.id[0].toUpperCase() + select.id.slice(1)] = select.value; address.set(select.name, select.value); }
    const text = words.value.trim();
    if (text) address.set("words", text);
    history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
    if (!text && !Object.keys(chosen).length) { hits = []; list.replaceChildren(); more.hidden = true; found.textContent = ""; return; }
    const answer = await index.search(text || null, { filters: chosen });
    if (mine !== turn) return;
    hits = answer.results;
    list.replaceChildren();
    found.textContent = hits.length ? `${hits.length} found` : "Nothing found. Try fewer words, or take a filter away.";
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
