"""How sure an attribution is: the evidence as a few signs, weighed to the probability that the person is right.

The signs are what the rules saw: how the speaker was found, how the person is meant, who else might be. Their weights
(logistic regression, fitted by `make train` on annotated documents, see weights/CARD.md) are data: calibration.toml.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from vivavoce.people.dialogue import called
from vivavoce.people.lexicon import words
from vivavoce.people.pronouns import GENDER, Guess
from vivavoce.people.tags import ADDRESS, KIN, Found, Frame, Stage

Signs = dict[str, float]
REACH = 60
AWAY = 6
# What the training data hold too seldom to be weighed, and what experience says of it.
CAPS = {"nobody's surname": 0.89, "part between": 0.6, "character": 0.3, "addressed": 0.5, "found goes on": 0.89}
CAPS |= {"meant the one who tells": 0.89}  # whose name is mostly gathered from what others call them
CAPS |= {"meant a surname that several share": 0.55}
ANYBODY = frozenset(noun for nouns in ADDRESS.values() for noun in nouns)
# Ways of finding the speaker that are as good as one another, so that the seldom ones have a weight.
HOW = {
    **dict.fromkeys(
        ["cue", "owner", "by its label", "named after a dash", "verb between the parts of the quotation"], "tag"
    ),
    **dict.fromkeys(["verb after the quotation", "verb before the quotation", "introduced with a colon"], "near tag"),
    **dict.fromkeys(
        ["acts right after", "subject of the words right before", "subject of the sentence before"], "beat"
    ),
    **dict.fromkeys(["spoke in the sentence before"], "beat"),
    **dict.fromkeys(["the other one's turn", "addressed in the quotation before"], "turn"),
    "goes on from the quotation before": "goes on",
    "goes on from the paragraph before": "paragraph before",
}
PLAIN = frozenset(["said", "says", "say", "asked", "asks", "told", "tells", "added", "adds", "replied", "answered"])
ARTICLES = frozenset(
    ["the", "a", "an", "this", "that", "another", "his", "her", "my", "their", "young", "old", "little"]
)


def confidence(signs: Signs, engine: str) -> float:
    """The probability that the person is right, by the signs of an engine's attribution; three places."""
    table = weights(engine)
    total = sum(table.get(name, 0.0) * value for name, value in signs.items())
    most = min((cap for name, cap in CAPS.items() if name in signs), default=1.0)
    return min(most, round(1.0 / (1.0 + exp(-max(-30.0, min(30.0, total)))), 3))


@lru_cache(maxsize=4)
def weights(engine: str) -> dict[str, float]:
    """The weight of each sign for an engine, from calibration.toml."""
    text = files(__package__).joinpath("calibration.toml").read_text("utf-8")
    return {str(k): float(v) for k, v in tomllib.loads(text)[engine].items()}


class Text(NamedTuple):
    """What a whole text tells of its attributions: whether its quotations are a dialogue (`talk`), and the shares of
    them whose speaker is told by a name (`named`), or by a noun or pronoun that nobody is known by (`unknown`); whether
    it tells a story, in which names and pronouns are less sure."""

    talk: bool
    named: float
    unknown: float
    story: bool


def text(s: Stage, talk: bool, said: Iterable[tuple[Found | None, Guess]]) -> Text:
    """The text's own signs, from all its attributions."""
    found = [(f, g) for f, g in said if f is not None]
    named = sum(f.last - 1 in s.figure_at for f, _ in found)
    unknown = sum(g.figure is None for _, g in found)
    return Text(talk, (named + 1) / (len(found) + 2), (unknown + 1) / (len(found) + 2), s.story)


def signs(s: Stage, f: Frame, found: Found, guess: Guess, whole: Text) -> Signs:
    """The signs of an attribution whose person is told: name -> value between 0 and 1."""
    talk = whole.talk
    how, meant = HOW.get(kind(found.why), kind(found.why)), kind(guess.why)
    out: Signs = {"always": 1.0, f"found {how}": 1.0, f"meant {meant}": 1.0, "score": found.sure * guess.score}
    out[f"kind {f.quote.kind}"] = 1.0
    out["talk"] = float(talk)
    out["text named"] = whole.named
    out["text unknown"] = whole.unknown
    if meant != "named":
        out["text named, not here"] = whole.named
        out["text unknown, not named"] = whole.unknown
    out["headline"] = float(f.quote.block in ("headline", "dek", "caption"))
    if talk:
        out[f"talk {meant}"] = 1.0
    if whole.story:
        out |= {"story": 1.0, f"story {meant}": 1.0, f"story, found {how}": 1.0}
    if found.verb is not None:
        out["plain verb"] = float(s.scan.low[found.verb] in PLAIN)
    if guess.figure is not None:
        out |= figure_signs(s, f, found, guess.figure)
        if meant != "named":
            out |= doubts(s, guess.figure)
        if found.first < len(s.scan.low) and s.scan.low[found.first] in GENDER:
            out |= pronoun_signs(s, found.first, guess)
    return {name: value if value == 1.0 else round(value, 4) for name, value in out.items() if value}


