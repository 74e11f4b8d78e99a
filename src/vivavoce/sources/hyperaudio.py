"""Hyperaudio's interactive transcripts: a page (or its JSON) whose words stand in spans with `data-m` and `data-d`,
milliseconds. What is struck out or hidden in it is withheld."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Any, NamedTuple

from vivavoce.model import Source, Warning
from vivavoce.sources.cues import many
from vivavoce.sources.labels import label_like
from vivavoce.sources.page import BLOCKS, HIDDEN, UNSEEN, VOID
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    Part,
    Segment,
    clean,
    clock,
    keyed,
    lasting,
    loaded,
    table,
    tables,
    transcript,
    worded,
)
from vivavoce.sources.tags import STRIKING, STRUCK, Lost, Tag, Words, scan, strikes

TIMED = re.compile(r"<(?:span|a)\s[^<>]{0,400}?\bdata-m\s*=\s*[\"']?\d", re.I)
NAME = re.compile(r"\[(?P<boxed>[^\[\]]{1,60})\]:?|(?P<plain>[^\[\]]{1,60}?):?")


class Chunk(NamedTuple):
    """Words as they stand in the file, with white space. `name`: they are a speaker's label."""

    text: str
    time: tuple[float | None, float | None] | None = None
    name: bool = False
    struck: bool = False


class Open(NamedTuple):
    """An element that is open, with what it hands down to those within it."""

    element: str
    time: tuple[float | None, float | None] | None = None
    name: bool = False
    struck: bool = False
    unseen: bool = False


def claims(raw: Raw) -> bool:
    """Whether it is a page with words in spans that have `data-m`, or the JSON of one."""
    text = raw.text or ""
    if text.lstrip()[:1] == "{":
        return bool(_json(keyed(raw, "article", "paragraphs", "spans")))
    if "data-m" not in text or text.lstrip()[:1] != "<":
        return False
    found = TIMED.finditer(text)
    return next(found, None) is not None and next(found, None) is not None


def read(raw: Raw) -> Source:
    """The turns of the paragraphs; one without a speaker goes on with the speaker above it.

    Raises UnreadableSource for broken JSON, and where nobody says anything.
    """
    warnings: list[Warning] = []
    text = raw.text or ""
    if text.lstrip()[:1] == "{":
        paragraphs = [[_span(row) for _, row in tables(p.get("spans"))] for p in _json(table(loaded(raw)))]
    else:
        paragraphs = _kept(_page(text, warnings), warnings)
    segments: list[Segment] = []
    speaker = ""
    for number, chunks in enumerate(paragraphs, 1):
        for segment in _segments(chunks, f"paragraph {number}", speaker):
            speaker = segment.speaker
            segments.append(segment)
    return transcript(raw, "hyperaudio", segments, warnings)


# --- JSON ------------------------------------------------------------------------------------------------------


def _json(about: dict[str, Any]) -> list[dict[str, Any]]:
    """The paragraphs of the JSON form: an article of one section or several."""
    article = table(about.get("article"))
    section = article.get("section", article.get("sections"))
    sections = [section] if isinstance(section, dict) else [row for _, row in tables(section)]
    return [row for s in sections for _, row in tables(s.get("paragraphs")) if isinstance(row.get("spans"), list)]


def _span(row: dict[str, Any]) -> Chunk:
    text = row["text"] if isinstance(row.get("text"), str) else ""
    kinds = clean(row.get("class")).casefold().split()
    mark, style = row.get("struck"), row.get("style")
    plain = (mark is None or mark is False) and not (STRUCK.search(clean(style)) or HIDDEN.search(clean(style)))
    return Chunk(
        text, _times(row.get("m"), row.get("d")), "speaker" in kinds, not plain or bool(STRIKING.intersection(kinds))
    )


def _times(begin: Any, lasts: Any) -> tuple[float | None, float | None]:
    start, length = clock(begin, 0.001), clock(lasts, 0.001)
    return start, round(start + length, 3) if start is not None and length is not None else None


# --- pages -----------------------------------------------------------------------------------------------------


