"""How two accounts of a moment relate: they give different numbers of one thing, the same number, or speak against
each other. Precision before recall: a false contradiction is worse than a missed one."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from vivavoce.accounts.claims import Claims, claimed
from vivavoce.accounts.counts import counts
from vivavoce.accounts.dated import Dated, date_relation, dated
from vivavoce.accounts.denied import Said, denial, said_so
from vivavoce.accounts.disputes import Sides, dispute, sides
from vivavoce.accounts.facts import Fact, facts, facts_related
from vivavoce.accounts.features import Persons
from vivavoce.accounts.names import Who
from vivavoce.model import Account, Known, Passage, Relation

Told = tuple[Account, list[Passage]]


# On these accounts agree only where another differs: that a band is of brass is nothing to agree on.
TRIVIAL = ("which", "colour", "stuff", "what", "whether", "the weather")
DENIED = "whether it was"


class Ground(NamedTuple):
    """What an account can be compared by: its counts by thing, its dates, what it speaks for and against."""

    account: Account
    counts: Claims
    dates: list[Dated]
    facts: list[Fact]
    said: list[Said]
    sides: Sides


def relations(told: list[Told], known: Known, persons: Persons | None = None) -> tuple[Relation, ...]:
    """The relations between the accounts of one moment, one for each pair and topic, in order of ids."""
    found: list[Relation] = []
    grounds = [ground(a, ps, persons) for a, ps in told]
    some = sorted((g for g in grounds if any(g[1:-1]) or any(g.sides)), key=lambda g: g.account.id)
    for x, y in combinations(some, 2):
        if x.account.id == y.account.id:
            continue
        a, b = x.account, y.account
        apart = independent(a, b, known)
        found += counts(a, b, x.counts, y.counts, apart)
        others = (
            date_relation(a, b, x.dates, y.dates, apart),
            dispute(a, b, x.sides, y.sides),
        )
        found += [r for r in others if r]
        found += denial(a, b, x.said, y.said, apart)
        found += facts_related(a, b, x.facts, y.facts, apart)
    contested = {r.about for r in found if r.type == "differ"}
    return tuple(r for r in found if r.type != "agree" or not is_trivial(r.about) or r.about in contested)


def is_trivial(about: str) -> bool:
    """Whether two accounts agree on it only where another differs; that both deny a thing always tells something."""
    return about.startswith(TRIVIAL) and not about.startswith(DENIED)


def ground(account: Account, passages: list[Passage], persons: Persons | None) -> Ground:
    """What an account can be compared by."""
    who = Who(account, persons)
    return Ground(
        account=account,
        counts=claimed(passages),
        dates=dated(passages),
        facts=facts(who, passages),
        said=said_so(passages),
        sides=sides(account, passages),
    )


def independent(a: Account, b: Account, known: Known) -> bool:
    """Whether two accounts are two tellings: different persons in different sources, or one and an article's own
    words, neither a copy."""
    copied = set(known.copies)
    if copied.intersection(a.quotes) or copied.intersection(b.quotes):
        return False
    if a.source == b.source or (a.person is None and b.person is None):
        return False
    return a.person is None or b.person is None or a.person.id != b.person.id
