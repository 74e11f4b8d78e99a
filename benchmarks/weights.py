"""What each kind of evidence weighs that an answer begins to tell of something else, and that two tellings are of one
event: learned from archives whose events are known.

    python benchmarks/weights.py [ARCHIVE...] [--write]

An archive is a folder with `sources/` and `gold.json` (its `moments`: who tells of each event, where; `small_talk`:
what is of none), and perhaps `stretches.json` (all that is told of each, word for word); without any, tests/archive,
examples/saltmarsh, tests/yard and tests/band, as far as they are there. Each is built as a project is. First it is
learned where answers turn to something else (`turns.py`), and the talks are cut so; then pairs of units are found as
`gather` finds them. Logistic regression (Newton's method, with a small penalty) is fitted to whether both are of one
event, in two rounds as in `accounts/likely.py`. A pair of which one is in no event that gold knows counts little, as
not of one. Prints, for each archive, how well the finished moments hold its events (B-cubed precision, recall, F1; near
misses that share a moment; small talk that shares one with another teller) by weights that were learned from the
others, and from all; `--write` puts those of all into `accounts/weights.toml`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import turns
from msgspec.structs import replace

from vivavoce import accounts, build
from vivavoce.accounts import likely, moments, turning
from vivavoce.accounts.episodes import in_force
from vivavoce.accounts.evidence import KINDS, Stretches, stretches
from vivavoce.accounts.features import persons
from vivavoce.accounts.kept import Kept
from vivavoce.accounts.likely import AGAIN, Pair, Weights
from vivavoce.accounts.moments import featured, united
from vivavoce.model import Attribution, Cast, Known, Moment, Passage, Person, PersonRef, Quote, Source
from vivavoce.project import open_project

ROOT = Path(__file__).resolve().parent.parent
ARCHIVES = (
    ROOT / "tests" / "archive",
    ROOT / "examples" / "saltmarsh",
    ROOT / "tests" / "yard",
    ROOT / "tests" / "band",
)
TARGET = ROOT / "src" / "vivavoce" / "accounts" / "weights.toml"
UNKNOWN = 0.1  # what a pair counts of which gold does not know both
PENALTY, PENALTY_TURNING = 3.0, 5.0
TOGETHER = 0.38  # how likely a unit must be, in the mean, of one event with those of a group to go there
STEPS = 40

Rows = dict[Pair, list[float]]
Cutting = tuple[Source, list[Quote], list[Attribution], Cast, Known]


class Archive(NamedTuple):
    """What of each source of an archive is cut into passages, and who is behind each figure; what else `gather` is
    given, the texts of the sources, and gold, with all that is told of its events, if that is known."""

    name: str
    cutting: list[Cutting]
    who: dict[tuple[str, str | None], PersonRef | None]
    people: list[Person]
    known: Known
    texts: dict[str, str]
    gold: Any
    stretches: Any


class Units(NamedTuple):
    """The passages and units of an archive, the events that each unit is of, and those that are small talk."""

    passages: list[Passage]
    units: Stretches
    events: list[frozenset[str]]
    small: frozenset[int]


class Learned(NamedTuple):
    """The weights of turning to something else, and of both rounds of joining."""

    turning: Weights
    first: Weights
    second: Weights


def read(folder: Path) -> Archive:
    """An archive, built in a folder of its own."""
    cutting: list[Cutting] = []
    passages = accounts.passages

    def noted(*given: Any) -> list[Passage]:
        if given[0].text:
            cutting.append(given)  # type: ignore[arg-type]
        return passages(*given)

    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "archive"
        shutil.copytree(folder, home, ignore=shutil.ignore_patterns("out", ".vivavoce", "make"))
        project = open_project(home)
        with (
            patch.object(accounts, "gather", return_value=[]) as gather,
            patch.object(accounts, "passages", noted),
            patch.object(turning, "weights", return_value=((0.0,) * len(turning.KINDS), 0.0)),
            patch.object(build.workers, "each", lambda step, things, *_, **__: map(step, things)),
        ):
            build.update(project)
        given, people, known = gather.call_args.args
        texts = {s.path: s.text for s in build.history(project, "workbench", "2026-01-01").sources}
    who = {(p.source, p.figure): p.person for p in given}
    gold, more = told(folder / "gold.json"), told(folder / "stretches.json")
    return Archive(folder.name, cutting, who, people, known, texts, gold, more)


def told(file: Path) -> Any:
    """What a file of an archive says is told, or None where it is not there."""
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def cut(archive: Archive, by: Weights) -> Units:
    """The units of an archive whose talks are cut by weights, with what gold says of each."""
    with patch.object(turning, "weights", return_value=(by.each, by.constant)):
        found = [p for given in archive.cutting for p in accounts.passages(*given)]
    ordered = sorted(
        (replace(p, person=archive.who.get((p.source, p.figure))) for p in found),
        key=lambda p: (p.source, p.spans, p.figure or ""),
    )
    units = united(ordered, True, in_force(ordered, archive.known.namings))
    home = {i: n for n, u in enumerate(units) for i in u.passages}

    def at(source: str, words: str) -> int | None:
        start = archive.texts[source].find(words)
        end = start + len(words)
        hit = (
            i for i, p in enumerate(ordered) if p.source == source and any(a < end and b > start for a, b in p.spans)
        )
        return home.get(next(hit, -1))

    events: dict[int | None, set[str]] = defaultdict(set)
    for m in archive.gold["moments"]:
        for a in m["accounts"]:
            events[at(a["source"], a["words"])].add(m["key"])
    small = frozenset(n for w in archive.gold.get("small_talk", []) if (n := at(w["source"], w["words"])) is not None)
    compared = stretches(featured(units, ordered, persons(archive.people, ordered), Kept()))
    return Units(ordered, compared, [frozenset(events[n]) for n in range(len(units))], small)


def labelled(archive: Units, rows: Rows) -> list[tuple[list[float], float, float]]:
    """The evidence of each pair, whether both are of one event (1 or 0), and how much that counts."""
    out = []
    for (i, j), x in rows.items():
        a, b = archive.events[i], archive.events[j]
        known = (a and b) or (a and j in archive.small) or (b and i in archive.small)
        if known or archive.units.at.source[i] != archive.units.at.source[j]:
            out.append((x, float(bool(a & b)), 1.0 if known else UNKNOWN))
    return out


def fitted(rows: list[tuple[list[float], float, float]], penalty: float = PENALTY) -> Weights:
    """Logistic regression by Newton's method on standardised evidence; each weight but the constant is penalised."""
    x, y, counts = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    less = np.full(scaled.shape[1], penalty)
    less[-1] = 0.0
    w = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(scaled @ w, -30, 30)))
        slope = scaled.T @ (counts * (p - y)) + less * w
        curve = (scaled.T * (counts * p * (1 - p))) @ scaled + np.diag(less + 1e-9)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    each = w[:-1] / spread
    return Weights(tuple(float(v) for v in each), float(w[-1] - each @ mean))


