"""What speaks for two units of telling being of one event, and what against it, as numbers that `weights.toml` weighs:
shared rare words, what was asked, what a heading says, names, years, words that one has from the other, and where both
stand. Nothing here decides: `likely` does."""

from __future__ import annotations

from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.features import ENGLISH, SHOWS
from vivavoce.accounts.paragraphs import neighbours
from vivavoce.accounts.products import (
    Floats,
    Pairs,
    Sparse,
    Whole,
    chosen,
    narrowed,
    of_length_one,
    products,
    rows_of,
    stretched,
    summed,
)
from vivavoce.accounts.units import (
    Units,
    added,
    by_number,
    common,
    logarithms,
    numbered,
    ones,
    weighted,
    without,
)
from vivavoce.accounts.words import fields, stem, weight

HEADING, BESIDE = 0.2, 0.2  # what the words of its heading, and of the paragraphs beside it, add to an article's unit
RUN_IN = 4  # units that may hold a run of words that shows a copy
NO_PLACE = 0.33  # how far apart in their talks two units are where one is of no talk: as far as any two are

# The order of the numbers in `evidence`; `weights.toml` names them.
KINDS = (
    *("like", "wider", "next in a talk", "in one talk", "one topic of a talk", "next in an article"),
    *("one topic of an article", "in one article", "in one short section", "years apart", "names", "asked", "headed"),
    *("shared", "copied", "least told", "far apart", "talk and article", "same year", "same field"),
)


class Places(NamedTuple):
    """Where units stand, and how much they tell. `source`, `heading`: by number; `section`: how many units stand under
    its heading in its source; `place`: how far into its source each stands, 0 to 1; `mass`: logarithm of the weight of
    its words."""

    source: Whole
    topic: Whole
    heading: Whole
    section: Whole
    report: NDArray[np.bool_]
    place: Floats
    mass: Floats


class Stretches(NamedTuple):
    """What units tell, ready to be compared, a row for each. `told`, `asked`, `headed`: the weights of its own words,
    of the question's and of the heading's; `names`: of its names and works; `fields`: of the fields of words, whichever
    of their words are told."""

    at: Places
    vector: Sparse
    told: Sparse
    asked: Sparse
    headed: Sparse
    names: Sparse
    years: Sparse
    runs: Sparse
    fields: Sparse


class Rarity(NamedTuple):
    """How rare features are in the project: in how many of how many units each stands, and the power of that."""

    spread: Whole
    units: int
    power: float

    def of(self) -> Floats:
        """Of each feature, from near 0, in every unit, to 1, in one, or none."""
        whole = log(1 + self.units)
        return by_number(np.maximum(self.spread, 1), lambda n: float((log(1 + self.units / n) / whole) ** self.power))


def rarity(told: Sparse) -> Rarity:
    """How rare the features of units are among them."""
    count = len(told.begins) - 1
    return Rarity(np.bincount(told.where, minlength=told.width), count, min(1.0, log(1 + count) / log(SHOWS)))


def stretches(units: Units) -> Stretches:
    """Units, in order of source and place, as they are compared."""
    bared = bare(units)
    rare, everywhere = rarity(bared).of(), common(bared, units)
    # How rare a word is in the project, times how rare it is in English.
    words = rare * np.array([weight(f[1:]) ** ENGLISH if f[0] == "w" else 1.0 for f in units.names])
    own = logarithms(units.own)
    own = own._replace(what=own.what * words[own.where])
    asked, headed = (x._replace(what=words[x.where]) for x in (units.asked, units.headed))
    named = np.array([f[0] in "nk" for f in units.names], dtype=np.bool_) & ~everywhere
    names = chosen(bared, named[bared.where])
    told, asks, heads = narrowed(own, asked, headed)
    return Stretches(
        at=placed(units, own),
        vector=beside(weighted(bared, units, flat=True).rows, headed, units),
        told=told,
        asked=asks,
        headed=heads,
        names=narrowed(names._replace(what=rare[names.where]))[0],
        years=narrowed(units.years)[0],
        runs=copies(units.runs),
        fields=in_fields(own, asked, units.names),
    )


def bare(units: Units) -> Sparse:
    """What is told in units without the words of the works that everybody speaks of: "ten" and "west" of “Ten West”."""
    everywhere = np.flatnonzero(common(units.told, units)).tolist()
    works = [units.names[f] for f in everywhere if units.names[f][0] == "k"]
    words_of = {stem(w) for f in works for w in f[1:].split()}
    if not words_of:
        return units.told
    free = np.array([not (f[0] in "wp" and words_of.intersection(f[1:].split())) for f in units.names], dtype=np.bool_)
    return chosen(units.told, free[units.told.where])


def placed(units: Units, own: Sparse) -> Places:
    """Where units stand, and how much they tell. `own`: the weights of the words of each."""
    heading = numbered(units.headings)
    under = units.source * (int(heading.max(initial=0)) + 1) + heading
    _, section, count = np.unique(under, return_inverse=True, return_counts=True)
    size = np.bincount(units.source)
    order = np.argsort(units.source, kind="stable")
    seen = np.empty(len(order))
    seen[order] = np.arange(len(order)) - np.repeat(np.cumsum(size) - size, size)
    return Places(
        units.source,
        np.array([at.topic for at in units.places], dtype=np.int64),
        heading,
        count[section.reshape(-1)],
        units.report,
        (seen + 0.5) / size[units.source],
        np.log(1 + np.bincount(rows_of(own), own.what, minlength=len(units.places))),
    )


