"""What a site was made from, file by file, so that the next one takes over every file whose inputs are the same.

The ledger lies in the folder of what is derived and may be deleted: then everything is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from vivavoce.model import Value

VERSION = 1
CLOCK = 50_000_000  # nanoseconds: a file changed so shortly before the ledger was written may have changed after it


class File(Value, frozen=True):
    """A file as it was written: the key of what it was made from ("" = made each time), SHA-256 of its bytes, size,
    and time of change in nanoseconds."""

    key: str
    hash: str
    size: int
    time: int


class Ledger(Value, frozen=True):
    """The files of one site; `written`: nanoseconds since the epoch, at the end."""

    files: dict[str, File]
    written: int = 0
    v: int = VERSION


class Former(Value, frozen=True):
    """The site that stands, and its ledger."""

    folder: Path
    ledger: Ledger


def former(folder: Path, ledger: Path) -> Former:
    """The site in a folder by its ledger; of one that cannot be read, nothing is taken over."""
    try:
        read = msgspec.json.decode(ledger.read_bytes(), type=Ledger)
    except (OSError, msgspec.MsgspecError):
        read = Ledger({})
    return Former(folder, read if read.v == VERSION else Ledger({}))


def stands(site: Former) -> bool:
    """Whether every file of a site is as it was written. One whose size and time are the same is not read again."""
    return bool(site.ledger.files) and all(_same(site, path) for path in site.ledger.files)


def _same(site: Former, path: str) -> bool:
    """Whether a file of the former site is as the ledger has it."""
    was, now = site.ledger.files[path], site.folder / path
    try:
        told = now.stat()
        if (told.st_size, told.st_mtime_ns) == (was.size, was.time) and was.time < site.ledger.written - CLOCK:
            return True
        return told.st_size == was.size and hashed(now.read_bytes()) == was.hash
    except OSError:
        return False


class Making:
    """A site while it is written into an empty folder: each file once, taken over from the former site where the key
    of what it is made from is the same (`keep`), else written (`put`, `copy`, `note`)."""

    def __init__(self, folder: Path, before: Former | None = None) -> None:
        self.folder = folder
        self.before = before
        self.files: dict[str, File] = {}
        self.folders: set[Path] = set()

    def keep(self, path: str, key: str) -> bool:
        """Take a file over if it was made from the same; whether that was so."""
        was = self.before.ledger.files.get(path) if self.before and key else None
        if not self.before or not was or was.key != key or not _same(self.before, path):
            return False
        to = self._place(path)
        try:
            os.link(self.before.folder / path, to)
        except OSError:  # a file system without hard links
            shutil.copy2(self.before.folder / path, to)
        self.files[path] = msgspec.structs.replace(was, time=to.stat().st_mtime_ns)
        return True

    def put(self, path: str, data: bytes, key: str = "") -> None:
        """Write a file."""
        to = self._place(path)
        to.write_bytes(data)
        self.files[path] = File(key, hashed(data), len(data), to.stat().st_mtime_ns)

    def made(self, path: str, make: Callable[[], str], key: str = "") -> None:
        """A page: taken over, or made."""
        if not self.keep(path, key):
            self.put(path, make().encode("utf-8", "replace"), key)

    def copy(self, path: str, file: Path, key: str) -> None:
        """Copy somebody's file in, which may be large. Raises OSError."""
        if self.keep(path, key):
            return
        shutil.copyfile(file, self._place(path))
        self.note(path, key)

    def note(self, path: str, key: str) -> None:
        """Enter a file that something else has written here."""
        there = self.folder / path
        with there.open("rb") as read:
            mark = hashlib.file_digest(read, "sha256").hexdigest()
        told = there.stat()
        self.files[path] = File(key, mark, told.st_size, told.st_mtime_ns)

    def _place(self, path: str) -> Path:
        to = self.folder / path
        if to.parent not in self.folders:
            to.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(to.parent)
        return to


def keep_tree(making: Making, folder: str, key: str) -> bool:
    """Take a whole folder of files over, all of them or none."""
    before = making.before
    was = before.ledger.files if before else {}
    inside = [path for path, file in was.items() if path.startswith(f"{folder}/") and file.key == key]
    if not before or not inside or not all(_same(before, path) for path in inside):
        return False
    for path in inside:
        making.keep(path, key)
    return True


def written(making: Making, ledger: Path) -> None:
    """Write the ledger of a site that is done."""
    import time

    ledger.write_bytes(msgspec.json.encode(Ledger(making.files, time.time_ns())))


def hashed(data: bytes) -> str:
    """SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
