"""A command in a child process whose disk fails: at the n-th thing that it does to the disk.

Every way of the project to the disk is counted: opening a file to write, each write (also of the journal's), fsync,
rename, link, removal, a new folder, and each statement of the archive. `full`: the n-th fails with ENOSPC, after half
of what was to be written, and so does all that follows which needs room. `locked`: from the n-th on nothing may be
written. `killed`: the process is gone in the middle of
it. `cut`: so is the power: what was written but not yet asked to be on the disk is lost, names stay.

What a kill or a cut leaves depends on nothing that would come after it; so one run to the end can leave, at each place
that it passes, a copy of what would be on the disk (`left`)."""

from __future__ import annotations

import builtins
import errno
import io
import os
import re
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vivavoce import errors
from vivavoce.cli import main

CODES = {"full": errno.ENOSPC, "locked": errno.EACCES}
GONE = 97  # the exit code of a process that is killed by its disk
# Statements that write nothing.
READS = re.compile(r"\s*(select|pragma|begin|rollback)", re.I)


def copied(folder: Path, to: Path) -> dict[tuple[int, int], Path]:
    """Copy a folder; what is one file under several names is so in the copy, too: by device and inode the copy."""
    made: dict[tuple[int, int], Path] = {}
    for here, _, names in os.walk(folder):
        there = to / Path(here).relative_to(folder)
        there.mkdir(parents=True, exist_ok=True)
        for name in names:
            told = (Path(here) / name).stat()
            if one := made.get((told.st_dev, told.st_ino)):
                os.link(one, there / name)
            else:
                shutil.copy2(Path(here) / name, there / name)
                made[told.st_dev, told.st_ino] = there / name
    return made


class Disk:
    """What was done to the disk, and when it is to fail. `under`: only there; `left`: leave copies there instead."""

    def __init__(self, under: Path, at: int, how: str, left: Path | None = None) -> None:
        self.under, self.at, self.how, self.count = str(under.resolve()), at, how, 0
        self.left = left
        self.loose: dict[tuple[int, int], tuple[int, int]] = {}
        self.process = os.getpid()
        self.done: list[str] = []

    def ours(self, path: Any) -> bool:
        return os.getpid() == self.process and os.path.abspath(os.fspath(path)).startswith(self.under)  # noqa: PTH100

    def step(self, what: str, room: bool = True) -> bool:
        """Count; whether this one fails."""
        self.count += 1
        self.done.append(what)
        return bool(self.left or self.count == self.at) or (
            0 < self.at < self.count and (self.how == "locked" or (self.how == "full" and room))
        )

    def fail(self) -> None:
        if self.left:
            self.leave(self.left / str(self.count) / Path(self.under).name)
            return
        if self.how in CODES:
            raise OSError(CODES[self.how], os.strerror(CODES[self.how]))
        if self.how == "cut":
            for handle, size in self.loose.values():
                os.ftruncate(handle, size)
        os._exit(GONE)

    def leave(self, to: Path) -> None:
        """Copy what is on the disk if it all ends here."""
        made = copied(Path(self.under), to)
        for one, (_, size) in self.loose.items():
            if self.how == "cut" and one in made:
                os.truncate(made[one], size)

    def opened(self, handle: int) -> None:
        """From here on what is written there is lost when the power goes off."""
        told = os.fstat(handle)
        if (told.st_dev, told.st_ino) not in self.loose:
            self.loose[told.st_dev, told.st_ino] = (os.dup(handle), told.st_size)

    def synced(self, handle: int) -> None:
        told = os.fstat(handle)
        if kept := self.loose.get((told.st_dev, told.st_ino)):
            self.loose[told.st_dev, told.st_ino] = (kept[0], told.st_size)


def named_by(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())


