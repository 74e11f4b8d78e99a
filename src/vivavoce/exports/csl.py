"""The sources for reference managers: CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import msgspec

from vivavoce import citations
from vivavoce.exports.files import Files
from vivavoce.model import History


def write(history: History) -> Files:
    """The three files; the same items with the same ids in each."""
    found = citations.items(history)
    return {
        "sources.json": msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n",
        "sources.bib": citations.bibtex(found).encode("utf-8", "replace"),
        "sources.ris": citations.ris(found).encode("utf-8", "replace"),
    }
