"""The clauses of an account that tell a deed, a place or a being outright, and when two of them may be of one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import fsum
from typing import Literal, NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.claims import answers, scene_of, stems
from vivavoce.accounts.focus import focus
from vivavoce.accounts.frames import Frame, Noun, frames, lexicon, same_noun
from vivavoce.accounts.names import Who, one_person
from vivavoce.accounts.reported import anothers, asks, hearsay, supposed, told_by_another
from vivavoce.accounts.words import lists, one_scene, sentences, weight
from vivavoce.language.times import MONTHS
from vivavoce.model import Evidence, Passage

SCENE = 0.9  # weight of all that two tell of one scene
SCENE_REPORT = 1.5  # where an article tells it
TELLS = 0.3  # weight of a noun that says what a deed was done to
LIMITED = re.compile(
    r"\b(?:again|any more|anymore|any longer|no longer|not (?:just|only|even|yet|then|until|till|alone|always|at first)"
    r"|once more|at first|before (?:that|then)|after (?:that|then)|until|till|since|except|yet|so)\b",
    re.I,
)
WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:18|19|20)\d\d|the (?:first|second|third|next|last|following) "
    r"(?:year|time|day|night|week|one)|the (?:year|day|night|week) (?:after|before)|" + "|".join(MONTHS) + r")\b",
    re.I,
)
NO_MONTHS = frozenset(["march", "may", "august"])
DEFINITE = frozenset(["the", "our", "my", "their", "his", "her", "its", "that"])
PERSON = frozenset(["i", "he", "she", "we", "they"])


class Told(NamedTuple):
    """A clause of an account: the frame, where, who did it (an id, a folded name, "the vicar", a pronoun, "nobody"; ""
    where it is not known), what was asked, and with which verb, the telling stems of sentence and question, the verbs'
    days and years, the stems of all that is told beside it, which sentence of the answer it is in, and whether an
    article tells it."""

    frame: Frame
    evidence: Evidence
    who: str
    asked: str
    asked_verb: str
    near: frozenset[str]
    days: frozenset[str]
    scene: frozenset[str]
    nth: int
    report: bool
    limited: bool
    question: frozenset[str]
    teller: str = ""


def tells(who: Who, passages: list[Passage]) -> list[Told]:
    """The clauses of an account that tell a deed, a place or a being outright."""
    found: list[Told] = []
    scene = scene_of(passages)
    for p in passages:
        if p.heading and not p.person and p.quotes:
            continue  # quoted, and nobody knows whom
        beside = stems(f"{p.text} {p.around}") if p.heading else scene
        for answer in answers(p):
            text = p.text[answer.start : answer.end]
            wh, verb = focus(answer.question)
            question = stems(answer.question)
            for n, (a, b) in enumerate(sentences(text, 0, len(text))):
                if asks(text[a:b]):
                    continue
                for f in frames(text, a, b):
                    if not_own(text, a, b, f, article=bool(p.heading and not p.person)):
                        continue
                    found.append(
                        Told(
                            frame=f,
                            evidence=where.own(p, answer.start + f.start, answer.start + f.end),
                            who=doer(f.subject, who),
                            asked=wh if n < 2 else "",
                            asked_verb=verb,
                            near=stems(text[a:b]) | question,
                            days=times(text[a:b]),
                            scene=beside,
                            nth=n,
                            report=bool(p.heading),
                            limited=bool(LIMITED.search(text, f.start, f.end)),
                            question=question,
                            teller=who.teller(),
                        )
                    )
    return found


def not_own(text: str, a: int, b: int, f: Frame, article: bool) -> bool:
    """Whether a clause is another's, or only supposed."""
    before = text[a : f.start]
    return supposed(before + " ") or told_by_another(text[f.end : b]) or (hearsay if article else anothers)(before)


def times(sentence: str) -> frozenset[str]:
    """The days and years that a sentence names."""
    return frozenset(m[0].casefold() for m in WHEN.finditer(sentence) if m[0] not in NO_MONTHS)


def doer(subject: Noun | None, who: Who) -> str:
    """Who did it, as it is compared."""
    if subject is None:
        return ""
    if subject.kind == "pronoun":
        return who.teller() if subject.head in {"i", "me"} else subject.head
    if subject.kind == "name":
        return who.named(subject.said)
    return f"the {subject.head}" if subject.head in persons() else ""


@cache
def persons() -> frozenset[str]:
    """The stems of nouns that say what somebody is."""
    return frozenset(same_noun(w) for w in [*lexicon()["persons"], *lists().kinds["trade"]])


def met(ours: list[Told], theirs: list[Told]) -> Iterator[tuple[Told, Told]]:
    """The pairs of clauses that may be of one thing, in the order in which they are told: of one deed, or one of what
    the other says there was not."""
    by: dict[str, list[int]] = defaultdict(list)
    for n, y in enumerate(theirs):
        for key in keys(y):
            by[key].append(n)
    for x in ours:
        seen = sorted({n for key in keys(x) for n in by.get(key, ())})
        yield from ((x, theirs[n]) for n in seen if may_meet(x, theirs[n]))


