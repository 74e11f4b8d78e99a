// Review by keyboard: the next question is there at once, and what was decided is sent behind it.
import { say, send, typing } from "/static/bench.js";
import { fixing } from "/static/words.js";

const place = document.getElementById("question");
const help = document.getElementById("help");
const kind = place.dataset.kind;
const query = kind ? `?kind=${kind}` : "";
const ready = new Map(); // key -> promise of the piece of a page
const answered = new Set();
const undone = []; // decisions of this window, the latest last: {id, key}
let queue = [];
let left = 0;
let done = 0;
let worded = null; // what is done with a key that moves the ends of the words
let sending = Promise.resolve();

const now = () => place.querySelector("article");
const fields = (form) => Object.fromEntries(new FormData(form));

async function fetched(key) {
  const answer = await fetch(`/review/${key}?part=1${kind ? `&kind=${kind}` : ""}`);
  return answer.ok ? answer.text() : "";
}

function piece(key) {
  if (!ready.has(key)) ready.set(key, fetched(key));
  return ready.get(key);
}

function ahead() {
  for (const key of queue.slice(0, 4)) piece(key);
}

async function more() {
  const told = await (await fetch(`/questions.json${query}`)).json();
  const mine = now()?.dataset.key;
  const have = new Set(queue);
  const late = queue.filter((key) => told.keys.includes(key));
  queue = [...told.keys.filter((key) => !have.has(key)), ...late].filter((key) => key !== mine && !answered.has(key));
  count(told.left, told.done);
  ahead();
}

function count(number, answers) {
  left = Math.max(number, 0);
  done = answers;
  document.getElementById("left").textContent = left ? `${done + 1} of ${done + left}` : `${done} of ${done}`;
}

async function show(key) {
  const html = await piece(key);
  ready.delete(key);
  if (!html) {
    count(left - 1, done); // settled by what was decided of others
    return next();
  }
  place.innerHTML = html;
  dress();
  history.replaceState(null, "", `/review/${key}${query}`);
  ahead();
}

async function next() {
  if (!queue.length) {
    await sending;
    await more();
  }
  const key = queue.shift();
  if (key) return show(key);
  place.innerHTML = '<article class="asks"><header><h1 tabindex="-1">Nothing is left to look at</h1></header></article>';
  count(0, done);
}

function dress() {
  for (const part of place.querySelectorAll(".needs-script")) part.hidden = false;
  place.querySelector("mark.lit")?.scrollIntoView({ block: "nearest" });
  place.querySelector("h1").focus({ preventScroll: true });
  const article = now();
  worded = article?.dataset.spans ? fixing(article, (spans) => reword(article, spans)) : null;
}

/** Keep which words a quotation is; whose they are is still asked. */
function reword(article, spans) {
  const key = article.dataset.key;
  const given = { ...fields(article.querySelector(".new")), do: "span", spans, known: article.dataset.worded, name: "" };
  say("Saving …");
  sending = sending.then(() => send("/answer", given)).then(async (told) => {
    if (told.saved) undone.push({ id: told.saved, key, asked: true });
    ready.delete(key);
    if (now()?.dataset.key === key) await show(key);
    say(told.saved ? `Saved: ${told.says}.` : told.wrong, !told.saved);
  });
}

/** Go on from a pair that was shown while the decision was on its way that settles it. */
async function pass() {
  const key = now()?.classList.contains("pair") && now().dataset.key;
  if (!key || (await piece(key)) || now()?.dataset.key !== key) return;
  ready.delete(key);
  count(left - 1, done);
  return next();
}

/** Send an answer and go on; a wrong one comes back with what is wrong. */
function answer(form) {
  const given = fields(form);
  const key = given.item;
  if (answered.has(key)) return; // the next one is on its way
  answered.add(key);
  count(left - 1, done + 1);
  say("Saving …");
  sending = sending.then(() => send("/answer", given)).then(async (told) => {
    if (told.saved) {
      undone.push({ id: told.saved, key });
      ready.clear(); // what was decided teaches the questions that follow
      ahead();
      say(`Saved: ${told.says}.`);
      return pass();
    }
    answered.delete(key);
    ready.delete(key);
    const other = now()?.dataset.key;
    if (other && other !== key) queue.unshift(other);
    await show(key);
    count(left + 1, done - 1);
    say(told.wrong, true);
  });
  next();
}

async function undo() {
  await sending;
  const last = undone.pop();
  if (!last) return say("Nothing has been decided in this window. The history undoes the rest.");
  const told = await send("/undo", { decision: last.id });
  if (!told.saved) {
    undone.push(last);
    return say(told.wrong, true);
  }
  answered.delete(last.key);
  ready.clear();
  const mine = now()?.dataset.key;
  if (mine && mine !== last.key) queue.unshift(mine);
  await show(last.key);
  if (!last.asked) count(left + 1, done - 1);
  say("Undone. It is asked again.");
}

function skip() {
  const mine = now()?.dataset.key;
  if (!queue.length) return say("This is the last question.");
  const key = queue.shift();
  queue.push(mine);
  return show(key);
}

const named = { u: undo, s: skip, "?": () => help.showModal(), n: () => place.querySelector(".new input[name=name]")?.focus(),
  o: () => place.querySelector(".to-source")?.click() };

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event)) return place.querySelector("h1").focus();
  if (typing(event) || help.open) return;
  if (worded?.(event) || event.repeat) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const form = event.key === "Enter"
    ? place.querySelector("form[data-proposed], form[data-key=Enter]") : place.querySelector(`form[data-key="${CSS.escape(event.key)}"]`);
  if (form) {
    event.preventDefault();
    answer(form);
  } else if (named[event.key]) {
    event.preventDefault();
    named[event.key]();
  } else if (event.key === "Enter") say("Nothing is proposed here. Choose a number, n for another name, or s to skip.");
});

place.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".new") && !event.target.elements.name.value.trim()) return say("Type a name first.");
  answer(event.target);
});
place.addEventListener("click", (event) => {
  if (event.target.closest(".undo-it")) undo();
  else if (event.target.closest(".help-it")) help.showModal();
  else if (event.target.closest(".skip-it")) {
    event.preventDefault();
    skip();
  }
});

left = Number(now()?.dataset.left ?? 0);
done = Number(now()?.dataset.done ?? 0);
dress();
more();
