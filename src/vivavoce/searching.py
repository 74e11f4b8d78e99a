"""Search over what may be shown: what can be found is prepared once of a generation and a channel, and asked many
times, with counts of what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from vivavoce import archive
from vivavoce.archive import Connection, Hit, Unit
from vivavoce.language.folding import plain
from vivavoce.model import WITHHELD, WORD, History, Quote, Source, Span, Value, reads

Name = Literal["person", "source", "moment", "kind"]
FACETS: tuple[Name, ...] = ("person", "source", "moment", "kind")
KINDS = {"talk": "said in a talk", "quoted": "quoted", "reported": "reported", "asked": "asked", "text": "other text"}
OF_KIND = {"turn": "talk", "direct": "quoted", "mixed": "quoted", "indirect": "reported"}
MANY = 4000  # matches from which on they are not weighed against one another, but stand in the order of the sources
BESIDE = 12  # words that are shown on either side of the first that is lit

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Facet:
    """What can be counted beside a search: unit `rows[i]` has the value `keys[values[i]]`; a unit may have several."""

    keys: tuple[str, ...]
    rows: Numbers
    values: Numbers


@dataclass(frozen=True)
class Findable:
    """What a search may show, by its number in the archive, as it is shown; `changed`: what reads otherwise than the
    archive has it (another name), found by what is shown alone. By number: `sound`, which of them are found by the
    index; `place`, where each stands among equals: quotations first, then the order of the sources."""

    units: Mapping[int, Unit]
    changed: frozenset[int]
    facets: Mapping[Name, Facet]
    sound: NDArray[np.bool_]
    place: Numbers


class Found(Value, frozen=True):
    """What a search gave: a page of hits, how many there are, what stands beside them (facet -> key -> how many), and
    whether the best come first (else they stand in the order of the sources)."""

    hits: tuple[Hit, ...]
    count: int
    beside: dict[Name, dict[str, int]]
    weighed: bool = True


# --- what can be found -------------------------------------------------------------------------------------


def findable(connection: Connection, whole: History, shown: History, names: Mapping[str, str]) -> Findable:
    """What of the archive may be found. `shown`: of `whole`, what a channel may show; `names`: paths that it shows
    under others."""
    told, before = {s.path: s for s in shown.sources}, {s.path: s for s in whole.sources}
    said = {(q.source, q.spans[0][0], q.spans[-1][1]): q for q in shown.quotes}
    units: dict[int, Unit] = {}
    changed = set()
    for number, was in archive.units(connection):
        path = names.get(was.path, was.path)
        quote = said.get((path, was.start, was.end)) if was.quote else None
        made = _as_shown(was, path, told.get(path), quote, before[was.path])
        if made:
            units[number] = made
            if made.text != was.text:
                changed.add(number)
    asks = {q.id for q in shown.quotes if q.asks}
    sound, place = np.zeros(max(units, default=0) + 1, dtype=bool), np.zeros(max(units, default=0) + 1, dtype=np.int64)
    sound[[n for n in units if n not in changed]] = True
    for at, n in enumerate(sorted(units, key=lambda n: (not units[n].quote, units[n].path, units[n].start))):
        place[n] = at
    return Findable(units, frozenset(changed), _facets(units, shown, asks), sound, place)


def _as_shown(was: Unit, path: str, source: Source | None, quote: Quote | None, before: Source) -> Unit | None:
    """A unit as it is shown, None where it may not be."""
    text = reads(source, was.start, was.end) if source else ""
    if not source or not text or WITHHELD in text or (was.quote and not quote):
        return None
    same = text == reads(before, was.start, was.end)
    person = quote.person if quote else None
    return msgspec.structs.replace(
        was,
        path=path,
        quote=quote.id if quote else "",
        person=person.name if person else "",
        person_id=person.id if person else "",
        text=was.text if same else text,
        came=was.came if same else "",
    )


def _facets(units: Mapping[int, Unit], shown: History, asks: set[str]) -> dict[Name, Facet]:
    moments: dict[str, list[str]] = {}
    for m in shown.moments:
        for quote in dict.fromkeys(q for a in m.accounts for q in a.quotes):
            moments.setdefault(quote, []).append(m.id)
    return {
        "person": _facet((n, u.person_id) for n, u in units.items() if u.person_id),
        "source": _facet((n, u.path) for n, u in units.items()),
        "moment": _facet((n, m) for n, u in units.items() for m in moments.get(u.quote, ())),
        "kind": _facet((n, "asked" if u.quote in asks else OF_KIND.get(u.kind, "text")) for n, u in units.items()),
    }


def _facet(pairs: Iterable[tuple[int, str]]) -> Facet:
    keys: dict[str, int] = {}
    found = [(number, keys.setdefault(key, len(keys))) for number, key in pairs]
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return Facet(tuple(keys), both[:, 0], both[:, 1])


# --- finding -----------------------------------------------------------------------------------------------


def found(
    connection: Connection,
    able: Findable,
    words: str,
    limit: int,
    first: int = 0,
    chosen: Mapping[Name, str] | None = None,
) -> Found:
    """A page of hits from `first` on, best first, with what stands beside all of them. `chosen`: facet -> key; without
    words everything that has it."""
    picked = {f: _having(able, f, key) for f in FACETS if (key := (chosen or {}).get(f))}
    if not archive.query(words) and not picked:
        return Found((), 0, {})
    numbers, scores = matching(connection, able, words)
    hit, weight = np.zeros(len(able.place), dtype=bool), np.zeros(len(able.place))
    hit[numbers], weight[numbers] = True, scores
    kept = np.flatnonzero(_all(hit, picked.values()))
    beside = {f: _counted(able.facets[f], _all(hit, (m for g, m in picked.items() if g != f))) for f in FACETS}
    best = kept[np.lexsort((able.place[kept], -weight[kept]))][first : first + limit]
    hits = (Hit(able.units[n], float(weight[n]), marked(words, able.units[n].text)) for n in best.tolist())
    return Found(tuple(hits), len(kept), beside, len(numbers) <= MANY)


def matching(connection: Connection, able: Findable, words: str) -> tuple[Numbers, NDArray[np.float64]]:
    """The numbers of the units that hold the words, with their weight (0 where there are too many to weigh); without
    words, of all."""
    if not archive.query(words):
        every = np.array(sorted(able.units), dtype=np.int64)
        return every, np.zeros(len(every))
    matches = np.array(archive.matches(connection, words, MANY), dtype=np.float64).reshape(-1, 2)
    numbers = matches[:, 0].astype(np.int64)
    there = numbers < len(able.sound)
    there[there] = able.sound[numbers[there]]
    again = [n for n in sorted(able.changed) if archive.holds(words, able.units[n].text)]
    found = np.concatenate([numbers[there], np.array(again, dtype=np.int64)])
    return found, np.concatenate([matches[there, 1], np.zeros(len(again))])


def _having(able: Findable, facet: Name, key: str) -> NDArray[np.bool_]:
    """Which units have a value."""
    mask, told = np.zeros(len(able.place), dtype=bool), able.facets[facet]
    if key in told.keys:
        mask[told.rows[told.values == told.keys.index(key)]] = True
    return mask


def _all(hit: NDArray[np.bool_], masks: Iterable[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    out = hit
    for mask in masks:
        out = out & mask
    return out


def _counted(facet: Facet, mask: NDArray[np.bool_]) -> dict[str, int]:
    """How many units of a mask have each value, the most first."""
    counts = np.bincount(facet.values[mask[facet.rows]], minlength=len(facet.keys))
    return {facet.keys[i]: int(counts[i]) for i in np.argsort(-counts, kind="stable") if counts[i]}


# --- the words that are lit --------------------------------------------------------------------------------


def lit(words: str, text: str) -> list[Span]:
    """Where the words that a person typed stand in a text, by the rules of `archive.query`."""
    sought = _sought(words)
    return [m.span() for m in sought.finditer(plain(text))] if sought else []


@lru_cache(64)
def _sought(words: str) -> re.Pattern[str] | None:
    terms = [
        r"[\W_]+".join(map(re.escape, term)) + ("" if open_ else r"(?![^\W_])")
        for phrase, word in archive.PHRASE.findall(words)
        if (term := re.findall(r"[^\W_]+", plain(phrase or word)))
        for open_ in [word.endswith("*")]
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(terms, key=len, reverse=True))})") if terms else None


def marked(words: str, text: str) -> str:
    """A text with the words in [ ], cut to the first of them with what stands beside it."""
    return "".join(f"[{piece}]" if is_lit else piece for piece, is_lit in pieces(words, text, BESIDE))


def pieces(words: str, text: str, beside: int) -> Iterator[tuple[str, bool]]:
    """A text in stretches, each with whether it is lit: round the first that is, `beside` words on either side."""
    spans = lit(words, text)
    start, end = window(text, spans[0] if spans else (0, 0), beside)
    at = start
    if start:
        yield "… ", False
    for low, high in spans:
        if low >= at and high <= end:
            if at < low:
                yield text[at:low], False
            yield text[low:high], True
            at = high
    if at < end:
        yield text[at:end], False
    if end < len(text.rstrip()):
        yield " …", False


def window(text: str, at: Span, beside: int) -> Span:
    """A stretch of a text round a place, so many words on either side; what is left over on one is added to the
    other."""
    before = [m.start() for m in WORD.finditer(text, 0, at[0])]
    after = [m.end() for m in WORD.finditer(text, at[1])]
    left = min(len(before), beside + max(0, beside - len(after)))
    right = min(len(after), beside + max(0, beside - len(before)))
    start = 0 if left == len(before) else before[-left] if left else at[0]
    end = len(text) if right == len(after) else after[right - 1] if right else at[1]
    return start, end
