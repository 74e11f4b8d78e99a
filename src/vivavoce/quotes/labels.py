"""Questions and answers, and other labelled dialogue, inside a press piece."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from vivavoce.language.paragraphs import stripped
from vivavoce.model import Span
from vivavoce.quotes.draft import Draft

LABEL = re.compile(
    r"[\"“]?(?:\*\*|__)?(Q|A|[A-Z][\w.’'-]{0,24}(?: [A-Z(][\w.’')-]{0,24}){0,3})"
    r" ?(?::|(?<=\b[QA])\.(?=\s)) ?(?:\*\*|__)?:?\s*"
)
ASIDE = re.compile(r"[\"“]?[(\[][^()\[\]]{1,60}[)\]][.\"”]*$")
MARKS = frozenset('"“”')
QUESTION = frozenset(["Q", "Question"])
ANSWERS = frozenset(["Q", "A"])
FEWEST = 3
ALIKE = 2
REACH = 120
GAP = 4


def labelled(text: str, spans: list[Span]) -> dict[int, Draft | None]:
    """The paragraphs that are labelled speech, by their index: `NAME: words`, `Q: …` and `A: …`.

    Only where there are several and a label comes again, so that "Correction: …" is none. The label stays outside
    the span. Up to three paragraphs between two labelled ones go on with the speech before them; their draft is None.
    """
    found = {i: m for i, (a, b) in enumerate(spans) if (m := LABEL.match(text, a, min(b, a + REACH))) and m.end() < b}
    count = Counter(m.group(1) for m in found.values())
    both = count.keys() >= ANSWERS
    kept = {i: m for i, m in found.items() if count[m.group(1)] >= ALIKE or (both and m.group(1) in ANSWERS)}
    if len(kept) < (ALIKE if both else FEWEST) or len({m.group(1) for m in kept.values()}) < ALIKE:
        return {}
    out: dict[int, Draft | None] = {}
    for i, following in pairwise([*sorted(kept), len(spans) + GAP]):
        more = range(i + 1, following) if following - i <= GAP else range(0)
        out[i] = speech(text, kept[i], [spans[k] for k in (i, *more)])
        out.update(dict.fromkeys(more))
    return out


def speech(text: str, label: re.Match[str], spans: list[Span]) -> Draft | None:
    """The words behind a label and in the paragraphs that go on with it, without asides such as (laughs)."""
    first, *more = spans
    said = [stripped(text, label.end(), first[1]), *(s for s in more if not ASIDE.match(text, *s))]
    kept = tuple(bare(text, s, text[label.start()] in MARKS) for s in said if s[0] < s[1])
    why = (f"labelled {label.group(1)}",)
    asks = label.group(1) in QUESTION
    return Draft("direct", kept, kept, "body", None, 0.9, why, asks=asks) if kept else None


def bare(text: str, span: Span, marked: bool) -> Span:
    """The span without the marks of a dialogue that is quoted as a whole."""
    start, end = span
    start += marked and text[start] in MARKS
    return start, end - (marked and end - start > 1 and text[end - 1] in MARKS)
