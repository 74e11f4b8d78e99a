"""What people do, told in longer ways: a second trade after the first, "who retired as", a trade in brackets, what they
made, letters after a name, whose husband they are; each with the words that show it."""

from __future__ import annotations

import re
from bisect import bisect_left

from vivavoce.people.lexicon import first_names, table, words
from vivavoce.people.names import Name
from vivavoce.people.pronouns import GENDER
from vivavoce.people.reports import DETERMINERS
from vivavoce.people.roles import ARTICLES, BE, BEFORE_TITLE, WERE, Shown, Tense, told_so, trade, whole_job
from vivavoce.people.scan import Scan

FAR = 24
LETTERS = re.compile(r"(?:, (?:the|an?) |,? )((?:[A-Z]\.?){2,4})(?=[\s,;)]|$)")
WORKED: dict[str, Tense] = {
    **dict.fromkeys(["retired", "worked", "served", "began", "started", "trained", "acted"], "then"),
    **dict.fromkeys(["works", "serves", "acts"], "now"),
}
VERBS = frozenset(
    [*WORKED, *table("trades")["deeds"], "has", "had", "also", "later", "first", "once", "used", "played", "plays"]
)
PAST = frozenset(["then", "former", "formerly"])
STEPS = frozenset(["then", "now", "later", "former", "formerly"])
BEEN = BE | {"been"}
WHILE_BEING = BE | {"got", "later", "had", "then"}
MARRIED = frozenset(["married", "wed"])
KIN = {"wife": "married", "husband": "married", "widow": "married", "widower": "married"}
WHOSE = re.compile(r"\b[Hh](?:er|is) (?:wife|husband|widow|widower)\b")
CHILDREN = frozenset(["son", "daughter"])
DID = frozenset(["did", "had", "ran"])
ONWARD = frozenset(["in", "for", "with", "on", "at", "and", "until", "when", "while", "from", "to", "then", "there"])
ENDS = frozenset([",", ".", ";", ")", "on", "for", "at", "in", "with", "and", "?"])


def further(scan: Scan, names: list[Name], works: tuple[tuple[str, ...], ...] = ()) -> list[Shown]:
    """The jobs that longer ways of telling show. `works`: the titles of known works, as words in small letters."""
    out: list[Shown] = []
    for n in names:
        after = scan.low[n.last] if n.kind == "person" and n.last < len(scan.low) else ""
        if after == "(":
            out += [j for j in (bracketed(scan, n),) if j]
        elif after == "," or after in VERBS or scan.word[n.last : n.last + 1] == [after.upper()]:
            out += [j for j in (worked_as(scan, n), deed(scan, n, works), lettered(scan, n), did(scan, n)) if j]
            out += later(scan, n)
    return out


def chained(scan: Scan, n: Name, job: Shown) -> list[Shown]:
    """The trades that follow a first one: "then a shop steward, now a councillor"; "a grip and the steward"."""
    out: list[Shown] = []
    last = job.last
    while len(out) < 3 and last + 1 < len(scan.low):
        i = last + (scan.word[last] == ",")
        i += scan.low[i] in ("and", "but")
        step = scan.low[i] in STEPS
        listed = scan.word[last] == "," and scan.low[i] not in ARTICLES and scan.low[i - 1] == ","
        if i == last or not (step or listed or (scan.word[last] == "and" and scan.low[i] in ARTICLES)):
            break
        first = i
        while first < len(scan.low) and (scan.low[first] in BEFORE_TITLE or scan.low[first] in STEPS):
            first += 1
        noun = trade(scan, first, n)
        if noun is None or not scan.word[noun][0].islower():
            break
        found = whole_job(scan, n, first, noun)
        if listed and not step and not bare(scan, n, i, noun):
            break
        if (
            not step
            and found.last < len(scan.low)
            and not (scan.low[found.last] in ENDS or scan.low[found.last][0].isdigit())
        ):
            break
        before = set(scan.low[i:first])
        when: Tense = "then" if before & PAST else "now" if "now" in before else "" if step else job.when
        out.append(found._replace(when=when, first=n.first))
        last = found.last
    return out


def bare(scan: Scan, n: Name, i: int, noun: int) -> bool:
    """Whether a trade without an article follows another in a list, as in the line above a talk: "X, weaver, secretary
    of the board"; what follows it must not be a name that it belongs to."""
    after = scan.word[noun + 1] if noun + 1 < len(scan.word) else "."
    first = n.last + 1 + (scan.word[n.last] == "(") * 3
    return i <= noun and scan.low[first] not in ARTICLES and not after[0].isupper() and scan.word[noun][0].islower()


