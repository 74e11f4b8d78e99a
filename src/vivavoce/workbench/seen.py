"""What the workbench holds in memory: one generation of the archive, read once, as it may be shown to an editor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from vivavoce import archive, rights
from vivavoce.build import everything
from vivavoce.decisions import Review
from vivavoce.model import Attribution, Candidate, History, Moment, Person, Quote, Restriction, Source, Span, Trace
from vivavoce.people.pairs import Pair, pairs
from vivavoce.project import Project
from vivavoce.workbench.weighing import NOTHING, Weight, small, weighed


@dataclass(frozen=True)
class Seen:
    """One generation. `whole`: everything, which decisions are made on; `shown`: what may be shown on the workbench,
    which every page is made from. `texts`: of each source, by the path that it is shown under, its own path and its
    text's hash. `weight`: how well each moment of several accounts stands. `alike`: the pairs of people who may be
    one."""

    generation: str
    whole: History
    shown: History
    rules: tuple[Restriction, ...]
    reviews: tuple[Review, ...]
    broken: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    texts: Mapping[str, tuple[str, str]]
    sources: Mapping[str, Source]
    quotes: Mapping[str, Quote]
    said: Mapping[str, tuple[Quote, ...]]
    moments: Mapping[str, Moment]
    traces: Mapping[str, Trace]
    weight: Weight = NOTHING
    alike: tuple[Pair, ...] = ()
    weighed: dict[str, dict[str, tuple[Candidate, ...]]] = field(default_factory=dict)

    def own_path(self, path: str) -> str:
        """A source's own path, by the one that it is shown under: decisions are kept under it."""
        return self.texts[path][0] if path in self.texts else path

    @cached_property
    def real(self) -> dict[str, Person]:
        """Who stands behind each person that is shown, by the shown id: decisions are made on them."""
        every = {p.id: p for p in self.whole.people}
        called = {r.called: r.of for r in self.rules if r.what == "person" and r.called}
        out = {p.id: every.get(called.get(p.name, p.id)) for p in self.shown.people}
        return {shown: real for shown, real in out.items() if real}

    @cached_property
    def home(self) -> dict[tuple[str, str], str]:
        """The shown id of whom each figure of a source is."""
        return {f: shown for shown, p in self.real.items() for f in p.figures}

    @cached_property
    def of_person(self) -> dict[str, list[int]]:
        """Where, among the quotations that are shown, those of each person stand, by id."""
        out: dict[str, list[int]] = defaultdict(list)
        for n, quote in enumerate(self.shown.quotes):
            if quote.person:
                out[quote.person.id].append(n)
        return dict(out)

    @cached_property
    def tellers(self) -> dict[str, tuple[str, ...]]:
        """The people who tell of each moment, by id."""
        return {m.id: tuple(dict.fromkeys(a.person.id for a in m.accounts if a.person)) for m in self.shown.moments}

    @cached_property
    def told_in(self) -> dict[str, list[int]]:
        """Where, among the moments that are shown, those with an account in a source stand, by its path."""
        out: dict[str, list[int]] = defaultdict(list)
        for n, moment in enumerate(self.shown.moments):
            for path in dict.fromkeys(a.source for a in moment.accounts):
                out[path].append(n)
        return dict(out)

    @cached_property
    def told_by(self) -> dict[str, list[int]]:
        """Where, among the moments that are shown, those that a person tells of stand, by id."""
        out: dict[str, list[int]] = defaultdict(list)
        for n, moment in enumerate(self.shown.moments):
            for person in self.tellers[moment.id]:
                out[person].append(n)
        return dict(out)

    @cached_property
    def by_any_id(self) -> dict[str, Moment]:
        """The moments that are shown by their ids, former ones too."""
        return by_any_id(self.shown.moments)

    @cached_property
    def people(self) -> dict[str, Person]:
        """The people who are shown, by id."""
        return {p.id: p for p in self.shown.people}

    @cached_property
    def accounts(self) -> dict[tuple[str, Span], tuple[str, Moment]]:
        """Every account of the archive, shown or not, by its source and where it begins: its id, and its moment."""
        return {(a.source, a.spans[0]): (a.id, m) for m in reversed(self.whole.moments) for a in m.accounts}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name that each person is shown under, by id."""
        return {p.id: p.name for p in self.shown.people}


def by_any_id(moments: Sequence[Moment]) -> dict[str, Moment]:
    """Moments by their ids, former ones too."""
    found = {f: m for m in reversed(moments) for f in m.former}
    return {**found, **{m.id: m for m in moments}}


def generation(project: Project) -> str:
    """The mark of the archive's present generation."""
    with archive.opened(project.state) as connection:
        return archive.generation(connection)


def look(project: Project, day: str, before: Weight = NOTHING) -> Seen:
    """Read the present generation, as it may be shown on a day. `before`: how well its moments stand as far as is
    known from the one before, until it is weighed."""
    mark = generation(project)
    whole, rules = everything(project, day)
    shown = rights.published(whole, "workbench", day, rules)
    other = rights.paths(whole, "workbench", day, rules)
    real = {q.id: q.spans for q in whole.quotes}  # what is shown in part alone is not decided on here
    said: dict[str, list[Quote]] = defaultdict(list)
    for q in shown.quotes:
        said[q.source].append(q)
    with archive.opened(project.state) as connection:
        reviews = msgspec.json.decode(archive.whole(connection, "reviews"), type=tuple[Review, ...])
        broken = msgspec.json.decode(archive.whole(connection, "broken"), type=tuple[str, ...])
        problems = tuple(archive.problems(connection))
    return Seen(
        generation=mark,
        whole=whole,
        shown=shown,
        rules=rules,
        reviews=reviews,
        broken=broken,
        problems=problems,
        texts={other.get(s.path, s.path): (s.path, s.text_hash) for s in whole.sources},
        sources={s.path: s for s in shown.sources},
        quotes={q.id: q for q in shown.quotes if real.get(q.id) == q.spans},
        said={path: tuple(qs) for path, qs in said.items()},
        moments={m.id: m for m in shown.moments},
        traces={t.quote: t for t in shown.traces},
        weight=weighed(shown) if small(shown) else before,
        alike=tuple(pairs(shown.people)),
    )


def candidates(project: Project, seen: Seen, quote: Quote) -> tuple[Candidate, ...]:
    """Who might have said a quotation, best first, as far as it may be told; read once for each source."""
    if quote.source not in seen.weighed:
        with archive.opened(project.state) as connection:
            given = archive.digested(connection, seen.own_path(quote.source))
        found = msgspec.json.decode(given.attributions, type=list[Attribution]) if given and given.attributions else []
        seen.weighed[quote.source] = {a.quote: a.candidates for a in found}
    return rights.shown_candidates(seen.shown, quote, seen.weighed[quote.source].get(quote.id, ()))


def real_name(seen: Seen, name: str) -> str:
    """The name behind one that is shown instead of it: what is decided is kept under the person's own."""
    for rule in seen.rules:
        if rule.what == "person" and rule.called and rule.called == name:
            return next((p.name for p in seen.whole.people if p.id == rule.of), name)
    return name


def disguised(seen: Seen, words: str) -> str:
    """Words of ours with the names that people, and sources, are shown under in place of their own."""
    for path, (own, _) in seen.texts.items():
        if own != path:
            words = words.replace(own, path)
    for rule in seen.rules:
        if rule.what == "person" and rule.called:
            for name in (p.name for p in seen.whole.people if p.id == rule.of):
                words = words.replace(name, rule.called)
    return words
