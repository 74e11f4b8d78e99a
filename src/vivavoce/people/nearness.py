"""Which sources speak of the same things: only there does a first name alone mean somebody of another source."""

from __future__ import annotations

from collections.abc import Iterable

from vivavoce.model import Cast
from vivavoce.people.clusters import KNOWN, PART
from vivavoce.people.lives import plain

MUCH = 2


def filed(series: str) -> str:
    """A series as its publisher would write it, of one that goes by folder and file name: "pods/low-water" """
    return " ".join(series.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ").split()) if "/" in series else ""


class Nearness:
    """Sources by what they name: works, full names of persons and parts, the series they belong to."""

    def __init__(self, casts: Iterable[Cast]) -> None:
        self.names: dict[str, frozenset[str]] = {}
        self.series: dict[str, str] = {}
        self.heard: set[str] = set()
        for cast in casts:
            full = {plain(f.name) for f in cast.figures if " " in f.name and f.kind in ("person", "character")}
            self.names[cast.source] = frozenset(full | set(cast.works))
            self.series[cast.source] = cast.series
            self.heard |= {cast.source} if cast.heard else set()

    def one_series(self, a: str, b: str) -> bool:
        """Whether two sources are episodes of one series."""
        one, other = self.series.get(a, ""), self.series.get(b, "")
        return a != b and bool(one and other) and (one == other or filed(one) == other or filed(other) == one)

    def strange(self, source: str) -> bool:
        """Whether a source names in full nobody and nothing that another one does."""
        mine = self.names.get(source, frozenset())
        return all(mine.isdisjoint(names) for other, names in self.names.items() if other != source)

    def near(self, source: str, others: set[str], much: bool = False) -> bool:
        """Whether a source has something in common with one of others; what vivavoce.toml tells is near to all, and so
        is a source that names nobody in full. `much`: two things, or the series."""
        if not others.isdisjoint((KNOWN, PART)):
            return True
        mine, most = self.names.get(source, frozenset()), MUCH if much else 1
        if not mine and not much:
            return True
        if any(o == source or self.one_series(o, source) for o in others):
            return True
        return any(len(mine & self.names.get(o, frozenset())) >= most for o in others)
