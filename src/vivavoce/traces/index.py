"""Where in the transcripts a quotation may have been said: an inverted index of runs of words.

The method is that of finding reused text (shingles looked up in an index, hits gathered along diagonals; see Broder
1997; Smith, Cordell and Mullen 2015, *passim*). What it skips it skips by rule: runs that stand in the transcripts
oftener than MOST times tell nothing of where, and are looked up only while nothing rarer is there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vivavoce.traces.corpus import Corpus, Floats, Ints, Longs, grams

MOST = 100  # places of a run of words that are looked at
GAP = 36  # words between two hits that still are one place: more than an ellipsis leaves out
TRIES = 6  # places of a quotation that are aligned
NARROW = 4  # of them, how many are looked at as if nothing were left out
BACKED = 3.0  # namings that the shorter run counts for


class Runs(NamedTuple):
    """All runs of n words, sorted: `keys`, and where each begins (`order`)."""

    n: int
    keys: Longs
    order: Ints


class Index(NamedTuple):
    """The corpus with its runs of three, two and one words."""

    corpus: Corpus
    runs: tuple[Runs, ...]


def counts(x: Index, words: Ints, which: int) -> Longs:
    """How often each run of words stands in the transcripts (see `Index.runs`)."""
    r = x.runs[which]
    keys = grams(words, len(x.corpus.words), r.n)
    found = np.searchsorted(r.keys, keys, "right") - np.searchsorted(r.keys, keys, "left")
    return np.where(keys < 0, 0, found)


def surprise(x: Index, words: Ints) -> Floats:
    """What each word tells after the two before it, in bits: by how often it follows them elsewhere in the transcripts
    (a model of runs of three words, each backed by the shorter; Jelinek and Mercer 1980). So "at the end of the day"
    tells little, however long it is. `words`: of one quotation, or of many with a NOTHING after each."""
    total = len(x.corpus.ids) + 1
    three, two, one = (np.maximum(counts(x, words, n) - 1.0, 0.0) for n in range(3))
    chance = (one + 0.5) / total
    chance[1:] = (two + BACKED * chance[1:]) / (one[:-1] + BACKED)
    chance[2:] = (three + BACKED * chance[2:]) / (two[:-1] + BACKED)
    told: Floats = -np.log2(np.minimum(chance, 1.0))
    return told


class Hits(NamedTuple):
    """Where words of a quotation stand: their number in the quotation (`at`), in the corpus (`pos`), their weight in
    bits."""

    at: Longs
    pos: Longs
    bits: Floats


class Window(NamedTuple):
    """A stretch of the corpus in which a quotation may stand: words `first` to `last` (past the end), and what speaks
    for it, in bits. `said`: the word with which it begins, if all of it stands there."""

    first: int
    last: int
    bits: float
    said: int = 0


def index(c: Corpus) -> Index:
    """The index of a corpus: sorted once for each length, n log n."""
    return Index(c, tuple(runs(c, n) for n in (3, 2, 1)))


def runs(c: Corpus, n: int) -> Runs:
    """All runs of n words in order of their keys."""
    keys = grams(c.ids, len(c.words), n)
    order = np.argsort(keys, kind="stable").astype(np.int32)
    return Runs(n, keys[order], order)


def hits(x: Index, words: Ints, which: int, most: int = MOST) -> Hits:
    """The places of the quotation's runs of one length (see `Index.runs`); of runs that stand oftener than `most` times
    none, unless all do: then the first places of the rarest."""
    r = x.runs[which]
    keys = grams(words, len(x.corpus.words), r.n)
    low, high = np.searchsorted(r.keys, keys, "left"), np.searchsorted(r.keys, keys, "right")
    counts = high - low
    counts[keys < 0] = 0
    few = counts <= most
    if not counts[few].any() and counts.any():
        few = counts == counts[counts > 0].min()
    counts = np.where(few, np.minimum(counts, most), 0)
    at = np.repeat(np.arange(len(keys)), counts)
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    pos = r.order[np.repeat(low, counts) + inner].astype(np.int64)
    total = len(x.corpus.ids) + 1
    bits = np.log2(total / np.maximum(counts, 1))
    return Hits(at, pos, np.repeat(bits, counts))


def together(*found: Hits) -> Hits:
    """All hits of several lookups."""
    return Hits(*(np.concatenate(column) for column in zip(*found, strict=True)))


def windows(x: Index, found: Hits, size: int) -> list[Window]:
    """The stretches of the corpus with the most hits, the best first; `size`: words of the quotation."""
    if not len(found.pos):
        return []
    begin, at, pos, bits = ordered(found)
    cuts = np.flatnonzero(np.diff(begin) > GAP) + 1
    out: list[Window] = []
    firsts = np.concatenate(([0], cuts))
    sums = np.add.reduceat(bits, firsts)
    best = np.argsort(-sums, kind="stable")[: TRIES * 3]
    lasts = np.concatenate((cuts, [len(begin)]))
    for k in best:
        a, b = int(firsts[k]), int(lasts[k])
        _, unique = np.unique(at[a:b], return_index=True)
        told = float(bits[a:b][unique].sum())
        low, high = int((pos[a:b] - at[a:b]).min()), int((pos[a:b] - at[a:b]).max()) + size
        out.append(bounded(x.corpus, Window(low, high, told)))
    return sorted(out, key=lambda w: (-w.bits, w.first))[:TRIES]


def ordered(found: Hits) -> tuple[Longs, Longs, Longs, Floats]:
    """Where the quotation would begin by each hit, in order, with the hit's word, place and weight."""
    begin = found.pos - found.at
    order = np.lexsort((found.at, begin))
    return begin[order], found.at[order], found.pos[order], found.bits[order]


def straight(x: Index, found: Hits, size: int) -> list[Window]:
    """The windows of those places where most words stand just so far from one another as in the quotation."""
    if not len(found.pos):
        return []
    begin, _, _, bits = ordered(found)
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(begin)) + 1))
    sums = np.add.reduceat(bits, firsts)
    best = np.argsort(-sums, kind="stable")[:NARROW]
    starts = begin[firsts[best]].tolist()
    return [
        bounded(x.corpus, Window(s, s + size, t, max(s, 0))) for s, t in zip(starts, sums[best].tolist(), strict=True)
    ]


def bounded(c: Corpus, w: Window) -> Window:
    """A window with a few words more on either side, within its source."""
    slack = 4
    middle = (max(w.first, 0) + w.last) // 2
    number = int(np.searchsorted(c.first, middle, "right")) - 1
    low = int(c.first[number])
    high = (int(c.first[number + 1]) if number + 1 < len(c.first) else len(c.ids)) - 1
    return Window(max(low, w.first - slack), min(high, w.last + slack), w.bits, w.said)
