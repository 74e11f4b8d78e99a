"""Who said it, by the engine that does it better for the kind of text: `learned` in stories, `rules` elsewhere."""

from __future__ import annotations

from vivavoce.model import Attribution, Cast, Known, Quote, Source
from vivavoce.people import rules


def attribute(source: Source, quotes: list[Quote], cast: Cast, known: Known) -> list[Attribution]:
    """One attribution a quotation, in order; each bears the name of the engine that made it.

    The models are loaded where a story is read, and never for press pieces and transcripts.
    """
    if not cast.story:
        return rules.attribute(source, quotes, cast, known)
    from vivavoce.people import learned

    return learned.attribute(source, quotes, cast, known)
