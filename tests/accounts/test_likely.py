"""What speaks for two units being of one event: where they stand, what they share, what stands beside them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from laying import sparse

from vivavoce.accounts.evidence import KINDS, Places, Stretches
from vivavoce.accounts.likely import (
    AGAIN,
    all_likely,
    compared,
    first_evidence,
    likelihoods,
    numbers,
    second_evidence,
    weights,
)
from vivavoce.accounts.products import Vector, narrowed
from vivavoce.accounts.units import numbered

WORDS = ("sluice", "harmonium", "elephant", "dynamite", "bassoon")


class Stretch(NamedTuple):
    """What one unit tells, as a literal: see `Stretches`."""

    source: str
    topic: int
    report: bool
    vector: Vector
    told: Vector
    heading: str = ""
    section: int = 1
    asked: tuple[tuple[str, float], ...] = ()
    years: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()


def unit(at: int, source: str, word: str) -> Stretch:
    """A unit that tells of one word."""
    return Stretch(source, at, False, {"w" + word: 0.8, "wquay": 0.6}, {word: 0.8, "quay": 0.3})


def laid(units: list[Stretch]) -> Stretches:
    """Units as they are compared."""
    count, (nothing,) = len(units), sparse([{} for _ in units])
    told, asked = sparse([u.told for u in units], [dict(u.asked) for u in units])
    (years,), (runs,) = (
        sparse([dict.fromkeys(s, 1.0) for s in of]) for of in ([u.years for u in units], [u.runs for u in units])
    )
    at = Places(
        numbered(u.source for u in units),
        np.array([u.topic for u in units]),
        numbered(u.heading for u in units),
        np.array([u.section for u in units]),
        np.array([u.report for u in units]),
        np.full(count, 0.5),
        np.ones(count),
    )
    (vector,), (none,) = sparse([u.vector for u in units]), narrowed(nothing)
    return Stretches(at, vector, told, asked, none._replace(width=told.width), none, years, runs, none)


def talks(count: int = 8) -> list[Stretch]:
    """Talks that tell of the same things in the same order."""
    told = [(f"talk{n}", word) for n in range(count) for word in WORDS]
    return [unit(at, source, word) for at, (source, word) in enumerate(told)]


def of(units: list[Stretch], i: int, j: int) -> dict[str, float]:
    """The evidence of one pair by its kind."""
    return dict(zip(KINDS, first_evidence(laid(units))[i, j], strict=True))


def test_where_two_units_stand_is_told_of_talks_and_articles_apart() -> None:
    units = talks()
    assert of(units, 0, 1)["next in a talk"] == of(units, 0, 1)["in one talk"] == 1.0
    assert of(units, 0, 2)["next in a talk"] == of(units, 0, 1)["in one article"] == 0.0
    units[:5] = [u._replace(report=True, heading="Then", section=4, topic=7) for u in units[:5]]
    paper = of(units, 0, 1)
    assert paper["next in an article"] == paper["one topic of an article"] == paper["in one article"] == 1.0
    assert paper["in one short section"] == 0.5
    assert of(units, 0, 5)["talk and article"] == 1.0 and of(units, 5, 10)["talk and article"] == 0.0


def test_what_one_is_asked_and_the_other_tells_counts_from_both_sides() -> None:
    units = talks()
    units[0] = units[0]._replace(asked=(("sluice", 0.3), ("gate", 0.1)))
    assert of(units, 0, 5)["asked"] == pytest.approx(0.75)
    units[5], units[0] = units[5]._replace(asked=units[0].asked), units[0]._replace(asked=())
    assert of(units, 0, 5)["asked"] == pytest.approx(0.75)


def test_two_years_speak_against_and_one_for() -> None:
    units = talks()
    units[0], units[5] = units[0]._replace(years=frozenset({"72"})), units[5]._replace(years=frozenset({"74"}))
    assert (of(units, 0, 5)["years apart"], of(units, 0, 5)["same year"]) == (1.0, 0.0)
    assert of(units, 0, 10)["years apart"] == 0.0
    units[5] = units[5]._replace(years=frozenset({"72", "74"}))
    assert (of(units, 0, 5)["years apart"], of(units, 0, 5)["same year"]) == (0.0, 1.0)


def test_words_of_another_count_in_another_source_alone() -> None:
    units = talks()
    units[0], units[1] = units[0]._replace(runs=frozenset("ab")), units[1]._replace(runs=frozenset("ab"))
    units[5] = units[5]._replace(runs=frozenset("bc"))
    assert of(units, 0, 1)["copied"] == 0.0 < of(units, 0, 5)["copied"]


def test_what_stands_before_and_after_speaks_for_two_that_stand_alike() -> None:
    units, (first, _, _) = talks(), weights()
    found = compared(laid(units))
    pairs = found.each()
    sure = dict(zip(pairs, all_likely(found.rows, first).tolist(), strict=True))
    sure = {(i, j): 0.9 if i % 5 == j % 5 else 0.0 for i, j in sure}
    again = {
        pair: dict(zip(AGAIN, row, strict=True)) for pair, row in second_evidence(laid(units), pairs, sure).items()
    }
    assert again[0, 5]["in sequence"] == pytest.approx(0.9**0.5)
    assert again[0, 1]["in sequence"] == 0.0 == again[0, 5]["beside"]
    units[1] = units[1]._replace(report=True)
    assert second_evidence(laid(units), pairs, sure)[1, 6][-1] == 0.0


def test_those_that_tell_the_same_are_likelier_of_one_event() -> None:
    pairs, each = likelihoods(laid(talks()))
    found = dict(zip(numbers(pairs), each.tolist(), strict=True))
    same = [p for (i, j), p in found.items() if i % 5 == j % 5]
    others = [p for (i, j), p in found.items() if i % 5 != j % 5]
    assert min(same) > max(others)
