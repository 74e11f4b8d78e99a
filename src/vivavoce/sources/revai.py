"""Rev and Rev.ai: `monologues` of a speaker, each a list of `elements`: words with times, and signs without."""

from __future__ import annotations

from typing import Any

from vivavoce.model import Source, Warning
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    Part,
    Segment,
    clock,
    keyed,
    label,
    lasting,
    loaded,
    rows,
    table,
    tables,
    transcript,
    worded,
)


def claims(raw: Raw) -> bool:
    """Whether it is JSON with monologues of elements."""
    return any("elements" in row for _, row in tables(keyed(raw, "monologues", "elements").get("monologues")))


def read(raw: Raw) -> Source:
    """The turns of the monologues; speakers by name where the file has names, else by number.

    Raises UnreadableSource for broken JSON, and where nobody says anything.
    """
    about = table(loaded(raw))
    names = {str(row.get("id")): row for _, row in tables(about.get("speakers"))}
    warnings: list[Warning] = []
    segments = [
        _segment(row, number, names, warnings) for number, row in tables(about.get("monologues"), "monologue", warnings)
    ]
    language, length = about.get("language"), clock(about.get("duration_seconds"))
    return transcript(raw, "revai", segments, warnings, language=language, length=length)


def _segment(row: dict[str, Any], number: int, names: dict[str, dict[str, Any]], warnings: list[Warning]) -> Segment:
    place = f"monologue {number}"
    text, words = worded(_parts(row, place, warnings))
    timed = [w.time for w in words if w.time]
    start, end = (timed[0][0], max(t[1] for t in timed)) if timed else (None, None)
    speaker = row.get("speaker")
    who = label(row.get("speaker_name"), row.get("speaker_info"), names.get(str(speaker)), speaker)
    return Segment(text, start, end, place, 0, who, words)


def _parts(row: dict[str, Any], place: str, warnings: list[Warning]) -> list[Part]:
    """The words of a monologue. Spaces stand in the file as signs; where there are none at all, words are set
    apart and signs are not."""
    elements = tables(row.get("elements"))
    if len(elements) < len(rows(row.get("elements"))):
        warnings.append(Warning("elements that are no tables were left out", place, "Export it again."))
    spaced = any(isinstance(e.get("value"), str) and e["value"] != e["value"].strip() for _, e in elements)
    parts: list[Part] = []
    space = False
    for _, element in elements:
        value = element.get("value")
        if not isinstance(value, str) or not value.strip():
            space = space or isinstance(value, str)
            continue
        glued = not (space or value[0].isspace()) if spaced else element.get("type") == "punct"
        parts.append(Part(value, lasting(clock(element.get("ts")), clock(element.get("end_ts"))), glued=glued))
        space = value[-1].isspace()
    return parts
