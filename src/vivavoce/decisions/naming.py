"""Decisions laid over the people: roles, other names, and the name under which somebody is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from vivavoce.decisions.anchors import Lookup
from vivavoce.decisions.journal import Decision, Review, order
from vivavoce.decisions.rulings import figures_of, located
from vivavoce.model import Cast, Person, Restriction, Role, folded

PSEUDONYM = "shown under another name"
"""The ground of what is withheld for it."""


def over_people(
    people: Iterable[Person], decisions: Iterable[Decision], lookup: Lookup, casts: Iterable[Cast]
) -> tuple[list[Person], tuple[Review, ...]]:
    """The people with the roles and other names that a person gave or took from them, in the order of the decisions;
    and those decisions that are about nobody now."""
    told = list(people)
    reviews: list[Review] = []
    for decision, at in _whose(told, decisions, ("role", "alias"), lookup, casts, reviews):
        if at is None:
            reviews.append(Review(decision.id, decision.type, "nobody is found for it", _says(decision)))
        elif decision.value["do"] == "alias":
            does = _uncalled if decision.value.get("not") else _called
            told[at] = does(told[at], str(decision.value["name"]))
        else:
            role = msgspec.convert(decision.value["role"], Role)
            told[at] = (_without if decision.value.get("not") else _with)(told[at], role)
    return told, tuple(reviews)


def pseudonyms(
    people: Sequence[Person], decisions: Iterable[Decision], lookup: Lookup, casts: Iterable[Cast]
) -> tuple[tuple[Restriction, ...], tuple[Review, ...]]:
    """The names under which people are to be shown, as restrictions on their own; somebody who asked for one and is
    not found for certain is withheld under every name that the decision has. Of two for one person the later holds."""
    reviews: list[Review] = []
    held: dict[str, tuple[Decision, Restriction]] = {}
    lost: list[Restriction] = []
    for decision, at in _whose(people, decisions, ("pseudonym",), lookup, casts, reviews):
        if at is None:
            lost += [Restriction("person", a.figure or a.exact, ground="pseudonym") for a in decision.target]
            reviews.append(Review(decision.id, decision.type, "nobody is found for it", _says(decision)))
            continue
        before = held.get(people[at].id)
        if before and _says(before[0]) != _says(decision):
            why = "two decisions say under which name somebody is shown; the later holds: undo one of them"
            for d in (before[0], decision):
                said = (_says(before[0]), _says(decision))
                reviews.append(Review(d.id, d.type, why, *said, applied=d is decision))
        rule = Restriction("person", people[at].id, ground=PSEUDONYM, called=_says(decision))
        held[people[at].id] = (decision, rule)
    return (*(rule for _, rule in held.values()), *lost), tuple(reviews)


def _whose(
    people: Sequence[Person],
    decisions: Iterable[Decision],
    does: tuple[str, ...],
    lookup: Lookup,
    casts: Iterable[Cast],
    reviews: list[Review],
) -> list[tuple[Decision, int | None]]:
    """The decisions that do something of `does`, earliest first, each with the number of the person whom most of its
    mentions are (None: of nobody, or as many of another)."""
    mine = [d for d in sorted(decisions, key=order) if d.type == "person" and d.value.get("do") in does]
    places = located(mine, lookup)
    by_source = {c.source: c for c in casts}
    home = {figure: n for n, p in enumerate(people) for figure in p.figures}
    out: list[tuple[Decision, int | None]] = []
    for d in mine:
        found = [home[f] for f in figures_of(d, places, by_source, reviews) if f in home]
        often = sorted({n: found.count(n) for n in found}.items(), key=lambda row: -row[1])
        clear = len(often) == 1 or (len(often) > 1 and often[0][1] > often[1][1])
        out.append((d, often[0][0] if clear else None))
    return out


def _says(decision: Decision) -> str:
    value = decision.value
    return " ".join(str(value.get("name") or value["do"]).split())


def _called(person: Person, name: str) -> Person:
    given = " ".join(name.split())
    known = {folded(n) for n in (person.name, *person.aliases)}
    return person if folded(given) in known else replace(person, aliases=(*person.aliases, given))


def _uncalled(person: Person, name: str) -> Person:
    return replace(person, aliases=tuple(a for a in person.aliases if folded(a) != folded(name)))


def _with(person: Person, role: Role) -> Person:
    """A person with a role told by hand, before those that were found; one that was found too keeps its evidence."""
    same = next((r for r in person.roles if _key(r) == _key(role)), None)
    made = replace(role, evidence=same.evidence if same else ())
    return replace(person, roles=(made, *(r for r in person.roles if r is not same)))


def _without(person: Person, role: Role) -> Person:
    """A person without the roles that say what a given one says (what it leaves open may be anything)."""
    wanted = _key(role)
    return replace(
        person,
        roles=tuple(r for r in person.roles if not all(not w or w == k for w, k in zip(wanted, _key(r), strict=True))),
    )


def _key(role: Role) -> tuple[str, str, str, str]:
    return role.kind, folded(role.of), folded(role.title), folded(role.work)
