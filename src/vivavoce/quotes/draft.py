"""A quotation before it has its id."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from vivavoce.model import Mention, Quote, QuoteKind, Source, Span, Times, folded, folded_id

ENGINE = "rules"


class Draft(NamedTuple):
    """What `find` has learned of a quotation; see `model.Quote` for the fields."""

    kind: QuoteKind
    spans: tuple[Span, ...]
    content: tuple[Span, ...]
    block: str
    cue: Span | None
    confidence: float
    why: tuple[str, ...]
    turn: int | None = None
    asks: bool = False
    time: Times | None = None


def named(source: Source, drafts: list[Draft]) -> list[Quote]:
    """The drafts in order of the text, each with its id."""
    seen: dict[str, int] = defaultdict(int)
    quotes = []
    for draft in sorted(drafts, key=lambda d: (d.spans[0], d.spans[-1][1])):
        words = " ".join(source.text[a:b] for a, b in draft.spans)
        key = folded(words)
        quotes.append(quote(source, draft, words, folded_id(source.path, key, seen[key])))
        seen[key] += 1
    return quotes


def quote(source: Source, draft: Draft, words: str, name: str) -> Quote:
    """The finished value."""
    cue = Mention(*draft.cue, source.text[draft.cue[0] : draft.cue[1]]) if draft.cue else None
    return Quote(
        id=name,
        source=source.path,
        kind=draft.kind,
        spans=draft.spans,
        content=draft.content,
        text=words,
        block=draft.block,
        time=draft.time,
        cue=cue,
        confidence=draft.confidence,
        engine=ENGINE,
        why=draft.why,
        turn=draft.turn,
        asks=draft.asks,
    )
