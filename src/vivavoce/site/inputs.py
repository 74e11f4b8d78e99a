"""From what each page is made, as a key: two pages of one key are the same page, byte for byte.

A key may hold more than a page shows (then it is made again in vain), never less: whatever a page's function looks up
on the shelf has to be in its key. Pages that show something of everything have no key and are made each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from vivavoce.model import Account, Catalogue, Moment, Person, Quote, Source, Value
from vivavoce.site.gallery import Gallery
from vivavoce.site.shelf import Shelf
from vivavoce.site.silence import Names

encode = msgspec.json.Encoder(order="deterministic").encode


class Inputs(Value, frozen=True):
    """`base`: what every page holds. `own`: each source by path: itself, its quotations, its traces, its address."""

    shelf: Shelf
    base: str
    own: dict[str, str]
    names: str
    gallery: Gallery


def inputs(
    shelf: Shelf, mark: str, gallery: Gallery, called: Names, recordings: Mapping[str, tuple[str, str]]
) -> Inputs:
    """The keys of everything on a shelf. `mark`: of the program that makes the pages."""
    told, works = shelf.history, bool(shelf.history.catalogue.works)
    everywhere = msgspec.structs.replace(
        told, sources=(), quotes=(), people=(), moments=(), traces=(), pictures=(), of_works=(), catalogue=Catalogue()
    )
    names = key(encode(called), encode([(p.id, p.name) for p in shelf.history.people]))
    own = {path: _own(shelf, source, recordings) for path, source in shelf.sources.items()}
    return Inputs(shelf, key(mark, encode(everywhere), encode([shelf.heard, works])), own, names, gallery)


def key(*parts: bytes | str) -> str:
    """A hash of parts, so that no two lists are alike."""
    out = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        out.update(len(data).to_bytes(8, "big"))
        out.update(data)
    return out.hexdigest()[:32]


def _own(shelf: Shelf, source: Source, recordings: Mapping[str, tuple[str, str]]) -> str:
    quotes = shelf.of_source.get(source.path, [])
    traces = [shelf.traces.get(q.id) for q in quotes]
    heard = [recordings.get(m.path) for m in source.media]
    return key(encode(source), encode(quotes), encode(traces), shelf.slugs[source.path], encode(heard))


def of_source(told: Inputs, source: Source) -> str:
    """The key of a source's page."""
    shelf, quotes = told.shelf, told.shelf.of_source.get(source.path, [])
    accounts = [(m.id, m.title, account) for m, account in shelf.told.get(source.path, [])]
    return key(
        told.base, told.own[source.path], encode(accounts), _tells(shelf, quotes),
        _sources(told, _traced(shelf, quotes)), _there(shelf, (q.person.id for q in quotes if q.person)),
    )  # fmt: skip


def of_moment(told: Inputs, at: int, order: list[Moment]) -> str:
    """The key of a moment's page; `order`: in which the moments lead from one to the next."""
    shelf, moment = told.shelf, order[at]
    paths = [a.source for a in moment.accounts] + [e.source for r in moment.relations for e in r.evidence]
    held = [shelf.quotes[q] for a in moment.accounts for q in a.quotes if q in shelf.quotes]
    beside = [(m.id, m.title, m.when) for m in order[max(at - 1, 0) : at + 2]]
    return key(
        told.base, encode(moment), encode(beside), told.names, encode(told.gallery.moments.get(moment.id)),
        _sources(told, [*paths, *(q.source for q in held), *_traced(shelf, held)]), _people(shelf, moment.accounts),
        _there(shelf, (q.person.id for q in held if q.person)),
    )  # fmt: skip


def of_person(told: Inputs, one: Person) -> str:
    """The key of a person's page."""
    shelf, quotes = told.shelf, told.shelf.of_person.get(one.id, [])
    paths = [q.source for q in quotes] + [e.source for r in one.roles for e in r.evidence]
    moments = [(m.id, m.title) for m in shelf.moments_of.get(one.id, [])]
    return key(
        told.base, encode(one), encode(moments), _sources(told, paths), _tells(shelf, quotes),
        encode(told.gallery.people.get(one.id)),
    )  # fmt: skip


def of_index(told: Inputs) -> str:
    """The key of the search index."""
    history = told.shelf.history
    return key(told.base, encode(history.people), encode(history.moments), _sources(told, told.own))


def _sources(told: Inputs, paths: Iterable[str]) -> str:
    return key(*(f"{path} {told.own.get(path, '')}" for path in sorted(set(paths))))


def _traced(shelf: Shelf, quotes: Iterable[Quote]) -> list[str]:
    """The sources in which quotations were found to have been said."""
    return [p.source for q in quotes if q.id in shelf.traces for p in shelf.traces[q.id].places]


def _tells(shelf: Shelf, quotes: Iterable[Quote]) -> bytes:
    """The moments that hold some quotations, as they are linked."""
    made: list[Any] = [[q.id, *((m.id, m.title) for m in shelf.tells.get(q.id, ()))] for q in quotes]
    return encode(made)


def _there(shelf: Shelf, ids: Iterable[str]) -> bytes:
    """Which people have a page."""
    return encode(sorted({i for i in ids if i in shelf.people}))


def _people(shelf: Shelf, accounts: Iterable[Account]) -> bytes:
    ids = dict.fromkeys(a.person.id for a in accounts if a.person)
    return encode([shelf.people.get(i) for i in ids])
