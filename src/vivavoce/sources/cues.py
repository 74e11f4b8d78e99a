"""What the readers of transcripts share: who a turn's label is, and how cues become text, turns and places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import isfinite
from typing import TypeVar

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Block, BlockKind, Place, Restriction, Source, Span, Times, Turn, Value, Warning
from vivavoce.sources.labels import asks, key, person
from vivavoce.sources.raw import Raw


def named(source: Source, labels: dict[str, str], interviewers: tuple[str, ...]) -> Source:
    """The source with its turns' names and askers as told from outside (a sidecar).

    `labels`: label as in the file -> name. `interviewers`: labels or names. Where they are given, a label that
    `labels` names and `interviewers` does not is no asker, whatever the label looks like.
    """
    names = {key(label): name for label, name in labels.items()}
    askers = {key(i) for i in interviewers}

    def turn(t: Turn) -> Turn:
        name = names.get(key(t.label), t.name)
        told = key(t.label) in askers or (bool(name) and key(name) in askers)
        still = t.asks and not (askers and key(t.label) in names)
        return msgspec.structs.replace(t, name=name, asks=told or still)

    return msgspec.structs.replace(
        source,
        turns=tuple(turn(t) for t in source.turns),
        labels={**source.labels, **labels},
        interviewers=tuple(dict.fromkeys((*source.interviewers, *interviewers))),
    )


# --- times -------------------------------------------------------------------------------------------------

STAMP = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,3})?"
_STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?")


def seconds(stamp: str) -> float | None:
    """The seconds of "1:02:03.5", "02:03" or "02:03,500"; None where it is no time."""
    found = _STAMP.fullmatch(stamp.strip())
    if not found:
        return None
    hours, minutes, whole, fraction = found.groups()
    return round(int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{fraction or 0}"), 3)


def finite(value: object) -> float | None:
    """A number of seconds, or None for anything else (booleans, NaN, words)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return round(number, 3) if isfinite(number) and number >= 0 else None


class Cue(Value, frozen=True):
    """One cue as it came: `text` with its line breaks, seconds where it has them, and where in the file it
    stands. `part`: which of several transcripts in one file."""

    text: str
    start: float | None
    end: float | None
    place: str = ""
    part: int = 0


AnyCue = TypeVar("AnyCue", bound=Cue)


def mended(cues: list[AnyCue], warnings: list[Warning]) -> list[AnyCue]:
    """Cues whose times do not run back: what is said twice is taken once, a cue that ends before it begins ends
    where it begins, misplaced cues are put in order; times that begin anew (a second transcript in the same
    file) are left out, as they count from another beginning. What was done is added to `warnings`."""
    once = _once(cues, warnings)
    forward = [_forward(c, warnings) for c in once]
    counted = _counted(forward, warnings)
    return _ordered(counted, warnings)


HOUR = 3600.0
TAPE = 10 * HOUR  # where the time code of a programme begins
LEADER = 600.0  # seconds in which the first words of a tape are said


def from_zero(cues: list[AnyCue], warnings: list[Warning]) -> list[AnyCue]:
    """Cues whose times count from the beginning of the recording: those of a tape that begins at 10:00:00 are counted
    from there. Any other late beginning is told, and stays: a part of a recording begins late, too."""
    begins = [c for c in cues if c.start is not None]
    first = min(begins, key=lambda c: c.start or 0.0, default=None)
    if first is None or first.start is None or first.start < HOUR:
        return cues
    if TAPE <= first.start < TAPE + LEADER:
        warnings.append(taped(first.place))
        return shifted(cues, TAPE)
    warnings.append(late(first.start, first.place))
    return cues


def taped(place: str) -> Warning:
    """That times were counted from the ten hours at which a tape begins."""
    told = "its times begin at 10:00:00, as on a tape, and were counted from there"
    return Warning(told, place, "If that is wrong, correct its times.")


