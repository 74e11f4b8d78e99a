"""A history without what may not be shown: what every output is made from."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec.structs import replace

from vivavoce.errors import UsageError
from vivavoce.model import Correction, History, Quote, Restriction, Source, Span, Withheld
from vivavoce.rights.bars import Bars, bars, by_barred, closed, copied, hidden
from vivavoce.rights.copies import Copies, copies
from vivavoce.rights.cut import Cut
from vivavoce.rights.cutting import cut_quote, cut_source, speaking
from vivavoce.rights.disguise import disguised
from vivavoce.rights.disguise import moved as moved_paths
from vivavoce.rights.gate import Item, is_day, may
from vivavoce.rights.moments import cut_moment, cut_trace, cut_work
from vivavoce.rights.names import called_by_name, cleared, moved, names_them, renamed
from vivavoce.rights.people import counted, cut_people
from vivavoce.rights.pictures import with_pictures
from vivavoce.rights.words import Secret, echoes, less, secret, tells, widened
from vivavoce.rights.works import cut_of_works

REPEATS = "it repeats what is withheld"


def published(
    history: History, channel: str, day: str = "", rules: tuple[Restriction, ...] = (), also: str = ""
) -> History:
    """The history as a channel may show it on a day (ISO; none: the history's own); with `also`, as much of it as
    that second channel may show too (the search index of a site is on the site).

    `rules`: the restrictions of the project and of decisions; each source's own are added (one on a person whom
    nobody goes by bars that source). What they withhold is
    gone: sources and persons with all that comes from them, stretches of text overwritten one for one (line
    breaks stay), recordings, and every title, name or reason that would tell a withheld word. `withheld` of the
    result says what kind of thing is not shown, how much of it, and on what ground.

    Raises UsageError if the day is none.
    """
    now = day or history.day
    every, other = called(held(history, channel, now, rules, also), history)
    channels = (channel, also) if also else (channel,)
    return disguised(_shown(history, every, channels, now), history, other)


def called(every: tuple[Restriction, ...], history: History) -> tuple[tuple[Restriction, ...], tuple[Restriction, ...]]:
    """The restrictions that withhold, and those that show somebody under another name; one that is on nobody's id
    withholds."""
    ids = {p.id for p in history.people}
    named = tuple(r for r in every if r.what == "person" and r.called.strip() and r.of in ids)
    return tuple(r for r in every if r not in named), named


def _shown(history: History, held: tuple[Restriction, ...], channels: tuple[str, ...], now: str) -> History:
    """The history without what restrictions withhold."""
    if not held:
        whole = replace(history, sources=tuple(replace(s, restrictions=()) for s in history.sources))
        return with_pictures(whole, history, held, channels, now)
    barred, again = _barred(held, history)
    if barred.everything:
        return History(history.title, history.day, language=history.language, withheld=(Withheld("everything"),))
    shown, cut = _without(history, barred, held, again.spans)
    return with_pictures(shown, history, held, channels, now, cut)


def alike(history: History, channel: str, also: str, day: str = "", rules: tuple[Restriction, ...] = ()) -> bool:
    """Whether a channel shows no more than a second one would let it: `published` gives the same with `also`."""
    now = day or history.day
    drawn = (r for p in history.pictures for r in p.restrictions)
    both = all(may(Item("picture", (r,)), channel, now) == may(Item("picture", (r,)), also, now) for r in drawn)
    return both and held(history, channel, now, rules, "") == held(history, channel, now, rules, also)


def paths(
    history: History, channel: str, day: str = "", rules: tuple[Restriction, ...] = (), also: str = ""
) -> dict[str, str]:
    """The sources that `published` (called alike) gives another path since their own names a withheld person: old
    path to new, for those who ask a history for what they know by its file."""
    every, other = called(held(history, channel, day or history.day, rules, also), history)
    away = renamed(history, _barred(every, history)[0]) if every else {}
    return {**moved_paths(history, history, other), **away}


def held(
    history: History, channel: str, day: str, rules: tuple[Restriction, ...], also: str = ""
) -> tuple[Restriction, ...]:
    """The restrictions in force in a channel, or in either of two, on a day. Raises UsageError if the day is none."""
    if not is_day(day):
        raise UsageError(f"“{day}” is no day; give it as in 2031-05-09.")
    channels = (channel, also) if also else (channel,)
    every = closed(rules, history)
    return tuple(r for r in every if not all(may(Item(r.what, (r,)), c, day) for c in channels))


def _barred(held: tuple[Restriction, ...], history: History) -> tuple[Bars, Copies]:
    """What restrictions bar, with other transcripts of what they withhold, and where else its words stand."""
    barred = bars(held, history)
    again = copies(history, barred)
    if again.sources:
        told = Withheld("source", len(again.sources), REPEATS)
        barred = barred._replace(sources=barred.sources | again.sources, withheld=(*barred.withheld, told))
    return barred, again


def _without(
    history: History, barred: Bars, held: tuple[Restriction, ...], again: dict[str, tuple[Span, ...]]
) -> tuple[History, Cut]:
    """The history without what is barred, and where it stands again; and how it was cut."""
    cut = _cut(history, barred, again)
    cut = cut._replace(people=cut_people(history, cut))
    quotes = tuple(speaking(q, cut) for q in cut.quotes.values())
    moments = tuple(m for m in (cut_moment(m, cut) for m in history.moments) if m)
    left = replace(
        history,
        sources=tuple(cut.sources.values()),
        quotes=quotes,
        people=counted(history, cut),
        moments=moments,
        traces=tuple(t for t in (cut_trace(t, cut) for t in history.traces) if t),
        works=tuple(w for w in (cut_work(w, cut) for w in history.works) if w),
        of_works=tuple(o for o in (cut_of_works(o, cut) for o in history.of_works) if o),
        withheld=(*history.withheld, *_grounds(barred, held, cut)),
    )
    return moved(left, renamed(history, barred)), cut


def _cut(history: History, barred: Bars, again: dict[str, tuple[Span, ...]]) -> Cut:
    """Sources and quotations cut, and the words that this leaves untold."""
    away = _away(history, barred, again)
    silent = _silent(history, barred, away)
    shown = [s for s in history.sources if s.path in away and not (s.kind == "recording" and s.path in silent)]
    cut = (cut_source(s, away[s.path], barred) for s in shown)
    sources = {s.path: replace(s, media=tuple(m for m in s.media if m.path not in silent)) for s in cut}
    sources, told = _told(history, barred, away, cleared(sources, history, barred))
    taken = {q.id for q in history.quotes}
    quotes = {q.id: cut_quote(q, away.get(q.source), sources.get(q.source), barred, taken) for q in history.quotes}
    left = {old: new for old, new in quotes.items() if new}
    whole = frozenset(old for old, new in left.items() if old == new.id)
    muted = frozenset(m.path for s in shown for m in s.media if m.path in silent) - barred.media
    return Cut(barred, sources, away, told, left, whole, muted, {})


def _away(history: History, barred: Bars, again: dict[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
    """The hidden stretches of each source that is not withheld as a whole."""
    own = frozenset(s.path for s in history.sources if s.kind != "press" and s.path in barred.sources)
    everywhere, ours = copied(history.quotes, barred), copied(history.quotes, barred, own)
    mine: dict[str, list[Quote]] = defaultdict(list)
    for quote in history.quotes:
        mine[quote.source].append(quote)
    addressed = called_by_name(history, barred)
    return {
        s.path: hidden(
            s,
            mine[s.path],
            barred,
            everywhere if s.kind == "press" else ours,
            (*again.get(s.path, ()), *addressed.get(s.path, ())),
        )
        for s in history.sources
        if s.path not in barred.sources
    }


def _silent(history: History, barred: Bars, away: dict[str, tuple[Span, ...]]) -> frozenset[str]:
    """The recordings that are not published: those barred, and those in which anything withheld can be heard,
    whichever of their transcripts it is withheld from."""
    heard = {m.path for s in history.sources if away.get(s.path, True) for m in s.media}
    return barred.media | barred.sources | heard


def _told(
    history: History, barred: Bars, away: dict[str, tuple[Span, ...]], sources: dict[str, Source]
) -> tuple[dict[str, Source], Secret]:
    """The sources without titles that tell what is hidden (a headline's), and what is secret."""
    withheld = [t for s in history.sources if away.get(s.path) for t in widened(s.text, away[s.path])]
    withheld += [c.to for s in history.sources if s.path in sources for c in s.corrections if _gone(c, sources[s.path])]
    withheld += [t for s in history.sources if s.path not in away for t in _texts(s)]
    changed = [s for s in history.sources if s.path in sources and sources[s.path].title != s.title]
    withheld += [t for s in changed for t in (s.title, s.byline, s.publisher)]
    withheld += [q.text for q in history.quotes if q.source not in sources or by_barred(q, barred)]
    told = secret(withheld, [t for s in sources.values() for t in (s.text, *(c.to for c in s.corrections))])
    shown = {p: replace(s, title="") if away[p] and echoes(s.title, told) else s for p, s in sources.items()}
    written = [history.title, history.subtitle, history.introduction]
    # A source that is shown whole may tell its people's names in ways of its own (a label made out in full).
    people = [key for p in history.people for path, key in p.figures if path in shown and not away[path]]
    return shown, less(told, [*written, *people, *(t for s in shown.values() for t in _texts(s)[1:])])


def _gone(correction: Correction, shown: Source) -> bool:
    """Whether a source as it is shown is without a correction."""
    return correction not in shown.corrections


def _texts(source: Source) -> tuple[str, ...]:
    """All words of a source: its text first, and what is told about it."""
    names = dict.fromkeys(t for turn in source.turns for t in (turn.label, turn.name))
    told = (source.title, source.byline, source.publisher, *source.labels.values(), *names)
    return (source.text, *told, *(c.to for c in source.corrections))


def _grounds(barred: Bars, held: tuple[Restriction, ...], cut: Cut) -> tuple[Withheld, ...]:
    """That something is withheld, with the ground where that names nobody and tells nothing."""
    told: Counter[tuple[str, str]] = Counter()
    for w in barred.withheld:
        told[w.what, "" if names_them(w.ground, barred) or tells(w.ground, cut.secret) else w.ground] += w.count
    people = sum(1 for r in held if r.what == "person")
    if people and not barred.persons and any(cut.hidden.values()):
        told["person", ""] += 1
    if cut.silent:
        told["medium", "some of it is withheld"] += len(cut.silent)
    return tuple(Withheld(what, n, ground) for (what, ground), n in sorted(told.items()))
