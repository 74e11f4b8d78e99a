"""Words as they are compared: cut from the text with their places, folded, stripped of common endings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from math import fsum
from typing import NamedTuple

from vivavoce.model import WORD, Mention

SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[—–-]?\s?[^\W_a-z]|\s*$)")


NO_DEEDS = frozenset(["did", "was", "were", "had", "been", "said", "told"])


class Lists(NamedTuple):
    """The word lists of words.toml: `common` is word -> how rare (0 to 6), the others are sets;
    `kinds` is kind -> its things."""

    common: dict[str, int]
    empty: frozenset[str]
    no_end: frozenset[str]
    about: frozenset[str]
    deny: frozenset[str]
    part: frozenset[str]
    vague: frozenset[str]
    plurals: frozenset[str]
    generic: frozenset[str]
    verbs: frozenset[str]
    kinds: dict[str, list[str]]


@cache
def lists() -> Lists:
    """The word lists, read once."""
    raw = tomllib.loads((files("vivavoce.accounts") / "words.toml").read_text("utf-8"))
    common: dict[str, int] = {}
    for classes in (raw["common"], raw["modern"]):
        for n, listed in sorted(classes.items()):
            for word in listed.split():
                common[word] = min(int(n), common.get(word, 9))
    kinds = {kind: listed.split() for kind, listed in raw["kinds"].items()}
    return Lists(common, kinds=kinds, **{name: frozenset(raw[name].split()) for name in Lists._fields[1:-1]})


@cache
def irregular() -> dict[str, str]:
    """Form of a verb that no ending shows -> the verb."""
    raw = tomllib.loads((files("vivavoce.accounts") / "words.toml").read_text("utf-8"))["irregular"].split()
    return dict(zip(raw[::2], raw[1::2], strict=True))


def several(name: str) -> dict[str, str]:
    """Stem of a word -> the first word of its line in a list of words.toml."""
    lines = tomllib.loads((files("vivavoce.accounts") / "words.toml").read_text("utf-8"))[name].splitlines()
    return {stem(w): line.split()[0] for line in lines for w in line.split()}


@cache
def fields() -> dict[str, tuple[str, ...]]:
    """Stem of a word -> the fields that it is of: the first words of those lines of words.toml on which the words of
    one kind of event or thing stand: "wedding", "bride" and "married" are of one."""
    lines = tomllib.loads((files("vivavoce.accounts") / "words.toml").read_text("utf-8"))["fields"].splitlines()
    rows = [(stem(w), line.split()[0]) for line in lines for w in line.split()]
    found: dict[str, dict[str, None]] = {}
    for s, field in rows:
        found.setdefault(s, {})[field] = None
    return {s: tuple(those) for s, those in found.items()}


@cache
def same_deeds() -> dict[str, str]:
    """Stem of a verb -> the first of the verbs that are said of one deed."""
    return several("same_deed")


@cache
def synonyms() -> dict[str, str]:
    """Stem of a noun or a verb -> the stem of the first of those that are said of the same thing or deed."""
    return {s: stem(first) for s, first in (several("same") | same_deeds()).items()}


def one_verb(stemmed: str) -> str:
    """A verb's stem, of verbs that are said of one deed the first."""
    return synonyms().get(stemmed, stemmed)


@cache
def rareness() -> dict[str, int]:
    """Stem -> how rare the commonest of its words is, 0 to 6."""
    found: dict[str, int] = {}
    for word, n in lists().common.items():
        found[stem(word)] = min(n, found.get(stem(word), 9))
    return found


@lru_cache(maxsize=65536)
def weight(stemmed: str) -> float:
    """How much a stem tells by itself, from 0 (in every sentence) to 1 (rare in any text)."""
    return float(((rareness().get(stemmed, 7) + 1) / 8) ** 1.5)


def rarity(word: str) -> float:
    """The same of a folded word as it stands: "takes" is rarer than "take"."""
    return float(((lists().common.get(word, 7) + 1) / 8) ** 1.5)


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a text, folded, with its start and end; the possessive ending is left off."""
    for found in WORD.finditer(text):
        word = found.group().casefold().replace("’", "'")
        bare = word[:-2] if word.endswith("'s") else word
        yield bare, found.start(), found.start() + len(bare)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its commonest endings: "takes" and "take", "kissing" and "kissed", "shot" and "shoot" are one."""
    word = irregular().get(word, word)
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", "")):
        least = 2 if put == "y" else 3
        if word.endswith(ending) and len(word) - len(ending) >= least and not (ending == "s" and word[-2] in "su"):
            word = word[: -len(ending)] + put
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def akin(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of what the shorter of two sentences tells the other tells, too, 0 to 1; 1 where one tells nothing else.
    `a`, `b`: their telling stems."""
    least = min(fsum(weight(s) for s in x) for x in (a, b))
    return fsum(weight(s) for s in a & b) / least if least else 1.0


SCENE_PART = 0.15


def one_scene(a: frozenset[str], b: frozenset[str], least: float) -> bool:
    """Whether two who tell share words of some weight at least; where one tells little, a fifth of what it tells.
    `a`, `b`: the telling stems of each."""
    shared = fsum(weight(s) for s in a & b)
    return shared >= least or shared >= SCENE_PART * min(fsum(weight(s) for s in x) for x in (a, b)) > 0


def deeds(text: str) -> frozenset[str]:
    """The stems of the words of a text that look like verbs in the past: "lit", "had been loaded"."""
    past = (w for w, _, _ in words(text) if w in lists().verbs or w in irregular() or (len(w) > 4 and w.endswith("ed")))
    return frozenset(stem(w) for w in past if w not in NO_DEEDS)


def another_deed(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences tell of two deeds: both have such verbs, and none in common."""
    return bool(a and b) and not a & b


def telling(word: str) -> bool:
    """Whether a folded word says something of what is told."""
    return len(word) > 2 and word not in lists().empty and "'" not in word and not word.isdigit()


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end], as spans of the text without the white space around."""
    found: list[tuple[int, int]] = []
    begin = start
    for stop in SENTENCE_END.finditer(text, start, end):
        before = WORD.findall(text[max(begin, stop.start() - 12) : stop.start()])
        if before and before[-1].casefold() in lists().no_end:
            continue
        found.append(trim(text, begin, stop.end()))
        begin = stop.end()
    found.append(trim(text, begin, end))
    return [s for s in found if s[0] < s[1]]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def mention(text: str, start: int, end: int) -> Mention:
    """A stretch of a text as a mention."""
    return Mention(start, end, text[start:end])
