"""Tables of a corpus made and read, for tests."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

from vivavoce.corpus import Settings, extract


def rows(folder: Path) -> list[dict]:
    """All rows of a table, part by part."""
    return [row for part in sorted(folder.glob("part-*.parquet")) for row in pq.read_table(part).to_pylist()]


def made(inputs, out: Path, on: str = "here", processes: int = 1, transcripts=(), **settings) -> dict[str, int]:
    """The tables of some inputs, and their counts."""
    given = {"tables": "quotes", "day": "2026-01-01", **settings}
    inputs = [inputs] if isinstance(inputs, (str, Path)) else inputs
    return extract(
        [str(i) for i in inputs], out, Settings(**given), on, processes, [str(t) for t in transcripts], io.StringIO()
    )


def files(out: Path) -> dict[str, bytes]:
    """The tables, as they lie on the disk."""
    found = out.rglob("part-*.parquet")
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in found if ".work" not in p.parts}


def command(*args, cwd: Path, **more) -> subprocess.CompletedProcess:
    """`vivavoce` as a process."""
    told = [sys.executable, "-m", "vivavoce", *map(str, args)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.run(told, cwd=cwd, capture_output=True, timeout=200, check=False, env=env, **more)
