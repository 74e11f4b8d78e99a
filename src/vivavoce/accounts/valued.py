"""What two values of one kind are to each other, and what speaks for their being of one thing, as numbers that
`relations.toml` weighs: the same noun, the same words beside them, what was asked, whether an account gives only one
such value, how near its beginning. The method is logistic regression; `benchmarks/relations.py` makes the weights."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import exp, fsum, log
from typing import Literal, NamedTuple

from vivavoce.accounts.likely import Weights as Logistic
from vivavoce.accounts.likely import likely as likelihood
from vivavoce.accounts.numbers import PEOPLE
from vivavoce.accounts.values import WHENS, Value
from vivavoce.accounts.words import weight
from vivavoce.language.amounts import amounts, tokens
from vivavoce.model import Account, Evidence, Relation

NEAR, NEARLY = 20, 8  # minutes two hours may be apart, roughly told or not, and be the same
ROUGHLY, CLOSE = 1.3, 1.06  # times as much, roughly told or not, up to which two numbers may be the same
MOST = 40  # values of an account that are compared
FEW = 2
YEARS = {"date", "year"}
KIND: dict[str, Literal["differ", "agree"]] = {"other": "differ", "same": "agree"}
ONE = frozenset(["i", "he", "she"])
FAR, UNTIMED = 5.0, 1.4  # times as much above which two numbers are of two things, and under which two lengths are one
UNITS = 2.0  # the same of two lengths in two units: "two nights" may be thirty hours
SURE = 0.85  # how likely two dates must be of one thing: most things of a history have a date
DATED = 0.5  # weight of the words that two sentences share that date one thing
OPENS = 2  # sentences that an answer opens with
BESIDE = 600  # characters that two who talk with each other say between
TERSE = 1.0  # weight of the words of a sentence up to which it says little beside the value
GROUPS = {
    "money": "money", "lasting": "lasting", "hour": "hour", "weekday": "weekday", "date": "date", "year": "year",
    "age": "age", "length": "measure", "height": "measure", "weight": "measure", "share": "measure", "count": "count",
    "place in order": "order",
}  # fmt: skip
KINDS = ("lasting", "hour", "weekday", "date", "year", "money", "age", "measure", "order", "count")
FEATURES = (
    *(f"is {k}" for k in KINDS),
    "same noun", "rare noun", "bare", "both bare", "other nouns", "noun beside", "same unit", "people", "same last",
    "long years", "one", "clause", "clause share", "sentence", "wide", "scene", "scene share", "question", "deed",
    "two deeds", "same words", "terse both", "question told", "anchor", "two anchors", "years", "stage", "asked both",
    "asked one", "stated both", "stated one", "fronted both", "fronted one", "first both", "first one",
    "answers begin", "only both", "only one", "few", "told there", "agreed", "long", "apart", "far apart", "rough",
    "relative", "doubted", "report", "reports", "one teller", "same talk", "we", "one person", "two persons",
    "one's time", "all's time",
)  # fmt: skip


class Side(NamedTuple):
    """An account's values, and the stems of all that it tells."""

    values: tuple[Value, ...]
    scene: frozenset[str]


def compared(x: Value, y: Value) -> str:
    """Whether two values of one kind are the "same" or the "other"; "" where both may be so."""
    if x.kind == "hour":
        return two_hours(x, y)
    if x.kind == "weekday":
        return "same" if x.numbers == y.numbers else "other"
    if {x.kind, y.kind} <= {"date", "year"}:
        return two_dates(x, y)
    if x.kind == "money" and x.thing != y.thing:
        return ""
    if x.kind == "count" and x.thing and y.thing and x.thing != y.thing and not {x.thing, y.thing} & (x.wide & y.wide):
        return ""
    return "" if of_parts(x, y) and x.numbers != y.numbers else two_numbers(x, y)


def of_parts(x: Value, y: Value) -> bool:
    """Whether one is told of the beginning and one of the end, or one of a part and one of more."""
    if {x.stage, y.stage} in ({"then", "whole"}, {"begin", "end"}):
        return True
    return "part" in (x.stage, y.stage) and x.stage != y.stage


def two_hours(x: Value, y: Value) -> str:
    """What two hours are to each other: of half a day only where one does not say of which."""
    apart = abs(x.numbers[0] - y.numbers[0])
    apart = min(apart, 720 - apart)
    if x.numbers[1] and y.numbers[1] and x.numbers[1] != y.numbers[1] and 0 not in (x.numbers[0], y.numbers[0]):
        return "other"
    if apart == 0:
        return "same" if x.numbers[1] == y.numbers[1] or 0 in (x.numbers[1], y.numbers[1]) else "other"
    whole = x.numbers[0] % 60 == 0 or y.numbers[0] % 60 == 0  # "at ten" is told of twenty to ten as well
    return "other" if apart > (NEAR if whole or x.rough or y.rough else NEARLY) else ""


