"""A sidecar, `NAME.toml` beside `NAME.*`: what a user says of a source, laid over what its reader found."""

from __future__ import annotations

from pathlib import Path

import msgspec

from vivavoce import tables
from vivavoce.model import Source
from vivavoce.sources import recording


class Sidecar(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of a sidecar, version 1; every key may be left out."""

    v: int = 1
    format: str = ""


def beside(root: Path, path: str) -> Sidecar:
    """The sidecar of a source, or an empty one. Raises BadFile."""
    own = root / (recording.stem(path) + ".toml")
    return tables.read(own, Sidecar, recording.stem(path) + ".toml") if own.is_file() else Sidecar()


def media(root: Path, path: str) -> list[str]:
    """The recordings that a source's sidecar names."""
    return []


def applied(source: Source, told: Sidecar, root: Path) -> Source:
    """The source with its sidecar laid over it."""
    if source.kind == "recording" or source.media:
        return source
    return msgspec.structs.replace(source, media=recording.beside(root, source.path))
