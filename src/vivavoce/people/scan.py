"""One pass over a source's text: words with their places, paragraphs, sentences, and what stands in marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from vivavoce.language.paragraphs import paragraphs, wrapped
from vivavoce.model import Quote, Source
from vivavoce.people.lexicon import words

TOKEN = re.compile(r"[^\W\d_a-zà-ÿ]\.(?:[^\W\d_a-zà-ÿ]\.)*(?=\W|[A-Z])|\w+(?:[-'’&](?![sS]\b)\w+)*|['’][sS]\b|[^\w\s]")
FEW = 8
SKIPPED = frozenset(["credit", "teaser", "byline"])
APART = SKIPPED | {"speech"}
ENDS = frozenset(".!?…")
CLOSERS = frozenset("”’'\")]»›“‘«„``")
ABBREVIATIONS = words("abbreviations")


@dataclass(frozen=True)  # whose parts are read faster than a tuple's
class Scan:
    """Parallel lists, one entry a token: `word`, `low` (lower case), `start`, `end`; `inside`: 1 + index of the
    quotation in whose marks it stands, or 0; `sentence`: number of its sentence; `para`: of its paragraph.

    `sentences` and `paras`: index of each one's first token, with one more at the end. `where`: the tokens of each word
    in small letters, in order; `capitals`: those that begin with a capital.
    """

    text: str
    word: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    inside: list[int]
    sentence: list[int]
    para: list[int]
    sentences: list[int]
    paras: list[int]
    kinds: list[str]
    where: dict[str, list[int]]
    capitals: list[int]

    def at(self, words: Set[str]) -> list[int]:
        """The tokens that are one of some words in small letters, in order."""
        return sorted([i for w in self.where.keys() & words for i in self.where[w]])


Stretch = tuple[str, int, int]


def scan(source: Source, quotes: list[Quote]) -> Scan:
    """The tokens of every block that tells something, in order; marks by the spans of direct and mixed quotations."""
    marked = tuple(
        sorted((a, b, i + 1) for i, q in enumerate(quotes) if q.kind in ("direct", "mixed") for a, b in q.spans)
    )
    blocks: tuple[Stretch, ...]
    if source.turns:
        told: list[Stretch] = [(b.kind, b.start, b.end) for b in source.blocks if b.kind not in APART]
        said: list[Stretch] = [("speech", a, b) for t in source.turns for a, b in t.spans]
        blocks = tuple(sorted(apart(told, said) + said, key=lambda b: b[1]))
    elif source.blocks:
        blocks = tuple((b.kind, b.start, b.end) for b in source.blocks if b.kind not in SKIPPED)
    else:
        blocks = (("body", 0, len(source.text)),)
    return scanned(source.text, blocks, marked)


def apart(told: list[Stretch], said: list[Stretch]) -> list[Stretch]:
    """The stretches in which nothing of the speech lies."""
    starts = [a for _, a, _ in said]
    return [(k, a, b) for k, a, b in told if bisect_left(starts, a) == bisect_left(starts, b)]


@lru_cache(maxsize=1)
def scanned(text: str, blocks: tuple[Stretch, ...], marked: tuple[tuple[int, int, int], ...]) -> Scan:
    """The scan of a text; the last one is kept, as `cast` and `attribute` look at the same."""
    hard = wrapped(text)
    word: list[str] = []
    start: list[int] = []
    end: list[int] = []
    paras: list[int] = []
    kinds: list[str] = []
    for kind, a, b in blocks:
        for first, last in paragraphs(text, a, b, hard):
            paras.append(len(word))
            kinds.append(kind)
            found: list[str] = TOKEN.findall(text, first, last)
            word += found
            at = first
            for w in found:
                at = text.find(w, at)  # only white space lies between two tokens, so that nothing else is found
                start.append(at)
                at += len(w)
                end.append(at)
    paras.append(len(word))
    low = " ".join(word).lower().replace("’", "'").split(" ") if word else []  # no token has white space in it
    inside = flagged(start, marked)
    where: dict[str, list[int]] = {}
    for i, w in enumerate(low):
        where.setdefault(w, []).append(i)
    marks = sorted(i for mark in ENDS for i in where.get(mark, ()))
    sentences = cut(word, low, inside, paras, marks)
    of_sentence, of_para = spread(sentences), spread(paras)
    capitals = [i for i, w in enumerate(word) if w[0].isupper()]
    return Scan(text, word, low, start, end, inside, of_sentence, of_para, sentences, paras, kinds, where, capitals)


def flagged(start: list[int], marked: tuple[tuple[int, int, int], ...]) -> list[int]:
    """For each token the quotation it stands in, or 0."""
    inside = [0] * len(start)
    for a, b, number in marked:
        first, last = bisect_left(start, a), bisect_left(start, b)
        inside[first:last] = [number] * (last - first)
    return inside


def cut(word: list[str], low: list[str], inside: list[int], paras: list[int], marks: list[int]) -> list[int]:
    """The first tokens of all sentences; a quotation's inner full stops end none. `marks`: where one may end."""
    firsts = {a for a, b in pairwise(paras) if a < b}
    starts = set(firsts)
    for i in marks:
        after = following(word, inside, i)
        if after < len(word) and after not in starts and ends(word, low, inside, i, after):
            firsts.add(after)
    return [*sorted(firsts), len(word)]


def following(word: list[str], inside: list[int], i: int) -> int:
    """The first token after an end mark that is no end mark or closing mark."""
    j = i + 1
    while j < len(word) and j - i < FEW and (word[j] in ENDS or (word[j] in CLOSERS and not opens(word, inside, j))):
        j += 1
    return j


def opens(word: list[str], inside: list[int], j: int) -> bool:
    """Whether a mark stands before what is quoted."""
    return j + 1 < len(word) and inside[j + 1] != 0 and not inside[j] and (not inside[j - 1] or word[j] in "“‘«„")


def ends(word: list[str], low: list[str], inside: list[int], i: int, after: int) -> bool:
    """Whether the end mark at i ends a sentence that `after` follows."""
    if inside[i] and inside[after] == inside[i]:
        return False
    w = word[after]
    if not (w[0].isupper() or w[0].isdigit() or inside[after] or w in CLOSERS or w in "([—–-@#"):
        return False
    if word[i] == "." and i and not inside[i] and after == i + 1:
        last = low[i - 1]
        return not (last in ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i"))
    return True


def spread(firsts: list[int]) -> list[int]:
    """For each token the number of the stretch it lies in."""
    out: list[int] = []
    for n, (a, b) in enumerate(pairwise(firsts)):
        out += [n] * (b - a)
    return out
