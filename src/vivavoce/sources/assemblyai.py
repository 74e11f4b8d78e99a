"""AssemblyAI: `utterances` with speakers, or `words` alone; times in milliseconds."""

from __future__ import annotations

from typing import Any

from vivavoce.model import Source, Warning
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    Part,
    Segment,
    clean,
    clock,
    joined,
    keyed,
    label,
    lasting,
    loaded,
    placed,
    said,
    table,
    tables,
    transcript,
)

SIGNS = ("audio_url", "acoustic_model", "speech_model", "language_model", "audio_duration")


def claims(raw: Raw) -> bool:
    """Whether it is JSON with a text, words or utterances, and a key that only AssemblyAI has."""
    if not any(f'"{sign}"' in (raw.text or "") for sign in SIGNS):
        return False
    about = keyed(raw, "text", "words")
    return any(sign in about for sign in SIGNS) and bool(tables(about.get("words")) or tables(about.get("utterances")))


def read(raw: Raw) -> Source:
    """The turns of utterances; without any, of words, joined to sentences.

    Raises UnreadableSource for broken JSON, and where nobody says anything.
    """
    about = table(loaded(raw))
    warnings: list[Warning] = []
    said_by = [_segment(row, f"utterance {n}") for n, row in tables(about.get("utterances"), "utterance", warnings)]
    if not any(s.text for s in said_by):
        said_by = joined(_segment(row, f"word {n}") for n, row in tables(about.get("words"), "word", warnings))
    if not any(s.text for s in said_by):
        said_by = [Segment(clean(about.get("text")), None, None)]
    language, length = about.get("language_code"), clock(about.get("audio_duration"))
    return transcript(raw, "assemblyai", said_by, warnings, language=language, length=length)


def _segment(row: dict[str, Any], place: str) -> Segment:
    text = said(row, "text")
    words = placed(text, (_word(word) for _, word in tables(row.get("words"))))
    return Segment(text, *_times(row), place, 0, label(row.get("speaker")), words)


def _word(row: dict[str, Any]) -> Part:
    return Part(said(row, "text"), lasting(*_times(row)), label(row.get("speaker")))


def _times(row: dict[str, Any]) -> tuple[float | None, float | None]:
    return clock(row.get("start"), 0.001), clock(row.get("end"), 0.001)
