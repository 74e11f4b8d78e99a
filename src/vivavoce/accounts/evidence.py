"""What speaks for two units of telling being of one event, and what against it, as numbers that `weights.toml` weighs:
shared rare words, what was asked, what a heading says, names, years, words that one has from the other, and where both
stand. Nothing here decides: `likely` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vivavoce.accounts.features import (
    ENGLISH,
    SHOWS,
    Vector,
    asked_of,
    common,
    is_report,
    stems_of,
    tells,
    unit_vector,
    vectors,
)
from vivavoce.accounts.products import Floats, Pairs, Whole, products, sparse
from vivavoce.accounts.words import fields, stem, weight, words
from vivavoce.accounts.years import years_in
from vivavoce.model import Passage, folded

HEADING, BESIDE = 0.2, 0.2  # what the words of its heading, and of the paragraphs beside it, add to an article's unit
RUN, RUN_TELLS, RUN_IN = (
    5,
    0.3,
    4,
)  # folded words in a row that show a copy; their least weight; units that may hold them
NO_PLACE = 0.33  # how far apart in their talks two units are where one is of no talk: as far as any two are

# The order of the numbers in `evidence`; `weights.toml` names them.
KINDS = (
    *("like", "wider", "next in a talk", "in one talk", "one topic of a talk", "next in an article"),
    *("one topic of an article", "in one article", "in one short section", "years apart", "names", "asked", "headed"),
    *("shared", "copied", "least told", "far apart", "talk and article", "same year", "same field"),
)


class Stretch(NamedTuple):
    """What one unit tells, ready to be compared. `told`, `asked`, `headed`: stem -> weight of its own words, of the
    question's and of the heading's; `names`: name or work -> weight; `place`: how far into its source it stands, 0 to
    1; `section`: how many units stand under its heading in its source; `mass`: logarithm of the weight of its words;
    `fields`: field of words -> weight, whichever of its words are told."""

    at: int
    source: str
    topic: int
    report: bool
    heading: str
    section: int
    place: float
    vector: Vector
    told: Vector
    asked: Vector
    headed: Vector
    names: Vector
    years: frozenset[str]
    runs: frozenset[str]
    mass: float
    fields: Vector


class Rarity(NamedTuple):
    """How rare features are in the project: in how many of how many units each stands, and the power of that."""

    spread: Counter[str]
    units: int
    power: float

    def of(self, feature: str) -> float:
        """From near 0, in every unit, to 1, in one."""
        n = max(self.spread.get(feature, 1), 1)
        return float((log(1 + self.units / n) / log(1 + self.units)) ** self.power) if self.units else 0.0

    def word(self, stemmed: str) -> float:
        """The same of a word, times how rare it is in English."""
        return float(self.of("w" + stemmed) * weight(stemmed) ** ENGLISH)


def rarity(units: list[Vector]) -> Rarity:
    """How rare the features of units are among them."""
    power = min(1.0, log(1 + len(units)) / log(SHOWS)) if units else 1.0
    return Rarity(Counter(f for u in units for f in u), len(units), power)


def stretches(members: list[list[Passage]], told: list[Vector]) -> list[Stretch]:
    """The units, in order of source and place, as they are compared. `members`: the passages of each; `told`: its
    features, as `features_of` gives them."""
    sources = [ps[0].source for ps in members]
    told = bare(told, sources)
    rare, everywhere = rarity(told), common(told, sources)
    own = [worded(ps, rare) for ps in members]
    reach = beside(vectors(told, sources, flat=True), members, rare)
    size, seen = Counter(sources), Counter[str]()
    section = Counter((ps[0].source, ps[0].heading) for ps in members)
    copied = copies(members)
    asked = [{} if is_report(ps) else weighed({s for p in ps for s in asked_of(p)}, rare) for ps in members]
    of_fields = in_fields([{**a, **o} for a, o in zip(asked, own, strict=True)])
    out = []
    for n, ps in enumerate(members):
        first = ps[0]
        seen[first.source] += 1
        report = is_report(ps)
        out.append(
            Stretch(
                at=n,
                source=first.source,
                topic=first.topic,
                report=report,
                heading=first.heading,
                section=section[first.source, first.heading],
                place=(seen[first.source] - 0.5) / size[first.source],
                vector=reach[n],
                told=own[n],
                asked=asked[n],
                headed=weighed(headed(ps), rare),
                names={f: rare.of(f) for f in told[n] if f[0] in "nk" and f not in everywhere},
                years=frozenset(y for p in ps for y in years(p)),
                runs=copied[n],
                mass=log(1 + sum(own[n].values())),
                fields=of_fields[n],
            )
        )
    return out


def bare(told: list[Vector], sources: list[str]) -> list[Vector]:
    """The features of units without the words of the works that everybody speaks of: "ten" and "west" of “Ten West”."""
    words_of = {stem(w) for f in common(told, sources) if f[0] == "k" for w in f[1:].split()}

    def free(f: str) -> bool:
        return not (f[0] in "wp" and words_of.intersection(f[1:].split()))

    return [{f: x for f, x in u.items() if free(f)} for u in told] if words_of else told


def worded(unit: list[Passage], rare: Rarity) -> Vector:
    """The telling words of a unit, without those of names: stem -> weight."""
    named = named_in(unit)
    count = Counter(stem(w) for p in unit for w, _, _ in words(p.text) if tells(w))
    return {s: (1 + log(n)) * rare.word(s) for s, n in count.items() if s not in named}


def in_fields(told: list[Vector]) -> list[Vector]:
    """The fields that units tell of, for each the weight of its weightiest word, the less the more units tell of it."""
    found: list[Vector] = []
    for stems in told:
        own: Vector = {}
        for s, x in stems.items():
            for field in fields().get(s, ()):
                own[field] = max(own.get(field, 0.0), x)
        found.append(own)
    rare = Rarity(Counter(f for own in found for f in own), len(found), 1.0)
    return [{f: x * rare.of(f) for f, x in own.items()} for own in found]


def named_in(unit: list[Passage]) -> set[str]:
    """The stems of the words of the names of a unit."""
    return {stem(part) for p in unit for n in p.names for part in n.split()}


def headed(unit: list[Passage]) -> set[str]:
    """The stems of the heading of an article's unit, without those of names."""
    return {s for p in unit if p.heading for s in stems_of(p.heading)} - named_in(unit)


