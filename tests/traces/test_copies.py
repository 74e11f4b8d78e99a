"""One telling is counted once: what the press took from a recording, or from earlier press."""

from __future__ import annotations

import pytest

from traces.test_follow import IDA, RUFUS
from vivavoce.model import PersonRef, Quote, Trace
from vivavoce.traces import copies

WORDS = "We rowed the piano over at midnight under a tarpaulin, and nobody on the quay saw us"
NEAR = "We rowed that piano over about midnight under a sheet, and nobody on the quay had seen us"


def quote(source: str, words: str = WORDS, who: PersonRef | None = IDA) -> Quote:
    at = ((0, len(words)),)
    return Quote(f"in {source}", source, "direct", at, at, words, person=who)


def trace(q: Quote, tape: str, said_by: str = "Ida Quill", cls: str = "verbatim") -> Trace:
    return Trace(q.id, q.source, q.spans, q.text, q.person.name if q.person else "", cls, tape, said_by=said_by)  # type: ignore[arg-type]


EARLY, LATE, TAPE = "a-late-name.txt", "an-early-name.txt", "tape.vtt"


@pytest.mark.parametrize("words", [WORDS, NEAR, " ".join(WORDS.split()[:9])])
def test_of_two_articles_the_later_by_its_date_is_the_copy(words: str) -> None:
    dates = {EARLY: "1991-10-19", LATE: "2017-03-25"}
    for pair in ([quote(EARLY), quote(LATE, words)], [quote(LATE, words), quote(EARLY)]):
        assert copies(pair, [], dates) == (f"in {LATE}",)


@pytest.mark.parametrize(
    ("other", "who"),
    [
        (WORDS, RUFUS),  # another person's
        ("We rowed the boat over at noon in the sun, and everyone on the pier cheered us", IDA),
        ("We rowed the piano", IDA),  # too little
    ],
)
def test_what_is_another_persons_or_only_like_it_is_no_copy(other: str, who: PersonRef) -> None:
    assert copies([quote(EARLY), quote(LATE, other, who)], [], {EARLY: "1991", LATE: "2017"}) == ()


def test_an_article_without_a_date_is_held_to_be_the_later() -> None:
    assert copies([quote(EARLY), quote(LATE)], [], {EARLY: "", LATE: "2017"}) == (f"in {EARLY}",)


@pytest.mark.parametrize(
    ("printed", "heard", "said_by", "copy"),
    [
        ("2020-05-02", "2019-01-01", "Ida Quill", True),
        ("2020-05-02", "2019-01-01", "", True),
        ("2020-05-02", "", "", True),
        ("2019-01-01", "2020-05-02", "Ida Quill", True),  # she says it again: one telling, and the recording has it
        ("2019-01-01", "2020-05-02", "", False),  # read out there by nobody who is known
        ("2020", "2020-05-02", "", True),  # in the same year: it may have been before
    ],
)
def test_what_was_printed_first_is_no_copy_of_a_recording(printed: str, heard: str, said_by: str, copy: bool) -> None:
    q = quote(EARLY)
    assert copies([q], [trace(q, TAPE, said_by)], {EARLY: printed, TAPE: heard}) == ((q.id,) if copy else ())


def test_what_somebody_else_said_in_a_recording_is_no_copy_of_it() -> None:
    q = quote(EARLY)
    assert copies([q], [trace(q, TAPE, "Rufus Penn", "misattributed")], {EARLY: "2020", TAPE: "2019"}) == ()


def test_a_copy_of_a_copy_is_counted_once_too() -> None:
    three = [quote(name) for name in ("c.txt", "a.txt", "b.txt")]
    assert copies(three, [], {"c.txt": "1990", "a.txt": "1991", "b.txt": "1992"}) == ("in a.txt", "in b.txt")


def test_a_phrase_that_a_thousand_articles_share_costs_no_more_for_each() -> None:
    many = [quote(f"{n:04}.txt", f"{WORDS} on night number {n}") for n in range(1_000)]
    assert len(copies(many, [], {})) == 999
