"""Who is who across sources."""

from __future__ import annotations

from collections import Counter

from vivavoce.model import Cast, Known, Person, slug


def resolve(casts: list[Cast], known: Known) -> list[Person]:
    """The persons behind the figures of all sources."""
    del known
    by_name: dict[str, list[tuple[str, str]]] = {}
    for cast in sorted(casts, key=lambda c: c.source):
        for f in cast.figures:
            by_name.setdefault(f.name, []).append((cast.source, f.key))
    seen: Counter[str] = Counter()
    out = []
    for name, figures in by_name.items():
        base = slug(name)
        seen[base] += 1
        ident = base if seen[base] == 1 else f"{base}-{seen[base]}"
        out.append(Person(ident, name, figures=tuple(figures)))
    return out
