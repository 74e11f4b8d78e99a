"""The one table of speed and memory: its parts run, each figure has a peer or a limit, and the page takes it."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# By its path: other benchmarks there have names of folders here.
SPEC = spec_from_file_location("bench", ROOT / "benchmarks" / "bench.py")
bench = module_from_spec(SPEC)
SPEC.loader.exec_module(bench)


def test_each_figure_stands_beside_a_peer_or_a_limit() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "bench.py"), "start", "search", "book", "--small", "--json"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {r["part"] for r in rows} == {"start", "search", "book"}
    assert all(r["value"] > 0 and r["beside"] > 0 and r["peer"] and r["unit"] for r in rows)
    assert all(r["ratio"] == pytest.approx(r["value"] / r["beside"]) for r in rows)
    assert [r["peak"] > 1e6 for r in rows if r["part"] == "start"] == [True, True]


def test_a_part_that_is_not_there_is_told_in_a_sentence() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "bench.py"), "speling"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there is no part speling; there are start, quotes" in done.stderr


def test_the_page_and_the_picture_are_written_from_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    page = tmp_path / "docs" / "performance.md"
    page.write_text("# P\n\n<!-- measured -->\nold\n<!-- end -->\n\nAfter.\n", "utf-8")
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "HERE", tmp_path)
    rows = [
        bench.Row("traces", "a & b", 0.5, "s", "limit of 2 s", 2.0),
        bench.Row("site", "all", 3.0, "s", "copying", 1.0),
    ]
    bench.written(rows, "2 cores")
    text = page.read_text("utf-8")
    assert "old" not in text and text.endswith("<!-- end -->\n\nAfter.\n")
    assert "| traces: a & b | 0.5 | s | limit of 2 s | 2 | × 0.25 |  |" in text
    picture = (tmp_path / "docs" / "pictures" / "performance.svg").read_text("utf-8")
    assert "a &amp; b" in picture and "25%" in picture and "copying" not in picture
