"""Where paragraphs are, in text that was saved with one newline, two, or hard-wrapped at a column."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from vivavoce.language.broken import going_on
from vivavoce.model import Block, Span

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
BLANK = re.compile(r"\n[ \t\xa0\r]*\n|\r[ \t]*\r|\u2029")
BREAK = re.compile(r"\n(?=\S)")
SENTENCE_ENDS = frozenset('.!?:;”"’)]')
WRAPPED_SHARE = 0.3
FEW_BREAKS = 3


@lru_cache(maxsize=2)  # each step that looks at a text asks
def wrapped(text: str) -> bool:
    """Whether single newlines are only the ends of lines: then a blank line ends a paragraph."""
    ends = [m.start() for m in BREAK.finditer(text)]
    last = [(text[at - 2 : at - 1] if text[at - 1 : at] == "\r" else text[at - 1 : at], text[at + 1]) for at in ends]
    breaks = [(before, after) for before, after in last if before.strip()]
    runs_on = sum(before not in SENTENCE_ENDS and "a" <= after <= "z" for before, after in breaks)
    return len(breaks) >= FEW_BREAKS and runs_on >= len(breaks) * WRAPPED_SHARE


def paragraphs(text: str, start: int, end: int, wrapped: bool = False) -> list[Span]:
    """The paragraphs of `text[start:end]`, in order, without the white space round them; not `wrapped`: its
    lines, those in one that go on in the next."""
    if not wrapped:
        found = whole(text, [m.span() for m in LINE.finditer(text, start, end) if m[0].strip()])
    else:
        cuts = [start, *(at for m in BLANK.finditer(text, start, end) for at in m.span()), end]
        found = list(zip(cuts[::2], cuts[1::2], strict=True))
    return [span for a, b in found if (span := stripped(text, a, b))[0] < span[1]]


def whole(text: str, lines: list[Span]) -> list[Span]:
    """Lines, those made one that go on in the next."""
    if len(lines) < 2:
        return lines
    on = going_on(text, lines)
    ends = [n for n in range(len(lines)) if n not in on]
    return [(lines[a + 1][0], lines[b][1]) for a, b in pairwise([-1, *ends])]


def stripped(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return start + left, max(start + left, start + len(words.rstrip()))


def runs(blocks: tuple[Block, ...], text: str) -> list[Block]:
    """Neighbouring blocks of one kind made one, so that a paragraph cut by its line ends is whole again."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if last and last.kind == block.kind and not text[last.end : block.start].strip():
            made[-1] = Block(block.kind, last.start, block.end)
        else:
            made.append(block)
    return made
