"""Moments, traces and works without what is hidden."""

from __future__ import annotations

from msgspec.structs import replace

from vivavoce.model import Account, Happened, Moment, Relation, Trace, TracePlace, When, Work, slug, times
from vivavoce.rights.cut import Cut, evident, ref, shown
from vivavoce.rights.cutting import remains
from vivavoce.rights.spans import hits
from vivavoce.rights.words import echoes, tells, tokens

FEW = 4
"""From so many words on, a title that stands in withheld words only is made of them."""

UNTITLED = "Untitled moment"


def cut_moment(moment: Moment, cut: Cut) -> Moment | None:
    """A moment with the accounts that are left; None if none is."""
    accounts = tuple(a for a in (_account(a, cut) for a in moment.accounts) if a)
    if not accounts:
        return None
    same = {a.id for a in accounts} & {a.id for a in moment.accounts if _untouched(a, cut)}
    touched = len(same) < len(moment.accounts)
    works = tuple(w for w in moment.works if not tells(w, cut.secret))
    # A title of a few words that everybody uses is no secret, as long as nothing is missing.
    telling = (echoes if touched or len(tokens(moment.title)) >= FEW else tells)(moment.title, cut.secret)
    return replace(
        moment,
        title=(works[0] if works else UNTITLED) if telling else moment.title,
        works=works,
        when=_when(moment.when, touched, cut),
        accounts=accounts,
        relations=tuple(r for r in moment.relations if {r.a, r.b} <= same and _relates(r, cut)),
        why=tuple(w for w in moment.why if not (echoes if touched else tells)(w, cut.secret)),
        note=_note(moment.note, cut),
    )


def _note(note: str, cut: Cut) -> str:
    """The editor's note, unless it tells withheld words or names a withheld person."""
    words = f" {' '.join(tokens(note))} "
    names = any(f" {' '.join(name.split('-'))} " in words for name in cut.barred.names)
    return "" if names or tells(note, cut.secret) else note


def _untouched(account: Account, cut: Cut) -> bool:
    away = cut.hidden.get(account.source)
    return away is not None and not any(hits(s, away) for s in account.spans)


def _account(account: Account, cut: Cut) -> Account | None:
    """An account as far as it may be shown."""
    if account.source not in cut.sources or (account.person and ref(account.person, cut) is None):
        return None
    if account.person and slug(account.person.name) in cut.barred.names and account.person.id not in cut.barred.known:
        return None
    source, away = cut.sources[account.source], cut.hidden[account.source]
    whole = _untouched(account, cut)
    spans = account.spans if whole else remains(account.spans, away, source.text)
    if not spans:
        return None
    told = account.time if whole or not account.time else times(source, spans[0][0], spans[-1][1])
    quotes = tuple(cut.quotes[q].id for q in account.quotes if q in cut.quotes)
    return replace(account, person=ref(account.person, cut), spans=spans, quotes=quotes, time=told)


def _relates(relation: Relation, cut: Cut) -> bool:
    """Whether a relation rests on what is shown, and tells nothing else."""
    whole = len(evident(relation.evidence, cut)) == len(relation.evidence)
    return whole and not tells(" ".join((relation.about, *relation.values)), cut.secret)


def _when(when: When, touched: bool, cut: Cut) -> When:
    """The date of a moment, if what is shown tells it."""
    happened: Happened | None = when.happened
    if happened:
        left = evident(happened.evidence, cut)
        known = bool(left) if happened.evidence else not touched
        happened = replace(happened, evidence=left) if known else None
    return replace(when, happened=happened, notes=evident(when.notes, cut))


def cut_trace(trace: Trace, cut: Cut) -> Trace | None:
    """A trace, if both its ends are shown whole: one into withheld words shows neither words nor place."""
    if trace.quote not in cut.whole or not all(shown(trace.source, s, cut) for s in trace.spans):
        return None
    if any(slug(n) in cut.barred.names for n in (trace.speaker, trace.said_by) if n):
        return None
    if trace.found_in and not all(shown(trace.found_in, s, cut) for s in trace.at):
        return None
    if tells(" ".join((trace.speaker, trace.said_by, *(e.to for e in trace.edits))), cut.secret):
        return None
    places = tuple(p for p in trace.places if _place(p, cut))
    if len(places) < len(trace.places):  # its edits tell of all of them
        return None
    near = trace.nearest if trace.nearest and shown(trace.nearest.source, trace.nearest.span, cut) else None
    frames = tuple(f for f in trace.frames if shown(trace.places[f.place].source, f.at, cut))
    score = trace.similarity if near or trace.found_in else 0.0
    return replace(trace, places=places, nearest=near, frames=frames, similarity=score)


def _place(place: TracePlace, cut: Cut) -> bool:
    """Whether a place where something was said may be shown."""
    named = slug(place.person) in cut.barred.names if place.person else False
    return shown(place.source, place.span, cut) and not named and not tells(place.person, cut.secret)


def cut_work(work: Work, cut: Cut) -> Work | None:
    """A work, unless only withheld words tell of it."""
    if tells(work.title, cut.secret):
        return None
    aliases = tuple(a for a in work.aliases if not tells(a, cut.secret))
    return replace(work, aliases=aliases, part_of="" if tells(work.part_of, cut.secret) else work.part_of)
