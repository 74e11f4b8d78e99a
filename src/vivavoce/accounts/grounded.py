"""How well a moment of several accounts stands: as well as the account that is least like all others of it."""

from __future__ import annotations

from vivavoce.accounts.explain import passage
from vivavoce.accounts.features import dot, features_of, persons, vectors
from vivavoce.model import History, Known


def grounded(history: History) -> dict[str, float]:
    """Moment id -> its ground (0 to 1), for each moment of two or more accounts: every account is compared with those
    beside it by what it tells, and the loosest one counts. Linear in the accounts."""
    sources = {s.path: s for s in history.sources}
    known = Known(works=history.works)
    several = [m for m in history.moments if len(m.accounts) > 1]
    told = [(m.id, passage(sources[a.source], a, known)) for m in several for a in m.accounts if a.source in sources]
    who = persons(list(history.people), [p for _, p in told])
    paths = [p.source for _, p in told]
    like = vectors([features_of([p], who) for _, p in told], paths, flat=any(not p.heading for _, p in told))
    beside: dict[str, list[int]] = {}
    for n, (moment, _) in enumerate(told):
        beside.setdefault(moment, []).append(n)
    out = {}
    for moment, ns in beside.items():
        nearest = [max((dot(like[i], like[j]) for j in ns if j != i), default=0.0) for i in ns]
        out[moment] = round(min(1.0, max(0.0, min(nearest))), 3)
    return out
