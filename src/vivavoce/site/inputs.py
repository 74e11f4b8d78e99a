"""From what each page is made, as a key: two pages of one key are the same page, byte for byte.

A key may hold more than a page shows (then it is made again in vain), never less: whatever a page's function looks up
on the shelf has to be in its key. Pages that show something of everything have no key and are made each time.

Of a page there are two keys. The wide one is made of hashes of whole sources, moments and persons, each of which is
hashed once: while it is the same, the page is. Only where it is another one the narrow key is made, of the very
stretches that the page looks at.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from vivavoce.model import Account, Catalogue, Moment, Person, Quote, Source, Span, Value
from vivavoce.site.gallery import Gallery
from vivavoce.site.shelf import Shelf, quote_at
from vivavoce.site.silence import Names

encode = msgspec.json.Encoder(order="deterministic").encode


class Inputs(Value, frozen=True):
    """`program`: a mark of the program that makes the pages; `base`: what every page holds. `own`: each source by path:
    itself, its quotations, its traces, its address; `told`: what is told about it, without its words: title, date,
    recordings, address. `moments`, `people`: each by its id. `heard`: each source with those in which its quotations
    were found to have been said; `whole`: the same with the moments that hold anything of it."""

    shelf: Shelf
    program: str
    base: str
    own: dict[str, str]
    told: dict[str, str]
    names: str
    gallery: Gallery
    moments: dict[str, str]
    people: dict[str, str]
    heard: dict[str, str]
    whole: dict[str, str]


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
    about = {path: _about(shelf, source, recordings) for path, source in shelf.sources.items()}
    moments = {m.id: hashed(encode(m)) for m in told.moments}
    people = {p.id: hashed(encode(p)) for p in told.people}
    heard = {path: _heard(shelf, path, own) for path in own}
    rank = {m.id: n for n, m in enumerate(told.moments)}
    whole = {path: joined([heard[path], *(moments[i] for i in _holding(shelf, path, rank))]) for path in own}
    base = key(mark, encode(everywhere), encode([shelf.heard, works]))
    return Inputs(shelf, mark, base, own, about, names, gallery, moments, people, heard, whole)


def hashed(data: bytes) -> str:
    """A hash of one part."""
    return hashlib.sha256(data).hexdigest()[:32]


def joined(hashes: Iterable[str]) -> str:
    """A hash of hashes."""
    return hashed(" ".join(hashes).encode())


def _heard(shelf: Shelf, path: str, own: Mapping[str, str]) -> str:
    traced = sorted(set(_traced(shelf, shelf.of_source.get(path, ()))))
    return joined([own[path], *(own.get(p, "-") for p in traced)])


def _holding(shelf: Shelf, path: str, rank: Mapping[str, int]) -> list[str]:
    """The moments that hold anything of a source, in the order of the history."""
    ids = {m.id for m, _ in shelf.told.get(path, ())}
    ids.update(m.id for q in shelf.of_source.get(path, ()) for m in shelf.tells.get(q.id, ()))
    return sorted(ids, key=rank.__getitem__)


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


def _about(shelf: Shelf, source: Source, recordings: Mapping[str, tuple[str, str]]) -> str:
    """A source without its words."""
    bare = replace(
        source, text="", blocks=(), turns=(), places=(), corrections=(), warnings=(), file_hash="", text_hash=""
    )
    return key(encode(bare), shelf.slugs[source.path], encode([recordings.get(m.path) for m in source.media]))


def of_source(told: Inputs, source: Source) -> str:
    """The key of a source's page."""
    shelf, quotes = told.shelf, told.shelf.of_source.get(source.path, [])
    accounts = [(m.id, m.title, account) for m, account in shelf.told.get(source.path, [])]
    return key(
        told.base, told.own[source.path], encode(accounts), _tells(shelf, quotes),
        _sources(told, _traced(shelf, quotes)), _there(shelf, (q.person.id for q in quotes if q.person)),
    )  # fmt: skip


def wide_of_source(told: Inputs, source: Source) -> str:
    """The wide key of a source's page."""
    return joined([told.base, told.names, told.whole[source.path]])


def wide_of_moment(told: Inputs, at: int, order: list[Moment]) -> str:
    """The wide key of a moment's page."""
    shelf, moment = told.shelf, order[at]
    paths = {a.source for a in moment.accounts}
    paths.update(e.source for r in moment.relations for e in r.evidence)
    paths.update(shelf.quotes[q].source for a in moment.accounts for q in a.quotes if q in shelf.quotes)
    tellers = dict.fromkeys(a.person.id for a in moment.accounts if a.person)
    return joined([
        told.base, told.names, hashed(encode(told.gallery.moments.get(moment.id))), told.moments[moment.id],
        *(told.moments[order[i].id] if 0 <= i < len(order) else "-" for i in (at - 1, at + 1)),
        *(told.heard.get(path, "-") for path in sorted(paths)), *(told.people.get(i, "-") for i in tellers),
    ])  # fmt: skip


