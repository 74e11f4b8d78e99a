"""Figures in groups: who is held to be one person, and who must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Key = tuple[str, str]
KNOWN, PART = "\0known", "\0part"


class Clusters:
    """Figures in groups, with the pairs that must stay apart; two figures of one source are two people."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.parent = {k: k for k in keys}
        self.members: dict[Key, list[Key]] = {k: [k] for k in self.parent}
        self.sources: dict[Key, set[str]] = {k: set() if k[0] in (KNOWN, PART) else {k[0]} for k in self.parent}
        self.apart: dict[Key, set[Key]] = defaultdict(set)

    def root(self, k: Key) -> Key:
        """The group of a figure."""
        up = self.parent[k]
        while up != k:  # not "is not": where this is compiled, a pair is no object
            self.parent[k] = above = self.parent[up]
            k, up = up, above
        return k

    def kept_apart(self, a: Key, b: Key) -> bool:
        """Whether a ruling keeps the groups of two figures apart."""
        if not self.apart:
            return False
        left = set(self.members[self.root(b)])
        return any(self.apart[m] & left for m in self.members[self.root(a)] if m in self.apart)

    def clash(self, a: Key, b: Key) -> bool:
        """Whether two groups hold figures of one source."""
        return not self.sources[a].isdisjoint(self.sources[b])

    def join(self, a: Key, b: Key, ruled: bool = False) -> None:
        """Make one group of two, unless something keeps them apart (a ruling wins over one source's two figures)."""
        a, b = self.root(a), self.root(b)
        if a == b or self.kept_apart(a, b) or (not ruled and self.clash(a, b)):
            return
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        self.parent[b] = a
        self.members[a] += self.members.pop(b)
        self.sources[a] |= self.sources.pop(b)
