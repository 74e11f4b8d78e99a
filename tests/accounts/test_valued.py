"""Two who give different values of one thing, in other words than each other: sums, hours, days, lengths of time,
counts; and two values that look alike and are of two things."""

from __future__ import annotations

import harrow
import pytest

from vivavoce.accounts.features import persons
from vivavoce.accounts.moments import account
from vivavoce.accounts.relations import relations
from vivavoce.accounts.valued import compared
from vivavoce.accounts.values import Value, values
from vivavoce.model import Known, Relation

CALLED = {"A": "Olive Penhale", "B": "Rufus Crake"}


def related(asked: tuple[str, str], told: tuple[str, str]) -> list[Relation]:
    texts = [f"Q: {q}\n{who}: {t}\n" for who, q, t in zip("AB", asked, told, strict=True)]
    passages = [harrow.transcript(f"{n}.txt", text, called=CALLED) for n, text in zip("ab", texts, strict=True)]
    who = persons(harrow.people(CALLED, ("a.txt", "b.txt")), [p for ps in passages for p in ps])
    return list(relations([(account(ps), ps) for ps in passages], Known(), who))


REGATTA = ("Tell me about the regatta.", "What do you remember of the regatta?")
FERRY = ("How did you come by the ferry?", "And the ferry?")

DIFFER = [
    (
        FERRY,
        "We bought her of the harbour board. Ninety-five pounds, with the oars. She leaked like a basket.",
        "A hundred and thirty quid we gave the harbour board for that ferry, and she leaked from the first day.",
    ),
    (
        REGATTA,
        "Oh, the regatta. Fourteen boats there were, and the wind got up and drowned the brass band.",
        "The regatta! Nine boats, and a wind that blew the bandsmen's caps into the harbour.",
    ),
    (
        ("When did the pier burn?", "When was it that the pier burned?"),
        "It was Boxing Day. The pier burned from the far end, and we watched it in our slippers.",
        "New Year's Eve, that was. Everybody was on the beach to see the pier burn.",
    ),
    (
        ("How long was the harbour shut?", "Was the harbour shut for long?"),
        "Two days. They had a chain across it.",
        "Five days the harbour was shut, with that chain across the mouth.",
    ),
]


@pytest.mark.parametrize(("asked", "a", "b"), DIFFER)
def test_values_of_one_thing_differ_though_the_words_do(asked: tuple[str, str], a: str, b: str) -> None:
    assert [r.type for r in related(asked, (a, b))] == ["differ"]


NEITHER = [
    (
        FERRY,
        "We bought her of the harbour board. Ninety-five pounds, with the oars.",
        "I painted the ferry. Two pounds I had for that, and a new brush.",
    ),
    (
        REGATTA,
        "Fourteen boats there were at the regatta, and the wind got up.",
        "I was nine at the regatta, and I was sick on my uncle's shoes.",
    ),
    (
        REGATTA,
        "About twenty boats there were, and the wind got up.",
        "Nineteen boats, and a wind that took the caps.",
    ),
    (
        ("When did the pier burn?", "When did you leave?"),
        "It was Boxing Day. The pier burned from the far end.",
        "I left in March, for a post in the bank.",
    ),
]


@pytest.mark.parametrize(("asked", "a", "b"), NEITHER)
def test_values_of_two_things_or_near_each_other_are_no_difference(asked: tuple[str, str], a: str, b: str) -> None:
    assert [r for r in related(asked, (a, b)) if r.type == "differ"] == []


def value(told: str) -> Value:
    return values(harrow.transcript("a.txt", f"Q: And?\nA: {told}\n", called=CALLED))[0]


@pytest.mark.parametrize(
    ("x", "y", "how"),
    [
        ("A dozen boats there were.", "Twelve boats there were.", "same"),
        ("Half an hour it took.", "It took thirty minutes.", "same"),
        ("It was ten past nine at night.", "It was 9.10 p.m. when she rang.", "same"),
        ("It was twenty-six feet long.", "It was twenty feet long.", "other"),
        ("It was the best part of a fortnight.", "Twelve days it was.", ""),
        ("It was nearly a hundred pounds.", "It was ninety-five pounds.", ""),
    ],
)
def test_equal_values_are_the_same_however_they_are_said(x: str, y: str, how: str) -> None:
    assert compared(value(x), value(y)) == how


def test_what_is_denied_planned_or_said_by_others_is_no_value() -> None:
    told = "It wasn't twelve boats. It was meant for six o'clock. They'll tell you nine boats."
    assert values(harrow.transcript("a.txt", f"Q: And?\nA: {told}\n", called=CALLED)) == []
