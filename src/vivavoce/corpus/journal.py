"""What of a corpus is done: a plan that says what the tables are of, and a line for each part that is on the disk."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from vivavoce import __version__
from vivavoce.corpus.files import placed
from vivavoce.corpus.values import CannotGoOn, Done, Settings, Shard
from vivavoce.errors import Busy, VivavoceError
from vivavoce.model import Value, digest

WORK = ".work"
TABLES = ("documents", "quotes", "problems", "people", "moments", "traces")
encode = msgspec.json.Encoder(order="deterministic").encode
line = msgspec.json.Decoder(Done)


class Plan(Value, frozen=True):
    """What the tables are of: a hash of the inputs and settings, by the program's version."""

    v: int
    by: str
    inputs: str
    settings: Settings
    shards: int


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold the folder of the tables: two at once would do everything twice. Raises Busy, and VivavoceError on a system
    that cannot keep documents that do harm apart."""
    try:
        import fcntl
    except ImportError as e:
        raise VivavoceError("A corpus needs Linux or macOS. Run it there, or on Windows in WSL.") from e
    (out / WORK).mkdir(parents=True, exist_ok=True)
    with (out / WORK / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise Busy(f"{out} is being written by another run. Wait for it, or end it.") from e
        yield


def planned(shards: Sequence[Shard], settings: Settings) -> Plan:
    """The plan for some shards."""
    of = digest("corpus", *(encode(shard).decode("utf-8", "surrogatepass") for shard in shards), length=64)
    return Plan(1, __version__, of, settings, len(shards))


def day(out: Path) -> str:
    """The day by which rights are judged where none is given: that on which the tables were begun, else today."""
    before = told(out / WORK / "plan.json")
    return before.settings.day if before else datetime.date.today().isoformat()


def begun(out: Path, plan: Plan) -> dict[str, dict[int, Done]]:
    """What is done already, by step and part; what a stopped run left half is taken away.

    Raises CannotGoOn where the folder holds tables of other inputs or settings, or something else.
    """
    path = out / WORK / "plan.json"
    if not path.exists():
        foreign(out)
        placed(path, lambda to: written(to, encode(plan)))
    before = told(path)
    if before is None or same(before) != same(plan):
        remedy = "Name another folder with --out, or remove this one."
        raise CannotGoOn(f"{out} holds tables of other inputs, settings or of another version of Vivavoce. {remedy}")
    for left in out.rglob(".*.tmp"):
        left.unlink(missing_ok=True)
    return rows(out)


def written(path: Path, body: bytes) -> None:
    """Write a file."""
    path.write_bytes(body)


def same(plan: Plan) -> Plan:
    """A plan without what may be changed between two runs."""
    limits = Settings(seconds=0, memory=0)
    return msgspec.structs.replace(
        plan, settings=msgspec.structs.replace(plan.settings, seconds=limits.seconds, memory=limits.memory)
    )


def told(path: Path) -> Plan | None:
    """A plan as it stands in its file; None where it cannot be understood."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except (ValueError, OSError):
        return None


def foreign(out: Path) -> None:
    """Raises CannotGoOn where the folder holds something that is not of a corpus."""
    there = sorted(p.name for p in out.iterdir() if p.name != WORK)
    if there:
        raise CannotGoOn(f"{out} holds {there[0]}, which is not of a corpus. Name a new folder with --out.")


def rows(out: Path) -> dict[str, dict[int, Done]]:
    """What the journal tells; a line that was cut short is no line."""
    found: dict[str, dict[int, Done]] = {}
    path = out / WORK / "journal.jsonl"
    if path.exists():
        for row in path.read_bytes().split(b"\n"):
            try:
                done = line.decode(row)
            except ValueError:
                continue
            found.setdefault(done.step, {})[done.part] = done
    return found


def keep(out: Path, done: Done) -> None:
    """Note that a part is done. Its tables are on the disk already."""
    with (out / WORK / "journal.jsonl").open("ab") as file:
        # A line that was cut short by a kill is ended first.
        file.write(b"\n" + encode(done) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def clear(out: Path, step: str) -> None:
    """Take away what a step has left that no later one needs."""
    shutil.rmtree(out / WORK / step, ignore_errors=True)
