"""Eighty pairs of short tellings, in eight settings, of which half only look as if they differed: how many of the
differences, agreements and disputes are found, and that next to none is found where there is none. `-rP` shows each
mistake. The pairs stand in `pairs.toml`, and were written before the program had read them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import harrow
import pytest

from measures import share
from vivavoce.accounts.features import persons
from vivavoce.accounts.moments import account
from vivavoce.accounts.relations import relations
from vivavoce.model import Known, Relation

NEAR = 60  # characters: as near is what is found to what was meant
# What is found, and how much of it is right.
FLOORS = {"differ": (0.70, 0.95), "agree": (0.28, 0.66), "dispute": (0.66, 1.0)}
KINDS = tuple(FLOORS)

Pair = dict[str, Any]


@cache
def pairs(name: str = "pairs.toml") -> list[Pair]:
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["pair"]


def related(pair: Pair, everybody: list[str]) -> tuple[list[Relation], dict[str, str]]:
    """The relations between the two tellings of a pair, and the texts."""
    others = [name for name in everybody if name not in pair["who"]]
    called = dict(zip("ABCDEFGH", [*pair["who"], *others], strict=False))
    texts = {f"{n}.txt": f"Q: {q}\n{n}: {pair[n.lower()]}\n" for n, q in zip("AB", pair["asked"], strict=True)}
    told = [harrow.transcript(path, text, called=called) for path, text in texts.items()]
    who = persons(harrow.people(called, tuple(texts)), [p for ps in told for p in ps])
    return list(relations([(account(ps), ps) for ps in told], Known(), who)), texts


def meant(pair: Pair, found: Relation, texts: dict[str, str]) -> bool:
    """Whether a relation is the one of the pair: of its kind, and near its words."""
    if pair["type"] != found.type:
        return pair.get("may") == found.type
    by = {e.source: e for e in found.evidence[:2]}
    places = [(by[path], texts[path].find(w), len(w)) for path, w in zip(texts, pair["words"], strict=True)]
    assert all(at >= 0 for _, at, _ in places), pair["words"]
    return all(e.start < at + size + NEAR and at < e.end + NEAR for e, at, size in places)


def scored(name: str, kind: str) -> tuple[float, float]:
    """Of a kind of relation: the share that is found, and the share of those found that is right; tells mistakes."""
    found, right, asked, made = 0, 0, 0, 0
    for pair in pairs(name):
        everybody = sorted({who for other in pairs(name) if other["of"] == pair["of"] for who in other["who"]})
        every, texts = related(pair, everybody)
        good = [(r, meant(pair, r, texts)) for r in every if r.type == kind]
        made, right = made + len(good), right + sum(ok for _, ok in good)
        asked, found = asked + (pair["type"] == kind), found + any(ok and pair["type"] == kind for _, ok in good)
        print(*mistakes(pair, kind, good), sep="\n", end="")
    print(f"\n{kind}: {found} of {asked} found, {right} of {made} right")
    return share(found, asked), share(right, made)


def mistakes(pair: Pair, kind: str, good: list[tuple[Relation, bool]]) -> Iterator[str]:
    """What is said of a pair in which something is wrong."""
    yield from (f"  {kind} that is none: {r.about} {r.values} in {pair['a']}" for r, ok in good if not ok)
    if pair["type"] == kind and not any(ok for _, ok in good):
        yield f"  {kind} missed: {pair['a']} / {pair['b']}"


def test_half_of_the_pairs_are_traps() -> None:
    assert len(pairs()) >= 80
    assert 0.4 <= share(sum(p["type"] == "none" for p in pairs()), len(pairs())) <= 0.6
    assert len({p["of"] for p in pairs()}) >= 8


@pytest.mark.parametrize("kind", KINDS)
def test_what_two_tell_otherwise_is_found_and_next_to_nothing_else(kind: str) -> None:
    found, right = scored("pairs.toml", kind)
    assert found >= FLOORS[kind][0]
    assert right >= FLOORS[kind][1]
