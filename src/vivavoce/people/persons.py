"""The persons behind groups of figures, as values: name, aliases, kind, gender, and roles told once each."""

from __future__ import annotations

from collections import Counter

from vivavoce.model import Evidence, Figure, Known, KnownPerson, Person, Role, slug
from vivavoce.people.casting import NARRATOR
from vivavoce.people.clusters import KNOWN, PART, Clusters, Key
from vivavoce.people.lexicon import table, words
from vivavoce.people.lives import plain

ORDER = ("plays", "author", "job")


def people(groups: Clusters, figures: dict[Key, Figure], known: Known) -> list[Person]:
    """A person for each group that has a figure."""
    names = {p.name: p for p in known.people}
    ruled = {groups.root(f): r.name for r in known.person_rulings if r.name for f in r.figures if f in groups.parent}
    called: dict[Key, str] = {}
    order: dict[Key, list[Key]] = {}
    for key in figures:
        order.setdefault(groups.root(key), []).append(key)
    listed = {groups.root(k) for k in groups.parent if k[0] in (KNOWN, PART)}
    for root, own in order.items():
        own.sort()
        outside = [m for m in groups.members[root] if m[0] in (KNOWN, PART)] if root in listed else []
        told = outside[0][1] if outside else ""
        called[root] = ruled.get(root) or told or best_name([figures[m] for m in own])
    played = {key: called[root] for root, own in order.items() for key in own}
    seen: Counter[str] = Counter()
    out = []
    for root, own in order.items():
        known_as = (
            next((names.get(m[1]) for m in groups.members[root] if m[0] == KNOWN), None) if root in listed else None
        )
        out.append(person(called[root], own, figures, played, known_as, seen))
    return out


def best_name(found: list[Figure]) -> str:
    """The fullest name without titles, of equals the one that most sources use; none in capitals only, none that is
    told to be another name of theirs, and no initial for a first name, where there is another."""
    bare = {f.name: untitled(f.name) for f in found}
    used = Counter(bare[f.name] for f in found)
    once = {plain(name) for f in found for name in f.called}

    def fullness(name: str) -> tuple[bool, bool, bool, bool, int, int, int]:
        whole = bare[name]
        words = whole.split()
        known = plain(whole) in once if once else False
        several, initial = len(words) > 1, len(words[0].rstrip(".")) <= 1
        return not name.isupper(), several, not known, not initial, len(words), used[whole], len(whole)

    return bare[max(bare, key=fullness)]


def untitled(name: str) -> str:
    """A full name without a title before it; "Mr Lowe" keeps it."""
    parts = name.split()
    while len(parts) > 2 and parts[0].rstrip(".").lower() in words("titles"):
        parts.pop(0)
    return " ".join(parts)


def person(
    name: str,
    own: list[Key],
    figures: dict[Key, Figure],
    played: dict[Key, str],
    known: KnownPerson | None,
    seen: Counter[str],
) -> Person:
    """The finished value."""
    found = [figures[k] for k in own]
    kinds, genders = [f.kind for f in found], [f.gender for f in found if f.gender]
    kind = "person" if known else "character" if "character" in kinds else commonest(kinds)
    base = slug(name)
    if kind == "label":
        base = f"{base}-{slug(own[0][0])}"
    seen[base] += 1
    told = [(r, "") for r in known.roles] if known else []
    told += [(r, k[0]) for k, f in zip(own, found, strict=True) for r in f.roles]
    return Person(
        id=base if seen[base] == 1 else f"{base}-{seen[base]}",
        name=name,
        aliases=aliases(name, known.aliases if known else (), found),
        roles=merged(told, played),
        kind=kind,
        gender=(known.gender if known else "") or commonest(genders),
        figures=tuple(own),
    )


def commonest(values: list[str]) -> str:
    """The value that comes most often, of equals the first; "" of none."""
    if values[1:] == values[:-1]:
        return values[0] if values else ""
    return Counter(values).most_common(1)[0][0]


def aliases(name: str, given: tuple[str, ...], found: list[Figure]) -> tuple[str, ...]:
    """The other names, each once, however written in capitals; that somebody tells is none."""
    out = {name.casefold(): name}
    for one in (*given, *(a for f in found for a in (f.name, *f.aliases, *f.called) if a != NARRATOR)):
        out.setdefault(" ".join(one.split()).casefold(), " ".join(one.split()))
    out.pop(name.casefold())
    return tuple(filter(None, out.values()))


def merged(roles: list[tuple[Role, str]], played: dict[Key, str]) -> tuple[Role, ...]:
    """Each role once with all its evidence, in the fullest words that tell it, those most told first; a character goes
    by the name that all sources give it."""
    out: list[tuple[Role, list[Evidence]]] = []
    for role, source in roles:
        if role.evidence and not tells(role):
            continue
        of = played.get((source, role.of), role.of)
        one = Role(role.kind, of, role.title, role.work, (), role.when)
        at = next((i for i, (r, _) in enumerate(out) if same(r, one)), None)
        if at is None:
            out.append((one, list(role.evidence)))
        else:
            held, shown = out[at]
            title = held.title if not shown or len(held.title) >= len(one.title) else one.title
            title = next((t for t in (held.title, one.title) if t.lower() in words("seats")), title)
            when = "then" if "then" in (held.when, one.when) else held.when or one.when
            whole = Role(held.kind, held.of or one.of, title, held.work or one.work, (), when)
            out[at] = (whole, [*shown, *(e for e in role.evidence if e not in shown)])
    out.sort(key=lambda r: (ORDER.index(r[0].kind) if r[0].kind in ORDER else len(ORDER), -len(r[1])))
    return tuple(Role(r.kind, r.of, r.title, r.work, tuple(e), r.when) for r, e in out)


def same(a: Role, b: Role) -> bool:
    """Whether two roles are one: a trade may be told in more words ("mayor", "mayor of Port Hale")."""
    if a.kind != b.kind or plain(a.of) != plain(b.of) or (a.work and b.work and plain(a.work) != plain(b.work)):
        return False
    if {seat(a.title), seat(b.title)} - {""} and seat(a.title) == seat(b.title):
        return True
    x, y = sorted((plain(a.title).split(), plain(b.title).split()), key=len)
    return x == y or (bool(x) and x in (y[: len(x)], y[-len(x) :]))


def seat(title: str) -> str:
    """The letters of a seat in a parliament, however it is told: "MSP", "member of the Scottish Parliament"."""
    low = title.lower()
    letters = table("trades")["letters"]
    return low if low in words("seats") else next((s for s in sorted(words("seats")) if letters.get(s) == title), "")


def tells(role: Role) -> bool:
    """Whether a role that a text tells says something beside a name: "colleague" and "author" alone do not."""
    if role.kind == "job":
        return role.title != "" and {plain(role.title), role.title.lower()}.isdisjoint(words("not_jobs"))
    return role.kind != "author" or bool(role.of or role.work)
