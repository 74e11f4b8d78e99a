"""What one account says was so and another says was not: "it was in the script", "that was not in the script"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.reported import anothers, asks, supposed
from vivavoce.accounts.words import lists, sentences, stem, telling, weight, words
from vivavoce.model import Account, Evidence, Passage, Relation

CLAUSE = re.compile(r"[,;:—–]\s|\s[—–-]\s|\b(?:and|but|because|so|until)\b", re.I)
WAS = re.compile(
    r"\b(?P<who>[\w’']+)\s(?P<was>was|were|wasn['’]t|weren['’]t)\s(?P<no>not|never|nowhere)?\s?(?P<what>\w+(?:\s\w+){0,3})"
    r"\s*[.,;!]?$",
    re.I,
)
NOBODY = frozenset(["nobody", "none", "nothing"])
UNSURE = re.compile(r"\b(?:like|as)\b", re.I)
JUDGED = frozenset(
    ["fair", "unfair", "right", "wrong", "just", "unjust", "honest", "dishonest", "rigged", "stolen", "lawful"]
)
LEAST = 0.35  # weight of the telling words of what is said and denied
LONGEST = 12  # words of a clause that says it


class Said(NamedTuple):
    """What an account says was so, or was not (`no`): the folded words, as said, and where."""

    what: str
    no: bool
    said: str
    evidence: Evidence


def said_so(passages: list[Passage]) -> list[Said]:
    """What is said to have been so, and not to have been so, by who talks or is quoted; an article's own words tell
    what others say."""
    return [s for p in passages if not p.heading or (p.quotes and p.person) for s in in_passage(p)]


def in_passage(p: Passage) -> Iterator[Said]:
    """The same of one passage."""
    for a, b in sentences(p.text, 0, len(p.text)):
        if asks(p.text[a:b]) or supposed(p.text[a:b]) or UNSURE.search(p.text, a, b):
            continue
        cuts = [a, *(m.end() for m in CLAUSE.finditer(p.text, a, b)), b]
        for start, end in pairwise(cuts):
            clause = CLAUSE.sub("", p.text[start:end]).rstrip()
            m = WAS.search(clause) if len(clause.split()) <= LONGEST else None
            if m and tells(m["what"]) and not anothers(p.text[a : start + m.start()]):
                no = bool(m["no"]) or "n" in m["was"].casefold()[3:] or m["who"].casefold() in NOBODY
                at = start + p.text[start:end].find(m["who"])
                what = " ".join(m["what"].casefold().split())
                yield Said(what, no, m[0].strip(" .,;!"), where.own(p, at, start + len(clause)))


def tells(what: str) -> bool:
    """Whether what was so or not says something: "in the script", and not "there"."""
    found = [w for w, _, _ in words(what)]
    return found[0] not in lists().deny and sum(weight(stem(w)) for w in found if telling(w)) >= LEAST


def judged(what: str) -> bool:
    """Whether it is a judgement that one says and the other denies: "a fair count", "right"."""
    return not JUDGED.isdisjoint(what.split())


def apart_in_person(a: Account, b: Account) -> bool:
    """Whether two people speak, each known by name."""
    return a.person is not None and b.person is not None and a.person.id != b.person.id


def denial(a: Account, b: Account, ours: list[Said], theirs: list[Said], apart: bool) -> Iterator[Relation]:
    """Where one account says what the other denies, or both deny it, once for each thing; nothing where one says both.
    `apart`: they are two tellings, and may agree."""
    for what in dict.fromkeys(s.what for s in ours):
        mine, yours = [s for s in ours if s.what == what], [s for s in theirs if s.what == what]
        if len({s.no for s in mine}) == len({s.no for s in yours}) == 1:
            x, y = mine[0], yours[0]
            about, values, evidence = f"whether it was {what}", (x.said, y.said), (x.evidence, y.evidence)
            if x.no != y.no:
                kind: Literal["differ", "dispute"] = "dispute" if judged(what) and apart_in_person(a, b) else "differ"
                yield Relation(a.id, b.id, kind, about, values, evidence, 0.7)
            elif x.no and apart:
                yield Relation(a.id, b.id, "agree", about, values, evidence, 0.7)
