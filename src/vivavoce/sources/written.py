"""What the readers of written documents share: paragraphs, as Word, a PDF or an e-mail have them, become a source:
a transcript where they are a dialogue, else press."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Block, BlockKind, Place, Source, Span, Turn, Value, Warning
from vivavoce.sources import dialogue, labels, press
from vivavoce.sources.cues import crossed, cut_away, few, trimmed
from vivavoce.sources.raw import Raw

STAMP = re.compile(r"[\[(]?\d{1,2}(?::\d\d){1,2}(?:[.,]\d{1,3})?[\])]?[ \t]*")
COLON = re.compile(r"[ \t]*[:：]")
LONGEST_LABEL = 60
STYLES: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"title$|titel$|titre$", re.I), "headline"),
    (re.compile(r"heading \d|überschrift \d|titre \d|(?:sub)?head(?:ing)?$", re.I), "heading"),
    (re.compile(r"subtitle|untertitel|sous-titre|dek|standfirst", re.I), "dek"),
    (re.compile(r"caption|beschriftung|légende", re.I), "caption"),
    (re.compile(r"byline|author", re.I), "byline"),
    (re.compile(r"(?:foot|end)note text|header|footer|toc \d|table of (?:contents|figures)|index", re.I), "note"),
)
SHORT = 400  # a paragraph that is longer is text, whatever its style is called
NEAR = 40  # a label stands no further into its paragraph than a stamp before it


class Paragraph(Value, frozen=True):
    """A paragraph as it is seen, with `\\n` where its lines are broken on purpose.

    `kind`: what its style says that it is (None: nothing). `label`: the words at its beginning that are set apart
    as a speaker's label is, in bold or in a table's cell of their own. `pages`: (offset, page) of each page that
    begins in it. `struck`: what of it is struck through, and may not be shown.
    """

    text: str
    kind: BlockKind | None = None
    label: Span | None = None
    pages: tuple[tuple[int, str], ...] = ()
    struck: tuple[Span, ...] = ()


def source(
    raw: Raw,
    format: str,
    given: Sequence[Paragraph],
    about: dict[str, Any],
    warnings: Sequence[Warning] = (),
    lost: str = "",
) -> Source:
    """The source that paragraphs make: their text joined by blank lines, with places by page and paragraph.

    `about`: what the file itself says of title, byline, date …; it goes over what its text tells, but for a title
    that stands over the text: templates hand on titles. `lost`: the remedy
    where there is no text.

    Raises UnreadableSource where there is no text.
    """
    paragraphs = [p for p in map(_bare, given) if p.text]
    if not any(c.isalnum() for p in paragraphs for c in p.text):
        raise UnreadableSource(raw.path, "it has no text", lost or "Look whether it was saved whole.")
    raw = Raw(raw.path, raw.data)
    found = _dialogue(raw, format, paragraphs) or _press(raw, format, paragraphs)
    headed = any(block.kind == "headline" for block in found.blocks)
    about = {key: value for key, value in about.items() if value and not (headed and key == "title")}
    text, starts = _text(paragraphs)
    struck = [(at + a, at + b) for at, p in zip(starts, paragraphs, strict=True) for a, b in p.struck if a < b]
    barred = cut_away(raw.path, text, struck)
    told = tuple(few([*warnings, *([crossed(struck, "stretch is", "stretches are")] if barred else [])]))
    return msgspec.structs.replace(found, **about, restrictions=barred, warnings=(*told, *found.warnings))


def _bare(given: Paragraph) -> Paragraph:
    """A paragraph without the white space at its ends."""
    start, end = trimmed(given.text, 0, len(given.text))
    if (start, end) == (0, len(given.text)):
        return given
    label = given.label and (max(given.label[0] - start, 0), min(given.label[1] - start, end - start))
    pages = tuple((min(max(at - start, 0), end - start), page) for at, page in given.pages)
    label = label if label and label[0] < label[1] else None
    return Paragraph(given.text[start:end], given.kind, label, pages, _shifted(given, start, end, 0))


def stretch(given: Paragraph, start: int, end: int) -> Paragraph:
    """`start` to `end` of a paragraph without a label, as one of its own."""
    start, end = trimmed(given.text, start, end)
    return Paragraph(given.text[start:end], given.kind, None, (), _shifted(given, start, end, 0))


def _shifted(given: Paragraph, start: int, end: int, to: int) -> tuple[Span, ...]:
    """What is struck in `start` to `end` of a paragraph that is put at `to`."""
    by = to - start
    return tuple((max(a, start) + by, min(b, end) + by) for a, b in given.struck if a < end and b > start)


def _text(paragraphs: Sequence[Paragraph]) -> tuple[str, list[int]]:
    """The text of paragraphs, and where each of them begins in it."""
    starts, at = [], 0
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph.text) + 2
    return "\n\n".join(p.text for p in paragraphs), starts


def places(paragraphs: Sequence[Paragraph]) -> tuple[Place, ...]:
    """The page and the number of each paragraph (counted from 1); one that runs over pages has a place on each."""
    found: list[Place] = []
    _, starts = _text(paragraphs)
    page = ""
    for number, (paragraph, start) in enumerate(zip(paragraphs, starts, strict=True), 1):
        end, at = start + len(paragraph.text), start
        for offset, new in paragraph.pages:
            if start + offset > at:
                found.append(Place(at, start + offset, page=page, paragraph=number))
            at, page = start + offset, new
        if at < end:
            found.append(Place(at, end, page=page, paragraph=number))
    return tuple(found)


# --- press -------------------------------------------------------------------------------------------------


def _press(raw: Raw, format: str, paragraphs: Sequence[Paragraph]) -> Source:
    text, starts = _text(paragraphs)
    kinds = _kinds(paragraphs, starts)
    blocks: list[Block] = []
    for paragraph, start, kind in zip(paragraphs, starts, kinds, strict=True):
        blocks += press.cut(press.Line(start, start + len(paragraph.text), paragraph.text, 1), kind)
    about = press.facts(text, blocks)
    return Source(raw.path, "press", format, text, tuple(blocks), places=places(paragraphs), **about)


def _kinds(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> list[BlockKind]:
    """What each paragraph is: by its style, else by its words. Where headings have a style, nothing else is one."""
    lines = [
        press.Line(start, start + len(p.text), p.text, 1 if at else -1)
        for at, (p, start) in enumerate(zip(paragraphs, starts, strict=True))
        if p.kind is None or p.kind in ("headline", "heading", "body")
    ]
    guessed = {line.start: kind for line, kind in press.classified(lines)}
    styled = any(p.kind in ("headline", "heading") for p in paragraphs)
    kinds = [_kind(p, guessed.get(start, "body"), styled) for p, start in zip(paragraphs, starts, strict=True)]
    _head(kinds)
    return kinds


def _kind(paragraph: Paragraph, guess: BlockKind, styled: bool) -> BlockKind:
    if paragraph.kind is not None:
        return paragraph.kind
    return "body" if styled and guess in ("headline", "heading") else guess


def _head(kinds: list[BlockKind]) -> None:
    """Without a headline, a heading above all else is it."""
    first = next((at for at, kind in enumerate(kinds) if kind not in ("note", "byline", "alt", "credit")), None)
    if first is not None and kinds[first] == "heading" and "headline" not in kinds:
        kinds[first] = "headline"


# --- dialogue ----------------------------------------------------------------------------------------------


def _dialogue(raw: Raw, format: str, paragraphs: Sequence[Paragraph]) -> Source | None:
    """The transcript that paragraphs are, or None. What the document shows by bold type and headings is written with
    Markdown's signs, which the reader of dialogues knows; afterwards the signs are taken out of every offset."""
    text, signs = _signed(paragraphs)
    shown = Raw(raw.path, raw.data, text)
    if not dialogue.claims(shown):
        return None
    try:
        found = dialogue.read(shown)
    except UnreadableSource:
        return None
    plain, _ = _text(paragraphs)
    back = _Back(signs)
    timed = tuple(msgspec.structs.replace(p, start=back(p.start), end=back(p.end)) for p in found.places)
    return msgspec.structs.replace(
        found,
        format=format,
        text=plain,
        blocks=tuple(Block(b.kind, back(b.start), back(b.end)) for b in found.blocks if back(b.start) < back(b.end)),
        turns=tuple(_moved(t, plain, back) for t in found.turns),
        places=_both(timed, places(paragraphs)),
    )


