"""When, as texts say it: dates, and times told from something else ("six months before the last day")."""

from __future__ import annotations

import re

from vivavoce.language.counting import ORDINALS, TENS, UNITS, value
from vivavoce.model import Value

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH = "(?:" + "|".join(m.title() for m in MONTHS) + ")"
_NUMBER = "|".join([*(rf"{ten}(?:[- ](?:{'|'.join(list(UNITS)[1:10])}))?" for ten in TENS), *list(UNITS)[1:]])
_COUNT = rf"(?:\d{{1,3}}|{_NUMBER}|an?|a few|a couple of|several|many)"
_UNIT = r"(?:minute|hour|day|night|week|weekend|month|year|season|episode)s?"
_NTH = "(?:[Tt]wenty-|[Tt]hirty-)?(?:" + "|".join(f"[{n[0].upper()}{n[0]}]{n[1:]}" for n in ORDINALS) + ")"
ABSOLUTE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y1>(?:18|19|20)\d\d))?"
    rf"|(?P<d2>\d{{1,2}}(?:st|nd|rd|th)?|{_NTH}) (?:of )?(?P<m2>{_MONTH})(?:,? (?P<y2>(?:18|19|20)\d\d))?"
    rf"|(?P<m3>{_MONTH}),?(?: of)? (?P<y3>(?:18|19|20)\d\d)"
    rf"|(?:[Ii]n|[Ss]ince|[Bb]y|[Oo]f|[Ss]ummer|[Ss]pring|[Ww]inter|[Aa]utumn|[Ff]all) (?P<y4>(?:18|19|20)\d\d))\b"
)
RELATIVE = re.compile(
    rf"\b(?:(?:about |around |only |just |some |nearly |almost )?{_COUNT} {_UNIT}"
    r" (?:before|after|prior to|ahead of|earlier than|into|later|earlier|ago|previously)\b"
    rf"|the (?:day|night|morning|evening|week|month|year|summer|weekend|season) (?:before|after)\b"
    rf"|the (?:next|following|same|previous) (?:day|night|morning|afternoon|evening|week|month|year|summer|weekend)\b)",
    re.I,
)
CLAUSE_END = re.compile(r"[,.;:!?—–“”\"()]| and (?=I |he |she |they |we )| but | however\b")


class Date(Value, frozen=True):
    """A time in a text: `name` folded as it is compared ("1987-05-03", "--08-25", or the words), ISO `day` where
    the year is known, its `precision`, and where."""

    name: str
    start: int
    end: int
    day: str = ""
    precision: str = ""
    relative: bool = False


def dates(text: str) -> list[Date]:
    """The dates and the relative times of a text, in order."""
    found = [absolute(m) for m in ABSOLUTE.finditer(text)]
    found += [relative(text, m) for m in RELATIVE.finditer(text)]
    return sorted(found, key=lambda d: (d.start, d.end))


def absolute(found: re.Match[str]) -> Date:
    """A date by the calendar."""
    parts = found.groupdict()
    year = parts["y1"] or parts["y2"] or parts["y3"] or parts["y4"] or ""
    named = parts["m1"] or parts["m2"] or parts["m3"]
    month = f"{MONTHS.index(named.casefold()) + 1:02}" if named else ""
    number = parts["d1"] or parts["d2"]
    nth = value(number) if number else None
    day = f"{nth:02}" if nth and 1 <= nth <= 31 else ""
    iso = "-".join(p for p in (year or "-", month, day) if p)
    precision = ("day" if day else "month" if month else "year") if year else ""
    return Date(iso, *found.span(), day=iso if year else "", precision=precision)


def relative(text: str, found: re.Match[str]) -> Date:
    """A time told from something else, with what it is told from, to the end of the clause."""
    stop = CLAUSE_END.search(text, found.end(), found.end() + 80)
    end = min(stop.start() if stop else len(text), found.end() + 80)
    end = end if not stop or end == stop.start() else text.rfind(" ", 0, end)
    end = found.start() + len(text[found.start() : max(end, found.end())].rstrip())
    return Date(" ".join(text[found.start() : end].casefold().split()), found.start(), end, relative=True)
