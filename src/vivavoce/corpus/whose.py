"""People of a corpus: who is who, block by block, and the quotations with the persons that this gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from vivavoce import people
from vivavoce.corpus import shuffle, tables
from vivavoce.corpus.values import Done, Found, Heap, Task
from vivavoce.model import Cast, Known, Person, Role

replace = msgspec.structs.replace
encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Cast).decode
MOST = 20_000  # figures of a block that are resolved together; of a commoner name, runs of so many
SHOWN = 20  # places that are told of a role
FIGURES = pa.schema(
    [("heap", pa.int32()), ("block", pa.string()), ("document", pa.int32()), ("said", pa.list_(pa.int32())),
     ("cast", pa.binary())]
)  # fmt: skip
WHO = pa.schema(
    [("part", pa.int32()), ("document", pa.int32()), ("figure", pa.string()), ("id", pa.string()),
     ("name", pa.string()), ("kind", pa.string()), ("plays", tables.WORDS)]
)  # fmt: skip
COLUMNS = ("id", "name", "aliases", "quotes", "roles", "kind", "gender", "documents", "first", "last")


def figures(found: list[Found], heaps: int) -> Any:
    """Who is in the documents of a shard, by block; `said`: how many quotations each figure has."""
    rows = []
    for n, one in enumerate(found):
        if one.cast is None:
            continue
        said: dict[str | None, int] = defaultdict(int)
        for q, figure in zip(one.quotes, one.figures, strict=True):
            said[figure] += not q.asks
        for block, cast in people.blocks(one.cast).items():
            heap = shuffle.number(block) % heaps
            counts = [said[f.key] for f in cast.figures]
            rows.append({"heap": heap, "block": block, "document": n, "said": counts, "cast": encode(cast)})
    return pa.Table.from_pylist(rows, FIGURES)


# --- who is who --------------------------------------------------------------------------------------------


class Member(NamedTuple):
    """A figure of a document: where, and how many quotations it has."""

    part: int
    document: int
    said: int
    date: str


def resolved(of: Heap) -> Done:
    """Who is who in a heap of blocks: the table of people, and who each figure is."""
    listed: list[dict[str, Any]] = []
    who: list[dict[str, Any]] = []
    rows = shuffle.together(of, "figures", ("block", "part", "document"))
    problems: list[dict[str, Any]] = []
    for name, block in groupby(each(rows) if rows is not None else (), key=lambda row: row["block"]):
        try:
            told, named = of_block(block)
        except Exception as e:  # one strange block never stops the others: its figures are nobody's
            why = (
                f"who the people of this name are cannot be told ({type(e).__name__}: {' '.join(str(e).split())[:200]})"
            )
            problems.append({"source": name, "file": "", "place": 0, "kind": "people", "problem": why})
            continue
        listed += told
        who += named
    if problems:
        path = Path(of.out) / "problems" / f"people-{of.number:06}.parquet"
        tables.write(path, tables.table(problems, tables.PROBLEMS))
    listed.sort(key=lambda row: row["id"])
    tables.write(tables.part(Path(of.out) / "people", of.number), tables.table(listed, tables.PEOPLE))
    shuffle.write(
        shuffle.work(of.out, "who", of.number), pa.Table.from_pylist(who, WHO), ("part", "document", "figure")
    )
    return Done("people", of.number, {"people": len(listed), "problems": len(problems)})


def each(rows: Any) -> Iterator[dict[str, Any]]:
    """The rows of a table, a few at a time."""
    for batch in rows.to_batches(max_chunksize=1024):
        yield from batch.to_pylist()


def of_block(rows: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The people of a block that are listed, and who each of its figures is. Those of one id in two runs of a very
    common name are one."""
    found: dict[str, list[tuple[Person, list[Member]]]] = defaultdict(list)
    who = []
    for run in runs(rows):
        members = {}
        casts = []
        for row in run:
            cast = decode(row["cast"])
            source = f"{row['part']:06}/{row['document']:06}"
            casts.append(replace(cast, source=source))
            for f, said in zip(cast.figures, row["said"], strict=True):
                members[source, f.key] = Member(row["part"], row["document"], said, cast.date)
        for person in people.resolve(casts, Known()):
            own = [members[figure] for figure in person.figures]
            found[person.id].append((person, own))
            who += [whose(person, members[figure], figure[1]) for figure in person.figures]
    return [row for parts in found.values() for row in listed(parts)], who


def runs(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows of a block in runs that can be resolved together."""
    run: list[dict[str, Any]] = []
    count = 0
    for row in rows:
        run.append(row)
        count += len(row["said"])
        if count >= MOST:
            yield run
            run, count = [], 0
    if run:
        yield run


def whose(person: Person, member: Member, figure: str) -> dict[str, Any]:
    """Who a figure is."""
    return {
        "part": member.part,
        "document": member.document,
        "figure": figure,
        "id": person.id,
        "name": person.name,
        "kind": person.kind,
        "plays": [r.of for r in person.roles if r.kind == "plays" and r.of],
    }


def listed(parts: list[tuple[Person, list[Member]]]) -> Iterator[dict[str, Any]]:
    """The row of a person: who speaks, or has a part or an office; no character, whom others play."""
    person = parts[0][0]
    own = [m for _, members in parts for m in members]
    quotes = sum(m.said for m in own)
    roles = [r for p, _ in parts for r in p.roles]
    if person.kind == "character" or not (quotes or (person.kind == "person" and roles)):
        return
    dates = sorted(m.date for m in own if m.date)
    aliases = dict.fromkeys(a for p, _ in parts for a in p.aliases)
    documents = len({(m.part, m.document) for m in own})
    first, last = (dates[0], dates[-1]) if dates else ("", "")
    shown = [shortened(r) for r in roles]
    values = (person.id, person.name, list(aliases), quotes, shown, person.kind, person.gender, documents, first, last)
    yield dict(zip(COLUMNS, values, strict=True))


def shortened(role: Role) -> Role:
    """A role with the first of its places."""
    return replace(role, evidence=role.evidence[:SHOWN])


# --- the quotations of a shard with their persons ----------------------------------------------------------


def persons(task: Task) -> dict[tuple[int, str], dict[str, Any]]:
    """Who each figure of a shard is, by document and figure."""
    found = {}
    for heap in range(task.buckets):
        rows = tables.read(shuffle.work(task.out, "who", heap), "part", task.shard.number)
        found.update({(row["document"], row["figure"]): row for row in rows.to_pylist()})
    return found


def named(task: Task) -> Done:
    """Write the quotations of a shard anew, with the persons of the whole corpus."""
    who = persons(task)
    path = tables.part(Path(task.out) / "quotes", task.shard.number)
    said = tables.read(path)
    columns = (said.column(name).to_pylist() for name in ("document", "figure", "person"))
    given = [
        person if figure is None else ref(who.get((n, figure))) for n, figure, person in zip(*columns, strict=True)
    ]
    at = said.schema.get_field_index("person")
    tables.write(path, said.set_column(at, said.schema.field(at), pa.array(given, tables.PERSON)))
    return Done("persons", task.shard.number)


def ref(row: dict[str, Any] | None) -> dict[str, str] | None:
    """The person of a quotation; a character is nobody who speaks."""
    return {"id": row["id"], "name": row["name"]} if row and row["kind"] != "character" else None
