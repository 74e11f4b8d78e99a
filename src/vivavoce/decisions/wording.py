"""Which words a quotation is: those that a decision points at, and those that a person says it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vivavoce.decisions.anchors import Anchor, locate
from vivavoce.decisions.journal import CHANGED, LOST, Decision, Review
from vivavoce.model import Quote, QuoteKind, Source, Span, block, quote_id, times

OVERLAP = 0.5
"""How much of the words of a decision and of a quotation must be the same for the quotation to be the one."""


class Reworded(NamedTuple):
    """A source's quotations as their words were decided on, one after the other.

    `versions`: each as it was found, and as each decision made it. `after`: the number of a version to that of the
    one that took its place. `first`: the number of a version that took a place to that of what was found there.
    `made`: the decision that said that a version is a quotation, where none was found. `order`: the numbers of those
    that hold, in reading order.
    """

    versions: list[Quote]
    after: dict[int, int]
    first: dict[int, int]
    made: dict[int, Decision]
    order: list[int]

    def latest(self, number: int) -> int:
        """The version that holds in place of one."""
        while number in self.after:
            number = self.after[number]
        return number

    @property
    def now(self) -> list[tuple[int, Quote]]:
        """The versions that hold, with their numbers."""
        return [(n, self.versions[n]) for n in self.order]


def reworded(source: Source, quotes: Sequence[Quote], decisions: Sequence[Decision], reviews: list[Review]) -> Reworded:
    """The quotations with the words that decisions of the type span (earliest first) give them; doubts go to
    `reviews`. Each new wording has an id of its own words; no other id changes."""
    words = Reworded(list(quotes), {}, {}, {}, list(range(len(quotes))))
    by: dict[int, Decision] = {}
    for decision in decisions:
        count = decision.value["of"]
        spans = located(source, decision, decision.target[count:], reviews)
        if spans is None:
            continue
        if count == 0:
            _put_in(source, words, decision, spans, reviews)
            continue
        number = found(source, words.versions, decision, decision.target[:count], reviews)
        if number is None:
            continue
        if words.versions[number].kind == "turn":
            reviews.append(Review(decision.id, decision.type, "a turn is all that is said in it", source=source.path))
            continue
        if number in by:
            reviews += _disputed(source, by[number], decision)
        by[number] = decision
        _replace(source, words, number, spans)
    return words


def _replace(source: Source, words: Reworded, number: int, spans: tuple[Span, ...]) -> None:
    """Put a version with these words in the place of the one that holds where another was."""
    last = words.latest(number)
    words.after[last] = len(words.versions)
    words.first[len(words.versions)] = words.first.get(last, last)
    taken = {q.id for n, q in words.now if n != last}
    words.order[words.order.index(last)] = len(words.versions)
    words.versions.append(_with(source, words.versions[number], spans, taken))


def _put_in(
    source: Source, words: Reworded, decision: Decision, spans: tuple[Span, ...], reviews: list[Review]
) -> None:
    """A quotation where none was found."""
    near = [n for n, q in words.now if shared(q.spans, spans) > 0]
    if near and words.versions[near[0]].spans != spans:
        why = "a quotation is found in these words now: say that its words are these"
        reviews.append(Review(decision.id, decision.type, why, _text(source, spans), source=source.path))
        return
    number = near[0] if near else len(words.versions)
    if not near:
        kind: QuoteKind = decision.value.get("kind") or "direct"
        empty = Quote("", source.path, kind, spans, spans, "")
        words.versions.append(_with(source, empty, spans, {q.id for _, q in words.now}))
        at = bisect_right(words.order, spans, key=lambda n: words.versions[n].spans)
        words.order.insert(at, number)
    words.versions[number] = replace(words.versions[number], confidence=1.0)
    words.made[number] = decision


def _with(source: Source, quote: Quote, spans: tuple[Span, ...], taken: set[str]) -> Quote:
    """A quotation with other words."""
    text, count = _text(source, spans), 0
    while (made := quote_id(source.path, text, count)) in taken:
        count += 1
    held = all(any(a <= s and e <= b for a, b in quote.content) for s, e in spans)
    there = block(source, spans[0][0])
    return replace(
        quote,
        id=made,
        spans=spans,
        content=quote.content if quote.kind == "mixed" and held else spans,
        text=text,
        block=there.kind if there else quote.block,
        time=times(source, spans[0][0], spans[-1][1]),
        confidence=1.0,
    )


def _text(source: Source, spans: Sequence[Span]) -> str:
    return " ".join(source.text[start:end] for start, end in spans)


def _disputed(source: Source, earlier: Decision, later: Decision) -> list[Review]:
    """Reviews of two decisions on the words of one quotation, if they are not the same words."""
    was, now = (" ".join(a.exact for a in d.target[d.value["of"] :]) for d in (earlier, later))
    if was == now:
        return []
    why = "two decisions say which words a quotation is; the later holds: undo one of them"
    return [Review(d.id, d.type, why, was, now, source.path, applied=d is later) for d in (earlier, later)]


# --- what a decision is about ------------------------------------------------------------------------------


def located(
    source: Source, decision: Decision, anchors: Sequence[Anchor], reviews: list[Review]
) -> tuple[Span, ...] | None:
    """Where anchors' words stand in a source, in order; None, and a review, where one is lost. Words that were changed
    are told."""
    here = [a for a in anchors if a.source == source.path]
    spans = [locate(a, source) for a in here]
    lost = next((a for a, span in zip(here, spans, strict=True) if not span), None)
    if lost or not here:
        reviews.append(Review(decision.id, decision.type, LOST, lost.exact if lost else "", source=source.path))
        return None
    there = tuple(sorted(span for span in spans if span))
    was, now = " ".join(a.exact for a in here), _text(source, there)
    if now != was:
        reviews.append(Review(decision.id, decision.type, CHANGED, was, now, source.path, applied=True))
    return there


def found(
    source: Source, quotes: Sequence[Quote], decision: Decision, anchors: Sequence[Anchor], reviews: list[Review]
) -> int | None:
    """The number of the quotation that anchors point at; a doubt about it goes to `reviews`."""
    told: list[Review] = []
    spans = located(source, decision, anchors, told)
    number = match(quotes, spans) if spans else None
    if spans and number is None:
        why = "its words are there, but are no quotation now"
        told = [Review(decision.id, decision.type, why, anchors[0].exact, _text(source, spans), source.path)]
    reviews += told
    return number


def match(quotes: Sequence[Quote], spans: Sequence[Span]) -> int | None:
    """The last quotation with these spans, else the one that shares most of its words with them, if that is clear."""
    same = [n for n, quote in enumerate(quotes) if quote.spans == tuple(spans)]
    if same:
        return same[-1]
    ranked = sorted(((shared(q.spans, spans), q.id, n) for n, q in enumerate(quotes)), key=lambda r: (-r[0], r[1]))
    return ranked[0][2] if ranked and ranked[0][0] > OVERLAP else None


def shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much of all their words two lists of spans share, 0 to 1."""
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in one for t, f in other)
    every = sum(e - s for s, e in one) + sum(e - s for s, e in other) - both
    return both / every if every else 0.0
