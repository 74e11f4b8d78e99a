"""The documents of a shard, one after another; nothing but the one at hand is held."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from vivavoce.corpus import warc
from vivavoce.corpus.inputs import store
from vivavoce.corpus.records import BOM, USUAL, broken, foreign, of_line, of_record
from vivavoce.corpus.saying import plain
from vivavoce.corpus.values import Document, Fields, Input, Piece

LONGEST = 2**26  # bytes of a line
BLOCK = 2**20


def documents(piece: Piece, fields: Fields) -> Iterator[Document]:
    """The documents that begin in a piece. What breaks off is told as a document with a problem."""
    readers: dict[str, Callable[[Piece, Fields], Iterator[Document]]] = {
        "lines": lines,
        "packed lines": packed,
        "parquet": rows,
        "warc": records,
        "packed warc": stream,
        "file": whole,
    }
    at = piece.start
    try:
        for one in readers[piece.input.kind](piece, fields):
            at = one.at
            yield one
    except Exception as e:  # what the libraries of formats and stores raise has no class in common
        yield broken(piece.input, at, f"it breaks off behind this place ({type(e).__name__}: {plain(e)})")


@contextmanager
def opened(given: Input, compression: str | None = None) -> Iterator[Any]:
    """An input as a file of bytes that can be read by lines."""
    import fsspec
    from fsspec.spec import AbstractBufferedFile

    with fsspec.open(given.url, "rb", compression=compression) as file:
        # Files of stores come in blocks, and their readline takes no bound.
        yield io.BufferedReader(file, BLOCK) if isinstance(file, AbstractBufferedFile) else file


@contextmanager
def unpacked(given: Input) -> Iterator[Any]:
    """A compressed input as a file of what it holds."""
    if not given.name.lower().endswith(".zst"):
        with opened(given, "infer") as file:
            yield file
        return
    import pyarrow as pa

    with opened(given) as file:
        stream: Any = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")
        yield io.BufferedReader(stream, BLOCK)


def whole(piece: Piece, _: Fields) -> Iterator[Document]:
    """A file that is one document."""
    given = piece.input
    if given.root:
        yield Document(given.name, given.name, root=given.root)
        return
    system, path = store(given.url)
    yield Document(given.name, given.name, data=system.cat_file(path))


# --- lines -------------------------------------------------------------------------------------------------


def lines(piece: Piece, fields: Fields) -> Iterator[Document]:
    """The lines that begin in a stretch of a file."""
    with opened(piece.input) as file:
        at = piece.start
        if other := foreign(file.readline(BLOCK), piece.input.name):
            yield from () if at else (broken(piece.input, 0, other),)
            return
        file.seek(0)
        if at:
            file.seek(at - 1)
            at += len(passed(file)) - 1
        yield from each(file, piece.input, at, piece.end, fields)


def passed(file: IO[bytes]) -> Any:
    """Pass over the rest of a line, however long: as many bytes as there were, as a range."""
    count = 0
    while part := file.readline(LONGEST):
        count += len(part)
        if part.endswith(b"\n"):
            break
    return range(count)


def packed(piece: Piece, fields: Fields) -> Iterator[Document]:
    """All lines of a compressed file; their places count unpacked bytes."""
    with unpacked(piece.input) as file:
        other = foreign(file.readline(BLOCK), piece.input.name)
    if other:
        yield broken(piece.input, 0, other)
        return
    with unpacked(piece.input) as file:
        yield from each(file, piece.input, 0, -1, fields)


def each(file: IO[bytes], given: Input, at: int, end: int, fields: Fields) -> Iterator[Document]:
    """The lines from a place on, up to the last that begins before `end` (-1: all)."""
    while end < 0 or at < end:
        line = file.readline(LONGEST)
        if not line:
            return
        size = len(line)
        if size == LONGEST and not line.endswith(b"\n"):
            size += len(passed(file))
            yield broken(given, at, "the line is longer than 64 MB")
        elif line.strip(BOM + b" \t\r\n"):
            yield of_line(line, given, at, fields)
        at += size


# --- rows and records --------------------------------------------------------------------------------------


def rows(piece: Piece, fields: Fields) -> Iterator[Document]:
    """The rows of a stretch of a row group."""
    import pyarrow.parquet as pq

    with opened(piece.input) as file:
        table = pq.ParquetFile(file)
        before = sum(table.metadata.row_group(n).num_rows for n in range(piece.group))
        names = table.schema_arrow.names
        wanted = [n for n in columns(fields) if n in names]
        at = 0
        for batch in table.iter_batches(256, [piece.group], wanted):
            first, last = max(piece.start - at, 0), min(piece.end - at, len(batch))
            for n, record in enumerate(batch.slice(first, last - first).to_pylist() if first < last else (), first):
                yield of_record(record, piece.input, before + at + n, fields, names)
            at += len(batch)
            if at >= piece.end:
                return


def columns(fields: Fields) -> list[str]:
    """The columns in which a value of a field may stand."""
    found: list[str] = []
    for what, usual in USUAL.items():
        named = getattr(fields, what)
        found += [named, named.split(".")[0]] if named else usual
    return list(dict.fromkeys(found))


def records(piece: Piece, _: Fields) -> Iterator[Document]:
    """The pages of a web archive."""
    with opened(piece.input) as file:
        for page in warc.pages(file, piece.start, piece.end):
            yield of_page(page, piece.input)


def stream(piece: Piece, _: Fields) -> Iterator[Document]:
    """The pages of a web archive that is compressed with zstandard; their places count unpacked bytes."""
    with unpacked(piece.input) as file:
        for page in warc.streamed(file):
            yield of_page(page, piece.input)


def of_page(page: warc.Page, given: Input) -> Document:
    """A page as a document."""
    if page.problem:
        return broken(given, page.at, page.problem)
    name = page.url or f"{given.name}#{page.at}"
    return Document(name, given.name, page.at, page.data, page.format, {"address": page.url})
