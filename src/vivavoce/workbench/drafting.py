"""A book that is drafted from a large project: in a process of its own, with how far it is, until it is stopped."""

from __future__ import annotations

import multiprocessing
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from vivavoce import binding
from vivavoce.errors import VivavoceError
from vivavoce.model import History
from vivavoce.project import Project
from vivavoce.workbench import shelf

LARGE = 5_000  # quotations from which on nobody should wait for a draft with an open page
EMPTY = b"<!-- vivavoce book 1 -->\n\n# A first chapter\n"  # where no moment is told by several people
STEP = 50  # moments between two messages of how far it is


class Drafting:
    """A draft that is being made: `done` of `of` moments; `wrong`: why there is none, "" as long as that is open."""

    def __init__(self, project: Project, day: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_draft, args=(project, day, theirs), name="vivavoce draft", daemon=True)
        self.done, self.of, self.wrong = 0, 0, ""
        self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, name="draft", daemon=True).start()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                told = self._ours.recv()
                if isinstance(told, tuple):
                    self.done, self.of = told
                else:
                    self.wrong = told

    @property
    def running(self) -> bool:
        """Whether it is still being made."""
        return self._process.is_alive()

    def stop(self) -> None:
        """Make no book: what is not written yet never is, and `book.md` is written in one step."""
        self._process.terminate()
        self._process.join(10)


def large(shown: History) -> bool:
    """Whether a draft of it takes its time."""
    return len(shown.quotes) >= LARGE


def _draft(project: Project, day: str, out: Connection) -> None:
    def progress(done: int, of: int) -> None:
        if done % STEP == 0 or done == of:
            out.send((done, of))

    try:
        if binding.draft(project, day, progress=progress)[0] is None:
            shelf.change(project, "", EMPTY)
    except VivavoceError as e:
        out.send(str(e))
    except (KeyboardInterrupt, BrokenPipeError):
        return
