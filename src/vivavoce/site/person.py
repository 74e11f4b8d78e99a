"""The people: the cast on the cover, the list, and each person's page with everything they said."""

from __future__ import annotations

from typing import Any

from vivavoce.model import Evidence, Person, Quote
from vivavoce.site import cite, dates
from vivavoce.site.excerpts import fragments, marked
from vivavoce.site.shelf import Shelf, person_page, quote_at, quote_place, source_page, title_of
from vivavoce.site.voices import joined, quoted

GROUPS = (
    ("People", ("person",)),
    ("Characters", ("character",)),
    ("Organisations and groups", ("organisation", "group")),
)


def groups(shelf: Shelf) -> list[tuple[str, list[dict[str, Any]]]]:
    """The people by what they are, by name; those with nothing said and nothing known of them are left out."""
    known = {kind for _, kinds in GROUPS for kind in kinds}
    named = [*GROUPS, ("Voices without a name", tuple(sorted({p.kind for p in shelf.history.people} - known)))]
    rows = {k: [_row(shelf, p) for p in _by_name(shelf) if p.kind in kinds] for k, kinds in named}
    worth = {k: [r for r in held if r["said"] or r["asked"] or r["part"]] for k, held in rows.items()}
    return [(k, r) for k, r in worth.items() if r]


def cast(shelf: Shelf) -> list[dict[str, Any]]:
    """The dramatis personae: persons who tell something, by name; interviewers, who only ask, are not among them."""
    return [r for r in (_row(shelf, p) for p in _by_name(shelf) if p.kind == "person") if r["said"]]


def _by_name(shelf: Shelf) -> list[Person]:
    """By surname (last word), as a cast list is."""
    return sorted(shelf.history.people, key=lambda p: (p.name.casefold().split()[-1:], p.name, p.id))


def _row(shelf: Shelf, person: Person) -> dict[str, Any]:
    quotes = shelf.of_person.get(person.id, [])
    return {
        "name": person.name,
        "href": person_page(person.id),
        "part": cite.parts(person),
        "said": sum(not q.asks for q in quotes),
        "asked": sum(q.asks for q in quotes),
    }


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
