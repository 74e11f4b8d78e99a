"""A quotation beside the words of a transcript: which of its words stand there, in order, and what that is worth."""

from __future__ import annotations

from math import log2
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from vivavoce.traces.corpus import Corpus
from vivavoce.traces.index import Window

CUT = 30  # words left out between two matches beyond which they are two places
FEW = 4  # matched words that make a second place
TAIL = 3  # of them, where they go on without a gap in the next turn
STOPS = frozenset(".?!…")
PAUSES = STOPS | frozenset(",;:—–")
STEP = 3.0  # bits that a gap costs, times the logarithm of its words
EDGE = 3  # words of a transcript that may have been left out between a place and a common word before or behind it
MISSING = 1.5  # bits that a word of the quotation costs that is not there


class Block(NamedTuple):
    """Words that are the same: `size` words from word `at` of the quotation and from word `pos` of the corpus."""

    at: int
    pos: int
    size: int


class Piece(NamedTuple):
    """A part of a quotation with its place: matching blocks in order; `bits`: what they tell, less what gaps cost."""

    blocks: tuple[Block, ...]
    bits: float

    @property
    def first(self) -> int:
        """The first word of the quotation that is matched."""
        return self.blocks[0].at

    @property
    def last(self) -> int:
        """Past the last word of the quotation that is matched."""
        return self.blocks[-1].at + self.blocks[-1].size

    @property
    def place(self) -> tuple[int, int]:
        """The words of the corpus, first and past the last."""
        return self.blocks[0].pos, self.blocks[-1].pos + self.blocks[-1].size

    @property
    def words(self) -> int:
        """How many words of the quotation are matched."""
        return sum(b.size for b in self.blocks)


def aligned(c: Corpus, words: list[int], weights: list[float], w: Window, low: int = 0, high: int = -1) -> Piece | None:
    """The best match of words `low` to `high` of a quotation in a window: a longest common subsequence (Hyyrö 2004, bit
    parallel), of which the stretch is kept that is worth most when gaps are paid for."""
    high = len(words) if high < 0 else high
    if (at := c.ids[w.said : w.said + high - low].tolist()) == words[low:high]:
        blocks = [Block(low, w.said, len(at))]
    else:
        found = LCSseq.opcodes(c.ids[w.first : w.last].tolist(), words[low:high]).as_matching_blocks()
        blocks = slid(c, words, [Block(low + m.b, w.first + m.a, m.size) for m in found if m.size])
    return worthiest(blocks, weights)


def slid(c: Corpus, words: list[int], blocks: list[Block]) -> list[Block]:
    """The blocks, with those that stand as well right before the next or right behind the last made one with it: of a
    word that is said twice, the one that is nearer to the rest."""
    out: list[Block] = []
    for b in reversed(blocks):
        n = out[-1] if out else None
        if n and b.at + b.size == n.at and c.ids[n.pos - b.size : n.pos].tolist() == words[b.at : n.at]:
            out[-1] = Block(b.at, n.pos - b.size, b.size + n.size)
        else:
            out.append(b)
    joined: list[Block] = []
    for b in reversed(out):
        a = joined[-1] if joined else None
        end = a.pos + a.size if a else 0
        if a and a.at + a.size == b.at and c.ids[end : end + b.size].tolist() == words[b.at : b.at + b.size]:
            joined[-1] = Block(a.at, a.pos, a.size + b.size)
        else:
            joined.append(b)
    return joined


def worthiest(blocks: list[Block], weights: list[float]) -> Piece | None:
    """The run of neighbouring blocks that is worth most, less their gaps; None where none is worth anything."""
    best: tuple[float, int, int] = (0.0, 0, 0)
    running, begin = 0.0, 0
    for n, block in enumerate(blocks):
        own = sum(weights[block.at : block.at + block.size])
        cost = gap(blocks[n - 1], block) if n else 0.0
        if running - cost <= 0:
            running, begin = own, n
        else:
            running += own - cost
        if running > best[0]:
            best = (running, begin, n + 1)
    bits, first, last = best
    return Piece(tuple(blocks[first:last]), bits) if last > first else None


