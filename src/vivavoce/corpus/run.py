"""A corpus from its inputs to its tables, in reading order; stopped anywhere, it goes on from there."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TextIO, TypeVar

from msgspec.structs import replace

from vivavoce import disk, engines, workers
from vivavoce.corpus import journal
from vivavoce.corpus.inputs import listed
from vivavoce.corpus.progress import Progress
from vivavoce.corpus.shards import MIB, shards
from vivavoce.corpus.values import TABLES, Done, Heap, Pair, Settings, Shard, Task
from vivavoce.errors import UsageError, VivavoceError

# Bytes of input that one heap of things with one key is made from: at least, while there are few heaps, and at most.
LEAST, MOST = MIB, 16 * MIB
FEW, MANY = 64, 4096  # heaps up to which they are small, and beyond which they grow: each is read out of every part
T = TypeVar("T")


class Run:
    """One run: the folder, what is done, and how to map."""

    def __init__(self, out: Path, done: dict[str, dict[int, Done]], mapped: workers.Mapped, watcher: TextIO) -> None:
        self.out, self.done, self.mapped, self.watcher = out, done, mapped, watcher

    def step(self, name: str, function: Callable[[T], Done], tasks: Sequence[T], sizes: Sequence[int]) -> None:
        """Do what is left of a step, noting each part as it is on the disk."""
        known = self.done.setdefault(name, {})
        left = [i for i in range(len(tasks)) if i not in known]
        bar = Progress(name, sum(sizes), self.watcher)
        bar.skip(sum(sizes[i] for i in known))
        for done in self.mapped(function, [tasks[i] for i in left], [sizes[i] for i in left]):
            journal.keep(self.out, done)
            known[done.part] = done
            bar.add(sizes[done.part], done.counts.get("documents", 0))
        bar.end()

    def once(self, name: str, does: Callable[[], None]) -> None:
        """Do something that is done in one piece, if it is not done."""
        if name not in self.done:
            does()
            self.done[name] = {0: Done(name, 0)}
            journal.keep(self.out, self.done[name][0])


def extract(
    inputs: Sequence[str],
    out: Path,
    settings: Settings,
    on: str = "here",
    processes: int = 0,
    transcripts: Sequence[str] = (),
    watcher: TextIO | None = None,
) -> dict[str, int]:
    """Make the tables of the inputs in a folder, on this machine or on a cluster: how many documents, quotations,
    problems and so on there are now. `transcripts`: inputs in which the quotations are looked for. `watcher`: who is
    told how far it is (standard error).

    Raises UsageError for inputs that are not there, CannotGoOn where the folder is of others.
    """
    check(settings)
    disk.utf8(out.resolve())
    mapped = workers.place(on, processes)
    cut = shards(listed(inputs, out), settings.shard)
    talks = shards(listed(transcripts, out), settings.shard) if transcripts else []
    out.mkdir(parents=True, exist_ok=True)
    with journal.alone(out):
        settings = replace(settings, day=settings.day or journal.day(out))
        run = Run(out, journal.begun(out, journal.planned([*cut, *talks], settings)), mapped, watcher or sys.stderr)
        from vivavoce.corpus import events, find, whose

        tasks = tasked(out, settings, cut)
        heaps = heaped(tasks)
        sizes = [shard.size for shard in cut]
        run.step("quotes", find.quoted, tasks, sizes)
        if settings.tables != "quotes":
            run.step("people", whose.resolved, heaps, [1] * len(heaps))
            run.step("persons", whose.named, tasks, sizes)
        if settings.tables == "moments":
            run.step("links", events.linked, heaps, [1] * len(heaps))
            counts = [run.done["quotes"][n].counts["documents"] for n in range(len(cut))]
            run.once("blocks", lambda: events.blocked(out, counts, len(heaps)))
            run.step("tellings", events.told, behind(tasks, counts), sizes)
            run.step("moments", events.gathered, heaps, [1] * len(heaps))
        if talks:
            trace(run, tasked(out, settings, talks), len(cut))
        return counted(run)


def tasked(out: Path, settings: Settings, cut: Sequence[Shard]) -> list[Task]:
    """What to do for each shard."""
    where = str(out.resolve())
    heaps = heaps_of(cut)
    return [Task(where, settings, shard, len(cut), heaps) for shard in cut]


def trace(run: Run, talks: Sequence[Task], parts: int) -> None:
    """Look for the quotations of all parts in all parts of the transcripts."""
    from vivavoce.corpus import said

    run.step("heard", said.heard, talks, [t.shard.size for t in talks])
    words = [run.done["heard"][n].counts["spoken"] for n in range(len(talks))]
    pairs = [
        Pair(talks[0].out, heard * parts + part, part, heard, sum(words) - words[heard])
        for heard in range(len(talks))
        for part in range(parts)
    ]
    run.step("followed", said.followed, pairs, [1] * len(pairs))
    run.step("traces", said.best, [pairs[part::parts] for part in range(parts)], [1] * parts)


def behind(tasks: Sequence[Task], counts: Sequence[int]) -> list[Task]:
    """The tasks with how many documents are in the parts before each."""
    before = accumulate(counts, initial=0)
    return [replace(task, first=first) for task, first in zip(tasks, before, strict=False)]


def heaped(tasks: Sequence[Task]) -> list[Heap]:
    """What to do for each heap."""
    return [Heap(t.out, t.settings, n, t.parts, t.buckets) for t in tasks[:1] for n in range(t.buckets)]


def heaps_of(cut: Sequence[Shard]) -> int:
    """How many heaps the things of some shards are put into."""
    whole = sum(shard.size for shard in cut)
    return max(min(-(-whole // LEAST), FEW), min(-(-whole // MOST), MANY), 1)


def check(settings: Settings) -> None:
    """Raises UsageError where something is asked for that there is not, VivavoceError where a library is missing."""
    if settings.tables not in TABLES:
        raise UsageError(f"--tables {settings.tables}: there are no such tables. Write one of: {', '.join(TABLES)}.")
    engines.known("attribute", settings.engine)
    missing = [name for name in ("pyarrow", "fsspec", "warcio") if find_spec(name) is None]
    if missing:
        raise VivavoceError(f"A corpus needs {missing[0]}. Install it: pip install 'vivavoce[corpus]'")


def counted(run: Run) -> dict[str, int]:
    """All counts of all parts."""
    counts: Counter[str] = Counter()
    for parts in run.done.values():
        for done in parts.values():
            counts.update(done.counts)
    return dict(counts)
