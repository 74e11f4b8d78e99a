// Search while the words are typed; the arrows go through what was found, Enter opens it.
import { typing } from "/static/bench.js";

const field = document.getElementById("q");
const found = document.getElementById("found");
let waiting = 0;
let asked = 0;

/** Show what a search finds, without leaving the page. */
async function show(address, focus = false) {
  const mine = ++asked;
  const url = new URL(address, location.href);
  history.replaceState(null, "", url);
  url.searchParams.set("part", "1");
  const answer = await fetch(url);
  if (mine !== asked || !answer.ok) return;
  found.innerHTML = await answer.text();
  if (focus) links()[0]?.focus();
}

const address = () => `/search?${new URLSearchParams([...new FormData(field.form)].filter(([, value]) => value))}`;
const links = () => [...found.querySelectorAll(".hit")];

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(address()), 120);
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show(address(), true);
});

function go(step) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  if (at + step < 0 || (at < 0 && step < 0)) return field.focus();
  all[Math.min(at + step, all.length - 1)]?.focus();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = event.target === field;
  if (event.key === "ArrowDown" || (event.key === "j" && !typing(event))) go(1);
  else if (event.key === "ArrowUp" || (event.key === "k" && !typing(event))) go(-1);
  else if (event.key === "Escape" && !inField) field.select();
  else return;
  event.preventDefault();
});
