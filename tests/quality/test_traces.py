"""Tracing has floors: quotations made from our transcripts, and from those of others where they lie beside the project,
are followed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import tracetask

from vivavoce import traces
from vivavoce.model import PersonRef, Quote, Source, Span, Trace, Turn, folded, slug

SHARED = Path(__file__).parents[3] / "shared"
TRANSCRIPTS = SHARED / "data" / "transcripts" / "podcasts.jsonl"
TOOL = SHARED / "tools" / "trace_task.py"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["traces"]
KINDS = ("fillers", "dropped", "replaced", "brackets", "ellipsis", "joined")
CELLS = tuple((rate, *size) for rate in (0.1, 0.2, 0.3, 0.4) for size in ((6, 12), (13, 30), (31, 60)))
SEED, COUNT = 29, 600
Row = dict[str, Any]

OURS = [1, 2, 3]  # seeds

beside = pytest.mark.skipif(
    not (TRANSCRIPTS.exists() and TOOL.exists()),
    reason="the transcripts and the task are no part of the project and do not lie beside it",
)


@pytest.fixture(scope="module")
def task() -> ModuleType:
    spec = importlib.util.spec_from_file_location("trace_task", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Made:
    """The task's maker with its transcripts, a tenth of them left out: what is quoted from those stands nowhere."""

    def __init__(self, task: ModuleType, seed: int) -> None:
        docs = [json.loads(line) for line in TRANSCRIPTS.read_text("utf-8").splitlines()]
        self.maker = m = task.Maker(docs, seed)
        ids = sorted(d for d in m.text if len(m.speakers[d]) >= 2 and m.by[d])
        self.left_out = m.r.sample(ids, len(ids) // 10)
        self.inside = [d for d in ids if d not in self.left_out]
        self.task = task

    def easy(self, count: int) -> list[Row]:
        m, rows = self.maker, []
        for i in range(count):
            if i % 2:
                rows.append(m.altered(KINDS[i // 2 % len(KINDS)], self.inside))
            else:
                doc, who, a, b, words = m.passage(self.inside)
                rows.append(m.row("verbatim", "as said", doc, who, words, [[a, b]]))
        for _ in range(count // 10):
            doc, who, a, b, words = m.passage(self.inside, low=10)
            other = m.r.choice(sorted(m.speakers[doc] - {who}))
            rows.append(m.row("misattributed", "other speaker", doc, other, words, [[a, b]]))
        return rows + self.nowhere(count // 5)

    def hard(self, count: int) -> list[Row]:
        rows = [self.maker.edited(*CELLS[i % len(CELLS)], self.inside) for i in range(count)]
        return rows + self.nowhere(count // 3)

    def nowhere(self, count: int) -> list[Row]:
        said = " ".join(self.task.norm(self.maker.text[d]) for d in self.inside)
        rows: list[Row] = []
        while len(rows) < count:
            doc, who, _, _, words = self.maker.passage(self.left_out, low=8)
            if self.task.norm(words) not in said:
                rows.append(self.maker.row("absent", "nowhere", doc, who, words, []))
        return rows

    def followed(self, rows: list[Row]) -> list[Trace]:
        """The traces of rows into the transcripts that were not left out."""
        heard = [self.transcript(d) for d in self.inside]
        said = [quoted(n, row) for n, row in enumerate(rows)]
        return traces.follow(said, [s for s, _ in heard], [q for _, turns in heard for q in turns])

    def transcript(self, doc: str) -> tuple[Source, list[Quote]]:
        """A transcript, and its turns as quotations."""
        text = self.maker.text[doc]
        turns, quotes = [], []
        for n, found in enumerate(self.task.TURN.finditer(text)):
            turns.append(Turn(found[1], (found.span(2),), *found.span(), name=found[1]))
            who = PersonRef(slug(found[1]), found[1])
            at = (found.span(2),)
            quotes.append(Quote(f"{doc}-{n}", doc, "turn", at, at, found[2], person=who, turn=n))
        return Source(doc, "transcript", "dialogue", text=text, turns=tuple(turns)), quotes


def quoted(n: int, row: Row) -> Quote:
    at: tuple[Span, ...] = ((0, len(row["quote"])),)
    who = PersonRef(slug(row["speaker"]), row["speaker"])
    return Quote(f"q{n}", "press/paper.txt", "direct", at, at, row["quote"], person=who)


def figures(made: Made, rows: list[Row], found: list[Trace]) -> dict[str, float]:
    """The share of each class that lies in the right place and has the right class, and the precision of what is said
    to be found. A place is right that overlaps by half, or where the same words stand."""
    told: dict[str, list[bool]] = defaultdict(list)
    for row, t in zip(rows, found, strict=True):
        hits = [
            any(p.source == row["doc"] and made.task.overlap(g, p.span) >= 0.5 for p in t.places) for g in row["at"]
        ]
        right = any(hits) or same_words(made, row, t)
        told[f"{row['class']} place"].append(right or (not row["at"] and not t.places))
        told[f"{row['class']} class"].append(t.cls == row["class"])
        if row["class"] == "spliced":
            told["both halves"].append(all(hits))
        if t.places:
            told["precision"].append(right)
    return {name: sum(each) / len(each) for name, each in told.items()}


def same_words(made: Made, row: Row, t: Trace) -> bool:
    if not t.places or not row["at"]:
        return False
    given, text = t.places[0], made.maker.text
    return made.task.norm(text[given.source][slice(*given.span)]) == made.task.norm(
        text[row["doc"]][slice(*row["at"][0])]
    )


@pytest.fixture(scope="module")
def given() -> list[Source]:
    return tracetask.ours()


@pytest.mark.parametrize("seed", OURS)
@pytest.mark.parametrize("name", ["usual", "hard"])
def test_no_figure_on_our_transcripts_falls_below_its_floor(name: str, seed: int, given: list[Source]) -> None:
    made = tracetask.Task(given, seed)
    rows = getattr(made, name)(COUNT)
    found = made.followed(rows)
    reached = made.figures(rows, found)
    print(name, seed, {k: round(v, 4) for k, v in reached.items()})
    low = {k: round(reached[k], 4) for k, floor in FLOORS["ours"][name].items() if reached[k] < floor}
    assert not low, f"below the floor: {low}"
    for row, t in zip(rows, found, strict=True):
        assert not t.places or traces.carried_out(t.places, t.edits, made.texts) == folded(row.text)


@beside
@pytest.mark.parametrize("name", ["easy", "hard"])
def test_no_figure_of_tracing_falls_below_its_floor(name: str, task: ModuleType) -> None:
    digest = hashlib.sha256(TRANSCRIPTS.read_bytes()).hexdigest()
    assert digest == FLOORS["sha256"], "other data: measure and pin again"
    made = Made(task, SEED)
    rows = getattr(made, name)(COUNT)
    reached = figures(made, rows, made.followed(rows))
    print(name, {k: round(v, 4) for k, v in reached.items()})
    floors = FLOORS[name]
    low = {k: round(reached[k], 4) for k, floor in floors.items() if reached[k] < floor}
    assert not low, f"below the floor: {low}"
