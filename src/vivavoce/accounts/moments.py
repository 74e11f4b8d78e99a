"""Moments: passages of different people and sources that tell the same event, side by side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby
from math import fsum

import numpy as np
from msgspec.structs import replace

from vivavoce.accounts.answers import asked
from vivavoce.accounts.clusters import adopted, clusters, settled
from vivavoce.accounts.episodes import NONE, Episodes, apart, in_force
from vivavoce.accounts.evidence import stretches
from vivavoce.accounts.facts import WHOSE
from vivavoce.accounts.features import Persons, persons
from vivavoce.accounts.joining import moved
from vivavoce.accounts.kept import Kept
from vivavoce.accounts.likely import likelihoods, neighbours, weights
from vivavoce.accounts.noted import in_order, opened
from vivavoce.accounts.paragraphs import linked, rejoined
from vivavoce.accounts.particulars import asks_who
from vivavoce.accounts.products import Vector, Vectors
from vivavoce.accounts.questions import asks_anew
from vivavoce.accounts.rulings import ruled, teller
from vivavoce.accounts.units import Units, units_told, vectors
from vivavoce.accounts.whole import whole
from vivavoce.accounts.why import why
from vivavoce.accounts.words import stem, weight
from vivavoce.model import Account, Known, Moment, Passage, Person, PersonRef, Span, Value, digest, folded

TALK = 0.09  # the same where people talk
FEW = 30  # units up to which nothing shows how rare a word is, so that likeness alone counts
ALIKE = 0.08  # mean likeness from which units tell one event; measured on histories of eleven to two hundred sources
MANY = 4  # moments that may be called the same before it tells nothing
WORTH = 5.0  # weight of the telling words that make a moment by themselves: about a dozen
SECTION = 2  # units under a heading up to which it says what they tell of
WORTH_SHARED = 4.0  # the same where two tell it


class Unit(Value, frozen=True):
    """What one source tells of one topic: the numbers of its passages."""

    passages: tuple[int, ...]


def gather(passages: list[Passage], people: list[Person], known: Known, kept: Kept | None = None) -> list[Moment]:
    """The moments that the passages tell of, in order of what happened, then of telling.

    `passages`: of all sources, with `person` filled in; `people`: as resolved; `known`: holds the rulings, which win
    over everything, and the copies; `kept`: what was worked out of moments before, which changes nothing but the time
    that it takes. An event is a moment when what is told of it is worth it: a dozen telling words,
    or half as many told by two. Near-linear in the passages: units are compared by an inverted index.
    """
    ordered = sorted(passages, key=in_order)
    talk = any(not p.heading for p in ordered)
    of = in_force(ordered, known.namings)
    units = united(ordered, talk, of)
    who = persons(people, ordered)
    kept = kept or Kept()
    told = featured(units, ordered, who, kept)
    found = vectors(told, flat=talk)
    episodes = [of[u.passages[0]] for u in units]
    of_one = kept.grouped(told, episodes, lambda: alike(told, found, episodes))
    features = found.each()
    groups = [[i for n in g for i in units[n].passages] for g in of_one]
    groups = attached(groups, ordered)
    decided = ruled(groups, ordered, known.moment_rulings)
    home = {i: n for n, u in enumerate(units) for i in u.passages}
    made: list[tuple[Moment, list[str]]] = []
    for group, given in decided.groups:
        members = [ordered[i] for i in group if telling_enough(ordered[i]) or i in decided.pinned]
        if members and (worth(members) or any(i in decided.pinned for i in group)):
            near = [features[n] for n in dict.fromkeys(home[i] for i in group)]
            made.append(moment(whole(members), given, near, who, known, kept))
    return titled(arranged(distinct(made)))


def alike(units: Units, features: Vectors, of: list[Episodes]) -> list[list[int]]:
    """The units in groups that tell one event: first by how alike they are; where people talk, each then goes where all
    that speaks for it is likeliest. `of`: the episodes that each is of."""
    groups = first_groups(units, features, of)
    if len(of) < FEW or units.report.all():
        return groups
    pairs, found = likelihoods(stretches(units))
    named = np.array([bool(episodes) for episodes in of])
    for n in np.flatnonzero(named[pairs.first] & named[pairs.second]).tolist():
        found[n] = 0.0 if apart(of[pairs.first[n]], of[pairs.second[n]]) else found[n]
    return moved(groups, neighbours(pairs, found, len(of)), weights()[2])


def first_groups(units: Units, features: Vectors, of: list[Episodes] | None = None) -> list[list[int]]:
    """The units in groups by how alike they are. `of`: the episodes."""
    if units.report.all():
        return adopted(clusters(features, ALIKE, of=of), features.each(), units.report.tolist(), of)
    places = units.places
    talks = ["" if at.report else at.source for at in places]
    groups = settled(clusters(linked(features, places), TALK, talks, of), features.each(), talks, of)
    return rejoined(groups, places, of)


def united(passages: list[Passage], talk: bool = False, of: list[Episodes] | None = None) -> list[Unit]:
    """The passages of each source and topic, those of two episodes apart; where people `talk`, too, those of each
    paragraph of an article, for what looks back at what they tell goes from one thing to the next."""
    by: dict[tuple[str, int, int, Episodes], list[int]] = defaultdict(list)
    paragraph = 0
    for i, p in enumerate(passages):
        if not (i and one_paragraph(passages[i - 1], p)):
            paragraph = i
        by[p.source, p.topic, paragraph if talk and p.heading else -1, of[i] if of else NONE].append(i)
    return [Unit(tuple(numbers)) for numbers in by.values()]


def one_paragraph(a: Passage, b: Passage) -> bool:
    """Whether two neighbouring passages of an article stand in one paragraph: one is context of the other."""
    return a.source == b.source and (overlap(a.about, b.spans) or overlap(b.about, a.spans))


def overlap(a: tuple[Span, ...], b: tuple[Span, ...]) -> bool:
    """Whether spans touch each other."""
    return any(x < d and y > c for x, y in a for c, d in b)


def attached(groups: list[list[int]], passages: list[Passage]) -> list[list[int]]:
    """The groups; what stands in one that is not worth a moment is joined, talk by talk, to what was told there just
    before: "It went very quiet."; not where something else was asked: "Do you miss it?" """
    home = {i: n for n, g in enumerate(groups) for i in g}
    out: dict[int, list[int]] = {}
    for n, group in enumerate(groups):
        whole = worth([passages[i] for i in group])
        for part in [group] if whole else by_source(group, passages):
            first = part[0]
            p = passages[first]
            goes_on = first and passages[first - 1].source == p.source and not (p.heading or asks_anew(p.around))
            to = home[first - 1] if goes_on and not whole else n
            home.update((i, to) for i in part)
            out.setdefault(to, []).extend(part)
    return [sorted(g) for g in out.values()]


def by_source(numbers: list[int], passages: list[Passage]) -> list[list[int]]:
    """The numbers of passages, those of each source together."""
    found: dict[str, list[int]] = defaultdict(list)
    for i in numbers:
        found[passages[i].source].append(i)
    return list(found.values())


def featured(units: list[Unit], passages: list[Passage], who: Persons, kept: Kept) -> Units:
    """What each unit tells of; the heading of a section counts where at most SECTION units stand under it."""
    members = [[passages[i] for i in u.passages] for u in units]
    headings = [frozenset(p.heading for p in ps if p.heading) for ps in members]
    under = Counter((ps[0].source, h) for ps, hs in zip(members, headings, strict=True) for h in hs)
    own = [
        frozenset(h for h in hs if under[ps[0].source, h] <= SECTION) for ps, hs in zip(members, headings, strict=True)
    ]
    home = np.zeros(len(passages), dtype=np.int64)
    for n, u in enumerate(units):
        home[list(u.passages)] = n
    by = groupby(passages, key=lambda p: p.source)
    return units_told(members, opened([kept.noted(path, list(ps)) for path, ps in by]), home, who, own)


def telling_enough(p: Passage) -> bool:
    """Whether a passage tells anything at all: "Yeah, right." does not; "Seven." does, where "How many?" was asked."""
    asks = not p.heading and (asked(p.around).thing or WHOSE.search(p.around) or asks_who(p.around))
    return len(p.words) >= 2 or bool(p.numbers or p.names or asks)


def worth(passages: list[Passage]) -> bool:
    """Whether an event is told, and not only mentioned: enough telling words, fewer where two tell it."""
    told = fsum(weight(s) for s in {stem(w) for p in passages for w in p.words})
    shared = len({teller(p) for p in passages}) > 1
    return told >= (WORTH_SHARED if shared else WORTH)


def moment(
    passages: list[Passage], given: str, near: list[Vector], who: Persons, known: Known, kept: Kept
) -> tuple[Moment, list[str]]:
    """A moment of its passages, and what it may be called. Its id is that of the first words of the first account that
    somebody tells, so that a word put into an article's narration changes none; ids of the others redirect to it."""
    by: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for p in passages:
        by[teller(p)].append(p)
    told = sorted(by.values(), key=lambda ps: (ps[0].told or "9999", ps[0].source, ps[0].spans))
    accounts = tuple(account(ps) for ps in told)
    first, *others = [digest("moment", ps[0].source, first_words(ps[0])) for ps in sorted(told, key=is_narration)]
    own = kept.worked(passages, list(zip(accounts, told, strict=True)), known, who)
    made = Moment(
        id=first,
        title=given,
        works=tuple(spelled(w, passages, known) for w in works(told)),
        when=own.when,
        accounts=accounts,
        relations=own.relations,
        former=tuple(dict.fromkeys(i for i in others if i != first)),
        why=why(told, near, who),
    )
    return made, [] if given else list(own.titles)


