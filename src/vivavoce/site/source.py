"""The sources: our own interviews whole, press as excerpts round its quotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from vivavoce.model import WITHHELD, Moment, Quote, Source, Span, Trace
from vivavoce.site import addresses, cite, dates, excerpts
from vivavoce.site.excerpts import NEVER, Excerpt, fragments
from vivavoce.site.shelf import (
    Shelf,
    account_anchor,
    person_page,
    quote_anchor,
    source_page,
    title_of,
    turn_name,
    whole,
)
from vivavoce.site.words import Mark, printed

KINDS = (("Interviews and recordings", "transcript"), ("Press", "press"), ("Not yet transcribed", "recording"))
CLASSES = {
    "verbatim": "said in these words",
    "altered": "said in other words",
    "spliced": "put together from words said",
    "misattributed": "said by somebody else",
}


def groups(shelf: Shelf) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sources by kind, by date."""
    out = []
    for name, kind in KINDS:
        rows = [_row(shelf, s) for s in shelf.history.sources if s.kind == kind]
        out.append((name, sorted(rows, key=lambda r: (r["date"] or "9", r["title"]))))
    return [(name, rows) for name, rows in out if rows]


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
    moments: list[Moment] = []
    for moment, _ in shelf.told.get(source.path, []):
        if moment not in moments:
            moments.append(moment)
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
        "asked": ", ".join(source.labels.get(n, n) for n in source.interviewers),
        "players": players,
        "moments": moments,
        "holds_back": WITHHELD in source.text,
        **held,
    }


# --- transcripts ------------------------------------------------------------------------------------------


def _turns(shelf: Shelf, source: Source, players: list[tuple[str, str]]) -> list[dict[str, Any]]:
    marks = _account_marks(shelf, source)
    begun: set[Mark] = set()
    return [_turn(shelf, source, i, marks, begun, players) for i in range(len(source.turns))]


def _turn(
    shelf: Shelf, source: Source, number: int, marks: list[Mark], begun: set[Mark], players: list[tuple[str, str]]
) -> dict[str, Any]:
    turn = source.turns[number]
    quote = shelf.of_turn.get((source.path, number))
    time = turn.time
    here = [m for m in marks if m.start < turn.end and m.end > turn.start]
    who = quote.person if quote else None
    return {
        "id": quote_anchor(quote.id) if quote else f"t-{number + 1}",
        "name": turn_name(source, turn, quote),
        "person": person_page(who.id) if who and who.id in shelf.people else "",
        "asks": turn.asks,
        "clock": dates.clock(time[0]) if time else "",
        "seconds": dates.machine(time[0]) if time else "",
        "media": f"{players[0][0]}#t={dates.machine(time[0])}" if players and time else "",
        "paragraphs": [printed(source.text, a, b, here, begun) for a, b in turn.spans],
        "moments": shelf.tells.get(quote.id, []) if quote else [],
        "cite": cite.citation(shelf, quote) if quote and not turn.asks else "",
    }


def _account_marks(shelf: Shelf, source: Source) -> list[Mark]:
    """Places to go to: every stretch that a moment holds."""
    out = []
    for _, account in shelf.told.get(source.path, []):
        for number, (start, end) in enumerate(account.spans):
            anchor = account_anchor(account.id, number)
            out.append(
                Mark(
                    start,
                    end,
                    Markup('<span class="told" id="{}">').format(anchor),
                    Markup("<span>"),
                    Markup("</span>"),
                )
            )
    return sorted(out, key=lambda m: (m.start, m.end))


# --- press ------------------------------------------------------------------------------------------------


def _excerpts(shelf: Shelf, source: Source) -> dict[str, Any]:
    quotes = shelf.of_source.get(source.path, [])
    shown = excerpts.excerpts(source, quotes)
    begun: set[Mark] = set()
    return {
        "share": f"{excerpts.share(source, shown):.0%}".replace("%", " %"),
        "excerpts": [_excerpt(shelf, source, e, begun) for e in shown],
    }


