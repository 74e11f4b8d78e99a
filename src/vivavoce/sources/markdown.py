"""Press in Markdown: the text as it stands; signs stay."""

from __future__ import annotations

import msgspec

from vivavoce.model import Source
from vivavoce.sources import press
from vivavoce.sources.raw import Raw


def claims(raw: Raw) -> bool:
    """By the ending alone: plain text and Markdown look alike."""
    return raw.suffix in (".md", ".markdown")


def read(raw: Raw) -> Source:
    """As plain text, until its own signs are known."""
    return msgspec.structs.replace(press.read(raw), format="markdown")
