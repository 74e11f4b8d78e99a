"""What is decided and not yet read again, laid over the generation that is shown: a page shows a decision at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
from msgspec.structs import replace

from vivavoce import decisions, rights
from vivavoce.decisions import Anchor, Decision
from vivavoce.model import (
    CHANNELS,
    Account,
    Moment,
    Person,
    PersonRef,
    Quote,
    Restriction,
    Role,
    Source,
    Span,
    digest,
    folded,
)
from vivavoce.workbench.bench import View
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.seen import Seen, by_any_id

Figure = tuple[str, str]


@dataclass(frozen=True)
class Laid:
    """People and moments as they are decided. `to`: the id of a person of the generation -> of the one that they are
    now, where it is another; `split`: the same for one source alone. `due`: decisions that the generation does not hold
    yet; `fallen`: those that it still holds, though they are undone. `hidden`: ids of people who may not be shown."""

    seen: Seen
    people: tuple[Person, ...]
    moments: tuple[Moment, ...]
    to: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[tuple[str, str], str] = field(default_factory=dict)
    due: tuple[Decision, ...] = ()
    fallen: tuple[Decision, ...] = ()
    hidden: frozenset[str] = frozenset()

    @cached_property
    def person(self) -> dict[str, Person]:
        """The people by id."""
        return {p.id: p for p in self.people}

    @cached_property
    def moment(self) -> dict[str, Moment]:
        """The moments by id, those of former ones too."""
        before = self.seen.moments
        if before.keys() != {m.id for m in self.moments}:
            return by_any_id(self.moments)
        changed = [m for m in self.moments if before[m.id] is not m]
        return {**self.seen.by_any_id, **{i: m for m in changed for i in (*m.former, m.id)}}

    def said(self, person: str) -> list[Quote]:
        """What somebody said, questions too."""
        before = {*self.bases(person), *(old for (old, _), new in self.split.items() if new == person)}
        every, of_person = self.seen.shown.quotes, self.seen.of_person
        mine = (every[n] for n in sorted(n for old in before for n in of_person.get(old, ())))
        return [q for q in mine if (who := self.who(q.person, q.source)) and who.id == person]

    @cached_property
    def tells(self) -> dict[str, list[Moment]]:
        """The moments that each person tells of, by id."""
        if self.moments is self.seen.shown.moments and not self.to and not self.split and not self.hidden:
            return {p: [self.moments[n] for n in ns] for p, ns in self.seen.told_by.items()}
        out: dict[str, list[Moment]] = defaultdict(list)
        before, tellers, here = self.seen.moments, self.seen.tellers, self.person
        for moment in self.moments:
            same = not self.to and not self.split and before.get(moment.id) is moment
            for person in tellers[moment.id] if same else self._tellers(moment):
                if person in here:
                    out[person].append(moment)
        return out

    def _tellers(self, moment: Moment) -> list[str]:
        told = (self.who(a.person, a.source) for a in moment.accounts)
        return list(dict.fromkeys(p.id for p in told if p))

    def who(self, ref: PersonRef | None, source: str) -> Person | None:
        """The person, as decided, who stands behind one in a source."""
        if ref is None:
            return None
        now = self.split.get((ref.id, source)) or self.to.get(ref.id, ref.id)
        return self.person.get(now)

    def bases(self, person: str) -> list[str]:
        """The ids in the generation of who is one person now."""
        return [person, *(old for old, new in self.to.items() if new == person)]


def laid(view: View, ledger: Ledger) -> Laid:
    """What a page shows of people and moments; worked out once for each state of the journal."""
    kept = view.kept.get("laid")
    if kept and kept[0] == ledger.mark:
        found: Laid = kept[1]
        return found
    made = _laid(view, ledger)
    view.kept["laid"] = (ledger.mark, made)
    return made


def _laid(view: View, ledger: Ledger) -> Laid:
    seen = view.seen
    every = ledger.journal.decisions
    due = tuple(d for d in ledger.standing if d.id not in view.holds)
    fallen = tuple(d for d in every if d.id in view.holds and d.id not in ledger.stands)
    if not due and not fallen:
        return Laid(seen, seen.shown.people, seen.shown.moments)
    over = _People(seen)
    for decision in due:
        over.take(decision)
    for decision in fallen:
        over.take_back(decision)
    moments = _moments(seen, due)
    hidden = frozenset(over.hidden)
    shown = tuple(p for p in over.people.values() if p.id not in hidden)
    return Laid(seen, shown, _without(moments, over, hidden), over.to, over.split, due, fallen, hidden)


# --- people ------------------------------------------------------------------------------------------------


class _People:
    """The people while decisions are laid over them, one after the other."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.people = {p.id: p for p in seen.shown.people}
        self.to: dict[str, str] = {}
        self.split: dict[tuple[str, str], str] = {}
        self.hidden: set[str] = set()
        self.home = seen.home
        self.real = {p.id: shown for shown, p in seen.real.items()}
        self.called = {r.called for r in seen.rules if r.called}

    def of(self, anchors: Iterable[Anchor]) -> list[str]:
        """The ids of who is meant, each once."""
        found = (self.home.get((a.source, a.figure)) for a in anchors)
        return list(dict.fromkeys(self.to.get(i, i) for i in found if i))

    def take(self, d: Decision) -> None:
        """Lay a decision over the people."""
        if d.type == "rights":
            self._withhold(d)
        if d.type == "speaker" and d.value and not d.target[0].exact:
            self._label(self.of(d.target), str(d.value))
        ids = self.of(d.target) if d.type == "person" else []
        do = d.value.get("do") if ids else ""
        if do == "merge":
            self._merge(ids)
        elif do == "split":
            self._split(d, ids)
        elif do == "name" and self.people[ids[0]].name not in self.called:
            self.people[ids[0]] = named(self.people[ids[0]], str(d.value["name"]))
        elif do == "pseudonym":
            shown = replace(self.people[ids[0]], name=str(d.value["name"]), aliases=(), roles=(), figures=())
            self.people[ids[0]] = shown
        elif do in ("alias", "role"):
            self.people[ids[0]] = _with(self.people[ids[0]], d, not d.value.get("not"))

    def take_back(self, d: Decision) -> None:
        """Lay over the people that a decision is undone, as far as what was before is known."""
        ids = self.of(d.target) if d.type == "person" else []
        if ids and d.value["do"] in ("alias", "role") and not d.value.get("not"):
            self.people[ids[0]] = _with(self.people[ids[0]], d, False)

    def _label(self, ids: list[str], name: str) -> None:
        """A label that is named is whoever has the name, else somebody of that name."""
        same = next((i for i, p in self.people.items() if folded(p.name) == folded(name) and i not in ids), "")
        if ids and same:
            self._merge([same, *ids])
        elif ids:
            self.people[ids[0]] = replace(named(self.people[ids[0]], name), kind="person")

    def _merge(self, ids: list[str]) -> None:
        first, *others = ids
        for other in others:
            self.people[first] = _one(self.people[first], self.people.pop(other))
            self.to = {old: first if new == other else new for old, new in self.to.items()}
            self.to[other] = first

    def _split(self, d: Decision, ids: list[str]) -> None:
        of = d.value.get("of")
        side = {
            (a.source, a.figure) for n, a in enumerate(d.target) if (n < of if isinstance(of, int) else a.source == of)
        }
        person = self.people[ids[0]]
        gone = tuple(f for f in person.figures if f in side)
        if len(ids) > 1 or not gone or len(gone) == len(person.figures):
            return
        number = 2
        while f"{person.id}-{number}" in self.people:
            number += 1
        other = replace(person, id=f"{person.id}-{number}", figures=gone, roles=(), quotes=self._said(ids[0], gone))
        left = tuple(f for f in person.figures if f not in side)
        self.people[person.id] = replace(person, figures=left, quotes=max(person.quotes - other.quotes, 0))
        self.people[other.id] = other
        self.split.update({(ids[0], source): other.id for source, _ in gone})

    def _said(self, person: str, figures: tuple[Figure, ...]) -> int:
        sources = {source for source, _ in figures}
        every = (q for path in sources for q in self.seen.said.get(path, ()))
        return sum(1 for q in every if q.person and q.person.id == person and not q.asks)

    def _withhold(self, d: Decision) -> None:
        rule = msgspec.convert(d.value, Restriction)
        here = not rule.channels or "workbench" in rule.channels or not set(rule.channels) <= set(CHANNELS)
        if rule.what == "person" and here:
            for real in rights.people_of(rule, self.seen.whole.people):
                if shown := self.real.get(real.id):
                    self.hidden.add(self.to.get(shown, shown))


