"""Makes the example's written documents from their manuscripts: Word, OpenDocument, RTF, EPUB and PDF.

Run by hand after a manuscript was changed. A manuscript is plain text, a paragraph a block: `# ` a title, `## ` a
heading, `> ` a standfirst, `By ` a byline, `Name: ` who speaks. Same manuscripts, same bytes: nothing is packed, and
no day or program is written into the files.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from textwrap import dedent

EXAMPLE = Path(__file__).parent.parent / "examples" / "saltmarsh"
EPOCH = (1980, 1, 1, 0, 0, 0)
Block = tuple[str, str, str]  # kind, speaker, words

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
STYLES = OFFICE.rsplit("/", 1)[0] + "/styles"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SIGNS = {"# ": "title", "## ": "heading", "> ": "dek", "By ": "byline"}


def blocks(manuscript: str) -> Iterator[Block]:
    """The paragraphs of a manuscript."""
    for paragraph in manuscript.strip().split("\n\n"):
        kind = next((k for sign, k in SIGNS.items() if paragraph.startswith(sign)), "text")
        if kind == "byline" and len(paragraph) > 40:
            kind = "text"
        if kind != "text":
            yield kind, "", paragraph if kind == "byline" else paragraph.split(" ", 1)[1]
            continue
        name, colon, words = paragraph.partition(": ")
        speaks = bool(colon) and len(name) < 20 and name.istitle()
        yield kind, name if speaks else "", words if speaks else paragraph


def packed(files: dict[str, str]) -> bytes:
    """A ZIP of files in their order, all of one day and none of them packed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for name, text in files.items():
            box.writestr(zipfile.ZipInfo(name, EPOCH), text.encode())
    return out.getvalue()


# --- Word --------------------------------------------------------------------------------------------------


def docx(manuscript: str) -> bytes:
    """A Word document; who speaks stands in bold."""
    body = "".join(map(_docx_paragraph, blocks(manuscript)))
    types = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD_TYPE}.styles+xml"/></Types>"""
    return packed(
        {
            "[Content_Types].xml": XML + types,
            "_rels/.rels": XML + _relation(OFFICE, "word/document.xml"),
            "word/document.xml": XML + f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": XML + _relation(STYLES, "styles.xml"),
            "word/styles.xml": XML + _docx_styles(),
        }
    )


def _relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>'


def _docx_paragraph(block: Block) -> str:
    kind, name, words = block
    style = '<w:pPr><w:pStyle w:val="Title"/></w:pPr>' if kind == "title" else ""
    bold = f"<w:r><w:rPr><w:b/></w:rPr>{_run(name + ':')}</w:r>" if name else ""
    return f"<w:p>{style}{bold}<w:r>{_run((' ' if name else '') + words)}</w:r></w:p>"


def _run(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words, quote=False)}</w:t>'


def _docx_styles() -> str:
    return (
        f'<w:styles {WORD}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="160"/></w:pPr><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>'
        '<w:sz w:val="23"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style></w:styles>'
    )


# --- OpenDocument ------------------------------------------------------------------------------------------


def odt(manuscript: str) -> bytes:
    """An OpenDocument text; `*words*` are in italics."""
    body = "".join(map(_odt_paragraph, blocks(manuscript)))
    spaces = " ".join(f'xmlns:{n}="{OPEN}:{n}:1.0"' for n in ("office", "text", "style"))
    content = f"""<office:document-content {spaces} xmlns:fo="{OPEN}:xsl-fo-compatible:1.0" office:version="1.2">
<office:automatic-styles><style:style style:name="I" style:family="text"><style:text-properties
 fo:font-style="italic"/></style:style></office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""
    kind = "application/vnd.oasis.opendocument.text"
    manifest = f"""<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
    return packed({"mimetype": kind, "META-INF/manifest.xml": XML + manifest, "content.xml": XML + content})


def _odt_paragraph(block: Block) -> str:
    kind, name, words = block
    parts = escape((f"{name}: " if name else "") + words, quote=False).split("*")
    inside = "".join(f'<text:span text:style-name="I">{p}</text:span>' if i % 2 else p for i, p in enumerate(parts))
    return f"<text:{'h' if kind == 'title' else 'p'}>{inside}</text:{'h' if kind == 'title' else 'p'}>\n"


# --- RTF ---------------------------------------------------------------------------------------------------


def rtf(manuscript: str) -> bytes:
    """A rich text, as a typist would hand it in: names in capitals."""
    lines = [_rtf_paragraph(block) for block in blocks(manuscript)]
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fmodern Courier New;}}\f0\fs22" + "\n"
    return (head + "\n".join(lines) + "\n}\n").encode("ascii")


def _rtf_paragraph(block: Block) -> str:
    kind, name, words = block
    words = "".join(c if ord(c) < 128 else rf"\'{c.encode('cp1252').hex()}" for c in words)
    bold = r"\b " if kind == "title" else ""
    return rf"{{\pard\sa200 {bold}{name.upper() + ': ' if name else ''}{words}\par}}"


