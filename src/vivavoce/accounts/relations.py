"""How two accounts of a moment relate: they give different numbers of one thing, the same number, or speak against
each other. Precision before recall: a false contradiction is worse than a missed one."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from vivavoce.accounts.claims import Claims, claimed, scene_of
from vivavoce.accounts.clauses import Told as Clause
from vivavoce.accounts.clauses import keys, tells
from vivavoce.accounts.contrary import Body, body, contrary
from vivavoce.accounts.contrasts import contrasts
from vivavoce.accounts.copied import same_words
from vivavoce.accounts.counts import counts
from vivavoce.accounts.dated import Dated, date_relation, dated
from vivavoce.accounts.denied import Said, denial, said_so
from vivavoce.accounts.disputes import Sides, dispute, sides
from vivavoce.accounts.facts import Fact, facts, facts_related, matter
from vivavoce.accounts.features import Persons
from vivavoce.accounts.names import Who
from vivavoce.accounts.valued import KIND, Judged, Side, judged, touch, valued, weights
from vivavoce.accounts.values import WHENS, values
from vivavoce.language.amounts import amounts, tokens
from vivavoce.model import Account, Known, Passage, Relation

Told = tuple[Account, list[Passage]]


# On these accounts agree only where another differs: that a band is of brass is nothing to agree on.
TRIVIAL = ("which", "colour", "stuff", "what", "whether", "the weather")
MANY = 30  # accounts of one moment up to which all their values are held against each other
FEW, CLOSE = 2, 1.04  # of how many it tells nothing that two agree; times as much up to which two numbers are one
DENIED = "whether it was"


class Ground(NamedTuple):
    """What an account can be compared by: its counts by thing, its dates, what it asserts, its values, what it
    speaks for and against."""

    account: Account
    counts: Claims
    dates: list[Dated]
    facts: list[Fact]
    said: list[Said]
    clauses: list[Clause]
    body: Body
    values: Side
    sides: Sides


def relations(told: list[Told], known: Known, persons: Persons | None = None) -> tuple[Relation, ...]:
    """The relations between the accounts of one moment, one for each pair and topic, in order of ids."""
    if len(told) < 2:
        return ()
    grounds = [ground(a, ps, persons, few=len(told) <= MANY) for a, ps in told]
    some = sorted((g for g in grounds if matters(g)), key=lambda g: g.account.id)
    copies = frozenset(known.copies)
    found: list[Relation] = []
    for x, y in comparable(some):
        found += related(x, y, independent(x.account, y.account, copies))
    by = {a.id: ps for a, ps in told}
    contested = {r.about for r in found if r.type == "differ"}
    return tuple(r for r in found if r.type != "agree" or (agreed(r, contested) and not copied(r, by)))


def copied(r: Relation, by: dict[str, list[Passage]]) -> bool:
    """Whether two accounts tell it in the same words."""
    return same_words(by[r.a], by[r.b], *r.evidence[:2])


def agreed(r: Relation, contested: set[str]) -> bool:
    """Whether it tells something that two accounts agree. `contested`: what others of the moment differ on."""
    return (not is_trivial(r.about) or r.about in contested) and worth_telling(r)


def worth_telling(r: Relation) -> bool:
    """Whether it tells something that two accounts agree: not that there were one or two of something, and not on two
    numbers of which one is not the other."""
    if r.about.startswith(("whether", "who", "the ")):
        return True
    said = [amounts(tokens(v)) for v in r.values]
    numbers = [one[0].value for one in said if len(one) == 1 and not one[0].nth]
    if len(numbers) < 2:
        return True
    least, most = sorted(numbers)
    few = r.about.startswith("number of") and most <= FEW
    return not few and (most <= least * CLOSE or " ".join(r.values[0].split()[1:]) != " ".join(r.values[1].split()[1:]))


def comparable(grounds: list[Ground]) -> list[tuple[Ground, Ground]]:
    """The pairs of accounts that tell of one matter at least, in order; found by matter, so that accounts with nothing
    to compare cost nothing."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, g in enumerate(grounds):
        for key in matters(g):
            holders[key].append(n)
    pairs = {pair for found in holders.values() for pair in combinations(found, 2)}
    return [(grounds[i], grounds[j]) for i, j in sorted(pairs) if grounds[i].account.id != grounds[j].account.id]


