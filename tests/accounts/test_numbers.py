from __future__ import annotations

import pytest

from vivavoce.accounts.numbers import numbers, value
from vivavoce.language.times import dates


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("We did 17 takes.", 17, 17),
        ("seventeen takes", 17, 17),
        ("twenty-two long takes of it", 22, 22),
        ("a dozen takes", 12, 12),
        ("half a dozen takes", 5, 7),
        ("about twenty takes", 15, 25),
        ("10 or 12 takes", 10, 12),
        ("1,250 takes", 1250, 1250),
        ("1,200 takes", 1150, 1250),
        ("40 takes or so", 30, 50),
        ("at least 40 takes", 40, 120),
        ("fewer than 40 takes", 0, 40),
    ],
)
def test_a_count_is_read_with_its_thing(said: str, least: float, most: float) -> None:
    (found,) = numbers(said)
    assert (found.least, found.most, found.said.split()[-1]) == (least, most, "takes")


@pytest.mark.parametrize(
    "said",
    [
        "It wasn't 17 takes.",
        "Another three takes and we went home.",
        "Season 7 takes place in Ohio.",
        "He was 44.",
        "at 17:30 buses come",
        "The first two takes were useless.",
        "In 1987 we left.",
        "the festival called 24 Long Tables",
    ],
)
def test_what_is_no_count_is_left_out(said: str) -> None:
    assert numbers(said) == []


def test_a_million_marks_take_no_long_time() -> None:
    for text in ("1," * 300_000, "." * 500_000, "a dozen " * 60_000, "1" * 500_000):
        numbers(text)


@pytest.mark.parametrize(("word", "n"), [("7", 7), ("22nd", 22), ("seventh", 7), ("twenty-second", 22), ("gull", None)])
def test_words_are_values(word: str, n: int | None) -> None:
    assert value(word) == n


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("on May 3, 1987 it rained", "1987-05-03"),
        ("on 3 May 1987", "1987-05-03"),
        ("in March 1983", "1983-03"),
        ("the August 25 edition", "--08-25"),
        ("Six months before his last day, he wrote", "six months before his last day"),
        ("filmed three days before they wrapped", "three days before they wrapped"),
        ("the night before we sailed.", "the night before we sailed"),
    ],
)
def test_dates_and_relative_times_are_read(said: str, name: str) -> None:
    assert [d.name for d in dates(said)] == [name]
