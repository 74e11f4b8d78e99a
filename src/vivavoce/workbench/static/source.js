// A source: select words to decide on them, press a speaker to name them; the text follows the recording.
import { say, send, typing } from "/static/bench.js";

const text = document.getElementById("text");
const tool = document.getElementById("tool");
const player = document.querySelector(".follower audio, .follower video");
const field = tool.elements;

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
  field.turn.value = turn.dataset.n;
  field.label.value = who.textContent;
  field.name.value = turn.querySelector(".is")?.textContent ?? "";
  open("for-name", `Who is ${who.textContent}?`);
  field.name.focus();
}
text.addEventListener("click", (event) => {
  const who = event.target.closest(".t h2 .who");
  const at = event.target.closest("[data-seek]");
  if (who) speaker(who);
  if (at && player) {
    event.preventDefault();
    player.currentTime = Number(at.dataset.seek);
    player.play();
  }
});

async function decide(what) {
  field.do.value = what;
  say("Saving …");
  const told = await send("/source", Object.fromEntries(new FormData(tool)));
  if (!told.saved) return say(told.wrong, true);
  say(`Saved: ${told.says}. It is shown once the archive has followed.`);
  close();
}
tool.addEventListener("click", (event) => event.target.closest(".close") && close());
tool.addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = event.submitter; // with Enter it is the first button, shown or not
  decide(pressed && !pressed.hidden ? pressed.value : field.to.closest("label").hidden ? "label" : "correct");
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !tool.hidden) return close();
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
});

const turns = [...text.querySelectorAll("[data-from]")];
player?.addEventListener("timeupdate", () => {
  const at = player.currentTime;
  const here = turns.findLast((turn) => Number(turn.dataset.from) <= at);
  const before = text.querySelector(".now");
  if (here === before) return;
  before?.classList.remove("now");
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
