"""What was published: every line, every file, the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from vivavoce import __version__
from vivavoce.model import Quote
from vivavoce.site.ledger import Making, hashed
from vivavoce.site.shelf import Shelf, moment_page, person_page, quote_place, source_page

EMPTY: Mapping[str, str] = {}


def write(shelf: Shelf, making: Making, pictures: Mapping[str, str] = EMPTY) -> None:
    """Write `manifest.json` into a site that is complete else.

    `lines`: for each quotation its id, source, spans, the SHA-256 of its words and its address; `rests`: the people,
    sources and pictures that it shows, and on which pages; `files`: path and SHA-256 of each file. `pictures`: the file
    of each picture.
    """
    made = {
        "v": 1,
        "by": f"vivavoce {__version__}",
        "title": shelf.history.title,
        "day": shelf.history.day,
        "lines": [_line(shelf, q) for q in shelf.quotes.values()],
        "rests": [*_people(shelf), *_sources(shelf), *_pictures(pictures)],
        "files": [{"path": p, "hash": file.hash} for p, file in sorted(making.files.items())],
    }
    text = msgspec.json.format(msgspec.json.encode(made, order="deterministic"), indent=1)
    making.put("manifest.json", text + b"\n")


def _line(shelf: Shelf, quote: Quote) -> dict[str, Any]:
    words = hashed(quote.text.encode("utf-8", "replace"))
    return {
        "quote": quote.id,
        "source": quote.source,
        "spans": quote.spans,
        "hash": words,
        "at": quote_place(shelf, quote),
    }


def _people(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for person in shelf.history.people:
        moments = [moment_page(m.id) for m in shelf.moments_of.get(person.id, ())]
        sources = [source_page(shelf, q.source) for q in shelf.of_person.get(person.id, ())]
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
