"""Records as people have them: dates in many shapes, bytes for texts, what Python writes as JSON, what is no text."""

from __future__ import annotations

import bz2
import datetime
import gzip
import json
import lzma

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tabled import made, rows

SAID = "“It is late,” said Ida Fell."


def told(tmp_path, *records, **settings):
    """The rows of documents and of problems that some records (or lines) give."""
    body = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(body) + b"\n")
    made(tmp_path / "a.jsonl", tmp_path / "out", text=True, **settings)
    return rows(tmp_path / "out" / "documents"), rows(tmp_path / "out" / "problems")


DATES = {
    "2015-01-02T23:30:00-05:00": "2015-01-02",
    "2015-1-2": "2015-01-02",
    "2015/01/02": "2015-01-02",
    "2015.01.02 10:00": "2015-01-02",
    "20150102": "2015-01-02",
    "20150102030405": "2015-01-02",
    "2015-01": "2015-01",
    "Fri, 02 Jan 2015 03:04:05 GMT": "2015-01-02",
    "1420156800": "2015-01-02",
    1420156800: "2015-01-02",
    1420156800.5: "2015-01-02",
    1420156800123: "2015-01-02",
    1420156800123456: "2015-01-02",
    1420156800123456789: "2015-01-02",
    20150102: "2015-01-02",
    "2015-13-45": "",
    "02/01/2015": "",
    "yesterday": "",
    12: "",
    10**30: "",
    -1420156800: "",
    True: "",
}


def test_dates_in_the_shapes_that_records_have(tmp_path):
    given = [*DATES, {"$date": "2015-01-02T03:04:05Z"}, {"$date": 1420156800123}]
    documents, _ = told(tmp_path, *({"text": SAID, "date": d} for d in given))
    found = [d["date"] for d in documents]
    assert dict(zip(map(repr, given), found, strict=True)) == dict(
        zip(map(repr, given), [*DATES.values(), "2015-01-02", "2015-01-02"], strict=True)
    )


def test_what_python_writes_as_json_is_read(tmp_path):
    line = b'{"id": "a\\udc00", "text": "\\ud83d It is late, and nobody came. \\u0000", '
    line += b'"title": "\\ud800", "n": [NaN, 1e999, %s]}'
    documents, problems = told(tmp_path, line % (b"9" * 40), {"text": SAID})
    assert problems == []
    assert (documents[0]["source"], documents[0]["text"]) == ("a\ufffd", "\ufffd It is late, and nobody came. \ufffd")
    assert documents[0]["title"] == "\ufffd"


def test_a_text_that_is_bytes_is_read(tmp_path):
    page = f"<html><body><p>{'It is late. ' * 20}</p><p>{SAID.replace('late', 'spät')}</p></body></html>"
    table = {"text": [SAID.encode(), page.encode("cp1252"), b"", None], "id": [b"a", b"b", b"c", b"d"]}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    made(tmp_path / "a.parquet", tmp_path / "out", text=True)
    documents = rows(tmp_path / "out" / "documents")
    assert [d["source"] for d in documents] == ["a", "b"]
    assert documents[0]["text"] == SAID
    assert "spät" in documents[1]["text"]


def test_rows_without_an_id_are_called_by_their_place(tmp_path):
    pq.write_table(pa.table({"text": [SAID] * 2, "id": [7.5, float("nan")]}), tmp_path / "a.parquet")
    made(tmp_path / "a.parquet", tmp_path / "out")
    assert [d["source"] for d in rows(tmp_path / "out" / "documents")] == ["7.5", "a.parquet#1"]


def test_instants_are_days(tmp_path):
    at = datetime.datetime(2015, 1, 2, 3, 4, tzinfo=datetime.UTC)
    kinds = [pa.timestamp("ns", "America/New_York"), pa.timestamp("ms"), pa.date32()]
    for kind, expected in zip(kinds, ["2015-01-01", "2015-01-02", "2015-01-02"], strict=True):
        given = pa.array([at.date() if kind == pa.date32() else at.replace(tzinfo=None)])
        day = given.cast(kind) if kind == pa.date32() else given.cast(pa.timestamp("us", "UTC")).cast(kind)
        pq.write_table(pa.table({"text": [SAID], "date": day}), tmp_path / "a.parquet")
        made(tmp_path / "a.parquet", tmp_path / str(kind))
        assert [d["date"] for d in rows(tmp_path / str(kind) / "documents")] == [expected]


