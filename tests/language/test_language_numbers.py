"""Numbers are read out of words as they are counted."""

from __future__ import annotations

import pytest

from vivavoce.language.numbers import numbers


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("seventeen lamps", [17]),
        ("17 lamps", [17]),
        ("two hundred and four", [204]),
        ("nineteen eighty three", [1983]),
        ("twenty twenty one", [2021]),
        ("a hundred men", [100]),
        ("three thousand two hundred", [3200]),
        ("3 000 tickets", [3000]),
        ("two dozen", [24]),
        ("five six seven", [5, 6, 7]),
        ("the 3rd and the fourth", [3, 4]),
        ("two and three", [2, 3]),
        ("nobody counted", []),
        ("1983 12", [1983, 12]),
        ("and", []),
    ],
)
def test_numbers_are_what_they_count(said: str, count: list[int]) -> None:
    assert numbers(said.split()) == count
