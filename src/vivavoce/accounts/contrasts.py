"""Where two accounts fill one place of one deed with two things: who did it, where, which, whether at all; and where
they judge one thing in opposite words. What a clause says is read by `frames`."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.accounts.agents import alike, in_post, to_whom, who_did
from vivavoce.accounts.clauses import Found, Told, met
from vivavoce.accounts.places import where_was, which_sort, which_title
from vivavoce.accounts.undone import existed, judged, whether, without
from vivavoce.model import Account, Relation


def contrasts(a: Account, b: Account, ours: list[Told], theirs: list[Told], apart: bool) -> Iterator[Relation]:
    """Where two accounts tell one deed otherwise, or name alike who did it, once for each topic; `apart`: they are two
    tellings, and may agree."""
    seen: set[str] = set()
    for x, y in met(ours, theirs):
        for kind, topic, (v, w) in (*compared(x, y, a, b), *(alike(x, y) if apart else ())):
            if topic not in seen:
                seen.add(topic)
                yield Relation(a.id, b.id, kind, topic, (v, w), (x.evidence, y.evidence), 0.6)


def compared(x: Told, y: Told, a: Account, b: Account) -> Iterator[Found]:
    """What two clauses tell otherwise."""
    yield from without(x, y)
    if "exist" in (x.frame.verb, y.frame.verb):
        yield from existed(x, y)
        return
    if x.frame.verb == y.frame.verb:
        yield from whether(x, y)
        if a.person and b.person and a.person.id != b.person.id:
            yield from judged(x, y)
    if not (x.frame.no or y.frame.no):
        yield from who_did(x, y)
        yield from in_post(x, y)
        yield from to_whom(x, y)
        yield from where_was(x, y)
        yield from which_title(x, y)
        yield from which_sort(x, y)
