"""Word documents (DOCX): what is seen of the body, footnotes and text boxes; no comments, no deletions, no fields."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from vivavoce.errors import UnreadableSource
from vivavoce.model import BlockKind, Source, Span, Warning
from vivavoce.sources import written, zipped
from vivavoce.sources.cues import many
from vivavoce.sources.raw import Raw
from vivavoce.sources.written import Paragraph

KIND = "DOCX"
AGAIN = "Open it in a word processor and save it again as .docx."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is not seen: deletions, comments, properties, the fallback of a drawing, the codes of fields, ruby.
HIDING = "del moveFrom rPr pPr tblPr trPr tcPr sectPr instrText delText delInstrText sdtPr rt"
UNSEEN = frozenset([*(W + tag for tag in HIDING.split(" ")), MC + "Fallback"])


def claims(raw: Raw) -> bool:
    """Is it a ZIP with a Word document within, or a damaged one with the ending of such?"""
    if not zipped.is_zip(raw.data):
        return False
    return raw.suffix in (".docx", ".docm") or "word/document.xml" in zipped.names(raw.data)


def read(raw: Raw) -> Source:
    """The document's paragraphs as press, or, where names head them, as a transcript.

    Raises UnreadableSource where it is damaged, locked, too large, or has no text.
    """
    document = _document(raw)
    if getattr(document.element, "body", None) is None:  # Strict Open XML, too, whose elements have other names
        raise UnreadableSource(raw.path, f"it should be {KIND}, but no body is seen in it", AGAIN)
    state = _State(document)
    given = [*state.body(document.element.body), *state.notes()]
    about = _about(document)
    return written.source(raw, "docx", given, about, state.warnings())


def _document(raw: Raw) -> Any:
    """The document, opened by python-docx once its parts are known to be within bounds."""
    import docx

    box = zipped.opened(raw.data, raw.path, KIND)
    total = 0
    for info in box.infolist():
        if info.filename.endswith((".xml", ".rels")):
            total += len(zipped.content(box, info, raw.path, KIND))
        elif info.file_size > zipped.LARGEST * 4:
            raise UnreadableSource(raw.path, "a picture in it is too large", "Take it out.", info.filename[:80])
    if total > zipped.LARGEST:
        raise UnreadableSource(raw.path, "its text is too large", "Cut the document into parts.")
    try:
        return docx.Document(io.BytesIO(raw.data))
    except Exception as e:  # python-docx and lxml raise many kinds of errors for a file that is damaged
        what = f"it should be {KIND}, but it is damaged ({' '.join(str(e).split())[:80] or type(e).__name__})"
        raise UnreadableSource(raw.path, what, AGAIN) from e


def _about(document: Any) -> dict[str, Any]:
    """Title, author and language from the document's properties; its date there is the file's, not the text's."""
    try:
        core = document.core_properties
        title, language = core.title or "", core.language or ""
    except Exception:  # properties that are broken tell nothing
        return {}
    real = title.strip() and not re.match(r"(?:microsoft )?word|document\d*$|untitled", title.strip(), re.I)
    return {"title": title.strip()[:500] if real else "", "language": language.strip()[:20]}


