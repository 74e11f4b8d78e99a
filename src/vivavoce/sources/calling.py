"""Whom people call by name in a talk, and who answers each time: somebody whom several turns call Nell, and who is the
one to answer them all, is Nell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from vivavoce.model import Source
from vivavoce.sources.asking import spoken
from vivavoce.sources.naming import NAME, NOBODY, full, plain

LEAST = 2  # calls that one who answers is named by
TIMES = 3  # as often as anybody else, at least
LONGEST = 4000  # code points of a turn that are looked at
AFTER = 2  # sentences at the end of a turn in which it calls whoever answers
STEM = 3  # letters that two spellings of a first name have in common, at least: Pru and Prue
_END = re.compile(r"(?:ie|ey|[yieh])\Z")

_FIRST = r"[^\W\d_a-z][\w’-]{1,30}"
_AT_END = re.compile(rf",[ \t]+(?P<name>{_FIRST})[.?!][”’\"]?\Z")
_ASKS = (
    r"(?:you|your|do|did|does|don['’]t|what|how|were|was|when|where|who|why|which|tell|any|is|are|can|could|would|will"
    r"|have|had|has|let|if|in|at|welcome|hello|good|thank|thanks|go|take|remind|give|describe)\b"
)
_AT_START = re.compile(rf"\A(?:(?:And|So|But|Now|Well|Okay|OK|Right),?[ \t]+)?(?P<name>{NAME}),[ \t]+(?={_ASKS})")
_ALONE = re.compile(rf"\A(?P<name>{NAME})[.!]\Z")
_SHOWN = re.compile(
    r"\b(?:(?:[Oo]n|[Tt]o) my (?:far )?(?:left|right)|(?:[Bb]eside|[Nn]ext to|[Oo]pposite|[Bb]ehind) me|[Oo]n the line"
    r"|[Ww]ith (?:me|us)|[Ii]n the (?:studio|room|chair)|[Dd]own the line|[Aa]cross the table)\b[^.?!]{0,60}?"
    rf"\b(?:is|are|sits|we have|we['’]ve got|I have|I['’]ve got)[ \t]+(?P<name>{NAME})"
)


class Call(NamedTuple):
    """That a turn calls somebody by a name, the label that answers, the words, and the full name that stands beside."""

    name: str
    label: str
    words: str
    turn: int
    whole: str = ""


def called(source: Source, unknown: set[str]) -> Iterator[tuple[str, str, list[Call]]]:
    """Each unknown label with the name that it is called by and answers to, and the calls: two or more, nearly all
    that call so, and by no other name nearly as often."""
    calls = _spelt(_proper(source, list({(c.label, c.words): c for c in _calls(source)}.values())))
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    for call in calls:
        answers[call.name][call.label] += 1
    for label in sorted(unknown):
        ranked = Counter({name: found[label] for name, found in answers.items() if found[label]}).most_common(2)
        if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[1][1] * TIMES > ranked[0][1]):
            continue
        name, votes = ranked[0]
        own = [c for c in calls if c.label == label and c.name == name]
        others = answers[name].total() - votes
        if others * TIMES <= votes and not any(_calls_other(source, label, c.whole) for c in own):
            yield label, _fullest(own), own


def _calls(source: Source) -> Iterator[Call]:
    """All calls at the end of turns that somebody else answers."""
    for i, (turn, answer) in enumerate(zip(source.turns, source.turns[1:], strict=False)):
        if answer.label != turn.label:
            said = spoken(source, turn)[-LONGEST:]
            for name, whole, words in _names(re.split(r"(?<=[.?!])\s+", said)):
                yield Call(name.split()[0], answer.label, words, i, whole)


def _names(sentences: list[str]) -> Iterator[tuple[str, str, str]]:
    """The names that the last sentences of a turn call, or present to be answered, with the full name and the words."""
    last = sentences[-AFTER:]
    for n, sentence in enumerate(last):
        found = _AT_START.match(sentence) or (_AT_END.search(sentence) if n == len(last) - 1 else None)
        if found and (name := _person(found["name"])):
            yield name, name, sentence
    alone = _ALONE.match(sentences[-1]) if sentences else None
    shown = next((s for sentence in sentences[-AFTER - 1 :] if (s := _SHOWN.search(sentence))), None)
    if shown and (name := _person(shown["name"])):
        whole = _person(alone["name"]) if alone else ""
        yield name, whole if full(whole) and not full(name) and whole[0] == name[0] else name, shown.group()


def _person(words: str) -> str:
    """A name that somebody may be called by; "" for a word that anybody is."""
    name = plain(words)
    return "" if {w.casefold() for w in name.split()} & NOBODY else name


def _proper(source: Source, calls: list[Call]) -> list[Call]:
    """The calls by what is a name wherever it stands."""
    names = {c.name for c in calls}
    kept = {name for name in names if proper(source, name)}
    return [c for c in calls if c.name in kept]


def proper(source: Source, word: str) -> bool:
    """Whether a word that seems a first name never stands in small letters, as “secondly” does, sooner or later; one in
    -ly has to stand within a sentence, too, as “Sally” does."""
    if word.endswith("ly") and not re.search(rf"[^\W\d_A-Z][ \t,]+{re.escape(word)}\b", source.text):
        return False
    return not re.search(rf"\b{re.escape(word.lower())}\b", source.text)


def _spelt(calls: list[Call]) -> list[Call]:
    """The calls, with those first names in one spelling that differ in a last letter."""
    names = sorted({c.name for c in calls})
    one = {name: next(n for n in names if same(n, name)) for name in names}
    return [c._replace(name=one[c.name]) for c in calls]


def same(a: str, b: str) -> bool:
    """Whether two first names are one in two spellings: they differ in their last letters only, if at all."""
    one, other = (_END.sub("", name.casefold()) for name in (a, b))
    return one == other and len(one) >= STEM


def _calls_other(source: Source, label: str, name: str) -> bool:
    """Whether a label itself calls somebody else by a name."""
    first = re.escape(name.split()[0])
    call = re.compile(rf",[ \t]+{first}[.?!]|(?:\A|[.?!][ \t]+){first},[ \t]+{_ASKS}")
    return any(t.label == label and call.search(spoken(source, t)[:LONGEST]) for t in source.turns)


def _fullest(own: list[Call]) -> str:
    """The fullest of the names of some calls, the most used of equals."""
    used = Counter(c.whole for c in own)
    return max(used, key=lambda name: (full(name), used[name]))