def is_narration(told: list[Passage]) -> bool:
    """Whether an account is an article's own."""
    return told[0].person is None


def first_words(p: Passage) -> str:
    """The folded words of a passage's first span: what its moment and account are known by."""
    start, end = p.spans[0]
    return folded(p.text[: end - start])


def account(passages: list[Passage]) -> Account:
    """The passages of one teller as an account."""
    first = passages[0]
    person = first.person
    timed = [p.time for p in passages if p.time]
    return Account(
        id=digest("account", first.source, person.id if person else "", first_words(first)),
        person=PersonRef(person.id, person.name) if person else None,
        source=first.source,
        spans=tuple(sorted({s for p in passages for s in p.spans})),
        quotes=tuple(dict.fromkeys(q for p in passages for q in p.quotes)),
        time=(timed[0][0], timed[-1][1]) if timed else None,
        told=first.told,
    )


def works(told: list[list[Passage]]) -> tuple[str, ...]:
    """The works that the accounts name, those that most of them name first."""
    count: dict[str, int] = defaultdict(int)
    for passages in told:
        for name in dict.fromkeys(w for p in passages for w in p.works):
            count[name] += 1
    return tuple(sorted(count, key=lambda w: (-count[w], list(count).index(w)))[:6])


Named = tuple[Moment, list[str]]


