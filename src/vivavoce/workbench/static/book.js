// The book by keys and by dragging: every change is sent at once, and the part of the page that changes comes back.
import { say, send, typing } from "/static/bench.js";

const desk = document.getElementById("desk");
const bar = document.getElementById("cutbar");
const narrow = matchMedia("(max-width: 59.99rem)");
let last = null; // the piece that keys go to: its number in the file
let chosen = null; // words that are selected: {at, part, start, end}
let sending = Promise.resolve();

const work = () => desk.querySelector(".bookdesk");
const rows = () => [...desk.querySelectorAll(".row")];
const offers = () => [...desk.querySelectorAll(".offer")];
const row = () => desk.querySelector(`.row[data-at="${last}"]`) ?? rows()[0];
const end = () => Number(work().dataset.last);
const length = (text) => [...text].length; // code points, as the program counts


/** Put the focus on a piece. */
function to(piece) {
  if (!piece) return;
  if (piece.dataset.at) last = Number(piece.dataset.at);
  piece.focus({ preventScroll: true });
  piece.scrollIntoView({ block: "nearest" });
}

/** Show the part that changes, with the focus where it was, or on piece `at`. */
function show(html, at = last, pool = -1) {
  const scrolled = desk.querySelector(".beside-it")?.scrollTop ?? 0;
  desk.innerHTML = html;
  last = at;
  dress();
  const beside = desk.querySelector(".beside-it");
  if (beside) beside.scrollTop = scrolled;
  if (pool >= 0 && offers().length) to(offers()[Math.min(pool, offers().length - 1)]);
  else if (at !== null) to(row());
}

function dress() {
  close();
  if (narrow.matches) desk.querySelector(".contents details")?.removeAttribute("open");
  for (const go of desk.querySelectorAll(".asks-for .go")) go.hidden = true;
}

/** Whether something was typed that is not written yet, in another form than this. */
const begun = (form) => [...desk.querySelectorAll("textarea, .tools input:not([type=hidden])")].some(
  (field) => field.value !== field.defaultValue && field.form !== form);

/** Do one thing to the book; what was typed stays if it cannot be done. */
function act(fields, pool = -1, form = null) {
  if (begun(form)) return say("Write what you have begun first, or empty it.", true);
  say("Writing …");
  sending = sending.then(async () => {
    const told = await send("/book", { mark: work()?.dataset.mark ?? "", state: work()?.dataset.state ?? "", ...fields });
    if (told.saved) {
      history.replaceState(null, "", told.to);
      show(told.html, told.at, pool);
      return say(told.says);
    }
    if (told.html) desk.innerHTML = told.html;
    say(told.html ? "Nothing was written." : told.wrong, true);
  });
  return sending;
}

/** Show another chapter, or something else beside it, without leaving the page. */
async function see(address, at = null, whole = true) {
  const url = new URL(address, location.href);
  history.replaceState(null, "", url.pathname + url.search);
  url.searchParams.set("part", whole ? "desk" : "beside");
  const answer = await fetch(url);
  if (!answer.ok) return say("This cannot be shown. Load the page again.", true);
  const html = await answer.text();
  if (whole) return show(html, at);
  const field = document.activeElement?.id === "pool-q" ? document.activeElement.selectionStart : -1;
  desk.querySelector(".beside-it").innerHTML = html;
  for (const go of desk.querySelectorAll(".asks-for .go")) go.hidden = true;
  work().dataset.state = new URLSearchParams(location.search).toString();
  if (field >= 0) {
    document.getElementById("pool-q").focus();
    document.getElementById("pool-q").setSelectionRange(field, field);
  }
}

// --- what the keys do ----------------------------------------------------------------------------------------

