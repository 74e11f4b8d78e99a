"""What each kind of evidence weighs that an answer begins to tell of something else (`accounts/turning.py`): rows for
`weights.py`, from archives whose events are known.

Where an archive has a `stretches.json` (of each account, and of small talk, all that is told, word for word), each
answer is labelled by what it tells first and what was told last; else gold's words are all that is known, and only
answers between which nothing else is said are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from vivavoce.accounts.cut import spoken
from vivavoce.accounts.topics import topics
from vivavoce.accounts.turning import answers, evidence
from vivavoce.model import Attribution, Quote, Source

Row = tuple[list[float], float, float]


class Told(NamedTuple):
    """What is told from `start` to `end` of a source: an event, or "" for small talk."""

    start: int
    end: int
    event: str


def told(texts: dict[str, str], gold: Any, stretches: Any | None) -> dict[str, list[Told]]:
    """What is known to be told, where, in order of place."""
    found: dict[str, list[Told]] = {}

    def put(source: str, words: str, event: str) -> None:
        start = texts[source].find(words)
        if start >= 0:
            found.setdefault(source, []).append(Told(start, start + len(words), event))

    if stretches:
        for part, event in (("accounts", "moment"), ("small_talk", "")):
            for x in stretches[part]:
                for words in x["spans"]:
                    put(x["source"], words, x.get(event, ""))
    else:
        for m in gold["moments"]:
            for a in m["accounts"]:
                put(a["source"], a["words"], m["key"])
        for w in gold.get("small_talk", []):
            put(w["source"], w["words"], "")
    return {source: sorted(those) for source, those in found.items()}


def rows(
    source: Source, quotes: list[Quote], attributions: list[Attribution], those: list[Told], whole: bool
) -> Iterator[Row]:
    """The evidence of each answer of a talk that is known to begin something else or to go on, and which it does.
    `whole`: whether all that is told of an event is known."""
    pieces = spoken(source, quotes, {a.quote: a.figure for a in attributions})
    of = topics(source.text, pieces)
    last: str | None = None
    waiting: list[list[float]] = []
    seen = 0
    for a in answers(source.text, pieces):
        known = [events(those, pieces[n].spans) for n in range(seen, a.start)]
        before = [e for es in known for e in es]
        last = before[-1] if before else last
        if before:
            waiting = []
        own = [e for n in range(a.start, a.end) for e in events(those, pieces[n].spans)]
        seen = a.start
        x = evidence(a, of[a.start] != of[a.last])
        if own and last is not None:
            if own[0] == last:
                yield from ((w, 0.0, 1.0) for w in [*waiting, x])
            elif whole or not waiting:
                yield x, 1.0, 1.0
        waiting = [] if own else [*waiting, x]


def events(those: list[Told], spans: tuple[tuple[int, int], ...]) -> list[str]:
    """The events that are told in spans, in order."""
    return [t.event for t in those if any(t.start < b and t.end > a for a, b in spans)]
