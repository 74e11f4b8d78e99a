"""Where a source turns from one topic to the next: lexical cohesion between what stands before a gap and after it
(after M. A. Hearst, TextTiling, Computational Linguistics 23(1), 1997), helped by headings and questions."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from vivavoce.accounts.words import stem, telling, weight, words
from vivavoce.model import Quote, Span

WINDOW = 140  # words looked at on either side of a gap
UNLIKE = 0.05  # cohesion under which a paragraph turns to another thing
ASKS_ON = 0.3  # weight of the telling words that a mere follow-up question has at most


class Piece(NamedTuple):
    """A stretch of a source before it is a passage: its spans, its quotation (None: narration), the spans around
    it, its heading, its paragraph, whether it is a question, whether it begins its turn, and whether it plainly asks on
    ("How long was it?")."""

    spans: tuple[Span, ...]
    quote: Quote | None
    about: tuple[Span, ...] = ()
    heading: str = ""
    paragraph: int = -1
    asks: bool = False
    first: bool = True
    asks_on: bool = False


class Bag(NamedTuple):
    """The telling stems of a piece, and how many words it has in all."""

    stems: Counter[str]
    size: int


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
    folded = [w for a, b in piece.spans for w, _, _ in words(text[a:b])]
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
        return piece.paragraph != before.paragraph and new_section(piece, before, scores[at])
    if piece.asks:
        return not before.asks and not piece.asks_on and opens(bags, at)
    if before.asks:
        return False
    told = sum(b.size for b in bags[begun:at])
    long_enough = told >= (300 if piece.first else 120)
    return long_enough and scores[at] < 0.25 and depth(scores, at) > (0.12 if piece.first else 0.2)


def new_section(piece: Piece, before: Piece, score: float) -> bool:
    """Whether a paragraph of an article tells another thing than the one before."""
    return piece.heading != before.heading or score < UNLIKE


def opens(bags: list[Bag], at: int) -> bool:
    """Whether a question names something, and does not only ask on ("And then?", "How long was that?")."""
    return sum(weight(s) for s in bags[at].stems) > ASKS_ON


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
