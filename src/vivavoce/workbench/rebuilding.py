"""Bring the archive up to date in a process of its own: pages are answered meanwhile, and no thread is forked."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from vivavoce.build import update
from vivavoce.errors import VivavoceError
from vivavoce.project import Project


def rebuild(project: Project, progress: Callable[[int, int], None], waiting: Callable[[], None]) -> None:
    """`build.update`, elsewhere. Raises VivavoceError with what went wrong there."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_rebuild, args=(project, theirs), name="vivavoce build")
    process.start()
    theirs.close()
    wrong = "The process that reads the sources has ended early. Nothing is lost; it is tried again."
    try:
        while True:
            told = ours.recv()
            if isinstance(told, tuple):
                progress(*told)
            elif told == "waiting":
                waiting()
            else:
                wrong = told
                break
    except EOFError:
        pass
    process.join()
    if wrong:
        raise VivavoceError(wrong)


def _rebuild(project: Project, out: Connection) -> None:
    """What the process does; the last thing that it says is what went wrong, or "", if whoever asked is still there."""
    with suppress(KeyboardInterrupt, ConnectionError):
        out.send(_wrong(project, out))


def _wrong(project: Project, out: Connection) -> str:
    try:
        update(project, lambda done, of: out.send((done, of)), lambda: out.send("waiting"))
    except VivavoceError as e:
        return str(e) or "The archive could not be brought up to date."
    return ""
