"""Which of a closed kind something was: what it was ("a gull", "a pigeon"), its colour or stuff, left or right, what
broke, what the weather was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from vivavoce.accounts.words import lists, stem, weight

Found = tuple[str, str, re.Match[str], bool]

INTRODUCED = re.compile(
    r"\b(?:(?P<sure>(?:(?:it|that|this) (?:was|were|had been)|it['’]s)\s+"
    r"(?:(?:an?|the|his|her|my|our|their|[A-Z]\w+['’]s)\s+)?"
    r"(?:(?:real|proper|actual|plain|little|big|old|small|whole)\s+)?)"
    r"|(?:my|his|her|the)\s+[a-z]{3,10}\s+was\s+(?:made\s+)?(?:out\s+)?(?:of\s+)?(?:[a-z]{3,12}\s+(?=silk|cloth|lace))?"
    r"|an?\s+(?:(?P<before>[a-z]{3,14})\s+)?|some\s+|of\s+(?:dried\s+|wet\s+|raw\s+)?|with\s+|[a-z]{3,9}['’]s\s+)"
    r"(?P<what>[a-z]{3,5}-[a-z]{3,7}|[a-z]{3,14})\b(?P<named>,? (?:named|called) [A-Z])?",
    re.I,
)
# By what somebody went: "We came home on the coach".
BY = re.compile(
    r"(?P<sure>\b(?:came|went|got|travelled|arrived|left|drove|sent|brought)(?: \w+){0,2} )?"
    r"(?:on|by|in) (?:the |an? )?(?:[\w’'-]+ ){0,2}?(?P<what>[a-z]{3,12})\b(?! (?:station|driver|stop|shed))",
    re.I,
)
# A sentence that names a thing and says nothing else: "Lentil.", "An egg."
ALONE = re.compile(r"(?:an? |the )?(?P<what>[a-z]{3,14})[.!,]+", re.I)
# What was played or sung, and on what somebody stood.
TUNE = re.compile(
    r"\b(?:play(?:ed|ing|s)|sang|sings?|singing|struck up|piped)\s[“\"‘*_](?P<what>[A-Z][^”\"’*_]{2,40})[”\"’*_]"
)
STOOD = re.compile(
    r"\b(?:st(?:oo|an)ds?|got|gets?|getting|climbed|jumped|stepped|spoke|up)(?: right| back| up)? (?:up )?on(?:to)? "
    r"(?P<art>an?|the|his|her|my) (?:[a-z-]{3,12} )?(?P<what>[a-z]{3,14})(?=[.,;!?]|$| and\b| to\b)",
    re.I,
)
# Where something was; certain where the sentence says so: "It was held in the church hall".
WHERE = re.compile(
    r"(?P<sure>\b(?:it|that|they|we) (?:was|were)(?: all)?(?: \w+ed| held| kept| found| hidden)?\s)?\b"
    r"(?:in|into|at|inside|outside|behind|under) (?:the|an?|our|his|her|my) (?:[a-z-]{3,12} )?(?P<what>[a-z]{3,12})\b",
    re.I,
)
# What a fire, a quarrel, a failure began with.
CAUSED = re.compile(
    r"\b(?:(?:started|began|broke out|caught|caused|begun|set off|kindled) (?:in|with|from|by) |blamed (?:on )?|"
    r"put (?:it )?down to )(?:an?|the|his|her|my|our|their)\s+(?:[a-z-]{3,12}\s+)?(?P<what>[a-z]{3,14})\b",
    re.I,
)
CAUSE = re.compile(
    r"\b(?:an?|the|his|her|my|our|their)\s+(?:[a-z-]{3,12}\s+)?(?P<what>[a-z]{3,14})\b[^.;!?]{0,40}?"
    r"\b(?:(?:was|were) (?:the |an? )?(?:\w+ )?(?:cause|culprit)|(?:that )?(?:started|began) (?:it|the \w+))\b",
    re.I,
)
SIDE = re.compile(
    r"\b(?:his|her|my|the|their|your|its)\s+(?P<what>left|right)\s+"
    r"(?P<part>hand|arm|leg|foot|knee|ear|eye|shoulder|wrist|ankle|thumb|elbow|hip|side|bank|wing)\b",
    re.I,
)
PARTS = "arm|leg|ankle|wrist|collarbone|rib|nose|jaw|elbow|knee|shoulder|thumb|finger|toe|hip|skull|back|neck|hand|foot"
HURT = re.compile(
    rf"\b(?P<deed>broke|broken|sprained|cracked|dislocated|twisted|fractured)\s+(?:his|her|my|an?|the|their|two)\s+"
    rf"(?:left\s+|right\s+)?(?P<what>{PARTS})s?\b"
    rf"|\b(?:his|her|my|an?)\s+(?:broken|sprained|cracked|dislocated|fractured)\s+(?P<what3>{PARTS})\b"
    rf"|\b(?:his|her|my|an?)\s+(?:left\s+|right\s+)?(?P<what2>{PARTS})(?: was)?\s+"
    r"(?:broken|sprained|cracked|fractured)\b",
    re.I,
)
WEATHER = re.compile(
    r"\b(?:it|that day|the (?:day|night|morning|evening|afternoon|weather)) (?:was |had been )?(?:all |just )?"
    r"(?P<what>raining|rained|snowing|snowed|pouring|poured|sunny|bright|cloudless|clear|foggy|hailed|hailing|dry)\b"
    r"(?! (?:that|to|up|out|off|about)\b)",
    re.I,
)
SKY = {
    **dict.fromkeys(("raining", "rained", "pouring", "poured"), "rain"),
    **dict.fromkeys(("snowing", "snowed"), "snow"),
    **dict.fromkeys(("hailing", "hailed"), "hail"),
    **dict.fromkeys(("sunny", "bright", "cloudless", "clear", "dry"), "sun"),
    "foggy": "fog",
}
COLOURS = "red blue green yellow white black brown grey gray pink purple orange scarlet crimson navy golden silver"
STUFFS = (
    "leather rubber wooden iron steel brass copper tin plastic paper cardboard woollen cotton silk velvet canvas glass"
)
ROOMS = """
kitchen canteen cellar attic loft pantry parlour bedroom bathroom library nursery scullery corridor office hall church
chapel school shop barn stable garage tent pub bar theatre museum hospital ward laundry vestry crypt hut shed boathouse
lounge lobby foyer cloakroom dressing greenhouse caravan hotel station wardrobe cupboard chimney
"""
STANDS = "pallet chair box crate barrel table bench stool ladder stage platform desk cart lorry tank wall counter step"
SOMEBODY = ("driver", "rider", "keeper", "owner", "dealer", "man", "men", "woman", "women")
LEAST = 0.3  # weight of a noun whose colour or stuff is worth telling


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """Stem of a thing -> the kinds of things that it is."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, listed in lists().kinds.items():
        for word in listed:
            found[stem(word)].append(kind)
    return {word: tuple(several) for word, several in found.items()}


