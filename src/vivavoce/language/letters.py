"""Letters to an editor among the blocks of an article: where each is written, and by whom it is signed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from vivavoce.model import Source, Span

# "Sir,", "Dear Editor:", "To the Editor –", alone or before the first words.
OPENS = re.compile(
    r"(?:(?:dear )?(?:sirs?|madam|sir or madam|(?:mr\.? |madam )?editors?)|to the editors?)\s*(?:[,:;.–—-]|$)", re.I
)
CLOSING = re.compile(r"(?:yours?(?: \w+)?|sincerely|respectfully)\b[^.!?]{0,30}[,.]?\s*", re.I)
TITLE = r"(?:\(?(?:Mrs?|Miss|Ms|Dr|Rev|Revd|Cllr|Councillor|Sir|Lady|Capt|Captain|Prof|Fr|Sgt)\.?\)?\s+)?"
PART = r"(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]+\.?|(?:de|van|von|der|la|le|of)\b)"
NAME = re.compile(rf"(?P<title>{TITLE})(?P<name>{PART}(?:\s+{PART}){{1,4}})(?P<rest>,[^.!?]*)?", re.DOTALL)
KEPT = re.compile(r"\b(?:supplied|withheld|address)\b", re.I)  # "Name and address supplied"
LINE = 60  # characters of the first line of a signature, at most


class Letter(NamedTuple):
    """A letter: the `span` of its body, where it is `signed` (the name), and that `name`, without its title."""

    span: Span
    signed: Span
    name: str


def letters(source: Source) -> list[Letter]:
    """The letters of an article that are opened by a salutation and signed by a name, in order."""
    if source.kind != "press":
        return []
    out: list[Letter] = []
    begun: int | None = None
    for block in source.blocks:
        words = source.text[block.start : block.end]
        if block.kind != "body":
            begun = None if block.kind in ("heading", "headline") else begun
        elif OPENS.match(words):
            begun = block.start
        elif begun is not None and (signed := _signature(words)) and block.start > begun:
            a, b = (block.start + i for i in signed)
            out.append(Letter((begun, block.start), (a, b), " ".join(source.text[a:b].split())))
            begun = None
    return out


def _signature(words: str) -> Span | None:
    """Where a block's name stands, if the block is a signature: (start, end) within it."""
    closing = CLOSING.match(words)
    at = closing.end() if closing else 0
    line = words[at:].partition("\n")[0].strip()
    found = NAME.match(words, at, at + len(words[at:].partition("\n")[0]))
    if not found or len(line) > LINE or KEPT.search(line) or (found.end() - at) < len(line.rstrip(" .")):
        return None
    return found.span("name")


def writer_of(place: int, written: Iterable[Letter]) -> Letter | None:
    """The letter that a place stands in."""
    return next((x for x in written if x.span[0] <= place < x.span[1]), None)
