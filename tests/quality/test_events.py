"""Which news texts tell of the same happening, and which of their words of the same event: floors that only go up."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "events" / "news.dev.jsonl"
WANTED = json.loads((Path(__file__).parent / "floors.json").read_text())["events"]


def test_happenings_and_events_of_the_news_are_told_apart():
    if not DATA.exists():
        return  # the annotated sets are not part of the project
    assert hashlib.sha256(DATA.read_bytes()).hexdigest() == WANTED["sha256"], "other data: measure and pin again"
    command = [sys.executable, ROOT / "benchmarks" / "events.py", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=280)
    result = json.loads(done.stdout)
    print(result)
    low = {k: result[k] for k, floor in WANTED["floors"].items() if result[k] < floor}
    assert not low, f"below the floor: {low}"
    assert result["CoNLL F1"] > result["CoNLL F1, last word alone"] + 10
