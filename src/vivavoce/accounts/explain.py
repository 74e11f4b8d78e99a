"""Why the accounts of a moment stand together, with the words that show it, and what was near and yet was kept apart;
worked out anew from what may be shown, so that nothing else can be seen through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vivavoce.accounts import where
from vivavoce.accounts.features import Persons, dot, meant, persons
from vivavoce.accounts.numbers import numbers
from vivavoce.accounts.products import Vector
from vivavoce.accounts.signals import NAME, signals
from vivavoce.accounts.units import units_of, vectors
from vivavoce.accounts.words import stem, telling, weight, words
from vivavoce.language.times import dates
from vivavoce.model import Account, Evidence, History, Known, Moment, Passage, Source, Value, folded

MOST = 12  # pieces of evidence, the strongest first
NEAR, FEWEST = 3, 0.02  # moments that are told as near, and how like they must be at least
SAID = 6  # words that are told of each


class Shared(Value, frozen=True):
    """What several accounts hold: its kind ("name", "number", "date" or "word"), as the first has it, and where each
    account has it first."""

    kind: str
    said: str
    accounts: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Neighbour(Value, frozen=True):
    """A moment that was kept apart: how like it is (0 to 1), what both tell of, and what sets them apart."""

    id: str
    title: str
    likeness: float
    both: tuple[str, ...]
    apart: str


class Join(Value, frozen=True):
    """An account and the other of its moment that it is likeliest of one event with: ids, how likely (0 to 1), and what
    speaks most for it, in words. `by` is "" where it was compared with none: it stands with what was told beside it."""

    account: str
    by: str
    likely: float
    why: tuple[str, ...]


class Ground(Value, frozen=True):
    """A moment with what holds its accounts together, and what is near to it; `joined`: as `joins` gives it, where it
    was asked for."""

    id: str
    title: str
    accounts: tuple[Account, ...]
    why: tuple[str, ...]
    shared: tuple[Shared, ...]
    near: tuple[Neighbour, ...]
    joined: tuple[Join, ...] = ()


def explain(history: History, moment: Moment) -> Ground:
    """Why the accounts of a moment of a history stand together. Linear in what all moments tell."""
    sources = {s.path: s for s in history.sources}
    known = Known(works=history.works)
    told = [[passage(sources[a.source], a, known) for a in m.accounts if a.source in sources] for m in history.moments]
    who = persons(list(history.people), [p for ps in told for p in ps])
    talk = any(not p.heading for ps in told for p in ps)
    features = vectors(units_of(told, who), flat=talk).each()
    at = next(i for i, m in enumerate(history.moments) if m.id == moment.id)
    return Ground(
        id=moment.id,
        title=moment.title,
        accounts=moment.accounts,
        why=moment.why,
        shared=shared(moment, told[at], who, features[at]),
        near=neighbours(history.moments, features, at, {stem(w): w for p in told[at] for w in reversed(p.words)}),
    )


def passage(source: Source, account: Account, known: Known) -> Passage:
    """An account as one passage."""
    text = " ".join(source.text[a:b] for a, b in account.spans)
    found = signals(text, known, {})
    return Passage(
        source=source.path,
        figure=account.person.id if account.person else None,
        spans=account.spans,
        text=text,
        person=account.person,
        heading="" if source.kind == "transcript" else source.title or source.path,
        works=found.works,
        names=found.names,
        numbers=found.numbers,
        dates=found.dates,
        words=found.words,
    )


def signs(p: Passage, who: Persons) -> Iterator[tuple[str, str, str, int, int]]:
    """What accounts may share: kind, what it is compared by, as it stands, start and end in the passage's text. The
    words of a name or of a number count with it alone."""
    named: set[str] = set()
    for hit in NAME.finditer(p.text):
        name = folded(hit.group()).removesuffix("'s")
        if name in p.names:
            named.update(stem(part) for part in name.split())
            yield "name", meant(who, p.source, name), hit.group(), *hit.span()
    counted: set[int] = set()
    for n in numbers(p.text):
        counted.update(range(n.start, n.end))
        yield "number", f"{n.least:g} {n.most:g} {n.thing}", p.text[n.start : n.end], n.start, n.end
    for d in dates(p.text):
        yield "date", d.name, p.text[d.start : d.end], d.start, d.end
    for w, a, b in words(p.text):
        if telling(w) and stem(w) not in named and a not in counted:
            yield "word", stem(w), p.text[a:b], a, b


def shared(moment: Moment, told: list[Passage], who: Persons, strength: Vector) -> tuple[Shared, ...]:
    """What two or more accounts of a moment hold, the strongest first."""
    found: dict[tuple[str, str], dict[str, tuple[str, Evidence]]] = defaultdict(dict)
    for account, p in zip(moment.accounts, told, strict=False):
        for kind, by, said, start, end in signs(p, who):
            found[kind, by].setdefault(account.id, (said, where.own(p, start, end)))

    def tells(key: tuple[str, str]) -> float:
        kind, by = key
        first = {"word": weight(by) * strength.get("w" + by, 0.0), "name": strength.get("n" + by, 0.0)}
        return first.get(kind, 0.3) * len(found[key])

    both = [key for key, holders in found.items() if len(holders) > 1 and tells(key) > 0]
    rows = [(kind, found[kind, by]) for kind, by in sorted(both, key=lambda k: (-tells(k), k))[:MOST]]
    return tuple(
        Shared(kind, next(iter(holders.values()))[0], tuple(holders), tuple(e for _, e in holders.values()))
        for kind, holders in rows
    )


def neighbours(
    moments: tuple[Moment, ...], features: list[Vector], at: int, spelled: dict[str, str]
) -> tuple[Neighbour, ...]:
    """The moments that are nearest to one, and what sets each apart from it. `spelled`: stem -> word of the one."""
    likeness = {i: dot(features[at], v) for i, v in enumerate(features) if i != at}
    nearest = [i for i in sorted(likeness, key=lambda i: (-likeness[i], i))[:NEAR] if likeness[i] >= FEWEST]
    return tuple(
        Neighbour(
            id=moments[i].id,
            title=moments[i].title,
            likeness=round(likeness[i], 3),
            both=tuple(spelled[s] for s in in_both(features[at], features[i]) if s in spelled)[:SAID],
            apart=apart(moments[at], moments[i]),
        )
        for i in nearest
    )


def in_both(a: Vector, b: Vector) -> list[str]:
    """The stems that two moments share, those that tell most first."""
    return [f[1:] for f in sorted((f for f in a if f in b and f[0] == "w"), key=lambda f: (-a[f] * b[f], f))]


def apart(a: Moment, b: Moment) -> str:
    """What sets two moments apart, in words."""
    days = [m.when.happened.start for m in (a, b) if m.when.happened and m.when.happened.start]
    if len(days) == 2 and not (days[0].startswith(days[1]) or days[1].startswith(days[0])):
        return f"this happened in {days[0]}, that in {days[1]}"
    return "what they share is less than what each tells alone"
