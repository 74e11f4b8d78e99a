"""An edition as an e-book (EPUB 3.3, EPUB Accessibility 1.1): a file a chapter, notes that open where they are
called, pages, an index with links; same input same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from vivavoce.book import pictures, pieces
from vivavoce.book.edition import Edition
from vivavoce.book.markup import FRONT, PARTS, TITLES, Markings
from vivavoce.book.parcel import parcel
from vivavoce.book.pictures import Picture
from vivavoce.errors import BadFile
from vivavoce.model import Value

MIME = "application/epub+zip"
XHTML = "application/xhtml+xml"
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '  <rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
)
LANDMARKS = {"titlepage": "titlepage", "notes": "endnotes", "sources": "bibliography", "index": "index"}


class Item(Value, frozen=True):
    """A file of the package."""

    id: str
    href: str
    type: str
    content: bytes
    properties: str = ""


class Leaf(Value, frozen=True):
    """A file that is read: a part of the book, or a chapter (`number` from 1)."""

    name: str
    title: str
    number: int = 0

    @property
    def id(self) -> str:
        """Its id in the package, and its file's name before the ending."""
        return f"chapter-{self.number:03}" if self.number else self.name

    @property
    def href(self) -> str:
        """Its file."""
        return f"{self.id}.xhtml"


def write(edition: Edition, folder: Path) -> bytes:
    """The EPUB of an edition.

    `folder`: the project's, from which its pictures come. Raises BadFile if a picture cannot be read.
    """
    book = pieces.printed(edition)
    shown = {image.path: pictures.picture(image, folder) for image in pieces.images(edition)}
    names = {path: f"pictures/{n:03}.{found.kind}" for n, (path, found) in enumerate(shown.items(), 1)}
    cover = _cover(book)
    made = _Book(book, {pieces.readable(path): name for path, name in names.items()}, cover is not None)
    items = [
        *made.items(),
        Item("css", "book.css", "text/css", files("vivavoce.book").joinpath("templates", "epub.css").read_bytes()),
        *([Item("cover-image", "cover.png", "image/png", cover, "cover-image")] if cover else []),
        *(Item(f"p{n:03}", names[p], f.mime, f.data) for n, (p, f) in enumerate(shown.items(), 1)),
    ]
    package = made.package(items, list(shown.values()))
    inside = [("META-INF/container.xml", CONTAINER.encode()), ("EPUB/book.opf", package)]
    inside += [(f"EPUB/{item.href}", item.content) for item in items]
    return parcel([("mimetype", MIME.encode()), *inside], stored=frozenset({"mimetype"}))


def _cover(book: Edition) -> bytes | None:
    """The cover as a picture; None where our fonts do not have its signs (the title page is then the first)."""
    told = {"title": book.title, "subtitle": book.subtitle, "author": book.author, "lang": "en"}
    if not all(ord(c) < 0x250 or 0x2010 <= ord(c) < 0x2027 for c in "".join(told.values())):
        return None
    template = files("vivavoce.book").joinpath("templates", "cover.typ").read_text("utf-8")
    try:
        return pictures.drawn(template, {"cover.json": json.dumps(told).encode()}, "The cover", 128)
    except BadFile:
        return None