def late(time: float, place: str) -> Warning:
    """That the first words are later than an hour."""
    hours, rest = divmod(int(time), 3600)
    told = f"the first words are as late as {hours}:{rest // 60:02}:{rest % 60:02}"
    return Warning(told, place, "If the recording begins there, take that much off all its times.")


def shifted(cues: list[AnyCue], by: float) -> list[AnyCue]:
    """Cues with that many seconds taken off their times, none before 0."""

    def less(time: float | None) -> float | None:
        return None if time is None else round(max(0.0, time - by), 3)

    return [msgspec.structs.replace(c, start=less(c.start), end=less(c.end)) for c in cues]


def _once(cues: list[AnyCue], warnings: list[Warning]) -> list[AnyCue]:
    seen: set[tuple[str, float, float | None]] = set()
    kept: list[AnyCue] = []
    again: list[str] = []
    for cue in cues:
        same = (cue.text, cue.start if cue.start is not None else -1.0, cue.end)
        if cue.start is None or same not in seen:
            kept.append(cue)
        else:
            again.append(cue.place)
        seen.add(same)
    if len(kept) < len(cues):
        told = f"{many(len(cues) - len(kept), 'cue stands', 'cues stand')} in it twice, taken once"
        warnings.append(Warning(told, again[0], "Look whether the file was joined to itself."))
    return kept


def _forward(cue: AnyCue, warnings: list[Warning]) -> AnyCue:
    if cue.start is None or cue.end is None or cue.end >= cue.start:
        return cue
    warnings.append(Warning("the cue ends before it begins", cue.place, "Correct its times."))
    return msgspec.structs.replace(cue, end=cue.start)


def _counted(cues: list[AnyCue], warnings: list[Warning]) -> list[AnyCue]:
    """Without the times of a later part that begins before the parts above it have ended."""
    kept: list[AnyCue] = []
    part, drop, reached, above = 0, False, 0.0, 0.0
    undecided = False
    for cue in cues:
        if cue.part != part:
            part, drop, above, undecided = cue.part, False, reached, True
        if cue.start is not None and undecided:
            undecided, drop = False, cue.start < above
            if drop:
                told = "a second transcript begins here; its times count anew and were left out"
                warnings.append(Warning(told, cue.place, "Save the two transcripts in two files."))
        if cue.start is not None and not drop:
            reached = max(reached, cue.start)
        kept.append(msgspec.structs.replace(cue, start=None, end=None) if drop else cue)
    return kept


def _ordered(cues: list[AnyCue], warnings: list[Warning]) -> list[AnyCue]:
    """By their beginnings; an untimed cue stays behind the one that it followed."""
    keys: list[float] = []
    for cue in cues:
        keys.append(cue.start if cue.start is not None else (keys[-1] if keys else 0.0))
    order = sorted(range(len(cues)), key=keys.__getitem__)
    back = [cues[i].place for i in range(1, len(cues)) if keys[i] < keys[i - 1]]
    if back:
        told = f"{many(len(back), 'cue was', 'cues were')} out of order and put in order"
        warnings.append(Warning(told, back[0], "Correct their times if that is not how it was said."))
    return [cues[i] for i in order]


# --- from cues to a source ---------------------------------------------------------------------------------


class Piece(Value, frozen=True):
    """What one speaker says in one cue. `new`: a new speaker begins, whatever the label. `words`: (start, end,
    times) of single words within `text`, where the file has them. `kind`: of a line that nobody says, such as a
    heading: it stands between turns. `struck`: what of it is struck out, and may not be shown."""

    text: str
    label: str = ""
    time: Times | None = None
    new: bool = False
    words: tuple[tuple[int, int, Times], ...] = ()
    kind: BlockKind = "speech"
    struck: tuple[Span, ...] = ()


