"""Decisions on who is who, and on what belongs together, as the values that steps take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from vivavoce.decisions.anchors import Anchor, Lookup, locate
from vivavoce.decisions.journal import CHANGED, LOST, Decision, Review, order
from vivavoce.model import Cast, Figure, MomentRuling, PersonRuling, Span

Ruling = TypeVar("Ruling", PersonRuling, MomentRuling)

_PERSON: dict[str, Any] = {"merge": "merge", "split": "split", "name": "name"}
_MOMENT: dict[str, Any] = {"together": "together", "apart": "apart", "title": "title"}


class Found(NamedTuple):
    """Where an anchor's words stand (None: nowhere for certain) and what they are now."""

    span: Span | None
    now: str


def located(decisions: Iterable[Decision], lookup: Lookup) -> dict[tuple[str, int], Found]:
    """Where each anchor of each decision stands, by the decision's id and the anchor's number; one source at a
    time is looked up."""
    wanted: dict[str, list[tuple[str, int, Anchor]]] = defaultdict(list)
    for d in decisions:
        for n, a in enumerate(d.target):
            wanted[a.source].append((d.id, n, a))
    found: dict[tuple[str, int], Found] = {}
    for path in sorted(wanted):
        source = lookup(path)
        for mine, n, a in wanted[path]:
            span = locate(a, source) if source else None
            found[mine, n] = Found(span, source.text[slice(*span)] if source and span else "")
    return found


def person_rulings(
    decisions: Iterable[Decision], lookup: Lookup, casts: Iterable[Cast]
) -> tuple[tuple[PersonRuling, ...], tuple[Review, ...]]:
    """The decisions on persons that can be carried out, earliest first, and those to look at.

    A figure is found by its mention, else by the name under which its source knew it. Where a later decision
    says the opposite of an earlier one, the later holds, and both are listed.
    """
    mine = [d for d in sorted(decisions, key=order) if d.type == "person" and d.value.get("do") in _PERSON]
    places = located(mine, lookup)
    by_source = {c.source: c for c in casts}
    made: list[tuple[Decision, PersonRuling]] = []
    reviews: list[Review] = []
    for d in mine:
        do = _PERSON[d.value["do"]]
        figures = figures_of(d, places, by_source, reviews)
        if len(figures) >= (1 if do == "name" else 2):
            side = _side(d, figures, places, by_source) if do == "split" else ()
            made.append((d, PersonRuling(do, tuple(figures), str(d.value.get("name") or ""), side)))
        else:
            reviews.append(Review(d.id, d.type, f"there are too few people left to {do}"))
    rulings = _latest(made, lambda r: r.figures, reviews)
    return rulings, tuple(reviews)


def _side(
    decision: Decision,
    figures: Sequence[tuple[str, str]],
    places: Mapping[tuple[str, int], Found],
    casts: Mapping[str, Cast],
) -> tuple[tuple[str, str], ...]:
    """The figures that a split says are somebody else: those of a source, or the first so many."""
    of = decision.value.get("of")
    if isinstance(of, int) and of:
        return tuple(figures_of(decision, places, casts, [], of))
    return tuple(f for f in figures if of and f[0] == of)


def figures_of(
    decision: Decision,
    places: Mapping[tuple[str, int], Found],
    casts: Mapping[str, Cast],
    reviews: list[Review],
    first: int | None = None,
) -> list[tuple[str, str]]:
    """The figures that a decision's mentions (or the `first` so many of them) are, as (source, key), each once; doubts
    go to `reviews`. `places`: as `located` gives them; `casts`: by source."""
    figures: dict[tuple[str, str], None] = {}
    for n, a in enumerate(decision.target[:first]):
        figure, doubt = _figure(casts.get(a.source), a, places[decision.id, n].span)
        figures |= {(a.source, figure.key): None} if figure else {}
        if doubt:
            told = (a.exact or a.figure, "", a.source)
            reviews.append(Review(decision.id, decision.type, doubt, *told, applied=bool(figure)))
    return list(figures)


