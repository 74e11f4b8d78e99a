"""How well the moments of a generation stand, worked out in a process of its own: pages are answered meanwhile."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection

import msgspec

from vivavoce import rights
from vivavoce.accounts import Weighing
from vivavoce.accounts.explain import Neighbour, Shared
from vivavoce.build import everything
from vivavoce.errors import VivavoceError
from vivavoce.model import History
from vivavoce.project import Project

LOOSE = 0.1  # moments whose ground is less are asked
SHARED = 5  # pieces of evidence of a moment
SMALL = 300  # accounts that are weighed at once, where the generation is read


class Weight(msgspec.Struct, frozen=True):
    """What is known of the moments of a generation, by their ids: `ground` (0 to 1), and as JSON what the accounts of
    the loose ones share, and what is near to each. A part that is not worked out yet is empty."""

    ground: Mapping[str, float] = {}
    shared_: Mapping[str, bytes] = {}
    near_: Mapping[str, bytes] = {}

    def shared(self, moment: str) -> tuple[Shared, ...]:
        """What the accounts of a loose moment share, the strongest first."""
        return msgspec.json.decode(self.shared_.get(moment, b"[]"), type=tuple[Shared, ...])

    def near(self, moment: str) -> tuple[Neighbour, ...]:
        """What was near to a moment and yet kept apart."""
        return msgspec.json.decode(self.near_.get(moment, b"[]"), type=tuple[Neighbour, ...])


NOTHING = Weight()


def small(shown: History) -> bool:
    """Whether a history is weighed in no time."""
    return sum(len(m.accounts) for m in shown.moments) <= SMALL


def weighed(shown: History) -> Weight:
    """All of it, here and now."""
    *_, last = steps(shown)
    return last


def steps(shown: History) -> Iterator[Weight]:
    """The weight as it grows: first how well the moments stand, by which they are asked for."""
    on = Weighing(shown)
    ground = on.ground()
    yield Weight(ground)
    both = {m: msgspec.json.encode(s) for m, s in on.shared(lambda m: ground.get(m, 1.0) < LOOSE, SHARED)}
    yield Weight(ground, both)
    yield Weight(ground, both, {m: msgspec.json.encode(n) for m, n in on.near() if n})


def elsewhere(project: Project, day: str) -> Iterator[Weight]:
    """The same for the present generation, as it may be shown on a day, in a process of its own; nothing more comes
    where that ends early."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_weigh, args=(project, day, theirs), name="vivavoce weigh", daemon=True)
    process.start()
    theirs.close()
    try:
        with suppress(EOFError):
            while True:
                yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _weigh(project: Project, day: str, out: Connection) -> None:
    with suppress(OSError, AttributeError):
        os.nice(5)  # what is asked for now goes first
    with suppress(VivavoceError, KeyboardInterrupt, BrokenPipeError):
        whole, rules = everything(project, day)
        for weight in steps(rights.published(whole, "workbench", day, rules)):
            out.send(weight)
