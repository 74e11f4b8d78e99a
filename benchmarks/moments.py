"""How the cost of gathering moments grows: 1,000, 5,000 and 20,000 passages, in one table.

    python benchmarks/moments.py [--passages 1000 5000 20000]

The passages are made: half of them said in talks, half told in reports, ten to an event, half of their words the
event's own and half such as any event is told with. Prints seconds, comparisons of two groups, both for each passage,
and how many times as much that is as for the fewest passages: 1 is linear, and the number of passages is all pairs.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from vivavoce.accounts import clusters, gather, products
from vivavoce.model import Known, Passage, PersonRef

TOLD_BY = 10  # passages of an event


def made(count: int) -> list[Passage]:
    """Passages of as many events as there is room for, each in a source of its own."""
    chance = random.Random(7)
    common = [f"commonword{i}" for i in range(400)]
    out = []
    for n in range(count):
        event = n // TOLD_BY
        own = [f"event{event}word{i}" for i in range(24)]
        said = chance.sample(own, 12) + chance.sample(common, 12)
        chance.shuffle(said)
        text = " ".join(said)
        if n % 2:
            who = PersonRef(f"p{n % 200}", f"Person {n % 200}")
            out.append(Passage(f"s{n}.txt", who.name, ((0, len(text)),), (f"q{n}",), text, who, words=tuple(said)))
        else:
            names = (f"place {event}", f"player {event % 50}")
            told = Passage(
                f"s{n}.txt", None, ((0, len(text)),), (), text, heading="News", names=names, words=tuple(said)
            )
            out.append(told)
    return out


def measured(count: int) -> tuple[float, int, int]:
    """Seconds, comparisons and moments."""
    calls = 0
    product = clusters.compared

    def counting(groups: list[clusters.Group], laid: products.Floats) -> list[float]:
        nonlocal calls
        calls += len(groups)
        return product(groups, laid)

    passages = made(count)
    clusters.compared = counting
    start = time.perf_counter()
    found = gather(passages, [], Known())
    return time.perf_counter() - start, calls, len(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", nargs="+", type=int, default=[1000, 5000, 20000])
    first: tuple[float, float] | None = None
    print("passages  moments  seconds  ms each  times  compared  each  times")
    for count in parser.parse_args().passages:
        seconds, calls, found = measured(count)
        each = seconds / count, calls / count
        first = first or each
        times = f"{each[0] / first[0]:5.2f}", f"{each[1] / first[1]:5.2f}"
        print(f"{count:8}{found:9}{seconds:9.2f}{1000 * each[0]:9.2f}  {times[0]}{calls:10}{each[1]:6.1f}  {times[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
