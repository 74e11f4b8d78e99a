"""The pages of a web archive (WARC, ISO 28500), compressed record by record, in one go, or not; a broken record is
passed over."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from functools import cache
from math import inf
from typing import IO, Any

from vivavoce.corpus.saying import plain
from vivavoce.model import Value

BLOCK, PART = 2**20, 2**14
GZIP = b"\x1f\x8b"
LARGEST = 2**26  # bytes of a page
BEGINS = re.compile(rb"\x1f\x8b\x08|(?:\A|\n)WARC/\d\.\d\r?\n")
OVERLAP = 16
PAGES = ("text/html", "application/xhtml+xml")
BROKEN = (EOFError, OSError, ValueError, AttributeError, zlib.error)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
CUT = "it is damaged or cut short"
LENGTH = "its length is wrong, as it seems"
PACKED = {"br": "brotli", "zstd": "zstd"}  # how servers pack pages, beside gzip and deflate: as Arrow names it


class Page(Value, frozen=True):
    """A page with where its record begins, or why there is none."""

    at: int
    url: str = ""
    data: bytes = b""
    format: str = "html"
    problem: str = ""


class Member(io.RawIOBase):
    """What is compressed together from a place of a file on, unpacked as it is read; it ends where it is damaged."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        self.file, self.packed, self.damaged = file, zlib.decompressobj(31), False
        file.seek(at)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: Any) -> int:
        """Put what comes next into a buffer: how many bytes there were."""
        part = b""
        while not (part or self.packed.eof or self.damaged):
            more = self.packed.unconsumed_tail or self.file.read(PART)
            try:
                part = self.packed.decompress(more, len(into))
            except zlib.error:
                more = b""
            self.damaged = not (more or part)
        into[: len(part)] = part
        return len(part)

    def end(self) -> int:
        """The place behind it, once it is read; 0 where that is not known."""
        return self.file.tell() - len(self.packed.unused_data) if self.packed.eof else 0


class Stretch:
    """The records from a place on, as far as they can be read one after another: all before `end`, or those that are
    compressed together. `last`: where the last one begins; `why`: why there are no more, where that is no good end;
    `told`: whether a problem of the last one is told already; `after`: where the next may begin, and, where `whole`,
    must."""

    def __init__(self, file: IO[bytes], at: int, end: int) -> None:
        self.file, self.at, self.end = file, at, end
        self.last, self.why, self.told, self.whole, self.after = at - 1, "", False, False, at + 1

    def pages(self) -> Iterator[Page]:
        """The pages of the records."""
        self.file.seek(self.at)
        packed = self.file.read(len(GZIP)) == GZIP
        self.file.seek(self.at)
        yield from self.together() if packed else self.apart()

    def apart(self) -> Iterator[Page]:
        """Of records that are not compressed."""
        yield from self.readable(self.file, 0, self.end)
        self.after = max(self.last, self.at) + (self.last < self.end)

    def together(self) -> Iterator[Page]:
        """Of records that are compressed together."""
        member = Member(self.file, self.at)
        yield from self.readable(io.BufferedReader(member, PART), self.at)
        self.whole, self.after = member.packed.eof, member.end() or self.at + 1
        self.why = CUT if member.damaged else self.why

    def readable(self, file: Any, base: int, end: float = inf) -> Iterator[Page]:
        """Of those that can be read."""
        try:
            for self.last, found in each(file, base):
                if self.last >= end:
                    return
                self.told = bool(found and found.problem)
                if found:
                    yield found
            self.why = "" if self.last >= self.at else "it has no headers"
        except BROKEN as e:
            self.why = plain(e)


def pages(file: IO[bytes], start: int, end: int) -> Iterator[Page]:
    """The pages whose records begin at `start` or later and before `end`, in order. Behind a record that is broken,
    the next that begins is looked for. Records that are compressed together belong to where the first begins."""
    at = begin(file, start)
    if start == 0 and at != 0 and holds(file, 0, at):
        yield Page(0, problem="no record begins where the file begins")
    behind: list[Page] = []  # told unless it is the next record that is broken
    while at is not None and at < end:
        stretch = Stretch(file, at, end)
        for found in stretch.pages():
            yield from behind
            behind = []
            yield found
        if stretch.last < at:
            behind = []
            yield Page(at, problem=f"the record is broken ({stretch.why})")
        else:
            yield from behind
            behind = list(follows(stretch))
        at = begin(file, stretch.after)
        if at != stretch.after and stretch.whole and not behind and holds(file, stretch.after):
            behind = [Page(stretch.after, problem="no record begins where the one before ends")]
    yield from behind


