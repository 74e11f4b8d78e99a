"""A document that does harm is set aside with its reason, and the rest goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpora import document, lines
from tabled import made, rows

HARM = {
    "LOOP": ("time", "longer than 2 seconds (--seconds allows more)"),
    "SLEEP": ("time", "longer than 2 seconds"),
    "EXIT": ("crash", "exit code 7"),
    "CRASH": ("crash", "SIGSEGV"),
    "EAT": ("memory", "more than 400 MiB of memory (--memory allows more)"),
    "RAISE": ("crash", "KeyError"),
}


def harmful(number: int, what: str) -> dict:
    one = document(number)
    return {**one, "id": f"harm-{what}-{number}", "text": f"{one['text']}\n\nPLEASE {what}"}


@pytest.mark.parametrize("what", sorted(HARM))
def test_one_harmful_document_is_set_aside_alone(tmp_path, evil, what):
    given = lines(tmp_path / "news.jsonl", 4, more=[harmful(50, what), document(51), document(52)])
    counts = made(given, tmp_path / "out", engine="evil", seconds=2 if HARM[what][0] == "time" else 60, memory=400)
    (problem,) = rows(tmp_path / "out" / "problems")
    kind, why = HARM[what]
    assert (problem["kind"], why in problem["problem"]) == (kind, True), problem
    assert problem["source"] == f"harm-{what}-50"
    assert given.read_bytes()[problem["place"] :].startswith(b'{"id": "harm-')
    assert counts["documents"] == 6
    assert [d["source"] for d in rows(tmp_path / "out" / "documents")][-2:] == ["news-00000051", "news-00000052"]


def test_the_time_of_a_document_is_the_processor_s(tmp_path, evil):
    waits = {**document(50), "text": f"{document(50)['text']}\n\nPLEASE WAIT 5"}
    given = lines(tmp_path / "news.jsonl", 1, more=[waits, document(51)])
    counts = made(given, tmp_path / "out", engine="evil", seconds=3)
    assert (counts["documents"], counts["problems"]) == (3, 0)


def test_many_harmful_documents_in_two_processes(tmp_path, evil):
    more = [harmful(100 + n, what) if n % 3 else document(200 + n) for n, what in enumerate(sorted(HARM) * 2)]
    given = lines(tmp_path / "news.jsonl", 20, more=more)
    counts = made(given, tmp_path / "out", engine="evil", seconds=2, memory=400, processes=2, shard=0.02)
    assert counts["problems"] == 8
    assert counts["documents"] == 24


def test_what_an_engine_prints_is_no_answer(tmp_path, evil):
    counts = made(lines(tmp_path / "news.jsonl", 1, more=[harmful(5, "PRINT")]), tmp_path / "out", engine="evil")
    assert (counts["documents"], counts["problems"]) == (2, 0)


def test_an_input_that_cannot_be_read_on_is_told_once(tmp_path, monkeypatch):
    import gzip

    packed = gzip.compress(b"".join(json.dumps(document(n)).encode() + b"\n" for n in range(30)))
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    counts = made(tmp_path / "cut.jsonl.gz", tmp_path / "out")
    (problem,) = rows(tmp_path / "out" / "problems")
    assert "breaks off" in problem["problem"]
    assert 0 < counts["documents"] < 30


def test_a_document_whose_process_is_ended_for_another_s_sake_is_done_once_more(tmp_path, evil):
    once = {**document(50), "text": f"{document(50)['text']}\n\nPLEASE DIE ONCE {tmp_path / 'died'}"}
    counts = made(lines(tmp_path / "news.jsonl", 2, more=[once, document(51)]), tmp_path / "out", engine="evil")
    assert (tmp_path / "died").exists()
    assert (counts["documents"], counts["problems"]) == (4, 0)


@pytest.mark.parametrize("packing", ["xz", "bz2", "gz"])
def test_a_damaged_input_costs_no_other_input(tmp_path, packing):
    import bz2
    import gzip
    import lzma

    packs = {"xz": lzma.compress, "bz2": bz2.compress, "gz": gzip.compress}
    packed = bytearray(packs[packing](b"".join(json.dumps(document(n)).encode() + b"\n" for n in range(9))))
    packed[900:940] = bytes(40)
    (tmp_path / f"a.jsonl.{packing}").write_bytes(packed)
    counts = made([tmp_path / f"a.jsonl.{packing}", lines(tmp_path / "b.jsonl", 3, 50)], tmp_path / "out")
    assert [d["source"] for d in rows(tmp_path / "out" / "documents")][-3:] == [document(n)["id"] for n in (50, 51, 52)]
    told = rows(tmp_path / "out" / "problems")
    assert counts["problems"] == len(told) and "breaks off" in told[-1]["problem"]


STORE = """
import os
from fsspec.implementations.memory import MemoryFileSystem

class Deadly(MemoryFileSystem):
    protocol = "deadly"

    def info(self, path, **more):
        return {"name": "news.jsonl", "size": 4000, "type": "file"}

    def isdir(self, path):
        return False

    def _open(self, path, mode="rb", **more):
        os._exit(7)
"""


def test_an_input_that_ends_the_process_costs_no_other_input(tmp_path, evil):
    (evil / "deadly.py").write_text(STORE)
    with (evil / "evil-1.0.dist-info" / "entry_points.txt").open("a") as file:
        file.write("[fsspec.specs]\ndeadly = deadly:Deadly\n")
    import fsspec

    fsspec.process_entries()
    given = [lines(tmp_path / "a.jsonl", 2), "deadly://news.jsonl", lines(tmp_path / "b.jsonl", 3, 50)]
    counts = made(given, tmp_path / "out")
    there = [d["source"] for d in rows(tmp_path / "out" / "documents")]
    assert there == [document(n)["id"] for n in (0, 1, 50, 51, 52)]
    (problem,) = rows(tmp_path / "out" / "problems")
    assert (problem["file"], problem["kind"], counts["problems"]) == ("news.jsonl", "crash", 1)
    assert "what follows it in this input" in problem["problem"]


def test_no_process_is_left_when_the_run_is_killed(tmp_path, evil):
    given = lines(tmp_path / "news.jsonl", 2, more=[harmful(n, "LOOP") for n in range(6)])
    told = [sys.executable, "-m", "vivavoce", "corpus", str(given), "--out", "out", "--tables", "quotes",
            "--engine", "evil", "--processes", "2", "--shard", "0.003"]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    run = subprocess.Popen(told, cwd=tmp_path, env=env)
    try:
        children = waited(lambda: offspring(run.pid))
        time.sleep(4)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert waited(lambda: not any(alive(pid) for pid in children)), "a child outlived the run"
    finally:
        run.kill()


def offspring(pid: int) -> list[int]:
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    own = [int(p) for p in done.stdout.split()]
    return own + [c for p in own for c in offspring(p)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"


def waited(true, seconds: float = 20.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := true():
            return found
        time.sleep(0.1)
    return true()
