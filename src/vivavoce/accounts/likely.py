"""How likely two units of telling are of one event: logistic regression over their `evidence`, in two rounds. In the
second each unit is compared with what the first found beside it, for accounts of one event often share no word with
each other, but each with a third. The weights lie in `weights.toml`; `benchmarks/weights.py` makes them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt
from typing import NamedTuple

from vivavoce.accounts.evidence import KINDS, Stretch, evidence, near
from vivavoce.accounts.features import Vector, unit_vector
from vivavoce.accounts.products import products

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


def likely(weighed: list[float], by: Weights) -> float:
    """The likelihood that evidence shows, 0 to 1."""
    score = by.constant + sum(w * x for w, x in zip(by.each, weighed, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def likelihoods(units: list[Stretch]) -> dict[Pair, float]:
    """How likely each two units that were compared are of one event; those that were not are not. Near-linear."""
    first, second, _ = weights()
    given = first_evidence(units)
    found = {pair: likely(x, first) for pair, x in given.items()}
    return {pair: likely(x, second) for pair, x in second_evidence(units, given, found).items()}


def first_evidence(units: list[Stretch]) -> dict[Pair, list[float]]:
    """The evidence of all pairs that are compared, in order."""
    found = near([u.vector for u in units], [u.source for u in units], RARE, MOST, NEAREST)
    pairs = {(min(i, j), max(i, j)) for i, those in enumerate(found) for j in those}
    for i, unit in enumerate(units):
        pairs.update((i, j) for j in range(i + 1, min(i + WITHIN + 1, len(units))) if units[j].source == unit.source)
    most = min(WIDER, max(len(units) // OF_ALL, 1))
    wide = [widened(u.vector, those, units, most) for u, those in zip(units, found, strict=True)]
    ordered = sorted(pairs)
    alike = products(wide, ordered)
    return {(i, j): evidence(units[i], units[j], x) for (i, j), x in zip(ordered, alike, strict=True)}


def widened(own: Vector, beside: dict[int, float], units: list[Stretch], most: int) -> Vector:
    """A vector with those of the units, at `most` so many, that are likest to it, each as much as it is like."""
    best = sorted((j for j, x in beside.items() if x >= WIDER_FROM), key=lambda j: (-beside[j], j))[:most]
    total = dict(own)
    for j in best:
        for f, x in units[j].vector.items():
            total[f] = total.get(f, 0.0) + beside[j] * x
    return unit_vector(total)


def second_evidence(
    units: list[Stretch], given: dict[Pair, list[float]], found: dict[Pair, float]
) -> dict[Pair, list[float]]:
    """The evidence of the second round, in the order of AGAIN. `found`: how likely the first holds each pair."""
    beside: list[dict[int, float]] = [{} for _ in units]
    for (i, j), p in found.items():
        if p >= SECOND_FROM and units[i].source != units[j].source:
            beside[i][j] = beside[j][i] = p
    most = min(SECOND, max(len(units) // OF_ALL, 1))
    wide = [widest(u.vector, those, units, most) for u, those in zip(units, beside, strict=True)]
    out = {}
    alike = products(wide, list(given))  # in order, as they were made
    for ((i, j), first), like in zip(given.items(), alike, strict=True):
        p = min(max(found[i, j], SURE), 1 - SURE)
        more = [sqrt(max(like, 0.0)), log(p / (1 - p))]
        out[i, j] = [*first[2:], *more, in_sequence(units, beside, i, j), next_to(units, beside, i, j)]
    return out


def widest(own: Vector, beside: dict[int, float], units: list[Stretch], most: int) -> Vector:
    """A vector with those of the units, at `most` so many, that are likeliest of its event, each as much as it is
    likely."""
    best = dict(sorted(beside.items(), key=lambda item: (-item[1], item[0]))[:most])
    total = dict(own)
    for j, p in best.items():
        for f, x in units[j].vector.items():
            total[f] = total.get(f, 0.0) + p * x
    return unit_vector(total)


def in_sequence(units: list[Stretch], beside: list[dict[int, float]], i: int, j: int) -> float:
    """How likely what is told before two units is of one event, or what is told after them: people tell in order."""
    if units[i].source == units[j].source:
        return 0.0
    steps = [(a, b) for a in range(1, SEQUENCE + 1) for b in range(1, SEQUENCE + 1)]
    steps += [(-a, -b) for a, b in steps]
    both = (beside[i + a].get(j + b, 0.0) for a, b in steps if there(units, i, a) and there(units, j, b))
    return sqrt(max(both, default=0.0))


def there(units: list[Stretch], at: int, step: int) -> bool:
    """Whether so many units before or after one is another of its source."""
    return 0 <= at + step < len(units) and units[at + step].source == units[at].source


def next_to(units: list[Stretch], beside: list[dict[int, float]], i: int, j: int) -> float:
    """How likely a neighbour of an article's unit is of the other's event."""
    if units[i].source == units[j].source:
        return 0.0
    found = 0.0
    for a, b in ((i, j), (j, i)):
        if units[a].report:
            found = max([found, *(beside[a + s].get(b, 0.0) for s in (-1, 1) if there(units, a, s))])
    return sqrt(found)


def neighbours(found: dict[Pair, float], count: int) -> list[dict[int, float]]:
    """For each of so many units, how likely it is of one event with each that it was compared with."""
    out: list[dict[int, float]] = [defaultdict(float) for _ in range(count)]
    for (i, j), p in found.items():
        out[i][j] = out[j][i] = p
    return out
