"""The quotations behind any path: a project's under its rights, anybody's files as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vivavoce import quoting, sources
from vivavoce.engines import DEFAULT
from vivavoce.errors import NotShown, UsageError
from vivavoce.model import (
    Attribution,
    Candidate,
    Channel,
    Evidence,
    Fact,
    History,
    Offset,
    Person,
    Quote,
    Value,
    folded,
)
from vivavoce.project import behind, open_project

if TYPE_CHECKING:
    from vivavoce.accounts import Ground

replace = msgspec.structs.replace
NARRATOR = "Narrator"  # whoever tells a text without a name


def quotations(
    paths: list[Path], channel: Channel, day: str, engine: str, waiting: Callable[[], None] = lambda: None
) -> tuple[list[Quote], list[tuple[str, str]]]:
    """The quotations in files and folders, with their persons, and what could not be read (path, sentence).

    A project's folder gives its quotations as far as they may be shown; anything else is read as it is, with no
    project. Raises UsageError for a path that is not there.
    """
    quotes: list[Quote] = []
    problems: list[tuple[str, str]] = []
    loose: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder “{path}”. Give a source, a folder of sources, or a project.")
        home, inside = behind(path)
        if home and engine:
            raise UsageError(f"“{path}” is of a project, which names its engine in vivavoce.toml. Leave --engine away.")
        if home:
            more, unread = _in_project(home, inside, channel, day, waiting)
            quotes, problems = quotes + more, problems + unread
        else:
            loose.append(path)
    if loose:
        more, unread = quoting.loose(loose, engine or DEFAULT, channel, day)
        quotes, problems = quotes + more, problems + unread
    return quotes, problems


def _in_project(
    home: Path, inside: str, channel: Channel, day: str, waiting: Callable[[], None]
) -> tuple[list[Quote], list[tuple[str, str]]]:
    """The quotations of a project, or of that part of its sources."""
    from vivavoce import rights
    from vivavoce.build import everything, update

    project = open_project(home)
    problems = update(project, waiting=waiting).problems
    whole, rules = everything(project, day)
    file = {new: old for old, new in rights.paths(whole, channel, day, rules).items()}

    def meant(source: str) -> bool:
        named = file.get(source, source)
        return not inside or named == inside or named.startswith(f"{inside}/")

    said = [q for q in rights.published(whole, channel, day, rules).quotes if meant(q.source)]
    return said, [(source, problem) for source, problem in problems if meant(source)]


class Explained(Value, frozen=True):
    """A quotation and everybody who might have said it, best first, with the evidence for each."""

    quote: Quote
    candidates: tuple[Candidate, ...] = ()


def explained(
    paths: list[Path], asked: str, channel: Channel, day: str, engine: str, waiting: Callable[[], None]
) -> tuple[list[Explained], list[tuple[str, str]]]:
    """The quotations with this id or these words in them, with the candidates that were weighed; and what could not be
    read. Raises UsageError when there is none."""
    said, problems = quotations(paths, channel, day, engine, waiting)
    words = folded(asked)
    chosen = [q for q in said if q.id == asked or (words and words in folded(q.text))]
    if not chosen:
        raise UsageError(f"There is no quotation “{asked}”. Give its id, or words of it as they stand.")
    weighed: dict[str, tuple[Candidate, ...]] = {}
    for path in paths:
        home, _ = behind(path)
        if home:
            weighed |= _in_archive(home, chosen, channel, day)
        else:
            found = quoting.weighed(path, {q.source for q in chosen}, engine or DEFAULT)
            weighed |= {a.quote: a.candidates for a in found}
    return [Explained(q, weighed.get(q.id, ())) for q in chosen], problems


def grounds(shown: History, asked: str) -> list[Ground]:
    """Why the accounts of a moment stand together, for each moment with this id or title. Raises UsageError when there
    is none."""
    from vivavoce.accounts import explain, joins

    by_id = [m for m in shown.moments if asked == m.id or asked in m.former]
    chosen = by_id or [m for m in shown.moments if folded(asked) == folded(m.title)]
    if not chosen:
        raise UsageError(f"There is no moment “{asked}”. `vivavoce moments` lists them with their ids.")
    return [replace(explain(shown, m), joined=joins(shown, m)) for m in chosen]


def text(path: Path, day: str) -> str:
    """The text that offsets refer to, as an editor may see it: what is withheld from the workbench too is overwritten,
    one character for one. Raises UnreadableSource, and NotShown when the whole source is withheld."""
    home, inner = behind(path)
    if home:
        from vivavoce.build import everything, update

        project = open_project(home)
        update(project)
        whole, rules = everything(project, day)
        mine = tuple(s for s in whole.sources if s.path == inner)
        source = mine[0] if mine else sources.read(Path(project.sources), inner)
        history = replace(whole, sources=mine)
    else:
        source = sources.read(path.parent, path.name)
        history, rules = History("", day, (source,)), ()
    if not rules and not source.restrictions:
        return source.text
    from vivavoce import rights

    shown = rights.published(history, "workbench", day, rules).sources
    if not shown:
        raise NotShown(f"{path.name} is withheld. `vivavoce check` tells by which rule.")
    return shown[0].text


def _in_archive(home: Path, chosen: list[Quote], channel: Channel, day: str) -> dict[str, tuple[Candidate, ...]]:
    """The candidates of a project's quotations, as far as they may be shown, by quotation."""
    from vivavoce import archive, rights
    from vivavoce.build import history

    project = open_project(home)
    shown, by_id = history(project, channel, day), {q.id: q for q in chosen}
    with archive.opened(project.state) as connection:
        bodies = [body for _, body in archive.parts(connection, "attributions")]
        given = [a for body in bodies for a in msgspec.json.decode(body, type=list[Attribution]) if a.quote in by_id]
    return {a.quote: rights.shown_candidates(shown, by_id[a.quote], a.candidates) for a in given}


