"""The words of all transcripts as numbers, with the place of each: what quotations are looked up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vivavoce.model import WORD, Source, Span

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
NOTHING = -1  # what stands between two sources, and for a word that no transcript has
BETWEEN: Ints = np.array([NOTHING], dtype=np.int32)


class Corpus(NamedTuple):
    """All spoken words, in order of sources, turns and text; between two sources stands one NOTHING.

    `words`: word -> number; `spelled`: the other way. `ids`: the number of each word. `start`, `end`: its place in its
    source's text (code points). `turn`: the number of its turn in `turns` (source number, turn number in the source).
    `bits`: what a word tells, the logarithm to base 2 of how seldom it is, by its number. `first`: index of each
    source's first word.
    """

    paths: list[str]
    words: dict[str, int]
    spelled: list[str]
    ids: Ints
    start: Ints
    end: Ints
    turn: Ints
    turns: list[tuple[int, int]]
    bits: Floats
    first: Ints


def folded(word: str) -> str:
    """A word as words are compared: without regard to case and typography."""
    return word.casefold().replace("’", "'")


def corpus(transcripts: Sequence[Source]) -> Corpus:
    """The words of all turns of some transcripts. Linear in the text."""
    counter = count()
    table: dict[str, int] = defaultdict(counter.__next__)
    ids: list[Ints] = []
    places: list[tuple[Ints, Ints, Ints]] = []
    turns: list[tuple[int, int]] = []
    first: list[int] = []
    done = 0
    for number, source in enumerate(transcripts):
        first.append(done)
        starts, ends, told, said = spoken(source)
        ids.append(np.fromiter(map(table.__getitem__, said), np.int32, len(said)))
        places.append((starts, ends, told + len(turns)))
        ids.append(BETWEEN)
        places.append((BETWEEN, BETWEEN, BETWEEN))
        turns += [(number, n) for n in range(len(source.turns))]
        done += len(said) + 1
    numbers = joined(ids)
    start, end, turn = (joined([place[k] for place in places]) for k in range(3))
    words = dict(table)
    bits = seldom(numbers, len(words))
    heads = np.array(first, dtype=np.int32)
    return Corpus([s.path for s in transcripts], words, list(words), numbers, start, end, turn, turns, bits, heads)


def joined(parts: list[Ints]) -> Ints:
    """Many columns of numbers as one."""
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


def spoken(source: Source) -> tuple[Ints, Ints, Ints, list[str]]:
    """The words of a source's turns: where each begins and ends, the number of its turn, and the folded word."""
    spans = [(a, b) for t in source.turns for a, b in t.spans]
    owner = np.repeat(np.arange(len(source.turns), dtype=np.int32), [len(t.spans) for t in source.turns])
    if any(a[1] >= b[0] for a, b in pairwise(spans)):
        return one_by_one(source)
    starts, ends, said = words_within(source.text, spans)
    begins = np.array([a for a, _ in spans], dtype=np.int32)
    return starts, ends, owner[np.searchsorted(begins, starts, "right") - 1], said


def words_within(text: str, spans: Sequence[Span]) -> tuple[Ints, Ints, list[str]]:
    """The words (`WORD`) in stretches of a text that are in order and do not touch: begin and end of each, and the
    folded word. What belongs to a word is told for each different sign once, and then for all at a time."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    edge = np.zeros(len(signs) + 1, dtype=np.int8)
    for a, b in spans:
        edge[a] += 1
        edge[b] -= 1
    inside = np.cumsum(edge[:-1], dtype=np.int8) > 0
    word = belongs(signs) & inside
    apart = np.zeros(len(signs), dtype=bool)
    apart[1:-1] = ((signs[1:-1] == ord("'")) | (signs[1:-1] == ord("’"))) & word[:-2] & word[2:] & inside[1:-1]
    word |= apart
    bounds = np.flatnonzero(np.diff(word, prepend=False, append=False)).astype(np.int32)
    starts, ends = bounds[::2], bounds[1::2]
    small = folded(text)
    if len(small) != len(text):
        return starts, ends, [folded(text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    there = np.frombuffer(small.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alone = np.where(word, there, np.uint32(ord(" ")))
    return starts, ends, alone.tobytes().decode("utf-32-le", "surrogatepass").split()


def belongs(signs: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Of each sign whether it is one of a word's."""
    different = np.flatnonzero(np.bincount(signs)) if len(signs) else np.zeros(0, np.int64)
    table = np.zeros(int(different[-1]) + 1 if len(different) else 1, dtype=bool)
    table[different] = [WORD.fullmatch(chr(sign)) is not None for sign in different.tolist()]
    return table[signs]


def one_by_one(source: Source) -> tuple[Ints, Ints, Ints, list[str]]:
    """The same for turns whose stretches touch or are not in order."""
    found = [
        (m.span(), n, m[0])
        for n, t in enumerate(source.turns)
        for a, b in t.spans
        for m in WORD.finditer(source.text, a, b)
    ]
    starts, ends, told = (
        np.array(column, dtype=np.int32)
        for column in ([f[0][0] for f in found], [f[0][1] for f in found], [f[1] for f in found])
    )
    return starts, ends, told, [folded(f[2]) for f in found]


def seldom(ids: Ints, size: int) -> Floats:
    """What each word tells: the logarithm to base 2 of all words by how often it stands."""
    said = ids[ids >= 0]
    counts = np.bincount(said, minlength=size) if size else np.zeros(0, dtype=np.int64)
    return np.log2((len(said) + 1) / (counts + 0.5))


def looked_up(c: Corpus, text: str, spans: Iterable[Span]) -> tuple[list[int], list[Span]]:
    """The words of a quotation as numbers (below NOTHING where no transcript has the word: the same word the same
    number), and the place of each."""
    own: dict[str, int] = {}
    found = [m for a, b in spans for m in WORD.finditer(text, a, b)]
    ids = []
    for m in found:
        word = folded(m[0])
        number = c.words.get(word)
        ids.append(own.setdefault(word, NOTHING - 1 - len(own)) if number is None else number)
    return ids, [m.span() for m in found]
