"""The workbench while it is open: what was last read, what is decided, and the rebuilding behind it."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from vivavoce import decisions, desk
from vivavoce.archive import Damaged
from vivavoce.decisions import Decision
from vivavoce.desk import Held, Written
from vivavoce.errors import VivavoceError
from vivavoce.model import Value
from vivavoce.project import Project
from vivavoce.workbench import ledger as ledgers
from vivavoce.workbench.asking import Question, questions, targets
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.rebuilding import rebuild
from vivavoce.workbench.seen import Seen, generation, look
from vivavoce.workbench.weighing import elsewhere, small

PAUSE = 2.0  # seconds without a decision after which the archive is brought up to date
POLL = 0.5  # seconds between two looks at what others did on the disk

Deciding = Callable[[Held], Written]
About = str | Callable[[Ledger], Decision | None]


class Conflict(Exception):
    """Somebody has decided the same thing since the page was shown."""

    def __init__(self, earlier: Decision) -> None:
        super().__init__(earlier.id)
        self.earlier = earlier


class State(Value, frozen=True):
    """What the rebuilding is doing: "ready", "due" (after a pause), "reading" (`done` of `of` sources), "waiting" (for
    another process that holds the project) or "stopped" (`says` why)."""

    doing: str = "ready"
    done: int = 0
    of: int = 0
    says: str = ""


@dataclass(frozen=True)
class View:
    """One generation with its questions: what requests are answered from. A new one takes its place as a whole."""

    seen: Seen
    journal: ledgers.Mark
    holds: frozenset[str] = frozenset()  # the decisions that are carried out in it
    former: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # people who went by other ids

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions of this generation, what is least sure first."""
        return questions(self.seen)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """What each of the questions is about."""
        return targets(self.seen, self.asked)

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """The questions by their addresses."""
        return {q.key: q for q in self.asked}

    pages: dict[str, str] = field(default_factory=dict)  # what was printed of this generation, by what it is
    kept: dict[str, Any] = field(default_factory=dict)  # what views worked out of this generation, by their names


