"""Whose idea or decision it was, who did it, and who did not: "It was my idea", "It was Dana who rang", "The council
had it taken down", "it was not the bishop's"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.names import NAME, Who, one_person
from vivavoce.accounts.whether import is_past
from vivavoce.accounts.words import lists, same_deeds, stem

Found = tuple[str, str, re.Match[str], bool]

NOT = "not "  # begins a value: who it was not
_NO = r"(?P<no>n['’]t| not| never)?"
_ANY = rf"(?:{NAME}|the [a-z]{{4,14}})"
DECISION = "decision|call|doing|order|choice"
OWNER = re.compile(
    rf"\b(?:(?:[Ii]t|[Tt]hat|[Tt]his) was{_NO} (?:really |all )?"
    rf"(?:(?P<own>my own|my|mine|me|his|her|{_ANY}['’]s?)(?: (?P<what>idea|suggestion|invention|{DECISION}))?"
    rf"(?=\W| that\b| to\b)(?! [a-z]+(?<!that)(?<!to)(?<!and)(?<!alone)\b)"
    r")|(?P<mine>[Mm]y|" + NAME + rf"['’]s) (?P<what2>idea|suggestion|{DECISION})\b(?! (?:to|that) \w+ (?:was|is)))"
)
WHOSE = re.compile(rf"\b(?:whose|who (?:had|has|made|took)(?: the)?) (?P<what>idea|suggestion|{DECISION})\b", re.I)
CLEFT = re.compile(
    rf"\b(?:[Ii]t|[Tt]hat) was{_NO} (?:(?:wee|young|old|my|our) )?(?P<who>me|I|{_ANY})"
    rf" (?:(?:who|that) (?:had )?)?(?P<deed>[a-z]{{3,14}})\b"
)
# The same said plainly: "Billy put it on the gate", "I knocked it out myself".
PLAIN = re.compile(
    rf"(?:^|(?<=[\s“‘]))(?P<who>I|(?!(?:[SH]?[Hh]e|They|We|You|It|And|But|So)\b){NAME})(?: had|['’]d)? "
    r"(?P<deed>[a-z]{3,14})\b(?! (?:by|that)\b)"
)
CALLED = re.compile(rf"\b(?P<who>{NAME}) (?:had )?(?P<deed>[a-z]{{3,14}}) me\b")
CALLS = frozenset(["telephon", "ring", "phon", "call", "wir", "cabl", "writ", "approach"])
BARE = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=[,;] ))(?:[Aa]nd |[Bb]ut |[Nn]o, )?[Ii]t was{_NO} (?P<who>me|I|{NAME})(?=[.,;!]|$)"
)
# Somebody whom a sentence brings in, and then names: "A lady spoke to me, it was Ida".
SOMEBODY = re.compile(
    r"\b(?:an? (?:\w+ )?(?:lady|woman|man|girl|boy|lad|lass|voice|person|fellow|chap|face)|somebody|someone)\b", re.I
)
ORDERED = re.compile(
    rf"\b(?P<who>I|[Ww]e|{_ANY}) (?:had|has|have|got) (?:it|them|that|the \w+|this) "
    r"(?:cut|taken (?:out|down|off|away)|pulled(?: down)?|removed|stopped|closed|shut|cancelled|changed|dropped|"
    r"torn down)\b"
)
DECIDED = re.compile(rf"\b(?P<who>I|{_ANY}) (?P<no>never |did not |didn['’]t )?(?:decided?|ordered?|chose|choose)\b")
CUTS = re.compile(
    r"\bwho (?:had (?:it|that|them) )?(?:cut|stop|decid|order|clos|cancel|ban|chang|remov|pull|sack|fir)\w*\b",
    re.I,
)
DID = re.compile(rf"(?:[Oo]h, |[Ww]ell, )?(?P<who>I|{_ANY}) did(?=[.,;!])", re.I)


def doers(text: str, start: int, end: int, question: str, who: Who) -> Iterator[Found]:
    """Who did, decided or thought of something, or did not, as a sentence says: topic, value, the match, certain."""
    before = text[:start]
    for m in OWNER.finditer(text, start, end):
        whose = WHOSE.search(question)
        what = (m["what"] or m["what2"] or (whose["what"] if whose else "")).casefold()
        owner = who.meant(m["own"] or m["mine"], f"{question} {text[: m.start()]}")
        if owner and (what or is_group(owner)):
            yield topic(what), sign(m["no"]) + owner, m, True
    yield from clefts(text, start, end, who)
    for m in BARE.finditer(text, start, end):
        did = who.meant(m["who"], before)
        told = [c for c in CLEFT.finditer(before[-160:]) if c["no"]]
        if did and not SOMEBODY.search(text, start, m.start()):
            yield f"who {told[-1]['deed'].casefold()}" if told else "who it was", sign(m["no"]) + did, m, True
    for pattern in (ORDERED, DECIDED):
        for m in pattern.finditer(text, start, end):
            did = who.meant(m["who"], before)
            if did:
                yield "who decided", sign(m.groupdict().get("no")) + did, m, True
    answer = DID.match(text, 0, end) if start == 0 and CUTS.search(question) else None
    if answer:
        yield "who decided", who.meant(answer["who"]), answer, True


def clefts(text: str, start: int, end: int, who: Who) -> Iterator[Found]:
    """Who did something, said outright ("It was Ida who rang") or plainly ("Ida rang"), which is not certain to be told
    of who did it; who called whom."""
    before, said = text[:start], set()
    for m in CLEFT.finditer(text, start, end):
        did = who.meant(m["who"], before)
        if did and (is_deed(m["deed"]) or m["deed"] == "had"):
            said.add(m.start("deed"))
            yield f"who {deed_of(m['deed'])}", sign(m["no"]) + did, m, True
    for m in PLAIN.finditer(text, start, end):
        did = who.meant(m["who"], before)
        if did and m.start("deed") not in said and is_deed(m["deed"]):
            yield f"who {deed_of(m['deed'])}", did, m, False
    for m in CALLED.finditer(text, start, end):
        did = who.meant(m["who"], before)
        if did and stem(m["deed"]) in CALLS and who.teller():
            yield "who called whom", f"{did}>{who.teller()}", m, True


def is_deed(word: str) -> bool:
    """Whether a word is a verb in the past that tells a deed."""
    return word.casefold() not in lists().empty - {"put"} and is_past(word.casefold())


def deed_of(word: str) -> str:
    """A deed as it is compared and shown: of verbs that are said of one deed the first, else the word."""
    return same_deeds().get(stem(word.casefold()), word.casefold())


def topic(what: str) -> str:
    """What it is that somebody had: "whose idea", "who decided"."""
    return f"whose {what}" if what in {"idea", "suggestion", "invention"} else "who decided"


def sign(no: str | None) -> str:
    """What begins the value of somebody who did not."""
    return NOT if no else ""


def is_group(owner: str) -> bool:
    """Whether a body is meant, and no person: "the council"."""
    return owner.startswith("the ")


def alike(x: str, y: str) -> str:
    """How two values of who it was stand to each other: "same", "other", or "" where they may both be so."""
    a, b = x.removeprefix(NOT), y.removeprefix(NOT)
    if ">" in x and ">" in y:
        return called(x.split(">"), y.split(">"))
    if x.startswith(NOT) or y.startswith(NOT):
        if not one_person(a, b):
            return ""
        return "same" if x.startswith(NOT) and y.startswith(NOT) else "other"
    if x == y:
        return "same"
    if one_person(x, y) or is_group(x) != is_group(y):
        return "same" if not {"the"} & {x[:3], y[:3]} and one_person(x, y) else ""
    return "other"


def called(x: list[str], y: list[str]) -> str:
    """How two calls stand to each other: "same", "other" where each is said to have called the other, or ""."""
    if one_person(x[0], y[0]) and one_person(x[1], y[1]):
        return "same"
    return "other" if one_person(x[0], y[1]) and one_person(x[1], y[0]) else ""


def one_deed(x: str, y: str) -> bool:
    """Whether two topics ask the same: who it was is said of any deed."""
    if x == y:
        return True
    who = {x, y}
    return "who it was" in who and all(t.startswith("who ") and not t.startswith("who was ") for t in who)
