"""Map a step over many things: here, in processes, or on a cluster. The step is a plain function over values, so it
runs the same in each."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol, TypeVar

from vivavoce.errors import UsageError, VivavoceError

T = TypeVar("T")
R = TypeVar("R")
SELDOM = (50_000, 20, 50)  # thresholds of Python's collector of rings


SMALL = 8  # bundles for each process, where nothing else is asked for
PARENT_DIES = 1  # PR_SET_PDEATHSIG of prctl(2)
AHEAD = 3  # things for each thread of a cluster that are sent before their turn


class Mapped(Protocol):
    """A way to do a step on every thing, each result as it is done; `sizes` (bytes) tell the work."""

    def __call__(self, step: Callable[[T], R], things: Sequence[T], sizes: Sequence[int]) -> Iterator[R]:
        """The results."""
        ...


def place(on: str, processes: int = 0) -> Mapped:
    """How to map where `on` says: "here" (in as many processes, 0: one for each processor), or on the cluster whose
    scheduler is at "dask://host:port". Each thing is given out and done alone.

    Raises UsageError where it says something else.
    """
    if on == "here":
        return lambda step, things, sizes: each(step, things, sizes, processes, 0, max(len(things), 1))
    if on.startswith("dask://") and ":" in on.removeprefix("dask://"):
        return lambda step, things, sizes: cluster(on.removeprefix("dask://"), step, things, sizes)
    raise UsageError(f"--on {on}: that is no place to work. Write here, or dask://HOST:PORT of a dask scheduler.")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def each(
    step: Callable[[T], R],
    things: Sequence[T],
    sizes: Sequence[int],
    processes: int = 0,
    worth: int = 400_000,
    small: int = SMALL,
) -> Iterator[R]:
    """Do `step` on every thing and give each result as it is done, in no particular order.

    `sizes` (bytes) tell the work: below `worth` in all, it is done here, because starting processes costs more.
    `processes`: 0 is one for each processor. Work goes out in bundles of like size (`small`: how many for each
    process), the largest first. Raises
    VivavoceError when a process is killed (out of memory, say); what was given before stays given.
    """
    count = min(processes or cores(), len(things))
    if count < 2 or sum(sizes) < worth:
        yield from map(step, things)
        return
    order = sorted(range(len(things)), key=lambda i: -sizes[i])
    bundles = _bundles(order, sizes, max(sum(sizes) // (count * small), 1))
    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(count, multiprocessing.get_context(method), _ready) as pool:
        try:
            yield from _results(pool, step, [[things[i] for i in bundle] for bundle in bundles], count)
        except BrokenProcessPool as e:
            raise VivavoceError(
                "A worker process was ended from outside (out of memory?). Start it again; it goes on from here."
            ) from e


def cluster(address: str, step: Callable[[T], R], things: Sequence[T], sizes: Sequence[int]) -> Iterator[R]:
    """Do `step` on every thing on a dask cluster and give each result as it is done, in no particular order.

    `address`: host and port of its scheduler. The workers have this program, and see the same files under the same
    names. The largest go first, and only a few more than the workers can do at once are out. Raises VivavoceError
    where no scheduler answers, or workers die again and again.
    """
    client = _client(address)
    try:
        order = iter(sorted(range(len(things)), key=lambda i: -sizes[i]))
        room = max(sum(client.nthreads().values()), 1) * AHEAD
        yield from _come(client, step, (things[i] for i in order), room)
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as e:
        raise VivavoceError("Working on a cluster needs dask. Install it: pip install 'vivavoce[cluster]'") from e
    try:
        return distributed.Client(f"tcp://{address}", timeout=20, set_as_default=False)
    except OSError as e:
        remedy = "Start one (dask scheduler), and workers for it (dask worker HOST:PORT)."
        raise VivavoceError(f"No dask scheduler answers at {address}. {remedy}") from e


def _come(client: Any, step: Callable[[T], R], things: Iterator[T], room: int) -> Iterator[R]:
    distributed: Any = import_module("distributed")

    def send(thing: T) -> Any:
        return client.submit(step, thing, pure=False)

    first = [send(thing) for _, thing in zip(range(room), things, strict=False)]
    coming = distributed.as_completed(first, loop=client.loop)
    for future in coming:
        following = next(things, None)
        if following is not None:
            coming.add(send(following))
        try:
            yield future.result()
        except distributed.KilledWorker as e:
            raise VivavoceError(f"Workers of the cluster died ({e}). Start it again; it goes on from here.") from e


def with_parent() -> None:
    """End when the process that started this one ends, however it does (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PARENT_DIES, signal.SIGKILL)


def _ready() -> None:
    """In a new process: it does not outlive the one that started it; what is there stays, and small values that live
    shortly are not looked through so often."""
    with_parent()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@contextmanager
def calm() -> Iterator[Callable[[], None]]:
    """While very many values are made and stay: they are looked through for rings of dead ones less often. What is
    given says that all which is there now stays until the end."""
    was = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield gc.freeze
    finally:
        gc.unfreeze()
        gc.set_threshold(*was)


def _bundles(order: list[int], sizes: Sequence[int], enough: int) -> list[list[int]]:
    bundles: list[list[int]] = []
    full = enough
    for i in order:
        if full >= enough:
            bundles.append([])
            full = 0
        bundles[-1].append(i)
        full += sizes[i]
    return bundles


def _results(pool: ProcessPoolExecutor, step: Callable[[T], R], bundles: list[list[T]], count: int) -> Iterator[R]:
    # A few bundles ahead of the workers are enough; more would hold their results in memory.
    ahead = iter(bundles)
    under_way = {pool.submit(_bundle, step, b) for _, b in zip(range(count * 2), ahead, strict=False)}
    while under_way:
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            following = next(ahead, None)
            if following is not None:
                under_way.add(pool.submit(_bundle, step, following))
            yield from future.result()


def _bundle(step: Callable[[T], R], things: list[T]) -> list[R]:
    return [step(thing) for thing in things]
