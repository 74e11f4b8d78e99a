"""Sources made at random, read and worked on until the time is up: `tools/fuzz.py SECONDS [SEED]`. Each that breaks a
promise is told by its seed, which makes it again."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS / "faults"), str(TESTS)]


def main(seconds: float, seed: int) -> int:
    """How many broke a promise."""
    from test_input import went

    until, first, broken = time.monotonic() + seconds, seed, 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            try:
                went(Path(folder), seed)
            except Exception as e:
                broken += 1
                print(f"seed {seed}: {type(e).__name__}: {e}", flush=True)
            seed += 1
    print(f"{seed - first:,} sources made at random, {broken} broke a promise (seeds {first} to {seed - 1})")
    return broken


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[1:]]
    sys.exit(main(given[0] if given else 60, given[1] if len(given) > 1 else time.time_ns() % 10**9) > 0)
