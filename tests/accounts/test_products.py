"""Many products of sparse vectors at once are those of one at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laying import laid_out, sparse

from vivavoce.accounts.features import dot, unit_vector
from vivavoce.accounts.nearest import near
from vivavoce.accounts.products import Pairs, blended, paired, products

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
def test_vectors_with_others_added_are_those_of_one_at_a_time(vectors: Vectors, data: st.DataObject) -> None:
    number = st.tuples(st.integers(0, len(vectors) - 1), st.integers(0, len(vectors) - 1))
    pairs = sorted(set(data.draw(st.lists(number, max_size=12))))
    shares = [data.draw(st.floats(0.1, 1.0)) for _ in pairs]
    given = laid_out(vectors)
    found = given._replace(rows=blended(given.rows, paired(pairs), np.array(shares))).each()
    for n, own in enumerate(vectors):
        total = dict(own)
        for (i, j), share in zip(pairs, shares, strict=True):
            for f, x in vectors[j].items() if i == n else ():
                total[f] = total.get(f, 0.0) + share * x
        assert found[n] == pytest.approx(unit_vector(total))


def test_more_vectors_than_are_laid_out_at_a_time_are_added() -> None:
    given = laid_out([{f"f{n:04}": 1.0} for n in range(1200)])
    at = np.arange(1200)
    found = given._replace(rows=blended(given.rows, Pairs(at, 1199 - at), np.ones(1200))).each()
    assert found[7] == pytest.approx({"f0007": 0.5**0.5, "f1192": 0.5**0.5})


@given(VECTORS, st.data())
def test_the_likest_units_are_those_that_a_look_at_all_finds(vectors: Vectors, data: st.DataObject) -> None:
    sources = [data.draw(st.sampled_from("xyz")) for _ in vectors]
    most, nearest = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 4))
    spread = {f: sum(f in v for v in vectors) for v in vectors for f in v}
    number = np.array([sorted(set(sources)).index(s) for s in sources])
    pairs, likeness = near(laid_out(vectors).rows, number, 99, most, nearest)
    found = [
        {j: x for i, j, x in zip(*(a.tolist() for a in (*pairs, likeness)), strict=True) if i == n}
        for n in range(len(vectors))
    ]
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