def two_dates(x: Value, y: Value) -> str:
    """What two dates are to each other, by what both say of year, month and day."""
    if not (x.asked or y.asked or told(x.sentence & y.sentence) >= DATED or all(v.stated or v.fronted for v in (x, y))):
        return ""
    if "year" in (x.kind, y.kind):
        a, b = x.numbers[0], y.numbers[0]
        if a and b and a != b:
            return ""  # most things of a history have a year
        return "same" if a and x.kind == y.kind else ""
    (a, m, d), (b, n, e) = x.numbers, y.numbers
    if (
        (a and b and a != b)
        or (m > 0 and n > 0 and m != n)
        or (m < 0 and n < 0 and m != n and (m > -10) == (n > -10))
        or (d and e and d != e)
    ):
        return "other" if m * n > 0 else ""
    return "same" if m == n and (d == e or not (d or e)) else ""


def two_numbers(x: Value, y: Value) -> str:
    """What two numbers are to each other."""
    a, b = sorted((x.numbers[0], y.numbers[0]))
    if a == b:
        return "same"
    times = b / a if a else 99.0
    if x.kind in {"length", "height", "age", "place in order", "share"} or not (
        x.rough or y.rough or is_round(a) or is_round(b)
    ):
        return "other" if not (x.rough or y.rough) or times > ROUGHLY else ""
    return "other" if times > (ROUGHLY if x.rough or y.rough else CLOSE) else ""


def is_round(n: float) -> bool:
    """Whether a number is told in tens."""
    return n >= 20 and n % 10 == 0


def told(stems: frozenset[str]) -> float:
    """What some words tell by their rarity."""
    return fsum(weight(s) for s in stems)