function step(by) {
  const pool = document.activeElement?.closest(".offer");
  const all = pool ? offers() : rows();
  const at = all.indexOf(pool ?? document.activeElement?.closest(".row"));
  to(all[at < 0 ? Math.max(all.indexOf(row()), 0) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function move(way) {
  const piece = row();
  if (piece) act({ do: piece.dataset.kind === "chapter" ? `chapter-${way}` : way, at: piece.dataset.at });
}

function remove() {
  const piece = row();
  if (!piece) return;
  act({ do: piece.dataset.kind === "chapter" ? "chapter-remove" : "remove", at: piece.dataset.at });
}

function place(offer) {
  const piece = desk.querySelector(`.row[data-at="${last}"]`);
  const at = piece ? last + 1 : end();
  const fields = { do: "place", quote: offer.dataset.quote, start: offer.dataset.start, end: offer.dataset.end, to: at };
  act({ ...fields, ...(chosen?.quote === offer.dataset.quote ? { start: chosen.start, end: chosen.end } : {}) }, offers().indexOf(offer));
}

function edit() {
  const tools = row()?.querySelector(".tools");
  const field = tools?.querySelector(".writes [name=text]");
  if (!field) return say("This cannot be written anew here.");
  tools.open = true;
  field.focus();
}

function add(kind) {
  const form = desk.querySelector(".adds");
  const piece = desk.querySelector(`.row[data-at="${last}"]`);
  form.closest("details").open = true;
  form.elements.kind.value = kind;
  form.elements.to.value = kind === "chapter" || !piece ? end() : last + 1;
  if (piece && kind !== "chapter") piece.append(form.closest("details"));
  form.elements.text.focus();
}

function trim() {
  const said = row()?.querySelector(".said");
  if (!said || !said.closest(".block")) return say("Words are left out of a quotation. Go to one.");
  said.contentEditable = "true"; // for a caret; nothing can be typed
  said.setAttribute("role", "textbox");
  said.setAttribute("aria-label", "The words of the quotation: select some and press Enter to leave them out");
  said.focus();
  getSelection().collapse(said, 0);
  say("Select words with Shift and the arrows; Enter leaves them out, Esc leaves the words.");
}

function untrim(said) {
  said.removeAttribute("contenteditable");
  said.removeAttribute("role");
  said.removeAttribute("aria-label");
}

const named = {
  ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1),
  J: () => move("down"), K: () => move("up"), x: remove, Delete: remove, e: () => sending.then(edit), t: () => sending.then(trim),
  n: () => sending.then(() => add("words")), c: () => sending.then(() => add("chapter")), u: () => act({ do: "undo" }), U: () => act({ do: "redo" }),
  p: () => to(offers()[0]), f: () => document.getElementById("pool-q")?.focus(),
  v: () => desk.querySelector(".tabs a:not([aria-current])")?.click(),
  "[": () => turn(-1), "]": () => turn(1),
};

function turn(by) {
  const all = [...desk.querySelectorAll(".contents li a")];
  const link = all[all.findIndex((a) => a.ariaCurrent) + by];
  if (link) see(link.href, Number(link.closest("li").dataset.at));
}

addEventListener("keydown", (event) => {
  if (document.getElementById("help")?.open) return;
  const said = event.target.closest?.(".said[contenteditable]");
  if (event.key === "Escape") {
    if (said || !bar.hidden) {
      if (said) untrim(said);
      close();
      return to(row());
    }
    if (typing(event) || event.target.closest(".offer, .tools")) {
      event.target.closest(".tools")?.removeAttribute("open");
      return to(row());
    }
  }
  if (said || !bar.hidden) {
    if (event.key === "Enter" || (said && (event.key === "Delete" || event.key === "Backspace"))) {
      event.preventDefault();
      leaveOut();
    }
    if (said) return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) return event.target.form.requestSubmit();
  if (typing(event)) return;
  if (event.altKey || (event.target.closest("summary, button, select, a") && event.key === "Enter")) return;
  const offer = event.target.closest(".offer");
  if (offer && event.key === "Enter") place(offer);
  else if (offer && ["x", "Delete", "e", "t", "J", "K"].includes(event.key)) return;
  else if (named[event.key] && work()) named[event.key]();
  else return;
  event.preventDefault();
});
desk.addEventListener("beforeinput", (event) => event.target.closest(".said") && event.preventDefault());
const openedGap = (event) => event.target.matches?.(".gap > .tools[open]") && event.target.querySelector("[name=text]")?.focus();
desk.addEventListener("toggle", openedGap, true); // what is typed next is the narration, and no keys
desk.addEventListener("click", (event) => { // at once: the browser tells of what it opened only later
  const gap = event.target.closest(".gap > .tools:not([open]) > summary")?.parentElement;
  if (!gap) return;
  event.preventDefault();
  gap.open = true;
  openedGap({ target: gap });
});
desk.addEventListener("focusin", (event) => {
  const piece = event.target.closest(".row");
  if (piece) last = Number(piece.dataset.at);
});

// --- words that are selected ---------------------------------------------------------------------------------

function select() {
  const now = getSelection();
  const node = now.rangeCount && !now.isCollapsed ? now.getRangeAt(0) : null;
  const within = node?.commonAncestorContainer;
  const held = (within?.nodeType === 3 ? within.parentElement : within)?.closest(".said, .offer .words");
  if (!held || held.closest(".away")) return null;
  const before = node.cloneRange();
  before.selectNodeContents(held);
  before.setEnd(node.startContainer, node.startOffset);
  const start = length(before.toString());
  const words = node.toString();
  if (!words.trim()) return null;
  const offer = held.closest(".offer");
  if (offer) {
    const from = Number(offer.dataset.start) + start;
    return { quote: offer.dataset.quote, start: from, end: from + length(words), words };
  }
  return { at: held.closest(".row").dataset.at, part: held.dataset.part, start, end: start + length(words), words };
}

function close() {
  bar.hidden = true;
  chosen = null;
}

function leaveOut() {
  chosen = chosen ?? select();
  if (!chosen?.at) return say("No words are selected.");
  const { at, part, start, end: until } = chosen;
  for (const said of desk.querySelectorAll(".said[contenteditable]")) untrim(said);
  close();
  act({ do: "cut", at, part, start, end: until });
}

document.addEventListener("selectionchange", () => {
  const now = select();
  chosen = now;
  bar.hidden = !now?.at;
  if (now?.at) bar.querySelector(".chosen").textContent = `“${now.words.trim()}”`;
});
bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
bar.addEventListener("submit", (event) => {
  event.preventDefault();
  leaveOut();
});
bar.querySelector(".close").addEventListener("click", () => {
  getSelection().removeAllRanges();
  close();
});

// --- forms and links -----------------------------------------------------------------------------------------

addEventListener("submit", (event) => {
  const form = event.target;
  if (!desk.contains(form)) return;
  event.preventDefault();
  if (form.matches(".asks-for")) return ask(form);
  const fields = Object.fromEntries(new FormData(form));
  const pressed = event.submitter;
  if (pressed?.name) fields[pressed.name] = pressed.value;
  if (pressed?.dataset.part) fields.part = pressed.dataset.part;
  const offer = form.closest(".offer");
  if (offer) return place(offer);
  delete fields.mark;
  delete fields.state;
  if (form.matches(".steps")) last = last ?? 0;
  act(fields, -1, form);
});
/** Ask for quotations; words are looked for in all of them while nobody has chosen a moment. */
function ask(form) {
  const fields = new FormData(form);
  if ("guessed" in form.dataset && fields.get("q")) for (const name of ["moment", "unused"]) fields.set(name, "");
  return see(`/book?${new URLSearchParams(fields)}`, null, false);
}
let waiting = 0;
desk.addEventListener("input", (event) => {
  const form = event.target.closest(".asks-for");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => ask(form), event.target.type === "search" ? 150 : 0);
});
desk.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest(".contents li a, .tabs a, .turn-page a, .pool > .meta a");
  if (link) {
    event.preventDefault();
    if (link.closest(".contents")) return see(link.href, Number(link.closest("li").dataset.at));
    return see(link.href, last);
  }
  const piece = event.target.closest(".row, .offer");
  if (piece && !event.target.closest("a, button, input, textarea, summary, label, select") && getSelection().isCollapsed) to(piece);
});

