"""Everything that is claimed of speed and memory, in one table: each figure beside a peer or a limit of the same run.

    python benchmarks/bench.py [PART...] [--small] [--write]     (or: make bench)

Parts: quotes, start, build, search, traces, book, site. `--small` is a run of a minute, to see that all of it works.
`--write` writes the table into docs/performance.md, as benchmarks/performance.json and docs/pictures/performance.svg.
Wall and processor seconds and the peak memory are those of whole processes (all their children, too). A figure
without its peer says little of another machine: compare the ratios. The spaCy pipeline is measured where spaCy is
installed (`make bench` installs it).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = sys.executable
MB = 2**20


class Spent(NamedTuple):
    """Seconds on the clock, seconds of processors, and the most memory (bytes) of a process and its children."""

    wall: float
    cpu: float
    peak: int


class Row(NamedTuple):
    """A figure: what is measured (`of`), its value and unit, the `peer` (or a limit) and its value, and the peak memory
    in bytes (0: not measured)."""

    part: str
    of: str
    value: float
    unit: str
    peer: str
    beside: float
    peak: int = 0

    @property
    def ratio(self) -> float:
        """How many times the peer's value it is; of a limit, the part that is used or reached."""
        return self.value / self.beside


def spent(command: list[str], code: Path = ROOT / "src") -> Spent:
    """What a command takes, with the program in a folder; raises CalledProcessError where it fails."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    watch = [PYTHON, "-c", WATCHED, *command]
    done = subprocess.run(watch, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, env=ours(code))
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(wall, cpu, int(done.stdout.split()[-1]) * 1024)


# A process of its own around each command, so that the peak is that of this command alone.
WATCHED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def ours(code: Path) -> dict[str, str]:
    """The environment in which commands run: the code in a folder."""
    return {**os.environ, "PYTHONPATH": str(code)}


def best(command: list[str], runs: int = 3, code: Path = ROOT / "src") -> Spent:
    """The quickest of some runs."""
    return min(spent(command, code) for _ in range(runs))


def vivavoce(*words: str) -> list[str]:
    """A command of ours."""
    return [PYTHON, "-m", "vivavoce", *words]


# --- the parts ---------------------------------------------------------------------------------------------


def quotes(folder: Path, small: bool) -> Iterator[Row]:
    """`vivavoce quotes` beside reading the bytes, a regular expression, a spaCy pipeline, and its compiled build (where
    that can be made; a small run takes one that is there)."""
    import speed

    texts, part = folder / "texts", folder / "part"
    texts.mkdir()
    words = speed.written(texts, 60_000 if small else 2_000_000)
    every = f"for p in sorted(Path({str(texts)!r}).iterdir())"
    pattern = r"[\"“][^\"”]*[\"”]|\w+ said|said \w+"
    read = best(script(f"[p.read_bytes() {every}]"))
    scan = best(script(f"[re.findall(r'{pattern}', p.read_text()) {every}]"))
    found = best(vivavoce("quotes", str(texts), "--json"), 1 if small else 3)
    rate = words / found.wall
    yield Row("quotes", "whole command", rate, "words/s", "aim of 300,000", 300_000, found.peak)
    yield Row("quotes", "whole command", found.wall, "s", "reading the bytes", read.wall)
    yield Row("quotes", "whole command", found.wall, "s", "one regular expression", scan.wall)
    if code := speed.compiled(make=not small):
        quick = best(vivavoce("quotes", str(texts), "--json"), 1 if small else 3, code)
        yield Row("quotes", "compiled", words / quick.wall, "words/s", "aim of 300,000", 300_000, quick.peak)
        yield Row("quotes", "compiled", words / quick.wall, "words/s", "plain Python", rate)
    if find_spec("spacy"):
        part.mkdir()
        speed.written(part, 10_000 if small else 60_000)
        peer = [PYTHON, str(HERE / "peers" / "spacy_speed.py"), str(part)]
        many, seconds = map(float, subprocess.run(peer, capture_output=True, text=True, check=True).stdout.split())
        yield Row("quotes", "whole command", rate, "words/s", "a spaCy pipeline", many / seconds)


def script(work: str) -> list[str]:
    """A command that does one thing in Python."""
    return [PYTHON, "-c", f"import re; from pathlib import Path; {work}"]


def start(folder: Path, _: bool) -> Iterator[Row]:
    """Start-up beside Python's own."""
    one = folder / "one.txt"
    one.write_text("“The gate is open,” said Ida Fell.\n", "utf-8")
    nothing = best([PYTHON, "-c", "pass"], 5).wall
    for of, command in (("quotes --help", ("quotes", "--help")), ("quotes of one line", ("quotes", str(one)))):
        took = best(vivavoce(*command), 5)
        yield Row("start", of, took.wall, "s", "python -c pass", nothing, took.peak)


