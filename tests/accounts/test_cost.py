"""The cost of gathering grows with the passages, not with their square: counted, not timed."""

from __future__ import annotations

import random

import pytest

from vivavoce.accounts import clusters, gather, products
from vivavoce.model import Known, Passage, PersonRef


def passages(count: int) -> list[Passage]:
    """Four passages an event, in words of their own and in words that all share."""
    chance = random.Random(7)
    common = [f"commonword{i}" for i in range(60)]
    out = []
    for n in range(count):
        event = n // 4
        rare = [f"event{event}word{i}" for i in range(6)]
        said = chance.sample(common, 10) + chance.sample(rare, 4) + [f"single{n}"]
        chance.shuffle(said)
        who = PersonRef(f"p{n % 20}", f"Person {n % 20}")
        text = " ".join(said)
        out.append(Passage(f"s{n}.txt", who.name, ((0, len(text)),), (f"q{n}",), text, who, words=tuple(said)))
    return out


def compared(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many products of two units are computed."""
    calls = 0
    product = clusters.compared

    def counting(groups: list[clusters.Group], laid: products.Floats) -> list[float]:
        nonlocal calls
        calls += len(groups)
        return product(groups, laid)

    monkeypatch.setattr(clusters, "compared", counting)
    found = gather(passages(count), [], Known())
    assert abs(len(found) - count // 4) <= count // 200
    return calls


def test_five_times_the_passages_take_five_times_the_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = compared(600, monkeypatch), compared(3000, monkeypatch)
    assert many <= 8 * few
    assert many <= 3000 * 20
