"""What each kind of evidence weighs that two values which two accounts give are of one thing: learned from archives
whose relations are known.

    python benchmarks/relations.py [ARCHIVE...] [--write | --given-moments]

An archive is a folder with `sources/` and `gold.json`; without any, those that `weights.py` learns from and tests/band,
as far as they are there, and the invented tellings of tests/accounts. The accounts of each moment, gold's own and those
that `gather` finds, are compared as `accounts/relations.py` compares them. Two values differ where gold says so of just
these words, and by just these numbers; where gold says so of words near by, that they do not counts little. An archive
whose gold gives only some of its relations (fewer than SOME) counts little for what it does not give, and all places
that tell of one thing are held against each other. Prints for each archive what is found by weights that were learned
from the others, and how much of it is right, beside what the rules alone find; `--write` puts the weights of all into
`accounts/relations.toml`. `--given-moments` learns nothing: it tells, in seconds, what the comparison alone finds in
the moments that gold gives, each account as the passages that hold gold's words, beside what is found in those that
`gather` finds.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "tests" / "accounts")]

import weights as events  # noqa: E402

from vivavoce import accounts  # noqa: E402
from vivavoce.accounts import moments, relations, valued  # noqa: E402
from vivavoce.accounts.claims import scene_of  # noqa: E402
from vivavoce.accounts.features import Persons, persons  # noqa: E402
from vivavoce.accounts.moments import account  # noqa: E402
from vivavoce.accounts.relations import Told, independent  # noqa: E402
from vivavoce.accounts.rulings import teller  # noqa: E402
from vivavoce.accounts.valued import FEATURES, KIND, Side, Weights, compared, evidence  # noqa: E402
from vivavoce.accounts.values import Value, raw_values, values  # noqa: E402
from vivavoce.language.amounts import amounts, tokens  # noqa: E402
from vivavoce.model import Evidence, Known, Relation  # noqa: E402

ARCHIVES = (*events.ARCHIVES, ROOT / "tests" / "band")
TARGET = ROOT / "src" / "vivavoce" / "accounts" / "relations.toml"
NEAR, TOUCH = 120, 3  # characters from gold's words at which what is found is right, and at which it is just that
BESIDE = 0.2  # what it counts that two values near gold's words are not gold's
SOME, UNTOLD = 100, 0.3  # relations up to which gold gives only some, and what counts then that it gives one not
LEAST = {"differ": 0.70, "agree": 0.97}  # how likely two values must be of one thing to be told: a false one is worse
DOUBTFUL = {"differ": 0.15, "agree": 0.0}  # under which likelihood two times that the rules found are not told
PENALTY = 10.0
Place = tuple[str, int, int]
Row = tuple[list[float], float, float]


class Wanted(NamedTuple):
    """A relation of gold: the places of both sides, with their copies, its values, whether it may be missed."""

    type: str
    a: list[Place]
    b: list[Place]
    values: tuple[str, str]
    optional: bool
    topic: tuple[str, str]


class Archive(NamedTuple):
    """An archive's moments, those of gold and those found, as accounts; its relations; how much it counts that gold
    does not give a relation."""

    name: str
    gold: list[list[Told]]
    found: list[list[Told]]
    wanted: list[Wanted]
    who: Persons
    known: Known
    untold: float


def near(a: Place, b: Place, within: int = NEAR) -> bool:
    """Whether two places are as near as that."""
    return a[0] == b[0] and a[1] < b[2] + within and b[1] < a[2] + within


def read(folder: Path) -> Archive:
    """An archive, built in a folder of its own."""
    raw = events.read(folder)
    passages, people, known = raw.given
    told: list[list[Told]] = []

    def noted(of: list[Told], *_: Any) -> tuple[Relation, ...]:
        told.append(of)
        return ()

    with patch.object(moments, "relations", noted):
        accounts.gather(passages, people, known)
    ordered = sorted(passages, key=lambda p: (p.source, p.spans, p.figure or ""))
    own = [tellings(ordered, places) for places in given_places(raw)]
    wanted = list(wanted_of(raw))
    some = len(wanted) < SOME
    if some:
        wanted += list(closed(wanted))
    who = persons(people, ordered)
    return Archive(folder.name, own, told, wanted, who, known, UNTOLD if some else 1.0)


def given_places(raw: events.Archive) -> list[list[Place]]:
    """Where the accounts of each moment of gold are told: their words, and those of their relations."""
    found = {m["key"]: [place(raw.texts, a) for a in m["accounts"]] for m in raw.gold["moments"]}
    for r in raw.gold["relations"]:
        found.setdefault(r["moment"], []).extend(place(raw.texts, r[side]) for side in "ab")
    return list(found.values())


def place(texts: dict[str, str], words: Any) -> Place:
    """Where gold's words stand."""
    at = texts[words["source"]].find(words["words"])
    return words["source"], at, at + len(words["words"])


