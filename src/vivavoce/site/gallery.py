"""The pictures, hung where they belong: on the cover, on the pages of the moments and of the people that they show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from vivavoce.language import dates
from vivavoce.model import Picture, Value, folded
from vivavoce.site import addresses
from vivavoce.site.shelf import Shelf

COVER = "cover"


class Hung(Value, frozen=True):
    """A picture as a page holds it: `file` from the site's root, width and height where known."""

    file: str
    alt: str
    caption: str
    credit: str
    date: str
    rights: str
    width: int = 0
    height: int = 0


class Gallery(Value, frozen=True):
    """Which pictures stand where (people and moments by id, works by folded title), and the file of each path."""

    cover: list[Hung]
    moments: dict[str, list[Hung]]
    people: dict[str, list[Hung]]
    works: dict[str, list[Hung]]
    files: dict[str, str]


def hung(shelf: Shelf, there: frozenset[str]) -> Gallery:
    """Hang the pictures of a history whose files are `there`, by what each is of. One that is of nobody and nothing
    with a page of its own stands on the cover."""
    shown = {p.path: p for p in shelf.history.pictures if p.path in there}
    files = {path: f"pictures/{name}" for path, name in _names(shown).items()}
    called = _called(shelf) if shown else {}
    places: dict[str, dict[str, list[Hung]]] = {kind: {} for kind in (COVER, "moments", "people", "works")}
    for path, picture in shown.items():
        found = list(dict.fromkeys(_places(picture, called)))
        if all(kind == "works" for kind, _ in found):
            found.append((COVER, COVER))
        for kind, key in found:
            places[kind].setdefault(key, []).append(_hung(picture, files[path]))
    return Gallery(places[COVER].get(COVER, []), places["moments"], places["people"], places["works"], files)


def _hung(picture: Picture, file: str) -> Hung:
    date = dates.day(picture.date)
    width, height = picture.size or (0, 0)
    return Hung(file, picture.alt, picture.caption, picture.credit, date, picture.rights, width, height)


def _places(picture: Picture, called: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for name in map(folded, picture.of):
        if name == COVER:
            yield COVER, COVER
        yield from called.get(name, [])


def _called(shelf: Shelf) -> dict[str, list[tuple[str, str]]]:
    """What each name means here; a name that several people share means none of them."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for one in shelf.history.people:
        for name in (one.id, one.name, *one.aliases):
            found[folded(name)]["people", one.id] = None
    alone = {name: list(who) if len(who) == 1 else [] for name, who in found.items()}
    for moment in shelf.history.moments:
        for name in dict.fromkeys(map(folded, (moment.id, moment.title, *moment.former))):
            alone.setdefault(name, []).append(("moments", moment.id))
    for work in shelf.history.works:
        for name in dict.fromkeys(map(folded, (work.title, *work.aliases))):
            alone.setdefault(name, []).append(("works", folded(work.title)))
    return alone


def _names(paths: Mapping[str, object]) -> dict[str, str]:
    """The names of the files: by that of the picture, and by its ending too where two share the name."""
    stems = Counter(p.rpartition(".")[0] for p in paths)
    called = {p: p.rpartition(".")[0] if stems[p.rpartition(".")[0]] == 1 else p for p in paths}
    slugs = addresses.source_slugs(called.values())
    return {p: slugs[name] + "." + p.rpartition(".")[2].lower() for p, name in called.items()}
