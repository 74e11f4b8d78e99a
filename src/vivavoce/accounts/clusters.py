"""Units of telling joined into groups that tell one event: candidates from an inverted index, the likest groups first,
compared as wholes (average linkage). No all-pairs comparison."""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np

from vivavoce.accounts.episodes import Episodes, apart
from vivavoce.accounts.features import dot, unit_vector
from vivavoce.accounts.nearest import before
from vivavoce.accounts.products import Floats, Pairs, Vector, Vectors, Whole, products

RARE = 24  # features of a unit that are looked up
MOST = 30  # units a feature may stand in to be looked up
IN_COMMON = 3  # signals that two units must share, however rare
SIGNAL = {"t": 0, "p": 0, "@": IN_COMMON}  # what a feature of a kind counts for that; of others one
NEAREST = 12  # candidates that a unit is compared with
MANY, NEARLY = 6, 0.65  # groups of so many show how alike their units are; two that tell one event are nearly so alike
FEW = 3  # reports that make a group which others may join as a whole
NEAR, CLEARLY = 0.06, 1.3  # likeness to the whole of a group from which they do; how much nearer it must be than others
TWICE = 2.0  # how many times more alike two groups must be for each talk that tells of both apart
SETTLED = (0.14, 1.5)  # the same for one stretch of talk, or paragraph, that is left alone
LOOKED_UP = 200  # features that are looked up for it


def candidates(found: Vectors) -> tuple[Pairs, Floats]:
    """Pairs of units that share rare features, and enough of them, the later one first, with their likeness. Each unit
    looks up at most RARE features with at most MOST units each, and is compared with NEAREST of them: linear in the
    units."""
    pairs, likeness = before(found.rows, RARE, MOST, NEAREST)
    enough = shared(found, pairs) >= IN_COMMON
    return Pairs(pairs.first[enough], pairs.second[enough]), likeness[enough]


def shared(found: Vectors, pairs: Pairs) -> Floats:
    """How much two units have `in_common`, for each pair."""
    rows, kind = found.rows, np.array([SIGNAL.get(f[0], 1) for f in found.names], dtype=np.float64)
    signals = rows._replace(what=kind[rows.where])
    return products(signals, signals._replace(what=np.ones(len(rows.what))), pairs)


def in_common(a: Vector, b: Vector) -> int:
    """How many words, names, works, numbers and dates two units share; who tells, and phrases, do not count, and that
    they are neighbours ("@") is enough."""
    both = [f[0] for f in a if f in b and f[0] not in "tp"]
    return max(len(both), IN_COMMON) if "@" in both else len(both)


Talks = dict[str, tuple[int, ...]]


class Group(NamedTuple):
    """Units that were joined: their numbers, the sum of their vectors (features and weights), its square, the mean
    likeness of two of its units, the groups that hold a candidate of one of them, which of them are of each talk, and
    the episodes that they are of."""

    units: list[int]
    where: Whole
    what: Floats
    square: float
    tight: float
    near: set[int]
    talks: Talks
    of: frozenset[Episodes]


def clusters(
    found: Vectors, alike: float, talks: list[str] | None = None, of: list[Episodes] | None = None
) -> list[list[int]]:
    """The units in groups, in order of their first: the two groups that are likest are joined, again and again, as
    long as they are `fit` (average linkage). Only groups are compared of which two units were candidates, so that the
    work grows near-linearly with the units. `talks`: the talk that each unit is of, "" for none; `of`: the
    episodes: two of two are never joined."""
    rows = found.rows
    groups = {
        i: Group([i], rows.where[a:b], rows.what[a:b], 1.0, 0.0, set(), talk_of(i, talks), episodes_of([i], of))
        for i, (a, b) in enumerate(pairwise(rows.begins.tolist()))
    }
    heap: list[tuple[float, int, int]] = []
    pairs, each = candidates(found)
    for j, i, likeness in zip(pairs.first.tolist(), pairs.second.tolist(), each.tolist(), strict=True):
        if (not of or not apart(of[i], of[j])) and reaches(likeness, groups[i], groups[j], alike):
            groups[i].near.add(j)
            groups[j].near.add(i)
            heap.append((-likeness, i, j))
    heapify(heap)

    latest, laid = len(groups), np.zeros(rows.width)
    while heap:
        less, a, b = heappop(heap)
        if a not in groups or b not in groups:
            continue
        one = groups[latest] = joined(groups.pop(a), groups.pop(b), -less, laid)
        one.near.difference_update((a, b))
        numbers = sorted(one.near)
        others = [groups[n] for n in numbers]
        for n, other, product in zip(numbers, others, compared(others, laid), strict=True):
            other.near.difference_update((a, b))
            other.near.add(latest)
            mean = product / (len(other.units) * len(one.units))
            if reaches(mean, other, one, alike) and fit(other, one, mean):
                heappush(heap, (-mean, n, latest))
        laid[one.where] = 0.0
        latest += 1
    return sorted(sorted(g.units) for g in groups.values())


def talk_of(unit: int, talks: list[str] | None) -> Talks:
    """The talk that a unit is of, if it is of one."""
    return {talks[unit]: (unit,)} if talks and talks[unit] else {}


def compared(groups: list[Group], laid: Floats) -> list[float]:
    """The product of the sum of each group with another that is laid out."""
    if not groups:
        return []
    where, what = np.concatenate([g.where for g in groups]), np.concatenate([g.what for g in groups])
    sizes = np.array([len(g.where) for g in groups])
    found: list[float] = np.add.reduceat(laid[where] * what, np.cumsum(sizes) - sizes).tolist()
    return found