def learned(archives: list[Archive]) -> Learned:
    """The weights of turning and of both rounds from archives."""
    turns_ = fitted([row for a in archives for row in turning_rows(a)], PENALTY_TURNING)
    every = [cut(a, turns_) for a in archives]
    given = [likely.first_evidence(a.units) for a in every]
    first = fitted([row for a, rows in zip(every, given, strict=True) for row in labelled(a, rows)])
    again = [second(a, rows, first) for a, rows in zip(every, given, strict=True)]
    return Learned(
        turns_, first, fitted([row for a, rows in zip(every, again, strict=True) for row in labelled(a, rows)])
    )


def turning_rows(archive: Archive) -> list[turns.Row]:
    """The evidence of the answers of an archive's talks, and which begin something else."""
    those = turns.told(archive.texts, archive.gold, archive.stretches)
    talks = [given for given in archive.cutting if given[0].kind == "transcript"]
    return [
        row
        for s, quotes, by, *_ in talks
        for row in turns.rows(s, quotes, by, those.get(s.path, []), bool(archive.stretches))
    ]


def second(archive: Units, rows: Rows, first: Weights) -> Rows:
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


def score(archive: Archive, weights: Learned) -> Score:
    """The score of the moments that `gather` finds by weights."""
    by = (weights.first, weights.second, TOGETHER)
    given = cut(archive, weights.turning).passages
    with patch.object(likely, "weights", return_value=by), patch.object(moments, "weights", return_value=by):
        found = accounts.gather(given, archive.people, archive.known)
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


def written(weights: Learned, names: list[str]) -> str:
    """The weights as a file."""
    lines = [
        "# What each kind of evidence weighs that two units of telling are of one event (`evidence.py`, `likely.py`),",
        "# and that an answer begins to tell of something else (`turning.py`).",
        f"# Made by `python benchmarks/weights.py --write` from {', '.join(names)}; not to be edited.",
        f"together = {TOGETHER}",
    ]
    parts = (
        ("turning", turning.KINDS, weights.turning),
        ("first", KINDS, weights.first),
        ("second", AGAIN, weights.second),
    )
    for part, kinds, w in parts:
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
