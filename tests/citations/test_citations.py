"""How sources are cited: in prose, and in the forms that reference managers read."""

from __future__ import annotations

import re

import msgspec

from vivavoce import citations
from vivavoce.model import WITHHELD, History, PersonRef, Place, Quote, Source

IDA = PersonRef("ida-fell", "Ida Fell")
TALK = Source(
    "i/fell.vtt", "transcript", "vtt", "We stood at the gate.", places=(Place(0, 21, time=(61.0, 75.5)),),
    title="At the gate", publisher="The Quay Tapes", date="2021-05-03", interviewers=("NB", "SPEAKER_01"),
    labels={"NB": "Nadia Brandt"},
)  # fmt: skip
PRESS = Source(
    "p/gate.html", "press", "html", title="“Open it”: men & women at 100% #1", byline="Len van Ash, Reporter",
    publisher="The Harbour Post", date="1974-05", address="https://post.example/a_b",
)  # fmt: skip
SAID = Quote("q1", "i/fell.vtt", "turn", ((0, 21),), ((0, 21),), TALK.text, person=IDA, time=(61.0, 75.5))
QUOTED = Quote("q2", "p/gate.html", "direct", ((0, 4),), ((0, 4),), "Open", person=IDA)
HISTORY = History("The Lockout", "2026-01-01", (TALK, PRESS), (SAID, QUOTED))


def test_an_interview_is_cited_with_narrator_interviewer_collection_date_and_time() -> None:
    assert citations.cited(TALK, SAID, ((0, 21),)) == (
        "Ida Fell, “At the gate”, interviewed by Nadia Brandt, The Quay Tapes, 3 May 2021, 1:01–1:15"
    )
    assert citations.again(TALK, SAID, ((0, 21),)) == "Ida Fell, “At the gate”, 1:01–1:15"


def test_the_press_is_cited_with_who_is_quoted_and_marks_within_marks() -> None:
    assert citations.cited(PRESS, QUOTED, (), address=False) == (
        "Ida Fell, quoted in Len van Ash, Reporter, “‘Open it’: men & women at 100% #1”, The Harbour Post, May 1974"
    )


def test_a_name_that_the_title_begins_with_is_not_told_again() -> None:
    titled = msgspec.structs.replace(TALK, title="Ida Fell, by the fire")
    assert citations.cited(titled, SAID, ()).startswith("Ida Fell, “Ida Fell, by the fire”, interviewed")
    assert citations.again(titled, SAID, ()) == "“Ida Fell, by the fire”, 1:01–1:15"


def test_a_bibliography_goes_by_surnames() -> None:
    assert citations.entry(TALK, ("Ida Fell", "Len Ash")).startswith(
        "Fell, Ida and Len Ash. “At the gate”. Interviewed"
    )
    assert citations.entry(PRESS).startswith("van Ash, Len. “‘Open it’")


def test_what_is_withheld_is_a_notice() -> None:
    hidden = msgspec.structs.replace(TALK, title="With " + WITHHELD * 5)
    assert "With [withheld]" in citations.cited(hidden, SAID, ())


def test_items_have_ids_that_tell_and_that_none_shares() -> None:
    two = msgspec.structs.replace(HISTORY, sources=(TALK, msgspec.structs.replace(TALK, path="i/two.vtt"), PRESS))
    assert [i.id for i in citations.items(HISTORY)] == ["fell2021", "vanash1974"]
    assert len({i.id for i in citations.items(two)}) == 3


def test_csl_json_has_the_keys_of_the_schema() -> None:
    interview, press = msgspec.json.decode(msgspec.json.encode(citations.items(HISTORY)))
    assert interview["type"] == "interview" and interview["issued"] == {"date-parts": [[2021, 5, 3]]}
    assert interview["author"] == [{"family": "Fell", "given": "Ida"}]
    assert interview["interviewer"] == [{"family": "Brandt", "given": "Nadia"}]
    assert press["container-title"] == "The Harbour Post" and press["URL"] == "https://post.example/a_b"


def test_bibtex_escapes_what_latex_would_read() -> None:
    told = citations.bibtex(citations.items(HISTORY))
    assert r"men \& women at 100\% \#1" in told and "howpublished = {Interview by Nadia Brandt}" in told
    assert re.findall(r"^@(\w+)\{(\w+),$", told, re.MULTILINE) == [("misc", "fell2021"), ("article", "vanash1974")]
    assert told.count("{") == told.count("}")


def test_ris_has_a_type_first_and_an_end_last_on_lines_of_their_own() -> None:
    records = citations.ris(citations.items(HISTORY)).split("ER  - \r\n")
    assert [r.splitlines()[0] for r in records if r] == ["TY  - PCOMM", "TY  - NEWS"] and records[-1] == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", row) for r in records for row in r.splitlines())
