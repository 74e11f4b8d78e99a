"""Whom a pronoun or a role noun means: the figures named before it, weighed by gender, nearness and place."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from vivavoce.people.scan import Scan

GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
REACH = 14
PARAGRAPHS = 6
SUREST = 0.9


class Event(NamedTuple):
    """A naming in the text: token, figure's number, whether it begins its sentence or clause (its subject)."""

    token: int
    figure: int
    subject: bool


class Guess(NamedTuple):
    """A figure's number (or None), a score from 0 to 1, and why; `rivals`: who else might be meant, with scores."""

    figure: int | None
    score: float
    why: str
    rivals: tuple[tuple[int, float], ...] = ()


def votes(scan: Scan, events: list[Event], genders: list[str]) -> list[str]:
    """Genders, where unknown, told by the pronouns after a name that is the only possible one near."""
    count: dict[int, list[int]] = {}
    for i in scan.at(GENDER.keys()):
        if scan.inside[i]:
            continue
        g = GENDER[scan.low[i]]
        figure = sole(scan, events, i, genders, g)
        if figure is not None and not genders[figure]:
            tally = count.setdefault(figure, [0, 0])
            tally[g == "f"] += 1
    out = list(genders)
    for figure, (m, f) in count.items():
        if m >= 2 * f + 2 or f >= 2 * m + 2:
            out[figure] = "m" if m > f else "f"
    return out


def sole(scan: Scan, events: list[Event], i: int, genders: list[str], gender: str) -> int | None:
    """The one figure in the pronoun's sentence (else the subject of the one before) that may be meant."""
    at = bisect_left(events, (i,)) - 1
    near: list[Event] = []
    while at >= 0 and len(near) < REACH:
        e = events[at].token
        if scan.sentence[e] < scan.sentence[i] - 1 or scan.para[e] != scan.para[i]:
            break
        near.append(events[at])
        at -= 1
    here = {e.figure for e in near if scan.sentence[e.token] == scan.sentence[i]}
    pool = here or {e.figure for e in near}
    fits = [f for f in sorted(pool) if genders[f] in ("", gender)]
    return fits[0] if len(fits) == 1 else None


def meant(
    scan: Scan,
    events: list[Event],
    i: int,
    genders: list[str],
    gender: str,
    recent: list[int],
    barred: tuple[int, ...] = (),
    speaks: list[float] | None = None,
) -> Guess:
    """The figure of a third-person pronoun at token i.

    `recent`: who spoke last, latest first. `barred`: who cannot be meant. `speaks`: a weight for each figure, less for
    those who are named often but seldom as somebody who speaks.
    """
    scores = near(scan, events, i, genders, gender, barred, speaks or [])
    for n, figure in enumerate(recent[:2]):
        if figure not in barred and (figure in scores or genders[figure] == gender):
            scores[figure] = scores.get(figure, 0.25) * (1.3 if n == 0 else 1.1)
    if not scores:
        return Guess(None, 0.0, "nobody named before fits the pronoun")
    ranked = sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))
    best, top = ranked[0]
    margin = (top - (ranked[1][1] if len(ranked) > 1 else 0.0)) / top
    sure = 0.55 + 0.4 * margin if genders[best] == gender else 0.45 + 0.35 * margin
    sure = min(sure, SUREST)
    rivals = tuple((figure, sure * weight / top) for figure, weight in ranked[1:3])
    return Guess(best, sure, "the pronoun fits the nearest subject", rivals)


def near(
    scan: Scan,
    events: list[Event],
    i: int,
    genders: list[str],
    gender: str,
    barred: tuple[int, ...],
    speaks: list[float],
) -> dict[int, float]:
    """The figures named before token i that the pronoun fits, each with its weight."""
    scores: dict[int, float] = {}
    at = bisect_left(events, (i,)) - 1
    seen = 0
    while at >= 0 and seen < REACH:
        e = events[at]
        at -= 1
        paras = scan.para[i] - scan.para[e.token]
        if paras > PARAGRAPHS:
            break
        if genders[e.figure] not in ("", gender) or e.figure in barred:
            continue
        seen += 1
        away = scan.sentence[i] - scan.sentence[e.token]
        score = 1.0 / (1.0 + 0.45 * away) * (0.75 if paras else 1.3 if e.subject and away <= 1 else 1.0)
        score *= (1.25 if e.subject else 0.8) * (1.2 if genders[e.figure] == gender else 0.85)
        score *= speaks[e.figure] if speaks else 1.0
        scores[e.figure] = max(scores.get(e.figure, 0.0), score) + (0.08 if e.figure in scores else 0.0)
    return scores
