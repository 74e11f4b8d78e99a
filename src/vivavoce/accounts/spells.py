"""How long something lasted, in days and more: "We were out three days", "It was one afternoon", "Two days." """

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.numbers import LENGTH, ORDINALS, Number, loosened, value
from vivavoce.accounts.words import lists

HOUR = 3600.0
DAYS = ("days",)  # what narrows such a length: days are not compared with minutes
# A part of a day as half of one: an afternoon is not two days, and may be half a day.
UNITS = {
    **dict.fromkeys(("morning", "afternoon", "evening", "night"), 12 * HOUR),
    "day": 24 * HOUR,
    "weekend": 48 * HOUR,
    "week": 168 * HOUR,
    "fortnight": 336 * HOUR,
    "month": 730 * HOUR,
    "year": 8766 * HOUR,
}
_N = r"(?:an?|one|a single|the whole|a whole|\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)"
SPELL = re.compile(
    r"(?P<rough>(?:about|nearly|almost|around|over|some|just|only|a good) )?"
    rf"\b(?P<n>{_N}) (?P<unit>{'|'.join(UNITS)})s?\b",
    re.I,
)
# What comes before a length of time that something lasted.
LASTED = re.compile(
    r"\b(?:(?:it|that|this|all|(?:the|our|their) \w+) (?:was|lasted|took|went on(?: for)?|ran(?: for)?)"
    r"|(?:we|they|you) (?:was|were|stayed|stopped|sat|stood|held|waited|lay|kept|walked)(?: \w+){0,4}?(?: for)?"
    r"|(?:did|made|shot|recorded|built|wrote|filmed|cut|painted|finished) (?:it|that|them|all of it|the \w+) in"
    r"|(?:lasted|took|went on)(?: for)?)\W+$",
    re.I,
)
# What comes after one: "Two weeks, that one lasted", "three weeks of it".
AFTERWARDS = re.compile(r" of it\b|,? (?:that|it|this)(?: one| strike| thing)? (?:lasted|took|went on|was)\b", re.I)
BEGINS = re.compile(r"(?:^|[.!?]\s+)(?:(?:and|but|no|oh|well),? )?$", re.I)
ENDS = re.compile(r"\s*(?:[.,;!?—–]|$)")
RELATIVE = re.compile(
    r"\W{0,2}(?:later|after|ago|into|earlier|previously|old|of age|a (?:week|month|year)|off)\b", re.I
)
BEFORE = re.compile(r"\W{0,2}before\b", re.I)
BACK = 60  # characters


def spells(text: str, asked_long: bool = False) -> Iterator[Number]:
    """The lengths of time, a part of a day or longer, that something lasted, in seconds. `asked_long`: the question is
    how long it was, so that a sentence that says nothing else answers it."""
    for m in SPELL.finditer(text):
        word = m["n"].casefold()
        count = 1 if word in {"a", "an", "one", "a single", "the whole", "a whole"} else value(word)
        if count is None or word in ORDINALS or RELATIVE.match(text, m.end()):
            continue
        before = text[max(0, m.start() - BACK) : m.start()]
        lasted = LASTED.search(before)
        answers = asked_long and BEGINS.search(before) and ENDS.match(text, m.end())
        alone = answers or AFTERWARDS.match(text, m.end())
        if not (lasted or alone) or denied(before) or (BEFORE.match(text, m.end()) and "it was" not in before.lower()):
            continue
        seconds = UNITS[m["unit"].casefold()] * count
        least, most = loosened((m["rough"] or "").casefold().split(), seconds, seconds)
        yield Number(least, most, LENGTH, DAYS, " ".join(m[0].casefold().split()), m.start("n"), m.end())


def denied(before: str) -> bool:
    """Whether what stands right before says that it was not so: "it was not two days"."""
    return any(w in lists().deny or w.endswith(("n't", "n’t")) for w in before.casefold().split()[-3:])
