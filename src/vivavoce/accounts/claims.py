"""What an account counts: each number with its thing, its place, and the words that show what it is the number of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.answers import HUMANS, Asked, ages, asked, bare
from vivavoce.accounts.elided import elided, suggested
from vivavoce.accounts.numbers import AGE, LENGTH, MONEY, PEOPLE, Number, numbers
from vivavoce.accounts.reported import anothers, asks, supposed
from vivavoce.accounts.spells import spells
from vivavoce.accounts.words import sentences, stem, telling, words
from vivavoce.language.times import dates
from vivavoce.model import WORD, Evidence, Passage, Span

LONGEST_REPLY = 9  # words
BESIDE = 6  # words beside a measure that show what it is the measure of
PERSONS = HUMANS | {
    "members",
    "folk",
    "weans",
    "souls",
    "hands",
    "strikers",
    "workers",
    "guests",
    "visitors",
    "spectators",
}
# What may stand before and after a length of time that is the whole answer.
BEFORE = re.compile(
    r"(?:(?:it|that|(?:the|our|their) \w+) (?:was|lasted|took|ran(?: for)?|went on(?: for)?)"
    r"|(?:and|but|so|no|well|oh|about|nearly|almost|a good|all of|,|\s)+|\s)*",
    re.I,
)
AFTER = re.compile(
    r"\s*(?:[.,;!—–]|$|that was\b|it was\b|and \w+ (?:frames|tenths|seconds)\b|(?:we|they|he|she|i)\b)", re.I
)
PRICE = re.compile(
    r"\b(?:paid|pays?|cost|costs|fetched|(?:went|sold|go|bought \w+|got \w+|was ours|had \w+)"
    r"(?: to (?:an? |the )?\w+,?)? for|price(?: was)?|"
    r"knocked down (?:at|for|to))\W+(?:\w+\W+){0,2}$",
    re.I,
)
PAID = re.compile(
    r"\b(?:(?:gave|paid|handed) (?:me|us|him|her|them|(?:the|my|his|her|our) \w+)|(?:we|they|I|he|she) (?:all )?got)"
    r"\W+(?:\w+\W+){0,2}$",
    re.I,
)
LASTED = re.compile(
    r"\b(?:took|needed|lasted|ran(?: on)?(?: for)?|went on(?: for)?|burned(?: for)?|(?:over|late|short) by|"
    r"(?:home|back|over|out|done|there|finished|up|down) in|"
    r"(?:did|made|shot|recorded|built|wrote|filmed|cut|painted) (?:it|that|them|the \w+) in|"
    r"off(?: the air)?(?: for)?|"
    r"held (?:\w+ )?for|waited(?: for)?|silent for|kept us)\W+(?:\w+\W+){0,2}$",
    re.I,
)
# How somebody or something was for some time: "I was under for forty seconds".
STATE = re.compile(
    r"\b(?:was|were|been|stayed|lay|sat|stood|hung) (?:\w+ )?(\w+) for (?:about |nearly |over |all of )?$", re.I
)
# What stands before the number of all that there were.
TOTAL = re.compile(
    r"\b(?:there (?:was|were|would be|would have been|must have been|might have been|had been)"
    r"|there['’]d (?:be|been|have been)|(?:we|they)(?:['’]d| had| got| would have had)"
    r"|I(?:['’]d| should| would) say|I make it|it was|made it)"
    r"(?: (?:about|only|some|nearly|around|just|over|easily|maybe|perhaps|all of|a good|a full|there were))*\s$",
    re.I,
)
MARK = re.compile(r"[,;:—–.!?]+(?=\s|$)|\s(?:and|but|because|so|when|that|till|until)\s", re.I)
RELATIVE = re.compile(
    r"\W{0,2}(?:(?:later|after|before|ago|into|earlier|until|past|from|away|or two)\b|to (?:the )?"
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|hour)\b)",
    re.I,
)


class Claim(NamedTuple):
    """A number that an account gives: what, where, the telling stems of its sentence (`around`), also those of the
    sentence before and of the question (`wide`), the words right beside it, where its passage stands, whether a short
    first sentence says nothing else (`reply`), whether the question asks for it (`asked`), of whom an age is, whether
    an article tells it (`report`), the dates of its sentence or of the question (`days`), whether its clause says
    nothing else (`alone`): "Nine seconds.", "It was half a minute, whatever they say.", and the stems of all that is
    told beside it (`scene`), whether a sum is a price ("I paid forty pounds"), and whether a length is of what lasted
    ("It burned for an hour"), the stems of its clause (`clause`), whether it begins a time
    that is told from something else (`relative`), the stems of the question, and whether it is told of a part or of
    the whole, of the beginning or of the end (`stage`), whether it says how many there were (`total`), and the word
    of what somebody was so long ("under for ten seconds"), and whether a sum was paid to somebody (`paid`)."""

    number: Number
    evidence: Evidence
    around: frozenset[str]
    wide: frozenset[str]
    beside: frozenset[str]
    said_at: Span
    reply: bool = False
    asked: bool = False
    whom: str = ""
    report: bool = False
    days: frozenset[str] = frozenset()
    alone: bool = False
    scene: frozenset[str] = frozenset()
    price: bool = False
    lasted: bool = False
    clause: frozenset[str] = frozenset()
    relative: bool = False
    question: frozenset[str] = frozenset()
    stage: str = ""
    total: bool = False
    state: str = ""
    paid: bool = False


Claims = dict[tuple[str, tuple[str, ...]], list[Claim]]


class Answer(NamedTuple):
    """A stretch of a passage's text, and the question that it answers ("" where none is known)."""

    start: int
    end: int
    question: str


