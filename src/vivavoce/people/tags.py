"""Which words say who speaks: the verb and its subject between, after or before a quotation, a dash, a colon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from vivavoce.model import Cast, Figure, Quote
from vivavoce.people.casting import NARRATOR, QUESTIONS, asked, clause_start
from vivavoce.people.lexicon import noun_gender, words
from vivavoce.people.names import Name, lead
from vivavoce.people.pronouns import GENDER, Event
from vivavoce.people.reports import ADVERBS, Ground, Report, forward, ground, left, main_subject, reports
from vivavoce.people.scan import CLOSERS, Scan

ADJACENT = 0.94
NEAR_COLON = 6
FAR = 80
FEW = 8
BEFORE_TAGS = ADVERBS | {"and", "then", "so", "as"}


class Found(NamedTuple):
    """The speaker's mention and cue of one quotation as tokens, how it was found, and how sure that is."""

    first: int
    last: int
    verb: int | None
    sure: float
    why: str


@dataclass(frozen=True)
class Stage:
    """What all rules look at."""

    scan: Scan
    ground: Ground
    reports: list[Report]
    verbs: list[int]
    figure_at: dict[int, int]
    events: list[Event]
    genders: list[str]
    kinds: list[str]
    speaks: list[float]
    narrator: int | None
    known_as: dict[str, list[int]]
    first_named: dict[int, int]
    family: list[int]
    interview: bool
    main: int | None
    by_word: dict[str, int]
    divided: list[bool]
    bearers: dict[tuple[int, str], tuple[int, ...]]
    kin: dict[str, int]
    story: bool
    named: list[int]

    def named_within(self, first: int, last: int) -> list[int]:
        """The last tokens of the namings that end in a range of tokens, in order."""
        return self.named[bisect_left(self.named, first) : bisect_left(self.named, last)]


class Frame(NamedTuple):
    """A quotation as token ranges: its fragments, and the whole reported stretch."""

    number: int
    quote: Quote
    parts: tuple[tuple[int, int], ...]
    first: int
    last: int


def staged(seen: Scan, cast: Cast) -> Stage:
    """The cast's namings as tokens, and who reports."""
    names: list[Name] = []
    figure_at: dict[int, int] = {}
    for number, f in enumerate(cast.figures):
        for m in f.mentions:
            first = bisect_left(seen.start, m.start)
            if seen.start[first : first + 1] == [m.start]:
                last = bisect_left(seen.start, m.end)
                names.append(Name(first, last, (), (), lead(seen, first), f.kind))
                figure_at[last - 1] = number
    names.sort()
    g = ground(seen, names)
    events = [
        Event(n.first, figure_at[n.last - 1], clause_start(seen, n.lead))
        for n in names
        if n.kind in ("person", "label") and not seen.inside[n.first]
    ]
    found = reports(g)
    narrator = next((i for i, f in enumerate(cast.figures) if f.key == NARRATOR or NARRATOR in f.aliases), None)
    genders, kinds = [f.gender for f in cast.figures], [f.kind for f in cast.figures]
    speaks = voices(seen, found, figure_at, cast)
    known_as: dict[str, list[int]] = {}
    for number, f in enumerate(cast.figures):
        for noun in sorted(role_words(f)):
            known_as.setdefault(noun, []).append(number)
    surnames = [f.name.rsplit(" ", 1)[-1].lower() for f in cast.figures]
    kin = kin_of(narrator, surnames, genders)
    events = sorted([*events, *pointed(seen, known_as), *related(seen, kin)])
    events = carried(seen, events, genders)
    first_named = {e.figure: e.token for e in reversed(events)}
    family = [surnames.count(name) for name in surnames] if len(surnames) < 300 else [0] * len(surnames)
    return Stage(
        seen,
        g,
        found,
        [r.verb for r in found],
        figure_at,
        events,
        genders,
        kinds,
        speaks,
        narrator,
        known_as,
        first_named,
        family,
        asked(seen) >= QUESTIONS,
        main_figure(cast),
        by_word(cast),
        divided(cast, surnames),
        bearers(cast, events),
        kin,
        cast.story,
        sorted(figure_at),
    )


MOST = 0.8


def divided(cast: Cast, surnames: list[str]) -> list[bool]:
    """Whether a figure's surname alone may well be another's: it has less than `MOST` of the namings of all bearers."""
    of_all: dict[str, int] = {}
    for f, surname in zip(cast.figures, surnames, strict=True):
        of_all[surname] = of_all.get(surname, 0) + len(f.mentions)
    return [len(f.mentions) < MOST * of_all[name] for f, name in zip(cast.figures, surnames, strict=True)]