def named(person: Person, name: str) -> Person:
    """A person under another name, the old one kept as one of theirs."""
    others = tuple(a for a in dict.fromkeys((person.name, *person.aliases)) if a != name)
    return replace(person, name=name, aliases=others)


def _one(a: Person, b: Person) -> Person:
    """Two who are one: the first one's name stays."""
    names = tuple(n for n in dict.fromkeys((*a.aliases, b.name, *b.aliases)) if n != a.name)
    roles = (*a.roles, *(r for r in b.roles if r not in a.roles))
    kind = a.kind if a.kind != "label" else b.kind
    return replace(
        a, aliases=names, roles=roles, quotes=a.quotes + b.quotes, figures=(*a.figures, *b.figures), kind=kind
    )


def _with(person: Person, d: Decision, given: bool) -> Person:
    """A person with a name or role given, or taken away."""
    if d.value["do"] == "alias":
        name = " ".join(str(d.value["name"]).split())
        left = tuple(a for a in person.aliases if folded(a) != folded(name))
        return replace(person, aliases=(*left, name) if given and folded(name) != folded(person.name) else left)
    role = msgspec.convert(d.value["role"], Role)
    same = [r for r in person.roles if _alike(role, r)]
    if given:
        kept = same[0].evidence if same else ()
        return replace(person, roles=(replace(role, evidence=kept), *(r for r in person.roles if r not in same)))
    return replace(person, roles=tuple(r for r in person.roles if r not in same))