def weighed(stems: set[str], rare: Rarity) -> Vector:
    """Stems with their weights, in order."""
    return {s: rare.word(s) for s in sorted(stems)}


def years(p: Passage) -> Iterator[str]:
    """The last two figures of the years that a passage, or the question before it, gives: "1972", "seventy-two"."""
    text = p.text if p.heading else f"{p.text} {p.around}"
    return years_in(text)


def beside(told: list[Vector], members: list[list[Passage]], rare: Rarity) -> list[Vector]:
    """The vectors of units; to those of an article its heading's words, and the paragraphs beside it on its topic, are
    added: a report tells one thing, and a paragraph of it leaves out what the one before has said."""
    out = []
    for n, ps in enumerate(members):
        if not is_report(ps):
            out.append(told[n])
            continue
        v = dict(told[n])
        for s, x in weighed(headed(ps), rare).items():
            v["w" + s] = v.get("w" + s, 0.0) + HEADING * x
        for near in (n - 1, n + 1):
            if 0 <= near < len(members) and one_topic(members[near][0], ps[0]):
                for f, x in told[near].items():
                    if f[0] != "=":
                        v[f] = v.get(f, 0.0) + BESIDE * x
        out.append(unit_vector(v))
    return out


def one_topic(a: Passage, b: Passage) -> bool:
    """Whether two passages of an article stand on one topic of it."""
    return bool(a.heading) and a.source == b.source and a.topic == b.topic


def copies(members: list[list[Passage]]) -> list[frozenset[str]]:
    """The runs of RUN words of each unit that few units hold, and more than one: one has them from another."""
    found = [frozenset(run for p in ps for run in runs(p.text)) for ps in members]
    spread = Counter(run for own in found for run in own)
    return [frozenset(run for run in own if 1 < spread[run] <= RUN_IN) for own in found]


def runs(text: str) -> Iterator[str]:
    """The runs of RUN folded words of a text that tell something."""
    said = folded(text).split()
    tell = [weight(stem(w)) if tells(w) else 0.0 for w in said]
    for n in range(len(said) - RUN + 1):
        if sum(tell[n : n + RUN]) >= RUN_TELLS:
            yield " ".join(said[n : n + RUN])


