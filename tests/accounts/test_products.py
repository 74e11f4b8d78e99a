"""Many products of sparse vectors at once are those of one at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.accounts.features import dot
from vivavoce.accounts.nearest import near
from vivavoce.accounts.products import paired, products, sparse

VECTORS = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 1.0), max_size=6), min_size=1, max_size=7
)
Vectors = list[dict[str, float]]


@given(VECTORS, VECTORS, st.data())
def test_products_of_pairs_are_those_of_one_at_a_time(ones: Vectors, others: Vectors, data: st.DataObject) -> None:
    number = st.tuples(st.integers(0, len(ones) - 1), st.integers(0, len(others) - 1))
    pairs = sorted(data.draw(st.lists(number, max_size=12)))
    first, second = sparse(ones, others)
    one_by_one = [dot(ones[i], others[j]) for i, j in pairs]
    assert products(first, second, paired(pairs)).tolist() == pytest.approx(one_by_one)
    least = [sum(min(x, others[j][f]) for f, x in ones[i].items() if f in others[j]) for i, j in pairs]
    assert products(first, second, paired(pairs), np.minimum).tolist() == pytest.approx(least)


def test_more_vectors_than_are_laid_out_at_a_time_have_their_products() -> None:
    vectors = [{f"f{n % 7}": 1.0 + n, f"g{n % 5}": 0.5} for n in range(1200)]
    pairs = [(n, (n * 7) % 1200) for n in range(1200)]
    (given,) = sparse(vectors)
    assert products(given, given, paired(pairs)).tolist() == pytest.approx(
        [dot(vectors[i], vectors[j]) for i, j in pairs]
    )


def test_no_pairs_have_no_products() -> None:
    (empty,) = sparse([{}])
    assert products(empty, empty, paired([])).tolist() == []


@given(VECTORS, st.data())
def test_the_likest_units_are_those_that_a_look_at_all_finds(vectors: Vectors, data: st.DataObject) -> None:
    sources = [data.draw(st.sampled_from("xyz")) for _ in vectors]
    most, nearest = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 4))
    spread = {f: sum(f in v for v in vectors) for v in vectors for f in v}
    found = near(vectors, sources, 99, most, nearest)
    for n, own in enumerate(vectors):
        shared = {
            j: sum(own[f] * v[f] for f in own if f in v and spread[f] <= most)
            for j, v in enumerate(vectors)
            if sources[j] != sources[n]
        }
        able = {j for j, x in shared.items() if x > 0}
        assert len(found[n]) == min(nearest, len(able)) and found[n].keys() <= able
        assert (
            min((shared[j] for j in found[n]), default=9)
            >= max((shared[j] for j in able - found[n].keys()), default=0) - 1e-9
        )
        assert found[n] == {j: pytest.approx(dot(own, vectors[j])) for j in found[n]}
