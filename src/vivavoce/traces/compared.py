"""A quotation beside the words that it was made from, stretch by stretch: what a reader is shown of a trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from vivavoce.model import WORD, EditKind, Trace

OPENING = "[([{“‘\"'«„‚¿¡—–"


class Run(NamedTuple):
    """One stretch: what was `said` there and what is `printed` for it; one of them is "" where nothing stands on that
    side. `place`: which of the trace's places it is from."""

    op: Literal["same", "drop", "replace", "add", "move"]
    kind: EditKind
    said: str
    printed: str
    place: int


class Printed:
    """A quotation that is given away word by word, with the signs round each."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.words = text, 0, 0
        self.spans = [m.span() for m in WORD.finditer(text)]

    def take(self, words: int) -> str:
        """The next so many words; what stands behind them goes with them, what opens the next does not."""
        self.words = min(self.words + words, len(self.spans))
        begin, self.at = self.at, max(self.at, self.bound()) if words else self.at
        return self.text[begin : self.at]

    def bound(self) -> int:
        """Where the next word begins, with what opens it."""
        if self.words == len(self.spans):
            return len(self.text)
        at, low = self.spans[self.words][0], self.spans[self.words - 1][1] if self.words else 0
        while at > low and self.text[at - 1] in OPENING:
            at -= 1
        return at


def compared(trace: Trace, texts: Mapping[str, str]) -> tuple[Run, ...]:
    """The runs of a quotation that was found, in printed order: joined, `said` gives the words of its places and
    `printed` the quotation. `texts`: source path -> text. Empty for one that stands nowhere."""
    printed = Printed(trace.text)
    return tuple(
        Run(run.op, run.kind, run.said, printed.take(len(WORD.findall(run.printed))), run.place)
        for run in _steps(trace, texts)
    )


def _steps(trace: Trace, texts: Mapping[str, str]) -> Iterator[Run]:
    """The runs with what is printed as the edits give it: without the quotation's own signs."""
    for n, place in enumerate(trace.places):
        text, at = texts[place.source], place.span[0]
        for e in sorted((e for e in trace.edits if e.place == n), key=lambda e: e.at):
            if at < e.at[0]:
                yield Run("same", "", text[at : e.at[0]], text[at : e.at[0]], n)
            yield Run(e.op, e.kind, text[e.at[0] : e.at[1]], e.to, n)
            at = max(at, e.at[1])
        if at < place.span[1]:
            yield Run("same", "", text[at : place.span[1]], text[at : place.span[1]], n)
