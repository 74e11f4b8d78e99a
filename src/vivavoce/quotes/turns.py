"""A transcript's turns: one quotation each."""

from __future__ import annotations

from vivavoce.model import Source
from vivavoce.quotes.draft import Draft


def turns(source: Source) -> list[Draft]:
    """One quotation of kind `turn` for each turn that has words."""
    return [
        Draft(
            "turn",
            turn.spans,
            turn.spans,
            "speech",
            None,
            1.0,
            ("a turn of the transcript",),
            turn=i,
            asks=turn.asks,
            time=turn.time,
        )
        for i, turn in enumerate(source.turns)
        if any(source.text[a:b].strip() for a, b in turn.spans)
    ]
