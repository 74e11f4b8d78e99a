"""What is asked in a talk: whether it asks on, of what was told just now, or anew, of something else."""

from __future__ import annotations

import re

from vivavoce.accounts.answers import asked
from vivavoce.accounts.topics import opens
from vivavoce.accounts.words import sentences, stem, telling, weight, words
from vivavoce.model import Span

LONGEST_ON = 14  # words of a question that asks on
LONGEST_LEAD = 40  # words of a turn in which one who tells, too, leads on to something else
LEADS = re.compile(
    r"\b(?:tell (?:us|me|them) (?:all )?about|what about|how about|who (?:here )?remembers"
    r"|let['’]s (?:talk|go|come|get|do))\b"
    r"|^(?:Okay|OK|All right|Alright|Now|Next|Right),? (?:then, |so |to |on to |for )?(?:the|that|your|our)\b",
    re.I,
)
CALLS = re.compile(r"([A-Z][a-z]+), (?:[a-z]+ [a-z]+, )?(?:the|your|that|those) ")
ANEW = re.compile(r"(?:what|where|which|who|how|when|do|did|have|were|are) .*\byou\b", re.I)
ANEW_LEAST = 6  # words of a question that asks anew
POINTS = re.compile(r"\b(?:it|that|there|this|these|those|they|them|he|she|him|her|then)\b", re.I)
CLOSES = re.compile(
    r"\b(?:would you do it (?:all )?again|do you (?:ever )?miss|(?:do you|any) regret|looking back|"
    r"how did you (?:hear|learn|find out)|where were you when|(?:we['’]ll|let['’]s) (?:stop|leave it) there|"
    r"thank you (?:so much|very much|for your time))\b",
    re.I,
)
# A question of another of the kind, or of another time: "Had you done anything like it?", "And on the last day?".
ANOTHER = re.compile(
    r"\b(?:(?:the|any|see|seen|had|were there) others?\b|another one\b|anything like (?:that|it|this)\b"
    r"|(?:on|in|at) the (?:\w+ )?(?:last|first|second|third|next|other|final|great) "
    r"(?:day|night|morning|evening|week|one)\b|(?:last|second|third|next|other) time\b)",
    re.I,
)
# A question of what was told just now.
BACK = re.compile(r"(?:and |so |but )?(?:it|that|this|they|those|you|i|we)\b", re.I)
NEW = 0.9  # weight of the telling words of such a turn
POINTS_BACK = re.compile(r"\b(?:it|that|there|this|they|them)\b", re.I)


def asks_anew(turn: str) -> bool:
    """Whether a question asks of something else, though it names nothing rare: "What did you take home with you?",
    "Would you do it again?", "You had seen others go."."""
    last = [turn[a:b] for a, b in sentences(turn, 0, len(turn))][-1:]
    return any(CLOSES.search(q) or ANOTHER.search(q) or names_nothing(q) for q in last)


def names_nothing(question: str) -> bool:
    """Whether a question begins something new without a name for it: long enough, and pointing at nothing that was
    told."""
    return bool(ANEW.match(question) and not POINTS.search(question)) and len(question.split()) >= ANEW_LEAST


def leads_on(turn: str) -> bool:
    """Whether somebody who tells, too, leads on to something else: "Tell us about the flood.", "Okay, the medal.",
    "Tilda, the flood. Go.", or a question that names it."""
    if len(turn.split()) > LONGEST_LEAD:
        return False
    parts = [turn[a:b] for a, b in sentences(turn, 0, len(turn))]
    if any(LEADS.search(said) or calls(said) for said in parts):
        return True
    asks = [said for said in parts if said.endswith("?")]
    on = any(BACK.match(said) or asked(said).thing for said in asks)
    return bool(asks) and not on and sum(weight(stem(w)) for w, _, _ in words(turn) if telling(w)) >= NEW


def calls(said: str) -> bool:
    """Whether a sentence calls somebody to tell of something: "Tilda, the flood." """
    m = CALLS.match(said)
    return m is not None and telling(m[1].casefold())


def asks_on(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether a question asks how many, how long … of what was told just now: "How long did it stand there?"; not where
    it first names something else: "Let's go to the flood. How many of you were there?"."""
    said = " ".join(text[a:b] for a, b in spans)
    if len(said.split()) > LONGEST_ON or not (asked(said).thing and POINTS_BACK.search(said)):
        return False
    return not opens(" ".join(said[a:b] for a, b in sentences(said, 0, len(said))[:-1]))
