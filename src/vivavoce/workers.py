"""Map a step over many things: here, in processes, or on a cluster. The step is a plain function over values, so it
runs the same in each. In processes each thing can have bounds of time and memory, and one that breaks its process is
set aside."""

from __future__ import annotations

import ctypes
import gc
import logging
import multiprocessing
import os
import pickle
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

from vivavoce.errors import UsageError, VivavoceError

T = TypeVar("T")
R = TypeVar("R")
Lost = Callable[[T, str], R]
SELDOM = (50_000, 20, 50)  # thresholds of Python's collector of rings
SMALL = 4  # parts of what is left, for each process, that go out as a bundle, where nothing else is asked for
PARENT_DIES = 1  # PR_SET_PDEATHSIG of prctl(2)
PATIENCE = 60  # seconds in which a scheduler is to answer, and the first worker is to come
COMING = 10  # seconds in which somebody begins to listen there
AHEAD = 3  # things for each thread of a cluster that are sent before their turn
FORKS = sys.platform == "linux"
MB = 2**20


class Bounds(NamedTuple):
    """What one thing may take: `seconds` of the processor's time and `more` for each MB of it, `patience` times as
    long by the clock (a disk that does not answer takes none of the processor's), and `memory` bytes beside
    `swelling` times its size."""

    seconds: float = 120.0
    more: float = 20.0
    patience: float = 10.0
    memory: int = 2 * 2**30
    swelling: int = 24

    def work(self, size: int) -> float:
        """Seconds of the processor's time for a thing of so many bytes."""
        return self.seconds + self.more * size / MB


BOUNDS = Bounds()


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
        return lambda step, things, sizes: each(step, things, sizes, processes, 0, bundled=max(len(things), 1))
    address = on.removeprefix("dask://")
    if address != on and ":" in address:
        _host(address)  # what is none is told before anything is made
        return lambda step, things, sizes: cluster(address, step, things, sizes)
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
    lost: Lost[T, R] | None = None,
    warm: Callable[[], object] = lambda: None,
    bundled: int = SMALL,
) -> Iterator[R]:
    """Do `step` on every thing and give each result as it is done, in no particular order.

    `sizes` (bytes) tell the work: below `worth` in all, one process does it, because more of them cost more.
    `processes`: 0 is one for each processor. Work goes out in bundles, each a part of what is left, the largest things
    first (`bundled`: how many parts for each process). `lost` gives what stands for a thing that took its process with
    it, or went beyond `BOUNDS`, from the thing and what happened; other deaths are tried a second time, alone. Without
    it there are no bounds, little work is done here, and a death raises VivavoceError; what was given before stays
    given. Where processes cannot be forked, little work is done here, too. `warm` is called here before any process is
    forked: what it loads they need not load.
    """
    count = min(processes or cores(), len(things))
    small = count < 2 or sum(sizes) < worth
    if not things or (small and not (lost and FORKS)):
        yield from map(step, things)
        return
    if FORKS:
        warm()
    order = sorted(range(len(things)), key=lambda i: -sizes[i])
    bundles = _bundles(order, sizes, count * bundled)
    crew = _Crew(step, things, sizes, [deque(bundle) for bundle in bundles], lost)
    yield from crew.results(1 if small else count)


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
    _quiet()
    try:
        _reached(_host(address))
        client = distributed.Client(f"tcp://{address}", timeout=20, set_as_default=False)
    except (OSError, UnicodeError) as e:
        remedy = "Start one (dask scheduler), and workers for it (dask worker HOST:PORT)."
        raise VivavoceError(f"No dask scheduler answers at {address}. {remedy}") from e
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as e:
        client.close()
        raise VivavoceError(f"No worker has come to {address}. Start some (dask worker {address}).") from e
    return client


def _host(address: str) -> tuple[str, int]:
    """Host and port of an address: "127.0.0.1:8786", "[::1]:8786"."""
    try:
        split = urlsplit(f"//{address}")
        return split.hostname or "", split.port or 0
    except ValueError as e:
        raise UsageError(f"--on dask://{address}: that is no host and port. Write dask://HOST:PORT.") from e


