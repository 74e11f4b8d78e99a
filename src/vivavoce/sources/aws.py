"""Amazon Transcribe: `results` with items, each a word or a sign, and who speaks by time or by channel."""

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
    said,
    table,
    tables,
    transcript,
    worded,
)


def claims(raw: Raw) -> bool:
    """Whether it is JSON whose results hold transcripts and items of alternatives."""
    results = table(keyed(raw, "results", "transcripts").get("results"))
    return isinstance(results.get("transcripts"), list) and ("items" in results or "audio_segments" in results)


def read(raw: Raw) -> Source:
    """The turns of items: a sign goes with the word before it.

    Raises UnreadableSource for broken JSON, and where nobody says anything.
    """
    results = table(table(loaded(raw)).get("results"))
    warnings: list[Warning] = []
    channels = tables(table(results.get("channel_labels")).get("channels"), "channel", warnings)
    lists = [(row.get("items"), said(row, "channel_label")) for _, row in channels] or [(results.get("items"), "")]
    told = _told(results)
    segments = [s for items, channel in lists for s in _segments(items, channel, told, warnings)]
    if not any(s.text for s in segments):
        whole = [said(row, "transcript") for _, row in tables(results.get("transcripts"))]
        segments = [Segment(text, None, None, "transcript") for text in whole]
    return transcript(raw, "aws", segments, warnings, language=results.get("language_code"))


def _told(results: dict[str, Any]) -> dict[str, str]:
    """Who speaks at which time, as older files have it apart from the items."""
    return {
        str(item.get("start_time")): said(item, "speaker_label") or said(segment, "speaker_label")
        for _, segment in tables(table(results.get("speaker_labels")).get("segments"))
        for _, item in tables(segment.get("items"))
    }


def _segments(items: Any, channel: str, told: dict[str, str], warnings: list[Warning]) -> list[Segment]:
    """Items up to the end of a sentence or a change of speaker."""
    found: list[Segment] = []
    run: list[Part] = []
    for number, item in tables(items, "item", warnings):
        part = _part(item, channel, told, run[-1].speaker if run else channel)
        if run and not part.glued and (part.speaker != run[-1].speaker or run[-1].text in (".", "?", "!")):
            found.append(_segment(run, f"item {number}"))
            run = []
        run.append(part)
    return [*found, _segment(run, f"item {len(rows(items))}")] if run else found


def _part(item: dict[str, Any], channel: str, told: dict[str, str], before: str) -> Part:
    text = said(table(next(iter(rows(item.get("alternatives"))), None)), "content")
    sign = item.get("type") == "punctuation"
    own = label(item.get("speaker_label")) or told.get(str(item.get("start_time")), "") or channel
    time = lasting(clock(item.get("start_time")), clock(item.get("end_time")))
    return Part(text, time, before if sign else own, sign)


def _segment(parts: list[Part], place: str) -> Segment:
    text, words = worded(parts)
    timed = [w.time for w in words if w.time]
    start, end = (timed[0][0], max(t[1] for t in timed)) if timed else (None, None)
    return Segment(text, start, end, place, 0, parts[0].speaker, words)