def moment_rulings(
    decisions: Iterable[Decision], lookup: Lookup
) -> tuple[tuple[MomentRuling, ...], tuple[Review, ...]]:
    """The decisions on moments that can be carried out, earliest first, and those to look at; of contrary ones
    the later holds."""
    mine = [d for d in sorted(decisions, key=order) if d.type == "moment" and d.value.get("do") in _MOMENT]
    places = located(mine, lookup)
    made: list[tuple[Decision, MomentRuling]] = []
    reviews: list[Review] = []
    for d in mine:
        do = _MOMENT[d.value["do"]]
        anchors: list[tuple[str, Span]] = []
        of, moves = _moved(d), 0
        for n, a in enumerate(d.target):
            span, now = places[d.id, n]
            anchors += [(a.source, span)] if span else []
            moves += bool(span) and n < of
            if now != a.exact or not span:
                reason = CHANGED if span else LOST
                reviews.append(Review(d.id, d.type, reason, a.exact, now, a.source, applied=bool(span)))
        if len(anchors) >= (2 if do == "together" else 1) and bool(of) == bool(moves):
            made.append((d, MomentRuling(do, tuple(anchors), str(d.value.get("title") or ""), moves)))
        else:
            reviews.append(Review(d.id, d.type, f"there are too few accounts left for “{do}”"))
    rulings = _latest(made, lambda r: r.anchors, reviews)
    return rulings, tuple(reviews)


def _moved(decision: Decision) -> int:
    """How many of a decision's accounts, the first, it moves. One that is alone set apart goes, too."""
    of = decision.value.get("of")
    if isinstance(of, int):
        return of
    return 1 if decision.value["do"] == "apart" and len(decision.target) == 1 else 0


def _latest(
    made: Sequence[tuple[Decision, Ruling]], about: Callable[[Ruling], Sequence[Any]], reviews: list[Review]
) -> tuple[Ruling, ...]:
    """The rulings without those that a later one contradicts; the contrary ones go to `reviews`."""
    kept = []
    for n, (decision, ruling) in enumerate(made):
        against = next((later for later in made[n + 1 :] if _contrary(ruling, later[1], about)), None)
        if against is None:
            kept.append(ruling)
            continue
        why = "two decisions say different things; the later holds: undo one of them"
        for d, applied in ((decision, False), (against[0], True)):
            reviews.append(Review(d.id, d.type, why, _words(decision), _words(against[0]), applied=applied))
    return tuple(kept)


def _contrary(one: Ruling, other: Ruling, about: Callable[[Ruling], Sequence[Any]]) -> bool:
    """Whether two rulings on the same people or accounts cannot both hold."""
    both = set(about(one)) & set(about(other))
    if one.type == other.type:
        return one.type in ("name", "title") and bool(both) and one != other
    if {one.type, other.type} & {"name", "title"}:
        return False
    sides: list[tuple[Any, ...]] = [side for r in (one, other) if (side := getattr(r, "side", ()))]
    if sides:  # a merge of people on one side of a split contradicts nothing
        return any(0 < len(both & set(side)) < len(both) for side in sides)
    # Accounts that move go one after the other: here, and later on elsewhere.
    return len(both) > 1 and not any(getattr(r, "moves", 0) for r in (one, other))


def _words(decision: Decision) -> str:
    """What a decision says, in words."""
    value = decision.value
    called = value.get("name") or value.get("title") or ""
    return f"{value['do']}{' ' if called else ''}{called} (by {decision.by}, {decision.at})"


def _figure(cast: Cast | None, anchor: Anchor, span: Span | None) -> tuple[Figure | None, str]:
    """The figure that is mentioned at a span, else the one of that name; and what is doubtful about it."""
    who = anchor.figure or anchor.exact
    if cast is None:
        return None, f"the source of {who} is not there"
    there = [f for f in cast.figures if span and any(m.start < span[1] and m.end > span[0] for m in f.mentions)]
    named = [f for f in cast.figures if anchor.figure and f.key == anchor.figure]
    both = [f for f in there if f in named]
    if len(there) == 1 or both:
        return (both or there)[0], ""
    if named:
        return named[0], "" if not anchor.exact or span else f"{LOST}; it was applied to {who} of that source"
    return None, f"nobody is found for {who}"
