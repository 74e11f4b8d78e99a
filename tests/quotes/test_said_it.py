"""Who says it lightly, or has said it before, is not quoted by that."""

from __future__ import annotations

import pytest

from vivavoce import quotes
from vivavoce.model import Block, Known, Source


def reported(text: str) -> list[str]:
    source = Source("a.txt", "press", "text", text, (Block("body", 0, len(text)),))
    return [q.text for q in quotes.find(source, Known())]


@pytest.mark.parametrize(
    "text",
    [
        "Marlow says it lightly, and pours the tea.",
        "She has evidently said it before, on a programme about lighthouses that the producer made in autumn.",
        "He said it again to the two reporters on the quay, and then he went home.",
        "He said it with a smile.",
    ],
)
def test_it_alone_is_nothing_that_is_reported(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Marlow said it was over before the boats came in.", "it was over before the boats came in"),
        ("Marlow said it really was over.", "it really was over"),
        ("Marlow said it eventually had to be sold.", "it eventually had to be sold"),
    ],
)
def test_it_with_a_verb_is_a_report(text: str, words: str) -> None:
    assert reported(text) == [words]


def test_a_mark_that_slipped_to_the_comma_before_a_bracket_opens() -> None:
    assert reported('Marlow said," [she] would have liked the way the lamps looked".') == [
        "[she] would have liked the way the lamps looked"
    ]


def test_what_was_said_above_is_a_report() -> None:
    assert reported('I should have said above that this was the first "dry" summer.') == ["dry"]
