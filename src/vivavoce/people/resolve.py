"""Who is who across sources: figures brought together to persons, carefully, and as a person has ruled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import Levenshtein

from vivavoce.model import Cast, Figure, Known, Person
from vivavoce.people.camps import Telling, match_namesakes, telling
from vivavoce.people.clusters import KNOWN, PART, Clusters, Key
from vivavoce.people.lexicon import first_names, same_first, shorter, words
from vivavoce.people.lives import alike, contrary, plain, shape
from vivavoce.people.nearness import Nearness
from vivavoce.people.persons import people
from vivavoce.people.roles import LONG_FORMS
from vivavoce.people.sounds import skeleton, sound

Entry = tuple[Key, Figure]
Sounding = dict[tuple[str, str], dict[Key, list[Entry]]]
Sounded = tuple[Key, list[Entry]]
LONG = 6
OFFICES = words("titles") | frozenset(LONG_FORMS.values())
SHORT = "~"  # before a short form, in the table of single names
MANY = 400


def resolve(casts: list[Cast], known: Known) -> list[Person]:
    """The persons behind the figures of all sources, in order of first source; also characters, organisations, labels
    (see `Person.kind`).

    Rulings win over everything, then `known.people`, then names: equal full names; short forms, initials and slips of
    the pen with one surname, a surname or first name alone, each only where one person fits. Genders or middle
    initials that contradict keep apart, and so does standing in one source as two figures.
    """
    figures = {(c.source, f.key): f for c in sorted(casts, key=lambda c: c.source) for f in c.figures}
    figures = parts_told(figures, known)
    groups = Clusters([*figures, *(key for key, _ in entries({}, known))])
    rule(groups, known)
    recognise(groups, figures, known)
    match_bodies(groups, figures)
    everybody = [e for e in entries(figures, known) if len(e[1].name.split()) > 1]
    told = telling(casts)
    match_equal(groups, everybody, told)
    match_forms(groups, everybody, told_one(told), lambda f: (f.kind, shape(f.name)[1]))
    match_forms(groups, everybody, slip, lambda f: (f.kind, shape(f.name)[0], shape(f.name)[1][:1]))
    near = Nearness(casts)
    match_called(groups, everybody)
    match_heard(groups, [e for e in everybody if e[0] in figures], near)
    asking = {(c.source, key) for c in casts for key in c.asking}
    match_single(groups, figures, known, {(c.source, key) for c in casts for key in c.labelled}, near, asking)
    return people(groups, figures, known)


def parts_told(figures: dict[Key, Figure], known: Known) -> dict[Key, Figure]:
    """The figures, with whoever has the full name of somebody played elsewhere as a character, unless some source
    tells a role of them or has them as a speaker; and no known person as a character."""
    persons = {plain(n) for p in known.people for n in (p.name, *p.aliases)}
    played = {plain(f.name) for f in figures.values() if f.kind == "character" and " " in f.name}
    played |= {plain(of) for of in parts_of(known)}
    played -= {plain(f.name) for f in figures.values() if f.kind == "person" and (f.roles or not f.mentions)}
    out = {}
    for key, f in figures.items():
        name = plain(f.name)
        if f.kind == "person" and name in played - persons:
            f = msgspec.structs.replace(f, kind="character")
        elif f.kind == "character" and name in persons:
            f = msgspec.structs.replace(f, kind="person")
        out[key] = f
    return out


def parts_of(known: Known) -> list[str]:
    """The parts that somebody is known to play."""
    return list(dict.fromkeys(r.of for p in known.people for r in p.roles if r.kind == "plays" and r.of))


def entries(figures: dict[Key, Figure], known: Known) -> list[Entry]:
    """All figures, and those known as figures without a source: persons and parts."""
    persons = [((KNOWN, p.name), Figure(p.name, p.name, p.aliases, "person", p.gender)) for p in known.people]
    parts = [((PART, of), Figure(of, of, (), "character")) for of in parts_of(known)]
    return [*persons, *parts, *figures.items()]


def rule(groups: Clusters, known: Known) -> None:
    """What a person has ruled: apart first, so that no merge undoes it."""
    for ruling in known.person_rulings:
        present = [f for f in ruling.figures if f in groups.parent]
        if ruling.type == "split":
            side = frozenset(ruling.side)
            for a in present:
                groups.apart[a] |= {b for b in present if b != a and (not side or (a in side) != (b in side))}
    for ruling in known.person_rulings:
        one = ruling.side if ruling.type == "split" else ruling.figures
        present = [f for f in one if f in groups.parent]
        if present:
            for other in present[1:]:
                groups.join(present[0], other, ruled=True)


def recognise(groups: Clusters, figures: dict[Key, Figure], known: Known) -> None:
    """Figures whose name stands among the names of somebody known, or is a known part's."""
    names: dict[str, Key] = {}
    for p in known.people:
        for name in (p.name, *p.aliases):
            names.setdefault(plain(name), (KNOWN, p.name))
    parts = {plain(of): (PART, of) for of in parts_of(known)}
    for key, f in figures.items():
        if f.kind in ("person", "label", "character"):
            table = parts if f.kind == "character" else names
            found = table.get(plain(f.name)) or next(
                (table[a] for a in map(plain, f.aliases) if a in table and " " in a), None
            )
            if found:
                groups.join(found, key)


