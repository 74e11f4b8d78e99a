"""What the readers of JSON share: a look into values of any kind that never fails, and segments and words that
become turns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Span, Times, Warning
from vivavoce.sources.cues import Cue, Piece, assembled, finite, many, mended, seconds
from vivavoce.sources.raw import Raw
from vivavoce.sources.subtitles import CHEVRON, labelled, spoken

LOOK = "Look whether the file was saved whole."
NAMED = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl"}
NAMED |= {"portuguese": "pt", "polish": "pl", "swedish": "sv", "danish": "da", "welsh": "cy", "irish": "ga"}


class Word(msgspec.Struct, frozen=True):
    """A word as the segment has it: its place in the segment's text, its times, its speaker ("" = not told), and
    whether it is struck out."""

    start: int
    end: int
    time: Times | None
    speaker: str
    struck: bool = False


class Segment(Cue, frozen=True):
    """A segment: a cue with a speaker and words. `new`: somebody else begins to speak, whoever it is."""

    speaker: str = ""
    words: tuple[Word, ...] = ()
    new: bool = False


class Part(NamedTuple):
    """A word, or a sign, of a list of words. `glued`: no space stands before it."""

    text: str
    time: Times | None = None
    speaker: str = ""
    glued: bool = False
    struck: bool = False


# --- values of any kind ------------------------------------------------------------------------------------


def loaded(raw: Raw) -> Any:
    """What the JSON of a file holds. Raises UnreadableSource for broken JSON, with its line and column."""
    try:
        return json.loads(raw.text or "")
    except json.JSONDecodeError as e:
        place = f"line {e.lineno}, column {e.colno}"
        raise UnreadableSource(raw.path, f"the JSON is broken ({e.msg.lower()})", "Export it again.", place) from e
    except (ValueError, RecursionError) as e:
        raise UnreadableSource(raw.path, "the JSON cannot be read", "Export it again.") from e


def keyed(raw: Raw, *keys: str) -> dict[str, Any]:
    """The table that a file's JSON is, where all `keys` stand somewhere in the file; else an empty one.

    A file without them is not parsed, so that asking many readers costs little.
    """
    text = raw.text or ""
    if text.lstrip()[:1] != "{" or not all(f'"{key}"' in text for key in keys):
        return {}
    try:
        return table(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def table(value: Any) -> dict[str, Any]:
    """A value that is a table, else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """A value that is a list, else an empty one."""
    return value if isinstance(value, list) else []


def tables(value: Any, what: str = "", warnings: list[Warning] | None = None) -> list[tuple[int, dict[str, Any]]]:
    """The tables of a list with their numbers, counted from 1; with `warnings`, each row that is none is told as a
    `what`."""
    found = []
    for number, row in enumerate(rows(value), 1):
        if isinstance(row, dict):
            found.append((number, row))
        elif warnings is not None:
            warnings.append(Warning(f"a {what} that is no table was left out", f"{what} {number}", LOOK))
    return found


def clean(value: Any) -> str:
    """Words separated by single spaces, "" for what is no string; halves of a character (which no file could hold)
    replaced."""
    if not isinstance(value, str):
        return ""
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").replace("\u200b", "").split())


def said(row: dict[str, Any], *names: str) -> str:
    """The words under the first of some keys that holds a string, "" where none does."""
    return next((clean(row[name]) for name in names if isinstance(row.get(name), str)), "")


def label(*values: Any) -> str:
    """The speaker's label that the first value which tells one gives: 0 is "Speaker 0"."""
    for value in values:
        if isinstance(value, dict):
            value = next((value[k] for k in ("name", "display_name", "label", "id") if value.get(k) is not None), None)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**6:
            return f"Speaker {value}"
        if found := clean(value):
            return found
    return ""


def clock(value: Any, unit: float = 1.0) -> float | None:
    """Seconds from a number of `unit` seconds each, be it written as a string, or from a stamp ("00:01:02,500")."""
    if isinstance(value, str):
        if len(value) > 20:
            return None
        stamped = seconds(value)
        if stamped is not None:
            return stamped
        try:
            value = float(value)
        except ValueError:
            return None
    number = finite(value)
    return None if number is None else round(number * unit, 3)


def lasting(start: float | None, end: float | None) -> Times | None:
    """Beginning and end, where the beginning is told; an end that is not told or lies before it is the beginning."""
    return None if start is None else (start, max(start, end if end is not None else start))