def evidence(units: list[Stretch], pairs: Pairs, wider: Floats) -> Floats:
    """What speaks for the two units of each pair being of one event: a row for each, in the order of KINDS. `wider`:
    likeness of what each tells with what those like it tell."""
    i, j = pairs
    at = placed(units)
    in_one, by = at.source[i] == at.source[j], np.abs(i - j) == 1
    talk, article = in_one & ~at.report[i] & ~at.report[j], in_one & at.report[i] & at.report[j]
    topic, under = at.topic[i] == at.topic[j], at.heading[i] == at.heading[j]
    both_talk = ~(at.report[i] | at.report[j] | in_one)
    same_year = counted([u.years for u in units], pairs) > 0
    dated = np.array([bool(u.years) for u in units])
    (vector,), (fields_of,) = sparse([u.vector for u in units]), sparse([u.fields for u in units])
    runs = counted([u.runs for u in units], pairs)
    columns = (
        np.sqrt(np.maximum(products(vector, vector, pairs), 0.0)),
        np.sqrt(np.maximum(wider, 0.0)),
        talk & by,
        talk,
        talk & topic,
        article & topic & by,
        article & topic,
        article,
        np.where(article & under, 1 / np.sqrt(at.section[i]), 0.0),
        dated[i] & dated[j] & ~same_year,
        np.log1p(held([u.names for u in units], [dict.fromkeys(u.names, 1.0) for u in units], pairs)[0]),
        *worded_alike(units, pairs),
        np.where(in_one, 0.0, np.log1p(runs)),
        np.minimum(at.mass[i], at.mass[j]),
        np.where(both_talk, np.abs(at.place[i] - at.place[j]), NO_PLACE),
        at.report[i] != at.report[j],
        same_year,
        np.log1p(products(fields_of, fields_of, pairs, np.minimum)),
    )
    return np.column_stack([np.asarray(c, dtype=np.float64) for c in columns])


class Places(NamedTuple):
    """Where units stand, and how much they tell, each kind of all units in one array: see `Stretch`."""

    source: Whole
    topic: Whole
    heading: Whole
    section: Whole
    report: NDArray[np.bool_]
    place: Floats
    mass: Floats


def placed(units: list[Stretch]) -> Places:
    """Where units stand, sources and headings by number."""
    sources: dict[str, int] = {}
    headings: dict[str, int] = {}
    return Places(
        np.array([sources.setdefault(u.source, len(sources)) for u in units], dtype=np.int64),
        np.array([u.topic for u in units], dtype=np.int64),
        np.array([headings.setdefault(u.heading, len(headings)) for u in units], dtype=np.int64),
        np.array([u.section for u in units], dtype=np.int64),
        np.array([u.report for u in units], dtype=np.bool_),
        np.array([u.place for u in units]),
        np.array([u.mass for u in units]),
    )


def worded_alike(units: list[Stretch], pairs: Pairs) -> tuple[Floats, Floats, Floats]:
    """How much of what one is asked the other tells; how much of what one is headed with, and how much of the words,
    in their own or in what is asked, the other has, too."""
    told, asked = [u.told for u in units], [u.asked for u in units]
    own = [
        {s: max(u.told.get(s, 0.0), u.asked.get(s, 0.0)) for s in sorted(u.told.keys() | u.asked.keys())} for u in units
    ]
    there, any_there = [dict.fromkeys(t, 1.0) for t in told], [dict.fromkeys(o, 1.0) for o in own]
    whole = np.array([sum(a.values()) for a in asked])
    part = np.divide(1.0, whole, out=np.zeros(len(whole)), where=whole > 0)
    a, b = held(asked, there, pairs)
    headed_a, headed_b = held([u.headed for u in units], any_there, pairs)
    shared, _ = held(own, any_there, pairs)
    i, j = pairs
    return np.maximum(a * part[i], b * part[j]), np.log1p(np.maximum(headed_a, headed_b)), np.log1p(shared)


def held(wanted: list[Vector], there: list[Vector], pairs: Pairs) -> tuple[Floats, Floats]:
    """The weight of what one of each pair wants and the other has: of what the first wants, and of what the second."""
    one, other = sparse(wanted, there)
    return products(one, other, pairs), products(other, one, pairs)


def counted(sets: list[frozenset[str]], pairs: Pairs) -> Floats:
    """How many members the two sets of each pair share."""
    (ones,) = sparse([dict.fromkeys(sorted(s), 1.0) for s in sets])
    return products(ones, ones, pairs)
