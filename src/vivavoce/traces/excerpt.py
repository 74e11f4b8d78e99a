"""A line that stands word for word in one text and is cut only where it says so: its trace, without a search."""

from __future__ import annotations

from collections.abc import Iterable

from vivavoce.model import Edit, Frame, Span, Trace, TracePlace
from vivavoce.traces.edits import BESIDE
from vivavoce.traces.frames import LEAD, frame_of
from vivavoce.traces.kinds import Change, kind_of


def excerpt(path: str, text: str, place: Span, cuts: Iterable[Span], printed: str, within: Span) -> Trace:
    """The trace of a line whose words are those of `place` without those of `cuts` (first word to last, in order).

    `printed`: the line with its signs; `within`: what was said without a break round the place, as far as a sentence
    can reach. The edits are what is cut, by what it is to a reader; the frames are what the rest of the sentence says
    of the words.
    """
    done = tuple(Edit("drop", at, "", kind_of(_dropped(text, at))) for at in cuts)
    low, high = max(within[0], place[0] - LEAD), min(within[1], place[1] + LEAD)
    found = frame_of(text, place, low, high, printed)
    return Trace(
        "",
        path,
        (),
        printed,
        "",
        "altered" if done else "verbatim",
        found_in=path,
        at=(place,),
        places=(TracePlace(path, place),),
        edits=done,
        frames=(Frame(*found),) if found else (),
    )


def _dropped(text: str, at: Span) -> Change:
    """Words that are left out where the print tells of it."""
    before, after = text[max(0, at[0] - BESIDE) : at[0]], text[at[1] : at[1] + BESIDE]
    return Change("drop", text[slice(*at)], "", before, after, before, "…")
