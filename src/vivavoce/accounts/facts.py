"""What an account tells that is no number: on which day of the week, whose idea or decision it was, which of a kind
of things ("a gull", "a pigeon")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.claims import answers, stems
from vivavoce.accounts.particulars import PARTICULAR, one_anchor, particulars, same_time, stems_of
from vivavoce.accounts.words import akin, another_deed, deeds, lists, sentences, stem, weight
from vivavoce.model import Account, Evidence, Passage, Relation, folded

DAY = re.compile(
    r"(?:(?:^|(?<=[.!?]\s))(?=\w+day\b)|\b(?:[Oo]n|[Ii]t was|was|[Bb]y) (?:the |a |that )?|\b[Tt]he )"
    r"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!s\b)(?! (?:before|after|following))"
)
_NAME = r"(?:[A-Z][\w-]{1,24} ){0,2}[A-Z][\w-]{1,24}"
OWNER = re.compile(
    rf"\b(?:(?:[Ii]t|[Tt]hat|[Tt]his) was (?:really |all )?(?P<own>my own|my|mine|{_NAME}['’]s?)"
    r"(?: (?P<what>idea|decision|suggestion|invention|doing))?(?=\W| that\b| to\b)"
    rf"|(?P<mine>[Mm]y|{_NAME}['’]s) (?P<what2>idea|decision|suggestion)\b)"
)
WHOSE = re.compile(r"\b(?:whose|who (?:had|has|made|took)(?: the)?) (?P<what>idea|decision|suggestion)\b", re.I)
INTRODUCED = re.compile(
    r"\b(?:(?P<sure>(?:(?:it|that) was|it['’]s)\s+(?:(?:an?|the|his|her|my|our|their)\s+)?)"
    r"|an?\s+(?:little\s+|big\s+)?|some\s+|of\s+(?:dried\s+|wet\s+|raw\s+)?|with\s+)"
    r"(?P<what>[a-z]{3,14})\b",
    re.I,
)
SAME = 0.6  # weight of the telling words that two sentences or questions share when they tell of one thing
MUCH = 0.6  # share of what the shorter of two sentences tells that both tell, where an article tells one
DENIED = re.compile(r"\b(?:not|never|no|isn['’]t|wasn['’]t|like|than|as)\W*$", re.I)

MAYBE = re.compile(r"\b(?:may|might|could|would|if|every|says?|said|tells?|told)\b", re.I)


class Fact(NamedTuple):
    """What an account says of a topic: `value` is compared, `said` is shown; `near`: the telling stems around it, of
    the question too; `around`: those of its sentence alone; `deeds`: its verbs; `sure`: an account that says so names
    what it is, and does not only mention it; `report`: an article tells it."""

    topic: str
    value: str
    said: str
    evidence: Evidence
    near: frozenset[str]
    sure: bool
    around: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    report: bool = False


def facts(account: Account, passages: list[Passage]) -> list[Fact]:
    """What an account tells of each topic, once each: what is told in two ways is left out."""
    found: dict[str, list[Fact]] = {}
    for p in passages:
        for answer in answers(p):
            text = p.text[answer.start : answer.end]
            before = answer.question
            for a, b in sentences(text, 0, len(text)):
                near = stems(text[a:b]) | stems(before) | stems(answer.question)
                before = text[a:b]
                around = stems(before)
                for topic, value, m, sure in told(text, a, b, answer.question, account):
                    evidence = where.own(p, answer.start + m.start(), answer.start + m.end())
                    said = m["what"] if topic.startswith("which") else m[0]
                    found.setdefault(topic, []).append(
                        Fact(topic, value, said, evidence, near, sure, around, deeds(text[a:b]), bool(p.heading))
                    )
    return [only for given in found.values() if (only := one_of(given))]


def one_of(given: list[Fact]) -> Fact | None:
    """The fact of several on one topic: the one that is sure, or the only one; None where they contradict."""
    best = [f for f in given if f.sure] or given
    return best[0] if len({f.value for f in best}) == 1 else None


Found = tuple[str, str, re.Match[str], bool]


def told(text: str, start: int, end: int, question: str, account: Account) -> Iterator[Found]:
    """(topic, value, place, whether it is sure) of each fact of a sentence."""
    for m in DAY.finditer(text, start, end):
        if MAYBE.search(text[start : m.start()]):
            continue
        yield "day of the week", m["day"].casefold(), m, m[0].casefold().startswith(("it was", "was"))
    for m in OWNER.finditer(text, start, end):
        whose = WHOSE.search(question)
        what = m["what"] or m["what2"] or (whose["what"] if whose else "")
        owner = owner_of(m["own"] or m["mine"], account)
        if what and owner and not DENIED.search(text[start : m.start()]):
            yield f"whose {what.casefold()}", owner, m, True
    for m in INTRODUCED.finditer(text, start, end):
        kind = kinds().get(stem(m["what"].casefold()))
        before = text[start : m.start()]
        if kind and not DENIED.search(before) and not MAYBE.search(before):
            yield f"which {kind}", stem(m["what"].casefold()), m, m["sure"] is not None or m.start() == start
    for topic, value, m, sure in particulars(text, start, end, question, account):
        before = text[start : m.start()]
        if not DENIED.search(before) and not MAYBE.search(before):
            yield topic, value, m, sure


def owner_of(said: str, account: Account) -> str:
    """Who is meant: the teller by "my", else the name without its ending."""
    if said.casefold() in {"my", "my own", "mine"}:
        return folded(account.person.name) if account.person else ""
    return folded(re.sub(r"['’]s?$", "", said))


@cache
def kinds() -> dict[str, str]:
    """Stem of a thing -> the kind of things that it is."""
    return {stem(word): kind for kind, listed in lists().kinds.items() for word in listed}


def facts_related(a: Account, b: Account, ours: list[Fact], theirs: list[Fact], apart: bool) -> Iterator[Relation]:
    """How two accounts tell the facts that both have; `apart`: they are two tellings, and may agree."""
    for x in ours:
        for y in theirs:
            if x.topic != y.topic or not one_matter(x, y):
                continue
            same = named_alike(x, y)
            if same and not (apart and x.topic != "day of the week"):
                continue
            yield Relation(
                a=a.id,
                b=b.id,
                type="agree" if same else "differ",
                about=x.topic,
                values=(x.said, y.said),
                evidence=(x.evidence, y.evidence),
                confidence=0.7,
            )


def same_particular(x: Fact, y: Fact) -> bool:
    """Whether two particulars are of one thing: told in the same words, beside the values themselves, and not of two
    deeds; where who did it was asked, the question's words count."""
    if x.topic.startswith("how long") and not one_anchor(x.said, y.said):
        return False
    asked = x.topic.startswith("who ") and not x.topic.startswith("who was")
    both = (x.near & y.near) if asked else (x.around & y.around)
    shared = both - stems_of(x.value) - stems_of(y.value)
    if (x.report or y.report) and akin(x.around, y.around) < MUCH:
        return False
    return sum(weight(s) for s in shared) >= SAME and (asked or not another_deed(x.deeds, y.deeds))


def named_alike(x: Fact, y: Fact) -> bool:
    """Whether two facts are the same: for owners, one name may be a part of the other."""
    if x.value == y.value:
        return True
    if x.topic.startswith("how long"):
        return same_time(x.value, y.value)
    return x.topic.startswith("who") and bool(set(x.value.split()) & set(y.value.split()))


def one_matter(x: Fact, y: Fact) -> bool:
    """Whether two facts are of one thing: told in the same words, which the values themselves are not; or one speaks
    of what the other says."""
    alike = akin(x.around - {x.value}, y.around - {y.value}) >= MUCH and not another_deed(x.deeds, y.deeds)
    if (x.report or y.report) and not alike:
        return False
    if x.topic in PARTICULAR or x.topic.startswith(("who ", "how long")):
        return same_particular(x, y)
    if x.topic.startswith("which") and x.sure and y.sure and not (x.report or y.report):
        return True
    if x.topic.startswith("whose") or (x.value != y.value and (y.value in x.near or x.value in y.near)):
        return True
    shared = {s for s in x.near & y.near if s not in (x.value, y.value)}
    return sum(weight(s) for s in shared) >= SAME
