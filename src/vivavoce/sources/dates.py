"""Dates as the press writes them, to ISO days."""

from __future__ import annotations

import datetime
import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
MONTH_FIRST = re.compile(rf"\b({MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.I)
DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of| de)? ({MONTH})\b\.?,?(?: de)? (\d{{4}})\b", re.I)
MONTH_ONLY = re.compile(rf"\b({MONTH})\b\.?,? (\d{{4}})\b", re.I)
YEAR = re.compile(r"\d{4}(?:-\d\d)?$")
AROUND = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|\d{1,2}[:.]\d\d|\b(?:am|pm|a\.m\.|p\.m\.|at|et|est|edt|gmt|utc|uhr|um)\b|[\s,|•·.–—-]",
    re.I,
)


def day(words: str) -> str:
    """The first date in some words as ISO (day, month or year as far as given), or ""."""
    found = _first(words)
    return found[0] if found else ""


def only(words: str) -> bool:
    """Are the words a date, with a weekday and a time of day at most?"""
    found = _first(words)
    return bool(found) and found is not None and not AROUND.sub("", words[: found[1]] + words[found[2] :])


def _first(words: str) -> tuple[str, int, int] | None:
    for pattern, order in ((ISO, (1, 2, 3)), (MONTH_FIRST, (3, 1, 2)), (DAY_FIRST, (3, 2, 1))):
        for found in pattern.finditer(words):
            iso = _iso(*(found[i] for i in order))
            if iso:
                return iso, found.start(), found.end()
    month = MONTH_ONLY.search(words)
    if month:
        return f"{month[2]}-{MONTHS[month[1].lower()]:02}", month.start(), month.end()
    return (words.strip(), 0, len(words)) if YEAR.match(words.strip()) else None


def _iso(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    try:
        return datetime.date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""
