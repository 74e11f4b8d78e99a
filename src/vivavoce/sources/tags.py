"""HTML cut into tags and the words between them, every piece with its place in the file.

The cutting follows the HTML standard's tokenizer where it matters for what is seen. It is linear: nothing is
looked at twice, whatever is left open. (The standard library's parser rescans what is unclosed, and its places
are lines and columns.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

OPENS = re.compile(r"<(?=[A-Za-z/!?])")
NAME = re.compile(r"[A-Za-z][^\s/>]*")
SPACE = re.compile(r"[\s/]*")
KEY = re.compile(r"=?[^\s/>=]*")
IS = re.compile(r"\s*=\s*")
BARE = re.compile(r"[^\s>]*")
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


class Tag(NamedTuple):
    """A tag: `closes` for an end tag; `attrs` with lower-case keys and their characters unescaped."""

    name: str
    attrs: dict[str, str]
    start: int
    end: int
    closes: bool = False


STRUCK = re.compile(r"line-through", re.I)
STRIKING = frozenset({"struck", "strike", "strikeout", "strikethrough", "redacted", "deleted"})
STRIKES = frozenset({"s", "strike", "del"})


def strikes(tag: Tag) -> bool:
    """Whether a tag strikes out what it holds: by its name, its style or its class."""
    kinds = tag.attrs.get("class", "").casefold().split()
    return tag.name in STRIKES or bool(STRUCK.search(tag.attrs.get("style", ""))) or bool(STRIKING.intersection(kinds))


class Words(NamedTuple):
    """What lies between tags, as it stands in the file."""

    start: int
    end: int


class Comment(NamedTuple):
    """A comment, a document type or the like."""

    start: int
    end: int


class Lost(NamedTuple):
    """The rest of a file that ends within a tag, or within a comment that nothing closes."""

    start: int
    end: int


Piece = Tag | Words | Comment | Lost


def scan(text: str) -> Iterator[Piece]:
    """All pieces of a file in order; together they cover it."""
    at = done = 0
    while found := OPENS.search(text, at):
        piece = _piece(text, found.start())
        if piece is None:
            at = found.end()
            continue
        if done < piece.start:
            yield Words(done, piece.start)
        yield piece
        at = done = piece.end
        if isinstance(piece, Tag) and not piece.closes and piece.name in RAW:
            closing = ENDS[piece.name].search(text, at)
            at = done = closing.start() if closing else len(text)
            if piece.end < at:
                yield Words(piece.end, at)
    if done < len(text):
        yield Words(done, len(text))


def _piece(text: str, start: int) -> Piece | None:
    """The tag or comment that begins with the `<` at `start`; None when it is a sign of the text."""
    sign = text[start + 1]
    if text.startswith("<!--", start):
        return _until(text, start, "-->", start + 2)
    closes = sign == "/"
    name = NAME.match(text, start + 2 if closes else start + 1)
    if name:
        return _tag(text, start, name, closes)
    if closes and start + 2 >= len(text):
        return None
    return _until(text, start, ">", start + 2)


def _until(text: str, start: int, sign: str, after: int) -> Comment | Lost:
    end = text.find(sign, after)
    return Comment(start, end + len(sign)) if end >= 0 else Lost(start, len(text))


def _tag(text: str, start: int, name: re.Match[str], closes: bool) -> Tag | Lost:
    attrs: dict[str, str] = {}
    at, size = name.end(), len(text)
    while True:
        at = _end(SPACE, text, at)
        if at >= size:
            return Lost(start, size)
        if text[at] == ">":
            return Tag(name[0].lower(), attrs, start, at + 1, closes)
        key_end = _end(KEY, text, at)
        key, value = text[at:key_end].lower(), ""
        at = _end(IS, text, key_end)
        if key_end < at < size:
            quote = text[at] if text[at] in "\"'" else ""
            closing = text.find(quote, at + 1) if quote else _end(BARE, text, at)
            if closing < 0:
                return Lost(start, size)
            value = text[at + len(quote) : closing]
            at = closing + len(quote)
        if key and key not in attrs:
            attrs[key] = unescape(value) if "&" in value else value


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
