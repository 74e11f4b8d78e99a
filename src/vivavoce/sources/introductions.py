"""Who an unknown speaker is, where the talk itself says it: “I'm Dana Reyes”, “with me is Tom Ash” that the next one
answers, “Thanks for coming in, Tom.” Taken for a name only where that is plain; what else is heard is told."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from vivavoce.model import Source, Turn, Warning
from vivavoce.sources import calling, head
from vivavoce.sources.asking import spoken
from vivavoce.sources.labels import bare, generic, key, wordset
from vivavoce.sources.naming import NAME, NOBODY, full, plain

EARLY = 12  # turns within which people introduce themselves and each other
FIRST = 3  # of somebody's own turns in which they do
LONGEST = 4000  # code points of a turn that are looked at
ONE = 0.85  # how sure a first name is that somebody gives for their own
SELF, OTHER, ALONE = 0.95, 0.85, 0.75  # … a full name of their own; one by somebody else; a first name by them
# Labels under which several people may stand.
SEVERAL = wordset("audience crowd voices all both everyone multiple others other guests male female")

_SAID = wordset("said says say saying goes went like think thought if that told whether because was is called")
_END = r"(?=[ \t]*(?:[,.;:!?—–-]|\Z)|[ \t]+(?:and|from|of|with|here|speaking|at|for|your|the|in|on)\b)"
_I = re.compile(rf"(?:\b[Ii]['’]m|\bI am|\b[Mm]y name(?:['’]s| is))[ \t]+(?P<name>{NAME}){_END}")
_THIS = re.compile(
    rf"\b[Tt]his is[ \t]+(?P<name>{NAME})(?=,?[ \t]+(?:it['’]s|it is|and I['’]m [a-z]|and I am [a-z]|I['’]m [a-z]"
    r"|speaking|recording|interviewing|here with|talking (?:to|with)|on behalf of [^\W\d_]"
    r"|for (?:the )?[^\W\d_a-z]))"
)
# Who opens a recording, in a clause that goes on to the others: “This is Dana Reyes in Leith, and on the line …”.
_OPENS = re.compile(
    rf"\b[Tt]his is[ \t]+(?P<name>{NAME})(?=,?[ \t]+(?:(?:in|at|from)\b|(?:and )?(?:we|I)['’])[^.?!]{{0,120}}?"
    r"\b(?:on the line|and with (?:me|us)|(?:I|we)(?:['’]ve got| have|['’]m (?:here|joined)|['’]re (?:live|here))"
    r"|joining|you['’]re listening)\b)"
)
_NOBODY_ELSE = r"(?![^.?!]*\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Tt]hey)\b)"
# Who says their own name in a sentence that goes on to “I”: “Dana Reyes, for nine years, and before that I …”.
_MYSELF = re.compile(
    rf"(?:\A|[.?!][ \t]+)(?P<name>{NAME}),[ \t]+(?:for|since|until|now|born|formerly|née|nee|as)\b{_NOBODY_ELSE}"
    r"[^.?!]*?\bI(?:['’](?:m|ve|d)| was| am| have| had| used)\b"
)
_ASKED = re.compile(
    r"\b(?:(?:say|state|give|tell|spell|with|what(?:['’]s| is)|about|have) (?:me |us )?your (?:full |own )?name"
    r"|your name,? please|introduce yourself|(?:say|tell me|tell us) who you are|who are you\?"
    r"|who am I (?:speaking|talking) (?:to|with))"
)
_GIVEN = re.compile(
    r"\A(?:(?:Yes|Yeah|Sure|OK|Okay|Right|Well|Certainly|Of course|Hello|Hi)[,.!]?[ \t]+)?"
    rf"(?:(?:[Ii]t['’]s|[Ii]t is)[ \t]+)?(?P<name>{NAME})[.,;]"
)
_SHOW = re.compile(r"\b(?:with (?:me|us)\b|my guest|welcome|your host|joined by|joining (?:me|us))", re.I)
_OF = r"(?:(?:the|our|my)[ \t](?:[a-z-]+[ \t]){0,3})?"
_WITH = re.compile(
    r"(?:\b(?:[Ww]ith (?:me|us)|[Jj]oining (?:me|us)|(?:[Mm]y|[Oo]ur) guest)\b[^.?!]{0,60}?\b(?:is|are)"
    r"|\b[Ww]ith (?:me|us)(?: today| tonight| now| here)?,?|\bjoined (?:today |tonight |here |now )?by"
    r"|\b(?:I['’]m|I am|we['’]re)\b[^.?!]{0,60}?\b(?:here|sitting|talking|speaking|today|in [^.?!]{1,40}?)[ \t]?"
    r"(?:with|to)|\bplease welcome|\b[Ww]elcome,?)[ \t]+" + _OF + rf"(?P<name>{NAME})"
)
_MORE = re.compile(rf"[ \t]*,?[ \t]+and[ \t]+{_OF}(?P<name>{NAME})")
_GREET = r"(?:thanks?(?: you)?|welcome|good to (?:see|have)|hi|hello|good (?:morning|evening|afternoon))"
_ADDRESS = r"(?P<title>(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Professor|Captain|Sergeant|Councillor|Sister|Father)\.?[ \t]+)?"
_WORD = _ADDRESS + r"(?P<name>[^\W\d_a-z][\w’-]{1,30})"
_GREETED = (
    re.compile(rf"(?i:\b{_GREET}\b)[^.?!]{{0,60}}?,[ \t]+{_WORD}(?=[.?!]|[ \t]*\Z)"),
    re.compile(rf"(?:\A|[.?!,][ \t]+){_WORD},[ \t]+(?i:{_GREET}\b)"),
)
_CALLED = (
    re.compile(rf",[ \t]+{_WORD}[.?!]?[ \t]*\Z"),
    re.compile(rf"(?:\A|[.?!][ \t]+){_WORD},[ \t]+[^.?!]{{0,120}}[.?!]?[ \t]*\Z"),
)


class Claim(NamedTuple):
    """That a label is somebody: how sure, why, in which turn; `plain`: enough to be taken for the name."""

    label: str
    name: str
    sure: float
    why: str
    turn: int
    plain: bool = True


def named(source: Source) -> Source:
    """The source with names for labels that name nobody, where the talk gives them plainly, each with how sure it is
    and the words; they are told, and so is what may be a name but was not taken for one."""
    unknown = _unknown(source)
    if not unknown:
        return source
    claims = _own(source, unknown) + _answered(source, unknown)
    claims += _others(source, unknown, {c.label: c.name for c in claims if c.plain})
    claims += _voted(source, unknown - {c.label for c in claims if c.plain})
    claims += _left_over(source, unknown, {c.label: c.name for c in claims if c.plain})
    taken, left = _settled(source, claims)
    if not taken and not left:
        return source
    may = {c.label: c for c in reversed(left)}
    turns = tuple(_called(t, taken.get(t.label), may.get(t.label)) for t in source.turns)
    told = [_taken(c) for c in taken.values()] + [_left(c) for c in left]
    return msgspec.structs.replace(source, turns=turns, warnings=(*source.warnings, *told))


def _called(turn: Turn, claim: Claim | None, may: Claim | None) -> Turn:
    if claim is None:
        return msgspec.structs.replace(turn, maybe=may.name, why=may.why) if may else turn
    return msgspec.structs.replace(turn, name=claim.name, sure=claim.sure, why=claim.why)


def _taken(claim: Claim) -> Warning:
    what = f"{claim.label} is held to be {claim.name}: {claim.why}"
    return Warning(what, f"turn {claim.turn + 1}", "If that is wrong, say who it is under [speakers] in the sidecar.")


def _left(claim: Claim) -> Warning:
    what = f"{claim.label} may be {claim.name}, and stays unnamed: {claim.why}"
    return Warning(what, f"turn {claim.turn + 1}", "If that is right, say so under [speakers] in the sidecar.")


def _unknown(source: Source) -> set[str]:
    """The labels that name nobody and stand for one speaker."""
    if source.kind != "transcript":
        return set()
    given = {t.label for t in source.turns if t.label and not t.name} - source.labels.keys()
    return {label for label in given if generic(label) and not SEVERAL.intersection(bare(label))}


def _own(source: Source, unknown: set[str]) -> list[Claim]:
    """What people say that their own name is."""
    found: list[Claim] = []
    count: dict[str, int] = {}
    for i, turn in enumerate(source.turns):
        if turn.label not in unknown:
            continue
        count[turn.label] = count.get(turn.label, 0) + 1
        said = spoken(source, turn)[:LONGEST]
        early = i < EARLY and count[turn.label] <= FIRST
        for match in _selves(said, early):
            name = plain(match["name"])
            if not name or _reported(said, match.start()):
                continue
            why = f"says “{match.group().strip(' .?!')}”"
            if full(name):
                found.append(Claim(turn.label, name, SELF, why, i, early))
            elif early and _hosts(said, match, i) and calling.proper(source, name):
                found.append(Claim(turn.label, name, ONE, why, i))
    return found


def _selves(said: str, early: bool) -> list[re.Match[str]]:
    """Where somebody says their own name; in more ways in their first turns."""
    found = [*_I.finditer(said), *_THIS.finditer(said)]
    return [*found, *(m for p in (_OPENS, _MYSELF) if early and (m := p.search(said)))]


def _hosts(said: str, match: re.Match[str], turn: int) -> bool:
    """Whether a first name that somebody says is theirs is a host's, who leads the talk."""
    if match.re is _OPENS:
        return turn == 0
    return match.re is _I and _SHOW.search(said.replace(match.group(), " ")) is not None


