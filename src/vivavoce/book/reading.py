"""The texts as they are read, with corrected words and other names in their places, and the way back to the texts as
they came, which every offset of ours refers to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from msgspec.structs import replace

from vivavoce.model import Account, Block, Correction, History, Moment, Quote, Relation, Source, Span, Turn


class Layer(NamedTuple):
    """The corrections of a text, apart and in order, and where each of them begins and ends as it is read."""

    made: tuple[Correction, ...] = ()
    at: tuple[Span, ...] = ()

    def read(self, span: Span) -> Span:
        """A span of the text as it came, in the text as it is read; a correction that it cuts into is taken whole."""
        return self._read(span[0], 0), self._read(span[1], 1)

    def _read(self, offset: int, side: int) -> int:
        n = bisect_right(self.made, offset, key=lambda c: c.start) - 1
        if n < 0:
            return offset
        one, at = self.made[n], self.at[n]
        if offset == one.start:
            return at[0]
        return at[side] if offset < one.end else at[1] + offset - one.end

    def came(self, span: Span) -> Span:
        """A span of the text as it is read, in the text as it came; of corrected words it takes in all."""
        return self._came(span[0], 0), self._came(span[1], 1)

    def _came(self, offset: int, side: int) -> int:
        # A span may begin where a correction does and end where one does; never the other way round.
        where = bisect_right(self.at, offset, key=lambda a: a[0]) if not side else bisect_left(self.at, (offset, 0))
        n = where - 1
        if n < 0:
            return offset
        one, at = self.made[n], self.at[n]
        inside = offset < at[1] if not side else offset <= at[1]
        return (one.start, one.end)[side] if inside else one.end + offset - at[1]


class Read(NamedTuple):
    """A history whose texts and spans are as they are read, and the layer of each source that has one."""

    history: History
    layers: Mapping[str, Layer]

    def read(self, path: str, span: Span) -> Span:
        """A span of a source as it came, in its text as it is read."""
        layer = self.layers.get(path)
        return layer.read(span) if layer else span

    def came(self, path: str, span: Span) -> Span:
        """A span of a source as it is read, in its text as it came."""
        layer = self.layers.get(path)
        return layer.came(span) if layer else span


def read(history: History) -> Read:
    """A history as it is read: what may be drafted and printed. Nothing is changed where nothing is corrected."""
    layers = {s.path: layer(s) for s in history.sources if s.corrections}
    if not layers:
        return Read(history, {})
    sources = tuple(_source(s, layers[s.path]) if s.path in layers else s for s in history.sources)
    texts = {s.path: s.text for s in sources if s.path in layers}
    shown = replace(
        history,
        sources=sources,
        quotes=tuple(_quote(q, layers[q.source], texts[q.source]) if q.source in layers else q for q in history.quotes),
        moments=tuple(_moment(m, layers) for m in history.moments),
    )
    return Read(shown, layers)


def layer(source: Source) -> Layer:
    """The corrections of a source as a layer over its text."""
    made = source.corrections
    grown = accumulate((len(c.to) - (c.end - c.start) for c in made), initial=0)
    return Layer(made, tuple((c.start + by, c.start + by + len(c.to)) for c, by in zip(made, grown, strict=False)))


def _source(source: Source, over: Layer) -> Source:
    """A source with its text as it is read."""
    parts, at = [], 0
    for one in over.made:
        parts += [source.text[at : one.start], one.to]
        at = one.end
    blocks = (replace(b, **_within(b, over)) for b in source.blocks)
    turns = (replace(t, spans=_spans(t.spans, over), **_within(t, over)) for t in source.turns)
    text = "".join((*parts, source.text[at:]))
    return replace(source, text=text, blocks=tuple(blocks), turns=tuple(turns), corrections=())


def _within(one: Block | Turn, over: Layer) -> dict[str, Any]:
    start, end = over.read((one.start, one.end))
    return {"start": start, "end": end}


def _spans(spans: tuple[Span, ...], over: Layer) -> tuple[Span, ...]:
    return tuple(map(over.read, spans))


def _quote(quote: Quote, over: Layer, text: str) -> Quote:
    spans = _spans(quote.spans, over)
    words = " ".join(text[start:end] for start, end in spans)
    return replace(quote, spans=spans, content=_spans(quote.content, over), text=words)


def _moment(moment: Moment, layers: Mapping[str, Layer]) -> Moment:
    accounts = tuple(_account(a, layers[a.source]) if a.source in layers else a for a in moment.accounts)
    return replace(moment, accounts=accounts, relations=tuple(_relation(r, layers) for r in moment.relations))


def _account(account: Account, over: Layer) -> Account:
    return replace(account, spans=_spans(account.spans, over))


def _relation(relation: Relation, layers: Mapping[str, Layer]) -> Relation:
    shown = []
    for e in relation.evidence:
        start, end = layers[e.source].read((e.start, e.end)) if e.source in layers else (e.start, e.end)
        shown.append(replace(e, start=start, end=end))
    return replace(relation, evidence=tuple(shown))
