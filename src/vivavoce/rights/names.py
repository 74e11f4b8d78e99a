"""Names of withheld persons outside the text: in the titles, addresses and file names of their own sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from vivavoce.model import (
    Account,
    Evidence,
    History,
    Moment,
    OfWorks,
    Person,
    Source,
    Span,
    Trace,
    Warning,
    When,
    digest,
    slug,
)
from vivavoce.rights.bars import Bars, by_barred, labelled
from vivavoce.rights.mentions import disguise, mentions

UNNAMED = "Name withheld"

PART = 3
"""A first name or a surname of so many letters or more gives somebody away, where they speak."""

_GAP = re.compile(r"[\s/\d]+")


def renamed(history: History, barred: Bars) -> dict[str, str]:
    """The paths that tell whose words a source holds, and what stands in their place: of sources of our own in
    which a withheld person speaks, and of recordings."""
    return {path: address(path) for path, names in _own(history, barred).items() if _holds(path, names)}


def called_by_name(history: History, barred: Bars) -> dict[str, tuple[Span, ...]]:
    """Where somebody names a withheld person in a source of our own in which that person speaks: who asks them calls
    them by their name. A first name that somebody else has too is nobody's."""
    own = _own(history, barred)
    names = disguise([(p, "x") for p in history.people if p.id in barred.persons], history)
    talks = (s for s in history.sources if s.path in own and s.kind != "recording")
    return {s.path: tuple((m.start, m.end) for m in mentions(s.text, names) if m.to) for s in talks}


def names_them(text: str, barred: Bars) -> bool:
    """Whether a text has the name of a withheld person in it, or a part of it."""
    return _holds(text, barred.names | _parts(barred))


def _parts(barred: Bars) -> frozenset[str]:
    return frozenset(w for name in barred.names for w in name.split("-") if len(w) >= PART)


def cleared(sources: Mapping[str, Source], history: History, barred: Bars) -> dict[str, Source]:
    """Sources by path, each without a title, byline and so on that names a withheld person who speaks in it, and
    without what is told of it under such a name."""
    own = _own(history, barred)
    return {
        path: _cleared(s, own[path]) if path in own else replace(s, warnings=_unnaming(s.warnings, barred.names))
        for path, s in sources.items()
    }


def _unnaming(warnings: tuple[Warning, ...], names: frozenset[str]) -> tuple[Warning, ...]:
    return tuple(w for w in warnings if not _holds(f"{w.place} {w.what} {w.remedy}", names))


def _cleared(source: Source, names: frozenset[str]) -> Source:
    def kept(text: str) -> str:
        return "" if _holds(text, names) else text

    return replace(
        source,
        title=kept(source.title),
        byline=kept(source.byline),
        publisher=kept(source.publisher),
        address=kept(source.address),
        licence=kept(source.licence),
        turns=tuple(replace(t, why="", maybe="") if t.why else t for t in source.turns),
        warnings=_unnaming(source.warnings, names),
    )


def _own(history: History, barred: Bars) -> dict[str, frozenset[str]]:
    """The sources of our own in which withheld persons speak, and recordings, with the names that tell of them."""
    if not barred.names:
        return {}
    spoken = {q.source for q in history.quotes if by_barred(q, barred)}
    parts = _parts(barred)
    found: dict[str, frozenset[str]] = {}
    for source in (s for s in history.sources if s.kind != "press"):
        if source.path in spoken or any(labelled(source, turn, barred) for turn in source.turns):
            found[source.path] = barred.names | parts
        elif source.kind == "recording":
            found[source.path] = barred.names
    return found


def _holds(text: str, names: Iterable[str]) -> bool:
    """Whether a text has any of some names (slugs) in it; a full name also where its words are written as one."""
    words = f"-{'-'.join(slug(piece) for piece in _GAP.split(text) if piece)}-"
    joined = words.replace("-", "")
    return any(f"-{name}-" in words or ("-" in name and name.replace("-", "") in joined) for name in names)


def address(path: str) -> str:
    """A path that tells nothing but the file's ending."""
    name = path.rsplit("/", 1)[-1]
    ending = f".{slug(name.rsplit('.', 1)[1])}" if "." in name else ""
    return f"withheld-{digest('path', path)}{ending}"


# --- the same history with other paths -----------------------------------------------------------------------


def moved(history: History, paths: Mapping[str, str]) -> History:
    """A history in which sources have other paths, wherever it points at them."""
    if not paths:
        return history
    return replace(
        history,
        sources=tuple(_source(s, paths) for s in history.sources),
        quotes=tuple(replace(q, source=paths.get(q.source, q.source)) for q in history.quotes),
        people=tuple(_person(p, paths) for p in history.people),
        moments=tuple(_moment(m, paths) for m in history.moments),
        traces=tuple(_trace(t, paths) for t in history.traces),
        of_works=tuple(_of_works(o, paths) for o in history.of_works),
    )


def _source(source: Source, paths: Mapping[str, str]) -> Source:
    """A source under its new path, with a title where its file's name would have to do; a recording, which is its own
    medium, without it."""
    if source.path not in paths:
        return source
    media = tuple(m for m in source.media if m.path not in paths)
    return replace(source, path=paths[source.path], title=source.title or UNNAMED, media=media)


def _evidence(found: tuple[Evidence, ...], paths: Mapping[str, str]) -> tuple[Evidence, ...]:
    return tuple(replace(e, source=paths.get(e.source, e.source)) for e in found)


def _person(person: Person, paths: Mapping[str, str]) -> Person:
    roles = tuple(replace(r, evidence=_evidence(r.evidence, paths)) for r in person.roles)
    return replace(person, roles=roles, figures=tuple((paths.get(path, path), key) for path, key in person.figures))


def _moment(moment: Moment, paths: Mapping[str, str]) -> Moment:
    def there(account: Account) -> Account:
        return replace(account, source=paths.get(account.source, account.source))

    relations = tuple(replace(r, evidence=_evidence(r.evidence, paths)) for r in moment.relations)
    return replace(
        moment, accounts=tuple(map(there, moment.accounts)), relations=relations, when=_when(moment.when, paths)
    )


def _when(when: When, paths: Mapping[str, str]) -> When:
    happened = when.happened and replace(when.happened, evidence=_evidence(when.happened.evidence, paths))
    return replace(when, happened=happened, notes=_evidence(when.notes, paths))


def _of_works(told: OfWorks, paths: Mapping[str, str]) -> OfWorks:
    path = paths.get(told.source, told.source)
    return OfWorks(
        path,
        tuple(replace(n, source=path) for n in told.namings),
        tuple(replace(f, source=path) for f in told.facts),
        tuple(replace(o, source=path) for o in told.offsets),
        tuple(replace(p, source=path) for p in told.placings),
    )


def _trace(trace: Trace, paths: Mapping[str, str]) -> Trace:
    places = tuple(replace(p, source=paths.get(p.source, p.source)) for p in trace.places)
    near = trace.nearest and replace(trace.nearest, source=paths.get(trace.nearest.source, trace.nearest.source))
    found = trace.found_in and paths.get(trace.found_in, trace.found_in)
    return replace(trace, source=paths.get(trace.source, trace.source), found_in=found, places=places, nearest=near)
