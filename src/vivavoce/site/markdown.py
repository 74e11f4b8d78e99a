"""Markdown signs of a source: they stay in its text, for offsets refer to it, and vanish on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from vivavoce.model import Source, Span

UNSEEN = "\ue000"  # a private character, put in the place of a sign, that the printing of words leaves out

# Each kind of sign is looked for within a line and cannot hold another of its kind, so that time stays linear.
SIGNS = (
    re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*\n]{1,600}(?<=[^\s*\\])(\1)(?![\w*])"),
    re.compile(r"(?<![\w_\\])(_{1,3})(?=[^\s_])[^_\n]{1,600}(?<=[^\s_\\])(\1)(?![\w_])"),
    re.compile(r"(!?\[)[^\[\]\n]{1,600}(\]\([^()\s]{1,600}\))"),
    re.compile(r"^(#{1,6}[ \t]+)", re.MULTILINE),
    re.compile(r"(\\)(?=[*_#>\[\]()`])"),
)


def is_markdown(path: str) -> bool:
    """Whether a source's text has Markdown's signs in it."""
    return path.lower().endswith((".md", ".markdown"))


def marks(text: str) -> Iterator[Span]:
    """The stretches of a Markdown text that are signs, kind by kind."""
    for sign in SIGNS:
        for found in sign.finditer(text):
            yield from (found.span(group) for group in range(1, sign.groups + 1))


def bare(text: str) -> str:
    """A Markdown text without its signs."""
    gone = {n for start, end in marks(text) for n in range(start, end)}
    return "".join(sign for n, sign in enumerate(text) if n not in gone)


def unmarked(source: Source) -> Source:
    """A source as it is printed: the same places, Markdown signs unseen. Other formats stay as they are."""
    if not is_markdown(source.path):
        return source
    text = list(source.text.replace(UNSEEN, "\ufffd"))
    for start, end in marks(source.text):
        text[start:end] = UNSEEN * (end - start)
    return msgspec.structs.replace(source, text="".join(text))