# --- EPUB --------------------------------------------------------------------------------------------------

BOOK = {
    "title": "Copy! A Reporter in a Small Town",
    "author": "Eileen Marsh",
    "date": "2004-10-01",
    "publisher": "Quay Street Press",
}


def epub(manuscript: str) -> bytes:
    """A book of one chapter."""
    chapter = "".join(map(_epub_paragraph, blocks(manuscript)))
    contents = '<nav epub:type="toc"><ol><li><a href="nine.xhtml">Three Accounts from Four People</a></li></ol></nav>'
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": XML + _container(),
            "book/book.opf": XML + _opf(),
            "book/contents.xhtml": _xhtml("Contents", contents),
            "book/nine.xhtml": _xhtml("Three Accounts from Four People", chapter),
        }
    )


def _epub_paragraph(block: Block) -> str:
    tag = {"title": "h1", "heading": "h2"}.get(block[0], "p")
    return f"<{tag}>{escape(block[2], quote=False)}</{tag}>\n"


def _xhtml(title: str, body: str) -> str:
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f"{XML}<html {spaces} lang='en-GB'><head><title>{title}</title></head><body>\n{body}</body></html>"


def _container() -> str:
    return dedent("""\
        <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
        <rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>""")


def _opf() -> str:
    kind = 'media-type="application/xhtml+xml"'
    return f"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:saltmarsh:copy</dc:identifier>
