"""`book.md` as the workbench holds it: its pieces, what is wrong with each, what of it may be shown, and the pool of
quotations to place."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from vivavoce import binding, book, rights
from vivavoce.book import Arrangement, Edition, Settled, Standing, Wrong, cutting, draft
from vivavoce.book.arrangement import Block, Chapter, Item, Narration, Part, Plate
from vivavoce.book.manuscript import Manuscript, arrangement, at_line, chapters, manuscript
from vivavoce.book.reading import read as as_read
from vivavoce.book.settle import plain
from vivavoce.build import clearances, published
from vivavoce.errors import UsageError
from vivavoce.model import WITHHELD, History, Moment, Quote, Source, Span
from vivavoce.project import Project
from vivavoce.workbench import shelf
from vivavoce.workbench.bench import Bench, View
from vivavoce.workbench.seen import Seen

LARGE = 1 << 20  # bytes of book.md from which on a page does not wait for it
AWAY = "What stands here may not be shown, or is gone. It can be moved and taken out."


@dataclass(frozen=True)
class Desk:
    """What of a generation is needed to arrange: `shown`, what the book may show; `read`, the same as it is read;
    `quotes`, what can be placed, by id; `moments` (of `read`) by id."""

    shown: History
    read: History
    sources: Mapping[str, Source]
    quotes: Mapping[str, Quote]
    moments: Mapping[str, Moment]
    of_quote: Mapping[str, tuple[str, ...]]
    settled: dict[str, tuple[tuple[Settled | None, ...], tuple[Wrong, ...]]]
    hidden: dict[str, bool]
    known: frozenset[str]  # ids and paths of everything, shown or not


@dataclass(frozen=True)
class Opened:
    """`book.md` as it stands: `mark`, what the file is known by; `items`, what each piece holds; `wrong`, by piece;
    `away`, the pieces that may not be shown here; `edition`, what is printed of it."""

    mark: str
    made: Manuscript
    told: Arrangement
    items: Mapping[int, tuple[Item, ...]]
    chapters: tuple[tuple[int, int], ...]
    lines: Mapping[tuple[int, int], Settled]
    wrong: Mapping[int, tuple[Wrong, ...]]
    away: frozenset[int]
    edition: Edition
    used: Mapping[str, int]

    def chapter_of(self, piece: int) -> int:
        """Which chapter a piece is in."""
        return max((n for n, (first, _) in enumerate(self.chapters) if first <= piece), default=0)

    def told_in(self, n: int) -> list[int]:
        """Which chapters of the arrangement a chapter of the file is (a heading without words begins none of its
        own)."""
        if n >= len(self.chapters):
            return []
        first, last = self.chapters[n]
        low = self.made.pieces[first].line if n else 0
        high = self.made.pieces[last].line if last < len(self.made.pieces) else low + 10**9
        return [k for k, c in enumerate(self.told.chapters) if low <= c.line < high]

    def titles(self) -> list[str]:
        """The titles of the chapters; what stands before the first has none."""
        told = {at_line(self.made, c.line): c.title for c in self.told.chapters if c.title}
        return [told.get(first, "") for first, _ in self.chapters]


def desk(bench: Bench, view: View) -> Desk:
    """What is needed to arrange, worked out once a generation."""
    if "desk" not in view.kept:
        seen = view.seen
        shown = published(seen.whole, seen.rules, "book", bench.day)
        read = as_read(shown).history
        came = {q.id: q for q in shown.quotes}
        alike = {
            i for i, q in seen.quotes.items() if i in came and (q.text, q.person) == (came[i].text, came[i].person)
        }
        quotes = {q.id: q for q in read.quotes if q.id in alike and q.kind != "indirect" and not q.asks}
        of_quote: dict[str, list[str]] = defaultdict(list)
        for m in read.moments:
            for quote in dict.fromkeys(q for a in m.accounts for q in a.quotes):
                of_quote[quote].append(m.id)
        view.kept["desk"] = Desk(
            shown,
            read,
            {s.path: s for s in read.sources},
            quotes,
            {m.id: replace(m, title=seen.moments[m.id].title) for m in read.moments if m.id in seen.moments},
            {q: tuple(ms) for q, ms in of_quote.items()},
            {},
            {},
            frozenset((*(q.id for q in seen.whole.quotes), *(s.path for s in seen.whole.sources))),
        )
    made: Desk = view.kept["desk"]
    return made


def opened(bench: Bench, view: View, data: bytes) -> Opened:
    """`book.md` held against what the book may show. Raises BadFile if it is no text, or of a newer version."""
    key = (shelf.mark(data), bench.ledger().mark)
    if view.kept.get("book", (None,))[0] != key:
        view.kept["book"] = (key, _opened(bench, view, data, key[0]))
    made: Opened = view.kept["book"][1]
    return made


def at_hand(bench: Bench, view: View, data: bytes) -> bool:
    """Whether a book is held against its sources; a large one is, behind the page, from when this is first asked."""
    key = (shelf.mark(data), bench.ledger().mark)
    if len(data) < LARGE or view.kept.get("book", (None,))[0] == key:
        return True
    at_work: dict[object, threading.Thread] = bench.kept.setdefault("book readers", {})
    if not (key in at_work and at_work[key].is_alive()):
        at_work.clear()
        at_work[key] = threading.Thread(target=opened, args=(bench, view, data), name="read the book", daemon=True)
        at_work[key].start()
    return False


def _opened(bench: Bench, view: View, data: bytes, mark: str) -> Opened:
    made, told = _parsed(bench, data, mark)
    on = desk(bench, view)
    held = settled(bench.project, on, told)
    given = clearances(bench.project, "book", bench.day)
    tells = partial(_tells, view.seen, bench.day)
    edition, wrong = binding.judged(bench.project, told, held, on.shown, tells, given)
    items = _by_piece(made, told)
    own = {n: [p.text, *(t for i in items.get(n, ()) for t in _texts(i))] for n, p in enumerate(made.pieces)}
    _learn(view.seen, on, bench.day, [t for texts in own.values() for t in texts])
    away = frozenset(
        n
        for n, texts in own.items()
        if any(on.hidden[t] for t in texts) or not _free(view.seen, on, items.get(n, ()), held)
    )
    used = {p.quote: at_line(made, p.line) for b in _blocks(told) for p in b.parts if p.quote}
    return Opened(
        mark,
        made,
        told,
        items,
        tuple(chapters(made)),
        held.lines,
        _wrongs(view.seen, on, bench.day, made, wrong, away),
        away,
        edition,
        used,
    )


def _parsed(bench: Bench, data: bytes, mark: str) -> tuple[Manuscript, Arrangement]:
    """The file in pieces and what it says; as long as it stays the same, read once."""
    if bench.kept.get("manuscript", ("",))[0] != mark:
        made = manuscript(data)
        bench.kept["manuscript"] = (mark, made, arrangement(made))
    _, held, told = bench.kept["manuscript"]
    return held, told


def _tells(seen: Seen, day: str, texts: Sequence[str]) -> Sequence[str]:
    return rights.narrated(texts, seen.whole, "book", day, seen.rules)


def _blocks(told: Arrangement) -> list[Block]:
    return [i for c in told.chapters for i in c.items if isinstance(i, Block)]


def _by_piece(made: Manuscript, told: Arrangement) -> dict[int, tuple[Item, ...]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for item in (i for c in told.chapters for i in c.items):
        found[at_line(made, item.line)].append(item)
    return {n: tuple(items) for n, items in found.items()}


# --- held against the sources ------------------------------------------------------------------------------


def settled(project: Project, on: Desk, told: Arrangement) -> Standing:
    """Every block against its source; those whose words were looked for before are not looked for again."""
    blocks = _blocks(told)
    new = {b.line: b for b in blocks if _key(b) not in on.settled}
    held = book.settle(Arrangement((Chapter("", tuple(new.values())),)), on.shown, project.edits)
    for block in new.values():
        parts = tuple(held.lines.get((block.line, n)) for n in range(len(block.parts)))
        last = max(p.line for p in block.parts)
        wrong = (replace(w, line=w.line - block.line) for w in held.wrong if block.line <= w.line <= last)
        on.settled[_key(block)] = parts, tuple(wrong)
    lines = {(b.line, n): line for b in blocks for n, line in enumerate(on.settled[_key(b)][0]) if line}
    found = [replace(w, line=w.line + b.line) for b in blocks for w in on.settled[_key(b)][1]]
    found += [Wrong(m.line, m.sentence) for m in told.mistakes]
    return Standing(lines, tuple(sorted(found, key=lambda w: w.line)))


def _key(block: Block) -> str:
    """A block by all that it says, wherever it stands."""
    parts = ((p.quote, p.source, p.line - block.line, p.paragraphs) for p in block.parts)
    return repr((block.name, tuple(parts)))


def fails(project: Project, on: Desk, text: str) -> str:
    """What is wrong with the text of a block, "" where it holds."""
    block = cutting.block_of(text)
    if block is None:
        return "That is no block of quotation any more."
    held = book.settle(Arrangement((Chapter("", (block,)),)), on.shown, project.edits)
    return " ".join(w.sentence for w in held.wrong if w.fails)


def _wrongs(
    seen: Seen, on: Desk, day: str, made: Manuscript, wrong: Iterable[Wrong], away: frozenset[int]
) -> dict[int, tuple[Wrong, ...]]:
    """What is wrong by piece (-1: with the book itself), in words that may be shown."""
    found: dict[int, list[Wrong]] = defaultdict(list)
    listed = list(wrong)
    _learn(seen, on, day, [w.sentence for w in listed])
    for w in listed:
        at = at_line(made, w.line) if w.line else -1
        kept = w if at not in away and not on.hidden[w.sentence] else replace(w, sentence=AWAY)
        if kept not in found[at]:
            found[at].append(kept)
    return {n: tuple(ws) for n, ws in found.items()}


# --- what may be shown -------------------------------------------------------------------------------------


def _learn(seen: Seen, on: Desk, day: str, texts: Iterable[str]) -> None:
    """Find out of texts whether they tell what may not be shown on the workbench."""
    new = [t for t in dict.fromkeys(texts) if t not in on.hidden]
    told = rights.narrated(new, seen.whole, "workbench", day, seen.rules) if new else ()
    on.hidden.update((t, bool(what)) for t, what in zip(new, told, strict=True))


def may_show(bench: Bench, view: View, text: str) -> bool:
    """Whether a text of `book.md` may be shown on the workbench."""
    on = desk(bench, view)
    _learn(view.seen, on, bench.day, [text])
    return not on.hidden[text]


def _texts(item: Item) -> list[str]:
    if isinstance(item, Block):
        return [item.name, *(t for p in item.parts for t in (plain(p), p.label))]
    if isinstance(item, Narration):
        return ["".join(r.text for r in item.runs)]
    if isinstance(item, Plate):
        return [f"{item.alt}\n{item.caption}"]
    return [item.what] if hasattr(item, "what") else []


def _free(seen: Seen, on: Desk, items: tuple[Item, ...], held: Standing) -> bool:
    """Whether the words of all blocks of a piece may be shown here: their quotations are shown whole, or their places
    are."""
    blocks = [i for i in items if isinstance(i, Block)]
    return all(
        _free_part(seen, on, b.parts[n], held.lines.get((b.line, n))) for b in blocks for n in range(len(b.parts))
    )


def _free_part(seen: Seen, on: Desk, part: Part, line: Settled | None) -> bool:
    if line:
        source = seen.sources.get(line.source)
        return source is not None and all(WITHHELD not in source.text[a:b] for a, b in line.spans)
    there = part.quote in seen.quotes if part.quote else part.source in seen.sources
    return there or (part.quote or part.source) not in on.known


# --- the pool ----------------------------------------------------------------------------------------------


def stretch(on: Desk, quote: Quote, moment: str) -> tuple[str, Span]:
    """The words of a quotation that tell of a moment (all of them without one), and where they stand in its text."""
    told = on.moments.get(moment)
    spans = [s for a in (told.accounts if told else ()) if quote.id in a.quotes for s in a.spans]
    source = on.sources[quote.source]
    low, high = min((s for s, _ in spans), default=0), max((e for _, e in spans), default=0)
    start, end = max(quote.spans[0][0], low), min(quote.spans[-1][1], high)
    words = source.text[start:end]
    if quote.kind != "turn" or start >= end or len(quote.spans) > 1 or words == quote.text:
        return quote.text, (0, len(quote.text))
    at = start - quote.spans[0][0]
    return words, (at, at + len(words))


def block(on: Desk, quote: str, span: Span | None) -> str:
    """The Markdown of a block with a quotation, or with the words of it that were selected. Raises UsageError if it is
    not there."""
    found = on.quotes.get(quote)
    if found is None:
        raise UsageError("That quotation is not here any more, or may not stand in the book.")
    start, end = span or (0, len(found.text))
    start, end = cutting.widened(found.text, (max(start, 0), min(end, len(found.text))))
    words = found.text[start:end]
    if not words or WITHHELD in words:
        raise UsageError("No words are selected that may stand in the book.")
    return draft.block(draft.Strip(found, found.spans[0], words, 0.0), on.sources[found.source])