def _alike(wanted: Role, role: Role) -> bool:
    pairs = ((wanted.kind, role.kind), (wanted.of, role.of), (wanted.title, role.title), (wanted.work, role.work))
    return all(not a or folded(a) == folded(b) for a, b in pairs)


# --- moments -----------------------------------------------------------------------------------------------


def _moments(seen: Seen, due: Sequence[Decision]) -> list[Moment]:
    """The moments with decisions laid over them."""
    moments = list(seen.shown.moments)
    texts = {s.path: s for s in seen.whole.sources}
    moved = False
    for d in due:
        paths = dict.fromkeys(a.source for a in d.target)
        near = moments if moved else [moments[n] for n in {n: 0 for p in paths for n in seen.told_in.get(p, ())}]
        if _confirms(d, near):
            continue
        if d.type == "moment" and d.value["do"] in ("together", "apart"):
            after = _arranged(moments, d, seen.sources)
            moments, moved = after, moved or after is not moments
        elif d.type == "moment" and d.value["do"] == "title" and (most := _most(near, d.target)):
            at = next(n for n, m in enumerate(moments) if m is most)
            moments[at] = replace(most, title=d.value["title"])
    return decisions.over_moments(moments, due, texts.get)[0]


def _confirms(d: Decision, near: Sequence[Moment]) -> bool:
    """Whether a decision says of accounts that stand together already that they do."""
    alike = d.type == "moment" and d.value["do"] == "together" and not isinstance(d.value.get("of"), int)
    return alike and sum(1 for m in near if hit(m, d.target)) < 2


def _near(moments: Sequence[Moment], anchors: Sequence[Anchor]) -> list[Moment]:
    """The moments with an account in a source that anchors point into."""
    paths = {a.source for a in anchors}
    return [m for m in moments if any(a.source in paths for a in m.accounts)]


def _most(moments: Sequence[Moment], anchors: Sequence[Anchor]) -> Moment | None:
    """The moment that most of some anchors point into, None where none does."""
    most = max(_near(moments, anchors), key=lambda m: len(hit(m, anchors)), default=None)
    return most if most and hit(most, anchors) else None


