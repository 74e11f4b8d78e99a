"""Work is done once, whether here or in processes; a process that dies is told in a sentence, and what it was at is
set aside where somebody asks for that."""

import os
import re
import signal
import time

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


def trouble(thing: str) -> str:
    match thing.split()[0]:
        case "exit":
            os._exit(9)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "loop":
            while True:
                pass
        case "match":  # never comes back from C
            re.match(r"(a+)+$", "a" * 60 + "b")
        case "sleep":
            time.sleep(1000)
        case "memory":
            return str(len(bytes(600 * 2**20)))
    return thing


@pytest.fixture
def narrow(monkeypatch):
    """Bounds that are soon met."""
    monkeypatch.setattr(workers, "BOUNDS", workers.Bounds(0.5, 0.0, 4.0, 300 * 2**20, 0))


def set_aside(thing: str, why: str) -> str:
    return f"{thing}: {why}"


needs_fork = pytest.mark.skipif(not workers.FORKS, reason="processes are not forked here")


@needs_fork
@pytest.mark.parametrize("worth", [0, 400_000])
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("exit", "took its process with it, twice"),
        ("kill", "ended from outside, twice"),
        ("loop", "not done after 0.5 seconds"),
        ("match", "not done after 0.5 seconds"),
        ("sleep", "not done after 0.5 seconds"),
    ],
)
def test_what_breaks_its_process_is_set_aside_and_the_rest_is_done(narrow, bad, why, worth):
    things = [f"thing {n}" for n in range(30)]
    things[11] = bad
    done = set(workers.each(trouble, things, [10] * 30, 2, worth, lost=set_aside))
    assert len(done) == 30
    assert set(things) - done == {bad}
    assert why in next(d for d in done if d not in things)


@needs_fork
def test_what_asks_for_too_much_memory_gets_none(narrow):
    with pytest.raises(MemoryError):
        list(workers.each(trouble, ["memory"], [10], lost=set_aside))
    assert list(workers.each(trouble, ["a"], [10], lost=set_aside)) == ["a"]


@needs_fork
def test_a_process_that_was_ended_once_does_its_work_again(tmp_path):
    def once(thing: str) -> str:
        if thing == "bad" and not (tmp_path / "seen").exists():
            (tmp_path / "seen").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    assert sorted(workers.each(once, ["bad", "good"], [1, 1], 2, 0, lost=set_aside)) == ["bad", "good"]


@needs_fork
def test_processes_end_when_nobody_wants_more(tmp_path):
    def who(thing: int) -> int:
        return os.getpid()

    given = workers.each(who, list(range(500)), [1] * 500, 2, 0, lost=set_aside)
    pid = next(given)
    given.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_what_a_step_raises_is_raised_here():
    def wrong(thing: int) -> int:
        raise KeyError(thing)

    with pytest.raises(KeyError):
        list(workers.each(wrong, [1, 2], [1, 1], 2, 0, lost=lambda thing, why: 0))
