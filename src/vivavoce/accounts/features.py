"""What a stretch of telling is compared by: words, phrases, names, works, numbers and dates; who is meant by a name,
and what each weighs in any project. `noted` finds them in passages, `units` weighs them in all of a project."""

from __future__ import annotations

import re
from math import sqrt
from typing import NamedTuple

from vivavoce.accounts.numbers import MEASURES, numbers
from vivavoce.accounts.products import Vector
from vivavoce.accounts.signals import calendar
from vivavoce.accounts.words import sentences, stem, telling, weight, words
from vivavoce.model import Passage, Person, folded

Names = dict[str, str]
# What a feature of each kind weighs beside a word; the first letter of a feature is its kind.
KINDS = {"w": 1.0, "p": 0.3, "n": 0.4, "t": 0.25, "k": 1.5, "#": 1.0, "d": 1.5}
COPIED = 5  # blanks in a sentence of six words: as long as that, two are copies if they are alike
COPY = 0.4  # length that copied sentences add to a vector of length 1
SMALL, LARGE = 12, 2.5  # numbers of things up to SMALL are told of many events; what a larger one weighs
# What a name counts more for in an article, for a report names who and where; not that of somebody who tells in a
# talk: everybody of a history names everybody.
REPORTED = 3.0
EVERYWHERE, SOURCES = 0.2, 4  # share of the sources, and number, above which a name or work shows no event
FEW_LEAST = 4  # units from which it shows at all what most tell of
FEW, MOST_OF = (
    30,
    0.5,
)  # in so few units, one that stands in such a share of them, and in two sources, shows none either
DAYS = 0.7  # what a day weighs less where people talk: many things happened on the great day of a history
ALONE = 0.5  # what a feature weighs less that only one source has
ENGLISH = 0.3  # power of how rare a word is in English, where people talk, who use few rare words
SHOWS = 400  # units from which on their own words show how rare each is
ASKED = 1.0  # what it adds to a word that the question has it
# A sentence of a question that introduces a talk, or who is in it, and asks of nothing.
OPENS = re.compile(
    r"\b(?:this is|my name is|welcome (?:back )?to|with me (?:is|are|now|today|in)"
    r"|(?:I['’]m|I am|we['’]re|we are|you['’]re) (?:\w+ )?(?:with|in|at|here|listening)"
    r"|thank(?:s| you)(?: so much| very much)? for (?:agreeing|having|talking|coming|seeing|joining)"
    r"|for (?:the )?(?:tape|record|level)|(?:you|he|she|they) (?:was|were|are|is) (?:the|a|an|our)\b[^?]*$)",
    re.I,
)
HEADED = 2.0  # what it adds to a word that the heading of a section has it


class Persons(NamedTuple):
    """Who is meant by a name: ids by (source, folded figure key), by folded name, a character's player, and the one
    full name that a first or last name stands for; `talk`: the ids of those who tell in talks; `ids`: of all. What is
    worked out of one moment alone asks `meant`, and nothing else of it; `asked` holds what it asked: see `kept.py`."""

    figures: dict[tuple[str, str], str]
    names: Names
    played: Names
    fuller: Names
    talk: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    asked: dict[tuple[str, str], tuple[str, bool]] | None = None


def persons(people: list[Person], passages: list[Passage]) -> Persons:
    """The names of all people, characters as those who play them, and those that only the passages have."""
    named: Names = {}
    for person in people:
        for name in (person.name, *person.aliases):
            put(named, folded(name), person.id)
    players: Names = {}
    for person in people:
        for role in person.roles:
            if role.kind == "plays" and role.of:
                put(players, folded(role.of), person.id)
    player_of = parts(list(players))
    played = {}
    for person in people:
        name = folded(person.name)
        if person.kind == "character":
            played[person.id] = players.get(name) or players.get(player_of.get(name, ""), "") or person.id
    for name, player in players.items():
        put(named, name, player)
    figures = {(source, folded(key)): p.id for p in people for source, key in p.figures}
    return Persons(
        figures=figures,
        names=named,
        played=played,
        fuller=parts([*named, *sorted({n for p in passages for n in p.names})]),
        talk=frozenset(p.person.id for p in passages if p.person and not p.heading),
        ids=frozenset((*figures.values(), *named.values())),
    )


