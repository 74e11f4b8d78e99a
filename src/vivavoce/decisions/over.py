"""Decisions laid over what the engines found in one source: who said a quotation, and what is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from vivavoce.decisions.anchors import Anchor, locate
from vivavoce.decisions.journal import CHANGED, LOST, Decision, Review, order
from vivavoce.model import Attribution, Cast, Figure, Quote, Source, Span, folded

ENGINE = "person"
"""The engine's name where a person decided."""

OVERLAP = 0.5
"""How much of the words of a decision and of a quotation must be the same for the quotation to be the one."""


class Applied(NamedTuple):
    """A source's quotations, attributions and cast after its decisions, and what has to be looked at."""

    quotes: tuple[Quote, ...]
    attributions: tuple[Attribution, ...]
    cast: Cast
    reviews: tuple[Review, ...]


def of_source(decisions: Iterable[Decision], path: str) -> tuple[Decision, ...]:
    """The decisions that point at words of a source: what it depends on."""
    return tuple(d for d in decisions if any(a.source == path for a in d.target))


def over_quotes(
    source: Source,
    quotes: Sequence[Quote],
    attributions: Sequence[Attribution],
    cast: Cast,
    decisions: Iterable[Decision],
) -> Applied:
    """Apply the decisions on quotations (speaker, not-a-quotation) that stand, to one source.

    What a person decided has confidence 1.0 and the engine "person"; a speaker whom the cast lacks joins it. Of
    two decisions on one quotation the later holds, and both are listed for review. A decision whose words are
    not found, or are no quotation now, changes nothing and is listed.
    """
    mine = [d for d in of_source(decisions, source.path) if d.type in ("speaker", "not-a-quotation")]
    reviews: list[Review] = []
    ruled: dict[str, list[Decision]] = defaultdict(list)
    for decision in sorted((d for d in mine if not _label(d)), key=order):
        quote = _quote(source, quotes, decision, reviews)
        if quote:
            ruled[quote.id].append(decision)
    # What is said of one turn holds before what is said of all that have its label.
    for decision in _of_labels(source, mine, reviews):
        for quote in _labelled(source, quotes, decision):
            if quote.id not in ruled:
                ruled[quote.id] = [decision]
    said = {a.quote: a for a in attributions}
    gone: set[str] = set()
    for quote in (q for q in quotes if q.id in ruled):
        last = ruled[quote.id][-1]
        reviews += _disputed(ruled[quote.id], quote)
        if last.type == "not-a-quotation":
            gone.add(quote.id)
            continue
        told = _figure(cast, last, quote, reviews)
        if told:
            cast, key = told
            said[quote.id] = _attribution(said.get(quote.id), quote, last, key)
    kept = tuple(q for q in quotes if q.id not in gone)
    ids = {q.id for q in kept}
    return Applied(kept, tuple(a for a in said.values() if a.quote in ids), cast, tuple(reviews))


def _label(decision: Decision) -> str:
    """The speaker label that a decision names, or "": then it is about a quotation."""
    first = decision.target[0]
    return first.figure if decision.type == "speaker" and not first.exact else ""


def _of_labels(source: Source, decisions: Sequence[Decision], reviews: list[Review]) -> list[Decision]:
    """The decision that holds for each label; those that it contradicts, and those whose label is gone, are listed."""
    there = {turn.label for turn in source.turns}
    last: dict[str, Decision] = {}
    for decision in sorted((d for d in decisions if _label(d)), key=order):
        label, before = _label(decision), last.get(_label(decision))
        if label not in there:
            why = "no turn has that label any more"
            reviews.append(Review(decision.id, decision.type, why, label, source=source.path))
            continue
        if before and _says(before) != _says(decision):
            why = "two decisions say who a label is; the later holds: undo one of them"
            for d in (before, decision):
                told = (_words(before), _words(decision))
                reviews.append(Review(d.id, d.type, why, *told, source.path, applied=d is decision))
        last[label] = decision
    return list(last.values())


def _labelled(source: Source, quotes: Sequence[Quote], decision: Decision) -> list[Quote]:
    """The quotations that are turns of the label that a decision names."""
    return [q for q in quotes if q.turn is not None and source.turns[q.turn].label == _label(decision)]


