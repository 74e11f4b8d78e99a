"""The gate: what may be shown where, from which day. Every output asks it; what cannot be understood withholds."""

from vivavoce.rights.candidates import shown_candidates
from vivavoce.rights.gate import KINDS, Item, is_of, may, over, people_of, resolved
from vivavoce.rights.narrated import narrated
from vivavoce.rights.pictures import known
from vivavoce.rights.problems import doubts, problems, unmatched
from vivavoce.rights.published import alike, paths, published
from vivavoce.rights.touching import Rule, touching

__all__ = [
    "KINDS",
    "Item",
    "Rule",
    "alike",
    "doubts",
    "is_of",
    "known",
    "may",
    "narrated",
    "over",
    "paths",
    "people_of",
    "problems",
    "published",
    "resolved",
    "shown_candidates",
    "touching",
    "unmatched",
]
