"""Traces of a corpus: its quotations are looked for in transcripts, a part of these at a time, and the best place is
kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from vivavoce import traces
from vivavoce.corpus import keeper, shuffle, tables
from vivavoce.corpus.digest import HEARD
from vivavoce.corpus.values import Done, Found, Pair, Problem, Task
from vivavoce.model import Quote, Source, Trace, Value
from vivavoce.quoting import printable

FOLLOWED = pa.schema([("quote", pa.int32()), ("trace", pa.binary())])
SOURCES = pa.schema([("heard", pa.binary())])


class Heard(Value, frozen=True):
    """A transcript, and what is said in it, one quotation a turn."""

    source: Source
    turns: tuple[Quote, ...]


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Trace).decode
heard_in = msgspec.msgpack.Decoder(Heard).decode


def heard(task: Task) -> Done:
    """Read the transcripts of a shard."""
    found: list[Found] = []
    problems: list[Problem] = []
    for one in keeper.found(task.shard, msgspec.structs.replace(task.settings, tables=HEARD)):
        problems.append(one) if isinstance(one, Problem) else found.append(one)
    kept = [Heard(one.source, one.quotes) for one in found if one.source]
    rows = [{"heard": encode(one)} for one in kept]
    number = task.shard.number
    tables.write(shuffle.work(task.out, "heard", number), pa.Table.from_pylist(rows, SOURCES))
    if problems:
        path = Path(task.out) / "problems" / f"transcripts-{number:06}.parquet"
        tables.write(path, tables.table(problems, tables.PROBLEMS))
    words = sum(one.facts.words for one in found if one.source)
    return Done("heard", number, {"transcripts": len(kept), "spoken": words, "problems": len(problems)})


@lru_cache(maxsize=1)
def talk(out: str, part: int, others: int) -> traces.Talk:
    """A part of the transcripts, ready to be looked up in; the earliest first."""
    rows = tables.read(shuffle.work(out, "heard", part)).column("heard").to_pylist()
    there = sorted(map(heard_in, rows), key=lambda h: (h.source.date or "9999", h.source.path))
    return traces.listened([h.source for h in there], [q for h in there for q in h.turns], others)


def followed(pair: Pair) -> Done:
    """Look for the quotations of a part in a part of the transcripts."""
    asked = quotes(Path(pair.out), pair.quotes)
    found = traces.followed(talk(pair.out, pair.heard, pair.others), [q for _, q in asked]) if asked else []
    rows = [{"quote": n, "trace": encode(t)} for (n, _), t in zip(asked, found, strict=True)]
    tables.write(shuffle.work(pair.out, "followed", pair.number), pa.Table.from_pylist(rows, FOLLOWED))
    return Done("followed", pair.number)


def quotes(out: Path, part: int) -> list[tuple[int, Quote]]:
    """What the press quotes in a part, each with its row: what is followed in a history."""
    rows = tables.read(tables.part(out / "quotes", part)).to_pylist()
    found = ((n, msgspec.convert(row, Quote)) for n, row in enumerate(rows) if row["kind"] in ("direct", "mixed"))
    return [(n, q) for n, q in found if printable(q)]


def best(pairs: Sequence[Pair]) -> Done:
    """The traces of a part of the quotations: of each, the best that any part of the transcripts gives."""
    kept: dict[int, Trace] = {}
    for pair in pairs:
        for row in tables.read(shuffle.work(pair.out, "followed", pair.number)).to_pylist():
            one = decode(row["trace"])
            before = kept.get(row["quote"])
            if before is None or worth(one) > worth(before):
                kept[row["quote"]] = one
    part, out = pairs[0].quotes, Path(pairs[0].out)
    found = [kept[n] for n in sorted(kept)]
    tables.write(tables.part(out / "traces", part), tables.table(found, tables.TRACES))
    return Done("traces", part, {"traces": len(found), "traced": sum(t.cls != "absent" for t in found)})


def worth(t: Trace) -> tuple[Any, ...]:
    """What a trace is worth beside another of the same quotation: found, by the one who is named, in more of its
    words; of equals the first."""
    return t.cls != "absent", t.cls != "misattributed", t.similarity, len(t.places) == 1
