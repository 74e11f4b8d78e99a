"""Decisions on who is who, on what belongs together and on what may be shown, as the values that steps take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from vivavoce.decisions.anchors import Anchor, Lookup, locate
from vivavoce.decisions.journal import Broken, Decision, Journal, Review, order, standing
from vivavoce.model import Cast, Figure, MomentRuling, PersonRuling, Restriction, Span

LOST = "its words are not found any more, or stand in several places"
UNREADABLE = "unreadable"
"""The `what` of a restriction that could not be read: it withholds whatever it may mean."""

_Found = dict[tuple[str, int], Span | None]


def person_rulings(
    decisions: Iterable[Decision], lookup: Lookup, casts: Sequence[Cast]
) -> tuple[tuple[PersonRuling, ...], tuple[Review, ...]]:
    """The decisions on persons that can be carried out, earliest first, and those to look at.

    A figure is found by its mention, else by the name under which its source knew it. `lookup` is asked for one
    source at a time.
    """
    mine = [d for d in sorted(decisions, key=order) if d.type == "person" and d.value.get("do") in _PERSON]
    places = _located(mine, lookup)
    by_source = {c.source: c for c in casts}
    rulings, reviews = [], []
    for d in mine:
        figures = []
        for n, a in enumerate(d.target):
            figure = _figure(by_source.get(a.source), a, places[d.id, n])
            if figure:
                figures.append((a.source, figure.key))
            else:
                reviews.append(
                    Review(d.id, d.type, f"nobody is found for {a.figure or a.exact}", a.exact, "", a.source)
                )
        figures = list(dict.fromkeys(figures))
        do = _PERSON[d.value["do"]]
        if len(figures) >= (1 if do == "name" else 2):
            rulings.append(PersonRuling(do, tuple(figures), str(d.value.get("name") or "")))
        elif all(r.decision != d.id for r in reviews):
            reviews.append(Review(d.id, d.type, f"there is nobody left to {do}"))
    return tuple(rulings), tuple(reviews)


def moment_rulings(
    decisions: Iterable[Decision], lookup: Lookup
) -> tuple[tuple[MomentRuling, ...], tuple[Review, ...]]:
    """The decisions on moments that can be carried out, earliest first, and those to look at."""
    mine = [d for d in sorted(decisions, key=order) if d.type == "moment" and d.value.get("do") in _MOMENT]
    places = _located(mine, lookup)
    rulings, reviews = [], []
    for d in mine:
        found = [(a.source, places[d.id, n]) for n, a in enumerate(d.target)]
        anchors = tuple((path, span) for path, span in found if span)
        for a, (_, span) in zip(d.target, found, strict=True):
            if not span:
                reviews.append(Review(d.id, d.type, LOST, a.exact, "", a.source))
        do = _MOMENT[d.value["do"]]
        if len(anchors) >= (2 if do == "together" else 1):
            rulings.append(MomentRuling(do, anchors, str(d.value.get("title") or "")))
    return tuple(rulings), tuple(reviews)


_PERSON: dict[str, Any] = {"merge": "merge", "split": "split", "name": "name"}
_MOMENT: dict[str, Any] = {"together": "together", "apart": "apart", "title": "title"}


def _located(decisions: Sequence[Decision], lookup: Lookup) -> _Found:
    """Where each anchor of each decision stands, keyed by the decision's id and the anchor's number."""
    wanted: dict[str, list[tuple[str, int, Anchor]]] = defaultdict(list)
    for d in decisions:
        for n, a in enumerate(d.target):
            wanted[a.source].append((d.id, n, a))
    found: _Found = {}
    for path in sorted(wanted):
        source = lookup(path)
        for mine, n, a in wanted[path]:
            found[mine, n] = locate(a, source) if source else None
    return found


def _figure(cast: Cast | None, anchor: Anchor, span: Span | None) -> Figure | None:
    """The figure that is mentioned at a span; else, where no words are left to go by, the one of that name."""
    if cast is None:
        return None
    if span:
        there = [f for f in cast.figures if any(m.start < span[1] and m.end > span[0] for m in f.mentions)]
        if len(there) == 1:
            return there[0]
        return next((f for f in there if f.key == anchor.figure), None) or _named(cast, anchor)
    return None if anchor.exact else _named(cast, anchor)


def _named(cast: Cast, anchor: Anchor) -> Figure | None:
    return next((f for f in cast.figures if anchor.figure and f.key == anchor.figure), None)


# --- rights ------------------------------------------------------------------------------------------------


def restrictions(journal: Journal, lookup: Lookup) -> tuple[tuple[Restriction, ...], tuple[Review, ...]]:
    """The restrictions that decisions of the type rights lay down, failing closed, and those to look at.

    Spans are found again by their words; where one is lost, its whole source is withheld. A row about rights that
    cannot be read becomes a restriction that withholds whatever it may mean. A person who asked for a pseudonym
    is withheld until pseudonyms are carried out.
    """
    mine = [d for d in standing(journal) if d.type == "rights"]
    places = _located(mine, lookup)
    rules, reviews = [], []
    for d in mine:
        rule = _rule(d.value)
        lost = [a for n, a in enumerate(d.target) if not places[d.id, n]]
        reviews += [Review(d.id, d.type, f"{LOST}; the whole source is withheld", a.exact, "", a.source) for a in lost]
        if d.target and rule.what in ("span", UNREADABLE):
            rules += _spans(d, rule, places)
        else:
            rules.append(rule)
    hidden = [d for d in standing(journal) if d.type == "person" and d.value.get("do") == "pseudonym"]
    for d in hidden:
        rules += [Restriction("person", a.figure or a.exact, ground="pseudonym") for a in d.target]
    rules += [_of_broken(b) for b in journal.broken if _about_rights(b)]
    return tuple(rules), tuple(reviews)


def _rule(value: Any) -> Restriction:
    """A restriction from a row's value; what cannot be read withholds, as far as can be told what."""
    try:
        return msgspec.convert(value, Restriction)
    except msgspec.ValidationError:
        of = value.get("of") if isinstance(value, dict) else ""
        return Restriction(UNREADABLE, of if isinstance(of, str) else "")


def _spans(decision: Decision, rule: Restriction, places: _Found) -> list[Restriction]:
    """One restriction for each source that a decision points at: the spans, or all of it if one is lost."""
    spans: dict[str, list[Span | None]] = defaultdict(list)
    for n, a in enumerate(decision.target):
        spans[a.source].append(places[decision.id, n])
    made = []
    for path, found in spans.items():
        whole = rule.what != "span" or any(span is None for span in found)
        what, of = ("source", ()) if whole else ("span", tuple(s for s in found if s))
        made.append(msgspec.structs.replace(rule, what=what, of=path, spans=of))
    return made


def _about_rights(broken: Broken) -> bool:
    """Whether a row that cannot be read may have been about rights."""
    text = "".join(broken.text.split())
    return '"type":"rights"' in text or '"pseudonym"' in text or '"channels"' in text


def _of_broken(broken: Broken) -> Restriction:
    """What a broken row about rights withholds: what its `of` names, if that much can be read; else everything."""
    try:
        value = msgspec.json.decode(broken.text)["value"]
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError):
        value = None
    return msgspec.structs.replace(_rule(value), what=UNREADABLE)
