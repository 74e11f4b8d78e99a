"""RIS, as reference managers exchange it: an interview is a personal communication, as Zotero and EndNote have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vivavoce.citations.items import Item, Name, year


def ris(found: Iterable[Item]) -> str:
    """The items as one RIS file, lines ended by CR LF as the format wants."""
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for i in found for tag, value in _rows(i))


def _rows(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", "PCOMM" if item.type == "interview" else "NEWS"
    yield "ID", item.id
    yield from (("AU", _name(n)) for n in item.author)
    yield from (("A2", _name(n)) for n in item.interviewer)
    given = [
        ("TI", item.title), ("T2", item.container_title), ("PB", item.publisher), ("PY", year(item)),
        ("DA", _day(item)), ("M3", "Interview" if item.type == "interview" else ""), ("DB", item.archive),
        ("UR", item.url), ("LA", item.language), ("N1", item.note),
    ]  # fmt: skip
    yield from ((tag, value) for tag, value in given if value)
    yield "ER", ""


def _name(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.family else name.literal


def _day(item: Item) -> str:
    return "/".join(f"{p:02}" for p in item.issued["date-parts"][0]) if item.issued else ""
