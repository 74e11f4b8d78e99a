"""What a stretch of telling is compared by: words, phrases, names, works, numbers and dates, each with a weight that
grows with its rarity, in English at large and in the project."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from vivavoce.accounts.numbers import MEASURES, numbers
from vivavoce.accounts.signals import calendar
from vivavoce.accounts.words import sentences, stem, telling, weight, words
from vivavoce.model import Passage, Person, folded

Vector = dict[str, float]
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


def features_of(unit: list[Passage], who: Persons, alone: frozenset[str] = frozenset()) -> Vector:
    """Feature -> how much it is told of in a unit: once 1, oftener the logarithm more. What is asked is what is told
    of, and so is what a heading says, if it is of the unit `alone` and not of the whole article."""
    found: Counter[str] = Counter()
    for p in unit:
        named = {stem(part) for n in p.names for part in n.split()}
        stems = [stem(w) if tells(w) else "" for w, _, _ in words(p.text)]
        stems = [s if s not in named else "" for s in stems]
        found.update("w" + s for s in stems if s)
        found.update(f"p{a} {b}" for a, b in pairwise(stems) if a and b)
        if not p.heading:
            found.update("w" + s for s in asked_of(p).difference(stems, named))
        found.update("n" + meant(who, p.source, n) for n in p.names)
        found.update("k" + w for w in p.works)
        found.update("#" + c for c in counted_things(p.numbers))
        found.update("d" + d for d in p.dates if d[:1].isdigit())
        found.update("=" + said for said in whole_sentences(p.text))
        if p.person:
            found["t" + p.person.id] = 1
    weights = {f: 1 + log(n) for f, n in found.items()}
    if is_report(unit):
        weights.update({f: REPORTED * x for f, x in weights.items() if f[0] == "n" and f[1:] not in who.talk})
    named = {stem(part) for p in unit for n in p.names for part in n.split()}
    asked = {s for p in unit for s in asked_of(p)}
    for given, more in ((asked, ASKED), ({s for text in alone for s in stems_of(text)}, HEADED)):
        for s in sorted(given - named):
            weights["w" + s] = weights.get("w" + s, 0.0) + more
    return weights


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


def vectors(units: list[Vector], sources: list[str], flat: bool) -> list[Vector]:
    """Each unit's features with their weights, of length 1: how much it is told of, how rare it is in the project, and
    in English; without the works and names that everybody speaks of. `sources`: of each unit; `flat`: people talk,
    who use few rare words, so that rareness counts less."""
    everywhere = common(units, sources)
    units = [{f: x for f, x in u.items() if f not in everywhere} for u in units]
    spread = Counter(f for u in units for f in u)
    total = log(1 + len(units)) or 1.0
    power = min(1.0, log(1 + len(units)) / log(SHOWS)) if flat else 1.0
    rarity = {f: (log(1 + len(units) / n) / total) ** power for f, n in spread.items()}
    own = alone(units, sources) if flat else {}
    weights = {f: rarity[f] * plain(f, flat) * own.get(f, 1.0) for f in spread if f[0] != "="}
    told = [unit_vector({f: x * weights[f] for f, x in u.items() if f[0] != "="}) for u in units]
    return [{**v, **copied(u, spread)} for v, u in zip(told, units, strict=True)]


def alone(units: list[Vector], sources: list[str]) -> dict[str, float]:
    """The features that one source alone has, with what they weigh less: what nobody else tells of shows no event."""
    where: dict[str, set[str]] = defaultdict(set)
    for unit, source in zip(units, sources, strict=True):
        for f in unit:
            where[f].add(source)
    return {f: ALONE for f, named in where.items() if len(named) == 1}


def common(units: list[Vector], sources: list[str]) -> frozenset[str]:
    """The works and names that are told of in so many sources that they show no event: what the history is about. In a
    few units a name can be in no great number of sources, but in most of what is told."""
    where: dict[str, set[str]] = defaultdict(set)
    spread: Counter[str] = Counter()
    for unit, source in zip(units, sources, strict=True):
        for f in unit:
            if f[0] in "kn":
                where[f].add(source)
                spread[f] += 1
    most = max(SOURCES, EVERYWHERE * len(set(sources)))
    half = MOST_OF * len(units) if FEW_LEAST <= len(units) < FEW else len(units)
    return frozenset(f for f, named in where.items() if len(named) > most or (len(named) > 1 and spread[f] > half))


def copied(unit: Vector, spread: Counter[str]) -> Vector:
    """What the sentences that stand in another unit, too, add to a unit's vector, COPY in all."""
    shared = [f for f in unit if f[0] == "=" and spread[f] > 1]
    return {f: COPY / sqrt(len(shared)) for f in shared}


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
