"""What an article tells beside what people tell in talks: it looks back at many things, paragraph by paragraph, so each
paragraph may stand in a moment of its own; but neighbours belong together where nothing else draws them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from vivavoce.accounts.episodes import Episodes, apart
from vivavoce.accounts.products import Vectors, from_cells, rows_of
from vivavoce.model import Passage

NEXT = 0.2  # likeness that two paragraphs have for being neighbours


class Place(NamedTuple):
    """Where a unit stands: source and topic, and whether an article has it."""

    source: str
    topic: int
    report: bool


def place(p: Passage) -> Place:
    """Where the unit of a passage stands."""
    return Place(p.source, p.topic, bool(p.heading))


def neighbours(places: list[Place]) -> Iterator[tuple[int, int]]:
    """The numbers of units that follow each other on one topic of an article."""
    for n, (a, b) in enumerate(pairwise(places)):
        if a == b and b.report:
            yield n, n + 1


def linked(found: Vectors, places: list[Place]) -> Vectors:
    """The vectors of units; two neighbours share a feature, "@" and a number, that makes them a little alike."""
    names, rows = found
    pairs = list(neighbours(places))
    row = np.concatenate([rows_of(rows), np.array([n for pair in pairs for n in pair], dtype=np.int64)])
    where = np.concatenate([rows.where, rows.width + np.arange(2 * len(pairs)) // 2])
    what = np.concatenate([rows.what, np.full(2 * len(pairs), NEXT**0.5)])
    whole = from_cells(row, where, what, len(places), rows.width + len(pairs))
    return Vectors([*names, *(f"@{b}" for _, b in pairs)], whole)


def rejoined(groups: list[list[int]], places: list[Place], of: list[Episodes] | None = None) -> list[list[int]]:
    """The groups; a paragraph that no other source tells with joins the group of the one beside it. `of`: the episodes
    that each unit is of; those of two do not join."""
    home = {n: k for k, g in enumerate(groups) for n in g}
    by_itself = [len({places[n].source for n in g}) == 1 for g in groups]
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in neighbours(places):
        if of and apart(of[a], of[b]):
            continue
        beside[b].insert(0, a)
        beside[a].append(b)
    for n, at in enumerate(places):
        if at.report and by_itself[home[n]] and beside[n]:
            home[n] = home[beside[n][0]]
    out: dict[int, list[int]] = defaultdict(list)
    for n, k in sorted(home.items()):
        out[k].append(n)
    return list(out.values())