def arm(disk: Disk) -> None:
    """Put the disk under this process."""
    plain = {name: getattr(os, name) for name in ("open", "write", "fsync")}
    plain_open, connect = io.open, sqlite3.connect

    class Buffered(io.FileIO):
        def write(self, data: Any) -> int:
            if os.getpid() == disk.process and disk.step(f"write {self.name}"):
                half = super().write(bytes(data)[: len(data) // 2])
                disk.fail()
                return half + super().write(bytes(data)[half:])
            return super().write(data) or 0

    def opening(file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None,
                newline: Any = None, closefd: bool = True, opener: Any = None) -> Any:  # fmt: skip
        writes = set(mode) & set("wax+")
        named = not isinstance(file, int)
        if not writes or (named and not disk.ours(file)) or (not named and file < 3):
            return plain_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if named and disk.step(f"open {file}"):
            disk.fail()
        raw = Buffered(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        disk.opened(raw.fileno())
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)

    def os_open(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        writes = flags & (os.O_WRONLY | os.O_RDWR) and disk.ours(path)
        if writes and disk.step(f"os.open {path}"):
            disk.fail()
        handle = plain["open"](path, flags, *rest, **more)
        if writes:
            disk.opened(handle)
        return int(handle)

    def os_write(handle: int, data: bytes) -> int:
        if handle > 2 and os.getpid() == disk.process and disk.step(f"os.write {named_by(handle)}"):
            if disk.how == "full" and len(data) > 1:
                return int(plain["write"](handle, data[: len(data) // 2]))  # less than was asked for; then nothing
            half = plain["write"](handle, data[: len(data) // 2])
            disk.fail()
            return int(half + plain["write"](handle, data[half:]))
        return int(plain["write"](handle, data))

    def os_fsync(handle: int) -> None:
        if os.getpid() == disk.process and disk.step(f"fsync {named_by(handle)}"):
            disk.fail()
        plain["fsync"](handle)
        disk.synced(handle)

    def named(name: str, room: bool) -> None:
        whole = getattr(os, name)

        def does(path: Any, *rest: Any, **more: Any) -> Any:
            if not isinstance(path, int) and disk.ours(path) and disk.step(f"{name} {path}", room):
                disk.fail()
            return whole(path, *rest, **more)

        setattr(os, name, does)

    class Archive(sqlite3.Connection):
        def _count(self, sql: str) -> None:
            if os.getpid() == disk.process and not READS.match(sql) and disk.step(f"sql {sql[:40]}"):
                if disk.how in CODES:
                    raise sqlite3.OperationalError("database or disk is full")
                disk.fail()

        def execute(self, sql: str, *rest: Any) -> Any:
            self._count(sql)
            return super().execute(sql, *rest)

        def executemany(self, sql: str, *rest: Any) -> Any:
            self._count(sql)
            return super().executemany(sql, *rest)

    builtins.open = io.open = opening  # type: ignore[assignment]
    os.fdopen = opening  # type: ignore[assignment]
    os.open, os.write, os.fsync = os_open, os_write, os_fsync  # type: ignore[assignment]
    for name, room in (("rename", False), ("replace", False), ("link", True), ("mkdir", True), ("unlink", False),
                       ("remove", False), ("rmdir", False)):  # fmt: skip
        named(name, room)
    sqlite3.connect = lambda *a, **k: connect(*a, **{**k, "factory": Archive})  # type: ignore[assignment]


def run(
    args: list[str] | Callable[[], object],
    under: Path,
    at: int = 0,
    how: str = "killed",
    log: Path | None = None,
    left: Path | None = None,
) -> tuple[int, str]:
    """Run a command of ours in a child with such a disk: (its exit code, what it said). `at` 0: it never fails; with
    `left` what a fault at each place would leave is copied there."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        os.dup2(theirs, 1)
        os.dup2(theirs, 2)
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(n, "w"), "utf-8", write_through=True) for n in (1, 2))
        code: Any = 70
        disk = Disk(under, at, how, left)
        try:
            arm(disk)
            if callable(args):
                args()
                code = 0
            else:
                main(args)
        except errors.VivavoceError as e:
            print(e)
            code = e.code
        except SystemExit as e:
            code = e.code
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            if log:
                with io.FileIO(str(log), "w") as out:
                    out.write("\n".join(disk.done).encode())
            os._exit(int(code or 0))
    os.close(theirs)
    with os.fdopen(ours, "rb") as read:
        said = read.read().decode("utf-8", "replace")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said
