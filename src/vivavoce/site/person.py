"""The people: the cast on the cover, the list, and each person's page with everything they said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import Evidence, Person, Quote, Role, Source
from vivavoce.site import cite
from vivavoce.site.excerpts import fragments, marked
from vivavoce.site.shelf import Shelf, person_page, quote_at, quote_place, source_page
from vivavoce.site.voices import joined, quoted

ASIDE = (("Organisations and groups", ("organisation", "group")), ("Characters", ("character",)))
# Trades of those who make a work, as titles of jobs name them.
TRADES = (
    "writer author playwright screenwriter novelist creator showrunner producer director dramaturge editor composer "
    "songwriter designer cinematographer cameraman camerawoman gaffer grip engineer mixer supervisor stylist makeup "
    "costumer casting choreographer conductor illustrator photographer animator programmer architect inventor"
)
MAKES = frozenset(TRADES.split())
Groups = list[tuple[str, list[dict[str, Any]]]]
PLAYS = frozenset(("actor", "actress", "star", "understudy"))


def groups(shelf: Shelf) -> Groups:
    """The dramatis personae: who plays, who makes, who else tells, who asks, who is only spoken of; organisations,
    characters, and voices without a name apart. Those with nothing said and nothing known of them are left out."""
    order = ("The cast", "The makers", "The others", "Who asks", "Spoken of", *(k for k, _ in ASIDE), NAMELESS)
    held: dict[str, list[dict[str, Any]]] = {heading: [] for heading in order}
    for one in _by_name(shelf):
        row = _row(shelf, one)
        if row["said"] or row["asked"] or row["parts"]:
            held[_group(shelf, one, row)].append(row)
    if not held["The cast"] and not held["The makers"]:
        held = {"Who tells" if heading == "The others" else heading: rows for heading, rows in held.items()}
    return [(heading, rows) for heading, rows in held.items() if rows]


NAMELESS = "Voices without a name"


def _group(shelf: Shelf, one: Person, row: dict[str, Any]) -> str:
    """Under which heading somebody stands."""
    if one.kind != "person":
        return next((heading for heading, kinds in ASIDE if one.kind in kinds), NAMELESS)
    if not row["said"]:
        return "Who asks" if row["asked"] else "Spoken of"
    if any(role.kind == "plays" or _works_as(shelf, role, PLAYS) for role in one.roles):
        return "The cast"
    return "The makers" if any(_makes(shelf, role) for role in one.roles) else "The others"


def _makes(shelf: Shelf, role: Role) -> bool:
    """Whether a role is to make a work of the catalogue: its author, a job on it, or a maker's trade."""
    on_it = role.kind == "job" and role.work in _catalogue(shelf)
    return (role.kind == "author" and bool(_catalogue(shelf))) or on_it or _works_as(shelf, role, MAKES)


def _works_as(shelf: Shelf, role: Role, trades: frozenset[str]) -> bool:
    """Whether a role is a job by one of some trades, where there is a work: of a strike, an engineer makes none."""
    words = role.title.casefold().replace("-", " ").split()
    return role.kind == "job" and bool(_catalogue(shelf)) and not trades.isdisjoint(words)


def _catalogue(shelf: Shelf) -> frozenset[str]:
    """The titles of the works that somebody made: no places, no events."""
    return frozenset(w.title for w in shelf.history.works if w.kind not in ("place", "event", ""))


def cast(listed: Groups) -> Groups:
    """The dramatis personae of the cover: those who tell something, under their headings."""
    wanted = ("The cast", "The makers", "The others", "Who tells")
    return [(heading, rows) for heading, rows in listed if heading in wanted]


def voices(listed: Groups) -> int:
    """How many persons tell something."""
    return sum(len(rows) for _, rows in cast(listed))


def _by_name(shelf: Shelf) -> list[Person]:
    """By surname (last word), as a cast list is."""
    return sorted(shelf.history.people, key=lambda p: (p.name.casefold().split()[-1:], p.name, p.id))


