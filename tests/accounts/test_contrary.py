"""What cannot both be so, in whatever words: there was no such thing, nobody did it, another did it, it was another
thing; the night of the carnival float."""

from __future__ import annotations

import pytest

from accounts.test_answers import related
from vivavoce.accounts.hours import compared_hours
from vivavoce.accounts.values import raw_values

ASKED = "Q: Tell me about the carnival, the night of the burning float on Tanyard Bridge.\n"
TOLD = "{}: The carnival, and the float that burned on Tanyard Bridge with the paper elephant. "


def told(ann: str, bob: str) -> list[tuple[str, str]]:
    texts = (f"{ASKED}{TOLD.format(who)}{said}\n" for who, said in (("Ann", ann), ("Bob", bob)))
    return [(r.type, r.about) for r in related(*texts)]


@pytest.mark.parametrize(
    ("ann", "bob", "about"),
    [
        ("There was no sermon.", "The vicar gave a sermon from the parapet, twenty minutes of it.", "there was sermon"),
        ("It wasn't any firework.", "Somebody let off a firework under the elephant.", "there was firework"),
        ("There wasn't any prize.", "And there was a prize, I carried it home.", "there was prize"),
        ("Nobody applauded.", "And the whole bridge applauded when it went.", "it was so"),
        ("I wasn't weeping.", "I looked at her. She was there and she wept.", "it was so"),
        ("We'd no parade.", "There was a parade, with the lamps.", "there was parade"),
    ],
)
def test_what_one_denies_and_the_other_tells_differs(ann: str, bob: str, about: str) -> None:
    assert ("differ", f"whether {about}") in told(ann, bob) or ("differ", "whether it was so") in told(ann, bob)


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("When I came back over the bridge there was no elephant.", "The elephant had a clockwork ear."),
        ("There were no refreshments until ten.", "There were refreshments, on a barrow."),
        ("There was no trouble.", "Bert had trouble with the clasp of his helmet."),
        ("The mayor never thanked us.", "The mayor thanked the firemen."),
        ("There was no sermon.", "They'll tell you there was a sermon."),
        ("There was no public inquiry.", "The inquiry desk was shut."),
        ("I was never photographed.", "I photographed the parapet."),
        ("Nobody drowned.", "I very nearly drowned, under the parapet."),
        ("Nobody applauded.", "The whole bridge was going to applaud, and then it went out."),
        ("Was I cold? Not a bit.", "It burned five minutes and a bit."),
        ("Four trumpets went into the river.", "Two of my trumpets went into the river."),
    ],
)
def test_what_is_not_denied_of_the_same_does_not_differ(ann: str, bob: str) -> None:
    assert [kind for kind, _ in told(ann, bob) if kind == "differ"] == []


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("It was Walter Pease that lit it.", "Nora Quill is the one that held the match."),
        ("I took the tiller.", "Nora Quill was at the helm."),
        ("I drove.", "It was Nora Quill driving."),
        ("It was Nora Quill who steered it.", "Walter Pease did it, with one hand."),
        ("It was Nora Quill's idea.", "It was Walter Pease's idea, the elephant."),
    ],
)
def test_two_who_are_each_said_outright_to_have_done_it_differ(ann: str, bob: str) -> None:
    assert any(kind == "differ" and about.startswith(("who", "whose")) for kind, about in told(ann, bob))


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("It was Walter Pease that lit it.", "It was Walter who lit it."),
        ("It was Nora Quill's idea.", "It was Walter Pease's decision."),
        ("I took the tiller.", "Nora Quill rowed."),
        ("I took the tiller.", "They say that Nora Quill had the tiller."),
    ],
)
def test_two_things_that_two_did_do_not_differ(ann: str, bob: str) -> None:
    assert not [about for kind, about in told(ann, bob) if kind == "differ" and about.startswith("who ")]


def test_two_things_of_one_sort_of_which_it_is_said_that_it_was_that_differ() -> None:
    assert ("differ", "which fish") in told("It was a pike on the flag.", "It was a trout, with red spots.")
    assert told("It was a pike on the flag.", "I am told that it was a trout.") == []


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ("I thought that it was disgusting.", "We enjoyed it."),
        ("I thought the prize went right. I thought it was decent.", "It was not decent."),
        ("She slipped.", "I say that it was deliberate."),
        ("It was all for the newspapers.", "She was very sincere."),
        ("Somebody should have warned her.", "There was no stopping her."),
        ("They cheated us.", "We never cheated anybody."),
    ],
)
def test_what_two_judge_in_opposite_ways_is_in_dispute(ann: str, bob: str) -> None:
    assert "dispute" in {kind for kind, _ in told(ann, bob)}


def test_that_two_tell_of_two_of_something_is_nothing_to_agree_on() -> None:
    assert ("agree", "number of lanterns") in told("There were seven lanterns.", "There were seven lanterns on it.")
    assert told("There were two lanterns.", "There were two lanterns on it.") == []


def test_how_old_two_say_that_they_were_does_not_differ() -> None:
    assert told("I was nineteen.", "I was forty-one.") == []


def test_four_of_the_six_are_no_other_number_than_six() -> None:
    assert "differ" not in {
        kind for kind, _ in told("There were six lanterns lit.", "They lit four of the six lanterns.")
    }


def test_what_was_shortly_before_the_hour_is_told_as_the_hour() -> None:
    pairs = [("600", "580"), ("600", "610"), ("600", "540"), ("0", "705")]
    assert [compared_hours(*pair) for pair in pairs] == ["", "other", "other", ""]


def test_values_are_read_as_they_are_said() -> None:
    assert [r.kind for r in raw_values("It was a quarter of an hour.")] == ["lasting"]
    assert [r.kind for r in raw_values("That was two thousand and six.")] == ["year"]
    assert [r.thing for r in raw_values("There were nine mourners, and seven of us.")] == ["people", "people"]
