// Traces by keys: through the list, from one to the next, and the recording at its second.
import { say, send, typing } from "/static/bench.js";

const links = [...document.querySelectorAll(".traced-list .open")];
const player = document.querySelector(".at-second");
const form = document.querySelector(".note-it");
const press = (selector) => document.querySelector(selector)?.click();

document.querySelector(".narrow")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
for (const go of document.querySelectorAll(".narrow .go")) go.hidden = true;

function step(by) {
  if (!links.length) return press(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  const at = links.indexOf(document.activeElement);
  const link = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  link.focus({ preventScroll: true });
  link.closest("li").scrollIntoView({ block: "nearest" });
}

for (const one of document.querySelectorAll(".at-second")) {
  one.addEventListener("timeupdate", () => {
    if (one.dataset.playing && one.currentTime >= Number(one.dataset.until)) {
      one.pause();
      delete one.dataset.playing;
    }
  });
}

function hear() {
  if (!player) return;
  if (!player.paused) return player.pause();
  const [from, until] = [Number(player.dataset.from), Number(player.dataset.until)];
  if (player.currentTime < from || player.currentTime >= until - 0.1) player.currentTime = from;
  player.dataset.playing = "1";
  player.play();
}

async function keep() {
  const told = await send("/note", Object.fromEntries(new FormData(form)));
  if (told.saved) return location.reload();
  say(told.wrong, true);
}
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});

const named = {
  ArrowDown: () => step(1), j: () => step(1), "]": () => step(1), ArrowUp: () => step(-1), k: () => step(-1), "[": () => step(-1),
  n: () => form?.querySelector("textarea").focus(), o: () => press(".to-place"), Escape: () => press(".to-list"),
  b: () => player && (player.currentTime = Math.max(player.currentTime - 3, 0)), " ": hear,
};

addEventListener("keydown", (event) => {
  if (document.getElementById("help")?.open) return;
  if (form?.contains(event.target)) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (typing(event) || event.target.closest("button, audio, video, select") || !named[event.key]) return;
  if (!form && ["ArrowDown", "ArrowUp"].includes(event.key) && !links.length) return;
  if (form && ["ArrowDown", "ArrowUp"].includes(event.key)) return; // they scroll
  event.preventDefault();
  named[event.key]();
});
