"""Pairs of people who may be one: names that are alike, though nothing settles it. Proposed, never carried out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from vivavoce.model import Person, Value, folded
from vivavoce.people.lexicon import first_names, same_first, shorter
from vivavoce.people.lives import shape
from vivavoce.people.sounds import skeleton, sound

LONG = 5  # letters of a name in which one that differs is a slip
MANY = 60  # people with one word of a name, beyond which it tells nothing


class Pair(Value, frozen=True):
    """Two who may be one person. `why`: what of their names and lives is alike; `against`: what speaks for two. `sure`:
    how much speaks for one (0 to 1), by which pairs are ordered; it is no probability."""

    one: Person
    other: Person
    why: tuple[str, ...]
    against: tuple[str, ...] = ()
    sure: float = 0.0


def pairs(people: Sequence[Person]) -> list[Pair]:
    """The pairs of persons whose names may be one person's, what is likeliest first. People with many of one word (more
    than `MANY`) are not compared by it, so that it stays near to linear."""
    persons = [p for p in people if p.kind == "person" and folded(p.name)]
    buckets: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        for word in _words(person):
            buckets[word].append(person)
    found: dict[tuple[str, str], Pair] = {}
    for group in buckets.values():
        for a, b in combinations(group, 2) if len(group) <= MANY else ():
            one, other = sorted((a, b), key=lambda p: (" " not in p.name, -p.quotes, p.id))
            if one.id != other.id and (one.id, other.id) not in found and (pair := _pair(one, other)):
                found[one.id, other.id] = pair
    return sorted(found.values(), key=lambda p: (-p.sure, p.one.name, p.other.name, p.one.id, p.other.id))


def _words(person: Person) -> set[str]:
    """What somebody is compared by: how the surname and the first name sound, and what is short for the first name."""
    first, last, _ = shape(person.name)
    short = {f"w {s}" for s in shorter().get(first, ())} if first != last else set()
    return {f"w {sound(last)}", f"w {sound(first)}", f"w {last}", f"w {first}", *short}


def _pair(one: Person, other: Person) -> Pair | None:
    """Two people as a pair, or None where their names cannot be one's."""
    if one.gender and other.gender and one.gender != other.gender:
        return None
    why, sure = _alike(one.name, other.name)
    if not why:
        return None
    x, y = shape(one.name)[2], shape(other.name)[2]
    if x and y and x != y:
        return None
    lives = tuple(_lives(one, other))
    both = sorted({s for s, _ in one.figures} & {s for s, _ in other.figures})
    against = (f"both stand in {', '.join(both[:3])}, as two",) if both else ()
    return Pair(one, other, (why, *lives), against, round(sure + 0.1 * bool(lives) - 0.3 * bool(both), 3))


def _alike(one: str, other: str) -> tuple[str, float]:
    """What is alike in two names, in words, and how much that tells (0 to 1); "" where nothing is."""
    (first, last, _), (given, surname, _) = shape(one), shape(other)
    if given == surname:
        return _alone(first, last, surname, other)
    if first == last:
        return "", 0.0
    if (first, last) == (given, surname):
        return "the same name", 0.8
    if last == surname:
        return _first(first, given, one, other)
    heard = sound(last) == sound(surname)
    slip = min(len(last), len(surname)) >= LONG and Levenshtein.distance(last, surname) == 1
    if not heard and not slip:
        return "", 0.0
    if first == given or skeleton(first) == skeleton(given):
        return ("the names sound alike", 0.75) if heard else ("the surnames differ by one letter", 0.6)
    return (
        ("the surnames sound alike, and one first name is short for the other", 0.6)
        if same_first(first, given)
        else ("", 0.0)
    )


def _first(first: str, given: str, one: str, other: str) -> tuple[str, float]:
    """The same for two first names before one surname."""
    if min(len(first), len(given)) == 1 and first[0] == given[0]:
        return f"the same surname, and “{min(one, other, key=len)}” has the initial", 0.6
    if same_first(first, given):
        short, full = sorted((first, given), key=len)
        return f"the same surname, and {short.capitalize()} is short for {full.capitalize()}", 0.7
    if skeleton(first) == skeleton(given):
        return "the same surname, and first names that sound alike", 0.65
    if min(len(first), len(given)) >= LONG and Levenshtein.distance(first, given) == 1:
        return "the same surname, and first names that differ by one letter", 0.6
    return "", 0.0


def _alone(first: str, last: str, word: str, name: str) -> tuple[str, float]:
    """The same for a full name and one that is a single word."""
    if first == last:
        return ("the names sound alike", 0.5) if word != last and sound(word) == sound(last) else ("", 0.0)
    if word == last and word not in first_names():
        return f"“{name}” is the surname alone", 0.5
    if word == first:
        return f"“{name}” is the first name alone", 0.4
    if word in shorter().get(first, ()):
        return f"“{name}” is short for the first name", 0.4
    if len(word) >= LONG and sound(word) == sound(last):
        return f"“{name}” sounds like the surname", 0.4
    return "", 0.0


def _lives(one: Person, other: Person) -> Iterator[str]:
    """What two people are or do alike."""
    for a in one.roles:
        for b in other.roles:
            told, meant = folded(a.title or a.of), folded(b.title or b.of)
            if a.kind == b.kind and told and (told == meant or told.split()[-1] == meant.split()[-1]):
                yield f"both: {a.title or a.of}"
                return