def _reached(host: tuple[str, int]) -> None:
    """Somebody listens there, or comes within seconds: one that was started just before. The library itself would ask
    on for much longer. Raises OSError."""
    until = time.monotonic() + COMING
    while True:
        try:
            return socket.create_connection(host, PATIENCE).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _quiet() -> None:
    """What the cluster's library logs of lost connections is told by us, in a sentence."""
    for name in logging.root.manager.loggerDict:
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


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
        except (CancelledError, distributed.comm.CommClosedError) as e:
            told = "The dask scheduler is gone. Start it and its workers again; the same command goes on from here."
            raise VivavoceError(told) from e


def with_parent() -> None:
    """End when the process that started this one ends, however it does (Linux)."""
    with suppress(OSError, AttributeError, TypeError):  # the last on Windows
        ctypes.CDLL(None).prctl(PARENT_DIES, signal.SIGKILL)


@contextmanager
def calm() -> Iterator[Callable[[], None]]:
    """While very many values are made and stay: they are not looked through for rings of dead ones until what is given
    says that all which is there now stays until the end, and what comes then less often."""
    was, looking = gc.get_threshold(), gc.isenabled()
    gc.disable()

    def stays() -> None:
        gc.freeze()
        gc.set_threshold(*SELDOM)
        if looking:
            gc.enable()

    try:
        yield stays
    finally:
        gc.unfreeze()
        gc.set_threshold(*was)
        if looking:
            gc.enable()


def _bundles(order: list[int], sizes: Sequence[int], parts: int) -> list[list[int]]:
    """The things in bundles, each as large as a part of all that is left: the last ones are small, so that all
    processes are at work until the end."""
    bundles: list[list[int]] = []
    left, full, enough = sum(sizes), 0, 0
    for i in order:
        if full >= enough:
            bundles.append([])
            full, enough = 0, max(left // parts, 1)
        bundles[-1].append(i)
        full += sizes[i]
        left -= sizes[i]
    return bundles


# --- who has the work done ---------------------------------------------------------------------------------


class _Hand:
    """A process at work: the numbers of what it has yet to do, the first of them under way since `begun`."""

    def __init__(self, step: Callable[[Any], Any], bounds: Bounds | None) -> None:
        context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(step, theirs, bounds), daemon=True)
        self.process.start()
        theirs.close()
        self.waiting: deque[int] = deque()
        self.begun = 0.0

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """Processes, and the bundles that they have yet to do."""

    def __init__(
        self,
        step: Callable[[Any], Any],
        things: Sequence[Any],
        sizes: Sequence[int],
        bundles: list[deque[int]],
        lost: Lost[Any, Any] | None,
    ) -> None:
        self.step, self.things, self.sizes, self.lost = step, things, sizes, lost
        self.bundles = deque(bundles)
        self.hands: list[_Hand] = []
        self.again: set[int] = set()

    def results(self, count: int) -> Iterator[Any]:
        """Every result once, by `count` processes; they end with this, however it ends."""
        try:
            while self.bundles or self.hands:
                while self.bundles and len(self.hands) < count:
                    self.hands.append(_Hand(self.step, BOUNDS if self.lost else None))
                    self._send(self.hands[-1])
                for hand in self._heard():
                    yield from self._from(hand)
        finally:
            for hand in self.hands:
                hand.end()

    def _send(self, hand: _Hand) -> None:
        """The next bundle for a process, or that there is none: then it ends."""
        if not self.bundles:
            self.hands.remove(hand)
            hand.end()
            return
        hand.waiting, hand.begun = self.bundles.popleft(), time.monotonic()
        with suppress(OSError):  # it has died: that is found when its result is waited for
            hand.pipe.send([(self.things[i], self.sizes[i]) for i in hand.waiting])

    def _heard(self) -> list[_Hand]:
        """The processes that have something to say, have ended, or take too long."""
        left = max(min(self._until(hand) for hand in self.hands) - time.monotonic(), 0) if self.lost else None
        ready = set(wait([h for hand in self.hands for h in (hand.pipe, hand.process.sentinel)], left))
        now = time.monotonic()
        said = [h for h in self.hands if h.pipe in ready or h.process.sentinel in ready]
        return said or [h for h in self.hands if self._until(h) <= now]

    def _until(self, hand: _Hand) -> float:
        if not self.lost:
            return float("inf")
        return hand.begun + BOUNDS.patience * BOUNDS.work(self.sizes[hand.waiting[0]])

    def _from(self, hand: _Hand) -> Iterator[Any]:
        """What one process has to give: a result, or that it is gone."""
        late = self._until(hand) <= time.monotonic() and not hand.pipe.poll()
        try:
            done, result = hand.pipe.recv() if not late and hand.pipe.poll(1.0) else (False, None)
        except (EOFError, OSError, pickle.UnpicklingError):
            done, result = False, None
        if isinstance(result, BaseException) and not done:
            raise result
        if not done:
            yield from self._gone(hand, late)
            return
        hand.waiting.popleft()
        hand.begun = time.monotonic()
        if not hand.waiting:
            self._send(hand)
        yield result

    def _gone(self, hand: _Hand, late: bool) -> Iterator[Any]:
        """A process is gone, or is sent away: what it was at is set aside or tried again, what it had yet to do is
        handed on."""
        hand.process.join(0 if late else 5)
        code = hand.process.exitcode
        self.hands.remove(hand)
        hand.end()
        if not self.lost:
            raise VivavoceError(
                "A worker process was ended from outside (out of memory?). Start it again; it goes on from here."
            )
        at = hand.waiting.popleft()
        if hand.waiting:
            self.bundles.appendleft(hand.waiting)
        long = late or code == -getattr(signal, "SIGPROF", 0)
        if not long and at not in self.again:
            self.again.add(at)
            self.bundles.append(deque([at]))
            return
        yield self.lost(self.things[at], _why(long, code, BOUNDS.work(self.sizes[at])))


