"""Sources as items of CSL (Citation Style Language 1.0.2), the form that reference managers read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from vivavoce.model import History, Quote, Source, slug

DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name as CSL has it: family and given, or one literal name."""

    family: str = ""
    given: str = ""
    literal: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True, rename="kebab"):
    """One source as a CSL item, in the keys of CSL-JSON. `note` holds the source's path, by which exports agree."""

    id: str
    type: str
    title: str
    author: tuple[Name, ...] = ()
    interviewer: tuple[Name, ...] = ()
    container_title: str = ""
    publisher: str = ""
    archive: str = ""
    medium: str = ""
    issued: dict[str, Any] = {}
    url: str = msgspec.field(default="", name="URL")
    language: str = ""
    note: str = ""


def items(history: History) -> tuple[Item, ...]:
    """An item for each source that is cited (recordings without a transcript are not), in the order of the history.

    Ids are a surname and a year, with a letter where two would be the same; they stay while the sources do.
    """
    told = narrators(history.quotes)
    cited = [s for s in history.sources if s.kind != "recording"]
    plain = [_item(s, told.get(s.path, ()), history) for s in cited]
    return _numbered(plain)


def narrators(quotes: Iterable[Quote]) -> dict[str, tuple[str, ...]]:
    """Who is heard in each transcript, without those who ask, in the order in which they first speak."""
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for q in quotes:
        if q.kind == "turn" and q.person and not q.asks:
            told[q.source][q.person.name] = None
    return {path: tuple(names) for path, names in told.items()}


def title_of(source: Source) -> str:
    """What a reader calls a source: its title, else the name of its file without its ending."""
    return source.title or source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def asked_by(source: Source) -> tuple[str, ...]:
    """Who asks, by name where that is known; a label that names nobody is left out."""
    named = (source.labels.get(name, name) for name in source.interviewers)
    return tuple(dict.fromkeys(n for n in named if any(c.islower() for c in n)))


def name(text: str) -> Name:
    """A person's name for CSL: the last word is the family's, with a particle before it."""
    words = text.split()
    if len(words) < 2:
        return Name(literal=text)
    cut = -2 if len(words) > 2 and words[-2].islower() else -1
    return Name(" ".join(words[cut:]), " ".join(words[:cut]))


def _item(source: Source, told: tuple[str, ...], history: History) -> Item:
    press = source.kind == "press"
    by = source.byline.removeprefix("By ").removeprefix("by ").split(",")[0].strip()
    return Item(
        id="",
        type="article-newspaper" if press else "interview",
        title=title_of(source),
        author=((name(by),) if by else ()) if press else tuple(map(name, told)),
        interviewer=() if press else tuple(map(name, asked_by(source))),
        container_title=source.publisher if press else "",
        publisher="" if press else source.publisher,
        archive="" if press else history.title,
        medium="" if press else "Transcript",
        issued=_issued(source.date),
        url=source.address,
        language=source.language,
        note=source.path,
    )


def _issued(date: str) -> dict[str, Any]:
    found = DAY.match(date)
    return {"date-parts": [[int(p) for p in found.groups() if p]]} if found else {}


def year(item: Item) -> str:
    """The year of an item, or ""."""
    return str(item.issued["date-parts"][0][0]) if item.issued else ""


def _numbered(plain: list[Item]) -> tuple[Item, ...]:
    """The items with their ids."""
    stems = [slug(_stem(i)).replace("-", "") + year(i) for i in plain]
    often: dict[str, int] = defaultdict(int)
    many = Counter(stems)
    out = []
    for stem, item in zip(stems, plain, strict=True):
        often[stem] += 1
        several = many[stem] > 1
        out.append(msgspec.structs.replace(item, id=stem + (_letters(often[stem]) if several else "")))
    return tuple(out)


def _stem(item: Item) -> str:
    first = item.author[0] if item.author else None
    return (first.family or first.literal) if first else " ".join(item.title.split()[:2])


def _letters(n: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    out = ""
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(97 + rest) + out
    return out