class Proposed(Value, frozen=True):
    """Who a label that names nobody may be: the name, the words that show it, the source; `taken`: it goes by that."""

    label: str
    name: str
    why: str
    source: str
    taken: bool


def proposals(shown: History) -> dict[tuple[str, str], Proposed]:
    """What the talk itself shows of labels that name nobody, by source and label."""
    out: dict[tuple[str, str], Proposed] = {}
    for source in shown.sources:
        for t in source.turns:
            name = t.maybe or (t.name if t.sure < 1 else "")
            if name and (source.path, t.label) not in out:
                out[source.path, t.label] = Proposed(t.label, name, t.why, source.path, not t.maybe)
    return out


class Listed(Value, frozen=True):
    """A person and what is proposed of a label that is theirs; `unnamed`: a label that stays without a name."""

    person: Person
    unnamed: bool = False
    proposed: Proposed | None = None


def people(shown: History) -> list[Listed]:
    """The people of a history, those without a name told as such."""
    found = proposals(shown)
    out: list[Listed] = []
    for p in shown.people:
        unnamed = p.kind == "label" and p.name != NARRATOR
        mine = [(path, key) for path, key in p.figures if (path, key) in found] if unnamed else []
        held = [
            x
            for x in found.values()
            if x.taken and x.name in (p.name, *p.aliases) and x.source in {s for s, _ in p.figures}
        ]
        out.append(Listed(p, unnamed, found[mine[0]] if mine else held[0] if held and not unnamed else None))
    return out


class WorkTold(Value, frozen=True):
    """A work or a part of one, with the facts of it, the times told from it, and the moments that name it (ids)."""

    id: str
    title: str
    kind: str
    aliases: tuple[str, ...]
    part_of: str
    number: str
    date: str
    listed: bool
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    times: tuple[Offset, ...]
    moments: tuple[str, ...]


def works_told(shown: History) -> list[WorkTold]:
    """The works of a history in the order of the catalogue."""
    from vivavoce.works.about import moments_about

    told = shown.catalogue
    about = moments_about(told, shown.moments)
    return [
        WorkTold(
            **msgspec.structs.asdict(e),
            facts=tuple(f for f in told.facts if f.work == e.id),
            times=tuple(o for o in told.offsets if o.work == e.id),
            moments=tuple(m.id for m in about.get(e.id, ())),
        )
        for e in told.works
    ]