def matters(g: Ground) -> set[str]:
    """What an account can be compared on."""
    found = {f"count {thing}" for thing, _ in g.counts}
    found |= {"asked" for claims in g.counts.values() if any(c.asked for c in claims)}
    found |= {"date" for _ in g.dates[:1]} | {"side" for s in g.sides if s}
    found |= {key for c in g.clauses for key in keys(c)}
    found |= {"asserted" for _ in g.body.by}
    found |= {"when" if v.kind in WHENS else f"value {v.kind}" for v in g.values.values}
    found |= {f"said {s.what}" for s in g.said} | {f"fact {matter(f)}" for f in g.facts}
    return found


def related(x: Ground, y: Ground, apart: bool) -> list[Relation]:
    """How two accounts relate; `apart`: they are two tellings, and may agree."""
    a, b = x.account, y.account
    others = (date_relation(a, b, x.dates, y.dates, apart), dispute(a, b, x.sides, y.sides))
    found = [
        *counts(a, b, x.counts, y.counts, apart),
        *(r for r in others if r),
        *denial(a, b, x.said, y.said, apart),
        *facts_related(a, b, x.facts, y.facts, apart),
    ]
    found += [r for r in contrasts(a, b, x.clauses, y.clauses, apart) if not any(one_place(r, f) for f in found)]
    found += [r for r in contrary(a, b, x.body, y.body) if not any(one_place(r, f) for f in found)]
    likely = judged(x.values, y.values)
    found = [r for r in found if not doubtful(r, likely)]
    return found + [r for r in valued(a, b, likely, apart) if not any(beside(r, f) for f in found)]


def doubtful(r: Relation, likely: list[Judged]) -> bool:
    """Whether the two values that a relation points at are hardly of one thing."""
    those = [
        j.likely
        for j in likely
        if j.x.kind in WHENS
        and KIND[j.how] == r.type
        and touch(j.x.evidence, r.evidence[0])
        and touch(j.y.evidence, r.evidence[1])
    ]
    return bool(those) and max(those) < weights()[r.type].doubtful


def beside(x: Relation, y: Relation) -> bool:
    """Whether a relation points at words, on one side, that one found before does: it is of the same thing."""
    return any(touch(e, f) for e, f in zip(x.evidence[:2], y.evidence[:2], strict=True))


def one_place(x: Relation, y: Relation) -> bool:
    """Whether two relations of one pair of accounts point at the same words on both sides."""
    return all(e.start < f.end and f.start < e.end for e, f in zip(x.evidence[:2], y.evidence[:2], strict=True))


def is_trivial(about: str) -> bool:
    """Whether two accounts agree on it only where another differs; that both deny a thing always tells something."""
    return about.startswith(TRIVIAL) and not about.startswith(DENIED)


def ground(account: Account, passages: list[Passage], persons: Persons | None, few: bool = True) -> Ground:
    """What an account can be compared by; its values of all kinds where `few` tell of the moment."""
    who = Who(account, persons)
    return Ground(
        account=account,
        counts=claimed(passages),
        dates=dated(passages),
        facts=facts(who, passages),
        said=said_so(passages),
        clauses=tells(who, passages),
        body=body(who, passages) if few else Body(),
        values=Side(tuple(values(passages)) if few else (), scene_of(passages)),
        sides=sides(account, passages),
    )


def independent(a: Account, b: Account, copies: frozenset[str]) -> bool:
    """Whether two accounts are two tellings: different persons in different sources, or one and an article's own
    words, neither a copy."""
    if not copies.isdisjoint(a.quotes) or not copies.isdisjoint(b.quotes):
        return False
    if a.source == b.source or (a.person is None and b.person is None):
        return False
    return a.person is None or b.person is None or a.person.id != b.person.id
