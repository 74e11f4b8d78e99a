"""Every moment of a history weighed at once: how well it stands, what its accounts share, and what is near to it. The
same as `explain` tells of one moment after another, without reading all of them again for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.explain import FEWEST, NEAR, SAID, Neighbour, Shared, apart, in_both, passage, shared
from vivavoce.accounts.features import Persons, dot, persons
from vivavoce.accounts.products import Vector
from vivavoce.accounts.units import units_of, vectors
from vivavoce.accounts.words import stem
from vivavoce.model import History, Known, Passage

Rows = tuple[NDArray[np.int64], NDArray[np.float64]]


class Weighing:
    """The moments of a history while they are weighed; each part is worked out when it is first asked for."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.sources = {s.path: s for s in history.sources}

    @cached_property
    def told(self) -> list[list[Passage]]:
        """What each moment's accounts tell."""
        known, there = Known(works=self.history.works), self.sources
        return [
            [passage(there[a.source], a, known) for a in m.accounts if a.source in there] for m in self.history.moments
        ]

    @cached_property
    def who(self) -> Persons:
        """Who is meant by the names in all of them."""
        return persons(list(self.history.people), [p for ps in self.told for p in ps])

    @cached_property
    def features(self) -> list[Vector]:
        """What each moment is known by."""
        talk = any(not p.heading for ps in self.told for p in ps)
        return vectors(units_of(self.told, self.who), flat=talk).each()

    def ground(self) -> dict[str, float]:
        """Moment id -> its ground (0 to 1), for each moment of two or more accounts: every account is compared with
        those beside it by what it tells, and the loosest one counts."""
        several = [(m.id, ps) for m, ps in zip(self.history.moments, self.told, strict=True) if len(m.accounts) > 1]
        every = [p for _, ps in several for p in ps]
        who = persons(list(self.history.people), every)
        like = vectors(units_of([[p] for p in every], who), flat=any(not p.heading for p in every)).each()
        out, first = {}, 0
        for moment, ps in several:
            mine = like[first : first + len(ps)]
            first += len(ps)
            nearest = [max((dot(a, b) for b in mine if b is not a), default=0.0) for a in mine]
            if nearest:
                out[moment] = round(min(1.0, max(0.0, min(nearest))), 3)
        return out

    def shared(self, asked: Callable[[str], bool], most: int) -> Iterator[tuple[str, tuple[Shared, ...]]]:
        """What the accounts of moments share, at most so many pieces each; of those moments whose id is `asked`."""
        for n, m in enumerate(self.history.moments):
            if asked(m.id):
                yield m.id, shared(m, self.told[n], self.who, self.features[n])[:most]

    def near(self) -> Iterator[tuple[str, tuple[Neighbour, ...]]]:
        """What was near to each moment and yet kept apart."""
        moments = self.history.moments
        for at, found in enumerate(nearest(self.features)):
            spelled = {stem(w): w for p in self.told[at] for w in reversed(p.words)}
            both = (in_both(self.features[at], self.features[i]) for i, _ in found)
            yield (
                moments[at].id,
                tuple(
                    Neighbour(
                        id=moments[i].id,
                        title=moments[i].title,
                        likeness=round(likeness, 3),
                        both=tuple(spelled[s] for s in stems if s in spelled)[:SAID],
                        apart=apart(moments[at], moments[i]),
                    )
                    for (i, likeness), stems in zip(found, both, strict=True)
                ),
            )


def nearest(features: Sequence[Vector]) -> Iterator[list[tuple[int, float]]]:
    """Of each vector the others that are nearest to it, with their likeness, by the features that they share."""
    held = _held(features)
    for at, mine in enumerate(features):
        likeness = np.zeros(len(features))
        for f, x in mine.items():
            rows, values = held[f]
            likeness[rows] += x * values
        likeness[at] = 0.0
        best = np.flatnonzero(likeness >= FEWEST)
        best = best[np.lexsort((best, -likeness[best]))][:NEAR]
        yield [(int(i), float(likeness[i])) for i in best]


def _held(features: Sequence[Vector]) -> dict[str, Rows]:
    """Which vectors have each feature, and how much."""
    rows: dict[str, list[int]] = defaultdict(list)
    values: dict[str, list[float]] = defaultdict(list)
    for n, mine in enumerate(features):
        for f, x in mine.items():
            rows[f].append(n)
            values[f].append(x)
    return {f: (np.array(ns, dtype=np.int64), np.array(values[f])) for f, ns in rows.items()}
