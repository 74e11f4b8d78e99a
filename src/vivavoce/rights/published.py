"""A history without what may not be shown: what every output is made from."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from vivavoce.errors import UsageError
from vivavoce.model import History, Quote, Restriction, Source, Withheld, slug
from vivavoce.rights.bars import Bars, bars, by_barred, copied, hidden, of_sources
from vivavoce.rights.cut import Cut
from vivavoce.rights.cutting import cut_quote, cut_source, speaking
from vivavoce.rights.gate import Item, is_day, may
from vivavoce.rights.moments import cut_moment, cut_trace, cut_work
from vivavoce.rights.people import counted, cut_person, renamed
from vivavoce.rights.words import echoes, secret, tells, widened


def published(history: History, channel: str, day: str = "", rules: tuple[Restriction, ...] = ()) -> History:
    """The history as a channel may show it on a day (ISO; none: the history's own).

    `rules`: the restrictions of the project and of decisions; each source's own are added. What they withhold is
    gone: sources and persons with all that comes from them, stretches of text overwritten one for one (line
    breaks stay), recordings, and every title, name or reason that would tell a withheld word. `withheld` of the
    result says what kind of thing is not shown, how much of it, and on what ground.

    Raises UsageError if the day is none.
    """
    day = day or history.day
    every = of_sources(rules, history.sources)
    held = tuple(rule for rule in every if not may(Item(rule.what, (rule,)), channel, day))
    if not is_day(day):
        raise UsageError(f"“{day}” is no day; give it as in 2031-05-09.")
    if not held:
        return replace(history, sources=tuple(replace(s, restrictions=()) for s in history.sources))
    barred = bars(held, history)
    if barred.everything:
        return History(history.title, history.day, language=history.language, withheld=(Withheld("everything"),))
    return _without(history, barred, held)


def _without(history: History, barred: Bars, held: tuple[Restriction, ...]) -> History:
    """The history without what is barred."""
    cut = _cut(history, barred)
    people = [p for p in (cut_person(p, cut) for p in history.people) if p]
    cut = cut._replace(people=renamed(people, cut))
    quotes = tuple(speaking(q, cut) for q in cut.quotes.values())
    moments = tuple(m for m in (cut_moment(m, cut) for m in history.moments) if m)
    return replace(
        history,
        sources=tuple(cut.sources.values()),
        quotes=quotes,
        people=counted(history, cut),
        moments=moments,
        traces=tuple(t for t in (cut_trace(t, cut) for t in history.traces) if t),
        works=tuple(w for w in (cut_work(w, cut) for w in history.works) if w),
        withheld=(*history.withheld, *_grounds(barred, held, cut)),
    )


def _cut(history: History, barred: Bars) -> Cut:
    """Sources and quotations cut, and the words that this leaves untold."""
    shown = [s for s in history.sources if s.path not in barred.sources]
    by_source: dict[str, list[Quote]] = {s.path: [] for s in shown}
    for quote in history.quotes:
        by_source.get(quote.source, []).append(quote)
    copies = copied(history.quotes, barred)
    away = {s.path: hidden(s, by_source[s.path], barred, copies) for s in shown}
    sources = {s.path: cut_source(s, away[s.path], barred) for s in shown}
    withheld = [t for s in shown for t in widened(s.text, away[s.path])]
    withheld += [t for s in history.sources if s.path in barred.sources for t in _texts(s)]
    withheld += [q.text for q in history.quotes if q.source not in sources or by_barred(q, barred)]
    # A title taken from a headline that is now hidden is no public word.
    told = secret(withheld, [s.text for s in sources.values()])
    sources = {p: replace(s, title="") if away[p] and echoes(s.title, told) else s for p, s in sources.items()}
    written = [history.title, history.subtitle, history.introduction]
    told = secret(withheld, [*written, *(t for s in sources.values() for t in _texts(s))])
    taken = {q.id for q in history.quotes}
    quotes: dict[str, Quote] = {}
    for old in history.quotes:
        new = cut_quote(old, away.get(old.source), sources.get(old.source), barred, taken)
        if new:
            quotes[old.id] = new
    whole = frozenset(old for old, new in quotes.items() if old == new.id)
    return Cut(barred, sources, away, told, quotes, whole, {})


def _texts(source: Source) -> tuple[str, ...]:
    """All words of a source: its text, and what is told about it."""
    names = [t for turn in source.turns for t in (turn.label, turn.name)]
    return (source.text, source.title, source.byline, source.publisher, *source.labels.values(), *names)


def _grounds(barred: Bars, held: tuple[Restriction, ...], cut: Cut) -> tuple[Withheld, ...]:
    """That something is withheld, with the ground where that names nobody and tells nothing."""
    told: Counter[tuple[str, str]] = Counter()
    for w in barred.withheld:
        names = any(f"-{n}-" in f"-{slug(w.ground)}-" for n in barred.names)
        told[w.what, "" if names or tells(w.ground, cut.secret) else w.ground] += w.count
    people = sum(1 for r in held if r.what == "person")
    if people and not barred.persons and any(cut.hidden.values()):
        told["person", ""] += 1
    return tuple(Withheld(what, n, ground) for (what, ground), n in sorted(told.items()))
