"""JSON that lists segments: Whisper, whisperX, faster-whisper, whisper.cpp, OpenAI's diarised transcriptions, the
transcripts of podcasts (Podcasting 2.0), and lists of the like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Warning
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    LOOK,
    Part,
    Segment,
    clean,
    clock,
    joined,
    label,
    lasting,
    loaded,
    placed,
    rows,
    table,
    tables,
    transcript,
)

LISTS = ("segments", "transcription", "chunks")
TIMED = ("start", "startTime", "offsets", "timestamps", "words", "speaker")


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
    """The turns of segments; segments of one word each (as podcasts have them) are joined.

    Words without a speaker go with the word before them. Raises UnreadableSource for broken JSON, with its line
    and column, and where nobody says anything.
    """
    data = loaded(raw)
    found = _list(data)
    if found is None:
        remedy = "A transcript has “segments”, each with a text."
        raise UnreadableSource(raw.path, "this JSON holds no transcript that is known", remedy)
    warnings: list[Warning] = []
    segments = [s for i, row in enumerate(found) if (s := _segment(row, i, warnings))]
    segments = _unbroken(found, _parted(found, segments))
    about = table(data)
    if not segments and isinstance(about.get("text"), str):
        segments = [Segment(clean(about["text"]), None, None)]
    info = table(about.get("info"))  # of faster-whisper, where somebody saved it too
    language = about.get("language") or info.get("language") or table(about.get("result")).get("language")
    length = clock(about.get("duration")) or clock(info.get("duration"))
    return transcript(raw, "whisper", joined(segments), warnings, language=language, length=length)


def _list(data: Any) -> list[Any] | None:
    """The list of segments in JSON of a shape that we know, else None."""
    if isinstance(data, dict):
        for name in LISTS:
            found = data.get(name)
            if isinstance(found, list) and (_shaped(found) or (not found and isinstance(data.get("text"), str))):
                return found
        return None
    return data if isinstance(data, list) and _shaped(data) else None


def _shaped(given: list[Any]) -> bool:
    """Whether the first row that is an object has words and times."""
    first = next((r for r in given[:20] if isinstance(r, dict)), {})
    pair = isinstance(first.get("timestamp"), list)  # messages have a timestamp, too
    return _text(first) is not None and (pair or any(k in first for k in TIMED))


def _text(row: dict[str, Any]) -> str | None:
    for name in ("text", "body"):
        if isinstance(row.get(name), str):
            return clean(row[name])
    return None


def _segment(row: Any, i: int, warnings: list[Warning]) -> Segment | None:
    text = _text(row) if isinstance(row, dict) else None
    if text is None:
        warnings.append(Warning("the segment has no text and was left out", f"segment {i + 1}", LOOK))
        return None
    start, end = _times(row)
    if start is None and text and not _untimed(row):
        warnings.append(Warning("the segment has no times", f"segment {i + 1}", LOOK))
    words = placed(text, (_word(word) for _, word in tables(row.get("words"))))
    return Segment(text, start, end, f"segment {i + 1}", 0, _label(row), words)


def _untimed(row: dict[str, Any]) -> bool:
    """Whether it is a row of a dialogue without times, of which nobody is told."""
    return "speaker" in row and not any(k in row for k in TIMED[:-1])


def _word(row: dict[str, Any]) -> Part:
    word = row.get("word", row.get("text"))
    return Part(word if isinstance(word, str) else "", lasting(*_times(row)), _label(row))


def _label(row: dict[str, Any]) -> str:
    return label(row.get("speaker"), row.get("speaker_name"), row.get("speaker_id"), row.get("speaker_label"))


def _times(row: dict[str, Any]) -> tuple[float | None, float | None]:
    """Beginning and end in seconds: `start`, `startTime`, a `timestamp` of two, or whisper.cpp's `offsets` in
    milliseconds and `timestamps` as on a clock."""
    start = clock(row.get("start", row.get("startTime")))
    if start is not None:
        return start, clock(row.get("end", row.get("endTime")))
    return next((way for way in _other_times(row) if way[0] is not None), (None, None))


def _other_times(row: dict[str, Any]) -> Iterator[tuple[float | None, float | None]]:
    pair = rows(row.get("timestamp"))
    if len(pair) == 2:
        yield clock(pair[0]), clock(pair[1])
    for name, unit in (("offsets", 0.001), ("timestamps", 1.0)):
        told = table(row.get(name))
        yield clock(told.get("from"), unit), clock(told.get("to"), unit)


SIGN = re.compile(r"[,.;:?!…)\]”’%]+")


def _unbroken(given: list[Any], segments: list[Segment]) -> list[Segment]:
    """Segments that are cut within a word (whisper.cpp's `-ml`), or before a sign, made whole: where nearly all begin
    with a space, one that does not goes on with the word before it."""
    came = {f"segment {n}": _came(row) for n, row in tables(given)}
    spaced = sum(text.startswith(" ") for text in came.values()) > 0.6 * len(came) > 2
    whole: list[Segment] = []
    for segment in segments:
        above = whole[-1] if whole else None
        if (
            above
            and not segment.new
            and above.speaker == segment.speaker
            and _goes_on(above.text, came[segment.place], spaced)
        ):
            text = above.text + segment.text
            end = segment.end if segment.end is not None else above.end
            words = tuple(
                msgspec.structs.replace(w, start=w.start + len(above.text), end=w.end + len(above.text))
                for w in segment.words
            )
            whole[-1] = msgspec.structs.replace(above, text=text, end=end, words=above.words + words)
        else:
            whole.append(segment)
    return whole


def _came(row: dict[str, Any]) -> str:
    return next((row[name] for name in ("text", "body") if isinstance(row.get(name), str)), "")


def _goes_on(above: str, text: str, spaced: bool) -> bool:
    """Whether a segment goes on within the word, or is but a sign behind it."""
    if not above or not text.strip() or text[0].isspace():
        return False
    if SIGN.fullmatch(text.strip()):
        return True
    inner = above[-1].isalnum() and text[0] in ".,:;'’-–%"
    digits = above[-1].isdigit() and text[0].isdigit()
    return spaced and (inner or digits or (above[-1].isalpha() and text[0].islower()))


def _parted(given: list[Any], segments: list[Segment]) -> list[Segment]:
    """With a new speaker after each segment of which whisper.cpp says that somebody else goes on (`-tdrz`)."""
    turning = {f"segment {n}" for n, row in tables(given) if row.get("speaker_turn_next") is True}
    if not turning:
        return segments
    told, new = [], False
    for segment in segments:
        told.append(msgspec.structs.replace(segment, new=new))
        new = segment.place in turning
    return told