def build(folder: Path, small: bool) -> Iterator[Row]:
    """The first build, one where nothing changed, and one after a change, beside the words' `quotes`."""
    quay = by_path("site")
    home = folder / "quay"
    quay.written(home, *((40, 800) if small else (400, 10_000)))
    command = vivavoce("build", str(home), "--on", "2026-01-01")
    first = spent(command)
    found = spent(vivavoce("quotes", str(home / "sources"), "--json"))
    again = spent(command)
    quay.change(home)
    changed = spent(command)
    yield Row("build", "the first, with the site", first.wall, "s", "quotes of its sources", found.wall, first.peak)
    yield Row("build", "nothing changed", again.wall, "s", "the first build", first.wall, again.peak)
    yield Row("build", "one source changed", changed.wall, "s", "the first build", first.wall, changed.peak)


def by_path(name: str):  # type: ignore[no-untyped-def]
    """A benchmark of ours whose name is that of a module of Python."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(f"bench_{name}", HERE / f"{name}.py")
    made = module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(made)  # type: ignore[union-attr]
    return made


def search(folder: Path, small: bool) -> Iterator[Row]:
    """The search over ten million words beside reading them all, as `grep` would."""
    from vivavoce import archive

    home = folder / "search"
    home.mkdir()
    words = 300_000 if small else 10_000_000
    texts = list(spoken(words))
    connection = archive.connect(home)
    units = [archive.Unit(f"talk-{n // 500:04}.txt", n, n + 1, t, "turn") for n, t in enumerate(texts)]
    by_path_: dict[str, list[archive.Unit]] = {}
    for unit in units:
        by_path_.setdefault(unit.path, []).append(unit)
    archive.switch(connection, ((p, "1", b"[]", us) for p, us in by_path_.items()), {}, "1")
    whole = "\n".join(texts)
    begun = time.perf_counter()
    whole.count("w00017 w00003")
    scan = time.perf_counter() - begun
    took = sorted(timed(lambda q=q: archive.matches(connection, q, 20)) for q in asked(200))
    p50, p95 = quantiles(took, n=20)[9], quantiles(took, n=20)[18]
    size = f"{words:,} words"
    yield Row("search", f"{size}, median", p50 * 1000, "ms", "limit of 50 ms", 50)
    yield Row("search", f"{size}, 95 of 100", p95 * 1000, "ms", "limit of 150 ms", 150)
    yield Row("search", f"{size}, median", p50 * 1000, "ms", "one look through the text", scan * 1000)
    connection.close()


def spoken(words: int) -> Iterator[str]:
    """Stretches of sixty words, as often as words are in a language (Zipf)."""
    chance = random.Random(5)
    many = [f"w{n:05}" for n in range(30_000)]
    weights = [1 / (n + 3) for n in range(30_000)]
    for _ in range(words // 60):
        yield " ".join(chance.choices(many, weights, k=60))


def asked(count: int) -> list[str]:
    """Questions of one to three words, frequent and rare, and phrases."""
    chance = random.Random(9)
    out = []
    for n in range(count):
        picked = [f"w{int(30_000 * chance.random() ** 3):05}" for _ in range(1 + n % 3)]
        out.append(f'"{" ".join(picked)}"' if n % 5 == 4 else " ".join(picked))
    return out


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def traces(_: Path, small: bool) -> Iterator[Row]:
    """Quotations followed into transcripts beside exact search and rapidfuzz, as quotations a second."""
    import numpy as np

    peer = by_path("traces")
    count, words = (200, 60_000) if small else (2_300, 630_000)
    chance = np.random.default_rng(11)
    made = peer.made(peer.zipf(chance, words), count, chance)
    mine = count / timed(lambda: peer.ours(made, made.quotes))
    exact = 100 / timed(lambda: peer.exact(made, made.quotes[:100]))
    fuzzy = 10 / timed(lambda: peer.fuzzy(made, made.quotes[:10]))
    of = f"{count:,} in {words:,} words"
    yield Row("traces", of, count / mine, "s", "limit of 2 s", 2)
    yield Row("traces", of, mine, "quotations/s", "exact search, folded", exact)
    yield Row("traces", of, mine, "quotations/s", "rapidfuzz alignment", fuzzy)


def book(folder: Path, small: bool) -> Iterator[Row]:
    """Each edition of a book of a thousand blocks beside its limit."""
    import book as peer

    made = peer.long_book(100 if small else 1000)
    for name, seconds, _ in peer.timed(made, folder):
        limit = peer.FLOORS.get(name)
        if limit:
            yield Row("book", f"{len(made.notes):,} blocks to {name}", seconds, "s", f"limit of {limit:g} s", limit)


def site(folder: Path, small: bool) -> Iterator[Row]:
    """The site of a built project, whole and after one change, beside copying its files."""
    import shutil

    from vivavoce import build as way
    from vivavoce.project import open_project

    quay = by_path("site")
    home = folder / "shore"
    quay.written(home, *((40, 800) if small else (400, 10_000)))
    project = open_project(home)
    way.update(project)
    whole = timed(lambda: way.publish(project, "2026-01-01"))
    copied = timed(lambda: shutil.copytree(project.out / "site", folder / "copy"))
    quay.change(home)
    way.update(project)
    again = timed(lambda: way.publish(project, "2026-01-01"))
    yield Row("site", "the whole", whole, "s", "copying its files", copied)
    yield Row("site", "one source changed", again, "s", "the whole site", whole)


PARTS: dict[str, Callable[[Path, bool], Iterator[Row]]] = {
    "start": start, "quotes": quotes, "traces": traces, "build": build, "site": site, "search": search, "book": book,
}  # fmt: skip


# --- what is shown -----------------------------------------------------------------------------------------


def number(value: float) -> str:
    """Three figures that count, as people write them."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| | measured | | beside | | ratio | peak |", "|---|---:|---|---|---:|---:|---:|"]
    for r in rows:
        peak = f"{r.peak / MB:,.0f} MB" if r.peak else ""
        told = (f"{r.part}: {r.of}", number(r.value), r.unit, r.peer, number(r.beside), f"× {number(r.ratio)}", peak)
        lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def as_json(rows: list[Row]) -> str:
    """The rows as JSON."""
    return json.dumps([{**r._asdict(), "ratio": r.ratio} for r in rows], indent=1) + "\n"


