"""Names in running words: where one begins and ends, its initials, and which label can stand for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vivavoce.sources.labels import PROSE, asks, generic, key, named_like, person, wordset

TITLES = wordset(
    "mr mrs ms miss mx dr doctor prof professor sir dame rev reverend father sister brother captain"
    " capt sergeant sgt lieutenant lt colonel col major maj chief councillor judge nurse officer herr"
    " frau st"
)
# A word with a capital, an initial or a title with its stop; up to five of them, with particles between.
_WORD = r"(?:(?:[MD]rs?|Ms|Prof|Capt|Sgt|Lt|Col|Maj|Rev|St|[^\W\d_a-z])\.|[^\W\d_a-z][\w'’-]{0,30})"
NAME = rf"{_WORD}(?:[ \t](?:(?:de|la|del|van|von|der|den|da|di|dos|le|bin|al)[ \t]){{0,2}}{_WORD}){{0,4}}"
_BEARER = re.compile(r"['’]s\b.*", re.S)
# What begins a sentence or is said to anybody, and is nobody's first name.
NOBODY = PROSE | TITLES | wordset(
    "okay yeah yes right well great good sure thanks thank welcome hi hello hey everybody everyone"
    " folks guys man ladies gentlemen maam ma'am boss cap mum mom dad dear love mate please sorry"
    " today tonight i i'm i've oh interview interviewer interviewed recorded"
)  # fmt: skip


def plain(words: str) -> str:
    """A name as it is told, without a title before it and without “'s”; "" for what is none."""
    parts = _BEARER.sub("", " ".join(words.split())).split()
    while parts and parts[0].strip(".").casefold() in TITLES:
        parts.pop(0)
    if not parts or parts[0].casefold() in NOBODY or not named_like(parts):
        return ""
    return person(" ".join(parts))


def full(name: str) -> bool:
    """Whether a name has a first name and a surname."""
    return len(name.split()) > 1


def initials(name: str) -> str:
    """The first letters of a name's words, in small letters."""
    return "".join(w[0] for w in re.split(r"[\s-]+", name.casefold()) if w)


def fits(label: str, name: str) -> bool:
    """Whether a label can stand for a full name: the name itself, its initials, its surname or first name, or the
    surname with an initial before it."""
    short, words = key(label).replace(".", ""), name.casefold().split()
    if not words:
        return False
    letters = {initials(name), "".join(w[0] for w in words), words[0][0] + words[-1][0]}
    if short == name.casefold() or short in (words[0], words[-1]) or short.replace(" ", "") in letters:
        return True
    own, other = short.split(), [w.strip(".") for w in words]
    one_is_initial = len(own) > 1 and len(other) > 1 and 1 in (len(own[0]), len(other[0]))
    return one_is_initial and own[-1] == other[-1] and own[0][0] == other[0][0]


def meant(label: str, names: Iterable[str], others: Sequence[str] = ()) -> str:
    """The one of some full names that a label of one word stands for; "" where none or several do, or where it may
    as well be the name of another of the labels `others`."""
    if generic(label) or asks(label) or full(person(label)):
        return ""
    found = [name for name in dict.fromkeys(names) if fits(label, name)]
    if len(found) != 1 or any(o != label and key(o) == found[0].casefold() for o in others):
        return ""
    return found[0]
