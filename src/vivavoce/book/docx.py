"""An edition as a Word document to go on working in: real styles, endnotes, fields, pictures with alternative texts;
same input same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.image.image import Image as WordImage
from docx.oxml.ns import qn
from docx.shared import Inches

from vivavoce.book import pictures, pieces
from vivavoce.book.edition import Edition, Image, Part, Piece, Runs, Speech, Told
from vivavoce.book.endnotes import Endnotes
from vivavoce.book.markup import TITLES
from vivavoce.book.parcel import parcel
from vivavoce.book.stationery import SIZES, dressed, section
from vivavoce.book.wordml import bookmark, field, indexed, leading, outside, run

EMPHASIS = {"italic": "Emphasis", "bold": "Strong"}


def write(edition: Edition, folder: Path) -> bytes:
    """The DOCX of an edition.

    `folder`: the project's, from which its pictures come. Raises BadFile if a picture cannot be read.
    """
    book = pieces.printed(edition)
    shown = {pieces.readable(i.path): _drawable(i, folder) for i in pieces.images(edition)}
    document = Document()
    dressed(document, book)
    making = _Making(document, book, shown)
    making.front()
    making.chapters()
    making.behind()
    _properties(document, book)
    return _same(document)


def _drawable(image: Image, folder: Path) -> bytes:
    """A picture as Word takes it: PNG, JPEG and GIF as they are, others (and what python-docx does not know) drawn."""
    found = pictures.picture(image, folder)
    try:
        WordImage.from_blob(found.data)
        return found.data
    except Exception:  # its readers of pictures raise many kinds of errors
        return pictures.as_png(found, image.path)


def _properties(document: Any, book: Edition) -> None:
    core = document.core_properties
    core.title, core.subject, core.author = book.title[:255], book.subtitle[:255], book.author[:255]
    core.last_modified_by, core.comments, core.revision = book.author[:255], "", 1
    core.identifier, core.language = book.identifier, pieces.lang(book)
    core.created = core.modified = datetime.fromisoformat(book.day)


def _same(document: Any) -> bytes:
    """The document's file, the same whenever it is made."""
    saved = io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as box:
        return parcel((name, box.read(name)) for name in box.namelist())