def answers(p: Passage) -> list[Answer]:
    """The stretches of a passage, each with the last question before it; an article's have none."""
    texts = []
    at = 0
    for a, b in p.about if not p.heading else ():
        texts.append((a, p.around[at : at + b - a]))
        at += b - a + 1
    found: list[Answer] = []
    offset = 0
    for a, b in p.spans:
        question = next((text for start, text in reversed(texts) if start < a), "")
        if found and found[-1].question == question:
            found[-1] = found[-1]._replace(end=offset + b - a)
        else:
            found.append(Answer(offset, offset + b - a, question))
        offset += b - a + 1
    return found


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems of the telling words of a text; sentences and questions are asked for by several kinds of claims."""
    return frozenset(s for w in WORD.findall(text) if (s := told_by(w)))


@lru_cache(maxsize=65536)
def told_by(word: str) -> str:
    """The stem of a word as it stands, without the possessive ending; "" where it tells nothing."""
    bare = word.casefold().replace("’", "'").removesuffix("'s")
    return stem(bare) if telling(bare) else ""


def claimed(passages: list[Passage]) -> Claims:
    """The numbers of an account by thing and what narrows it."""
    found: Claims = defaultdict(list)
    scene = scene_of(passages)
    for p in passages:
        for answer in answers(p):
            for claim in claims_in(p, answer):
                n = claim.number
                thing = PEOPLE if n.said.split()[-1] in PERSONS else n.thing
                beside = scene if not p.heading else stems(f"{p.text} {p.around}")
                found[thing, n.narrowed if thing != PEOPLE else ()].append(claim._replace(scene=beside))
    return {key: plain(claims) for key, claims in found.items()}


def scene_of(passages: list[Passage]) -> frozenset[str]:
    """The telling stems of all that an account tells and was asked; of an article's, of its words alone."""
    return frozenset().union(*(stems(f"{p.text} {'' if p.heading else p.around}") for p in passages))


