"""The sources: our own interviews whole, press as excerpts round its quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import WITHHELD, Quote, Source, Span, holds_back, reads, times
from vivavoce.site import addresses, cite, citing, excerpts, leaves
from vivavoce.site.excerpts import NEVER, Excerpt, fragments
from vivavoce.site.shelf import (
    Shelf,
    account_anchor,
    person_page,
    quote_anchor,
    source_page,
    turn_name,
    whole,
)
from vivavoce.site.tracing import told_of
from vivavoce.site.words import Mark, by_stretch, printed

KINDS = (("Interviews and recordings", "transcript"), ("Press", "press"), ("Not yet transcribed", "recording"))


def groups(shelf: Shelf) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sources by kind, by date."""
    out = []
    for name, kind in KINDS:
        rows = [_row(shelf, s) for s in shelf.history.sources if s.kind == kind]
        out.append((name, sorted(rows, key=lambda r: (r["date"] or "9", r["title"]))))
    return [(name, rows) for name, rows in out if rows]


def pages(shelf: Shelf) -> list[tuple[str, dict[str, Any]]]:
    """The list of sources by its path: one page, or as many as are not too heavy."""
    files, listed = citing.files(citing.ALL), groups(shelf)
    if leaves.light((row for _, rows in listed for row in rows), _weight):
        return [("sources/index.html", {"groups": listed, "files": files, "leaves": []})]
    parts = [
        (kind, *part)
        for kind, rows in listed
        for part in leaves.labelled(leaves.parted(rows, _weight), lambda row: dates.year(row["date"]))
    ]
    # No source has an address that ends so: they end in the ending of their file.
    paths = [f"sources/page-{n}.html" if n > 1 else "sources/index.html" for n in range(1, len(parts) + 1)]
    held = leaves.grouped(leaves.Leaf(label, at, kind) for (kind, _, label), at in zip(parts, paths, strict=True))
    return [
        (at, {"groups": [(kind, rows)], "files": files, "leaves": held})
        for (kind, rows, _), at in zip(parts, paths, strict=True)
    ]


def _weight(row: dict[str, Any]) -> int:
    """The bytes of a source in the list, about."""
    return 170 + leaves.weight(row["title"], row["href"], row["publisher"])


def _row(shelf: Shelf, source: Source) -> dict[str, Any]:
    quotes = shelf.of_source.get(source.path, [])
    names = list(dict.fromkeys(q.person.name for q in quotes if q.person and not q.asks))
    return {
        "title": title_of(source),
        "href": source_page(shelf, source.path),
        "date": source.date,
        "publisher": source.publisher,
        "names": names,
        "quotes": sum(not q.asks for q in quotes),
    }


