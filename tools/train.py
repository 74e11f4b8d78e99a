"""Fits what is learned from annotated documents: `make train`.

Reads ../shared/data, of it only what may train weights that ship (see src/vivavoce/people/weights/CARD.md), and
writes src/vivavoce/people/calibration.toml and src/vivavoce/people/weights/*.crfsuite: the same bytes every time.
Where the data is absent, it says so in a sentence and leaves everything as it is.
"""

from __future__ import annotations

import sys
from collections import Counter
from math import exp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import annotated_sets as sets

from vivavoce.people import calibration, rules

PEOPLE = sets.ROOT / "src" / "vivavoce" / "people"
TRAINING = ("fiction.train", "news_interview.train", "prose_by.train", "articles")
OPEN = ("CC BY 2.5", "CC BY 4.0")
RARE = 4
RIDGE = 1.0
ROUNDS = 25
WEIGHT = {"news_interview.train": 3.0, "prose_by.train": 3.0, "articles": 3.0}
DIRECTION = {
    **dict.fromkeys(["score", "antecedent subject", "nobody else near", "alone", "plain verb", "text named"], 1),
    **dict.fromkeys(["pronoun same sentence", "pronoun same paragraph", "text named, not here"], 1),
    **dict.fromkeys(["others near", "others between", "pronoun away", "pronoun far", "somebody unnamed", "rival"], -1),
    **dict.fromkeys(
        ["shared surname", "named once", "never named outside", "no speaker", "addressed", "character"], -1
    ),
    **dict.fromkeys(["without gender", "organisation", "text unknown", "text unknown, not named"], -1),
    **dict.fromkeys(["short mention", "meant anybody", "label", "headline", "pronoun"], -1),
}
Row = tuple[dict[str, float], bool, float]


def allowed(document: sets.Document) -> bool:
    """Whether weights are made from this document: no share-alike text, and of our own articles every other one."""
    if document.group == "articles":
        return int(document.id[:2]) % 2 == 1
    licence = document.source.get("text_licence")
    return licence is None or str(licence).startswith(OPEN)


def training(names: tuple[str, ...] = TRAINING) -> list[sets.Read]:
    """The documents of some sets that may be trained on, as the pipeline sees them."""
    return list(sets.read([d for name in names for d in sets.documents(name) if allowed(d)]))


# --- how sure the rules may be -------------------------------------------------------------------------------


def evidence(reads: list[sets.Read]) -> list[Row]:
    """For each annotated quotation that the rules give to somebody: signs, whether the person is right, its weight."""
    rows: list[Row] = []
    for r in reads:
        stage, _, talk, said = rules.judged(r.source, r.quotes, r.cast)
        whole = calibration.text(stage, talk, ((o.found, o.guess) for o in said.values()))
        weight = WEIGHT.get(r.document.group, 1.0)
        for number, gold in r.answers:
            one = said.get(number)
            if one is None or one.found is None or one.guess.figure is None or not gold.get("speaker_name"):
                continue
            figure = r.cast.figures[one.guess.figure]
            signs = calibration.signs(stage, one.frame, one.found, one.guess, whole)
            rows.append((signs, sets.right_person(r.document, gold, (figure.name,)), weight))
    return rows


def fitted(rows: list[Row]) -> dict[str, float]:
    """The weights of all signs that are seen RARE times or more; a sign whose weight would have the wrong direction
    (more doubt making surer) is left out."""
    count = Counter(name for signs, _, _ in rows for name in signs)
    names = sorted(n for n, c in count.items() if c >= RARE)
    while True:
        weights = regression(rows, names)
        wrong = [n for n, w in weights.items() if w * DIRECTION.get(n, 0) < 0]
        if not wrong:
            return weights
        names = [n for n in names if n not in wrong]


def regression(rows: list[Row], names: list[str]) -> dict[str, float]:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    at = {n: i for i, n in enumerate(names)}
    sparse = [([(at[n], v) for n, v in signs.items() if n in at], right, w) for signs, right, w in rows]
    weights = [0.0] * len(names)
    for _ in range(ROUNDS):
        gradient = [RIDGE * w for w in weights]
        curve = [[RIDGE * (i == j) for j in range(len(names))] for i in range(len(names))]
        for signs, right, w in sparse:
            p = 1.0 / (1.0 + exp(-sum(weights[i] * v for i, v in signs)))
            for i, v in signs:
                gradient[i] += w * (p - right) * v
                for j, u in signs:
                    curve[i][j] += w * p * (1 - p) * u * v
        weights = [a - b for a, b in zip(weights, solved(curve, gradient), strict=True)]
    return dict(zip(names, (round(w, 3) for w in weights), strict=True))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a symmetric positive system, by elimination."""
    rows = [[*row, y] for row, y in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        for k in range(i + 1, size):
            share = rows[k][i] / rows[i][i]
            if share:
                rows[k] = [a - share * b for a, b in zip(rows[k], rows[i], strict=True)]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][j] * out[j] for j in range(i + 1, size))) / rows[i][i]
    return out


def told(weights: dict[str, float], rows: list[Row]) -> str:
    """The data file."""
    lines = [
        "# Weights of the signs of an attribution, by which its confidence is reckoned (calibration.py).",
        f"# Made by `make train` from {len(rows)} quotations; see weights/CARD.md. Do not edit by hand.",
        "[weights]",
        *(f'"{name}" = {value}' for name, value in weights.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Train everything; 1 where the data is absent."""
    reads = training()
    if not reads:
        print(f"There is nothing to train on: {sets.DATA} is absent; the weights stay as they are.", file=sys.stderr)
        return 1
    rows = evidence(reads)
    (PEOPLE / "calibration.toml").write_text(told(fitted(rows), rows), "utf-8")
    print(f"calibration.toml: {len(rows)} quotations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
