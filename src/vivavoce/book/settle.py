"""Every line of the arrangement against the words that it rests on: found, compared, or told with both texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from vivavoce import traces
from vivavoce.book.arrangement import Arrangement, Block, Part
from vivavoce.book.reading import Read, read
from vivavoce.model import (
    WITHHELD,
    WORD,
    EditKind,
    EditPolicy,
    History,
    Person,
    PersonRef,
    Quote,
    Source,
    Span,
    Trace,
    Turn,
    Value,
    folded,
    reads,
)
from vivavoce.model import told as as_it_came
from vivavoce.site.markdown import UNSEEN, bare, is_markdown, unmarked

CUT = re.compile(r"\[(?:…|\.\.\.|\. \. \.)\]|(?<!\S)(?:…|\.\.\.)(?!\S)")
TRAILS = re.compile(r"(?<=\S)(?:…|\.\.\.)")  # a voice that trails off; it tells of no words left out
INITIAL = re.compile(r"\[(\w)\](?=\w)")
BRACKET = re.compile(r"\[[^\]]*\]")
SIGNED: frozenset[EditKind] = frozenset({"bracket", "ellipsis", "spelling"})
FEWEST = 2  # words that must stand as they are
REST = "Mend the words, or show the change as docs/book.md tells."


class Found(NamedTuple):
    """Where the words of a part stand: the spans that are printed, and their trace, which tells what was changed."""

    spans: tuple[Span, ...]
    trace: Trace


class Settled(Value, frozen=True):
    """A part of a block with what it rests on: the quotation (None: an article's own words), the spans of its source
    that are printed, and their trace, which tells what was changed in them. `printed`: the words as they stand in the
    book; `said`: as they came in the source, the spans joined by a space; `reads`: as they are corrected; `version`:
    the hash of the source's text."""

    quote: Quote | None
    source: str
    spans: tuple[Span, ...]
    trace: Trace
    printed: str
    said: str
    version: str
    reads: str = ""


class Wrong(Value, frozen=True):
    """Something about a line of the book: `fails` is False where a person should only know of it."""

    line: int
    sentence: str
    quote: str = ""
    fails: bool = True


class Standing(Value, frozen=True):
    """What became of an arrangement: each part that holds, by the line of its block and its number there, and
    everything that is wrong, in the order of the file."""

    lines: dict[tuple[int, int], Settled]
    wrong: tuple[Wrong, ...] = ()


def settle(arrangement: Arrangement, history: History, policy: EditPolicy = "verbatim") -> Standing:
    """Find the words of every block in the history as the book may show it.

    `policy`: how far printed words may be from spoken ones, as `traces.breaches_of` judges it. The words of a quotation
    whose text has changed are looked for in its source, and told. Time is linear in the words of the quotations.
    """
    shelf = _shelve(history)
    lines: dict[tuple[int, int], Settled] = {}
    wrong = [Wrong(m.line, m.sentence) for m in arrangement.mistakes]
    for block in (i for c in arrangement.chapters for i in c.items if isinstance(i, Block)):
        for n, part in enumerate(block.parts):
            found, told = _settled(part, shelf, policy)
            wrong += told
            if found:
                lines[block.line, n] = found
                wrong += _named(block, found, part, shelf)
    return Standing(lines, tuple(sorted(wrong, key=lambda w: w.line)))


class _Shelf(NamedTuple):
    """Sources and quotations as they are read (Markdown's signs are no words), and as they `came`."""

    sources: dict[str, Source]
    quotes: dict[str, Quote]
    of_source: dict[str, list[Quote]]
    people: dict[str, Person]
    read: Read
    came: dict[str, Source]
    quotes_came: dict[str, Quote]


def _shelve(history: History) -> _Shelf:
    shown = read(history)
    of_source: dict[str, list[Quote]] = defaultdict(list)
    for quote in shown.history.quotes:
        of_source[quote.source].append(quote)
    return _Shelf(
        {s.path: unmarked(s) for s in shown.history.sources},
        {q.id: q for q in shown.history.quotes},
        of_source,
        {p.id: p for p in history.people},
        shown,
        {s.path: s for s in history.sources},
        {q.id: q for q in history.quotes},
    )


def plain(part: Part) -> str:
    """The words of a part as printed, paragraphs joined by a space, white space folded."""
    return " ".join(" ".join("".join(r.text for r in runs) for runs in part.paragraphs).split())


# --- one part ----------------------------------------------------------------------------------------------


def _settled(part: Part, shelf: _Shelf, policy: EditPolicy) -> tuple[Settled | None, list[Wrong]]:
    quote = shelf.quotes.get(part.quote)
    words = bare(plain(part)) if is_markdown(quote.source if quote else part.source) else plain(part)
    if not part.quote:
        return _document(part, words, shelf, policy)
    if not quote:
        return _moved(part, words, shelf, policy)
    return _within(part, words, quote, shelf, policy)


def _document(part: Part, words: str, shelf: _Shelf, policy: EditPolicy) -> tuple[Settled | None, list[Wrong]]:
    source = shelf.sources.get(part.source)
    if not source:
        return None, [Wrong(part.line, f"{part.source} is gone, or may not be shown. Take the block out.")]
    if source.kind != "press":
        say = f"{part.source} is no article: its words are somebody's. Name the quotation instead of the source."
        return None, [Wrong(part.line, say)]
    found = _exact(words, [(b.start, b.end) for b in source.blocks], source)
    if found is None:
        came = shelf.came[source.path]
        old = _exact(words, [(b.start, b.end) for b in came.blocks], came) if came.corrections else None
        say = _mended(words, old.spans, came) if old else _both(words, source.text, part.source)
        return None, [Wrong(part.line, say)]
    return _judged(part, _resting(None, source, found, words, shelf), source, found, policy)


def _within(
    part: Part, words: str, quote: Quote, shelf: _Shelf, policy: EditPolicy
) -> tuple[Settled | None, list[Wrong]]:
    """The words within the quotation that the block names, as they are read; those that were corrected since are
    told."""
    source, came = shelf.sources[quote.source], shelf.came[quote.source]
    found = _exact(words, quote.spans, source)
    if found is None and came.corrections:
        old = _exact(words, shelf.quotes_came[quote.id].spans, came)
        if old:
            return None, [Wrong(part.line, _mended(words, old.spans, came), quote.id)]
    found = found or _altered(words, quote, source)
    if found is None:
        return None, [Wrong(part.line, _both(words, quote.text, quote.source), quote.id)]
    return _judged(part, _resting(quote, source, found, words, shelf), source, found, policy)


def _mended(words: str, spans: Iterable[Span], came: Source) -> str:
    """That a line has words as they came which were corrected."""
    now = " … ".join(reads(came, start, end) for start, end in spans)
    return f"the book has “{words}”; this is corrected, and {came.path} reads “{now}” now. Print it so."


def _moved(part: Part, words: str, shelf: _Shelf, policy: EditPolicy) -> tuple[Settled | None, list[Wrong]]:
    """A quotation that is not there under its id: its words may stand in another of the same source."""
    here = shelf.of_source.get(part.source, [])
    if not here:
        where = f" of {part.source}" if part.source else ""
        gone = f"the quotation {part.quote}{where} is gone, or may not be shown. Take it out, or name another."
        return None, [Wrong(part.line, gone, part.quote)]
    source = shelf.sources[part.source]
    places = [(q, found) for q in here if (found := _exact(words, q.spans, source))]
    if len(places) == 1:
        quote, found = places[0]
        now = f"{part.source} has changed: these words are of the quotation {quote.id} now. Name it in the block."
        rests = _resting(quote, source, found, words, shelf)
        held, wrong = _judged(part, rests, source, found, policy)
        return held, wrong or [Wrong(part.line, now, quote.id, fails=False)]
    if places:
        several = f"{part.source} has changed, and these words stand in several quotations of it. Name the one meant."
        return None, [Wrong(part.line, several, part.quote)]
    whole = max((q.text for q in here), key=lambda t: (_alike(words, t), -len(t)))
    return None, [Wrong(part.line, _both(words, whole, part.source), part.quote)]


def _resting(quote: Quote | None, source: Source, found: Found, printed: str, shelf: _Shelf) -> Settled:
    """What a part rests on, in the text as it came."""
    came = shelf.came[source.path]
    here = tuple(shelf.read.came(source.path, span) for span in found.spans)
    return Settled(
        shelf.quotes_came[quote.id] if quote else None,
        source.path,
        here,
        _as_it_came(found.trace, source.path, shelf.read),
        printed,
        " ".join(as_it_came(came, start, end) for start, end in here),
        source.text_hash,
        _seen(" ".join(source.text[start:end] for start, end in found.spans)),
    )


def _as_it_came(trace: Trace, path: str, layers: Read) -> Trace:
    """A trace in the text as it is read, in the text as it came."""
    return replace(
        trace,
        at=tuple(layers.came(path, span) for span in trace.at),
        places=tuple(replace(p, span=layers.came(path, p.span)) for p in trace.places),
        edits=tuple(replace(e, at=layers.came(path, e.at)) for e in trace.edits),
        frames=tuple(replace(f, at=layers.came(path, f.at)) for f in trace.frames),
    )


def _judged(
    part: Part, rests: Settled, source: Source, found: Found, policy: EditPolicy
) -> tuple[Settled | None, list[Wrong]]:
    """The part, if every change in it is one that the policy lets pass."""
    breaks = traces.breaches_of(policy, found.trace, {source.path: source.text})
    if any(b.span[0] < a.span[1] for a, b in pairwise(found.trace.places)):
        breaks = (*breaks, "The words stand in another order than they were said in.")
    if not breaks:
        return rests, []
    there = _seen(" […] ".join(source.text[slice(*span)] for span in _with_frames(found.trace)))
    told = f"the book has “{rests.printed}”; {source.path} has “{there}”. "
    told += f"By the edit policy “{policy}” this does not hold: {' '.join(breaks)} {REST}"
    return None, [Wrong(part.line, told, rests.quote.id if rests.quote else "")]


def _with_frames(trace: Trace) -> Iterator[Span]:
    """The places of a trace, each with what its sentence says of it."""
    for n, place in enumerate(trace.places):
        spans = [place.span, *(f.at for f in trace.frames if f.place == n)]
        yield min(s for s, _ in spans), max(e for _, e in spans)


def _named(block: Block, found: Settled, part: Part, shelf: _Shelf) -> list[Wrong]:
    """What is wrong with the name at the head of a block."""
    if not found.quote:
        return []
    person = found.quote.person
    if not person:
        told = "nobody is known to have said this. Decide the speaker: vivavoce decide speaker."
        return [Wrong(part.line, told, found.quote.id)] if block.name else []
    if folded(block.name) in names(person, shelf.people):
        return []
    told = f"the block is headed “{block.name}”, but these are the words of {person.name}. Name who said them."
    return [Wrong(part.line, told, found.quote.id)]


def names(person: PersonRef, people: Mapping[str, Person]) -> set[str]:
    """The folded names that the words of a person may be headed with."""
    return {folded(n) for n in (person.name, *(people[person.id].aliases if person.id in people else ()))}


# --- words -------------------------------------------------------------------------------------------------


def _exact(words: str, spans: Iterable[Span], source: Source) -> Found | None:
    """Where the words stand as they are, cut only where a cut is shown; None if they do not."""
    bounds = list(spans)
    pieces = [folded(INITIAL.sub(r"\1", piece)).split() for piece in CUT.split(words)]
    line = " ".join(["", *(folded(source.text[s:e]) for s, e in bounds), ""])
    if not all(f" {' '.join(piece)} " in line for piece in pieces if piece):
        return None
    said = [m.span() for s, e in bounds for m in WORD.finditer(source.text, s, e)]
    at, out = 0, []
    for piece in filter(None, pieces):
        at = line.find(f" {' '.join(piece)} ", at)
        if at < 0:
            return None
        first = line.count(" ", 0, at)
        out.append((first, first + len(piece)))
        at += sum(map(len, piece)) + len(piece)
    printed = tuple((said[a][0], said[b - 1][1]) for a, b in out)
    if not out or any(WITHHELD in source.text[start:end] for start, end in printed):
        return None
    cuts = [(said[a][0], said[b - 1][1]) for (_, a), (b, _) in pairwise(out) if a < b]
    place = (printed[0][0], printed[-1][1])
    within = (max(s for s, _ in bounds if s <= place[0]), min(e for _, e in bounds if e >= place[1]))
    signed = INITIAL.sub(r"\1", words)
    return Found(printed, traces.excerpt(source.path, source.text, place, cuts, signed, within))


def _altered(words: str, quote: Quote, source: Source) -> Found | None:
    """Where the words stand changed: the place and its edits as a trace tells them; None if they do not."""
    heard = replace(source, turns=(Turn("", quote.spans, quote.spans[0][0], quote.spans[-1][1]),), kind="transcript")
    printed = CUT.sub("…", TRAILS.sub("", CUT.sub("[…]", INITIAL.sub(r"\1", words))))
    asked = replace(quote, kind="direct", text=printed, turn=None)
    trace = traces.follow([asked], [heard], [replace(quote, turn=0)])[0]
    places = tuple(p.span for p in trace.places)
    if not places:
        return _few(printed, quote, source)
    return None if any(WITHHELD in source.text[s:e] for s, e in places) else Found(places, trace)


def _few(printed: str, quote: Quote, source: Source) -> Found | None:
    """Where words stand that are too few to be looked for, if all that differs is what signs tell of: “[He] came.”"""
    said = BRACKET.sub(" ", printed)
    if len(WORD.findall(said)) < FEWEST:
        return None
    for low, high in quote.spans:
        start, end = _stretch(said, source.text[low:high])
        place = (low + start, low + end)
        there = source.text[slice(*place)]
        done = traces.compare(there, printed)
        if WITHHELD not in there and all(e.kind in SIGNED for e in done):
            here = tuple(replace(e, at=(place[0] + e.at[0], place[0] + e.at[1])) for e in done)
            bare = traces.excerpt(source.path, source.text, place, (), printed, (low, high))
            return Found((place,), replace(bare, cls="altered", edits=here))
    return None


def _both(words: str, text: str, source: str) -> str:
    """Both texts, for a person to compare."""
    if WITHHELD in text:
        return f"these words rest on words of {source} that may not be shown. Take them out."
    near = nearest(words, _seen(text))
    return f"the book has “{words}”; {source} has “{near}”. {REST}"


def _seen(text: str) -> str:
    """A text as it is read, without the signs that are not seen."""
    return text.replace(UNSEEN, "")


def nearest(words: str, text: str) -> str:
    """The stretch of a text that is most like some words, whole words."""
    return text[slice(*_stretch(words, text))]


def _stretch(words: str, text: str) -> Span:
    """Where that stretch is."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    place = partial_ratio_alignment(words, text)
    if not place or len(text) <= len(words):
        return 0, len(text)
    start, end = place.dest_start, place.dest_end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _alike(words: str, text: str) -> float:
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(words, text)
