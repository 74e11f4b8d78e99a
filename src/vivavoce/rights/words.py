"""Which words stand in withheld text only: none of them may be left in a title, a name or a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from vivavoce.model import WITHHELD, Span

_TOKEN = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]+")


class Secret(NamedTuple):
    """`words`: those that stand in withheld text and nowhere in public; `hidden`, `public`: all words, in order,
    each between spaces, to look for phrases in."""

    words: frozenset[str]
    hidden: str
    public: str


def tokens(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    text = text.replace(WITHHELD, " ")
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _TOKEN.findall(text.casefold())


def spaced(text: str) -> str:
    """The words of a text, each between spaces."""
    return f" {' '.join(tokens(text))} "


def widened(text: str, hidden: tuple[Span, ...]) -> list[str]:
    """The hidden stretches of a text, each with the rest of words that it begins or ends in."""
    found: list[str] = []
    for start, end in hidden:
        while start and (text[start - 1].isalnum()):
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        found.append(text[start:end])
    return found


def secret(withheld: Iterable[str], public: Iterable[str]) -> Secret:
    """What is secret, from all withheld and all public text."""
    hidden = "".join(map(spaced, withheld))
    return less(Secret(frozenset(hidden.split()), hidden, ""), public)


def less(told: Secret, public: Iterable[str]) -> Secret:
    """What is still secret when more text is public."""
    words, seen = set(told.words), [told.public]
    for text in public:
        found = tokens(text)
        words.difference_update(found)
        seen.append(f" {' '.join(found)} ")
    return Secret(frozenset(words), told.hidden, "".join(seen))


def tells(text: str, secret: Secret) -> bool:
    """Whether a text holds a word that stands in withheld text only."""
    return not secret.words.isdisjoint(tokens(text))


def echoes(text: str, secret: Secret) -> bool:
    """Whether a text tells a secret word, or is as a whole a phrase of withheld text and not of public text."""
    phrase = spaced(text)
    return tells(text, secret) or (bool(phrase.strip()) and phrase in secret.hidden and phrase not in secret.public)