def drawn(rows: list[Row]) -> str:
    """The limits as bars, in SVG: how much of each is used."""
    held = [r for r in rows if r.peer.startswith("limit")]
    height = 34 * len(held) + 40
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img" font-family="sans-serif"'
        ' font-size="13">',
        "<title>How much of each limit is used</title>",
        f'<rect width="760" height="{height}" fill="#fff"/>',
    ]
    for n, r in enumerate(held):
        y = 20 + 34 * n
        wide = min(r.ratio, 1.25) * 320
        out += [
            f'<text x="10" y="{y + 15}" fill="#222">{escape(r.part)}: {escape(r.of)}</text>',
            f'<rect x="330" y="{y}" width="320" height="20" fill="#eee"/>',
            f'<rect x="330" y="{y}" width="{wide:.1f}" height="20" fill="#2f6f8f"/>',
            f'<text x="740" y="{y + 15}" text-anchor="end" fill="#222">{r.ratio:.0%}</text>',
        ]
    return "\n".join([*out, "</svg>", ""])


def machine() -> str:
    """The machine in a few words."""
    import platform

    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{cores} cores, {memory:.0f} GB, Python {platform.python_version()}, load {load:.1f} at the start"


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    sys.path[:0] = [str(HERE), str(ROOT / "tests" / "quality")]
    where, rows = machine(), []
    if unknown := set(args.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for name in args.parts or PARTS:
        with tempfile.TemporaryDirectory() as scratch:
            rows += list(PARTS[name](Path(scratch), args.small))
        print(f"{name} is measured.", file=sys.stderr, flush=True)
    print(as_json(rows) if args.json else table(rows), end="")
    if args.write:
        written(rows, where)
    return 0


def written(rows: list[Row], where: str) -> None:
    """Put the table between the marks of docs/performance.md, and the picture and the JSON beside it."""
    page = ROOT / "docs" / "performance.md"
    text = page.read_text("utf-8")
    begin, end = "<!-- measured -->\n", "<!-- end -->"
    a, b = text.index(begin) + len(begin), text.index(end)
    page.write_text(f"{text[:a]}\n{where}.\n\n{table(rows)}\n{text[b:]}", "utf-8")
    (ROOT / "docs" / "pictures" / "performance.svg").write_text(drawn(rows), "utf-8")
    (HERE / "performance.json").write_text(
        json.dumps([{**r._asdict(), "ratio": r.ratio} for r in rows], indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