SHARERS = 6
INTRODUCED = 3


def bearers(cast: Cast, events: list[Event]) -> dict[tuple[int, str], tuple[int, ...]]:
    """Figure and its surname -> the other people of that surname, whom the surname alone may mean as well.

    Nobody else is meant where the surname was somebody's `INTRODUCED` times before another of that name came.
    """
    sharing: dict[str, list[int]] = {}
    for i, f in enumerate(cast.figures):
        if f.kind == "person" and " " in f.name:
            sharing.setdefault(f.name.rsplit(" ", 1)[-1].lower(), []).append(i)
    groups = {name: found for name, found in sharing.items() if 1 < len(found) <= SHARERS}
    group_of = {i: name for name, found in groups.items() for i in found}
    first: dict[str, list[int]] = {}
    for e in events:
        if e.figure in group_of:
            first.setdefault(group_of[e.figure], []).append(e.figure)
    out: dict[tuple[int, str], tuple[int, ...]] = {}
    for name, found in groups.items():
        named = first.get(name, [])
        lead = named[0] if named and named[:INTRODUCED] == named[:1] * INTRODUCED else None
        out |= {(i, name): tuple(k for k in found if k != i) for i in found if i != lead}
    return out


def voices(seen: Scan, found: list[Report], figure_at: dict[int, int], cast: Cast) -> list[float]:
    """How readily each figure is taken for a speaker, from .7 (never named as one) to 1.2."""
    count = [0] * len(cast.figures)
    for r in found:
        number = figure_at.get(r.last - 1)
        if number is not None and not seen.inside[r.verb]:
            count[number] += 1
    return [0.7 + 0.5 * min(1.0, 4 * n / max(1, len(f.mentions))) for n, f in zip(count, cast.figures, strict=True)]


ASIDE = frozenset(
    ["with", "without", "for", "to", "like", "unlike", "from", "after", "before", "against", "beside", "behind"]
)


def carried(seen: Scan, events: list[Event], genders: list[str]) -> list[Event]:
    """The events with those where "he" or "she" begins a sentence and can only go on about the one whom the sentence
    before was about: as good as naming them. "With Marsh he sang" is not about Marsh."""
    out: list[Event] = []
    ahead = iter(events)
    coming = next(ahead, None)
    for number, first in enumerate(seen.sentences[:-1]):
        end = seen.sentences[number + 1]
        here: list[Event] = []
        while coming is not None and coming.token < end:
            here.append(coming)
            coming = next(ahead, None)
        i = subject_pronoun(seen, first, end)
        if i is not None:
            gender = GENDER[seen.low[i]]
            told = [e for e in out[-FEW:] if seen.sentence[e.token] == number - 1 and genders[e.figure] == gender]
            near = {e.figure for e in told if e.subject}
            others = {e.figure for e in here if e.token < i and genders[e.figure] in ("", gender)} | {
                e.figure for e in told
            }
            if len(near) == 1 and (i == first or others == near or seen.low[first] in ASIDE):
                here = sorted([*here, Event(i, near.pop(), True)])
        out += here
    return out


def subject_pronoun(seen: Scan, first: int, end: int) -> int | None:
    """The "he" or "she" that begins a sentence, or follows a few words that lead in, outside marks."""
    if seen.inside[first]:
        return None
    for i in range(first, min(first + LEAD, end)):
        if seen.low[i] in ("he", "she"):
            return i if not seen.inside[i] else None
        if i > first and seen.low[first] not in LEADING_IN:
            return None
    return None


LEAD = 7
LEADING_IN = ASIDE | {"in", "on", "at", "by", "then", "later", "once"}


def pointed(seen: Scan, known_as: dict[str, list[int]]) -> list[Event]:
    """Where "the doctor" can mean one figure only: as good as naming them."""
    owner = {noun: found[0] for noun, found in known_as.items() if len(found) == 1 and noun not in KIN}
    return [
        Event(i, owner[seen.low[i]], clause_start(seen, i - 1))
        for i in seen.at(owner.keys())
        if i and seen.low[i - 1] == "the" and not seen.inside[i]
    ]


KIN = words("kin")
OWN = ("my", "our")


def kin_of(teller: int | None, surnames: list[str], genders: list[str]) -> dict[str, int]:
    """Noun -> whom "my mother" means where somebody tells: the only one of that gender who has the teller's surname."""
    family = [i for i, name in enumerate(surnames) if teller not in (None, i) and name == surnames[teller or 0]]
    fits = {noun: [i for i in family if genders[i] == noun_gender(noun)] for noun in KIN}
    return {noun: found[0] for noun, found in fits.items() if len(found) == 1}


