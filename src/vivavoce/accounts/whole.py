"""Passages of one turn that are told of one moment, made one again: a long answer is cut where it may turn to another
thing, and where it did not, it is told in one piece."""

from __future__ import annotations

from msgspec.structs import replace

from vivavoce.accounts.cut import both
from vivavoce.model import Passage


def whole(passages: list[Passage]) -> list[Passage]:
    """The passages in their order, those that follow one another in one turn of a talk as one."""
    out: list[Passage] = []
    for p in passages:
        if out and follows(out[-1], p):
            out[-1] = one(out[-1], p)
        else:
            out.append(p)
    return out


def follows(a: Passage, b: Passage) -> bool:
    """Whether a passage of a talk goes on where another of its turn ends, but for a blank."""
    in_one = not a.heading and a.source == b.source and a.quotes == b.quotes and a.person == b.person
    return in_one and b.spans[0][0] - a.spans[-1][1] == 1


def one(a: Passage, b: Passage) -> Passage:
    """Two passages as one, the span that was cut as one span."""
    joined = (a.spans[-1][0], b.spans[0][1])
    return replace(both(a, b), spans=(*a.spans[:-1], joined, *b.spans[1:]))
