"""What a site was made from, file by file, so that the next one takes over every file whose inputs are the same.

The ledger lies in the folder of what is derived and may be deleted: then everything is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from vivavoce.errors import VivavoceError
from vivavoce.model import Value

VERSION = 2
CLOCK = 50_000_000  # nanoseconds: a file changed so shortly before the ledger was written may have changed after it


class File(Value, frozen=True):
    """A file as it was written: the key of what it was made from ("" = made each time), SHA-256 of its bytes, size,
    and time of change in nanoseconds. `wide`: a key of more than it was made from that is made sooner, or ""."""

    key: str
    hash: str
    size: int
    time: int
    wide: str = ""


class Rows(Value, frozen=True):
    """Where the rows of one source stand in a manifest (bytes, half-open), and the key of what they were made from."""

    key: str
    start: int
    end: int


class Ledger(Value, frozen=True):
    """The files of one site; `rows`: of each source, in its manifest; `written`: nanoseconds since the epoch, at the
    end."""

    files: dict[str, File]
    rows: dict[str, Rows] = msgspec.field(default_factory=dict)
    written: int = 0
    v: int = VERSION


class Tree(NamedTuple):
    """What lies in a folder: every file by its path there, every folder, the innermost last, and the devices that they
    are on. What a link to a folder leads to is not in it."""

    files: dict[str, os.DirEntry[str]]
    folders: list[str]
    devices: frozenset[int]


def tree(folder: Path) -> Tree:
    """All that lies in a folder, with one look at each folder in it; nothing where there is none."""
    files: dict[str, os.DirEntry[str]] = {}
    folders, devices = [("", str(folder))], set()
    for inside, whole in folders:  # which grows meanwhile
        with suppress(OSError), os.scandir(whole) as found:
            devices.add(os.stat(whole).st_dev)
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{inside}{entry.name}/", entry.path))
                else:
                    files[inside + entry.name] = entry
    return Tree(files, [whole for _, whole in folders], frozenset(devices))


class Former(NamedTuple):
    """The site that stands, its ledger, and what lies there."""

    folder: Path
    ledger: Ledger
    there: Tree


def former(folder: Path, ledger: Path) -> Former:
    """The site in a folder by its ledger; of one that cannot be read, nothing is taken over."""
    try:
        read = msgspec.json.decode(ledger.read_bytes(), type=Ledger)
    except (OSError, msgspec.MsgspecError):
        read = Ledger({})
    return Former(folder, read if read.v == VERSION else Ledger({}), tree(folder))


def stands(site: Former) -> bool:
    """Whether every file of a site is as it was written. One whose size and time are the same is not read again."""
    return bool(site.ledger.files) and all(_same(site, path) for path in site.ledger.files)


def _same(site: Former, path: str) -> os.stat_result | None:
    """A file of the former site, if it is as the ledger has it."""
    was, now = site.ledger.files[path], site.there.files.get(path)
    if now is None:
        return None
    try:
        told = now.stat()
        if told.st_size == was.size and told.st_mtime_ns == was.time and was.time < site.ledger.written - CLOCK:
            return told
        return told if told.st_size == was.size and hashed(Path(now.path).read_bytes()) == was.hash else None
    except OSError:
        return None


def text_of(site: Former | None, path: str) -> bytes:
    """The bytes of a file of the former site, or none where it is not as the ledger has it."""
    if not site or path not in site.ledger.files or not _same(site, path):
        return b""
    data = (site.folder / path).read_bytes()
    return data if hashed(data) == site.ledger.files[path].hash else b""


def empty(folder: Path) -> None:
    """Make a folder, or take an empty one. Raises VivavoceError if it holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VivavoceError(f"{folder} is not an empty folder; name another one, or move what it holds.")
    folder.mkdir(parents=True, exist_ok=True)


