"""PDF: the words of its text layer in reading order, columns and paragraphs as the page shows them (see `layout`).

Running heads and page numbers are no text; they tell on which page a paragraph stands.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Warning
from vivavoce.sources import layout, written
from vivavoce.sources.cues import many
from vivavoce.sources.layout import Sheet, Word
from vivavoce.sources.raw import Raw

PAGES = 3000
WORDS = 1_500_000  # of a whole file
SIGNS = 200_000  # characters of one page: what is more is no page that anybody reads
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
SIGNED = frozenset("0123456789¹²³")
HYPHEN = "\x02"  # so pdfium gives a hyphen at the end of a line
BOLD = re.compile(r"bold|black|heavy|semib|demi", re.I)
FORCE_BOLD = 1 << 18
OCR = "If it is a scan, run OCR on it first."
TEMPLATE = re.compile(r"(?:microsoft word|untitled|document\d*$|layout \d|.{0,80}\.(?:docx?|indd|qxd|rtf|pdf)$)", re.I)


def claims(raw: Raw) -> bool:
    """Does it begin as a PDF does (a few bytes of junk before it are forgiven where the ending is a PDF's)?"""
    return raw.data.startswith(b"%PDF-") or (raw.suffix == ".pdf" and b"%PDF-" in raw.data[:1024])


def read(raw: Raw) -> Source:
    """The PDF's paragraphs as press, or, where names head them, as a transcript.

    Raises UnreadableSource where it is damaged, locked, or has no text.
    """
    with closing(_opened(raw)) as document:
        number = len(document)
        sheets = _sheets(document, number)
        about = _about(document)
    read_ = layout.read(sheets)
    warnings = [*_told(sheets, number), *read_.warnings]
    return written.source(raw, "pdf", read_.paragraphs, about, warnings, lost=OCR)


def _opened(raw: Raw) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(io.BytesIO(raw.data))
    except pypdfium2.PdfiumError as e:
        if "password" in str(e).lower():
            raise UnreadableSource(raw.path, "it is locked with a password", "Save it again without one.") from e
        what = "it should be PDF, but it is cut off or damaged"
        raise UnreadableSource(raw.path, what, "Save it again from where it came.") from e


def _about(document: Any) -> dict[str, Any]:
    """The title from the document's properties, where it is one; author and date there are the file's."""
    try:
        title = " ".join(document.get_metadata_value("Title").split())
    except Exception:  # broken properties tell nothing
        return {}
    return {"title": "" if TEMPLATE.match(title) else title[:500]}


def _told(sheets: list[Sheet], number: int) -> Iterator[Warning]:
    """Pages that were not read, and why."""
    empty = [at for at, sheet in enumerate(sheets) if not sheet.words and sheet.drawn]
    if empty and len(empty) < len(sheets):
        what = f"{many(len(empty), 'page has', 'pages have')} pictures and no text"
        yield Warning(what, f"page {sheets[empty[0]].label}", OCR)
    if broken := [sheet for sheet in sheets if sheet.broken]:
        yield Warning(
            f"{many(len(broken), 'page is', 'pages are')} damaged", f"page {broken[0].label}", "Save it again."
        )
    if number > len(sheets):
        yield Warning(f"only its first {len(sheets):,} pages were read", "", "Cut it into parts.")


# --- words of a page ---------------------------------------------------------------------------------------


def _sheets(document: Any, number: int) -> list[Sheet]:
    """The words of all pages, as far as there is room for them."""
    found: list[Sheet] = []
    words = 0
    while len(found) < min(number, PAGES) and words < WORDS:
        found.append(_sheet(document, len(found)))
        words += len(found[-1].words)
    return found


def _sheet(document: Any, at: int) -> Sheet:
    """One page's words; a page that cannot be read has none."""
    label = document.get_page_label(at) or str(at + 1)
    try:
        with closing(document[at]) as page:
            with closing(page.get_textpage()) as text:
                words = list(_words(text.raw))
            drawn = not words and next(page.get_objects(max_depth=2), None) is not None
            box = page.get_bbox()
    except Exception:  # pdfium tells nothing of what is wrong with a page
        return Sheet(label, 0.0, 0.0, (), False, True)
    usual = _turned(words)
    width, height = (box[2] - box[0], box[3] - box[1])[:: -1 if usual in (90, 270) else 1]
    return Sheet(label, width, height, tuple(_upright(words, usual, box)), drawn)


def _words(text: Any) -> Iterator[tuple[Word, int]]:
    """The words of a page in the file's order, each with its turn (0, 90, 180, 270 degrees); y counts upwards."""
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    signs: list[str] = []
    box: list[float] = []
    size, first, high = 0.0, 0, 0

    def word() -> tuple[Word, int]:
        angle = round(math.degrees(pdfium.FPDFText_GetCharAngle(text, first)) / 90) % 4 * 90
        return Word("".join(signs), box[0], box[1], box[2], box[3], size, _bold(pdfium, text, first)), angle

    for i in range(min(pdfium.FPDFText_CountChars(text), SIGNS)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0), 0
        sign = LIGATURES.get(code) or (chr(code) if 0 < code < 0x110000 else "")
        if not sign or code in (0xFFFE, 0xFFFF, 0xFFFD) or (sign < " " and sign != HYPHEN and not sign.isspace()):
            continue
        if sign.isspace():
            if signs:
                yield word()
            signs, box = [], []
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, i, rect):
            continue
        own = pdfium.FPDFText_GetFontSize(text, i)
        tall = abs(rect.top - rect.bottom) or own
        own = tall if own <= 1.5 else own  # the size is in the matrix
        if sign in SIGNED and _raised(pdfium, text, i, own):
            own, rect.bottom = 0.6 * own, rect.bottom + 0.35 * own
        if signs and (own < 0.8 * size or size < 0.8 * own or signs[-1] == HYPHEN):
            yield word()
            signs, box = [], []
        if not signs:
            size, first, box = own, i, [rect.left, rect.bottom, rect.right, rect.top]
        signs.append(sign)
        box = [min(box[0], rect.left), min(box[1], rect.bottom), max(box[2], rect.right), max(box[3], rect.top)]
    if signs:
        yield word()


