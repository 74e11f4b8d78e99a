"""What people say of themselves and to one another's face: "I was a dolly grip", "You played Dr Y", "I married Y"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from vivavoce.model import Source, Turn
from vivavoce.people import parts, told
from vivavoce.people.figures import Draft
from vivavoce.people.lexicon import first_names, words
from vivavoce.people.names import Name
from vivavoce.people.roles import ARTICLES, BEFORE_TITLE, Shown, Tense, trade, whole_job
from vivavoce.people.scan import Scan

THEN = {"i": frozenset(["was", "became"]), "you": frozenset(["were", "became"])}
NOW = {"i": frozenset(["am", "'m"]), "you": frozenset(["are", "'re"])}
WORKED = frozenset(["worked", "started", "began", "served", "trained"])
UNREAL = frozenset(
    ["if", "wish", "wished", "thought", "think", "imagine", "pretend", "like", "not", "never", "hope", "says"]
)
OPENS = frozenset(
    [",", ";", ":", "and", "but", "so", "when", "because", "since", "while", "that", "—", "–", "-", "well"]
)
NO = frozenset(["no", "not", "never", "actually", "nope"])
MOST = 0.75
SPOUSES = frozenset(["husband", "wife"])
Told = tuple[Draft, Shown]
Titles = tuple[tuple[str, ...], ...]


class Voice(NamedTuple):
    """A turn as tokens: `me` speaks, `you` is spoken to (None where it is not clear)."""

    first: int
    last: int
    me: Draft
    you: Draft | None


def spoken(scan: Scan, source: Source, names: list[Name], drafts: list[Draft], works: Titles) -> list[Told]:
    """The roles that speakers tell of themselves and of whom they speak to."""
    begins = {n.lead: n for n in names}
    owner = {n.first: d for d in drafts for n in d.names}
    out: list[Told] = []
    for voice in voices(scan, source, drafts):
        you = voice.you
        for i in range(voice.first, voice.last):
            if i in begins and called_to(scan, begins[i]):
                you = owner.get(begins[i].first)
            word, verb = subject(scan, i)
            who = voice.me if word == "i" else you if word == "you" else None
            if who is not None and verb < voice.last and stated(scan, i, voice):
                out += [(who, s) for s in said_of(scan, word, verb, begins, i, works)]
            if scan.low[i] == "my":
                out += [(voice.me, s) for s in spouse(scan, i, begins)]
    return out


def called_to(scan: Scan, n: Name) -> bool:
    """Whether a naming calls to somebody: set off by commas, or by one at a sentence's edge."""
    if n.kind != "person" or n.last >= len(scan.word):
        return False
    opens = (
        n.lead == scan.sentences[scan.sentence[n.lead]] or scan.word[n.lead - 1] == "," or scan.low[n.lead - 1] == "and"
    )
    return opens and scan.word[n.last] == "," and scan.low[n.last + 1 : n.last + 2] != ["who"]


def voices(scan: Scan, source: Source, drafts: list[Draft]) -> Iterator[Voice]:
    """The turns of those whom a label names, with whom they speak to."""
    by_label = {label: d for d in drafts for label in d.labels}
    for number, turn in enumerate(source.turns):
        me = by_label.get(turn.label)
        if me is not None and turn.spans:
            first, last = bisect_left(scan.start, turn.spans[0][0]), bisect_left(scan.start, turn.spans[-1][1])
            yield Voice(first, last, me, spoken_to(scan, source, number, by_label, me))


def spoken_to(scan: Scan, source: Source, number: int, by_label: dict[str, Draft], me: Draft) -> Draft | None:
    """Who answers a turn, unless the answer begins with no, or it is somebody who asks as well."""
    if number + 1 >= len(source.turns) or not asked(source, number):
        return None
    after = source.turns[number + 1]
    you = by_label.get(after.label)
    if you is None or you is me or not after.spans:
        return None
    at = bisect_left(scan.start, after.spans[0][0])
    return None if NO & set(scan.low[at : at + 3]) else you


def asked(source: Source, number: int) -> bool:
    """Whether a turn is the interviewer's and nearly all answers are one's, or two only speak."""
    turns: tuple[Turn, ...] = source.turns
    answers = [t.label for t in turns if not t.asks]
    alone = answers.count(turns[number + 1].label) >= MOST * len(answers)
    return (alone and turns[number].asks) or len({t.label for t in turns}) == 2


def subject(scan: Scan, i: int) -> tuple[str, int]:
    """ "i" or "you" where token i is that subject, and the token of its verb: "I’m" is both."""
    low = scan.low[i]
    for word in ("i", "you"):
        if low == word:
            return word, i + 1
        if low.startswith(word + "'"):
            return word, i
    return "", i


