"""What was published: every line, every file, the day."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from vivavoce import __version__
from vivavoce.model import Quote
from vivavoce.site.shelf import Shelf, quote_place


def write(shelf: Shelf, folder: Path) -> list[str]:
    """Write `manifest.json` into a site; the paths of all its files, sorted.

    `lines`: for each quotation its id, source, spans, the SHA-256 of its words and its address; `files`: path
    and SHA-256 of each file.
    """
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    made = {
        "v": 1,
        "by": f"vivavoce {__version__}",
        "title": shelf.history.title,
        "day": shelf.history.day,
        "lines": [_line(shelf, q) for q in shelf.quotes.values()],
        "files": [{"path": p, "hash": _hash((folder / p).read_bytes())} for p in files],
    }
    text = msgspec.json.format(msgspec.json.encode(made, order="deterministic"), indent=1)
    (folder / "manifest.json").write_bytes(text + b"\n")
    return sorted([*files, "manifest.json"])


def _line(shelf: Shelf, quote: Quote) -> dict[str, Any]:
    words = _hash(quote.text.encode("utf-8", "replace"))
    return {
        "quote": quote.id,
        "source": quote.source,
        "spans": quote.spans,
        "hash": words,
        "at": quote_place(shelf, quote),
    }


def altered(folder: Path) -> list[str]:
    """The files that a site's manifest lists and that are gone or have other bytes."""
    try:
        files = msgspec.json.decode((folder / "manifest.json").read_bytes())["files"]
        return [f["path"] for f in files if _bytes(folder / f["path"]) != f["hash"]]
    except (OSError, msgspec.MsgspecError, KeyError, TypeError):
        return ["manifest.json"]


def _bytes(path: Path) -> str:
    try:
        return _hash(path.read_bytes())
    except OSError:
        return ""


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
