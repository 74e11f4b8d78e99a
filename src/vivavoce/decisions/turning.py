"""Who speaks where in a talk: turns that a transcript runs together are set apart, turns that it cuts in two are one.

A layer over the source's turns, laid before anything is found in them; the text and all offsets stay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vivavoce.decisions.journal import Decision, Review, order
from vivavoce.decisions.wording import located
from vivavoce.model import Source, Span, Times, Turn, times

NOT_ONE = "its words do not stand in one turn now, so that nothing is set apart"
NONE_BEFORE = "no turn stands before it now that it could go on from"


class Turned(NamedTuple):
    """A source with the turns that decisions give it; who speaks in those that were set apart, as decisions on
    speakers; and what has to be looked at."""

    source: Source
    speakers: tuple[Decision, ...] = ()
    reviews: tuple[Review, ...] = ()


def turned(source: Source, decisions: Iterable[Decision]) -> Turned:
    """The turns of a talk as decisions of the type turn (in their order) set them apart and join them.

    What is set apart (split: from some words to the end of their turn; alone: these words) is a turn of its own, with
    the label of whoever it is said to be if that one has turns here (the interviewer's then ask), else with the name as
    its label; what stands behind it is the first speaker's again. A turn that is joined goes on from the one before.
    Times are those of the places in the text, else in proportion to the words. Where a decision's words are not found,
    or reach over several turns, it changes nothing and is listed.
    """
    mine = sorted((d for d in decisions if d.target and d.target[0].source == source.path), key=order)
    reviews: list[Review] = []
    made: list[tuple[Decision, tuple[Span, ...]]] = []
    turns, names = list(source.turns), _names(source, mine)
    for decision in (d for d in mine if d.type == "turn"):
        spans = located(source, decision, decision.target, reviews)
        n = _holding(turns, spans) if spans else None
        joins = decision.value["do"] == "join"
        if spans and (n is None or (joins and n == 0)):
            why = NONE_BEFORE if joins else NOT_ONE
            reviews.append(Review(decision.id, decision.type, why, decision.target[0].exact, source=source.path))
        elif spans and n is not None and joins:
            turns[n - 1 : n + 1] = [_one(turns[n - 1], turns[n])]
        elif spans and n is not None:
            speaker = _speaking(turns, names, decision.value.get("speaker") or "")
            if decision.value["do"] == "split":
                spans = tuple((max(a, spans[0][0]), b) for a, b in turns[n].spans if b > spans[0][0])
            turns[n : n + 1] = _apart(source, turns[n], spans, speaker)
            made.append((decision, spans))
    source = replace(source, turns=tuple(turns)) if turns != list(source.turns) else source
    return Turned(
        source, tuple(_speaker(source, d, spans) for d, spans in made if _stands(turns, spans)), tuple(reviews)
    )


def _names(source: Source, decisions: Sequence[Decision]) -> dict[str, str]:
    """The label under which each name speaks: by the file, its sidecar, or a decision on the label."""
    told = {t.name or source.labels.get(t.label, "") or t.label: t.label for t in source.turns}
    labels = [d for d in decisions if d.type == "speaker" and d.value and not d.target[0].exact]
    return told | {d.value: d.target[0].figure for d in labels}


def _holding(turns: Sequence[Turn], spans: Sequence[Span]) -> int | None:
    """The turn in which all the spans stand."""
    n = bisect_right(turns, spans[0][0], key=lambda t: t.spans[0][0] if t.spans else t.start) - 1
    inside = n >= 0 and all(any(a <= s and e <= b for a, b in turns[n].spans) for s, e in spans)
    return n if inside else None


def _stands(turns: Sequence[Turn], spans: Sequence[Span]) -> bool:
    """Whether what was set apart is a turn still: a later decision may have joined it."""
    return any(t.spans and t.spans[0][0] == spans[0][0] for t in turns)


def _speaking(turns: Sequence[Turn], names: dict[str, str], name: str) -> Turn:
    """A turn of whoever has a name: one that is there, else an empty one with the name as its label."""
    label = names.get(name, name)
    mine = next((t for t in turns if name and t.label == label), None)
    return mine or Turn(name, (), 0, 0, name=name)


def _apart(source: Source, turn: Turn, spans: Sequence[Span], speaker: Turn) -> list[Turn]:
    """A turn with a stretch of it set apart: what stands before, the stretch, what stands behind."""
    first, last = spans[0][0], spans[-1][1]
    parts = [
        (turn, _trimmed(source, [(a, min(b, first)) for a, b in turn.spans if a < first])),
        (speaker, _trimmed(source, [(max(a, first), min(b, last)) for a, b in turn.spans if a < last and b > first])),
        (turn, _trimmed(source, [(max(a, last), b) for a, b in turn.spans if b > last])),
    ]
    there = [(of, words) for of, words in parts if words]
    return [
        replace(
            of,
            spans=words,
            start=turn.start if n == 0 else words[0][0],
            end=turn.end if n == len(there) - 1 else words[-1][1],
            time=_time(source, turn, words, n == 0, n == len(there) - 1),
        )
        for n, (of, words) in enumerate(there)
    ]


def _trimmed(source: Source, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without white space at their ends, and without those that have nothing else."""
    out = []
    for a, b in spans:
        words = source.text[a:b]
        start = a + len(words) - len(words.lstrip())
        out.append((start, start + len(words.strip())))
    return tuple((a, b) for a, b in out if a < b)


def _time(source: Source, turn: Turn, words: Sequence[Span], first: bool, last: bool) -> Times | None:
    """The seconds of a part of a turn: it begins with the turn if it is the first, and ends with it if the last."""
    if turn.time is None:
        return None
    told = times(source, words[0][0], words[-1][1])
    a, z = turn.spans[0][0], turn.spans[-1][1]
    rate = (turn.time[1] - turn.time[0]) / max(z - a, 1)
    even = (turn.time[0] + (words[0][0] - a) * rate, turn.time[0] + (words[-1][1] - a) * rate)
    low, high = told if told and told != turn.time else even
    return (turn.time[0] if first else round(low, 3), turn.time[1] if last else round(high, 3))


def _one(before: Turn, turn: Turn) -> Turn:
    """A turn with the one behind it, as the first one's."""
    time = (before.time[0], turn.time[1]) if before.time and turn.time else before.time or turn.time
    return replace(before, spans=(*before.spans, *turn.spans), end=turn.end, time=time)


def _speaker(source: Source, decision: Decision, spans: Sequence[Span]) -> Decision:
    """Who speaks in what was set apart, as a decision on a speaker; it keeps the row's id."""
    here = [t for t in source.turns if t.spans and t.spans[0][0] == spans[0][0]]
    target = tuple(
        replace(decision.target[0], exact=source.text[a:b], start=a, end=b, text_hash=source.text_hash)
        for a, b in here[0].spans
    )
    return replace(decision, type="speaker", target=target, value=decision.value.get("speaker"))
