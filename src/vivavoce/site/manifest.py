"""What was published: every line, every file, the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from vivavoce import __version__
from vivavoce.model import Quote
from vivavoce.site.ledger import Making, hashed
from vivavoce.site.shelf import Shelf, quote_place


def write(shelf: Shelf, making: Making) -> None:
    """Write `manifest.json` into a site that is complete else.

    `lines`: for each quotation its id, source, spans, the SHA-256 of its words and its address; `files`: path
    and SHA-256 of each file.
    """
    made = {
        "v": 1,
        "by": f"vivavoce {__version__}",
        "title": shelf.history.title,
        "day": shelf.history.day,
        "lines": [_line(shelf, q) for q in shelf.quotes.values()],
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
