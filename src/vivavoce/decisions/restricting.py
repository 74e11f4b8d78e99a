"""Decisions on what may be shown, as restrictions: they fail closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from vivavoce.decisions.anchors import Anchor, Lookup
from vivavoce.decisions.journal import Broken, Journal, Review, about_rights, standing
from vivavoce.decisions.moved import followed
from vivavoce.decisions.rulings import Found, located
from vivavoce.model import Restriction, Span

UNREADABLE = "unreadable"
"""The `what` of a restriction that could not be read: it withholds whatever it may mean."""


def restrictions(
    journal: Journal, lookup: Lookup, hashes: Mapping[str, str] | None = None
) -> tuple[tuple[Restriction, ...], tuple[Review, ...]]:
    """The restrictions that decisions of the type rights lay down, and those to look at.

    Spans are found again by their words; where those are lost or changed, the whole source is withheld. A row
    about rights that cannot be read becomes a restriction that withholds whatever it may mean. (`pseudonyms` gives
    those of people who are shown under another name.) `hashes`: as for `followed`.
    """
    held, reviews = followed(standing(journal), hashes or {})
    mine = [d for d in held if d.type == "rights"]
    told = [r for r in reviews if r.type == "rights"]
    places = located(mine, lookup)
    rules: list[Restriction] = []
    for d in mine:
        rule = _rule(d.value)
        words = [(a, places[d.id, n]) for n, a in enumerate(d.target) if a.exact]
        for a, found in words:
            if found.now != a.exact:
                why = "its words are not there any more as they were; the whole source is withheld until they are"
                told.append(Review(d.id, d.type, why, a.exact, found.now, a.source, applied=True))
        rules += _spans(rule, words) if words and rule.what in ("span", UNREADABLE) else [rule]
    rules += [_of_broken(b) for b in journal.broken if about_rights(b.text)]
    return tuple(rules), tuple(told)


def _rule(value: Any) -> Restriction:
    """A restriction from a row's value; what cannot be read withholds, as far as can be told what."""
    try:
        return msgspec.convert(value, Restriction)
    except msgspec.ValidationError:
        of = value.get("of") if isinstance(value, dict) else ""
        return Restriction(UNREADABLE, of if isinstance(of, str) else "")


def _spans(rule: Restriction, words: Sequence[tuple[Anchor, Found]]) -> list[Restriction]:
    """One restriction for each source that is pointed at: its spans, or all of it if one is not as it was."""
    spans: dict[str, list[Span | None]] = defaultdict(list)
    for anchor, found in words:
        spans[anchor.source].append(found.span if found.now == anchor.exact else None)
    made = []
    for path, there in spans.items():
        sure = tuple(s for s in there if s)
        whole = rule.what != "span" or len(sure) < len(there)
        made.append(replace(rule, what="source" if whole else "span", of=path, spans=() if whole else sure))
    return made


def _of_broken(broken: Broken) -> Restriction:
    """What a broken row about rights withholds: what its `of` names, if that much can be read; else everything."""
    try:
        value = msgspec.json.decode(broken.text)["value"]
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError):
        value = None
    return replace(_rule(value), what=UNREADABLE)