def tellings(passages: list[Any], places: list[Place]) -> list[Told]:
    """The accounts of a moment of gold: by teller, the passages that hold its words."""
    by: dict[str, list[Any]] = defaultdict(list)
    for p in passages:
        if any(p.source == source and any(x < end and y > start for x, y in p.spans) for source, start, end in places):
            by[teller(p)].append(p)
    return [(account(ps), ps) for ps in by.values()]


def wanted_of(raw: events.Archive) -> Iterator[Wanted]:
    """The relations of gold, each side with its copies."""
    copies = [[place(raw.texts, p) for p in c["places"]] for c in raw.gold.get("copies", [])]

    def places(words: Any) -> list[Place]:
        here = place(raw.texts, words)
        return [here, *(p for group in copies if any(near(here, x) for x in group) for p in group)]

    for r in raw.gold["relations"]:
        first, second = r.get("values") or ("", "")
        topic = (r["moment"], r["about"])
        yield Wanted(r["type"], places(r["a"]), places(r["b"]), (first, second), r.get("optional", False), topic)


def closed(wanted: list[Wanted]) -> Iterator[Wanted]:
    """The relations between all places that tell of one thing."""
    by: dict[tuple[str, str], list[tuple[str, list[Place]]]] = defaultdict(list)
    for w in wanted:
        if w.type in LEAST:
            by[w.topic] += [(w.values[0], w.a), (w.values[1], w.b)]
    for topic, told in by.items():
        for (v, a), (u, b) in combinations(told, 2):
            same = v == u or bool(counted(v) & counted(u))
            yield Wanted("agree" if same else "differ", a, b, (v, u), True, topic)


def counted(text: str) -> set[float]:
    """The numbers of some words."""
    found = {n for r in raw_values(text) for n in r.numbers if n}
    return found | {a.value for a in amounts(tokens(text))}


def is_of(value: str, x: Value) -> bool:
    """Whether a value is the one that gold gives."""
    given = counted(value)
    return not given or bool(given & (set(x.numbers) | counted(x.said)))


def invented() -> Archive:
    """The invented tellings of the tests."""
    import harrow
    import test_told_pairs

    wanted: list[Wanted] = []
    told: list[list[Told]] = []
    for n, moment in enumerate([*test_told_pairs.moments(), *test_told_pairs.read("tellings.toml")["moment"]]):
        letters = [f"{n}-{x}" for x in "ABCDEFGH"[: len(moment["tellers"])]]
        called = dict(zip("ABCDEFGH", [*moment["tellers"], *moment.get("others", [])], strict=False))
        rows = zip(letters, moment["asked"], moment["told"], strict=True)
        texts = [f"Q: {question}\n{x[-1]}: {said}\n" for x, question, said in rows]
        told.append(
            [
                (account(ps), ps)
                for ps in (
                    harrow.transcript(f"{x}.txt", text, called=called) for x, text in zip(letters, texts, strict=True)
                )
            ]
        )
        for relation in [*moment["relations"], *(w for w in moment["may"] if w[2] and w[4])]:
            kind, i, words, j, others = relation
            a, b = ((f"{letters[k]}.txt", at := texts[k].find(w), at + len(w)) for k, w in ((i, words), (j, others)))
            wanted.append(Wanted(kind, [a], [b], ("", ""), False, ("", "")))
    return Archive("invented", told, [], wanted, persons([], []), Known(), 1.0)


def labels(archive: Archive, told: list[Told], kind: str) -> Iterator[Row]:
    """The evidence of each two values of a moment that differ, or agree, whether gold says so, and what that counts."""
    sides = sorted(((a, Side(tuple(values(ps)), scene_of(ps))) for a, ps in told), key=lambda row: row[0].id)
    copies = frozenset(archive.known.copies)
    for (a, ours), (b, theirs) in combinations(sides, 2):
        if a.id == b.id or (kind == "agree" and not independent(a, b, copies)):
            continue
        for x in ours.values:
            for y in theirs.values:
                if (x.kind == y.kind or {x.kind, y.kind} == valued.YEARS) and KIND.get(compared(x, y)) == kind:
                    just, beside = told_by_gold(archive, x, y, kind)
                    counts = 1.0 if just else archive.untold * (BESIDE if beside else 1.0)
                    yield evidence(x, y, ours, theirs), float(just), counts