def reaches(mean: float, a: Group, b: Group, alike: float) -> bool:
    """Whether two groups are as alike as they must be: more where they hold two things that are told in one talk, but
    not one after the other. Who tells of two strikes, each in its place, tells them apart."""
    if mean < alike or a.talks.keys().isdisjoint(b.talks):
        return mean >= alike
    both = a.talks.keys() & b.talks.keys()
    apart = sum(any(all(abs(i - j) != 1 for i in a.talks[t]) for j in b.talks[t]) for t in both)
    return mean >= alike * (1 + TWICE * apart)


def fit(a: Group, b: Group, mean: float) -> bool:
    """Whether two groups that are alike enough tell one event: where both have MANY units, so that each shows how alike
    its own are, if they are nearly as alike as they are among themselves. Two arrests of two players of one team share
    most of their words, and yet less than the reports of each."""
    few = len(a.units) < MANY or len(b.units) < MANY
    return (few or mean >= NEARLY * sqrt(a.tight * b.tight)) and not (a.of and b.of and two(a.of, b.of))


def joined(a: Group, b: Group, mean: float, laid: Floats) -> Group:
    """Two groups, whose units have this mean likeness, as one; its sum is left `laid` out, where nothing was."""
    long, short = (a, b) if len(a.where) >= len(b.where) else (b, a)
    laid[long.where] = long.what
    where = np.concatenate([long.where, short.where[laid[short.where] == 0.0]])
    laid[short.where] += short.what
    square = a.square + b.square + 2 * mean * len(a.units) * len(b.units)
    n, talks = len(a.units) + len(b.units), dict(a.talks)
    for talk, units in b.talks.items():
        talks[talk] = talks.get(talk, ()) + units
    tight = max((square - n) / (n * (n - 1)), 0.0)
    return Group(a.units + b.units, where, laid[where], square, tight, a.near | b.near, talks, a.of | b.of)


def episodes_of(units: list[int], of: list[Episodes] | None) -> frozenset[Episodes]:
    """What units are of, as far as it is told."""
    return frozenset(of[i] for i in units if of[i]) if of else frozenset()


def two(a: frozenset[Episodes], b: frozenset[Episodes]) -> bool:
    """Whether something in one group and something in another are of two episodes."""
    return any(apart(x, y) for x in a for y in b)


def adopted(
    groups: list[list[int]], vectors: list[Vector], reports: list[bool], of: list[Episodes] | None = None
) -> list[list[int]]:
    """The groups; a report or two that no mean was alike enough to, for they are short, joined to the group of FEW
    reports or more that they are nearest to as a whole, if it is clearly nearer than the next. Near-linear: only groups
    are compared that share a rare feature."""
    totals = [unit_vector(summed([vectors[i] for i in g])) for g in groups]
    large = [n for n, g in enumerate(groups) if sum(reports[i] for i in g) >= FEW]
    index: dict[str, list[int]] = defaultdict(list)
    for n in large:
        for f in totals[n]:
            index[f].append(n)
    out = {n: list(g) for n, g in enumerate(groups)}
    for n, group in enumerate(groups):
        if len(group) < FEW and all(reports[i] for i in group):
            home = nearest(totals[n], totals, index)
            if home is not None and home != n and not two(episodes_of(group, of), episodes_of(groups[home], of)):
                out[home] += out.pop(n)
    return sorted(sorted(g) for g in out.values())


def settled(
    groups: list[list[int]], vectors: list[Vector], talks: list[str], of: list[Episodes] | None = None
) -> list[list[int]]:
    """The groups; a unit that is left alone, for it is unlike some that tell of its event, joined to the group that it
    is clearly nearest to as a whole, if no talk would tell twice of it. `talks`: as for `clusters`."""
    totals = [unit_vector(summed([vectors[i] for i in g])) for g in groups]
    index: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        if len(group) > 1 and any(talks[i] for i in group):
            for f in totals[n]:
                index[f].append(n)
    out = {n: list(g) for n, g in enumerate(groups)}
    for n, group in enumerate(groups):
        home = nearest(totals[n], totals, index, SETTLED) if len(group) == 1 else None
        if home is None or in_common(totals[n], totals[home]) < IN_COMMON:
            continue
        if two(episodes_of(group, of), episodes_of(groups[home], of)):
            continue
        if not talks[group[0]] or talks[group[0]] not in {talks[i] for i in groups[home]}:
            out[home] += out.pop(n)
    return sorted(sorted(g) for g in out.values())


def nearest(
    v: Vector, totals: list[Vector], index: dict[str, list[int]], sure: tuple[float, float] | None = None
) -> int | None:
    """The group that a vector is clearly nearest to, or None. `sure`: how alike they must be, and how much
    nearer it must be than the next."""
    near, clearly = sure or (NEAR, CLEARLY)
    shared: dict[int, float] = defaultdict(float)
    keys = sorted((f for f in v if 0 < len(index.get(f, ())) <= MOST), key=lambda f: (-v[f], f))[:LOOKED_UP]
    for f in keys:
        for n in index[f]:
            shared[n] += v[f] * totals[n][f]
    best = sorted(shared, key=lambda n: (-shared[n], n))[:NEAREST]
    ranked = sorted((-dot(v, totals[n]), n) for n in best)
    if not ranked or -ranked[0][0] < near or (len(ranked) > 1 and ranked[0][0] > clearly * ranked[1][0]):
        return None
    return ranked[0][1]


def summed(vectors: list[Vector]) -> Vector:
    """The sum of vectors."""
    total: Vector = {}
    for v in vectors:
        for f, x in v.items():
            total[f] = total.get(f, 0.0) + x
    return total
