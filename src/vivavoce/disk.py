"""Files of ours that are written whole: whatever stops the program or the machine, each is there as it was or as it
will be."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from vivavoce.errors import UsageError


def read(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, also for what is no file."""
    regular(path)
    return path.read_bytes()


def regular(path: Path) -> None:
    """Raise OSError for what is no file: a pipe would be waited for without end."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # of a folder the system tells
        raise OSError(errno.EINVAL, "it is not a file", str(path))


def stamp(path: Path) -> tuple[int, int, int]:
    """What of a file changes when another takes its place: size in bytes, and when it and its entry were changed, in
    nanoseconds; the last is nobody's to set back. Raises OSError."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns


def utf8(path: Path) -> None:
    """Raise UsageError for a path that is not UTF-8: nothing that is written could refer to it."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as e:
        told = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise UsageError(f"“{told}” is not UTF-8, so that nothing can refer to it. Rename the folder.") from e


def put(path: Path, data: bytes) -> None:
    """Write a file in place of what is there, in one step, once all of it is on the disk. Raises OSError."""
    fresh = _fresh(path, data)
    try:
        fresh.replace(path)
    except OSError:
        _gone(fresh)
        raise
    settled(path.parent)


def put_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, in the same way. Raises FileExistsError where one is, OSError."""
    fresh = _fresh(path, data)
    try:
        take(fresh, path)
    finally:
        _gone(fresh)
    settled(path.parent)


def _fresh(path: Path, data: bytes) -> Path:
    """A file beside a path that holds the data for sure, as freely readable as the one that is there."""
    fresh = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.new")
    try:
        with fresh.open("xb") as out:
            out.write(data)
            out.flush()
            if path.is_file():
                fresh.chmod(path.stat().st_mode & 0o777)
            os.fsync(out.fileno())
    except OSError:
        _gone(fresh)
        raise
    return fresh


def _gone(fresh: Path) -> None:
    with suppress(OSError):  # a disk that takes nothing does not give anything away either
        fresh.unlink(missing_ok=True)


def take(fresh: Path, path: Path) -> None:
    """Give a finished file its name in one step, unless that is taken. Raises OSError."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names
        if os.path.lexists(path):
            raise FileExistsError(None, "something of that name is there") from None
        fresh.rename(path)


def settled(changed: Path) -> None:
    """See to it that a folder's new names outlast the power going off."""
    if os.name != "posix":
        return
    try:
        held = os.open(changed, os.O_RDONLY)
    except OSError:  # one that may be written to but not read; its files are there
        return
    try:
        os.fsync(held)
    except OSError:
        pass
    finally:
        os.close(held)