def claims_in(p: Passage, answer: Answer) -> Iterator[Claim]:
    """The numbers of one answer."""
    text = p.text[answer.start : answer.end]
    what = asked(answer.question)
    if not what.thing and not p.heading:
        what = suggested(answer.question) or Asked()
    thing = what.thing
    first = bare(text, what) if thing and thing != LENGTH else None
    told = [(n, "") for n in numbers(text)] + list(ages(text)) + ([(first, "")] if first else [])
    long = {n.start for n in spells(text, asked_long=what.thing == LENGTH)}
    told = [row for row in told if row[0].start not in long]
    told += [(n, "") for n in spells(text, asked_long=what.thing == LENGTH)]
    told += [(n, "") for n in elided(text, [n for n, _ in told], answer.question)]
    spans = sentences(text, 0, len(text)) if told else []
    asked_days = frozenset(d.day for d in dates(answer.question) if d.day)
    for n, whom in told:
        at = next((i for i, s in enumerate(spans) if s[0] <= n.start < s[1]), 0)
        a, b = spans[at]
        before_it = text[a : n.start]
        if supposed(before_it) or asks(text[a:b]) or (anothers(before_it) and not p.heading):
            continue
        before = text[slice(*spans[at - 1])] if at else ""
        own = stems(text[a:b]) - {n.thing}
        yield Claim(
            number=n,
            evidence=where.own(p, answer.start + n.start, answer.start + n.end),
            around=own,
            wide=own | stems(before) | (stems(answer.question) - {n.thing}),
            beside=neighbours(text[a : n.start]) | neighbours(text[n.end : b], after=True),
            said_at=(p.spans[0][0], p.spans[-1][1]),
            reply=at == 0 and answer.start == 0 and len(text[:b].split()) <= LONGEST_REPLY and not relative(text, n),
            asked=thing == n.thing and at < 2 and not relative(text, n),
            whom=whom,
            report=bool(p.heading),
            days=frozenset(d.day for d in dates(text[a:b]) if d.day) or asked_days,
            alone=n.start in long
            or (bool(BEFORE.fullmatch(text, a, n.start) and AFTER.match(text, n.end)) and not relative(text, n)),
            lasted=n.thing == LENGTH and bool(LASTED.search(before_it)) and not relative(text, n),
            paid=bool(PAID.search(before_it)),
            price=bool(PRICE.search(before_it) or PAID.search(before_it)) or not own - stems(n.said),
            relative=relative(text, n),
            state=(m[1].casefold() if (m := STATE.search(before_it)) else ""),
            total=bool(TOTAL.search(before_it)),
            question=stems(answer.question) - {n.thing},
            stage=stage(text[a:b], answer.question if at < 2 else ""),
            clause=clause_of(text, a, b, n) - {n.thing},
        )


STAGES = {
    "whole": r"altogether|in all\b|in total|over the years|in \w+ years|for the club|(?:his|her|my) career",
    "then": r"that (?:season|year|week|day|night|month)\b",
    "part": r"in the first (?:\w+ )?(?:day|week|month|year|hour)|alone(?=[.,;!?]|$)"
    r"|(?:a|each|every|per) (?:day|night|week)(?=[.,;!?]|$)",
    "begin": r"at first\b|to (?:begin|start) with|in the beginning|at the (?:start|beginning)|the first day"
    r"|when (?:I|we|they|you) (?:first )?(?:came|started|joined|arrived)",
    "end": r"(?:at|by) the end\b|later\b|finally\b|by (?:noon|midday|evening|nightfall|midnight)\b|the last day",
}


@cache
def staged() -> dict[str, re.Pattern[str]]:
    """The patterns of what tells of a part or of the whole, of the beginning or of the end."""
    return {name: re.compile(rf"\b(?:{words_})", re.I) for name, words_ in STAGES.items()}


def stage(sentence: str, question: str) -> str:
    """Of which part a sentence tells, else the question; "" where neither says."""
    for text in (sentence, question):
        found = [name for name, pattern in staged().items() if pattern.search(text)]
        if found:
            return found[0]
    return ""


def clause_of(text: str, start: int, end: int, n: Number) -> frozenset[str]:
    """The stems of the clause of a sentence that a number stands in, without its own words."""
    cut = MARK.search(text, n.end, end)
    before = MARK.split(text[start : n.start])[-1]
    return stems(f"{before} {text[n.end : cut.start() if cut else end]}") - stems(n.said)


def relative(text: str, n: Number) -> bool:
    """Whether a number begins a relative time: "twenty minutes before we went on"."""
    return bool(RELATIVE.match(text, n.end))


def plain(claims: list[Claim]) -> list[Claim]:
    """The claims without the first, if it only echoes what somebody said before another is given: "Four minutes? It
    was ten."; of those that the question asks for, only these."""
    first = claims[0]
    if len(claims) > 1 and first.reply and not first.asked and not first.around and first.number.thing != AGE:
        claims = [claims[1]._replace(reply=True), *claims[2:]]
    if first.number.thing == LENGTH:
        claims = [c for c in claims if not c.relative] or claims
    if first.number.thing in MONEY and any(c.price for c in claims):
        priced = [c for c in claims if c.price]
        claims = [c for c in priced if c.around - stems(c.number.said)] or priced
    return [c for c in claims if c.asked] or claims


def neighbours(text: str, after: bool = False) -> frozenset[str]:
    """The words next to a number, before or after it, without articles."""
    said = [w for w, _, _ in words(text)]
    near = said[:BESIDE] if after else said[-BESIDE // 2 :]
    return frozenset(near) - {"the", "a", "an", "and", "of", "it"}
