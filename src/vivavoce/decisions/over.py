"""Decisions laid over what the engines found in one source: which words a quotation is, of what kind, whose; and what
is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from vivavoce.decisions.journal import Decision, Review, order
from vivavoce.decisions.wording import Reworded, found, reworded
from vivavoce.model import Attribution, Cast, Figure, Mention, Quote, Source, folded

ENGINE = "person"
"""The engine's name where a person decided."""


ABOUT = ("speaker", "not-a-quotation", "kind", "span")
"""The types of decisions on quotations."""


class Applied(NamedTuple):
    """A source's quotations, attributions and cast after its decisions, what has to be looked at, and the source, in
    whose turns those ask who do so by decision."""

    quotes: tuple[Quote, ...]
    attributions: tuple[Attribution, ...]
    cast: Cast
    reviews: tuple[Review, ...]
    source: Source


def of_source(decisions: Iterable[Decision], path: str) -> tuple[Decision, ...]:
    """The decisions that point at words of a source: what it depends on; clearances change nothing of it."""
    return tuple(d for d in decisions if d.type != "clearance" and any(a.source == path for a in d.target))


def over_quotes(
    source: Source,
    quotes: Sequence[Quote],
    attributions: Sequence[Attribution],
    cast: Cast,
    decisions: Iterable[Decision],
) -> Applied:
    """Apply the decisions on quotations that stand, to one source: which words they are (span), of what kind, who
    said them (speaker), that something is none.

    What a person decided has confidence 1.0 and the engine "person"; a speaker whom the cast lacks joins it; who is
    held to have said a quotation goes with it to its new words. Of two decisions on one thing the later holds, and
    both are listed for review. A decision whose words are not found, or are no quotation now, changes nothing and is
    listed.
    """
    mine = sorted((d for d in of_source(decisions, source.path) if d.type in ABOUT), key=order)
    reviews: list[Review] = []
    words = reworded(source, quotes, [d for d in mine if d.type == "span"], reviews)
    ruled = _ruled(source, words, mine, reviews)
    said = _carried(words, attributions)
    kept: list[Quote] = []
    for n, quote in words.now:
        rulings = ruled.get(n, [])
        reviews += _all_disputed(rulings, quote)
        if rulings and rulings[-1].type == "not-a-quotation":
            continue
        kept.append(_kinded(quote, _last(rulings, "kind"), source, reviews))
        ruling = _last(rulings, "speaker") or words.made.get(n)
        told = _figure(cast, ruling, quote, reviews) if ruling else None
        if ruling and told:
            cast, key = told
            said[quote.id] = _attribution(said.get(quote.id), quote, ruling, key)
    ids = {q.id for q in kept}
    attributed = tuple(a for a in said.values() if a.quote in ids)
    return Applied(tuple(kept), attributed, cast, tuple(reviews), _asking(source, quotes, kept))


def _ruled(
    source: Source, words: Reworded, decisions: Sequence[Decision], reviews: list[Review]
) -> dict[int, list[Decision]]:
    """The decisions on each quotation, beside those on its words, by its number, earliest first."""
    ruled: dict[int, list[Decision]] = defaultdict(list)
    for decision in (d for d in decisions if d.type != "span" and not _label(d)):
        number = found(source, words.versions, decision, decision.target, reviews)
        if number is not None:
            ruled[words.latest(number)].append(decision)
    # What is said of one turn holds before what is said of all that have its label.
    for decision in _of_labels(source, decisions, reviews):
        for n, quote in words.now:
            labelled = quote.turn is not None and source.turns[quote.turn].label == _label(decision)
            if labelled and not any(d.type in ("speaker", "not-a-quotation") for d in ruled[n]):
                ruled[n].append(decision)
    return ruled


def _carried(words: Reworded, attributions: Sequence[Attribution]) -> dict[str, Attribution]:
    """Who said what, by quotation: those whose words are others now take theirs with them, but for a name or a cue
    that is one of those words."""
    said = {a.quote: a for a in attributions}
    for n, quote in words.now:
        first = said.get(words.versions[words.first.get(n, n)].id)
        if first and quote.id != first.quote:
            speaker, cue = _outside(first.speaker, quote), _outside(first.cue, quote)
            said[quote.id] = msgspec.structs.replace(first, quote=quote.id, speaker=speaker, cue=cue)
    return said


def _outside(mention: Mention | None, quote: Quote) -> Mention | None:
    inside = mention and any(s < mention.end and mention.start < e for s, e in quote.spans)
    return None if inside else mention


def _last(decisions: Sequence[Decision], kind: str) -> Decision | None:
    return next((d for d in reversed(decisions) if d.type == kind), None)


def _kinded(quote: Quote, decision: Decision | None, source: Source, reviews: list[Review]) -> Quote:
    """A quotation of the kind that was decided; turns stay turns, and may ask or answer."""
    if decision is None:
        return quote
    kind = decision.value
    if kind in ("asks", "answers"):
        return msgspec.structs.replace(quote, asks=kind == "asks", confidence=1.0)
    if quote.kind == "turn":
        why = f"what is said in a talk is a turn, and cannot be {kind}"
        reviews.append(Review(decision.id, decision.type, why, quote.text, source=source.path))
        return quote
    content = quote.content if kind == "mixed" else quote.spans
    return msgspec.structs.replace(quote, kind=kind, content=content, confidence=1.0)


def _asking(source: Source, before: Sequence[Quote], after: Sequence[Quote]) -> Source:
    """A source whose turns ask or answer as their quotations do."""
    was = {q.turn: q.asks for q in before}
    other = {q.turn: q.asks for q in after if q.turn is not None and was.get(q.turn) != q.asks}
    if not other:
        return source
    turns = (msgspec.structs.replace(t, asks=other[n], why="") if n in other else t for n, t in enumerate(source.turns))
    return msgspec.structs.replace(source, turns=tuple(turns))


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


def _all_disputed(decisions: Sequence[Decision], quote: Quote) -> list[Review]:
    """A review for each decision on a quotation that another contradicts."""
    nots = [d for d in decisions if d.type == "not-a-quotation"]
    if nots:
        return _disputed(decisions if decisions[-1] in nots else [*nots, decisions[-1]], quote)
    kinds = dict.fromkeys(d.type for d in decisions)
    return [r for kind in kinds for r in _disputed([d for d in decisions if d.type == kind], quote)]


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
    return decision.type, folded(value) if isinstance(value, str) and decision.type != "not-a-quotation" else None


def _words(decision: Decision) -> str:
    """What a decision says, in words."""
    if decision.type == "not-a-quotation":
        return f"not a quotation (by {decision.by}, {decision.at})"
    return f"{decision.value or 'nobody known'} (by {decision.by}, {decision.at})"


def _figure(cast: Cast, decision: Decision, quote: Quote, reviews: list[Review]) -> tuple[Cast, str | None] | None:
    """The cast, with the speaker in it, and the speaker's key; None (and a review) if the name fits several."""
    given = decision.value if decision.type == "speaker" else decision.value.get("speaker")
    name = " ".join(given.split()) if isinstance(given, str) else ""
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
