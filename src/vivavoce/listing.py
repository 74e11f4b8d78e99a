"""The quotations behind any path: a project's under its rights, anybody's files as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vivavoce import quoting
from vivavoce.errors import UsageError
from vivavoce.model import Channel, Quote
from vivavoce.project import around, is_project, open_project


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
        more, unread = quoting.loose(loose, engine, channel, day)
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
