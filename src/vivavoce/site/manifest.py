"""What was published: every line, every file, the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from vivavoce import __version__
from vivavoce.model import Quote
from vivavoce.site import addresses
from vivavoce.site.ledger import Making, Rows, hashed, text_of
from vivavoce.site.shelf import Shelf, moment_page, person_page, quote_anchor, source_page

EMPTY: Mapping[str, str] = {}
NAME = "manifest.json"
FILE = b'  {\n   "hash": "%s",\n   "path": %s\n  }'
encode = msgspec.json.Encoder(order="deterministic").encode


def write(shelf: Shelf, making: Making, pictures: Mapping[str, str] = EMPTY, keys: Mapping[str, str] = EMPTY) -> None:
    """Write `manifest.json` into a site that is complete else.

    `lines`: for each quotation its id, source, spans, the SHA-256 of its words and its address; `rests`: the people,
    sources and pictures that it shows, and on which pages; `files`: path and SHA-256 of each file. `pictures`: the file
    of each picture. `keys`: of what the lines of each source are made from; where they are those of the former site,
    its lines are taken over.
    """
    told = shelf.history
    files = [FILE % (making.files[path].hash.encode(), encode(path)) for path in sorted(making.files)]
    rests = _rows([*_people(shelf), *_sources(shelf), *_pictures(pictures)])
    by = _value("by", encode(f"vivavoce {__version__}"))
    before = b",\n".join([b"{\n" + by, _value("day", encode(told.day)), _list("files", files), b""])
    after = b",\n".join([b"", _list("rests", [rests]), _value("title", encode(told.title)), _value("v", b"1")])
    lines = _lines(shelf, making, keys)
    making.rows = _places(lines, keys, len(before) + len(_opened("lines")))
    making.put(NAME, before + _list("lines", list(lines.values())) + after + b"\n}\n")


def _value(name: str, value: bytes) -> bytes:
    return b' "%s": %s' % (name.encode(), value)


def _opened(name: str) -> bytes:
    return _value(name, b"[\n")


def _list(name: str, rows: list[bytes]) -> bytes:
    held = b",\n".join(filter(None, rows))
    return _opened(name) + held + b"\n ]" if held else _value(name, b"[]")


def _rows(held: list[dict[str, Any]]) -> bytes:
    """The rows of a list as they stand in the manifest, without what opens and closes it."""
    return msgspec.json.format(encode([held]), indent=1)[len("[\n [\n") : -len("\n ]\n]")] if held else b""


def _lines(shelf: Shelf, making: Making, keys: Mapping[str, str]) -> dict[str, bytes]:
    """The lines of each source that has any."""
    former = text_of(making.before, NAME)
    were = making.before.ledger.rows if making.before and former else {}
    out = {}
    for path, quotes in shelf.of_source.items():
        was = were.get(path)
        if was and was.key and was.key == keys.get(path):
            out[path] = former[was.start : was.end]
        else:
            page = source_page(shelf, path)
            out[path] = _rows([_line(page, q) for q in quotes if shelf.quotes[q.id] is q])
    return {path: rows for path, rows in out.items() if rows}


def _places(lines: Mapping[str, bytes], keys: Mapping[str, str], at: int) -> dict[str, Rows]:
    """Where the lines of each source stand, the first of them at `at`."""
    out = {}
    for path, rows in lines.items():
        out[path] = Rows(keys.get(path, ""), at, at + len(rows))
        at += len(rows) + len(b",\n")
    return out


def _line(page: str, quote: Quote) -> dict[str, Any]:
    words = hashed(quote.text.encode("utf-8", "replace"))
    return {
        "quote": quote.id,
        "source": quote.source,
        "spans": quote.spans,
        "hash": words,
        "at": f"{page}#{addresses.href(quote_anchor(quote.id))}",
    }


def _people(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for person in shelf.history.people:
        moments = [moment_page(m.id) for m in shelf.moments_of.get(person.id, ())]
        paths = dict.fromkeys(q.source for q in shelf.of_person.get(person.id, ()))
        sources = [source_page(shelf, path) for path in paths]
        at = list(dict.fromkeys([person_page(person.id), *moments, *sources]))
        yield {"what": "person", "id": person.id, "name": person.name, "at": at}


def _sources(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for path, source in shelf.sources.items():
        yield {"what": "source", "id": path, "name": source.title, "at": [source_page(shelf, path)]}


def _pictures(pictures: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for path, file in sorted(pictures.items()):
        yield {"what": "picture", "id": path, "at": [file]}


def altered(folder: Path) -> list[str]:
    """The files that a site's manifest lists and that are gone or have other bytes."""
    try:
        files = msgspec.json.decode((folder / "manifest.json").read_bytes())["files"]
        return [f["path"] for f in files if _bytes(folder / f["path"]) != f["hash"]]
    except (OSError, msgspec.MsgspecError, KeyError, TypeError):
        return ["manifest.json"]


def _bytes(path: Path) -> str:
    try:
        return hashed(path.read_bytes())
    except OSError:
        return ""
