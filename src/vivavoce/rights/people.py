"""People as far as public sources know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from vivavoce.model import History, Person, Role, digest, slug
from vivavoce.rights.cut import Cut, evident
from vivavoce.rights.names import UNNAMED, renamed
from vivavoce.rights.words import echoes, tells


def cut_people(history: History, cut: Cut) -> dict[str, Person]:
    """The people as public sources know them, by their old ids."""
    speaking = {q.person.id for q in cut.quotes.values() if q.person}
    people = (_person(p, p.id in speaking, cut) for p in history.people)
    secret = {slug(path): path for path in renamed(history, cut.barred)}
    return _renamed([p for p in people if p], cut, secret)


def _person(person: Person, speaks: bool, cut: Cut) -> Person | None:
    """A person as far as public sources know them (with the old id); None for one barred, or known by none."""
    if person.id in cut.barred.persons:
        return None
    figures = tuple(f for f in person.figures if f[0] in cut.sources and not tells(f[1], cut.secret))
    aliases = tuple(a for a in person.aliases if not echoes(a, cut.secret))
    named = not tells(person.name, cut.secret)
    if not speaks and not (named and (figures or not person.figures)) and not (aliases and figures):
        return None
    name = person.name if named else max(aliases, key=len, default=UNNAMED)
    roles = tuple(r for r in (_role(r, cut) for r in person.roles) if r)
    return replace(person, name=name, aliases=tuple(a for a in aliases if a != name), roles=roles, figures=figures)


def _renamed(people: Sequence[Person], cut: Cut, paths: Mapping[str, str]) -> dict[str, Person]:
    """People by their old ids, with new ids where the old ones would tell a withheld name, or (a label's do) the
    path of a source that does. `paths`: those, by their slugs."""
    taken = {p.id for p in people}
    made: dict[str, Person] = {}
    for person in people:
        new, n = person.id, 1
        held = next((path for part, path in paths.items() if f"-{part}-" in f"-{person.id}-"), "")
        if held or tells(person.id, cut.secret):
            base = new = f"{slug(person.name)}-{digest('path', held, length=6)}" if held else slug(person.name)
            while new in taken:
                n += 1
                new = f"{base}-{n}"
            taken.add(new)
        made[person.id] = replace(person, id=new)
    return made


def counted(history: History, cut: Cut) -> tuple[Person, ...]:
    """The people, each with as many quotations as are left."""
    before = Counter(q.person.id for q in history.quotes if q.person)
    after = Counter(q.person.id for q in cut.quotes.values() if q.person)
    return tuple(replace(p, quotes=max(p.quotes - before[old] + after[old], 0)) for old, p in cut.people.items())


def _role(role: Role, cut: Cut) -> Role | None:
    """A role with the evidence that is left; None if all is gone, or it tells a withheld word."""
    evidence = evident(role.evidence, cut)
    if (role.evidence and not evidence) or tells(f"{role.of} {role.title} {role.work}", cut.secret):
        return None
    return replace(role, evidence=evidence)
