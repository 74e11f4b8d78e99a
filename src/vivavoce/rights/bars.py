"""What the restrictions in force bar of a history: which sources, persons, stretches and recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from vivavoce.language.broken import stretches
from vivavoce.model import History, Mention, Person, Quote, Restriction, Source, Span, Turn, Withheld, folded, slug
from vivavoce.rights.gate import KINDS, is_of, names, people_of, sound
from vivavoce.rights.spans import hits, merged

COPY, SAME = 4, 8
"""From so many words on, equal words are a copy of a withheld quotation: given to nobody, or to anybody."""


class Bars(NamedTuple):
    """What is barred. `persons`: ids; `names`: slugs of all they go by; `figures`: (source, key); `spans`: by
    source, as the rules have them; `media`: recordings; `known`: ids of all people."""

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
    return (*rules, *(replace(r, of=_meant(s, r)) for s, r in mine))


def closed(rules: Iterable[Restriction], history: History) -> tuple[Restriction, ...]:
    """All restrictions as they hold: a source's own that is on a person whom nobody here goes by bars that source."""
    if not any(source.restrictions for source in history.sources):
        return tuple(rules)
    heard = voices(history)
    made = list(rules)
    for source in history.sources:
        for rule in of_sources((), (source,)):
            lost = rule.what == "person" and rule.of.strip() and not meets(rule, history, heard)
            made.append(replace(rule, what="source", of=source.path) if lost else rule)
    return tuple(made)


def voices(history: History) -> frozenset[str]:
    """All that speakers are called in a history, by labels and in the words beside quotations, as slugs."""
    turns = {t for s in history.sources for turn in s.turns for t in (turn.label, turn.name)}
    labels = {t for s in history.sources for both in s.labels.items() for t in both}
    said = {q.person.name for q in history.quotes if q.person} | {q.speaker.text for q in history.quotes if q.speaker}
    return frozenset(slug(t) for t in turns | labels | said if t)


def meets(rule: Restriction, history: History, heard: frozenset[str]) -> bool:
    """Whether a restriction names anything in a history. `heard`: its voices."""
    if rule.what == "person":
        return bool(people_of(rule, history.people)) or slug(rule.of) in heard
    if people_of(rule, history.people):
        return True
    paths = (*(s.path for s in history.sources), *(f"pictures/{p.path}" for p in history.pictures))
    media = (m.path for s in history.sources for m in s.media) if rule.what == "medium" else ()
    return any(is_of(rule.of, path) for path in (*paths, *media))


def _meant(source: Source, rule: Restriction) -> str:
    """What a source's own restriction is about: the person whom a label stands for, or the source itself."""
    if rule.what == "person":
        return source.labels.get(rule.of) or rule.of
    return rule.of if rule.of.strip() else source.path


class _Reach(NamedTuple):
    """What one restriction bars of a history; `everything`: it cannot be told what."""

    sources: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()
    media: frozenset[str] = frozenset()
    spans: tuple[tuple[str, Span], ...] = ()
    everything: bool = False


def bars(held: Iterable[Restriction], history: History) -> Bars:
    """What restrictions, all of them in force, bar of a history."""
    reached = [(rule, _reach(rule, history)) for rule in held]
    people = {p.id: p for _, r in reached for p in r.people}
    spans: dict[str, tuple[Span, ...]] = {}
    for _, r in reached:
        for path, span in r.spans:
            spans[path] = (*spans.get(path, ()), span)
    called = {slug(rule.of) for rule, r in reached if rule.what == "person"}
    return Bars(
        any(r.everything for _, r in reached),
        frozenset().union(*(r.sources for _, r in reached)),
        frozenset(people),
        frozenset(called).union(*(names(p) for p in people.values())),
        frozenset(f for p in people.values() for f in p.figures),
        spans,
        frozenset().union(*(r.media for _, r in reached)),
        _counts(reached),
        frozenset(p.id for p in history.people),
    )


