"""How far it is, how fast, and how long it will yet take: one line to those who watch."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

NAMES = {
    "quotes": "Quotations",
    "people": "Who is who",
    "persons": "Persons of quotations",
    "links": "What documents share",
    "tellings": "What documents tell",
    "moments": "Moments",
    "heard": "Transcripts",
    "followed": "Looking for quotations in transcripts",
    "traces": "Best places",
}
EVERY, SELDOM = 0.5, 15.0  # seconds between two lines on a terminal, and in a file


class Progress:
    """Counts what is done of one step. `size`: bytes in all, of which `done` before this run."""

    def __init__(self, name: str, size: int, to: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.name, self.size, self.to, self.clock = name, max(size, 1), to, clock
        self.start = self.last = clock()
        self.bytes = self.documents = 0
        self.terminal = to.isatty()

    def skip(self, bytes_: int) -> None:
        """What was done before this run."""
        self.size = max(self.size - bytes_, 1)

    def add(self, bytes_: int, documents: int) -> None:
        """What was done just now."""
        self.bytes += bytes_
        self.documents += documents
        now = self.clock()
        if now - self.last >= (EVERY if self.terminal else SELDOM):
            self.last = now
            self.tell(self.line())

    def line(self) -> str:
        """The line."""
        spent = max(self.clock() - self.start, 1e-6)
        share = min(self.bytes / self.size, 1.0)
        left = spent / share - spent if share else 0.0
        rate = f", {self.documents:,} documents, {pace(self.documents / spent)}" if self.documents else ""
        return f"{NAMES.get(self.name, self.name)}: {share:.0%}{rate}, {duration(left)} left"

    def tell(self, line: str) -> None:
        """Print a line, on a terminal over the one before."""
        self.to.write(f"\r\033[K{line}" if self.terminal else f"{line}\n")
        self.to.flush()

    def end(self) -> None:
        """Leave the terminal as it was."""
        if self.terminal:
            self.to.write("\r\033[K")
            self.to.flush()


def pace(rate: float) -> str:
    """Documents a second as they are told; a minute where they are few."""
    return f"{rate:,.0f} a second" if rate >= 2 else f"{60 * rate:,.0f} a minute"


def duration(seconds: float) -> str:
    """Seconds as they are told."""
    if seconds >= 5400:
        return f"{seconds / 3600:.1f} hours"
    return f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"
