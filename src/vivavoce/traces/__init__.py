"""Where what is quoted was said, and what was changed."""

from vivavoce.traces.compared import Run, compared
from vivavoce.traces.copies import copies
from vivavoce.traces.edits import carried_out, compare
from vivavoce.traces.excerpt import excerpt
from vivavoce.traces.follow import TOO_SHORT, Talk, follow, followed, listened
from vivavoce.traces.policy import POLICIES, breaches, breaches_of
from vivavoce.traces.withheld import uncrossed

__all__ = [
    "POLICIES",
    "TOO_SHORT",
    "Run",
    "Talk",
    "breaches",
    "breaches_of",
    "carried_out",
    "compare",
    "compared",
    "copies",
    "excerpt",
    "follow",
    "followed",
    "listened",
    "uncrossed",
]