class _Book:
    """The files of an e-book as they are made."""

    def __init__(self, book: Edition, names: dict[str, str], cover: bool) -> None:
        self.book, self.cover = book, cover
        self.chapters = [Leaf("chapter", pieces.heading(p), n) for n, p in enumerate(book.parts, 1)]
        homes = {
            p.id: leaf.href for part, leaf in zip(book.parts, self.chapters, strict=True) for p in (part, *part.pieces)
        }
        homes |= {f"note-{n.number}": "notes.xhtml" for n in book.notes}
        homes |= {f"noteref-{n.number}": homes.get(n.piece, "") for n in book.notes}
        self.made = Markings(book, lambda id: f"{homes[id]}#{id}", lambda path: names[path], typed=True, top=1)

    def leaves(self) -> Iterator[Leaf]:
        """The parts of the book behind the contents, in reading order."""
        for name in PARTS:
            if name == "chapters":
                yield from self.chapters
            elif self.made.there(name):
                yield Leaf(name, TITLES[name])

    def front(self) -> Iterator[Leaf]:
        """The pages before the contents."""
        return (Leaf(name, TITLES[name]) for name in FRONT if self.made.there(name))

    def items(self) -> Iterator[Item]:
        """Every file that is read, in reading order."""
        if self.cover:
            title = f"{self.book.title}, by {self.book.author}" if self.book.author else self.book.title
            yield self._page("cover", "Cover", self.made.part("cover", title))
        for leaf in self.front():
            yield self._page(leaf.id, leaf.title, self.made.part(leaf.name))
        yield self._page("nav", "Contents", self._nav(), "nav")
        for leaf in self.leaves():
            given = (self.book.parts[leaf.number - 1],) if leaf.number else ()
            yield self._page(leaf.id, leaf.title, self.made.part(leaf.name, *given))

    def _page(self, name: str, title: str, body: str, properties: str = "") -> Item:
        from markupsafe import Markup

        whole = self.made.page("page.xhtml", title=f"{title} – {self.book.title}", body=Markup(body))  # noqa: S704 - ours
        return Item(name, f"{name}.xhtml", XHTML, whole.encode(), properties)

    def _nav(self) -> str:
        behind = list(self.leaves())
        first = self.chapters[0].href if self.chapters else "nav.xhtml"
        front = [*self.front(), *behind]
        marks = [(LANDMARKS[leaf.name], leaf.title, leaf.href) for leaf in front if leaf.name in LANDMARKS]
        cover = [("cover", "Cover", "cover.xhtml")] if self.cover else []
        return self.made.page(
            "nav.xhtml",
            contents=[(leaf.title, leaf.href) for leaf in behind],
            landmarks=[*cover, ("toc", "Contents", "nav.xhtml#toc"), ("bodymatter", "Begin reading", first), *marks],
            leaves=[(n, f"{self.chapters[at].href}#page-{n}") for n, at in enumerate(self.made.pages.part, 1)],
        )

    def package(self, items: list[Item], shown: list[Picture]) -> bytes:
        """The package document: what the book is, its files, and the order in which they are read."""
        spine = [item.id for item in items if item.type == XHTML]
        images = pieces.images(self.book)
        described = all(image.alt.strip() for image in images)
        moving = any(found.kind in pictures.MOVING for found in shown)
        access = _access(bool(images) or self.cover, described, moving, bool(self.made.pages.part), self.book)
        return self.made.page("book.opf", manifest=items, spine=spine, access=access).encode()


def _access(images: bool, described: bool, moving: bool, paged: bool, book: Edition) -> list[tuple[str, str]]:
    """The accessibility metadata (EPUB Accessibility 1.1, schema.org): only what holds of this book.

    Conformance is claimed where no picture lacks a description, for all else is made so; it names who says so.
    """
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    features += ["index"] if book.index else []
    features += ["pageBreakMarkers", "pageNavigation"] if paged else []
    features += ["alternativeText"] if images and described else []
    told = [("schema:accessMode", "textual"), *([("schema:accessMode", "visual")] if images else [])]
    told += [("schema:accessModeSufficient", "textual")] if described else []
    told += [("schema:accessModeSufficient", "textual,visual")] if images else []
    told += [("schema:accessibilityFeature", one) for one in features]
    told += [("schema:accessibilityHazard", "unknown" if moving else "none")]
    told += [("schema:accessibilitySummary", _summary(images, described, paged))]
    told += [("pageBreakSource", "none")] if paged else []
    if described:
        told += [("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA")]
        told += [("a11y:certifiedBy", "Vivavoce, by its automated checks")]
    return told


def _summary(images: bool, described: bool, paged: bool) -> str:
    told = ["All text can be enlarged, recoloured and read aloud, in one reading order, with headings to move by."]
    told += ["Notes lead to their text and back."]
    told += ["Page numbers are those of this e-book, not of a printed edition."] if paged else []
    if images:
        told.append("Every picture has a description." if described else "Some pictures have no description.")
    return " ".join([*told, "Checked by program, not by a person."])
