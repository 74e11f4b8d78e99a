"""What the recordings say to a quotation of press, as a page shows it."""

from __future__ import annotations

from typing import Any

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import Trace, TracePlace
from vivavoce.printing import TURNS
from vivavoce.site import comparison
from vivavoce.site.shelf import Shelf, quote_at, quote_place, source_page
from vivavoce.traces import compared


def told_of(shelf: Shelf, trace: Trace) -> dict[str, Any] | None:
    """What the recordings say to a quotation: its class, its places, the changes; None where nothing can be said (it is
    too short, no recording is published, or one of its places is not)."""
    if trace.why or not shelf.heard or any(p.source not in shelf.sources for p in trace.places):
        return None
    texts = {p.source: shelf.sources[p.source].text for p in trace.places}
    differs = len(trace.places) > 1 or any(e.kind != "note" for e in trace.edits)
    return {
        "cls": trace.cls,
        "how": comparison.how(trace),
        "said_by": trace.said_by if trace.cls == "misattributed" else "",
        "words": comparison.redline(compared(trace, texts)) if differs else "",
        "sense": any(e.kind in TURNS for e in trace.edits),
        "places": [_place(shelf, p) for p in trace.places],
    }


def _place(shelf: Shelf, place: TracePlace) -> dict[str, str]:
    """A link to where something was said."""
    said = quote_at(shelf, place.source, place.span[0])
    return {
        "title": title_of(shelf.sources[place.source]),
        "time": dates.clock(place.time[0]) if place.time else "",
        "href": quote_place(shelf, said) if said else source_page(shelf, place.source),
    }
