"""Who is who across sources: figures brought together to persons, carefully, and as a person has ruled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from vivavoce.model import Cast, Evidence, Figure, Known, Person, Role, folded, slug
from vivavoce.people.lexicon import same_first, words

Key = tuple[str, str]
KNOWN = "\0known"


class Clusters:
    """Figures in groups, with the pairs that must stay apart; two figures of one source are two people."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.parent = {k: k for k in keys}
        self.members: dict[Key, list[Key]] = {k: [k] for k in self.parent}
        self.sources = {k: {k[0]} - {KNOWN} for k in self.parent}
        self.apart: dict[Key, set[Key]] = defaultdict(set)

    def root(self, k: Key) -> Key:
        """The group of a figure."""
        while self.parent[k] != k:
            self.parent[k] = self.parent[self.parent[k]]
            k = self.parent[k]
        return k

    def kept_apart(self, a: Key, b: Key) -> bool:
        """Whether a ruling keeps two groups apart."""
        if not self.apart:
            return False
        left = set(self.members[b])
        return any(self.apart[m] & left for m in self.members[a] if m in self.apart)

    def clash(self, a: Key, b: Key) -> bool:
        """Whether two groups hold figures of one source."""
        return not self.sources[a].isdisjoint(self.sources[b])

    def join(self, a: Key, b: Key, ruled: bool = False) -> None:
        """Make one group of two, unless something keeps them apart (a ruling wins over one source's two figures)."""
        a, b = self.root(a), self.root(b)
        if a == b or self.kept_apart(a, b) or (not ruled and self.clash(a, b)):
            return
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        self.parent[b] = a
        self.members[a] += self.members.pop(b)
        self.sources[a] |= self.sources.pop(b)


def resolve(casts: list[Cast], known: Known) -> list[Person]:
    """The persons behind the figures of all sources, in order of first source; also characters, organisations, labels
    (see `Person.kind`).

    Rulings win over everything, then `known.people`, then names: equal full names, short forms and initials with one
    surname, a surname or first name alone where only one person has it. Genders or middle initials that contradict
    keep apart, and so does standing in one source as two figures.
    """
    figures = {(c.source, f.key): f for c in sorted(casts, key=lambda c: c.source) for f in c.figures}
    known_keys = [(KNOWN, p.name) for p in known.people]
    groups = Clusters([*figures, *known_keys])
    rule(groups, known)
    recognise(groups, figures, known)
    match_full(groups, figures, known)
    match_single(groups, figures, known)
    return people(groups, figures, known)


def rule(groups: Clusters, known: Known) -> None:
    """What a person has ruled: apart first, so that no merge undoes it."""
    for ruling in known.person_rulings:
        present = [f for f in ruling.figures if f in groups.parent]
        if ruling.type == "split":
            for a in present:
                groups.apart[a] |= {b for b in present if b != a}
    for ruling in known.person_rulings:
        present = [f for f in ruling.figures if f in groups.parent]
        if ruling.type in ("merge", "name"):
            for other in present[1:]:
                groups.join(present[0], other, ruled=True)


def recognise(groups: Clusters, figures: dict[Key, Figure], known: Known) -> None:
    """Figures whose name stands among the names of somebody known."""
    names: dict[str, Key] = {}
    for p in known.people:
        for name in (p.name, *p.aliases):
            names.setdefault(folded(name), (KNOWN, p.name))
    for key, f in figures.items():
        found = names.get(folded(f.name)) or next(
            (names[a] for a in map(folded, f.aliases) if a in names and " " in a), None
        )
        if found and f.kind in ("person", "label"):
            groups.join(found, key)


def shape(name: str) -> tuple[str, str, tuple[str, ...]]:
    """First name, surname and middle initials of a name, small letters, titles and "Jr." taken off."""
    parts = [w.strip(".").lower() for w in name.split()]
    parts = [w for w in parts if w not in words("suffixes")] or parts
    while len(parts) > 1 and parts[0] in words("titles"):
        parts.pop(0)
    return parts[0], parts[-1], tuple(w[0] for w in parts[1:-1])


def contrary(a: Figure, b: Figure) -> bool:
    """Whether two figures cannot be one person."""
    if a.gender and b.gender and a.gender != b.gender:
        return True
    x, y = shape(a.name)[2], shape(b.name)[2]
    return bool(x and y and x != y)


def entries(figures: dict[Key, Figure], known: Known) -> list[tuple[Key, Figure]]:
    """All figures, and those known as figures without a source."""
    return [
        *((((KNOWN, p.name), Figure(p.name, p.name, p.aliases, "person", p.gender))) for p in known.people),
        *figures.items(),
    ]


def match_full(groups: Clusters, figures: dict[Key, Figure], known: Known) -> None:
    """Names of two words or more with one surname and first names that agree; one kind of figure each."""
    by_last: dict[tuple[str, str], list[tuple[Key, Figure]]] = defaultdict(list)
    for key, f in entries(figures, known):
        if f.kind in ("label", "organisation", "group"):
            if f.kind != "label":
                by_last[f.kind, folded(f.name)].append((key, f))
        elif len(f.name.split()) > 1:
            by_last[f.kind, shape(f.name)[1]].append((key, f))
    for (kind, _), found in by_last.items():
        seen: list[tuple[Key, Figure]] = []
        for key, f in found:
            home = next((k for k, g in seen if kind in ("organisation", "group") or agree(f, g)), None)
            if home:
                groups.join(home, key)
            if home is None or groups.root(home) != groups.root(key):
                seen.append((key, f))


