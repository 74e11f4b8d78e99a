"""Time grows with the text and no faster, whatever the text."""

from __future__ import annotations

import time

import pytest

from vivavoce.model import Block, Known, Source
from vivavoce.quotes import find

UNITS = [
    "“",
    "‘",
    '"',
    "'",
    "said ",
    ", said ",
    "he said that ",
    "“a,” he said, ",
    "((",
    "[[“",
    "according to ",
    "“x y z\n",
    "a",
    "\n ",
]


def seconds(unit: str, size: int) -> float:
    text = (unit * (size // len(unit) + 1))[:size]
    source = Source("a.txt", "press", "txt", text=text, blocks=(Block("body", 0, size),))
    best = []
    for _ in range(2):
        start = time.process_time()
        find(source, Known())
        best.append(time.process_time() - start)
    return min(best)


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    small, large = seconds(unit, 30_000), seconds(unit, 120_000)
    assert large < 10 * small + 0.05


@pytest.mark.soak
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_of_it(unit: str) -> None:
    small, large = seconds(unit, 125_000), seconds(unit, 1_000_000)
    assert large < 16 * small + 0.1
