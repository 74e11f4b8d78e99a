"""What units of telling tell of, all of them at once: their features, each with a weight that grows with its rarity, in
English at large and in the project."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from math import log
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.features import (
    ALONE,
    ASKED,
    COPY,
    EVERYWHERE,
    FEW,
    FEW_LEAST,
    HEADED,
    MOST_OF,
    REPORTED,
    SHOWS,
    SOURCES,
    Persons,
    is_report,
    meant,
    plain,
    stems_of,
)
from vivavoce.accounts.noted import Told, noted, opened
from vivavoce.accounts.paragraphs import Place, place
from vivavoce.accounts.products import Floats, Sparse, Vectors, Whole, chosen, of_length_one, rows_of, summed
from vivavoce.model import Passage

Mask = NDArray[np.bool_]


class Units(NamedTuple):
    """Units of telling, each of passages of one source, and what they tell: a row for each, over one numbering of
    features by `names`. `places`, `headings`: where and under what the first passage of each stands. `told`: how much
    each is told of, once 1, oftener the logarithm more; what is asked is what is told of, and so is what a heading
    says, if it is of the unit alone and not of the whole article. `own`: the words of each and how often they stand in
    it, names apart; `asked`, `headed`: those of the question and of the heading; `years`; `runs`: where a copy shows.
    `source`: of each unit, by number; `report`: whether an article has it."""

    places: list[Place]
    headings: list[str]
    names: list[str]
    told: Sparse
    own: Sparse
    asked: Sparse
    headed: Sparse
    years: Sparse
    runs: Sparse
    source: Whole
    report: Mask


def units_of(members: Sequence[Sequence[Passage]], who: Persons) -> Units:
    """Units of passages that nothing was noted of before."""
    home = np.repeat(np.arange(len(members)), [len(ps) for ps in members])
    return units_told(members, opened([noted([p for ps in members for p in ps])]), home, who)


def units_told(
    members: Sequence[Sequence[Passage]],
    told: Told,
    home: Whole,
    who: Persons,
    alone: Sequence[frozenset[str]] = (),
) -> Units:
    """Units of passages. `told`: what all passages tell; `home`: the unit of each; `alone`: the headings that are of
    each unit alone."""
    stems = {h: sorted("w" + s for s in stems_of(h)) for h in {p.heading for ps in members for p in ps}}
    said = [(n, "n" + meant(who, p.source, name)) for n, ps in enumerate(members) for p in ps for name in p.names]
    by = dict.fromkeys((n, "t" + p.person.id) for n, ps in enumerate(members) for p in ps if p.person)
    over = dict.fromkeys((n, s) for n, ps in enumerate(members) for p in ps for s in stems[p.heading])
    own = dict.fromkeys((n, s) for n, headings in enumerate(alone) for h in sorted(headings) for s in stems[h])
    names = sorted({*told.names, *(f for _, f in chain(said, by, over, own))})
    at, count = {f: n for n, f in enumerate(names)}, len(members)
    moved = np.array([at[f] for f in told.names], dtype=np.int64)

    def unit(cells: Sparse) -> Sparse:
        return summed(home[rows_of(cells)], moved[cells.where], cells.what, count, len(names))

    def listed(pairs: Iterable[tuple[int, str]]) -> Sparse:
        table = np.array([(n, at[f]) for n, f in pairs], dtype=np.int64).reshape(-1, 2)
        return summed(table[:, 0], table[:, 1], np.ones(len(table)), count, len(names))

    named, report = unit(told.named), np.array([is_report(list(ps)) for ps in members], dtype=np.bool_)
    asked = ones(without(unit(told.asked), named))
    weights = logarithms(added(unit(told.told), listed(said)))
    weights = weights._replace(what=weights.what * np.where(reported(weights, names, report, who), REPORTED, 1.0))
    more = (scaled(asked, ASKED), scaled(without(listed(own), named), HEADED))
    return Units(
        [place(ps[0]) if ps else Place("", 0, True) for ps in members],
        [ps[0].heading if ps else "" for ps in members],
        names,
        told=added(weights, listed(by), *more),
        own=without(unit(told.own), named),
        asked=ones(unit(told.asked)),
        headed=without(listed(over), named),
        years=ones(unit(told.years)),
        runs=of_runs(told, home, count),
        source=numbered([ps[0].source if ps else "" for ps in members]),
        report=report,
    )


def mark(units: Units) -> str:
    """A hash of all that is told of units, as this numpy reckons with it."""
    seen = hashlib.sha256(np.__version__.encode())
    for part in units:
        arrays = part[:3] if isinstance(part, Sparse) else [part] if isinstance(part, np.ndarray) else []
        for data in [a.tobytes() for a in arrays] or [msgspec.json.encode(part)]:
            seen.update(len(data).to_bytes(8, "big"))
            seen.update(data)
    return seen.hexdigest()


def numbered(named: Iterable[str]) -> Whole:
    """Names by number, in the order in which they come."""
    at: dict[str, int] = {}
    return np.array([at.setdefault(name, len(at)) for name in named], dtype=np.int64)


def of_runs(told: Told, home: Whole, count: int) -> Sparse:
    """The runs of words of each unit."""
    begins, hashes = told.runs
    every, where = np.unique(hashes, return_inverse=True)
    row = np.repeat(home, np.diff(begins))
    return ones(summed(row, where.reshape(-1), np.ones(len(where)), count, len(every)))


def reported(weights: Sparse, names: list[str], report: Mask, who: Persons) -> Mask:
    """Which weights are of a name in an article that is of nobody who tells in talks."""
    named = np.array([f[0] == "n" and f[1:] not in who.talk for f in names], dtype=np.bool_)
    found: Mask = report[rows_of(weights)] & named[weights.where]
    return found


def logarithms(often: Sparse) -> Sparse:
    """How much is told of, by how often: once 1, oftener the logarithm more."""
    return often._replace(what=by_number(often.what.astype(np.int64), lambda n: 1 + log(n)))


def by_number(given: Whole, value: Callable[[int], float]) -> Floats:
    """The value of each of many whole numbers, worked out of each once."""
    every, where = np.unique(given, return_inverse=True)
    found: Floats = np.array([value(n) for n in every.tolist()], dtype=np.float64)[where.reshape(-1)]
    return found


def added(*families: Sparse) -> Sparse:
    """The sums of vectors of families over one numbering."""
    row, where, what = (
        np.concatenate([part(x) for x in families]) for part in (rows_of, lambda x: x.where, lambda x: x.what)
    )
    return summed(row, where, what, len(families[0].begins) - 1, families[0].width)


def ones(vectors: Sparse) -> Sparse:
    """Vectors with a weight of 1 each."""
    return vectors._replace(what=np.ones(len(vectors.what)))


def scaled(vectors: Sparse, by: float) -> Sparse:
    """Vectors, so many times as long."""
    return vectors._replace(what=vectors.what * by)


def without(vectors: Sparse, others: Sparse) -> Sparse:
    """Vectors without what others, row by row, have."""
    keys, theirs = (rows_of(x) * vectors.width + x.where for x in (vectors, others))
    return chosen(vectors, ~np.isin(keys, theirs))


def vectors(units: Units, flat: bool) -> Vectors:
    """Each unit's features with their weights, of length 1: how much it is told of, how rare it is in the project, and
    in English; without the works and names that everybody speaks of. `flat`: people talk, who use few rare words, so
    that rareness counts less."""
    return weighted(units.told, units, flat)


def weighted(told: Sparse, units: Units, flat: bool) -> Vectors:
    """The same of what is `told` in units."""
    count, names = len(units.places), units.names
    told = chosen(told, ~common(told, units)[told.where])
    spread = np.bincount(told.where, minlength=told.width)
    total = log(1 + count) or 1.0
    power = min(1.0, log(1 + count) / log(SHOWS)) if flat else 1.0
    rarity = by_number(spread, lambda n: (log(1 + count / n) / total) ** power if n else 0.0)
    sentence = np.array([f[0] == "=" for f in names], dtype=np.bool_)
    kinds = np.array(
        [plain(f, flat) if n and f[0] != "=" else 0.0 for f, n in zip(names, spread.tolist(), strict=True)]
    )
    weights = rarity * kinds
    if flat:
        weights[holders(told, units.source) == 1] *= ALONE
    own = chosen(told, ~sentence[told.where])
    own = of_length_one(own._replace(what=own.what * weights[own.where]))
    return Vectors(names, added(own, copied(chosen(told, sentence[told.where] & (spread[told.where] > 1)))))


def holders(rows: Sparse, source: Whole) -> Whole:
    """In how many sources each feature is told of. `source`: of each row."""
    count = int(source.max(initial=0)) + 1
    keys = np.unique(rows.where * count + source[rows_of(rows)])
    found: Whole = np.bincount(keys // count, minlength=rows.width)
    return found


def common(told: Sparse, units: Units) -> Mask:
    """The works and names that are told of in so many sources that they show no event: what the history is about. In a
    few units a name can be in no great number of sources, but in most of what is told."""
    count = len(units.places)
    spread, named = np.bincount(told.where, minlength=told.width), holders(told, units.source)
    most = max(SOURCES, EVERYWHERE * len(np.unique(units.source)))
    half = MOST_OF * count if FEW_LEAST <= count < FEW else count
    able = np.array([f[0] in "kn" for f in units.names], dtype=np.bool_)
    found: Mask = able & ((named > most) | ((named > 1) & (spread > half)))
    return found


def copied(shared: Sparse) -> Sparse:
    """What the sentences that stand in another unit, too, add to a unit's vector, COPY in all."""
    sizes = np.diff(shared.begins)
    return shared._replace(what=COPY / np.sqrt(np.repeat(sizes, sizes)))
