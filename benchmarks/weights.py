"""What each kind of evidence weighs that two tellings are of one event: learned from archives whose events are known.

    python benchmarks/weights.py [ARCHIVE...] [--write]

An archive is a folder with `sources/` and `gold.json` (its `moments`: who tells of each event, where; `small_talk`:
what is of none); without any, tests/archive, examples/saltmarsh and tests/yard, as far as they are there. Each is built
as a project is, and pairs of units are found as `gather` finds them. Logistic regression (Newton's method, with a small
penalty) is fitted to whether both are of one event, in two rounds as in `accounts/likely.py`. A pair of which one is in
no event that gold knows counts little, as not of one. Prints, for each archive, how well the finished moments hold its
events (B-cubed precision, recall, F1; near misses that share a moment; small talk that shares one with another teller)
by weights that were learned from the others, and from all; `--write` puts those of all into `accounts/weights.toml`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from math import exp
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from vivavoce import accounts, build
from vivavoce.accounts import likely, moments
from vivavoce.accounts.episodes import in_force
from vivavoce.accounts.evidence import KINDS, Stretch, stretches
from vivavoce.accounts.features import persons
from vivavoce.accounts.likely import AGAIN, Pair, Weights
from vivavoce.accounts.moments import featured, united
from vivavoce.model import Known, Moment, Passage, Person
from vivavoce.project import open_project

ROOT = Path(__file__).resolve().parent.parent
ARCHIVES = (ROOT / "tests" / "archive", ROOT / "examples" / "saltmarsh", ROOT / "tests" / "yard")
TARGET = ROOT / "src" / "vivavoce" / "accounts" / "weights.toml"
UNKNOWN = 0.1  # what a pair counts of which gold does not know both
PENALTY = 3.0
TOGETHER = 0.36  # how likely a unit must be, in the mean, of one event with those of a group to go there
STEPS = 40

Rows = dict[Pair, list[float]]


class Archive(NamedTuple):
    """The units of an archive, the events that each is of and those that are small talk; what `gather` is given, the
    texts of the sources, and gold."""

    name: str
    units: list[Stretch]
    events: list[frozenset[str]]
    small: frozenset[int]
    given: tuple[list[Passage], list[Person], Known]
    texts: dict[str, str]
    gold: Any


def read(folder: Path) -> Archive:
    """An archive, built in a folder of its own."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "archive"
        shutil.copytree(folder, home, ignore=shutil.ignore_patterns("out", ".vivavoce"))
        project = open_project(home)
        with patch.object(accounts, "gather", return_value=[]) as gather:
            build.update(project)
        given = gather.call_args.args
        texts = {s.path: s.text for s in build.history(project, "workbench", "2026-01-01").sources}
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    return annotated(folder.name, given, texts, gold)


def annotated(name: str, given: tuple[list[Passage], list[Person], Known], texts: dict[str, str], gold: Any) -> Archive:
    """The units of passages, with what gold says of each."""
    passages, people, known = given
    ordered = sorted(passages, key=lambda p: (p.source, p.spans, p.figure or ""))
    units = united(ordered, True, in_force(ordered, known.namings))
    home = {i: n for n, u in enumerate(units) for i in u.passages}

    def at(source: str, words: str) -> int | None:
        start = texts[source].find(words)
        end = start + len(words)
        hit = (
            i for i, p in enumerate(ordered) if p.source == source and any(a < end and b > start for a, b in p.spans)
        )
        return home.get(next(hit, -1))

    told = [(m["key"], at(a["source"], a["words"])) for m in gold["moments"] for a in m["accounts"]]
    events: dict[int, set[str]] = defaultdict(set)
    for key, n in told:
        if n is not None:
            events[n].add(key)
    small = {n for w in gold.get("small_talk", []) if (n := at(w["source"], w["words"])) is not None}
    members = [[ordered[i] for i in u.passages] for u in units]
    compared = stretches(members, featured(units, ordered, persons(people, ordered)))
    of = [frozenset(events[n]) for n in range(len(units))]
    return Archive(name, compared, of, frozenset(small), given, texts, gold)


def labelled(archive: Archive, rows: Rows) -> list[tuple[list[float], float, float]]:
    """The evidence of each pair, whether both are of one event (1 or 0), and how much that counts."""
    out = []
    for (i, j), x in rows.items():
        a, b = archive.events[i], archive.events[j]
        known = (a and b) or (a and j in archive.small) or (b and i in archive.small)
        if known or archive.units[i].source != archive.units[j].source:
            out.append((x, float(bool(a & b)), 1.0 if known else UNKNOWN))
    return out


