"""WebVTT: a subtitle file for each timed transcript, with the names as the history has them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from vivavoce.exports.files import Files
from vivavoce.model import WITHHELD, History, Quote, Source, Turn, corrected

LONGEST = 84  # characters of a cue: two lines
SLOWEST = 7.0  # seconds of a cue, as guides for subtitles have it
RUN = re.compile(f"{WITHHELD}(?:[ ]?{WITHHELD}+)*")


class Cue(NamedTuple):
    """A stretch of one turn: seconds, who, words."""

    start: float
    end: float
    who: str
    words: str


def write(history: History) -> Files:
    """The subtitles of every transcript that has times; times are the transcript's, words as they are corrected."""
    said = {(q.source, q.turn): q for q in history.quotes if q.kind == "turn"}
    found = {
        s.path: [c for n, t in enumerate(s.turns) for c in _cues(s, t, said.get((s.path, n)))] for s in history.sources
    }
    return {_file(path): _written(cues) for path, cues in found.items() if cues}


def _file(path: str) -> str:
    return path if path.lower().endswith(".vtt") else path + ".vtt"


def _written(cues: list[Cue]) -> bytes:
    rows = [f"{_clock(c.start)} --> {_clock(c.end)}\n{_voiced(c)}\n" for c in cues]
    return "\n".join(["WEBVTT\n", *rows]).encode("utf-8", "replace")


def _voiced(cue: Cue) -> str:
    words = html.escape(" ".join(RUN.sub("[withheld]", cue.words).split()), quote=False)  # "-->" too is escaped
    who = " ".join(re.sub(r"[<>&]|--+", " ", cue.who).split())
    return f"<v {who}>{words}" if who else words


def _clock(seconds: float) -> str:
    thousandths = max(round(seconds * 1000), 0)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _cues(source: Source, turn: Turn, quote: Quote | None) -> Iterator[Cue]:
    """A turn's timed places, put together up to what can be read at once; never over a gap in the words."""
    who = quote.person.name if quote and quote.person else turn.name or source.labels.get(turn.label, "") or turn.label
    now: Cue | None = None
    for start, end, first, last in _places(source, turn):
        words = _words(source, first, last)
        if not words.strip():
            continue
        if now and len(now.words) + len(words) < LONGEST and end - now.start <= SLOWEST:
            now = now._replace(end=max(end, now.end), words=f"{now.words} {words}")
            continue
        if now:
            yield now
        now = Cue(start, end, who, words)
    if now:
        yield now


def _words(source: Source, start: int, end: int) -> str:
    """The words of a place as they are read; what was corrected across two places stands in the first."""
    begun = {c.end for c in source.corrections if c.start < start < c.end}
    parts = corrected(source, start, end)
    return "".join(r.text for r in parts if not (r.start == start and begun and r.was))


def _places(source: Source, turn: Turn) -> Iterator[tuple[float, float, int, int]]:
    for place in source.places:
        for start, end in turn.spans:
            first, last = max(place.start, start), min(place.end, end)
            if place.time and first < last and source.text[first:last].strip():
                yield (*place.time, first, last)