# --- words -------------------------------------------------------------------------------------------------


def worded(parts: Iterable[Part]) -> tuple[str, tuple[Word, ...]]:
    """The text that parts make, and its words."""
    texts: list[str] = []
    words: list[Word] = []
    at = 0
    for part in parts:
        text = clean(part.text)
        if not text:
            continue
        if texts and not part.glued:
            texts.append(" ")
            at += 1
        words.append(Word(at, at + len(text), part.time, part.speaker, part.struck))
        texts.append(text)
        at += len(text)
    return "".join(texts), tuple(words)


def placed(text: str, parts: Iterable[Part]) -> tuple[Word, ...]:
    """The words that are found in a text, in order; a word that is not in it is passed over."""
    found: list[Word] = []
    at = 0
    for part in parts:
        word = clean(part.text)
        start = text.find(word, at, at + len(word) + 40) if word else -1
        if start < 0:
            continue
        at = start + len(word)
        found.append(Word(start, at, part.time, part.speaker, part.struck))
    return tuple(found)


def joined(segments: Iterable[Segment], longest: int = 40, pause: float = 2.0) -> list[Segment]:
    """Segments of which those that hold one word each are joined, up to the end of a sentence, a pause (seconds), a
    change of speaker or `longest` words; the others stay."""
    found: list[Segment] = []
    run: list[Segment] = []
    for segment in segments:
        if run and not _goes_on(run, segment, longest, pause):
            found.append(_run(run))
            run = []
        if segment.words or " " in segment.text or not segment.text:
            found += [_run(run)] if run else []
            found.append(segment)
            run = []
        else:
            run.append(segment)
    return [*found, _run(run)] if run else found


def _goes_on(run: list[Segment], segment: Segment, longest: int, pause: float) -> bool:
    last = run[-1]
    if len(run) >= longest or segment.speaker != last.speaker or segment.new or last.text.endswith((".", "?", "!")):
        return False
    if last.start is None or segment.start is None:
        return last.start is segment.start
    return segment.start - last.start >= 0 and segment.start - (last.end or last.start) <= pause


def _run(run: list[Segment]) -> Segment:
    text, words = worded(Part(s.text, lasting(s.start, s.end), s.speaker) for s in run)
    ends = [s.end for s in run if s.end is not None]
    return msgspec.structs.replace(run[0], text=text, end=max(ends) if ends else None, words=words)


# --- from segments to a source -----------------------------------------------------------------------------


def transcript(
    raw: Raw,
    format: str,
    segments: list[Segment],
    warnings: list[Warning],
    *,
    title: str = "",
    language: Any = "",
    length: float | None = None,
) -> Source:
    """The source of segments; a turn ends where the speaker changes, also within a segment. `length`: how many
    seconds the recording lasts, as the file says.

    Raises UnreadableSource where nobody says anything.
    """
    segments = mended(_within(segments, length, warnings), warnings)
    found = voiced(segments) if told_in_words(segments) else [p for segment in segments for p in pieces(segment)]
    if any(p.label for p in found) and (lost := sum(not p.label and bool(p.text) for p in found)):
        warnings.append(
            Warning(f"{many(lost, 'stretch has', 'stretches have')} no speaker", "", "Say who it is by a decision.")
        )
    language = clean(language).replace("_", "-")
    return assembled(raw, format, found, warnings, title=title, language=NAMED.get(language.casefold(), language))


def _within(segments: list[Segment], length: float | None, warnings: list[Warning]) -> list[Segment]:
    """Segments that end where the recording does, if they went on after it; what begins after it is told."""
    begin = [s.start for s in segments if s.start is not None]
    if not length or not begin:
        return segments
    after = [s for s in segments if s.start is not None and s.start > length + 1]
    if len(after) * 2 > len(begin):
        told = f"most of it is later than the {length:g} seconds that the recording lasts by the file"
        warnings.append(Warning(told, after[0].place, "Look whether it is the transcript of that recording."))
        return segments
    if after:
        told = f"{many(len(after), 'segment begins', 'segments begin')} after the end of the recording ({length:g} s)"
        warnings.append(Warning(told, after[0].place, "Hear whether it is said at all, and correct the times."))
    over = [s for s in segments if s.start is not None and s.end is not None and s.start <= length < s.end - 1]
    if over:
        told = f"{many(len(over), 'segment ends', 'segments end')} after the recording ({length:g} s), cut to its end"
        warnings.append(Warning(told, over[0].place, "Correct the times if the recording is longer."))
    return [_ended(s, length) for s in segments]