def agree(a: Figure, b: Figure) -> bool:
    """Whether two full names may be one person's."""
    return same_first(shape(a.name)[0], shape(b.name)[0]) and not contrary(a, b)


def match_single(groups: Clusters, figures: dict[Key, Figure], known: Known) -> None:
    """A surname or first name alone goes to the one person who has it; where several have, it stays alone. In a
    source that tells of parts, a first name that nobody has but one part is that part."""
    homes: dict[tuple[str, str], list[tuple[Key, Figure]]] = defaultdict(list)
    staged = {key[0] for key, f in figures.items() if f.kind == "character"}
    for key, f in entries(figures, known):
        if f.kind == "character" or (len(f.name.split()) > 1 and f.kind == "person"):
            first, last, _ = shape(f.name)
            for word in sorted({first, last}):
                homes[f.kind, word].append((key, f))
    alone: dict[tuple[str, str, str], Key] = {}
    for key, f in figures.items():
        first, last, _ = shape(f.name)
        if f.kind not in ("person", "character") or first != last:
            continue
        fits = fitting(groups, homes[f.kind, last], key, f)
        if not fits and f.kind == "person" and key[0] in staged:
            fits = fitting(groups, homes["character", last], key, f)
        if len(fits) == 1:
            groups.join(fits.pop(), key)
        elif not fits:
            groups.join(alone.setdefault((f.kind, folded(f.name), f.gender), key), key)


def fitting(groups: Clusters, found: list[tuple[Key, Figure]], key: Key, f: Figure) -> set[Key]:
    """The groups that a single name may belong to: fuller names first, never one of its own source."""
    able = [(k, g) for k, g in found if k[0] != key[0] and not contrary(f, g)]
    full = {groups.root(k) for k, g in able if len(g.name.split()) > 1}
    return full or {groups.root(k) for k, g in able}


# --- the persons --------------------------------------------------------------------------------------------


def people(groups: Clusters, figures: dict[Key, Figure], known: Known) -> list[Person]:
    """A person for each group that has a figure."""
    names = {p.name: p for p in known.people}
    ruled = {groups.root(f): r.name for r in known.person_rulings if r.name for f in r.figures if f in groups.parent}
    called: dict[Key, str] = {}
    order: dict[Key, list[Key]] = {}
    for key in figures:
        order.setdefault(groups.root(key), [])
    for root in order:
        members = groups.members[root]
        own = figures_in_order(members, figures)
        told = next((m[1] for m in members if m[0] == KNOWN), "")
        called[root] = ruled.get(root) or told or best_name([figures[m] for m in own])
        order[root] = own
    played = {key: called[groups.root(key)] for key in figures}
    seen: Counter[str] = Counter()
    out = []
    for root, own in order.items():
        known_as = names.get(next((m[1] for m in groups.members[root] if m[0] == KNOWN), ""))
        extra = (known_as.aliases, known_as.roles, known_as.gender) if known_as else ((), (), "")
        out.append(person(called[root], own, figures, played, extra, seen))
    return out


def figures_in_order(members: list[Key], figures: dict[Key, Figure]) -> list[Key]:
    """The figures of a group, by source."""
    return sorted(m for m in members if m in figures)


def best_name(found: list[Figure]) -> str:
    """The fullest name, the most named of equals; none in capitals only where there is another."""
    return max(found, key=lambda f: (not f.name.isupper(), len(f.name.split()), len(f.mentions))).name


def person(
    name: str,
    own: list[Key],
    figures: dict[Key, Figure],
    played: dict[Key, str],
    extra: tuple[tuple[str, ...], tuple[Role, ...], str],
    seen: Counter[str],
) -> Person:
    """The finished value. `extra`: what vivavoce.toml tells (aliases, roles, gender)."""
    found = [figures[k] for k in own]
    kinds, genders = Counter(f.kind for f in found), Counter(f.gender for f in found if f.gender)
    kind = "character" if "character" in kinds else kinds.most_common(1)[0][0]
    base = slug(name)
    if kind == "label":
        base = f"{base}-{slug(own[0][0])}"
    seen[base] += 1
    aliases = dict.fromkeys([*extra[0], *(a for f in found for a in (f.name, *f.aliases))])
    aliases.pop(name, None)
    return Person(
        id=base if seen[base] == 1 else f"{base}-{seen[base]}",
        name=name,
        aliases=tuple(" ".join(a.split()) for a in aliases if a),
        roles=merged(
            [*((r, "") for r in extra[1]), *((r, k[0]) for k, f in zip(own, found, strict=True) for r in f.roles)],
            played,
        ),
        kind=kind,
        gender=extra[2] or (genders.most_common(1)[0][0] if genders else ""),
        figures=tuple(own),
    )


def merged(roles: list[tuple[Role, str]], played: dict[Key, str]) -> tuple[Role, ...]:
    """Equal roles made one with all their evidence; a character goes by the name that all sources give it."""
    out: dict[tuple[str, str, str, str], list[Evidence]] = {}
    for role, source in roles:
        of = played.get((source, role.of), role.of)
        shown = out.setdefault((role.kind, of, role.title, role.work), [])
        shown += [e for e in role.evidence if e not in shown]
    return tuple(Role(kind, of, title, work, tuple(e)) for (kind, of, title, work), e in out.items())
