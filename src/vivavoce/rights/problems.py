"""What is wrong with restrictions, in words."""

from __future__ import annotations

from collections.abc import Iterable

from vivavoce.model import CHANNELS, History, Restriction, slug
from vivavoce.rights.bars import bars, closed, meets, of_sources, voices
from vivavoce.rights.copies import copies
from vivavoce.rights.gate import KINDS, in_force, is_of, people_of, readable_until, sound


def problems(rules: Iterable[Restriction], history: History) -> tuple[str, ...]:
    """What is wrong with restrictions, a sentence each, in their order: those that name nobody and nothing here,
    or that cannot be understood (and withhold)."""
    heard = voices(history)
    return tuple(dict.fromkeys(said for rule in rules for said in _problems(rule, history, heard)))


def doubts(rules: tuple[Restriction, ...], history: History) -> tuple[str, ...]:
    """All that a user should know of the restrictions of a history, its sources' own too: what is wrong with
    them, which recordings of withheld sources have another transcript that is not withheld, and what is withheld
    because it repeats withheld words."""
    every = closed(rules, history)
    told = (*problems(rules, history), *_own(history), *_shared(every, history), *_repeated(every, history))
    return tuple(dict.fromkeys(told))


def unmatched(rules: Iterable[Restriction], history: History) -> tuple[str, ...]:
    """The sentences (of those that `doubts` gives) on restrictions of the project and of decisions that are in force
    on the history's day and name nobody and nothing: what they were to withhold is shown, so nothing may be
    published before they are mended. (A source's own withhold that source.)"""
    heard = voices(history)
    held = (r for r in rules if in_force(r, history.day) and r.what in KINDS and r.of.strip())
    return tuple(dict.fromkeys(_nobody(r, history) for r in held if not meets(r, history, heard)))


def _nobody(rule: Restriction, history: History) -> str:
    """That a restriction names nobody or nothing, with the names that come near."""
    if rule.what == "person":
        said = f"The restriction of {rule.of} names nobody in this history; write the name as `vivavoce people` has it."
        near = [p.name for p in history.people]
        near += [t for s in history.sources for turn in s.turns for t in (turn.name or turn.label,) if t]
    else:
        said = f"The restriction of {rule.of} names no source here; write the path as `vivavoce quotes` has it."
        near = [s.path for s in history.sources]
    return f"{said}{_nearest(rule.of, near)}"


def _nearest(given: str, names: Iterable[str]) -> str:
    """The names that come near to one, as a question; "" if none does."""
    from rapidfuzz.process import extract
    from rapidfuzz.utils import default_process

    # A person and the label that stands for them are one suggestion.
    once = {slug(name): name for name in reversed(list(names))}
    found = extract(given, sorted(once.values()), processor=default_process, limit=3, score_cutoff=75)
    return f" Did you mean {' or '.join(name for name, *_ in found)}?" if found else ""


def _own(history: History) -> Iterable[str]:
    """What is wrong with the sources' own restrictions."""
    heard = voices(history)
    for source in history.sources:
        for rule in of_sources((), (source,)):
            lost = rule.what == "person" and rule.of.strip() and not meets(rule, history, heard)
            for said in _problems(rule, history, heard):
                yield f"{said} Until then all of {source.path} is withheld." if lost and "nobody" in said else said


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


def _problems(rule: Restriction, history: History, heard: frozenset[str]) -> Iterable[str]:
    """What is wrong with one."""
    of = f"The restriction of {rule.of or '(nothing named)'}"
    people = people_of(rule, history.people)
    if not rule.of.strip():
        kind = f"on a {rule.what}" if rule.what in KINDS else "that cannot be understood"
        yield f"A restriction {kind} does not say of what; until it does, everything is withheld."
    elif rule.what not in KINDS:
        reach = "all that it names" if meets(rule, history, heard) else "everything"
        yield f"{of} bars “{rule.what}”, which is none of {', '.join(KINDS)}; until it is, {reach} is withheld."
    elif not meets(rule, history, heard):
        yield _nobody(rule, history)
    elif rule.what == "person" and len(people) > 1:
        yield f"{of} fits {', '.join(p.id for p in people)}; all of them are withheld: name one id."
    if rule.what == "span" and not sound(rule.spans):
        yield f"{of} has no spans that can be read; the whole source is withheld."
    if not readable_until(rule.until):
        yield f"{of} ends “{rule.until}”, which is no day; until it is one (as in 2031-05-09), it never ends."
    for channel in sorted(set(rule.channels) - set(CHANNELS)):
        yield f"{of} names the channel “{channel}”; there are {', '.join(CHANNELS)}, and it holds for all of them."
