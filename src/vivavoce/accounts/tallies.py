"""How a vote or a match ended: "four hundred and two to three hundred and ninety", "It was carried by five"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.numbers import TOKEN, UNITS, amount, value

Found = tuple[str, str, re.Match[str], bool]

TOPIC = "the result"
COUNTED = re.compile(
    r"\b(?:vote[sd]?|voting|ballot|poll|hands|count(?:ed)?|made it|carried|went through|passed|won|lost|beat|beaten|"
    r"score[sd]?|match|final|majority|result|defeated|motion)\b",
    re.I,
)
BY = re.compile(
    r"\b(?:carried|won|lost|passed|went through|beaten|in it|majority of|through|down)(?: it)?(?: by| with)?"
    r" (?P<n>[a-z]+(?:-[a-z]+)?|\d{1,4})"
    r"(?: votes?| goals?| points?)?(?=[.,;!]|$)",
    re.I,
)
_GOALS = "|".join(["nil", "nothing", *list(UNITS)[1:10]])
SCORE = re.compile(rf"\b(?P<a>{_GOALS})[-–](?P<b>{_GOALS}|all)\b(?!-)", re.I)
BETWEEN = re.compile(r"\b(?P<to>to|against)\b|(?<=\d)(?P<dash>[–-])(?=\d)")


def tallies(text: str, start: int, end: int, question: str) -> Iterator[Found]:
    """The result that a sentence gives, as "412:388", or the margin alone, as "24"."""
    half = " at half-time" if HALF.search(text, start, end) or (start == 0 and HALF.search(question)) else ""
    for m in SCORE.finditer(text, start, end):
        a, b = goals(m["a"]), goals(m["a"] if m["b"].casefold() == "all" else m["b"])
        yield TOPIC + half, f"{max(a, b)}:{min(a, b)}", m, True
        return
    here = text[max(0, start - 80) : end]
    if not COUNTED.search(here) and not COUNTED.search(question):
        return
    for between in BETWEEN.finditer(text, start, end):
        row = sides(text, start, end, between)
        if row:
            first, m, second = row
            yield TOPIC, f"{first}:{second}", m, True
            return
    for m in BY.finditer(text, start, end):
        tokens = [(t.group().casefold(), *t.span()) for t in TOKEN.finditer(m["n"])]
        read = amount(tokens, 0)
        if read and read[0] == read[1] and read[2] == len(tokens):
            yield TOPIC, f"{read[0]:.0f}", m, True


HALF = re.compile(r"\bhalf[- ]?time\b|\bat the (?:half|break|interval)\b", re.I)


def goals(said: str) -> int:
    """How many goals a word says."""
    return 0 if said.casefold() in {"nil", "nothing"} else int(value(said) or 0)


def sides(text: str, start: int, end: int, between: re.Match[str]) -> tuple[int, re.Match[str], int] | None:
    """The two numbers around "to", with the match of all; None where there are not two or the second is greater."""
    tokens = [(t.group().casefold(), *t.span()) for t in TOKEN.finditer(text, start, end)]
    after = [i for i, t in enumerate(tokens) if t[1] >= between.end()]
    before = [i for i, t in enumerate(tokens) if t[2] <= between.start()]
    if not after or not before:
        return None
    second = amount(tokens, after[0])
    last = before[-1] + 1
    for at in range(max(0, last - 7), last):
        first = amount(tokens[:last], at)
        if first and first[2] == last and second:
            a, b = (round((n[0] + n[1]) / 2) for n in (first, second))
            whole = re.compile(".*", re.S).match(text, tokens[at][1], tokens[second[2] - 1][2])
            return (a, whole, b) if whole and a > b > 0 else None
    return None


def one_result(x: str, y: str) -> bool:
    """Whether two results may be one: both sides the same, or the margin, where one gives no more."""
    if (":" in x) == (":" in y):
        return x == y
    return margin(x) == margin(y)


def margin(said: str) -> int:
    """By how many it ended."""
    first, _, second = said.partition(":")
    return int(first) - int(second or 0)
