"""Where the words of each part of a block stand in `book.md`, in code points of the file as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.book.arrangement import Arrangement, Block
from vivavoce.model import Span

LINE = re.compile(r"\r\n|\n|\r")
REFERENCE = re.compile(r"\]\(\s*<?(?:quote|source):")
NAME = re.compile(r"[\s>]*(\*\*|__)(.+?)\1[ \t]*:?", re.DOTALL)
EMPTY = re.compile(r"(?:\r\n|\n|\r)[ \t]*>[ \t]*(?=\r|\n)")  # an empty line of a block parts two paragraphs
EDGE = " \t\r\n>*_\\"
QUOTED = {'"': '"', "'": "'", "(": ")"}


def spots(text: str, arrangement: Arrangement) -> dict[tuple[int, int], tuple[Span, ...]]:
    """The spans of each part's words, one a paragraph, by the line of its block and its number there.

    `text`: the file that `arrangement` was read from, without a byte-order mark; its line ends as they are. Signs of
    Markdown within the words are within the spans, those round them are not. Linear in the text.
    """
    starts = [0, *(m.end() for m in LINE.finditer(text))]
    out: dict[tuple[int, int], tuple[Span, ...]] = {}
    for block in (i for c in arrangement.chapters for i in c.items if isinstance(i, Block)):
        at = starts[block.line - 1]
        name = NAME.match(text, at) if block.name else None
        at = name.end() if name else at
        for n in range(len(block.parts)):
            label, end = _reference(text, at)
            out[block.line, n] = tuple(_paragraphs(text, at, label))
            at = end
    return out


def _reference(text: str, at: int) -> tuple[int, int]:
    """Where the next reference begins and ends."""
    found = REFERENCE.search(text, at)
    if not found:
        return len(text), len(text)
    return _opened(text, at, found.start()), _closed(text, found.end())


def _opened(text: str, low: int, at: int) -> int:
    """Where the bracket stands that the one at `at` closes."""
    depth = 0
    for i in range(at, low - 1, -1):
        if text[i] in "[]" and text[i - 1 : i] != "\\":
            depth += 1 if text[i] == "]" else -1
        if not depth:
            return i
    return low


def _closed(text: str, at: int) -> int:
    """Past the parenthesis that closes a reference; the title of its source may hold some."""
    while at < len(text) and text[at] != ")":
        close = QUOTED.get(text[at]) if text[at - 1].isspace() else None
        at = (text.find(close, at + 1) if close else at) + 1 or len(text)
    return at + 1


def _paragraphs(text: str, low: int, high: int) -> Iterator[Span]:
    """The spans of the paragraphs of a stretch, without what stands round their words."""
    ends = [*((m.start(), m.end()) for m in EMPTY.finditer(text, low, high)), (high, high)]
    for end, after in ends:
        piece = text[low:end]
        begin = low + len(piece) - len(piece.lstrip(EDGE))
        if begin < end:
            yield begin, low + len(piece.rstrip(EDGE))
        low = after
