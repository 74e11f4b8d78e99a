"""Rows for the journal, made from the values that a person points at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from vivavoce.decisions.anchors import Anchor, Lookup, anchor
from vivavoce.decisions.correcting import changes
from vivavoce.decisions.journal import KINDS, VERSION, Decision, Type, instant
from vivavoce.errors import UsageError
from vivavoce.model import (
    WITHHELD,
    Account,
    Cast,
    Figure,
    Person,
    Quote,
    Relation,
    Restriction,
    Source,
    Span,
    digest,
    reads,
)

PersonDo = Literal["merge", "split", "name", "alias", "pseudonym", "role"]

FEW = 5
"""How many figures stand for a person in a row: enough to be found when some sources change or go."""


def quote_decision(
    kind: Literal["speaker", "not-a-quotation"],
    quote: Quote,
    source: Source,
    value: str | None,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
) -> Decision:
    """A decision on a quotation: who said it (`value`: a name, or None for nobody known), or that it is none."""
    target = [anchor(source, start, end) for start, end in quote.spans]
    return _decision(kind, target, value if kind == "speaker" else None, by, at, undoes, counter)


def kind_decision(
    quote: Quote, source: Source, kind: str, by: str, at: str, undoes: str = "", counter: int = 0
) -> Decision:
    """What kind of quotation one is (see `KINDS`), or whether a turn asks. Raises UsageError where it cannot be."""
    if kind not in KINDS:
        raise UsageError(f"“{kind}” is no kind of quotation; there are: {', '.join(KINDS)}.")
    if quote.kind == "turn" and kind in KINDS[:3]:
        raise UsageError("What is said in a talk is a turn; it can only be said to ask or to answer.")
    return _decision("kind", [anchor(source, *span) for span in quote.spans], kind, by, at, undoes, counter)


def span_decision(
    quote: Quote | None,
    source: Source,
    spans: Sequence[Span],
    by: str,
    at: str,
    kind: str = "direct",
    speaker: str | None = None,
    undoes: str = "",
    counter: int = 0,
) -> Decision:
    """That a quotation's words are those of `spans`; with no quotation, that these words are one, of a kind and (None:
    nobody known) by somebody. Raises UsageError where it cannot be."""
    if source.turns and (quote is None or quote.kind == "turn"):
        raise UsageError(f"The quotations of {source.path} are its turns, each as long as somebody speaks.")
    if kind not in KINDS[:3]:
        raise UsageError(f"“{kind}” is no kind of quotation; there are: {', '.join(KINDS[:3])}.")
    old = quote.spans if quote else ()
    value: dict[str, Any] = {"of": len(old)} if quote else {"of": 0, "kind": kind, "speaker": speaker}
    target = [anchor(source, *span) for span in (*old, *sorted(spans))]
    return _decision("span", target, value, by, at, undoes, counter)


def label_decision(
    source: Source, label: str, name: str, by: str, at: str, undoes: str = "", counter: int = 0
) -> Decision:
    """Who a speaker label of a source is: who says all of its turns."""
    target = [Anchor(source.path, "", text_hash=source.text_hash, figure=label)]
    return _decision("speaker", target, " ".join(name.split()), by, at, undoes, counter)


def person_decision(
    do: PersonDo,
    people: Sequence[Person],
    casts: Iterable[Cast],
    lookup: Lookup,
    name: str,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
    more: Mapping[str, Any] | None = None,
) -> Decision:
    """A decision on persons: that they are one (merge), that the figures of one are several (split), a name, another
    name (alias), the name to show them under (pseudonym), or a role (`more`).

    Raises UsageError if those to merge are one and the same.
    """
    if do == "merge" and len({p.id for p in people}) == 1:
        raise UsageError(f"{people[0].name} is one person already. Name two or more to merge.")
    by_key = {(c.source, f.key): f for c in casts for f in c.figures}
    each = [[(k[0], by_key[k]) for k in p.figures if k in by_key] for p in people]
    # A split keeps every figure apart that it names; for the others a few stand for all.
    figures = [f for found in each for f in (found if do == "split" else found[:FEW])]
    return figure_decision(do, figures, lookup, name, by, at, undoes, counter, more)


def figure_decision(
    do: PersonDo,
    figures: Sequence[tuple[str, Figure]],
    lookup: Lookup,
    name: str,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
    more: Mapping[str, Any] | None = None,
    side: int = 0,
) -> Decision:
    """The same for figures, as (source path, figure): those to make one, to keep apart, or to name. `side`: how many of
    them, the first, a split says are somebody else (0: it keeps all of them apart, or `more` tells).

    Raises UsageError if there are too few of them.
    """
    one = do not in ("merge", "split")
    if len(figures) < (1 if one else 2):
        raise UsageError(f"There are not enough people to {do}: name {'one' if one else 'two'} at least.")
    ordered = [*sorted(figures[:side], key=lambda f: f[0]), *sorted(figures[side:], key=lambda f: f[0])]
    target = [_mention(path, figure, lookup(path)) for path, figure in ordered]
    value = {"do": do, **({"name": name} if do != "role" else {}), **({"of": side} if side else {}), **(more or {})}
    return _decision("person", target, value, by, at, undoes, counter)


def _mention(path: str, figure: Figure, source: Source | None) -> Anchor:
    """A figure by its first mention; by name alone if it has none in the text."""
    if source is None or not figure.mentions:
        return Anchor(path, "", text_hash=source.text_hash if source else "", figure=figure.key)
    first = figure.mentions[0]
    return anchor(source, first.start, first.end, figure.key)


def moment_decision(
    do: Literal["together", "apart", "title", "note", "when"],
    accounts: Sequence[Account],
    lookup: Lookup,
    title: str,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
    moving: Sequence[Account] = (),
) -> Decision:
    """A decision on accounts: that they tell one event, that they do not, what it is called, a note on it or when it
    happened (`title` is the text, or the date). `moving`: accounts that alone go to the moment of the others, or out of
    it.

    Raises UsageError if none of their sources is there.
    """
    gone = _beginnings(moving, lookup)
    target = [*gone, *_beginnings(accounts, lookup)]
    if len(target) < (2 if do == "together" else 1):
        raise UsageError(f"There are not enough accounts for “{do}”: name {2 if do == 'together' else 1} at least.")
    value = {"do": do, do if do in ("note", "when") else "title": title, **({"of": len(gone)} if gone else {})}
    return _decision("moment", target, value, by, at, undoes, counter)


def _beginnings(accounts: Sequence[Account], lookup: Lookup) -> list[Anchor]:
    """The first words of each account whose source is there."""
    ordered = sorted(accounts, key=lambda a: (a.source, a.spans))
    found = [(lookup(a.source), a.spans[0]) for a in ordered if a.spans]
    return [anchor(source, *span) for source, span in found if source]


def relation_decision(
    do: Literal["accept", "reject", "add"],
    relation: Relation,
    lookup: Lookup,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
) -> Decision:
    """A decision on a relation: that it holds, that it does not, or that there is one (then only its `evidence`,
    `type`, `about` and `values` count). Raises UsageError where its evidence is not there."""
    target = []
    for shown in relation.evidence:
        source = lookup(shown.source)
        target += [anchor(source, shown.start, shown.end)] if source else []
    if len(target) != 2:
        raise UsageError("A relation needs words on both sides that it rests on.")
    value = {"do": do, "type": relation.type, "about": relation.about, "values": list(relation.values)}
    return _decision("relation", target, value, by, at, undoes, counter)


def rights_decision(
    restriction: Restriction, lookup: Lookup, by: str, at: str, undoes: str = "", counter: int = 0
) -> Decision:
    """A restriction as a decision; one on spans points at their words, so that it holds when the text changes.

    Raises UsageError if the source of the spans is not there.
    """
    target: list[Anchor] = []
    source = lookup(restriction.of) if restriction.what != "person" else None
    if source and restriction.what != "span":
        # No words to find, but the text by which it is known again when the file gets another name.
        target = [Anchor(source.path, "", text_hash=source.text_hash)]
    if restriction.what == "span":
        if source is None:
            raise UsageError(f"There is no source {restriction.of}; name one as `vivavoce quotes` lists it.")
        target = [anchor(source, *span) for span in restriction.spans]
        restriction = msgspec.structs.replace(restriction, spans=())
    return _decision("rights", target, msgspec.to_builtins(restriction), by, at, undoes, counter)


def correction_decision(
    source: Source, span: Span, to: str, by: str, at: str, undoes: str = "", counter: int = 0
) -> Decision:
    """That a stretch of a text should read otherwise. Raises UsageError where nothing would be changed."""
    words = " ".join(to.split())
    if not words or WITHHELD in words or not changes(source.text[slice(*span)], words):
        raise UsageError("Nothing would be corrected. Give the words as they stand, then as they should be.")
    return _decision("text-correction", [anchor(source, *span)], words, by, at, undoes, counter)


def turn_decision(
    do: Literal["split", "alone", "join"],
    source: Source,
    span: Span,
    speaker: str | None,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
) -> Decision:
    """That from some words of a turn on (split), or in these words alone (alone), `speaker` speaks (None: nobody
    known), or that the turn in which the words stand goes on from the one before (join). Raises UsageError where it
    cannot be."""
    inside = (n for n, t in enumerate(source.turns) if any(a <= span[0] < span[1] <= b for a, b in t.spans))
    n = next(inside, None)
    if n is None:
        raise UsageError(f"These words do not stand in one turn of {source.path}. Give words of one turn.")
    if do == "join" and n == 0:
        raise UsageError(f"This is the first turn of {source.path}: there is none before it to go on from.")
    value = {"do": do, **({"speaker": speaker} if do != "join" else {})}
    return _decision("turn", [anchor(source, *span)], value, by, at, undoes, counter)


def clearance_decision(
    do: Literal["clear", "refuse"],
    words: Sequence[tuple[Source, Span]],
    how: str,
    by: str,
    at: str,
    undoes: str = "",
    counter: int = 0,
) -> Decision:
    """What a narrator said of printed words: that they may stand, or not; `how`: the letter or call."""
    target = [anchor(source, *span) for source, span in words]
    value = {"do": do, "how": " ".join(how.split()), "reads": [reads(source, *span) for source, span in words]}
    return _decision("clearance", target, value, by, at, undoes, counter)


def note_decision(
    text: str, anchors: Sequence[Anchor], by: str, at: str, undoes: str = "", counter: int = 0
) -> Decision:
    """A note on some words."""
    return _decision("note", anchors, text, by, at, undoes, counter)


def undo(decision: Decision, by: str, at: str, counter: int = 0) -> Decision:
    """A row that takes another back; undone itself, the first one holds again."""
    return _decision("undo", (), None, by, at, decision.id, counter)


def _decision(
    kind: Type, target: Sequence[Anchor], value: Any, by: str, at: str, undoes: str, counter: int
) -> Decision:
    """The row, with an id made from all it says and the counter."""
    try:
        instant(at)
    except ValueError as e:
        raise UsageError(f"{e}.") from e
    said = json.dumps([msgspec.to_builtins(tuple(target)), value], sort_keys=True)
    made = digest("decision", kind, said, by, at, undoes, str(counter))
    return Decision(VERSION, made, at, by, kind, tuple(target), value, undoes)
