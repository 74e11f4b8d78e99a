"""Numbers in words and figures: what each word counts."""

from __future__ import annotations

import re

ORDINAL = re.compile(r"(\d{1,9})(?:st|nd|rd|th)?")
TEENS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
UNITS = {word: n for n, word in enumerate(TEENS.split())}
TENTHS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: n * 10 + 20 for n, word in enumerate(TENTHS.split())}
ODD = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20}
ORDINALS = {word + "th": n for word, n in UNITS.items() if n not in {0, 1, 2, 3, 5, 8, 9, 12}} | ODD
BIG = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}


def value(word: str) -> int | None:
    """The number that a word or a figure names ("seven", "22nd", "twenty-second"), or None."""
    word = word.casefold()
    if found := ORDINAL.fullmatch(word):
        return int(found[1])
    for table in (UNITS, TENS, ORDINALS):
        if word in table:
            return table[word]
    ten, _, one = word.partition("-")
    ones = UNITS.get(one, ORDINALS.get(one, 0))
    return TENS[ten] + ones if ten in TENS and 0 < ones < 10 else None
