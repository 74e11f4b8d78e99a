"""How two accounts of a moment relate: they give different numbers of one thing, the same number, or speak against
each other. Precision before recall: a false contradiction is worse than a missed one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal, NamedTuple

from vivavoce.accounts.claims import Claim, Claims, claimed
from vivavoce.accounts.dated import Dated, date_relation, dated
from vivavoce.accounts.denied import Said, denial, said_so
from vivavoce.accounts.disputes import Sides, dispute, sides
from vivavoce.accounts.facts import Fact, facts, facts_related
from vivavoce.accounts.numbers import AGE, LENGTH, MEASURES, MONEY, PEOPLE, UNSAID, Number
from vivavoce.accounts.particulars import stems_of
from vivavoce.accounts.timing import fits
from vivavoce.accounts.words import akin, lists, rarity, stem, telling, weight
from vivavoce.model import Account, Known, Passage, Relation, folded

COMMON = 0.3  # weight up to which a noun is common: many facts have a number of it
NEXT = 60  # characters between two turns that follow one another: a label, a stamp
FAR = 5  # times as many: rather a number of something else
FEW = 10  # a number under which two facts may have the same by chance
SHARED_TIMES = 0.3  # the same when they tell how often
SAID_BESIDE = 0.5  # the same from which a sentence tells something beside a sum of money
SHARED = 0.8  # weight of the telling words that two sentences share when they count the same thing
MUCH = 0.16  # share of what the shorter of two sentences tells that both tell, for each that an article tells
ALIKE = 3  # how many of them two measures of the same thing have in common

Told = tuple[Account, list[Passage]]


class Ground(NamedTuple):
    """What an account can be compared by: its counts by thing, its dates, what it speaks for and against."""

    account: Account
    counts: Claims
    dates: list[Dated]
    facts: list[Fact]
    said: list[Said]
    sides: Sides


def relations(told: list[Told], known: Known) -> tuple[Relation, ...]:
    """The relations between the accounts of one moment, one for each pair and topic, in order of ids."""
    found: list[Relation] = []
    grounds = [Ground(a, claimed(ps), dated(ps), facts(a, ps), said_so(ps), sides(a, ps)) for a, ps in told]
    some = sorted((g for g in grounds if any(g[1:-1]) or any(g.sides)), key=lambda g: g.account.id)
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
        found += denial(a, b, x.said, y.said)
        found += facts_related(a, b, x.facts, y.facts, independent(a, b, known))
    contested = {r.about for r in found if r.type == "differ"}
    return tuple(r for r in found if r.type != "agree" or not r.about.startswith("which") or r.about in contested)


def replies(x: Claim, y: Claim) -> bool:
    """Whether one claim answers the other: in the next turn of the same talk, at once, with nothing else."""
    first, second = (x, y) if x.said_at < y.said_at else (y, x)
    near = 0 <= second.said_at[0] - first.said_at[1] <= NEXT
    return x.evidence.source == y.evidence.source and near and second.reply


def counts(
    a: Account,
    b: Account,
    ours: Claims,
    theirs: Claims,
    known: Known,
) -> list[Relation]:
    """Where two accounts count the same thing: alike, or not."""
    out = []
    for key, mine, yours in paired(ours, theirs):
        same = [(x, y) for x in mine for y in yours if overlap(x.number, y.number)]
        x, y = same[0] if same else (mine[0], yours[0])
        if key[0] == AGE and not one_persons(x, y, a, b):
            continue
        if not one_thing(x, y, chance=bool(same) and x.number.most < FEW):
            continue
        agreed = (sure(x.number) and sure(y.number)) or (x.asked and y.asked)
        if same and independent(a, b, known) and agreed:
            out.append(relation("agree", a, b, x, y, 0.8))
        elif not same and single(mine) and single(yours) and one_time(x, y):
            out.append(relation("differ", a, b, x, y, 0.9 if sure(x.number) and sure(y.number) else 0.75))
    return out


def paired(ours: Claims, theirs: Claims) -> Iterator[tuple[tuple[str, tuple[str, ...]], list[Claim], list[Claim]]]:
    """The claims of one thing, by thing; what a question did not name ("How many was it?") may be anything that the
    other was asked the number of."""
    for key in sorted(ours.keys() & theirs.keys()):
        yield key, ours[key], theirs[key]
    unsaid = (UNSAID, ())
    for key in sorted((ours.keys() ^ theirs.keys()) - {unsaid}):
        if key[0] in {LENGTH, AGE, "times"}:
            continue
        mine, yours = ours.get(key) or ours.get(unsaid), theirs.get(key) or theirs.get(unsaid)
        if mine and yours and mine[0].asked and yours[0].asked:
            yield key, mine, yours


def one_persons(x: Claim, y: Claim, a: Account, b: Account) -> bool:
    """Whether two ages are of one person: one says "I", and to the other, in one talk or in a talk of that person, it
    is "he" or "she"."""
    if a.person == b.person or (x.whom == "i") == (y.whom == "i"):
        return False
    who, other = (a.person, y) if x.whom == "i" else (b.person, x)
    named = who is not None and any(stem(part) in other.wide for part in folded(who.name).split())
    return a.source == b.source or named


def far_apart(x: Number, y: Number) -> bool:
    """Whether one number is so many times the other that it rather counts something else."""
    return max(x.least, y.least) > FAR * min(x.most, y.most)


def overlap(x: Number, y: Number) -> bool:
    """Whether two numbers may mean the same."""
    return x.least <= y.most and y.least <= x.most


def sure(x: Number) -> bool:
    """Whether a number is given exactly."""
    return x.least == x.most


def one_time(x: Claim, y: Claim) -> bool:
    """Whether two numbers may be of one time: not where both are dated, and the dates do not fit together."""
    return not (x.days and y.days) or any(fits(a, b) for a in x.days for b in y.days)


def single(claims: list[Claim]) -> bool:
    """Whether an account gives one number of the thing, and not several."""
    return all(overlap(claims[0].number, c.number) for c in claims[1:])


def one_thing(x: Claim, y: Claim, chance: bool = False) -> bool:
    """Whether two numbers count the same thing: a rare noun in one moment, or a common one told of in the same
    words; a measure only beside the same words, for most measure different things, or where both are asked for.
    `chance`: they might be equal by chance."""
    noun = x.number.thing
    shared = sum(weight(s) for s in x.wide & y.wide)
    if replies(x, y):
        return True
    if noun == "times":
        return (x.asked and y.asked) or (shared >= SHARED_TIMES and told_alike(x, y))
    if noun == AGE:
        return x.whom == "i" or y.whom == "i"
    if noun == LENGTH and (x.asked or y.asked):
        return (x.asked and y.asked) or shared >= SHARED
    if noun == LENGTH and x.alone and y.alone and not (x.report or y.report or far_apart(x.number, y.number)):
        return True
    if noun == LENGTH and not told_alike(x, y):
        return False
    if noun == LENGTH and sure(x.number) and x.number.least == y.number.least and shared >= SHARED:
        return True
    if noun in MONEY and not (x.report or y.report or far_apart(x.number, y.number)):
        return shared >= SHARED and of_the(x, y) and of_the(y, x)
    if noun in MEASURES:
        beside = x.beside & y.beside
        return len(beside) >= ALIKE and any(telling(w) for w in beside) and told_alike(x, y)
    if x.asked and y.asked:
        return True
    if far_apart(x.number, y.number):
        return sum(weight(s) for s in x.around & y.around) >= SHARED and told_alike(x, y)
    plain = x.number.said.split()[-1]
    loose = chance or noun == PEOPLE or plain in lists().generic or rarity(plain) <= COMMON
    return (not loose or shared >= SHARED) and told_alike(x, y)


def of_the(x: Claim, y: Claim) -> bool:
    """Whether the sentence of a sum of money tells of what the other does, or nothing beside the sum: "Six hundred
    dollars!", "It went for six hundred." """
    own = {s: weight(s) for s in x.around if s not in stems_of(x.number.said)}
    return sum(own.values()) < SAID_BESIDE or sum(w for s, w in own.items() if s in y.wide) >= SAID_BESIDE


def told_alike(x: Claim, y: Claim) -> bool:
    """Whether two sentences count in much the same words, where articles tell them: an article counts many things in
    one breath, and of its people now these and now those; who talks keeps to what was asked."""
    articles = x.report + y.report
    nouns = {n.number.said.split()[-1] for n in (x, y)}
    if articles == 2 and x.number.thing != y.number.thing and len(nouns) > 1:
        return False
    return not articles or max(akin(x.around, y.around), akin(x.wide, y.wide)) >= MUCH * articles


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
    """What a number is the number of, as a topic: "number of takes", "length of time", "sum of money"."""
    if n.thing in {LENGTH, AGE}:
        return n.thing
    if n.thing in MONEY:
        return "sum of money"
    return f"number of {n.thing if n.thing in {PEOPLE, 'times'} else n.said.split()[-1]}"


def value(n: Number) -> str:
    """A number as it is shown beside another: figures where it is exact, else the words as said."""
    if n.thing == LENGTH:
        return n.said
    if sure(n):
        return f"{n.least:,.0f}" if n.least == int(n.least) else f"{n.least:g}"
    return n.said.rsplit(" ", 1)[0]
