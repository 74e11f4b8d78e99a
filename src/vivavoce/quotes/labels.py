"""Questions and answers, oral histories and other labelled dialogue, inside a press piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from itertools import pairwise, takewhile

from vivavoce.language.paragraphs import stripped
from vivavoce.model import Span
from vivavoce.quotes.draft import Draft

LABEL = re.compile(
    r"[\"“]?(?:\*\*|__)?(Q|A|[A-Z][\w.’'-]{0,24}(?: [A-Z(][\w.’')-]{0,24}){0,3}?)"
    r"( \((?=[^()\n]{0,80}[A-Za-z]{3})[^()\n]{1,80}\))?"
    r" ?(?::|(?<=\b[QA])\.(?=\s)) ?(?:\*\*|__)?:?\s*"
)
BARE = re.compile(r"[\"“*_]{0,3}[QA]\.")
ASIDE = re.compile(r"[\"“]?[(\[][^()\[\]]{1,60}[)\]][.\"”]*$")
OWN = re.compile(r"\b(?:I|I['’](?:m|d|ll|ve)|[Mm]y|me|[Ww]e(?:['’](?:re|d|ll|ve))?|us|[Oo]ur)\b")
INNER = re.compile(r"“[^“”]*”|\"[^\"]*\"")
WORD = re.compile(r"\w+")
MARKS = frozenset('"“”')
QUESTION = frozenset(["Q", "Question"])
ANSWERS = frozenset(["Q", "A"])
FEWEST = 3
ALIKE = 2
MOST, LEAST = 0.75, 0.25  # shares of a label's paragraphs that are questions
REACH = 200
GAP = 4

Labels = dict[int, re.Match[str]]


def labelled(text: str, spans: list[Span]) -> dict[int, Draft | None]:
    """The paragraphs that are labelled speech, by their index: `NAME: …`, `NAME (who it is): …`, `Q: …`, `A: …`.

    Only where there are several and a label comes again, or where names in capitals do, so that "Correction: …" is
    none. The label stays outside the span. The paragraphs that go on with the speech before them have the draft None:
    up to three between two turns of an interview; elsewhere as long as they are somebody's own words. Nor is a question
    that the paper itself puts, as The Needle, a quotation.
    """
    heads = [(i, a, b) for i, (a, b) in enumerate(spans) if ":" in text[a : a + REACH] or BARE.match(text, a, b)]
    found = {i: m for i, a, b in heads if (m := LABEL.match(text, a, min(b, a + REACH))) and m.end() < b}
    kept = repeated(found) or oral(found)
    out: dict[int, Draft | None] = {}
    names = {word.lower() for m in kept.values() for word in m.group(1).split() if len(word) > 1}
    talk = interview(text, kept)
    asking = QUESTION | askers(text, spans, kept)
    for i, following in pairwise([*sorted(kept), len(spans)]):
        more = list(range(i + 1, following))
        if not (talk and following in kept and following - i <= GAP):
            more = list(takewhile(lambda k: own(text, spans[k], names), more))
        papers = kept[i].group(1) in asking and kept[i].group(1).casefold().startswith("the ")
        out[i] = None if papers else speech(text, kept[i], [spans[k] for k in (i, *more)], asking)
        out.update(dict.fromkeys(more))
    return out


def repeated(found: Labels) -> Labels:
    """Those labels that come again, where there are several; none of those if fewer."""
    count = Counter(m.group(1) for m in found.values())
    both = count.keys() >= ANSWERS
    kept = {i: m for i, m in found.items() if count[m.group(1)] >= ALIKE or (both and m.group(1) in ANSWERS)}
    few = len(kept) < (ALIKE if both else FEWEST) or len({m.group(1) for m in kept.values()}) < ALIKE
    return {} if few else kept | (oral(found) if not both else {})


def oral(found: Labels) -> Labels:
    """The labels of an oral history, which may come once: names in capitals, of two words or more or with who it is
    in brackets at least once, and then by any of their words; at least two."""
    strong = {i: m for i, m in found.items() if m.group(1).isupper() and (" " in m.group(1) or m.group(2))}
    count = Counter(m.group(1) for m in strong.values())
    if len(count) < ALIKE or not (any(m.group(2) for m in strong.values()) or max(count.values()) >= ALIKE):
        return {}
    names = {word for name in count for word in name.split()}
    return {i: m for i, m in found.items() if i in strong or m.group(1) in names}


def own(text: str, span: Span, names: set[str]) -> bool:
    """Whether a paragraph speaks of "I" and "we" outside of marks, and of none of the speakers by name."""
    words = INNER.sub("", text[slice(*span)])
    return bool(OWN.search(words)) and not names.intersection(WORD.findall(words.lower()))


def interview(text: str, kept: Labels) -> bool:
    """Whether two speak, or all that is said stands in marks: nothing of the piece itself comes between."""
    return len({m.group(1) for m in kept.values()}) == ALIKE or any(text[m.start()] in MARKS for m in kept.values())


def askers(text: str, spans: list[Span], kept: Labels) -> set[str]:
    """The label of the one who asks, of two: a paper called The …, or one whose paragraphs are nearly all questions
    where the other's are not."""
    count = Counter(m.group(1) for m in kept.values())
    asked = Counter(m.group(1) for i, m in kept.items() if text[slice(*spans[i])].rstrip(' ”"*_').endswith("?"))
    if len(count) != ALIKE:
        return set()
    (a, m), (b, n) = count.items()
    most = {a} if asked[a] >= MOST * m and asked[b] < LEAST * n else set()
    most |= {b} if asked[b] >= MOST * n and asked[a] < LEAST * m else set()
    return {label for label in most if label.casefold().startswith("the ") or count[label] >= FEWEST}


def speech(text: str, label: re.Match[str], spans: list[Span], asking: Container[str] = QUESTION) -> Draft | None:
    """The words behind a label and in the paragraphs that go on with it, without asides such as (laughs)."""
    first, *more = spans
    said = [stripped(text, label.end(), first[1]), *(s for s in more if not ASIDE.match(text, *s))]
    kept = tuple(bare(text, s, text[label.start()] in MARKS) for s in said if s[0] < s[1])
    why = (f"labelled {label.group(1)}",)
    asks = label.group(1) in asking
    return Draft("direct", kept, kept, "body", None, 0.9, why, asks=asks) if kept else None


def bare(text: str, span: Span, marked: bool) -> Span:
    """The span without the marks of a dialogue that is quoted as a whole."""
    start, end = span
    start += marked and text[start] in MARKS
    return start, end - (marked and end - start > 1 and text[end - 1] in MARKS)
