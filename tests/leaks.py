"""Every output of a project as bytes that can be searched: packed files opened, PDF read as a reader would."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The name, the bytes, and what is packed in them."""
    yield name, name.encode()
    yield name, data
    if data[:2] == b"\x1f\x8b":
        yield from opened(f"{name} (gzip)", gzip.decompress(data))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            for member in held.namelist():
                yield from opened(f"{name}!{member}", held.read(member))
    elif data[:5] == b"%PDF-":
        yield from _pdf(name, data)


def _pdf(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    document = pypdfium2.PdfDocument(data)
    told = [str(document.get_metadata_dict()), *(str(b.get_title()) for b in document.get_toc())]
    told += [page.get_textpage().get_text_range() for page in document]
    yield f"{name} (read)", "\n".join(told).encode("utf-8", "replace")
    for n, found in enumerate(STREAM.finditer(data)):
        try:
            yield f"{name} (stream {n})", zlib.decompress(found[1].rstrip(b"\r\n"))
        except zlib.error:
            yield f"{name} (stream {n})", found[1]


def forms(word: str) -> list[bytes]:
    """A word as it may stand in bytes, small."""
    small = word.casefold()
    return [
        small.encode(),
        small.encode("utf-16-be"),
        small.encode("utf-16-le"),
        small.encode("utf-16-be").hex().encode(),
    ]


def leaks(outputs: Iterator[tuple[str, bytes]], planted: list[str]) -> list[tuple[str, str, str]]:
    """Where planted words stand in outputs: (output, word, what stands round it)."""
    sought = [(word, form) for word in planted for form in forms(word)]
    found = []
    for name, data in outputs:
        for inner, held in opened(name, data):
            plain = _lowered(held)
            for word, form in sought:
                at = plain.find(form)
                if at >= 0:
                    found.append((inner, word, plain[max(at - 60, 0) : at + 60].decode("utf-8", "replace")))
    return found


def _lowered(data: bytes) -> bytes:
    """Bytes with letters small: as text where they are text, else as they are."""
    try:
        return data.decode("utf-8").casefold().encode()
    except UnicodeDecodeError:
        return data.lower()


def tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, by its path there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
