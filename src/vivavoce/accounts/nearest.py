"""Which units are likest to which: found by the features that few of them have, many units at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.products import Floats, Pairs, Sparse, Whole, products, rows_of, stretched

Able = Callable[[Whole, Whole], NDArray[np.bool_]]

AT_A_TIME = 256  # units whose neighbours are looked for together


def near(whole: Sparse, sources: Whole, rare: int, most: int, nearest: int) -> tuple[Pairs, Floats]:
    """For each unit those of other sources that it is likest to, with their likeness: at most `nearest`, found by its
    `rare` weightiest features that stand in at most `most` units. `sources`: of each unit, by number."""
    return found_by(whole, weightiest(whole, rare, most), nearest, lambda i, j: sources[i] != sources[j])


def before(whole: Sparse, rare: int, most: int, nearest: int) -> tuple[Pairs, Floats]:
    """The same of all that stand before it, in whichever source."""
    return found_by(whole, weightiest(whole, rare, most), nearest, np.greater)


def found_by(whole: Sparse, own: Sparse, nearest: int, able: Able) -> tuple[Pairs, Floats]:
    """For each vector those that are likest to it by its `own` features, of those that are `able`, with the likeness of
    the whole. Linear in the vectors."""
    holders, count = turned(own), len(whole.begins) - 1
    stretches = [np.arange(low, min(low + AT_A_TIME, count)) for low in range(0, count, AT_A_TIME)]
    nobody = np.zeros(0, dtype=np.int64)
    parts = [Pairs(nobody, nobody), *(likest(own, holders, units, nearest, able) for units in stretches)]
    pairs = Pairs(np.concatenate([p.first for p in parts]), np.concatenate([p.second for p in parts]))
    return pairs, products(whole, whole, pairs)


def weightiest(whole: Sparse, rare: int, most: int) -> Sparse:
    """Of each vector the `rare` weightiest features that stand in more than one vector and in at most `most`."""
    spread = np.bincount(whole.where, minlength=whole.width)
    row = rows_of(whole)
    able = np.flatnonzero((spread[whole.where] > 1) & (spread[whole.where] <= most))
    able = able[np.lexsort((whole.where[able], -whole.what[able], row[able]))]
    rank = np.arange(len(able)) - np.searchsorted(row[able], row[able])
    able = able[rank < rare]
    begins = np.searchsorted(row[able], np.arange(len(whole.begins)))
    return Sparse(begins, whole.where[able], whole.what[able], whole.width)


def turned(vectors: Sparse) -> Sparse:
    """For each feature the vectors that have it, in their order, with its weight in each."""
    order = np.argsort(vectors.where, kind="stable")
    rows = rows_of(vectors)
    begins = np.searchsorted(vectors.where[order], np.arange(vectors.width + 1))
    return Sparse(begins, rows[order], vectors.what[order], len(vectors.begins) - 1)


def likest(own: Sparse, holders: Sparse, units: Whole, nearest: int, able: Able) -> Pairs:
    """For each of some units those that are `able` and share most with it, the likest first, as pairs."""
    mine = stretched(own.begins[units], own.begins[units + 1] - own.begins[units])
    sizes = holders.begins[own.where[mine] + 1] - holders.begins[own.where[mine]]
    at = stretched(holders.begins[own.where[mine]], sizes)
    i = np.repeat(np.repeat(units, own.begins[units + 1] - own.begins[units]), sizes)
    j, x = holders.where[at], holders.what[at] * np.repeat(own.what[mine], sizes)
    those = able(i, j)
    return best(i[those], j[those], x[those], nearest)


def best(i: Whole, j: Whole, x: Floats, nearest: int) -> Pairs:
    """Of pairs with weights, each perhaps several times, those with the greatest sums, so many for each first."""
    order = np.argsort(i * (int(j.max(initial=0)) + 1) + j, kind="stable")
    i, j, x = i.take(order), j.take(order), x.take(order)
    begins = np.flatnonzero(np.r_[True, (i[1:] != i[:-1]) | (j[1:] != j[:-1])]) if len(i) else np.zeros(0, np.int64)
    sums = np.add.reduceat(x, begins) if len(i) else x
    i, j = i[begins], j[begins]
    order = np.lexsort((-sums, i))  # of equals, the lower j comes first, as it does already
    i, j = i[order], j[order]
    rank = np.arange(len(i)) - np.searchsorted(i, i)
    return Pairs(i[rank < nearest], j[rank < nearest])
