"""What the readers of XML share: how a file begins, and its elements in order, whatever its letters are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.model import Warning
from vivavoce.sources import zipped
from vivavoce.sources.raw import Raw
from vivavoce.sources.zipped import Event

HEAD = 20_000
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})")


def head(raw: Raw) -> str:
    """The beginning of a file that begins as XML does; else ""."""
    given = raw.text[:HEAD] if raw.text is not None else raw.data[:HEAD].replace(b"\0", b"").decode("latin-1")
    given = given.lstrip("\ufeff \t\r\n")
    return given if given.startswith("<") else ""


def elements(raw: Raw) -> Iterator[Event]:
    """The elements and words of an XML file in order. Where it says that it is UTF-8 and is not, it is read as the
    text that `raw` is. Raises UnreadableSource, with the line, where it is broken."""
    if raw.text is not None and (mistaken(raw) or raw.encoding.startswith("utf-16")):
        return zipped.events(raw.text.encode("utf-8", "replace"), raw.path, "", "utf-8")
    return zipped.events(raw.data, raw.path, "")


def mistaken(raw: Raw) -> bool:
    """Is it other than the encoding that it says, or that XML has where nothing is said?"""
    declared = DECLARED.match(raw.data.lstrip(b" \t\r\n"))
    return raw.encoding == "cp1252" and (declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii"))


def warnings(raw: Raw) -> tuple[Warning, ...]:
    """What `raw` tells of the encoding, where that is true of XML, which may declare its own."""
    return raw.warnings if mistaken(raw) else ()


def plain(raw: Raw) -> Raw:
    """The file without its text, which is not the source's, and with the warnings that hold of XML."""
    return Raw(raw.path, raw.data, warnings=warnings(raw))
