"""The word lists of this folder as sets, read once."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from vivavoce.language.lexicon import lexicon


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads(files(__package__).joinpath(name + ".toml").read_text("utf-8"))


@lru_cache(maxsize=128)
def words(name: str) -> frozenset[str]:
    """A list of `nouns.toml`, of `names.toml` (m, f, either), or of `trades.toml`."""
    where = "names" if name in ("m", "f", "either") else "trades" if name in table("trades") else "nouns"
    return frozenset(table(where)[name].split())


LEAST = 3  # letters of a pet name without its ending


@lru_cache(maxsize=1)
def trades() -> frozenset[str]:
    """Nouns that tell what somebody does, beside a name."""
    return words("roles") | words("crafts")


@lru_cache(maxsize=1)
def fields() -> dict[str, frozenset[str]]:
    """A word of a trade -> the lines of life that it may belong to."""
    out: dict[str, set[str]] = {}
    for field, listed in table("trades")["fields"].items():
        for word in listed.split():
            out.setdefault(word, set()).add(field)
    return {word: frozenset(found) for word, found in out.items()}


@lru_cache(maxsize=1)
def short_forms() -> dict[str, frozenset[str]]:
    """A short first name and what it may stand for."""
    return {k: frozenset(v.split()) for k, v in table("names")["short"].items()}


@lru_cache(maxsize=1)
def shorter() -> dict[str, frozenset[str]]:
    """A first name and its short forms."""
    out: dict[str, set[str]] = {}
    for short, long in short_forms().items():
        for name in long:
            out.setdefault(name, set()).add(short)
    return {name: frozenset(found) for name, found in out.items()}


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """First name -> "m", "f" or "" (either)."""
    made = dict.fromkeys(words("either"), "")
    for gender in ("m", "f"):
        for name in words(gender):
            made[name] = "" if name in words("either") or name in words("m" if gender == "f" else "f") else gender
    for short, long in short_forms().items():
        genders = {made.get(name, "") for name in long}
        made.setdefault(short, genders.pop() if len(genders) == 1 else "")
    return made


def plural(noun: str) -> str:
    """The plural of a noun for people."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("child"):
        return noun + "ren"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("wife"):
        return noun[:-2] + "ves"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@lru_cache(maxsize=1)
def someone() -> frozenset[str]:
    """Nouns for one person: trades and the rest."""
    return words("roles") | words("people")


@lru_cache(maxsize=1)
def several() -> frozenset[str]:
    """Nouns for more than one person."""
    return frozenset(plural(n) for n in someone()) | words("groups")


@lru_cache(maxsize=4096)
def noun_gender(noun: str) -> str:
    """ "m", "f" or "" for a noun for a person."""
    return "m" if noun in words("m_nouns") else "f" if noun in words("f_nouns") else ""


def same_first(a: str, b: str) -> bool:
    """Whether two first names (folded) may be one person's: equal, an initial, or a short form."""
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    short = short_forms()
    if spelling(a) == spelling(b):
        genders = {first_names().get(a, ""), first_names().get(b, "")} - {""}
        return len(genders) < 2
    if b in short.get(a, ()) or a in short.get(b, ()) or short.get(a, frozenset()) & short.get(b, frozenset()):
        return True
    return petted(a, b) or petted(b, a)


SPELT = (
    ("ph", "f"),
    (r"c(?![eiyh])", "k"),
    (r"([aeiou])h$", r"\1"),
    (r"(.)\1e$", r"\1"),
    (r"(?<=[aeiou])e$", ""),
    (r"(.)\1", r"\1"),
)


@lru_cache(maxsize=50_000)
def spelling(first: str) -> str:
    """A first name (small letters) in one spelling for those that are written either way: Ann and Anne, Philip and
    Phillip, Pru and Prue, Sara and Sarah, Erik and Eric."""
    for pattern, into in SPELT:
        first = re.sub(pattern, into, first)
    return first


def petted(short: str, long: str) -> bool:
    """Whether a first name that no list has is the beginning of another with -ie or -y: "fergie" of Fergus."""
    stem = short.removesuffix("ie") if short.endswith("ie") else short.removesuffix("y")
    if stem == short or len(stem) < LEAST or short in first_names():
        return False
    stem = stem[:-1] if stem[-1] == stem[-2] else stem
    return len(long) > len(stem) + 1 and long.startswith(stem)


@lru_cache(maxsize=1)
def cues() -> frozenset[str]:
    """First words of everything that reports: all forms of the verbs of the language's lexicon."""
    return frozenset(w for w in lexicon().verbs if w not in NOT_CUES)


NOT_CUES = words("not_cues")
