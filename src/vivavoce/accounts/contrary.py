"""Where two accounts say what cannot both be so, in whatever words: there was no such thing, nobody did it, and the
other tells of it; both say outright who it was, or what, and name another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from math import fsum
from typing import NamedTuple

from vivavoce.accounts.agents import shared_deeds
from vivavoce.accounts.asserted import PRONOUNS, Asserted, asserted, one_stem, tells_of
from vivavoce.accounts.claims import scene_of
from vivavoce.accounts.clauses import masses, vague
from vivavoce.accounts.frames import is_past, lexicon, same_noun, same_verb
from vivavoce.accounts.names import Who, one_person
from vivavoce.accounts.outright import ONE_AT_A_TIME, Named, said_outright
from vivavoce.accounts.words import telling, weight, words
from vivavoce.model import Account, Passage, Relation

TELLS = 0.3  # weight of a noun or verb that says by itself what is denied
NOBODY = 0.45  # the same of a verb of which it is told that nobody did it
LINK = 0.5  # weight of the words beside them that two clauses share which say outright who it was
BARELY = 1.3  # the same where one only says "It was Ann"
# The same of two things of one sort: told with one verb; one of them outright; neither.
SAME_DEED, MATTER, ALL = 0.75, 1.5, 99.0
BARE = 3  # words of an answer that is the thing itself
MOST = 120  # clauses of an account that are compared
_NOUN = r"(?P<what>(?:[\w'’-]+\s){0,2}?[\w'’-]+)(?:\s(?:at all|in it|on it|of it|or anything|there|whatever))?$"
# There was no such thing: "There was never any rail", "No band", "We'd no vote", "It wasn't any strike".
NOT_THERE = re.compile(
    r"(?:\bthere(?: (?:was|were|is|are)|['’]s)(?:(?:n['’]t| not| never)(?: been)?(?: an?| any| ever any)| no)"
    r"|^(?:and |but |oh |well )?(?:we|i)(?:['’]d| had| got) no"
    r"|^(?:oh |well )?no"
    r"|\bnot (?:by|from) any"
    r"|\b(?:it|that|this)(?:(?:['’]s| was| is)(?: not| never)| wasn['’]t| isn['’]t) (?:an?|any))\s" + _NOUN,
    re.I,
)
NOT_DONE = re.compile(
    r"\b(?:(?P<nobody>nobody|no one|none of (?:us|them))(?: (?:had|ever|even|else))*"
    r"|(?:never|(?:did|had|was|were)(?: not|n['’]t))(?: (?:ever|once|even|really))*)"
    r" (?P<deed>[a-z]+)\b",
    re.I,
)
# What was not done, though its verb stands there: "I nearly ran", "she was going to sing", "I liked her singing".
NOT_QUITE = re.compile(
    r"\b(?:nearly|almost|all but|about to|going to|meant to|wanted to|hoped to|lik(?:ed?|es)|lov(?:ed?|es)|hated?)\b",
    re.I,
)
WHOM = re.compile(r" (me|us|him|her|them|you)\b", re.I)
PASSIVE = re.compile(r"\b(?:was|were|been|wasn['’]t|weren['’]t)(?: not| never)? [a-z]+$", re.I)
THERE = re.compile(
    r"\bthere(?: (?:was|were)|['’]s)\b|\b(?:we|they|i|he|she|it)(?:['’]d| had| heard| saw| got)\b"
    r"|\b(?:it|that)(?:['’]s| was)\b",
    re.I,
)
COMMON = """
came went was had did got said knew thought could saw looked told asked took made gave put kept left found heard felt
wanted liked believed understood minded happened called named
"""
WHAT = re.compile(
    r"\b(?:it|that|they|this)(?:['’]s| was| were) (?:an?|the|some|my|his|her|their)?\s?((?:[\w’'-]+ ?){1,4})", re.I
)


class Denied(NamedTuple):
    """A clause that says that there was no such thing, or that a deed was not done: the stem of thing or deed; the
    stems of all its words (of a deed, of what else the clause tells); the noun or verb as said; whether it is a deed,
    whether nobody did it, and the pronoun to whom it was not done."""

    clause: Asserted
    stem: str
    stems: frozenset[str]
    said: str
    deed: bool
    nobody: bool = False
    whom: str = ""


Thing = tuple[Asserted, str, bool]
Found = tuple[str, Asserted, Asserted, float]


class Body(NamedTuple):
    """What an account asserts: what it denies; its clauses that tell something, by stem; those that say outright who it
    was; its things by sort, each with its clause and whether it says outright that it was that; the stems of all that
    it tells."""

    denied: tuple[Denied, ...] = ()
    by: Mapping[str, list[Asserted]] = {}
    named: tuple[Named, ...] = ()
    sorts: Mapping[str, list[Thing]] = {}
    scene: frozenset[str] = frozenset()


def body(who: Who, passages: list[Passage]) -> Body:
    """What an account asserts."""
    clauses = asserted(who, passages)[:MOST]
    by: dict[str, list[Asserted]] = defaultdict(list)
    for c in clauses:
        for s in c.clause | c.verbs if c.told and not (c.no or c.others) else ():
            by[s].append(c)
    return Body(
        denied=tuple(d for c in clauses if c.no and not (c.others or c.limited) if (d := lacking(c) or undone(c))),
        by=by,
        named=tuple(n for c in clauses if not (c.no or c.others) for n in said_outright(c, who)),
        sorts=by_sort(clauses),
        scene=scene_of(passages),
    )


def contrary(a: Account, b: Account, ours: Body, theirs: Body) -> Iterator[Relation]:
    """Where two accounts say what cannot both be so, once for each topic, the plainest first."""
    seen: set[str] = set()
    rows = [*denials(ours, theirs), *((t, y, x, p) for t, x, y, p in denials(theirs, ours))]
    rows += [*who_it_was(ours, theirs), *what_it_was(ours, theirs)]
    for topic, x, y, _ in sorted(rows, key=lambda r: (-r[3], r[1].evidence.start, r[2].evidence.start)):
        if topic not in seen and may_meet(x, y):
            seen.add(topic)
            yield Relation(a.id, b.id, "differ", topic, (x.said, y.said), (x.evidence, y.evidence), 0.6)


def may_meet(x: Asserted, y: Asserted) -> bool:
    """Whether two clauses may be of one thing: not of two days, not of two articles."""
    return not (x.days and y.days and not x.days & y.days) and not (x.report and y.report)


def told(stems: frozenset[str]) -> float:
    """What some words tell by their rarity."""
    return fsum(map(weight, stems))


# --- whether ------------------------------------------------------------------------------------------------


def denials(ours: Body, theirs: Body) -> Iterator[Found]:
    """What the first denies and the second tells, each with how plainly."""
    for d in ours.denied:
        for y in theirs.by.get(d.stem, ()):
            if d.deed and was_done(d, y):
                yield "whether it was so", d.clause, y, 0.8
            elif not d.deed and re.search(rf"\b{d.said}\b", y.said, re.I) and d.stems <= y.wide:
                yield f"whether there was {d.said}", d.clause, y, 1.0 + bool(THERE.search(y.said)) - 0.5 * y.timed


def lacking(x: Asserted) -> Denied | None:
    """The thing of which a clause says that there was none, or that it was none."""
    m = NOT_THERE.search(x.said.rstrip(". "))
    if not m or x.timed:
        return None
    said = [w for w, _, _ in words(m["what"])]
    head = one_stem(said[-1])
    if not head or weight(head) < TELLS or head in vague() | masses() or is_past(said[-1]):
        return None
    return Denied(x, head, frozenset(s for w in said if (s := one_stem(w))), said[-1], deed=False)


def undone(x: Asserted) -> Denied | None:
    """The deed that a clause denies; what was not done to somebody is told of him, and not of who did it."""
    m = NOT_DONE.search(x.said)
    verb = m["deed"].casefold() if m else ""
    if not m or not telling(verb) or verb in lexicon()["adverbs"]:
        return None
    passive = PASSIVE.search(x.said, 0, m.end()) and not verb.endswith("ing") and not m["nobody"]
    deed = same_verb(verb)
    if passive or deed in common() or weight(deed) < (NOBODY if m["nobody"] else TELLS):
        return None
    whom = WHOM.match(x.said, m.end())
    rest = x.clause - {deed, one_stem(verb)}
    return Denied(x, deed, rest, verb, True, bool(m["nobody"]), whom[1].casefold() if whom else "")


@cache
def common() -> frozenset[str]:
    """The stems of deeds that say little by themselves."""
    return frozenset(map(same_verb, COMMON.split()))


def was_done(d: Denied, y: Asserted) -> bool:
    """Whether a clause tells the deed that another denies, of one who may be the same."""
    if (d.whom and not re.search(rf"\b{d.whom}\b", y.said, re.I)) or NOT_QUITE.search(y.said):
        return False
    return d.stem in y.verbs and d.stems <= y.wide and (d.nobody or one_doer(d.clause.doer, y.doer))


def one_doer(no: str, yes: str) -> bool:
    """Whether he who did not do it and he who did may be one: "he" is anybody."""
    if not no or not yes:
        return False
    if no in PRONOUNS and yes in PRONOUNS:
        return no == yes or {no, yes} in ({"it", "she"}, {"we", "they"})
    return bool({no, yes} & {"he", "she"}) or one_person(no, yes)


# --- who, and what ------------------------------------------------------------------------------------------


def who_it_was(ours: Body, theirs: Body) -> Iterator[Found]:
    """Both say outright who it was, of one thing, and name two persons."""
    for x in ours.named:
        for y in theirs.named:
            p, q = plain(x.person), plain(y.person)
            if x.way == y.way == "bare" or one_person(p, q) or (of_one_deed_only(x, y) and x.deed != y.deed):
                continue
            both = told((x.clause.wide & y.clause.wide) - tells_of(f"{p} {q}"))
            alike = x.deed == y.deed != "" and x.deed not in common()
            if alike or both >= (BARELY if "bare" in (x.way, y.way) else LINK):
                deed = next((n.deed for n in (x, y) if n.way in {"did", "one", *ONE_AT_A_TIME}), "")
                yield f"who {deed}" if deed else "who it was", x.clause, y.clause, 0.7 + alike + both / 10


def plain(person: str) -> str:
    """A person without "the", an id in words."""
    return person.removeprefix("the ").replace("-", " ")


def of_one_deed_only(x: Named, y: Named) -> bool:
    """Whether two clauses are of one thing only where they have one name for it: an idea is no decision."""
    return x.way == y.way == "own" or x.way in ONE_AT_A_TIME or y.way in ONE_AT_A_TIME


def what_it_was(ours: Body, theirs: Body) -> Iterator[Found]:
    """Both say outright what it was, and name two things of one sort; or they share their words, and each tells of one
    such thing."""
    for sort in sorted(ours.sorts.keys() & theirs.sorts.keys()):
        a, b = ours.sorts[sort], theirs.sorts[sort]
        mine, yours = {t for _, t, _ in a}, {t for _, t, _ in b}
        if len(mine) != 1 or len(yours) != 1 or mine == yours:
            continue
        x, _, outright = max(a, key=lambda row: row[2])
        y, _, also = max(b, key=lambda row: row[2])
        both = told((x.wide & y.wide) - mine - yours)
        if (outright and also) or both >= (SAME_DEED if one_deed(x, y) else MATTER if outright or also else ALL):
            yield f"which {sort}", x, y, 0.5


def one_deed(x: Asserted, y: Asserted) -> bool:
    """Whether two clauses tell of one deed that not everybody does, of one who may be the same."""
    known = x.doer and y.doer and not {x.doer, y.doer} & PRONOUNS
    if known and not one_person(x.doer, y.doer):
        return False
    return max(map(weight, (x.verbs & y.verbs) - common() - shared_deeds()), default=0.0) >= TELLS


def by_sort(clauses: list[Asserted]) -> dict[str, list[Thing]]:
    """The things that clauses tell of, by their sort."""
    found: dict[str, list[Thing]] = defaultdict(list)
    for c in clauses:
        if c.others:
            continue
        m = WHAT.search(c.said)
        stems = {s for w, _, _ in words(m[1]) for s in (one_stem(w), same_noun(w))} if m else set()
        for sort, thing in c.sorts.items():
            found[sort].append(
                (c, thing, thing in stems or (c.size <= BARE and c.nth == 0 and c.asked in {"what", "which"}))
            )
    return found
