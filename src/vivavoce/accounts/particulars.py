"""What two accounts may tell alike or not, beside numbers, dates and things: who did what was asked, who was first or
last, under which number ("page fourteen", season and episode), and how long before or after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.accounts.doers import deed_of
from vivavoce.accounts.names import Who
from vivavoce.accounts.numbers import ORDINALS, value
from vivavoce.accounts.signals import EPISODES
from vivavoce.accounts.words import lists, stem, telling, words

Found = tuple[str, str, re.Match[str], bool]

_NAME = r"(?:[A-Z][\w-]{1,24} ){0,2}[A-Z][\w-]{1,24}"
_N = r"(?:\d{1,4}|[a-z]{3,9}(?:-[a-z]{3,5})?)"
WHO_DID = re.compile(
    r"\bwho (?:was it (?:that|who) )?(?:had |first |actually |really )?(?P<deed>[a-z]{3,14})\b"
    r"(?! (?:there|here|with)\b)",
    re.I,
)
# An answer that names who did it: "It was Tom Ward.", "Tom Ward did.", "I did.", "Me."
DOER = re.compile(
    rf"(?:(?:[Ii]t|[Tt]hat) was |[Oo]h, |[Ww]ell, ){{0,2}}(?P<who>I did|[Mm]e|I|{_NAME}(?: did)?)"
    r"(?=[.,;!]|$| (?:had|took|put|went)\b)"
)
FIRST_OF = re.compile(r"\bwho (?:was|went|came|got|spoke)(?: the)? (?P<nth>first|last)\b", re.I)
PLACE = re.compile(
    rf"\b(?P<who>I|[Ss]he|[Hh]e|{_NAME}),? (?:was|went|came|got|lay|stood|spoke|arrived|walked|jumped|signed)"
    r"(?: (?:down|in|out|over|across))? (?:the )?(?P<nth>first|last)\b"
    r"(?= (?:one|man|woman|lad|lass|girl|boy|person|soul|of|to|down|in|out|off|on|up|through|over|across|and)\b"
    r"| ?[.,;!?]|$)"
)
TO = re.compile(r" to [a-z]{3,14}\b")  # "the first to speak" is another thing than the first out
# What is known by its number; "page 14", and not "two pages".
LABELS = (
    *("page", "room", "platform", "track", "scene", "chapter", "reel", "gate", "row"),
    *("seat", "pier", "berth", "bed", "ward", "cell", "locker", "lane", "verse"),
)
PARTICULAR = frozenset([*LABELS, "season and episode"])
LABEL = re.compile(
    rf"\b(?P<label>{'|'.join(LABELS)}) (?:number |no\. ?)?(?P<n>{_N})\b",
    re.I,
)
_EXACT = "".join(rf"(?<!{w} )" for w in ("about", "around", "nearly", "almost", "some", "over", "than", "half", "most"))
SINCE = re.compile(
    rf"{_EXACT}\b(?P<n>{_N}|an?) (?P<unit>day|night|week|month|year)s?"
    r" (?P<way>before|after|earlier|later|beforehand|afterwards)\b"
    r"(?: (?:the |a |an )?[\w’'-]{1,24}){0,4}",
    re.I,
)
NEXT = re.compile(
    r"\bthe (?:(?P<way2>next|following|previous) )?(?P<unit>day|night|week|month|year)"
    r"(?(way2)| (?P<way>before|after))\b"
    r"(?= ?[.,;!?]| (?:at|in|with|and|that|the)\b|$)"
)
WAYS = {"earlier": "before", "beforehand": "before", "later": "after", "afterwards": "after"}
NO_DEEDS = frozenset(["was", "were", "is", "are", "did", "does", "had", "has", "have", "can", "could", "will", "would"])


def particulars(text: str, start: int, end: int, question: str, who: Who) -> Iterator[Found]:
    """The particulars of a sentence: topic, value, the match, and whether it is certain."""
    if start == 0:
        yield from doer(text, end, question, who)
    for m in PLACE.finditer(text, start, end):
        first = who.meant(m["who"], text[: m.start()])
        if first:
            to = TO.match(text, m.end())
            yield f"who was {m['nth']}{to[0] if to else ''}", first, m, True
    for m in LABEL.finditer(text, start, end):
        number = value(m["n"])
        if number is not None and m["n"].casefold() not in ORDINALS:
            yield m["label"].casefold(), str(number), m, True
    yield from episode(text, start, end)
    for m in NEXT.finditer(text, start, end):
        way = "before" if m["way2"] in {"previous"} or m["way"] == "before" else "after"
        yield f"how long {way}", f"1 {'day' if m['unit'] == 'night' else m['unit']}", m, True
    for m in SINCE.finditer(text, start, end):
        count = 1 if m["n"].casefold() in {"a", "an"} else value(m["n"])
        if count is not None and m["n"].casefold() not in ORDINALS:
            way = WAYS.get(m["way"].casefold(), m["way"].casefold())
            unit = m["unit"].casefold()
            yield f"how long {way}", f"{count} {'day' if unit == 'night' else unit}", m, True


def doer(text: str, end: int, question: str, who: Who) -> Iterator[Found]:
    """Who did it, where the question asks who did and the answer begins with a name, or with "I"."""
    asked = [m for m in WHO_DID.finditer(question) if deed(m["deed"])]
    m = DOER.match(text, 0, end)
    first = FIRST_OF.search(question)
    if (asked or first) and m:
        did = who.meant(re.sub(r" did$", "", m["who"]))
        if did:
            yield f"who was {first['nth'].casefold()}" if first else f"who {deed_of(asked[-1]['deed'])}", did, m, True


def asks_who(question: str) -> bool:
    """Whether a question asks who did something."""
    return any(deed(m["deed"]) for m in WHO_DID.finditer(question))


def deed(word: str) -> bool:
    """Whether the word after "who" in a question can be what somebody did."""
    low = word.casefold()
    return low not in NO_DEEDS and low not in lists().empty and not low.endswith("s")


def episode(text: str, start: int, end: int) -> Iterator[Found]:
    """The season and episode that a sentence names, where it names one."""
    hits = []
    for pattern, (season, number) in EPISODES:
        for m in pattern.finditer(text, start, end):
            groups = [g for g in m.groups() if g]
            s, e = value(groups[season - 1]), value(groups[number - 1])
            if s is not None and e is not None:
                hits.append((f"season {s} episode {e}", m))
    if len({said for said, _ in hits}) == 1:
        yield "season and episode", hits[0][0], hits[0][1], True


def same_time(x: str, y: str) -> bool:
    """Whether two lengths of time in units ("6 month", "180 day") may be the same: within a quarter."""
    days = {"day": 1, "week": 7, "month": 30.4, "year": 365}
    a, b = (int(t.split()[0]) * days[t.split()[1]] for t in (x, y))
    return max(a, b) <= 1.25 * min(a, b)


def one_anchor(x: str, y: str) -> bool:
    """Whether two times that are told from something ("six months before the parade") are told from one thing, as far
    as both say from what."""
    a, b = (
        frozenset(stem(w) for w, _, _ in words(re.split(r" (?:before|after)", said)[-1]) if telling(w))
        for said in (x, y)
    )
    return not (a and b) or bool(a & b)


def stems_of(said: str) -> frozenset[str]:
    """The stems of a value's words, which show nothing of the matter."""
    return frozenset(stem(w) for w in said.split())