def in_fields(own: Sparse, asked: Sparse, names: list[str]) -> Sparse:
    """The fields that units tell of, for each the weight of its weightiest word, the less the more units tell of it; a
    word that is asked for counts as it is told, if it is."""
    every = added(own, without(asked, own))
    those = [fields().get(f[1:], ()) if f[0] == "w" else () for f in names]
    at = {f: n for n, f in enumerate(sorted({f for of in those for f in of}))}
    sizes = np.array([len(of) for of in those], dtype=np.int64)
    flat = np.array([at[f] for of in those for f in of], dtype=np.int64)
    long = sizes[every.where]
    cells = flat[stretched((np.cumsum(sizes) - sizes)[every.where], long)]
    row, what = np.repeat(rows_of(every), long), np.repeat(every.what, long)
    found = summed(row, cells, what, len(own.begins) - 1, len(at), np.maximum)
    rare = Rarity(np.bincount(found.where, minlength=len(at)), len(own.begins) - 1, 1.0).of()
    return found._replace(what=found.what * rare[found.where])


def beside(told: Sparse, headed: Sparse, units: Units) -> Sparse:
    """The vectors of units; to those of an article its heading's words, and the paragraphs beside it on its topic, are
    added: a report tells one thing, and a paragraph of it leaves out what the one before has said."""
    count = len(units.places)
    near = np.zeros(count, dtype=np.bool_)
    near[[n for n, _ in neighbours(units.places)]] = True
    sentence = np.array([f[0] == "=" for f in units.names], dtype=np.bool_)
    lent = chosen(told, ~sentence[told.where])
    lent = lent._replace(what=lent.what * BESIDE)
    row = rows_of(lent)
    after, ahead = near[row], (row > 0) & near[row - 1]
    parts = (
        (rows_of(told), told.where, told.what),
        (rows_of(headed), headed.where, HEADING * headed.what),
        (row[after] + 1, lent.where[after], lent.what[after]),
        (row[ahead] - 1, lent.where[ahead], lent.what[ahead]),
    )
    rows, where, what = (np.concatenate(side) for side in zip(*parts, strict=True))
    able = units.report[rows] | (np.arange(len(rows)) < len(told.where))
    whole = summed(rows[able], where[able], what[able], count, told.width)
    scaled = of_length_one(whole).what
    return whole._replace(what=np.where(units.report[rows_of(whole)], scaled, whole.what))


def copies(runs: Sparse) -> Sparse:
    """The runs of words of each unit that few units hold, and more than one: one has them from another."""
    spread = np.bincount(runs.where, minlength=runs.width)[runs.where]
    return narrowed(chosen(runs, (spread > 1) & (spread <= RUN_IN)))[0]


def evidence(units: Stretches, pairs: Pairs, wider: Floats) -> Floats:
    """What speaks for the two units of each pair being of one event: a row for each, in the order of KINDS. `wider`:
    likeness of what each tells with what those like it tell."""
    (i, j), at = pairs, units.at
    in_one, by = at.source[i] == at.source[j], np.abs(i - j) == 1
    talk, article = in_one & ~at.report[i] & ~at.report[j], in_one & at.report[i] & at.report[j]
    topic, under = at.topic[i] == at.topic[j], at.heading[i] == at.heading[j]
    both_talk = ~(at.report[i] | at.report[j] | in_one)
    same_year = products(units.years, units.years, pairs) > 0
    dated = np.diff(units.years.begins) > 0
    columns = (
        np.sqrt(np.maximum(products(units.vector, units.vector, pairs), 0.0)),
        np.sqrt(np.maximum(wider, 0.0)),
        talk & by,
        talk,
        talk & topic,
        article & topic & by,
        article & topic,
        article,
        np.where(article & under, 1 / np.sqrt(at.section[i]), 0.0),
        dated[i] & dated[j] & ~same_year,
        np.log1p(products(units.names, ones(units.names), pairs)),
        *worded_alike(units, pairs),
        np.where(in_one, 0.0, np.log1p(products(units.runs, units.runs, pairs))),
        np.minimum(at.mass[i], at.mass[j]),
        np.where(both_talk, np.abs(at.place[i] - at.place[j]), NO_PLACE),
        at.report[i] != at.report[j],
        same_year,
        np.log1p(products(units.fields, units.fields, pairs, np.minimum)),
    )
    return np.array(columns, dtype=np.float64).T


def worded_alike(units: Stretches, pairs: Pairs) -> tuple[Floats, Floats, Floats]:
    """How much of what one is asked the other tells; how much of what one is headed with, and how much of the words,
    in their own or in what is asked, the other has, too."""
    i, j = pairs
    row = np.concatenate([rows_of(units.told), rows_of(units.asked)])
    where, what = (np.concatenate(x) for x in zip(units.told[1:3], units.asked[1:3], strict=True))
    own = summed(row, where, what, len(units.told.begins) - 1, units.told.width, np.maximum)
    there, any_there = ones(units.told), ones(own)
    whole = np.bincount(rows_of(units.asked), units.asked.what, minlength=len(own.begins) - 1)
    part = np.divide(1.0, whole, out=np.zeros(len(whole)), where=whole > 0)
    a, b = products(units.asked, there, pairs), products(there, units.asked, pairs)
    headed = np.maximum(products(units.headed, any_there, pairs), products(any_there, units.headed, pairs))
    shared = products(own, any_there, pairs)
    return np.maximum(a * part[i], b * part[j]), np.log1p(headed), np.log1p(shared)
