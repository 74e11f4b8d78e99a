"""Numbers with the thing that they count, as they are said: "17 takes", "a dozen takes", "about twenty people"."""

from __future__ import annotations

import re

from vivavoce.accounts.signals import TENS, UNITS
from vivavoce.accounts.words import EMPTY, stem
from vivavoce.model import Value

TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?![\w:])|\w+(?:['’]\w+)*|[^\w\s]")
ABOUT = frozenset(
    ["about", "around", "roughly", "nearly", "almost", "some", "maybe", "approximately", "like", "probably", "circa", "perhaps", "odd", "say", "something"]
)
NOT = frozenset(["not", "n't", "never", "isn't", "wasn't", "weren't", "aren't", "without"])
PART = frozenset(["first", "last", "next", "another", "other", "extra", "more", "additional", "further", "remaining", "each", "every", "per"])
BIG = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
# Rough counts: the least and the most that they may mean.
ROUGH = {"couple": (2.0, 3.0), "dozens": (20.0, 150.0), "scores": (40.0, 200.0), "hundreds": (150.0, 1500.0)}
PLURALS = frozenset(["people", "men", "women", "children", "feet", "teeth", "mice", "geese", "crew", "staff", "percent"])


class Number(Value, frozen=True):
    """A count: the least and most it may mean, of what (`thing`: stem of its noun), what narrows the noun
    (`narrowed`: stems of adjectives), the words as said, where."""

    least: float
    most: float
    thing: str
    narrowed: tuple[str, ...]
    said: str
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """The numbers of a text that count something. Left out: what is denied ("not 17"), parts of a count
    ("another three takes"), names ("Season 7"), years, and figures without a thing."""
    tokens = [(m.group().casefold().replace("’", "'"), m.start(), m.end()) for m in TOKEN.finditer(text)]
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        read = amount(tokens, at)
        if read is None:
            at += 1
            continue
        least, most, after = read
        number = counted(text, tokens, at, after, least, most)
        if number:
            found.append(number)
        at = after
    return found


Tokens = list[tuple[str, int, int]]


def amount(tokens: Tokens, at: int) -> tuple[float, float, int] | None:
    """The amount that begins at a token: least, most, and the token after it; None if none does."""
    word = tokens[at][0]
    nxt = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    if word == "half" and nxt == "a" and at + 2 < len(tokens) and tokens[at + 2][0] == "dozen":
        return 5.0, 7.0, at + 3
    if (word in {"a", "one"} and nxt == "dozen") or word == "dozen":
        return 11.0, 13.0, at + (1 if word == "dozen" else 2)
    if word in ROUGH or (word == "a" and nxt in ROUGH):
        least, most = ROUGH[word if word in ROUGH else nxt]
        after = at + (1 if word in ROUGH else 2)
        return least, most, after + (after < len(tokens) and tokens[after][0] == "of")
    if word == "a" and nxt in BIG:
        return BIG[nxt] * 0.85, BIG[nxt] * 1.15, at + 2
    return exact(tokens, at)


def exact(tokens: Tokens, at: int) -> tuple[float, float, int] | None:
    """A number in figures or words: "17", "1,200", "twenty-two", "three hundred and six"."""
    word = tokens[at][0]
    if word[0].isdigit():
        if not re.fullmatch(r"[\d,]+(?:\.\d+)?", word):
            return None
        total, after = float(word.replace(",", "")), at + 1
    elif small(word) is not None:
        total, after = float(small(word) or 0), at + 1
        if total >= 20 and after + 1 < len(tokens) and tokens[after][0] == "-" and tokens[after + 1][0] in UNITS:
            total, after = total + UNITS[tokens[after + 1][0]], after + 2
        elif total >= 20 and after < len(tokens) and tokens[after][0] in UNITS:
            total, after = total + UNITS[tokens[after][0]], after + 1
    else:
        return None
    rounded = 0.0
    while after < len(tokens) and tokens[after][0] in BIG:
        total, after, rounded = total * BIG[tokens[after][0]], after + 1, 0.1
    if after < len(tokens) and tokens[after][0] == "dozen":
        return total * 12 * 0.9, total * 12 * 1.1, after + 1
    return total * (1 - rounded), total * (1 + rounded), after


def small(word: str) -> int | None:
    """Zero to ninety in words."""
    return UNITS.get(word, TENS.get(word))


def counted(text: str, tokens: Tokens, at: int, after: int, least: float, most: float) -> Number | None:
    """The amount with its thing, or None where it counts nothing, is denied, or is a part of a count."""
    before = [t[0] for t in tokens[max(0, at - 4) : at]]
    if before and (before[-1] in PART or before[-1] in {"$", "£", "€", "season", "episode", "chapter", "page"}):
        return None
    if any(w in NOT or w.endswith("n't") for w in before[-3:]):
        return None
    if after < len(tokens) and tokens[after][0] in {"or", "to", "-", "–"} and after + 1 < len(tokens):
        further = amount(tokens, after + 1)
        if further and further[1] > least:
            most, after = further[1], further[2]
    noun = thing(tokens, after)
    if noun is None:
        return None
    if any(w in ABOUT for w in before[-2:]):
        least, most = least * 0.75, most * 1.25
    if {"over", "least", "than"} & set(before[-2:]):
        most = least * 3 if "less" not in before and "fewer" not in before else most
        least = least if "less" not in before and "fewer" not in before else 0.0
    narrowed = tuple(stem(t[0]) for t in tokens[after:noun])
    said = " ".join(text[tokens[at][1] : tokens[noun][2]].casefold().split())
    return Number(least, most, stem(tokens[noun][0]), narrowed, said, tokens[at][1], tokens[noun][2])


def thing(tokens: Tokens, after: int) -> int | None:
    """Which token is the noun counted: the first plural among the next three words of the phrase, or None."""
    for at in range(after, min(after + 3, len(tokens))):
        word = tokens[at][0]
        if word in PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s"))):
            return None if word in EMPTY and word not in {"times", "days", "years", "ones"} else at
        if not word[0].isalpha() or (word in EMPTY and word not in {"different", "long", "good", "more", "full"}):
            return None
    return None