def kind(why: str) -> str:
    """A reason without the words of the text: “subject of “said”” is “cue”."""
    before, marks, after = why.partition("“")
    if not marks:
        return why
    if before in ("subject of ", "whose "):
        return "cue" if before == "subject of " else "owner"
    noun = after.partition("”")[0].rsplit(" ", 1)[-1]
    return "role nearest" if why.endswith("nearest") else "anybody" if noun in ANYBODY or noun in KIN else "role"


def figure_signs(s: Stage, f: Frame, found: Found, number: int) -> Signs:
    """What is known of the figure: how often it is named and speaks, whether others share its name."""
    mention = found.last - found.first
    return {
        "shared surname": float(s.family[number] > 1 and not full_name(s, found)),
        "nobody's surname": float(not full_name(s, found) and s.divided[number]),
        "organisation": float(s.kinds[number] in ("organisation", "group")),
        "label": float(s.kinds[number] == "label"),
        "character": float(s.kinds[number] == "character"),
        "short mention": float(mention == 1),
        "addressed": float(number in called(s, f)),
        "without gender": float(not s.genders[number] and s.kinds[number] == "person"),
    }


def doubts(s: Stage, number: int) -> Signs:
    """What makes doubt whether somebody who is not named here is meant."""
    named = sum(e.figure == number for e in s.events)
    return {
        "named once": float(named == 1),
        "never named outside": float(not named),
        "no speaker": float(s.speaks[number] <= 0.7),
    }


def full_name(s: Stage, found: Found) -> bool:
    """Whether the mention is a name of two words or more, not a surname alone nor one with a title."""
    name = s.ground.ends.get(found.last - 1)
    return name is not None and name.last - name.first > 1


def pronoun_signs(s: Stage, i: int, guess: Guess) -> Signs:
    """What stands between the pronoun at token i and the last naming of the one it is held to mean."""
    seen, gender = s.scan, GENDER[s.scan.low[i]]
    at = bisect_left(s.events, (i,)) - 1
    lowest = max(0, at - REACH)
    others: set[int] = set()
    while at >= lowest and s.events[at].figure != guess.figure:
        if s.genders[s.events[at].figure] in ("", gender):
            others.add(s.events[at].figure)
        at -= 1
    if at < lowest:
        return {"pronoun": 1.0, "pronoun far": 1.0, "others between": min(1.0, len(others) / 3)}
    e = s.events[at]
    away = seen.sentence[i] - seen.sentence[e.token]
    near = near_others(s, i, gender, guess.figure)
    return {
        "pronoun": 1.0,
        "pronoun away": min(1.0, away / AWAY),
        "pronoun same sentence": float(away == 0),
        "pronoun same paragraph": float(seen.para[i] == seen.para[e.token]),
        "antecedent subject": float(e.subject),
        "others between": min(1.0, len(others) / 3),
        "others near": min(1.0, near / 3),
        "nobody else near": float(near == 0),
        "part between": float(part_between(s, e.token, i)),
        "somebody unnamed": float(unnamed(s, e.token, i, gender)),
        "rival": guess.rivals[0][1] if guess.rivals else 0.0,
        "alone": float(not guess.rivals),
    }


def part_between(s: Stage, first: int, i: int) -> bool:
    """Whether a part that somebody plays is named between: "he" may be the part."""
    return any(s.kinds[s.figure_at[k]] == "character" for k in s.named_within(max(first, i - 200), i))


def near_others(s: Stage, i: int, gender: str, figure: int | None) -> int:
    """How many others whom the pronoun fits are named in this paragraph and the three before."""
    at = bisect_left(s.events, (i,)) - 1
    found: set[int] = set()
    for e in reversed(s.events[max(0, at - REACH) : at + 1]):
        if s.scan.para[i] - s.scan.para[e.token] > 3:
            break
        if e.figure != figure and s.genders[e.figure] in ("", gender):
            found.add(e.figure)
    return len(found)


def unnamed(s: Stage, first: int, i: int, gender: str) -> bool:
    """Whether a noun for somebody of that gender stands between: "the old man", "a girl"."""
    seen, begin = s.scan, max(first + 1, i - 200)
    nouns = words("m_nouns") if gender == "m" else words("f_nouns")
    near = [k for k, low in enumerate(seen.low[begin:i], begin) if low in nouns]
    return any(not seen.inside[k] and seen.low[k - 1] in ARTICLES for k in near)
