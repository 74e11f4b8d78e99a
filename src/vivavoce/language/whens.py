"""When, in the ways that people say it: hours ("half past two", "about midnight"), days of the week, dates, days that
have a name ("Boxing Day"), months, seasons, years ("the Easter of '74"). English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from vivavoce.language.counting import ORDINALS, TENS, UNITS, value
from vivavoce.language.times import MONTHS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMED = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "st stephen's day": (12, 26), "hogmanay": (12, 31), "hallowe'en": (10, 31),
    "halloween": (10, 31), "bonfire night": (11, 5), "guy fawkes night": (11, 5), "may day": (5, 1),
    "midsummer's day": (6, 24), "armistice day": (11, 11), "valentine's day": (2, 14), "st patrick's day": (3, 17),
    "all saints' day": (11, 1), "independence day": (7, 4), "twelfth night": (1, 5), "christmas": (12, 0),
}  # fmt: skip
MOVABLE = ("good friday", "easter monday", "easter sunday", "easter", "whitsun", "shrove tuesday", "pancake day",
           "ash wednesday", "palm sunday", "thanksgiving")  # fmt: skip
SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_WORDS = "|".join(w for w, n in UNITS.items() if 1 <= n <= 12)
_HOUR = rf"(?:{_WORDS}|1[0-2]|[1-9])(?!\w|,\d)"
_TENS = "|".join(TENS)
_SMALL = "|".join(list(UNITS)[1:10])
_MINUTES = rf"(?:(?:{_TENS})(?:[- ](?:{_SMALL}))?|{'|'.join(list(UNITS)[1:20])}|[1-5]?\d)"
_PART = r"(?: (?:in the (?:morning|afternoon|evening)|at night)|[ ]?[ap]\.?m\b\.?)"
CLOCK = re.compile(
    rf"\b(?:(?P<past>half|(?:a )?quarter|{_MINUTES})(?: minutes)? (?P<way>past|to|after|before) (?P<of>{_HOUR})"
    rf"|(?P<named>midnight|noon|midday)"
    rf"|(?<![£$€\d.,])(?P<h>(?:1\d|2[0-3]|\d))[.:](?P<m>[0-5]\d)(?![\d.])(?! ?(?:%|per|metres|m\b|pounds|marks))"
    rf"|(?P<hh>{_HOUR})(?:[ -](?P<mm>thirty|fifteen|forty-five|twenty|forty|ten))?(?=(?: o['’]clock\b)|{_PART})"
    rf"|(?<=\bat )(?<!it at )(?P<at>{_HOUR})(?=[.,;!?—–]|$| (?:and|when|that|on|sharp)\b)"
    rf"|(?<=\b(?:about|after) )(?P<near>{_HOUR})(?=[.,;!?—–]|$))(?: o['’]clock\b)?(?P<part>{_PART})?",
    re.I,
)
_YEAR = r"(?:1[789]|20)\d\d|['’]\d\d"
_HALF = rf"(?:{_TENS})(?:[- ](?:{_SMALL}))?|oh[- ](?:{_SMALL})"
_SAID = rf"(?:nineteen[- ])?(?:{_HALF})|two thousand(?: and (?:{'|'.join(list(UNITS)[1:20])}))?"
_ANY = rf"(?:{_YEAR}|(?:{_SAID})(?![\w-]| \w+s\b| (?:feet|foot|men|women|people|children|folk|per)\b))"
YEAR = re.compile(
    rf"\b(?:[Ii]n|[Oo]f|[Ss]ince|[Ff]rom|[Bb]y|[Ii]t was|[Tt]hat was|[Tt]his is)"
    rf"(?: (?:late|early|the {'|the '.join(SEASONS)} of))? (?P<year>{_ANY})"
    r"(?! (?:of|per|pounds|percent|years|people|or)\b|[:,]\d)"
)
LONE_YEAR = re.compile(
    rf"(?<![\w,.:£$€/-])(?P<year>(?:1[89]\d\d|20[012]\d)|nineteen[- ](?:{_HALF}))(?![\w:/]|,\d|\.\d)", re.I
)
_MONTH = "|".join(m.title() for m in MONTHS)
_ONES = list(ORDINALS)
_NTH = rf"(?:(?:twenty|thirty)-(?:{'|'.join(_ONES)})|{'|'.join(_ONES)}|thirtieth|\d{{1,2}}(?:st|nd|rd|th)?)"
DATE = re.compile(
    rf"\b(?:(?P<d1>(?i:{_NTH})) (?:of )?(?P<m1>{_MONTH})|(?P<m2>{_MONTH}) (?:the )?(?P<d2>(?i:{_NTH}))(?!\d|,\d)"
    rf"|(?P<m3>{_MONTH}))\b(?:(?:,| of|,? in)? (?P<y>(?i:{_ANY}))(?!\w))?"
)
SHORT = {m[:3].title(): n for n, m in enumerate(MONTHS, 1)}
LEDGER = re.compile(rf"\b(?P<y>1[789]\d\d|20\d\d) (?P<m>{'|'.join(SHORT)}|{_MONTH})\.? (?P<d>\d{{1,2}})\b")
_DAYS = "|".join(sorted((*NAMED, *MOVABLE), key=len, reverse=True)).replace("'", "['’]")
HOLIDAY = re.compile(rf"\b(?P<name>{_DAYS})\b(?:(?:,| of|,? in)? (?P<y>{_ANY})(?!\w))?", re.I)
SEASON = re.compile(
    rf"\b(?:[Tt]he|[Tt]hat|[Ii]n|[Ll]ate|[Ee]arly)(?: (?:the|late|early))* (?P<name>{'|'.join(SEASONS)})\b"
    rf"(?:(?:,| of|,? in)? (?P<y>(?i:{_ANY}))(?!\w))?"
)
WEEKDAY = re.compile(rf"\b(?P<day>{'|'.join(d.title() for d in WEEKDAYS)})s?\b")


class When(NamedTuple):
    """A time as it is said: `kind` "hour", "weekday", "date" or "year"; `value`: minutes of the day, 0 for Monday,
    (year, month, day; 0 where it is not said, seasons are months -1 to -4, movable feasts below), the year."""

    kind: str
    value: tuple[int, ...]
    start: int
    end: int


def whens(text: str) -> list[When]:
    """The times of a text, in order, apart; of those that overlap the first kind, the longest."""
    found: list[When] = []
    for one in chain(hours(text), days(text), feasts(text), seasons(text), weekdays(text), years(text)):
        if not any(one.start < f.end and f.start < one.end for f in found):
            found.append(one)
    return sorted(found, key=lambda w: w.start)


def hours(text: str) -> Iterator[When]:
    """The hours, as minutes of the day, or of half a day and 720 more where nothing says which: (minutes, which)."""
    for m in CLOCK.finditer(text):
        at = minutes(m)
        if at is not None:
            yield When("hour", (at % 720, half_of_day(m, at)), m.start(), m.end())


def minutes(m: re.Match[str]) -> int | None:
    """The minutes since midnight or noon that an hour is said to be."""
    if m["named"]:
        return 0
    if m["past"]:
        said = m["past"].casefold().replace(" ", "-").removeprefix("a-")
        part = {"half": 30, "quarter": 15}.get(said) or value(said)
        hour = value(m["of"])
        if not part or hour is None or part > 59:
            return None
        return hour * 60 + (part if m["way"].casefold() in {"past", "after"} else -part)
    hour = value(m["h"] or m["hh"] or m["at"] or m["near"])
    return None if hour is None else hour * 60 + int(m["m"] or value(m["mm"] or "zero") or 0)


def half_of_day(m: re.Match[str], at: int) -> int:
    """1 before noon, 2 after, 0 where it is not said."""
    part = (m["part"] or m["named"] or "").casefold().strip()
    if "at night" in part:
        return 2 if at >= 360 else 1
    if "morning" in part or part == "midnight" or part.startswith("a"):
        return 1
    return 2 if part or at >= 780 else 0


def days(text: str) -> Iterator[When]:
    """The dates and months."""
    for m in LEDGER.finditer(text):
        month = SHORT[m["m"][:3]]
        yield When("date", (int(m["y"]), month, int(m["d"])), *m.span())
    for m in DATE.finditer(text):
        if not (m["d1"] or m["d2"]) and not (m["y"] or is_time(text, m)):
            continue
        number = value(m["d1"] or m["d2"] or "zero") or 0
        month = MONTHS.index((m["m1"] or m["m2"] or m["m3"]).casefold()) + 1
        if number <= 31:
            yield When("date", (year_of(m["y"]), month, number), *m.span())


def is_time(text: str, m: re.Match[str]) -> bool:
    """Whether a month's name is one: "in May", "that June", "November."; not "May I", nor somebody's name."""
    before = text[max(0, m.start() - 12) : m.start()]
    if re.search(
        r"(?:\b(?:in|the|that|of|was|late|early|mid|last|next|by|since|until|till|to|for|and)|[(—-])\s*$", before, re.I
    ):
        return m[0] not in {"May", "March"} or not re.match(
            r" (?:I|we|you|be|have|to|on|through|out)\b", text[m.end() :]
        )
    return bool(re.match(r"[.,;:!?]", text[m.end() :])) and (not before.strip() or before.rstrip()[-1] in '.!?:,;“"')


def year_of(said: str | None) -> int:
    """The year that words or figures say, of two figures one of the last century; 0 for none."""
    if not said:
        return 0
    low = said.casefold().replace("’", "'").strip("'")
    if low.isdigit():
        return int(low) if len(low) == 4 else 1900 + int(low) if int(low) > 25 else 2000 + int(low)
    if low.startswith("two thousand"):
        return 2000 + (value(low.removeprefix("two thousand").removeprefix(" and ").strip() or "zero") or 0)
    low = re.sub(r"^nineteen[- ]", "", low).replace(" ", "-").removeprefix("oh-")
    return 1900 + (value(low) or 0)


def feasts(text: str) -> Iterator[When]:
    """The days that have a name."""
    for m in HOLIDAY.finditer(text):
        name = m["name"].casefold().replace("’", "'")
        month, number = NAMED.get(name) or (-10 - MOVABLE.index(name), 0)
        yield When("date", (year_of(m["y"]), month, number), *m.span())


def seasons(text: str) -> Iterator[When]:
    """The seasons."""
    for m in SEASON.finditer(text):
        n = {"spring": -1, "summer": -2, "winter": -4}.get(m["name"].casefold(), -3)
        yield When("date", (year_of(m["y"]), n, 0), m.start("name"), m.end())


def weekdays(text: str) -> Iterator[When]:
    """The days of the week."""
    for m in WEEKDAY.finditer(text):
        yield When("weekday", (WEEKDAYS.index(m["day"].casefold()),), *m.span())


def years(text: str) -> Iterator[When]:
    """The years that stand alone."""
    for pattern in (YEAR, LONE_YEAR):
        for m in pattern.finditer(text):
            if (n := year_of(m["year"])) > 1700:
                yield When("year", (n,), *m.span("year"))
