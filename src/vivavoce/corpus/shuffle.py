"""Things with one key put together out of all parts, on the disk: each part is written in the order of the heaps that
its rows belong to, a row group for each, and a heap is read out of all parts. No all pairs, and never all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa

from vivavoce.corpus import tables
from vivavoce.corpus.journal import WORK
from vivavoce.corpus.values import Heap


def number(key: str) -> int:
    """A key as a number of 63 bits, the same on every machine."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def work(out: str | Path, step: str, part: int) -> Path:
    """Where a step leaves what a later one needs."""
    return tables.part(Path(out) / WORK / step, part)


def write(path: Path, data: Any, by: Sequence[str]) -> None:
    """Write rows sorted by some columns, a row group for each value of the first."""
    data = data.sort_by([(name, "ascending") for name in by])
    values = data.column(by[0]).to_numpy()
    begins = [0, *(i for i in range(1, len(values)) if values[i] != values[i - 1])] if len(values) else []
    tables.write(path, data, begins)


def heap(of: Heap, step: str) -> Iterator[tuple[int, Any]]:
    """The rows of a heap out of each part: (the part, its rows)."""
    for part in range(of.parts):
        found = tables.read(work(of.out, step, part), "heap", of.number)
        if len(found):
            yield part, found


def together(of: Heap, step: str, by: Sequence[str]) -> Any:
    """All rows of a heap with the part that each is from ("part"), sorted; None where there is none."""
    found = [rows.append_column("part", pa.array([part] * len(rows), pa.int32())) for part, rows in heap(of, step)]
    return pa.concat_tables(found).sort_by([(name, "ascending") for name in by]) if found else None
