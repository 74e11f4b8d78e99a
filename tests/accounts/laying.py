"""Vectors that tests write as dictionaries, laid out as they are worked with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from vivavoce.accounts.products import Sparse, Vector, Vectors


def laid_out(vectors: Sequence[Vector]) -> Vectors:
    """Vectors as they are worked with."""
    (rows,) = sparse(vectors)
    return Vectors(sorted({f for v in vectors for f in v}), rows)


def sparse(*families: Sequence[Vector]) -> list[Sparse]:
    """Families of vectors over one numbering of their features, in the order of their names."""
    at = {f: n for n, f in enumerate(sorted({f for family in families for v in family for f in v}))}
    rows = [[[at[f] for f in v] for v in family] for family in families]
    return [_laid_end_to_end(row, family, len(at)) for row, family in zip(rows, families, strict=True)]


def _laid_end_to_end(where: list[list[int]], family: Sequence[Vector], width: int) -> Sparse:
    begins = np.zeros(len(where) + 1, dtype=np.int64)
    np.cumsum([len(w) for w in where], out=begins[1:])
    count = int(begins[-1])
    whole = np.fromiter(chain.from_iterable(where), dtype=np.int64, count=count)
    weights = np.fromiter(chain.from_iterable(v.values() for v in family), dtype=np.float64, count=count)
    return Sparse(begins, whole, weights, width)
