"""What is wrong with restrictions, in words."""

from __future__ import annotations

from collections.abc import Iterable

from vivavoce.model import CHANNELS, History, Restriction
from vivavoce.rights.bars import bars, of_sources
from vivavoce.rights.copies import copies
from vivavoce.rights.gate import KINDS, in_force, is_of, people_of, readable_until, sound


def problems(rules: Iterable[Restriction], history: History) -> tuple[str, ...]:
    """What is wrong with restrictions, a sentence each, in their order: those that name nobody and nothing here,
    or that cannot be understood (and withhold)."""
    return tuple(dict.fromkeys(said for rule in rules for said in _problems(rule, history)))


def doubts(rules: tuple[Restriction, ...], history: History) -> tuple[str, ...]:
    """All that a user should know of the restrictions of a history, its sources' own too: what is wrong with
    them, which recordings of withheld sources have another transcript that is not withheld, and what is withheld
    because it repeats withheld words."""
    every = of_sources(rules, history.sources)
    return tuple(dict.fromkeys((*problems(every, history), *_shared(every, history), *_repeated(every, history))))


def _repeated(rules: tuple[Restriction, ...], history: History) -> Iterable[str]:
    """What is withheld although no rule names it, since a stretch or a source that is withheld stands there again."""
    held = (r for r in rules if r.what in ("source", "span") and in_force(r, history.day))
    again = copies(history, bars(held, history))
    for source in history.sources:
        if source.path in again.sources:
            yield f"{source.path} is for the most part the words of a source that is withheld; it is withheld too."
        elif source.path in again.spans:
            yield f"{source.path} repeats words that are withheld elsewhere; they are withheld there too."


def _shared(rules: tuple[Restriction, ...], history: History) -> Iterable[str]:
    """Withheld sources whose recording has another transcript that is not."""
    barred = {s.path for r in rules if r.what == "source" for s in history.sources if is_of(r.of, s.path)}
    for one in (s for s in history.sources if s.path in barred):
        heard = {m.path for m in one.media}
        for other in history.sources:
            if other.path not in barred and heard & {m.path for m in other.media}:
                yield f"{one.path} is restricted, but {other.path}, of the same recording, is not; restrict it too."


def _problems(rule: Restriction, history: History) -> Iterable[str]:
    """What is wrong with one."""
    of = f"The restriction of {rule.of or '(nothing named)'}"
    paths = [s.path for s in history.sources if is_of(rule.of, s.path)]
    people = people_of(rule, history.people)
    if not rule.of.strip():
        yield f"A restriction on a {rule.what or 'thing'} does not say of what; until it does, everything is withheld."
    elif rule.what not in KINDS:
        reach = "all that it names" if paths or people else "everything"
        yield f"{of} bars “{rule.what}”, which is none of {', '.join(KINDS)}; until it is, {reach} is withheld."
    elif rule.what == "person" and not people:
        yield f"{of} names nobody in this history; write the name as `vivavoce people` has it."
    elif rule.what == "person" and len(people) > 1:
        yield f"{of} fits {', '.join(p.id for p in people)}; all of them are withheld: name one id."
    elif rule.what != "person" and not paths:
        yield f"{of} names no source here; write the path as `vivavoce quotes` has it."
    if rule.what == "span" and not sound(rule.spans):
        yield f"{of} has no spans that can be read; the whole source is withheld."
    if not readable_until(rule.until):
        yield f"{of} ends “{rule.until}”, which is no day; until it is one (as in 2031-05-09), it never ends."
    for channel in sorted(set(rule.channels) - set(CHANNELS)):
        yield f"{of} names the channel “{channel}”; there are {', '.join(CHANNELS)}, and it holds for all of them."
