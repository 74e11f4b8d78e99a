"""Facts and times in a few words, as a reader is told them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vivavoce.language.times import MONTHS
from vivavoce.model import Entry, Fact, Value

LABELS = {
    "rating": "Rating", "viewers": "Audience", "aired": "First shown", "released": "Released", "filmed": "Made",
    "published": "Published", "opened": "Opened", "wrapped": "Wrapped", "takes": "Takes", "episodes": "Episodes",
    "seasons": "Seasons", "running time": "Running time", "budget": "Budget", "earnings": "Takings",
    "copies": "Copies sold", "award": "Award", "nomination": "Nomination",
}  # fmt: skip
SIGNS = {"USD": "$", "GBP": "£", "EUR": "€"}
DAY = re.compile(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?")


class Same(Value, frozen=True):
    """One value of a work with everything that tells it."""

    kind: str
    words: str
    facts: tuple[Fact, ...]


def label(fact: Fact) -> str:
    """The heading of a fact."""
    return LABELS.get(fact.kind, fact.kind.capitalize())


def worded(fact: Fact) -> str:
    """The value of a fact: "8.5 of 10", "91 percent", "5.7 million people", "£12,000", "15 November 1987"."""
    if isinstance(fact.value, str):
        return day(fact.value) if DAY.fullmatch(fact.value) else fact.value
    about = "about " if fact.about else ""
    count = figure(fact.value)
    if fact.unit in SIGNS:
        return f"{about}{SIGNS[fact.unit]}{count}"
    unit = fact.unit[:-1] if fact.value == 1 and fact.unit.endswith("s") and fact.unit != "series" else fact.unit
    return f"{about}{count} {unit}".strip()


def figure(value: float) -> str:
    """A number as it is read: "5.7 million", "12,000", "8.5"."""
    for size, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if value >= size:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def day(iso: str) -> str:
    """`1987-11-15` -> `15 November 1987`, `--11-15` -> `15 November`; anything else as it stands."""
    found = DAY.fullmatch(iso)
    if not found:
        return iso
    year, month, date = found.groups()
    named = MONTHS[int(month) - 1].title() if month and 1 <= int(month) <= 12 else ""
    return " ".join(filter(None, (str(int(date)) if date else "", named, year if year != "-" else "")))


def together(facts: Iterable[Fact]) -> list[Same]:
    """The facts of a work, those that tell one value as one, in order of their first."""
    by: dict[tuple[str, str, str], list[Fact]] = {}
    for f in facts:
        by.setdefault((f.kind, worded(f), f.by), []).append(f)
    return [Same(kind, words, tuple(fs)) for (kind, words, _), fs in by.items()]


def trail(entry: Entry, by_id: dict[str, Entry]) -> list[Entry]:
    """What an entry is a part of, the whole first."""
    out: list[Entry] = []
    at = by_id.get(entry.part_of)
    while at and at not in out:
        out.insert(0, at)
        at = by_id.get(at.part_of)
    return out


def number(entry: Entry, by_id: dict[str, Entry]) -> str:
    """The number of a part in words: "season 7, episode 22"; "" where its title is that number, or it has none."""
    above = by_id.get(entry.part_of)
    if entry.kind != "episode" or not entry.number:
        return ""
    if above and above.kind == "season" and above.number:
        made = f"season {above.number}, episode {entry.number}"
    else:
        made = f"episode {entry.number}"
    return "" if made.casefold() == entry.title.casefold() else made
