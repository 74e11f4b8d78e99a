"""oTranscribe (`.otr`): JSON that holds a typed text as HTML, with the times that were put in by a key."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Times, Warning, times
from vivavoce.sources import written
from vivavoce.sources.cues import STAMP, Piece, assembled, many, named
from vivavoce.sources.page import BLOCKS, UNSEEN, VOID
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import LOOK, clean, clock, keyed, loaded, table
from vivavoce.sources.tags import Lost, Tag, Words, scan, strikes

KEYS = ("media", "media-source", "media-time")
BOLD = frozenset({"b", "strong"})
STAMPED = re.compile(rf"\[?{STAMP}\]?")


class Bit(NamedTuple):
    """A stretch of a line: words, bold or not, or a stamp (`time` in seconds)."""

    text: str
    bold: bool = False
    time: float | None = None


def claims(raw: Raw) -> bool:
    """Whether it is JSON with a text, and with the recording that oTranscribe had open, or by its ending."""
    if raw.suffix != ".otr" and '"media' not in (raw.text or ""):
        return False
    about = keyed(raw, "text")
    return isinstance(about.get("text"), str) and (raw.suffix == ".otr" or any(k in about for k in KEYS))


def read(raw: Raw) -> Source:
    """The turns of a typed text: speakers as in a dialogue, where it has labels; else what stands from one time to the
    next. Times, labels and tags are not text; lines above the speech are notes.

    Raises UnreadableSource for broken JSON, and where nothing is written.
    """
    about = table(loaded(raw))
    warnings: list[Warning] = []
    lines = _lines(about.get("text"), warnings)
    if not any(clean(bit.text) for line in lines for bit in line if bit.time is None):
        raise UnreadableSource(raw.path, "it has no text", LOOK)
    found = written.source(Raw(raw.path, raw.data), "otr", [_paragraph(line) for line in lines], {})
    if found.kind != "transcript":
        return assembled(raw, "otr", _unlabelled(lines), warnings)
    warnings += found.warnings
    source = named(assembled(raw, "otr", _pieces(found), warnings, title=found.title), found.labels, found.interviewers)
    return msgspec.structs.replace(source, date=found.date, warnings=tuple(dict.fromkeys(source.warnings)))


def _lines(given: Any, warnings: list[Warning]) -> list[list[Bit]]:
    """The lines of the HTML: one a paragraph and one a break."""
    text = given if isinstance(given, str) else ""
    text = text.encode("utf-8", "replace").decode("utf-8")
    lines: list[list[Bit]] = [[]]
    bold = unseen = struck = gone = 0
    stamp: float | None = None
    for piece in scan(text):
        if isinstance(piece, Words) and struck:
            gone += len(text[piece.start : piece.end].split())
        elif isinstance(piece, Words) and not unseen and stamp is None:
            lines[-1].append(Bit(unescape(text[piece.start : piece.end]).replace("\xa0", " "), bold > 0))
        elif isinstance(piece, Lost) and clean(text[piece.start + 1 :]):
            warnings.append(Warning("the text ends within a tag", "", LOOK))
        elif isinstance(piece, Tag):
            if piece.name in BLOCKS or (piece.name == "br" and not struck):
                lines.append([])
            bold = max(0, bold + (-1 if piece.closes else 1)) if piece.name in BOLD else bold
            if (struck or strikes(piece)) and piece.name not in VOID:
                struck = max(0, struck + (-1 if piece.closes else 1))
            unseen = max(0, unseen + (-1 if piece.closes else 1)) if piece.name in UNSEEN else unseen
            if piece.name == "span":
                stamp = None if piece.closes else _stamp(piece, warnings)
                lines[-1] += [Bit("", bold > 0, stamp)] if stamp is not None else []
    if gone:
        what = f"{many(gone, 'word is', 'words are')} struck out in it, and left out"
        warnings.append(Warning(what, "", "Take the strikes away in oTranscribe, if it may all be shown."))
    return [line for line in lines if any(bit.text.strip() or bit.time is not None for bit in line)]


def _stamp(tag: Tag, warnings: list[Warning]) -> float | None:
    """The seconds of a span that is a time; None where it is none, or cannot be read (its words then stay)."""
    if "timestamp" not in tag.attrs.get("class", "").split():
        return None
    time = clock(tag.attrs.get("data-timestamp", ""))
    if time is None:
        warnings.append(
            Warning("a time cannot be read, and stays in the text", "", "Put it in again with oTranscribe.")
        )
    return time


def _paragraph(line: list[Bit]) -> written.Paragraph:
    text, bold, plain = "", 0, False
    for bit in line:
        text += f"[{_clock(bit.time)}] " if bit.time is not None else bit.text
        plain = plain or (bit.time is None and bool(bit.text.strip()) and not bit.bold)
        bold = bold if plain else len(text)
    text = " ".join(text.split("\n"))
    return written.Paragraph(text, label=written.label(text, bold))


def _clock(time: float) -> str:
    whole, milli = divmod(round(time * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milli:03}"


def _unlabelled(lines: list[list[Bit]]) -> list[Piece]:
    """What stands in each line, from one time to the next."""
    stamps = [bit.time for line in lines for bit in line if bit.time is not None]
    steady = all(a <= b for a, b in pairwise(stamps))
    pieces: list[Piece] = []
    at = -1
    for line in lines:
        new = True
        for bit in line:
            if bit.time is not None:
                at += 1
            elif clean(bit.text):
                time: Times | None = None
                if steady and at >= 0:
                    time = (stamps[at], stamps[min(at + 1, len(stamps) - 1)])
                pieces.append(Piece(clean(bit.text), "", time, new))
                new = False
    return pieces


def _pieces(found: Source) -> list[Piece]:
    """The pieces of a dialogue without its labels and times; what nobody says stays as notes."""
    turns = {turn.start: turn for turn in found.turns}
    pieces: list[Piece] = []
    for block in found.blocks:
        turn = turns.get(block.start)
        if turn is None:
            words = clean(STAMPED.sub(" ", found.text[block.start : block.end]))
            pieces += [Piece(words, kind=block.kind if block.kind != "speech" else "note")] if words else []
            continue
        at = turn.spans[0][0]
        for i, (a, b) in enumerate(turn.spans):
            between = clean(STAMPED.sub(" ", found.text[at:a]))
            pieces += [Piece(between, turn.label)] if any(c.isalnum() for c in between) else []
            pieces.append(Piece(clean(found.text[a:b]), turn.label, times(found, a, b), not i))
            at = b
        behind = clean(STAMPED.sub(" ", found.text[at : turn.end]))
        pieces += [Piece(behind, turn.label)] if any(c.isalnum() for c in behind) else []
    return pieces
