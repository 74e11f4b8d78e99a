"""Times that are told from something else, with what they are told from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from vivavoce.language.times import Date, dates
from vivavoce.model import Naming, Offset, Source, Span
from vivavoce.works.facts import THING
from vivavoce.works.patterns import HAPPENINGS, number

WAY = re.compile(
    r"(?:(?:about |around |only |just |some |nearly |almost )?(?P<n>[\w-]+(?: couple of| few)?) (?P<unit>[a-z]+?)s?"
    r"|the (?P<day>\w+)) (?P<way>before|after|prior to|ahead of|earlier than|into|later|earlier|ago|previously)\b",
    re.I,
)
NEXT = re.compile(r"the (?P<way>next|following|same|previous) (?P<unit>\w+)", re.I)
BEFORE = frozenset(["before", "prior to", "ahead of", "earlier than", "earlier", "ago", "previously", "previous"])
EVENT = re.compile(
    r"\b(?P<verb>wrap(?:ped|s|ping)?|film(?:ed|ing)|sho(?:t|ot|oting)|record(?:ed|ing)|tap(?:ed|ing)|air(?:ed|s)?|"
    r"premiere[ds]?|debut(?:ed|s)?|broadcast|opened|opening|released?|published|came out|went out)\b",
    re.I,
)
KINDS = (
    ("wrap", "wrapped"),
    ("film", "filmed"),
    ("sho", "filmed"),
    ("record", "filmed"),
    ("tap", "filmed"),
    ("open", "opened"),
    ("release", "released"),
    ("came", "released"),
    ("publish", "published"),
    ("", "aired"),
)
# A day or an evening that a sentence has named before it says "the day before".
OCCASION = re.compile(
    r"\b(?:[A-Z][\w-]+['’]s|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y) (?:[a-z-]+ ){0,2}"
    r"(?:day|night|evening|morning|wedding|funeral|party|opening|premiere|finale|election|match|race|concert|strike|vote|"
    r"launch|match|rehearsal|final|flood|fire|storm)\b"
)
# "before he left", "after they wrapped": somebody does something, and that is the anchor.
# Where a new clause begins behind an anchor: "before the premiere she had asked".
SUBJECT = re.compile(r" (?=(?:I|she|he|they|we|it|[A-Z]\w+) (?:had|has|have|was|were|would|could|did)\b)")
CLAUSE = re.compile(r"(?:I|we|he|she|they|you|it) [a-z]+")
# "the strike", "that flood": an event that the source has named, or another has.
OCCURRED = re.compile(rf"\b(?:[Tt]he|[Tt]hat|[Tt]his) (?:[a-z]+ )?(?P<thing>{HAPPENINGS})\b")
MOST = 4  # namings in an anchor
VAGUE = {"few": 0.0, "several": 0.0, "many": 0.0}
# Words one of which a sentence with such a time holds.
HOLDING = re.compile(r"before|after|prior to|ahead of|earlier|later|previous|the (?:next|following|same)|\bago\b", re.I)
OTHER = frozenset(["into"])
TAKES_TAIL = frozenset(
    ["before", "after", "prior to", "ahead of", "earlier than"]
)  # the words behind them are the anchor
POINTS = re.compile(r"(?:that|this|it|then|him|her|them)|(?:and|but|or|so|because|when|I|we|he|she|they|you)\b.*", re.S)


def offsets(source: Source, spans: list[Span], named: tuple[Naming, ...]) -> tuple[Offset, ...]:
    """The relative times of a source, in order; those with "ago" are told from the day of telling."""
    return tuple(made for span in spans for made in in_sentence(source, span, named))


def in_sentence(source: Source, span: Span, named: tuple[Naming, ...]) -> Iterator[Offset]:
    """The relative times of one sentence."""
    words = source.text[span[0] : span[1]]
    for date in dates(words) if HOLDING.search(words) else ():
        if not date.relative:
            continue
        m = WAY.match(words, date.start) or NEXT.match(words, date.start)
        if m and m["way"].casefold() not in OTHER:
            yield offset(source, span, date, m, named)


def offset(source: Source, span: Span, date: Date, m: re.Match[str], named: tuple[Naming, ...]) -> Offset:
    """One relative time with its anchor: the words behind it, else the occasion named before it."""
    low, text = span[0], source.text
    start, end = low + date.start, low + date.end
    tail = text[low + m.end() : end].strip()
    if m["way"].casefold() == "ago":
        return ago(source, (start, low + m.end()), m)
    told = m.groupdict()
    way = m["way"].casefold()
    if on := SUBJECT.search(text, low + m.end() + 2, end):
        end = on.start()
        tail = text[low + m.end() : end].strip()
    at: Span | None = (low + m.end() + 1, end) if len(tail) > 1 and way in TAKES_TAIL else None
    if at and (POINTS.fullmatch(tail) and not CLAUSE.match(tail)):
        at = None
    if at is None:
        end = low + m.end()
        occasions = list(OCCASION.finditer(text, low, start))
        at = occasions[-1].span() if occasions else None
    anchor = text[at[0] : at[1]] if at else ""
    of, thing = within(text, at, named) if at else (None, "")
    event = EVENT.search(anchor)
    return Offset(
        source.path, start, end, said=" ".join(text[start:end].split()), amount=size(told),
        unit=(told.get("unit") or told.get("day") or "").casefold(), before=way in BEFORE,
        anchor=" ".join(anchor.split()), at=at, of=of, thing=thing, told=source.date,
        event=next(kind for begin, kind in KINDS if event["verb"].casefold().startswith(begin)) if event else "",
    )  # fmt: skip


def ago(source: Source, at: Span, m: re.Match[str]) -> Offset:
    """A time told from the day on which it is told."""
    said = " ".join(source.text[at[0] : at[1]].split())
    told = m.groupdict()
    unit = (told.get("unit") or "").casefold()
    return Offset(source.path, *at, said=said, amount=size(told), unit=unit, event="told", told=source.date)


def size(told: dict[str, str | None]) -> float:
    """How many of its unit an offset is; 0.0 where the words tell no number."""
    words = (told.get("n") or "").casefold()
    if not words:
        return 1.0 if told.get("day") else 0.0
    if words in ("a", "an"):
        return 1.0
    return VAGUE.get(words.split()[-1], 2.0 if "couple" in words else number(words) or 0.0)


def within(text: str, at: Span, named: tuple[Naming, ...]) -> tuple[Span | None, str]:
    """The naming in an anchor, or the noun that stands for one."""
    first = bisect_left(named, at[0], key=lambda n: n.start)
    inside = [n for n in named[first : first + MOST] if n.sure and n.kind != "place" and n.end <= at[1] + 1]
    if inside:
        return (inside[0].start, inside[0].end), ""
    m = THING.search(text, *at) or OCCURRED.search(text, *at)
    return None, m["thing"] if m else ""
