"""Work is done once, whether here or in processes; a process that dies is told in a sentence."""

import os

import pytest

from vivavoce import workers
from vivavoce.errors import VivavoceError


def double(n: int) -> int:
    return 2 * n


def fail_at_seven(n: int) -> int:
    if n == 7:
        os._exit(9)
    return n


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_every_thing_is_done_once(processes, count):
    things = list(range(count))
    sizes = [1 + n % 5 * 1000 for n in things]
    assert sorted(workers.each(double, things, sizes, processes, worth=0)) == [2 * n for n in things]


def test_a_process_that_dies_is_told_in_a_sentence():
    with pytest.raises(VivavoceError, match="goes on from here"):
        list(workers.each(fail_at_seven, list(range(20)), [1] * 20, 2, worth=0))
