"""The pages of a web archive (WARC, ISO 28500), compressed record by record or not; a broken record is passed over."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from vivavoce.model import Value

BLOCK = 2**20
LARGEST = 2**26  # bytes of a page
BEGINS = re.compile(rb"\x1f\x8b\x08|(?:\A|\n)WARC/\d\.\d\r?\n")
OVERLAP = 16
PAGES = ("text/html", "application/xhtml+xml")
BROKEN = (EOFError, OSError, ValueError, AttributeError, zlib.error)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


class Page(Value, frozen=True):
    """A page with where its record begins, or why there is none."""

    at: int
    url: str = ""
    data: bytes = b""
    format: str = "html"
    problem: str = ""


def pages(file: IO[bytes], start: int, end: int) -> Iterator[Page]:
    """The pages whose records begin at `start` or later and before `end`, in order. Behind a record that is broken,
    the next that begins is looked for."""
    at = begin(file, start)
    while at is not None and at < end:
        last, broken = at - 1, ""
        try:
            for last, record in records(file, at):
                if last >= end:
                    return
                found = page(record, last)
                if found:
                    yield found
        except BROKEN as e:
            broken = " ".join(str(e).split())[:120] or type(e).__name__
        else:
            broken = "" if last >= at else "it has no headers"
        at = max(last, at)
        if broken:
            yield Page(at, problem=f"the record is broken ({broken})")
        at = begin(file, at + 1)


def records(file: IO[bytes], at: int) -> Iterator[tuple[int, Any]]:
    """The records from a place on, as far as they can be read, each with where it begins."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    file.seek(at)
    try:
        found = ArchiveIterator(file, check_digests=False)
        for record in found:
            yield found.offset, record
    except ArchiveLoadFailed as e:
        raise ValueError(str(e)) from e


def page(record: Any, at: int) -> Page | None:
    """The page that a record holds; None for anything else (requests, pictures, errors, redirections)."""
    headers = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return None
    told = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    if not told.lower().startswith(PAGES) or (headers and headers.get_statuscode() != "200"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or f"#{at}"
    data = record.content_stream().read(LARGEST + 1)
    if len(data) > LARGEST:
        return Page(at, url, problem="the page is larger than 64 MB")
    wanted = record.length
    if wanted is not None and record.rec_type == "resource" and len(data) < wanted:
        return Page(at, url, problem="the page is cut short")
    return Page(at, url, decoded(data, told))


def decoded(data: bytes, told: str) -> bytes:
    """The page as UTF-8 with its mark, where the server names another character set; as it came where none is named,
    for then the page itself may name it."""
    named = CHARSET.search(told)
    try:
        encoding = codecs.lookup(named[1]).name if named else "utf-8"
        if encoding == "utf-8":
            return data
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return data
    return text.encode("utf-8-sig") if isinstance(text, str) else data


def begin(file: IO[bytes], start: int) -> int | None:
    """Where the first record at or behind a place begins; None where none does."""
    at, held = start, b""
    file.seek(start)
    while block := file.read(BLOCK):
        held += block
        for found in BEGINS.finditer(held):
            first = at + found.start() + (held[found.start() : found.start() + 1] == b"\n")
            if begins(file, first):
                return first
        at += max(len(held) - OVERLAP, 0)
        held = held[-OVERLAP:]
        file.seek(at + len(held))
    return None


def begins(file: IO[bytes], at: int) -> bool:
    """Whether a record begins at a place, compressed or not."""
    file.seek(at)
    head = file.read(512)
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")
