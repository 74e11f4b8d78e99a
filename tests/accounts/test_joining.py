"""Units move to the group that all that speaks for it makes likeliest, and nowhere else."""

import random

import numpy as np

from vivavoce.accounts.joining import LEAST, ROUNDS, moved
from vivavoce.accounts.joining import SURE as SURELY
from vivavoce.accounts.likely import SURE, likely, neighbours, weights
from vivavoce.accounts.products import Sparse, paired


def near(count: int, pairs: dict[tuple[int, int], float]) -> Sparse:
    ordered = sorted(pairs)
    return neighbours(paired(ordered), np.array([pairs[p] for p in ordered]), count)


def test_a_unit_that_stands_alone_joins_those_of_its_event() -> None:
    found = near(3, {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.7})
    assert moved([[0, 1], [2]], found, 0.4) == [[0, 1, 2]]


def test_a_unit_leaves_a_group_that_it_is_not_of() -> None:
    found = near(4, {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.1})
    assert moved([[0, 1, 2], [3]], found, 0.4) == [[0, 1], [2, 3]]


def test_a_unit_that_is_likely_of_none_stays_alone() -> None:
    found = near(3, {(0, 1): 0.9, (0, 2): 0.5, (1, 2): 0.5})
    assert moved([[0, 1], [2]], found, 0.4) == [[0, 1], [2]]


def test_no_likelihood_is_beyond_its_bounds() -> None:
    first, _, _ = weights()
    assert 0 < SURE < likely([0.0] * len(first.each), first) < 1 - SURE


def moved_one_by_one(count: int, pairs: dict[tuple[int, int], float], enough: float) -> list[list[int]]:
    """Where units go that begin alone, when each is asked anew in every round."""
    like = [{j: pairs.get((min(i, j), max(i, j))) for j in range(count)} for i in range(count)]
    home, latest = list(range(count)), count
    for _ in range(ROUNDS):
        before = list(home)
        for i in range(count):
            given = {j: p for j, p in like[i].items() if p is not None}
            sure = {home[i], *(home[j] for j, p in given.items() if p >= SURELY)}
            gain = {}
            for j, p in given.items():
                gain[home[j]] = gain.get(home[j], 0.0) + p
            gain = {
                n: x - enough * sum(home[j] == n for j in range(count) if j != i) for n, x in gain.items() if n in sure
            }
            stays = gain.get(home[i], -enough * (home.count(home[i]) - 1))
            best = max(gain, key=lambda n: (gain[n], -n), default=home[i])
            if gain.get(best, stays) > max(stays, 0.0) + LEAST:
                home[i] = best
            elif stays < -LEAST:
                home[i], latest = latest, latest + 1
        if home == before:
            break
    return sorted([i for i in range(count) if home[i] == n] for n in set(home))


def test_only_those_are_asked_again_whom_a_move_concerns_and_all_stand_as_if_everybody_were() -> None:
    for seed in range(60):
        chance, count = random.Random(seed), 14
        pairs = {(i, j): chance.random() for j in range(count) for i in range(j) if chance.random() < 0.4}
        alone = [[i] for i in range(count)]
        assert moved(alone, near(count, pairs), 0.5) == moved_one_by_one(count, pairs, 0.5)