def fitted(rows: list[tuple[list[float], float, float]]) -> Weights:
    """Logistic regression by Newton's method on standardised evidence; each weight but the constant is penalised."""
    size = len(rows[0][0])
    mean = [sum(x[k] for x, _, _ in rows) / len(rows) for k in range(size)]
    spread = [(sum((x[k] - mean[k]) ** 2 for x, _, _ in rows) / len(rows)) ** 0.5 or 1.0 for k in range(size)]
    scaled = [([(x[k] - mean[k]) / spread[k] for k in range(size)] + [1.0], y, c) for x, y, c in rows]
    w = [0.0] * (size + 1)
    for _ in range(STEPS):
        slope = [PENALTY * v for v in w[:-1]] + [0.0]
        curve = [[PENALTY * (a == b) * (a < size) for b in range(size + 1)] for a in range(size + 1)]
        for x, y, c in scaled:
            p = 1 / (1 + exp(-max(-30.0, min(30.0, sum(v * f for v, f in zip(w, x, strict=True))))))
            for a in range(size + 1):
                slope[a] += c * (p - y) * x[a]
                row, by = curve[a], c * p * (1 - p) * x[a]
                for b in range(a + 1):
                    row[b] += by * x[b]
        for a in range(size + 1):
            curve[a][a] += 1e-9
            for b in range(a):
                curve[b][a] = curve[a][b]
        step = solved(curve, slope)
        w = [v - s for v, s in zip(w, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    each = [w[k] / spread[k] for k in range(size)]
    return Weights(tuple(each), w[-1] - sum(each[k] * mean[k] for k in range(size)))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of linear equations (Gauss, with pivots)."""
    rows = [[*row, r] for row, r in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        for i in range(k + 1, len(rows)):
            by = rows[i][k] / rows[k][k]
            rows[i] = [x - by * y for x, y in zip(rows[i], rows[k], strict=True)]
    out = [0.0] * len(rows)
    for k in reversed(range(len(rows))):
        out[k] = (rows[k][-1] - sum(rows[k][i] * out[i] for i in range(k + 1, len(rows)))) / rows[k][k]
    return out


def learned(archives: list[Archive]) -> tuple[Weights, Weights]:
    """The weights of both rounds from archives."""
    given = [likely.first_evidence(a.units) for a in archives]
    first = fitted([row for a, rows in zip(archives, given, strict=True) for row in labelled(a, rows)])
    again = [second(a, rows, first) for a, rows in zip(archives, given, strict=True)]
    return first, fitted([row for a, rows in zip(archives, again, strict=True) for row in labelled(a, rows)])


def second(archive: Archive, rows: Rows, first: Weights) -> Rows:
    """The evidence of the second round."""
    return likely.second_evidence(archive.units, rows, {pair: likely.likely(x, first) for pair, x in rows.items()})


class Score(NamedTuple):
    """How well moments hold an archive's events: B-cubed, near misses that share a moment and how many there are, the
    same of small talk that shares one with another teller."""

    precision: float
    recall: float
    f1: float
    near: str
    small: str


def score(archive: Archive, weights: tuple[Weights, Weights]) -> Score:
    """The score of the moments that `gather` finds by weights."""
    by = (*weights, TOGETHER)
    with patch.object(likely, "weights", return_value=by), patch.object(moments, "weights", return_value=by):
        found = accounts.gather(*archive.given)
    home = homes(archive, found)
    items = [(m["key"], home(a)) for m in archive.gold["moments"] for a in m["accounts"]]
    items = [(key, there or f"none {n}") for n, (key, there) in enumerate(items)]
    both, gold, ours = Counter(items), Counter(k for k, _ in items), Counter(n for _, n in items)
    precision = sum(both[x] / ours[x[1]] for x in items) / len(items)
    recall = sum(both[x] / gold[x[0]] for x in items) / len(items)
    ids: dict[str, set[str]] = defaultdict(set)
    for key, there in items:
        ids[key].add(there)
    near = [bool(ids[x["a"]] & ids[x["b"]]) for x in archive.gold.get("apart", [])]
    tellers = {m.id: len({(a.source, a.person and a.person.id) for a in m.accounts}) for m in found}
    small = [tellers.get(home(w), 0) > 1 for w in archive.gold.get("small_talk", [])]
    f1 = 2 * precision * recall / (precision + recall)
    return Score(precision, recall, f1, f"{sum(near)} of {len(near)}", f"{sum(small)} of {len(small)}")


def homes(archive: Archive, found: list[Moment]) -> Callable[[Any], str]:
    """Words of gold -> the id of the moment that they stand in, or ""."""
    at = [(a.source, *s, m.id) for m in found for a in m.accounts for s in a.spans]

    def home(told: Any) -> str:
        start = archive.texts[told["source"]].find(told["words"])
        end = start + len(told["words"])
        return next((i for source, a, b, i in at if source == told["source"] and a < end and b > start), "")

    return home


def written(weights: tuple[Weights, Weights], names: list[str]) -> str:
    """The weights as a file."""
    lines = [
        "# What each kind of evidence weighs that two units of telling are of one event (`evidence.py`, `likely.py`).",
        f"# Made by `python benchmarks/weights.py --write` from {', '.join(names)}; not to be edited.",
        f"together = {TOGETHER}",
    ]
    for part, kinds, w in (("first", KINDS, weights[0]), ("second", AGAIN, weights[1])):
        lines += ["", f"[{part}]", f"constant = {w.constant:.3f}"]
        lines += [f'"{kind}" = {x:.3f}' for kind, x in zip(kinds, w.each, strict=True)]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", nargs="*", type=Path, default=list(ARCHIVES))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    read_in = [read(folder) for folder in args.archives if folder.is_dir()]
    everything = learned(read_in)
    print("archive       learned from   precision  recall     F1  near misses  small talk")
    for held_out in read_in:
        others = [a for a in read_in if a is not held_out]
        for name, weights in (("the others", learned(others) if others else None), ("all", everything)):
            if weights:
                s = score(held_out, weights)
                print(
                    f"{held_out.name:14}{name:14}{s.precision:10.3f}{s.recall:8.3f}{s.f1:7.3f}{s.near:>13}{s.small:>12}"
                )
    if args.write:
        TARGET.write_text(written(everything, [a.name for a in read_in]), "utf-8")
        print(f"{TARGET.relative_to(ROOT)} is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
