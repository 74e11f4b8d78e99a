"""Who plays whom, told in longer ways: "X, who was Dr Y", "cast her as Y", "X, the actor behind Y"."""

from __future__ import annotations

from vivavoce.people.lexicon import first_names, words
from vivavoce.people.names import Name
from vivavoce.people.pronouns import GENDER
from vivavoce.people.reports import PREPOSITIONS, STOPS
from vivavoce.people.roles import ACTORS, COURTESIES, WERE, Shown
from vivavoce.people.scan import Scan

ANY = frozenset(["man", "woman", "voice", "lady", "girl", "boy", "face", "lad", "kid", "child", "person", "one"])
PLAYERS = ACTORS | ANY
CASTS = frozenset(["cast", "casts", "casting", "recast"])
BACK = 120
GIVEN = COURTESIES | {"president", "king", "queen", "pope", "emperor", "father", "sister", "brother", "mother"}


def further(scan: Scan, names: list[Name]) -> list[Shown]:
    """Those who play, with their parts."""
    starts = {n.lead: n for n in names if n.kind in ("person", "")}
    people = [n for n in names if n.kind == "person"]
    out: list[Shown] = []
    for n in people:
        other = been(scan, n, starts) or behind(scan, n, starts)
        if other and other.words[-1] != n.words[-1]:
            out.append(Shown(n.first, "plays", other.first, "", n.first, other.last))
    return out + [s for i in scan.at(CASTS) if (s := cast_as(scan, i, people, starts))]


def office(n: Name) -> bool:
    """Whether an office stands before a name ("Dr Hale", "Nurse Bell"): told of somebody with another name, a part."""
    return any(t not in GIVEN for t in n.title)


def been(scan: Scan, n: Name, starts: dict[int, Name]) -> Name | None:
    """The part in "X, who was Dr Y", "X was Dr Y in …"."""
    i = n.last + 2 * (scan.low[n.last : n.last + 2] == [",", "who"])
    while scan.low[i : i + 1] in (["once"], ["also"]):
        i += 1
    if i >= len(scan.low) or scan.low[i] not in WERE or scan.inside[i] != scan.inside[n.first]:
        return None
    other = starts.get(i + 1)
    return other if other and office(other) and scan.low[other.last : other.last + 1] != ["'s"] else None


def behind(scan: Scan, n: Name, starts: dict[int, Name]) -> Name | None:
    """The part in "X, the actor behind Y", "X, the veteran actor who plays chief surgeon Y"."""
    low, verbs = scan.low, words("plays")
    if low[n.last : n.last + 1] != [","] or low[n.last + 1 : n.last + 2] not in (["the"], ["a"], ["an"]):
        return None
    i = n.last + 2
    while i < min(n.last + 6, len(low)) and low[i] not in PLAYERS:
        if not scan.word[i][0].islower():
            return None
        i += 1
    after = low[i + 1 : i + 3]
    if i >= len(low) or not (
        after[:1] == ["behind"] or (after[:1] == ["who"] and len(after) == 2 and after[1] in verbs)
    ):
        return None
    return part_after(scan, i + 2 + (after[0] == "who"), starts)


def part_after(scan: Scan, i: int, starts: dict[int, Name]) -> Name | None:
    """The name that begins at token i, or after a few words that tell what the part is: "chief surgeon Y"."""
    top = min(len(scan.low), i + 6)
    while i < top and i not in starts:
        w = scan.low[i]
        if w not in ("the", "role", "part", "of", "character") and (
            not scan.word[i][0].islower() or w in STOPS or w in PREPOSITIONS
        ):
            return None
        i += 1
    return starts.get(i)


def cast_as(scan: Scan, verb: int, people: list[Name], starts: dict[int, Name]) -> Shown | None:
    """ "cast X as Y", "cast him as Y"."""
    whom = next((n for n in people if n.lead == verb + 1), None)
    end = whom.last if whom else verb + 2
    other = part_after(scan, end + 1, starts) if scan.low[end : end + 1] == ["as"] else None
    gender = GENDER.get(scan.low[verb + 1], "") if whom is None and verb + 1 < len(scan.low) else ""
    if whom is None and gender:
        whom = before(scan, verb, people, gender)
    if whom is None or other is None or other.words[-1] == whom.words[-1]:
        return None
    return Shown(whom.first, "plays", other.first, "", min(whom.last - 1, verb), other.last)


def before(scan: Scan, i: int, people: list[Name], gender: str) -> Name | None:
    """Whom a pronoun means: who was named last before its sentence, unless a first name contradicts."""
    near = [n for n in people if n.first < scan.sentences[scan.sentence[i]] and i - n.first < BACK]
    last = near[-1] if near else None
    return last if last and first_names().get(last.words[0].lower(), "") in ("", gender) else None


def unnamed(scan: Scan, names: list[Name]) -> set[int]:
    """Parts whose player is nobody of a name: "the lady who played Dr Y"."""
    verbs = words("plays")
    return {
        n.first
        for n in names
        if n.lead > 2
        and scan.low[n.lead - 1] in verbs
        and scan.low[n.lead - 2] == "who"
        and scan.low[n.lead - 3] in PLAYERS
        and n.kind in ("person", "")
    }
