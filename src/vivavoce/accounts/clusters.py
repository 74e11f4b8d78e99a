"""Units of telling joined into groups that tell one event: candidates from an inverted index, the likest first, each
join checked against the whole of both groups (average linkage). No all-pairs comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from vivavoce.accounts.features import Vector, dot

RARE = 24  # features of a unit that are looked up
MOST = 30  # units a feature may stand in to be looked up
IN_COMMON = 3  # signals that two units must share, however rare
NEAREST = 8  # candidates that a unit is compared with


def candidates(vectors: list[Vector]) -> list[tuple[float, int, int]]:
    """Pairs of units that share rare features, with their likeness, the likest first. Each unit looks up at most
    RARE features with at most MOST units each, and is compared with NEAREST of them: linear in the units."""
    spread = Counter(f for v in vectors for f in v)
    index: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[float, int, int]] = []
    for i, v in enumerate(vectors):
        keys = sorted((f for f in v if 1 < spread[f] <= MOST), key=lambda f: (-v[f], f))[:RARE]
        shared: dict[int, float] = defaultdict(float)
        for f in keys:
            for j in index[f]:
                shared[j] += v[f] * vectors[j][f]
            index[f].append(i)
        best = sorted(shared, key=lambda j: (-shared[j], j))[:NEAREST]
        pairs += [(dot(v, vectors[j]), j, i) for j in best]
    return sorted(pairs, key=lambda p: (-p[0], p[1], p[2]))


def in_common(a: Vector, b: Vector) -> int:
    """How many words, names, works, numbers and dates two units share; who tells, and phrases, do not count."""
    return sum(1 for f in a if f in b and f[0] not in "tp")


def clusters(
    vectors: list[Vector], alike: float, may: Callable[[list[int], list[int]], bool] = lambda _a, _b: True
) -> list[list[int]]:
    """The units in groups, in order of their first. Two groups are joined when the mean likeness of their units is
    at least `alike` and `may` allows it."""
    home = list(range(len(vectors)))
    members = {i: [i] for i in home}
    sums = {i: dict(v) for i, v in enumerate(vectors)}
    for likeness, i, j in candidates(vectors):
        a, b = home[i], home[j]
        if likeness < alike or a == b or in_common(vectors[i], vectors[j]) < IN_COMMON:
            continue
        mean = dot(sums[a], sums[b]) / (len(members[a]) * len(members[b]))
        if mean >= alike * 0.8 and may(members[a], members[b]):
            a, b = (a, b) if len(members[a]) >= len(members[b]) else (b, a)
            for unit in members[b]:
                home[unit] = a
            members[a] += members.pop(b)
            for f, x in sums.pop(b).items():
                sums[a][f] = sums[a].get(f, 0.0) + x
    return sorted(sorted(m) for m in members.values())
