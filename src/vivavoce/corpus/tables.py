"""The tables: their columns, and how a part is written so that it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vivavoce.corpus.files import placed

GROUP = 4096  # rows of a row group
SPANS = pa.list_(pa.list_(pa.int32()))
MENTION = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())])
PERSON = pa.struct([("id", pa.string()), ("name", pa.string())])
EVIDENCE = pa.list_(pa.struct([("source", pa.string()), ("start", pa.int32()), ("end", pa.int32())]))
WORDS = pa.list_(pa.string())
TIMES = pa.list_(pa.float64())

QUOTES = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("kind", pa.string()),
        ("spans", SPANS),
        ("content", SPANS),
        ("text", pa.string()),
        ("block", pa.string()),
        ("time", TIMES),
        ("speaker", MENTION),
        ("person", PERSON),
        ("cue", MENTION),
        ("confidence", pa.float64()),
        ("engine", pa.string()),
        ("why", WORDS),
        ("turn", pa.int32()),
        ("asks", pa.bool_()),
        ("sure", pa.float64()),
        ("date", pa.string()),
        ("url", pa.string()),
        ("document", pa.int32()),
        ("figure", pa.string()),
    ]
)
DOCUMENTS = pa.schema(
    [
        ("source", pa.string()),
        ("file", pa.string()),
        ("place", pa.int64()),
        ("kind", pa.string()),
        ("format", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("date", pa.string()),
        ("publisher", pa.string()),
        ("language", pa.string()),
        ("characters", pa.int32()),
        ("words", pa.int32()),
        ("quotes", pa.int32()),
        ("withheld", pa.bool_()),
        ("text_hash", pa.string()),
        ("text", pa.string()),
        ("document", pa.int32()),
    ]
)
PROBLEMS = pa.schema(
    [
        ("source", pa.string()),
        ("file", pa.string()),
        ("place", pa.int64()),
        ("kind", pa.string()),
        ("problem", pa.string()),
    ]
)
ROLE = pa.struct(
    [
        ("kind", pa.string()),
        ("of", pa.string()),
        ("title", pa.string()),
        ("work", pa.string()),
        ("evidence", EVIDENCE),
        ("when", pa.string()),
    ]
)
PEOPLE = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("aliases", WORDS),
        ("quotes", pa.int64()),
        ("roles", pa.list_(ROLE)),
        ("kind", pa.string()),
        ("gender", pa.string()),
        ("documents", pa.int64()),
        ("first", pa.string()),
        ("last", pa.string()),
    ]
)
HAPPENED = pa.struct([("start", pa.string()), ("end", pa.string()), ("precision", pa.string()), ("evidence", EVIDENCE)])
ACCOUNT = pa.struct(
    [
        ("id", pa.string()),
        ("person", PERSON),
        ("source", pa.string()),
        ("spans", SPANS),
        ("quotes", WORDS),
        ("time", TIMES),
        ("told", pa.string()),
    ]
)
RELATION = pa.struct(
    [
        ("a", pa.string()),
        ("b", pa.string()),
        ("type", pa.string()),
        ("about", pa.string()),
        ("values", WORDS),
        ("evidence", EVIDENCE),
        ("confidence", pa.float64()),
        ("engine", pa.string()),
        ("why", WORDS),
    ]
)
SPAN = pa.list_(pa.int32())
PLACE = pa.struct([("source", pa.string()), ("span", SPAN), ("time", TIMES), ("person", pa.string())])
EDIT = pa.struct([("op", pa.string()), ("at", SPAN), ("to", pa.string()), ("kind", pa.string()), ("place", pa.int32())])
NEAREST = pa.struct([("source", pa.string()), ("span", SPAN), ("score", pa.float64())])
FRAME = pa.struct([("kind", pa.string()), ("at", SPAN), ("place", pa.int32())])
MOMENTS = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("works", WORDS),
        ("when", pa.struct([("happened", HAPPENED), ("order", pa.int32()), ("notes", EVIDENCE)])),
        ("accounts", pa.list_(ACCOUNT)),
        ("relations", pa.list_(RELATION)),
        ("former", WORDS),
        ("why", WORDS),
        ("note", pa.string()),
        ("tellers", pa.int32()),
        ("sources", pa.int32()),
    ]
)


TRACES = pa.schema(
    [
        ("quote", pa.string()),
        ("source", pa.string()),
        ("spans", SPANS),
        ("text", pa.string()),
        ("speaker", pa.string()),
        ("class", pa.string()),
        ("in", pa.string()),
        ("at", SPANS),
        ("time", TIMES),
        ("said_by", pa.string()),
        ("places", pa.list_(PLACE)),
        ("edits", pa.list_(EDIT)),
        ("nearest", NEAREST),
        ("similarity", pa.float64()),
        ("why", pa.string()),
        ("frames", pa.list_(FRAME)),
    ]
)


def part(folder: Path, number: int) -> Path:
    """The file of a part of a table."""
    return folder / f"part-{number:06}.parquet"


def table(rows: Iterable[Any], schema: Any) -> Any:
    """Rows as a table; a value of ours as the plain value that it is in JSON."""
    return pa.Table.from_pylist([msgspec.to_builtins(row) for row in rows], schema)


def write(path: Path, data: Any, groups: Sequence[int] = ()) -> None:
    """Write a table as a file that is there whole or not at all, whatever happens meanwhile. `groups`: at which rows a
    row group begins, where they are not to be of one size."""

    def fill(to: Path) -> None:
        with pq.ParquetWriter(to, data.schema, compression="zstd", compression_level=3, use_dictionary=True) as writer:
            ends = [*groups[1:], len(data)] if groups else []
            for a, b in zip(groups, ends, strict=True):
                if a < b:
                    writer.write_table(data.slice(a, b - a), row_group_size=b - a)
            if not groups and len(data):  # no row group without rows: it would have no statistics
                writer.write_table(data, row_group_size=GROUP)

    placed(path, fill)


def read(path: Path, column: str = "", value: int = 0) -> Any:
    """A part, or those of its rows that have a number in a column; only the row groups that may have it are read."""
    with pq.ParquetFile(path) as file:
        if not column:
            return file.read(use_threads=False)
        at = file.schema_arrow.get_field_index(column)
        groups = [n for n in range(file.num_row_groups) if may_hold(file.metadata.row_group(n).column(at), value)]
        found = file.read_row_groups(groups, use_threads=False)
    return found.filter(pc.equal(found.column(column), value))


def may_hold(told: Any, value: int) -> bool:
    """Whether a column of a row group may hold a number, by its statistics."""
    known = told.statistics
    return known is None or not known.has_min_max or bool(known.min <= value <= known.max)