def told_by_gold(archive: Archive, x: Value, y: Value, kind: str) -> tuple[bool, bool]:
    """Whether gold says just that of two values, and whether it says so of words near by."""
    here, there = at(x.evidence), at(y.evidence)
    beside = False
    for w in archive.wanted:
        if w.type != kind:
            continue
        for p, q, (v, u) in ((w.a, w.b, w.values), (w.b, w.a, w.values[::-1])):
            if any(near(here, s) for s in p) and any(near(there, s) for s in q):
                beside = True
                just = any(near(here, s, TOUCH) for s in p) and any(near(there, s, TOUCH) for s in q)
                if just and is_of(v, x) and is_of(u, y):
                    return True, True
    return False, beside


def at(e: Evidence) -> Place:
    """Evidence as a place."""
    return e.source, e.start, e.end


def rows(archive: Archive) -> dict[str, list[Row]]:
    """The labelled evidence of an archive, of both kinds."""
    told = [*archive.gold, *archive.found]
    return {kind: [row for t in told for row in labels(archive, t, kind)] for kind in LEAST}


def learned(given: list[dict[str, list[Row]]]) -> dict[str, Weights]:
    """The weights of both kinds from labelled evidence."""
    out = {}
    for kind in LEAST:
        with patch.object(events, "PENALTY", PENALTY):
            w = events.fitted([row for rows_ in given for row in rows_[kind]])
        out[kind] = Weights(w.each, w.constant, LEAST[kind], DOUBTFUL[kind])
    return out


def rules_only(by: dict[str, Weights]) -> dict[str, Weights]:
    """Weights by which nothing is found and nothing is left out."""
    return {kind: w._replace(least=2.0, doubtful=0.0) for kind, w in by.items()}


def score(archive: Archive, told: list[list[Told]], by: dict[str, Weights], kind: str) -> str:
    """How many of gold's relations of a kind are found in some moments, and how much of what is found is right."""
    with patch.object(valued, "weights", return_value=by), patch.object(relations, "weights", return_value=by):
        made = [r for t in told for r in relations.relations(t, archive.known, archive.who)]
    of_kind = [r for r in made if r.type == kind]
    wanted = [w for w in archive.wanted if w.type == kind]

    def hit(r: Relation, w: Wanted) -> bool:
        a, b = at(r.evidence[0]), at(r.evidence[1])
        return any(any(near(a, s) for s in p) and any(near(b, s) for s in q) for p, q in ((w.a, w.b), (w.b, w.a)))

    asked = [w for w in wanted if not w.optional]
    found = sum(any(hit(r, w) for r in of_kind) for w in asked)
    right = sum(any(hit(r, w) for w in wanted) for r in of_kind)
    return f"{found} of {len(asked)} found, {right} of {len(of_kind)} right"


def written(by: dict[str, Weights], names: list[str]) -> str:
    """The weights as a file."""
    lines = [
        "# What each kind of evidence weighs that two values are of one thing (`accounts/valued.py`).",
        f"# Made by `python benchmarks/relations.py --write` from {', '.join(names)}; not to be edited.",
    ]
    for kind, w in by.items():
        lines += ["", f"[{kind}]", f"least = {w.least}", f"doubtful = {w.doubtful}", f"constant = {w.constant:.3f}"]
        lines += [f'"{name}" = {x:.3f}' for name, x in zip(FEATURES, w.each, strict=True)]
    return "\n".join(lines) + "\n"


def as_is(archives: list[Archive]) -> None:
    """Prints what is found by the weights as they are, in gold's moments and in those found."""
    by = valued.weights()
    for archive in archives:
        for which, told in (("gold's moments", archive.gold), ("moments found", archive.found)):
            for kind in (*LEAST, "dispute") if told else ():
                print(f"{archive.name:12}{which:16}{kind:9}{score(archive, told, by, kind)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", nargs="*", type=Path, default=list(ARCHIVES))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--given-moments", action="store_true")
    args = parser.parse_args()
    archives = [*(read(folder) for folder in args.archives if folder.is_dir()), invented()]
    if args.given_moments:
        as_is(archives)
        return 0
    given = [rows(a) for a in archives]
    everything = learned(given)
    for n, archive in enumerate(archives):
        others = learned(given[:n] + given[n + 1 :]) if len(archives) > 1 else everything
        for which, told in (("moments found", archive.found), ("gold's moments", archive.gold)):
            for kind in LEAST if told else ():
                print(f"{archive.name}, {which}, {kind}:")
                for name, by in (
                    ("rules alone", rules_only(others)),
                    ("learned from the others", others),
                    ("learned from all", everything),
                ):
                    print(f"    {name:25}{score(archive, told, by, kind)}")
    if args.write:
        TARGET.write_text(written(everything, [a.name for a in archives]), "utf-8")
        print(f"{TARGET.relative_to(ROOT)} is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
