"""Days and times as a reader reads them."""

from __future__ import annotations

import re
from functools import lru_cache

from vivavoce.model import Times

MANY = 4096  # days kept as they are written: few texts stand for very many
ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(MANY, typed=True)
def day(iso: str | None) -> str:
    """`2021-05-03` -> `3 May 2021`, `2021-05` -> `May 2021`; anything else as it stands."""
    found = ISO.match(iso or "")
    if not found:
        return iso or ""
    year, month, date = found.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return " ".join(filter(None, (str(int(date)) if date else "", MONTHS[int(month) - 1], year)))


@lru_cache(MANY, typed=True)
def year(iso: str | None) -> str:
    """The year of an ISO date, or ""."""
    found = ISO.match(iso or "")
    return found[1] if found else ""


def clock(seconds: float) -> str:
    """Seconds as `m:ss` or `h:mm:ss`."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def stretch(time: Times | None) -> str:
    """A stretch of a recording: `12:40–13:05`, one time where both ends read the same, "" where untimed."""
    if not time:
        return ""
    first, last = clock(time[0]), clock(time[1])
    return first if first == last else f"{first}–{last}"


def machine(seconds: float) -> str:
    """Seconds for a `#t=` fragment or a data attribute: no needless zeros."""
    return f"{max(seconds, 0.0):.2f}".rstrip("0").rstrip(".")
