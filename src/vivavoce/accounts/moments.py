"""Moments: passages of different people and sources that tell the same event, side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log

from vivavoce.accounts.words import stem
from vivavoce.model import Account, Known, Moment, Passage, Person, digest, folded


def gather(passages: list[Passage], people: list[Person], known: Known) -> list[Moment]:
    """The moments that the passages tell of, each with its accounts; `people` and `known` as resolved."""
    units = topics(passages)
    return [moment(u) for u in together(units)]


def topics(passages: list[Passage]) -> list[list[Passage]]:
    """The passages of each source, grouped by section."""
    groups: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for p in sorted(passages, key=lambda p: (p.source, p.spans)):
        groups[p.source, p.heading].append(p)
    return [g for g in groups.values() if sum(len(p.words) for p in g) >= 8]


def together(units: list[list[Passage]]) -> list[list[Passage]]:
    """Units joined by rare shared words."""
    bags = [Counter(stem(w) for p in u for w in (*p.words, *p.names)) for u in units]
    df = Counter(w for b in bags for w in b)
    weight = {w: log(1 + len(units) / n) for w, n in df.items()}
    index: dict[str, list[int]] = defaultdict(list)
    for i, bag in enumerate(bags):
        for w in bag:
            if 1 < df[w] <= 50:
                index[w].append(i)
    home = list(range(len(units)))
    for i, bag in enumerate(bags):
        shared: Counter[int] = Counter()
        for w in bag:
            for j in index.get(w, ()):
                if j < i:
                    shared[j] += weight[w]  # type: ignore[assignment]
        for j, s in sorted(shared.items()):
            norm = (sum(weight[w] for w in bag) * sum(weight[w] for w in bags[j])) ** 0.5
            if s / norm > 0.3:
                home[i] = home[j]
                break
    groups: dict[int, list[Passage]] = defaultdict(list)
    for i, h in enumerate(home):
        groups[h] += units[i]
    return list(groups.values())


def moment(group: list[Passage]) -> Moment:
    """A group of passages as a moment."""
    by: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for p in group:
        by[p.source, p.person.id if p.person else (p.figure or "")].append(p)
    accounts = tuple(account(ps) for ps in by.values())
    first = group[0]
    title = first.heading or " ".join(first.text.split()[:8])
    ident = digest("moment", first.source, folded(first.text))
    return Moment(id=ident, title=title, accounts=accounts)


def account(passages: list[Passage]) -> Account:
    """The passages of one person in one source as an account."""
    first = passages[0]
    return Account(
        id=digest("account", first.source, folded(first.text)),
        person=first.person,
        source=first.source,
        spans=tuple(s for p in passages for s in p.spans),
        quotes=tuple(q for p in passages for q in p.quotes),
        time=first.time,
        told=first.told,
    )
