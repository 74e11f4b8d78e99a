"""From a place in a passage's text, or in the words around it, to the place in its source."""

from __future__ import annotations

from vivavoce.model import Evidence, Passage, Span


def own(p: Passage, start: int, end: int) -> Evidence:
    """Where text[start:end] of a passage stands in its source."""
    return at(p.source, p.spans, start, end)


def near(p: Passage, start: int, end: int) -> Evidence:
    """Where around[start:end] of a passage stands in its source."""
    return at(p.source, p.about, start, end)


def at(source: str, spans: tuple[Span, ...], start: int, end: int) -> Evidence:
    """Where a stretch of the spans' words, joined by a space, stands in the source; it ends with the span in which
    it begins."""
    offset = 0
    for a, b in spans:
        size = b - a
        if start <= offset + size:
            return Evidence(source, a + max(0, start - offset), min(b, a + end - offset))
        offset += size + 1
    return Evidence(source, spans[-1][0], spans[-1][1])
