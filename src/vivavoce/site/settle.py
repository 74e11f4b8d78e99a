"""Pagefind's index in the same bytes each time.

Pagefind writes the values of a filter in the order of a hash map, so that two runs over one site differ in the
files of its filters, and in whatever names them by their hash. Here they are sorted, and named anew. Its files are
gzipped CBOR behind a signature; of CBOR they use lists, strings and whole numbers only.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vivavoce.errors import VivavoceError
from vivavoce.model import digest

SIGNATURE = b"pagefind_dcd"
FILTERS = 3  # where the list of filters stands in a meta file: version, pages, words, filters, …
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
WHOLE, TEXT, LIST = 0, 3, 4  # CBOR's major types


def settle(folder: Path) -> None:
    """Put an index into its one order and take away what this site does not use.

    Raises VivavoceError if the index is not as this version of pagefind writes it.
    """
    for file in sorted(folder.iterdir()):
        if file.stem in UNUSED:
            file.unlink()
    path = folder / "pagefind-entry.json"
    entry = json.loads(path.read_bytes())
    for language in entry["languages"].values():
        language["hash"] = _meta(folder, language["hash"])
    path.write_text(json.dumps(entry, sort_keys=True, ensure_ascii=False), encoding="utf-8")


def _meta(folder: Path, name: str) -> str:
    """Sort the filters of one language; the new name of its meta file."""

    def sort(meta: Any) -> Any:
        meta[FILTERS] = sorted([title, _filter(folder, held)] for title, held in meta[FILTERS])
        return meta

    return _rewritten(folder, "pagefind.{}.pf_meta", name, sort)


def _filter(folder: Path, name: str) -> str:
    return _rewritten(folder / "filter", "{}.pf_filter", name, lambda held: [held[0], sorted(held[1])])


def _rewritten(folder: Path, pattern: str, name: str, change: Callable[[Any], Any]) -> str:
    """Change what a file holds and name it by its new hash (of as many digits as the old one)."""
    old = folder / pattern.format(name)
    language, was = name.rsplit("_", 1)
    try:
        held, _ = read(gzip.decompress(old.read_bytes()).removeprefix(SIGNATURE), 0)
        made = b"".join(write(change(held)))
    except (IndexError, KeyError, TypeError, ValueError, OSError) as e:
        raise VivavoceError(
            f"The search index was not made: {old.name} is not as pagefind 1.5 writes it; install pagefind[bin] 1.5."
        ) from e
    new = f"{language}_{digest(made.hex(), length=len(was))}"
    old.unlink()
    (folder / pattern.format(new)).write_bytes(gzip.compress(SIGNATURE + made, mtime=0))
    return new


def read(data: bytes, at: int) -> tuple[Any, int]:
    """The CBOR value at an offset, and the offset behind it. Raises ValueError for other types than ours."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        if size > 27:
            raise ValueError(f"a CBOR value of open length at byte {at - 1}")
        wide = 1 << (size - 24)
        size, at = int.from_bytes(data[at : at + wide], "big"), at + wide
    if kind == WHOLE:
        return size, at
    if kind == TEXT:
        return data[at : at + size].decode(), at + size
    if kind != LIST:
        raise ValueError(f"a CBOR value of type {kind} at byte {at}")
    out = []
    for _ in range(size):
        one, at = read(data, at)
        out.append(one)
    return out, at


def write(value: Any) -> list[bytes]:
    """A value of lists, strings and whole numbers as CBOR, in pieces."""
    if isinstance(value, int):
        return [_head(WHOLE, value)]
    if isinstance(value, str):
        held = value.encode()
        return [_head(TEXT, len(held)), held]
    return [_head(LIST, len(value)), *(piece for one in value for piece in write(one))]


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    wide = next(w for w in (1, 2, 4, 8) if size < 1 << (8 * w))
    return bytes([kind << 5 | 24 + wide.bit_length() - 1]) + size.to_bytes(wide, "big")