class Bench:
    """A project on the workbench. Requests read `view`, which is replaced as a whole and never changed; decisions go
    through `decide`, one at a time; a thread brings the archive up to date behind them."""

    def __init__(self, project: Project, day: str, by: str, pause: float = PAUSE) -> None:
        self.project, self.day, self.by, self.pause = project, day, by, pause
        self.state = State()
        self.prepare: list[Callable[[View], object]] = []  # what is worked out of a generation before it is shown
        self.kept: dict[str, Any] = {}  # what views keep while the workbench is open, by their names
        self._one = threading.Lock()
        self._ending = threading.Event()
        self._asked_again = False
        self._last = time.monotonic()
        self._ledger = ledgers.read(project.journal)
        self.view = View(look(project, day), self._ledger.mark, self._ledger.stands)

    # --- deciding ---

    def ledger(self) -> Ledger:
        """What is decided, with what others appended."""
        if ledgers.mark(self.project.journal) != self._ledger.mark:
            with self._one:
                self._again()
        return self._ledger

    def _again(self) -> None:
        if ledgers.mark(self.project.journal) != self._ledger.mark:
            self._ledger = ledgers.read(self.project.journal)

    def decide(self, deciding: Deciding, about: About = "", known: str = "", replaces: bool = True) -> Written:
        """Write a decision: when this returns it is on the disk. `about`: what it is on (see `ledger`), or what finds
        the latest decision on it; `known`: the id of the one that the page showed. Raises Conflict where there is a
        later one, which is not touched; a known one is taken back once the new one is kept, if that `replaces` it."""
        with self._one, decisions.alone(self.project.state):
            self._again()
            earlier = self._ledger.latest.get(about) if isinstance(about, str) else about(self._ledger)
            if earlier and earlier.id != known:
                raise Conflict(earlier)
            held = Held(self.project, self.view.seen.whole)
            written = deciding(held)
            rows = [written.row]
            if replaces and earlier and earlier.id != written.row.undoes:
                rows.append(desk.undo(held, earlier.id, self.by).row)
            self._kept(rows)
            return written

    def decide_on_words(self, deciding: Deciding, known: frozenset[str]) -> Written:
        """Write a decision as `decide` does, where the row itself tells what it is about. `known`: the ids of the
        decisions that the page showed the effect of."""
        replaced: list[Decision] = []

        def look(row: Decision) -> None:
            earlier = self._ledger.latest.get(decisions.about(row))
            if earlier and earlier.id not in known:
                raise Conflict(earlier)
            replaced.extend([earlier] if earlier else [])

        with self._one, decisions.alone(self.project.state):
            self._again()
            held = Held(self.project, self.view.seen.whole, look)
            written = deciding(held)
            bare = Held(self.project, held.everybody)
            self._kept([written.row, *(desk.undo(bare, d.id, self.by).row for d in replaced)])
            return written

    def _kept(self, rows: list[Decision]) -> None:
        """Take our own rows into the ledger without reading all of it again, if nobody else wrote meanwhile."""
        grown = sum(len(row_bytes(r)) for r in rows)
        now = ledgers.mark(self.project.journal)
        ours = now[0] == self._ledger.mark[0] + grown
        self._ledger = ledgers.with_rows(self._ledger, rows, now) if ours else ledgers.read(self.project.journal)
        self._last = time.monotonic()
        if self.state.doing in ("ready", "stopped"):
            self.state = State("due")

    # --- reading again ---

    def again(self) -> None:
        """Ask for the sources to be read again now."""
        self._asked_again = True

    def keep_up(self) -> None:
        """Bring the archive up to date after each pause in deciding, until `end`: run in a thread of its own."""
        first: View | None = self.view
        self._weigh(self.view)
        while not self._ending.wait(POLL):
            try:
                if first is self.view:
                    self._prepared(first)
                    gc.freeze()
                    first = None
                self._turn()
            except Damaged:
                self.again()  # which makes it anew
            except VivavoceError as e:
                self.state = State("stopped", says=str(e))
                self._last = time.monotonic() + 10  # the same again, a while later
            except (
                Exception
            ) as e:  # the thread must live: what is decided is on the disk, and the next turn tries again
                self.state = State("stopped", says=f"The archive could not be brought up to date ({type(e).__name__}).")
                self._last = time.monotonic() + 10

    def _turn(self) -> None:
        behind = self.view.journal != ledgers.mark(self.project.journal)
        there = generation(self.project)
        gone = not there  # somebody took the archive away, which may be done
        if gone or self._asked_again or (behind and time.monotonic() - self._last > self.pause):
            self._asked_again = False
            self.rebuild()
        elif there != self.view.seen.generation:
            self._look(self.view.journal, self.view.holds)  # how far another program read the journal is not known
        elif not behind:
            self.state = State()

    def rebuild(self) -> None:
        """Bring the archive up to date, and take the new generation for the one that is shown."""
        known = self.ledger()
        self.state = State("reading")

        def progress(done: int, of: int) -> None:
            self.state = State("reading", done, of)

        def waiting() -> None:
            self.state = State("waiting", says="Another process is building this project.")

        rebuild(self.project, progress, waiting)
        self._look(known.mark, known.stands)

    def _look(self, journal: ledgers.Mark, holds: frozenset[str]) -> None:
        seen = look(self.project, self.day, self.view.seen.weight)
        here = {p.id for p in seen.shown.people}
        gone = {p.id: p.figures for p in self.view.seen.shown.people if p.id not in here}
        view = View(seen, journal, holds, {**self.view.former, **gone})
        _ = view.targets  # worked out here, not while somebody waits
        self._prepared(view)
        gc.freeze()  # the garbage collector need not go through a generation again and again: it holds no rings
        self.view = view
        self.state = State("ready" if journal == ledgers.mark(self.project.journal) else "due")
        self._weigh(view)

    def _weigh(self, view: View) -> None:
        """Find out behind it how well the moments of a large generation stand: until then those are asked that did not
        stand well in the one before."""
        if not small(view.seen.shown):
            threading.Thread(target=self._weighed, args=(view,), name="weigh", daemon=True).start()

    def _weighed(self, view: View) -> None:
        for weight in elsewhere(self.project, self.day):
            after = replace(view, seen=replace(view.seen, weight=weight))
            _ = after.targets, after.by_key
            with self._one:
                if self._ending.is_set() or self.view is not view or generation(self.project) != view.seen.generation:
                    return
                self.view = view = after

    def _prepared(self, view: View) -> None:
        for prepare in self.prepare:
            prepare(view)

    def end(self) -> None:
        """Let the thread end."""
        self._ending.set()


def row_bytes(row: Decision) -> bytes:
    """A row as it stands in the file."""
    from vivavoce.decisions.journal import row as line

    return line(row)
