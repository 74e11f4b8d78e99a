"""The paper of a Word document: sizes, styles, sections, running heads, language."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from vivavoce.book import pieces
from vivavoce.book.edition import Edition
from vivavoce.book.wordml import element, run, shown

FONT = "Georgia"  # on every machine that has Word


class Size(NamedTuple):
    """A page in inches, and the size of its text in points: as the PDF has them."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    body: float


SIZES = {
    "a5": Size(5.83, 8.27, 0.82, 0.68, 0.92, 0.9, 9.5),
    "6x9": Size(6, 9, 0.82, 0.68, 0.92, 0.9, 10),
    "letter": Size(8.5, 11, 1.6, 1.5, 1.2, 1.2, 10.5),
}


class Look(NamedTuple):
    """A style of paragraphs: size against the text's, indents and spaces in points, and how it is set."""

    name: str
    based: str = "Normal"
    size: float = 1
    left: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    align: ALIGN | None = None
    italic: bool | None = None
    small_caps: bool | None = None
    with_next: bool = False
    new_page: bool = False


PARAGRAPHS = (
    Look("Title", size=2.6, before=130, after=12, align=ALIGN.CENTER),
    Look("Subtitle", size=1.15, after=36, align=ALIGN.CENTER, italic=True),
    Look("Author", size=1.1, align=ALIGN.CENTER, small_caps=True),
    Look("Copyright", size=0.84, after=4),
    Look("Dedication", before=150, align=ALIGN.CENTER, italic=True, new_page=True),
    Look("Heading 1", size=1.9, before=60, after=26, with_next=True, new_page=True),
    Look("Heading 2", before=20, after=8, small_caps=True, with_next=True),
    Look("TOC Heading", size=1.9, before=60, after=26, with_next=True, new_page=True),
    Look("Body Text", after=8),
    Look("Narration", first=12),
    Look("Narration Begins", based="Narration", before=9),
    Look("Speech", left=12, first=-12, before=9),
    Look("Speech Continued", left=12, first=12),
    Look("Press Speech", based="Speech", left=12, first=-12, before=9),
    Look("Document", size=0.94, left=18, before=4, after=4),
    Look("Document Heading", left=18, before=12, after=3, small_caps=True, with_next=True),
    Look("List Bullet", left=18, first=-18, after=2),
    Look("Pause", before=14, after=14, align=ALIGN.CENTER),
    Look("Picture", before=14, after=4, align=ALIGN.CENTER),
    Look("Caption", size=0.85, after=14, align=ALIGN.CENTER),
    Look("Person", left=12, first=-12, after=7),
    Look("Source", size=0.92, left=12, first=-12, after=4),
    Look("toc 1", after=5),
    Look("index 1", size=0.9, left=12, first=-12, after=2),
    Look("endnote text", size=0.86, left=12, first=-12, after=3),
    Look("Header", size=0.82),
)
CHARACTERS = ("Speaker", "Role", "Press Note", "Hyperlink", "endnote reference", "Emphasis", "Strong")
IDS = {"endnote text": "EndnoteText", "endnote reference": "EndnoteReference", "Speech Continued": "SpeechContinued"}


def dressed(document: Any, book: Edition) -> None:
    """Give a new document the book's paper, styles and language."""
    size = SIZES[book.trim]
    _normal(document, book, size)
    for look in PARAGRAPHS:
        _paragraphs(document, look, size)
    for name in CHARACTERS:
        _characters(document, name)
    _settings(document, book)
    section = document.sections[0]
    _measured(section, size)
    _headed(section, book)
    _numbered(section, "lowerRoman", "1")


def _style(document: Any, name: str, kind: Any) -> Any:
    if name in document.styles:
        return document.styles[name]
    made = document.styles.add_style(name, kind, builtin=name.islower() or name in ("TOC Heading", "Hyperlink"))
    made.element.set(qn("w:styleId"), IDS.get(name, made.style_id))
    made.hidden, made.quick_style = False, True
    return made


def _normal(document: Any, book: Edition, size: Size) -> None:
    normal = document.styles["Normal"]
    _font(normal, size.body)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.25
    normal.paragraph_format.widow_control = True
    if pieces.direction(book) == "rtl":
        form = normal.element.get_or_add_pPr()
        form.insert_element_before(element("w:bidi"), "w:spacing", "w:ind", "w:jc")
    for told in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "bidi") if pieces.direction(book) == "rtl" else ("val",):
            told.set(qn(f"w:{name}"), pieces.lang(book))


