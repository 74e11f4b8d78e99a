"""Figures of one name brought together, in as many camps as there are people who have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from vivavoce.model import Cast, Figure, Role
from vivavoce.people import lives
from vivavoce.people.clusters import KNOWN, PART, Clusters, Key
from vivavoce.people.lives import contrary, shape

Entry = tuple[Key, Figure]


class Telling(NamedTuple):
    """What sources tell beside figures: the names (first, surname) that two people have; the sources that name both;
    when each source is from."""

    shared: frozenset[tuple[str, str]]
    both: frozenset[tuple[str, str, str]]
    dates: dict[str, str]

    def two(self, name: str) -> bool:
        """Whether two people are told to have a name."""
        return shape(name)[:2] in self.shared

    def day(self, role: Role) -> str:
        """When the source that tells a role is from."""
        return self.dates.get(role.evidence[0].source, "") if role.evidence else ""


def telling(casts: Iterable[Cast]) -> Telling:
    """What the casts tell of who has one name."""
    shared = {shape(name)[:2] for c in casts for name in c.shared}
    second = {(c.source, *shape(f.name)[:2]) for c in casts for f in c.figures if f.key.endswith(" (2)")}
    plain = {one[1:] for one in second} - {shape(f.name)[:2] for c in casts for f in c.figures if f.generation}
    return Telling(frozenset(shared | plain), frozenset(second), {c.source: c.date for c in casts})


class Camp:
    """Groups that are held to be one person: their figures that tell something new, and the sources they stand in."""

    def __init__(self) -> None:
        self.roots: list[Key] = []
        self.told: dict[tuple[object, ...], Figure] = {}
        self.sources: set[str] = set()

    @property
    def figures(self) -> list[Figure]:
        """One figure for each profile."""
        return list(self.told.values())

    @property
    def younger(self) -> bool:
        """Whether they are the younger of two of one name."""
        return any(f.generation == "younger" for f in self.figures)

    def marked(self, told: Telling) -> bool:
        """Whether something shows which of two of one name they are: a trade, what they are not, a source with both."""
        here = {(s, *shape(f.name)[:2]) for s in self.sources for f in self.figures}
        return any(lives.jobs([f]) or f.unlike for f in self.figures) or not here.isdisjoint(told.both)

    def add(self, key: Key, f: Figure) -> None:
        """One more figure; a thousand namings that tell the same cost as much as one."""
        roles = tuple((r.kind, r.of, r.title, r.when) for r in f.roles if r.kind in ("job", "plays"))
        self.told.setdefault((f.gender, shape(f.name)[2], f.generation, f.unlike, roles), f)
        self.sources |= {key[0]} - {KNOWN, PART}

    def take(self, other: Camp) -> None:
        """All figures of another."""
        self.roots += other.roots
        self.told = {**other.told, **self.told}
        self.sources |= other.sources

    def weight(self) -> tuple[bool, bool, int]:
        """Who is told of most clearly comes first: a generation, then a trade or a part, then middle initials."""
        return (
            not any(f.generation for f in self.figures),
            not any(r.kind in ("job", "plays") for f in self.figures for r in f.roles),
            -max(len(shape(f.name)[2]) for f in self.figures),
        )


def match_namesakes(groups: Clusters, found: list[Entry], telling: Telling) -> None:
    """Those of one name: who shows a generation, a trade or a part goes to those whom it fits, the rest to the only
    ones that they may be; of two who are told apart, an unmarked name is the elder's, and else left open. Where a
    source says that two have the name, only what shows a trade, or which of the two it is, goes to another's."""
    two = telling.two(found[0][1].name)
    camps: list[Camp] = []
    for one in sorted(gathered(groups, found), key=Camp.weight):
        able = [c for c in camps if fits(groups, c, one, telling, two)]
        home = only(able) if not two else None
        if home is None:
            home = only([c for c in able if lives.alike(c.figures, one.figures) or same_generation(c, one)])
        if home is None and (not two or one.marked(telling)):
            home = only(able) or only([c for c in able if not c.younger])
        if home:
            home.take(one)
        elif not able:
            camps.append(one)
    keep_apart(groups, camps, telling, two)
    for camp in camps:
        for other in camp.roots[1:]:
            groups.join(camp.roots[0], other)


def gathered(groups: Clusters, found: list[Entry]) -> list[Camp]:
    """A camp for each group."""
    out: dict[Key, Camp] = defaultdict(Camp)
    for key, f in found:
        root = groups.root(key)
        out[root].roots = [root]
        out[root].add(key, f)
    return list(out.values())


def keep_apart(groups: Clusters, camps: list[Camp], telling: Telling, two: bool) -> None:
    """Camps that generation or trade tells apart stay apart, whatever else they may have in common."""
    for a, b in combinations(camps, 2):
        if told_apart(a, b, telling, two):
            groups.apart[a.roots[0]].add(b.roots[0])
            groups.apart[b.roots[0]].add(a.roots[0])


def only(camps: list[Camp]) -> Camp | None:
    """The only one of some."""
    return camps[0] if len(camps) == 1 else None


def fits(groups: Clusters, camp: Camp, one: Camp, telling: Telling, two: bool) -> bool:
    """Whether a group may be one with those of a camp."""
    if not camp.sources.isdisjoint(one.sources):
        return False
    if groups.apart and any(groups.kept_apart(a, b) for a in camp.roots for b in one.roots):
        return False
    theirs = one.figures
    if any(contrary(f, g) for f in camp.figures for g in theirs):
        return False
    return not told_apart(camp, one, telling, two)


def told_apart(a: Camp, b: Camp, telling: Telling, two: bool) -> bool:
    """Whether generation or trade tells two of one name apart."""
    mine, theirs = a.figures, b.figures
    return lives.generations(mine, theirs) or lives.far(mine, theirs, telling.day, two)


def same_generation(a: Camp, b: Camp) -> bool:
    """Whether both are told to be the elder, or the younger."""
    return bool(({f.generation for f in a.figures} & {f.generation for f in b.figures}) - {""})