# Noises of the room. Notes of words that were lost ([inaudible]) and of how it was said ([laughs]) stay with
# the words: without them a line would read as if nothing were missing.
NOISES = re.compile(
    r"(?:music|applause|laughter|cheer(?:s|ing)|jingle|theme|sound|silence|song|noise|clapping|crowd)\Z", re.I
)
LOST = re.compile(r"inaudible|unintelligible|indistinct|crosstalk|cross talk|bleep|redacted|unclear|laugh", re.I)
BRACKETED = re.compile(r"\\?\[[^\[\]\n]{1,80}\]|\([^()\n]{1,80}\)|[♪♫]+")
_WORDS = re.compile(r"[^\W\d_]+")


def noises(text: str, start: int = 0) -> list[Span]:
    """The spans of bracketed notes of sounds ([MUSIC], (applause), ♪) in a text, counted from `start`."""
    return [(start + m.start(), start + m.end()) for m in BRACKETED.finditer(text) if _noise(m.group())]


def _noise(note: str) -> bool:
    words = _WORDS.findall(note)
    if not words:
        return note[0] in "♪♫"
    if LOST.search(note) and words[0].casefold() != "laughter":
        return False
    shouted = all(w.isupper() for w in words) and len("".join(words)) > 3
    return (shouted and note[0] != "(") or any(NOISES.match(w) for w in words[:4])


def without(text: str, start: int, end: int, out: Iterable[Span]) -> list[Span]:
    """The spans with words that remain of [start, end) when the stretches `out` (in order) are taken away."""
    spans: list[Span] = []
    at = start
    for a, b in (*out, (end, end)):
        if a < at:
            at = max(at, b)
            continue
        spans.append(trimmed(text, at, a))
        at = b
    return [(a, b) for a, b in spans if any(c.isalnum() for c in text[a:b])]


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def assembled(
    raw: Raw, format: str, pieces: list[Piece], warnings: list[Warning], *, title: str = "", language: str = ""
) -> Source:
    """The source of pieces in order: those of a turn joined by a space, turns by a newline; each piece (or word)
    with its times as a place.

    Raises UnreadableSource where nobody says anything.
    """
    lines = _lines(_rising([p for p in pieces if p.text]))
    text = "\n".join(" ".join(p.text for p in line) for line in lines)
    turns: list[Turn] = []
    blocks: list[Block] = []
    places: list[Place] = []
    heard: list[str] = []
    struck: list[Span] = []
    at = 0
    for line in lines:
        end = at + sum(len(p.text) + 1 for p in line) - 1
        if line[0].kind != "speech":
            blocks.append(Block(line[0].kind, at, end))
            at = end + 1
            continue
        out = noises(text[at:end], at)
        spans = without(text, at, end, out)
        heard += [text[a:b] for a, b in out]
        if spans:
            turns.append(_turn(line, tuple(spans), at, end))
        blocks.append(Block("speech" if spans else "note", at, end))
        for piece in line:
            places += _places(piece, at)
            struck += [(at + a, at + b) for a, b in piece.struck]
            at += len(piece.text) + 1
    if not turns:
        raise UnreadableSource(raw.path, "nobody says anything in it", "Look whether it was saved whole.")
    if heard:
        warnings.append(sounds(heard))
    if struck:
        warnings.append(crossed(struck))
    return Source(
        raw.path,
        "transcript",
        format,
        text=text,
        blocks=tuple(blocks),
        turns=tuple(turns),
        places=tuple(places),
        title=title,
        language=language,
        publish="full",
        restrictions=cut_away(raw.path, text, struck),
        warnings=(*raw.warnings, *few(warnings)),
        file_hash=raw.hash,
    )


def cut_away(path: str, text: str, struck: list[Span]) -> tuple[Restriction, ...]:
    """What withholds the words that are struck out, from every output; neighbours as one stretch."""
    spans: list[Span] = []
    for a, b in struck:
        if spans and not any(c.isalnum() for c in text[spans[-1][1] : a]):
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return (Restriction("span", path, ground="struck out in the transcript", spans=tuple(spans)),) if spans else ()


