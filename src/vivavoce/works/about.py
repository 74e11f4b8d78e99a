"""Which moments are about which work."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from vivavoce.model import Catalogue, Moment, Span, folded


def moments_about(catalogue: Catalogue, moments: Iterable[Moment]) -> dict[str, list[Moment]]:
    """The moments of each work (by id): those that name it, or in whose accounts it is named. A whole has only those
    that are about none of its parts."""
    by_name = {folded(n): e.id for e in catalogue.works for n in (*e.aliases, e.title)}
    places = named_at(catalogue)
    above = {e.id: e.part_of for e in catalogue.works}
    out: dict[str, list[Moment]] = defaultdict(list)
    for m in moments:
        ids = {by_name[folded(w)] for w in m.works if folded(w) in by_name}
        ids |= {name for a in m.accounts for s in a.spans for name in within(places.get(a.source, []), s)}
        wholes = {above[i] for i in ids} | {above.get(above[i], "") for i in ids}
        for name in sorted(ids - wholes):
            out[name].append(m)
    return dict(out)


def named_at(catalogue: Catalogue) -> dict[str, list[tuple[int, int, str]]]:
    """Where works are named in each source, in order."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for e in catalogue.works:
        for shown in e.evidence:
            places[shown.source].append((shown.start, shown.end, e.id))
    return {path: sorted(found) for path, found in places.items()}


def within(found: list[tuple[int, int, str]], span: Span) -> list[str]:
    """The works that are named in a stretch."""
    at = bisect_left(found, span[0], key=lambda f: f[0])
    names = []
    while at < len(found) and found[at][0] < span[1]:
        names.append(found[at][2])
        at += 1
    return names
