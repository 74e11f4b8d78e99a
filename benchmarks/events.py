"""Which news texts tell of the same happening, and which words in them of the same event.

    python benchmarks/events.py [DATA] [--json] [--out FILE]

The texts of ../shared/data/events/news.dev.jsonl are built as one project is: written as files, read, gathered into
moments. Two documents tell of one happening where most of what they tell stands in the same moment (`main`), or where
any moment is shared, by them or through others (`shared`); scored by V-measure and the adjusted Rand index, the number
of happenings not given. Mentions of events are put together where their documents tell of one happening and their last
words have one root; scored by ../shared/tools/score_events.py (CoNLL F1), beside the last word alone, over the whole
set. `--json` prints the figures as one object; `--out FILE` writes the predicted mentions. One command, one table; says
in a sentence when the data are not there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import comb, log
from pathlib import Path
from typing import Any

from vivavoce import build
from vivavoce.accounts.words import stem
from vivavoce.model import Moment
from vivavoce.project import open_project

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
DATA = SHARED / "data" / "events" / "news.dev.jsonl"
SCORER = SHARED / "tools" / "score_events.py"

LEAST = 4  # letters that an ending leaves of a word

Row = dict[str, Any]


def file_of(row: Row) -> str:
    """The name of a document's file: its id without what a file's name may not hold."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in row["id"]) + ".txt"


def moments(rows: list[Row]) -> list[Moment]:
    """The moments of a project that has the documents for its sources."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        sources.mkdir()
        for row in rows:
            (sources / file_of(row)).write_text(row["text"], "utf-8")
        (Path(folder) / "vivavoce.toml").write_text('title = "News"\n', "utf-8")
        project = open_project(Path(folder))
        build.update(project)
        return list(build.history(project, "workbench", "2026-01-01").moments)


def main_moments(rows: list[Row], found: list[Moment]) -> list[str]:
    """The moment that most of each document's words stand in, or a name of its own where none does."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for moment in found:
        for account in moment.accounts:
            told[account.source][moment.id] += sum(b - a for a, b in account.spans)
    best = {path: max(sorted(words), key=lambda i: words[i]) for path, words in told.items()}
    return [best.get(file_of(row), f"none {row['id']}") for row in rows]


def shared_moments(rows: list[Row], found: list[Moment]) -> list[str]:
    """The first moment that each document is tied to by moments that documents share."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for moment in found:
        for account in moment.accounts:
            parent[root(account.source)] = root(moment.id)
    return [root(file_of(row)) for row in rows]


def entropy(counts: Iterable[int]) -> float:
    rows = list(counts)
    return -sum(n / sum(rows) * log(n / sum(rows)) for n in rows)


def scores(found: list[str], meant: list[str]) -> tuple[float, float]:
    """V-measure and adjusted Rand index."""
    both, ours, theirs = Counter(zip(found, meant, strict=True)), Counter(found), Counter(meant)
    mutual = entropy(ours.values()) + entropy(theirs.values()) - entropy(both.values())
    homogeneous, complete = mutual / entropy(theirs.values()), mutual / entropy(ours.values())
    pairs, a, b = (sum(comb(n, 2) for n in c.values()) for c in (both, ours, theirs))
    chance = a * b / comb(len(found), 2)
    return 2 * homogeneous * complete / (homogeneous + complete), (pairs - chance) / ((a + b) / 2 - chance)


def predicted(rows: list[Row], key: Callable[[int, str], str]) -> list[str]:
    """The lines of predicted mentions. `key`: the cluster of a mention, from its document's number and its last word,
    folded."""
    lines = []
    for n, row in enumerate(rows):
        for m in row["mentions"]:
            if m.get("kind", "event") == "event":
                last = (row["text"][m["start"] : m["end"]].casefold().split() or [""])[-1]
                line = {"id": row["id"], "start": m["start"], "end": m["end"], "cluster": key(n, last)}
                lines.append(json.dumps(line, ensure_ascii=False))
    return lines


def root(word: str) -> str:
    """A folded word's stem without the endings that make a noun of a deed: "nominated", "nomination" are one."""
    stemmed = stem(word)
    for ending in ("ation", "ition", "ment", "ion", "al", "er", "or", "at"):
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= LEAST:
            return stemmed[: -len(ending)]
    return stemmed


def conll(data: Path, lines: list[str], out: Path | None = None) -> float:
    """The CoNLL F1 of predicted mentions, 0 to 100."""
    with tempfile.TemporaryDirectory() as folder:
        path = out or Path(folder) / "predicted.jsonl"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        done = subprocess.run(
            [sys.executable, SCORER, data, path, "--json"], capture_output=True, text=True, check=True, timeout=300
        )
    return 100 * float(json.loads(done.stdout)["CoNLL"])


def measured(data: Path, out: Path | None = None) -> dict[str, float]:
    """All figures of a set of annotated documents."""
    rows = [json.loads(line) for line in data.read_text("utf-8").splitlines() if line.strip()]
    found = moments(rows)
    meant = [row["subtopic"] for row in rows]
    main, shared = main_moments(rows, found), shared_moments(rows, found)
    (v, rand), (v_shared, rand_shared) = scores(main, meant), scores(shared, meant)
    return {
        "happenings": len(set(main)),
        "V-measure": v,
        "adjusted Rand": rand,
        "happenings, shared": len(set(shared)),
        "V-measure, shared": v_shared,
        "adjusted Rand, shared": rand_shared,
        "CoNLL F1": conll(data, predicted(rows, lambda n, word: f"{main[n]} {root(word)}"), out),
        "CoNLL F1, last word alone": conll(data, predicted(rows, lambda _, word: word)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if not args.data.is_file() or not SCORER.is_file():
        missing = SCORER if args.data.is_file() else args.data
        print(f"{missing} is not there: what is measured on is not part of the project.", file=sys.stderr)
        return 5
    result = measured(args.data, args.out)
    if args.json:
        print(json.dumps(result))
        return 0
    for name, figure in result.items():
        print(f"{name:26} {figure:6.3f}" if figure <= 1 else f"{name:26} {figure:6.1f}".removesuffix(".0"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