def share(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of what the shorter tells both tell."""
    least = min(told(a), told(b))
    return told(a & b) / least if least else 0.0


def anchors(x: Value, y: Value) -> list[float]:
    """For each rare word near both values what it weighs, the less the farther it stands; greatest first."""
    both = x.far.keys() & y.far.keys()
    found = [weight(s) ** 1.5 * exp(-(x.far[s] + y.far[s]) / 80) for s in both if s != x.thing]
    return sorted(found, reverse=True)


def times_apart(x: Value, y: Value) -> float:
    """How far two numbers are apart: the logarithm of how many times one is the other; of times nothing."""
    if x.kind in {"weekday", "date"} or y.kind == "date":
        return 0.0
    if x.kind == "year":
        return log(1 + abs(x.numbers[0] - y.numbers[0]))
    if x.kind == "hour":
        apart = abs(x.numbers[0] - y.numbers[0])
        return min(apart, 720 - apart) / 90
    a, b = sorted((x.numbers[0], y.numbers[0]))
    return log(b / a) if a > 0 else 5.0


def evidence(x: Value, y: Value, ours: Side, theirs: Side) -> list[float]:
    """What speaks for two values being of one thing, in the order of FEATURES."""
    found = {
        f"is {group(x, y)}": 1.0,
        **by_noun(x, y),
        **by_words(x, y, ours, theirs),
        **by_place(x, y),
        **by_others(x, y, ours, theirs),
        **by_teller(x, y),
    }
    return [float(found.get(name, 0.0)) for name in FEATURES]


def group(x: Value, y: Value) -> str:
    """Of which of KINDS two values are."""
    return GROUPS[x.kind if x.kind != "year" else y.kind]


def by_noun(x: Value, y: Value) -> dict[str, float]:
    """What the nouns and units of two values show."""
    kind = group(x, y)
    nouns = (bool(x.thing) + bool(y.thing)) if kind in {"count", "order"} else -1
    same = nouns == 2 and x.thing == y.thing
    return {
        "same noun": same,
        "rare noun": weight(x.thing) * same,
        "bare": nouns == 1,
        "both bare": nouns == 0,
        "other nouns": nouns == 2 and not same,
        "noun beside": nouns == 1 and (x.thing or y.thing) in (y.wide if x.thing else x.wide),
        "same unit": kind in {"lasting", "measure"} and x.thing == y.thing,
        "people": same and x.thing == PEOPLE,
        "same last": nouns == 2 and last(x) == last(y),
        "long years": kind == "lasting" and "year" in (x.thing, y.thing),
        "one": nouns >= 0 and 1.0 in (x.numbers[0], y.numbers[0]),
    }


def by_words(x: Value, y: Value, ours: Side, theirs: Side) -> dict[str, float]:
    """What the words beside two values show, and all that both tell."""
    anchor = [*anchors(x, y), 0.0, 0.0]
    return {
        "clause": min(2.0, told(x.clause & y.clause)),
        "clause share": share(x.clause, y.clause),
        "sentence": min(3.0, told(x.sentence & y.sentence)),
        "wide": min(4.0, told(x.wide & y.wide)),
        "scene": log(1 + told(ours.scene & theirs.scene)),
        "scene share": share(ours.scene, theirs.scene),
        "question": min(2.0, told(x.question & y.question)),
        "deed": bool(x.deeds & y.deeds),
        "two deeds": bool(x.deeds and y.deeds) and not x.deeds & y.deeds,
        "same words": bool(x.before) and x.before == y.before,
        "terse both": max(told(x.sentence), told(y.sentence)) < TERSE,
        "question told": min(2.0, told(x.question & y.wide) + told(y.question & x.wide)),
        "anchor": anchor[0],
        "two anchors": anchor[1],
        "years": bool(x.years and y.years) and not x.years & y.years,
        "stage": x.stage != y.stage,
    }


def by_place(x: Value, y: Value) -> dict[str, float]:
    """What shows where and how two values are told: asked for, said of it all, at the beginning."""
    return {
        "asked both": x.asked and y.asked,
        "asked one": x.asked != y.asked,
        "stated both": x.stated and y.stated,
        "stated one": x.stated != y.stated,
        "fronted both": x.fronted and y.fronted,
        "fronted one": x.fronted != y.fronted,
        "first both": max(x.nth, y.nth) < OPENS,
        "first one": min(x.nth, y.nth) < OPENS,
        "answers begin": (x.nth == 0) + (y.nth == 0),
    }


def by_others(x: Value, y: Value, ours: Side, theirs: Side) -> dict[str, float]:
    """What the other values of two accounts show, and how far these two are apart."""
    mine, yours = like(x, ours), like(y, theirs)
    far = times_apart(x, y)
    return {
        "only both": len(mine) == len(yours) == 1,
        "only one": (len(mine) == 1) != (len(yours) == 1),
        "few": 1 / (len(mine) * len(yours)),
        "told there": any(compared(x, v) == "same" for v in yours) + any(compared(y, v) == "same" for v in mine),
        "agreed": any(compared(v, w) == "same" for v in mine for w in yours),
        "long": log(1 + len(ours.values) + len(theirs.values)),
        "apart": min(far, 2.0),
        "far apart": max(0.0, min(far, 5.0) - 1.2),
    }


def by_teller(x: Value, y: Value) -> dict[str, float]:
    """What shows who tells two values, of whom, and how surely."""
    one_source = x.evidence.source == y.evidence.source
    of_one = bool({x.who, y.who} & ONE)
    return {
        "rough": x.rough or y.rough,
        "relative": x.relative or y.relative,
        "doubted": x.doubted or y.doubted,
        "report": x.report != y.report,
        "reports": x.report and y.report,
        "one teller": one_source,
        "same talk": one_source and abs(x.evidence.start - y.evidence.start) < BESIDE,
        "we": x.who == y.who and x.who in {"we", "they", "there", "it"},
        "one person": "i" in (x.who, y.who),
        "two persons": x.who == y.who == "i",
        "one's time": x.kind in WHENS and of_one,
        "all's time": x.kind in WHENS and x.stated and y.stated and not of_one,
    }


def last(x: Value) -> str:
    """The last word of a value as said."""
    return x.said.casefold().split()[-1]


def like(x: Value, side: Side) -> list[Value]:
    """The values of an account that are of the same kind and noun, and not of other nouns."""
    if x.kind in {"count", "place in order"}:
        return [v for v in side.values if v.kind == x.kind and (v.thing == x.thing or not v.thing)]
    if x.kind == "money":
        return [v for v in side.values if v.kind == "money" and v.thing == x.thing]
    return [v for v in side.values if v.kind == x.kind]


class Weights(NamedTuple):
    """What each kind of evidence weighs, in the order of FEATURES, what is added to all, how likely two values must be
    of one thing to be told, and how likely what the rules found must be to stay."""

    each: tuple[float, ...]
    constant: float
    least: float
    doubtful: float


@cache
def weights() -> dict[str, Weights]:
    """The weights that two values that are not the same differ, and that two that are the same agree."""
    raw = tomllib.loads((files("vivavoce.accounts") / "relations.toml").read_text("utf-8"))
    return {
        kind: Weights(tuple(part[name] for name in FEATURES), part["constant"], part["least"], part["doubtful"])
        for kind, part in raw.items()
    }


def likely(x: Value, y: Value, ours: Side, theirs: Side, by: Weights) -> float:
    """How likely two values are of one thing, 0 to 1."""
    return likelihood(evidence(x, y, ours, theirs), Logistic(by.each, by.constant))


class Judged(NamedTuple):
    """Two values of two accounts, what they are to each other, and how likely they are of one thing."""

    x: Value
    y: Value
    how: str
    likely: float


def judged(ours: Side, theirs: Side) -> list[Judged]:
    """The values that two accounts may have of one thing, likeliest first."""
    by = weights()
    found = []
    for x in ours.values[:MOST]:
        for y in theirs.values[:MOST]:
            how = compared(x, y) if x.kind == y.kind or {x.kind, y.kind} == YEARS else ""
            if how:
                found.append(Judged(x, y, how, likely(x, y, ours, theirs, by[KIND[how]])))
    return sorted(found, key=lambda j: (-j.likely, j.x.evidence.start, j.y.evidence.start))


def valued(a: Account, b: Account, found: list[Judged], apart: bool) -> Iterator[Relation]:
    """Where two accounts give likely values of one thing: alike, or not; each value once. `apart`: they are two
    tellings, and may agree."""
    used: list[Evidence] = []
    for x, y, how, p in found:
        kind = KIND[how]
        least = max(weights()[kind].least, SURE if {x.kind, y.kind} <= YEARS else 0.0)
        if p < least or (kind == "agree" and not (apart and specific(x))):
            continue
        if kind == "differ" and of_two(x, y):
            continue
        if any(touch(e, u) for u in used for e in (x.evidence, y.evidence)):
            continue
        used += [x.evidence, y.evidence]
        yield Relation(a.id, b.id, kind, about(x, y), (x.said, y.said), (x.evidence, y.evidence), round(p, 2))


def of_two(x: Value, y: Value) -> bool:
    """Whether two values are rather of two things: two articles', of two years, one told from something else, one many
    times the other, two lengths of time near each other, as those are told who had no watch, or how old somebody is
    who tells it of himself."""
    if x.kind == "count" and (x.numbers[0] in all_in(y) or y.numbers[0] in all_in(x)):
        return True  # "six lanterns", "four of the six lanterns"
    if x.kind == y.kind == "age" and "i" in (x.who, y.who):
        return True
    if x.kind == "lasting" and x.thing != y.thing and exp(times_apart(x, y)) < UNITS:
        return True
    if (x.report and y.report) or x.relative != y.relative or (x.years and y.years and not x.years & y.years):
        return True
    if x.kind in {"hour", "weekday", "date", "year"} or y.kind == "date":
        return False
    beside = (x.wide - x.question) & (y.wide - y.question)
    if x.kind == "money" and (not beside or ((x.who == "i") != (y.who == "i") and not x.deeds & y.deeds)):
        return True
    times = exp(times_apart(x, y))
    return times > FAR or (x.kind == "lasting" and times < UNTIMED)


def all_in(x: Value) -> set[float]:
    """All the numbers in the words of a count."""
    return {one.value for one in amounts(tokens(x.said))} if " of " in x.said else set()


def touch(a: Evidence, b: Evidence) -> bool:
    """Whether two stretches share a character."""
    return a.source == b.source and a.start < b.end and b.start < a.end


def specific(x: Value) -> bool:
    """Whether that two say the same is worth telling: not of one or two of something."""
    return x.kind not in {"count", "place in order"} or x.numbers[0] > FEW


ABOUT = {
    "money": "the sum", "lasting": "how long", "hour": "the hour", "weekday": "the day", "date": "the date",
    "year": "the year",
    "age": "the age", "length": "the measure", "height": "the height",
    "weight": "the weight", "share": "the share",
    "place in order": "the place in order",
}  # fmt: skip


def about(x: Value, y: Value) -> str:
    """What two values are of, in few words."""
    if x.kind != "count":
        return ABOUT[x.kind]
    noun = next((last(v) for v in (x, y) if v.thing and len(v.said.split()) > 1), "")
    return "number of people" if noun in {"us", "them", "you"} else f"number of {noun}" if noun else "how many"
