"""Stopped at any moment and started again, the tables are those of a run that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
from corpora import lines
from tabled import command, files, made

from vivavoce.errors import VivavoceError

ARGS = ["corpus", "news.jsonl", "--day", "2026-01-01", "--shard", "0.01"]


@pytest.mark.parametrize(("tables", "count"), [("quotes", 120), ("moments", 40)])
def test_killed_again_and_again_it_ends_as_if_undisturbed(tmp_path, tables, count):
    lines(tmp_path / "news.jsonl", count, more=["{broken"])
    whole = command(*ARGS, "--tables", tables, "--out", "whole", cwd=tmp_path)
    assert whole.returncode == 3, whole.stderr.decode()
    rng, kills = random.Random(5), 0
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    told = [sys.executable, "-m", "vivavoce", *ARGS, "--tables", tables, "--out", "killed"]
    while True:
        run = subprocess.Popen(told, cwd=tmp_path, env=env, stderr=subprocess.DEVNULL, start_new_session=True)
        enough = done(tmp_path / "killed") + rng.randint(1, 6)
        while run.poll() is None and done(tmp_path / "killed") < enough:
            time.sleep(0.01)
        time.sleep(rng.uniform(0.0, 0.1))
        if run.poll() is not None:
            break
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        kills += 1
    assert run.returncode == 3
    assert kills >= 2
    again = command(*ARGS, "--tables", tables, "--out", "killed", cwd=tmp_path)
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    assert not list((tmp_path / "killed").rglob("*.tmp"))
    assert again.stderr.decode().replace("killed", "whole").splitlines()[-2:] == whole.stderr.decode().splitlines()[-2:]


def done(out) -> int:
    """How many parts are noted as done."""
    journal = out / ".work" / "journal.jsonl"
    return journal.read_bytes().count(b"}}") if journal.exists() else 0


def test_what_is_done_is_not_done_again(tmp_path):
    given = lines(tmp_path / "news.jsonl", 30)
    made(given, tmp_path / "out", shard=0.02)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("part-*")}
    made(given, tmp_path / "out", shard=0.02, seconds=9)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("part-*")} == before


def test_a_part_that_was_not_noted_is_done_again_to_the_same_bytes(tmp_path):
    given = lines(tmp_path / "news.jsonl", 60)
    made(given, tmp_path / "out", shard=0.02)
    before = files(tmp_path / "out")
    journal = tmp_path / "out" / ".work" / "journal.jsonl"
    rows = journal.read_bytes()
    journal.write_bytes(rows[: len(rows) // 2])  # cut within a line
    made(given, tmp_path / "out", shard=0.02)
    assert files(tmp_path / "out") == before


def test_begun_on_one_day_it_goes_on_on_another(tmp_path):
    given = lines(tmp_path / "news.jsonl", 5)
    made(given, tmp_path / "out", day="2020-02-29")
    before = files(tmp_path / "out")
    made(given, tmp_path / "out", day="")
    assert files(tmp_path / "out") == before


def test_two_runs_at_once_do_not_write_one_folder(tmp_path):
    from vivavoce.corpus.journal import alone

    given = lines(tmp_path / "news.jsonl", 1)
    with alone(tmp_path / "out"):
        done = command("corpus", given, "--out", "out", "--tables", "quotes", cwd=tmp_path)
    assert done.returncode == 5
    assert b"by another run" in done.stderr


def test_stopped_by_hand_it_says_what_to_do(tmp_path):
    lines(tmp_path / "news.jsonl", 1000)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    told = [sys.executable, "-m", "vivavoce", *ARGS, "--tables", "quotes", "--out", "out"]
    # what a shell starts in the background ignores the signal, and hands that on: here it is heard
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    run = subprocess.Popen(
        told, cwd=tmp_path, env=env, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=hears
    )
    while not done(tmp_path / "out"):
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate(timeout=60)[1].decode()
    assert run.returncode == 5, said
    assert said.splitlines()[-1].startswith("Stopped."), said
    assert "Traceback" not in said


def test_a_system_that_cannot_keep_documents_apart_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with pytest.raises(VivavoceError, match="A corpus needs Linux or macOS"):
        made(lines(tmp_path / "news.jsonl", 1), tmp_path / "out")
