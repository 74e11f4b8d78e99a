"""JSON that keeps words and paragraphs apart: the BBC's digital-paper-edit and Hyperaudio. Who speaks is told by the
paragraph in whose time a word lies; words that are struck out are withheld."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple

from vivavoce.model import Source, Warning
from vivavoce.sources.cues import many
from vivavoce.sources.raw import Raw
from vivavoce.sources.segments import (
    LOOK,
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

NEAR = 0.011  # seconds by which a word may lie before its paragraph: what rounding makes
TOGETHER = 1.0  # seconds that two speakers' paragraphs may share without a word being in doubt


class Paragraph(NamedTuple):
    """Whose words lie in a stretch of time."""

    start: float
    end: float
    speaker: str


class Timed(NamedTuple):
    """A word as the file has it, with its number."""

    number: int
    part: Part
    start: float | None


def claims(raw: Raw) -> bool:
    """Whether it is JSON with a list of words, and paragraphs or nothing that tells the speakers otherwise."""
    about = _about(keyed(raw, "words", "paragraphs"))
    words = [row for _, row in tables(about.get("words"))[:20]]
    shaped = any("text" in w and "start" in w for w in words)
    return shaped and isinstance(about.get("paragraphs"), list) and not rows(about.get("segments"))


def read(raw: Raw) -> Source:
    """The turns of words, by the paragraphs they lie in. A word that lies in none, or for more than a second in those
    of two speakers, has no speaker, and is told.

    Raises UnreadableSource for broken JSON, and where nobody says anything.
    """
    data = table(loaded(raw))
    about = _about(data)
    warnings: list[Warning] = []
    paragraphs = _paragraphs(about, warnings)
    words = [_word(row, number, warnings) for number, row in tables(about.get("words"), "word", warnings)]
    segments = _segments(words, paragraphs, warnings)
    title = said(data, "title", "transcriptTitle")
    return transcript(raw, "paperedit", segments, warnings, title=title, language=data.get("language"))


def _about(data: dict[str, Any]) -> dict[str, Any]:
    """The table with the words: the file's, or one below it (digital-paper-edit saves its own facts round it)."""
    inner = table(data.get("transcript"))
    return inner if "words" in inner and "words" not in data else data


def _paragraphs(about: dict[str, Any], warnings: list[Warning]) -> list[Paragraph]:
    found = []
    for number, row in tables(about.get("paragraphs"), "paragraph", warnings):
        time = lasting(clock(row.get("start")), clock(row.get("end")))
        if time is None:
            warnings.append(
                Warning("the paragraph has no times, so that its words are not known", f"paragraph {number}", LOOK)
            )
        else:
            found.append(Paragraph(*time, label(row.get("speaker"))))
    return sorted(found)


def _word(row: dict[str, Any], number: int, warnings: list[Warning]) -> Timed:
    text = said(row, "text", "punct", "word")
    if not text:
        warnings.append(Warning("the word has no text and was left out", f"word {number}", LOOK))
    start = clock(row.get("start"))
    # Whatever is not plainly unstruck is withheld.
    mark = row.get("struck")
    struck = not (mark is None or mark is False)
    own = label(row.get("speaker"))
    glued = row.get("space") is False
    return Timed(number, Part(text, lasting(start, clock(row.get("end"))), own, glued, struck), start)


def _segments(words: list[Timed], paragraphs: list[Paragraph], warnings: list[Warning]) -> list[Segment]:
    """Words by paragraph, in the order of the file; a word without a time stays with the one before it."""
    starts = [p.start for p in paragraphs]
    reach = _reach(paragraphs)
    groups: list[tuple[int | None, list[Timed]]] = []
    lost = 0
    at: int | None = None
    for word in words:
        if not word.part.text:
            continue
        if word.start is not None:
            at = _in(word.start, paragraphs, starts, reach)
        lost += at is None and bool(paragraphs)
        if groups and groups[-1][0] == at:
            groups[-1][1].append(word)
        else:
            groups.append((at, [word]))
    if lost:
        told = f"{many(lost, 'word lies', 'words lie')} in no speaker's paragraph, or in those of two"
        warnings.append(Warning(told, "", "Say who it is by a decision, or correct the paragraphs' times."))
    return [_segment(group, paragraphs[n].speaker if n is not None else "") for n, group in groups]


def _segment(words: list[Timed], speaker: str) -> Segment:
    # `space` tells what stands behind a word; `glued` what stands before it.
    parts = [w.part._replace(glued=bool(i) and words[i - 1].part.glued) for i, w in enumerate(words)]
    if speaker:
        parts = [p._replace(speaker="") for p in parts]
    text, placed = worded(parts)
    timed = [w.time for w in placed if w.time]
    start, end = (timed[0][0], max(t[1] for t in timed)) if timed else (None, None)
    return Segment(text, start, end, f"word {words[0].number}", 0, speaker, placed)


def _reach(paragraphs: list[Paragraph]) -> list[tuple[float, str, float]]:
    """Up to each paragraph: the latest end, whose it is, and the latest end of anybody else's."""
    found: list[tuple[float, str, float]] = []
    end, who, other = -1.0, "", -1.0
    for p in paragraphs:
        if p.speaker == who:
            end = max(end, p.end)
        elif p.end > end:
            end, who, other = p.end, p.speaker, end
        else:
            other = max(other, p.end)
        found.append((end, who, other))
    return found


def _in(
    start: float, paragraphs: list[Paragraph], starts: list[float], reach: list[tuple[float, str, float]]
) -> int | None:
    """The paragraph in which a word lies that begins at `start`: the one that began last; None where it lies in none,
    or for long in another speaker's too."""
    n = bisect_right(starts, start + NEAR) - 1
    if n < 0 or start > paragraphs[n].end + NEAR:
        return None
    end, who, other = reach[n]
    elsewhere = other if who == paragraphs[n].speaker else end
    return None if elsewhere > start + TOGETHER else n
