"""Why somebody whom a source names is held to be a person: what of the name there, and of what is decided, shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.decisions import Decision
from vivavoce.model import KnownPerson, Person, Source, folded
from vivavoce.people.lexicon import same_first
from vivavoce.people.lives import shape
from vivavoce.people.sounds import skeleton, sound

SECOND = re.compile(r" \(\d+\)$")  # of two of one name in a source


def reasons(
    person: Person,
    figure: tuple[str, str],
    source: Source | None,
    people: Sequence[Person],
    known: Sequence[KnownPerson],
    standing: Sequence[Decision],
) -> list[str]:
    """Why a figure of a source is a person, the strongest reason first. `people`: everybody, among whom a short name
    may be another's too."""
    key = figure[1]
    name = SECOND.sub("", key)
    given = [_decided(d, figure) for d in standing]
    told = [r for r in (*given, _known(name, person, known), *_label(key, source)) if r]
    return list(dict.fromkeys([*told, _named(name, person, people)]))


def _decided(d: Decision, figure: tuple[str, str]) -> str:
    if not any((a.source, a.figure) == figure for a in d.target):
        return ""
    by = f"decided by {d.by}, {d.at[:10]}"
    if d.type == "speaker" and not d.target[0].exact:
        return f"the label is named: {by}"
    does = {"merge": "they are one person", "name": "the name"} if d.type == "person" else {}
    what = does.get(d.value["do"], "") if does else ""
    return f"{what}: {by}" if what else ""


def _known(name: str, person: Person, known: Sequence[KnownPerson]) -> str:
    one = next((k for k in known if folded(k.name) == folded(person.name)), None)
    if one and folded(name) in map(folded, (one.name, *one.aliases)):
        return "vivavoce.toml has this name for them"
    return ""


def _label(key: str, source: Source | None) -> list[str]:
    """What tells who a speaker label is."""
    turn = next((t for t in source.turns if key in (t.label, t.name)), None) if source else None
    if turn is None:
        return []
    if turn.why:
        return [f"the talk shows it: {turn.why}"]
    if turn.name and turn.label and turn.name != turn.label:
        return [f"the speaker “{turn.label}” is told to be {turn.name}"]
    return ["the speaker’s label"]


def _named(name: str, person: Person, people: Sequence[Person]) -> str:
    """What the name in a source has to do with the person's."""
    if folded(name) == folded(person.name):
        return "the same name"
    if person.kind != "person":
        return "a name of theirs"
    (first, last, _), (given, surname, _) = shape(person.name), shape(name)
    if given == surname:
        return _alone(given, first, last, person, people)
    if last == surname and same_first(first, given):
        return "the initial and the surname" if min(len(first), len(given)) == 1 else "a short form, and the surname"
    if sound(last) == sound(surname) and skeleton(first) == skeleton(given):
        return "the same name by its sound"
    if last == surname:
        return "the surname, with another first name or a title"
    return "another name by which a source has them"


def _alone(word: str, first: str, last: str, person: Person, people: Sequence[Person]) -> str:
    if word not in (first, last):
        return "a name by which a source calls them"
    what = "the surname alone" if word == last else "the first name alone"
    others = [p.name for p in people if p.id != person.id and p.kind == "person" and word in shape(p.name)[:2]]
    if not others:
        return f"{what}; nobody else here has it"
    return f"{what}, which {', '.join(others[:3])}{' and others' if len(others) > 3 else ''} could have too"
