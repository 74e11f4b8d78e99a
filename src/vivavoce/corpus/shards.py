"""A corpus cut into shards: the same inputs, the same shards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vivavoce.corpus.inputs import store
from vivavoce.corpus.values import Input, Piece, Shard

MIB = 2**20
LEAST, MOST, WANTED = 4 * MIB, 64 * MIB, 4000  # bytes of a shard; how many shards are enough
PACKED = 5  # how much larger lines are unpacked
FULL = 3  # how much larger rows are than in Parquet
FEW = 1000  # pieces of one shard


def shards(inputs: Sequence[Input], size: float = 0.0) -> list[Shard]:
    """The shards of the inputs: small files together, large ones cut. `size`: MiB of each (0: by the whole)."""
    weights = {one: weight(one) for one in inputs}
    wanted = int(size * MIB) or min(max(sum(weights.values()) // WANTED, LEAST), MOST)
    out: list[Shard] = []
    held: list[Piece] = []
    full = 0
    for one in inputs:
        for piece, bytes_ in pieces(one, wanted):
            if held and (full + bytes_ > wanted or len(held) >= FEW):
                out.append(Shard(len(out), tuple(held), full))
                held, full = [], 0
            held.append(piece)
            full += bytes_
    return [*out, Shard(len(out), tuple(held), full)] if held else out


def weight(one: Input) -> int:
    """About how many bytes of documents an input holds."""
    return one.size * {"packed lines": PACKED, "packed warc": PACKED, "parquet": FULL}.get(one.kind, 1)


def pieces(one: Input, wanted: int) -> Iterator[tuple[Piece, int]]:
    """The stretches of an input, each with about how many bytes it holds."""
    if one.kind in ("lines", "warc"):
        count = max(-(-one.size // wanted), 1)
        cuts = [one.size * n // count for n in range(count + 1)]
        yield from ((Piece(one, a, b), b - a) for a, b in pairwise(cuts))
    elif one.kind == "parquet":
        yield from rows(one, wanted)
    else:
        yield Piece(one, 0, one.size), weight(one)


def rows(one: Input, wanted: int) -> Iterator[tuple[Piece, int]]:
    """The stretches of rows of a Parquet file; all of one that cannot be opened, so that reading it tells why."""
    try:
        groups = list(measured(one))
    except (OSError, ValueError):
        yield Piece(one, 0, -1, -1), weight(one)
        return
    for number, (count, bytes_) in enumerate(groups):
        many = max(-(-bytes_ // wanted), 1)
        cuts = [count * n // many for n in range(many + 1)]
        yield from ((Piece(one, a, b, number), bytes_ // many) for a, b in pairwise(cuts) if a < b)


def measured(one: Input) -> Iterator[tuple[int, int]]:
    """Rows and bytes of each row group."""
    import pyarrow.parquet as pq

    system, path = store(one.url)
    with system.open(path, "rb") as file:
        told = pq.ParquetFile(file).metadata
        for n in range(told.num_row_groups):
            yield told.row_group(n).num_rows, told.row_group(n).total_byte_size
