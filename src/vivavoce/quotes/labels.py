"""Questions and answers, and other labelled dialogue, inside a press piece."""

from __future__ import annotations

import re
from collections import Counter

from vivavoce.language.paragraphs import stripped
from vivavoce.model import Span
from vivavoce.quotes.draft import Draft

LABEL = re.compile(
    r"(?:\*\*|__)?(Q|A|[A-Z][\w.’'-]{0,24}(?: [A-Z(][\w.’')-]{0,24}){0,3})"
    r" ?(?::|(?<=\b[QA])\.(?=\s)) ?(?:\*\*|__)?:?\s*"
)
QUESTION = frozenset(["Q", "Question"])
ANSWERS = frozenset(["Q", "A"])
FEWEST = 3
ALIKE = 2
REACH = 120


def labelled(text: str, spans: list[Span]) -> dict[int, Draft]:
    """The paragraphs that are labelled speech, by their index: `NAME: words`, `Q: …` and `A: …`.

    Only where there are several and a label comes again, so that "Correction: …" is none. The label stays outside
    the span.
    """
    found = {i: m for i, (a, b) in enumerate(spans) if (m := LABEL.match(text, a, min(b, a + REACH))) and m.end() < b}
    count = Counter(m.group(1) for m in found.values())
    both = count.keys() >= ANSWERS
    kept = {i: m for i, m in found.items() if count[m.group(1)] >= ALIKE or (both and m.group(1) in ANSWERS)}
    if len(kept) < (ALIKE if both else FEWEST) or len({m.group(1) for m in kept.values()}) < ALIKE:
        return {}
    return {i: d for i, m in kept.items() if (d := speech(text, m, spans[i][1]))}


def speech(text: str, label: re.Match[str], end: int) -> Draft | None:
    """The words behind a label, if there are any."""
    span = stripped(text, label.end(), end)
    why = (f"labelled {label.group(1)}",)
    asks = label.group(1) in QUESTION
    return Draft("direct", (span,), (span,), "body", None, 0.9, why, asks=asks) if span[0] < span[1] else None
