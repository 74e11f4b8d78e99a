"""Where in the transcripts a quotation may have been said: an inverted index of runs of words.

The method is that of finding reused text (shingles looked up in an index, hits gathered along diagonals; see Broder
1997; Smith, Cordell and Mullen 2015, *passim*). What it skips it skips by rule: runs that stand in the transcripts
oftener than MOST times tell nothing of where, and are looked up only while nothing rarer is there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vivavoce.traces.corpus import Corpus, Floats, Ints, Longs

MOST = 100  # places of a run of words that are looked at
GAP = 36  # words between two hits that still are one place: more than an ellipsis leaves out
TRIES = 6  # places of a quotation that are aligned
NARROW = 4  # of them, how many are looked at as if nothing were left out
BACKED = 3.0  # namings that the shorter run counts for


class Index(NamedTuple):
    """The corpus, and its words in the order of the runs of three that they begin: `keys`, and the number of each word
    (`order`). Runs of two and of one stand together in the same order."""

    corpus: Corpus
    keys: Longs
    order: Ints


class Ranges(NamedTuple):
    """For runs of three, two and one words, one that each word begins: where in the index its places are, from `low`
    to `high` (past the last); none where a word of it is in no transcript."""

    low: tuple[Longs, Longs, Longs]
    high: tuple[Longs, Longs, Longs]

    def cut(self, first: int, last: int) -> Ranges:
        """Those of words `first` to `last`, and none of runs that go beyond."""
        sizes = [max(first, last - n) for n in (2, 1, 0)]
        low, high = ((r[first:to] for r, to in zip(column, sizes, strict=True)) for column in self)
        return Ranges(tuple(low), tuple(high))  # type: ignore[arg-type]


def index(c: Corpus) -> Index:
    """The index of a corpus: sorted once, n log n."""
    keys = keyed(c, c.ids)
    order = np.argsort(keys).astype(np.int32)
    return Index(c, keys[order], order)


def keyed(c: Corpus, words: Ints) -> Longs:
    """The key of the run of three that each word begins; 0 stands for what is no word of a transcript (two million
    different words at most)."""
    base = len(c.words) + 1
    ids = np.zeros(len(words) + 2, dtype=np.int64)
    np.maximum(words, -1, out=ids[:-2])
    ids[:-2] += 1
    keys = ids[:-2] * base
    keys += ids[1:-1]
    keys *= base
    keys += ids[2:]
    return keys


def ranges(x: Index, words: Ints) -> Ranges:
    """Where the runs of some words stand: looked up in the order of the index, so that neighbours are near."""
    base = len(x.corpus.words) + 1
    keys = keyed(x.corpus, words)
    known = np.concatenate((words >= 0, (False, False)))
    low, high = [], []
    for n, width in ((3, 1), (2, base), (1, base * base)):
        whole = known[: len(words)].copy()
        for k in range(1, n):
            whole &= known[k : k + len(words)]
        different, back = np.unique(keys[whole] // width, return_inverse=True)
        a, b = np.zeros(len(words), dtype=np.int64), np.zeros(len(words), dtype=np.int64)
        a[whole] = np.searchsorted(x.keys, different * width)[back]
        b[whole] = np.searchsorted(x.keys, (different + 1) * width)[back]
        low.append(a)
        high.append(b)
    return Ranges(tuple(low), tuple(high))  # type: ignore[arg-type]


def surprise(x: Index, found: Ranges) -> Floats:
    """What each word tells after the two before it, in bits: by how often it follows them elsewhere in the transcripts
    (a model of runs of three words, each backed by the shorter; Jelinek and Mercer 1980). So "at the end of the day"
    tells little, however long it is. `found`: of one quotation, or of many with two NOTHINGs before each."""
    total = len(x.corpus.ids) + 1
    three, two, one = (np.maximum(b - a - 1.0, 0.0) for a, b in zip(*found, strict=True))
    chance = (one + 0.5) / total
    chance[1:] = (two[:-1] + BACKED * chance[1:]) / (one[:-1] + BACKED)
    chance[2:] = (three[:-2] + BACKED * chance[2:]) / (two[:-2] + BACKED)
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


def hits(x: Index, found: Ranges, which: int, most: int = MOST) -> Hits:
    """The places of the quotation's runs of one length (0: three words, 1: two, 2: one); of runs that stand oftener
    than `most` times none, unless all do: then the first places of the rarest."""
    low, counts = found.low[which], found.high[which] - found.low[which]
    few = counts <= most
    if not counts[few].any() and counts.any():
        return first_places(x, low, counts, most)
    counts = np.where(few, counts, 0)
    at = np.repeat(np.arange(len(counts)), counts)
    inner = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    pos = x.order[low[at] + inner].astype(np.int64)
    return Hits(at, pos, told(x, counts)[at])


def first_places(x: Index, low: Longs, counts: Longs, most: int) -> Hits:
    """The first places, in the order of the transcripts, of the runs that stand least often; each run is looked up
    once, however often the quotation has it."""
    rarest = np.flatnonzero(counts == counts[counts > 0].min())
    size = int(counts[rarest[0]])
    begins = low[rarest].tolist()
    first = {k: np.sort(x.order[k : k + size])[:most].astype(np.int64) for k in dict.fromkeys(begins)}
    pos = [first[k] for k in begins]
    at = np.repeat(rarest, [len(p) for p in pos])
    return Hits(at, np.concatenate(pos), told(x, np.minimum(counts, most))[at])


def told(x: Index, counts: Longs) -> Floats:
    """What runs tell of where they are, in bits, by how often each stands."""
    bits: Floats = np.log2((len(x.corpus.ids) + 1) / np.maximum(counts, 1))
    return bits


def together(*found: Hits) -> Hits:
    """All hits of several lookups."""
    return Hits(*(np.concatenate(column) for column in zip(*found, strict=True)))


def windows(x: Index, found: Hits, size: int) -> list[Window]:
    """The stretches of the corpus with the most hits, the best first; `size`: words of the quotation."""
    if not len(found.pos):
        return []
    begin, at, _, bits = ordered(found)
    cuts = np.flatnonzero(np.diff(begin) > GAP) + 1
    firsts, lasts = np.concatenate(([0], cuts)), np.concatenate((cuts, [len(begin)]))
    sums = np.add.reduceat(bits, firsts)
    best = np.argsort(-sums, kind="stable")[: TRIES * 3]
    # A word that stands more than once in a stretch speaks for it once.
    stretch = np.repeat(np.arange(len(firsts)), lasts - firsts)
    _, once = np.unique(stretch * (size + 1) + at, return_index=True)
    told = np.bincount(stretch[once], bits[once], len(firsts))[best].tolist()
    lows, highs = begin[firsts[best]].tolist(), begin[lasts[best] - 1].tolist()
    likely = sorted(zip(told, lows, highs, strict=True), key=lambda w: (-w[0], w[1]))[:TRIES]
    return [bounded(x.corpus, Window(low, high + size, bits)) for bits, low, high in likely]


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
