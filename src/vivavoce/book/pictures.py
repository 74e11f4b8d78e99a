"""The pictures of a book as its files hold them: their kind told by their content, drawings without what acts or
loads, anything as PNG for formats that take no other."""

from __future__ import annotations

import tempfile
from pathlib import Path

from vivavoce.book.edition import Image
from vivavoce.errors import BadFile
from vivavoce.model import Value
from vivavoce.pictures import photograph

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
XML = "{http://www.w3.org/XML/1998/namespace}"
ACTS = frozenset(("script", "foreignObject", "animate", "animateMotion", "animateTransform", "set", "style"))
MOVING = frozenset(("gif", "webp"))  # may be moving pictures


class Picture(Value, frozen=True):
    """A picture: its kind ("png", "jpeg", "gif", "webp", "svg") and its bytes."""

    kind: str
    data: bytes

    @property
    def mime(self) -> str:
        """Its media type."""
        return f"image/{self.kind}+xml" if self.kind == "svg" else f"image/{self.kind}"


def picture(image: Image, folder: Path) -> Picture:
    """The file of a picture. Raises BadFile if it cannot be read, or is of no kind that a book can show."""
    try:
        data = (folder / image.path).read_bytes()
    except OSError as e:
        raise BadFile(f"{image.path} cannot be read ({e.strerror}). Put it back, or take it out.") from e
    kind = _kind(data)
    if not kind:
        raise BadFile(f"{image.path} is no PNG, JPEG, GIF, WebP or SVG. Save it as one of them.")
    return Picture(kind, _drawing(image.path, data) if kind == "svg" else data)


def _kind(data: bytes) -> str:
    """What a picture is, of the kinds that every edition takes."""
    found = photograph.kind_of(data)
    if found:
        return {"jpg": "jpeg", "avif": ""}.get(found, found)
    return "svg" if b"<svg" in data[:4096] else ""


def _drawing(path: str, data: bytes) -> bytes:
    """A drawing without scripts, animation, links, styles of other files, and the notes of drawing programs."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as e:
        raise BadFile(f"{path} is not well-formed SVG ({e.msg}). Save it again in a drawing program.") from e
    if root.tag != f"{{{SVG}}}svg":
        raise BadFile(f"{path} does not say that it is SVG (xmlns). Save it again in a drawing program.")
    for element in list(root.iter()):
        _bare(element)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _bare(element: object) -> None:
    """Take out of a drawing one element that is none of it, and the attributes that act or load."""
    from lxml import etree

    assert isinstance(element, etree._Element)
    name = etree.QName(element) if isinstance(element.tag, str) else None
    if name is None or name.namespace != SVG or (name.localname in ACTS and not _styles(element)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        return
    for key, value in list(element.attrib.items()):
        foreign = str(key).startswith("{") and key != XLINK and not str(key).startswith(XML)
        loads = str(key) in ("href", XLINK) and not str(value).startswith(("#", "data:image/"))
        if foreign or loads or str(key).startswith("on") or _fetches(str(value)):
            del element.attrib[key]


def _styles(element: object) -> bool:
    """Is it a style sheet that fetches nothing?"""
    text = getattr(element, "text", None) or ""
    return str(getattr(element, "tag", "")).endswith("}style") and not _fetches(text) and "@" not in text


def _fetches(value: str) -> bool:
    """Does a style name another file?"""
    return any(not part.lstrip(" \"'").startswith(("#", "data:image/")) for part in value.split("url(")[1:])


def as_png(found: Picture, path: str, width: float = 6.5, ppi: float = 200) -> bytes:
    """A picture drawn as PNG, `width` inches wide. Raises BadFile where it cannot be drawn."""
    kind = found.kind.replace("jpeg", "jpg")
    page = f"#set page(width: {width}in, height: auto, margin: 0pt, fill: none)"
    return drawn(f'{page}\n#image("it", format: "{kind}", width: 100%)', {"it": found.data}, path, ppi)


def drawn(template: str, files: dict[str, bytes], path: str, ppi: float) -> bytes:
    """One page of Typst as PNG."""
    import typst

    with tempfile.TemporaryDirectory() as made:
        for name, content in {"page.typ": template.encode(), **files}.items():
            (Path(made) / name).write_bytes(content)
        try:
            page = Path(made) / "page.typ"
            data = typst.compile(page, root=Path(made), format="png", ppi=ppi, ignore_system_fonts=True)
        except typst.TypstError as e:
            raise BadFile(f"{path} cannot be drawn: {e.message}. Save it again as PNG or JPEG.") from e
    if not isinstance(data, bytes):
        raise TypeError("Typst gave no picture.")
    return data
