"""The products of many pairs of sparse vectors at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.features import Vector

Pair = tuple[int, int]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def products(vectors: Sequence[Vector], pairs: Sequence[Pair]) -> list[float]:
    """The product of the two vectors of each pair, in the order of the pairs, which are sorted.

    One vector is laid out at a time, and the others of its pairs are read off it: time is linear in the features of
    the pairs' second vectors, memory in all features.
    """
    at: dict[str, int] = {}
    where = [np.array([at.setdefault(f, len(at)) for f in v], dtype=np.int64) for v in vectors]
    what = [np.fromiter(v.values(), dtype=np.float64, count=len(v)) for v in vectors]
    laid = np.zeros(len(at))
    out: list[float] = []
    for i, those in groupby(pairs, key=itemgetter(0)):
        seconds = [j for _, j in those]
        laid[where[i]] = what[i]
        out += _read_off(laid, [where[j] for j in seconds], [what[j] for j in seconds])
        laid[where[i]] = 0.0
    return out


def _read_off(laid: Floats, where: list[Whole], what: list[Floats]) -> list[float]:
    """The products of one vector that is laid out with others; that with an empty one is 0."""
    sizes = np.array([len(w) for w in where])
    full = np.flatnonzero(sizes)
    out = np.zeros(len(where))
    if len(full):
        terms = laid[np.concatenate([where[n] for n in full])] * np.concatenate([what[n] for n in full])
        begins = np.concatenate([[0], np.cumsum(sizes[full])[:-1]])
        out[full] = np.add.reduceat(terms, begins)
    return [float(x) for x in out]
