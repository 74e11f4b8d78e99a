"""How the cost of a corpus grows: `python benchmarks/corpus.py [--documents 1000 10000 100000] [--tables people]`.

Documents are made of templates of ours (tests/corpus/corpora.py), as long as news is and with as much quotation. For
each number of them: seconds here, and (with --dask) on a dask cluster on this machine in the same run; processor
seconds of all processes, which tell the work however busy the machine is; the memory of the largest process; the size
of the tables. A million: --documents 1000000; --keep FOLDER leaves what was written there, and takes the documents up
again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, nullcontext
from itertools import product
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "corpus"))
HEAD = "| documents | tables | where | seconds | documents/s | processor s | largest process MB | tables MB |"


class Run(NamedTuple):
    """What a run took: seconds, processor seconds of all processes of this machine, MB of the largest."""

    seconds: float
    processor: float
    memory: float


def written(path: Path, count: int) -> tuple[int, float, float]:
    """Write so many documents: bytes, and characters and words of the one in the middle."""
    from corpora import document

    if not path.exists():
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(document(n), ensure_ascii=False) + "\n" for n in range(count))
        fresh.replace(path)
    lengths = sorted((len(t), len(t.split())) for t in (document(n)["text"] for n in range(min(count, 2000))))
    return path.stat().st_size, *lengths[len(lengths) // 2]


def run(given: Path, out: Path, tables: str, where: str, processes: int) -> Run:
    """One run of the command, on a cluster of as many workers where it is to be "dask"."""
    command = [sys.executable, "-m", "vivavoce", "corpus", str(given), "--out", str(out), "--tables", tables]
    with cluster(processes) if where == "dask" else nullcontext("here") as address, watched() as seen:
        begun = time.perf_counter()
        subprocess.run(
            [*command, "--on", address, "--processes", str(processes)], check=True, stderr=subprocess.DEVNULL
        )
        seconds = time.perf_counter() - begun
    return Run(seconds, sum(t for t, _ in seen.values()), max(m for _, m in seen.values()))


@contextmanager
def watched():
    """What every process below this one takes while it is looked at, once a second: processor seconds and the
    most memory (MB), by process. A process that ends another does not always wait for it, so that the system's own
    sums leave some out."""
    seen, over = {}, threading.Event()

    def look():
        while not over.wait(1.0):
            parents = {p.name: told for p in Path("/proc").iterdir() if p.name.isdigit() and (told := one(p.name))}
            for pid, (_, spent, most) in parents.items():
                if below(pid, parents):
                    seen[pid] = tuple(map(max, (spent, most), seen.get(pid, (0.0, 0.0))))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join()


def one(pid):
    """A process: its parent, processor seconds, most memory in MB; None if it is gone."""
    try:
        rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        most = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None
    ticks = os.sysconf("SC_CLK_TCK")
    return rest[1], (int(rest[11]) + int(rest[12])) / ticks, int(most[1]) / 1000 if most else 0.0


def below(pid, parents):
    """Whether a process is this one's, or one of its children's."""
    while pid in parents:
        pid = parents[pid][0]
        if pid == str(os.getpid()):
            return True
    return False


@contextmanager
def cluster(workers: int):
    """A dask cluster on this machine: its address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as found:
        yield found.scheduler_address.replace("tcp://", "dask://")


def one_by_one(count: int) -> None:
    """Print processor milliseconds a document, in one process, without starting and writing."""
    from corpora import document

    from vivavoce.corpus.digest import digested
    from vivavoce.corpus.values import Document, Settings

    texts = [document(n) for n in range(count)]
    plain = [Document(d["id"], "news", data=d["text"].encode(), told={"date": d["date"]}) for d in texts]
    pages = [Document(d["id"], "news", data=page(d).encode(), format="html") for d in texts]
    print("| of each document | processor ms |\n|---|---|")
    for name, given, tables in (
        ("text: quotations", plain, "quotes"),
        ("web page: quotations", pages, "quotes"),
        ("text: quotations, people", plain, "people"),
        ("text: quotations, people, what moments are made of", plain, "moments"),
    ):
        digested(given[0], Settings(tables=tables))
        begun = time.process_time()
        for one in given:
            digested(one, Settings(tables=tables))
        print(f"| {name} | {(time.process_time() - begun) / count * 1000:.1f} |", flush=True)


def page(one: dict[str, str]) -> str:
    """A document as a web page, with what stands round an article."""
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(60))
    text = "".join(f"<p>{part}</p>" for part in one["text"].split("\n\n"))
    head = f"<title>{one['title']}</title><meta property='article:published_time' content='{one['date']}'>"
    article = f"<article><h1>{one['title']}</h1>{text}</article>"
    return f"<html><head>{head}</head><body><nav><ul>{links}</ul></nav>{article}<footer>{links}</footer></body></html>"


def size(out: Path) -> float:
    """Megabytes of the tables."""
    return sum(p.stat().st_size for p in out.rglob("part-*") if ".work" not in p.parts) / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--tables", nargs="+", default=["people"])
    parser.add_argument("--keep", metavar="FOLDER", help="leave documents and tables there")
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--each", action="store_true", help="only what each document costs, in one process")
    args = parser.parse_args()
    if args.each:
        one_by_one(min(args.documents))
        return
    from vivavoce.workers import cores

    processes = args.processes or cores()
    print(f"{processes} processes\n\n{HEAD}\n|{'---|' * 8}", flush=True)
    for count in args.documents:
        with nullcontext(args.keep) if args.keep else tempfile.TemporaryDirectory() as scratch:
            given = Path(scratch) / f"news-{count}.jsonl"
            bytes_, characters, words = written(given, count)
            for tables, where in product(args.tables, ("here", "dask") if args.dask else ("here",)):
                out = Path(scratch) / f"{tables}-{where}-{count}"
                shutil.rmtree(out, ignore_errors=True)
                told = run(given, out, tables, where, processes)
                cells = (f"{count:,}", tables, where, f"{told.seconds:,.1f}", f"{count / told.seconds:,.0f}",
                         f"{told.processor:,.0f}", f"{told.memory:,.0f}", f"{size(out):,.1f}")  # fmt: skip
                print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\nthe last: {bytes_ / 1e6:,.0f} MB; a document in the middle has {characters} characters, {words} words")


if __name__ == "__main__":
    main()