def match_bodies(groups: Clusters, figures: dict[Key, Figure]) -> None:
    """Organisations and groups of one name."""
    first: dict[tuple[str, str], Key] = {}
    for key, f in figures.items():
        if f.kind in ("organisation", "group"):
            groups.join(first.setdefault((f.kind, plain(f.name)), key), key)


def match_equal(groups: Clusters, everybody: list[Entry], told: Telling) -> None:
    """Persons and characters with equal first names and surnames, whom nothing contradicts."""
    named: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for key, f in everybody:
        if f.kind in ("person", "character"):
            named[f.kind, *shape(f.name)[:2]].append((key, f))
    for found in named.values():
        if len(found) > 1:
            match_namesakes(groups, found, told)


Shape = tuple[str, str, tuple[str, ...], str]
Group = dict[Shape, Figure]


def match_forms(
    groups: Clusters,
    everybody: list[Entry],
    fits: Callable[[Figure, Figure], bool],
    bucket: Callable[[Figure], tuple[str, ...]],
) -> None:
    """Groups whose full names may be one person's by `fits`, within a bucket; a name that may be one of two people's,
    who are not each other, is nobody's."""
    buckets: dict[tuple[str, ...], dict[Key, Group]] = defaultdict(lambda: defaultdict(dict))
    for key, f in everybody:
        if f.kind in ("person", "character"):
            buckets[bucket(f)][groups.root(key)].setdefault((*shape(f.name), f.gender), f)
    for found in buckets.values():
        if 1 < len(found) <= MANY:
            match_bucket(groups, found, fits)


def match_bucket(groups: Clusters, found: dict[Key, Group], fits: Callable[[Figure, Figure], bool]) -> None:
    """The groups of one bucket."""

    def linked(a: Key, b: Key) -> bool:
        if groups.kept_apart(a, b):
            return False
        pairs = [(f, g) for f in found[a].values() for g in found[b].values()]
        return any(fits(f, g) for f, g in pairs) and not any(contrary(f, g) for f, g in pairs)

    near: dict[Key, list[Key]] = {a: [] for a in found}
    for a, b in combinations(found, 2):
        if linked(a, b):
            near[a].append(b)
            near[b].append(a)
    clear = {a for a, ns in near.items() if all(b in near[c] for b, c in combinations(ns, 2))}
    for a, ns in near.items():
        for b in ns:
            if a in clear and b in clear:
                groups.join(a, b)


def agree(a: Figure, b: Figure) -> bool:
    """Whether two full names of one surname may be one person's: a short form, an initial, a slip in a first name."""
    x, y = shape(a.name)[0], shape(b.name)[0]
    if same_first(x, y) or x in map(plain, b.called) or y in map(plain, a.called):
        return True
    return min(len(x), len(y)) >= LONG and x[:3] == y[:3] and Levenshtein.distance(x, y) == 1


def told_one(told: Telling) -> Callable[[Figure, Figure], bool]:
    """`agree`, and where two people are told to have one of the names, something that shows that they are one."""

    def both(a: Figure, b: Figure) -> bool:
        shared = told.two(a.name) or told.two(b.name)
        return agree(a, b) and (not shared or alike([a], [b]))

    return both


def slip(a: Figure, b: Figure) -> bool:
    """Whether the surnames of two full names with one first name differ by one letter, as a recogniser slips."""
    x, y = shape(a.name)[1], shape(b.name)[1]
    return min(len(x), len(y)) >= LONG and Levenshtein.distance(x, y) == 1


