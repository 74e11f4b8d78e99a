"""Words taken out of a block of quotation, or put back, where they stand in the file: the rest of the block keeps its
signs and lines."""

from __future__ import annotations

import re

from vivavoce.book.arrangement import Block, Part, arranged
from vivavoce.book.draft import signs
from vivavoce.book.settle import CUT, plain
from vivavoce.model import WORD, Span

SIGN = "[…]"
REFERENCE = re.compile(r'\]\((?:quote|source):[^\s)]+(?:\s+"(?:\\.|[^"\\])*")?\s*\)')
PREFIX = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
NAME = re.compile(r"(?:\*\*|__).*?(?:\*\*|__)", re.DOTALL)
MARKS = frozenset(" \t\r\n\\*_")  # what may stand in the file between two characters that are printed
STOPS = re.compile(r"[.!?…]+[”’\"')\]]*")
PAUSES = re.compile(r"[,;:]")
TIGHT = ",.;:!?)”’"  # stands close to the word before it
ENDED = re.compile(r"(?:^|[.!?…][”’\"')\]]*)\s*$")


def block_of(text: str) -> Block | None:
    """The block of quotation that a piece of the file is, None if it is none."""
    items = [i for c in arranged(text).chapters for i in c.items]
    return items[0] if len(items) == 1 and isinstance(items[0], Block) else None


def widened(words: str, span: Span) -> Span:
    """What a person means who selects a stretch of a part's words: whole words; with the stop if it is a whole
    sentence, with the comma behind it if it is not; with the cuts that stand beside it."""
    start, end = span
    for m in WORD.finditer(words):
        start = m.start() if m.start() < start < m.end() else start
        end = m.end() if m.start() < end < m.end() else end
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    behind = (STOPS if ENDED.search(words[:start]) else PAUSES).match(words, end)
    end = behind.end() if behind else end
    for m in CUT.finditer(words):
        if m.end() <= start and not words[m.end() : start].strip():
            start = m.start()
        if m.start() >= end and not words[end : m.start()].strip():
            end = m.end()
    return start, end


def shortened(words: str, span: Span, sign: str = SIGN) -> str:
    """The words without a stretch; `sign` stands for it, but not at the beginning or the end."""
    before, after = words[: span[0]].rstrip(), words[span[1] :].lstrip()
    if not before or not after:
        return before or after
    tight = "" if after[0] in TIGHT else " "
    return f"{before} {sign}{tight}{after}" if sign else f"{before}{tight}{after}"


def cut(text: str, number: int, span: Span, sign: str = SIGN) -> str | None:
    """The text of a block without a stretch of the words of its part `number` (as `plain` gives them; see `widened`);
    None if it cannot be done without touching more."""
    block = block_of(text)
    if block is None or number >= len(block.parts):
        return None
    words = plain(block.parts[number])
    places = _places(text, block, number, words)
    wanted = shortened(words, span, sign)
    mine = [n for n in range(*span) if not words[n].isspace()]
    if places is None or not wanted or not mine:
        return None
    before = [n for n in places if n < span[0]]
    after = [n for n in places if n >= span[1]]
    begin, end = _escaped(text, places[mine[0]]), places[mine[-1]] + 1
    between = sign if before and after else ""
    if not after:
        begin = places[before[-1]] + 1
    elif not before:
        end = _escaped(text, places[after[0]])
    elif not sign:
        begin, end = places[before[-1]] + 1, _escaped(text, places[after[0]])
        between = "" if words[after[0]] in TIGHT else " "
    fresh = text[:begin] + between + text[end:]
    return fresh if _only(block, block_of(fresh), number, wanted) else None


def whole(text: str, number: int, said: str) -> str | None:
    """The text of a block with all that was `said` in the place of the words of its part `number`."""
    block = block_of(text)
    if block is None or number >= len(block.parts):
        return None
    words = plain(block.parts[number])
    places = _places(text, block, number, words)
    if not places:
        return None
    first, last = _escaped(text, min(places.values())), max(places.values()) + 1
    fresh = text[:first] + signs(" ".join(said.split())) + text[last:]
    return fresh if _only(block, block_of(fresh), number, said) else None


def _escaped(text: str, at: int) -> int:
    return at - 1 if at and text[at - 1] == "\\" else at


def _only(before: Block, after: Block | None, number: int, wanted: str) -> bool:
    """Whether nothing else in a block has changed, and the part reads as wanted."""
    if after is None or after.name != before.name or len(after.parts) != len(before.parts):
        return False
    named = [(p.quote, p.source, p.label) for p in before.parts] == [(p.quote, p.source, p.label) for p in after.parts]
    others = [(_bare(a), _bare(b)) for a, b in zip(before.parts, after.parts, strict=True)]
    same = all(a == b for n, (a, b) in enumerate(others) if n != number)
    return named and same and others[number][1] == wanted.split()


def _bare(part: Part) -> list[str]:
    return plain(part).split()


def _places(text: str, block: Block, number: int, words: str) -> dict[int, int] | None:
    """Where each character of a part's words stands in the file; None where that is not plain."""
    region = _region(text, block, number)
    if region is None:
        return None
    at, end = region
    skipped = {n for m in PREFIX.finditer(text) for n in range(*m.span())}
    places: dict[int, int] = {}
    for n, sign in enumerate(words):
        if sign.isspace():
            continue
        while at < end and (at in skipped or text[at] != sign):
            if at not in skipped and text[at] not in MARKS:
                return None
            at += 1
        if at >= end:
            return None
        places[n] = at
        at += 1
    return places


def _region(text: str, block: Block, number: int) -> Span | None:
    """The stretch of the file that holds the words of a part: from the reference before it to its own."""
    found = list(REFERENCE.finditer(text))
    if len(found) != len(block.parts):
        return None
    start = found[number - 1].end() if number else 0
    if not number and block.name:
        name = NAME.search(text)
        if name is None:
            return None
        start = name.end()
    end, depth = found[number].start(), 1
    while end > start and depth:
        end -= 1
        escaped = text[end - 1] == "\\"
        depth += 0 if escaped else {"]": 1, "[": -1}.get(text[end], 0)
    return (start, end) if not depth else None
