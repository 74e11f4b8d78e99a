"""What the restrictions in force bar of a history: which sources, persons, stretches and recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from vivavoce.model import History, Mention, Person, Quote, Restriction, Source, Span, Turn, Withheld, folded, slug
from vivavoce.rights.gate import KINDS, is_of, names, sound
from vivavoce.rights.spans import merged

COPY = 4
"""Words from which on equal words are a copy of a withheld quotation, whoever they are given to."""


class Bars(NamedTuple):
    """What is barred. `persons`: ids; `names`: slugs of all they go by; `figures`: (source, key); `spans`: by
    source, as the rules have them; `media`: sources whose recordings are barred; `known`: ids of all people."""

    everything: bool
    sources: frozenset[str]
    persons: frozenset[str]
    names: frozenset[str]
    figures: frozenset[tuple[str, str]]
    spans: dict[str, tuple[Span, ...]]
    media: frozenset[str]
    withheld: tuple[Withheld, ...]
    known: frozenset[str]


def of_sources(rules: Iterable[Restriction], sources: Iterable[Source]) -> tuple[Restriction, ...]:
    """All restrictions: those given, and each source's own, which are about that source where they do not say."""
    mine = [(s, r) for s in sources for r in s.restrictions]
    return (
        *rules,
        *(msgspec.structs.replace(r, of=_meant(s, r)) for s, r in mine),
    )


def _meant(source: Source, rule: Restriction) -> str:
    """What a source's own restriction is about: the person whom a label stands for, or the source itself."""
    if rule.what == "person":
        return source.labels.get(rule.of) or rule.of
    return rule.of if rule.of.strip() else source.path


def bars(held: Iterable[Restriction], history: History) -> Bars:
    """What restrictions, all of them in force, bar of a history."""
    sources: set[str] = set()
    persons: set[str] = set()
    called: set[str] = set()
    spans: dict[str, list[Span]] = {}
    media: set[str] = set()
    told: Counter[tuple[str, str]] = Counter()
    everything = False
    for rule in held:
        paths = [s.path for s in history.sources if is_of(rule.of, s.path)]
        people = people_of(rule, history)
        before = len(sources) + len(persons) + len(media)
        if rule.what == "source" or (rule.what == "span" and not sound(rule.spans)):
            sources.update(paths)
        elif rule.what == "span":
            for path in paths:
                spans.setdefault(path, []).extend(rule.spans)
            told["span", rule.ground] += len(rule.spans) * len(paths)
        elif rule.what == "medium":
            media.update(paths)
        if rule.what == "person" or (rule.what not in KINDS and people):
            persons.update(p.id for p in people)
            called.update({slug(rule.of)}, *(names(p) for p in people))
        if rule.what not in KINDS:
            sources.update(paths)
            everything |= not paths and not people
        if not rule.of.strip():
            everything = True
        told[rule.what if rule.what in KINDS else "", rule.ground] += len(sources) + len(persons) + len(media) - before
    figures = {f for p in history.people if p.id in persons for f in p.figures}
    counted = tuple(Withheld(what or "something", n, ground) for (what, ground), n in sorted(told.items()) if n)
    return Bars(
        everything,
        frozenset(sources),
        frozenset(persons),
        frozenset(called),
        frozenset(figures),
        {path: tuple(found) for path, found in sorted(spans.items())},
        frozenset(media),
        counted,
        frozenset(p.id for p in history.people),
    )


def people_of(rule: Restriction, history: History) -> tuple[Person, ...]:
    """The persons whom a rule names, by id, name or alias; if there are none, those whose name is part of what it
    says or has it as a part: better one too many."""
    if rule.what != "person" and rule.what in KINDS:
        return ()
    wanted = slug(rule.of)
    exact = tuple(p for p in history.people if rule.of in names(p) or wanted in names(p))
    if exact or not rule.of.strip():
        return exact
    words = set(wanted.split("-"))
    return tuple(
        p for p in history.people if any(set(n.split("-")) <= words or words <= set(n.split("-")) for n in names(p))
    )


def hidden(source: Source, quotes: Iterable[Quote], barred: Bars, copies: frozenset[str]) -> tuple[Span, ...]:
    """The stretches of a source's text that may not be shown: those of the rules, and all words of persons barred,
    with the labels of their turns. `copies`: folded words of quotations withheld anywhere."""
    found = list(barred.spans.get(source.path, ()))
    mine = [q for q in quotes if by_barred(q, barred) or folded(q.text) in copies]
    others = {q.turn for q in quotes if q.turn is not None and q.person and q.person.id not in barred.persons}
    said = {q.turn for q in mine if q.turn is not None and q.kind == "turn"}
    found += [span for q in mine for span in (*q.spans, *q.content)]
    for n, turn in enumerate(source.turns):
        if n in said or (n not in others and _labelled(source, turn, barred)):
            found += [(turn.start, turn.end), *turn.spans]
    return merged(found, len(source.text))


def copied(quotes: Iterable[Quote], barred: Bars) -> frozenset[str]:
    """The words of withheld persons' quotations, folded, that are long enough to be known again."""
    texts = (folded(q.text) for q in quotes if by_barred(q, barred))
    return frozenset(t for t in texts if t.count(" ") >= COPY - 1)


def by_barred(quote: Quote, barred: Bars) -> bool:
    """Whether a quotation is, or as far as anyone knows may be, the words of a person barred."""
    if quote.person:
        unknown = quote.person.id not in barred.known
        return quote.person.id in barred.persons or (unknown and slug(quote.person.name) in barred.names)
    return named(quote.speaker, barred)


def named(mention: Mention | None, barred: Bars) -> bool:
    """Whether a mention names a person barred."""
    return mention is not None and slug(mention.text) in barred.names


def _labelled(source: Source, turn: Turn, barred: Bars) -> bool:
    """Whether a turn's label is, or stands for, a person barred."""
    labels = [t for t in (turn.name, turn.label, source.labels.get(turn.label, "")) if t]
    return any(slug(t) in barred.names or (source.path, t) in barred.figures for t in labels)