def hit(moment: Moment, anchors: Iterable[Anchor]) -> list[Account]:
    """The accounts of a moment that anchors point at."""
    places: dict[str, list[Span]] = {}
    for a in anchors:
        places.setdefault(a.source, []).append((a.start, a.end))
    return [
        account
        for account in moment.accounts
        if account.source in places
        and any(a < z and b > y for y, z in places[account.source] for a, b in account.spans)
    ]


def _arranged(moments: list[Moment], d: Decision, texts: Mapping[str, Source]) -> list[Moment]:
    """The moments after accounts were put together or taken out."""
    of = d.value.get("of")
    first, rest = (d.target[:of], d.target[of:]) if isinstance(of, int) else ((), d.target)
    most = _most(moments, rest)
    if most is None:
        return moments
    if not first and d.value["do"] == "together":
        meant = [m for m in _near(moments, rest) if hit(m, rest)]
        return _joined(moments, meant, texts) if len(meant) > 1 else moments
    together = d.value["do"] == "together"
    out, gone = [], []
    for m in moments:
        leave = hit(m, first) if (m is not most if together else m is most or not rest) else []
        gone += leave
        left = tuple(a for a in m.accounts if a not in leave)
        out += [_made(m, left, texts) if leave else m] if left else []
    if not gone:
        return moments
    if together:
        return [_made(m, (*m.accounts, *gone), texts) if m is most else m for m in out]
    at = next((n for n, m in enumerate(out) if m.id == most.id or m.accounts[0] in most.accounts), len(out) - 1)
    return [*out[: at + 1], _made(Moment("", _opening(gone[0], texts)), tuple(gone), texts), *out[at + 1 :]]


def _joined(moments: list[Moment], meant: list[Moment], texts: Mapping[str, Source]) -> list[Moment]:
    first, *others = meant
    whole = replace(
        first,
        relations=tuple(r for m in meant for r in m.relations),
        works=tuple(dict.fromkeys(w for m in meant for w in m.works)),
        former=tuple(i for m in others for i in (m.id, *m.former)),
    )
    made = _made(whole, tuple(a for m in meant for a in m.accounts), texts)
    gone = {m.id for m in others}
    return [made if m is first else m for m in moments if m is first or m.id not in gone]


def _made(moment: Moment, accounts: tuple[Account, ...], texts: Mapping[str, Source]) -> Moment:
    """A moment with other accounts: those relations stay whose accounts do; its id is the one that it will have."""
    told = tuple(sorted(accounts, key=lambda a: (a.told or "9999", a.source, a.spans)))
    first = min(told, key=lambda a: a.person is None)
    own = texts.get(first.source)
    new = digest("moment", first.source, folded(own.text[slice(*first.spans[0])])) if own else moment.id
    former = tuple(i for i in dict.fromkeys((moment.id, *moment.former)) if i and i != new)
    ids = {a.id for a in told}
    relations = tuple(r for r in moment.relations if r.a in ids and r.b in ids)
    return replace(moment, id=new, accounts=told, relations=relations, former=former)


def _opening(account: Account, texts: Mapping[str, Source]) -> str:
    """What a moment is called whose title is not made yet: its first words."""
    source = texts.get(account.source)
    words = source.text[slice(*account.spans[0])].split() if source else []
    return f"“{' '.join(words[:8])}…”" if words else "A moment of their own"


def _without(moments: Iterable[Moment], over: _People, hidden: frozenset[str]) -> tuple[Moment, ...]:
    """The moments without the accounts of people who may not be shown."""
    if not hidden:
        return tuple(moments)

    def left() -> Iterator[Moment]:
        for m in moments:
            kept = tuple(a for a in m.accounts if not (a.person and over.to.get(a.person.id, a.person.id) in hidden))
            ids = {a.id for a in kept}
            if kept:
                yield replace(m, accounts=kept, relations=tuple(r for r in m.relations if {r.a, r.b} <= ids))

    return tuple(left())
