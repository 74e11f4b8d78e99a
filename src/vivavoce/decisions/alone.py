"""One at a time: between looking at what is decided and appending to it, nobody else decides."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vivavoce.errors import BadFile

_held = threading.local()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other thread, window or program decides in the project whose state lies in `folder`, and keep them
    waiting. Within itself it waits for nothing. The lock goes with the process, however that ends. Raises BadFile where
    no file can be made there."""
    mine: set[Path] = _held.__dict__.setdefault("folders", set())
    if folder in mine:
        yield
        return
    file = _opened(folder / "deciding.lock")
    try:
        _lock(file)
        mine.add(folder)
        yield
    finally:
        mine.discard(folder)
        os.close(file)  # and with it goes the lock


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as e:
        raise BadFile(f"{path} cannot be written ({e.strerror}). Make it a file that you may write.") from e


def _lock(file: int) -> None:
    """Wait for the lock; some network disks have none, and there the journal alone keeps rows whole."""
    with suppress(OSError):
        try:
            import fcntl
        except ImportError:
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
