"""Which units are likest to which: found by the features that few of them have, many units at a time."""

from __future__ import annotations

from collections import Counter

import numpy as np

from vivavoce.accounts.features import Vector
from vivavoce.accounts.products import Floats, Pairs, Sparse, Whole, products, sparse, stretched

AT_A_TIME = 256  # units whose neighbours are looked for together


def near(found: list[Vector], sources: list[str], rare: int, most: int, nearest: int) -> list[dict[int, float]]:
    """For each unit those of other sources that it is likest to, with their likeness: at most `nearest`, found by its
    `rare` weightiest features that stand in at most `most` units. Linear in the units."""
    spread = Counter(f for v in found for f in v)
    keys = [sorted((f for f in v if 1 < spread[f] <= most), key=lambda f: (-v[f], f))[:rare] for v in found]
    own, whole = sparse([{f: v[f] for f in ks} for v, ks in zip(found, keys, strict=True)], found)
    holders = turned(own)
    numbers: dict[str, int] = {}
    source = np.array([numbers.setdefault(s, len(numbers)) for s in sources], dtype=np.int64)
    out: list[dict[int, float]] = []
    for low in range(0, len(found), AT_A_TIME):
        pairs = likest(own, holders, np.arange(low, min(low + AT_A_TIME, len(found))), source, nearest)
        likeness = products(whole, whole, pairs)
        rows: list[dict[int, float]] = [{} for _ in range(low, min(low + AT_A_TIME, len(found)))]
        for i, j, x in zip(pairs.first.tolist(), pairs.second.tolist(), likeness.tolist(), strict=True):
            rows[i - low][j] = x
        out += rows
    return out


def turned(vectors: Sparse) -> Sparse:
    """For each feature the vectors that have it, in their order, with its weight in each."""
    order = np.argsort(vectors.where, kind="stable")
    rows = np.repeat(np.arange(len(vectors.begins) - 1), np.diff(vectors.begins))
    begins = np.searchsorted(vectors.where[order], np.arange(vectors.width + 1))
    return Sparse(begins, rows[order], vectors.what[order], len(vectors.begins) - 1)


def likest(own: Sparse, holders: Sparse, units: Whole, source: Whole, nearest: int) -> Pairs:
    """For each of some units those of other sources that share most with it, the likest first, as pairs."""
    mine = stretched(own.begins[units], own.begins[units + 1] - own.begins[units])
    sizes = holders.begins[own.where[mine] + 1] - holders.begins[own.where[mine]]
    at = stretched(holders.begins[own.where[mine]], sizes)
    i = np.repeat(np.repeat(units, own.begins[units + 1] - own.begins[units]), sizes)
    j, x = holders.where[at], holders.what[at] * np.repeat(own.what[mine], sizes)
    others = source[i] != source[j]
    return best(i[others], j[others], x[others], nearest)


def best(i: Whole, j: Whole, x: Floats, nearest: int) -> Pairs:
    """Of pairs with weights, each perhaps several times, those with the greatest sums, so many for each first."""
    order = np.lexsort((j, i))
    i, j, x = i[order], j[order], x[order]
    begins = np.flatnonzero(np.r_[True, (i[1:] != i[:-1]) | (j[1:] != j[:-1])]) if len(i) else np.zeros(0, np.int64)
    sums = np.add.reduceat(x, begins) if len(i) else x
    i, j = i[begins], j[begins]
    order = np.lexsort((j, -sums, i))
    i, j = i[order], j[order]
    rank = np.arange(len(i)) - np.searchsorted(i, i)
    return Pairs(i[rank < nearest], j[rank < nearest])
