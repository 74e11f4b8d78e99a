// What a page can do beyond being read: copy a citation, light every part of a quotation, play from its time.
"use strict";

(() => {
  const place = () => {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { /* an address that is none */ }
    return name ? document.getElementById(name) : null;
  };

  // A quotation in several pieces: the browser lights the first, this the others.
  const light = () => {
    for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    const there = place();
    if (!there || !there.id.startsWith("q-")) return;
    for (const mark of document.querySelectorAll("mark[data-q]"))
      if (mark.dataset.q === there.id) mark.classList.add("lit");
  };

  // The player stands at the time of the words that were asked for.
  const player = document.querySelector(".player");
  const seek = (seconds, play) => {
    if (!player || !Number.isFinite(seconds)) return;
    const go = () => { player.currentTime = seconds; if (play) player.play().catch(() => {}); };
    if (player.readyState > 0) go();
    else { player.addEventListener("loadedmetadata", go, { once: true }); player.load(); }
  };
  const arrive = () => {
    light();
    const timed = place()?.closest("[data-at]");
    if (timed) seek(parseFloat(timed.dataset.at), false);
  };
  addEventListener("hashchange", arrive);
  arrive();

  if (player) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-seek]");
      if (!link || player.error || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      seek(parseFloat(link.dataset.seek), true);
    });
    const turns = [...document.querySelectorAll(".turn[data-at]")];
    const starts = turns.map((turn) => parseFloat(turn.dataset.at));
    let now = null;
    player.addEventListener("timeupdate", () => {
      let low = 0, high = starts.length;
      while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= player.currentTime + .05) low = middle + 1; else high = middle; }
      const turn = low ? turns[low - 1] : null;
      if (turn === now) return;
      now?.classList.remove("now");
      turn?.classList.add("now");
      now = turn;
    });
  }

  // A citation opens with a button that copies it, with the address of the words.
  document.addEventListener("toggle", (event) => {
    const cite = event.target;
    if (!cite.open || !cite.matches?.("details.cite") || cite.querySelector("button") || !navigator.clipboard) return;
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.textContent = "Copy";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const address = new URL(cite.dataset.to, location.href).href;
      try {
        await navigator.clipboard.writeText(`${cite.querySelector("p").textContent} ${address}`);
        said.textContent = " Copied.";
      } catch { said.textContent = " Select the text to copy it."; }
    });
    cite.append(button, said);
  }, true);
})();
