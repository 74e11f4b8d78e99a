"""Where two accounts count the same thing: alike, or not."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import Literal

from vivavoce.accounts.answers import HUMANS
from vivavoce.accounts.claims import PERSONS, Claim, Claims
from vivavoce.accounts.numbers import AGE, LENGTH, MEASURES, MONEY, PEOPLE, UNSAID, Number
from vivavoce.accounts.particulars import stems_of
from vivavoce.accounts.timing import fits
from vivavoce.accounts.words import akin, lists, one_scene, rarity, stem, telling, weight
from vivavoce.model import Account, Relation, folded

PAST = frozenset(["came", "left", "stood", "ran", "fell", "sat", "gave", "took", "saw", "knew"])  # that end not in -ed
NO_PAST = frozenset(["hundred", "biped", "quadruped", "moped"])
COMMON = 0.3  # weight up to which a noun is common: many facts have a number of it
NEXT = 60  # characters between two turns that follow one another: a label, a stamp
FAR = 5  # times as many: rather a number of something else
CROWD = 20  # from which those who tell and others are one crowd
CLOSE = 1.25  # times as long, up to which two lengths are one to who remembers them
VERY_FAR = 20  # the same where both say little else
MOST = 4  # places of one number that are looked at
FEW = 10  # a number under which two facts may have the same by chance
SHARED_TIMES = 0.3  # the same when they tell how often
SAID_BESIDE = 0.5  # the same from which a sentence tells something beside a sum of money
SHARED = 0.8  # weight of the telling words that two sentences share when they count the same thing
MUCH = 0.16  # share of what the shorter of two sentences tells that both tell, for each that an article tells
DONE = 0.25  # weight of the words that two sentences share when as many people did the same
SCENE = 0.9  # the same of all that two accounts tell, when they tell of one scene
SCENE_REPORT = 1.5  # where an article tells one
LOOSE = 1.7  # how many times the least the most is in "about twenty"
ROUNDED = 0.04  # part that a number of whole tens may be off
CALENDAR = frozenset(["year", "month", "season", "week", "day", "night", "times"])
SAYING = 1.05  # the same where a thing is counted
BARE = 0.7  # weight up to which a clause says little
ALIKE = 3  # how many of them two measures of the same thing have in common


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
    apart: bool,
) -> list[Relation]:
    """Where two accounts count the same thing: alike, or not. `apart`: they are two tellings, and may agree."""
    out = []
    for key, mine, yours in paired(ours, theirs):
        same = [(x, y) for x in mine for y in yours if overlap(x.number, y.number)]
        x, y = same[0] if same else best(mine, yours)
        if key[0] == AGE and not one_persons(x, y, a, b):
            continue
        if not one_thing(x, y, chance=bool(same) and x.number.most < FEW) or (not same and apart_by_words(x, y)):
            continue
        agreed = as_exact(x.number, y.number) or (x.asked and y.asked)
        if same and apart and agreed and not (from_them(x, b) or from_them(y, a)):
            out.append(relation("agree", a, b, x, y, 0.8))
        elif not same and alone(x, mine, y) and alone(y, yours, x) and one_time(x, y) and not one_or_two(x, y):
            out.append(relation("differ", a, b, x, y, 0.9 if sure(x.number) and sure(y.number) else 0.75))
    return out


def apart_by_words(x: Claim, y: Claim) -> bool:
    """Whether two numbers are told of two things: of a part and the whole, of the beginning and the end; or
    in answer to questions after two things, of neither of which the other tells."""
    if {x.stage, y.stage} in ({"then", "whole"}, {"begin", "end"}):
        return True
    if "part" in (x.stage, y.stage) and x.stage != y.stage:
        part, whole = (x, y) if x.stage == "part" else (y, x)
        if part.number.most < whole.number.least:
            return True
    if x.total and y.total and not x.clause & y.clause and of_another(x, y) and of_another(y, x):
        return True
    if not (x.asked and y.asked) or told_both(x.question, y.question):
        return False
    return bool(topics(x) - y.scene) and bool(topics(y) - x.scene)


def of_another(x: Claim, y: Claim) -> bool:
    """Whether a clause says where or what of the number was, and the other account tells nothing of that."""
    return any(weight(s) >= COMMON and s not in y.scene for s in x.clause)


def topics(x: Claim) -> frozenset[str]:
    """The stems of what a question is about."""
    return frozenset(s for s in x.question if weight(s) >= COMMON)


def best(mine: list[Claim], yours: list[Claim]) -> tuple[Claim, Claim]:
    """Of the places where two accounts give their numbers of a thing those that are plainly of one; else the first."""
    pairs = [(x, y) for x in mine[:MOST] for y in yours[:MOST]]
    pairs.sort(key=lambda pair: -fsum(weight(s) for s in pair[0].clause & pair[1].clause))
    pairs.sort(key=lambda pair: not (pair[0].total and pair[1].total))
    pairs.sort(key=lambda pair: pair[0].number.said.split()[-1] != pair[1].number.said.split()[-1])
    return next((pair for pair in pairs if one_thing(*pair)), (mine[0], yours[0]))


def one_or_two(x: Claim, y: Claim) -> bool:
    """Whether one tells of one and the other of two of a thing, in other words: it may be any two facts."""
    few = x.number.thing != "times" and max(x.number.most, y.number.most) <= 2
    return few and told_both(x.around, y.around) < SHARED


def from_them(x: Claim, teller: Account) -> bool:
    """Whether an article counts in a sentence that is of the other teller, or comes after one: it may have the number
    from them."""
    named = folded(teller.person.name) if teller.person else ""
    return x.report and any(stem(part) in x.wide | x.scene for part in named.split())


def paired(ours: Claims, theirs: Claims) -> Iterator[tuple[tuple[str, tuple[str, ...]], list[Claim], list[Claim]]]:
    """The claims of one thing, by thing; what a question did not name ("How many was it?") may be anything that the
    other was asked the number of."""
    for key in sorted(ours.keys() & theirs.keys()):
        yield key, ours[key], theirs[key]
    yield from narrowed(ours, theirs)
    unsaid = (UNSAID, ())
    for key in sorted((ours.keys() ^ theirs.keys()) - {unsaid}):
        if key[0] in {LENGTH, AGE, "times"}:
            continue
        mine, yours = ours.get(key) or ours.get(unsaid), theirs.get(key) or theirs.get(unsaid)
        if mine and yours and mine[0].asked and yours[0].asked:
            yield key, mine, yours


def narrowed(ours: Claims, theirs: Claims) -> Iterator[tuple[tuple[str, tuple[str, ...]], list[Claim], list[Claim]]]:
    """The claims of one thing that only one of two narrows: "tongue depressors" and "depressors", where the other
    speaks of what narrows them."""
    mine, yours = ({key[0]: key for key in claims} for claims in (ours, theirs))
    for thing in sorted(mine.keys() & yours.keys() - {LENGTH, AGE, PEOPLE, "times"} - MEASURES):
        a, b = mine[thing], yours[thing]
        alone = all(sum(key[0] == thing for key in claims) == 1 for claims in (ours, theirs))
        if alone and a != b and not (a[1] and b[1]):
            plain, other = (ours[a], b[1]) if not a[1] else (theirs[b], a[1])
            if set(other) <= plain[0].scene:
                yield (thing, ()), ours[a], theirs[b]


def one_persons(x: Claim, y: Claim, a: Account, b: Account) -> bool:
    """Whether two ages are of one person: one says "I", and to the other, in one talk or in a talk of that person, it
    is "he" or "she"."""
    if a.person == b.person or (x.whom == "i") == (y.whom == "i"):
        return False
    who, other = (a.person, y) if x.whom == "i" else (b.person, x)
    named = who is not None and any(stem(part) in other.wide for part in folded(who.name).split())
    return a.source == b.source or named


def far_apart(x: Number, y: Number, times: float = FAR) -> bool:
    """Whether one number is so many times the other that it rather counts something else."""
    return max(x.least, y.least) > times * min(x.most, y.most)


def overlap(x: Number, y: Number) -> bool:
    """Whether two numbers may mean the same; a round one may stand for one near it: sixty for sixty-two."""
    near = ROUNDED if (is_round(x) or is_round(y)) else 0.0
    return x.least * (1 - near) <= y.most and y.least * (1 - near) <= x.most


def is_round(x: Number) -> bool:
    """Whether a number is a count of whole tens, of fifties where it is large, as those are told who do not count."""
    return x.thing != LENGTH and x.least == x.most >= 30 and x.least % (10 if x.least < 200 else 50) == 0


def sure(x: Number) -> bool:
    """Whether a number is given exactly."""
    return x.least == x.most


def as_exact(x: Number, y: Number) -> bool:
    """Whether two numbers are the same as told: at least one is exact, or both are as round: "four thousand"."""
    if max(x.most, y.most) > LOOSE * max(1.0, min(x.least, y.least)):
        return False
    return sure(x) or sure(y) or (x.least, x.most) == (y.least, y.most)


def one_time(x: Claim, y: Claim) -> bool:
    """Whether two numbers may be of one time: not where both are dated, and the dates do not fit together."""
    return not (x.days and y.days) or any(fits(a, b) for a in x.days for b in y.days)


def single(claims: list[Claim]) -> bool:
    """Whether an account gives one number of the thing, and not several."""
    return all(overlap(claims[0].number, c.number) for c in claims[1:])


def of_people(x: Claim) -> bool:
    """Whether a number counts people, by whatever noun."""
    return x.number.thing == PEOPLE or x.number.said.split()[-1] in PERSONS


def alone(x: Claim, mine: list[Claim], y: Claim) -> bool:
    """Whether an account gives one number of the thing, or this is the only one of people of that name, or the only one
    that says how many there were; and none is what the other gives."""
    if single(mine):
        return True
    both = x.clause & y.clause
    if fsum(weight(s) for s in both) >= COMMON and not any(c is not x and c.clause & both for c in mine):
        return not any(overlap(c.number, y.number) for c in mine)  # the only one of that deed
    if not of_people(x) or any(overlap(c.number, y.number) for c in mine):
        return False
    like = [c for c in mine if c.number.said.split()[-1] == x.number.said.split()[-1]]
    all_ = [c for c in mine if c.total]
    named = x.number.said.split()[-1] == y.number.said.split()[-1] and single(like)
    return named or (x.total and y.total and single(all_))


def two_groups(x: Claim, y: Claim) -> bool:
    """Whether a few are counted, in one account those who tell, in the other some: "eight of us", "eleven men"."""
    nouns = {n.number.said.split()[-1] for n in (x, y)}
    if not (of_people(x) and of_people(y)) or len(nouns) < 2 or not nouns & {"us", "you"} or nouns & {"people", "folk"}:
        return False
    return min(x.number.most, y.number.most) < CROWD and not (x.total and y.total)


def one_thing(x: Claim, y: Claim, chance: bool = False) -> bool:
    """Whether two numbers count the same thing: a noun that is counted seldom, in one scene, or a common one told of in
    the same words; a measure only beside the same words, for most measure different things, or where both are asked
    for. `chance`: they might be equal by chance."""
    noun = x.number.thing
    if two_groups(x, y):
        return False
    if replies(x, y) or the_only(x, y):
        return True
    if noun == AGE:
        return x.whom == "i" or y.whom == "i"
    if noun == LENGTH:
        return one_length(x, y)
    if noun in MONEY:
        return one_sum(x, y)
    shared = told_both(x.wide, y.wide)
    if noun == "times":
        return (x.asked and y.asked) or (shared >= SHARED_TIMES and told_alike(x, y))
    if noun in MEASURES:
        beside = x.beside & y.beside
        return len(beside) >= ALIKE and any(telling(w) for w in beside) and told_alike(x, y)
    if x.asked and y.asked:
        return True
    if far_apart(x.number, y.number):
        return told_both(x.around, y.around) >= SHARED and told_alike(x, y)
    if not told_alike(x, y) and ((x.report and y.report) or noun == PEOPLE or not in_one_scene(x, y)):
        return False
    plain = x.number.said.split()[-1]
    if of_people(x) and of_people(y) and x.total and y.total and not (x.report or y.report):
        return in_one_scene(x, y)
    if noun == PEOPLE or {plain, plain + "s"} & lists().generic:
        return shared >= SHARED or (told_both(x.around, y.around) >= DONE and in_one_scene(x, y))
    if chance or rarity(plural(plain)) <= COMMON:
        return shared >= SHARED or in_one_scene(x, y)
    return True


def the_only(x: Claim, y: Claim) -> bool:
    """Whether two numbers, each in a clause that says little else, are of what the one scene is about that both tell:
    "Forty feet.", "He fell sixty feet, and never made a sound." """
    if x.report or y.report or x.number.thing in CALENDAR:
        return False  # years are mostly of somebody's life
    measured = x.number.thing in MEASURES or bool(
        {n.number.said.split()[-1] for n in (x, y)} & (lists().generic | HUMANS)
    )
    if not (terse(x, measured) and terse(y, measured)):
        return False
    if far_apart(x.number, y.number, FAR if measured else VERY_FAR):
        return False
    if x.number.thing == LENGTH and not overlap(x.number, y.number) and not far_apart(x.number, y.number, CLOSE):
        return False  # nobody had a watch
    return in_one_scene(x, y)


def terse(x: Claim, measured: bool) -> bool:
    """Whether the clause of a number says little beside it; a little more where what is counted is a thing."""
    return not x.relative and fsum(weight(s) for s in x.clause) <= (BARE if measured else SAYING)


def plural(word: str) -> str:
    """A noun as it stands where several are counted: "take" in "one take" is as rare as "takes"."""
    return word if word.endswith("s") or word in lists().plurals else word + "s"


def done(word: str) -> bool:
    """Whether what was asked the number of is no noun but what they did: "How many walked out?"."""
    return word in PAST or (len(word) > 4 and word.endswith("ed") and word[-3] != "e" and word not in NO_PAST)


def in_one_scene(x: Claim, y: Claim) -> bool:
    """Whether all that is told beside two numbers tells of one scene."""
    things = {x.number.thing, y.number.thing}
    if x.report or y.report:
        return told_both(x.scene - things, y.scene - things) >= SCENE_REPORT
    return one_scene(x.scene - things, y.scene - things, SCENE)


def told_both(a: frozenset[str], b: frozenset[str]) -> float:
    """The weight of the telling words that both tell."""
    return fsum(weight(s) for s in a & b)


def one_length(x: Claim, y: Claim) -> bool:
    """Whether two lengths of time are of one thing: asked for, or said alone, or told in the same words."""
    shared = told_both(x.wide, y.wide)
    if x.asked and y.asked:
        return True
    if (x.asked and y.lasted) or (x.lasted and y.asked):
        return in_one_scene(x, y) and not far_apart(x.number, y.number)
    if x.asked or y.asked:
        return shared >= SHARED or (x.alone and y.alone and not far_apart(x.number, y.number))
    if x.alone and y.alone and not (x.report or y.report or far_apart(x.number, y.number)):
        return True
    if x.lasted and y.lasted and not far_apart(x.number, y.number):
        return in_one_scene(x, y)
    if x.state and x.state == y.state and not far_apart(x.number, y.number):
        return in_one_scene(x, y)
    if not told_alike(x, y):
        return False
    if sure(x.number) and x.number.least == y.number.least and shared >= SHARED:
        return True
    beside = x.beside & y.beside
    return len(beside) >= ALIKE and any(telling(w) for w in beside)


def one_sum(x: Claim, y: Claim) -> bool:
    """Whether two sums of money are of one thing."""
    if x.report or y.report or far_apart(x.number, y.number):
        return False
    shared = told_both(x.wide, y.wide)
    if (x.paid or y.paid) and of_another(x, y) and of_another(y, x) and not x.clause & y.clause:
        return False
    if x.price and y.price and (shared or in_one_scene(x, y)):
        return True
    return shared >= SHARED and of_the(x, y) and of_the(y, x)


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
    if n.thing in {PEOPLE, "times"}:
        return f"number of {n.thing}"
    noun = n.said.split()[-1]
    if n.thing == UNSAID:
        return "number of them"
    return f"number of those who {noun}" if done(noun) else f"number of {plural(noun)}"


def value(n: Number) -> str:
    """A number as it is shown beside another: figures where it is exact, else the words as said."""
    if n.thing == LENGTH:
        return n.said
    if sure(n):
        return f"{n.least:,.0f}" if n.least == int(n.least) else f"{n.least:g}"
    return n.said.rsplit(" ", 1)[0]
