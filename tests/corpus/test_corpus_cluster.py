"""The same steps, unchanged, on a cluster: the same tables."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import distributed
import pytest
from corpora import document, lines
from tabled import command, files, made, rows

from vivavoce import workers
from vivavoce.errors import UsageError, VivavoceError


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, processes=True
    ) as found:
        yield found


def address(cluster) -> str:
    return cluster.scheduler_address.replace("tcp://", "dask://")


def test_a_cluster_gives_the_same_bytes_as_this_machine(tmp_path, cluster):
    given = lines(tmp_path / "news.jsonl", 50, more=["{broken"])
    here = made(given, tmp_path / "here", tables="moments", shard=0.02)
    there = made(given, tmp_path / "there", address(cluster), tables="moments", shard=0.02)
    assert here == there
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_a_harmful_document_costs_the_cluster_no_worker(tmp_path, cluster, evil):
    before = set(cluster.scheduler_info["workers"])
    harm = {**document(9), "id": "harm", "text": document(9)["text"] + " PLEASE CRASH"}
    given = lines(tmp_path / "news.jsonl", 6, more=[harm])
    with distributed.Client(cluster, set_as_default=False) as client:
        client.run(exec, f"import sys; sys.path.insert(0, {str(evil)!r})", {})
        counts = made(given, tmp_path / "out", address(cluster), engine="evil")
        client.run(exec, f"import sys; sys.path.remove({str(evil)!r})", {})
    assert (counts["documents"], counts["problems"]) == (6, 1)
    assert rows(tmp_path / "out" / "problems")[0]["source"] == "harm"
    assert set(cluster.scheduler_info["workers"]) == before


def test_an_engine_that_the_cluster_lacks_is_told(tmp_path, cluster, evil):
    with pytest.raises(UsageError, match="There is no engine “evil”"):
        made(lines(tmp_path / "news.jsonl", 3), tmp_path / "out", address(cluster), engine="evil")


def test_a_worker_that_is_lost_costs_nothing(tmp_path, cluster):
    given = lines(tmp_path / "news.jsonl", 120)
    made(given, tmp_path / "here", shard=0.02)
    with distributed.Client(cluster, set_as_default=False) as client:
        pid = next(iter(client.run(os.getpid).values()))
    threading.Thread(target=lambda: (time.sleep(1.5), os.kill(pid, signal.SIGKILL))).start()
    made(given, tmp_path / "there", address(cluster), shard=0.02)
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_what_was_begun_here_is_ended_on_a_cluster(tmp_path, cluster):
    given = lines(tmp_path / "news.jsonl", 60)
    made(given, tmp_path / "whole", shard=0.02)
    made(given, tmp_path / "out", shard=0.02)
    journal = tmp_path / "out" / ".work" / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(True)[:4]))
    made(given, tmp_path / "out", address(cluster), shard=0.02)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_every_thing_is_done_once(cluster):
    mapped = workers.place(address(cluster))
    assert sorted(mapped(abs, range(-40, 0), [1] * 40)) == list(range(1, 41))


def test_the_worker_command_that_the_docs_name_is_there():
    done = subprocess.run([sys.executable, "-m", "distributed.cli.dask_scheduler", "--help"], check=False,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0


def started(*args) -> subprocess.Popen:
    """A part of a cluster as a process."""
    command = [sys.executable, "-m", f"distributed.cli.{args[0]}", *args[1:], "--no-dashboard"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ended(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_scheduler_that_is_lost_is_told_in_a_sentence_and_the_run_goes_on_here(tmp_path):
    at = f"127.0.0.1:{port()}"
    scheduler = started("dask_scheduler", "--host", "127.0.0.1", "--port", at.rpartition(":")[2])
    worker = started("dask_worker", at, "--nthreads", "1", "--local-directory", str(tmp_path / "space"))
    given = ["corpus", lines(tmp_path / "news.jsonl", 90), "--tables", "quotes", "--shard", "0.01", "--out"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    told = [sys.executable, "-m", "vivavoce", *map(str, given), "out", "--on", f"dask://{at}"]
    try:
        run = subprocess.Popen(told, cwd=tmp_path, stderr=subprocess.PIPE, env=env)
        journal = tmp_path / "out" / ".work" / "journal.jsonl"
        until = time.monotonic() + 60
        while not (journal.exists() and journal.stat().st_size > 300) and time.monotonic() < until:
            time.sleep(0.02)
        ended(scheduler)
        said = run.communicate(timeout=60)[1].decode()
    finally:
        ended(worker)
    assert run.returncode == 5, said
    assert "The dask scheduler is gone" in said
    assert "Traceback" not in said
    assert command(*given, "out", cwd=tmp_path).returncode == 0
    assert command(*given, "whole", cwd=tmp_path).returncode == 0
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_cluster_without_workers_is_told(tmp_path, monkeypatch):
    at = f"127.0.0.1:{port()}"
    scheduler = started("dask_scheduler", "--host", "127.0.0.1", "--port", at.rpartition(":")[2])
    monkeypatch.setattr(workers, "PATIENCE", 1)
    try:
        with pytest.raises(VivavoceError, match=f"No worker has come to {at}"):
            made(lines(tmp_path / "news.jsonl", 3), tmp_path / "out", f"dask://{at}")
    finally:
        ended(scheduler)
