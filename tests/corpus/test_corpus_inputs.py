"""What a corpus can be made of, and that a broken piece of it costs that piece alone."""

from __future__ import annotations

import gzip
import io
import json
import os

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpora import document, documents, lines
from tabled import made, rows
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from vivavoce.corpus import warc
from vivavoce.corpus.inputs import listed
from vivavoce.corpus.reading import documents as read
from vivavoce.corpus.shards import shards
from vivavoce.corpus.values import Fields
from vivavoce.errors import UsageError

PAGE = """<html><head><title>{title}</title></head><body><nav>Home</nav><article><h1>{title}</h1>{text}</article></body>
</html>"""


def page(number: int) -> str:
    one = document(number)
    text = "".join(f"<p>{p}</p>" for p in one["text"].split("\n\n"))
    return PAGE.format(title=one["title"], text=text)


def archive(count: int, packed: bool = True) -> tuple[bytes, list[int]]:
    """A web archive of so many pages, with other records between, and where each page's record begins."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("news.warc", {"software": "ours"}))
    at = []
    for n in range(count):
        at.append(out.tell())
        put(writer, f"https://example.org/{n}", page(n).encode())
        put(writer, f"https://example.org/{n}.png", b"\x89PNG" + bytes(50), "image/png")
        put(writer, f"https://example.org/gone/{n}", b"<html>Not here</html>", status="404 Not Found")
    return out.getvalue(), at


def put(writer, url, body, kind="text/html; charset=utf-8", status="200 OK"):
    headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_web_archive(tmp_path, packed):
    name = "news.warc.gz" if packed else "news.warc"
    (tmp_path / name).write_bytes(archive(12, packed)[0])
    counts = made(tmp_path / name, tmp_path / "out", shard=0.004)
    assert (counts["documents"], counts["problems"]) == (12, 0)
    told = rows(tmp_path / "out" / "documents")
    assert sorted(d["source"] for d in told) == sorted(f"https://example.org/{n}" for n in range(12))
    assert {d["format"] for d in told} == {"html"}
    assert told[0]["title"] == document(0)["title"]
    assert counts["quotes"] > 20


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("step", [700, 3000, 10**9])
def test_however_an_archive_is_cut_each_page_is_there_once(packed, step):
    data, at = archive(9, packed)
    found = []
    for start in range(0, len(data), step):
        found += [p.at for p in warc.pages(io.BytesIO(data), start, min(start + step, len(data)))]
    assert found == at


@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_record_costs_itself_alone(packed):
    data, at = archive(9, packed)
    broken = bytearray(data)
    broken[at[4] + 20 : at[4] + 400] = bytes(380)
    pages = list(warc.pages(io.BytesIO(bytes(broken)), 0, len(broken)))
    urls = {p.url for p in pages if not p.problem}
    assert {f"https://example.org/{n}" for n in range(9) if n != 4} <= urls
    assert not packed or any(p.problem for p in pages)


def test_an_archive_that_is_cut_short_gives_what_is_there():
    data, at = archive(9)
    pages = list(warc.pages(io.BytesIO(data[: at[7] + 100]), 0, at[7] + 100))
    assert {p.url for p in pages if not p.problem} >= {f"https://example.org/{n}" for n in range(7)}


def test_a_page_in_the_character_set_that_its_server_names(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    body = page(1).replace("Nobody was hurt", "Nobody at Łomża was hurt").replace("TARN", "ŁÓDŹ")
    put(writer, "https://example.org/1", body.encode("iso8859-2", "replace"), "text/html; charset=ISO-8859-2")
    (found,) = warc.pages(io.BytesIO(out.getvalue()), 0, 10**9)
    assert found.data.decode("utf-8-sig") == body.encode("iso8859-2", "replace").decode("iso8859-2")


def test_rows_of_parquet(tmp_path):
    table = pa.Table.from_pylist([{**d, "more": 1} for d in documents(50)])
    pq.write_table(table, tmp_path / "news.parquet", row_group_size=20)
    made(tmp_path / "news.parquet", tmp_path / "out", shard=0.01)
    told = rows(tmp_path / "out" / "documents")
    assert [d["source"] for d in told] == [d["id"] for d in documents(50)]
    assert [d["place"] for d in told] == list(range(50))
    assert len(list((tmp_path / "out" / "documents").iterdir())) > 3


def test_a_file_that_is_no_parquet_is_told(tmp_path):
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 not at all")
    lines(tmp_path / "good.jsonl", 2)
    counts = made([tmp_path / "bad.parquet", tmp_path / "good.jsonl"], tmp_path / "out")
    assert (counts["documents"], counts["problems"]) == (2, 1)
    (problem,) = rows(tmp_path / "out" / "problems")
    assert problem["file"] == "bad.parquet"


def test_packed_lines(tmp_path):
    body = b"".join(json.dumps(d).encode() + b"\n" for d in documents(20))
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(body))
    made(tmp_path / "news.jsonl.gz", tmp_path / "out", shard=0.01)
    assert [d["source"] for d in rows(tmp_path / "out" / "documents")] == [d["id"] for d in documents(20)]


def test_a_packed_page_is_told_to_be_unpacked(tmp_path):
    lines(tmp_path / "in" / "a.jsonl", 1)
    (tmp_path / "in" / "page.html.gz").write_bytes(gzip.compress(page(1).encode()))
    made(tmp_path / "in", tmp_path / "out")
    (problem,) = rows(tmp_path / "out" / "problems")
    assert problem["problem"] == "page.html.gz: a compressed file is not read. Unpack it (gunzip)."


def test_a_folder_whose_path_is_not_utf8_is_told(tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    odd.mkdir()
    good = lines(tmp_path / "a.jsonl", 1)
    lines(odd / "a.jsonl", 1)
    for given, out in ((odd, tmp_path / "out"), (odd / "a.jsonl", tmp_path / "out"), (good, odd / "out")):
        with pytest.raises(UsageError, match="is not UTF-8"):
            made(given, out)


def test_a_folder_of_everything(tmp_path):
    lines(tmp_path / "in" / "a.jsonl", 3)
    (tmp_path / "in" / "b.warc.gz").write_bytes(archive(2)[0])
    (tmp_path / "in" / "talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ida Fell>It was late.\n")
    (tmp_path / "in" / ".hidden.jsonl").write_text("{}")
    (tmp_path / "in" / "broken.docx").write_bytes(b"PK not a document")
    counts = made(tmp_path / "in", tmp_path / "out")
    assert (counts["documents"], counts["problems"]) == (6, 1)
    assert rows(tmp_path / "out" / "problems")[0]["kind"] == "unreadable"
    (talk,) = (q for q in rows(tmp_path / "out" / "quotes") if q["source"] == "talk.vtt")
    assert (talk["kind"], talk["time"], talk["person"]["name"]) == ("turn", [1.0, 4.0], "Ida Fell")


def test_a_pattern_takes_what_it_names(tmp_path):
    for n in range(3):
        lines(tmp_path / f"{n}" / "news.jsonl", 1, n)
    lines(tmp_path / "0" / "other.jsonl", 1, 9)
    found = listed([f"{tmp_path}/*/news.jsonl"])
    assert [f.name for f in found] == ["0/news.jsonl", "1/news.jsonl", "2/news.jsonl"]


def test_a_store_that_fsspec_knows():
    store = fsspec.filesystem("memory")
    body = b"".join(json.dumps(d).encode() + b"\n" for d in documents(8))
    store.pipe({"/news/a/1.jsonl": body, "/news/b/2.jsonl": body, "/news/b/letter.txt": b"Dear Ida, it is late."})
    found = listed(["memory://news"])
    assert [f.name for f in found] == ["a/1.jsonl", "b/2.jsonl", "b/letter.txt"]
    assert [f.name for f in listed(["memory://news/*/*.jsonl"])] == ["a/1.jsonl", "b/2.jsonl"]
    names = [d.name for shard in shards(found, 0.002) for piece in shard.pieces for d in read(piece, Fields())]
    assert names == [d["id"] for d in documents(8)] * 2 + ["b/letter.txt"]


def test_an_address_is_read_from_the_process_that_digests(tmp_path):
    lines(tmp_path / "in" / "news.jsonl", 3)
    (tmp_path / "in" / "one.txt").write_text(document(7)["text"])
    counts = made(f"file://{tmp_path}/in", tmp_path / "out")
    assert (counts["documents"], counts["problems"]) == (4, 0)


def test_what_is_not_there_is_told_at_once(tmp_path):
    from vivavoce.errors import UsageError

    for missing in (tmp_path / "none", f"{tmp_path}/*.jsonl", "memory://nowhere/none"):
        with pytest.raises(UsageError, match="there is nothing to read"):
            made(missing, tmp_path / "out")
