"""E-books (EPUB 2 and 3): the chapters in the order of the spine, as they are seen; cover and contents are left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Block, BlockKind, Source, Warning, folded
from vivavoce.sources import dates, html, press, written, zipped
from vivavoce.sources.cues import many
from vivavoce.sources.page import VOID, Piece, page
from vivavoce.sources.raw import Raw, raw
from vivavoce.sources.tags import Tag, scan
from vivavoce.sources.written import Paragraph
from vivavoce.sources.zipped import End, Start

if TYPE_CHECKING:
    from zipfile import ZipFile

KIND = "EPUB"
MIME = b"application/epub+zip"
LARGEST = 64 * 2**20
MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§]{1,3}|[ivx]{1,5})[\])]?$")
KINDS: dict[str, BlockKind] = {
    "h1": "heading", "heading": "heading", "caption": "caption", "credit": "credit", "byline": "byline", "dek": "dek",
}  # fmt: skip
CLOSED = re.compile(r"<([A-Za-z][\w:-]{0,40})((?:\s[^<>]*)?)/>")
LEFT = re.compile(r"(?:^|[\W_])(?:cover|toc|nav|contents|title-?page)(?:[\W_]|$)", re.I)


class Item(NamedTuple):
    """A file of the book: where it is in the ZIP, its type, and what the manifest says of it."""

    path: str
    type: str
    properties: str


class Book(NamedTuple):
    """What the package file tells: metadata, the files in reading order, and which of them are cover or contents."""

    about: dict[str, Any]
    spine: list[Item]
    apart: frozenset[str]
    contents: str


def claims(raw: Raw) -> bool:
    """Is it a ZIP that says it is an EPUB, or one with the ending of such?"""
    return zipped.is_zip(raw.data) and (MIME in raw.data[:200] or raw.suffix == ".epub")


def read(raw: Raw) -> Source:
    """The book's text with its chapters' headings; pages where it marks those of the printed one.

    Raises UnreadableSource where it is damaged, locked, too large, or has no text.
    """
    with zipped.opened(raw.data, raw.path, KIND) as box:
        _unlocked(box, raw.path)
        book = _book(box, raw.path)
        titles = _titles(box, book, raw.path)
        found, warnings = _chapters(box, book, titles, raw.path)
    source = written.source(raw, "epub", found, book.about, warnings)
    # A book's own title is that of the package; what stands first in it is a chapter's.
    title = book.about.get("title") or source.title
    blocks = tuple(Block("heading" if b.kind == "headline" else b.kind, b.start, b.end) for b in source.blocks)
    return msgspec.structs.replace(source, title=title, blocks=blocks)


def _unlocked(box: ZipFile, path: str) -> None:
    """Raise where the text is encrypted (fonts may be: that hides nothing)."""
    told = zipped.part(box, "META-INF/encryption.xml", path, KIND) or b""
    hidden = re.findall(rb'CipherReference[^>]{0,50}URI\s*=\s*["\']([^"\']{1,300})', told)
    if any(re.search(rb"\.x?html?$", name, re.I) for name in hidden):
        raise UnreadableSource(path, "its text is locked (DRM)", "Get a copy without it from its publisher.")


# --- the package -------------------------------------------------------------------------------------------


def _book(box: ZipFile, path: str) -> Book:
    container = zipped.part(box, "META-INF/container.xml", path, KIND)
    if container is None:
        raise UnreadableSource(path, f"it should be {KIND}, but it does not say where its text is", zipped.AGAIN)
    found = zipped.events(container, path, "container.xml")
    roots = [e.attrs.get("full-path", "") for e in found if isinstance(e, Start) and e.name == "rootfile"]
    package = zipped.part(box, roots[0], path, KIND) if roots else None
    if package is None:
        raise UnreadableSource(path, f"it should be {KIND}, but its list of contents is missing", zipped.AGAIN)
    folder = posixpath.dirname(roots[0])
    items: dict[str, Item] = {}
    spine: list[tuple[str, str]] = []
    told: dict[str, list[str]] = {}
    apart: set[str] = set()
    contents = inside = ""
    for event in zipped.events(package, path, posixpath.basename(roots[0])):
        if isinstance(event, str):
            if inside:
                told[inside][-1] += event
            continue
        inside = ""
        if isinstance(event, End):
            continue
        a = event.attrs
        if event.name in ("title", "creator", "publisher", "date", "language"):
            inside = event.name
            told.setdefault(inside, []).append("")
        elif event.name == "item":
            items[a.get("id", "")] = Item(
                _path(folder, a.get("href", "")), a.get("media-type", ""), a.get("properties", "")
            )
        elif event.name == "itemref":
            spine.append((a.get("idref", ""), a.get("linear", "yes")))
        elif event.name == "spine":
            contents = a.get("toc", "")
        elif event.name == "reference" and a.get("type") in ("cover", "toc", "title-page"):
            apart.add(_path(folder, a.get("href", "")))
    order = [items[name] for name, _ in spine if name in items]
    apart |= {items[n].path for n, linear in spine if n in items and linear == "no" and LEFT.search(n)}
    apart |= {i.path for i in order if "nav" in i.properties.split()}
    nav = next((i.path for i in items.values() if "nav" in i.properties.split()), "")
    ncx = items[contents].path if contents in items else ""
    return Book(_about(told), order, frozenset(apart), nav or ncx)


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.split("#", 1)[0])))


def _about(told: dict[str, list[str]]) -> dict[str, Any]:
    """The metadata of the package, as a source has it."""
    plain = {key: [" ".join(v.split())[:500] for v in values if v.strip()] for key, values in told.items()}
    first = {key: values[0] for key, values in plain.items() if values}
    language = first.get("language", "")
    return {
        "title": first.get("title", ""),
        "byline": ", ".join(dict.fromkeys(plain.get("creator", [])))[:200],
        "publisher": first.get("publisher", ""),
        "date": dates.day(first.get("date", "")),
        "language": language if html.LANGUAGE.match(language) and language != "und" else "",
    }


def _titles(box: ZipFile, book: Book, path: str) -> dict[str, set[str]]:
    """What the table of contents calls the places in each file (folded)."""
    data = zipped.part(box, book.contents, path, KIND) if book.contents else None
    if not data:
        return {}
    folder, found = posixpath.dirname(book.contents), dict[str, set[str]]()
    words: list[str] = []
    href = ""
    try:
        for event in zipped.events(data, path, posixpath.basename(book.contents)):
            if isinstance(event, str):
                words.append(event)
            elif isinstance(event, Start) and event.name in ("a", "navPoint", "content"):
                href = event.attrs.get("href") or event.attrs.get("src") or ""
                if event.name == "content":
                    found.setdefault(_path(folder, href), set()).add(folded("".join(words)))
                words = []
            elif isinstance(event, End) and event.name == "a":
                found.setdefault(_path(folder, href), set()).add(folded("".join(words)))
                words = []
    except UnreadableSource:  # a broken table of contents costs a few headings only
        return found
    return found


# --- chapters ----------------------------------------------------------------------------------------------


def _chapters(
    box: ZipFile, book: Book, titles: dict[str, set[str]], path: str
) -> tuple[list[Paragraph], list[Warning]]:
    """The paragraphs of all chapters, and what is to be told of those that could not be read."""
    found: list[Paragraph] = []
    lost: list[str] = []
    total = 0
    for item in book.spine:
        if item.path in book.apart or not ("html" in item.type or item.path.endswith((".html", ".xhtml", ".htm"))):
            continue
        try:
            data = zipped.part(box, item.path, path, KIND)
        except UnreadableSource as e:
            if "password" in e.what or "swell" in e.what:
                raise
            data = None
        if data is None:
            lost.append(item.path)
            continue
        total += len(data)
        if total > LARGEST:
            raise UnreadableSource(path, "its text is too large", "Cut the book into parts.")
        if data.strip():
            found += chapter(raw(path, data).text or "", titles.get(item.path, set()))
    warnings = (
        [Warning(f"{many(len(lost), 'chapter is', 'chapters are')} missing or damaged", lost[0], zipped.AGAIN)]
        if lost
        else []
    )
    return found, warnings


def chapter(text: str, titles: set[str]) -> Iterator[Paragraph]:
    """The paragraphs of one file of a book. `titles`: what the table of contents calls it, folded."""
    text = CLOSED.sub(_opened, text)
    marks, pages = _marks(text)
    label, at = "", 0
    for piece in page(text).pieces:
        runs = [run for run in piece.runs if not _within(run.start, marks)]
        words = "".join(run.text for run in runs)
        begins: list[tuple[int, str]] = []
        while at < len(pages) and pages[at][0] < piece.runs[-1].end:
            label = pages[at][1]
            begins.append((sum(len(r.text) for r in runs if r.start < pages[at][0]), label))
            at += 1
        yield Paragraph(words, _kind(piece, words, titles), None, tuple(begins))


def _opened(found: re.Match[str]) -> str:
    """An element that XHTML closes where it opens, as HTML writes it."""
    return found[0] if found[1].lower() in VOID else f"<{found[1]}{found[2]}></{found[1]}>"


def _kind(piece: Piece, words: str, titles: set[str]) -> BlockKind | None:
    if piece.aside:
        return "note"
    if piece.hint in ("h1", "heading") or (len(words) < 200 and folded(words) in titles and titles):
        return "heading"
    kind = KINDS.get(piece.hint)
    if kind in ("byline", "dek") and len(words) > 200:
        return None
    return kind or ("body" if len(words) > written.SHORT or words.rstrip(press.CLOSERS)[-1:] in press.STOPS else None)


def _within(at: int, marks: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    i = bisect_right(marks, (at, 1 << 60)) - 1
    return i >= 0 and marks[i][0] <= at < marks[i][1]


def _marks(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Where the signs of footnotes stand in a file (they must not run into the words), and where pages begin."""
    marks: list[tuple[int, int]] = []
    pages: list[tuple[int, str]] = []
    opened: tuple[str, int] | None = None
    for piece in scan(text):
        if not isinstance(piece, Tag):
            continue
        kind = f"{piece.attrs.get('epub:type', '')} {piece.attrs.get('role', '')}"
        if piece.closes:
            if opened and piece.name == opened[0]:
                if MARK.match("".join(_shown(text[opened[1] : piece.start]))):
                    marks.append((opened[1], piece.start))
                opened = None
        elif "pagebreak" in kind:
            named = piece.attrs.get("title") or piece.attrs.get("aria-label") or piece.attrs.get("id", "")
            number = re.search(r"(\d{1,5}|[ivxlc]{1,8})\W*$", named, re.I)
            pages += [(piece.end, number[1])] if number else []
            opened = opened or (piece.name, piece.end)
        elif opened is None and (piece.name == "sup" or "noteref" in kind):
            opened = (piece.name, piece.end)
    return marks, pages


def _shown(inner: str) -> Iterator[str]:
    for piece in scan(inner[:400]):
        if not isinstance(piece, Tag) and type(piece).__name__ == "Words":
            yield inner[piece.start : piece.end].strip()
