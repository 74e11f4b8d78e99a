"""A source cut into passages: stretches in which one figure tells one thing."""

from __future__ import annotations

from bisect import bisect_left

from vivavoce.accounts.signals import signals, who
from vivavoce.accounts.words import sentences
from vivavoce.model import Attribution, Block, Cast, Known, Passage, Quote, Source, Span, times

TOLD_IN = frozenset({"body", "headline", "dek", "caption"})
LEAST_NARRATION = 8  # words: a stretch of an article that is shorter is the tag of a quotation


def passages(
    source: Source, quotes: list[Quote], attributions: list[Attribution], cast: Cast, known: Known
) -> list[Passage]:
    """The passages of one source, in order; `person` is filled in later.

    A transcript's are cut from its turns (never from who asks: the question before is context); an article's are
    its quotations, each with its paragraph as context, and its own narration (figure None).
    """
    told = {a.quote: a.figure for a in attributions}
    if source.kind == "transcript":
        found = spoken(source, quotes, told)
    else:
        found = printed(source, quotes, told)
    figures = who(cast)
    return [signed(p, known, figures) for p in found]


def signed(passage: Passage, known: Known, figures: dict[str, str]) -> Passage:
    """The passage with the signals of its words."""
    import msgspec

    s = signals(passage.text, known, figures)
    return msgspec.structs.replace(
        passage, works=s.works, names=s.names, numbers=s.numbers, dates=s.dates, words=s.words
    )


def spoken(source: Source, quotes: list[Quote], told: dict[str, str | None]) -> list[Passage]:
    """The passages of a transcript: each turn's."""
    return [passage(source, q.spans, (q,), told.get(q.id)) for q in quotes if q.kind == "turn" and not q.asks]


def printed(source: Source, quotes: list[Quote], told: dict[str, str | None]) -> list[Passage]:
    """The passages of an article: quotations and the narration between them, under their headings."""
    found: list[Passage] = []
    ordered = sorted(quotes, key=lambda q: q.content or q.spans)
    starts = [(q.content or q.spans)[0][0] for q in ordered]
    heading = ""
    for block in source.blocks:
        if block.kind == "heading":
            heading = source.text[block.start : block.end]
        if block.kind not in TOLD_IN:
            continue
        inside = ordered[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        for q in inside:
            found.append(passage(source, q.content or q.spans, (q,), told.get(q.id), heading))
        rest = narration(source.text, block, inside) if block.kind in {"body", "dek"} else ()
        if rest:
            found.append(passage(source, rest, (), None, heading))
    return sorted(found, key=lambda p: p.spans)


def narration(text: str, block: Block, quotes: list[Quote]) -> tuple[Span, ...]:
    """The sentences of a block in which nobody is quoted."""
    taken = [span for q in quotes for span in (*q.spans, *q.content)]
    free = [s for s in sentences(text, block.start, block.end) if not any(a < s[1] and b > s[0] for a, b in taken)]
    joined: list[Span] = []
    for s in free:
        if joined and not text[joined[-1][1] : s[0]].strip():
            joined[-1] = (joined[-1][0], s[1])
        else:
            joined.append(s)
    return tuple(s for s in joined if len(text[s[0] : s[1]].split()) >= LEAST_NARRATION)


def passage(
    source: Source, spans: tuple[Span, ...], quotes: tuple[Quote, ...], figure: str | None, heading: str = ""
) -> Passage:
    """A passage without its signals."""
    return Passage(
        source=source.path,
        figure=figure,
        spans=spans,
        quotes=tuple(q.id for q in quotes),
        text=" ".join(source.text[a:b] for a, b in spans),
        time=times(source, spans[0][0], spans[-1][1]),
        told=source.date,
        heading=heading,
    )
