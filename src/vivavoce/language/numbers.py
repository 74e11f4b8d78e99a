"""Numbers among words, as they are counted: "seventeen" and "17" are one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.language.lexicon import lexicon

FIGURES = re.compile(r"(\d{1,15})(?:st|nd|rd|th|s)?")


def numbers(said: Sequence[str]) -> list[int]:
    """The numbers that some folded words give, in their order. Neighbours are one number as far as they make one: "two
    hundred and four", "nineteen eighty-three", "3,000". English."""
    out: list[int] = []
    whole, part = 0, -1  # part: what is counted so far of the last three digits; -1: no number has begun
    for at, word in enumerate(said):
        n = valued(word)
        if power := lexicon().powers.get(word, 0):
            counted = max(part, 0) or 1
            whole, part = (whole, counted * power) if power == 100 else (whole + counted * power, 0)
        elif n is not None and (more := longer(whole, part, n, said[at - 1] if at else "", word)) >= 0:
            part = more
        elif not (
            word == "and" and part >= 0 and part % 100 == 0 and valued(*said[at + 1 : at + 2] or [""]) is not None
        ):
            out += [whole + part] if part >= 0 else []
            whole, part = 0, -1 if n is None else n
    return [*out, whole + part] if part >= 0 else out


def valued(word: str) -> int | None:
    """What a word counts; None for one that counts nothing."""
    figures = FIGURES.fullmatch(word)
    return int(figures[1]) if figures else lexicon().numbers.get(word)


def longer(whole: int, part: int, n: int, before: str, word: str) -> int:
    """The number so far with another word's: -1 where that begins another number."""
    if before.isdigit() and word.isdigit():
        return part * 1000 + n if len(word) == 3 and len(before) < 4 else -1
    if before.isdigit() or word.isdigit() or part < 0:
        return -1
    if (part % 100 == 0 and (part or whole) and n < 100) or (part % 10 == 0 and part % 100 >= 20 and 0 < n < 10):
        return part + n
    return part * 100 + n if not whole and 10 <= part < 100 and 10 <= n < 100 else -1
