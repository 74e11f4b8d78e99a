"""What a trace may tell where words are withheld."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from vivavoce.model import WITHHELD, Trace

CROSSES = "part of what stands there is withheld"


def uncrossed(trace: Trace, texts: Mapping[str, str]) -> Trace:
    """A trace; if a place of it reaches over withheld words, nobody can say whether it is as said: none."""
    if any(WITHHELD in texts[p.source][slice(*p.span)] for p in trace.places):
        return Trace(trace.quote, trace.source, trace.spans, trace.text, trace.speaker, "absent", why=CROSSES)
    frames = tuple(f for f in trace.frames if WITHHELD not in texts[trace.places[f.place].source][slice(*f.at)])
    trace = replace(trace, frames=frames) if len(frames) < len(trace.frames) else trace
    near = trace.nearest
    if near and WITHHELD in texts[near.source][slice(*near.span)]:
        return replace(trace, nearest=None, similarity=0.0)
    return trace