def related(seen: Scan, kin: dict[str, int]) -> list[Event]:
    """Where "my mother" is told of by whoever tells."""
    return [
        Event(i, kin[seen.low[i]], clause_start(seen, i - 1))
        for i in seen.at(kin.keys())
        if i and seen.low[i - 1] in OWN and not seen.inside[i]
    ]


def role_words(f: Figure) -> frozenset[str]:
    """The nouns by which a figure may be meant: "the coach", "the actress"."""
    out = {w for r in f.roles if r.kind == "job" for w in r.title.lower().replace("-", " ").split()}
    if any(r.kind == "plays" for r in f.roles):
        out |= {"actor", "star", "actress"} - ({"actress"} if f.gender == "m" else set())
    if any(r.kind == "author" for r in f.roles):
        out |= {"author", "writer"}
    out |= {w for c, words in ADDRESS.items() if f.name.lower().startswith(c) for w in words}
    return frozenset(out)


ADDRESS = {
    "mrs ": ("wife", "mother", "lady", "woman"),
    "mr ": ("husband", "father", "gentleman", "man"),
    "miss ": ("girl", "daughter", "lady"),
    "captain ": ("captain",),
    "sir ": ("knight", "gentleman"),
    "lady ": ("lady",),
}


def main_figure(cast: Cast) -> int | None:
    """The person whom the text names most, if clearly."""
    ranked = sorted(((len(f.mentions), i) for i, f in enumerate(cast.figures) if f.kind == "person"), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def by_word(cast: Cast) -> dict[str, int]:
    """Surname, full name or alias (small letters) -> the one person that has it."""
    out: dict[str, int] = {}
    for i, f in enumerate(cast.figures):
        forms = {f.name.rsplit(" ", 1)[-1].lower(), f.name.lower(), *(a.lower() for a in f.aliases)}
        for form in forms if f.kind == "person" else ():
            out[form] = -1 if form in out else i
    return {w: i for w, i in out.items() if i >= 0}


def framed(seen: Scan, number: int, q: Quote) -> Frame:
    """A quotation's tokens."""
    spans = q.content if q.kind == "indirect" else q.spans
    cuts = [(bisect_left(seen.start, a), bisect_left(seen.start, b)) for a, b in spans]
    parts = tuple((a, b) for a, b in cuts if a < b)
    whole = q.content or q.spans
    first = bisect_left(seen.start, min(whole[0][0], spans[0][0]))
    last = bisect_left(seen.start, max(whole[-1][1], spans[-1][1]))
    return Frame(number, q, parts, first, last)


def tagged(s: Stage, f: Frame) -> Found | None:
    """The report that belongs to a quotation, by the cue that came with it or by place."""
    ahead = before(s, f)
    if ahead and ahead.sure >= ADJACENT:
        return by_cue(s, f) or inner(s, f) or ahead
    return by_cue(s, f) or inner(s, f) or after(s, f) or dashed(s, f) or ahead or introduced(s, f)


def made(r: Report, sure: float, why: str) -> Found:
    """What a report tells of a quotation."""
    verb = None if r.form == "colon" else r.verb
    return Found(r.first, r.last, verb, sure * (0.9 if r.form == "main" else 1.0), why)


def by_cue(s: Stage, f: Frame) -> Found | None:
    """The report whose verb lies in the cue that the quotation came with."""
    if not f.quote.cue:
        return None
    a = bisect_left(s.scan.start, f.quote.cue.start)
    b = bisect_left(s.scan.start, f.quote.cue.end)
    hits = s.reports[bisect_left(s.verbs, a) : bisect_left(s.verbs, b)]
    return made(hits[-1], 0.95, f"subject of “{f.quote.cue.text}”") if hits else owner(s, a, f.quote.cue.text)


def owner(s: Stage, i: int, noun: str) -> Found | None:
    """Whose claim it is: "Ortiz’s claim that …", "her first claim that …"."""
    seen = s.scan
    for k in range(i - 1, max(0, i - 5), -1):
        if seen.inside[k] or seen.word[k] in (",", ".", ";", ":"):
            return None
        if seen.low[k] in ("his", "her", "its", "their", "my"):
            return Found(k, k + 1, None, 0.85, f"whose “{noun}” it is")
        if seen.low[k] == "'s" or (seen.low[k] == "'" and seen.low[k - 1].endswith("s")):
            np = left(s.ground, k - 1, seen.sentences[seen.sentence[k]])
            return Found(*np, None, 0.9, f"whose “{noun}” it is") if np else None
    return None


def inner(s: Stage, f: Frame) -> Found | None:
    """The tag between two fragments of a split quotation."""
    for (_, a), (b, _) in zip(f.parts, f.parts[1:], strict=False):
        hits = s.reports[bisect_left(s.verbs, a) : bisect_left(s.verbs, b)]
        if hits:
            return made(hits[0], 0.97, "verb between the parts of the quotation")
    return None


def skip_marks(seen: Scan, i: int, top: int) -> int:
    """The first token from i that is no closing mark, comma or dash."""
    top = min(top, i + FEW)
    while i < top and not seen.inside[i] and (seen.word[i] in CLOSERS or seen.word[i] in ",—–-.…"):
        i += 1
    return i


def after(s: Stage, f: Frame) -> Found | None:
    """The tag right after a quotation: "…," said Ortiz; "…," Ortiz said."""
    seen = s.scan
    end = f.last
    if end >= len(seen.word):
        return None
    top = seen.paras[seen.para[f.last - 1] + 1]
    i = skip_marks(seen, end, top)
    if i >= top or seen.inside[i]:
        return None
    stopped = full_stop(seen, end, i)
    for r in s.reports[bisect_left(s.verbs, i) : bisect_left(s.verbs, min(top, i + 50))]:
        head = min(r.first, r.verb)
        if head > i + 1 or (head == i + 1 and seen.low[i] not in BEFORE_TAGS):
            break
        if r.form not in ("before", "inverted", "who", "according") or (r.form == "inverted" and head != i):
            continue
        rest = max(r.last, r.verb + 1)
        follows = seen.word[rest] if rest < top else "."
        if follows == ":" or (stopped and (seen.word[i][0].isupper() and not ends_soon(seen, rest, top))):
            continue
        return made(r, 0.8 if stopped else 0.96, "verb after the quotation")
    return None


def full_stop(seen: Scan, end: int, i: int) -> bool:
    """Whether the quotation that ends before token `end` ends in a full stop, in or after its marks."""
    k = end - 1
    while k > end - FEW and k > 0 and seen.word[k] in CLOSERS:
        k -= 1
    return seen.word[k] == "." or "." in seen.word[end:i]


def dashed(s: Stage, f: Frame) -> Found | None:
    """A dash and a name that end the paragraph: "…" — Maria Ortiz."""
    seen = s.scan
    top = seen.paras[seen.para[f.last - 1] + 1]
    i = f.last
    while i < top and seen.word[i] in CLOSERS:
        i += 1
    if i + 1 >= top or seen.word[i] not in ("—", "–", "―", "-", "~"):
        return None
    while i < top and not seen.word[i][0].isalnum():
        i += 1
    if i >= top or top - i > 14 or not seen.word[i][0].isupper():
        return None
    np = forward(s.ground, i)
    return Found(*np, None, 0.9, "named after a dash") if np else None


def ends_soon(seen: Scan, i: int, top: int) -> bool:
    """Whether the sentence ends here, or only an adverbial goes on."""
    return i >= top or seen.word[i] in (".", "!", "?", ";")


def before(s: Stage, f: Frame) -> Found | None:
    """The nearest report before a quotation in its own sentence."""
    seen = s.scan
    i = f.first - 1
    floor = max(f.first - FAR, seen.sentences[seen.sentence[f.first]]) if f.first < len(seen.word) else f.first
    while i >= floor and not seen.inside[i]:
        i -= 1
    hits = s.reports[bisect_left(s.verbs, i + 1) : bisect_left(s.verbs, f.first)]
    if not hits:
        return None
    close = f.first - max(hits[-1].verb + 1, hits[-1].last if hits[-1].form == "inverted" else 0) <= 2
    main = [r for r in hits if r.form != "who"] or hits
    return (
        made(hits[-1], 0.95, "verb before the quotation")
        if close
        else made(main[-1], 0.82, "verb before the quotation")
    )


def introduced(s: Stage, f: Frame) -> Found | None:
    """The sentence before ends with a colon: its report, or its subject."""
    seen = s.scan
    i = f.first - 1
    while i >= 0 and seen.word[i] in CLOSERS and not seen.inside[i]:
        i -= 1
    if i < 0 or seen.word[i] != ":":
        return None
    floor = seen.sentences[seen.sentence[i]]
    hits = s.reports[bisect_left(s.verbs, max(floor, i - FAR)) : bisect_right(s.verbs, i)]
    np = main_subject(s.ground, floor, i)
    if hits and (np is None or i - hits[-1].verb <= NEAR_COLON):
        return made(hits[-1], 0.9, "introduced with a colon")
    np = np or left(s.ground, i - 1, floor)
    return Found(*np, None, 0.75, "introduced with a colon") if np else None
