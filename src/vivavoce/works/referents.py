"""What “the season”, “the episode”, “it” stand for in one source, and which series its seasons are of."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TypeVar

from msgspec.structs import replace

from vivavoce.model import Fact, Naming, Offset, Span, folded
from vivavoce.works.patterns import HAPPENINGS, NOUNS

T = TypeVar("T", Fact, Offset)
LOOK_BACK = 600  # characters: what was named before is no longer meant by "it"
PART = frozenset(["season", "episode"])
# The nouns that stand for no work of their own, but for a part of what was named last.
WITHIN = frozenset(["scene", "shot", "special"])
HAPPENED = frozenset(HAPPENINGS.split("|"))


def settled(named: tuple[Naming, ...], known: tuple[str, ...]) -> tuple[Naming, ...]:
    """The namings with the series of each season and episode: what the words say, else the series that the source
    names most, else the only one that is `known`; an episode of a number alone is of the season named just before
    in the same breath, where one is."""
    home = at_home(named) or (known[0] if len(known) == 1 else "")
    episodes = {folded(n.title) for n in named if n.kind == "episode" and n.title}
    lost = [n.kind in PART and (not n.of or folded(n.of) in episodes) for n in named]
    return tuple(last_season([replace(n, of=home) if at else n for n, at in zip(named, lost, strict=True)]))


def last_season(named: list[Naming]) -> list[Naming]:
    """The namings, "the season finale" with the season that was named last."""
    season: Naming | None = None
    out = []
    for n in named:
        if n.season is not None:
            season = n
        open_ended = n.position in ("first", "last") and n.season is None
        out.append(replace(n, season=season.season) if open_ended and season and season.of == n.of else n)
    return out


def at_home(named: tuple[Naming, ...]) -> str:
    """The series that a source is about: the one that it names most, as it is spelt first; "" where it names none."""
    titles = [t for n in named for t in ([n.title] if n.kind == "series" else [n.of]) if t]
    often = Counter(map(folded, titles))
    best = max(often, key=lambda t: often[t], default="")
    return next((t for t in titles if folded(t) == best), "")


def referred(found: tuple[T, ...], named: tuple[Naming, ...]) -> tuple[T, ...]:
    """Facts or relative times, each with the naming that its noun, or nothing but its place, points back at."""
    kinds = by_kind(named)
    out = []
    for one in found:
        known = one.of or (isinstance(one, Offset) and not one.thing)
        out.append(one if known else replace(one, of=meant(kinds, one.thing, one.start)))
    return tuple(out)


def by_kind(named: tuple[Naming, ...]) -> dict[str, list[Naming]]:
    """The namings that a noun or a pronoun may stand for, by kind ("": all of them); of series, only the one that the
    source is about."""
    home = folded(at_home(named))
    out: dict[str, list[Naming]] = defaultdict(list)
    for n in named:
        if not n.sure or n.kind == "place":
            continue
        if n.kind != "event":
            out[""].append(n)
        if n.kind and (n.kind != "series" or folded(n.title) == home):
            out[n.kind].append(n)
    return out


def meant(kinds: dict[str, list[Naming]], thing: str, start: int) -> Span | None:
    """The naming that a noun stands for at a place of the text: the last of its kind before, else, of a part, the next
    one; of a scene, the episode or the series. Without a noun, what was named last, if that is not long ago."""
    if thing in HAPPENED:
        return event(kinds.get("event", []), thing, start)
    kind = "episode" if thing in WITHIN else NOUNS.get(thing, "")
    tried = [kind, "series"] if thing in WITHIN else [kind]
    for one in tried:
        held = kinds.get(one, [])
        at = bisect_left(held, start, key=lambda n: n.start)
        before = held[at - 1] if at else None
        if before and (kind or start - before.end <= LOOK_BACK):
            return before.start, before.end
        if kind in PART and one == kind and at < len(held):
            return held[at].start, held[at].end
    return None


def event(held: list[Naming], thing: str, start: int) -> Span | None:
    """The event whose name has a noun in it ("the strike"): the one named last, else the next one."""
    fit = [n for n in held if thing in folded(n.title).split()]
    before = [n for n in fit if n.start < start]
    found = before[-1] if before else fit[0] if fit else None
    return (found.start, found.end) if found else None
