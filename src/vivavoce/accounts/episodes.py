"""Which episodes stretches of telling are of: those that are named in them or nearest before, by which two tellings of
one serial are kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vivavoce.model import Naming, Passage, Value, folded


class Episode(Value, frozen=True):
    """An episode as far as all its namings tell: the serial, the season and the number, and all its titles; "" and
    None: not told."""

    of: str
    season: int | None
    number: int | None
    titles: frozenset[str]


Episodes = frozenset[Episode]
NONE: Episodes = frozenset()


def in_force(passages: list[Passage], namings: tuple[Naming, ...]) -> list[Episodes]:
    """The episodes that each passage is of: those named in it or around it; else the last one before on its topic.
    Where nobody talks, an article is of the last one before on any topic, and one that names only one is of it from its
    first word; beside talks it looks back, and goes from one thing to the next. `passages`: in order.
    Linear in both."""
    named = placed(namings)
    talk = any(not p.heading for p in passages)
    out: list[Episodes] = []
    for n, p in enumerate(passages):
        there = named.get(p.source, ())
        spans = (*p.spans, *p.about)
        own = frozenset(e for at, e in there if any(a <= at < b for a, b in spans))
        last = passages[n - 1] if out else p
        before = out[-1] if out and last.source == p.source and (not talk or last.topic == p.topic) else NONE
        only = NONE if talk else frozenset(e for _, e in there)
        out.append(own or before or (only if len(only) == 1 else NONE))
    return out


def placed(namings: tuple[Naming, ...]) -> dict[str, list[tuple[int, Episode]]]:
    """Where each source names episodes, and which."""
    told = [n for n in namings if n.kind == "episode" and n.sure and (n.title or n.episode is not None)]
    known = {key: e for e, keys in merged(told) for key in keys}
    found: dict[str, list[tuple[int, Episode]]] = defaultdict(list)
    for n in told:
        found[n.source].append((n.start, known[next(keys_of(n))]))
    return found


Key = tuple[str, ...]


def keys_of(n: Naming) -> Iterator[Key]:
    """What a naming is known by: its serial and number, its title."""
    if n.episode is not None:
        yield "number", folded(n.of), str(n.season), str(n.episode)
    if n.title:
        yield "title", folded(n.title)


def merged(told: list[Naming]) -> Iterator[tuple[Episode, list[Key]]]:
    """The episodes behind namings: a title and a number that are named together once are of one."""
    home: dict[Key, Key] = {}
    for n in told:
        first, *others = keys_of(n)
        to = home.setdefault(first, first)
        for key in others:
            was = home.setdefault(key, to)
            home = {k: to if h == was else h for k, h in home.items()} if was != to else home
    groups: dict[Key, list[Naming]] = defaultdict(list)
    for n in told:
        groups[home[next(keys_of(n))]].append(n)
    for at, those in groups.items():
        yield episode(those), [k for k, h in home.items() if h == at]


def episode(namings: list[Naming]) -> Episode:
    """An episode of its namings: of each detail the first that is told."""
    return Episode(
        next((folded(n.of) for n in namings if n.of), ""),
        next((n.season for n in namings if n.season is not None), None),
        next((n.episode for n in namings if n.episode is not None), None),
        frozenset(folded(n.title) for n in namings if n.title),
    )


def apart(a: Episodes, b: Episodes) -> bool:
    """Whether what is of the one episodes is of none of the others."""
    return bool(a and b) and all(differ(x, y) for x in a for y in b)


def differ(a: Episode, b: Episode) -> bool:
    """Whether two episodes are plainly two."""
    if a == b:
        return False
    of, season, number = ((a.of, b.of), (a.season, b.season), (a.number, b.number))
    told = any(x not in ("", None) and y not in ("", None) and x != y for x, y in (of, season, number))
    return told or bool(a.titles and b.titles)