def _reach(rule: Restriction, history: History) -> _Reach:
    """What a restriction bars."""
    mine = [s for s in history.sources if is_of(rule.of, s.path)]
    paths = frozenset(s.path for s in mine)
    people = people_of(rule, history.people)
    if not rule.of.strip():
        return _Reach(everything=True)
    if rule.what == "person":
        return _Reach(people=people)
    if rule.what == "medium":
        return _Reach(
            media=frozenset(
                m.path for s in history.sources for m in s.media if s.path in paths or is_of(rule.of, m.path)
            )
        )
    if rule.what == "span" and sound(rule.spans):
        # Spans that do not fit into the text were made for another one: what they meant is not known.
        odd = frozenset(s.path for s in mine if any(end > len(s.text) for _, end in rule.spans))
        return _Reach(odd, spans=tuple((path, span) for path in sorted(paths - odd) for span in rule.spans))
    if rule.what in KINDS:
        return _Reach(paths)
    return _Reach(paths, people, everything=not paths and not people)


def _counts(reached: Iterable[tuple[Restriction, _Reach]]) -> tuple[Withheld, ...]:
    """How much of which kind is withheld, on which ground; what two restrictions bar counts once."""
    told: dict[tuple[str, str | tuple[str, Span]], str] = {}
    for rule, r in reached:
        for path in sorted(r.sources):
            told.setdefault(("source", path), rule.ground)
        for person in r.people:
            told.setdefault(("person", person.id), rule.ground)
        for path in sorted(r.media):
            told.setdefault(("medium", path), rule.ground)
        for span in r.spans:
            told.setdefault(("span", span), rule.ground)
    counted = Counter((what, ground) for (what, _), ground in told.items())
    return tuple(Withheld(what, n, ground) for (what, ground), n in sorted(counted.items()))


def hidden(
    source: Source, quotes: Iterable[Quote], barred: Bars, copies: frozenset[str], again: tuple[Span, ...] = ()
) -> tuple[Span, ...]:
    """The stretches of a source's text that may not be shown: those of the rules, and all words of persons barred,
    with the labels of their turns. `copies`: folded words of quotations withheld; `again`: where withheld words
    stand again."""
    found = [*barred.spans.get(source.path, ()), *again]
    mine = [q for q in quotes if by_barred(q, barred) or is_copy(q, copies)]
    others = {q.turn for q in quotes if q.turn is not None and q.person and q.person.id not in barred.persons}
    said = {q.turn for q in mine if q.turn is not None and q.kind == "turn"}
    found += [span for q in mine for span in (*q.spans, *q.content)]
    written = merged((span for q in mine if q.turn is None for span in (*q.spans, *q.content)), len(source.text))
    # Where paragraphs end may be read wrongly; what stands between one pair of marks was said by one person.
    found += [span for span in stretches(source.text) if hits(span, written)] if written else []
    for n, turn in enumerate(source.turns):
        if n in said or (n not in others and labelled(source, turn, barred)):
            found += [(turn.start, turn.end), *turn.spans]
    return merged(found, len(source.text))


def copied(quotes: Iterable[Quote], barred: Bars, own: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words of quotations that are withheld, folded, if long enough to be known again: of withheld persons,
    and in the `own` sources that are withheld."""
    mine = (q for q in quotes if by_barred(q, barred) or (q.source in own and not q.asks))
    texts = (folded(q.text) for q in mine)
    return frozenset(t for t in texts if t.count(" ") >= COPY - 1)


def is_copy(quote: Quote, copies: frozenset[str]) -> bool:
    """Whether a quotation repeats a withheld one: short words do so only if nobody else is held to have said them."""
    words = folded(quote.text)
    return words in copies and (quote.person is None or words.count(" ") >= SAME - 1)


def by_barred(quote: Quote, barred: Bars) -> bool:
    """Whether a quotation is, or as far as anyone knows may be, the words of a person barred."""
    if quote.person:
        unknown = quote.person.id not in barred.known
        return quote.person.id in barred.persons or (unknown and slug(quote.person.name) in barred.names)
    return named(quote.speaker, barred)


def named(mention: Mention | None, barred: Bars) -> bool:
    """Whether a mention names a person barred."""
    return mention is not None and slug(mention.text) in barred.names


def labelled(source: Source, turn: Turn, barred: Bars) -> bool:
    """Whether a turn's label is, or stands for, a person barred."""
    labels = [t for t in (turn.name, turn.label, source.labels.get(turn.label, "")) if t]
    return any(slug(t) in barred.names or (source.path, t) in barred.figures for t in labels)
