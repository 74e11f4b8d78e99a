"""Web archives as other writers make them: packed in one go, cut short, with wrong lengths, packed by servers."""

from __future__ import annotations

import gzip
import io
import zlib

import pyarrow as pa
import pytest
from test_corpus_inputs import archive, page

from vivavoce.corpus import warc
from vivavoce.corpus.inputs import listed
from vivavoce.corpus.reading import documents as read
from vivavoce.corpus.shards import shards
from vivavoce.corpus.values import Fields


def record(number: int, sent: bytes | None = None, length: int | None = None, **headers: str) -> bytes:
    """A response with a page."""
    body = page(number).encode() if sent is None else sent
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{told}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/{number}\r\n"
    head += "WARC-Date: 2016-02-03T04:05:06Z\r\nContent-Type: application/http; msgtype=response\r\n"
    size = len(block) if length is None else length
    return f"{head}Content-Length: {size}\r\n\r\n".encode() + block + b"\r\n\r\n"


def pages(data: bytes, step: int = 10**9) -> list[warc.Page]:
    """The pages of an archive, cut into pieces."""
    cuts = range(0, len(data), step)
    return [p for at in cuts for p in warc.pages(io.BytesIO(data), at, min(at + step, len(data)))]


def urls(found: list[warc.Page]) -> list[str]:
    return [p.url.rpartition("/")[2] for p in found if not p.problem]


def packed(data: bytes, name: str) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, name) as file:
        file.write(data)
    return sink.getvalue().to_pybytes()


def chunks(data: bytes) -> bytes:
    cut = [data[at : at + 700] for at in range(0, len(data), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in cut) + b"0\r\n\r\n"


PACKINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: packed(data, "brotli"),
    "zstd": lambda data: packed(data, "zstd"),
    "GZIP": gzip.compress,
    "identity": bytes,
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_page_is_unpacked_as_its_server_packed_it(packing):
    sent = PACKINGS[packing](page(1).encode())
    chunked = record(1, chunks(sent), Transfer_Encoding="Chunked", Content_Encoding=packing)
    for found in pages(record(1, sent, Content_Encoding=packing) + chunked):
        assert found.data == page(1).encode()


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd"])
def test_a_page_that_is_not_packed_as_its_server_says_is_taken_as_it_came(packing):
    (found,) = pages(record(1, Content_Encoding=packing, Transfer_Encoding="chunked"))
    assert found.data == page(1).encode()


@pytest.mark.parametrize("step", [500, 2000, 10**9])
@pytest.mark.parametrize("members", [1, 2, 5])
def test_records_that_are_packed_in_one_go_are_read(step, members):
    records = [record(n) for n in range(6)]
    each = -(-6 // members)
    data = b"".join(gzip.compress(b"".join(records[n : n + each])) for n in range(0, 6, each))
    found = pages(data, step)
    assert urls(found) == list("012345")
    if members == 1:
        assert [p.at for p in found] == [sum(map(len, records[:n])) for n in range(6)]


def test_an_archive_in_one_go_that_is_cut_short_gives_what_is_there():
    data = gzip.compress(b"".join(record(n) for n in range(40)))
    found = pages(data[: len(data) * 2 // 3])
    assert len(found) > 15
    assert urls(found) == [f"{n}" for n in range(len(found) - 1)]
    assert "cannot be read" in found[-1].problem or "cut short" in found[-1].problem


@pytest.mark.parametrize("together", [True, False])
def test_an_archive_packed_with_zstandard(tmp_path, together):
    records = [record(n) for n in range(4)]
    codec = pa.Codec("zstd")
    parts = [b"".join(records)] if together else records
    (tmp_path / "a.warc.zst").write_bytes(b"".join(codec.compress(p, asbytes=True) for p in parts))
    pieces = [p for s in shards(listed([str(tmp_path / "a.warc.zst")])) for p in s.pieces]
    found = [d for p in pieces for d in read(p, Fields())]
    assert [d.name for d in found] == [f"http://e.org/{n}" for n in range(4)]
    assert [d.at for d in found] == [sum(map(len, records[:n])) for n in range(4)]


@pytest.mark.parametrize("packs", [gzip.compress, bytes])
def test_a_page_that_is_cut_short_is_told_and_takes_no_other_with_it(packs):
    found = pages(b"".join(packs(record(n, length=10**9 if n == 2 else None)) for n in range(5)))
    assert urls(found) == list("0134")
    assert [p.problem for p in found if p.problem] == ["the page is cut short"]


@pytest.mark.parametrize(("length", "there"), [(300, "01234"), (7, "0134")])
@pytest.mark.parametrize("packs", [gzip.compress, bytes])
def test_a_wrong_length_is_told_with_the_record_that_has_it(length, there, packs):
    found = pages(b"".join(packs(record(n, length=length if n == 2 else None)) for n in range(5)))
    assert urls(found) == list(there)
    (problem,) = (p for p in found if p.problem)
    assert problem.at == len(packs(record(0)) + packs(record(1)))
    assert "length is wrong" in problem.problem


def test_a_broken_record_is_told_once_and_with_its_own_place():
    bad = record(2).replace(b"WARC-Type: response\r\n", b"WARC-Type response \xff\x00\r\n: :\r\n", 1)
    data = b"".join([record(0), record(1), bad.replace(b"Content-Length: ", b"Content-Length: -"), record(3)])
    found = pages(data)
    assert urls(found) == list("013")
    (problem,) = (p for p in found if p.problem)
    assert problem.at in (len(record(0)), len(record(0) + record(1)))
    assert problem.problem.isprintable()


@pytest.mark.parametrize("stray", [b"hello\xff\xfe", b"<html>no archive</html>\n" * 400])
@pytest.mark.parametrize("behind", [0, 2])
def test_a_file_that_does_not_begin_as_an_archive_is_told(stray, behind):
    found = pages(stray + b"\n" + b"".join(record(n) for n in range(behind)), step=5000)
    assert [(p.at, p.problem) for p in found if p.problem] == [(0, "no record begins where the file begins")]
    assert urls(found) == list("01"[:behind])


@pytest.mark.parametrize("blank", [b"", b"\r\n\n", b"\0" * 2000 + b"\n"])
def test_an_archive_that_is_empty_or_filled_up_has_no_problem(blank):
    assert pages(blank) == []
    assert urls(pages(blank + record(1))) == ["1"]


def test_a_page_without_an_address_is_called_by_its_place(tmp_path):
    bare = record(1).replace(b"WARC-Target-URI: http://e.org/1\r\n", b"")
    (tmp_path / "a.warc").write_bytes(record(0) + bare + record(2))
    (piece,) = (p for s in shards(listed([str(tmp_path / "a.warc")])) for p in s.pieces)
    found = list(read(piece, Fields()))
    assert [d.name for d in found] == ["http://e.org/0", f"a.warc#{len(record(0))}", "http://e.org/2"]


def test_what_libraries_say_is_printable(tmp_path):
    data = bytearray(archive(9)[0])
    at = archive(9)[1][4]
    data[at + 40 : at + 300] = bytes(range(1, 27)) * 10
    for found in pages(bytes(data)):
        assert found.problem.isprintable()
