"""The cast of one source: everybody it names, with what it tells of them."""

from __future__ import annotations

from vivavoce.model import Cast, Figure, Known, Mention, Quote, Source
from vivavoce.people import figures, names
from vivavoce.people.figures import Draft
from vivavoce.people.pronouns import Event, votes
from vivavoce.people.scan import Scan, scan

NARRATOR = "Narrator"


def cast(source: Source, quotes: list[Quote], known: Known) -> Cast:
    """The figures that a source names, and those whom its speaker labels stand for.

    Names are grouped to figures (fullest name, other forms as aliases); gender comes from titles, first names and
    pronouns; roles come with the words that show them.
    """
    seen = scan(source, quotes)
    drafts = figures.gather(seen, names.find(seen))
    genders = votes(seen, events(seen, drafts), [d.gender for d in drafts])
    for d, gender in zip(drafts, genders, strict=True):
        d.gender = gender
    made = [figure(seen, d, key) for d, key in zip(drafts, figures.keys(drafts), strict=True)]
    return Cast(source.path, tuple(made))


def events(scan: Scan, drafts: list[Draft]) -> list[Event]:
    """The namings of persons outside marks, in order."""
    found = [
        Event(n.first, number, clause_start(scan, n.lead))
        for number, d in enumerate(drafts)
        if d.kind == "person"
        for n in d.names
        if not scan.inside[n.first]
    ]
    return sorted(found)


def clause_start(scan: Scan, i: int) -> bool:
    """Whether token i begins a sentence or a clause."""
    if i == 0 or scan.sentence[i] != scan.sentence[i - 1] or scan.inside[i - 1]:
        return True
    return scan.low[i - 1] in CLAUSE


CLAUSE = frozenset(", and but that when while because as if although though : ; ( ” \" ' ’ — –".split())


def figure(scan: Scan, d: Draft, key: str) -> Figure:
    """The finished value."""
    spans = [(scan.start[n.first], scan.end[n.last - 1]) for n in d.names]
    mentions = tuple(Mention(a, b, scan.text[a:b]) for a, b in spans)
    return Figure(key, d.full, figures.aliases(scan, d), d.kind, d.gender, mentions)
