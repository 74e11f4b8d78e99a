"""`book.md` on the disk, which is a person's file: written in one step, never over what somebody else wrote meanwhile,
and what stood there before is kept, so that it can be put back."""

from __future__ import annotations

import hashlib
import shutil
import threading
from pathlib import Path
from typing import Literal

from vivavoce import disk
from vivavoce.errors import BadFile, UsageError
from vivavoce.project import Project

ONE = threading.Lock()  # one change at a time: each looks first whether the file is still the one that is known
MOST = 100  # former files that are kept
Way = Literal["back", "again"]
NOTHING = {
    "back": "Nothing that was changed here can be undone.",
    "again": "Nothing that was undone can be done again.",
}


class Changed(Exception):
    """The file is another than the page showed."""


def mark(data: bytes | None) -> str:
    """What a file is known by; "" where there is none."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:20]


def read(project: Project) -> bytes | None:
    """The bytes of `book.md`, None where there is none. Raises BadFile if it cannot be read."""
    try:
        return disk.read(project.arrangement)
    except FileNotFoundError:
        return None
    except OSError as e:
        raise BadFile(f"book.md cannot be read ({e.strerror}). Make it a file that you may read.") from e


def change(project: Project, known: str, fresh: bytes) -> None:
    """Write `book.md` anew; what stood there can be put back. Raises Changed if it is not the file that is `known`."""
    with ONE:
        before = read(project)
        if mark(before) != known:
            raise Changed
        if before == fresh:
            return
        if before is not None:
            _push(project, "back", before, mark(fresh))
            shutil.rmtree(_stack(project, "again"), ignore_errors=True)
        save(project.arrangement, fresh)


def step(project: Project, known: str, way: Way) -> None:
    """Put back what stood there before the last change, or (again) what was taken back. Raises Changed if the file is
    not the one that is `known`, UsageError where nothing can be put back."""
    with ONE:
        now = read(project)
        if mark(now) != known:
            raise Changed
        entry = _top(project, way, known)
        if now is None or entry is None:
            raise UsageError(NOTHING[way])
        former = entry.read_bytes()
        _push(project, "again" if way == "back" else "back", now, mark(former))
        save(project.arrangement, former)
        entry.unlink()


def can(project: Project, known: str, way: Way) -> bool:
    """Whether there is something to put back."""
    return _top(project, way, known) is not None


def _stack(project: Project, way: Way) -> Path:
    return project.state / "book" / way


def _entries(project: Project, way: Way) -> list[Path]:
    folder = _stack(project, way)
    return sorted(folder.glob("*.md")) if folder.is_dir() else []


def _top(project: Project, way: Way, known: str) -> Path | None:
    """The former file that a change to the present one replaced; None if the present one is not of such a change."""
    entries = _entries(project, way)
    return entries[-1] if entries and entries[-1].stem.partition("-")[2] == known else None


def _push(project: Project, way: Way, data: bytes, to: str) -> None:
    """Keep a file, with the mark of the one that takes its place."""
    entries = _entries(project, way)
    number = int(entries[-1].stem.partition("-")[0]) + 1 if entries else 1
    folder = _stack(project, way)
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{number:06}-{to}.md", data)
    for old in entries[: max(len(entries) + 1 - MOST, 0)]:
        old.unlink(missing_ok=True)


def save(path: Path, data: bytes) -> None:
    """Write a file in one step: whole on the disk before it takes the other's place. Raises BadFile if it cannot."""
    try:
        disk.put(path.resolve(), data)  # a link stays a link
    except OSError as e:
        raise BadFile(f"{path.name} cannot be written ({e.strerror}). Nothing was changed.") from e