def stated(scan: Scan, i: int, voice: Voice) -> bool:
    """Whether a clause that begins at token i states something: no question, no "if", no "I thought"."""
    a = max(voice.first, scan.sentences[scan.sentence[i]])
    b = scan.sentences[scan.sentence[i] + 1]
    if i > a and scan.low[i - 1] not in OPENS:
        return False
    if UNREAL & set(scan.low[a:i]):
        return False
    return scan.word[b - 1] != "?" or (
        i == a and scan.low[i + 1 : i + 3] == ["were", "the"]
    )  # "You were the driver, then?"


def said_of(scan: Scan, word: str, verb: int, begins: dict[int, Name], i: int, works: Titles) -> list[Shown]:
    """What the clause tells of its subject at token i."""
    if verb + 1 >= len(scan.low):
        return []
    low = scan.low[verb]
    if low in words("plays") and (as_part := part(scan, parts.part_after(scan, verb + 1, begins), i, played=True)):
        return as_part
    tense: Tense = "then" if low in THEN[word] else "now" if low in NOW[word] or low in ("i'm", "you're") else ""
    if low in ("i've", "you've", "have") and scan.low[verb + 1] == "been":
        verb, tense = verb + 1, "now"
    if tense:
        return part(scan, begins.get(verb + 1), i) or job(scan, verb + 1, i, tense)
    if low in WORKED and scan.low[verb + 1] == "as":
        return job(scan, verb + 2, i, "then")
    if low in ("married", "got"):
        return married(scan, verb, begins, i)
    title, end = told.made(scan, verb, works)
    return [Shown(i, "job", None, title, i, end)] if title else []


def part(scan: Scan, other: Name | None, i: int, played: bool = False) -> list[Shown]:
    """A part that somebody says to have had: "I was Nurse Y", "I played Y"."""
    if other is None or scan.low[other.last : other.last + 1] == ["'s"]:
        return []
    if not (parts.office(other) or (played and other.kind == "person")):
        return []
    return [Shown(i, "plays", other.first, "", i, other.last)]


def job(scan: Scan, first: int, i: int, when: Tense) -> list[Shown]:
    """A trade that somebody says to have: "a dolly grip", "props master on the show"; none that is only judged."""
    while first < len(scan.low) and (
        scan.low[first] in ARTICLES or scan.low[first] in BEFORE_TITLE or scan.low[first] in words("lesser")
    ):
        when = "now" if scan.low[first] == "now" else "then" if scan.low[first] == "then" else when
        first += 1
    here = Name(i, first, (), (), i)
    noun = trade(scan, first, here)
    if noun is None or not scan.word[noun][0].islower() or words("judged") & set(scan.low[first : noun + 1]):
        return []
    return [whole_job(scan, here, first, noun)._replace(when=when)]


def married(scan: Scan, verb: int, begins: dict[int, Name], i: int) -> list[Shown]:
    """ "I married Y", "I got married to Y", "I got married. Y, from sound.": with a first name and a surname."""
    at = verb + 1
    if scan.low[verb] == "got":
        if scan.low[at] != "married":
            return []
        at += 1
    at += scan.low[at : at + 1] in (["to"], ["."], [","])
    at += scan.low[at : at + 1] == ["to"]
    other = begins.get(at)
    if other is None or other.kind != "person" or not aside(scan, other):
        return []
    if len(other.words) < 2 and not (scan.low[verb] == "married" and other.words[0].lower() in first_names()):
        return []
    return [Shown(i, "married", other.first, "", i, other.last)]


def aside(scan: Scan, n: Name) -> bool:
    """Whether what follows a name goes on about it and is no verb of another sentence."""
    after = scan.word[n.last] if n.last < len(scan.word) else "."
    return after in ",.;!?—–-" or after in ("in", "and", "on", "at", "that", "who")


def spouse(scan: Scan, i: int, begins: dict[int, Name]) -> list[Shown]:
    """ "my husband, Y", "my wife Y", "It was Y. My husband!"."""
    if scan.low[i + 1 : i + 2] == [] or scan.low[i + 1] not in SPOUSES:
        return []
    before = next((begins[k] for k in (i - 2, i - 3) if k in begins and begins[k].last == i - 1), None)
    ends = scan.word[i + 2 : i + 3] in (["."], ["!"], [","]) and i == scan.sentences[scan.sentence[i]]
    if before is not None and ends and before.kind == "person":
        return [Shown(i, "married", before.first, "", before.first, i + 2)]
    other = begins.get(i + 2 + (scan.word[i + 2 : i + 3] == [","]))
    if other is None or other.kind != "person":
        return []
    return [Shown(i, "married", other.first, "", i, other.last)]
