// Pages on which something is decided: forms are sent behind the page, which then shows the decided state; keys; names
// that are offered while one types.
import { say, send, typing } from "/static/bench.js";

const live = document.getElementById("live");
const help = document.getElementById("help");
const generation = document.querySelector('meta[name="generation"]');
const fields = (form, by) => Object.fromEntries(new FormData(form, by));
let sending = Promise.resolve();

// --- the page -----------------------------------------------------------------------------------------------

/** What every new piece of the page needs. */
function dress(place) {
  for (const part of place.querySelectorAll(".needs-script")) part.hidden = false;
  for (const part of place.querySelectorAll(".no-script")) part.hidden = true;
  for (const input of place.querySelectorAll("input[data-pick]")) pick(input);
  dispatchEvent(new CustomEvent("dressed"));
}

const steps = () => [...live.querySelectorAll("[data-step], .folk .who-is a, .groups input, .happened h2 a, .happened h3 a")];

/** Show a page's changing piece as it is now; the focus stays at its place, or goes to the heading. */
export async function refresh(to = location.href, quiet = false) {
  const url = new URL(to, location.href);
  url.searchParams.delete("done");
  const part = new URL(url);
  part.searchParams.set("part", "1");
  const answer = await fetch(part);
  if (!answer.ok) return location.assign(url);
  const html = await answer.text();
  const came = new URL(answer.url);
  came.searchParams.delete("part");
  came.searchParams.delete("done");
  const had = live.contains(document.activeElement) ? steps().indexOf(document.activeElement) : -2;
  live.innerHTML = html;
  history.replaceState(null, "", came);
  dress(live);
  if (had >= 0) steps()[Math.min(had, steps().length - 1)]?.focus({ preventScroll: true });
  else if (had === -1 && !quiet) live.querySelector("h1")?.focus({ preventScroll: true });
  const title = live.querySelector("h1")?.textContent;
  if (title) document.title = document.title.replace(/^.*?(?= · [^·]*$)/, title.trim());
}

/** Whether somebody is in the middle of something that a new piece of page would take away. */
const busy = () => document.querySelector("#live details[open] form, #live input[type=checkbox]:checked, dialog[open], .dragged")
  || (live.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]), textarea, select"));

addEventListener("generation", (event) => {
  if (!event.detail.newer || event.detail.doing !== "ready" || busy()) return;
  event.preventDefault();
  generation.content = event.detail.generation;
  refresh(location.href, true);
});

// --- deciding -----------------------------------------------------------------------------------------------

const stack = () => JSON.parse(sessionStorage.getItem("decided") ?? "[]");
const keep = (rows) => sessionStorage.setItem("decided", JSON.stringify(rows.slice(-50)));

/** Send a decision and show it; what is wrong is said, with the page as it is decided elsewhere. */
export function decide(action, given) {
  say("Saving …");
  sending = sending.then(() => send(action, given)).then(async (told) => {
    if (!told.saved) {
      if (told.earlier) await refresh();
      return say(told.wrong, true);
    }
    const undoing = action.endsWith("/undo");
    keep(undoing ? stack().filter((row) => row !== given.decision) : [...stack(), told.saved]);
    await refresh(told.to ?? location.href);
    say(undoing ? "Undone." : `Saved: ${told.says}.`);
  });
  return sending;
}

export function undo() {
  const last = stack().at(-1);
  if (!last) return say("Nothing has been decided in this window. The history undoes the rest.");
  return decide("/undo", { decision: last });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-filter]")) {
    event.preventDefault();
    return sieve(form);
  }
  if (!form.matches("[data-decides]")) return;
  event.preventDefault();
  decide(form.getAttribute("action"), fields(form, event.submitter));
});

// --- lists that are sieved while one types ------------------------------------------------------------------

let waiting = 0;
function sieve(form) {
  clearTimeout(waiting);
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return refresh(`${form.getAttribute("action")}?${asked}`, true);
}
for (const form of document.querySelectorAll("form[data-filter]"))
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => sieve(form), 120);
  });

// --- somebody or something, chosen by typing ----------------------------------------------------------------

let offers = 0;
function pick(input) {
  const list = document.createElement("ul");
  list.id = `offered-${++offers}`;
  list.className = "offered";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Who or what is offered");
  input.closest("label").after(list);
  const value = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
  if (input.dataset.takes !== "name") {
    input.after(value);
    input.removeAttribute("name");
  }
  for (const [name, given] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }))
    input.setAttribute(name, given);
  let at = 0;
  let asked = 0;
  const options = () => [...list.children];
  const open = (shown) => {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) input.removeAttribute("aria-activedescendant");
  };
  function point(number) {
    at = (number + options().length) % options().length;
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    input.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  }
  function choose(option) {
    input.value = option.dataset.name;
    value.value = option.dataset.value;
    open(false);
    if ("submits" in input.dataset) input.form.requestSubmit();
  }
  async function offer() {
    value.value = input.value;
    const mine = ++asked;
    const url = new URL(input.dataset.pick, location.href);
    url.searchParams.set("q", input.value);
    const { offered } = await (await fetch(url, { headers: { accept: "application/json" } })).json();
    if (mine !== asked || document.activeElement !== input) return;
    list.replaceChildren(...offered.map((one, n) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${n}`;
      option.setAttribute("role", "option");
      Object.assign(option.dataset, { value: one.value, name: one.name });
      option.append(Object.assign(document.createElement("b"), { textContent: one.name }), Object.assign(document.createElement("small"), { textContent: one.more }));
      return option;
    }));
    open(offered.length > 0);
    if (offered.length) point(0);
  }
  input.addEventListener("input", offer);
  input.addEventListener("focus", offer);
  input.addEventListener("blur", () => setTimeout(() => open(false), 150));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" || (event.key === "Tab" && input.value)) {
      if (event.key === "Enter") event.preventDefault();
      choose(options()[at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      open(false);
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) choose(option);
  });
}

// --- keys ---------------------------------------------------------------------------------------------------

function press(target) {
  if (target.matches("form")) return target.requestSubmit();
  if (target.matches("input, select, textarea")) {
    target.focus();
    return target.select?.();
  }
  const details = target.matches("summary") && target.parentElement;
  if (!details) return target.click();
  for (const other of live.querySelectorAll(".does details[open]")) if (other !== details) other.open = false;
  details.open = true;
  details.scrollIntoView({ block: "nearest", behavior: "instant" });
  const first = details.querySelector("input:not([type=hidden]), select, textarea, button");
  first?.focus();
  first?.select?.();
}

function step(by) {
  const all = steps();
  const at = all.indexOf(document.activeElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !help.open) {
    const details = document.activeElement?.closest("details[open]");
    if (details) details.open = false;
    const back = details?.querySelector("summary") ?? live.querySelector("h1");
    return back ? back.focus() : document.activeElement?.blur();
  }
  if (typing(event) || help.open || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key) && !one.closest("[hidden]"));
  const own = { u: undo, j: () => step(1), k: () => step(-1), x: () => document.activeElement.matches("[type=checkbox]") && document.activeElement.click() };
  if (!target && !own[event.key]) return;
  event.preventDefault();
  if (target) press(target);
  else own[event.key]();
});

for (const part of document.querySelectorAll(".no-script")) part.hidden = true;
dress(live);
