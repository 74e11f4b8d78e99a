"""Drawings (SVG): only those that draw are taken; one that could act, or load anything, is refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from vivavoce.errors import BadFile

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
XML = "{http://www.w3.org/XML/1998/namespace}"
DRAWING = (
    "svg g defs symbol use switch title desc metadata style view path rect circle ellipse line polyline "
    "polygon text tspan textPath linearGradient radialGradient stop pattern clipPath mask marker filter "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur "
    "feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile "
    "feTurbulence "
)
DRAWS = frozenset(DRAWING.split())
# What a style or an attribute could load from elsewhere; a backslash could spell any of it.
LOADS = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|@font-face|image-set|expression\(|javascript:|data:|\\", re.I)
DEEPEST = 200
NUMBER = re.compile(r"[-+]?\d*\.?\d+(?:e[-+]?\d+)?", re.I)
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
REMEDY = "Save it as “plain SVG”, or as PNG"


def looked_at(data: bytes) -> tuple[str, tuple[int, int] | None]:
    """The words that stand in a drawing (also unseen ones) and its size. Raises BadFile where it could act or load."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise BadFile("it is not UTF-8. " + REMEDY) from e
    _plain(text)
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))  # noqa: S314 - without a DOCTYPE there are no entities
    except (ElementTree.ParseError, RecursionError, ValueError) as e:
        raise BadFile("it is not well-formed XML. " + REMEDY) from e
    if root.tag != SVG + "svg":
        raise BadFile("it is not an SVG. " + REMEDY)
    _safe(root)
    hidden = [*COMMENT.findall(text), *(v for e in root.iter() for k, v in e.items() if "label" in k or k == "id")]
    return " ".join(" ".join((*root.itertext(), *hidden)).split()), _size(root)


def _plain(text: str) -> None:
    """Refuse what comes before the drawing and could change it: a DOCTYPE with entities, style sheets, an encoding."""
    declared = re.match(r"\s*<\?xml([^>]*)\?>", text)
    rest = text[declared.end() :] if declared else text
    if "<!DOCTYPE" in rest.upper() or "<!ENTITY" in rest.upper():
        raise BadFile("it has a DOCTYPE. " + REMEDY)
    if "<?" in rest:
        raise BadFile("it has processing instructions, which could load a style sheet. " + REMEDY)
    encoding = re.search(r"encoding\s*=\s*[\"']([^\"']*)", declared[1]) if declared else None
    if encoding and encoding[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise BadFile("it is not UTF-8. " + REMEDY)


def _safe(root: ElementTree.Element) -> None:
    """Refuse elements and attributes that do more than draw."""
    waiting = [(root, 0)]
    while waiting:
        one, depth = waiting.pop()
        name = one.tag.removeprefix(SVG) if isinstance(one.tag, str) else "?"
        if name not in DRAWS or depth > DEEPEST:
            raise BadFile(f"it holds “{name.rsplit('}', 1)[-1]}”, which is not shown. {REMEDY}")
        if name == "style" and LOADS.search("".join(one.itertext())):
            raise BadFile(f"its style loads something. {REMEDY}")
        for key, value in one.items():
            _safe_attribute(key, value)
        waiting += [(child, depth + 1) for child in one]


def _safe_attribute(key: str, value: str) -> None:
    if key.startswith("{") and key != XLINK and not key.startswith(XML):
        raise BadFile(f"it holds another program's “{key.rsplit('}', 1)[-1]}”. {REMEDY}")
    if key.lower().startswith("on"):
        raise BadFile(f"it acts by itself (“{key}”). {REMEDY}")
    if key in ("href", XLINK) and not value.strip().startswith("#"):
        raise BadFile(f"it refers to something outside of it (“{value[:60]}”). {REMEDY}")
    if key not in ("id", "aria-label", "d", "points", "transform") and LOADS.search(value):
        raise BadFile(f"“{key}” loads something. {REMEDY}")


def _size(root: ElementTree.Element) -> tuple[int, int] | None:
    """Width and height, from the view box or else from what it says; None where neither tells."""
    box = [float(n) for n in NUMBER.findall(root.get("viewBox", ""))]
    wide, high = box[2:] if len(box) == 4 else (_number(root.get("width", "")), _number(root.get("height", "")))
    return (round(wide), round(high)) if 1 <= wide < 1e6 and 1 <= high < 1e6 else None


def _number(text: str) -> float:
    found = re.fullmatch(rf"\s*({NUMBER.pattern})\s*(?:px)?\s*", text, re.I)
    return float(found[1]) if found else 0.0
