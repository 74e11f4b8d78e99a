"""Press in plain text: the text as it stands, cut into blocks."""

from __future__ import annotations

import re

from vivavoce.model import Block, Source
from vivavoce.sources.raw import Raw

LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def claims(raw: Raw) -> bool:
    """Plain text is what is left when nobody else claims it, so nothing is claimed."""
    return False


def read(raw: Raw) -> Source:
    """The text as it stands, a block a line."""
    text = raw.text or ""
    blocks = tuple(Block("body", m.start(), m.end()) for m in LINE.finditer(text))
    return Source(raw.path, "press", "text", text, blocks)