def _ended(segment: Segment, length: float) -> Segment:
    if segment.start is None or segment.end is None or not segment.start <= length < segment.end:
        return segment
    words = tuple(
        msgspec.structs.replace(w, time=(min(w.time[0], length), min(w.time[1], length))) if w.time else w
        for w in segment.words
    )
    return msgspec.structs.replace(segment, end=length, words=words)


def pieces(segment: Segment) -> list[Piece]:
    """A segment cut where its words' speaker changes, with the words' times counted within each piece."""
    whole = lasting(segment.start, segment.end)
    speakers = _speakers(segment)
    cuts = [0, *(i for i in range(1, len(speakers)) if speakers[i] != speakers[i - 1])]
    if not speakers:
        return [Piece(segment.text, segment.speaker, whole, segment.new)]
    found: list[Piece] = []
    for i, j in pairwise([*cuts, len(speakers)]):
        a = segment.words[i].start if i else 0
        b = segment.words[j].start if j < len(speakers) else len(segment.text)
        words = segment.words[i:j]
        timed = [(w.start - a, w.end - a, w.time) for w in words if w.time]
        steady = all(x[2][0] <= y[2][0] for x, y in pairwise(timed))
        timed = timed if steady else []
        part = (timed[0][2][0], max(t[2][1] for t in timed)) if timed and len(cuts) > 1 else whole
        struck: tuple[Span, ...] = tuple((w.start - a, w.end - a) for w in words if w.struck)
        new = segment.new and not i
        found.append(Piece(segment.text[a:b].rstrip(), speakers[i], part, new, tuple(timed), struck=struck))
    return found


def _speakers(segment: Segment) -> list[str]:
    """Each word's speaker: its own, else that of the word before, else the segment's, else the next told one."""
    own = [w.speaker for w in segment.words]
    told = segment.speaker or next((s for s in own if s), "")
    out: list[str] = []
    for speaker in own:
        told = speaker or told
        out.append(told)
    return out


# --- who speaks, where only the words tell -----------------------------------------------------------------------


def told_in_words(segments: list[Segment]) -> bool:
    """Whether nothing but the words tells who speaks, by `Name:` or `>>`."""
    if any(s.speaker or s.new or any(w.speaker or w.struck for w in s.words) for s in segments):
        return False
    lines = [line for s in segments for line in s.text.split("\n")]
    return bool(labelled(lines)) or any(CHEVRON.search(line) for line in lines)


def voiced(segments: list[Segment]) -> list[Piece]:
    """Who says what, as in SRT; each piece with the times of its words."""
    known = labelled([line for segment in segments for line in segment.text.split("\n")])
    found: list[Piece] = []
    who = ""
    for segment in segments:
        time = lasting(segment.start, segment.end)
        here = spoken(segment.text, known, who, time)
        who = here[-1].label if here else who
        found += _timed(here, " ".join(segment.text.split()), segment.words, time)
    return found


def _timed(given: list[Piece], text: str, words: tuple[Word, ...], time: Times | None) -> list[Piece]:
    """Pieces of a text with the times of its words that lie in them; a word without an end of its own ends where the
    next one begins."""
    if time is None or not words:
        return given
    begins = [w.time[0] if w.time else time[0] for w in words]
    if any(a > b for a, b in pairwise(begins)):
        return given
    ends = [*begins[1:], time[1]]
    spans = [
        (w.start, w.end, (a, w.time[1] if w.time and w.time[1] > a else max(a, b)))
        for w, a, b in zip(words, begins, ends, strict=True)
    ]
    told: list[Piece] = []
    at = n = 0
    for piece in given:
        start = text.find(piece.text, at)
        if start < 0:
            told.append(piece)
            continue
        at = start + len(piece.text)
        while n < len(spans) and spans[n][0] < start:
            n += 1
        first = n
        while n < len(spans) and spans[n][1] <= at:
            n += 1
        mine = tuple((a - start, b - start, when) for a, b, when in spans[first:n])
        told.append(msgspec.structs.replace(piece, words=mine))
    return told
