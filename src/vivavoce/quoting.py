"""Quotations with who said them, from one source or many: the part of the way that needs no project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from vivavoce import people, quotes, sources, workers
from vivavoce.engines import engine
from vivavoce.errors import UnreadableSource, UsageError
from vivavoce.model import Attribution, Cast, Channel, History, Known, Person, PersonRef, Quote, Source, Value
from vivavoce.project import around, is_project, open_project

replace = msgspec.structs.replace
Who = dict[tuple[str, str], PersonRef]


class Loose(Value, frozen=True):
    """One source to be quoted from; a plain value, so that it can be sent to another process."""

    root: str
    path: str
    engine: str
    known: Known


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
        home = path if path.is_dir() and is_project(path) else around(path)
        if home:
            more, unread = _in_project(home, path, channel, day, waiting)
            quotes, problems = quotes + more, problems + unread
        else:
            loose.append(path)
    if loose:
        more, unread = _loose(loose, engine, channel, day)
        quotes, problems = quotes + more, problems + unread
    return quotes, problems


def _in_project(
    home: Path, path: Path, channel: Channel, day: str, waiting: Callable[[], None]
) -> tuple[list[Quote], list[tuple[str, str]]]:
    """The quotations of a project, or of the part of its sources that `path` is."""
    from vivavoce.build import history, update

    project = open_project(home)
    problems = update(project, waiting=waiting).problems
    root, part = Path(project.sources), path.resolve()
    wanted = part if root in part.parents else root

    def inside(source: str) -> bool:
        return wanted in ((root / source), *(root / source).parents)

    said = [q for q in history(project, channel, day).quotes if inside(q.source)]
    return said, [(source, problem) for source, problem in problems if inside(source)]


def _loose(paths: list[Path], name: str, channel: Channel, day: str) -> tuple[list[Quote], list[tuple[str, str]]]:
    tasks, sizes = [], []
    for path in paths:
        root = path if path.is_dir() else path.parent
        for inner in sources.listed(root) if path.is_dir() else [path.name]:
            tasks.append(Loose(str(root), inner, name, Known()))
            sizes.append(size(root / inner))
    order = {(t.root, t.path): i for i, t in enumerate(tasks)}
    done = sorted(workers.each(_quoted, tasks, sizes), key=lambda row: order[row[:2]])
    persons = people.resolve([cast for *_, cast, _, _ in done if cast], Known())
    who = who_is(persons)
    quotes: list[Quote] = []
    for _, _, said, cast, source, _ in done:
        if not source or not cast:
            continue
        named = tuple(said_by(q, key, who) for q, key in said)
        bars = source.restrictions
        quotes += _allowed(History("", day, (source,), named, tuple(persons)), channel) if bars else named
    return quotes, [(path, problem) for _, path, *_, problem in done if problem]


Given = tuple[str, str, list[tuple[Quote, str | None]], Cast | None, Source | None, str]


def _quoted(task: Loose) -> Given:
    """One loose source: (root, path, its quotations with the figure of each, its cast, the source, problem)."""
    try:
        source = sources.read(Path(task.root), task.path)
    except UnreadableSource as e:
        return task.root, task.path, [], None, None, str(e)
    found, attributions, cast = attributed(source, task.engine, task.known)
    figures = {a.quote: a.figure for a in attributions}
    light = source if source.restrictions else replace(source, text="", places=(), blocks=(), turns=())
    return task.root, task.path, [(q, figures.get(q.id)) for q in joined(found, attributions)], cast, light, ""


def _allowed(history: History, channel: Channel) -> tuple[Quote, ...]:
    from vivavoce import rights

    return rights.published(history, channel, history.day).quotes


def attributed(source: Source, name: str, known: Known) -> tuple[list[Quote], list[Attribution], Cast]:
    """The quotations of one source, who is held to have said each, and who is in it: find, cast, attribute."""
    found = quotes.find(source, known)
    cast = people.cast(source, found, known)
    return found, engine("attribute", name)(source, found, cast, known), cast


def joined(said: Iterable[Quote], attributions: Iterable[Attribution]) -> list[Quote]:
    """The quotations with what the attribution says of each; persons come later."""
    by_id = {a.quote: a for a in attributions}
    return [_with(q, by_id[q.id]) if q.id in by_id else q for q in said]


def _with(q: Quote, a: Attribution) -> Quote:
    why = (*q.why, *a.why)
    return replace(q, speaker=a.speaker, cue=a.cue or q.cue, confidence=a.confidence, engine=a.engine, why=why)


def who_is(persons: Iterable[Person]) -> Who:
    """The person behind each figure. Organisations and groups speak, but are nobody in person."""
    real = [p for p in persons if p.kind in ("person", "label")]
    return {figure: PersonRef(p.id, p.name) for p in real for figure in p.figures}


def said_by(q: Quote, figure: str | None, who: Who) -> Quote:
    """The quotation with the person who stands behind its figure."""
    return replace(q, person=who.get((q.source, figure))) if figure is not None else q


def size(path: Path) -> int:
    """Bytes of a file; 0 when it is gone."""
    return path.stat().st_size if path.exists() else 0
