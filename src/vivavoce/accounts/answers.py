"""Numbers that are told in answer: the question says of what ("How many hands?" "Two hundred and twelve."); ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vivavoce.accounts.numbers import (
    AGE,
    LENGTH,
    ORDINALS,
    PEOPLE,
    TOKEN,
    UNSAID,
    Number,
    amount,
    is_part,
    loosened,
    same_clause,
    value,
)
from vivavoce.accounts.words import lists, stem

HUMANS = frozenset(["men", "women", "people", "girls", "boys", "persons", "lads", "fellows", "you", "them", "us"])
NO_COUNT = frozenset(["the", "at", "in", "on", "to"])  # words of its clause that make a bare number a date, a place
HOW = re.compile(
    r"\bhow (?:(?P<long>long)|(?P<old>old)|(?P<often>often)"
    r"|many(?P<of> of (?:you|them|us))?(?: (?P<noun>[a-z]{3,20}))?)\b",
    re.I,
)
OLD = re.compile(
    r"\b(?P<who>I|he|she|who) (?:was|were|am|is|['’]m|['’]d been) (?:only |just |about )?"
    r"(?P<n>[a-z]{3,9}(?:-[a-z]{3,5})?|\d{1,2})"
    r"(?: years old| years of age|(?= ?[,.;!?]| when\b| then\b| and\b| at the time\b))",
    re.I,
)
FIRST = 200  # characters in which an answer gives its number


class Asked(NamedTuple):
    """What a question asks the number of, as `Number.thing` ("" if nothing), and its noun as it stands."""

    thing: str = ""
    noun: str = ""


def asked(question: str) -> Asked:
    """What a question asks the number of: "How many hands?" the stem of "hands", "How long was it?" a length of time,
    "How old", "How often", "How many of you". The last such question counts."""
    found = Asked()
    for m in HOW.finditer(question):
        noun = (m["noun"] or "").casefold()
        if m["long"] or m["old"]:
            found = Asked(LENGTH if m["long"] else AGE)
        elif m["often"] or noun == "times":
            found = Asked("times", "times")
        elif m["of"] or noun in HUMANS:
            found = Asked(PEOPLE, PEOPLE)
        elif not noun or noun in lists().empty:
            found = Asked(UNSAID, UNSAID)
        else:
            found = Asked(stem(noun), noun)
    return found


def bare(text: str, what: Asked) -> Number | None:
    """The number that an answer begins with, without its thing, which the question gave: "Two hundred and twelve.",
    "In the hall? Seven."; None where its first two sentences hold none that stands alone."""
    tokens = [(m.group().casefold().replace("’", "'"), *m.span()) for m in TOKEN.finditer(text[:FIRST])]
    ends, at = 0, 0
    while at < len(tokens) and ends < 2:
        ends += tokens[at][0] in {".", "!", "?"}
        read = amount(tokens, at)
        before = same_clause([t[0] for t in tokens[max(0, at - 4) : at]])
        if not read or (is_part(before) and before[-1:] != ["all"]) or set(before) & (lists().deny | NO_COUNT):
            at = read[2] if read else at + 1
            continue
        least, most, after = read
        if after >= len(tokens) or not tokens[after][0][0].isalnum():
            least, most = loosened(before[-2:], least, most)
            said = " ".join(text[tokens[at][1] : tokens[after - 1][2]].casefold().split())
            return Number(least, most, what.thing, (), f"{said} {what.noun}", tokens[at][1], tokens[after - 1][2])
        return None
    return None


def ages(text: str) -> Iterator[tuple[Number, str]]:
    """The ages of a text, each with "i", "he" or "she": "She was nine years old", "I was eleven, Dad"."""
    for m in OLD.finditer(text):
        count = value(m["n"])
        if count and count < 100 and m["n"].casefold() not in ORDINALS:
            yield (
                Number(count, count, AGE, (), f"{m['n'].casefold()} years", m.start("n"), m.end("n")),
                m["who"].casefold(),
            )
