"""SubRip (SRT): numbered cues; speakers from `Name:`, dashes and chevrons in the words."""

from __future__ import annotations

import re

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Warning
from vivavoce.sources import vtt
from vivavoce.sources.cues import assembled, from_zero, mended
from vivavoce.sources.raw import Raw
from vivavoce.sources.subtitles import TAG, TIMING, lines_of, parsed, spoken_by, timing, unrolled

BREAK = re.compile(r"\\[Nn]|<br[ \t]*/?>", re.I)  # what editors of other subtitles leave for the end of a line


def claims(raw: Raw) -> bool:
    """Whether it is SRT: a cue's times among its first lines, or its ending and times anywhere."""
    if raw.text is None or vtt.claims(raw):
        return False
    lines = lines_of(raw.text)
    if raw.suffix == ".srt":
        return any(timing(line) for line in lines)
    first = [line for line in lines[:40] if line.strip()][:3]
    return any(m is not None and m["end"] is not None for m in map(TIMING.match, first))


def read(raw: Raw) -> Source:
    """The turns of an SRT file; a cue without a speaker goes on with the one before.

    Raises UnreadableSource where it holds no cue with words.
    """
    warnings: list[Warning] = []
    cues = parsed(lines_of(raw.text or ""), warnings)
    if not cues:
        raise UnreadableSource(raw.path, "it has no cues", "Look whether it was saved whole.")
    plain = [msgspec.structs.replace(cue, text=TAG.sub("", BREAK.sub("\n", cue.text))) for cue in cues]
    cues = mended(from_zero(plain, warnings), warnings)
    return assembled(raw, "srt", spoken_by(unrolled(cues, warnings)), warnings)