def widened(c: Corpus, words: list[int], piece: Piece, text: str, low: int, high: int) -> Piece:
    """The piece with the words `low` to `high` of the quotation before and behind it that stand near in the same
    sentence, however common: without the “I” of “I never sold”, it would not be seen that “I sold” lacks a word."""
    blocks = list(piece.blocks)
    for at in range(piece.first - 1, low - 1, -1):
        pos = blocks[0].pos
        if (near := reached(c, words[at], range(pos - 1, pos - EDGE - 2, -1), pos, text)) is not None:
            blocks.insert(0, Block(at, near, 1))
    for at in range(piece.last, high):
        pos = blocks[-1].pos + blocks[-1].size - 1
        if (near := reached(c, words[at], range(pos + 1, pos + EDGE + 2), pos, text)) is not None:
            blocks.append(Block(at, near, 1))
    return piece._replace(blocks=tuple(merged(blocks)))


def ended(c: Corpus, piece: Piece, text: str, low: int, high: int) -> Piece:
    """The piece with as many words of the transcript at either end as the quotation has others for there, as far as
    the clause goes on: they stand for one another. Without it, "twelve lamps" of "seventeen lamps" would be a word that
    was put in. As a block without words."""
    blocks = list(piece.blocks)
    if 0 < (missing := piece.first - low) <= EDGE and (n := goes_on(c, blocks[0].pos, -1, missing, text)):
        blocks.insert(0, Block(low, blocks[0].pos - n, 0))
    end = blocks[-1].pos + blocks[-1].size
    if 0 < (missing := high - piece.last) <= EDGE and (n := goes_on(c, end - 1, 1, missing, text)):
        blocks.append(Block(high, end + n, 0))
    return piece._replace(blocks=tuple(blocks))


def goes_on(c: Corpus, pos: int, step: int, most: int, text: str) -> int:
    """How many words, `most` or fewer, stand beside a word in its turn without a pause between."""
    for n in range(1, most + 1):
        near = pos + n * step
        if not 0 <= near < len(c.ids) or c.turn[near] != c.turn[pos]:
            return n - 1
        a, b = sorted((near, near - step))
        if not PAUSES.isdisjoint(text[int(c.end[a]) : int(c.start[b])]):
            return n - 1
    return most


def reached(c: Corpus, word: int, places: range, beside: int, text: str) -> int | None:
    """The first of some places where a word stands in the turn and sentence of the word at `beside`."""
    for pos in places:
        if not 0 <= pos < len(c.ids) or c.turn[pos] != c.turn[beside]:
            return None
        a, b = sorted((pos, beside))
        if not STOPS.isdisjoint(text[int(c.end[a]) : int(c.start[b])]):
            return None
        if word >= 0 and c.ids[pos] == word:
            return pos
    return None


def merged(blocks: list[Block]) -> list[Block]:
    """The blocks, with neighbours made one."""
    out: list[Block] = []
    for b in blocks:
        a = out[-1] if out else None
        if a and (a.at + a.size, a.pos + a.size) == (b.at, b.pos):
            out[-1] = Block(a.at, a.pos, a.size + b.size)
        else:
            out.append(b)
    return out


def gap(a: Block, b: Block) -> float:
    """What lies between two blocks, in bits: words of the transcript left out, and words of the quotation added."""
    left_out, added = b.pos - a.pos - a.size, b.at - a.at - a.size
    return STEP * log2(1 + left_out) + MISSING * added


def pieces(c: Corpus, piece: Piece, weights: list[float]) -> list[Piece]:
    """A piece cut where another turn begins, or more words are left out than one place may lack: the best part first,
    of the others those of FEW words or more."""
    runs: list[list[Block]] = []
    for block in (part for whole in piece.blocks for part in in_turns(c, whole)):
        last = runs[-1][-1] if runs else None
        if last and c.turn[last.pos] == c.turn[block.pos] and block.pos - last.pos - last.size <= CUT:
            runs[-1].append(block)
        else:
            runs.append([block])
    found = sorted((p for run in runs if (p := worthiest(run, weights))), key=lambda p: -p.bits)
    return found[:1] + [p for p in found[1:] if p.words >= FEW or (p.words >= TAIL and goes_over(p, found[0]))]


def goes_over(p: Piece, first: Piece) -> bool:
    """Whether two pieces are one run of words, with only the border of two turns between."""
    a, b = sorted((p, first), key=lambda p: p.first)
    return a.last == b.first and a.place[1] == b.place[0]


def in_turns(c: Corpus, block: Block) -> list[Block]:
    """A block cut where another turn begins."""
    out, at = [], block.pos
    end = block.pos + block.size
    while at < end:
        turn = c.turn[at]
        to = at + 1
        while to < end and c.turn[to] == turn:
            to += 1
        out.append(Block(block.at + at - block.pos, at, to - at))
        at = to
    return out
