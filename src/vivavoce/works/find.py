"""What one source tells of works: a pass over its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.language.lexicon import lexicon
from vivavoce.model import Cast, Known, OfWorks, Quote, Source, Span, folded
from vivavoce.works.facts import facts
from vivavoce.works.namings import namings
from vivavoce.works.offsets import offsets
from vivavoce.works.placings import placings
from vivavoce.works.referents import referred, settled

TOLD_IN = frozenset({"headline", "dek", "body", "caption", "heading", "speech"})
ENDS = re.compile(r"(?:[.!?…]+[”\"’')\]]*|\.\.\.)(?=\s|$)|\n\s*\n")
LAST_WORD = re.compile(r"[\w.]+$")
LONGEST = 1200  # characters of a sentence; a longer stretch is cut


def find(source: Source, quotes: list[Quote], cast: Cast, known: Known) -> OfWorks:
    """The namings, facts, relative times and places in an order of one source. Linear in the text.

    `quotes` and `cast`: words in marks that somebody says, and names of persons, are no titles.
    """
    spans = list(sentences(source))
    people = [f for f in cast.figures if f.kind in ("person", "character")]
    persons = frozenset(folded(name) for f in people for name in (f.name, f.key, *f.aliases))
    said = frozenset(s for q in quotes if q.kind in ("direct", "mixed") for s in q.spans)
    series = tuple(w.title for w in known.works if w.kind == "series")
    named = settled(namings(source, spans, persons, said, known), series)
    return OfWorks(
        source.path,
        named,
        referred(facts(source, spans, named), named),
        referred(offsets(source, spans, named), named),
        placings(source, spans),
    )


def sentences(source: Source) -> Iterator[Span]:
    """The sentences of what is told: of an article's blocks, of a transcript's turns."""
    if source.turns:
        stretches = [span for turn in source.turns for span in turn.spans]
    else:
        stretches = [(b.start, b.end) for b in source.blocks if b.kind in TOLD_IN]
    short = lexicon(source.language).abbreviations
    for stretch in stretches:
        yield from cut(source.text, stretch, short)


def cut(text: str, stretch: Span, short: frozenset[str]) -> Iterator[Span]:
    """A stretch in sentences. `short`: words with a full stop of their own."""
    begin, end = stretch
    for stop in ENDS.finditer(text, begin, end):
        word = LAST_WORD.search(text, max(begin, stop.start() - 12), stop.start())
        if text[stop.start()] == "." and word and (word[0].casefold() in short or len(word[0]) == 1):
            continue
        yield from pieces(begin, stop.end())
        begin = stop.end()
    if text[begin:end].strip():
        yield from pieces(begin, end)


def pieces(start: int, end: int) -> Iterator[Span]:
    """A sentence, in pieces where it is longer than any is."""
    for at in range(start, end, LONGEST):
        yield at, min(at + LONGEST, end)
