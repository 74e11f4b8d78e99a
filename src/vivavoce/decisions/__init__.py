"""The journal of a person's decisions, its anchors, and what they do to what the engines found.

Rows are only ever appended to `decisions.jsonl`; they point at words, never at ids, so that they outlive every
re-reading and rebuilding. What cannot be applied is told, and kept.
"""

from vivavoce.decisions.about import about
from vivavoce.decisions.alone import alone
from vivavoce.decisions.anchors import Anchor, Lookup, anchor, locate
from vivavoce.decisions.clearing import Clearance, answer, clearances
from vivavoce.decisions.correcting import changes, corrections
from vivavoce.decisions.journal import (
    KINDS,
    TYPES,
    VERSION,
    Broken,
    Decision,
    Journal,
    Review,
    after,
    append,
    fallen,
    read,
    standing,
)
from vivavoce.decisions.making import (
    PersonDo,
    clearance_decision,
    correction_decision,
    figure_decision,
    kind_decision,
    label_decision,
    moment_decision,
    note_decision,
    person_decision,
    quote_decision,
    relation_decision,
    rights_decision,
    span_decision,
    turn_decision,
    undo,
)
from vivavoce.decisions.moved import followed
from vivavoce.decisions.naming import over_people, pseudonyms
from vivavoce.decisions.over import Applied, of_source, over_quotes
from vivavoce.decisions.restricting import restrictions
from vivavoce.decisions.rulings import moment_rulings, person_rulings
from vivavoce.decisions.saying import says
from vivavoce.decisions.telling import over_moments
from vivavoce.decisions.turning import turned

__all__ = [
    "KINDS",
    "TYPES",
    "VERSION",
    "Anchor",
    "Applied",
    "Broken",
    "Clearance",
    "Decision",
    "Journal",
    "Lookup",
    "PersonDo",
    "Review",
    "about",
    "after",
    "alone",
    "anchor",
    "answer",
    "append",
    "changes",
    "clearance_decision",
    "clearances",
    "correction_decision",
    "corrections",
    "fallen",
    "figure_decision",
    "followed",
    "kind_decision",
    "label_decision",
    "locate",
    "moment_decision",
    "moment_rulings",
    "note_decision",
    "of_source",
    "over_moments",
    "over_people",
    "over_quotes",
    "person_decision",
    "person_rulings",
    "pseudonyms",
    "quote_decision",
    "read",
    "relation_decision",
    "restrictions",
    "rights_decision",
    "says",
    "span_decision",
    "standing",
    "turn_decision",
    "turned",
    "undo",
]
