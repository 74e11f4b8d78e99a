"""Units of telling joined into groups that tell one event: candidates from an inverted index, the likest groups first,
compared as wholes (average linkage). No all-pairs comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heappop, heappush

from vivavoce.accounts.features import Vector, dot

RARE = 24  # features of a unit that are looked up
MOST = 30  # units a feature may stand in to be looked up
IN_COMMON = 3  # signals that two units must share, however rare
NEAREST = 12  # candidates that a unit is compared with


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


def clusters(vectors: list[Vector], alike: float) -> list[list[int]]:
    """The units in groups, in order of their first: the two groups that are likest are joined, again and again, as
    long as the mean likeness of their units is at least `alike` (average linkage). Only groups are compared of which
    two units were candidates, so that the work grows near-linearly with the units."""
    members = {i: [i] for i in range(len(vectors))}
    sums = {i: dict(v) for i, v in enumerate(vectors)}
    near: dict[int, set[int]] = defaultdict(set)
    heap: list[tuple[float, int, int]] = []
    for likeness, i, j in candidates(vectors):
        if likeness >= alike and in_common(vectors[i], vectors[j]) >= IN_COMMON:
            near[i].add(j)
            near[j].add(i)
            heappush(heap, (-likeness, i, j))

    latest = len(vectors)
    while heap:
        _, a, b = heappop(heap)
        if a not in members or b not in members:
            continue
        members[latest] = members.pop(a) + members.pop(b)
        sums[latest] = added(sums.pop(a), sums.pop(b))
        near[latest] = (near.pop(a) | near.pop(b)) - {a, b}
        for other in sorted(near[latest]):
            near[other] -= {a, b}
            near[other].add(latest)
            mean = dot(sums[other], sums[latest]) / (len(members[other]) * len(members[latest]))
            if mean >= alike:
                heappush(heap, (-mean, other, latest))
        latest += 1
    return sorted(sorted(m) for m in members.values())


def added(a: Vector, b: Vector) -> Vector:
    """The sum of two vectors; the longer one is changed."""
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    for f, x in short.items():
        long[f] = long.get(f, 0.0) + x
    return long
