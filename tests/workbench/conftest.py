"""A small invented project on the workbench, for each test anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench_at_work import MORE, NAMELESS, Served

from projects import files


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    yield Served(tmp_path / "corrie", {**files(), "talks/bell.vtt": NAMELESS, "press/watch.txt": MORE})