def wide_of_person(told: Inputs, one: Person) -> str:
    """The wide key of a person's page."""
    paths = dict.fromkeys(q.source for q in told.shelf.of_person.get(one.id, ()))
    paths.update(dict.fromkeys(e.source for r in one.roles for e in r.evidence))
    return joined([
        told.base, told.people[one.id], hashed(encode(told.gallery.people.get(one.id))),
        *(told.moments[m.id] for m in told.shelf.moments_of.get(one.id, ())),
        *(told.whole.get(path, "-") for path in paths),
    ])  # fmt: skip


def of_moment(told: Inputs, at: int, order: list[Moment]) -> str:
    """The key of a moment's page; `order`: in which the moments lead from one to the next. Of an interview it has the
    stretches that the page looks at, so that a word elsewhere in it makes no page again."""
    shelf, moment = told.shelf, order[at]
    held = [shelf.quotes[q] for a in moment.accounts for q in a.quotes if q in shelf.quotes]
    beside = [(m.id, m.title, m.when) for m in order[max(at - 1, 0) : at + 2]]
    looked = [(a.source, s) for a in moment.accounts for s in a.spans]
    looked += [(q.source, s) for q in held for s in (*q.spans, *q.content)]
    looked += [(e.source, (e.start, e.end)) for r in moment.relations for e in r.evidence]
    return key(
        told.base, encode(moment), encode(beside), told.names, encode(told.gallery.moments.get(moment.id)),
        encode(held), *_read(told, looked), *_said(told, held), _people(shelf, moment.accounts),
        _there(shelf, (q.person.id for q in held if q.person)),
    )  # fmt: skip


def _read(told: Inputs, looked: Iterable[tuple[str, Span]]) -> Iterator[bytes | str]:
    """What is read of sources at some places: of an interview the turns there and the one before, of press all."""
    by_source: dict[str, list[Span]] = defaultdict(list)
    for path, span in looked:
        if path in told.shelf.sources:
            by_source[path].append(span)
    for path, spans in sorted(by_source.items()):
        source = told.shelf.sources[path]
        if not source.turns:
            yield told.own[path]
            continue
        yield told.told[path]
        for low, high in sorted(_runs(source, spans)):
            yield encode([low, high, *_stretch(told.shelf, source, low, high)])


def _runs(source: Source, spans: Iterable[Span]) -> set[tuple[int, int]]:
    """The numbers of turns (first, behind the last) in which spans lie."""
    starts = [t.start for t in source.turns]
    return {(max(bisect_right(starts, a) - 1, 0), bisect_left(starts, b)) for a, b in spans}


def _stretch(shelf: Shelf, source: Source, low: int, high: int) -> list[Any]:
    """All of a source that turns hold, with the turn before them: words, corrections, times, quotations."""
    first = max(low - 1, 0)
    turns = source.turns[first : max(high, low + 1)]
    start, end = min(t.start for t in turns), max(t.end for t in turns)
    near = bisect_right(source.places, start, key=lambda p: p.start)
    beyond = bisect_left(source.places, end, key=lambda p: p.start)
    quotes = [shelf.of_turn.get((source.path, n)) for n in range(first, first + len(turns))]
    mended = [c for c in source.corrections if c.start < end and c.end > start]
    return [source.text[start:end], turns, source.places[max(near - 1, 0) : beyond + 1], mended, quotes]


def _said(told: Inputs, held: Iterable[Quote]) -> Iterator[bytes | str]:
    """What a page shows of the recordings in which quotations were found: their words and where they lie."""
    shelf = told.shelf
    for trace in filter(None, (shelf.traces.get(q.id) for q in held)):
        yield encode(trace)
        for n, place in enumerate(trace.places):
            source = shelf.sources.get(place.source)
            if source is None:
                yield ""
                continue
            edges = [place.span, *(e.at for e in trace.edits if e.place == n)]
            words = source.text[min(a for a, _ in edges) : max(b for _, b in edges)]
            said = quote_at(shelf, place.source, place.span[0])
            yield key(told.told[place.source], words, said.id if said else "")


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
    """The wide key of the search index; the other is of its very records."""
    history = told.shelf.history
    return key(
        told.base, joined(told.people[p.id] for p in history.people),
        joined(told.moments[m.id] for m in history.moments), joined(told.own.values()),
    )  # fmt: skip


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
