"""The queries that docs/scale.md shows run, and say what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from corpora import document, lines
from tabled import made

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Tables of news, with one document twice, one broken line, and a recording of what one of them quotes."""
    folder = tmp_path_factory.mktemp("queries")
    quoted = {
        "id": "quoted",
        "date": "2015-01-09",
        "text": "“We had fourteen old lamps on that ferry,” said Petra Vance.",
    }
    lines(folder / "news.jsonl", 40, more=[quoted, document(3), "{broken"])
    talk = "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Petra Vance>We had fourteen lamps on that old ferry, you know.\n"
    (folder / "talks").mkdir()
    (folder / "talks" / "petra.vtt").write_text(talk)
    made(folder / "news.jsonl", folder / "out", tables="moments", transcripts=[folder / "talks"], shard=0.03)
    return folder / "out"


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.splitlines()[0].removeprefix("-- "))
def test_a_query_of_the_page_finds_something(tables, query, monkeypatch):
    monkeypatch.chdir(tables)
    most = duckdb.sql("SELECT id FROM 'people/*.parquet' ORDER BY quotes DESC, id LIMIT 1").fetchall()[0][0]
    assert duckdb.sql(query.replace("PERSON", most)).fetchall()


def test_there_are_queries():
    assert len(QUERIES) >= 6


def test_every_table_and_column_of_the_page_is_there(tables):
    told = set(re.findall(r"^\| `(\w+)/` \|", PAGE, re.MULTILINE))
    assert told == {p.name for p in tables.iterdir() if p.is_dir() and p.name != ".work"}
    for path in tables.glob("*/*.parquet"):
        group = pq.ParquetFile(path).metadata
        for n in range(group.num_row_groups):
            assert group.row_group(n).column(0).compression == "ZSTD"
            assert group.row_group(n).column(0).is_stats_set


def test_the_keys_are_those_of_the_json(tables):
    from vivavoce.model import Moment, Person, Quote, Trace

    given = {"quotes": Quote, "people": Person, "moments": Moment, "traces": Trace}
    for name, kind in given.items():
        names = pq.read_schema(next((tables / name).glob("*.parquet"))).names
        keys = [k for k in kind.__struct_encode_fields__ if k != "figures"]
        assert names[: len(keys)] == keys, name