@cache
def rooms() -> frozenset[str]:
    """The stems of rooms and buildings."""
    return frozenset(stem(w) for w in ROOMS.split())


@cache
def stands() -> frozenset[str]:
    """The stems of what people stand on to be seen."""
    return frozenset(stem(w) for w in STANDS.split())


def places_and_tunes(text: str, start: int, end: int) -> Iterator[Found]:
    """Which tune was played, and on what somebody stood."""
    for m in TUNE.finditer(text, start, end):
        yield "which tune", " ".join(m["what"].casefold().strip(".,!? ").split()), m, True
    for m in WHERE.finditer(text, start, end):
        if (what := stem(m["what"].casefold())) in rooms():
            yield "which place", what, m, bool(m["sure"])
    for m in STOOD.finditer(text, start, end):
        if (what := stem(m["what"].casefold())) in stands():
            yield "which stand", what, m, True


@cache
def qualities() -> re.Pattern[str]:
    """A noun with its colour or stuff, before it or after "was"."""
    words = "|".join((COLOURS + " " + STUFFS).split())
    return re.compile(
        rf"\b(?:an?|the|his|her|my|our|their)\s+(?:(?:\w+),?\s+)?(?P<what>{words})\s+(?P<noun>[a-z]{{3,14}})\b"
        rf"|\b(?:the|his|her|my|our|their)\s+(?P<noun2>[a-z]{{3,14}})\s+(?:was|were)\s+(?P<what2>{words})\b",
        re.I,
    )


def attributes(text: str, start: int, end: int) -> Iterator[Found]:
    """What a sentence says of which kind something was: topic, value, the match, and whether it is said outright."""
    for m in INTRODUCED.finditer(text, start, end):
        before = "" if m["what"].endswith(SOMEBODY) else m["before"] or ""  # a lorry driver is no lorry
        named = [stem(w.casefold()) for w in (m["what"], before) if not w.endswith("ing")]
        what = next((w for w in named if w in kinds()), "")
        for kind in kinds().get(what, ()):
            yield f"which {kind}", what, m, bool(m["sure"] or m["named"]) or m.start() == start
    for m in BY.finditer(text, start, end):
        if "vehicle" in kinds().get(what := stem(m["what"].casefold()), ()):
            yield "which vehicle", what, m, bool(m["sure"])
    if (alone := ALONE.fullmatch(text, start, end)) and (what := stem(alone["what"].casefold())) in kinds():
        for kind in kinds()[what]:
            yield f"which {kind}", what, alone, True
    yield from places_and_tunes(text, start, end)
    for pattern in (CAUSED, CAUSE):
        for m in pattern.finditer(text, start, end):
            what = stem(m["what"].casefold())
            if "cause" in kinds().get(what, ()):
                yield "which cause", what, m, True
    for m in SIDE.finditer(text, start, end):
        yield f"which {m['part'].casefold()}", m["what"].casefold(), m, True
    for m in HURT.finditer(text, start, end):
        yield "what was broken", stem((m["what"] or m["what2"] or m["what3"]).casefold()), m, True
    for m in WEATHER.finditer(text, start, end):
        yield "the weather", SKY[m["what"].casefold()], m, True
    for m in qualities().finditer(text, start, end):
        noun, what = (m["noun"] or m["noun2"]).casefold(), (m["what"] or m["what2"]).casefold()
        if weight(stem(noun)) >= LEAST:
            kind = "colour" if what in COLOURS.split() else "stuff"
            yield f"{kind} of the {noun}", what, m, True
