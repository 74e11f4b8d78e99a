"""What speaks for two tellings being of one event, and against it."""

from __future__ import annotations

import pytest

from vivavoce.accounts.evidence import years
from vivavoce.model import Passage


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("We had a strike in seventy-two, over the tea.", ["72"]),
        ("It was the summer of ’84.", ["84"]),
        ("They came back in 1984 and sat down.", ["84"]),
        ("It was over in seventy-two hours.", []),
        ("Two of eighty and a dog.", []),
        ("There were in all forty of them, in twelve.", []),
    ],
)
def test_a_year_is_a_year_however_it_is_said(said: str, year: list[str]) -> None:
    assert list(years(Passage("a.txt", None, (), text=said))) == year
