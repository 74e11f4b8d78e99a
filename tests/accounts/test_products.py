"""Many products of sparse vectors at once are those of one at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.accounts.features import dot
from vivavoce.accounts.products import products

VECTORS = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 1.0), max_size=6), min_size=1, max_size=7
)


@given(VECTORS, st.data())
def test_products_of_pairs_are_those_of_one_at_a_time(vectors: list[dict[str, float]], data: st.DataObject) -> None:
    number = st.integers(0, len(vectors) - 1)
    pairs = sorted(data.draw(st.lists(st.tuples(number, number), max_size=12)))
    assert products(vectors, pairs) == pytest.approx([dot(vectors[i], vectors[j]) for i, j in pairs])


def test_no_pairs_have_no_products() -> None:
    assert products([{}], []) == []
