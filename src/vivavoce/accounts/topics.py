"""Where a source turns from one topic to the next: lexical cohesion between what stands before a gap and after it
(after M. A. Hearst, TextTiling, Computational Linguistics 23(1), 1997), helped by headings and questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from math import fsum
from typing import NamedTuple

from vivavoce.accounts.words import stem, telling, weight, words
from vivavoce.model import Quote, Span

WINDOW = 140  # words looked at on either side of a gap
UNLIKE = 0.03  # cohesion under which a paragraph turns to another thing
STRETCH = 60  # words of an article that must stand on either side of a turn that no heading shows
DEK = 25  # words that open an article under a heading of their own up to which they are no section
ASKS_ON = 0.3  # weight of the telling words that a mere follow-up question has at most


# How a paragraph opens that tells one of several things in turn.
ITEM = re.compile(
    r"(?:(?:first|second|third|fourth|fifth)(?:ly)?,|(?:last|final)ly,|(?:next|last), |as for "
    r"|(?:another|one more) thing "
    r"|(?:and )?then there (?:is|was|were)|you also |i should (?:add|say|enter|mention) |there is one (?:more|other) "
    r"|the (?:first|second|third|fourth|fifth|last|other)(?: thing| matter| point)? (?:is|was|concerns)) ?",
    re.I,
)


class Piece(NamedTuple):
    """A stretch of a source before it is a passage: its spans, its quotation (None: narration), the spans around
    it, its heading, its paragraph, whether it is a question, whether it begins its turn, whether it plainly asks on
    ("How long was it?"), whether it leads on to something else, and whether an answer goes back to something that was
    before ("I'd done it before"); `hands_on`: whether somebody who tells, too, only asks, or leads on, in it."""

    spans: tuple[Span, ...]
    quote: Quote | None
    about: tuple[Span, ...] = ()
    heading: str = ""
    paragraph: int = -1
    asks: bool = False
    first: bool = True
    asks_on: bool = False
    leads: bool = False
    goes_back: bool = False
    hands_on: bool = False


class Bag(NamedTuple):
    """The telling stems of a piece, how many words it has in all, and whether it opens as one of several things that
    are told in turn: "Third, the wall." """

    stems: Counter[str]
    size: int
    item: bool = False


def topics(text: str, pieces: list[Piece]) -> list[int]:
    """The topic of each piece, counted from 0. Looks at WINDOW words to either side: linear in the text."""
    bags = [bag(text, p) for p in pieces]
    found: list[int] = []
    begun = 0
    scores = [cohesion(bags, i) for i in range(len(bags))]
    for i in range(len(pieces)):
        if i and turns(pieces, bags, scores, i, begun):
            begun = i
            found.append(found[-1] + 1)
        else:
            found.append(found[-1] if found else 0)
    return found


def bag(text: str, piece: Piece) -> Bag:
    """The telling stems of a piece."""
    return counted(" ".join(text[a:b] for a, b in piece.spans))._replace(item=bool(ITEM.match(text, piece.spans[0][0])))


def counted(text: str) -> Bag:
    """The telling stems of a text."""
    folded = [w for w, _, _ in words(text)]
    return Bag(Counter(stem(w) for w in folded if telling(w)), len(folded))


def window(bags: list[Bag], at: int, step: int) -> Counter[str]:
    """The stems of about WINDOW words from a piece on, forward or backward."""
    seen: Counter[str] = Counter()
    size = 0
    while 0 <= at < len(bags) and size < WINDOW:
        seen.update(bags[at].stems)
        size += bags[at].size
        at += step
    return seen


def cohesion(bags: list[Bag], at: int) -> float:
    """How much what follows a gap speaks of what stands before it, 0 to 1."""
    return likeness(window(bags, at - 1, -1), window(bags, at, 1)) if at else 1.0


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """The cosine of two bags of stems, the rarer words weighing more."""
    if not a or not b:
        return 0.0
    squares = [sum((n * weight(s)) ** 2 for s, n in x.items()) for x in (a, b)]
    shared = sum(a[s] * b[s] * weight(s) ** 2 for s in sorted(a.keys() & b.keys()))
    product = squares[0] * squares[1]
    return float(shared / product**0.5) if product else 0.0


def turns(pieces: list[Piece], bags: list[Bag], scores: list[float], at: int, begun: int) -> bool:
    """Whether a new topic begins with a piece."""
    piece, before = pieces[at], pieces[at - 1]
    if piece.paragraph >= 0:
        return piece.paragraph != before.paragraph and new_section(pieces, bags, scores, at, begun)
    if piece.asks:
        return not before.asks and not piece.asks_on and (piece.leads or names_something(bags[at]))
    if before.asks:
        return piece.goes_back and begun < at - 1
    if piece.leads and names_something(bags[at]):
        return True
    long_enough = holds(bags, range(at - 1, begun - 1, -1), 300 if piece.first else 120)
    return long_enough and scores[at] < 0.25 and depth(scores, at) > (0.12 if piece.first else 0.2)


def new_section(pieces: list[Piece], bags: list[Bag], scores: list[float], at: int, begun: int) -> bool:
    """Whether a paragraph of an article tells another thing than the one before: it stands under another heading, or
    a good stretch of words turns plainly to another thing. A news report tells one happening in short paragraphs, and
    two paragraphs of it often share no word."""
    if pieces[at].heading != pieces[at - 1].heading:
        return begun > 0 or holds(bags, range(at), DEK)
    if bags[at].item:
        return True
    if scores[at] >= UNLIKE or not holds(bags, range(at - 1, begun - 1, -1), STRETCH):
        return False
    return holds(bags, takewhile(lambda n: pieces[n].heading == pieces[at].heading, range(at, len(pieces))), STRETCH)


def holds(bags: list[Bag], which: Iterable[int], least: int) -> bool:
    """Whether pieces hold at least so many words; looks no further than that."""
    size = 0
    for n in which:
        size += bags[n].size
        if size >= least:
            return True
    return False


def names_something(said: Bag) -> bool:
    """Whether a question names something, and does not only ask on ("And then?", "How long was that?")."""
    return fsum(weight(s) for s in said.stems) > ASKS_ON


def opens(question: str) -> bool:
    """The same of a question as it stands."""
    return names_something(counted(question))


def depth(scores: list[float], at: int) -> float:
    """How far a gap's cohesion lies under the nearest peaks on either side; 0 unless it is the lowest near by."""
    if scores[at] > min(scores[max(1, at - 3) : at + 4]):
        return 0.0
    left = peak(scores, at, -1)
    right = peak(scores, at, 1)
    return (left - scores[at]) + (right - scores[at])


def peak(scores: list[float], at: int, step: int) -> float:
    """The cohesion where it stops rising, going from a gap one way."""
    highest = scores[at]
    at += step
    while 1 <= at < len(scores) and scores[at] >= highest:
        highest = scores[at]
        at += step
    return highest
