"""Where to look for one event in more sources than can be looked through together: what a source tells that few others
do, so that `gather` is asked block by block (Christen 2012, Data Matching, chapter 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from vivavoce.model import Passage

WINDOW = 14  # days in which what is told of one event of the news is printed
FIRST = 6  # names of a source, in order of its text, whose pairs are looked at
PAIR, NEWS, DAY, NAME = range(4)  # what two sources share, the surest first


def keys(passages: Sequence[Passage]) -> list[tuple[int, str]]:
    """What sources of one event are likely to share with this one, each with how sure that is (0 the surest): two
    names within a fortnight, a name within one, the day of which they tell, a name at any time."""
    names = list(dict.fromkeys(n for p in passages for n in (*p.names, *p.works) if " " in n))
    days = dict.fromkeys(d for p in passages for d in p.dates if len(d) == 10)
    now = next((p.told for p in passages if len(p.told) == 10), "")
    found = [(NAME, name) for name in names] + [(DAY, day) for day in days]
    for window in windows(now):
        found += [(NEWS, f"{name} {window}") for name in names]
        found += [(PAIR, f"{a} {b} {window}") for a, b in combinations(sorted(names[:FIRST]), 2)]
    return found


def windows(day: str) -> Iterator[str]:
    """The two windows that a day lies in: one begins in the middle of the other, so that no edge parts neighbours."""
    try:
        number = date.fromisoformat(day).toordinal()
    except ValueError:
        return
    yield f"a{number // WINDOW}"
    yield f"b{(number + WINDOW // 2) // WINDOW}"
