"""The products of many pairs of sparse vectors at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = dict[str, float]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
CELLS, ROWS = 1 << 17, 512  # numbers, and vectors, that are laid out at a time


class Pairs(NamedTuple):
    """Pairs of numbers: the first and the second of each, in order."""

    first: Whole
    second: Whole


class Sparse(NamedTuple):
    """Sparse vectors: the numbers of features and their weights, one vector behind the other. `begins`: where each
    begins, and where the last ends; `width`: how many features are numbered."""

    begins: Whole
    where: Whole
    what: Floats
    width: int


class Vectors(NamedTuple):
    """Sparse vectors over features that have a name. `names`: of the features, in order."""

    names: list[str]
    rows: Sparse

    def each(self) -> list[Vector]:
        """The vectors one by one."""
        at, where, what = self.rows.begins.tolist(), self.rows.where.tolist(), self.rows.what.tolist()
        named = [self.names[f] for f in where]
        return [dict(zip(named[a:b], what[a:b], strict=True)) for a, b in pairwise(at)]


def from_cells(row: Whole, where: Whole, what: Floats, count: int, width: int) -> Sparse:
    """So many vectors of single weights, each of which stands in a row; those of a row stay in their order."""
    order = np.argsort(row, kind="stable")
    begins = np.searchsorted(row[order], np.arange(count + 1))
    return Sparse(begins, where[order], what[order], width)


def summed(row: Whole, where: Whole, what: Floats, count: int, width: int, how: np.ufunc = np.add) -> Sparse:
    """So many vectors of single weights, each of which stands in a row; those of one row and feature are added, or
    brought together by another function, in their order. Features of a row are in order of their numbers."""
    key = row * width + where
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else key
    whole = how.reduceat(what[order], first) if len(key) else what
    begins = np.searchsorted(key[first], np.arange(count + 1) * width)
    return Sparse(begins, key[first] % max(width, 1), whole, width)


def chosen(vectors: Sparse, those: NDArray[np.bool_]) -> Sparse:
    """Vectors of some of their weights alone."""
    begins = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(those)])[vectors.begins]
    return Sparse(begins, vectors.where[those], vectors.what[those], vectors.width)


def narrowed(*families: Sparse) -> list[Sparse]:
    """Families of vectors over one numbering of those of their features alone that any has."""
    used = np.zeros(max((x.width for x in families), default=0), dtype=np.bool_)
    for x in families:
        used[x.where] = True
    at = np.cumsum(used) - 1
    return [Sparse(x.begins, at[x.where], x.what, int(used.sum())) for x in families]


def of_length_one(rows: Sparse) -> Sparse:
    """Vectors with length 1; those of no length are left as they are."""
    row = rows_of(rows)
    length = np.sqrt(np.bincount(row, rows.what * rows.what, minlength=len(rows.begins) - 1))
    return rows._replace(what=np.divide(rows.what, length[row], out=np.zeros(len(row)), where=length[row] > 0))


def rows_of(vectors: Sparse) -> Whole:
    """The row that each weight stands in."""
    return np.repeat(np.arange(len(vectors.begins) - 1), np.diff(vectors.begins))


def paired(pairs: Iterable[tuple[int, int]]) -> Pairs:
    """Pairs, sorted, as they are worked with."""
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return Pairs(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))


def stretched(begins: Whole, sizes: Whole) -> Whole:
    """The numbers of all cells of stretches, one behind the other: each begins at one and has a size."""
    ends = np.cumsum(sizes)
    at: Whole = np.repeat(begins - (ends - sizes), sizes)
    at += np.arange(len(at))
    return at


def products(first: Sparse, second: Sparse, pairs: Pairs, how: Callable[[Any, Any], Any] = np.multiply) -> Floats:
    """For each pair, sorted, the product of a vector of the one family with one of the other; with `how` another than
    the product of their weights the sum of that, over what both have.

    Some of the first are laid out at a time, and the others of their pairs are read off them: time is linear in the
    features of the pairs' second vectors, memory in all features.
    """
    out = np.zeros(len(pairs.first))
    count, width = len(first.begins) - 1, max(first.width, 1)
    rows = min(max(CELLS // width, 1), ROWS)
    laid = np.zeros(rows * width)
    edges = np.searchsorted(pairs.first, np.arange(0, count + rows, rows))
    for low, a, b in zip(range(0, count, rows), edges, edges[1:], strict=False):
        if a == b:
            continue
        begins = first.begins[low : low + rows + 1]
        own = slice(begins[0], begins[-1])
        cells = first.where[own] + width * np.repeat(np.arange(len(begins) - 1), np.diff(begins))
        laid[cells] = first.what[own]
        out[a:b] = _read_off(laid, width * (pairs.first[a:b] - low), second, pairs.second[a:b], how)
        laid[cells] = 0.0
    return out


def _read_off(laid: Floats, row: Whole, second: Sparse, those: Whole, how: Callable[[Any, Any], Any]) -> Floats:
    """The products of vectors that are laid out, each in a row, with others; that with an empty one is 0."""
    out = np.zeros(len(those))
    sizes = second.begins[those + 1] - second.begins[those]
    full = np.flatnonzero(sizes)
    if len(full):
        sizes = sizes[full]
        at = stretched(second.begins[those[full]], sizes)
        cells = second.where.take(at)
        cells += np.repeat(row[full], sizes)
        terms = how(laid.take(cells), second.what.take(at))
        out[full] = np.add.reduceat(terms, np.cumsum(sizes) - sizes)
    return out


def blended(own: Sparse, pairs: Pairs, shares: Floats) -> Sparse:
    """Each vector with those that it makes a pair with added, each as much as its share, of length 1. `pairs`: in order
    of their first. Some are added at a time: time grows with what is added, however many features there are, memory
    with what is given back."""
    count = len(own.begins) - 1
    edges = np.searchsorted(pairs.first, np.arange(0, count + ROWS, ROWS))
    sizes, where, what = [np.zeros(1, dtype=np.int64)], [own.where[:0]], [own.what[:0]]
    for low, a, b in zip(range(0, count, ROWS), edges, edges[1:], strict=False):
        itself = np.arange(low, min(low + ROWS, count))
        those = np.concatenate([itself, pairs.second[a:b]])
        row = np.concatenate([itself, pairs.first[a:b]]) - low
        share = np.concatenate([np.ones(len(itself)), shares[a:b]])
        long = own.begins[those + 1] - own.begins[those]
        at = stretched(own.begins[those], long)
        terms = own.what[at] * np.repeat(share, long)
        total = of_length_one(summed(np.repeat(row, long), own.where[at], terms, len(itself), own.width))
        sizes.append(np.diff(total.begins))
        where.append(total.where)
        what.append(total.what)
    return Sparse(np.cumsum(np.concatenate(sizes)), np.concatenate(where), np.concatenate(what), own.width)


def ranked(first: Whole, second: Whole, weights: Floats, most: int) -> Whole:
    """Which of pairs are among the weightiest of their first, at most so many each: in order of the first, then of
    weight, then of the second."""
    order = np.lexsort((second, -weights, first))
    rank = np.arange(len(order)) - np.searchsorted(first[order], first[order])
    found: Whole = order[rank < most]
    return found
