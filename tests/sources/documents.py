"""Makes small documents for tests: PDF, DOCX, ODT, EPUB, ZIP. The same input gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

WHEN = (1983, 12, 3, 22, 10, 0)
Drawn = tuple[float, float, float, str] | tuple[float, float, float, str, str]


def box(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of parts; `mimetype` is not compressed, as e-books and OpenDocument want it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(zipfile.ZipInfo(name, WHEN), content, kind)
    return file.getvalue()


# --- PDF ---------------------------------------------------------------------------------------------------


def pdf(pages: Sequence[Iterable[Drawn]], width: int = 400, height: int = 500, more: str = "") -> bytes:
    """A PDF in Helvetica: each page a list of (x, y from the top, size, words[, "bold" or raw operators])."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", *fonts(), ""]
    kids = []
    for page in pages:
        stream = "\n".join(_drawn(height, *one) for one in page)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        box_ = f"[0 0 {width} {height}]"
        font = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        contents = f"{len(objects)} 0 R"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box_} /Resources {font} /Contents {contents} {more} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _written(objects)


def fonts() -> list[str]:
    return [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica{bold} /Encoding /WinAnsiEncoding >>"
        for bold in ("", "-Bold")
    ]


def _drawn(height: int, x: float, y: float, size: float, words: str, how: str = "") -> str:
    shown = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F{2 if how == 'bold' else 1} {size} Tf {x} {height - y} Td ({shown}) Tj ET"


def _written(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    at = []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += f"{number} 0 obj\n{body or 'null'}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in at)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def column(x: float, y: float, words: str, size: float = 10, leading: float = 12) -> list[Drawn]:
    """Lines of text below one another."""
    return [(x, y + leading * at, size, line) for at, line in enumerate(words.split("\n")) if line]


# --- OpenDocument ------------------------------------------------------------------------------------------

_O = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    " ".join(f'xmlns:{name}="{_O}{name}:1.0"' for name in ("office", "text", "style", "table", "draw", "meta"))
    + f' xmlns:fo="{_O}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT_MIME = "application/vnd.oasis.opendocument.text"


def odt(body: str, styles: str = "", title: str = "") -> bytes:
    """An OpenDocument text: the XML of its body, and of its automatic styles (T1 is bold)."""
    heavy = '<style:text-properties fo:font-weight="bold"/>'
    bold = f'<style:style style:name="T1" style:family="text">{heavy}</style:style>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:automatic-styles>{bold}{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>"
    )
    return box({"mimetype": ODT_MIME, "META-INF/manifest.xml": "<manifest/>", "meta.xml": meta, "content.xml": content})


# --- EPUB --------------------------------------------------------------------------------------------------


def epub(
    chapters: Mapping[str, str], facts: str = "", spine: Sequence[str] = (), more: Mapping[str, str] = {}
) -> bytes:
    """An e-book: the XHTML bodies of its files by name; `facts`: XML of its metadata; `spine`: the order."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"{NAV if name == "nav.xhtml" else ""}/>'
        for n, name in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="i{list(chapters).index(name)}"/>' for name in spine or chapters)
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
        'full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{facts}</metadata><manifest>{items}</manifest>'
        f"<spine>{order}</spine></package>"
    )
    files = {f"OPS/{name}": page(body) for name, body in chapters.items()}
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/package.opf": package}
    return box({**parts, **files, **more})


NAV = ' properties="nav"'


def page(body: str) -> str:
    """An XHTML file of an e-book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><script src="a.js"/></head><body>{body}</body></html>'
    )


# --- DOCX --------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, notes: str = "", styles: str = "", title: str = "") -> bytes:
    """A Word document: the XML of its body, of its footnotes and of its styles."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}.footnotes+xml"/></Types>'
    )
    names = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )
    about = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return box(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'{names}<Relationship Id="r1" Type="{rel}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="r2" Type="{about}" Target="docProps/core.xml"/></Relationships>',
            "docProps/core.xml": core,
            "word/_rels/document.xml.rels": f'{names}<Relationship Id="r1" Type="{rel}/styles" Target="styles.xml"/>'
            f'<Relationship Id="r2" Type="{rel}/footnotes" Target="footnotes.xml"/></Relationships>',
            "word/styles.xml": f"<w:styles {W}>{STYLES}{styles}</w:styles>",
            "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
            "word/document.xml": f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>',
        }
    )


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Titel", "Title"), ("H1", "heading 1"), ("Cap", "caption"), ("Sub", "Subtitle"))
)


def p(*runs: str, style: str = "") -> str:
    """A paragraph of a Word document; a run that begins with `**` is bold, one that begins with `<` is XML."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(map(_run, runs))}</w:p>"


def _run(words: str) -> str:
    if words.startswith("<"):
        return words
    bold = "<w:rPr><w:b/></w:rPr>" if words.startswith("**") else ""
    return f'<w:r>{bold}<w:t xml:space="preserve">{words.removeprefix("**")}</w:t></w:r>'


def table(*rows: Sequence[str]) -> str:
    """A table of a Word document."""
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