def _page(text: str, warnings: list[Warning]) -> list[list[Chunk]]:
    """The paragraphs of a page, with all that is seen in them."""
    stack = [Open("")]
    count: Counter[str] = Counter()
    paragraphs: list[list[Chunk]] = [[]]
    for piece in scan(text):
        if isinstance(piece, Words):
            if not stack[-1].unseen:
                top = stack[-1]
                paragraphs[-1].append(Chunk(unescape(text[piece.start : piece.end]), top.time, top.name, top.struck))
        elif isinstance(piece, Tag):
            if piece.name in BLOCKS:
                paragraphs.append([])
            elif piece.name in VOID:
                paragraphs[-1].append(Chunk(" "))
            _step(stack, count, piece)
        elif isinstance(piece, Lost) and text[piece.start : piece.end].strip("< \n"):
            place = f"line {text.count(chr(10), 0, piece.start) + 1}"
            warnings.append(Warning("the page ends within a tag or a comment", place, "Save it again."))
    return [p for p in paragraphs if any(c.text.strip() for c in p)]


def _step(stack: list[Open], count: Counter[str], tag: Tag) -> None:
    """Opens or closes an element; what nothing opened is passed over."""
    if tag.name in VOID:
        return
    if not tag.closes:
        count[tag.name] += 1
        stack.append(_open(tag, stack[-1]))
    elif count[tag.name]:
        while len(stack) > 1:
            closed = stack.pop().element
            count[closed] -= 1
            if closed == tag.name:
                break


def _open(tag: Tag, round_: Open) -> Open:
    kinds = tag.attrs.get("class", "").casefold().split()
    style = tag.attrs.get("style", "")
    hidden = "hidden" in tag.attrs or bool(HIDDEN.search(style))
    time = _times(tag.attrs["data-m"], tag.attrs.get("data-d")) if "data-m" in tag.attrs else round_.time
    return Open(
        tag.name,
        time,
        round_.name or "speaker" in kinds,
        round_.struck or strikes(tag) or hidden,
        round_.unseen or tag.name in UNSEEN,
    )


def _kept(paragraphs: list[list[Chunk]], warnings: list[Warning]) -> list[list[Chunk]]:
    """The paragraphs from the first with timed words to the last one; what the page shows round them is told."""
    timed = [i for i, chunks in enumerate(paragraphs) if any(c.time for c in chunks)]
    if not timed:
        return paragraphs
    beside = paragraphs[: timed[0]] + paragraphs[timed[-1] + 1 :]
    if beside:
        shown = ", ".join(clean(" ".join(c.text for c in chunks if not c.struck))[:60] for chunks in beside[:5])
        told = f"{many(len(beside), 'paragraph', 'paragraphs')} of the page round the transcript left out: {shown}"
        warnings.append(Warning(told, "", "Put it into the transcript, if somebody says it."))
    return paragraphs[timed[0] : timed[-1] + 1]


# --- words -----------------------------------------------------------------------------------------------------


def _segments(chunks: list[Chunk], place: str, speaker: str) -> list[Segment]:
    """A paragraph's words, cut where a label names another speaker; `speaker`: who spoke last above it."""
    runs: list[tuple[str, list[Part]]] = [(speaker, [])]
    space = True
    for i, chunk in enumerate(chunks):
        if not chunk.text.strip():
            space = True
            continue
        name = _name(chunk, not any(c.text.strip() for c in chunks[:i]) if i < 3 else False)
        if name is not None:
            runs.append((name, []))
        else:
            time = lasting(*chunk.time) if chunk.time else None
            glued = not (space or chunk.text[0].isspace())
            runs[-1][1].append(Part(chunk.text, time, glued=glued, struck=chunk.struck))
        space = chunk.text[-1].isspace()
    return [_segment(who, parts, place) for who, parts in runs if parts]


def _name(chunk: Chunk, first: bool) -> str | None:
    """The label that a chunk is, by its class, or in brackets at the beginning of a paragraph; None: it is words."""
    found = NAME.fullmatch(clean(chunk.text))
    if not found or chunk.struck:
        return None
    name = (found["boxed"] or found["plain"] or "").strip()
    boxed = first and found["boxed"] is not None and label_like(name)
    return name if name and (chunk.name or boxed) else None


def _segment(speaker: str, parts: list[Part], place: str) -> Segment:
    text, words = worded(parts)
    timed = [w.time for w in words if w.time]
    start, end = (timed[0][0], max(t[1] for t in timed)) if timed else (None, None)
    return Segment(text, start, end, place, 0, speaker, words)