// --- dragging ------------------------------------------------------------------------------------------------

let dragged = null;
function unmark() {
  for (const piece of desk.querySelectorAll(".before, .behind")) piece.classList.remove("before", "behind");
}
desk.addEventListener("dragstart", (event) => {
  if (!getSelection().isCollapsed && event.target.nodeType === 3) return event.preventDefault();
  dragged = event.target.closest?.(".row, .offer");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  dragged.classList.add("dragged");
});
desk.addEventListener("dragover", (event) => {
  const over = event.target.closest(".row");
  if (!dragged || !event.target.closest(".arranged")) return;
  event.preventDefault();
  unmark();
  const piece = over ?? rows().at(-1);
  if (!piece) return;
  const box = piece.getBoundingClientRect();
  const behind = !over || event.clientY > box.top + box.height / 2 || piece.dataset.kind === "chapter";
  piece.classList.add(behind ? "behind" : "before");
});
desk.addEventListener("drop", (event) => {
  const mark = desk.querySelector(".before, .behind");
  if (!dragged || !event.target.closest(".arranged")) return;
  event.preventDefault();
  const at = mark ? Number(mark.dataset.at) + Number(mark.classList.contains("behind")) : end();
  if (dragged.matches(".offer")) act({ do: "place", quote: dragged.dataset.quote, start: dragged.dataset.start, end: dragged.dataset.end, to: at });
  else act({ do: "move", at: dragged.dataset.at, to: at });
});
desk.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  unmark();
});

dress();
const early = desk.querySelector(".gap > .tools[open]"); // opened while this was still on its way
const asked = /^#p-(\d+)$/.exec(location.hash);
if (early) openedGap({ target: early });
else if (asked && !document.activeElement.closest("form, summary")) to(desk.querySelector(`#p-${asked[1]}`));
