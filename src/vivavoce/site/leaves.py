"""Long lists over several pages: how rows are parted so that no page is too heavy, and how the pages lead to one
another. What fits on one page stays on one, as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, groupby
from typing import Any, TypeVar

from vivavoce.model import Value

T = TypeVar("T")
HEAVY = 120_000  # bytes of rows on a page, about: with its frame it stays below 150 kB


class Leaf(Value, frozen=True):
    """One of several pages: what it holds in a few words, its address from the site's root, and what list it is of."""

    label: str
    path: str
    of: str = ""


def parted(rows: Sequence[T], weigh: Callable[[T], int], heavy: int = HEAVY) -> list[list[T]]:
    """Rows in order, as many a page as are not too heavy together, and one at least; no rows are no page."""
    out: list[list[T]] = []
    weight = heavy
    for row in rows:
        weight += weigh(row)
        if weight > heavy:
            out.append([])
            weight = weigh(row)
        out[-1].append(row)
    return out


def named(first: int, count: int, years: Sequence[str]) -> str:
    """What a page is called: the years of its rows where all have one, else the numbers of its first and last row."""
    if years and all(years):
        return years[0] if years[0] == years[-1] else f"{years[0]} – {years[-1]}"
    return f"{first} – {first + count - 1}" if count > 1 else str(first)


def labelled(pages: Sequence[list[T]], year: Callable[[T], str]) -> list[tuple[list[T], str]]:
    """Each page of a list with what it is called."""
    firsts = accumulate(map(len, pages), initial=1)
    return [(page, named(at, len(page), [year(r) for r in page])) for at, page in zip(firsts, pages, strict=False)]


def grouped(pages: Iterable[Leaf]) -> list[list[Leaf]]:
    """Pages by the list that they are of."""
    return [list(some) for _, some in groupby(pages, key=lambda leaf: leaf.of)]


def weight(*texts: Any) -> int:
    """The bytes of some texts as they stand in a page, about."""
    return sum(len(t) if t.isascii() else len(t.encode("utf-8", "replace")) for t in map(str, texts))


def light(rows: Iterable[T], weigh: Callable[[T], int], heavy: int = HEAVY) -> bool:
    """Whether rows fit on one page; no more of them are weighed than it takes to know."""
    return all(weight <= heavy for weight in accumulate(map(weigh, rows)))