def keys(x: Told) -> set[str]:
    """What a clause is looked up by: its deed, and the things that it says were there or not."""
    f = x.frame
    found = {f"verb {f.verb}"} if f.verb else set()
    if x.asked == "where" and x.nth == 0:
        found.add("asked where")
    nouns = [n for n in (f.subject, f.object) if n and n.kind == "thing"]
    nouns += list(lacking(f))
    found |= {f"thing {f.verb}"} if f.verb not in {"", "be", "exist"} else set()
    return found | {f"thing {s}" for n in nouns for s in n.stems}


def may_meet(x: Told, y: Told) -> bool:
    """Whether two clauses may be of one thing: told in one scene, of no two days."""
    if x.days and y.days and not x.days & y.days:
        return False
    if x.report or y.report:
        return told_both(x.scene, y.scene) >= SCENE_REPORT
    return one_scene(x.scene, y.scene, SCENE)


def told_both(a: frozenset[str], b: frozenset[str]) -> float:
    """The weight of the telling words that both tell."""
    return fsum(weight(s) for s in a & b)


def lacking(f: Frame) -> Iterator[Noun]:
    """What a deed was done without: "without a rail", "without a word of warning"."""
    for i, (p, n) in enumerate(f.rest):
        if p == "without":
            q, m = f.rest[i + 1] if i + 1 < len(f.rest) else ("", n)
            yield m if q == "of" else n


def countable(n: Noun) -> bool:
    """Whether there is such a thing or not, and not more or less of it."""
    return n.kind == "thing" and n.head not in masses() and n.head not in vague() and weight(n.head) >= TELLS


@cache
def masses() -> frozenset[str]:
    """The stems of what there may be more or less of."""
    return frozenset(same_noun(w) for w in lexicon()["mass"])


@cache
def vague() -> frozenset[str]:
    """The stems of nouns that say nothing by themselves."""
    return frozenset(same_noun(w) for w in lexicon()["vague"])


def strong(n: Noun | None) -> bool:
    """Whether a noun says what it is of."""
    return n is not None and n.kind in {"thing", "title"} and n.head not in vague() and weight(n.head) >= TELLS


def one_thing(x: Noun, y: Noun) -> bool:
    """Whether two nouns may be of one thing: the same noun, and nobody else's."""
    if x.kind != y.kind and "title" in (x.kind, y.kind):
        return False
    if x.head != y.head and not (x.kind == y.kind == "name" and one_person(x.head, y.head)):
        return False
    return not (x.det.endswith(("'s", "s'")) and y.det.endswith(("'s", "s'")) and x.det != y.det)


def one_object(x: Noun | None, y: Noun | None, a: Told, b: Told) -> bool:
    """Whether what two deeds were done to may be one."""
    if x is None or y is None:
        return x is y
    if x.kind == "pronoun" and y.kind == "pronoun":
        several = {"them", "us", "they", "we"}
        return x.head == y.head or (x.head in several) == (y.head in several)
    if "pronoun" in (x.kind, y.kind):
        other, its, told = (y, x, a) if x.kind == "pronoun" else (x, y, b)
        return its.head in {"it", "him", "her", "them", "that"} and other.head in told.near | told.scene
    return one_thing(x, y)


def one_doer(no: Told, yes: Told) -> bool:
    """Whether two may be one: nobody is anybody, and nobody says "he" of himself."""
    a, b = no.who, yes.who
    s, t = no.frame.subject, yes.frame.subject
    if a == "nobody":
        return strong(no.frame.object) and strong(yes.frame.object) and bool(b)
    if s and t and s.kind == t.kind == "thing":
        return s.head == t.head
    if not a or not b:
        return False
    if a in PERSON and b in PERSON:
        return a == b or {a, b} == {"we", "they"}
    if a in PERSON or b in PERSON:
        pronoun = a if a in PERSON else b
        return pronoun in {"he", "she"}
    return one_person(a, b)


def said(x: Told) -> str:
    """What is shown of a clause."""
    f = x.frame
    parts = [n for n in (f.subject, f.object, *(n for _, n in f.rest)) if n]
    return " ".join(n.said for n in parts[:2]) or f.verb


def one_subject(x: Noun | None, y: Noun | None) -> bool:
    """Whether what two judge may be one thing."""
    if x is None or y is None:
        return False
    if "pronoun" in (x.kind, y.kind):
        people = {"he", "she", "i", "we", "they", "you"}
        return (x.head in people) == (y.head in people) or x.kind != y.kind
    return one_thing(x, y)


Found = tuple[Literal["agree", "differ", "dispute"], str, tuple[str, str]]
