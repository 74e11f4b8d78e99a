"""The words that report, read once from a data file: which forms they have and what they take."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Form = Literal["base", "s", "past", "participle", "ing"]
VOWELS = "aeiou"


class Verb(NamedTuple):
    """One form of a verb of speech or thought: plain form (phrases with spaces), form, what it takes."""

    lemma: str
    form: Form
    takes: frozenset[str]


class Lexicon(NamedTuple):
    """A language's reporting words, all in lower case.

    `verbs`: form of the first word -> (the words that must follow, verb), longest phrase first. `nouns`: noun -> what
    it takes ("clause", "infinitive"). `firsts`: the words with which any of these begins. `according`, `fillers`:
    first word -> the whole phrases. The other fields are sets of words.
    """

    verbs: dict[str, tuple[tuple[tuple[str, ...], Verb], ...]]
    nouns: dict[str, frozenset[str]]
    firsts: frozenset[str]
    determiners: frozenset[str]
    according: dict[str, tuple[tuple[str, ...], ...]]
    fillers: dict[str, tuple[tuple[str, ...], ...]]
    denying: frozenset[str]
    adverbs: frozenset[str]
    before_title: frozenset[str]
    after_title: frozenset[str]
    signs: frozenset[str]
    inscribed: frozenset[str]
    mottos: frozenset[str]
    works: frozenset[str]
    word_names: frozenset[str]
    small: frozenset[str]
    titles: frozenset[str]
    abbreviations: frozenset[str]
    starters: frozenset[str]


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language; English where there is none for it."""
    place = files("vivavoce.language")
    file = place / f"{language[:2].lower() or 'en'}.toml"
    raw = tomllib.loads((file if file.is_file() else place / "en.toml").read_text("utf-8"))
    titles = words(raw["abbreviations"]["titles"])
    acts, said = verbs(raw["verbs"], raw["irregular"]), {k: v for k, v in raw["nouns"].items() if k != "determiners"}
    nouns = taken(said)
    return Lexicon(
        verbs=acts,
        nouns=nouns,
        firsts=frozenset(acts) | frozenset(nouns),
        determiners=words(raw["nouns"]["determiners"]),
        according=phrases(raw["phrases"]["according"]),
        fillers=phrases(raw["talk"]["fillers"]),
        denying=words(raw["talk"]["denying"]),
        adverbs=words(raw["phrases"]["adverbs"]),
        before_title=words(raw["titles"]["before"]),
        after_title=words(raw["titles"]["after"]),
        signs=words(raw["titles"]["signs"]),
        inscribed=words(raw["titles"]["inscribed"]),
        mottos=words(raw["titles"]["mottos"]),
        works=words(raw["titles"]["works"]),
        word_names=words(raw["titles"]["word_names"]),
        small=words(raw["titles"]["small"]),
        titles=titles,
        abbreviations=titles | words(raw["abbreviations"]["others"]),
        starters=words(raw["abbreviations"]["starters"]),
    )


def words(listed: str) -> frozenset[str]:
    """The words of a list in the file."""
    return frozenset(listed.split())


def taken(groups: dict[str, str]) -> dict[str, frozenset[str]]:
    """Word -> the names of the lists that it stands in."""
    names: dict[str, set[str]] = {}
    for group, listed in groups.items():
        for word in listed.split():
            names.setdefault(word, set()).add(group)
    return {word: frozenset(groups) for word, groups in names.items()}


def phrases(listed: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> the phrases that begin with it, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed.split():
        parts = tuple(phrase.split("_"))
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in found.items()}


def verbs(groups: dict[str, str], irregular: dict[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], Verb], ...]]:
    """Every form of every verb, by its first word."""
    found: dict[str, dict[tuple[tuple[str, ...], str], Verb]] = {}
    for phrase, takes in taken(groups).items():
        first, *rest = phrase.split("_")
        for form, word in forms(first, irregular).items():
            key = (tuple(rest), phrase)
            at = found.setdefault(word, {})
            if key not in at or form == "past":
                at[key] = Verb(phrase.replace("_", " "), form, takes)
    return {
        word: tuple(sorted(((rest, verb) for (rest, _), verb in at.items()), key=lambda e: (-len(e[0]), e[1].lemma)))
        for word, at in found.items()
    }


def forms(verb: str, irregular: dict[str, str]) -> dict[Form, str]:
    """The five forms of a verb, by rule or as the file has them."""
    if verb in irregular:
        s, past, participle, ing = irregular[verb].split()
    elif verb.endswith("e"):
        s, past, ing = verb + "s", verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
        participle = past
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        s, past, ing = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
        participle = past
    else:
        s, past, ing = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"), verb + "ed", verb + "ing"
        participle = past
    return {"participle": participle, "base": verb, "s": s, "ing": ing, "past": past}
