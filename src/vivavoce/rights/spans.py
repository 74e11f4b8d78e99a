"""Sums with stretches of text: lists of half-open spans, merged and in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from vivavoce.model import Span


def merged(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """Spans in order, cut to a text's length, those that touch made one, empty ones left out."""
    made: list[Span] = []
    for start, end in sorted((max(s, 0), min(e, length)) for s, e in spans):
        if start >= end:
            continue
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def hits(span: Span, hidden: tuple[Span, ...]) -> bool:
    """Whether a span overlaps any of merged ones."""
    at = bisect_right(hidden, span[0], key=lambda h: h[1])
    return at < len(hidden) and hidden[at][0] < span[1]


def minus(span: Span, hidden: tuple[Span, ...]) -> list[Span]:
    """What merged spans leave of a span."""
    left, start = [], span[0]
    for cut in hidden[bisect_right(hidden, span[0], key=lambda h: h[1]) :]:
        if cut[0] >= span[1]:
            break
        if start < cut[0]:
            left.append((start, cut[0]))
        start = cut[1]
    if start < span[1]:
        left.append((start, span[1]))
    return left
