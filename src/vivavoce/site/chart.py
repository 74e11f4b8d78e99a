"""Who tells of what: people and moments as a picture, with marks where accounts part, and the same as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import Moment, Person, Value
from vivavoce.site import leaves, silence, voices
from vivavoce.site.shelf import Shelf, moment_page, person_page
from vivavoce.site.words import spoken

PAGE = "who-tells-what.html"
MOST_PEOPLE, MOST_MOMENTS = 36, 60
LEFT, TOP, WIDE, HIGH = 272, 132, 30, 30  # of the titles, of the names, of a column, of a row
LONGEST = 32  # characters of a title beside its row
FURTHEST = 20  # characters of a name above its column
TELLS = {"told": "tells of it", "press": "is quoted on it in the press", "named": "is named, and not heard on it"}


class Cell(Value, frozen=True):
    """One person and one moment: `kind` (told, press, named), what they are at odds about, and where it is told."""

    x: int
    y: int
    kind: str
    odds: str
    href: str
    says: str


class Heading(Value, frozen=True):
    """The head of a row or a column; `short`: as it fits, `name`: whole."""

    at: int
    name: str
    short: str
    href: str
    date: str = ""


def pages(shelf: Shelf, order: list[Moment], called: silence.Names) -> list[tuple[str, dict[str, Any]]]:
    """The picture and its table by their path: one page, or the picture and a page for so many rows of the table."""
    drawn = page(shelf, order, called)
    rows: list[dict[str, Any]] = drawn.pop("table")
    if leaves.light(rows, _weight):
        return [(PAGE, {"chart": drawn, "drawn": True, "table": rows, "leaves": []})]
    parts = leaves.labelled(leaves.parted(rows, _weight), lambda row: str(row["year"]))
    paths = [PAGE.replace(".html", f"-{n}.html") for n in range(2, len(parts) + 2)]
    tables = [leaves.Leaf(label, path, "As a table") for (_, label), path in zip(parts, paths, strict=True)]
    held = leaves.grouped([leaves.Leaf("As a picture", PAGE), *tables])
    first = {"chart": drawn, "drawn": True, "table": [], "leaves": held}
    rest = [{**first, "drawn": False, "table": some} for some, _ in parts]
    return list(zip([PAGE, *paths], [first, *rest], strict=True))


def _weight(row: dict[str, Any]) -> int:
    """The bytes of a moment in the table, about."""
    return 170 + leaves.weight(row["title"], *row["tellers"], *row["press"], *row["odds"], *row["unheard"])


def page(shelf: Shelf, order: list[Moment], called: silence.Names) -> dict[str, Any]:
    """The moments told by several, in the order of what happened, and those who tell most: at most `MOST_MOMENTS` and
    `MOST_PEOPLE` of them, so that it can be read."""
    told = [m for m in order if len(_tellers(m)) > 1]
    moments = _most(told, lambda m: len(_tellers(m)), MOST_MOMENTS)
    people = _people(shelf, moments)
    columns = [
        Heading(i * WIDE + WIDE // 2, p.name, _short(p.name, FURTHEST), person_page(p.id))
        for i, p in enumerate(people[:MOST_PEOPLE])
    ]
    rows = [_heading(i, m) for i, m in enumerate(moments)]
    whom = {p.id: i for i, p in enumerate(people[:MOST_PEOPLE])}
    cells = [c for i, m in enumerate(moments) for c in _cells(shelf, m, TOP + i * HIGH + HIGH // 2, whom, called)]
    return {
        "columns": columns,
        "rows": rows,
        "cells": cells,
        "width": len(columns) * WIDE + 78,
        "height": TOP + len(rows) * HIGH + 8,
        "left": LEFT,
        "top": TOP,
        "wide": WIDE,
        "high": HIGH,
        "moments_left": len(told) - len(moments),
        "people_left": max(len(people) - MOST_PEOPLE, 0),
        "table": [_line(shelf, m, called) for m in moments],
    }


def _tellers(moment: Moment) -> list[str]:
    return list(dict.fromkeys(a.person.id for a in moment.accounts if a.person))


def _most(moments: list[Moment], weight: Any, most: int) -> list[Moment]:
    """The weightiest moments, in their order."""
    best = sorted(range(len(moments)), key=lambda i: (-weight(moments[i]), i))[:most]
    return [moments[i] for i in sorted(best)]


def _people(shelf: Shelf, moments: Iterable[Moment]) -> list[Person]:
    """Who tells of some moments, those who tell of most first."""
    counts = Counter(who for m in moments for who in _tellers(m) if who in shelf.people)
    return [shelf.people[who] for who in sorted(counts, key=lambda who: (-counts[who], shelf.people[who].name, who))]


def _heading(number: int, moment: Moment) -> Heading:
    title, happened = spoken(moment.title), moment.when.happened
    date = dates.year(happened.start) if happened else ""
    return Heading(TOP + number * HIGH + HIGH // 2, title, _short(title, LONGEST), moment_page(moment.id), date)


def _short(text: str, most: int) -> str:
    plain = spoken(text)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _cells(shelf: Shelf, moment: Moment, y: int, whom: dict[str, int], called: silence.Names) -> Iterable[Cell]:
    """What each person has to do with a moment."""
    places, odds = voices.anchors(shelf, moment), _odds(moment)
    spoke = {a.person.id for a in moment.accounts if a.person and shelf.sources[a.source].kind != "press"}
    kinds = {who: "told" if who in spoke else "press" for who in _tellers(moment)}
    kinds |= {p.id: "named" for p in silence.unheard(shelf, moment, called)}
    for who, kind in kinds.items():
        if who in whom:
            anchor, (sort, topics) = places.get(who, ""), odds.get(who, ("", []))
            href = moment_page(moment.id) + (f"#{anchor}" if anchor else "")
            parts = (
                f"; accounts {'differ' if sort == 'differ' else 'read it differently'}: {', '.join(topics)}"
                if sort
                else ""
            )
            says = f"{shelf.people[who].name}, {moment.title}: {TELLS[kind]}{parts}"
            yield Cell(whom[who] * WIDE + WIDE // 2, y, kind, sort, href, spoken(says))


def _odds(moment: Moment) -> dict[str, tuple[str, list[str]]]:
    """Whose accounts are at odds with others', how (dispute over differ) and about what."""
    accounts = {a.id: a.person.id for a in moment.accounts if a.person}
    found: dict[str, tuple[str, list[str]]] = {}
    for r in moment.relations:
        for who in {accounts.get(r.a), accounts.get(r.b)} - {None} if r.type != "agree" else ():
            sort, topics = found.get(str(who), ("", []))
            about = topics if r.about in topics else [*topics, r.about]
            found[str(who)] = ("dispute" if "dispute" in (sort, r.type) else "differ", about)
    return found


def _line(shelf: Shelf, moment: Moment, called: silence.Names) -> dict[str, Any]:
    """A moment as a row of the table."""
    happened = moment.when.happened
    press = (shelf.sources[a.source] for a in moment.accounts if not a.person and a.source in shelf.sources)
    return {
        "title": moment.title,
        "href": moment_page(moment.id),
        "date": dates.day(happened.start) if happened else "",
        "year": dates.year(happened.start) if happened else "",
        "tellers": [shelf.people[who].name for who in _tellers(moment) if who in shelf.people],
        "press": list(dict.fromkeys(s.publisher or title_of(s) for s in press)),
        "odds": list(dict.fromkeys(r.about for r in moment.relations if r.type != "agree")),
        "unheard": [p.name for p in silence.unheard(shelf, moment, called)],
    }
