"""The memory that a corpus takes does not grow with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from corpora import lines

ARGS = ["--tables", "people", "--processes", "2", "--shard", "0.25"]


def peak(tmp_path: Path, count: int) -> dict[str, float]:
    """Megabytes of the largest process of each kind, while so many documents are done."""
    given, out = lines(tmp_path / f"{count}.jsonl", count), tmp_path / f"out{count}"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    told = [sys.executable, "-m", "vivavoce", "corpus", str(given), "--out", str(out), *ARGS]
    run = psutil.Popen(told, env=env, stderr=subprocess.DEVNULL)
    most: dict[str, float] = {}
    watch = threading.Thread(target=watched, args=(run, most))
    watch.start()
    assert run.wait(timeout=3000) == 0
    watch.join()
    return most


def watched(run: psutil.Popen, most: dict[str, float]) -> None:
    while run.is_running() and run.status() != psutil.STATUS_ZOMBIE:
        try:
            for one in (run, *run.children(recursive=True)):
                kind = (
                    "child" if "vivavoce.corpus.child" in one.cmdline() else "run" if one.pid == run.pid else "worker"
                )
                most[kind] = max(most.get(kind, 0.0), one.memory_info().rss / 1e6)
        except psutil.Error:
            continue
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("few", "many"), [(200, 900), pytest.param(2000, 20_000, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_more_documents_take_no_more_memory(tmp_path, few, many):
    first, second = peak(tmp_path, few), peak(tmp_path, many)
    print({kind: (round(first[kind]), round(second[kind])) for kind in first})
    for kind, before in first.items():
        assert second[kind] < before * 1.15 + 10, kind