<dc:title>{BOOK["title"]}</dc:title><dc:creator>{BOOK["author"]}</dc:creator><dc:date>{BOOK["date"]}</dc:date>
<dc:publisher>{BOOK["publisher"]}</dc:publisher><dc:language>en-GB</dc:language>
<meta property="dcterms:modified">2004-10-01T00:00:00Z</meta></metadata>
<manifest><item id="toc" href="contents.xhtml" properties="nav" {kind}/>
<item id="nine" href="nine.xhtml" {kind}/></manifest>
<spine><itemref idref="nine"/></spine></package>"""


# --- PDF ---------------------------------------------------------------------------------------------------

# Widths of Times and Times Bold in thousandths of the size, for the signs from space to ~, after Adobe's metrics.
ROMAN = """
250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278
564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944
722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389
278 500 500 722 500 500 444 480 200 480 541
"""
BOLD = """
250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333
570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000
722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389
333 556 500 722 500 500 444 394 220 394 520
"""
MARKS = {"‘": 333, "’": 333, "“": 444, "”": 444, "–": 500}
FONTS = {"R": "Times-Roman", "B": "Times-Bold", "I": "Times-Italic"}
WIDTHS = {"R": ROMAN, "B": BOLD, "I": ROMAN}
PAGE, MARGIN, GUTTER, TOP = (420.0, 595.0), 38.0, 18.0, 563.0
COLUMN = (PAGE[0] - 2 * MARGIN - GUTTER) / 2


def width(words: str, font: str, size: float) -> float:
    """How wide words are, in points."""
    widths = [int(n) for n in WIDTHS[font].split()]
    return sum(MARKS.get(c) or widths[ord(c) - 32] for c in words) * size / 1000


def lines(words: str, font: str, size: float, measure: float) -> list[str]:
    """Words, broken into lines of at most a measure."""
    out = [""]
    for word in words.split():
        longer = f"{out[-1]} {word}".strip()
        if width(longer, font, size) <= measure:
            out[-1] = longer
        else:
            out.append(word)
    return out


def shown(line: str, font: str, size: float, at: tuple[float, float], spread: float = 0.0) -> str:
    """The drawing of a line; `spread`: points added to each space."""
    signs = line.encode("cp1252").decode("latin-1").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {spread:.3f} Tw 1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm ({signs}) Tj ET"


class Sheet:
    """A cutting: a head over the whole width, then two columns that end above `foot`, justified."""

    def __init__(self, foot: float) -> None:
        self.drawn = ["0.82 0.80 0.77 rg", f"0 0 {PAGE[0]} {PAGE[1]} re f", *paper(foot), "0.13 0.11 0.1 rg"]
        self.y, self.column, self.top, self.foot = TOP, 0, 0.0, foot

    @property
    def x(self) -> float:
        """Where the column begins."""
        return MARGIN + self.column * (COLUMN + GUTTER)

    def rule(self, y: float, thick: float) -> None:
        """A line across."""
        self.drawn.append(f"{thick} w {MARGIN:.2f} {y:.2f} m {PAGE[0] - MARGIN:.2f} {y:.2f} l S")

    def across(self, words: str, font: str, size: float, lead: float) -> None:
        """Words over both columns."""
        for line in lines(words, font, size, PAGE[0] - 2 * MARGIN):
            self.y -= lead
            self.drawn.append(shown(line, font, size, (MARGIN, self.y)))

    def begin(self) -> None:
        """From here on in columns."""
        self.rule(self.y - 8, 0.4)
        self.y = self.top = self.y - 12

    def heading(self, words: str) -> None:
        """A heading, not justified, with room for two lines below it."""
        if self.y - 40 < self.foot:
            self.column, self.y = self.column + 1, self.top + 5
        self.y -= 5
        for line in lines(words, "B", 9.6, COLUMN):
            self.y -= 11.5
            self.drawn.append(shown(line, "B", 9.6, (self.x, self.y)))
        self.y -= 1.5

    def down(self, words: str, indent: float) -> None:
        """A paragraph in the column, and on into the next."""
        measured = _indented(words, "R", SIZE, indent)
        for i, line in enumerate(measured):
            if self.y - LEAD < self.foot:
                self.column, self.y = self.column + 1, self.top
            self.y -= LEAD
            left = 0.0 if i else indent
            gaps, free = line.count(" "), COLUMN - left - width(line, "R", SIZE)
            spread = free / gaps if gaps and i < len(measured) - 1 else 0.0
            self.drawn.append(shown(line, "R", SIZE, (self.x + left, self.y), spread))


SIZE, LEAD = 8.6, 10.2
# How far the scissors went beyond the straight, a point each, round the cutting.
SCISSORS = (0, 1.2, -0.6, 1.8, 0.4, -1.1, 0.9, 2.0, -0.3, 1.0, 0.2, -0.8)


def paper(foot: float) -> list[str]:
    """The paper as it was cut out, on what it lies on, with its shadow."""
    left, right, top, low = 14.0, PAGE[0] - 14, PAGE[1] - 14, foot - 20
    corners = [(left, low), (left, top), (right, top), (right, low)]
    sides = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    points = [
        (a[0] + (b[0] - a[0]) * k / 3 + SCISSORS[3 * i + k], a[1] + (b[1] - a[1]) * k / 3 - SCISSORS[-3 * i - k])
        for i, (a, b) in enumerate(sides)
        for k in range(3)
    ]

    def shape(by: float) -> str:
        path = " ".join(f"{x + by:.2f} {y - by:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points))
        return f"{path} f"

    return ["0.70 0.68 0.65 rg", shape(2.0), "0.965 0.945 0.89 rg 0.35 0.32 0.3 RG", shape(0.0)]


def _indented(words: str, font: str, size: float, indent: float) -> list[str]:
    first = lines(words, font, size, COLUMN - indent)[0]
    rest = words.split()[len(first.split()) :]
    return [first, *(lines(" ".join(rest), font, size, COLUMN) if rest else [])]


def pdf(manuscript: str) -> bytes:
    """A cutting in two columns of like length, with its words in a text layer."""
    feet = (TOP - 100 - LEAD * n for n in range(40))
    sheet = next(s for s in (set_on(Sheet(foot), manuscript) for foot in feet) if s.column < 2)
    return _document("\n".join(sheet.drawn).encode("latin-1"), sheet.foot - 34)


def set_on(sheet: Sheet, manuscript: str) -> Sheet:
    """The sheet with a manuscript set on it; in a third column where it does not fit."""
    sheet.across("THE SUNDAY BEACON  |  13 March 2022  |  Review 31", "R", 7.5, 8)
    sheet.rule(sheet.y - 4, 0.8)
    sheet.y -= 6
    indent = 0.0
    for kind, _, words in blocks(manuscript):
        if kind == "title":
            sheet.across(words, "B", 26, 27)
            sheet.y -= 3
        elif kind == "dek":
            sheet.across(words, "I", 11, 13.5)
        elif kind == "byline":
            sheet.across(words, "R", 8.5, 15)
            sheet.begin()
        elif kind == "heading":
            sheet.heading(words)
            indent = 0.0
        else:
            sheet.down(words, indent)
            indent = 9.0
    return sheet


def _document(drawn: bytes, low: float) -> bytes:
    fonts = [f"<< /Type /Font /Subtype /Type1 /BaseFont /{n} /Encoding /WinAnsiEncoding >>" for n in FONTS.values()]
    named = " ".join(f"/{key} {i} 0 R" for i, key in enumerate(FONTS, 5))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 {low:.2f} {PAGE[0]} {PAGE[1]}] /Contents 4 0 R "
        f"/Resources << /Font << {named} >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        *(font.encode() for font in fonts),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, thing)
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end = f"{head}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


MADE: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "interviews/theo-lascelles.docx": ("theo-lascelles.txt", docx),
    "interviews/anna-reeve.odt": ("anna-reeve.txt", odt),
    "interviews/alan-gedge.rtf": ("alan-gedge.txt", rtf),
    "press/marsh-copy.epub": ("marsh-copy.txt", epub),
    "press/beacon-2022-03-13.pdf": ("beacon-2022-03-13.txt", pdf),
}


def made(path: str) -> bytes:
    """The bytes of a document, from its manuscript."""
    manuscript, write = MADE[path]
    return write((EXAMPLE / "manuscripts" / manuscript).read_text("utf-8"))


def main() -> int:
    """Write all of them."""
    for path in MADE:
        (EXAMPLE / "sources" / path).write_bytes(made(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