def _font(style: Any, points: float | None) -> None:
    """Our font, in the place of the template's theme, in black."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    style.font.color.rgb = RGBColor(0, 0, 0)
    if points:
        style.font.size = Pt(round(points * 2) / 2)
        told = properties.find(qn("w:sz"))
        told.addnext(element("w:szCs", val=told.get(qn("w:val"))))  # of scripts that run to the left


def _paragraphs(document: Any, look: Look, size: Size) -> None:
    style = _style(document, look.name, WD_STYLE_TYPE.PARAGRAPH)
    for old in list(style.element.iterchildren(qn("w:rPr"))):
        style.element.remove(old)
    kept = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    for old in list(style.element.iterchildren(qn("w:pPr"))):
        style.element.remove(old)
    if kept is not None:
        style.element.get_or_add_pPr().append(kept)
    style.base_style = document.styles[look.based]
    _font(style, size.body * look.size)
    style.font.italic, style.font.small_caps = look.italic, look.small_caps
    form = style.paragraph_format
    form.left_indent, form.first_line_indent = Pt(look.left), Pt(look.first)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.alignment, form.keep_with_next, form.page_break_before = look.align, look.with_next, look.new_page
    if look.name in ("Heading 1", "Heading 2"):
        level = element("w:outlineLvl", val="0" if look.name == "Heading 1" else "1")
        style.element.get_or_add_pPr().append(level)


def _characters(document: Any, name: str) -> None:
    style = _style(document, name, WD_STYLE_TYPE.CHARACTER)
    font = style.font
    if name == "Speaker":
        font.bold, font.small_caps = True, True
    elif name in ("Role", "Press Note", "Emphasis"):
        font.italic = True
    elif name == "endnote reference":
        font.superscript = True
    elif name == "Hyperlink":
        font.underline = True
    elif name == "Strong":
        font.bold = True


def _settings(document: Any, book: Edition) -> None:
    """Left and right pages differ; Word brings contents and index up to date when it opens the document."""
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    settings.find(qn("w:zoom")).addnext(element("w:mirrorMargins"))
    settings.find(qn("w:compat")).addprevious(element("w:updateFields", val="true"))
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), pieces.lang(book))


def _measured(section: Any, size: Size) -> None:
    section.page_width, section.page_height = Inches(size.width), Inches(size.height)
    section.left_margin, section.right_margin = Inches(size.inner), Inches(size.outer)
    section.top_margin, section.bottom_margin = Inches(size.top), Inches(size.bottom)
    section.header_distance = section.footer_distance = Inches(0.45)


def _headed(section: Any, book: Edition) -> None:
    """Running heads: the book's title on the left, the chapter's on the right, page numbers outside; none on a
    section's first page."""
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    size = SIZES[book.trim]
    across = Inches(size.width - size.inner - size.outer)
    left, right = section.even_page_header.paragraphs[0], section.header.paragraphs[0]
    for paragraph in (left, right):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
    tab = element("w:r", element("w:tab"))
    for one in (*shown("PAGE", "2"), tab, run(book.title)):
        left._p.append(one)
    tab = element("w:r", element("w:tab"))
    for one in (*shown("STYLEREF 1", book.title), tab, *shown("PAGE", "1")):
        right._p.append(one)


def section(document: Any, restart: bool) -> None:
    """Begin a section; `restart`: the chapters, on a right-hand page, which is counted as 1."""
    made = document.add_section(WD_SECTION.ODD_PAGE if restart else WD_SECTION.NEW_PAGE)
    _without_empty(document.element.body)
    _numbered(made, "decimal", "1" if restart else "")


def _without_empty(body: Any) -> None:
    """The end of a section belongs to its last paragraph, not to an empty one behind it."""
    empty = list(body.iterchildren(qn("w:p")))[-1]
    before = empty.getprevious()
    if before is not None and before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        before.get_or_add_pPr().append(empty.pPr.find(qn("w:sectPr")))
        body.remove(empty)


def _numbered(section: Any, form: str, start: str) -> None:
    """How a section's pages and endnotes are counted."""
    properties = section._sectPr
    for old in (*properties.findall(qn("w:pgNumType")), *properties.findall(qn("w:endnotePr"))):
        properties.remove(old)
    told = element("w:pgNumType", fmt=form, **({"start": start} if start else {}))
    properties.find(qn("w:cols")).addprevious(told)
    first = next(c for c in properties if not c.tag.endswith("Reference"))
    first.addprevious(element("w:endnotePr", element("w:numFmt", val="decimal")))