def _excerpt(shelf: Shelf, source: Source, excerpt: Excerpt, begun: set[Mark]) -> dict[str, Any]:
    only = len(excerpt.quotes) == 1
    marks = [m for q in excerpt.quotes for m in _quote_marks(q, "" if only else quote_anchor(q.id))]
    return {
        "id": quote_anchor(excerpt.quotes[0].id) if only else "",
        "block": excerpts.block_kind(source, excerpt),
        "paragraphs": [_stretches(source, p, marks, begun) for p in excerpt.paragraphs],
        "quotes": [note(shelf, q) for q in excerpt.quotes],
    }


def _stretches(source: Source, stretches: tuple[Span, ...], marks: list[Mark], begun: set[Mark]) -> Markup:
    """The stretches shown of a paragraph, what is left out as an ellipsis."""
    gap = Markup('<span class="gap">…</span>')
    out = Markup(f" {gap} ").join(printed(source.text, a, b, marks, begun) for a, b in stretches)
    first, last = stretches[0][0], stretches[-1][1]
    before = source.text[max(first - 2, 0) : first].strip(" ")
    after = source.text[last : last + 2].strip(" ")
    opens = Markup(f"{gap} ") if before and "\n" not in before and first else Markup("")
    return opens + out + (Markup(f" {gap}") if after and "\n" not in after else Markup(""))


def _quote_marks(quote: Quote, anchor: str) -> list[Mark]:
    """The marks of a quotation: one over the whole of it with its place, one over each of its fragments."""
    words = Mark  # short names keep the lines readable
    lit = Markup('<mark class="w" data-q="{}">').format(quote_anchor(quote.id))
    spans = fragments(quote)
    out = [words(a, b, lit, lit, Markup("</mark>")) for a, b in spans]
    if anchor:
        open_ = Markup('<span class="q" id="{}">').format(anchor)
        out.insert(0, words(spans[0][0], spans[-1][1], open_, Markup('<span class="q">'), Markup("</span>")))
    return out


def note(shelf: Shelf, quote: Quote) -> dict[str, Any]:
    """What stands beside a quotation of press: who said it, where else it is told, where it was said."""
    trace = shelf.traces.get(quote.id)
    return {
        "id": quote_anchor(quote.id),
        "name": quote.person.name if quote.person else "",
        "person": person_page(quote.person.id) if quote.person and quote.person.id in shelf.people else "",
        "kind": quote.kind,
        "moments": shelf.tells.get(quote.id, []),
        "cite": cite.citation(shelf, quote),
        "traced": _traced(shelf, trace) if trace else None,
    }


def _traced(shelf: Shelf, trace: Trace) -> dict[str, str] | None:
    """Where a quotation was said, if that place is published."""
    place = next((p for p in trace.places if p.source in shelf.sources), None)
    if place is None or trace.cls not in CLASSES:
        return None
    source = shelf.sources[place.source]
    said = [q for q in shelf.of_source.get(place.source, []) if q.spans[0][0] <= place.span[0] < q.spans[-1][1]]
    where = f"#{addresses.href(quote_anchor(said[0].id))}" if said else ""
    return {
        "how": CLASSES[trace.cls],
        "title": title_of(source),
        "time": dates.clock(place.time[0]) if place.time else "",
        "href": source_page(shelf, place.source) + where,
    }


def _paragraphs(shelf: Shelf, source: Source) -> list[dict[str, Any]]:
    """A text that is shown whole, without turns: its blocks, with the places of its quotations."""
    quotes = shelf.of_source.get(source.path, [])
    marks = [m for q in quotes for m in _quote_marks(q, quote_anchor(q.id))] + _account_marks(shelf, source)
    begun: set[Mark] = set()
    out = []
    for block in source.blocks:
        if block.kind in NEVER:
            continue
        here = [m for m in marks if m.start < block.end and m.end > block.start]
        out.append({
            "kind": block.kind,
            "words": printed(source.text, block.start, block.end, here, begun),
            "quotes": [note(shelf, q) for q in quotes if block.start <= q.spans[0][0] < block.end],
        })  # fmt: skip
    return out
