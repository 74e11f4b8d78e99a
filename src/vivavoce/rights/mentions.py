"""Mentions of people's names in any text: whole, in part, in capitals, in addresses, run together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from vivavoce.model import WITHHELD, History, Person

_JOINERS = "\u00ad\u200b\u200c\u200d\u2060"
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_JOINERS}]|['’](?=[^\W\d_]))*")
_HUMP = re.compile(r"[^\W\d_a-z][^A-Z]*")
_GAP = re.compile(r"[\s.,\-–_’'“”\"·/&+%]{1,4}")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_UNSEEN = re.compile(rf"[\u0300-\u036f{_JOINERS}'’]")
_ENDINGS = ("", "s", "es", "ian", "ians", "esque")

NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """mr mrs ms mx miss dr sir dame lady lord captain capt professor prof father mother sister brother nurse aunt
        uncle reverend rev saint st jr sr ii iii iv the a an of and narrator interviewer speaker unknown""",
    )
)
"""Words within names that name nobody by themselves."""

CASELESS = 0.005
"""A text of whose letters fewer than this share are capitals has none that tell a name."""


class Mentioned(NamedTuple):
    """Where somebody is named, and what stands there instead ("": blacked out)."""

    start: int
    end: int
    to: str


class Disguise(NamedTuple):
    """What to look for. `wholes`: names of several words, folded, by their first word, with what stands for them;
    `parts`: single words ("": whose of several it is cannot be told); `kept`: names of others that begin with such a
    word; `small`: parts that are common words, and names with a capital only; `joined`: names run together."""

    wholes: dict[str, list[tuple[tuple[str, ...], str]]]
    parts: dict[str, str]
    kept: dict[str, list[tuple[str, ...]]]
    small: frozenset[str]
    joined: dict[str, str]


def disguise(called: Sequence[tuple[Person, str]], whole: History) -> Disguise:
    """What to look for of people, each with the name to show them under."""
    learnt = [_learnt(person, to) for person, to in called]
    wholes: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    parts: dict[str, str] = {}
    for one in learnt:
        for words, to in one.wholes.items():
            wholes.setdefault(words[0], []).append((words, to))
        for word, to in one.parts.items():
            parts[word] = to if parts.get(word, to) == to else ""
    firsts = {word for one in learnt for word in one.firsts}
    own = {p.id for p, _ in called}
    others = [n for p in whole.people if p.id not in own for n in (p.name, *p.aliases)]
    parts.update({word: "" for name in others for word in _names(name) if word in firsts})
    kept: dict[str, list[tuple[str, ...]]] = {}
    for words in (tuple(_names(n)) for n in others):
        family = any(w in parts and w not in firsts for w in words)
        if len(words) > 1 and not family and any(w in firsts for w in words):
            kept.setdefault(words[0], []).append(words)
    joined = {glued: to for one in learnt for glued, to in one.joined.items()}
    return Disguise(wholes, parts, kept, _small(parts, [s.text for s in whole.sources]), joined)


class _Learnt(NamedTuple):
    """What one person's names are made of, each with what stands for it; `firsts`: parts that others may have too."""

    wholes: dict[tuple[str, ...], str]
    parts: dict[str, str]
    joined: dict[str, str]
    firsts: set[str]


def _learnt(person: Person, to: str) -> _Learnt:
    """What is to be looked for of a person, fuller names first."""
    learnt = _Learnt({}, {}, {}, set())
    for name in sorted({person.name, *person.aliases, *(key for _, key in person.figures)}, key=lambda n: (-len(n), n)):
        found = [m.group() for m in _TOKEN.finditer(name) if fold(m.group()) not in NO_NAMES]
        # A label such as SPEAKER_00 names nobody, nor does "the night clerk"; who is written small throughout is named.
        if found and not any(c.isdigit() for c in name) and (found[-1][0].isupper() or name == person.name):
            _learn(found, to.split(), learnt)
    return learnt


def _learn(spoken: list[str], to: list[str], learnt: _Learnt) -> None:
    """Add the words of one name."""
    words = [fold(w) for w in spoken]
    if len(words) > 1:
        first, last = words[0], words[-1]
        learnt.wholes[tuple(words)] = " ".join(to)
        for glued in (first + last, last + first, "".join(words), first[:1] + last):
            learnt.joined[glued] = "".join(to)
        learnt.parts.setdefault(last, to[-1])
        for word, written in zip(words[:-1], spoken, strict=False):
            if len(word) > 1 and (not written.islower() or spoken[-1].islower()):
                learnt.parts.setdefault(word, to[0])
                learnt.firsts.add(word)
    elif len(words[0]) > 1 and not (spoken[0].isupper() and len(spoken[0]) <= 3):
        learnt.parts.setdefault(words[0], to[0])