def _answered(source: Source, unknown: set[str]) -> list[Claim]:
    """The full names that people give who are asked for theirs."""
    found: list[Claim] = []
    for i, (turn, answer) in enumerate(zip(source.turns[:EARLY], source.turns[1 : EARLY + 1], strict=False)):
        if answer.label == turn.label or answer.label not in unknown or not _ASKED.search(_last(spoken(source, turn))):
            continue
        match = _GIVEN.match(spoken(source, answer)[:LONGEST])
        name = plain(match["name"]) if match else ""
        if match and full(name):
            found.append(Claim(answer.label, name, SELF, f"is asked, and says “{match.group().strip(' ,.;')}”", i + 1))
    return found


def _voted(source: Source, unknown: set[str]) -> list[Claim]:
    """Who answers whenever somebody is called by a name, through the whole talk."""
    made: list[Claim] = []
    for label, name, calls in calling.called(source, unknown):
        words = "”, “".join(" ".join(c.words.split())[:80] for c in calls[:3])
        made.append(Claim(label, name, OTHER, f"answers {len(calls)} times to that name: “{words}”", calls[0].turn + 1))
    return made


def _left_over(source: Source, unknown: set[str], own: dict[str, str]) -> list[Claim]:
    """The other one of two who speak, where the file is named for somebody whom the talk names in full, and the first
    of the two has another name."""
    labels = list(dict.fromkeys(t.label for t in source.turns))
    names = {t.label: own.get(t.label) or t.name or source.labels.get(t.label, "") for t in source.turns}
    filed = next(iter(_filed(source).values()), "")
    if len(labels) != 2 or not filed or filed not in source.text or min(_counts(source).values()) < FIRST:
        return []
    free = [label for label in labels if label in unknown and not names[label]]
    other = next((names[label] for label in labels if label not in free), "")
    if len(free) != 1 or not full(other) or key(other) == key(filed):
        return []
    return [Claim(free[0], filed, ALONE, f"speaks with {other}, and the file is named for {filed}", 0)]


