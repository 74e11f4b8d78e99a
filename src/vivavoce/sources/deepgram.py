"""Deepgram: `results` with utterances, or with words by channel; speakers by number."""

from __future__ import annotations

from typing import Any

from vivavoce.model import Source, Warning
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    Part,
    Segment,
    clock,
    joined,
    keyed,
    label,
    lasting,
    loaded,
    placed,
    rows,
    said,
    table,
    tables,
    transcript,
)


def claims(raw: Raw) -> bool:
    """Whether it is JSON whose results hold channels of alternatives, or utterances of transcripts."""
    results = table(keyed(raw, "results", "transcript").get("results"))
    heard = any("alternatives" in row for _, row in tables(results.get("channels")))
    return heard or any("transcript" in row for _, row in tables(results.get("utterances")))


def read(raw: Raw) -> Source:
    """The turns of utterances; without any, of each channel's words, joined to sentences.

    Raises UnreadableSource for broken JSON, and where nobody says anything.
    """
    data = table(loaded(raw))
    results = table(data.get("results"))
    warnings: list[Warning] = []
    channels = tables(results.get("channels"), "channel", warnings)
    utterances = tables(results.get("utterances"), "utterance", warnings)
    segments = [_utterance(row, number, len(channels) > 1) for number, row in utterances]
    if not any(s.text for s in segments):
        segments = [s for number, row in channels for s in _channel(row, number, len(channels) > 1)]
    language = next((row.get("detected_language") for _, row in channels), "")
    length = clock(table(data.get("metadata")).get("duration"))
    return transcript(raw, "deepgram", segments, warnings, language=language, length=length)


def _utterance(row: dict[str, Any], number: int, several: bool) -> Segment:
    text = said(row, "transcript")
    words = placed(text, (_word(word) for _, word in tables(row.get("words"))))
    channel = row.get("channel")
    place, who = f"utterance {number}", label(row.get("speaker"))
    heard = f"Channel {channel}" if several and not who and isinstance(channel, int) else who
    return Segment(text, *_times(row), place, 0, heard, words)


def _channel(row: dict[str, Any], number: int, several: bool) -> list[Segment]:
    """A channel's first alternative, by its words; by its transcript where it has none."""
    heard = table(next(iter(rows(row.get("alternatives"))), None))
    other = f"Channel {number - 1}" if several else ""
    words = [_single(word, f"channel {number}, word {n}", other) for n, word in tables(heard.get("words"))]
    return (
        joined(words) if any(w.text for w in words) else [Segment(said(heard, "transcript"), None, None, "", 0, other)]
    )


def _single(row: dict[str, Any], place: str, other: str) -> Segment:
    part = _word(row)
    return Segment(part.text, *_times(row), place, 0, part.speaker or other)


def _word(row: dict[str, Any]) -> Part:
    return Part(said(row, "punctuated_word", "word"), lasting(*_times(row)), label(row.get("speaker")))


def _times(row: dict[str, Any]) -> tuple[float | None, float | None]:
    return clock(row.get("start")), clock(row.get("end"))