def _names(name: str) -> list[str]:
    return [w for w in (fold(m.group()) for m in _TOKEN.finditer(name)) if w not in NO_NAMES]


def _small(parts: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Those parts of names that are written small as often as with a capital: words that are no name by themselves."""
    wanted = set(parts)
    large: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        if not caseless(text):
            for m in _TOKEN.finditer(text):
                word = fold(m.group())
                if word in wanted:
                    (small if m.group()[0].islower() else large)[word] += 1
    return frozenset(w for w in wanted if small[w] and small[w] >= large[w])


def caseless(text: str) -> bool:
    """Whether a text has no capitals worth the name."""
    letters = sum(c.isalpha() for c in text)
    return sum(c.isupper() for c in text) < letters * CASELESS


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and what joins it invisibly, and without a genitive's ending."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word))
    return _UNSEEN.sub("", plain).casefold()


def mentions(text: str, names: Disguise, any_case: bool = False) -> list[Mentioned]:
    """Every mention in a text, in order, apart. `any_case`: small letters tell nothing in it (an address)."""
    any_case = any_case or caseless(text)
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]
    out: list[Mentioned] = []
    at = 0
    while at < len(tokens):
        start, end, word = tokens[at]
        plain = fold(word)
        kept = _run(text, tokens, at, [(words, "") for words in names.kept.get(plain, ())])
        whole = _run(text, tokens, at, names.wholes.get(plain, ()))
        if whole:
            last = tokens[whole[0] - 1]
            out.append(Mentioned(start, last[1] - _genitive(last[2]), _cased(whole[1], text[start : last[1]])))
            at = whole[0]
            continue
        if kept:
            at = kept[0]
            continue
        out += _single(start, end - _genitive(word), word, names, any_case)
        at += 1
    return out


def _run(
    text: str, tokens: Sequence[tuple[int, int, str]], at: int, sought: Iterable[tuple[tuple[str, ...], str]]
) -> tuple[int, str] | None:
    """Where the longest of some names that begins at a token ends, and what stands for it; initials may stand between
    its words."""
    for words, to in sorted(sought, key=lambda w: -len(w[0])):
        here, matched = at, 0
        while matched < len(words) and here < len(tokens):
            near = here == at or _GAP.fullmatch(text, tokens[here - 1][1], tokens[here][0])
            if not near:
                break
            if fold(tokens[here][2]) == words[matched]:
                matched += 1
            elif len(tokens[here][2]) > 1 or not matched:
                break
            here += 1
        if matched == len(words):
            return here, to
    return None


def _single(start: int, end: int, word: str, names: Disguise, any_case: bool) -> list[Mentioned]:
    """What one word by itself mentions."""
    plain = fold(word)
    for part, to in names.parts.items():
        ending = plain[len(part) :] if plain.startswith(part) else None
        named = ending is not None and ending in (_ENDINGS if len(part) > 2 else ("",))
        small = word[0].islower() and not any_case and part in names.small
        if named and not (small or (ending and word[0].islower() and not any_case)):
            return [Mentioned(start, end, _cased(to, word))]
    for glued, to in names.joined.items():
        if len(glued) > 4 and glued in plain:
            return [Mentioned(start, end, _cased(to, word))]
    if any(c.isupper() for c in word[1:]) and not word.isupper():
        pieces = [(m.start(), m.group()) for m in _HUMP.finditer(word)]
        found = [(at, piece, names.parts[fold(piece)]) for at, piece in pieces if fold(piece) in names.parts]
        return [Mentioned(start + at, start + at + len(piece), to) for at, piece, to in found]
    return []


def _genitive(word: str) -> int:
    return 2 if _POSSESSIVE.search(word) else 0


def _cased(to: str, was: str) -> str:
    """The other name in the letters of the one it stands for."""
    if was.isupper() and len(was) > 1:
        return to.upper()
    return to.lower() if was.islower() else to


def hidden(text: str, names: Disguise) -> str:
    """A text with every mention as it may be shown: the other name, or blacked out. In what holds no white space (an
    address, a path, an id) small letters are letters of names too."""
    out, at = [], 0
    address = not any(c.isspace() for c in text)
    for m in mentions(text, names, any_case=address):
        alone = m.end - m.start == len(text)
        to = m.to if alone or not address else m.to.replace(" ", "-")
        out += [text[at : m.start], to or WITHHELD * (m.end - m.start)]
        at = m.end
    return "".join((*out, text[at:])) if out else text
