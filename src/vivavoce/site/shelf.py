"""A history put on a shelf: everything that a page looks up, found at once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable

from vivavoce.model import Account, History, Moment, Person, Quote, Source, Span, Trace, Turn, Value
from vivavoce.site import addresses
from vivavoce.site.markdown import unmarked


class Shelf(Value, frozen=True):
    """Look-ups over one history; lists are in the order of the history, quotations in that of their text.

    `told`: source path -> (moment, account) of each account in it. `tells`: quotation id -> moments that hold it.
    `slugs`: source path -> its name in addresses. `heard`: whether there is a transcript to look in.
    """

    history: History
    sources: dict[str, Source]
    quotes: dict[str, Quote]
    people: dict[str, Person]
    of_source: dict[str, list[Quote]]
    of_person: dict[str, list[Quote]]
    of_turn: dict[tuple[str, int], Quote]
    told: dict[str, list[tuple[Moment, Account]]]
    tells: dict[str, list[Moment]]
    moments_of: dict[str, list[Moment]]
    traces: dict[str, Trace]
    slugs: dict[str, str]
    heard: bool = False


def shelve(history: History) -> Shelf:
    """Put a history on a shelf. Quotations and accounts of sources that are not in it are left out, and reported
    speech of nobody known: it is an article's own prose, and no voice of the history."""
    sources = {s.path: unmarked(s) for s in history.sources}
    held = (q for q in history.quotes if q.source in sources and q.spans and (q.person or q.kind != "indirect"))
    quotes = sorted(held, key=_reading_order(sources))
    told: dict[str, list[tuple[Moment, Account]]] = defaultdict(list)
    tells: dict[str, list[Moment]] = defaultdict(list)
    moments_of: dict[str, list[Moment]] = defaultdict(list)
    for moment in history.moments:
        for account in moment.accounts:
            told[account.source].append((moment, account))
            _once(moment, (tells[q] for q in account.quotes))
            _once(moment, [moments_of[account.person.id]] if account.person else [])
    return Shelf(
        history=history,
        sources=sources,
        quotes={q.id: q for q in quotes},
        people={p.id: p for p in history.people},
        of_source=_grouped((q.source, q) for q in quotes),
        of_person=_grouped((q.person.id, q) for q in quotes if q.person),
        of_turn={(q.source, q.turn): q for q in quotes if q.turn is not None},
        told=dict(told),
        tells=dict(tells),
        moments_of=dict(moments_of),
        traces={t.quote: t for t in history.traces},
        slugs=addresses.source_slugs(sources),
        heard=any(s.kind == "transcript" for s in sources.values()),
    )


def _reading_order(sources: dict[str, Source]) -> Callable[[Quote], tuple[int, Span, str]]:
    rank = {path: i for i, path in enumerate(sources)}
    return lambda q: (rank[q.source], q.spans[0], q.id)


def quote_at(shelf: Shelf, path: str, offset: int) -> Quote | None:
    """The quotation of a source that holds a place of its text."""
    here = shelf.of_source.get(path, [])
    at = bisect_right(here, offset, key=lambda q: q.spans[0][0]) - 1
    return here[at] if at >= 0 and offset < here[at].spans[-1][1] else None


def _grouped(pairs: Iterable[tuple[str, Quote]]) -> dict[str, list[Quote]]:
    groups: dict[str, list[Quote]] = defaultdict(list)
    for key, quote in pairs:
        groups[key].append(quote)
    return dict(groups)


def _once(moment: Moment, lists: Iterable[list[Moment]]) -> None:
    """Add a moment to lists whose last moment it is not yet (moments come one after the other)."""
    for there in lists:
        if not there or there[-1] is not moment:
            there.append(moment)


# --- addresses, from the site's root ----------------------------------------------------------------------


def source_page(shelf: Shelf, path: str) -> str:
    """The page of a source."""
    return addresses.href(f"sources/{shelf.slugs[path]}.html")


def quote_place(shelf: Shelf, quote: Quote) -> str:
    """A quotation in its source: the address that stays."""
    return f"{source_page(shelf, quote.source)}#{addresses.href(quote_anchor(quote.id))}"


def quote_anchor(quote_id: str) -> str:
    """The name of a quotation within its source's page."""
    return "q-" + addresses.token(quote_id)


def account_anchor(account_id: str, number: int) -> str:
    """The name of one stretch of an account within its source's page."""
    return f"a-{addresses.token(account_id)}-{number + 1}"


def person_page(person_id: str) -> str:
    """The page of a person."""
    return addresses.page("people", person_id)


def moment_page(moment_id: str) -> str:
    """The page of a moment."""
    return addresses.page("moments", moment_id)


# --- who and where ----------------------------------------------------------------------------------------


def whole(source: Source) -> bool:
    """Whether a source is shown whole: our own interviews, and press whose sidecar allows it."""
    return source.kind != "press" or source.publish == "full"


def turn_name(source: Source, turn: Turn, quote: Quote | None) -> str:
    """Who speaks a turn: the person if one is known, else what the file or its sidecar says."""
    if quote and quote.person:
        return quote.person.name
    return turn.name or source.labels.get(turn.label, "") or turn.label
