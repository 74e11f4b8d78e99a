"""Whether an answer of a talk begins to tell of something else: how likely that is by what was asked, by how it answers
and by what was told before, as numbers that `weights.toml` weighs (logistic regression; `benchmarks/turns.py` makes
them). Long answers that tell two things are cut where their halves have least in common."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from math import exp, fsum, log
from typing import NamedTuple

from vivavoce.accounts.questions import ANEW, POINTS, asks_anew, asks_on
from vivavoce.accounts.signals import NAME
from vivavoce.accounts.topics import Piece, counted, likeness
from vivavoce.accounts.words import sentences, stem, telling, trim, weight, words
from vivavoce.accounts.years import years_in
from vivavoce.model import Span

ENOUGH = 0.5  # how likely an answer must begin something else
WINDOW = 80  # words of what was told before, and of the answer, that are compared
FEW = 3  # words of a question that may ask nothing of its own
SEVERAL, HALF = 150, 20  # words of an answer that may tell two things; words that each half has at least
UNLIKE = 0.25  # how much the halves have in common, at most
REFERS = re.compile(
    r"(?:(?:and|but|so|well|oh|no|yes|yeah|because|for),? )*"
    r"(?:it|that|this|these|those|they|them|he|she|there|his|her|their|its)\b",
    re.I,
)
DATED = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter|christmas|easter|years?|day|night"
    r"|morning|week|(?:19|20)\d\d|['’]\d\d)\b",
    re.I,
)
# A question that only names a thing: "And the choir?", "What about your uncle?".
THING = re.compile(
    r"(?:(?:and|so|now|then)|(?:and )?(?:what|how) about),? (?:the|your|that|those)(?: \w+){1,3}[?.]", re.I
)
REPLIES = re.compile(r"(?:yes|no|yeah|oh|well|he|she|they|it)\b", re.I)

# The order of the numbers in `evidence`; `weights.toml` names them.
KINDS = (
    *("like what was before", "refers", "another year", "dated", "new names", "told before", "told", "asked"),
    *("asked of before", "asks of it", "length of question", "asks anew", "asks you", "asks of new names"),
    *("asks of a date", "is a question", "asks on", "not asked", "replies", "turns"),
)


class Answer(NamedTuple):
    """The pieces of one turn by number, from `start` to `end`, and the `last` of the answer before; what was asked
    before it, as it stands, and its first sentence, what was told just before, and the beginning of the answer itself;
    words of the turn before and of it."""

    start: int
    end: int
    last: int
    question: str
    first: str
    before: str
    after: str
    told_before: int
    told: int


@cache
def weights() -> tuple[tuple[float, ...], float]:
    """What each kind of evidence weighs, in the order of KINDS, and what is added to all."""
    raw = tomllib.loads((files("vivavoce.accounts") / "weights.toml").read_text("utf-8"))["turning"]
    return tuple(raw[kind] for kind in KINDS), raw["constant"]


def turned(text: str, pieces: list[Piece], topics: list[int]) -> list[int]:
    """The topics of a talk's pieces anew: one begins with each answer that is likely to begin something else, and with
    what was asked before it. `topics`: as rules found them. Linear in the text."""
    anew = {a.start: begins_anew(a, topics[a.start] != topics[a.last]) for a in answers(text, pieces)}
    begins = [anew[n] if n in anew else n > 0 and topics[n] != topics[n - 1] for n in range(len(pieces))]
    out: list[int] = []
    for asking, those in groupby(range(len(pieces)), key=lambda n: pieces[n].asks or pieces[n].hands_on):
        numbers = list(those)
        if asking:
            after = numbers[-1] + 1
            first = after < len(pieces) and begins[after]
            out += [(out[-1] if out else 0) + first] * len(numbers)
            continue
        for n in numbers:
            asked_before = n == numbers[0] and n > 0
            out.append((out[-1] if out else 0) + (begins[n] and not asked_before))
    return out


def begins_anew(a: Answer, turns: bool) -> bool:
    """Whether an answer begins something else: always where only a thing was named that asks for it, never where a word
    or two were asked that name nothing ("Really?"), else where it is likely."""
    telling_stems = stems(a.question)
    if THING.fullmatch(a.question) and telling_stems - stems(a.before):
        return True
    only_asks = 0 < len(a.question.split()) <= FEW and not telling_stems
    return not only_asks and likely(evidence(a, turns)) >= ENOUGH


def answers(text: str, pieces: list[Piece]) -> Iterator[Answer]:
    """The answers of a talk after the first, each turn of one who tells as one."""
    told: list[str] = []
    asked: list[str] = []
    size = last = 0
    for (_, asking), those in groupby(range(len(pieces)), key=lambda n: turn_of(pieces[n])):
        numbers = list(those)
        spans = [s for n in numbers for s in pieces[n].spans]
        said = [text[a:b] for span in spans for a, b in sentences(text, *span)]
        if asking:
            asked += [" ".join(text[a:b] for a, b in spans)]
            continue
        if not said:
            continue
        length = sum(len(s.split()) for s in said)
        if told:
            yield Answer(
                start=numbers[0],
                end=numbers[-1] + 1,
                last=last,
                question=" ".join(asked),
                first=said[0],
                before=" ".join(reversed(up_to(reversed(told)))),
                after=" ".join(up_to(iter(said))),
                told_before=size,
                told=length,
            )
        told, asked, size, last = (told + said)[-WINDOW:], [], length, numbers[-1]


def turn_of(piece: Piece) -> tuple[str, bool]:
    """The turn of a piece, and whether it asks."""
    return piece.quote.id if piece.quote else "", piece.asks or piece.hands_on


def up_to(said: Iterator[str]) -> list[str]:
    """The sentences until they hold WINDOW words."""
    out: list[str] = []
    size = 0
    for s in said:
        if size >= WINDOW:
            break
        out.append(s)
        size += len(s.split())
    return out


def evidence(a: Answer, turns: bool) -> list[float]:
    """What speaks for an answer beginning something else, in the order of KINDS. `turns`: whether a rule says so."""
    last = [a.question[x:y] for x, y in sentences(a.question, 0, len(a.question))][-1:] or [""]
    after = f"{a.question} {a.after}"
    asked, known = stems(a.question), stems(a.before)
    return [
        likeness(counted(a.before).stems, counted(after).stems),
        float(bool(REFERS.match(a.first))),
        float(bool(set(years_in(a.first)) - set(years_in(a.before)))),
        float(bool(DATED.search(a.first))),
        log(1 + len(named(a.first) - named(a.before))),
        log(1 + a.told_before),
        log(1 + a.told),
        log(1 + fsum(weight(s) for s in sorted(asked))),
        fsum(weight(s) for s in sorted(asked & known)),
        float(bool(POINTS.search(last[0]))),
        log(1 + len(a.question.split())),
        float(bool(a.question) and asks_anew(a.question)),
        float(bool(ANEW.match(last[0]))),
        log(1 + len(named(a.question) - named(a.before))),
        float(bool(DATED.search(a.question))),
        float(a.question.rstrip().endswith("?")),
        float(bool(a.question) and asks_on(a.question, ((0, len(a.question)),))),
        float(not a.question),
        float(bool(REPLIES.match(a.first))),
        float(turns),
    ]


def likely(weighed: list[float]) -> float:
    """The likelihood that evidence shows, 0 to 1."""
    each, constant = weights()
    score = constant + sum(w * x for w, x in zip(each, weighed, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def stems(text: str) -> set[str]:
    """The stems of the telling words of a text."""
    return {stem(w) for w, _, _ in words(text) if telling(w)}


def named(text: str) -> set[str]:
    """The first words of the names of a text, without those that only begin a sentence."""
    found = (m for m in NAME.finditer(text) if m.start() > 1 and text[m.start() - 2] not in ".!?")
    return {m.group().split()[0] for m in found if telling(m.group().split()[0].casefold())}


def halved(text: str, spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """A stretch of talk; one of more than SEVERAL words in two, cut between the two sentences where what is told before
    and after has least in common (M. A. Hearst, TextTiling, 1997)."""
    parts = [(n, a, len(text[a:b].split())) for n, span in enumerate(spans) for a, b in sentences(text, *span)]
    whole = sum(size for *_, size in parts)
    if whole <= SEVERAL:
        return [spans]
    said = [text[a : a_end(parts, spans, k)] for k, (_, a, _) in enumerate(parts)]
    best: tuple[float, int, int] | None = None
    before = 0
    for k, (n, a, size) in enumerate(parts):
        if min(before, whole - before) >= HALF:
            pair = (" ".join(reversed(up_to(reversed(said[:k])))), " ".join(up_to(iter(said[k:]))))
            like = likeness(*(counted(half).stems for half in pair))
            best = min(best or (2.0, 0, 0), (like, n, a))
        before += size
    return cut_at(text, spans, best[1], best[2]) if best and best[0] < UNLIKE else [spans]


def a_end(parts: list[tuple[int, int, int]], spans: tuple[Span, ...], k: int) -> int:
    """Where the sentence with a number ends: where the next of its span begins, or with the span."""
    n = parts[k][0]
    return parts[k + 1][1] if k + 1 < len(parts) and parts[k + 1][0] == n else spans[n][1]


def cut_at(text: str, spans: tuple[Span, ...], n: int, at: int) -> list[tuple[Span, ...]]:
    """Spans in two, cut in the one with a number."""
    start, end = spans[n]
    first = (*spans[:n], trim(text, start, at)) if start < at else spans[:n]
    return [first, ((at, end), *spans[n + 1 :])]
