// A source: select words to decide on them, press a speaker to name them; the text follows the recording.
import { say, send, typing } from "/static/bench.js";

const text = document.getElementById("text");
const tool = document.getElementById("tool");
const player = document.querySelector(".follower audio, .follower video");
const field = tool.elements;
const turns = [...text.querySelectorAll(".t")];

/** The offset in the source's text of a place in the page: code points, not UTF-16. */
function offset(node, at, end) {
  const piece = (node.nodeType === 3 ? node.parentElement : node.childNodes[at]?.parentElement ?? node)?.closest("[data-a]");
  if (!piece) return null;
  if (piece.querySelector(".corrected, .withheld") || node.nodeType !== 3) return Number(end ? piece.dataset.z : piece.dataset.a);
  return Number(piece.dataset.a) + [...node.data.slice(0, at)].length;
}

function open(kind, chosen) {
  for (const part of tool.querySelectorAll(".for-words, .for-name"))
    part.hidden = !part.classList.contains(kind) && !(kind === "for-words" && part.matches("label.for-name") && !("talk" in text.dataset));
  tool.querySelector(".chosen").textContent = chosen;
  tool.hidden = false;
}

function close() {
  tool.hidden = true;
  getSelection().removeAllRanges();
}

let finger = false; // whether the last touch of the page was a finger's: then no mouse tells when words are selected
let waiting = 0;
addEventListener("pointerdown", (event) => (finger = event.pointerType === "touch"), true);
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  if (finger) waiting = setTimeout(select, 400);
});

