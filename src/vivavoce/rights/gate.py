"""One pure function decides for every output: `may`. It fails closed."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase

from msgspec.structs import replace

from vivavoce.errors import UsageError
from vivavoce.model import CHANNELS, Person, PersonRef, Restriction, Span, Value, slug

KINDS = ("source", "person", "span", "medium")
"""What a restriction can bar; any other word bars whatever it may mean."""

FOR_EVER = ("", "for ever", "forever", "permission")
"""Ends that never come by themselves."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Item(Value, frozen=True):
    """Something that might be shown: what it is, and the restrictions that touch it (see `over`)."""

    what: str = ""
    restrictions: tuple[Restriction, ...] = ()


def may(item: Item, channel: str, day: str) -> bool:
    """Whether an item may be shown on a channel on a day (ISO): when no restriction that touches it holds then.

    Raises UsageError if the day is none.
    """
    if not is_day(day):
        raise UsageError(f"“{day}” is no day; give it as in 2031-05-09.")
    return not any(_holds(rule, channel, day) for rule in item.restrictions)


def is_day(day: str) -> bool:
    """Whether a text is an ISO day that exists."""
    found = _ISO.fullmatch(day)
    return bool(found and found[3] and last_day(day))


def last_day(until: str) -> str:
    """The day on which an ISO day, month or year ends; "" if it is none of them, or does not exist."""
    found = _ISO.fullmatch(until)
    if not found:
        return ""
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3] or monthrange(year, month)[1])).isoformat()
    except ValueError:
        return ""


def readable_until(until: str) -> bool:
    """Whether the end of a restriction can be understood."""
    return until.strip().casefold() in FOR_EVER or bool(last_day(until.strip()))


def _holds(rule: Restriction, channel: str, day: str) -> bool:
    """Whether a restriction withholds on a channel on a day. What cannot be understood does."""
    if rule.channels and set(rule.channels) <= set(CHANNELS) and channel in CHANNELS and channel not in rule.channels:
        return False
    until = rule.until.strip()
    end = last_day(until)
    # An exact day is the first free one; a month or a year is withheld to its end.
    return not end or (day < end if len(until) == 10 else day <= end)


def in_force(rule: Restriction, day: str) -> bool:
    """Whether a restriction withholds anywhere on a day; one that is none counts as a day on which it does."""
    return not is_day(day) or any(_holds(rule, channel, day) for channel in CHANNELS)


def over(
    rules: tuple[Restriction, ...],
    source: str = "",
    person: Person | PersonRef | str | None = None,
    spans: tuple[Span, ...] = (),
    medium: bool = False,
) -> tuple[Restriction, ...]:
    """The restrictions that touch something of a source, of a person, or both.

    `spans`: the stretches of the source that would be shown (none: all of it). `medium`: its recording would be
    shown; any stretch withheld from the source touches that. A rule that bars something unknown touches all.
    """
    return tuple(rule for rule in rules if _touches(rule, source, person, spans, medium))


def _touches(
    rule: Restriction, source: str, person: Person | PersonRef | str | None, spans: tuple[Span, ...], medium: bool
) -> bool:
    if rule.what not in KINDS or not rule.of.strip():
        return True
    if rule.what == "person":
        return person is not None and (rule.of in names(person) or slug(rule.of) in names(person))
    if not source or not is_of(rule.of, source):
        return False
    if rule.what == "span":
        return (
            medium
            or not spans
            or not sound(rule.spans)
            or any(s < f and e > t for s, e in spans for t, f in rule.spans)
        )
    return rule.what == "source" or medium


def sound(spans: tuple[Span, ...]) -> bool:
    """Whether spans can be understood; those that cannot stand for the whole source."""
    return bool(spans) and all(0 <= start < end for start, end in spans)


def is_of(of: str, source: str) -> bool:
    """Whether the words of a rule name a source: its path or the end of it, with or without the file's ending, a
    folder that it lies in, or a pattern with `*`."""
    wanted, path = _path(of), _path(source)
    if not wanted:
        return False
    stem = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
    return (
        f"/{path}".endswith(f"/{wanted}")
        or f"/{stem}".endswith(f"/{wanted}")
        or path.startswith(wanted + "/")
        or ("*" in wanted and fnmatchcase(path, wanted))
    )


def _path(path: str) -> str:
    plain = unicodedata.normalize("NFC", path).strip().replace("\\", "/").casefold()
    return plain.removeprefix("./").removeprefix("sources/").strip("/")


def names(person: Person | PersonRef | str) -> frozenset[str]:
    """All that a person goes by, as slugs, and the id."""
    if isinstance(person, str):
        return frozenset({slug(person)})
    aliases = person.aliases if isinstance(person, Person) else ()
    return frozenset({person.id, *(slug(n) for n in (person.name, *aliases))})


def resolved(rules: tuple[Restriction, ...], people: Iterable[Person]) -> tuple[Restriction, ...]:
    """Restrictions with those of persons made out to ids, so that `over` needs no names: one for each person whom
    a name fits, and the rule as it was (for people yet unknown)."""
    listed = tuple(people)
    made = (replace(rule, of=p.id) for rule in rules for p in people_of(rule, listed) if rule.what == "person")
    return tuple(dict.fromkeys((*rules, *made)))


def people_of(rule: Restriction, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The persons whom a rule names, by id, name or alias; if there are none, those whose name is part of what it
    says or has it as a part: better one too many. None for rules on sources, spans and recordings."""
    if (rule.what != "person" and rule.what in KINDS) or not rule.of.strip():
        return ()
    wanted = slug(rule.of)
    exact = tuple(p for p in people if rule.of in names(p) or wanted in names(p))
    if exact:
        return exact
    words = set(wanted.split("-"))
    return tuple(p for p in people if any(_part(words, set(n.split("-"))) for n in names(p)))


def _part(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one
