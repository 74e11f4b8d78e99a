"""What is worked out of the accounts of one moment alone, kept from one gathering to the next: how they relate, when it
happened, what it may be called. The same accounts give the same again, if who is meant by the names in them is the
same; so what was asked of the people is kept with it, and asked again (as build systems trace what a task has read:
A. Mokhov et al., Build Systems à la Carte, ICFP 2018). Which tellings are of one event is asked of all of them, since
how rare a word is depends on all; it is kept as a whole, under a hash of all that they tell."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from vivavoce.accounts.episodes import Episodes
from vivavoce.accounts.features import Persons, meant
from vivavoce.accounts.noted import Noted, noted
from vivavoce.accounts.relations import Told, relations
from vivavoce.accounts.timing import when
from vivavoce.accounts.titles import titles
from vivavoce.accounts.units import Units, mark
from vivavoce.model import Known, Passage, Relation, Value, When, digest

encode = msgspec.json.Encoder(order="deterministic").encode
Earlier = Callable[[str], bytes | None]
Groups = list[list[int]]


class Worked(Value, frozen=True):
    """What one moment's accounts give. `titles`: what it may be called, the best first. `asked`: who was meant by the
    names that were looked up, as (source, folded name, who it was, whether one of the people)."""

    relations: tuple[Relation, ...]
    when: When
    titles: tuple[str, ...]
    asked: tuple[tuple[str, str, str, bool], ...] = ()


def nothing(_: str) -> None:
    """What is kept where nothing was worked out before."""


class Kept:
    """What was worked out before, and what is now. `earlier`: what was kept under a key, or None; `told`:
    what the passages of a source tell, as `noting` gives it, or None. `used`: the keys of all that was asked for;
    `fresh`: what was worked out anew, by key."""

    def __init__(self, earlier: Earlier | None = None, told: Earlier | None = None) -> None:
        self.earlier, self.told = earlier or nothing, told or nothing
        self.used: set[str] = set()
        self.fresh: dict[str, bytes] = {}

    def noted(self, source: str, passages: list[Passage]) -> Noted:
        """What the passages of a source, which are all of them in order, tell, as it was kept."""
        was = self.told(source)
        return msgspec.msgpack.decode(was, type=Noted) if was else noted(passages)

    def grouped(self, units: Units, of: list[Episodes], made: Callable[[], Groups]) -> Groups:
        """The units in groups that tell one event, as they were kept, or `made`: of what they tell and of the episodes
        that each is of, and of nothing else."""
        key = digest("groups", mark(units), *(encode(sorted(map(encode, one))).decode() for one in of), length=32)
        self.used.add(key)
        if was := self.earlier(key):
            return msgspec.json.decode(was, type=Groups)
        found = made()
        self.fresh[key] = encode(found)
        return found

    def worked(self, passages: list[Passage], told: list[Told], known: Known, who: Persons) -> Worked:
        """What the accounts of one moment give, as it was kept where all that it is made from is the same. `told`: the
        accounts that its passages make."""
        copies = tuple(sorted({q for p in passages for q in p.quotes}.intersection(known.copies)))
        key = key_of(passages, copies)
        self.used.add(key)
        was = self.earlier(key)
        found = msgspec.json.decode(was, type=Worked) if was else None
        if found is None or not holds(found, who):
            found = worked(passages, told, copies, who)
            self.fresh[key] = encode(found)
        return found


def key_of(passages: list[Passage], copies: tuple[str, ...]) -> str:
    """A hash of all that a moment is worked out from, but for who is meant by names. `copies`: those that it holds."""
    return digest("moment", encode([passages, copies]).decode(), length=32)


def holds(found: Worked, who: Persons) -> bool:
    """Whether every name that was looked up stands for whom it stood for."""
    return all(meant(who, s, name) == given and (given in who.ids) == there for s, name, given, there in found.asked)


def worked(passages: list[Passage], told: list[Told], copies: tuple[str, ...], who: Persons) -> Worked:
    """What the accounts of one moment give, worked out; of what others know it is handed what its key holds alone."""
    asked: dict[tuple[str, str], tuple[str, bool]] = {}
    asking = who._replace(asked=asked)
    found = relations(told, Known(copies=copies), asking), when(passages), tuple(titles([ps for _, ps in told], asking))
    return Worked(*found, tuple(sorted((s, name, *answer) for (s, name), answer in asked.items())))
