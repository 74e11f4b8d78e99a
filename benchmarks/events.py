"""Which news texts tell of the same happening: documents grouped as accounts are, scored by the happenings that
../shared/data/events/news.dev.jsonl gives. One command, one table; says in a sentence when the data are not there."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from math import comb, log
from pathlib import Path

from vivavoce.accounts import passages
from vivavoce.accounts.clusters import clusters
from vivavoce.accounts.features import features_of, persons, vectors
from vivavoce.model import Block, Cast, Known, Passage, Source

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "events" / "news.dev.jsonl"


def told(path: str, text: str) -> list[Passage]:
    """The passages of a news text, all its own narration."""
    blocks = tuple(Block("body", m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    source = Source(path, "press", "txt", text, blocks)
    return passages(source, [], [], Cast(path), Known())


def entropy(counts: Iterable[int]) -> float:
    rows = list(counts)
    return -sum(n / sum(rows) * log(n / sum(rows)) for n in rows)


def scores(found: list[int], meant: list[str]) -> tuple[float, float]:
    """V-measure and adjusted Rand index."""
    both, ours, theirs = Counter(zip(found, meant, strict=True)), Counter(found), Counter(meant)
    mutual = entropy(ours.values()) + entropy(theirs.values()) - entropy(both.values())
    homogeneous, complete = mutual / entropy(theirs.values()), mutual / entropy(ours.values())
    pairs, a, b = (sum(comb(n, 2) for n in c.values()) for c in (both, ours, theirs))
    chance = a * b / comb(len(found), 2)
    return 2 * homogeneous * complete / (homogeneous + complete), (pairs - chance) / ((a + b) / 2 - chance)


def main() -> int:
    if not DATA.is_file():
        print(f"{DATA} is not there: the texts that are measured on are not part of the project.", file=sys.stderr)
        return 5
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    units = [told(row["id"], row["text"]) for row in rows]
    who = persons([], [p for unit in units for p in unit])
    features = vectors([features_of(unit, who) for unit in units])
    print("likeness  happenings  V-measure  adjusted Rand")
    for alike in (0.06, 0.08, 0.1, 0.12):
        groups = clusters(features, alike)
        home = {i: n for n, group in enumerate(groups) for i in group}
        v, rand = scores([home[i] for i in range(len(rows))], [row["subtopic"] for row in rows])
        print(f"{alike:8.2f}  {len(groups):10}  {v:9.3f}  {rand:13.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
