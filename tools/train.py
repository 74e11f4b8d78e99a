"""Fits what is learned from annotated documents: `make train`.

Reads ../shared/data, of it only what may train weights that ship (see src/vivavoce/people/weights/CARD.md), and
writes src/vivavoce/people/calibration.toml and src/vivavoce/people/weights/*.crfsuite: the same bytes every time.
Where the data is absent, it says so in a sentence and leaves everything as it is.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from math import exp
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import annotated_sets as sets
import pycrfsuite

from vivavoce.people import calibration, learned, rules
from vivavoce.people.rules import Said
from vivavoce.people.tags import Found, Stage

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
    **dict.fromkeys(["without gender", "organisation", "part between", "text unknown", "text unknown, not named"], -1),
    **dict.fromkeys(["short mention", "meant anybody", "label", "headline", "pronoun"], -1),
}
FOLDS = 4
Row = tuple[dict[str, float], bool]
Held = tuple[Stage, bool, dict[int, Said]]


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


def evidence(reads: list[sets.Read], held: list[Held]) -> list[Row]:
    """For each annotated quotation that an engine gives to somebody: signs, whether the person is right."""
    rows: list[Row] = []
    for r, (stage, talk, said) in zip(reads, held, strict=True):
        whole = calibration.text(stage, talk, ((one.found, one.guess) for one in said.values()))
        for number, gold in r.answers:
            one = said.get(number)
            if one is None or one.found is None or one.guess.figure is None or not gold.get("speaker_name"):
                continue
            figure = r.cast.figures[one.guess.figure]
            signs = calibration.signs(stage, one.frame, one.found, one.guess, whole)
            rows.append((signs, sets.right_person(r.document, gold, (figure.name,))))
    return rows


def by_rules(r: sets.Read) -> Held:
    """What the rules hold of a document."""
    stage, _, talk, said = rules.judged(r.source, r.quotes, r.cast)
    return stage, talk, said


def by_models(view: learned.View, models: learned.Models) -> Held:
    """What the models hold of a document."""
    given = learned.decoded(view, models)
    return view.stage, view.talk, {f.number: one for f, one in zip(view.frames, given, strict=True)}


def fitted(rows: list[Row]) -> dict[str, float]:
    """The weights of all signs that are seen RARE times or more; a sign whose weight would have the wrong direction
    (more doubt making surer) is left out."""
    count = Counter(name for signs, _ in rows for name in signs)
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
    sparse = [([(at[n], v) for n, v in signs.items() if n in at], right) for signs, right in rows]
    weights = [0.0] * len(names)
    for _ in range(ROUNDS):
        gradient = [RIDGE * w for w in weights]
        curve = [[RIDGE * (i == j) for j in range(len(names))] for i in range(len(names))]
        for signs, right in sparse:
            p = 1.0 / (1.0 + exp(-sum(weights[i] * v for i, v in signs)))
            for i, v in signs:
                gradient[i] += (p - right) * v
                for j, u in signs:
                    curve[i][j] += p * (1 - p) * u * v
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


def told(tables: dict[str, dict[str, float]], counts: dict[str, int]) -> str:
    """The data file."""
    lines = [
        "# Weights of the signs of an attribution, for each engine, by which its confidence is reckoned",
        "# (calibration.py). Made by `make train`; see weights/CARD.md. Do not edit by hand.",
    ]
    for engine, table in tables.items():
        lines += ["", f"[{engine}]  # from {counts[engine]} quotations"]
        lines += [f'"{name}" = {value}' for name, value in table.items()]
    return "\n".join(lines) + "\n"


# --- the learned engine --------------------------------------------------------------------------------------


def view(r: sets.Read) -> learned.View:
    """What the models see of a document."""
    stage, frames, talk, held = rules.judged(r.source, r.quotes, r.cast)
    return learned.viewed(stage, frames, talk, held)


def golden(r: sets.Read) -> dict[int, dict[str, Any]]:
    """The annotation of each quotation of ours that has one with a speaker."""
    out: dict[int, dict[str, Any]] = {}
    for number, gold in r.answers:
        if gold.get("speaker") or gold.get("speaker_mentions"):
            out.setdefault(number, gold)
    return out


def ways(r: sets.Read, v: learned.View) -> list[str | None]:
    """How each quotation's speaker is really told: the label that the first model learns; None where unannotated."""
    gold = golden(r)
    persons = [person(gold.get(f.number)) for f in v.frames]
    out: list[str | None] = []
    for n, f in enumerate(v.frames):
        g = gold.get(f.number)
        if g is None:
            out.append(None)
            continue
        held = v.held[n].found
        way = learned.RULES if held and meets(v, held, g) else None
        way = way or next((w for w, found in v.options[n].items() if meets(v, found, g)), None)
        before = [p for p in persons[max(0, n - 4) : n] if p]
        if way is None and before and before[-1] == persons[n]:
            way = learned.SAME
        if way is None and persons[n] in before:
            way = learned.OTHER
        out.append(way or learned.NOBODY)
    return out


