"""Who asks, where neither the file nor a sidecar tells it: told by how they talk, and only where that is plain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

import msgspec

from vivavoce.model import Source, Turn, Warning
from vivavoce.sources import head
from vivavoce.sources.labels import key
from vivavoce.sources.naming import NAME, fits, full

FEWEST = 3  # turns of somebody who is looked at, and of theirs that ask
PLAIN = 0.5  # share of turns that ask, which is enough alone
HINTED = 0.3  # the same, where two other signs point at them
OTHERS = 0.25  # share of turns that ask of those who answer, at most
WORDS = 0.4  # share of all words that who asks says, at most
SHORTER = 0.6  # words in the middle turn of who asks, beside that of who answers

_REQUEST = re.compile(
    r"\b(?:tell (?:me|us)|talk (?:me|us) through|describe|explain|let['’]s (?:talk|start|begin|go|look|turn|move)"
    r"|let me ask|I(?:['’]d| would| want| wanted| have)(?: like)? to (?:ask|hear|know|talk|turn)|may I ask|can I ask"
    r"|what about|how about|say (?:your name|something)|walk (?:me|us) through|go on)\b",
    re.I,
)
_HOST = re.compile(
    r"\b(?:thank you|thanks) for\b|\bwith (?:me|us)\b|\bwelcome\b"
    r"|\b(?:I['’]m|I am|we['’]re) (?:here |sitting |talking |speaking |in [\w' ]{1,40}?)?with \w"
    r"|\bjoin(?:s|ed|ing)\b|\bmy guest\b|\bfor (?:the|this) (?:tape|record)",
    re.I,
)

# What somebody says who begins a recording: “This is Dana Reyes for the Harbour Trust, the ninth of May”.
_SLATE = re.compile(
    rf"\b[Tt]his is {NAME},? (?:for (?:the )?[^\W\d_a-z]|on behalf of|interviewing|recording|talking to"
    r"|speaking (?:to|with)|(?:in|at|from) [^.?!]{1,40}?,? (?:and )?(?:on the line|with me|I['’]m (?:with|here with)))"
)
SLATED = "begins the recording"


class Voice(NamedTuple):
    """How somebody talks: the words of each of their turns, and how many of the turns ask."""

    label: str
    words: list[int]
    asked: int

    @property
    def share(self) -> float:
        """Of the turns, those that ask."""
        return self.asked / len(self.words)


def heard(source: Source) -> Source:
    """The source with those marked who ask, by their questions, where nobody is known to; it is told, with the
    reason. Where in doubt, nobody asks."""
    if source.kind != "transcript" or source.interviewers or any(t.asks for t in source.turns):
        return source
    found = askers(source)
    if not found:
        return source
    turns = tuple(_marked(t, found) for t in source.turns)
    names = dict.fromkeys(t.name for t in turns if t.asks and t.name)
    warnings = [
        Warning(
            f"{_called(source, label)} is held to be the interviewer, whose words are no account: {why}",
            "",
            'If that is wrong, write interviewer = "…" with who it is, or interviewer = [] for nobody, in the sidecar.',
        )
        for label, why in found.items()
    ]
    return msgspec.structs.replace(
        source, turns=turns, interviewers=tuple(names), warnings=(*source.warnings, *warnings)
    )


def _marked(turn: Turn, found: dict[str, str]) -> Turn:
    why = found.get(turn.label)
    return msgspec.structs.replace(turn, asks=True, why="; ".join(filter(None, (turn.why, why)))) if why else turn


def _called(source: Source, label: str) -> str:
    name = next((t.name for t in source.turns if t.label == label), "")
    return label if not name or key(name) == key(label) else f"{label} ({name})"


def askers(source: Source) -> dict[str, str]:
    """The labels of those who plainly ask, with the reason; all others who talk much have to answer more and longer
    than they ask."""
    voices = [v for v in _voices(source) if v.label and len(v.words) >= FEWEST]
    if len(voices) < 2:
        return {}
    signs = {v.label: _signs(source, v.label, [o.label for o in voices]) for v in voices}
    whole = sum(sum(v.words) for v in voices)
    for v in voices:
        others = [n for o in voices if o is not v for n in o.words]
        if len(signs[v.label]) > 2 and SLATED in signs[v.label] and sum(v.words) <= WORDS * whole:
            return {v.label: _why(v, median(others), signs[v.label])}
    asking = [v for v in voices if v.asked >= FEWEST and v.share >= (HINTED if len(signs[v.label]) > 1 else PLAIN)]
    rest = [v for v in voices if v not in asking]
    if not asking or not rest or any(v.share > OTHERS for v in rest):
        return {}
    spoken = sum(sum(v.words) for v in asking)
    usual = median(n for v in rest for n in v.words)
    if spoken > WORDS * whole or any(median(v.words) > SHORTER * usual for v in asking):
        return {}
    return {v.label: _why(v, usual, signs[v.label]) for v in asking}


def _why(voice: Voice, usual: float, signs: list[str]) -> str:
    told = f"{voice.asked} of {len(voice.words)} turns ask, {median(voice.words):g} words to {usual:g} of who answers"
    return "; ".join((told, *signs))


def _voices(source: Source) -> list[Voice]:
    words: dict[str, list[int]] = {}
    asked: dict[str, int] = {}
    for turn in source.turns:
        said = spoken(source, turn)
        words.setdefault(turn.label, []).append(len(said.split()))
        asked[turn.label] = asked.get(turn.label, 0) + _asks(said)
    return [Voice(label, counts, asked[label]) for label, counts in words.items()]


def spoken(source: Source, turn: Turn) -> str:
    """The words of a turn in one line."""
    return " ".join(" ".join(source.text[a:b] for a, b in turn.spans).split())


def _asks(said: str) -> bool:
    """Whether a turn ends in a question, or asks to tell or to talk of something in its last words."""
    end = said.rstrip("*_”’\"') ")
    return end.endswith("?") or (_REQUEST.search(said[-200:]) is not None and len(said.split()) <= 60)


def _signs(source: Source, label: str, others: Iterable[str]) -> list[str]:
    """What else points at somebody as the one who asks."""
    mine = [t for t in source.turns if t.label == label]
    name = mine[0].name or label
    found: list[str] = []
    if source.turns[0].label == label:
        found.append("speaks first")
    if any(_HOST.search(spoken(source, t)) for t in (*mine[:2], mine[-1])):
        found.append("introduces or thanks the other")
    if _SLATE.search(spoken(source, mine[0])[:600]):
        found.append(SLATED)
    above = head.head(source)
    if any(fits(label, r) or fits(name, r) for r in head.recorders(above)):
        found.append("recorded it, by the head")
    if (told := _told(source, above, label, others)) and not _named(above, name):
        found.append(told)
    return found


def _told(source: Source, above: str, label: str, others: Iterable[str]) -> str:
    """That title, head or file name tell another one of those who talk as the one whom it is about."""
    file = re.sub(r"[\W_]+", " ", source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    for other in others:
        who = next((t.name for t in source.turns if t.label == other), "") or other
        if other != label and full(who) and (_named(file, who) or _named(above, who)):
            return "the title, head or file name tells the other"
    return ""


def _named(text: str, name: str) -> bool:
    words = re.sub(r"[^\w’-]+", " ", text)
    return f" {key(name)} " in f" {key(words)} "
