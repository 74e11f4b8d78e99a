"""Units of telling moved between groups until none would stand better elsewhere (the local search of correlation
clustering: N. Bansal et al., Machine Learning 56, 2004)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from vivavoce.accounts.products import Sparse

ROUNDS = 20  # times that units may move, at most
LEAST = 1e-9  # gain that is none
SURE = 0.72  # how likely a unit must be of one event with some unit of the group that it goes to


def moved(groups: list[list[int]], near: Sparse, enough: float) -> list[list[int]]:
    """The groups after each unit has gone, again and again, where it gains most: another group, or none. `near`: for
    each unit how likely it is of one event with others, in order; `enough`: what is taken from each. A unit is asked
    again only if a group has changed that it, or one that it is surely of an event with, stands in: no other may be its
    next. Linear in the pairs."""
    home = [0] * (len(near.begins) - 1)
    for n, g in enumerate(groups):
        for i in g:
            home[i] = n
    size = defaultdict(int, {n: len(g) for n, g in enumerate(groups)})
    latest, now = len(groups), 0
    changed: dict[int, int] = {}  # when each group last did
    seen: list[tuple[int, frozenset[int]]] = [(0, frozenset())] * len(home)  # when each was asked, of which groups
    lately: set[int] = set()  # the groups that changed in this round and the last
    those = list(beside(near))
    for _ in range(ROUNDS):
        still, this = True, set[int]()
        for i, (others, likely, surely) in enumerate(those):
            then, saw = seen[i]
            if then and (saw.isdisjoint(lately) or all(changed.get(n, 0) <= then for n in saw)):
                continue
            now += 1
            here = home[i]
            gain = dict.fromkeys((home[j] for j in surely), 0.0)
            if size[here] > 1:
                gain.setdefault(here, 0.0)
            if gain:
                for j, p in zip(others, likely, strict=True):
                    if (n := home[j]) in gain:
                        gain[n] += p
            of = {n: gain[n] - enough * (size[n] - (n == here)) for n in gain}
            stays = of.get(here, 0.0)
            best = max(of, key=lambda n: (of[n], -n), default=here)
            to = best if of.get(best, stays) > max(stays, 0.0) + LEAST else latest if stays < -LEAST else here
            if to != here:
                latest += to == latest
                home[i], still = to, False
                size[here] -= 1
                size[to] += 1
                changed[here] = changed[to] = now
                lately.update((here, to))
                this.update((here, to))
            else:
                seen[i] = now, frozenset((here, *gain))
        lately = this
        if still:
            break
    out: dict[int, list[int]] = defaultdict(list)
    for i, n in enumerate(home):
        out[n].append(i)
    return sorted(out.values())


def beside(near: Sparse) -> Iterator[tuple[list[int], list[float], list[int]]]:
    """Of each unit those that it was compared with, how likely each is of its event, and those that surely are."""
    where, what = near.where.tolist(), near.what.tolist()
    for a, b in pairwise(near.begins.tolist()):
        yield where[a:b], what[a:b], [j for j, p in zip(where[a:b], what[a:b], strict=True) if p >= SURE]