def person(gold: dict[str, Any] | None) -> str | None:
    """Who the annotated speaker is: a name, or the place of the mention."""
    if gold is None:
        return None
    return str(gold.get("speaker_name") or (gold.get("speaker") or {}).get("surface"))


def meets(v: learned.View, found: Found, gold: dict[str, Any]) -> bool:
    """Whether a mention is one of the annotated speaker's."""
    seen = v.stage.scan
    if found.first >= found.last:
        return False
    a, b = seen.start[found.first], seen.end[found.last - 1]
    spans = [tuple(m) for m in gold.get("speaker_mentions") or []]
    spans += [(gold["speaker"]["start"], gold["speaker"]["end"])] if gold.get("speaker") else []
    return any(x < b and a < y for x, y in spans)


def sequences(r: sets.Read, v: learned.View) -> list[tuple[list[list[str]], list[str]]]:
    """The annotated runs of a document's quotations: features and labels."""
    features = [learned.how_features(v, n) for n in range(len(v.frames))]
    out: list[tuple[list[list[str]], list[str]]] = [([], [])]
    for one, way in zip(features, ways(r, v), strict=True):
        if way is None:
            out.append(([], []))
        else:
            out[-1][0].append(one)
            out[-1][1].append(way)
    return [run for run in out if run[0]]


def pronouns(r: sets.Read, v: learned.View) -> list[tuple[list[str], str]]:
    """The candidates of each pronoun that is the annotated speaker's mention: features, and whether it is the one."""
    gold, out = golden(r), []
    past: list[Said] = []
    for f, found, held in zip(v.frames, v.options, v.held, strict=True):
        g = gold.get(f.number)
        one = next((x for x in found.values() if g and meets(v, x, g)), None)
        if g and one and g.get("speaker_name") and learned.is_pronoun(v.stage, one):
            for figure, features in learned.candidates(v, f, one.first, past).items():
                yes = sets.right_person(r.document, g, (r.cast.figures[figure].name,))
                out.append((features, "yes" if yes else "no"))
        past = [*past[-learned.MEMORY :], held]
    return out


def trained(data: list[tuple[sets.Read, learned.View]], folder: Path) -> learned.Models:
    """Both models, written to a folder and opened."""
    how = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    whom = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    how.set_params({"c1": 0.05, "c2": 0.5, "max_iterations": 200, "feature.possible_transitions": True})
    whom.set_params({"c1": 0.05, "c2": 0.5, "max_iterations": 200})
    for r, v in data:
        for xs, ys in sequences(r, v) * int(WEIGHT.get(r.document.group, 1.0)):
            how.append(xs, ys)
        for features, answer in pronouns(r, v):
            whom.append([features], [answer])
    how.train(str(folder / "how.crfsuite"))
    whom.train(str(folder / "whom.crfsuite"))
    return learned.Models(reopened(folder / "how.crfsuite"), reopened(folder / "whom.crfsuite"))


def reopened(path: Path) -> Any:
    """A model from its file."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def crossed(data: list[tuple[sets.Read, learned.View]]) -> list[Held]:
    """What models hold of documents that they were not trained on, in FOLDS parts."""
    out: dict[int, Held] = {}
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as scratch:
            models = trained([d for i, d in enumerate(data) if i % FOLDS != fold], Path(scratch))
        out |= {i: by_models(v, models) for i, (_, v) in enumerate(data) if i % FOLDS == fold}
    return [out[i] for i in range(len(data))]


def main() -> int:
    """Train everything; 1 where the data is absent."""
    if not sets.DATA.is_dir():
        print(f"There is nothing to train on: {sets.DATA} is absent; the weights stay as they are.", file=sys.stderr)
        return 1
    reads = training()
    data = [(r, view(r)) for r in reads]
    rows = {"rules": evidence(reads, [by_rules(r) for r in reads]), "learned": evidence(reads, crossed(data))}
    tables = {engine: fitted(found) for engine, found in rows.items()}
    counts = {engine: len(found) for engine, found in rows.items()}
    (PEOPLE / "calibration.toml").write_text(told(tables, counts), "utf-8")
    (PEOPLE / "weights").mkdir(exist_ok=True)
    trained(data, PEOPLE / "weights")
    size = sum(p.stat().st_size for p in (PEOPLE / "weights").glob("*.crfsuite"))
    print(f"calibration.toml: {counts['rules']} quotations; weights: {size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