def match_called(groups: Clusters, everybody: list[Entry]) -> None:
    """Whoever is told to have another full name is the one person of that name, where one only has it: a name before
    marriage."""
    named: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for key, f in everybody:
        if f.kind == "person":
            named[shape(f.name)[:2]].append((key, f))
    for key, f in everybody:
        for name in f.called if f.kind == "person" else ():
            found = [e for e in named.get(shape(name)[:2], ()) if " " in name and not contrary(f, e[1])]
            if len({groups.root(k) for k, _ in found}) == 1:
                groups.join(found[0][0], key)


def match_heard(groups: Clusters, everybody: list[Entry], near: Nearness) -> None:
    """A full name that one transcript only has, spelt as it sounds, is the one person whose name sounds so and whom a
    source near it names: "Cathryn Boil" is Catherine Boyle."""
    sounding: Sounding = defaultdict(lambda: defaultdict(list))
    for key, f in everybody:
        if f.kind in ("person", "character"):
            first, last, _ = shape(f.name)
            sounding[skeleton(first), sound(last)][groups.root(key)].append((key, f))
    misheard(groups, sounding, near)
    for found in sounding.values():
        rare = [r for r, own in found.items() if {k[0] for k, _ in own} <= near.heard and len(own) == 1]
        for root in rare if len(found) == 2 else ():
            other = next(own for r, own in found.items() if r != root)
            (key, f) = found[root][0]
            if (
                f.kind == other[0][1].kind
                and not contrary(f, other[0][1])
                and near.near(key[0], {k[0] for k, _ in other})
            ):
                groups.join(other[0][0], key)


def misheard(groups: Clusters, sounding: Sounding, near: Nearness) -> None:
    """A full name that one transcript only has goes to the one person of other sources whose first name begins so and
    whose surname is nearly so: "Deli Linkvist" is Delia Lindqvist. Where what a source names in full is in no other
    source, nothing speaks against its being near."""
    alike: dict[tuple[str, str], list[Sounded]] = defaultdict(list)
    for found in sounding.values():
        for root, own in found.items():
            alike[begins(own[0][1])].append((root, own))
    for near_by in alike.values():
        for root, own in near_by if 1 < len(near_by) <= MANY else ():
            home = meant_by(groups, near_by, root, own, near)
            if home is not None:
                groups.join(home, own[0][0])


def begins(f: Figure) -> tuple[str, str]:
    """The first two letters of first name and surname."""
    first, last, _ = shape(f.name)
    return first[:2], last[:2]


def meant_by(groups: Clusters, near_by: list[Sounded], root: Key, own: list[Entry], near: Nearness) -> Key | None:
    """The one figure of other sources that a name which one transcript only has resembles."""
    key, f = own[0]
    if len(own) > 1 or f.kind != "person" or key[0] not in near.heard:
        return None
    like = [(r, o) for r, o in near_by if r != root and resembling(f, o[0][1]) and not contrary(f, o[0][1])]
    others = {k[0] for _, found in like for k, _ in found}
    if len({groups.root(r) for r, _ in like}) != 1 or len(others) < 2:
        return None
    return like[0][0] if near.near(key[0], others) or near.strange(key[0]) else None


def resembling(a: Figure, b: Figure) -> bool:
    """Whether a full name may be how a recogniser hears another that begins alike: the first name is the same or none,
    long surnames differ in a letter of four."""
    (x, last, _), (y, other, _) = shape(a.name), shape(b.name)
    if min(len(last), len(other)) < LONG or (x in first_names() and not same_first(x, y)):
        return False
    return Levenshtein.distance(last, other) <= max(len(last), len(other)) // 4


