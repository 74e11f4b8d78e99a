"""Who says it lightly, or has said it before, is not quoted by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce import quotes, sources
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He stepped back and was gone with a cry of “Dear hearts!” The band played on.", ["Dear hearts!"]),
        ("The keeper let the ball in with a shout of “Mine!” and lay there.", ["Mine!"]),
        ("The matron left the ward with the words “Count the spoons.” Nobody moved.", ["Count the spoons."]),
        ("There were cries of “Shame!” from the gallery.", []),
        ("Somebody had painted the words “Mind the dog” on the gate.", []),
    ],
)
def test_what_somebody_cries_is_a_quotation_and_what_a_crowd_cries_or_a_wall_bears_is_none(
    text: str, words: list[str]
) -> None:
    assert reported(text) == words


@pytest.mark.parametrize("who", ["label chief Ida Marsh", "poster artist Ida Marsh", "sign writer Ida Marsh"])
def test_a_trade_that_begins_as_a_thing_with_words_on_it_is_no_sign(who: str) -> None:
    assert reported(f"“It goes with our love,” said {who}. Nobody is named.") == ["It goes with our love,"]
    assert reported("“Mind the dog,” said the notice on the gate. Nobody did.") == []


PIECE = """# Where are they now?

**THE LANTERN:** What do you do with your days?

**IDA MARSH:** I mend nets. The nets mend me.

**THE LANTERN:** Whose fault was it?

**IDA MARSH:** Mine, and the rain's.
"""


def test_a_paper_that_asks_under_its_name_says_nothing_and_who_answers_does(tmp_path: Path) -> None:
    (tmp_path / "ida.md").write_text(PIECE)
    source = sources.read(tmp_path, "ida.md")
    assert source.kind == "press"
    assert [q.text for q in quotes.find(source, Known())] == ["I mend nets. The nets mend me.", "Mine, and the rain's."]


@pytest.mark.parametrize(("label", "kind"), [("LOW LANTERN", "press"), ("LL", "press"), ("RUTH HALE", "transcript")])
def test_a_talk_in_which_its_publisher_asks_is_a_piece_of_that_paper(tmp_path: Path, label: str, kind: str) -> None:
    (tmp_path / "ida.md").write_text(PIECE.replace("THE LANTERN", label))
    (tmp_path / "ida.toml").write_text('publisher = "The Low Lantern"\n')
    source = sources.read(tmp_path, "ida.md")
    assert source.kind == kind
    found = quotes.find(source, Known())
    assert [q.text for q in found if not q.asks][-1] == "Mine, and the rain's."
