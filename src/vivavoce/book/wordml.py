"""Small pieces of WordprocessingML that python-docx has no words for: runs, fields, places, links."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from vivavoce.book.pieces import linked as address_of

LONGEST = 40  # characters of a bookmark's name


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """An element with attributes of Word's namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    for child in children:
        made.append(child)
    return made


def run(text: str, style: str = "") -> Any:
    """Words in a style of characters (by its id)."""
    properties = element("w:rPr", *([element("w:rStyle", val=style)] if style else []))
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        properties.append(element("w:rtl"))
    words = element("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("w:r", *([properties] if len(properties) else []), words)


def code(text: str) -> list[Any]:
    """The beginning of a field: its code, up to what it shows."""
    words = element("w:instrText")
    words.text = f" {text} "
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [element("w:r", element("w:fldChar", fldCharType="begin")), element("w:r", words)]


def end() -> Any:
    """The end of a field."""
    return element("w:r", element("w:fldChar", fldCharType="end"))


def field(first: Any, last: Any, text: str) -> None:
    """Make what stands from one paragraph to another what a field shows, until Word brings it up to date."""
    begin = [*code(text), element("w:r", element("w:fldChar", fldCharType="separate"))]
    at = 1 if first.pPr is not None else 0
    for n, one in enumerate(begin):
        first.insert(at + n, one)
    last.append(end())


def shown(text: str, now: str = "") -> list[Any]:
    """A field within a line; `now`: what it shows until Word brings it up to date."""
    return [*code(text), element("w:r", element("w:fldChar", fldCharType="separate")), run(now), end()]


def indexed(paragraph: Any, name: str) -> None:
    """Say that a name of the index stands in a paragraph (a field that is not seen)."""
    told = name.replace("\\", "\\\\").replace('"', '\\"').replace(":", "\\:")
    for one in (*code(f'XE "{told}"'), end()):
        paragraph.append(one)


def place(name: str) -> str:
    """The name of a bookmark."""
    return "_" + re.sub(r"[^A-Za-z0-9]", "_", name)[: LONGEST - 1]


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """Make a paragraph a place that can be led to."""
    at = 1 if paragraph.pPr is not None else 0
    paragraph.insert(at, element("w:bookmarkStart", id=str(number), name=place(name)))
    paragraph.append(element("w:bookmarkEnd", id=str(number)))


def leading(paragraph: Any, name: str, text: str) -> None:
    """Words that lead to a place in the document."""
    paragraph.append(element("w:hyperlink", run(text), anchor=place(name), history="1"))


def outside(part: Any, paragraph: Any, address: str) -> None:
    """An address behind the words of a paragraph, as a link where it is one; `part` holds the paragraph."""
    href = address_of(address)
    if not address:
        return
    paragraph.append(run(" "))
    if not href:
        paragraph.append(run(address))
        return
    link = element("w:hyperlink", run(address, "Hyperlink"))
    link.set(qn("r:id"), part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph.append(link)