def _raised(pdfium: Any, text: Any, at: int, size: float) -> bool:
    """Does a digit stand above the line it is on: a font's own sign for a footnote, whatever its size is called?"""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top):
        return False
    if not pdfium.FPDFText_GetCharOrigin(text, at, x, y):
        return False
    level = round(math.degrees(pdfium.FPDFText_GetCharAngle(text, at)) / 90) % 4 == 0
    return level and bottom.value - y.value > 0.2 * size


def _bold(pdfium: Any, text: Any, at: int) -> bool:
    """Is a character's font a bold one, by its name, its flags or its weight?"""
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, at, name, 128, ctypes.byref(flags))
    if length and BOLD.search(name.value.decode("utf-8", "replace")):
        return True
    return bool(flags.value & FORCE_BOLD) or pdfium.FPDFText_GetFontWeight(text, at) >= 600


def _turned(words: list[tuple[Word, int]]) -> int:
    """By how many degrees most of a page's words are turned."""
    turns = Counter(angle for _, angle in words)
    return max(sorted(turns), key=lambda angle: turns[angle], default=0)


def _upright(words: list[tuple[Word, int]], usual: int, box: tuple[float, float, float, float]) -> Iterator[Word]:
    """The words that run as most of the page's do, their boxes counted from the top left as one reads them."""
    left, bottom, right, top = box
    wide, high = right - left, top - bottom
    for word, angle in words:
        if angle != usual:
            continue
        x0, y0, x1, y1 = word.x0 - left, word.top - bottom, word.x1 - left, word.bottom - bottom
        if usual in (90, 270):
            at = (high - y1, wide - x1, high - y0, wide - x0) if usual == 90 else (y0, x0, y1, x1)
        else:
            at = (x0, high - y1, x1, high - y0) if usual == 0 else (wide - x1, y0, wide - x0, y1)
        # What lies beside the page is not seen.
        if all(map(math.isfinite, at)) and x1 > 0 and y1 > 0 and x0 < wide and y0 < high:
            yield Word(word.text, *at, word.size, word.bold)
