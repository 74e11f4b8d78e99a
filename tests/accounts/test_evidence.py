"""What speaks for two tellings being of one event, and against it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from laying import laid_out

from vivavoce.accounts.evidence import in_fields
from vivavoce.accounts.features import stems_of
from vivavoce.accounts.noted import years
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
    words = laid_out([dict.fromkeys(sorted("w" + s for s in stems_of(said)), 1.0) for said in told])
    nothing = laid_out([{}, {}, {}]).rows._replace(width=words.rows.width)
    found = in_fields(words.rows, nothing, words.names)
    bride, married, eels = (set(found.where[a:b].tolist()) for a, b in pairwise(found.begins.tolist()))
    assert bride & married
    assert not (bride | married) & eels
