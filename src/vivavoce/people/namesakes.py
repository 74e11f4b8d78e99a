"""Two of one name in one source, where its words tell so: "another Tom Lane", "his son, also Walter Moss"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from vivavoce.people.lexicon import same_first, trades
from vivavoce.people.names import Name
from vivavoce.people.scan import Scan

Key = tuple[str, ...]
ANOTHER = frozenset(["another", "different", "second", "wrong"])
NOT_THE = (["not", "the"], ["not", "that"])
THEY = frozenset(["i", "we", "you", "he", "she", "they", "it"])
OURS = frozenset(["our", "your", "my", "their"])
CHILDREN = frozenset(["son", "daughter", "grandson", "granddaughter", "nephew", "niece"])
PARENTS = frozenset(["father", "mother", "grandfather", "grandmother", "uncle", "aunt", "dad", "mum", "mom"])
WHOSE = frozenset(["his", "her", "their", "whose"])
BETWEEN = frozenset([",", "also", "too", "another", "called", "named", "who", "is", "was", "'s", "the", "likewise"])
YOUNGER = frozenset(["jr", "jnr", "junior"])
TWO = frozenset(["two", "both", "three"])
SAYS_TWO = frozenset(["namesake", "namesakes", "same", "two"])
PHRASES = (
    "namesake", "of the same name", "the same name as", "'d the same name", "had the same name",
    "have the same name", "called the same as", "share the same name", "shared the same name", "there's two of them",
    "there are two of them", "there were two of them",
)  # fmt: skip
SAID = re.compile(r"\bnamesakes?\b|\bsame name\b|\bcalled the same\b|\btwo of them\b")
PARTS = ("namesake", "same name", "called the same", "two of them")  # one of these is in whatever `SAID` finds
BACK, AHEAD = 40, 12
ELDER = frozenset(["sr", "snr", "senior"])


class Mark(NamedTuple):
    """What is told of a naming: that it is of a second who has the name, which generation's, and a trade that is the
    other's."""

    second: bool = False
    generation: str = ""
    unlike: str = ""


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
    others(scan, names, labelled, out)
    return out


def others(scan: Scan, names: list[Name], labelled: set[Key], out: dict[int, Mark]) -> None:
    """Two whose names differ in the first name's form only, where the text says that two have the name: the one who is
    named later is a second. And who is told not to be of a trade: "Not the mayor", "she is not Mayor Moss"."""
    told = surnames_shared(scan, names)
    for surname in sorted({k[-1] for k in told}):
        forms = list(dict.fromkeys(key(n) for n in names if len(n.words) > 1 and n.words[-1].lower() == surname))
        main = next((f for f in forms if f in labelled), forms[0] if forms else ())
        second = [f for f in forms if f != main and same_first(f[0], main[0])]
        out |= {n.first: Mark(second=True) for n in names if key(n) in second and n.first not in out}
    for n in names:
        if trade := denied(scan, n):
            out[n.first] = out.get(n.first, Mark())._replace(unlike=trade)
    for m in names:
        if m.title and m.title[-1] in trades() and scan.low[m.lead - 1] == "not":
            before = [n for n in names if n.first < m.first and near(scan, m, n) and n.words[-1] == m.words[-1]]
            if before and len(before[-1].words) > 1:
                out[before[-1].first] = Mark(second=True, unlike=m.title[-1])


def shared(scan: Scan, names: list[Name]) -> tuple[str, ...]:
    """The names that a text says two people have, as they stand: "there are two Ida Mosses in this town"."""
    return tuple(dict.fromkeys(" ".join(n) for n in surnames_shared(scan, names).values()))


def surnames_shared(scan: Scan, names: list[Name]) -> dict[Key, Key]:
    """Name in small letters -> as it stands, of those that a text says two have."""
    people = [n for n in names if len(n.words) > 1 and n.kind in ("person", "")]
    whole, firsts = {key(n): n.words for n in people}, [n.first for n in people]
    out: dict[Key, Key] = {}
    for n in people:
        before = scan.low[n.lead - 1] if n.lead else ""
        single = singular(n.words)
        if before in TWO and single:
            out[tuple(w.lower() for w in single)] = single
        if stranger(scan, n) and n.kind == "person":
            out[key(n)] = n.words
    for i in scan.at(SAYS_TWO) if people and tells_of_two(scan.text) else ():
        if found := said_two(scan, i, people, firsts):
            out[key(found)] = whole[key(found)]
    return out


def tells_of_two(text: str) -> bool:
    """Whether anywhere in a text two are said to have one name."""
    return any(part in text for part in PARTS) and SAID.search(text) is not None


def singular(name: Key) -> Key:
    """The name of which there are two: "Margaret Rennies" is Margaret Rennie's; () for no plural."""
    last = (
        name[-1].removesuffix("es") if name[-1].endswith(("ses", "xes", "zes", "ches")) else name[-1].removesuffix("s")
    )
    return (*name[:-1], last) if last != name[-1] else ()


def said_two(scan: Scan, i: int, people: list[Name], firsts: list[int]) -> Name | None:
    """Of whom token i says that there are two: "of the same name", "called the same as I am", "there's
    two of them" behind "not the …"."""
    here = " ".join(scan.low[max(0, i - 4) : i + 5]).replace(" 's", "'s")
    if not any(p in here for p in PHRASES):
        return None
    near = people[bisect_left(firsts, i - BACK) : bisect_left(firsts, i + AHEAD)]
    near = [n for n in near if scan.para[n.first] in (scan.para[i], scan.para[i] - 1)]
    named = [n for n in near if n.first < i] or near
    return named[-1] if named else None


def denied(scan: Scan, n: Name) -> str:
    """The trade that the words behind a naming say is another's: "Ida Moss did it. Not the mayor, there's two"."""
    end = scan.sentences[scan.sentence[n.first] + 1]
    if len(n.words) < 2 or n.kind != "person" or scan.low[end : end + 2] != ["not", "the"]:
        return ""
    noun = scan.low[end + 2 : end + 3]
    return noun[0] if noun and noun[0] in trades() else ""


def key(n: Name) -> Key:
    """A name's words in small letters."""
    return tuple(w.lower() for w in n.words)


def near(scan: Scan, a: Name, b: Name) -> bool:
    """Whether two namings stand in one sentence."""
    return scan.sentence[a.first] == scan.sentence[b.first]


def stranger(scan: Scan, n: Name) -> bool:
    """Whether "another", "the other", "a different" stands before a naming, or "not the": "I’m not the Ida Moss with
    the shop"; "not the Ida Moss I knew" is one who has changed."""
    before = scan.low[max(0, n.lead - 2) : n.lead]
    if before in NOT_THE and scan.low[n.last : n.last + 1] and scan.low[n.last] not in THEY:
        return True
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
