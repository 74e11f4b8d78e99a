"""YouTube's captions as json3: `events` with words by their offsets; lines that roll are shown again, not said."""

from __future__ import annotations

from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Warning
from vivavoce.sources.cues import assembled, many, mended
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    LOOK,
    Part,
    Segment,
    clean,
    clock,
    keyed,
    lasting,
    loaded,
    table,
    tables,
    voiced,
    worded,
)


class Event(NamedTuple):
    """An event with words, `appends` those to the line above it."""

    segment: Segment
    appends: bool


def claims(raw: Raw) -> bool:
    """Whether it is JSON with events that begin at milliseconds and hold segments."""
    events = tables(keyed(raw, "events", "tStartMs", "segs").get("events"))
    return any("tStartMs" in row and "segs" in row for _, row in events)


def read(raw: Raw) -> Source:
    """The turns of YouTube's captions: by `>>`, dashes and `Name:` in the words, as in SRT.

    Raises UnreadableSource for broken JSON, and where nothing is said.
    """
    warnings: list[Warning] = []
    found = [
        event
        for number, row in tables(table(loaded(raw)).get("events"), "event", warnings)
        if (event := _event(row, number, warnings)) and event.segment.text
    ]
    if not found:
        raise UnreadableSource(raw.path, "it has no captions with words", LOOK)
    rolling = any(e.appends for e in found) or "aAppend" in (raw.text or "")
    segments = mended(_once(found, warnings), warnings)
    return assembled(raw, "json3", voiced(_trimmed(segments) if rolling else segments), warnings)


def _event(row: dict[str, Any], number: int, warnings: list[Warning]) -> Event | None:
    """An event's words with their times; None where it has none (a window, a line break)."""
    place = f"event {number}"
    start = clock(row.get("tStartMs"), 0.001)
    lasts = clock(row.get("dDurationMs"), 0.001)
    parts: list[Part] = []
    behind = True
    for _, seg in tables(row.get("segs")):
        value = seg.get("utf8")
        if not isinstance(value, str):
            warnings.append(Warning("a piece of a caption has no text and was left out", place, LOOK))
            continue
        offset = clock(seg.get("tOffsetMs", 0), 0.001)
        said = round(start + offset, 3) if start is not None and offset is not None else None
        time = lasting(said, said)
        value = unescape(value)
        for i, line in enumerate(value.split("\n")):
            parts.append(Part(line, time, glued=bool(line) and not (i or behind or line[0].isspace())))
            behind = not line or line[-1].isspace()
    text, words = worded(parts)
    lines = "\n".join(clean(line) for line in _lines(row) if clean(line))
    if start is None and text:
        warnings.append(Warning("the caption has no time", place, LOOK))
    end = round(start + lasts, 3) if start is not None and lasts is not None else None
    kept = words if len(words) > 1 and " ".join(lines.split()) == text else ()
    return Event(Segment(lines, start, end, place, words=kept), bool(row.get("aAppend")))


def _lines(row: dict[str, Any]) -> list[str]:
    whole = "".join(seg["utf8"] for _, seg in tables(row.get("segs")) if isinstance(seg.get("utf8"), str))
    return unescape(whole).split("\n")


def _once(events: list[Event], warnings: list[Warning]) -> list[Segment]:
    """The events without what one that is appended says again of the line above it, while that is still shown."""
    kept: list[Segment] = []
    again: list[tuple[str, str]] = []
    for event in events:
        above, here = (kept[-1] if kept else None), event.segment
        shown = above is not None and _overlap(above, here)
        if above is not None and event.appends and shown and _folded(here.text).startswith(_folded(above.text)):
            rest = _folded(here.text)[len(_folded(above.text)) :].strip()
            again.append((here.place, _folded(above.text)))
            if rest:
                kept.append(msgspec.structs.replace(here, text=rest, words=()))
        else:
            kept.append(here)
    if again:
        said = ", ".join(f"“{words[:60]}”" for _, words in again[:5])
        told = f"{many(len(again), 'caption says', 'captions say')} the line above again, taken once: {said}"
        warnings.append(Warning(told, again[0][0], "If it was said twice, export the captions as SRT."))
    return kept


def _overlap(above: Segment, here: Segment) -> bool:
    return above.start is not None and here.start is not None and here.start <= (above.end or above.start)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _trimmed(segments: list[Segment]) -> list[Segment]:
    """Captions that end where the next one begins: rolling ones are shown longer than they are said."""
    ends = [
        min(a.end, b.start) if a.end is not None and b.start is not None and a.start is not None else a.end
        for a, b in pairwise(segments)
    ]
    return [*(msgspec.structs.replace(s, end=e) for s, e in zip(segments, ends, strict=False)), segments[-1]]
