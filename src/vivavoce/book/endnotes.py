"""Endnotes of a Word document (ECMA-376, 17.11), for which python-docx has no words: the part, its two separators,
the notes, and the signs in the text that call them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from vivavoce.book.edition import Note
from vivavoce.book.wordml import element, outside, run

SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


class Endnotes:
    """The endnotes of a document, in the order in which the text calls them: Word counts them itself."""

    def __init__(self, document: Any, notes: Iterable[Note]) -> None:
        self.notes = {note.number: note for note in notes}
        self.called: list[int] = []
        if not self.notes:
            return
        root = element("w:endnotes")
        for number, kind in SEPARATORS:
            tight = element("w:pPr", element("w:spacing", after="0", line="240", lineRule="auto"))
            paragraph = element("w:p", tight, element("w:r", element(f"w:{kind}")))
            root.append(element("w:endnote", paragraph, type=kind, id=number))
        name = PackURI("/word/endnotes.xml")
        self.part = XmlPart(name, CONTENT_TYPE.WML_ENDNOTES, root, document.part.package)
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.ENDNOTES)
        _settled(document.settings.element)

    def call(self, paragraph: Any, number: int) -> None:
        """Put the sign of a note behind the words of a paragraph; nothing if there is no such note."""
        note = self.notes.get(number)
        if note is None or number in self.called:
            return
        self.called.append(number)
        here = str(len(self.called))
        sign = element("w:rPr", element("w:rStyle", val="EndnoteReference"))
        paragraph.append(element("w:r", sign, element("w:endnoteReference", id=here)))
        self.part.element.append(self._note(note, here))

    def _note(self, note: Note, here: str) -> Any:
        sign = element("w:rPr", element("w:rStyle", val="EndnoteReference"))
        style = element("w:pPr", element("w:pStyle", val="EndnoteText"))
        made = element("w:p", style, element("w:r", sign, element("w:endnoteRef")), run(f" {note.text}"))
        outside(self.part, made, note.address)
        return element("w:endnote", made, id=here)


def _settled(settings: Any) -> None:
    """Where the notes stand (at the end of their section, under its heading) and how they are counted."""
    marks = [element("w:endnote", id=number) for number, _ in SEPARATORS]
    told = element("w:endnotePr", element("w:pos", val="sectEnd"), element("w:numFmt", val="decimal"), *marks)
    settings.find(f"{{{settings.nsmap['w']}}}compat").addprevious(told)
