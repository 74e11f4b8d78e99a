"""What narrators said of their printed words: cleared, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vivavoce.decisions.anchors import Anchor, Lookup
from vivavoce.decisions.journal import CHANGED, LOST, Decision, Review, order
from vivavoce.decisions.rulings import located
from vivavoce.model import Source, Span, Value, folded, reads

AGAIN = "its words have changed, or are corrected otherwise now: ask again"


class Clearance(Value, frozen=True):
    """That a narrator cleared words of theirs, or refused them; `how` is the letter, the call, the day."""

    decision: str
    do: str
    source: str
    span: Span
    how: str = ""


def clearances(decisions: Iterable[Decision], lookup: Lookup) -> tuple[tuple[Clearance, ...], tuple[Review, ...]]:
    """The clearances in force, earliest first, each for one stretch of a text, and the decisions to look at.

    What was cleared in other words than stand there now is not cleared; what was refused stays so wherever its words,
    changed or not, are found.
    """
    mine = [d for d in sorted(decisions, key=order) if d.type == "clearance"]
    places = located(mine, lookup)
    made: list[Clearance] = []
    reviews: list[Review] = []
    for d in mine:
        do, how = d.value["do"], str(d.value.get("how") or "")
        for n, a in enumerate(d.target):
            span, now = places[d.id, n]
            same = span is not None and _same(d, n, a, now, lookup(a.source), span)
            if span and (same or do == "refuse"):
                made.append(Clearance(d.id, do, a.source, span, how))
            if not same:
                why = LOST if not span else AGAIN if do == "clear" else CHANGED
                applied = bool(span) and do == "refuse"
                reviews.append(Review(d.id, d.type, why, a.exact, now, a.source, applied=applied))
    return tuple(made), tuple(reviews)


def _same(d: Decision, n: int, anchor: Anchor, now: str, source: Source | None, span: Span) -> bool:
    """Whether words are those that the narrator was shown: as they came, and as they read."""
    shown: Sequence[str] = d.value.get("reads") or ()
    read = reads(source, *span) if source else ""
    return folded(now) == folded(anchor.exact) and (n >= len(shown) or folded(shown[n]) == folded(read))


def answer(clearances: Iterable[Clearance], source: str, spans: Sequence[Span]) -> tuple[str, str]:
    """What was answered for printed words: ("cleared", how), ("refused", how), or ("", "") where nothing is said of all
    of them. Of two answers to the same words the later holds."""
    open_ = {at for start, end in spans for at in range(start, end)}
    how = ""
    for one in reversed([c for c in clearances if c.source == source]):
        touched = open_.intersection(range(*one.span))
        if touched and one.do == "refuse":
            return "refused", one.how
        if touched:
            open_ -= touched
            how = how or one.how
    gaps = open_ if spans and len(open_) < sum(end - start for start, end in spans) else {-1}
    return ("cleared", how) if not gaps else ("", "")