class _State:
    """What is read of one document; lives for one call of `read`."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.styles = _styles(document)
        self.page = 1
        self.paged = any(True for _ in document.element.body.iter(W + "lastRenderedPageBreak"))
        self.footnotes: list[tuple[str, str]] = []
        self.left = {"comment": 0, "deletion": 0}

    # --- paragraphs ---

    def body(self, element: Any) -> Iterator[Paragraph]:
        """The paragraphs in an element that holds paragraphs and tables, in order."""
        for child in element:
            if child.tag == W + "p":
                yield from self.paragraph(child)
            elif child.tag == W + "tbl":
                for row in child.iterchildren(W + "tr"):
                    yield from self.row(row)
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml"):
                yield from self.body(child)

    def paragraph(self, element: Any, notes: bool = True) -> Iterator[Paragraph]:
        """A paragraph, and behind it those of the text boxes that hang on it."""
        parts: list[tuple[str, bool]] = []
        struck: list[Span] = []
        boxes: list[Any] = []
        pages = [(0, str(self.page))] if self.paged else []
        length = 0
        for text, bold, crossed in self.runs(element, boxes, notes):
            if text == "\f":
                self.page += 1
                pages.append((length, str(self.page)))
                continue
            parts.append((text, bold))
            if crossed:
                struck.append((length, length + len(text)))
            length += len(text)
        text = "".join(part for part, _ in parts)
        kind = self.kind(element, text)
        found = None if kind in ("headline", "heading") else written.label(text, written.heavy(parts))
        yield Paragraph(text, kind, found, tuple(pages), tuple(struck))
        for box in boxes:
            yield from self.body(box)

    def row(self, row: Any) -> Iterator[Paragraph]:
        """A row of a table: one paragraph where its cells are short or the first ones are a stamp and a label, else
        the paragraphs of its cells."""
        cells = [[p for p in self.body(cell) if p.text.strip()] for cell in _cells(row)]
        yield from written.row([cell for cell in cells if cell])

    def notes(self) -> Iterator[Paragraph]:
        """The footnotes and endnotes that the text points to, in its order, and then none again."""
        known = {kind: _notes(self.document, kind) for kind in ("footnote", "endnote")}
        for kind, number in self.footnotes:
            for element in known[kind].get(number, ()):
                for p in self.paragraph(element, notes=False):
                    yield Paragraph(p.text, "note", None, ((0, ""),), p.struck)
        self.footnotes = []

    # --- runs ---

    def runs(self, element: Any, boxes: list[Any], notes: bool) -> Iterator[tuple[str, bool, bool]]:
        """The words of a paragraph, each with whether it is bold, and struck through; a page that begins as a form
        feed."""
        bold = self.bold(element)
        stack = [iter(element)]
        heavy, crossed = False, False
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                continue
            tag = child.tag
            if tag in (W + "del", W + "moveFrom"):
                self.left["deletion"] += 1
            if tag == W + "commentReference":
                self.left["comment"] += 1
            if tag in UNSEEN or not isinstance(tag, str):
                continue
            if tag == W + "txbxContent":
                boxes.append(child)
            elif tag == W + "r":
                if not _hidden(child):
                    heavy, crossed = _on(child, bold), _struck(child)
                    stack.append(iter(child))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if notes:
                    self.footnotes.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
            elif (text := _word(child)) is not None:
                yield text, heavy, crossed
            elif len(child):
                stack.append(iter(child))

    def bold(self, element: Any) -> bool:
        """Is a paragraph bold by its style?"""
        return self.styles.get(_style(element), ("", False))[1]

    def kind(self, element: Any, text: str) -> BlockKind | None:
        """What a paragraph is by its style."""
        return written.styled(self.styles.get(_style(element), ("", False))[0], text)

    def warnings(self) -> list[Warning]:
        """What was left out, and why."""
        told = {"comment": "no part of the text", "deletion": "crossed out by its author"}
        return [
            Warning(f"{many(n, f'{what} is', f'{what}s are')} left out: {told[what]}")
            for what, n in self.left.items()
            if n
        ]


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(child)


def _word(element: Any) -> str | None:
    """What one element of a run shows; None when it is none that shows something itself."""
    tag = element.tag
    if tag == W + "t":
        return element.text or ""
    if tag in (W + "tab", W + "ptab"):
        return "\t"
    if tag == W + "br":
        return "" if element.get(W + "type") in ("page", "column") else "\n"
    if tag == W + "lastRenderedPageBreak":
        return "\f"
    return {W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": ""}.get(tag)


def _flag(properties: Any, name: str) -> bool | None:
    """A property that is on or off; None where it is not set."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val", "true") not in ("0", "false", "off", "none")


def _hidden(run: Any) -> bool:
    return bool(_flag(run.find(W + "rPr"), "vanish"))


def _struck(run: Any) -> bool:
    properties = run.find(W + "rPr")
    return bool(_flag(properties, "strike") or _flag(properties, "dstrike"))


def _on(run: Any, bold: bool) -> bool:
    own = _flag(run.find(W + "rPr"), "b")
    return bold if own is None else own


def _style(paragraph: Any) -> str:
    properties = paragraph.find(W + "pPr")
    found = None if properties is None else properties.find(W + "pStyle")
    return "" if found is None else found.get(W + "val", "")


def _styles(document: Any) -> dict[str, tuple[str, bool]]:
    """The styles of paragraphs by id: name, or that of the nearest style above that we know, and whether bold."""
    try:
        given = {s.get(W + "styleId", ""): s for s in document.styles.element.iterchildren(W + "style")}
    except Exception:  # a document without styles, or with broken ones
        return {}
    return {name: (_named(given, name), _heavy(given, name)) for name in given}


def _line(given: dict[str, Any], name: str) -> Iterator[Any]:
    """A style, and those that it is based on."""
    for _ in range(20):
        style = given.get(name)
        if style is None:
            return
        yield style
        based = style.find(W + "basedOn")
        name = "" if based is None else based.get(W + "val", "")


def _named(given: dict[str, Any], name: str) -> str:
    names = [found.get(W + "val", "") for s in _line(given, name) if (found := s.find(W + "name")) is not None]
    known: Callable[[str], bool] = lambda n: any(pattern.match(n) for pattern, _ in written.STYLES)  # noqa: E731
    return next((n for n in names if known(n)), names[0] if names else "")


def _heavy(given: dict[str, Any], name: str) -> bool:
    flags = (_flag(style.find(W + "rPr"), "b") for style in _line(given, name))
    return bool(next((flag for flag in flags if flag is not None), False))


def _notes(document: Any, kind: str) -> dict[str, list[Any]]:
    """The paragraphs of the footnotes or endnotes by their ids."""
    from lxml import etree

    for relation in document.part.rels.values():
        if (relation.reltype or "").endswith(f"/{kind}s") and not relation.is_external:
            try:
                root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            except etree.XMLSyntaxError:
                return {}
            return {
                note.get(W + "id", ""): list(note.iterchildren(W + "p"))
                for note in root.iterchildren(W + kind)
                if not note.get(W + "type")
            }
    return {}
