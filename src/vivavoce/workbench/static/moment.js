// A moment: accounts are ticked and moved by key or dragged; words that are selected fill what relates two accounts.
import { decide } from "/static/deciding.js";
import { say, typing } from "/static/bench.js";

const live = document.getElementById("live");
const boxes = () => [...live.querySelectorAll(".account input[type=checkbox]")];
const ticked = () => boxes().filter((box) => box.checked);

function dress() {
  for (const account of live.querySelectorAll(".account:has(input)")) {
    const grip = account.querySelector("header");
    grip.draggable = true;
    grip.title = "Drag it to another moment, or tick it and press m";
  }
}
/** What is near may be known later than all else: it is asked for again after the page. */
async function near() {
  const place = document.getElementById("near-by");
  if (!place || "there" in place.dataset) return;
  const answer = await fetch(place.dataset.from);
  if (!answer.ok || !place.isConnected) return;
  place.innerHTML = await answer.text();
}
function dressed() {
  dress();
  near();
}
addEventListener("dressed", dressed);
dressed();

/** What is ticked, and what can be done with it, where the eye is. */
function picked() {
  const count = ticked().length;
  const bar = document.getElementById("picked");
  if (!bar) return;
  bar.hidden = !count;
  bar.querySelector("span").textContent = count === 1 ? "1 account" : `${count} accounts`;
}
live.addEventListener("change", picked);
live.addEventListener("click", (event) => {
  const key = event.target.closest("[data-press]")?.dataset.press;
  if (key) dispatchEvent(new KeyboardEvent("keydown", { key }));
});

// --- by key -------------------------------------------------------------------------------------------------

// What is ticked goes with the form that moves it; with nothing ticked, the account in which the focus stands.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-with-ticked], #arrange")) return;
  for (const old of event.target.querySelectorAll("input.goes")) old.remove();
  const chosen = ticked();
  if (!chosen.length) {
    event.preventDefault();
    event.stopImmediatePropagation();
    say("No account is ticked. Go to one with j and k, and tick it with x.", true);
    return;
  }
  if (event.target.matches("#arrange")) return;
  for (const box of chosen)
    event.target.append(Object.assign(document.createElement("input"), { type: "hidden", className: "goes", name: box.name, value: "on" }));
}, true);

addEventListener("keydown", (event) => {
  if (typing(event) || document.getElementById("help").open || !/^[1-9]$/.test(event.key)) return;
  const box = boxes()[Number(event.key) - 1];
  if (!box) return;
  event.preventDefault();
  box.click();
  box.focus();
  box.scrollIntoView({ block: "nearest", behavior: "instant" });
});

addEventListener("keydown", (event) => {
  // `m` and `n` with nothing ticked mean the account in which the focus stands.
  if (typing(event) || !["m", "n"].includes(event.key) || ticked().length) return;
  const box = document.activeElement?.closest?.(".account")?.querySelector("input[type=checkbox]");
  if (box) box.checked = true;
}, true);

// --- by hand ------------------------------------------------------------------------------------------------

let dragged = null;
document.addEventListener("dragstart", (event) => {
  const account = event.target.closest?.(".account");
  if (!account || !account.querySelector("input[type=checkbox]")) return;
  dragged = account;
  event.dataTransfer.setData("text/plain", account.dataset.account);
  event.dataTransfer.effectAllowed = "move";
  account.classList.add("dragged");
  const tray = document.getElementById("tray");
  for (const old of tray.querySelectorAll("li + li")) old.remove();
  for (const one of live.querySelectorAll(".near-by [data-drop]")) {
    const place = Object.assign(document.createElement("li"), { textContent: one.querySelector("a").textContent });
    place.dataset.drop = one.dataset.drop;
    tray.querySelector("ul").append(place);
  }
  tray.hidden = false;
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  const tray = document.getElementById("tray");
  if (tray) tray.hidden = true;
});
const place = (event) => (dragged ? event.target.closest?.("[data-drop]") : null);
document.addEventListener("dragover", (event) => {
  const over = place(event);
  for (const old of document.querySelectorAll(".over")) if (old !== over) old.classList.remove("over");
  if (!over) return;
  event.preventDefault();
  over.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const over = place(event);
  if (!over) return;
  event.preventDefault();
  const chosen = dragged.querySelector("input[type=checkbox]");
  const several = chosen.checked ? ticked() : [chosen];
  const given = Object.fromEntries(new FormData(document.getElementById("move")));
  for (const box of several) given[box.name] = "on";
  dragged.classList.remove("dragged");
  decide("/moment", { ...given, to: over.dataset.drop });
});

// --- words that are selected --------------------------------------------------------------------------------

const chosen = []; // the last two selections, of two accounts: [account, words]
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const words = String(selection).trim();
  const account = selection.anchorNode?.parentElement?.closest(".account");
  const inside = selection.anchorNode?.parentElement?.closest(".told-words");
  if (!words || !inside || !account?.contains(selection.focusNode)) return;
  const at = chosen.findIndex(([of]) => of === account.dataset.account);
  if (at >= 0) chosen.splice(at, 1);
  chosen.push([account.dataset.account, words]);
  if (chosen.length > 2) chosen.shift();
  const form = document.getElementById("relate");
  if (form) [form.elements.one.value, form.elements.other.value] = [chosen[0][1], chosen[1]?.[1] ?? ""];
});
