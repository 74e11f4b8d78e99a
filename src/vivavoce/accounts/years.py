"""Years as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.numbers import value
from vivavoce.language.times import dates

# A year as people say it: "in seventy-two", "in the spring of ’84"; not "in seventy-two hours".
SHORT_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|of(?= ['’‘])) (?P<year>['’‘]\d\d|[a-z]{5,7}(?:-[a-z]{3,5})?)"
    r"(?=[,.;:!?]|$| (?:and|when|with|for|it|he|she|they|we|I|there|the|on|at|as|after|before|but|so|or)\b)"
)
SHORT_LEAST = 20  # a smaller number in words is rarely a year


def years_in(text: str) -> Iterator[str]:
    """The last two figures of the years that a text gives: "1972", "seventy-two"."""
    yield from (d.day[2:4] for d in dates(text) if d.day)
    for m in SHORT_YEAR.finditer(text):
        said = value(m["year"].strip("'’‘"))
        if said is not None and said >= SHORT_LEAST:
            yield f"{said:02}"
