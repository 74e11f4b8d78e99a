"""Corrected words of a text: a layer over it, found again like every decision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from vivavoce.decisions.anchors import locate
from vivavoce.decisions.journal import LOST, Decision, Review, order
from vivavoce.model import Correction, Source, Span

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")

CHANGED = "its words are others now, so that nothing is corrected"

Change = tuple[Span, str]
"""Offsets in the words as they came, and what stands there instead."""

_Block = tuple[int, int, int, int]
"""Which tokens of the old words, and which of the new ones in their place."""


def corrections(source: Source, decisions: Iterable[Decision]) -> tuple[tuple[Correction, ...], tuple[Review, ...]]:
    """The corrections of a source's text that decisions lay down, in order and apart, and those to look at.

    Only the words that differ are corrected, however many were given to find them by. Where two decisions correct the
    same words otherwise, the later holds there, and both are listed. One whose words are gone, or have changed to
    others, corrects nothing and is listed.
    """
    mine = [d for d in decisions if d.type == "text-correction" and any(a.source == source.path for a in d.target)]
    reviews: list[Review] = []
    made: list[tuple[Decision, Correction]] = []
    for decision in sorted(mine, key=order, reverse=True):
        for one in _made(source, decision, reviews):
            other = next((d for d, c in made if c.start < one.end and one.start < c.end), None)
            if other is None:
                made.append((decision, one))
            elif not any((c.start, c.end, c.to) == (one.start, one.end, one.to) for _, c in made):
                reviews += _contrary(source, decision, other)
    return tuple(sorted((c for _, c in made), key=lambda c: c.start)), tuple(reviews)


def _made(source: Source, decision: Decision, reviews: list[Review]) -> list[Correction]:
    """What one decision corrects; a doubt about it goes to `reviews`."""
    anchor = next(a for a in decision.target if a.source == source.path)
    span, to = locate(anchor, source), " ".join(decision.value.split())
    now = source.text[slice(*span)] if span else ""
    if span is None or now != anchor.exact:
        why = CHANGED if span else LOST
        reviews.append(Review(decision.id, decision.type, why, anchor.exact, now, source.path))
        return []
    return [Correction(span[0] + a, span[0] + b, words, decision.id) for (a, b), words in changes(now, to)]


def _contrary(source: Source, earlier: Decision, later: Decision) -> list[Review]:
    why = "two decisions correct the same words; the later holds: undo one of them"
    return [
        Review(d.id, d.type, why, earlier.value, later.value, source.path, applied=d is later) for d in (earlier, later)
    ]


def changes(was: str, to: str) -> list[Change]:
    """What makes one wording of another, word by word; white space is no change. A word that is put in or left out
    is told with the one beside it, so that there is always something to show and something that was there."""
    old, new = _TOKEN.findall(was), _TOKEN.findall(to)
    same = SequenceMatcher(None, [_plain(t) for t in old], [_plain(t) for t in new], autojunk=False)
    blocks: list[_Block] = []
    for op, *block in same.get_opcodes():
        if op != "equal":
            near = bool(blocks) and not "".join(old[blocks[-1][1] : block[0]]).strip()
            _add(blocks, (block[0], block[1], block[2], block[3]), near)
    wide: list[_Block] = []
    for one in (_widened(block, old, new) for block in blocks):
        _add(wide, one, bool(wide) and one[0] < wide[-1][1])
    offsets = [0]
    for token in old:
        offsets.append(offsets[-1] + len(token))
    bare = (_bare(block, old, new) for block in wide)
    return [((offsets[a], offsets[b]), "".join(new[c:d])) for a, b, c, d in bare if a < b and c < d]


def _add(blocks: list[_Block], block: _Block, joined: bool) -> None:
    """Put a change behind the others, or make one of it and the last."""
    a, _, c, _ = blocks.pop() if joined else block
    blocks.append((a, block[1], c, block[3]))


def _plain(token: str) -> str:
    return " " if token.isspace() else token


def _widened(block: _Block, old: list[str], new: list[str]) -> _Block:
    """A change with the word before it, else the one behind, where it would show nothing or rest on nothing."""
    a, b, c, d = block
    while not ("".join(old[a:b]).strip() and "".join(new[c:d]).strip()):
        if a and c:
            a, c = a - 1, c - 1
        elif b < len(old) and d < len(new):
            b, d = b + 1, d + 1
        else:
            break
    return a, b, c, d


def _bare(block: _Block, old: list[str], new: list[str]) -> _Block:
    """A change without the white space that both sides begin or end with."""
    a, b, c, d = block
    while a < b and c < d and old[a].isspace() and new[c].isspace():
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1].isspace() and new[d - 1].isspace():
        b, d = b - 1, d - 1
    return a, b, c, d