def meant(who: Persons, source: str, name: str) -> str:
    """The id behind a folded name in a source, else the fullest form of the name. `asked` gets it, and whether it is an
    id."""
    person = who.figures.get((source, name)) or who.names.get(name)
    if not person:
        fuller = who.fuller.get(name, name)
        person = who.names.get(fuller) or fuller
    found = who.played.get(person, person)
    if who.asked is not None:
        who.asked[source, name] = found, found in who.ids
    return found


def somebody(who: Persons, source: str, name: str) -> bool:
    """Whether a folded name in a source is one of the people's."""
    return meant(who, source, name) in who.ids


def put(table: Names, name: str, meant: str) -> None:
    """Enter a name; one that means two stands for neither."""
    table[name] = meant if table.get(name, meant) == meant else ""


def parts(names: list[str]) -> Names:
    """First or last word of a name -> the one full name that has it."""
    found: Names = {}
    for name in names:
        pieces = name.split()
        for piece in {pieces[0], pieces[-1]} if len(pieces) > 1 else ():
            put(found, piece, name)
    return {piece: name for piece, name in found.items() if name}


def is_report(unit: list[Passage]) -> bool:
    """Whether a unit is of an article, and not of a talk."""
    return all(p.heading for p in unit)


def asked_of(p: Passage) -> set[str]:
    """The stems of the telling words of the question before a passage of a talk; what only introduces who speaks, and
    where, asks of nothing."""
    if p.heading:
        return set()
    spans = sentences(p.around, 0, len(p.around))
    return {s for a, b in spans if not OPENS.search(p.around[a:b]) for s in stems_of(p.around[a:b])}


def stems_of(text: str) -> set[str]:
    """The stems of the telling words of a text."""
    return {stem(w) for w, _, _ in words(text) if tells(w)}


def tells(word: str) -> bool:
    """Whether a folded word may show what is told of: not the name of a day or a month."""
    return telling(word) and word not in calendar()


def whole_sentences(text: str) -> list[str]:
    """The sentences of a text that are long enough to be the same only where one was copied from the other, folded."""
    found = (folded(text[a:b]).strip(" .!?…") for a, b in sentences(text, 0, len(text)))
    return [said for said in found if said.count(" ") >= COPIED]


def counted_things(said: tuple[str, ...]) -> list[str]:
    """Exact numbers with their thing, in one spelling: "17 takes", "seventeen takes" are "17 tak"."""
    found = [n for text in said for n in numbers(text)]
    return [f"{n.least:g} {n.thing}" for n in found if n.least == n.most and n.thing not in MEASURES]


def plain(feature: str, flat: bool = False) -> float:
    """What a feature weighs in any project."""
    kind, said = feature[0], feature[1:]
    power = ENGLISH if flat else 1.0
    if kind == "#" and float(said.split(" ")[0]) > SMALL:
        return LARGE
    if kind == "w":
        return float(weight(said) ** power)
    if kind == "n" and " " not in said:
        return KINDS["n"] * weight(stem(said))  # "mother" is nobody's name alone
    if kind == "p":
        a, b = said.split(" ")
        return float(KINDS["p"] * ((weight(a) + weight(b)) / 2) ** power)
    return KINDS[kind] * (DAYS if flat and kind == "d" else 1.0)


def unit_vector(v: Vector) -> Vector:
    """The vector with length 1."""
    length = sqrt(sum(x * x for x in v.values()))
    return {f: x / length for f, x in v.items()} if length else {}


def dot(a: Vector, b: Vector) -> float:
    """The product of two vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[f] for f, x in a.items() if f in b)
