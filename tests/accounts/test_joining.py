"""Units move to the group that all that speaks for it makes likeliest, and nowhere else."""

from vivavoce.accounts.joining import moved
from vivavoce.accounts.likely import SURE, likely, weights


def near(count: int, pairs: dict[tuple[int, int], float]) -> list[dict[int, float]]:
    out: list[dict[int, float]] = [{} for _ in range(count)]
    for (i, j), p in pairs.items():
        out[i][j] = out[j][i] = p
    return out


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
