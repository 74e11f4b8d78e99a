"""Where two accounts of a moment date the same thing: alike, or not."""

from __future__ import annotations

from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.timing import BESIDE, TELLING, fits
from vivavoce.accounts.words import akin, another_deed, deeds, sentences, stem, telling, weight, words
from vivavoce.language.times import Date, dates
from vivavoce.model import Account, Evidence, Passage, Relation

YEARS_APART = 3.0  # the same where the years differ
MUCH = 0.6  # share of what the shorter of the two tells that both tell
SAME = 1.5  # weight of the telling words that two sentences share when they date one thing


class Dated(NamedTuple):
    """A date by the calendar that an account gives, where, and the telling stems and the verbs of its sentence, and
    whether an article gives it."""

    date: Date
    evidence: Evidence
    around: frozenset[str]
    deeds: frozenset[str]
    report: bool


def dated(passages: list[Passage]) -> list[Dated]:
    """The dates of an account, without those of telling or publication."""
    found = []
    for p in passages:
        given = [d for d in dates(p.text) if d.day]
        spans = sentences(p.text, 0, len(p.text)) if given else []
        for d in given:
            if TELLING.search(p.text[max(0, d.start - BESIDE) : d.end + BESIDE]):
                continue
            a, b = next((s for s in spans if s[0] <= d.start < s[1]), (0, len(p.text)))
            own = {stem(w) for w, _, _ in words(p.text[d.start : d.end])}
            around = frozenset(stem(w) for w, _, _ in words(p.text[a:b]) if telling(w)) - own
            found.append(Dated(d, where.own(p, d.start, d.end), around, deeds(p.text[a:b]), bool(p.heading)))
    return found


def date_relation(a: Account, b: Account, ours: list[Dated], theirs: list[Dated], apart: bool) -> Relation | None:
    """How two accounts date the same thing; None where no two sentences are plainly of one thing. `apart`: they are
    two tellings, so that the same date is an agreement."""
    pairs = [(x, y) for x in ours for y in theirs if one_thing(x, y)]
    if not pairs:
        return None
    same = [(x, y) for x, y in pairs if fits(x.date.day, y.date.day)]
    x, y = max(same or pairs, key=lambda pair: shared(*pair))
    years = x.date.day[:4] != y.date.day[:4]
    if not same and years and (x.report or y.report or shared(x, y) < YEARS_APART):
        return None  # most often two things: what happened, and what was said of it years after
    if same and not (apart and x.date.day == y.date.day and len(x.date.day) > 4):
        return None
    return Relation(
        a=a.id,
        b=b.id,
        type="agree" if same else "differ",
        about="date",
        values=(x.date.day, y.date.day),
        evidence=(x.evidence, y.evidence),
        confidence=0.7,
    )


def one_thing(x: Dated, y: Dated) -> bool:
    """Whether two sentences plainly date one thing: they share much of what they tell, and what was done."""
    much = shared(x, y) >= SAME and akin(x.around, y.around) >= MUCH
    if not (x.report or y.report) and x.deeds & y.deeds and x.date.day[:4] == y.date.day[:4]:
        much = shared(x, y) >= SAME  # two who talk, of one year and one deed
    return much and not another_deed(x.deeds, y.deeds)


def shared(x: Dated, y: Dated) -> float:
    """The weight of the telling words that two dated sentences share."""
    return sum(weight(s) for s in x.around & y.around)
