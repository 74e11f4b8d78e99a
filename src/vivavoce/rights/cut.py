"""What the passes over a history ask of one another: what is barred, what is hidden, what became of whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vivavoce.model import Evidence, Person, PersonRef, Quote, Source, Span
from vivavoce.rights.bars import Bars
from vivavoce.rights.spans import hits
from vivavoce.rights.words import Secret, tells


class Cut(NamedTuple):
    """What the passes over a history ask: what is barred, the published sources by path, the hidden stretches by
    path, the words that must not be told, what became of quotations (by id; `whole`: the ids of those that lost
    nothing) and of persons (by id), and the recordings that hold something withheld."""

    barred: Bars
    sources: dict[str, Source]
    hidden: dict[str, tuple[Span, ...]]
    secret: Secret
    quotes: dict[str, Quote]
    whole: frozenset[str]
    silent: frozenset[str]
    people: dict[str, Person]


def evident(evidence: Iterable[Evidence], cut: Cut) -> tuple[Evidence, ...]:
    """The evidence that stands in shown text."""
    return tuple(e for e in evidence if shown(e.source, (e.start, e.end), cut))


def shown(source: str, span: Span, cut: Cut) -> bool:
    """Whether a stretch of a source is shown, all of it."""
    return source in cut.sources and not hits(span, cut.hidden[source])


def ref(person: PersonRef | None, cut: Cut) -> PersonRef | None:
    """A person as published; one whom the history does not list stays if the name tells nothing."""
    if person is None or person.id in cut.barred.persons:
        return None
    if person.id in cut.people:
        return PersonRef(cut.people[person.id].id, cut.people[person.id].name)
    return None if person.id in cut.barred.known or tells(f"{person.name} {person.id}", cut.secret) else person