def match_single(
    groups: Clusters,
    figures: dict[Key, Figure],
    known: Known,
    labelled: set[Key],
    near: Nearness,
    asking: set[Key],
) -> None:
    """A surname or first name alone goes to the one person who has it; where several have, it stays alone. In a
    source that tells of parts, a first name that nobody has but one part is that part.

    A first name goes to somebody only whom a source near it names (see `Nearness`): friends call one another so.
    `labelled`: whom a speaker label names. A label of one word may be any Mary: it goes to somebody of another source
    by surname only, to somebody known, or who speaks in another episode of the series, by first name too, and never to
    another label. `asking`: who asks; an interviewer of one first name is the one interviewer who has it elsewhere."""
    named: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    staged = {key[0] for key, f in figures.items() if f.kind == "character"}
    singles = [(key, f) for key, f in figures.items() if f.kind in ("person", "character") and single(f)]
    asked = {prefix + shape(f.name)[1] for _, f in singles for prefix in ("", SHORT)}
    for key, f in entries(figures, known):
        if f.kind == "character" or (f.kind == "person" and len(f.name.split()) > 1):
            for word in single_names(f.name, f.called):
                if word in asked:
                    named[f.kind, word].append((key, f))
    homes = defaultdict(list, {where: kept(groups, found) for where, found in named.items()})
    alone: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    askers = {groups.root(key) for key in asking if " " in figures[key].name}
    for key, f in singles:
        last = shape(f.name)[1]
        fits = fitting(groups, homes[f.kind, last], key, f, near)
        if key in labelled:
            fits = told_by_label(groups, homes[f.kind, last], key, f, near, labelled)
            if not fits and key in asking:
                fits = {
                    r for h in homes[f.kind, last] if (r := groups.root(h.key)) in askers and not contrary(f, h.figure)
                }
        elif not fits and f.kind == "person" and (key[0] in staged or in_office(f)):
            fits = fitting(groups, homes["character", last], key, f, near)
        if not fits and key not in labelled:
            fits = fitting(groups, homes[f.kind, SHORT + last], key, f, near)
        if len(fits) == 1:
            groups.join(fits.pop(), key)
        elif not fits and key not in labelled:
            together(groups, alone[f.kind, plain(f.name), f.gender], key, near)


def single(f: Figure) -> bool:
    """Whether somebody goes by a single name."""
    return shape(f.name)[0] == shape(f.name)[1]


@lru_cache(maxsize=100_000)
def single_names(name: str, called: tuple[str, ...]) -> list[str]:
    """The words by which somebody may be called alone: first name, surname, nicknames, and, marked as such, what is
    short for the first name."""
    first, last, _ = shape(name)
    short = {SHORT + s for s in shorter().get(first, ())} if " " in name else set()
    return sorted({first, last, *short, *(plain(c) for c in called if " " not in c)})


def in_office(f: Figure) -> bool:
    """Whether all that is told of a surname is an office before it: "Dr Hale" may be a part that somebody plays."""
    return bool(f.roles) and all(r.kind == "job" and plain(r.title) in OFFICES for r in f.roles)


def together(groups: Clusters, before: list[Key], key: Key, near: Nearness) -> None:
    """A name alone that nobody has in full goes to the same name of another source; a first name only where much else
    is the same."""
    given = key[1].split()[-1].lower() in first_names()
    home = next((k for k in before if not given or near.near(key[0], {k[0]}, much=True)), None)
    if home is None:
        before.append(key)
    else:
        groups.join(home, key)


class Home(NamedTuple):
    """Figures of one group with the same name and gender: one of them, and the sources they stand in."""

    key: Key
    figure: Figure
    sources: set[str]


def kept(groups: Clusters, found: Iterable[Entry]) -> list[Home]:
    """The figures that a single name may belong to, each name of a group once: however many sources name somebody,
    looking them up costs the same."""
    homes: dict[tuple[Key, Shape, bool], Home] = {}
    for key, f in found:
        same = (groups.root(key), (*shape(f.name), f.gender), " " in f.name)
        home = homes.setdefault(same, Home(key, f, set()))
        home.sources.add(key[0])
    return list(homes.values())


def told_by_label(
    groups: Clusters, found: list[Home], key: Key, f: Figure, near: Nearness, labelled: set[Key]
) -> set[Key]:
    """The groups that a speaker label of one word may belong to."""
    word = shape(f.name)[1]
    speaks = {groups.root(k) for k in labelled if near.one_series(k[0], key[0])}
    sure = [
        h
        for h in found
        if KNOWN in h.sources
        or (shape(h.figure.name)[1] == word and word not in first_names())
        or groups.root(h.key) in speaks
    ]
    return fitting(groups, sure, key, f, near)


def fitting(groups: Clusters, found: list[Home], key: Key, f: Figure, near: Nearness) -> set[Key]:
    """The groups that a single name may belong to: fuller names first, never one of its own source; by first name only
    one that a source near it names."""
    word = shape(f.name)[1]
    able = [h for h in found if h.sources != {key[0]} and not contrary(f, h.figure)]
    able = [h for h in able if shape(h.figure.name)[1] == word or near.near(key[0], h.sources)]
    full = {groups.root(h.key) for h in able if len(h.figure.name.split()) > 1}
    return full or {groups.root(h.key) for h in able}
