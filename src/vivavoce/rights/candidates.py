"""Who might have said a quotation, as far as it may be told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from vivavoce.model import WITHHELD, Candidate, History, Quote, Source, slug

_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def shown_candidates(shown: History, quote: Quote, given: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Of the candidates for a quotation, those that may be shown, in their order.

    `shown`: the history as published for the channel; `quote`: one of its quotations. Where nothing is withheld, all
    of them. Else those who are people of what is published and whose mention is not overwritten (of whoever else
    is named, it cannot be told here whether they are withheld), with the reasons that name nobody else.
    """
    candidates = tuple(given)
    source = next((s for s in shown.sources if s.path == quote.source), None)
    if source is None:
        return ()
    if not shown.withheld:
        return candidates
    names = {slug(n) for p in shown.people for n in (p.name, *p.aliases)}
    figures = {key for p in shown.people for path, key in p.figures if path == quote.source}
    left = (c for c in candidates if (c.name in figures or slug(c.name) in names) and _stands(c, source))
    return tuple(replace(c, why=tuple(w for w in c.why if _own(w, c))) for c in left)


def _stands(candidate: Candidate, source: Source) -> bool:
    """Whether a candidate's mention is shown."""
    if candidate.mention is None:
        return True
    words = source.text[candidate.mention.start : candidate.mention.end]
    return WITHHELD not in words and words == candidate.mention.text


def _own(reason: str, candidate: Candidate) -> bool:
    """Whether the names in a reason (words with a capital) are all the candidate's own."""
    known = {slug(w) for w in _NAME.findall(f"{candidate.name} {candidate.mention.text if candidate.mention else ''}")}
    return all(slug(w) in known for w in _NAME.findall(reason) if w != w.lower())
