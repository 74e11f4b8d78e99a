"""Two of one name in one source, where its words tell so: "another Tom Lane", "his son, also Walter Moss"."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from vivavoce.people.names import Name
from vivavoce.people.scan import Scan

Key = tuple[str, ...]
ANOTHER = frozenset(["another", "different", "second", "wrong"])
OURS = frozenset(["our", "your", "my", "their"])
CHILDREN = frozenset(["son", "daughter", "grandson", "granddaughter", "nephew", "niece"])
PARENTS = frozenset(["father", "mother", "grandfather", "grandmother", "uncle", "aunt", "dad", "mum", "mom"])
WHOSE = frozenset(["his", "her", "their", "whose"])
BETWEEN = frozenset([",", "also", "too", "another", "called", "named", "who", "is", "was", "'s", "the", "likewise"])
YOUNGER = frozenset(["jr", "jnr", "junior"])
ELDER = frozenset(["sr", "snr", "senior"])


class Mark(NamedTuple):
    """What is told of a naming: that it is of a second who has the name, and which generation's."""

    second: bool = False
    generation: str = ""


def marks(scan: Scan, names: list[Name], labelled: set[Key]) -> dict[int, Mark]:
    """First token of a naming -> what tells it from others of the same name. `labelled`: the names, in small letters,
    that are a speaker's: who speaks is the one who is described, not the one by whom they are."""
    same: dict[Key, list[Name]] = defaultdict(list)
    for n in names:
        if len(n.words) > 1 and n.kind in ("person", ""):
            same[key(n)].append(n)
    out: dict[int, Mark] = {}
    for found in same.values():
        for n in found:
            if stranger(scan, n):
                out[n.first] = Mark(second=True)
            elif not_ours(scan, n):
                out |= {m.first: Mark(second=True) for m in found if m is not n and near(scan, m, n)}
        generations(scan, found, labelled, out)
        kin(scan, names, found, out)
        suffixes(scan, found, out)
    return out


def key(n: Name) -> Key:
    """A name's words in small letters."""
    return tuple(w.lower() for w in n.words)


def near(scan: Scan, a: Name, b: Name) -> bool:
    """Whether two namings stand in one sentence."""
    return scan.sentence[a.first] == scan.sentence[b.first]


def stranger(scan: Scan, n: Name) -> bool:
    """Whether "another", "the other", "a different" stands before a naming."""
    before = scan.low[max(0, n.lead - 2) : n.lead]
    return bool(before) and (before[-1] in ANOTHER or (before[-1] == "other" and before[0] in ("the", "this", "that")))


def not_ours(scan: Scan, n: Name) -> bool:
    """Whether "not our" stands before a naming: another naming beside it is of the other one."""
    before = scan.low[max(0, n.lead - 2) : n.lead]
    return len(before) == 2 and before[0] == "not" and before[1] in OURS


def generation(noun: str) -> tuple[str, str]:
    """Whose generation a noun of kinship tells: of the one who is described, and of the one by whom they are."""
    return ("younger", "elder") if noun in CHILDREN else ("elder", "younger") if noun in PARENTS else ("", "")


def generations(scan: Scan, found: list[Name], labelled: set[Key], out: dict[int, Mark]) -> None:
    """ "Walter Moss, who’s Walter Moss’s son"; "Walter Moss, the son of Walter Moss"."""
    begins = {m.lead: m for m in found}
    for number, n in enumerate(found):
        i = n.last
        while i < len(scan.low) and scan.low[i] in BETWEEN and i not in begins:
            i += 1
        noun = ""
        if i + 1 < len(scan.low) and scan.low[i] in CHILDREN | PARENTS and scan.low[i + 1] == "of":
            noun, i = scan.low[i], i + 2
        other = begins.get(i)
        if other is None or i == n.last:
            continue
        if not noun and scan.low[other.last : other.last + 1] == ["'s"] and other.last + 1 < len(scan.low):
            noun = scan.low[other.last + 1]
        mine, theirs = generation(noun)
        if mine:
            described = number > 0 and key(n) not in labelled
            out[n.first], out[other.first] = Mark(described, mine), Mark(not described, theirs)


def kin(scan: Scan, names: list[Name], found: list[Name], out: dict[int, Mark]) -> None:
    """ "His son, also Walter Moss", in a text that has told of one Walter Moss and of nobody else of that surname."""
    for n in found[1:]:
        i = n.lead - 1
        also = False
        while i > 0 and scan.low[i] in BETWEEN:
            also = also or scan.low[i] in ("also", "too", "another", "likewise")
            i -= 1
        if i < 1 or n.first in out or scan.low[i - 1] not in WHOSE:
            continue
        mine, theirs = generation(scan.low[i])
        rest = [m for m in names if m.first < n.first and m.words[-1] == n.words[-1] and len(m.words) > 1]
        if mine and (also or all(key(m)[0] == key(n)[0] for m in rest)):
            out[n.first] = Mark(second=True, generation=mine)
            out.setdefault(found[0].first, Mark(generation=theirs))


def suffixes(scan: Scan, found: list[Name], out: dict[int, Mark]) -> None:
    """ "Walter Moss Sr.", "Walter Moss, Jr.", "Walter Moss the younger"; where both are named, the one who is named
    second is a second one."""
    told = {n.first: g for n in found if n.first not in out and (g := suffixed(scan, n))}
    main = next(iter(told.values()), "")
    for first, g in told.items():
        out[first] = Mark(second=g != main, generation=g)


def suffixed(scan: Scan, n: Name) -> str:
    """The generation that stands behind a name."""
    i = n.last + (scan.word[n.last : n.last + 1] == [","])
    after = scan.low[i : i + 2]
    if after[:1] == ["the"] and i == n.last and len(after) == 2:
        return after[1] if after[1] in ("younger", "elder") else ""
    return "younger" if after and after[0] in YOUNGER else "elder" if after and after[0] in ELDER else ""