def _moved(turn: Turn, text: str, back: _Back) -> Turn:
    spans = [trimmed(text, back(a), back(b)) for a, b in turn.spans]
    kept = tuple((a, b) for a, b in spans if a < b)
    return msgspec.structs.replace(turn, spans=kept, start=back(turn.start), end=back(turn.end))


class _Back:
    """From an offset in the text with signs to that in the text without them. `signs`: (start, length) in order."""

    def __init__(self, signs: Sequence[tuple[int, int]]) -> None:
        self.starts = [start for start, _ in signs]
        self.lengths = [length for _, length in signs]
        self.before = [0]
        for length in self.lengths:
            self.before.append(self.before[-1] + length)

    def __call__(self, offset: int) -> int:
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return offset
        within = min(offset - self.starts[at], self.lengths[at])
        return offset - self.before[at] - within


def _signed(paragraphs: Sequence[Paragraph]) -> tuple[str, list[tuple[int, int]]]:
    """The text with Markdown's signs, and where they stand in it."""
    again = Counter(p.text[slice(*p.label)].strip(" :：\t").casefold() for p in paragraphs if p.label)
    parts: list[str] = []
    signs: list[tuple[int, int]] = []
    at = 0
    for paragraph in paragraphs:
        if parts:
            parts.append("\n\n")
            at += 2
        last = 0
        for offset, sign in _signs(paragraph, again):
            parts += [paragraph.text[last:offset], sign]
            signs.append((at + offset, len(sign)))
            at, last = at + len(sign), offset
        parts.append(paragraph.text[last:])
        at += len(paragraph.text)
    return "".join(parts), signs


