"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4


def placed(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a file beside its place, see that it is on the disk, and put it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        fill(beside)
        flushed(beside)
        beside.replace(path)
        flushed(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def flushed(path: Path) -> None:
    """See that what is written of a file or folder is on the disk."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