def page(shelf: Shelf, source: Source, recordings: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What a source's page holds: what is known of it, a player where its recording is published, its words."""
    players = [recordings[m.path] for m in source.media if m.path in recordings]
    moments = {moment.id: moment for moment, _ in shelf.told.get(source.path, [])}
    answered = any(not turn.asks for turn in source.turns)
    asked = ", ".join(source.labels.get(n, n) for n in source.interviewers if answered)
    held: dict[str, Any] = {"turns": [], "excerpts": [], "paragraphs": [], "share": ""}
    if not whole(source):
        held.update(_excerpts(shelf, source))
    elif source.turns:
        held["turns"] = _turns(shelf, source, players)
    else:
        held["paragraphs"] = _paragraphs(shelf, source)
    return {
        "source": source,
        "title": title_of(source),
        "original": addresses.foreign(source.address),
        "byline": [source.byline] * bool(source.byline)
        + [f"{'i' if source.byline else 'I'}nterviewed by {asked}"] * bool(asked),
        "players": players,
        "moments": list(moments.values()),
        "holds_back": holds_back(source),
        "corrected": _corrected(source) if whole(source) else [],
        **held,
    }


def _corrected(source: Source) -> list[tuple[str, str]]:
    """What was corrected in a source: as it came, and as it is shown."""
    pairs = ((source.text[c.start : c.end], c.to) for c in source.corrections)
    return [(was, to) for was, to in pairs if WITHHELD not in was]


# --- transcripts ------------------------------------------------------------------------------------------


def _turns(shelf: Shelf, source: Source, players: list[tuple[str, str]]) -> list[dict[str, Any]]:
    marks = by_stretch(_account_marks(shelf, source), [(t.start, t.end) for t in source.turns])
    begun: set[Mark] = set()
    turns = [_turn(shelf, source, i, here, begun, players) for i, here in enumerate(marks)]
    for turn, headings in zip(turns, _headings(source), strict=True):
        turn["headings"] = headings
    return turns


def _headings(source: Source) -> list[list[str]]:
    """The headings that stand before each turn; none where something is withheld, since they may tell of it."""
    found: list[list[str]] = [[] for _ in source.turns]
    for block in source.blocks if not holds_back(source) else ():
        at = bisect_right(source.turns, block.start, key=lambda turn: turn.start)
        if block.kind == "heading" and at < len(found):
            found[at].append(reads(source, block.start, block.end).strip("#*_ \t"))
    return found


def _turn(
    shelf: Shelf, source: Source, number: int, here: list[Mark], begun: set[Mark], players: list[tuple[str, str]]
) -> dict[str, Any]:
    turn = source.turns[number]
    quote = shelf.of_turn.get((source.path, number))
    time = turn.time
    who = quote.person if quote else None
    return {
        "id": quote_anchor(quote.id) if quote else f"t-{number + 1}",
        "name": turn_name(source, turn, quote),
        "person": person_page(who.id) if who and who.id in shelf.people else "",
        "asks": turn.asks,
        "clock": dates.clock(time[0]) if time else "",
        "seconds": dates.machine(time[0]) if time else "",
        "media": f"{players[0][0]}#t={dates.machine(time[0])}" if players and time else "",
        "paragraphs": [printed(source, a, b, here, begun) for a, b in turn.spans],
        "moments": shelf.tells.get(quote.id, []) if quote else [],
        "cite": cite.citation(shelf, quote) if quote and not turn.asks else "",
    }


def _account_marks(shelf: Shelf, source: Source) -> list[Mark]:
    """Places to go to: every stretch that a moment holds."""
    out = []
    for _, account in shelf.told.get(source.path, []):
        for number, (start, end) in enumerate(account.spans):
            anchor, time = account_anchor(account.id, number), times(source, start, end)
            at = Markup(' data-at="{}"').format(dates.machine(time[0])) if time else Markup("")
            opened = Markup('<span class="told" id="{}"{}>').format(anchor, at)
            out.append(Mark(start, end, opened, Markup("<span>"), Markup("</span>")))
    return sorted(out, key=lambda m: (m.start, m.end))


# --- press ------------------------------------------------------------------------------------------------


def _excerpts(shelf: Shelf, source: Source) -> dict[str, Any]:
    quotes = shelf.of_source.get(source.path, [])
    shown = excerpts.excerpts(source, quotes)
    begun: set[Mark] = set()
    return {
        "share": f"{excerpts.share(source, shown):.0%}",
        "excerpts": [_excerpt(shelf, source, e, begun) for e in shown],
    }


def _excerpt(shelf: Shelf, source: Source, excerpt: Excerpt, begun: set[Mark]) -> dict[str, Any]:
    only = len(excerpt.quotes) == 1
    marks = [m for q in excerpt.quotes for m in _quote_marks(q, "" if only else quote_anchor(q.id))]
    return {
        "id": quote_anchor(excerpt.quotes[0].id) if only else "",
        "block": excerpts.block_kind(source, excerpt),
        "paragraphs": [_stretches(source, p, marks, begun) for p in excerpt.paragraphs],
        "notes": notes(shelf, excerpt.quotes),
    }


def _stretches(source: Source, stretches: tuple[Span, ...], marks: list[Mark], begun: set[Mark]) -> Markup:
    """The stretches shown of a paragraph, what is left out as an ellipsis."""
    gap = Markup('<span class="gap">…</span>')
    out = Markup(" {} ").format(gap).join(printed(source, a, b, marks, begun) for a, b in stretches)
    first, last = stretches[0][0], stretches[-1][1]
    before = source.text[max(first - 2, 0) : first].strip(" ")
    after = source.text[last : last + 2].strip(" ")
    opens = Markup("{} ").format(gap) if before and "\n" not in before and first else Markup("")
    return opens + out + (Markup(" {}").format(gap) if after and "\n" not in after else Markup(""))


def _quote_marks(quote: Quote, anchor: str) -> list[Mark]:
    """The marks of a quotation: one over the whole of it with its place, one over each of its fragments."""
    lit = Markup('<mark class="w" data-q="{}">').format(quote_anchor(quote.id))
    spans = fragments(quote)
    out = [Mark(a, b, lit, lit, Markup("</mark>")) for a, b in spans]
    if anchor:
        open_ = Markup('<span class="q" id="{}">').format(anchor)
        out.insert(0, Mark(spans[0][0], spans[-1][1], open_, Markup('<span class="q">'), Markup("</span>")))
    return out


def notes(shelf: Shelf, quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    """What stands beside quotations of press: who said them, where else they are told, where they were said; one
    note for neighbours of whom the same holds, with a citation each."""
    out: list[dict[str, Any]] = []
    for quote in quotes:
        made = _note(shelf, quote)
        cites = [(quote_anchor(quote.id), cite.citation(shelf, quote))]
        if out and all(out[-1][key] == made[key] for key in made):
            out[-1]["cites"] += cites
        else:
            out.append({**made, "cites": cites})
    return out


def _note(shelf: Shelf, quote: Quote) -> dict[str, Any]:
    trace = shelf.traces.get(quote.id)
    return {
        "name": quote.person.name if quote.person else "",
        "person": person_page(quote.person.id) if quote.person and quote.person.id in shelf.people else "",
        "reported": quote.kind != "turn" and not excerpts.marked(quote),
        "moments": shelf.tells.get(quote.id, []),
        "traced": told_of(shelf, trace) if trace else None,
    }


def _paragraphs(shelf: Shelf, source: Source) -> list[dict[str, Any]]:
    """A text that is shown whole, without turns: its blocks, with the places of its quotations."""
    quotes = shelf.of_source.get(source.path, [])
    marks = [m for q in quotes for m in _quote_marks(q, quote_anchor(q.id))] + _account_marks(shelf, source)
    begun: set[Mark] = set()
    blocks = [b for b in source.blocks if b.kind not in NEVER]
    stretches = [(b.start, b.end) for b in blocks]
    beside: dict[int, list[Quote]] = {}
    for q in quotes:
        beside.setdefault(bisect_right(stretches, q.spans[0][0], key=lambda s: s[0]) - 1, []).append(q)
    return [
        {
            "kind": block.kind,
            "words": printed(source, block.start, block.end, here, begun),
            "notes": notes(shelf, beside.get(i, ())),
        }
        for i, (block, here) in enumerate(zip(blocks, by_stretch(marks, stretches), strict=True))
    ]
