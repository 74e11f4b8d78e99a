// The words of a quotation are fixed in their place: their ends are dragged, or moved word by word with [ and ].
const WORD = /[^\s“”„«»‹›"]+/gu;
const points = (text) => [...text].length; // offsets are code points, not UTF-16

/** The words on a page in their order: offsets in the source, and where they stand in the page; `p`: the paragraph. */
function words(context) {
  return [...context.querySelectorAll("p")].flatMap((p, n) => inParagraph(p).map((word) => ({ ...word, p: n })));
}

function inParagraph(p) {
  const found = [];
  let run = [];
  const flush = () => {
    found.push(...inRun(run));
    run = [];
  };
  for (const piece of p.querySelectorAll("[data-a]")) {
    const a = Number(piece.dataset.a);
    const z = Number(piece.dataset.z);
    if (run.length && run.at(-1).z !== a) flush();
    if (piece.childNodes.length === 1 && piece.firstChild.nodeType === 3) run.push({ node: piece.firstChild, a, z });
    else {
      flush();
      found.push({ a, z, from: [piece, 0], to: [piece, piece.childNodes.length] });
    }
  }
  flush();
  return found;
}

function inRun(run) {
  const text = run.map((piece) => piece.node.data).join("");
  let before = 0;
  for (const piece of run) {
    piece.at = before;
    before += piece.node.data.length;
  }
  const place = (at, end) => {
    const piece = run.findLast((one) => (end ? one.at < at : one.at <= at));
    return { offset: piece.a + points(piece.node.data.slice(0, at - piece.at)), in: [piece.node, at - piece.at] };
  };
  return [...text.matchAll(WORD)].map((match) => {
    const from = place(match.index, false);
    const to = place(match.index + match[0].length, true);
    return { a: from.offset, z: to.offset, from: from.in, to: to.in };
  });
}

function range(first, last) {
  const made = new Range();
  made.setStart(...first.from);
  made.setEnd(...last.to);
  return made;
}

/** The ends of a quotation's words in an article of the review; `keep` is given the spans that were chosen. */
export function fixing(article, keep) {
  const context = article.querySelector(".context");
  const bar = article.querySelector(".fix");
  const given = (article.dataset.spans ?? "").split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  if (!bar || !given.length) return null;
  const all = words(context);
  const first = all.findIndex((word) => word.z > given[0][0]);
  const last = all.findLastIndex((word) => word.a < given.at(-1)[1]);
  if (first < 0 || last < first) return null;
  const ends = { start: first, end: last };
  const grips = ["start", "end"].map(grip);
  let dirty = false;

  function grip(which) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: `grip ${which}`, tabIndex: -1 });
    made.setAttribute("aria-label", which === "start" ? "Where the words begin" : "Where the words end");
    let off = 0;
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
      off = event.clientY - middle(which);
    });
    made.addEventListener("pointermove", (event) => {
      if (!made.hasPointerCapture(event.pointerId)) return;
      const word = under(event.clientX, event.clientY - off, which);
      if (word >= 0) to(which, word);
    });
    context.append(made);
    return made;
  }

  /** Where the words begin or end on the screen. */
  function edge(which) {
    const rects = [...range(all[ends[which]], all[ends[which]]).getClientRects()];
    return which === "start" ? rects[0] : rects.at(-1);
  }
  const middle = (which) => (edge(which).top + edge(which).bottom) / 2;

  /** The word at a point: of the beginning the one that it stands in or before, of the end the one in or behind it. */
  function under(x, y, which) {
    for (const one of grips) one.style.pointerEvents = "none";
    const caret = document.caretPositionFromPoint?.(x, y);
    const old = caret ? null : document.caretRangeFromPoint?.(x, y);
    for (const one of grips) one.style.pointerEvents = "";
    const [node, at] = caret ? [caret.offsetNode, caret.offset] : old ? [old.startContainer, old.startOffset] : [null, 0];
    const piece = node?.nodeType === 3 ? node.parentElement.closest("[data-a]") : null;
    if (!piece || !context.contains(piece)) return -1;
    const offset = Number(piece.dataset.a) + points(node.data.slice(0, at));
    return which === "start" ? all.findIndex((word) => word.z >= offset) : all.findLastIndex((word) => word.a <= offset);
  }

  function to(which, word) {
    const other = which === "start" ? ends.end : ends.start;
    if (word < 0 || word >= all.length || (which === "start" ? word > other : word < other)) return;
    ends[which] = word;
    draw();
  }

  /** The spans that are chosen: as they were, but for their ends; none reaches over a paragraph's end. */
  function spans() {
    const [a, z] = [all[ends.start].a, all[ends.end].z];
    const kept = given.filter((span) => span[1] > a && span[0] < z).map((span) => [...span]);
    if (!kept.length) kept.push([a, z]);
    if (ends.start !== first) kept[0][0] = a;
    if (ends.end !== last) kept.at(-1)[1] = z;
    return kept.flatMap(byParagraph);
  }

  function byParagraph([a, z]) {
    const inside = all.filter((word) => word.z > a && word.a < z);
    const found = [];
    for (const word of inside) {
      if (found.length && found.at(-1).p === word.p) found.at(-1).z = word.z;
      else found.push({ p: word.p, a: word.a, z: word.z });
    }
    return found.map((one, n) => [n ? one.a : Math.max(one.a, a), n < found.length - 1 ? one.z : Math.min(one.z, z)]);
  }

  function draw() {
    dirty = ends.start !== first || ends.end !== last;
    bar.hidden = !dirty;
    article.classList.toggle("fixing", dirty);
    if (globalThis.CSS?.highlights) {
      CSS.highlights.delete("words");
      if (dirty) CSS.highlights.set("words", new Highlight(...spans().map(lit)));
    }
    place();
  }

  function lit([a, z]) {
    const inside = all.filter((word) => word.z > a && word.a < z);
    return range(inside[0], inside.at(-1));
  }

  function place() {
    const home = context.getBoundingClientRect();
    for (const [n, which] of ["start", "end"].entries()) {
      const at = edge(which);
      if (!at) continue;
      grips[n].style.left = `${(which === "start" ? at.left : at.right) - home.left + context.scrollLeft}px`;
      grips[n].style.top = `${at.top - home.top + context.scrollTop}px`;
      grips[n].style.height = `${at.height}px`;
    }
  }

  function leave() {
    Object.assign(ends, { start: first, end: last });
    draw();
  }

  function done() {
    const chosen = spans().map((span) => span.join("-")).join(" ");
    leave();
    keep(chosen);
  }

  bar.querySelector(".keep-words").addEventListener("click", done);
  bar.querySelector(".leave-words").addEventListener("click", leave);
  new ResizeObserver(place).observe(context);
  globalThis.CSS?.highlights?.delete("words");
  place();

  /** Whether a key was one for the words. */
  return (event) => {
    const bracket = { "[": -1, "{": -1, "]": 1, "}": 1 }[event.key];
    if (bracket) {
      const which = event.shiftKey || "{}".includes(event.key) ? "start" : "end";
      to(which, ends[which] + bracket);
    } else if (dirty && event.key === "Enter" && !event.target.closest("a, button, summary")) done();
    else if (dirty && event.key === "Escape") leave();
    else return false;
    event.preventDefault();
    return true;
  };
}
