"""What vivavoce.toml tells of people, as the words by which a text may name them; it wins over what a text shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vivavoce.model import Known, KnownPerson
from vivavoce.people.lexicon import words
from vivavoce.people.names import Name

Words = tuple[str, ...]


class Told(NamedTuple):
    """Somebody known is a number: first the known persons in order, then the parts that they are known to play.

    Names in small letters: `forms` -> who has that name or alias, or an alias of one word with their surname;
    `alone`: a first name or surname that one only has; `part_words`: single words that parts have and no person.
    """

    people: tuple[KnownPerson, ...]
    forms: dict[Words, int]
    alone: dict[str, int]
    part_words: frozenset[str]


def plain(name: Iterable[str]) -> Words:
    """The words of a name in small letters, without full stops, with straight apostrophes."""
    return tuple(w.lower().rstrip(".").replace("’", "'") for w in name)


def untitled(name: Words) -> Words:
    """A name without the titles before it."""
    first = next((i for i, w in enumerate(name[:-1]) if w.lower().rstrip(".") not in words("titles")), len(name) - 1)
    return name[max(first, 0) :]


def told(known: Known) -> Told:
    """What is known, ready to be looked up."""
    forms: dict[Words, int] = {}
    having: dict[str, set[int]] = {}
    parts = dict.fromkeys(r.of for p in known.people for r in p.roles if r.kind == "plays" and r.of)
    everybody = [*((p.name, *p.aliases) for p in known.people), *((part, " ".join(bare(part))) for part in parts)]
    for number, names in enumerate(everybody):
        for name in filter(None, (plain(n.split()) for n in names)):
            forms.setdefault(name, number)
            for w in {untitled(name)[0], name[-1]}:
                having.setdefault(w, set()).add(number)
    for number, p in enumerate(known.people):
        whole = untitled(plain(p.name.split()))
        for alias in (plain(a.split()) for a in p.aliases):
            if len(alias) == 1 and len(whole) > 1:
                forms.setdefault((*alias, whole[-1]), number)
    alone = {w: min(ns) for w, ns in having.items() if len(ns) == 1}
    return Told(known.people, forms, alone, frozenset(w for w, ns in having.items() if min(ns) >= len(known.people)))


def bare(name: str) -> Words:
    """The words of a part's name without its titles."""
    return untitled(tuple(name.split()))


def known(t: Told, n: Name) -> int | None:
    """The number of the one whom a naming calls by name or alias."""
    if not t.forms:
        return None
    name = plain(n.words)
    found = t.forms.get((*n.title, *name)) if n.title else None
    return found if found is not None else t.forms.get(name)


def person(t: Told, n: Name) -> bool:
    """Whether a naming calls a known person."""
    number = known(t, n)
    return number is not None and number < len(t.people)


def part(t: Told, n: Name) -> bool:
    """Whether a naming calls a known part."""
    number = known(t, n)
    if number is not None:
        return number >= len(t.people)
    return len(n.words) == 1 and n.kind == "person" and plain(n.words)[0] in t.part_words


def kinds(t: Told, found: list[Name], starts: set[int]) -> list[Name]:
    """The names, those known as a person's or a part's as such; a single word at a sentence's start may be any word."""
    if not t.forms:
        return found

    def sure(n: Name) -> bool:
        whole = plain(n.words)
        return whole in t.forms and (len(whole) > 1 or n.lead not in starts)

    return [n._replace(kind="person") if n.kind != "person" and sure(n) else n for n in found]


def gender(t: Told, number: int | None) -> str:
    """The gender that is known of somebody, or ""."""
    return t.people[number].gender if number is not None and number < len(t.people) else ""
