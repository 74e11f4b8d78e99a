"""Amounts as people say them, without what they are of: "eleven hundred", "a couple of hundred", "nearly a dozen",
"two and a half", "forty-odd". English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vivavoce.language.counting import BIG, ODD, ORDINALS, TENS, UNITS

TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_][^\W_]*(?:['’][a-z]+)?|\S")
NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?")
HEDGES = frozenset(
    [
        "about",
        "around",
        "roughly",
        "nearly",
        "almost",
        "some",
        "maybe",
        "approximately",
        "probably",
        "circa",
        "perhaps",
        "say",
        "easily",
        "something",
    ]
)
OVER, UNDER = frozenset(["over", "than", "above", "least", "good"]), frozenset(["under", "fewer", "less", "most"])
OR_SO = frozenset([("or", "so"), ("or", "thereabouts"), ("or", "more")])
HEDGED = 3  # words before an amount in which a hedge counts
VAGUE = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0}


class Token(NamedTuple):
    """A word, a figure or a mark: folded, and where."""

    low: str
    start: int
    end: int
    cap: bool = False


class Amount(NamedTuple):
    """What is said: how much, the tokens that say it (`first` to `after`), whether it is said as rough, whether it
    orders ("third"), whether as years are ("nineteen eighty-four")."""

    value: float
    first: int
    after: int
    rough: bool = False
    nth: bool = False
    year: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    return [Token(m[0].casefold().replace("’", "'"), *m.span(), m[0][0].isupper()) for m in TOKEN.finditer(text)]


def amounts(said: Sequence[Token]) -> list[Amount]:
    """The amounts among tokens, in order, apart."""
    found: list[Amount] = []
    at = 0
    while at < len(said):
        one = amount(said, at)
        if one:
            found.append(one._replace(rough=one.rough or hedged(said, one)))
        at = one.after if one else at + 1
    return found


def low(said: Sequence[Token], at: int) -> str:
    """The token at a place, or ""."""
    return said[at].low if 0 <= at < len(said) else ""


def hedged(said: Sequence[Token], one: Amount) -> bool:
    """Whether the words around an amount make it rough."""
    before = [low(said, i) for i in range(one.first - HEDGED, one.first)]
    marks = [i for i, w in enumerate(before) if w in {".", ",", ";", "!", "?"}]
    before = before[marks[-1] + 1 :] if marks else before
    if set(before) & (HEDGES | OVER | UNDER):
        return True
    after = [low(said, i) for i in range(one.after, one.after + 4)]
    if "something" in after[:2] or after[:2] == ["odd"]:
        return True
    return any(pair in OR_SO for pair in pairwise(after))


def amount(said: Sequence[Token], at: int) -> Amount | None:
    """The amount that begins at a token, or None."""
    word = low(said, at)
    if m := NTH.fullmatch(word):
        return Amount(float(m[1]), at, at + 1, nth=True)
    if word[:1].isdigit():
        return powered(said, figure(said, at))
    if word == "half" and [low(said, at + 1), low(said, at + 2)] == ["a", "dozen"]:
        return Amount(6, at, at + 3, rough=True)
    if word in VAGUE:
        return Amount(VAGUE[word], at, at + 1, rough=True)
    if word in {"a", "an", "one"} or word in {"couple", "dozen"}:
        return rounded(said, at) or (powered(said, below_hundred(said, at)) if word == "one" else None)
    return as_year(said, at) or powered(said, below_hundred(said, at)) or ordinal(said, at)


def figure(said: Sequence[Token], at: int) -> Amount | None:
    """An amount in figures."""
    word = low(said, at).rstrip(",")
    return Amount(float(word.replace(",", "")), at, at + 1) if FIGURE.fullmatch(word) else None


def rounded(said: Sequence[Token], at: int) -> Amount | None:
    """ "A dozen", "a couple of hundred", "a hundred and twenty"."""
    word, i = low(said, at), at
    if word in {"a", "an", "one"}:
        i += 1
        i += low(said, i) in {"good", "full", "round"}
    word = low(said, i)
    if word == "dozen":
        return Amount(12, at, i + 1 + (low(said, i + 1) == "of"), rough=low(said, i + 1) == "or")
    if word == "couple":
        i += 1 + (low(said, i + 1) == "of")
        by = {"dozen": 12, **BIG}.get(low(said, i), 0)
        return Amount(2.0 * (by or 1), at, i + bool(by), rough=True)
    if word in BIG and i > at:
        return powered(said, Amount(1, at, i))
    return None


def below_hundred(said: Sequence[Token], at: int) -> Amount | None:
    """ "Seven", "twenty-two", "twenty-second"."""
    word = low(said, at)
    if word in UNITS:
        return Amount(UNITS[word], at, at + 1)
    if word not in TENS:
        return None
    i = at + 1 + (low(said, at + 1) == "-")
    last = low(said, i)
    if 0 < UNITS.get(last, 0) < 10:
        return Amount(TENS[word] + UNITS[last], at, i + 1)
    if low(said, at + 1) == "-" and 0 < ORDINALS.get(last, 0) < 10:
        return Amount(TENS[word] + ORDINALS[last], at, i + 1, nth=True)
    return Amount(TENS[word], at, at + 1)


def ordinal(said: Sequence[Token], at: int) -> Amount | None:
    """ "Third", "twelfth"."""
    word = low(said, at)
    return Amount(ORDINALS[word], at, at + 1, nth=True) if word in ORDINALS or word in ODD else None


def as_year(said: Sequence[Token], at: int) -> Amount | None:
    """A year that is said in two halves: "nineteen eighty-four"."""
    first = UNITS.get(low(said, at), 0) if low(said, at) not in TENS else TENS[low(said, at)]
    if first not in {17, 18, 19, 20}:
        return None
    at_second = at + 1 + (low(said, at + 1) == "-")
    second = below_hundred(said, at_second)
    if not second or second.nth or second.value < 10:
        return None
    return Amount(first * 100 + second.value, at, second.after, year=True)


def powered(said: Sequence[Token], one: Amount | None) -> Amount | None:
    """An amount with what it is counted in, and what "and" adds: "two hundred and four", "1.2 million", "two and a
    half", "forty-odd"."""
    if one is None or one.nth:
        return one
    total, part, i = 0.0, one.value, one.after
    while low(said, i) in BIG or low(said, i) in {"dozen"}:
        by = BIG.get(low(said, i), 12)
        total, part = (total, part * by) if by == 100 else (total + part * by, 0.0)
        i += 1
        joined = i + (low(said, i) == "and")
        more = below_hundred(said, joined) if by != 12 else None
        if more and (more.value >= 1) and (joined > i or low(said, joined - 1) in BIG) and not more.nth:
            if low(said, more.after) in BIG:
                part, i = more.value, more.after
                continue
            part, i = part + more.value, more.after
    odd = [low(said, i), low(said, i + 1)] in (["-", "odd"], ["odd", "of"])
    if [low(said, i), low(said, i + 1), low(said, i + 2)] == ["and", "a", "half"]:
        part, i = part + 0.5, i + 3
    dozens = low(said, i - 1) == "dozen" and i > one.after
    return Amount(total + part, one.first, i + 2 * odd, rough=odd or dozens)
