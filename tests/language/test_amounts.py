"""How much is said, in figures and in words."""

from __future__ import annotations

import pytest

from vivavoce.language.amounts import amounts, tokens


def said(text: str) -> list[tuple[float, bool]]:
    return [(a.value, a.rough) for a in amounts(tokens(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nine came", 9),
        ("eleven hundred crates", 1100),
        ("a hundred and twenty we paid", 120),
        ("eighty-six thousand", 86000),
        ("180,000 crates", 180000),
        ("two and a half", 2.5),
        ("four hundred and twelve votes", 412),
        ("1.2 million", 1200000),
        ("a dozen crates", 12),
        ("nineteen seventy-four", 1974),
        ("the thirty-eighth", 38),
    ],
)
def test_numbers_are_read_as_they_are_said(text: str, value: float) -> None:
    assert said(text) == [(value, False)]


@pytest.mark.parametrize(
    "text", ["a couple of hundred hens", "about twenty", "twenty-odd", "twenty or so", "two dozen"]
)
def test_what_is_said_as_rough_is_rough(text: str) -> None:
    assert [rough for _, rough in said(text)] == [True]


def test_two_numbers_side_by_side_stay_two() -> None:
    assert said("It went ten to nine") == [(10, False), (9, False)]


def test_letters_with_figures_are_no_number() -> None:
    assert said("on the B12 road with an mp3") == []
