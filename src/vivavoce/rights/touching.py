"""Which restrictions touch a source, told without whom or what they name."""

from __future__ import annotations

from vivavoce.model import History, Restriction, Source, Value, slug
from vivavoce.rights.bars import closed
from vivavoce.rights.gate import KINDS, in_force, is_of, people_of


class Rule(Value, frozen=True):
    """A restriction as anybody may know of it: `what` it bars, in which `channels` (none: in all), `until` when."""

    what: str
    channels: tuple[str, ...] = ()
    until: str = ""


def touching(history: History, rules: tuple[Restriction, ...], day: str) -> dict[str, tuple[Rule, ...]]:
    """The restrictions in force anywhere on a day (ISO) that touch each source, by its path; the sources' own too."""
    held = [(r, frozenset(p.id for p in people_of(r, history.people))) for r in closed(rules, history)]
    held = [(rule, people) for rule, people in held if in_force(rule, day)]
    spoken: dict[str, set[str]] = {s.path: set() for s in history.sources}
    for q in history.quotes:
        if q.person and q.source in spoken:
            spoken[q.source].add(q.person.id)
    return {
        s.path: tuple(
            dict.fromkeys(
                Rule(r.what, r.channels, r.until) for r, people in held if _touches(r, people, s, spoken[s.path])
            )
        )
        for s in history.sources
    }


def _touches(rule: Restriction, people: frozenset[str], source: Source, spoken: set[str]) -> bool:
    if not rule.of.strip():
        return True
    if is_of(rule.of, source.path) and rule.what != "person":
        return True
    if rule.what == "medium":
        return any(is_of(rule.of, m.path) for m in source.media)
    if rule.what == "person" or rule.what not in KINDS:
        labels = {slug(t) for turn in source.turns for t in (turn.label, turn.name) if t}
        return not people.isdisjoint(spoken) or slug(rule.of) in labels
    return False