class _Making:
    """The document as far as it is written."""

    def __init__(self, document: Any, book: Edition, shown: dict[str, bytes]) -> None:
        self.document, self.book, self.shown = document, book, shown
        self.ids = 0
        noted = [note for _, notes in pieces.notes_by_part(book) for note in notes]
        self.endnotes = Endnotes(document, noted)
        self.styles = {style.name: style for style in document.styles}
        self.entries: dict[str, list[str]] = {}
        for entry in book.index:
            for piece in entry.pieces:
                self.entries.setdefault(piece, []).append(entry.name)

    def paragraph(self, style: str, text: str = "") -> Any:
        """A paragraph at the end."""
        made = self.document.add_paragraph(style=self.styles[style])
        if text:
            self.words(made, text)
        return made

    def words(self, paragraph: Any, text: str, style: str = "") -> None:
        """Words at the end of a paragraph."""
        paragraph._p.append(run(text, self.styles[style].style_id if style else ""))

    def runs(self, paragraph: Any, runs: Runs) -> None:
        """The words of a paragraph in their styles."""
        for one in runs:
            self.words(paragraph, one.text, EMPHASIS.get(one.style, ""))

    def heading(self, title: str, name: str) -> Any:
        """A heading of a part, to which the contents lead."""
        made = self.paragraph("Heading 1", title)
        self.mark(made, name)
        return made

    def mark(self, paragraph: Any, name: str) -> None:
        """A place that can be led to."""
        self.ids += 1
        bookmark(paragraph._p, self.ids, name)

    # --- before the chapters ---

    def front(self) -> None:
        """Title, copyright, dedication, contents, method, people, introduction."""
        book = self.book
        self.paragraph("Title", book.title)
        for style, text in (("Subtitle", book.subtitle), ("Author", book.author)):
            if text:
                self.paragraph(style, text)
        for n, line in enumerate((*book.rights, pieces.compared(book))):
            self.paragraph("Copyright", line).paragraph_format.page_break_before = n == 0 or None
        if book.dedication:
            self.paragraph("Dedication", book.dedication)
        self.contents()
        if book.method:
            self.heading(TITLES["method"], "method")
            for text in book.method:
                self.paragraph("Body Text", text)
        self.people()
        if book.introduction:
            self.heading(TITLES["introduction"], "introduction")
            for runs in book.introduction:
                self.runs(self.paragraph("Narration"), runs)

    def contents(self) -> None:
        """The table of contents, a field that Word keeps: its entries stand already, page numbers come with Word."""
        self.paragraph("TOC Heading", "Contents")
        listed = list(_listed(self.book))
        if not listed:
            return
        made = [self.paragraph("toc 1") for _ in listed]
        for paragraph, (title, name) in zip(made, listed, strict=True):
            leading(paragraph._p, name, title)
        field(made[0]._p, made[-1]._p, r'TOC \o "1-1" \h \z \u')

    def people(self) -> None:
        """Who is who."""
        if not self.book.people:
            return
        self.heading(TITLES["people"], "people")
        for one in self.book.people:
            made = self.paragraph("Person")
            self.words(made, one.name, "Speaker")
            if pieces.facts(one):
                self.words(made, f"  {pieces.facts(one)}")
            if one.interviewed:
                self.words(made, f" Interviewed {one.interviewed}.", "Emphasis")

    # --- the chapters ---

    def chapters(self) -> None:
        """The chapters: a section of their own, whose pages are counted from 1."""
        section(self.document, restart=True)
        for part in self.book.parts:
            self.chapter(part)

    def chapter(self, part: Part) -> None:
        """A chapter."""
        if part.title:
            self.heading(part.title, part.id)
        for n, piece in enumerate(part.pieces):
            made = self.piece(piece, after=part.pieces[n - 1] if n else None)
            if n == 0 and not part.title:
                self.mark(made, part.id)
            for name in self.entries.get(piece.id, ()):
                indexed(made._p, name)

    def piece(self, piece: Piece, after: Piece | None) -> Any:
        """A piece of a chapter; its first paragraph. `after`: the piece before it."""
        if isinstance(piece, Speech):
            return self.speech(piece)
        if isinstance(piece, Told):
            goes_on = after is None or (isinstance(after, Told) and after.kind != "item")
            own = "Narration" if goes_on else "Narration Begins"
            style = {"paragraph": own, "item": "List Bullet", "heading": "Heading 2"}[piece.kind]
            made = self.paragraph(style)
            self.runs(made, piece.runs)
            return made
        return self.image(piece) if isinstance(piece, Image) else self.paragraph("Pause", "* * *")

    def speech(self, piece: Speech) -> Any:
        """A block of quotation, and the sign of its endnote."""
        own = {"document": "Document", "press": "Press Speech", "interview": "Speech"}[piece.kind]
        first = None
        if piece.kind == "document" and piece.name:
            first = self.paragraph("Document Heading", piece.name)
        made = first
        for n, runs in enumerate(piece.paragraphs):
            made = self.paragraph(own if n == 0 or piece.kind == "document" else "Speech Continued")
            if n == 0 and piece.kind != "document":
                self.head(made, piece)
            self.runs(made, runs)
            first = first if first is not None else made
        if made is None:
            made = first = self.paragraph(own)
        self.endnotes.call(made._p, piece.note)
        return first

    def head(self, paragraph: Any, piece: Speech) -> None:
        """Who speaks, as what, and where the press has it from."""
        self.words(paragraph, piece.name, "Speaker")
        if piece.role:
            self.words(paragraph, f" ({piece.role})", "Role")
        if piece.via:
            self.words(paragraph, f" in {piece.via}", "Press Note")
        self.words(paragraph, "  ")

    def image(self, image: Image) -> Any:
        """A picture with its caption, no wider nor higher than the page allows."""
        made = self.paragraph("Picture")
        size = SIZES[self.book.trim]
        shape = made.add_run().add_picture(io.BytesIO(self.shown[image.path]))
        scale = min(
            1, Inches(size.width - size.inner - size.outer) / shape.width, Inches(size.height * 0.52) / shape.height
        )
        shape.width, shape.height = max(1, int(shape.width * scale)), max(1, int(shape.height * scale))
        shape._inline.docPr.set("descr", image.alt)
        shape._inline.docPr.set("name", f"Picture {shape._inline.docPr.get('id')}")
        for told in shape._inline.iter(qn("pic:cNvPr")):
            told.set("name", "")
        if pieces.caption(image):
            self.paragraph("Caption", pieces.caption(image))
            made.paragraph_format.keep_with_next = True
        return made

    # --- behind them ---

    def behind(self) -> None:
        """Notes (Word puts them at the end of their section), sources and index."""
        if self.endnotes.called:
            self.heading(TITLES["notes"], "notes")
        section(self.document, restart=False)
        if self.book.bibliography:
            self.heading(TITLES["sources"], "sources")
            for title, entries in pieces.sources_by_kind(self.book):
                self.paragraph("Heading 2", title)
                for entry in entries:
                    made = self.paragraph("Source", entry.text)
                    outside(self.document.part, made._p, entry.address)
        self.index()

    def index(self) -> None:
        """The index, a field that Word keeps: its names stand already, with the chapters until pages are known."""
        where = {piece.id: pieces.heading(part) for part in self.book.parts for piece in part.pieces}
        shown = [(e.name, dict.fromkeys(where[p] for p in e.pieces if p in where)) for e in self.book.index]
        shown = [(name, chapters) for name, chapters in shown if chapters]
        if not shown:
            return
        self.heading(TITLES["index"], "index")
        made = [self.paragraph("index 1", f"{name}, {'; '.join(chapters)}") for name, chapters in shown]
        field(made[0]._p, made[-1]._p, r'INDEX \c "1" \e ", "')


def _listed(book: Edition) -> Iterable[tuple[str, str]]:
    """What the contents list: titles, and the names of their places."""
    for name, there in (("method", book.method), ("people", book.people), ("introduction", book.introduction)):
        if there:
            yield TITLES[name], name
    yield from ((part.title, part.id) for part in book.parts if part.title)
    if pieces.notes_by_part(book):
        yield TITLES["notes"], "notes"
    if book.bibliography:
        yield TITLES["sources"], "sources"
    if any(entry.pieces for entry in book.index):
        yield TITLES["index"], "index"
