"""Decisions laid over the moments: how two accounts relate, what the editor notes, and when something happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vivavoce.decisions.anchors import Lookup
from vivavoce.decisions.journal import CHANGED, LOST, Decision, Review, order
from vivavoce.decisions.over import ENGINE
from vivavoce.decisions.rulings import located
from vivavoce.model import Account, Evidence, Happened, Moment, Relation, Span, folded

Place = tuple[str, Span]


class _Ruled(NamedTuple):
    """A decision with where its words stand now."""

    decision: Decision
    places: tuple[Place, ...]


def over_moments(
    moments: Iterable[Moment], decisions: Iterable[Decision], lookup: Lookup
) -> tuple[list[Moment], tuple[Review, ...]]:
    """The moments with the relations that a person accepted, rejected or added, with the editor's notes and dates, in
    the order that these make; and the decisions to look at.

    An accepted relation is there whether or not an engine finds it, with confidence 1.0 and the engine "person". Of
    contrary decisions the later holds, and both are listed.
    """
    mine = sorted((d for d in decisions if d.type == "relation" or _notes(d)), key=order)
    reviews: list[Review] = []
    found = _found(mine, lookup, reviews)
    told = list(moments)
    for ruled in _latest([r for r in found if not _notes(r.decision)], reviews):
        _relate(told, ruled, reviews)
    for ruled in _latest([r for r in found if _notes(r.decision)], reviews):
        _note(told, ruled, reviews)
    dated = any(r.decision.value["do"] == "when" for r in found)
    return _arranged(told) if dated else told, tuple(reviews)


def _notes(decision: Decision) -> bool:
    return decision.type == "moment" and decision.value.get("do") in ("note", "when")


def _found(decisions: Sequence[Decision], lookup: Lookup, reviews: list[Review]) -> list[_Ruled]:
    """The decisions whose words are there: both sides of a relation, any account of a moment."""
    places = located(decisions, lookup)
    out = []
    for d in decisions:
        there: list[Place] = []
        for n, a in enumerate(d.target):
            span, now = places[d.id, n]
            there += [(a.source, span)] if span else []
            if now != a.exact:
                reviews.append(
                    Review(d.id, d.type, CHANGED if span else LOST, a.exact, now, a.source, applied=bool(span))
                )
        if there and (_notes(d) or len(there) == len(d.target)):
            out.append(_Ruled(d, tuple(there)))
    return out


def _latest(ruled: Sequence[_Ruled], reviews: list[Review]) -> list[_Ruled]:
    """The decisions without those that a later one on the same thing contradicts; both are listed."""
    kept = []
    for n, one in enumerate(ruled):
        later = next((other for other in ruled[n + 1 :] if _same(one, other)), None)
        if later is None:
            kept.append(one)
        elif one.decision.value != later.decision.value:
            why = "two decisions say different things; the later holds: undo one of them"
            was, now = (_words(r.decision) for r in (one, later))
            for r in (one, later):
                reviews.append(Review(r.decision.id, r.decision.type, why, was, now, applied=r is later))
    return kept


def _same(one: _Ruled, other: _Ruled) -> bool:
    """Whether two decisions are on one relation, or note the same moment."""
    if _notes(one.decision):
        return one.decision.value["do"] == other.decision.value["do"] and any(
            p[0] == q[0] and _meet(p[1], q[1]) for p in one.places for q in other.places
        )
    about = [folded(str(r.decision.value.get("about") or "")) for r in (one, other)]
    return sorted(one.places) == sorted(other.places) and about[0] == about[1]


def _words(decision: Decision) -> str:
    value = decision.value
    said = value.get("note") or value.get("when") or value.get("about") or ""
    return f"{value['do']} {said} (by {decision.by}, {decision.at})"


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# --- relations ---------------------------------------------------------------------------------------------


def _relate(moments: list[Moment], ruled: _Ruled, reviews: list[Review]) -> None:
    """Carry out one decision on a relation."""
    do = ruled.decision.value["do"]
    about = folded(str(ruled.decision.value.get("about") or ""))
    why = (f"decided by {ruled.decision.by}, {ruled.decision.at}",)
    done = False
    for n, moment in enumerate(moments):
        by_id = {a.id: a for a in moment.accounts}
        kept: list[Relation] = []
        for r in moment.relations:
            meant = (not about or folded(r.about) == about) and _rests_on(r, by_id, ruled.places)
            done = done or meant
            if not meant:
                kept.append(r)
            elif do != "reject":
                kept.append(replace(r, confidence=1.0, engine=ENGINE, why=why))
        moments[n] = replace(moment, relations=tuple(kept)) if tuple(kept) != moment.relations else moment
    if not done and do != "reject":
        _add(moments, ruled, why, reviews)


def _rests_on(relation: Relation, accounts: dict[str, Account], places: Sequence[Place]) -> bool:
    """Whether a relation is the one between the words at two places, in either order."""
    sides = [_side(relation, n, accounts) for n in (0, 1)]

    def at(side: Sequence[Place], place: Place) -> bool:
        return any(path == place[0] and _meet(span, place[1]) for path, span in side)

    one, other = places
    return (at(sides[0], one) and at(sides[1], other)) or (at(sides[0], other) and at(sides[1], one))


def _side(relation: Relation, n: int, accounts: dict[str, Account]) -> list[Place]:
    """Where one side of a relation stands: its evidence, else its account."""
    if len(relation.evidence) == 2:
        shown = relation.evidence[n]
        return [(shown.source, (shown.start, shown.end))]
    account = accounts.get((relation.a, relation.b)[n])
    return [(account.source, span) for span in account.spans] if account else []


def _add(moments: list[Moment], ruled: _Ruled, why: tuple[str, ...], reviews: list[Review]) -> None:
    """A relation that no engine finds, between the accounts that hold the words of both sides."""
    decision = ruled.decision
    for n, moment in enumerate(moments):
        pairs = [(a, b) for a in _holding(moment, ruled.places[0]) for b in _holding(moment, ruled.places[1])]
        pair = next(((a, b) for a, b in pairs if a.id != b.id), None)
        if pair:
            made = _made(decision, pair, ruled.places, why)
            relations = sorted((*moment.relations, made), key=lambda r: (r.a, r.b))
            moments[n] = replace(moment, relations=tuple(relations))
            return
    reason = "its two sides are not two accounts of one moment now: put them together, or undo it"
    reviews.append(Review(decision.id, decision.type, reason, _words(decision)))


def _holding(moment: Moment, place: Place) -> list[Account]:
    return [a for a in moment.accounts if a.source == place[0] and any(_meet(s, place[1]) for s in a.spans)]


def _made(decision: Decision, pair: tuple[Account, Account], places: Sequence[Place], why: tuple[str, ...]) -> Relation:
    value = decision.value
    sides = list(zip(pair, value["values"], places, strict=True))
    (a, mine, here), (b, yours, there) = sorted(sides, key=lambda side: side[0].id)
    evidence = tuple(Evidence(path, *span) for path, span in (here, there))
    return Relation(a.id, b.id, value["type"], value["about"], (mine, yours), evidence, 1.0, ENGINE, why)


# --- notes -------------------------------------------------------------------------------------------------


def _note(moments: list[Moment], ruled: _Ruled, reviews: list[Review]) -> None:
    """Put a note or a date to the moment that holds most of its words."""
    held = [sum(bool(_holding(m, place)) for place in ruled.places) for m in moments]
    if not any(held):
        reason = "its words are in no moment now"
        reviews.append(Review(ruled.decision.id, ruled.decision.type, reason, _words(ruled.decision)))
        return
    at = held.index(max(held))
    value = ruled.decision.value
    if value["do"] == "note":
        moments[at] = replace(moments[at], note=str(value.get("note") or ""))
        return
    day = str(value["when"])
    happened = Happened(day, None, ("year", "month", "day")[day.count("-")]) if day else None
    moments[at] = replace(moments[at], when=replace(moments[at].when, happened=happened))


def _arranged(moments: list[Moment]) -> list[Moment]:
    """The moments by when they happened, those of no date after them as they were; `order` counts the dated."""
    starts = [(m.when.happened.start if m.when.happened else None) or "9999" for m in moments]
    ordered = [m for _, m in sorted(zip(starts, moments, strict=True), key=lambda row: row[0])]
    known = [bool(m.when.happened and m.when.happened.start) for m in ordered]
    return [
        replace(m, when=replace(m.when, order=n if dated else None))
        for n, (m, dated) in enumerate(zip(ordered, known, strict=True))
    ]
