"""What was said beside what is printed: nothing is lost on either side, whatever was changed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traces.test_follow import IDA, WORDS, printed, told, trace
from vivavoce import traces
from vivavoce.model import Trace
from vivavoce.traces import Run, compared


def runs(t: Trace) -> list[Run]:
    source, _ = told()
    return list(compared(t, {source.path: source.text}))


def test_each_change_stands_beside_what_it_was_made_from() -> None:
    found = runs(trace("We had [fifty] cues that night, and the torch … it was mine"))
    assert "".join(r.printed for r in found) == "We had [fifty] cues that night, and the torch … it was mine"
    assert [(r.op, r.said, r.printed.strip()) for r in found if r.op != "same"] == [
        ("replace", "forty", "[fifty]"),
        ("drop", "one torch between us, and", ""),
        ("drop", "um, you know", ""),
    ]


def test_what_opens_a_word_goes_with_it_and_what_closes_it_too() -> None:
    found = runs(trace("the harbour master pretended that (he) had “not ever” seen us"))
    assert [(r.op, r.printed) for r in found if "ever" in r.printed] == [("add", "ever” ")]
    assert next(r.printed for r in found if "not" in r.printed).endswith("“not ")


def test_words_from_two_places_say_which_is_from_where() -> None:
    found = runs(
        trace("We had forty cues that night and one torch between us. My mother sewed every one of those coats.")
    )
    assert [r.place for r in found] == [0, 1]
    assert found[1].printed == "My mother sewed every one of those coats."


def test_what_stands_nowhere_is_beside_nothing() -> None:
    assert runs(trace("Trombones fell out of the sky over Valparaiso on Thursday")) == []


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WORDS) - 4), st.integers(4, 30), st.randoms(use_true_random=False))
def test_both_sides_are_whole(start: int, size: int, r: random.Random) -> None:
    words = WORDS[start : start + size]
    for _ in range(r.randrange(5)):
        k = r.randrange(len(words))
        words[k : k + r.randrange(2)] = r.choice([["“never"], ["[she]"], ["buttons,"], [], [r.choice(WORDS)]])
        words = words or ["nothing"]
    text = " ".join(words)
    source, turns = told()
    found = traces.follow([printed(text, r.choice([IDA, None]))], [source], turns)[0]
    given = compared(found, {source.path: source.text})
    if found.places:
        assert "".join(run.printed for run in given) == text
        for n, p in enumerate(found.places):
            assert "".join(run.said for run in given if run.place == n) == source.text[slice(*p.span)]


@pytest.mark.parametrize("text", ["straße ẞ ßß", "İstanbul ve İzmir", "ﬁne ﬂour"])
def test_letters_that_grow_when_folded_lose_no_word(text: str) -> None:
    said = f"Nobody wrote {text} on the wall of the harbour office before that summer."
    source, turns = told(((IDA, said),))
    found = traces.follow([printed(said.replace("harbour ", ""))], [source], turns)[0]
    assert "".join(r.printed for r in compared(found, {source.path: source.text})) == found.text
