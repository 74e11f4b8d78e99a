"""The words of all transcripts as numbers, with the place of each: what quotations are looked up in."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vivavoce.model import WORD, Source, Span

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
NOTHING = -1  # what stands between two sources, and for a word that no transcript has


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
    table: dict[str, int] = {}
    columns = ids, start, end, turn = array("i"), array("i"), array("i"), array("i")
    turns: list[tuple[int, int]] = []
    first: list[int] = []
    for number, source in enumerate(transcripts):
        first.append(len(ids))
        small = folded(source.text)
        same = len(small) == len(source.text)
        for n, t in enumerate(source.turns):
            spans = [m.span() for a, b in t.spans for m in WORD.finditer(source.text, a, b)]
            said = [small[a:b] for a, b in spans] if same else [folded(source.text[a:b]) for a, b in spans]
            ids.extend([table.setdefault(word, len(table)) for word in said])
            start.extend([a for a, _ in spans])
            end.extend([b for _, b in spans])
            turn.extend([len(turns)] * len(spans))
            turns.append((number, n))
        for column in columns:
            column.append(NOTHING)
    numbers, starts, ends, told = (
        np.frombuffer(c, dtype=np.int32) if len(c) else np.zeros(0, np.int32) for c in columns
    )
    bits = seldom(numbers, len(table))
    return Corpus(
        [s.path for s in transcripts],
        table,
        list(table),
        numbers,
        starts,
        ends,
        told,
        turns,
        bits,
        np.array(first, dtype=np.int32),
    )


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


def grams(ids: NDArray[Any], size: int, n: int) -> Longs:
    """The numbers of all runs of `n` words (3 at most), one for each word that begins one; NOTHING where one holds a
    word that no transcript has. `size`: how many words there are, two million at most."""
    long = ids.astype(np.int64)
    count = max(0, len(long) - n + 1)
    out = np.zeros(count, dtype=np.int64)
    broken = np.zeros(count, dtype=bool)
    for k in range(n):
        part = long[k : k + count]
        out = out * (size + 1) + part
        broken |= part < 0
    out[broken] = NOTHING
    return out