def _reported(said: str, at: int) -> bool:
    """Whether what begins at `at` is told as somebody's words, or in a clause that is not its own."""
    before = said[max(0, at - 40) : at].rstrip()
    words = re.findall(r"[\w'’]+", before)
    ends = before[-1:] in ".?!" or not before
    return (before[-1:] in '“"‘' and bool(before)) or (not ends and bool(words) and words[-1].casefold() in _SAID)


def _others(source: Source, unknown: set[str], own: dict[str, str]) -> list[Claim]:
    """Whom somebody introduces or welcomes, and who then answers."""
    found: list[Claim] = []
    above = head.read(head.head(source), []).people
    # First name -> full name of those who were introduced so far; a surname, too, of whom the file is named for.
    told = _filed(source) | {n.split()[0]: n for n in above if full(n)}
    main = sum(1 for n in _counts(source).values() if n >= FIRST)
    for i, (turn, answer) in enumerate(zip(source.turns[:EARLY], source.turns[1 : EARLY + 1], strict=False)):
        said = spoken(source, turn)[:LONGEST]
        new = [(n, words) for n, words in _presented(said) if n != own.get(turn.label) and n != turn.name]
        told |= {n.split()[0]: n for n, _ in new if full(n)}
        if answer.label == turn.label or answer.label not in unknown:
            continue
        greeted = _addressed(said, told)
        if greeted and (full(greeted[0]) or calling.proper(source, greeted[0])):
            name, words, sure = greeted
            found.append(Claim(answer.label, name, sure, _answers(turn.label, words), i + 1))
        elif len(new) == 1 and full(new[0][0]) and main <= 2:
            found.append(Claim(answer.label, new[0][0], OTHER, _answers(turn.label, new[0][1]), i + 1))
    return [c for c in found if c.label not in own]