def worked_as(scan: Scan, n: Name) -> Shown | None:
    """ "X, who retired as captain", "X worked as a welder"."""
    i = n.last + 2 * (scan.low[n.last : n.last + 2] == [",", "who"])
    i += scan.low[i : i + 1] in (["has"], ["had"], ["once"], ["later"])
    if scan.low[i : i + 1] == [] or scan.low[i] not in WORKED or scan.low[i + 1 : i + 2] != ["as"]:
        return None
    return told_so(scan, n, i + 1, WORKED[scan.low[i]])


def later(scan: Scan, n: Name) -> list[Shown]:
    """What a clause after the name goes on to tell: "X, who worked on the show and is now a director"."""
    if scan.low[n.last : n.last + 2] != [",", "who"]:
        return []
    out = []
    sentence = scan.sentence[n.first]
    for i in range(n.last + 3, min(n.last + FAR, len(scan.low) - 1)):
        if scan.sentence[i] != sentence or scan.inside[i] != scan.inside[n.first]:
            break
        before = [w for w in scan.low[i - 3 : i] if w not in ("now", "then", "who", "he", "she", "later")]
        i += scan.low[i : i + 2] in (["has", "been"], ["had", "been"])
        if scan.low[i] in BEEN and before[-1:] == ["and"] and (job := told_so(scan, n, i, tense(scan, i))):
            out.append(job)
    return out


def tense(scan: Scan, verb: int) -> Tense:
    """ "then" of "was", "now" of "is"."""
    return "then" if scan.low[verb] in WERE else "now"


def bracketed(scan: Scan, n: Name) -> Shown | None:
    """A trade or a department in brackets, as in a list of credits: "X (gaffer)", "X (props)"."""
    if n.last + 2 >= len(scan.low) or scan.word[n.last] != "(":
        return None
    first = n.last + 1
    if scan.low[first] in words("departments") and scan.word[first + 1] in "),":
        return Shown(n.first, "job", None, scan.low[first], n.first, first + 1)
    noun = trade(scan, first, n)
    if noun is None or noun + 1 >= len(scan.word) or not scan.word[noun][0].islower():
        return None
    return whole_job(scan, n, first, noun) if scan.word[noun + 1] in "),;" or scan.low[noun + 1] == "of" else None


def deed(scan: Scan, n: Name, works: tuple[tuple[str, ...], ...]) -> Shown | None:
    """A trade by what somebody made: "X, who wrote thirty episodes", "X directed the pilot"."""
    i = n.last + 2 * (scan.low[n.last : n.last + 2] == [",", "who"])
    while scan.low[i : i + 1] in (["has"], ["had"], ["also"], ["later"], ["first"]):
        i += 1
    title, end = made(scan, i, works)
    return Shown(n.first, "job", None, title, n.first, end) if title else None


def made(scan: Scan, i: int, works: tuple[tuple[str, ...], ...]) -> tuple[str, int]:
    """The trade of a verb of making at token i and the end of its object; ("", i) where it has none."""
    low = scan.low[i] if i < len(scan.low) else ""
    if low in ("played", "plays", "play"):
        return instrument(scan, i)
    if low == "used" and scan.low[i + 1 : i + 2] == ["to"] and i + 3 < len(scan.low):
        return ("", i) if scan.word[i + 3][0].isdigit() else (table("trades")["doers"].get(scan.low[i + 2], ""), i + 3)
    title = table("trades")["deeds"].get(low, "")
    if not title:
        return "", i
    k = i + 1 + (scan.word[i + 1 : i + 2] in (["“"], ['"'], ["‘"], ["*"]))
    for work in works:
        if tuple(scan.low[k : k + len(work)]) == work:
            return title, k + len(work)
    for k in range(i + 1, min(i + 6, len(scan.low))):
        low = scan.low[k]
        if low in words("objects"):
            return title, k + 1
        counted = low in DETERMINERS or low in ARTICLES or low.isdigit() or "-" in low or low == "of"
        if not (counted or (k > i + 1 and scan.word[k][0].islower() and low.isalpha() and low != "to")):
            return "", i
    return "", i


def instrument(scan: Scan, i: int) -> tuple[str, int]:
    """The trade of who plays an instrument, by the verb at token i: "played the accordion in it"; ("", i) for none."""
    k = i + 1 + (scan.low[i + 1 : i + 2] in (["the"], ["a"], ["his"], ["her"], ["my"], ["your"]))
    title = table("trades")["instruments"].get(scan.low[k], "") if k < len(scan.low) else ""
    after = scan.word[k + 1] if k + 1 < len(scan.word) else "."
    return (title, k + 1) if title and (not after[0].isalnum() or after.lower() in ONWARD) else ("", i)


def did(scan: Scan, n: Name) -> Shown | None:
    """A department that somebody had: "X, who did makeup on the show"."""
    if scan.low[n.last : n.last + 2] != [",", "who"] or scan.low[n.last + 2 : n.last + 3] == []:
        return None
    first = n.last + 3 + (scan.low[n.last + 3 : n.last + 4] == ["the"])
    if scan.low[n.last + 2] not in DID or first + 1 >= len(scan.low) or scan.low[first] not in words("departments"):
        return None
    if scan.low[first + 1] not in ENDS:
        return None
    return Shown(n.first, "job", None, scan.low[first], n.first, first + 1, "then")


