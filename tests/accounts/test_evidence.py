"""What speaks for two tellings being of one event, and against it."""

from __future__ import annotations

import pytest

from vivavoce.accounts.evidence import in_fields, years
from vivavoce.accounts.features import stems_of
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


def test_words_of_one_field_speak_for_one_event_though_no_word_is_shared() -> None:
    told = ["The bride was late and wet.", "They were married on the Saturday.", "We had the eels out by noon."]
    bride, married, eels = in_fields([dict.fromkeys(sorted(stems_of(said)), 1.0) for said in told])
    assert bride.keys() & married.keys()
    assert not (bride.keys() | married.keys()) & eels.keys()
