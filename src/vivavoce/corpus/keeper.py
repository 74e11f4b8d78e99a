"""Watches over the process in which documents are digested: a document that takes too long, or that ends the process,
is set aside, and the next process goes on behind it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path
from typing import IO

import msgspec

from vivavoce.corpus.child import LENIENT, SIZE, Aside, Begun, Ended, Given, Order, answer
from vivavoce.corpus.values import Found, Problem, Settings, Shard
from vivavoce.errors import VivavoceError

TRIES = 2
START = 120.0  # seconds that a process may take to start
encode = msgspec.msgpack.Encoder().encode
kept = threading.local()


class Gone(Exception):
    """The process is gone, or had to be ended: `kind` of problem, and why."""

    def __init__(self, kind: str, why: str) -> None:
        self.kind, self.why = kind, why
        super().__init__(why)


def found(shard: Shard, settings: Settings) -> Iterator[Found | Problem]:
    """What each document of a shard gives, in order; those that do harm as problems."""
    piece, first, tries = 0, 0, 0
    before: tuple[int, int] | None = None
    while True:
        at = Begun(-1)
        try:
            for one in answers(Order(shard, settings, piece, first)):
                if isinstance(one, Begun):
                    at = one
                elif isinstance(one, Given):
                    yield one.found
                else:
                    yield one.problem
            return
        except Gone as e:
            if at.number < 0:
                tries = again(tries, e)
                continue
            here = (at.piece, at.number)
            piece, first = at.piece, max(at.number, first if at.piece == piece else 0)
            if e.kind != "time" and here != before:
                before = here  # it may have been ended for another's sake: once more
                continue
            yield harmful(shard, at, e)
            piece, first = (piece, first + 1) if at.source else (piece + 1, 0)


def harmful(shard: Shard, at: Begun, why: Gone) -> Problem:
    """The problem of a document that does harm, or of an input that does it when it is read on."""
    name = at.file or shard.pieces[at.piece].input.name
    rest = "" if at.source else "; what follows it in this input, as far as it is in this part, is left out"
    return Problem(at.source or f"{name}#{at.number}", name, at.at, why.kind, why.why + rest)


def again(tries: int, why: Gone) -> int:
    """One more try to start the process; raises VivavoceError when it never does."""
    if tries >= TRIES:
        raise VivavoceError(f"The process that reads documents does not start: {why.why}. Try with more memory.")
    return tries + 1


def answers(order: Order) -> Iterator[Begun | Given | Aside]:
    """The answers of the process to an order; raises Gone where there will be no more."""
    process = running(order.settings)
    assert process.stdin and process.stdout
    try:
        body = encode(order)
        process.stdin.write(SIZE.pack(len(body)) + body)
        process.stdin.flush()
        fd, held, patience = process.stdout.fileno(), bytearray(), START
        while True:
            one = msgspec.UNSET if len(held) < SIZE.size else taken(held)
            if isinstance(one, msgspec.UnsetType):
                more(process, fd, held, patience, order.settings)
                continue
            if isinstance(one, Ended):
                return
            patience = order.settings.seconds
            yield one
    except BrokenPipeError as e:
        raise ended(process) from e
    except BaseException:
        end()
        raise


def taken(held: bytearray) -> Begun | Given | Aside | Ended | msgspec.UnsetType:
    """The first whole answer of what has come, taken from it."""
    (size,) = SIZE.unpack(held[: SIZE.size])
    if len(held) < SIZE.size + size:
        return msgspec.UNSET
    one: Begun | Given | Aside | Ended = answer.decode(held[SIZE.size : SIZE.size + size])
    del held[: SIZE.size + size]
    return one


def more(process: subprocess.Popen[bytes], fd: int, held: bytearray, patience: float, settings: Settings) -> None:
    """Wait for more of an answer, as long as a document may take: so many seconds of the processor's time, for others
    may be at work on the machine, and a few times as long by the clock."""
    began, spent = time.monotonic(), worked(process.pid)
    left, latest = patience, began + patience * LENIENT
    while not select.select([fd], [], [], max(left, 0.0))[0]:
        now = time.monotonic()
        left = min(max(patience - (worked(process.pid) - spent), 0.0), latest - now)
        if left <= 0:
            raise Gone("time", f"it takes longer than {settings.seconds:g} seconds (--seconds allows more)")
    part = os.read(fd, 2**20)
    if not part:
        raise ended(process)
    held += part


def worked(pid: int) -> float:
    """Seconds of the processor's time that a process has taken; by the clock where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.monotonic()


def ended(process: subprocess.Popen[bytes]) -> Gone:
    """How a process ended."""
    code = process.wait()
    if code == -signal.SIGKILL:
        return Gone("memory", "the system ended the process (signal SIGKILL: out of memory, as a rule)")
    if code < 0:
        name = signal.Signals(-code).name if -code in signal.valid_signals() else str(-code)
        return Gone("crash", f"it ended the process (signal {name})")
    return Gone("crash", f"it ended the process (exit code {code})")


def running(settings: Settings) -> subprocess.Popen[bytes]:
    """The process of this thread; a new one where there is none any more, or one of another limit or place."""
    process: subprocess.Popen[bytes] | None = getattr(kept, "process", None)
    kind = (settings.memory, *sys.path)
    if getattr(kept, "kind", kind) != kind:
        end()
        process = None
    kept.kind = kind
    if process is None or process.poll() is not None:
        command = [sys.executable, "-m", "vivavoce.corpus.child"]
        kept.process = process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
        )
        Finalize(None, killed, (process,), exitpriority=1)
    return process


def environment() -> dict[str, str]:
    """The environment of the process: that of this one, with the folders that this one imports from."""
    paths = [p for p in sys.path if p and Path(p).is_dir()]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def end() -> None:
    """End the process of this thread."""
    process: subprocess.Popen[bytes] | None = getattr(kept, "process", None)
    if process is not None:
        kept.process = None
        killed(process)


def killed(process: subprocess.Popen[bytes]) -> None:
    """End a process, and see that it is gone."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        closed(pipe)
    process.wait()


def closed(pipe: IO[bytes] | None) -> None:
    """Close a pipe, whether or not somebody still reads it."""
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            return
