"""What was said, as spans of the text."""

from __future__ import annotations

from vivavoce.language.paragraphs import paragraphs, runs, wrapped
from vivavoce.model import Block, Known, Quote, Source
from vivavoce.quotes.draft import Draft, named
from vivavoce.quotes.marks import marked
from vivavoce.quotes.turns import turns

QUOTING = ("body", "headline", "dek", "caption")


def find(source: Source, known: Known) -> list[Quote]:
    """All quotations of a source, in order: a transcript's turns, a press piece's quotations.

    `known` holds the titles of works, which are not quotations. Never raises; linear in the text.
    """
    if source.turns:
        return named(source, turns(source))
    lines = wrapped(source.text)
    drafts: list[Draft] = []
    for block in runs(source.blocks, source.text):
        if block.kind in QUOTING:
            drafts += found_in(source, block, lines)
    return named(source, drafts)


def found_in(source: Source, block: Block, lines: bool) -> list[Draft]:
    """The quotations of one run of blocks."""
    out = []
    for start, end in paragraphs(source.text, block.start, block.end, lines):
        for m in marked(source.text, start, end):
            out.append(
                Draft("direct", ((m.start, m.end),), ((m.start, m.end),), block.kind, None, 0.8, ("in marks",))
            )
    return out
