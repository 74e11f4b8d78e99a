"""Where two accounts of a moment date the same thing: alike, or not."""

from __future__ import annotations

import re
from math import fsum
from typing import NamedTuple

from vivavoce.accounts import where
from vivavoce.accounts.claims import scene_of, stems
from vivavoce.accounts.focus import asks_when
from vivavoce.accounts.timing import BESIDE, TELLING, fits
from vivavoce.accounts.words import akin, another_deed, deeds, one_scene, sentences, stem, telling, weight, words
from vivavoce.language.times import MONTHS, Date, dates
from vivavoce.model import Account, Evidence, Passage, Relation

YEARS_APART = 3.0  # the same where the years differ
MUCH = 0.6  # share of what the shorter of the two tells that both tell
SCENE = 0.9  # the same of all that two tell
ASKED = 0.3  # weight of the words that the questions and the sentences share of two who were asked when it was
SAME = 1.5  # weight of the telling words that two sentences share when they date one thing


class Dated(NamedTuple):
    """A date by the calendar that an account gives (`day`: ISO, "--05-03" where no year is told), where, the telling
    stems and the verbs of its sentence, whether an article gives it, whether it says when it all was ("It was the third
    of May"), the stems of all that is told beside it (`scene`), and those of the question that asks for it, with
    its sentence's (`asked`)."""

    day: str
    evidence: Evidence
    around: frozenset[str]
    deeds: frozenset[str]
    report: bool
    sure: bool
    scene: frozenset[str]
    asked: frozenset[str] = frozenset()


# What stands before a date that says when it all was.
ALL = re.compile(
    r"(?:^|\b(?:it|that)(?: was|['’]d be|['’]s)|\b(?:\w+day),?)"
    r"(?: (?:on|in|about))?(?: (?:a|the))?(?: \w+day,?)?(?: the)?\s*$",
    re.I,
)


def dated(passages: list[Passage]) -> list[Dated]:
    """The dates of an account, without those of telling or publication."""
    found = []
    scene = scene_of(passages)
    for p in passages:
        given = [d for d in dates(p.text) if d.day or d.name.startswith("--")]
        given += [d for d in months(p.text) if not any(d.start < e.end and e.start < d.end for e in given)]
        spans = sentences(p.text, 0, len(p.text)) if given else []
        for d in given:
            if TELLING.search(p.text[max(0, d.start - BESIDE) : d.end + BESIDE]):
                continue
            a, b = next((s for s in spans if s[0] <= d.start < s[1]), (0, len(p.text)))
            own = {stem(w) for w, _, _ in words(p.text[d.start : d.end])}
            around = frozenset(stem(w) for w, _, _ in words(p.text[a:b]) if telling(w)) - own
            sure = not p.heading and bool(ALL.search(p.text[a : d.start]))
            found.append(
                Dated(
                    d.day or d.name,
                    where.own(p, d.start, d.end),
                    around,
                    deeds(p.text[a:b]),
                    bool(p.heading),
                    sure,
                    scene,
                    around | stems(p.around) if a == 0 and not p.heading and asks_when(p.around) else frozenset(),
                )
            )
    return found


MONTH = re.compile(
    r"\b(?:(?:[Ii]n|[Ii]t was|[Tt]hat|[Ll]ate|[Ee]arly|[Mm]id|end of|beginning of|middle of)(?: in)?(?: the)?) "
    rf"(?P<month>{'|'.join(m.title() for m in MONTHS)})\b(?! \d)"
)


LAST = re.compile(rf"\blast day of (?P<month>{'|'.join(m.title() for m in MONTHS)})\b")
DAYS = dict(zip((m.title() for m in MONTHS), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


def months(text: str) -> list[Date]:
    """The months that a text names without day and year: "in June", "it was June"."""
    last = [Date(f"--{month_of(m)}-{DAYS[m['month']]}", *m.span()) for m in LAST.finditer(text)]
    spans = [m for m in MONTH.finditer(text) if not any(d.start <= m.start("month") < d.end for d in last)]
    return last + [Date(f"--{month_of(m)}", *m.span("month")) for m in spans]


def month_of(m: re.Match[str]) -> str:
    """The number of a month in two figures."""
    return f"{MONTHS.index(m['month'].casefold()) + 1:02}"


def date_relation(a: Account, b: Account, ours: list[Dated], theirs: list[Dated], apart: bool) -> Relation | None:
    """How two accounts date the same thing; None where no two sentences are plainly of one thing. `apart`: they are
    two tellings, so that the same date is an agreement."""
    pairs = [(x, y) for x in ours for y in theirs if one_thing(x, y)]
    if not pairs:
        return None
    same = [(x, y) for x, y in pairs if fit(x.day, y.day)]
    x, y = max(same or pairs, key=lambda pair: shared(*pair))
    years = "-" not in (x.day[0], y.day[0]) and x.day[:4] != y.day[:4]
    if x.asked and y.asked:
        years = False
    if not same and years and (x.report or y.report or shared(x, y) < YEARS_APART):
        return None  # most often two things: what happened, and what was said of it years after
    if same and not (apart and x.day[-6:] == y.day[-6:] and len(x.day) > 4):
        return None
    return Relation(
        a=a.id,
        b=b.id,
        type="agree" if same else "differ",
        about="date",
        values=(shown(x.day), shown(y.day)),
        evidence=(x.evidence, y.evidence),
        confidence=0.7,
    )


def one_thing(x: Dated, y: Dated) -> bool:
    """Whether two sentences plainly date one thing: they share much of what they tell, and what was done."""
    if x.asked and y.asked and fsum(weight(s) for s in x.asked & y.asked) >= ASKED:
        return True
    if x.sure and y.sure and max(len(x.day), len(y.day)) > 4 and is_day(x.day) and is_day(y.day):
        return one_scene(x.scene, y.scene, SCENE)
    much = shared(x, y) >= SAME and akin(x.around, y.around) >= MUCH
    if not (x.report or y.report) and x.deeds & y.deeds and fit(x.day[:4], y.day[:4]):
        much = shared(x, y) >= SAME  # two who talk, of one year and one deed
    return much and not another_deed(x.deeds, y.deeds)


def is_day(day: str) -> bool:
    """Whether a date holds a month at least."""
    return len(day) > 4 or day[0] == "-"


def fit(a: str, b: str) -> bool:
    """Whether one date is the other, or holds it; of a date without a year only the day and the month count."""
    if a[0] == b[0] == "-" or (len(a) == 4 and a[0] == "-") or (len(b) == 4 and b[0] == "-"):
        mine, yours = (d[2:] if d[0] == "-" else d[5:] for d in (a, b))
        return not (mine and yours) or fits(mine, yours)
    if "-" in (a[0], b[0]) and len(a) > 4 and len(b) > 4:
        return fits(a[-5:] if a[0] == "-" else a[5:], b[-5:] if b[0] == "-" else b[5:])
    return "-" in (a[0], b[0]) or fits(a, b)


def shown(day: str) -> str:
    """A date as it is shown: ISO, or "3 May" where no year is told."""
    if day[0] != "-":
        return day
    if len(day) == 4:
        return MONTHS[int(day[2:]) - 1].title()
    month, number = day[2:].split("-")
    return f"{int(number)} {MONTHS[int(month) - 1].title()}"


def shared(x: Dated, y: Dated) -> float:
    """The weight of the telling words that two dated sentences share."""
    return fsum(weight(s) for s in x.around & y.around)
