"""Citations in a style that is given: a CSL file (Citation Style Language 1.0), carried out by citeproc."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from vivavoce.citations.items import Item
from vivavoce.citations.prose import plain
from vivavoce.errors import BadFile


class Styling(NamedTuple):
    """A style with the items that it may cite, by source path."""

    processor: Any
    ids: dict[str, str]


def styling(items: Iterable[Item], style: Path) -> Styling:
    """Open a CSL style for some items.

    Raises BadFile if the file is not there or is no style.
    """
    from citeproc import CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    found = tuple(items)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of keys that it does not use
            made = CitationStylesStyle(str(style), validate=False)
            source = CiteProcJSON([_told(i) for i in found])
            processor = CitationStylesBibliography(made, source, formatter.plain)
    except Exception as e:  # lxml, citeproc and the disk each have errors of their own
        told = "is not there" if not style.is_file() else "is no citation style (CSL 1.0)"
        raise BadFile(f"{style.name} {told}. Give a .csl file as style under [book].") from e
    return Styling(processor, {i.note: i.id for i in found})


def _told(item: Item) -> dict[str, Any]:
    """An item in the keys that citeproc knows; the marks of a title stand within those of the style."""
    told = {k: v for k, v in msgspec.to_builtins(item).items() if k not in ("note", "archive", "language")}
    return told | {"title": item.title.replace("“", "‘").replace("”", "’")}


def note(style: Styling, source: str, locator: str = "") -> str:
    """A source as the style's citation has it, with the place in it (`1:01–1:15`), without a full stop at its end."""
    from citeproc import Citation, CitationItem, Locator

    place = {"locator": Locator("page", locator)} if locator else {}
    citation = Citation([CitationItem(style.ids[source], **place)])
    style.processor.register(citation)
    return plain(str(style.processor.cite(citation, lambda _: None))).rstrip(".")


def entries(style: Styling, sources: Iterable[str]) -> list[tuple[str, str]]:
    """The sources as the style's bibliography has them, in its order: (path, text)."""
    from citeproc import Citation, CitationItem

    paths = {style.ids[path]: path for path in dict.fromkeys(sources)}
    for key in paths:
        style.processor.register(Citation([CitationItem(key)]))
    style.processor.sort()
    shown = zip(style.processor.keys, map(str, style.processor.bibliography()), strict=True)
    return [(paths[key], plain(text)) for key, text in shown if key in paths]
