"""Citations as files: each source, and all of them, for reference managers."""

from __future__ import annotations

import msgspec

from vivavoce import citations
from vivavoce.citations import Item
from vivavoce.site.inputs import key
from vivavoce.site.ledger import Making
from vivavoce.site.shelf import Shelf, source_page

ALL = "cite/sources"
FORMS = (("CSL-JSON", "json"), ("BibTeX", "bib"), ("RIS", "ris"))


def write(making: Making, shelf: Shelf, mark: str) -> None:
    """Write the files, the same items with the same ids in each."""
    found = [_placed(shelf, item) for item in citations.items(shelf.history)]
    _write(making, ALL, found, mark)
    for item in found:
        _write(making, stem(shelf, item.note), [item], mark)


def stem(shelf: Shelf, path: str) -> str:
    """The name of a source's files, without an ending: never that of all sources."""
    return f"cite/source-{shelf.slugs[path]}"


def files(name: str) -> list[tuple[str, str]]:
    """The files of a name: (what it is called, its path)."""
    return [(form, f"{name}.{ending}") for form, ending in FORMS]


def _placed(shelf: Shelf, item: Item) -> Item:
    """An item with its page on the site, where it has no other address and the site's is known."""
    if item.url or not shelf.history.address:
        return item
    return msgspec.structs.replace(item, url=shelf.history.address + source_page(shelf, item.note))


def _write(making: Making, name: str, found: list[Item], mark: str) -> None:
    told = key("cite", mark, msgspec.json.encode(found))
    missing = [path for _, path in files(name) if not making.keep(path, told)]
    if not missing:
        return
    made = {
        f"{name}.json": msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n",
        f"{name}.bib": citations.bibtex(found).encode("utf-8", "replace"),
        f"{name}.ris": citations.ris(found).encode("utf-8", "replace"),
    }
    for path in missing:
        making.put(path, made[path], told)