def _row(shelf: Shelf, person: Person) -> dict[str, Any]:
    quotes = shelf.of_person.get(person.id, [])
    said = [q for q in quotes if not q.asks]
    sources = [shelf.sources[path] for path in dict.fromkeys(q.source for q in said)]
    plays = list(dict.fromkeys(cite.part(r) for r in person.roles if r.kind == "plays"))
    jobs = list(dict.fromkeys(cite.part(r) for r in person.roles if r.kind != "plays"))
    return {
        "name": person.name,
        "href": person_page(person.id),
        "part": cite.parts(person),
        "parts": [p for p in (*plays, *jobs) if p],
        "said": len(said),
        "sources": len(sources),
        "asked": len(quotes) - len(said),
        "interviewed": _days(s for s in sources if s.kind == "transcript"),
        "in_press": _days(s for s in sources if s.kind == "press"),
        "moments": len(shelf.moments_of.get(person.id, [])),
    }


def _days(sources: Iterable[Source]) -> str:
    """When some sources were made: one day, or the years of several."""
    days = sorted({s.date for s in sources if s.date})
    if len(days) == 1:
        return dates.day(days[0])
    years = list(dict.fromkeys(map(dates.year, days)))
    return ", ".join(years) if len(years) < 4 else f"{years[0]} to {years[-1]}"


def page(shelf: Shelf, person: Person) -> dict[str, Any]:
    """What a person's page holds: roles with their evidence, moments, and everything said, by source and date."""
    quotes = shelf.of_person.get(person.id, [])
    by_source: dict[str, list[Quote]] = {}
    for quote in quotes:
        by_source.setdefault(quote.source, []).append(quote)
    order = sorted(by_source, key=lambda path: shelf.sources[path].date or "9")
    return {
        "person": person,
        "roles": _roles(shelf, person),
        "facts": _facts(_row(shelf, person)),
        "moments": shelf.moments_of.get(person.id, []),
        "said": [
            _said(shelf, p, [q for q in by_source[p] if not q.asks])
            for p in order
            if not all(q.asks for q in by_source[p])
        ],
        "asks": [
            (title_of(shelf.sources[p]), source_page(shelf, p)) for p in order if any(q.asks for q in by_source[p])
        ],
    }


def _facts(row: dict[str, Any]) -> str:
    """How much somebody is heard here, and when they said it."""
    if not row["said"]:
        return ""
    many = f"{row['said']} {'quotation' if row['said'] == 1 else 'quotations'}"
    sources = f"{row['sources']} {'source' if row['sources'] == 1 else 'sources'}"
    told = [f"{many} in {sources}"]
    told += [f"interviewed {row['interviewed']}"] if row["interviewed"] else []
    told += [f"in the press {row['in_press']}"] if row["in_press"] else []
    return " · ".join(told)


def _said(shelf: Shelf, path: str, quotes: list[Quote]) -> dict[str, Any]:
    source = shelf.sources[path]
    return {
        "source": source,
        "title": title_of(source),
        "href": source_page(shelf, path),
        "date": dates.day(source.date),
        "lines": [line(shelf, q) for q in quotes],
    }


def line(shelf: Shelf, quote: Quote) -> dict[str, Any]:
    """A quotation as a line of its speaker's: paragraphs, where it stands, the moments that hold it."""
    source = shelf.sources[quote.source]
    if quote.kind == "turn":
        paragraphs = [joined(source, (span,)) for span in quote.spans]
    elif marked(quote):
        paragraphs = list(quoted(source, fragments(quote)))
    else:
        paragraphs = [joined(source, fragments(quote))]
    return {
        "paragraphs": paragraphs,
        "reported": quote.kind != "turn" and not marked(quote),
        "href": quote_place(shelf, quote),
        "time": dates.clock(quote.time[0]) if quote.time else "",
        "moments": shelf.tells.get(quote.id, []),
        "cite": cite.citation(shelf, quote),
    }


def _roles(shelf: Shelf, person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each role once, with its evidence: (title, address), one for each source."""
    roles: dict[str, dict[str, tuple[str, str]]] = {}
    for role in person.roles:
        shown = roles.setdefault(cite.part(role, full=True), {})
        for one in role.evidence:
            if one.source in shelf.sources:
                shown.setdefault(one.source, _evidence(shelf, one))
    return [(text, list(shown.values())) for text, shown in roles.items() if text]


def _evidence(shelf: Shelf, shown: Evidence) -> tuple[str, str]:
    """Title and address of a piece of evidence: the quotation that holds it, else the source."""
    source = shelf.sources[shown.source]
    quote = quote_at(shelf, shown.source, shown.start)
    return title_of(source), quote_place(shelf, quote) if quote else source_page(shelf, shown.source)