class Making:
    """A site while it is written: each file once, taken over from the former site where the key of what it is made
    from is the same (`keep`), else written (`put`, `copy`). The folder is empty, or holds the site before the
    former one, of which what the new one has too stays: no file in it is ever written into, since the former site may
    have the same one."""

    def __init__(self, folder: Path, before: Former | None = None) -> None:
        self.folder = folder
        self.before = before
        self.was = before.ledger.files if before else {}
        self.here = tree(folder)
        self.beside = before is not None and len(self.here.devices | before.there.devices) == 1
        self.files: dict[str, File] = {}
        self.rows: dict[str, Rows] = {}
        self.folders: set[str] = set()

    def keep(self, path: str, key: str, wide: str = "") -> bool:
        """Take a file over if it was made from the same; whether that was so."""
        was = self.was.get(path)
        if not self.before or not key or not was or was.key != key or not (told := _same(self.before, path)):
            return False
        self.taken(self.before, path, told, key, wide)
        return True

    def taken(self, before: Former, path: str, told: os.stat_result, key: str, wide: str) -> None:
        """Take a file over that is as it was (`told`): it stays where it lies here already."""
        was = self.was[path]
        if not self._has(path, told):
            to = self._place(path)
            try:
                os.link(f"{before.folder}/{path}", to)
            except OSError:  # a file system without hard links
                shutil.copy2(f"{before.folder}/{path}", to)
                told = os.stat(to)
        now = (key, wide, told.st_mtime_ns)
        same = (was.key, was.wide, was.time) == now
        self.files[path] = was if same else replace(was, key=key, wide=wide, time=told.st_mtime_ns)

    def _has(self, path: str, told: os.stat_result) -> bool:
        """Whether that very file of the former site lies here, too."""
        now = self.here.files.get(path)
        if now is None:
            return False
        return now.inode() == told.st_ino if self.beside and told.st_ino else _is(now.path, told)

    def put(self, path: str, data: bytes, key: str = "", wide: str = "") -> None:
        """Write a file, or take it over if it has the very bytes that it had."""
        mark, was = hashed(data), self.was.get(path)
        if self.before and was and was.hash == mark and (told := _same(self.before, path)):
            self.taken(self.before, path, told, key, wide)
            return
        with open(self._place(path), "xb") as file:
            file.write(data)
            file.flush()
            told = os.fstat(file.fileno())
        self.files[path] = File(key, mark, len(data), told.st_mtime_ns, wide)

    def made(self, path: str, make: Callable[[], str], key: Callable[[], str] | str = "", wide: str = "") -> None:
        """A page: taken over, or made. What was made from as much as before, and more, by the key `wide`, has the key
        that it had."""
        was = self.was.get(path)
        same = was.key if was and wide and was.wide == wide else key if isinstance(key, str) else key()
        if not self.keep(path, same, wide):
            self.put(path, make().encode("utf-8", "replace"), same, wide)

    def copy(self, path: str, file: Path, key: str) -> None:
        """Copy somebody's file in, which may be large. Raises OSError."""
        if self.keep(path, key):
            return
        shutil.copyfile(file, to := self._place(path))
        with open(to, "rb") as read:
            mark = hashlib.file_digest(read, "sha256").hexdigest()
            told = os.fstat(read.fileno())
        self.files[path] = File(key, mark, told.st_size, told.st_mtime_ns)

    def swept(self) -> None:
        """Take away every file that was here and is none of the site's, and every folder that is empty then."""
        for path in self.here.files.keys() - self.files.keys():
            with suppress(FileNotFoundError):
                os.unlink(f"{self.folder}/{path}")
        for folder in reversed(self.here.folders):
            with suppress(OSError):  # not empty
                os.rmdir(folder)

    def _place(self, path: str) -> str:
        """Where a file is to be written: nothing is there, and its folder is."""
        to = f"{self.folder}/{path}"
        folder = os.path.dirname(to)
        if folder not in self.folders:
            os.makedirs(folder, exist_ok=True)
            self.folders.add(folder)
        with suppress(FileNotFoundError):
            os.unlink(to)
        return to


def files_in(folder: Path) -> list[str]:
    """Every file under a folder, by its path there."""
    cut = len(str(folder)) + 1
    return [f"{root}/{name}"[cut:].replace(os.sep, "/") for root, _, names in os.walk(folder) for name in names]


def _is(path: str, told: os.stat_result) -> bool:
    """Whether the file at a path is that one."""
    try:
        return os.path.samestat(os.stat(path), told)
    except OSError:
        return False


def keep_tree(making: Making, folder: str, same: Callable[[File], bool], wide: str) -> bool:
    """Take a whole folder of files over, all of them or none, if all in it are the same by what the ledger has of them.
    `wide`: the wide key that they have now."""
    before = making.before
    was = before.ledger.files if before else {}
    inside = [path for path in was if path.startswith(f"{folder}/")]
    if not before or not inside or not all(same(was[path]) for path in inside):
        return False
    found = [_same(before, path) for path in inside]
    if not all(found):
        return False
    for path, told in zip(inside, found, strict=True):
        making.taken(before, path, told, was[path].key, wide)  # type: ignore[arg-type]
    return True


def written(making: Making, ledger: Path) -> None:
    """Write the ledger of a site that is done."""
    import time

    ledger.write_bytes(msgspec.json.encode(Ledger(making.files, making.rows, time.time_ns())))


def hashed(data: bytes) -> str:
    """SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
