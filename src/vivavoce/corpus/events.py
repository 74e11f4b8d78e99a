"""Moments of a corpus: documents that share what few others have come into one block, and in each block the moments
are gathered as in a history."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from vivavoce import accounts, traces
from vivavoce.corpus import shuffle, tables, whose
from vivavoce.corpus.files import placed
from vivavoce.corpus.journal import WORK
from vivavoce.corpus.values import Done, Found, Heap, Problem, Task
from vivavoce.model import Account, Known, Moment, Naming, Passage, Person, PersonRef, Quote, Role, Value
from vivavoce.quoting import printable

replace = msgspec.structs.replace
FEW = 30  # documents that may share something before it tells nothing of an event
# Documents of a block, by how sure the key is that would join two: no block costs more than so many together do.
MOST = (60, 40, 20, 20)
PASSAGES = pa.schema([("document", pa.int32()), ("telling", pa.binary())])
KEYS = pa.schema([("heap", pa.int32()), ("key", pa.int64()), ("sure", pa.int8()), ("document", pa.int32())])
LINKS = pa.schema([("order", pa.int32()), ("a", pa.int64()), ("b", pa.int64())])
TELLINGS = pa.schema([("heap", pa.int32()), ("block", pa.int64()), ("document", pa.int64()), ("telling", pa.binary())])
WIDTH = 1 << 24  # documents of a part, at most: a part and a document make one number
BLOCKS = "blocks.npy"


class Telling(Value, frozen=True):
    """What one document tells: what `gather` takes, and the people in it (id, name, kind, figure, the parts that they
    play)."""

    passages: tuple[Passage, ...]
    namings: tuple[Naming, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = ()


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Telling).decode


# --- what each document tells, and by what it is found -----------------------------------------------------


def passages(found: Sequence[Found]) -> Any:
    """What the documents of a shard tell."""
    rows = ({"document": n, "telling": encode(telling(one))} for n, one in enumerate(found) if one.passages)
    return pa.Table.from_pylist(list(rows), PASSAGES)


def telling(one: Found) -> Telling:
    """What a document tells; of its quotations those that the press may copy from one another."""
    said = tuple(q for q in one.quotes if q.kind in ("direct", "mixed") and printable(q))
    small = tuple(replace(q, content=(), why=(), speaker=None, cue=None) for q in said)
    return Telling(one.passages, one.namings, small)


def keys(found: Sequence[Found], heaps: int) -> Any:
    """By what the documents of a shard are found: a number for each key, once a document."""
    rows = []
    for n, one in enumerate(found):
        numbers = {shuffle.number(f"{sure} {key}"): sure for sure, key in accounts.keys(one.passages)}
        rows += [{"heap": k % heaps, "key": k, "sure": sure, "document": n} for k, sure in numbers.items()]
    return pa.Table.from_pylist(rows, KEYS)


# --- which documents are looked at together ----------------------------------------------------------------


def linked(of: Heap) -> Done:
    """The pairs of documents that a heap of keys puts together: the first that has a key with each of the others, if
    they are few. Linear in the keys."""
    rows = shuffle.together(of, "keys", ("key", "part", "document"))
    table = LINKS.empty_table()
    if rows is not None:
        key, sure, part, document = (rows.column(n).to_numpy() for n in ("key", "sure", "part", "document"))
        table = pa.Table.from_arrays(links(key, sure, part.astype(np.int64) * WIDTH + document), schema=LINKS)
    shuffle.write(shuffle.work(of.out, "links", of.number), table, ("order", "a", "b"))
    return Done("links", of.number)


def links(key: Any, sure: Any, document: Any) -> list[Any]:
    """Columns of the pairs: in which order they count, and the two documents. `key`: sorted."""
    begins = np.flatnonzero(np.diff(key, prepend=key[0] - 1))
    counts = np.diff(np.append(begins, len(key)))
    kept = (counts >= 2) & (counts <= FEW)
    first = np.repeat(begins[kept], counts[kept] - 1)
    within = np.arange(len(first)) - np.repeat(np.cumsum(counts[kept] - 1) - (counts[kept] - 1), counts[kept] - 1)
    order = sure[first].astype(np.int32) * (FEW + 1) + np.repeat(counts[kept], counts[kept] - 1).astype(np.int32)
    return [pa.array(order, pa.int32()), pa.array(document[first]), pa.array(document[first + within + 1])]


def blocked(out: Path, counts: Sequence[int], heaps: int) -> None:
    """Put documents into blocks: pairs are joined, the surest keys first, of these the rarest, as long as a block is
    not full (single linkage with a bound on the size). `counts`: documents of each part. Holds twenty bytes a document
    in memory; writes the block of each document, in order."""
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    parent = array("q", range(int(offsets[-1])))
    size = array("i", [1]) * len(parent)
    for order, a, b in pairs(out, heaps, offsets):
        most = MOST[order // (FEW + 1)]
        for x, y in zip(a, b, strict=True):
            x, y = root(parent, x), root(parent, y)
            if x != y and size[x] + size[y] <= most:
                x, y = min(x, y), max(x, y)
                parent[y] = x
                size[x] += size[y]
    found = np.fromiter((root(parent, x) for x in range(len(parent))), np.int64, len(parent))

    def fill(to: Path) -> None:
        with to.open("wb") as file:
            np.save(file, found)

    placed(out / WORK / BLOCKS, fill)


def pairs(out: Path, heaps: int, offsets: Any) -> Iterator[tuple[int, list[int], list[int]]]:
    """The pairs of all heaps, in order, as numbers of documents counted through the corpus."""
    for order in range(len(MOST) * (FEW + 1)):
        for heap in range(heaps):
            rows = tables.read(shuffle.work(out, "links", heap), "order", order)
            if len(rows):
                a, b = (rows.column(n).to_numpy() for n in ("a", "b"))
                yield order, *((offsets[x // WIDTH] + x % WIDTH).tolist() for x in (a, b))


def root(parent: array[int], x: int) -> int:
    """The block of a document, as far as it is known."""
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


# --- the moments -------------------------------------------------------------------------------------------


def told(task: Task) -> Done:
    """Send what the documents of a shard tell to the heaps of their blocks, with the persons of the corpus."""
    number = task.shard.number
    who: dict[int, list[dict[str, Any]]] = {}
    for row in whose.persons(task).values():
        who.setdefault(row["document"], []).append(row)
    first, blocks = task.first, np.load(Path(task.out) / WORK / BLOCKS, mmap_mode="r")
    rows = []
    for row in tables.read(shuffle.work(task.out, "passages", number)).to_pylist():
        n = row["document"]
        block = int(blocks[first + n])
        body = encode(with_people(decode(row["telling"]), sorted(who.get(n, ()), key=lambda w: w["figure"])))
        rows.append({"heap": block % task.buckets, "block": block, "document": first + n, "telling": body})
    where = shuffle.work(task.out, "tellings", number)
    shuffle.write(where, pa.Table.from_pylist(rows, TELLINGS), ("heap", "block", "document"))
    return Done("tellings", number)


def with_people(one: Telling, who: Sequence[dict[str, Any]]) -> Telling:
    """What a document tells, with who its figures are."""
    refs = {w["figure"]: PersonRef(w["id"], w["name"]) for w in who if w["kind"] != "character"}
    people = tuple((w["id"], w["name"], w["kind"], w["figure"], tuple(w["plays"])) for w in who)
    told = tuple(replace(p, person=refs.get(p.figure)) if p.figure is not None else p for p in one.passages)
    return replace(one, passages=told, people=people)


def gathered(of: Heap) -> Done:
    """The moments of a heap of blocks."""
    rows = shuffle.together(of, "tellings", ("block", "document"))
    found: list[Moment] = []
    problems: list[Problem] = []
    for _, block in groupby(whose.each(rows) if rows is not None else (), key=lambda row: row["block"]):
        told = [decode(row["telling"]) for row in block]
        try:
            found += of_block(told)
        except Exception as e:  # one strange block never stops the others
            problems += [without(one, e) for one in told]
    out = Path(of.out)
    tables.write(tables.part(out / "moments", of.number), tables.table(map(row, found), tables.MOMENTS))
    if problems:
        path = out / "problems" / f"moments-{of.number:06}.parquet"
        tables.write(path, tables.table(map(msgspec.to_builtins, problems), tables.PROBLEMS))
    return Done("moments", of.number, {"moments": len(found), "problems": len(problems)})


def without(one: Telling, e: Exception) -> Problem:
    """That no moments are told of a document: its quotations and people are there."""
    why = f"the moments of its block cannot be gathered ({type(e).__name__}: {' '.join(str(e).split())[:200]})"
    return Problem(one.passages[0].source, "", 0, "moments", why)


def of_block(tellings: Sequence[Telling]) -> list[Moment]:
    """The moments of the documents of a block. Their order among all is not known here, so that none is told."""
    spoken = [p for one in tellings for p in one.passages]
    said = [q for one in tellings for q in one.quotes]
    dates = {p.source: p.told for p in spoken}
    copies = traces.copies(said, (), dates)
    namings = tuple(n for one in tellings for n in one.namings)
    moments = accounts.gather(spoken, people(tellings), Known(copies=copies, namings=namings))
    return [replace(m, when=replace(m.when, order=None)) for m in moments]


def people(tellings: Sequence[Telling]) -> list[Person]:
    """The people of a block, each with its figures there."""
    names: dict[str, tuple[str, str]] = {}
    figures: dict[str, list[tuple[str, str]]] = {}
    plays: dict[str, dict[str, None]] = {}
    for one in tellings:
        for id, name, kind, figure, parts in one.people:
            names.setdefault(id, (name, kind))
            figures.setdefault(id, []).append((one.passages[0].source, figure))
            plays.setdefault(id, {}).update(dict.fromkeys(parts))
    return [
        Person(id, name, roles=tuple(Role("plays", of) for of in plays[id]), kind=kind, figures=tuple(figures[id]))
        for id, (name, kind) in names.items()
    ]


def row(m: Moment) -> dict[str, Any]:
    """A moment as a row: with how many people tell it, in how many sources."""
    plain = msgspec.to_builtins(m)
    return {**plain, "tellers": len(set(map(teller, m.accounts))), "sources": len({a.source for a in m.accounts})}


def teller(a: Account) -> str:
    """Who tells an account: a person, or an article itself."""
    return a.person.id if a.person else f"({a.source})"
