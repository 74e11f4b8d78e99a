"""What one account says was so and another says was not: "it was in the script", "that was not in the script"; "I asked
her", "he never asked me"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.words import irregular, lists, sentences, stem, telling, weight, words
from vivavoce.model import Account, Evidence, Passage, Relation

CLAUSE = re.compile(r"[,;:—–]\s|\s[—–-]\s|\b(?:and|but|because|so|until)\b", re.I)
WAS = re.compile(
    r"\b(?P<who>[\w’']+)\s(?P<was>was|were|wasn['’]t|weren['’]t)\s(?P<no>not|never|nowhere)?\s?(?P<what>\w+(?:\s\w+){0,3})"
    r"\s*[.,;!]?$",
    re.I,
)
_WHO = r"(?P<who>I|he|she|they|we|nobody|[A-Z]\w+)"
_WHOM = r" (?P<whom>me|him|her|them|us)(?: to| myself)?\s*[.,;!]?$"
NOT_DONE = re.compile(
    rf"(?:^|\s){_WHO} (?:did not|didn['’]t|never|['’]d not|had not|hadn['’]t) (?P<deed>[a-z]{{3,14}}){_WHOM}"
)
DONE = re.compile(rf"(?:^|\s){_WHO} (?:had |really |even )?(?P<deed>[a-z]{{3,14}}){_WHOM}")
COMMON = frozenset(
    stem(w)
    for w in [
        "go",
        "come",
        "say",
        "know",
        "see",
        "have",
        "get",
        "think",
        "want",
        "hear",
        "look",
        "like",
        "find",
        "feel",
        "make",
        "take",
    ]
)
DEED = "deed:"  # begins what somebody did, and to how many
NOBODY = frozenset(["nobody", "none", "nothing"])
UNSURE = re.compile(r"\b(?:if|would|could|might|may|says?|said|tells?|told|think|thought|like|as)\b|\?", re.I)
LEAST = 0.35  # weight of the telling words of what is said and denied
FEW = 7  # words of a clause that says that something was done
LONGEST = 12  # words of a clause that says it


class Said(NamedTuple):
    """What an account says was so, or was not (`no`): the folded words, as said, and where."""

    what: str
    no: bool
    said: str
    evidence: Evidence


def said_so(passages: list[Passage]) -> list[Said]:
    """What is said to have been so, and not to have been so, in talk; an article tells what others say."""
    return [s for p in passages if not p.heading for s in in_passage(p)]


def in_passage(p: Passage) -> Iterator[Said]:
    """The same of one passage."""
    for a, b in sentences(p.text, 0, len(p.text)):
        if UNSURE.search(p.text[a:b]):
            continue
        cuts = [a, *(m.end() for m in CLAUSE.finditer(p.text, a, b)), b]
        for start, end in pairwise(cuts):
            clause = CLAUSE.sub("", p.text[start:end]).rstrip()
            m = WAS.search(clause) if len(clause.split()) <= LONGEST else None
            yield from done(p, clause, start)
            if m and tells(m["what"]):
                no = bool(m["no"]) or "n" in m["was"].casefold()[3:] or m["who"].casefold() in NOBODY
                at = start + p.text[start:end].find(m["who"])
                what = " ".join(m["what"].casefold().split())
                yield Said(what, no, m[0].strip(" .,;!"), where.own(p, at, start + len(clause)))


def done(p: Passage, clause: str, start: int) -> Iterator[Said]:
    """Whether a clause says, in few words, that somebody did something to somebody, or did not: "He did not ask me"."""
    if len(clause.split()) > FEW:
        return
    no = NOT_DONE.search(clause)
    m = no or DONE.search(clause)
    if m and stem(m["deed"]) not in COMMON and (no or m["deed"] in deeds_said(clause)):
        at = start + p.text[start:].find(m["who"])
        several = "several" if m["whom"] in {"them", "us"} else "one"
        denied = bool(no) or m["who"].casefold() in NOBODY
        yield Said(
            f"{DEED} {stem(m['deed'])} {several}", denied, m[0].strip(" .,;!"), where.own(p, at, start + len(clause))
        )


def deeds_said(clause: str) -> frozenset[str]:
    """The words of a clause that are verbs in the past."""
    return frozenset(w for w, _, _ in words(clause) if w.endswith("ed") or w in lists().verbs or w in irregular())


def tells(what: str) -> bool:
    """Whether what was so or not says something: "in the script", and not "there"."""
    found = [w for w, _, _ in words(what)]
    return found[0] not in lists().deny and sum(weight(stem(w)) for w in found if telling(w)) >= LEAST


def denial(a: Account, b: Account, ours: list[Said], theirs: list[Said]) -> Iterator[Relation]:
    """Where one account says what the other denies, once for each thing; nothing where one says both."""
    for what in dict.fromkeys(s.what for s in ours):
        mine, yours = [s for s in ours if s.what == what], [s for s in theirs if s.what == what]
        if len({s.no for s in mine}) == len({s.no for s in yours}) == 1 and mine[0].no != yours[0].no:
            x, y = mine[0], yours[0]
            about = "whether it was so" if what.startswith(DEED) else f"whether it was {what}"
            yield Relation(a.id, b.id, "differ", about, (x.said, y.said), (x.evidence, y.evidence), 0.7)