def _filed(source: Source) -> dict[str, str]:
    """First name and surname -> the full name that the file bears, where both stand in the talk as names only."""
    stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = [w.capitalize() for w in re.split(r"[\W_]+", stem) if w]
    if len(words) != 2 or not all(
        calling.proper(source, w) and re.search(rf"\b{re.escape(w)}\b", source.text) for w in words
    ):
        return {}
    return dict.fromkeys(words, " ".join(words))


def _answers(label: str, words: str) -> str:
    return f"answers {label or 'one'} who says “{' '.join(words.strip(' ,.?!').split())}”"


def _counts(source: Source) -> dict[str, int]:
    counts: dict[str, int] = {}
    for turn in source.turns:
        counts[turn.label] = counts.get(turn.label, 0) + 1
    return counts


def _presented(said: str) -> list[tuple[str, str]]:
    """The names of those whom a turn introduces, with the words."""
    found: list[tuple[str, str]] = []
    for match in _WITH.finditer(said):
        found.append((plain(match["name"]), match.group()))
        more = _MORE.match(said, match.end())
        if more:
            found.append((plain(more["name"]), more.group()))
    return [(name, words) for name, words in dict(found).items() if name]


def _last(said: str) -> str:
    """The last two sentences of a turn."""
    return " ".join(re.split(r"(?<=[.?!])\s+", said)[-2:])


def _addressed(said: str, told: dict[str, str]) -> tuple[str, str, float] | None:
    """Whom the end of a turn speaks to: by a first name that was introduced, or with a greeting."""
    end = _last(said)
    for pattern in (*_GREETED, *_CALLED):
        for match in pattern.finditer(end):
            first = match["name"]
            if first in told and bool(match["title"]) == (told[first].split()[0] != first):
                return told[first], match.group(), OTHER
            if pattern in _GREETED and not match["title"] and first.casefold() not in NOBODY and plain(first):
                return plain(first), match.group(), ALONE
    return None


def _settled(source: Source, claims: list[Claim]) -> tuple[dict[str, Claim], list[Claim]]:
    """The claims that hold, by label, and those to be told only: where two contradict each other, or the one who is
    said to have a name calls somebody else by it."""
    best: dict[str, Claim] = {}
    left: list[Claim] = []
    for claim in sorted((c for c in claims if c.plain), key=lambda c: -c.sure):
        other = best.get(claim.label)
        if other is None and not _calls(source, claim):
            best[claim.label] = claim
        elif other is None or (other.sure == claim.sure and not _same(other.name, claim.name)):
            left.append(claim)
    doubted = {c.label for c in left}
    names = [key(c.name) for c in best.values()] + [key(n) for n in {t.label: t.name for t in source.turns}.values()]
    taken = {k: c for k, c in best.items() if k not in doubted and names.count(key(c.name)) == 1}
    left += [c for k, c in best.items() if k not in taken]
    late = [c for c in claims if not c.plain and c.label not in taken and c.label not in doubted]
    return taken, left + list({c.label: c for c in reversed(late)}.values())


def _same(a: str, b: str) -> bool:
    """Whether one name may be the other's first name."""
    return key(a) == key(b) or (a.split()[0] == b.split()[0] and not (full(a) and full(b)))


def _calls(source: Source, claim: Claim) -> bool:
    """Whether somebody calls another by the name that is claimed to be theirs."""
    first = re.escape(claim.name.split()[0])
    call = re.compile(rf",[ \t]+{first}[.?!]|(?:\A|[.?!][ \t]+){first},[ \t]+(?:you|do|did|what|how|were|welcome)\b")
    return any(t.label == claim.label and call.search(spoken(source, t)[:LONGEST]) for t in source.turns)