def follows(stretch: Stretch) -> Iterator[Page]:
    """That nothing can be read behind the last record of a stretch, where that is so and not told."""
    if stretch.why and not stretch.told:
        yield Page(stretch.last, problem=f"what follows this record cannot be read ({stretch.why})")


def holds(file: IO[bytes], at: int, end: int | None = None) -> bool:
    """Whether there is anything at a place, up to another, but what fills up a file."""
    file.seek(at)
    return bool(file.read(512 if end is None else min(end - at, 512)).strip(b"\0\r\n\t "))


def streamed(file: IO[bytes]) -> Iterator[Page]:
    """The pages of an archive that can be read from its beginning only; behind a record that is broken nothing can be
    found."""
    at = 0
    try:
        for place, found in each(file, 0):
            at = place
            if found:
                yield found
    except BROKEN as e:
        yield Page(at, problem=f"what follows this record cannot be read ({plain(e)})")


def each(file: Any, base: int) -> Iterator[tuple[int, Page | None]]:
    """The records of a file from where it stands, as far as they can be read: the place of each, and the page in it,
    if it is one; a problem besides where its length is wrong. `base`: what is added to the places."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    last, wrong = -1, 0
    records = ArchiveIterator(file, check_digests=False)
    records.loader = loader()
    try:
        for record in records:
            if records.err_count > wrong:
                yield last, Page(last, problem=LENGTH)
            last, wrong = records.offset + base, records.err_count
            yield last, page(record, last)
        if records.err_count > wrong:
            yield last, Page(last, problem=LENGTH)
    except ArchiveLoadFailed as e:
        raise ValueError(str(e) if records.err_count == wrong else LENGTH) from e


@cache
def loader() -> Any:
    """What loads records; of one without an address, too, the headers are read."""
    from warcio.recordloader import ArcWarcRecordLoader

    class Loader(ArcWarcRecordLoader):  # type: ignore[misc]
        def load_http_headers(self, kind: Any, url: Any, stream: Any, length: Any) -> Any:
            return super().load_http_headers(kind, url or "http:", stream, length)

    return Loader(verify_http=False, arc2warc=False)


def page(record: Any, at: int) -> Page | None:
    """The page that a record holds; None for anything else (requests, pictures, errors, redirections)."""
    headers = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return None
    told = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    if not told.lower().startswith(PAGES) or (headers and headers.get_statuscode() != "200"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    data = content(record, headers) if headers else record.content_stream().read(LARGEST + 1)
    if len(data) > LARGEST:
        return Page(at, url, problem="the page is larger than 64 MB")
    if short(record):
        return Page(at, url, problem="the page is cut short")
    return Page(at, url, decoded(data, told))


def content(record: Any, headers: Any) -> bytes:
    """What a server sent, out of its chunks and unpacked; as it came where it is not packed as the server says."""
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        headers.replace_header("Transfer-Encoding", "chunked")
    packing = (headers.get_header("Content-Encoding") or "").strip().lower().removeprefix("x-")
    headers.replace_header("Content-Encoding", "identity" if packing in PACKED else packing)
    data: bytes = record.content_stream().read(LARGEST + 1)
    return unpacked(data, PACKED[packing]) if packing in PACKED and len(data) <= LARGEST else data


def unpacked(data: bytes, packing: str) -> bytes:
    """What some bytes hold, up to more than a page may; they themselves where they are not packed so."""
    import pyarrow as pa

    try:
        with pa.CompressedInputStream(pa.BufferReader(data), packing) as file:
            return bytes(file.read(LARGEST + 1))
    except (OSError, ValueError):
        return data


def short(record: Any) -> bool:
    """Whether the archive ends before a record does."""
    while record.raw_stream.read(BLOCK):
        continue
    return bool(getattr(record.raw_stream, "limit", 0) > 0)


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
    if begins(file, start):
        return start
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
