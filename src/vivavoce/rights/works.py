"""What sources tell of works, without what stands in withheld text or rests on it."""

from __future__ import annotations

from msgspec.structs import replace

from vivavoce.model import Fact, Naming, Offset, OfWorks
from vivavoce.rights.cut import Cut, shown
from vivavoce.rights.words import echoes


def cut_of_works(told: OfWorks, cut: Cut) -> OfWorks | None:
    """What one source tells of works, as far as its words are shown; None where the source is not."""
    if told.source not in cut.sources:
        return None
    return replace(
        told,
        namings=tuple(n for n in (_naming(n, cut) for n in told.namings) if n),
        facts=tuple(f for f in told.facts if _stands(f, cut)),
        offsets=tuple(o for o in (_offset(o, cut) for o in told.offsets) if o),
        placings=tuple(p for p in told.placings if shown(p.source, (p.start, p.end), cut)),
    )


def _naming(naming: Naming, cut: Cut) -> Naming | None:
    """A naming, unless its words are withheld; what it is a part of may be told elsewhere, and withheld there."""
    if not shown(naming.source, (naming.start, naming.end), cut) or echoes(naming.title, cut.secret):
        return None
    return replace(naming, of="") if echoes(naming.of, cut.secret) else naming


def _stands(fact: Fact, cut: Cut) -> bool:
    """Whether the words of a fact are shown, and those that name what it is of: else it would be held to be of
    something else."""
    return shown(fact.source, (fact.start, fact.end), cut) and (not fact.of or shown(fact.source, fact.of, cut))


def _offset(offset: Offset, cut: Cut) -> Offset | None:
    """A relative time, without an anchor whose words are withheld."""
    if not shown(offset.source, (offset.start, offset.end), cut):
        return None
    if offset.at and not shown(offset.source, offset.at, cut):
        return replace(offset, anchor="", at=None, event="", of=None, thing="")
    if offset.of and not shown(offset.source, offset.of, cut):
        return replace(offset, of=None)
    return offset