def _quote(source: Source, quotes: Sequence[Quote], decision: Decision, reviews: list[Review]) -> Quote | None:
    """The quotation that a decision is about; a doubt about it goes to `reviews`."""
    anchors = [a for a in decision.target if a.source == source.path]
    found = [(a, locate(a, source)) for a in anchors]
    spans = [span for _, span in found if span]
    lost = [a for a, span in found if not span]
    if lost:
        reviews.append(_review(decision, LOST, lost[0]))
        return None
    quote = _match(quotes, spans)
    now = " ".join(source.text[s:e] for s, e in spans)
    was = " ".join(a.exact for a in anchors)
    if not quote:
        reviews.append(_review(decision, "its words are there, but are no quotation now", anchors[0], now))
    elif now != was:
        reviews.append(Review(decision.id, decision.type, CHANGED, was, now, source.path, applied=True))
    return quote


def _match(quotes: Sequence[Quote], spans: Sequence[Span]) -> Quote | None:
    """The quotation with these spans, else the one that shares most of its words with them, if that is clear."""
    for quote in quotes:
        if quote.spans == tuple(spans):
            return quote
    ranked = sorted(((_shared(q.spans, spans), q.id, q) for q in quotes), key=lambda r: (-r[0], r[1]))
    if not ranked or ranked[0][0] <= OVERLAP:
        return None
    return ranked[0][2]


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much of all their words two lists of spans share, 0 to 1."""
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in one for t, f in other)
    every = sum(e - s for s, e in one) + sum(e - s for s, e in other) - both
    return both / every if every else 0.0


def _disputed(decisions: Sequence[Decision], quote: Quote) -> list[Review]:
    """A review for each of several decisions on one quotation that say different things."""
    last = decisions[-1]
    if all(_says(d) == _says(last) for d in decisions):
        return []
    told = [_words(d) for d in decisions]
    return [
        Review(
            d.id,
            d.type,
            "several decisions on one quotation say different things; the latest holds: undo the others",
            told[n],
            told[-1],
            quote.source,
            applied=d is last,
        )
        for n, d in enumerate(decisions)
    ]


def _says(decision: Decision) -> tuple[str, str | None]:
    value = decision.value
    return decision.type, folded(value) if isinstance(value, str) and decision.type == "speaker" else None


def _words(decision: Decision) -> str:
    """What a decision says, in words."""
    if decision.type == "not-a-quotation":
        return f"not a quotation (by {decision.by}, {decision.at})"
    return f"{decision.value or 'nobody known'} (by {decision.by}, {decision.at})"


def _figure(cast: Cast, decision: Decision, quote: Quote, reviews: list[Review]) -> tuple[Cast, str | None] | None:
    """The cast, with the speaker in it, and the speaker's key; None (and a review) if the name fits several."""
    name = " ".join(decision.value.split()) if isinstance(decision.value, str) else ""
    if not name:
        return cast, None
    for names in (_key, _name, _aliases):
        found = [f for f in cast.figures if folded(name) in names(f)]
        if len(found) > 1:
            keys = ", ".join(f.key for f in found)
            why = f"“{name}” may be any of {keys}: name one of them so"
            reviews.append(Review(decision.id, decision.type, why, quote.text, name, quote.source))
            return None
        if found:
            return cast, found[0].key
    return msgspec.structs.replace(cast, figures=(*cast.figures, Figure(name, name))), name


def _key(figure: Figure) -> set[str]:
    return {folded(figure.key)}


def _name(figure: Figure) -> set[str]:
    return {folded(figure.name)}


def _aliases(figure: Figure) -> set[str]:
    return {folded(a) for a in figure.aliases}


def _attribution(was: Attribution | None, quote: Quote, decision: Decision, key: str | None) -> Attribution:
    """Who said it, as a person decided; the mention and the cue stay where the engine saw the same figure."""
    why = (f"decided by {decision.by}, {decision.at}",)
    if was and was.figure == key and key is not None:
        return msgspec.structs.replace(was, confidence=1.0, engine=ENGINE, why=why)
    cue = was.cue if was else None
    candidates = was.candidates if was else ()
    mention = next((c.mention for c in candidates if key and folded(c.name) == folded(key)), None)
    return Attribution(quote.id, mention, key, cue, 1.0, ENGINE, why, candidates)


def _review(decision: Decision, reason: str, anchor: Anchor, now: str = "") -> Review:
    return Review(decision.id, decision.type, reason, anchor.exact, now, anchor.source)