def lettered(scan: Scan, n: Name) -> Shown | None:
    """Letters after a name that tell a trade: "X, R.N."."""
    found = LETTERS.match(scan.text, scan.end[n.last - 1])
    letters = found[1].replace(".", "").lower() if found else ""
    title = (
        found[1]
        if found and letters in words("seats") and found[1].isalpha()
        else table("trades")["letters"].get(letters)
    )
    return Shown(n.first, "job", None, title, n.first, n.last) if title else None


def kinship(scan: Scan, names: list[Name]) -> list[Shown]:
    """Who is married to whom, and whose child: "X, who married Y", "X’s wife, Y", "X, the son of Y"."""
    begins = {n.lead: n for n in names if n.kind == "person"}
    out: list[Shown] = []
    for n in begins.values():
        out += wed(scan, n, begins) + of_kin(scan, n, begins)
    return out + theirs(scan, list(begins.values()), begins)


THEIRS = frozenset(["her", "his"])


def theirs(scan: Scan, people: list[Name], begins: dict[int, Name]) -> list[Shown]:
    """ "Ida Marsh kept the bees. Her husband, Amos, …": the first whom the sentence before names, in full, where that
    first name is of that gender and nobody else is named between."""
    out: list[Shown] = []
    firsts = [n.first for n in people]
    whose = any(noun in scan.text for noun in KIN) and WHOSE.search(scan.text)
    for i in scan.at(THEIRS) if whose else ():
        low, noun = scan.low[i], scan.low[i + 1 : i + 2]
        if i + 2 >= len(scan.low) or KIN.get(noun[0]) != "married":
            continue
        other = begins.get(i + 2 + (scan.word[i + 2] == ","))
        before = scan.sentences[max(0, scan.sentence[i] - 1)]
        near = people[bisect_left(firsts, before) : bisect_left(firsts, i)]
        if (
            other is None
            or not near
            or len({n.words for n in near}) > 1
            or scan.inside[i]
            or near[0].last > other.first
        ):
            continue
        gender = first_names().get(near[0].words[0].lower(), "")
        if len(near[0].words) > 1 and gender == GENDER[low] and scan.para[near[0].first] == scan.para[i]:
            out += both(near[0], other)
    return out


def wed(scan: Scan, n: Name, begins: dict[int, Name]) -> list[Shown]:
    """ "X married Y", "X, who is married to Y", "X got married to Y": both are married."""
    i = n.last + 2 * (scan.low[n.last : n.last + 2] == [",", "who"])
    while scan.low[i : i + 1] and scan.low[i] in WHILE_BEING:
        i += 1
    if scan.low[i : i + 1] == [] or scan.low[i] not in MARRIED:
        return []
    other = begins.get(i + 1 + (scan.low[i + 1 : i + 2] == ["to"]))
    return both(n, other) if other and len(other.words) > 1 else []


def both(a: Name, b: Name) -> list[Shown]:
    """Two who are married to each other."""
    first, last = min(a.first, b.first), max(a.last, b.last)
    return [Shown(a.first, "married", b.first, "", first, last), Shown(b.first, "married", a.first, "", first, last)]


def of_kin(scan: Scan, n: Name, begins: dict[int, Name]) -> list[Shown]:
    """ "X’s wife, Y", "X, Y’s son", "X, the daughter of Y"."""
    low = scan.low
    if low[n.last : n.last + 1] == ["'s"] and low[n.last + 1 : n.last + 2] and low[n.last + 1] in KIN:
        other = begins.get(n.last + 2 + (scan.word[n.last + 2 : n.last + 3] == [","]))
        return both(n, other) if other else []
    if low[n.last : n.last + 1] != [","]:
        return []
    i = n.last + 1
    while i < len(low) and low[i] in ("who", "is", "was", "'s", "the"):
        i += 1
    noun = low[i : i + 1]
    if noun and (noun[0] in KIN or noun[0] in CHILDREN) and low[i + 1 : i + 2] == ["of"]:
        return related(n, begins.get(i + 2), noun[0], i)
    other = begins.get(i)
    if other and low[other.last : other.last + 1] == ["'s"] and other.last + 1 < len(low):
        return related(n, other, low[other.last + 1], other.last + 1)
    return []


def related(n: Name, other: Name | None, noun: str, at: int) -> list[Shown]:
    """The role that a noun of kinship tells of somebody."""
    if other is None:
        return []
    if noun in KIN:
        return both(n, other)
    last = max(at + 1, other.last)
    return [Shown(n.first, f"{noun} of", other.first, "", n.first, last)] if noun in CHILDREN else []
