"""Words and files from outside, looked for in the recordings of a project: the fact-checker's door."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from vivavoce import people, quoting, rights, sources, traces
from vivavoce.build import history
from vivavoce.errors import UnreadableSource, UsageError
from vivavoce.model import (
    WORD,
    Channel,
    History,
    Known,
    KnownPerson,
    Mention,
    Person,
    PersonRef,
    Quote,
    Source,
    Trace,
    Value,
    folded,
    quote_id,
)
from vivavoce.project import Project, behind

replace = msgspec.structs.replace


class Traced(Value, frozen=True):
    """Traces of what is not in the project: `shown`, where they lead to; what of the files could not be read (path,
    sentence)."""

    shown: History
    traces: tuple[Trace, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The texts that places point into, by path."""
        return {s.path: s.text for s in self.shown.sources}


def words(project: Project, said: str, who: str, channel: Channel, day: str) -> Traced:
    """Where some words were said; `who`: the one who is named as their speaker, or "". Raises UsageError when there
    are none."""
    if not WORD.search(said):
        raise UsageError("There are no words to look for. Give some, or a file with --file.")
    shown = history(project, channel, day)
    whole = ((0, len(said)),)
    quote = Quote(quote_id("", said), "", "direct", whole, whole, said, speaker=Mention(0, 0, who) if who else None)
    return Traced(shown, followed(shown, [replace(quote, person=named(shown.people).get(folded(who)))]))


def file(project: Project, path: Path, channel: Channel, day: str) -> Traced:
    """Where each quotation of a file was said. Raises UsageError for what is no file, or is of a project."""
    if not path.is_file():
        raise UsageError(f"There is no file “{path}”. Give an article, a transcript or a ZIP of them.")
    if (home := behind(path)[0]) is not None:
        raise UsageError(f"“{path}” is a source of a project. Its traces are listed by: vivavoce traces {home}")
    shown = history(project, channel, day)
    quotes: list[Quote] = []
    problems = []
    for inner in sources.members(path.parent, path.name):
        try:
            quotes += quoted(sources.read(path.parent, inner), shown, project, channel, day)
        except UnreadableSource as e:
            problems.append((inner, str(e)))
    return Traced(shown, followed(shown, quotes), tuple(problems))


def quoted(source: Source, shown: History, project: Project, channel: Channel, day: str) -> list[Quote]:
    """What a file quotes as far as its own rights allow, its persons those of the project where the names are."""
    known = Known(people=known_people(shown, project), works=shown.works)
    found, attributions, cast = quoting.attributed(source, project.engine, known)
    persons = people.resolve([cast], known)
    who, ours = quoting.who_is(persons), named(shown.people)
    figures = {a.quote: a.figure for a in attributions}
    said = [quoting.said_by(q, figures.get(q.id), who) for q in quoting.joined(found, attributions)]
    if source.restrictions:
        said = list(rights.published(History("", day, (source,), tuple(said), tuple(persons)), channel, day).quotes)
    return [
        replace(q, person=ours.get(folded(q.person.name), q.person) if q.person else None)
        for q in said
        if q.kind != "indirect" and not q.asks and quoting.printable(q)
    ]


def known_people(shown: History, project: Project) -> tuple[KnownPerson, ...]:
    """The people of the project who may be shown, as they are known to one who reads a file; labels are no names."""
    settings = {p.name: p for p in project.people}
    return tuple(
        settings.get(p.name) or KnownPerson(p.name, tuple(a for a in p.aliases if not a.isupper() and "_" not in a))
        for p in shown.people
        if p.kind == "person"
    )


def named(persons: Iterable[Person]) -> dict[str, PersonRef]:
    """The persons by their folded names; by an alias where one alone has it."""
    out = {folded(p.name): PersonRef(p.id, p.name) for p in reversed(list(persons))}
    aliases: dict[str, set[tuple[str, str]]] = {}
    for p in persons:
        for alias in p.aliases:
            aliases.setdefault(folded(alias), set()).add((p.id, p.name))
    alone = {alias: PersonRef(*next(iter(who))) for alias, who in aliases.items() if len(who) == 1}
    return alone | out


def followed(shown: History, quotes: list[Quote]) -> tuple[Trace, ...]:
    """The traces of quotations into what may be shown. What is withheld is not there to be found; nor is a place that
    reaches over it."""
    heard = sorted((s for s in shown.sources if s.kind == "transcript"), key=lambda s: (s.date or "9999", s.path))
    if not heard:
        return ()
    paths = {s.path for s in heard}
    turns = [q for q in shown.quotes if q.kind == "turn" and q.source in paths]
    texts = {s.path: s.text for s in heard}
    return tuple(traces.uncrossed(t, texts) for t in traces.follow(quotes, heard, turns))