@pytest.mark.parametrize(
    ("record", "field", "sentence"),
    [
        ({"text": " "}, "", "the text in its field text is empty"),
        ({"text": None}, "", "the text in its field text is empty"),
        ({"Words": SAID, "n": 1}, "", "(--text-field names another; it has Words, n)"),
        ({"text": SAID}, "words", "there is no text in the field words (--text-field names another; it has text)"),
        ({"text": [SAID]}, "", "there is no text in a field of the usual names"),
    ],
)
def test_why_a_record_has_no_text_is_told(tmp_path, record, field, sentence):
    from vivavoce.corpus import Fields

    _, (problem,) = told(tmp_path, record, fields=Fields(text=field))
    assert sentence in problem["problem"]


RECORDS = [{"text": f"{SAID} {n}", "id": str(n)} for n in range(40)]
LINES = b"".join(json.dumps(r).encode() + b"\n" for r in RECORDS)


@pytest.mark.parametrize("packing", ["", "gz", "bz2", "xz", "zst"])
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (gzip.compress(LINES), "it is compressed, which its name does not tell; call it a.jsonl"),
        (bz2.compress(LINES), "it is compressed"),
        (lzma.compress(LINES), "it is compressed"),
        (pa.compress(LINES, "zstd", asbytes=True), "it is compressed"),
        (LINES.decode().encode("utf-16"), "it is saved as UTF-16; save it as UTF-8"),
        (json.dumps(RECORDS, indent=1).encode(), "it is one JSON list, not a record a line"),
        (json.dumps(RECORDS).encode(), "the line is a JSON list, not an object"),
        (b"[" + b",\n".join(LINES.splitlines()) + b"]\n", "it is one JSON list"),
    ],
)
def test_an_input_of_another_kind_than_its_name_says_is_told_once_with_what_to_do(tmp_path, data, sentence, packing):
    packs = {"": bytes, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zst}
    given = tmp_path / f"a.jsonl.{packing}".rstrip(".")
    given.write_bytes(packs[packing](data))
    counts = made(given, tmp_path / "out", shard=0.001)
    (problem,) = rows(tmp_path / "out" / "problems")
    assert sentence in problem["problem"]
    assert counts["documents"] == 0


def zst(data: bytes) -> bytes:
    return pa.compress(data, "zstd", asbytes=True)


def test_a_first_line_that_is_no_record_costs_no_other_line(tmp_path):
    documents, problems = told(tmp_path, ["id", "text"], *RECORDS)
    assert (len(documents), len(problems)) == (len(RECORDS), 1)


def test_the_commonest_reason_is_told_when_all_is_done(tmp_path):
    from vivavoce import corpus

    others = [{"story": SAID, "n": n} for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, [*others, {"text": " "}, *RECORDS[:2]])))
    counts = made(tmp_path / "a.jsonl", tmp_path / "out")
    *_, reason = corpus.told(counts, tmp_path / "out")
    assert reason == (
        "The commonest reason (3 of them): there is no text in a field of the usual names "
        "(--text-field names another; it has story, n)."
    )


def test_reasons_that_differ_in_numbers_alone_are_one(tmp_path):
    from vivavoce import corpus

    given = "\n".join(["{broken", '{"text": "}', json.dumps(RECORDS[0]), "{" * 9, '{"a": 1'])
    (tmp_path / "a.jsonl").write_text(given)
    *_, reason = corpus.told(made(tmp_path / "a.jsonl", tmp_path / "out"), tmp_path / "out")
    assert reason.startswith("The commonest reason (4 of them): the line is no JSON (")


def test_one_that_is_set_aside_alone_has_no_commonest_reason(tmp_path):
    from vivavoce import corpus

    (tmp_path / "a.jsonl").write_text("{broken\n" + json.dumps(RECORDS[0]))
    assert len(list(corpus.told(made(tmp_path / "a.jsonl", tmp_path / "out"), tmp_path / "out"))) == 2