def _why(long: bool, code: int | None, seconds: float) -> str:
    seconds = round(seconds, 1)
    if long:
        return f"it was not done after {seconds:g} seconds of work"
    if code == -9:
        return "its process was ended from outside, twice (out of memory?)"
    return f"its reader broke off and took its process with it, twice (exit code {code})"


# --- in the process ----------------------------------------------------------------------------------------


def _work(step: Callable[[Any], Any], pipe: Connection, bounds: Bounds | None) -> None:
    """What a process does: bundles come in, (done, result) goes out, in their order."""
    _ready()
    with suppress(EOFError, OSError, KeyboardInterrupt):  # whoever asked is gone
        while True:
            for thing, size in pipe.recv():
                pipe.send(_bounded(step, thing, size, bounds))


def _ready() -> None:
    """In a new process: it does not outlive the one that started it; what is there stays, and small values that live
    shortly are not looked through so often."""
    with_parent()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _bounded(step: Callable[[Any], Any], thing: Any, size: int, bounds: Bounds | None) -> tuple[bool, Any]:
    """The step within bounds: (True, its result), or (False, what it raised)."""
    if bounds:
        _bound(bounds.work(size), bounds.memory + bounds.swelling * size)
    try:
        return True, step(thing)
    except Exception as e:
        return False, _sendable(e)
    finally:
        if bounds:
            _bound(0, 0)


def _sendable(e: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(e))  # noqa: S301 - our own
    except Exception:
        return VivavoceError(str(e))
    return e


def _bound(seconds: float, memory: int) -> None:
    """From here on so many seconds of the processor's time, after which the system ends the process whatever it does,
    and so much memory more; 0: no bounds. Where the system has no such bounds there are none."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        signal.setitimer(signal.ITIMER_PROF, seconds)
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = _used() + memory if memory else hard
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 or wanted < 0 else min(wanted, hard), hard))


def _used() -> int:
    """Bytes of addresses that this process has."""
    import resource
    from pathlib import Path

    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
