"""Numbers that the question gives their thing, ages, and facts that are no numbers."""

from __future__ import annotations

import harrow

from vivavoce.accounts import gather
from vivavoce.accounts.answers import ages, asked, bare
from vivavoce.accounts.counts import about
from vivavoce.accounts.numbers import LENGTH, numbers
from vivavoce.language.times import dates
from vivavoce.model import Known, Relation

CALLED = {"Ann": "Ann Corrie", "Bob": "Bob Tarn"}


def related(ann: str, bob: str) -> list[Relation]:
    """The relations between two people's tellings in two sources."""
    told = harrow.transcript("ann.txt", ann, called=CALLED) + harrow.transcript("bob.txt", bob, called=CALLED)
    return [r for m in gather(told, harrow.people(CALLED, ("ann.txt", "bob.txt")), Known()) for r in m.relations]


def test_a_bare_number_is_of_what_was_asked() -> None:
    what = asked("And how many lanterns?")
    found = bare("Two hundred and twelve. I hung them all.", what)
    assert found and (found.least, found.thing, found.said.split()[-1]) == (212, "lantern", "lanterns")
    assert bare("In the hall? Seven.", what)
    assert bare("On the seventh of May.", what) is None
    assert bare("There were three dogs.", what) is None
    assert asked("How long was it?").thing == LENGTH
    assert not asked("What happened then?").thing


def test_what_was_asked_for_is_named_as_what_it_is() -> None:
    topics = []
    for question in ("How many walked out?", "How many went?", "How many lanterns?", "How many seed potatoes?"):
        found = bare("Forty-one.", asked(question))
        topics.append(about(found) if found else "")
    assert topics == ["number of those who walked", "number of them", "number of lanterns", "number of seeds"]


def test_numbers_in_words_go_on_over_and() -> None:
    assert [n.least for n in numbers("a hundred and twelve houses and two thousand and six geese")] == [112, 2006]


def test_ages_are_told_from_counts() -> None:
    found = [(n.least, whom) for n, whom in ages("I was eleven, Dad. She was nine years old. He was two hours late.")]
    assert found == [(11, "i"), (9, "she")]


def test_a_day_in_words_is_a_date() -> None:
    assert [d.name for d in dates("the fourth of May, and the twenty-first of June 1980")] == ["--05-04", "1980-06-21"]


ANN = """Q: What do you remember of the lantern parade over Quill Bridge?
Ann: The lantern parade went over Quill Bridge in the fog. A heron walked in front of the brass band, a heron, all the
way to the bandstand.
Q: How long did it take them?
Ann: Two minutes. I had the stopwatch for the parade.
Q: Whose idea was it, to go over the bridge?
Ann: It was my idea, the bridge.
"""
BOB = """Q: What do you remember of the lantern parade over Quill Bridge?
Bob: Fog, on Quill Bridge, and the lantern parade coming out of it, and the brass band. It was a swan that walked in
front of the brass band, and it went up on the bandstand.
Q: How long did it take them?
Bob: A quarter of an hour, with a stopwatch or without.
Q: Whose idea was it, to go over the bridge?
Bob: It was mine.
"""


def test_accounts_that_name_another_length_another_bird_and_another_head_differ() -> None:
    found = {r.about: r for r in related(ANN, BOB) if r.type == "differ"}
    assert set(found) == {"length of time", "which animal", "whose idea"}
    assert set(found["which animal"].values) == {"heron", "swan"}


def test_the_same_in_both_does_not_differ() -> None:
    bob = (
        BOB.replace("A quarter of an hour", "About two minutes").replace("swan", "heron").replace("mine", "Ann's idea")
    )
    assert [r for r in related(ANN, bob) if r.type == "differ"] == []


def test_what_another_is_said_to_say_is_not_ones_own_account() -> None:
    bob = BOB.replace("It was a swan that walked in\nfront", "Ann says it was a swan that walked in\nfront")
    assert not [r for r in related(ANN, bob) if r.about == "which animal"]
