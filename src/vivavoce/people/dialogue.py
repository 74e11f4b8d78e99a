"""Talk to and fro: whether quotations alternate, who is addressed, who acts beside the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from vivavoce.people.reports import Report, main_subject
from vivavoce.people.scan import CLOSERS
from vivavoce.people.tags import FAR, Found, Frame, Stage

LEAST_TALK = 4
CALLS = frozenset(["dear", "my", "oh", "o", "well", "yes", "no"])


def opens_paragraph(s: Stage, f: Frame) -> bool:
    """Whether a quotation begins its paragraph."""
    seen = s.scan
    i = seen.paras[seen.para[f.first]]
    while i < f.first and seen.word[i] in CLOSERS:
        i += 1
    return i >= f.first


def alternates(s: Stage, frames: list[Frame], tags: list[Found | None]) -> bool:
    """Whether the text's quotations are a dialogue: neighbouring paragraphs that begin with a quotation mostly have
    different speakers, or mostly no tag at all; in news the same person goes on."""
    direct = [(f, t) for f, t in zip(frames, tags, strict=True) if f.quote.kind == "direct" and opens_paragraph(s, f)]
    if len(direct) < LEAST_TALK:
        return False
    same = differ = bare = 0
    for (f, t), (g, u) in pairwise(direct):
        if s.scan.para[g.first] - s.scan.para[f.last - 1] != 1:
            continue
        if t is None or u is None:
            bare += 1
            continue
        verdict = compare(s, t, u)
        same += verdict == 1
        differ += verdict == -1
    return differ > same or (differ == same and bare > same + 2)


def compare(s: Stage, a: Found, b: Found) -> int:
    """1: two mentions seem to be one speaker's, -1: two speakers', 0: no telling."""
    x, y = s.figure_at.get(a.last - 1), s.figure_at.get(b.last - 1)
    if x is not None and y is not None:
        return 1 if x == y else -1
    p, q = s.scan.low[a.first], s.scan.low[b.first]
    if p in ("he", "she", "i") and q in ("he", "she", "i"):
        return 0 if p == q else -1
    named, pronoun = (x, q) if x is not None else (y, p)
    if named is None or pronoun not in ("he", "she", "i"):
        return 0
    gender = s.genders[named]
    if pronoun == "i" or (gender and gender != ("m" if pronoun == "he" else "f")):
        return -1
    return 1 if x is not None else 0


def called(s: Stage, f: Frame) -> tuple[int, ...]:
    """The figures whom a quotation addresses: names within it between punctuation."""
    seen = s.scan
    if f.quote.kind == "indirect":
        return ()
    out: list[int] = []
    for a, b in f.parts:
        if sum(seen.word[i][0].isalnum() for i in range(a, min(b, a + 8))) < 3:
            continue
        for i in s.named_within(a, b):
            name = s.ground.ends[i]
            before = seen.word[name.lead - 1] if name.lead > a else ","
            after = seen.word[i + 1] if i + 1 < b else "."
            opened = before in ",—-–.!?" or before in CLOSERS or seen.low[name.lead - 1] in CALLS
            if opened and (after in ",.!?;—-–" or after in CLOSERS):
                out.append(s.figure_at[i])
    return tuple(out)


def beat_before(s: Stage, f: Frame) -> Found | None:
    """The subject of the sentence right before the quotation in its paragraph."""
    seen = s.scan
    if f.first <= seen.paras[seen.para[f.first]]:
        return None
    i = f.first - 1
    while i > 0 and seen.word[i] in CLOSERS and not seen.inside[i]:
        i -= 1
    if seen.para[i] != seen.para[f.first] or seen.inside[i]:
        return None
    floor = seen.sentences[seen.sentence[i]]
    r = closing(s, floor, i)
    if r and person(s, (r.first, r.last)):
        return Found(r.first, r.last, r.verb, 0.85, "subject of the words right before")
    np = main_subject(s.ground, floor, f.first)
    if np and person(s, np):
        return Found(*np, None, 0.75, "subject of the sentence before")
    hits = s.reports[bisect_left(s.verbs, max(floor, i - FAR)) : bisect_right(s.verbs, i)]
    told = next((h for h in reversed(hits) if person(s, (h.first, h.last))), None)
    return Found(told.first, told.last, None, 0.7, "spoke in the sentence before") if told else None


def closing(s: Stage, floor: int, end: int) -> Report | None:
    """The report whose verb ends a sentence: "…, to which Ortiz politely objected."."""
    hits = s.reports[bisect_left(s.verbs, max(floor, end - 2)) : bisect_right(s.verbs, end)]
    return hits[-1] if hits and hits[-1].form != "who" else None


def beat_after(s: Stage, f: Frame) -> Found | None:
    """The subject of the sentence right after the quotation in its paragraph: who acts speaks."""
    seen = s.scan
    top = seen.paras[seen.para[f.last - 1] + 1]
    i = f.last
    while i < top and (seen.word[i] in CLOSERS or seen.word[i] in ",—–-.!?"):
        i += 1
    if i >= top or seen.inside[i]:
        return None
    np = main_subject(s.ground, i, top)
    return Found(*np, None, 0.65, "acts right after") if np and person(s, np) else None


def person(s: Stage, np: tuple[int, int]) -> bool:
    """Whether a noun phrase names somebody or is a pronoun for one."""
    number = s.figure_at.get(np[1] - 1)
    if number is not None:
        return s.kinds[number] in ("person", "character", "label")
    return np[1] == np[0] + 1 and s.scan.low[np[0]] in ("he", "she", "i")
