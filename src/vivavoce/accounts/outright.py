"""What a clause says outright of who it was: "It was Ann who rang", "I'm the one that did it", "It was Bob's idea"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vivavoce.accounts.asserted import Asserted, is_name
from vivavoce.accounts.clauses import persons
from vivavoce.accounts.frames import is_past, same_noun, same_verb
from vivavoce.accounts.names import Who

_IT = r"\b(?:[Ii]t|[Tt]hat) (?:was|were)(?: all| really| only)? "
_WHO = r"(?P<who>(?:(?:[Tt]he|[Aa]n?|[Mm]y|[Oo]ur|[Oo]ld|[Yy]oung|[Tt]hat) )?(?:[\w’'-]+ ){0,3}?[\w’'-]+)"
_LEAD = r"^(?:[Aa]nd |[Bb]ut |[Nn]o |[Ss]o )?"
_HAD = r"(?:had |has |['’]d )?"
_WAS = r"(?: was|['’]s| were)?"
_OWN = "idea|doing|decision|show|order|suggestion|notion|call"
_WHEEL = "(?:wheel|helm|tiller)"
# The ways in which it is said; what was done, where that is told.
OUTRIGHT = {
    "did": re.compile(_IT + _WHO + rf" (?:(?:who|that|as) )?{_HAD}(?P<deed>[a-z]+)\b"),
    "one": re.compile(
        _LEAD + _WHO + r"(?:['’]s| was| is|['’]m)(?: only| really)? the (?:ones?|man|woman) (?:who|that|to|as) "
        rf"{_HAD}(?P<deed>[a-z]+)"
    ),
    "own": re.compile(_IT + rf"(?P<who>mine|my own|my|[\w’' -]+?['’]s?) (?P<deed>{_OWN})\b"),
    "drive": re.compile(
        rf"(?:{_IT}|{_LEAD})" + _WHO + rf"{_WAS} (?P<deed>driving|steering|at the {_WHEEL}|(?:had|took) the {_WHEEL}"
        r"|(?:drove|steered)(?=$| (?:it|her|us|them|back|home|that|the \w+)\b))"
    ),
    "row": re.compile(_LEAD + _WHO + rf"{_WAS} (?P<deed>rowing|rowed|(?:on|at) the oars|had the oars)\b"),
    "it": re.compile(_LEAD + _WHO + r" (?P<deed>did) (?:it|that)\b"),
    "from": re.compile(rf"\b[Tt]he (?P<deed>idea) (?:came from|was) {_WHO}(?:['’]s)?$"),
    "bare": re.compile(_LEAD + _IT + _WHO + r"(?P<deed>)$"),
}
ONE_AT_A_TIME = ("drive", "row")  # ways that tell what one does for all, in whatever words


class Named(NamedTuple):
    """A clause that says outright who it was: the person, in which way, the stem of the deed."""

    clause: Asserted
    person: str
    way: str
    deed: str


def said_outright(c: Asserted, who: Who) -> Iterator[Named]:
    """What a clause says outright of who it was."""
    for way, pattern in OUTRIGHT.items():
        m = pattern.search(c.said)
        if not m or (way == "did" and not is_past(m["deed"])):
            continue
        if person := person_of(m["who"], who):
            deed = way if way in ONE_AT_A_TIME else same_verb(m["deed"]) if m["deed"] else ""
            yield Named(c, person, way, deed)
            return


def person_of(said: str, who: Who) -> str:
    """The person that some words name: an id, a folded name, "the captain"; "" where they name none."""
    bare = re.sub(r"^(?:the|an?|my|our|old|young|that) (?=\w)|['’]s?$", "", said, flags=re.I).strip()
    if bare.casefold() in {"me", "i", "mine", "my", "own", "my own"}:
        return who.teller()
    parts = bare.split()
    if parts and all(w[:1].isupper() for w in parts):
        return who.named(bare) if len(parts) > 1 or is_name(bare, who) else ""
    last = same_noun(parts[-1].casefold()) if parts else ""
    return f"the {last}" if last in persons() else ""
