"""Map a step over many things: here, or in processes. The step is a plain function over values, so it runs the
same in either."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from vivavoce.errors import VivavoceError

T = TypeVar("T")
R = TypeVar("R")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def each(
    step: Callable[[T], R], things: Sequence[T], sizes: Sequence[int], processes: int = 0, worth: int = 400_000
) -> Iterator[R]:
    """Do `step` on every thing and give each result as it is done, in no particular order.

    `sizes` (bytes) tell the work: below `worth` in all, it is done here, because starting processes costs more.
    `processes`: 0 is one for each processor. Work goes out in bundles of like size, the largest first. Raises
    VivavoceError when a process is killed (out of memory, say); what was given before stays given.
    """
    count = min(processes or cores(), len(things))
    if count < 2 or sum(sizes) < worth:
        yield from map(step, things)
        return
    order = sorted(range(len(things)), key=lambda i: -sizes[i])
    bundles = _bundles(order, sizes, max(sum(sizes) // (count * 8), 1))
    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(count, multiprocessing.get_context(method), _ready) as pool:
        try:
            yield from _results(pool, step, [[things[i] for i in bundle] for bundle in bundles], count)
        except BrokenProcessPool as e:
            raise VivavoceError(
                "A worker process was ended from outside (out of memory?). Start the build again; it goes on from here."
            ) from e


def _ready() -> None:
    """In a new process: what is there stays, and small values that live shortly are not looked through so often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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
