"""Units of telling moved between groups until none would stand better elsewhere (the local search of correlation
clustering: N. Bansal et al., Machine Learning 56, 2004)."""

from __future__ import annotations

from collections import defaultdict

ROUNDS = 20  # times that units may move, at most
LEAST = 1e-9  # gain that is none
SURE = 0.72  # how likely a unit must be of one event with some unit of the group that it goes to


def moved(groups: list[list[int]], near: list[dict[int, float]], enough: float) -> list[list[int]]:
    """The groups after each unit has gone, again and again, where it gains most: another group, or none. `near`: for
    each unit how likely it is of one event with others; `enough`: what is taken from each. Linear in the pairs."""
    home = {i: n for n, g in enumerate(groups) for i in g}
    size = defaultdict(int, {n: len(g) for n, g in enumerate(groups)})
    latest = len(groups)
    for _ in range(ROUNDS):
        still = True
        for i in range(len(near)):
            here = home[i]
            gain: dict[int, float] = defaultdict(float)
            sure = {here} | {home[j] for j, p in near[i].items() if p >= SURE}
            for j, p in sorted(near[i].items()):
                gain[home[j]] += p
            of = {n: x - enough * (size[n] - (n == here)) for n, x in gain.items() if n in sure}
            stays = of.get(here, -enough * (size[here] - 1))
            best = max(of, key=lambda n: (of[n], -n), default=here)
            to = best if of.get(best, stays) > max(stays, 0.0) + LEAST else latest if stays < -LEAST else here
            if to != here:
                latest += to == latest
                home[i], still = to, False
                size[here] -= 1
                size[to] += 1
        if still:
            break
    out: dict[int, list[int]] = defaultdict(list)
    for i, n in sorted(home.items()):
        out[n].append(i)
    return sorted(out.values())
