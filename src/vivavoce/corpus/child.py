"""The process in which documents are digested, apart from the one that keeps what they give: whatever a document does
to it, the others are safe. It is told a shard, and answers, document by document, in frames."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import struct
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

import msgspec

from vivavoce.corpus.values import Document, Found, Problem, Settings, Shard
from vivavoce.errors import UnreadableSource
from vivavoce.model import Value
from vivavoce.workers import with_parent

SIZE = struct.Struct("<I")
LENIENT = 4  # how many times as long a document may take by the clock as of the processor's time
GRACE = 15.0  # seconds beyond a document's before the process ends itself, should nobody watch it any more


class Order(Value, frozen=True):
    """What the process is to do: the documents of a shard from number `first` of a piece on."""

    shard: Shard
    settings: Settings
    piece: int = 0
    first: int = 0


class Begun(Value, frozen=True, tag="begun"):
    """That a document is begun: its number in its piece of the shard, and, once that is known, where it is."""

    number: int
    piece: int = 0
    source: str = ""
    file: str = ""
    at: int = 0


class Given(Value, frozen=True, tag="given"):
    """What a document gave."""

    found: Found


class Aside(Value, frozen=True, tag="aside"):
    """That a document is set aside."""

    problem: Problem


class Ended(Value, frozen=True, tag="ended"):
    """That the shard is at its end."""


Answer = Begun | Given | Aside | Ended
encode = msgspec.msgpack.Encoder().encode
order = msgspec.msgpack.Decoder(Order)
answer = msgspec.msgpack.Decoder(Answer)


def main() -> None:
    """Do what is told on the standard input, until it ends."""
    told = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what an engine prints is no answer
    with_parent()
    gc.set_threshold(100_000, 50, 100)
    limited = False
    while head := told.read(SIZE.size):
        given = order.decode(told.read(*SIZE.unpack(head)))
        if not limited:
            warm(given.settings)
            limit(given.settings.memory)
            limited = True
        for one in done(given):
            frame(out, one)


def frame(out: BinaryIO, one: Answer) -> None:
    """Send an answer."""
    body = encode(one)
    out.write(SIZE.pack(len(body)) + body)
    out.flush()


def warm(settings: Settings) -> None:
    """Load what every document needs, before its memory is limited and its time is counted."""
    from vivavoce.corpus.digest import digested

    text = (
        b"\xe2\x80\x9cIt was late,\xe2\x80\x9d said Ida Fell, who stayed. \xe2\x80\x9cI went home at nine.\xe2\x80\x9d"
    )
    with contextlib.suppress(UnreadableSource):
        digested(Document("warm", "warm", data=text), msgspec.structs.replace(settings, engine="best"))


def limit(mebibytes: int) -> None:
    """Bound what the process may take, beyond what it has taken."""
    import resource

    with contextlib.suppress(OSError, ValueError):
        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        most = taken + mebibytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def done(given: Order) -> Iterator[Answer]:
    """The documents of a shard, each begun and then given or set aside."""
    from vivavoce.corpus.reading import documents

    for part, piece in enumerate(given.shard.pieces[given.piece :], given.piece):
        coming = documents(piece, given.settings.fields)
        first = given.first if part == given.piece else 0
        for number in count():
            yield Begun(number, part)
            watch(given.settings.seconds)
            document = next(coming, None)
            if document is None:
                break
            if number >= first:
                yield Begun(number, part, document.name, document.file, document.at)
                yield one(document, given.settings)
    faulthandler.cancel_dump_traceback_later()
    yield Ended()


def watch(seconds: float) -> None:
    """End the process, should a document never end and nobody be there to end it."""
    faulthandler.dump_traceback_later(seconds * LENIENT + GRACE, exit=True, file=sys.stderr)


def one(document: Document, settings: Settings) -> Given | Aside:
    """What one document gives, or why it is set aside."""
    from vivavoce.corpus.digest import digested

    try:
        return Given(digested(document, settings))
    except UnreadableSource as e:
        kind = "record" if document.problem else "unreadable"
        return aside(document, kind, str(e))
    except MemoryError:
        return aside(document, "memory", f"it takes more than {settings.memory} MiB of memory (--memory allows more)")
    except Exception as e:
        why = f"a step failed with it ({type(e).__name__}: {' '.join(str(e).split())[:200]})"
        return aside(document, "crash", why)


def aside(document: Document, kind: str, problem: str) -> Aside:
    """A document that is set aside."""
    return Aside(Problem(document.name, document.file, document.at, kind, problem))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
