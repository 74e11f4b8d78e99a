"""How likely two units of telling are of one event: logistic regression over their `evidence`, in two rounds. In the
second each unit is compared with what the first found beside it, for accounts of one event often share no word with
each other, but each with a third. The weights lie in `weights.toml`; `benchmarks/weights.py` makes them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.evidence import KINDS, Stretches, evidence
from vivavoce.accounts.nearest import near
from vivavoce.accounts.products import (
    Floats,
    Pairs,
    Sparse,
    Whole,
    blended,
    from_cells,
    paired,
    products,
    ranked,
)

RARE, MOST, NEAREST = 64, 100, 40  # features that are looked up, units that each may stand in, units that are compared
WITHIN = 6  # units of one source that stand so near are compared, too
WIDER, WIDER_FROM = 6, 0.05  # units whose words widen what one tells, and how like it they must be
SECOND_FROM, SECOND = 0.01, 20  # the same in the second round: how likely, and how many
OF_ALL = 10  # of all units one in so many at most: in a small archive twenty would be half of them
SURE = 1e-4  # no pair is likelier, or less likely, than this leaves
SEQUENCE = 2  # units before and after two that are compared, where accounts in the same order show

# What the second round weighs besides: instead of likeness, likeness with what was found beside each.
AGAIN = (*KINDS[2:], "found", "first", "in sequence", "beside")
Pair = tuple[int, int]


class Weights(NamedTuple):
    """What each kind of evidence weighs, in the order of its names, and what is added to all."""

    each: tuple[float, ...]
    constant: float


@cache
def weights() -> tuple[Weights, Weights, float]:
    """The weights of both rounds, and how likely a unit must be of one event with those of a group, in the mean, to go
    there."""
    raw = tomllib.loads((files("vivavoce.accounts") / "weights.toml").read_text("utf-8"))
    first, second = (
        Weights(tuple(raw[part][name] for name in names), raw[part]["constant"])
        for part, names in (("first", KINDS), ("second", AGAIN))
    )
    return first, second, raw["together"]


class Compared(NamedTuple):
    """Pairs of units, sorted, and what speaks for each being of one event: a row of numbers for each."""

    pairs: Pairs
    rows: Floats

    def each(self) -> dict[Pair, list[float]]:
        """The numbers of each pair."""
        return dict(zip(numbers(self.pairs), self.rows.tolist(), strict=True))


def numbers(pairs: Pairs) -> Iterator[Pair]:
    """Pairs one by one."""
    return zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)


def likely(weighed: list[float], by: Weights) -> float:
    """The likelihood that evidence shows, 0 to 1."""
    return float(all_likely(np.array([weighed]), by)[0])


def all_likely(rows: Floats, by: Weights) -> Floats:
    """The likelihood that each row of evidence shows. Column by column, so that every machine sums in one order."""
    score = np.full(len(rows), by.constant)
    for n, w in enumerate(by.each):
        score += w * rows[:, n]
    found: Floats = 1 / (1 + np.exp(-np.clip(score, -30.0, 30.0)))
    return found


def likelihoods(units: Stretches) -> tuple[Pairs, Floats]:
    """How likely each two units that were compared are of one event; those that were not are not. Near-linear."""
    first, second, _ = weights()
    given = compared(units)
    again = compared_again(units, given, all_likely(given.rows, first))
    return given.pairs, all_likely(again, second)


def first_evidence(units: Stretches) -> dict[Pair, list[float]]:
    """The evidence of all pairs that are compared, in order."""
    return compared(units).each()


def second_evidence(
    units: Stretches, given: dict[Pair, list[float]], found: dict[Pair, float]
) -> dict[Pair, list[float]]:
    """The evidence of the second round, in the order of AGAIN. `found`: how likely the first holds each pair."""
    pairs = sorted(given)
    first = Compared(paired(pairs), np.array([given[p] for p in pairs]).reshape(len(pairs), len(KINDS)))
    return Compared(first.pairs, compared_again(units, first, np.array([found[p] for p in pairs]))).each()


def compared(units: Stretches) -> Compared:
    """The pairs that are compared, and their evidence, in the order of KINDS."""
    own, at, count = units.vector, units.at, len(units.at.source)
    found, likeness = near(own, at.source, RARE, MOST, NEAREST)
    keys = [np.minimum(*found) * count + np.maximum(*found)]
    for step in range(1, min(WITHIN + 1, count)):
        beside = np.flatnonzero(at.source[:-step] == at.source[step:])
        keys.append(beside * count + beside + step)
    key = np.unique(np.concatenate(keys))
    ordered = Pairs(key // max(count, 1), key % max(count, 1))
    wide = widened(own, found, likeness, min(WIDER, max(count // OF_ALL, 1)))
    return Compared(ordered, evidence(units, ordered, products(wide, wide, ordered)))


def widened(own: Sparse, found: Pairs, likeness: Floats, most: int) -> Sparse:
    """The vectors of units, each with those that are likest to it, at `most` so many, each as much as it is like."""
    like = np.flatnonzero(likeness >= WIDER_FROM)
    best = like[ranked(found.first[like], found.second[like], likeness[like], most)]
    return blended(own, Pairs(found.first[best], found.second[best]), likeness[best])


def compared_again(units: Stretches, given: Compared, found: Floats) -> Floats:
    """The evidence of the second round, in the order of AGAIN. `found`: how likely the first holds each pair."""
    at, pairs, own = units.at, given.pairs, units.vector
    others = (found >= SECOND_FROM) & (at.source[pairs.first] != at.source[pairs.second])
    wide = widest(own, Pairs(pairs.first[others], pairs.second[others]), found[others])
    like = products(wide, wide, pairs)
    p = np.clip(found, SURE, 1 - SURE)
    held = Likely.of(pairs, np.where(others, found, 0.0), at.source)
    more = (
        np.sqrt(np.maximum(like, 0.0)),
        np.log(p / (1 - p)),
        in_sequence(held, pairs),
        next_to(held, pairs, at.report),
    )
    return np.concatenate([given.rows.T[2:], more]).T


def widest(own: Sparse, pairs: Pairs, found: Floats) -> Sparse:
    """The vectors of units, each with those that are likeliest of its event, at most SECOND, each as much as it is
    likely. `pairs`: those that may be, and `found`: how likely."""
    first, second = np.concatenate(pairs), np.concatenate(pairs[::-1])
    shares = np.concatenate([found, found])
    best = ranked(first, second, shares, min(SECOND, max((len(own.begins) - 1) // OF_ALL, 1)))
    return blended(own, Pairs(first[best], second[best]), shares[best])


class Likely(NamedTuple):
    """How likely the pairs of a table are, to be looked up. `keys`: of each pair, sorted; `source`: of each unit."""

    keys: Whole
    found: Floats
    source: Whole

    @classmethod
    def of(cls, pairs: Pairs, found: Floats, source: Whole) -> Likely:
        """The table of pairs, which are sorted, and how likely each is."""
        return cls(pairs.first * len(source) + pairs.second, found, source)

    def step(self, pairs: Pairs, a: int, b: int) -> Floats:
        """How likely the units are that stand `a` behind the first of each pair and `b` behind the second; 0 where none
        of their sources does."""
        i, j = pairs.first + a, pairs.second + b
        last = len(self.source) - 1
        there = (i >= 0) & (i <= last) & (j >= 0) & (j <= last)
        i, j = np.clip(i, 0, last), np.clip(j, 0, last)
        there &= (self.source[i] == self.source[pairs.first]) & (self.source[j] == self.source[pairs.second])
        key = np.minimum(i, j) * len(self.source) + np.maximum(i, j)
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(there & (self.keys[at] == key), self.found[at], 0.0)


def in_sequence(held: Likely, pairs: Pairs) -> Floats:
    """How likely what is told before the two units of each pair is of one event, or what is told after them: people
    tell in order."""
    steps = [(a, b) for a in range(1, SEQUENCE + 1) for b in range(1, SEQUENCE + 1)]
    best = np.zeros(len(pairs.first))
    for a, b in (*steps, *((-a, -b) for a, b in steps)):
        best = np.maximum(best, held.step(pairs, a, b))
    return np.where(held.source[pairs.first] == held.source[pairs.second], 0.0, np.sqrt(best))


def next_to(held: Likely, pairs: Pairs, report: NDArray[np.bool_]) -> Floats:
    """How likely a neighbour of an article's unit is of the other's event."""
    best = np.zeros(len(pairs.first))
    for s in (-1, 1):
        best = np.where(report[pairs.first], np.maximum(best, held.step(pairs, s, 0)), best)
        best = np.where(report[pairs.second], np.maximum(best, held.step(pairs, 0, s)), best)
    return np.where(held.source[pairs.first] == held.source[pairs.second], 0.0, np.sqrt(best))


def neighbours(pairs: Pairs, found: Floats, count: int) -> Sparse:
    """For each of so many units, how likely it is of one event with each that it was compared with, in order. `pairs`:
    sorted."""
    first, second = np.concatenate(pairs[::-1]), np.concatenate(pairs)
    return from_cells(first, second, np.concatenate([found, found]), count, count)
