"""Accuracy has floors, and they only go up: the annotated sets are scored where they are, and the example always."""

import hashlib
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())


def measured(path: Path) -> dict:
    scorer = SHARED / "tools" / "score_quotes.py"
    command = [sys.executable, scorer, path, "--json", "--cli", f"{shlex.quote(sys.executable)} -m vivavoce"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=280)
    return next(iter(json.loads(done.stdout).values()))


def figure(result: dict, name: str) -> float:
    value = result[name]
    return value["F1"] if "F1" in value else value["share"]


@pytest.mark.parametrize("name", FLOORS["quotes"])
def test_no_figure_falls_below_its_floor(name):
    path = SHARED / "data" / "quotes" / f"{name}.jsonl"
    if not path.exists():
        return  # the annotated sets are not part of the project; the example's floors stand in test_example.py
    wanted = FLOORS["quotes"][name]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == wanted["sha256"], "other data: measure and pin again"
    result = measured(path)
    assert result["spans out of range"] == 0
    low = {k: figure(result, k) for k, floor in wanted["floors"].items() if figure(result, k) < floor}
    assert not low, f"below the floor: {low}"