def spelled(work: str, passages: list[Passage], known: Known) -> str:
    """A work's folded name as the catalogue has it, else as a source spells it, else with a capital."""
    for w in known.works:
        if folded(w.title) == work:
            return w.title
    pattern = re.compile(r"\W{1,3}".join(re.escape(part).replace("'", "['’]") for part in work.split()), re.I)
    texts = (t for p in passages if work in p.works for t in (p.text, p.around, p.heading))
    found = [m[0] for m in (pattern.search(t) for t in texts) if m]
    return " ".join(max(found, key=lambda f: (sum(c.isupper() for c in f), f)).split()) if found else work.capitalize()


def distinct(moments: list[Named]) -> list[Named]:
    """The moments with ids that no two share, former ids that lead to one only."""
    seen: dict[str, int] = defaultdict(int)
    out = []
    for m, names in moments:
        seen[m.id] += 1
        out.append((m if seen[m.id] == 1 else replace(m, id=digest(m.id, str(seen[m.id]))), names))
    taken = {m.id for m, _ in out}
    for i, (m, names) in enumerate(out):
        former = tuple(f for f in m.former if f not in taken)
        taken.update(former)
        out[i] = (replace(m, former=former), names)
    return out


def arranged(moments: list[Named]) -> list[Named]:
    """The moments by what happened first, where that is known, then by telling; `order` counts the known ones."""

    def key(named: Named) -> tuple[str, str, str, int]:
        m = named[0]
        happened = m.when.happened.start if m.when.happened else None
        first = m.accounts[0]
        return (happened or "9999", first.told or "9999", first.source, first.spans[0][0])

    out = []
    for n, (m, names) in enumerate(sorted(moments, key=key)):
        known = m.when.happened and m.when.happened.start
        out.append((replace(m, when=replace(m.when, order=n if known else None)), names))
    return out


def titled(moments: list[Named]) -> list[Moment]:
    """The moments with their titles: each the best of its own that none before it has, and that is not the name of
    what all is about."""
    taken = {m.title for m, _ in moments if m.title}
    shared = Counter(n for m, names in moments for n in {*names, *m.works})
    out = []
    for m, names in moments:
        own = [n for n in names if shared[n] < MANY] + [n for n in names if shared[n] >= MANY]
        title = m.title or next((n for n in own if n not in taken), own[0] if own else m.id)
        taken.add(title)
        out.append(replace(m, title=title))
    return out
