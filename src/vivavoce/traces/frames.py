"""What a sentence says of words that are taken out of it: that they are denied, doubted, asked, supposed or reported.

The words before them are read back to where their clause begins. Rules, in English; what they know by name is data
(`language/en.toml`, [frames]).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vivavoce.language.lexicon import Frames, lexicon
from vivavoce.model import WORD, FrameKind, Span

LEAD = 160  # code points before a place that are read
ENDS = re.compile(r"(?<![.…])[.?!][\"'”’)\]]*\s")  # a sentence's end
CLAUSE = re.compile(r"[,;:–—(]")
JOINS = frozenset({"and", "but", "or", "because", "since", "when", "while", "although", "though", "then"})
FACTS = frozenset({"can't believe", "couldn't believe", "cannot believe", "not doubt", "no doubt", "don't doubt"})
BEHIND = 6  # words between what frames and what is framed
STOP = re.compile(r"[.?!]")
TAG = 4  # words of a tag: "didn't we"


class Word(NamedTuple):
    """A folded word, where it stands, and whether it has a capital."""

    said: str
    at: Span
    capital: bool


def frame(lead: str, rest: str = "") -> tuple[FrameKind, int] | None:
    """What the words before others in their sentence say of these, and where in `lead` that begins; None where they
    say nothing. `rest`: the words themselves; where they begin with what joins ("and"), nothing is said of them."""
    first = WORD.search(rest)
    if first and first[0].casefold() in JOINS:
        return None
    clause = clause_of(lead)
    if not clause:
        return None
    said = [w.said for w in clause]
    known = lexicon().frames
    if any(f"{a} {b}" in FACTS for a, b in pairwise(said)):
        return None
    pause = bool(CLAUSE.search(lead[clause[-1].at[1] :]))  # "no, we went": what stands before it says nothing of it
    found = None if pause and known.holding.isdisjoint(said) else denied(said, known)
    found = found or spoken_of(clause, known) or phrased(said, known, pause)
    return (found[0], clause[found[1]].at[0]) if found else None


def clause_of(lead: str) -> list[Word]:
    """The words of the last clause of a text, fillers left out. A sign at its very end does not end it."""
    ends = [m.end() for m in ENDS.finditer(lead)]
    start = ends[-1] if ends else 0
    found = spared([Word(fold(m[0]), m.span(), m[0][:1].isupper()) for m in WORD.finditer(lead, start)])
    if not found or re.search(r"[.?!][\"'”’)\]]*\s*$", lead[found[-1].at[1] :]):
        return []
    out = found[-1:]
    for w in reversed(found[:-1]):
        if cut(lead, w, out[-1]):
            break
        out.append(w)
    return out[::-1]


def cut(lead: str, a: Word, b: Word) -> bool:
    """Whether another clause begins between two words; what was left out as a filler parts none."""
    if a.said in JOINS:
        return True
    between = lead[a.at[1] : b.at[0]]
    return bool(CLAUSE.search(between)) and not WORD.search(between)


def fold(word: str) -> str:
    """A word as words are compared."""
    return word.casefold().replace("’", "'")


def spared(found: list[Word]) -> list[Word]:
    """The words without fillers."""
    fillers, at, out = lexicon().fillers, 0, []
    said = [w.said for w in found]
    while at < len(found):
        size = starts(fillers, said, at)
        if not size:
            out.append(found[at])
        at += size or 1
    return out


def starts(phrases: dict[str, tuple[tuple[str, ...], ...]], said: Sequence[str], at: int) -> int:
    """How many words the phrase has that begins at one of some words; 0 for none."""
    return next((len(p) for p in phrases.get(said[at], ()) if tuple(said[at : at + len(p)]) == p), 0)


def denied(said: list[str], known: Frames) -> tuple[FrameKind, int] | None:
    """A word that denies what follows the clause: nothing stands between but who holds or says it, and what helps."""
    for at in range(len(said) - 1, max(-1, len(said) - BEHIND - 2), -1):
        word = said[at]
        if word not in lexicon().denying and not word.endswith("n't"):
            continue
        between = said[at + 1 :]
        allowed = all(w in known.between or w in known.saying or w in known.holding for w in between)
        return ("denied", at) if allowed else None
    return None


def spoken_of(clause: list[Word], known: Frames) -> tuple[FrameKind, int] | None:
    """Somebody who says or holds what follows: "he told me", "my mother thought that". One's own saying is as good as
    what is said."""
    said = [w.said for w in clause]
    for at in range(len(said) - 1, max(-1, len(said) - BEHIND), -1):
        holds, says = said[at] in known.holding, said[at] in known.saying
        if not (holds or says) or not opens(clause[at + 1 :]):
            continue
        who = at - 1
        while who >= 0 and (said[who] in known.before or said[who].endswith("n't")):
            who -= 1
        if who < 0 or said[who] in known.nominal or (said[at - 1] == "to" and said[at - 2] != "used"):
            continue
        passive = says and any(w in ("was", "were", "been", "am", "i'm") for w in said[who + 1 : at])
        if holds:
            return "doubted", who
        if said[who] not in known.ours or passive:
            return "reported", who
    return None


def opens(between: Sequence[Word]) -> bool:
    """Whether a clause may begin behind a verb and some words: "that", or nothing but who is told it."""
    if not between:
        return True
    told = [w.said for w in between]
    persons = {"me", "us", "him", "her", "them", "you", "everyone", "everybody", "people"}
    return told[-1] == "that" or (len(told) <= 2 and all(w.said in persons or w.capital for w in between))


def phrased(said: list[str], known: Frames, pause: bool) -> tuple[FrameKind, int] | None:
    """A word or phrase that says it: "if", "maybe", "the story goes"."""
    kinds: tuple[FrameKind, ...] = ("supposed", "doubted", "reported")
    for kind in kinds[1:] if pause else kinds:
        for at in range(len(said)):
            size = starts(known.phrases[kind], said, at)
            left = len(said) - at - size
            near = 3 if said[at] in ("if", "unless", "whether") else 1
            if size and left <= near:
                return kind, at
    return None


def frame_of(text: str, span: Span, low: int, high: int, printed: str) -> tuple[FrameKind, Span] | None:
    """What the sentence round `span` says of it, and where; read from `low` to `high`, the turn as far as it is near.
    `printed`: the words as they are printed, with the signs behind them."""
    lead, tail = text[low : span[0]], text[span[1] : high]
    if found := frame(lead, text[span[0] : span[1]]):
        return found[0], (low + found[1], low + [m.end() for m in WORD.finditer(lead)][-1])
    stop = STOP.search(tail)
    end = stop.start() if stop else len(tail)
    if found := behind(tail[:end]):
        return found[0], (span[1] + found[1], span[1] + end)
    return ("asked", (span[1], span[1] + end + 1)) if stop and stop[0] == "?" and asked(tail[:end], printed) else None


def behind(tail: str) -> tuple[FrameKind, int] | None:
    """What the rest of a sentence says of the words before it: "if he came", "or so they say", "I don't think"."""
    clause = [Word(fold(m[0]), m.span(), m[0][:1].isupper()) for m in WORD.finditer(tail)]
    if clause and clause[0].said in ("if", "unless"):
        return "supposed", clause[0].at[0]
    if not 1 < len(clause) <= BEHIND or not CLAUSE.match(tail.lstrip()):
        return None
    if not (found := spoken_of(clause, lexicon().frames)):
        return None
    no = any(w.said in lexicon().denying or w.said.endswith("n't") for w in clause)
    return "denied" if no else found[0], clause[0].at[0]


def asked(tail: str, printed: str) -> bool:
    """Whether a question is printed as none; `tail`: the words of it that are not printed. A tag ("didn't we?") asks
    nothing; a whole question without any sign behind it is open."""
    rest = WORD.findall(tail)
    tag = bool(CLAUSE.match(tail.lstrip())) and len(rest) <= TAG
    open_ = not rest and printed.rstrip()[-1:].isalnum()
    return "?" not in printed and not tag and not open_