function select() {
  const chosen = getSelection();
  if (chosen.isCollapsed || !chosen.rangeCount || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
  const range = chosen.getRangeAt(0);
  const start = offset(range.startContainer, range.startOffset, false);
  const end = offset(range.endContainer, range.endOffset, true);
  if (start === null || end === null || start >= end) return;
  field.start.value = start;
  field.end.value = end;
  field.to.value = String(chosen).trim();
  field.name.value = "";
  open("for-words", `“${String(chosen).trim()}”`);
}

text.addEventListener("mouseup", () => setTimeout(select));
text.addEventListener("keyup", (event) => event.shiftKey && select());

for (const who of text.querySelectorAll(".t h2 .who")) {
  who.setAttribute("role", "button");
  who.tabIndex = 0;
}
function speaker(who) {
  const turn = who.closest(".t");
  if (turn.dataset.n === undefined) return say("This turn was just made; its speaker can be changed once the archive has followed.");
  field.turn.value = turn.dataset.n;
  field.label.value = who.textContent;
  field.name.value = turn.querySelector(".is")?.textContent.trim() ?? "";
  open("for-name", `Who is ${who.textContent}?`);
  tool.querySelector(".later").hidden = turn.dataset.n === "0";
  field.name.focus();
}
text.addEventListener("click", (event) => {
  const who = event.target.closest(".t h2 .who");
  const at = event.target.closest("[data-seek]");
  if (who) speaker(who);
  else if (!at) hear(event);
  if (at && player) {
    event.preventDefault();
    player.currentTime = Number(at.dataset.seek);
    player.play();
  }
});

const mine = []; // the decisions that this page made, or has shown
let saving = false; // a button pressed twice decides once

async function decide(what) {
  if (saving || tool.hidden) return;
  saving = true;
  try {
    await save(what);
  } finally {
    saving = false;
  }
}

async function save(what) {
  field.do.value = what;
  field.known.value = mine.join(" ");
  say("Saving …");
  const told = await send("/source", Object.fromEntries(new FormData(tool)));
  if (!told.saved) {
    if (told.earlier) mine.push(told.earlier.id); // it is shown now: what is decided next takes its place
    return say(told.wrong, true);
  }
  mine.push(told.saved);
  show(what, told.at);
  say(`Saved: ${told.says}.`);
  close();
}

/** Show what was decided where it stands, until the archive has followed. */
function show(what, at) {
  if (what === "correct") corrected(...at[0], field.to.value.trim());
  if (what === "from" || what === "alone") apart(at[0][0], what === "alone" ? at[0][1] : null, field.name.value.trim());
  if (what === "join") join(turns[field.turn.value]);
  for (const turn of what === "label" ? turnsOf(field.label.value) : what === "turn" ? [turns[field.turn.value]] : []) {
    const is = turn.querySelector(".is") ?? turn.querySelector("h2").appendChild(Object.assign(document.createElement("span"), { className: "is" }));
    is.textContent = ` ${field.name.value.trim()}`;
  }
}
const turnsOf = (label) => turns.filter((turn) => turn.querySelector(".who").textContent === label);

/** Put corrected words into their place, if they stand in one piece; else the next reading shows them. */
function corrected(start, end, to) {
  const piece = text.querySelectorAll(".t, .block")[sectionAt(start)]?.querySelectorAll("[data-a]") ?? [];
  const here = [...piece].find((one) => Number(one.dataset.a) <= start && end <= Number(one.dataset.z) && one.firstChild?.nodeType === 3);
  if (!here) return;
  const signs = [...here.firstChild.data];
  const from = Number(here.dataset.a);
  const parts = [[from, start], [start, end], [end, Number(here.dataset.z)]].filter(([a, z]) => a < z).map(([a, z]) => {
    const part = here.cloneNode(false);
    Object.assign(part.dataset, { a, z });
    const words = signs.slice(a - from, z - from).join("");
    if (a === start && z === end)
      part.append(Object.assign(document.createElement("span"), { className: "corrected", title: `as it came: ${words}`, textContent: to }));
    else part.append(words);
    return part;
  });
  here.replaceWith(...parts);
}

/** Show that somebody else speaks from an offset on, up to another (null: to the end of the turn). */
function apart(start, end, name) {
  const section = text.querySelectorAll(".t, .block")[sectionAt(start)];
  if (end !== null) cut(section, end);
  const mine = cut(section, start);
  if (!mine) return;
  mine.querySelector(".who").textContent = name || "—";
  mine.querySelector(".is")?.remove();
}

/** Put what a turn has from an offset on into a section behind it; null where nothing is left. */
function cut(section, offset) {
  const pieces = [...section.querySelectorAll("[data-a]")];
  const piece = pieces.find((one) => Number(one.dataset.z) > offset);
  if (!piece) return null;
  const range = document.createRange();
  const into = offset - Number(piece.dataset.a);
  if (into > 0 && piece.firstChild?.nodeType === 3) range.setStart(piece.firstChild, [...piece.firstChild.data].slice(0, into).join("").length);
  else range.setStartBefore(piece);
  range.setEndAfter(section.lastChild);
  const words = range.extractContents();
  if (into > 0 && piece.firstChild?.nodeType === 3) {
    words.querySelector("[data-a]").dataset.a = offset;
    piece.dataset.z = offset;
  }
  const made = section.cloneNode(false);
  made.removeAttribute("id");
  for (const told of ["n", "from", "to"]) delete made.dataset[told];
  const head = section.querySelector("h2").cloneNode(true);
  head.querySelector(".stamp").replaceChildren();
  head.querySelector(".who").replaceWith(Object.assign(document.createElement("span"), { className: "who", textContent: section.querySelector(".who").textContent }));
  made.append(head, words);
  section.after(made);
  return made;
}

/** Show that a turn goes on from the one above. */
function join(section) {
  const above = section.previousElementSibling;
  section.querySelector("h2").remove();
  above.append(...section.childNodes);
  section.remove();
}

/** The section in which an offset stands: they are in the order of the text. */
function sectionAt(offset) {
  const first = (section) => Number(section.querySelector("[data-a]")?.dataset.a ?? 0);
  return before([...text.querySelectorAll(".t, .block")], first, offset);
}

/** The last of some things in order whose value is not over one. */
function before(all, value, most) {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value(all[middle]) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Play from the word that was pressed: as far into its turn as it stands in the turn's words. */
function hear(event) {
  const turn = event.target.closest("[data-from]");
  if (!player || !turn || !getSelection().isCollapsed || !tool.hidden || event.target.closest("a, button, h2")) return;
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const old = caret ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const at = caret ? offset(caret.offsetNode, caret.offset, false) : old ? offset(old.startContainer, old.startOffset, false) : null;
  if (at === null) return;
  const pieces = [...turn.querySelectorAll("[data-a]")];
  const [a, z] = [Number(pieces[0].dataset.a), Number(pieces.at(-1).dataset.z)];
  const [from, to] = [Number(turn.dataset.from), Number(turn.dataset.to)];
  player.currentTime = from + (Math.max(to - from, 0) * (at - a)) / Math.max(z - a, 1);
  player.play();
}

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
function faster(steps) {
  const now = SPEEDS.findIndex((speed) => speed >= player.playbackRate);
  player.playbackRate = SPEEDS[Math.min(Math.max(now + steps, 0), SPEEDS.length - 1)];
  document.getElementById("speed").textContent = `${player.playbackRate}×`;
}
tool.addEventListener("click", (event) => event.target.closest(".close") && close());
tool.addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = event.submitter; // with Enter it is the first button, shown or not
  decide(pressed && !pressed.hidden ? pressed.value : field.to.closest("label").hidden ? "label" : "correct");
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !tool.hidden) return close();
  // Whoever typed a name for selected words means the name: the first button, which Enter presses, would correct them.
  if (event.key === "Enter" && event.target === field.name && !field.to.closest("label").hidden && field.name.value.trim()) {
    event.preventDefault();
    return decide("from");
  }
  if (typing(event)) return;
  if (event.key === "Enter" && event.target.matches(".who")) {
    event.preventDefault();
    return speaker(event.target);
  }
  if (!player || event.target.closest("button, audio, video, [role=button]")) return;
  if (event.key === " ") {
    event.preventDefault();
    if (player.paused) player.play();
    else player.pause();
  } else if (event.key === "b") player.currentTime = Math.max(player.currentTime - 3, 0);
  else if (event.key === "<" || event.key === ">") faster(event.key === "<" ? -1 : 1);
});

const timed = turns.filter((turn) => turn.dataset.from !== undefined);
let lit = null;
player?.addEventListener("timeupdate", () => {
  const here = timed[before(timed, (turn) => Number(turn.dataset.from), player.currentTime)] ?? null;
  if (here === lit) return;
  lit?.classList.remove("now");
  lit = here;
  here?.classList.add("now");
  if (here && !player.paused && document.getElementById("follow").checked) here.scrollIntoView({ block: "center" });
});

const asked = Number(new URLSearchParams(location.search).get("at") ?? NaN);
if (!Number.isNaN(asked)) {
  const pieces = [...text.querySelectorAll("[data-a]")];
  const piece = pieces.find((p) => Number(p.dataset.z) > asked);
  piece?.scrollIntoView({ block: "center" });
  piece?.classList.add("sought");
}
