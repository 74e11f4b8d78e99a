"""How two accounts of a moment relate: they give different numbers of one thing, the same number, or speak against
each other. Precision before recall: a false contradiction is worse than a missed one."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import Literal, NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.dated import Dated, date_relation, dated
from vivavoce.accounts.disputes import Sides, dispute, sides
from vivavoce.accounts.numbers import LENGTH, MEASURES, Number, numbers
from vivavoce.accounts.words import lists, rarity, sentences, stem, telling, weight, words
from vivavoce.model import Account, Evidence, Known, Passage, Relation

COMMON = 0.3  # weight up to which a noun is common: many facts have a number of it
LONGEST_REPLY = 9  # words
NEXT = 60  # characters between two turns that follow one another: a label, a stamp
SUPPOSED = re.compile(r"\b(?:if|imagine|suppose|let['’]s say|say you|you could|you can|would be|could be)\b", re.I)
FAR = 8  # times as many: rather a number of something else
FEW = 10  # a number under which two facts may have the same by chance
SHARED = 0.8  # weight of the telling words that two sentences share when they count the same thing
BESIDE = 6  # words beside a measure that show what it is the measure of
ALIKE = 3  # how many of them two measures of the same thing have in common

Told = tuple[Account, list[Passage]]


class Claim(NamedTuple):
    """A number that an account gives: what, where, the telling stems of its sentence, the words right beside it,
    where its passage stands, and whether a short first sentence of it says nothing else."""

    number: Number
    evidence: Evidence
    around: frozenset[str]
    beside: frozenset[str]
    said_at: tuple[int, int]
    reply: bool


Claims = dict[tuple[str, tuple[str, ...]], list[Claim]]


class Ground(NamedTuple):
    """What an account can be compared by: its counts by thing, its dates, what it speaks for and against."""

    account: Account
    counts: Claims
    dates: list[Dated]
    sides: Sides


def relations(told: list[Told], known: Known) -> tuple[Relation, ...]:
    """The relations between the accounts of one moment, one for each pair and topic, in order of ids."""
    found: list[Relation] = []
    grounds = [Ground(a, claimed(ps), dated(ps), sides(a, ps)) for a, ps in told]
    some = sorted((g for g in grounds if g.counts or g.dates or any(g.sides)), key=lambda g: g.account.id)
    for x, y in combinations(some, 2):
        if x.account.id == y.account.id:
            continue
        a, b = x.account, y.account
        found += counts(a, b, x.counts, y.counts, known)
        others = (
            date_relation(a, b, x.dates, y.dates, independent(a, b, known)),
            dispute(a, b, x.sides, y.sides),
        )
        found += [r for r in others if r]
    return tuple(found)


def claimed(passages: list[Passage]) -> Claims:
    """The numbers of an account by thing and what narrows it."""
    found: Claims = defaultdict(list)
    for p in passages:
        counted = numbers(p.text)
        spans = sentences(p.text, 0, len(p.text)) if counted else []
        for n in counted:
            a, b = next((s for s in spans if s[0] <= n.start < s[1]), (0, len(p.text)))
            if SUPPOSED.search(p.text[a : n.start]):
                continue
            around = frozenset(stem(w) for w, _, _ in words(p.text[a:b]) if telling(w)) - {n.thing}
            beside = neighbours(p.text[a : n.start]) | neighbours(p.text[n.end : b], after=True)
            found[n.thing, n.narrowed].append(
                Claim(
                    n, where.own(p, n.start, n.end), around, beside, (p.spans[0][0], p.spans[-1][1]), is_reply(p, n, b)
                )
            )
    return found


def is_reply(p: Passage, n: Number, end: int) -> bool:
    """Whether a number stands in a short first sentence and begins no relative time: "It was six, Sid."."""
    first = p.text[:end]
    later = re.match(r"\W*(?:later|after|before|ago|into|earlier|until)\b", p.text[n.end :][:12])
    return len(first.split()) <= LONGEST_REPLY and not later


def replies(x: Claim, y: Claim) -> bool:
    """Whether one claim answers the other: in the next turn of the same talk, at once, with nothing else."""
    first, second = (x, y) if x.said_at < y.said_at else (y, x)
    near = 0 <= second.said_at[0] - first.said_at[1] <= NEXT
    return x.evidence.source == y.evidence.source and near and second.reply


def neighbours(text: str, after: bool = False) -> frozenset[str]:
    """The words next to a number, before or after it, without articles."""
    said = [w for w, _, _ in words(text)]
    near = said[:BESIDE] if after else said[-BESIDE // 2 :]
    return frozenset(near) - {"the", "a", "an", "and", "of", "it"}


def counts(
    a: Account,
    b: Account,
    ours: Claims,
    theirs: Claims,
    known: Known,
) -> list[Relation]:
    """Where two accounts count the same thing: alike, or not."""
    out = []
    for key in sorted(ours.keys() & theirs.keys()):
        mine, yours = ours[key], theirs[key]
        same = [(x, y) for x in mine for y in yours if overlap(x.number, y.number)]
        x, y = same[0] if same else (mine[0], yours[0])
        if not one_thing(x, y, chance=bool(same) and x.number.most < FEW):
            continue
        if same and independent(a, b, known) and sure(x.number) and sure(y.number):
            out.append(relation("agree", a, b, x, y, 0.8))
        elif not same and single(mine) and single(yours):
            out.append(relation("differ", a, b, x, y, 0.9 if sure(x.number) and sure(y.number) else 0.75))
    return out


def overlap(x: Number, y: Number) -> bool:
    """Whether two numbers may mean the same."""
    return x.least <= y.most and y.least <= x.most


def sure(x: Number) -> bool:
    """Whether a number is given exactly."""
    return x.least == x.most


def single(claims: list[Claim]) -> bool:
    """Whether an account gives one number of the thing, and not several."""
    return all(overlap(claims[0].number, c.number) for c in claims[1:])


def one_thing(x: Claim, y: Claim, chance: bool = False) -> bool:
    """Whether two numbers count the same thing: a rare noun in one moment, or a common one told of in the same
    words; a measure only beside the same words, for most measure different things. `chance`: they might be equal by
    chance."""
    noun = x.number.thing
    if replies(x, y) or noun == "times":
        return True
    if noun in MEASURES:
        return len(x.beside & y.beside) >= ALIKE
    shared = sum(weight(s) for s in x.around & y.around)
    plain = x.number.said.split()[-1]
    far = max(x.number.least, y.number.least) > FAR * min(x.number.most, y.number.most)
    loose = chance or far or plain in lists().generic or rarity(plain) <= COMMON
    return not loose or shared >= SHARED


def independent(a: Account, b: Account, known: Known) -> bool:
    """Whether two accounts are two tellings: different persons in different sources, neither a copy."""
    copied = set(known.copies)
    if copied.intersection(a.quotes) or copied.intersection(b.quotes):
        return False
    if a.person is None or b.person is None or a.source == b.source:
        return False
    return a.person.id != b.person.id


def relation(
    kind: Literal["agree", "differ"], a: Account, b: Account, x: Claim, y: Claim, confidence: float
) -> Relation:
    """A relation about a number."""
    return Relation(
        a=a.id,
        b=b.id,
        type=kind,
        about=about(x.number),
        values=(value(x.number), value(y.number)),
        evidence=(x.evidence, y.evidence),
        confidence=confidence,
    )


def about(n: Number) -> str:
    """What a number is the number of, as a topic: "number of takes", "length of time", "number of times"."""
    if n.thing in {LENGTH, "times"}:
        return n.thing if n.thing == LENGTH else "number of times"
    return f"number of {'people' if n.thing == 'people' else n.said.split()[-1]}"


def value(n: Number) -> str:
    """A number as it is shown beside another: figures where it is exact, else the words as said."""
    if n.thing == LENGTH:
        return n.said
    if sure(n):
        return f"{n.least:,.0f}" if n.least == int(n.least) else f"{n.least:g}"
    return n.said.rsplit(" ", 1)[0]