def _signs(paragraph: Paragraph, again: Counter[str]) -> list[tuple[int, str]]:
    """Where in a paragraph which signs are to be put."""
    text = paragraph.text
    if paragraph.kind in ("headline", "heading"):
        return [(0, "# ")]
    if paragraph.label is None or paragraph.label[0] > NEAR:
        return []
    start, end = trimmed(text, *paragraph.label)
    words = text[start:end].rstrip(" :：\t")
    if not words or len(words) > LONGEST_LABEL or not labels.label_like(words):
        return []
    end = start + len(words)
    colon = COLON.match(text, end)
    if colon:
        return [(start, "**"), (colon.end(), "**")]
    if end == len(text):
        return [(start, "**"), (end, "**")]
    alone = again[words.casefold()] > 1 or labels.strong(words)
    return [(start, "**"), (end, ":**")] if alone else []


def _both(timed: Sequence[Place], paged: Sequence[Place]) -> tuple[Place, ...]:
    """Places by time and places by page as one row of places that tell both."""
    cuts = sorted({at for p in (*timed, *paged) for at in (p.start, p.end)})
    found: list[Place] = []
    t = g = 0
    for start, end in pairwise(cuts):
        while t < len(timed) and timed[t].end <= start:
            t += 1
        while g < len(paged) and paged[g].end <= start:
            g += 1
        time = timed[t].time if t < len(timed) and timed[t].start <= start else None
        page = paged[g] if g < len(paged) and paged[g].start <= start else None
        if time or page:
            told = (page.page, page.paragraph) if page else ("", None)
            found.append(Place(start, end, time, *told))
    return tuple(found)


def label(text: str, bold: int) -> Span | None:
    """The label that a paragraph seems to begin with, whose first `bold` characters are in bold (a stamp before the
    label may be plain or bold); None where there is none."""
    stamp = STAMP.match(text)
    start = stamp.end() if stamp else 0
    words = text[start:bold].rstrip(" :：\t")
    if bold <= start or not words or len(words) > LONGEST_LABEL or "\n" in words:
        return None
    return start, min(bold, len(text))


def crossings(parts: Sequence[tuple[str, bool]]) -> tuple[Span, ...]:
    """Which stretches of a paragraph are struck through; `parts`: words, each with whether they are."""
    found: list[Span] = []
    at = 0
    for words, struck in parts:
        if struck:
            found.append((at, at + len(words)))
        at += len(words)
    return tuple(found)


def styled(name: str, text: str) -> BlockKind | None:
    """What a paragraph is by the name of its style; None where the name says nothing."""
    kind = next((kind for pattern, kind in STYLES if pattern.match(name)), None)
    return kind if len(text) <= SHORT or kind == "note" else None


def heavy(parts: Sequence[tuple[str, bool]]) -> int:
    """How many characters at the beginning are bold, past a stamp that is not."""
    text = "".join(part for part, _ in parts)
    stamp = STAMP.match(text)
    skip = stamp.end() if stamp else 0
    at = 0
    for part, bold in parts:
        if not bold and part.strip() and at + len(part.rstrip()) > skip:
            # A run may hold the stamp alone, or the bold ends here.
            return at if at > skip else 0
        at += len(part)
    return at


def row(cells: Sequence[Sequence[Paragraph]]) -> Iterator[Paragraph]:
    """The paragraphs of a table's row, whose cells hold `cells`: those of a dialogue have the label set apart."""
    if not cells:
        return
    heads = 0
    while heads < min(2, len(cells) - 1) and len(cells[heads]) == 1 and len(cells[heads][0].text) <= 60:
        heads += 1
    short = all(len(cell) == 1 and len(cell[0].text) <= 200 for cell in cells)
    if not short and heads != len(cells) - 1:
        yield from (p for cell in cells for p in cell)
        return
    parts = [cell[0].text.strip() for cell in cells]
    text, label = "\t".join(parts), None
    if len(parts) > 1:
        start = len(parts[0]) + 1 if len(parts) > 2 and STAMP.fullmatch(parts[0] + " ") else 0
        label = (start, start + len(parts[1] if start else parts[0]))
    pages = next((cell[0].pages for cell in cells), ())
    struck: list[Span] = []
    at = 0
    for part, cell in zip(parts, cells, strict=True):
        struck += _shifted(cell[0], *trimmed(cell[0].text, 0, len(cell[0].text)), at)
        at += len(part) + 1
    yield Paragraph(text, None if len(cells) > 1 else cells[0][0].kind, label, pages[:1], tuple(struck))
    yield from cells[-1][1:]
