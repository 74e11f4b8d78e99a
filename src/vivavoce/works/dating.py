"""When works came out, and the dates that times told from them make."""

from __future__ import annotations

import datetime
import re

from msgspec.structs import replace

from vivavoce.model import Entry, Fact, Offset

OUT = ("aired", "released", "published", "opened")
DAYS = {"day": 1, "night": 1, "evening": 1, "morning": 1, "week": 7, "weekend": 7}
MONTHS = {"month": 1, "year": 12}
YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")


def came_out(entry: Entry, facts: tuple[Fact, ...]) -> Entry:
    """An entry with the date on which it came out, where the sources agree on one."""
    if entry.date:
        return entry
    years = (
        {y for name in (entry.title, *entry.aliases) for y in YEAR.findall(name)} if entry.kind == "event" else set()
    )
    if len(years) == 1:
        return replace(entry, date=years.pop())
    told = {str(f.value) for f in facts if f.work == entry.id and f.kind in OUT and ISO.fullmatch(str(f.value))}
    best = max(told, key=lambda d: (len(d), d), default="")
    agreed = all(best.startswith(d) for d in told)
    return replace(entry, date=best) if best and agreed else entry


def happening(offset: Offset, entries: tuple[Entry, ...], facts: tuple[Fact, ...]) -> Offset:
    """A relative time with the date that it makes, where that of its anchor is known and it tells how long."""
    if not offset.amount or not (offset.work or offset.event == "told"):
        return offset
    if offset.event == "told":
        anchor = offset.told if offset.unit in MONTHS else ""
    elif offset.event in ("wrapped", "filmed"):
        told = {str(f.value) for f in facts if f.work == offset.work and f.kind == offset.event}
        anchor = told.pop() if len(told) == 1 else ""
    else:
        anchor = next((e.date for e in entries if e.id == offset.work), "")
    made = shifted(anchor, offset)
    return replace(offset, happened=made, precision=("year", "month", "day")[made.count("-")]) if made else offset


def shifted(anchor: str, offset: Offset) -> str:
    """An ISO date so many days, months or years away, as precise as both it and the unit are; "" where it cannot be
    told."""
    if not ISO.fullmatch(anchor):
        return ""
    sign = -1 if offset.before else 1
    if offset.unit in DAYS and len(anchor) == 10:
        try:
            day = datetime.date.fromisoformat(anchor)
            return (day + datetime.timedelta(days=sign * round(offset.amount * DAYS[offset.unit]))).isoformat()
        except (ValueError, OverflowError):
            return ""
    if offset.unit in MONTHS and len(anchor) >= (7 if offset.unit == "month" else 4):
        months = int(anchor[:4]) * 12 + int(anchor[5:7] or 1) - 1 + sign * round(offset.amount * MONTHS[offset.unit])
        year, month = divmod(months, 12)
        if not 1000 <= year <= 9999:
            return ""
        return f"{year}" if offset.unit == "year" else f"{year}-{month + 1:02}"
    return ""
