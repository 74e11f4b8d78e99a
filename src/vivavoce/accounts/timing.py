"""When a moment happened, as far as its accounts say."""

from __future__ import annotations

import re
from collections import defaultdict

from vivavoce.accounts import where
from vivavoce.language.times import Date, dates
from vivavoce.model import Evidence, Happened, Passage, When

# A date beside one of these is a date of telling or of publication, not of what is told.
TELLING = re.compile(
    r"\b(?:podcast|interview|episode of|publish|releas|book|told|said|says|spoke|wrote|written|tweet|post|magazine|"
    r"newspaper|updated|article|recorded|until|since|born)",
    re.I,
)
BESIDE = 48  # characters on either side in which that counts


def when(passages: list[Passage]) -> When:
    """The stated day, month or year on which the accounts agree, and the relative times in their words."""
    stated: dict[str, list[tuple[str, Evidence, Date]]] = defaultdict(list)
    notes: dict[Evidence, None] = {}
    for p in passages:
        for text, place in ((p.text, where.own), (p.around, where.near)):
            for date in dates(text) if text else ():
                found = place(p, date.start, date.end)
                if date.relative:
                    notes.setdefault(found)
                elif date.day and not TELLING.search(text[max(0, date.start - BESIDE) : date.end + BESIDE]):
                    stated[date.day].append((p.source, found, date))
    return When(happened=happened(stated), notes=apart(sorted(notes, key=lambda e: (e.source, e.start, -e.end))))


def apart(notes: list[Evidence]) -> tuple[Evidence, ...]:
    """The notes without those that lie within another."""
    out: list[Evidence] = []
    for note in notes:
        if not (out and out[-1].source == note.source and note.start < out[-1].end):
            out.append(note)
    return tuple(out)


def happened(stated: dict[str, list[tuple[str, Evidence, Date]]]) -> Happened | None:
    """The date that most sources state, the most precise of those that fit together; None where they contradict."""
    if not stated:
        return None

    def support(day: str) -> int:
        return len({row[0] for d, rows in stated.items() if fits(d, day) for row in rows})

    best = max(sorted(stated), key=lambda d: (support(d), len(d)))
    if any(not fits(d, best) and support(d) >= support(best) for d in stated):
        return None
    evidence = dict.fromkeys(row[1] for d, rows in sorted(stated.items()) if fits(d, best) for row in rows)
    return Happened(start=best, end=None, precision=stated[best][0][2].precision, evidence=tuple(evidence))


def fits(a: str, b: str) -> bool:
    """Whether one date is the other, or the year or month it lies in."""
    return a.startswith(b) or b.startswith(a)
