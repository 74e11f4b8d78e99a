"""What a decision says: a sentence in the list of decisions, for each type and each thing that it can do."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from vivavoce.decisions import TYPES, Anchor, Decision, says
from vivavoce.decisions.journal import DOES


def row(kind: Any, value: Any = None, *words: str, figure: str = "", undoes: str = "") -> Decision:
    target = tuple(Anchor("a.vtt", w, figure=figure) for w in words)
    return Decision(1, "r1", "2031-05-01T10:00:00", "Ada", kind, target, value, undoes)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (row("speaker", "Wim Oort", "", figure="SPEAKER_01"), "“SPEAKER_01” is Wim Oort"),
        (row("speaker", "Wim Oort", "The bell rang"), "“The bell rang” is Wim Oort’s"),
        (row("speaker", None, "The bell rang"), "nobody knows whose “The bell rang” is"),
        (row("not-a-quotation", None, "The bell"), "“The bell” is no quotation"),
        (row("text-correction", "gulls", "girls"), "“girls” reads “gulls”"),
        (row("turn", {"do": "join"}, "of them"), "“of them” goes on from the turn before"),
        (row("turn", {"do": "alone", "speaker": "Ida"}, "Who?"), "“Who?” is Ida’s"),
        (row("turn", {"do": "split", "speaker": "Ida"}, "Who?"), "“Who?” and what follows is Ida’s"),
        (
            row("person", {"do": "merge", "name": "Wim Oort"}, "Oort", "Wim Oort", "Oort"),
            "Oort and Wim Oort are one person, Wim Oort",
        ),
        (row("moment", {"do": "apart", "of": 1}, "We rang", "I slept"), "1 account tells of another event: “We rang”"),
        (row("moment", {"do": "together"}, "We rang", "I rang"), "2 accounts tell of one event: “We rang”, “I rang”"),
        (
            row("moment", {"do": "together", "of": 1}, "We rang", "I rang"),
            "1 account tells of one event with “I rang”: “We rang”",
        ),
        (
            row("moment", {"do": "title", "title": "The bell"}, "We rang"),
            "the moment of “We rang” is called “The bell”",
        ),
        (row("relation", {"do": "reject", "about": "who rang"}, "We", "I"), "it does not hold: who rang, “We”, “I”"),
        (row("undo", undoes="r0"), "taken back: r0"),
    ],
)
def test_a_decision_is_said_in_words(decision: Decision, said: str) -> None:
    assert says(decision) == said


def test_an_undo_says_what_it_takes_back() -> None:
    first = row("text-correction", "gulls", "girls")
    second = replace(row("undo", undoes="r1"), id="r2")
    rows = {"r1": first, "r2": second}
    assert says(second, rows) == "taken back: “girls” reads “gulls”"
    assert says(row("undo", undoes="r2"), rows) == "put back: “girls” reads “gulls”"


def test_whatever_a_row_holds_something_is_said_and_no_table_is_shown_as_it_is_stored() -> None:
    for kind in TYPES:
        for do in DOES.get(kind, ("",)):
            for value in ({"do": do}, {"do": do, "of": 1, "name": "Ida"}, {}, None, "(withheld)"):
                told = says(row(kind, value, "The bell"))
                assert told
                assert value != {"do": do, "of": 1, "name": "Ida"} or '{"' not in told, (kind, do)
