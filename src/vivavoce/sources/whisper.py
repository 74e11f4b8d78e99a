"""The JSON of Whisper, whisperX, whisper.cpp and of podcast transcripts: segments, words, speakers."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Times, Warning
from vivavoce.sources.cues import Cue, Piece, assembled, finite, many, mended
from vivavoce.sources.raw import Raw

LISTS = ("segments", "transcription")


class Word(msgspec.Struct, frozen=True):
    """A word as the segment has it: its place in the segment's text, its times, its speaker ("" = not told)."""

    start: int
    end: int
    time: Times | None
    speaker: str


class Segment(Cue, frozen=True):
    """A segment: a cue with a speaker and words."""

    speaker: str = ""
    words: tuple[Word, ...] = ()


def claims(raw: Raw) -> bool:
    """Whether it is JSON with segments of speech; JSON that is broken is claimed so that somebody says where."""
    text = (raw.text or "").lstrip()
    if text[:1] not in ("{", "["):
        return False
    try:
        return _list(json.loads(text)) is not None
    except (ValueError, RecursionError):
        return raw.suffix == ".json" and (text[0] == "{" or text[1:].lstrip()[:1] in ("{", "]", ""))


def read(raw: Raw) -> Source:
    """The turns of segments; a turn ends where the speaker changes, also within a segment.

    Words without a speaker go with the word before them. Raises UnreadableSource for broken JSON, with its line
    and column, and where nobody says anything.
    """
    data = _loaded(raw)
    found = _list(data)
    if found is None:
        remedy = "A transcript has “segments”, each with a text."
        raise UnreadableSource(raw.path, "this JSON holds no transcript", remedy)
    warnings: list[Warning] = []
    segments = [s for i, row in enumerate(found) if (s := _segment(row, i, warnings))]
    if not segments and isinstance(data, dict) and isinstance(data.get("text"), str):
        segments = [Segment(_clean(data["text"]), None, None)]
    pieces = [piece for segment in mended(segments, warnings) for piece in _pieces(segment)]
    if any(p.label for p in pieces) and (lost := sum(not p.label for p in pieces)):
        warnings.append(
            Warning(f"{many(lost, 'stretch has', 'stretches have')} no speaker", "", "Say who it is by a decision.")
        )
    language = data.get("language") if isinstance(data, dict) else None
    return assembled(raw, "whisper", pieces, warnings, language=language if isinstance(language, str) else "")


def _loaded(raw: Raw) -> Any:
    try:
        return json.loads(raw.text or "")
    except json.JSONDecodeError as e:
        place = f"line {e.lineno}, column {e.colno}"
        raise UnreadableSource(raw.path, f"the JSON is broken ({e.msg.lower()})", "Export it again.", place) from e
    except (ValueError, RecursionError) as e:
        raise UnreadableSource(raw.path, "the JSON cannot be read", "Export it again.") from e


def _list(data: Any) -> list[Any] | None:
    """The list of segments in JSON of a shape that we know, else None."""
    if isinstance(data, dict):
        for name in LISTS:
            rows = data.get(name)
            if isinstance(rows, list) and (_shaped(rows) or (not rows and isinstance(data.get("text"), str))):
                return rows
        return None
    return data if isinstance(data, list) and _shaped(data) else None


def _shaped(rows: list[Any]) -> bool:
    """Whether the first rows that are objects have words and times."""
    first = [r for r in rows[:20] if isinstance(r, dict)]
    return bool(first) and all(_text(r) is not None and _has_times(r) for r in first[:1])


def _has_times(row: dict[str, Any]) -> bool:
    return any(k in row for k in ("start", "startTime", "offsets", "timestamps", "words"))


def _text(row: dict[str, Any]) -> str | None:
    for name in ("text", "body"):
        if isinstance(row.get(name), str):
            return _clean(row[name])
    return None


def _clean(text: str) -> str:
    """Words separated by single spaces; halves of a character (which no file could hold) replaced."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


LOOK = "Look whether the file was saved whole."


def _segment(row: Any, i: int, warnings: list[Warning]) -> Segment | None:
    text = _text(row) if isinstance(row, dict) else None
    if text is None:
        warnings.append(Warning("the segment has no text and was left out", f"segment {i + 1}", LOOK))
        return None
    start, end = _times(row)
    if start is None and text:
        warnings.append(Warning("the segment has no times", f"segment {i + 1}", LOOK))
    words = row.get("words")
    spoken = _words(text, words) if isinstance(words, list) else ()
    return Segment(text, start, end, f"segment {i + 1}", 0, _label(row), spoken)


def _label(row: dict[str, Any]) -> str:
    label = row.get("speaker")
    if isinstance(label, int) and not isinstance(label, bool):
        return f"Speaker {label}"
    return _clean(label) if isinstance(label, str) else ""


def _times(row: dict[str, Any]) -> tuple[float | None, float | None]:
    """Beginning and end in seconds: `start`, `startTime`, or whisper.cpp's `offsets` in milliseconds."""
    start = finite(row.get("start", row.get("startTime")))
    end = finite(row.get("end", row.get("endTime")))
    offsets = row.get("offsets")
    if start is None and isinstance(offsets, dict):
        a, b = finite(offsets.get("from")), finite(offsets.get("to"))
        start, end = (None if a is None else round(a / 1000, 3)), (None if b is None else round(b / 1000, 3))
    return start, end if start is not None else None


def _words(text: str, rows: list[Any]) -> tuple[Word, ...]:
    """The words that are found in the text, in order; a word that is not in it is passed over."""
    found: list[Word] = []
    at = 0
    for row in rows:
        word = row.get("word", row.get("text")) if isinstance(row, dict) else None
        word = _clean(word) if isinstance(word, str) else ""
        start = text.find(word, at, at + len(word) + 40) if word else -1
        if start < 0:
            continue
        at = start + len(word)
        begin, end = _times(row)
        found.append(Word(start, at, (begin, max(begin, end or begin)) if begin is not None else None, _label(row)))
    return tuple(found)


def _pieces(segment: Segment) -> list[Piece]:
    """A segment cut where its words' speaker changes, with the words' times counted within each piece."""
    time = (segment.start, segment.end if segment.end is not None else segment.start)
    whole: Times | None = (time[0], time[1]) if time[0] is not None and time[1] is not None else None
    speakers = _speakers(segment)
    cuts = [0, *(i for i in range(1, len(speakers)) if speakers[i] != speakers[i - 1])]
    if not speakers:
        return [Piece(segment.text, segment.speaker, whole)]
    pieces: list[Piece] = []
    for i, j in pairwise([*cuts, len(speakers)]):
        a = segment.words[i].start if i else 0
        b = segment.words[j].start if j < len(speakers) else len(segment.text)
        timed = [(w.start - a, w.end - a, w.time) for w in segment.words[i:j] if w.time]
        steady = all(x[2][0] <= y[2][0] for x, y in pairwise(timed))
        timed = timed if steady else []
        part = (timed[0][2][0], max(t[2][1] for t in timed)) if timed and len(cuts) > 1 else whole
        pieces.append(Piece(segment.text[a:b].rstrip(), speakers[i], part, words=tuple(timed)))
    return pieces


def _speakers(segment: Segment) -> list[str]:
    """Each word's speaker: its own, else that of the word before, else the segment's, else the next told one."""
    own = [w.speaker for w in segment.words]
    told = segment.speaker or next((s for s in own if s), "")
    out: list[str] = []
    for speaker in own:
        told = speaker or told
        out.append(told)
    return out