def crossed(struck: list[Span], one: str = "word is", more: str = "words are") -> Warning:
    """The warning that something is struck out, and withheld."""
    words = many(len(struck), one, more)
    what = f"{words} struck out in it and withheld everywhere, and so is the recording"
    return Warning(what, "", "Take the strikes away in the editor and export it again, if it may all be shown.")


SPOKEN = "If somebody says one of them, write it without brackets."


def sounds(heard: list[str]) -> Warning:
    """The warning that notes of sounds were left out, with the first kinds of them."""
    kinds = ", ".join(list(dict.fromkeys(heard))[:5])
    return Warning(
        f"{many(len(heard), 'note of a sound is', 'notes of sounds are')} not anybody's words: {kinds}", "", SPOKEN
    )


def many(n: int, one: str, more: str) -> str:
    """A number with the words that go with it."""
    return f"{n} {one if n == 1 else more}"


def few(warnings: list[Warning]) -> list[Warning]:
    """Warnings of which no more than three say the same; the third also says how many more there are."""
    counts = Counter(w.what for w in warnings)
    seen: Counter[str] = Counter()
    kept: list[Warning] = []
    for w in warnings:
        seen[w.what] += 1
        if seen[w.what] == 3 and counts[w.what] > 3:
            kept.append(msgspec.structs.replace(w, what=f"{w.what} (and {counts[w.what] - 3} more like it)"))
        elif seen[w.what] <= 3:
            kept.append(w)
    return kept


def _rising(pieces: list[Piece]) -> list[Piece]:
    """Pieces whose times never run back: where two speak at once, words are timed by their piece, not one by one."""
    following: list[float] = [float("inf")] * len(pieces)
    for i in range(len(pieces) - 2, -1, -1):
        time = pieces[i + 1].time
        following[i] = min(time[0], following[i + 1]) if time else following[i + 1]
    kept: list[Piece] = []
    clock = 0.0
    for piece, then in zip(pieces, following, strict=True):
        if piece.words and (piece.words[0][2][0] < clock or piece.words[-1][2][0] > then):
            piece = msgspec.structs.replace(piece, words=())
        if piece.time:
            clock = max(clock, piece.time[0])
            piece = msgspec.structs.replace(piece, time=(clock, max(clock, piece.time[1])))
        kept.append(piece)
    return kept


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces by turn. A note of sounds stands within a turn that goes on after it, else on a line of its own."""
    lines: list[list[Piece]] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if piece.kind != "speech":
            lines += [[w] for w in (*waiting, piece)]
            waiting = []
            continue
        if not without(piece.text, 0, len(piece.text), noises(piece.text)):
            waiting.append(piece)
            continue
        if lines and not piece.new and piece.label == lines[-1][-1].label and _spoken(lines[-1]):
            lines[-1] += [*(msgspec.structs.replace(w, label=piece.label) for w in waiting), piece]
        else:
            lines += [[w] for w in waiting] + [[piece]]
        waiting = []
    return lines + [[w] for w in waiting]


def _spoken(line: list[Piece]) -> bool:
    return line[0].kind == "speech" and bool(without(line[0].text, 0, len(line[0].text), noises(line[0].text)))


def _turn(line: list[Piece], spans: tuple[Span, ...], start: int, end: int) -> Turn:
    label = line[0].label
    timed = [p.time for p in line if p.time]
    time = (timed[0][0], max(t[1] for t in timed)) if timed else None
    return Turn(label, spans, start, end, time, person(label), asks(label))


def _places(piece: Piece, at: int) -> list[Place]:
    """A piece's places: its words' where they are timed (an untimed word goes with the one before), else its."""
    if not piece.words:
        return [Place(at, at + len(piece.text), piece.time)] if piece.time else []
    bounds = [0, *(w[0] for w in piece.words[1:]), len(piece.text)]
    return [Place(at + a, at + b, w[2]) for a, b, w in zip(bounds, bounds[1:], piece.words, strict=False)]
