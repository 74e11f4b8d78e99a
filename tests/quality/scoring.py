"""How well what is found agrees with what is annotated, over documents.

`direct`, `direct>=4`: fragments in marks, exact after trimming what is no word at both ends (of four words or more).
`content`: all that is reported, in F1 exact and with an overlap (intersection over union) of .3 and .8; thought
counts neither way. `speaker` of the matched fragments in marks whose speaker is mentioned, and of all of them;
`person` likewise of those whose person is known; `sure` the share of these with a confidence of .9 or more, and
`right when sure` how many of those have the right person. `traps`: the share of stretches in marks that are
nobody's words, and of reported thoughts, that are not found as something said.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

WORD = re.compile(r"\w+")
TITLES = {"mr", "mrs", "ms", "dr", "sir", "jr", "sr", "the"}
SHARES = ("speaker", "speaker of all", "person", "person of all", "sure", "right when sure", "traps")
SURE = 0.9
Span = tuple[int, int]
Said = dict[str, Any]


def figures(documents: list[tuple[str, list[Said], list[Span], list[Said]]]) -> dict[str, float]:
    """The figures over documents, each (text, gold quotes, traps, found quotes), rounded to three places."""
    n: Counter[str] = Counter()
    for text, gold, traps, found in documents:
        _spans(text, gold, found, n)
        _speakers(text, gold, found, n)
        _traps(text, gold, traps, found, n)
    shares = {k: (f"{k}.hit", f"{k}.gold") for k in SHARES}
    out = {k: _f1(n[f"{k}.tp"], n[f"{k}.found"], n[f"{k}.gold"]) for k in ("direct", "direct>=4")}
    for label, key in (("content exact", "exact"), ("content .3", ".3"), ("content .8", ".8")):
        out[label] = _f1(n[key], n["content.found"], n["content.gold"])
    return out | {k: round(n[hit] / n[of], 3) if n[of] else 0.0 for k, (hit, of) in shares.items()}


def trimmed(text: str, start: int, end: int) -> Span:
    """A span from its first word to its last."""
    words = list(WORD.finditer(text, start, end))
    return (words[0].start(), words[-1].end()) if words else (start, end)


def overlap(a: Span, b: Span) -> float:
    """Intersection over the stretch that both take up."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def paired(gold: list[Span], found: list[Span], least: float) -> list[tuple[int, int]]:
    """Which go together, the best first, each once."""
    ranked = [(overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    left, right, out = set(range(len(gold))), set(range(len(found))), []
    for share, i, j in sorted(ranked, reverse=True):
        if share >= least and i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((i, j))
    return out


def same_person(name: str, wanted: str) -> bool:
    """The same last word, and no other word in conflict."""
    a, b = ([w for w in WORD.findall(n.casefold()) if w not in TITLES] for n in (name, wanted))
    return bool(a and b) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a) or a[0] == b[0])


def _f1(right: int, found: int, gold: int) -> float:
    return round(2 * right / (found + gold), 3) if found + gold else 0.0


def _fragments(text: str, found: list[Said], key: str = "spans") -> list[tuple[Span, Said]]:
    return [(trimmed(text, *span), q) for q in found for span in q.get(key) or q["spans"]]


def _marked(text: str, found: list[Said]) -> list[tuple[Span, Said]]:
    return [(span, q) for span, q in _fragments(text, found) if q["kind"] in ("direct", "mixed")]


def _spoken(text: str, gold: list[Said]) -> list[tuple[Span, Said]]:
    return [(trimmed(text, q["start"], q["end"]), q) for q in gold if q["cue_class"] != "cognition"]


def _thoughts(text: str, gold: list[Said]) -> list[Span]:
    return [trimmed(text, q["start"], q["end"]) for q in gold if q["cue_class"] == "cognition"]


def _spans(text: str, gold: list[Said], found: list[Said], n: Counter[str]) -> None:
    spoken = _spoken(text, gold)
    wanted = [span for span, _ in spoken]
    others = {span for span, q in spoken if q["kind"] != "direct"}
    mine = {span for span, q in _marked(text, found) if q["kind"] == "direct"} - others
    for label, least in (("direct", 1), ("direct>=4", 4)):
        g, f = (
            {s for s in spans if len(WORD.findall(text[slice(*s)])) >= least} for spans in (set(wanted) - others, mine)
        )
        n.update({f"{label}.tp": len(g & f), f"{label}.found": len(f), f"{label}.gold": len(g)})
    thoughts = _thoughts(text, gold)
    content = [span for span, _ in _fragments(text, found, "content")]
    content = [s for s in content if s in wanted or all(overlap(s, t) < 0.3 for t in thoughts)]
    n.update({"content.found": len(content), "content.gold": len(wanted), "exact": len(set(wanted) & set(content))})
    n.update({".3": len(paired(wanted, content, 0.3)), ".8": len(paired(wanted, content, 0.8))})


def _speakers(text: str, gold: list[Said], found: list[Said], n: Counter[str]) -> None:
    marked = [(span, q) for span, q in _spoken(text, gold) if q["kind"] in ("direct", "mixed")]
    n["speaker of all.gold"] += sum(bool(q["speaker"]) for _, q in marked)
    n["person of all.gold"] += sum("speaker_name" in q for _, q in marked)
    mine = _marked(text, found)
    mine += [(span, q) for span, q in _fragments(text, found, "content") if q["kind"] == "mixed"]
    for i, j in paired([span for span, _ in marked], [span for span, _ in mine], 0.3):
        wanted, given = marked[i][1], mine[j][1]
        if wanted["speaker"]:
            hit = _meets(wanted["speaker"], given.get("speaker"))
            n.update({"speaker.hit": hit, "speaker of all.hit": hit, "speaker.gold": 1})
        if "speaker_name" in wanted:
            hit = _is_person(text, wanted, (given.get("person") or {}).get("name") or "")
            sure = given.get("confidence", 0.0) >= SURE
            n.update({"person.hit": hit, "person of all.hit": hit, "person.gold": 1})
            n.update(
                {"sure.hit": sure, "sure.gold": 1, "right when sure.hit": sure and hit, "right when sure.gold": sure}
            )


def _is_person(text: str, wanted: Said, name: str) -> bool:
    printed = {text[a:b].casefold() for a, b in wanted.get("speaker_mentions", [])}
    return same_person(name, wanted["speaker_name"]) or name.casefold() in printed


def _meets(a: Said, b: Said | None) -> bool:
    return bool(b) and overlap((a["start"], a["end"]), (b["start"], b["end"])) > 0


def _traps(text: str, gold: list[Said], traps: list[Span], found: list[Said], n: Counter[str]) -> None:
    mine = [span for span, _ in _fragments(text, found)]
    for trap in [trimmed(text, *t) for t in traps] + _thoughts(text, gold):
        n["traps.gold"] += 1
        n["traps.hit"] += all(overlap(trap, span) < 0.5 for span in mine)
