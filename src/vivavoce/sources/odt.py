"""OpenDocument text (ODT, and FODT, which is the same in one file): what is seen; no comments, no deletions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Warning
from vivavoce.sources import written, zipped
from vivavoce.sources.cues import many
from vivavoce.sources.raw import Raw
from vivavoce.sources.written import Paragraph
from vivavoce.sources.zipped import SPACES, End, Event, Start

KIND = "ODT"
MIME = "application/vnd.oasis.opendocument.text"
# What is not seen, or is no text: comments, deletions, the numbers of notes, settings, formulas, ruby.
UNSEEN = frozenset(
    ("annotation", "tracked-changes", "note-citation", "forms", "sequence-decls", "ruby-text", "object", "desc", "math")
)
LISTS = ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "bibliography")
BREAKS = {"tab": "\t", "line-break": "\n"}
HEAVY = re.compile(r"bold|[6-9]00")
FLAT = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<office:document\s")


class Look(NamedTuple):
    """A style: its own name, that of the one above it, and whether it is bold, and struck through (None: as the one
    above)."""

    name: str
    parent: str
    bold: bool | None
    struck: bool | None = None


def claims(raw: Raw) -> bool:
    """Is it a ZIP that says it is OpenDocument text, or a damaged one with the ending of such, or a flat file?"""
    if zipped.is_zip(raw.data):
        return MIME.encode() in raw.data[:200] or raw.suffix == ".odt"
    return raw.text is not None and bool(FLAT.match(raw.text[:2000])) and MIME in raw.text[:20_000]


def read(raw: Raw) -> Source:
    """The document's paragraphs as press, or, where names head them, as a transcript.

    Raises UnreadableSource where it is damaged, locked, too large, or has no text.
    """
    state = _State()
    for place, data in _parts(raw):
        for event in zipped.events(data, raw.path, place):
            state.take(event)
    warnings = []
    if state.left:
        what = (
            f"{many(state.left, 'comment or deletion is', 'comments and deletions are')} no part of the text: left out"
        )
        warnings.append(Warning(what))
    found = [*state.found, *state.notes]
    if state.page == 1:  # the file does not say where pages end
        found = [msgspec.structs.replace(p, pages=()) for p in found]
    return written.source(raw, "odt", found, {"title": state.title.strip()[:500]}, warnings)


def _parts(raw: Raw) -> Iterator[tuple[str, bytes]]:
    """The XML files to read, styles first."""
    if not zipped.is_zip(raw.data):
        if raw.suffix == ".odt" or not raw.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            raise UnreadableSource(raw.path, f"it should be {KIND}, but it is something else", zipped.AGAIN)
        yield "the file", raw.data
        return
    with zipped.opened(raw.data, raw.path, KIND) as box:
        manifest = zipped.part(box, "META-INF/manifest.xml", raw.path, KIND) or b""
        if b"encryption-data" in manifest:
            raise UnreadableSource(raw.path, "it is locked with a password", "Save it again without one.")
        for name in ("meta.xml", "styles.xml"):
            if data := zipped.part(box, name, raw.path, KIND):
                yield name, data
        content = zipped.part(box, "content.xml", raw.path, KIND)
    if content is None:
        raise UnreadableSource(raw.path, f"it should be {KIND}, but it has no text in it", zipped.AGAIN)
    yield "content.xml", content


class _Open(NamedTuple):
    """A paragraph that is being read: its words with whether they are bold, or struck, its style, its pages."""

    bits: list[tuple[str, bool, bool]]
    style: str
    heading: bool
    note: bool
    pages: list[tuple[int, str]]


class _State:
    """What has been read so far of a document; lives for one call of `read`."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self.look = ""
        self.found: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.open: list[_Open] = []
        self.spans: list[str] = []
        self.rows: list[list[list[Paragraph]]] = []
        self.where: list[str] = []
        self.unseen = self.indexed = self.noted = self.left = 0
        self.body = False
        self.titled = False
        self.title = ""
        self.page = 1

    def take(self, event: Event) -> None:
        """One element's beginning or end, or words."""
        if isinstance(event, str):
            if self.titled:
                self.title += event
            elif self.open and not self.unseen:
                self.say(event)
        elif isinstance(event, Start):
            self.begin(event.name, event.attrs)
        else:
            self.end(event)

    def say(self, words: str) -> None:
        """Words of the paragraph that is open; white space counts as one space."""
        bits = self.open[-1].bits
        words = SPACES.sub(" ", words)
        if words[:1] == " " and (not bits or bits[-1][0][-1:] in (" ", "\n", "")):
            words = words[1:]
        self.put(words)

    def put(self, words: str) -> None:
        """Words as they stand."""
        if words:
            now = self.open[-1]
            style = next((s for s in reversed(self.spans) if self.bold(s) is not None), now.style)
            struck = any(self.struck(s) for s in (*self.spans, now.style))
            now.bits.append((words, bool(self.bold(style)), struck))

    # --- elements ---

    def begin(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if name in UNSEEN or self.unseen:
            self.left += name in ("annotation", "deletion")
            self.unseen += 1
        elif name == "text" and "body" in self.where[-1:]:
            self.body = True
        elif name == "title" and not self.body:
            self.titled = "meta" in self.where and not self.title
        elif name in ("style", "text-properties"):
            self.style(name, attrs)
        elif self.body:
            self.content(name, attrs)
        self.where.append(name)

    def style(self, name: str, attrs: dict[str, str]) -> None:
        """A style, or how its letters look."""
        if name == "style":
            self.look = attrs.get("name", "")
            shown = attrs.get("display-name") or self.look.replace("_20_", " ")
            self.looks[self.look] = Look(shown, attrs.get("parent-style-name", ""), None)
        elif self.look in self.looks:
            look = self.looks[self.look]
            if "font-weight" in attrs:
                look = look._replace(bold=bool(HEAVY.match(attrs["font-weight"])))
            for line in ("text-line-through-style", "text-line-through-type"):
                if line in attrs:
                    look = look._replace(struck=attrs[line] != "none")
            self.looks[self.look] = look

    def content(self, name: str, attrs: dict[str, str]) -> None:
        """An element of the text begins."""
        if name in ("p", "h"):
            heading = name == "h"
            style = attrs.get("style-name", "")
            self.open.append(_Open([], style, heading, bool(self.noted or self.indexed), [(0, str(self.page))]))
        elif name == "span":
            self.spans.append(attrs.get("style-name", ""))
        elif name == "table-row":
            self.rows.append([])
        elif name == "table-cell" and self.rows:
            self.rows[-1].append([])
        elif name == "note":
            self.noted += 1
        elif name in LISTS:
            self.indexed += 1
        elif name == "soft-page-break":
            self.page += 1
            if self.open:
                length = sum(len(words) for words, _, _ in self.open[-1].bits)
                self.open[-1].pages.append((length, str(self.page)))
        elif self.open:
            self.put(BREAKS.get(name, "") or (" " * min(_count(attrs), 200) if name == "s" else ""))

    def end(self, event: End) -> None:
        """An element ends."""
        if self.where:
            self.where.pop()
        name = event.name
        self.titled = False
        if self.unseen:
            self.unseen -= 1
        elif name in ("p", "h") and self.open:
            self.paragraph(self.open.pop())
        elif name == "span" and self.spans:
            self.spans.pop()
        elif name == "table-row" and self.rows:
            row = list(written.row([cell for cell in self.rows.pop() if cell]))
            (self.rows[-1][-1] if self.rows and self.rows[-1] else self.found).extend(row)
        elif name == "note":
            self.noted -= 1
        elif name in LISTS:
            self.indexed -= 1
        elif name == "text" and self.where[-1:] == ["body"]:
            self.body = False

    # --- paragraphs ---

    def paragraph(self, own: _Open) -> None:
        """A paragraph is done: to the text, to its cell, or to the notes."""
        text = "".join(words for words, _, _ in own.bits)
        struck = written.crossings([(words, crossed) for words, _, crossed in own.bits])
        if not text.strip():
            return
        pages = tuple(own.pages)
        if own.note:
            (self.notes if self.noted else self.found).append(Paragraph(text, "note", None, pages, struck))
            return
        kind = written.styled(self.named(own.style), text) or ("heading" if own.heading else None)
        label = (
            None
            if kind in ("headline", "heading")
            else written.label(text, written.heavy([bit[:2] for bit in own.bits]))
        )
        made = Paragraph(text, kind, label, pages, struck)
        (self.rows[-1][-1] if self.rows and self.rows[-1] else self.found).append(made)

    def line(self, style: str) -> Iterator[Look]:
        """A style, and those above it."""
        for _ in range(20):
            look = self.looks.get(style)
            if look is None:
                return
            yield look
            style = look.parent

    def named(self, style: str) -> str:
        """The name of a style, or that of the nearest above it that we know."""
        names = [look.name for look in self.line(style)]
        return next((name for name in names if written.styled(name, "")), names[0] if names else "")

    def bold(self, style: str) -> bool | None:
        """Is a style bold? None where nobody says."""
        return next((look.bold for look in self.line(style) if look.bold is not None), None)

    def struck(self, style: str) -> bool:
        """Is a style struck through?"""
        return bool(next((look.struck for look in self.line(style) if look.struck is not None), None))


def _count(attrs: dict[str, str]) -> int:
    """How many spaces an element stands for."""
    number = attrs.get("c", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
