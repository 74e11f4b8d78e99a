"""The words that report, read once from a data file: which forms they have and what they take."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Form = Literal["base", "s", "past", "participle", "ing"]
VOWELS = "aeiou"
SAYING = frozenset({"clause", "telling"})


class Verb(NamedTuple):
    """One form of a verb of speech or thought: plain form (phrases with spaces), form, what it takes."""

    lemma: str
    form: Form
    takes: frozenset[str]


class Frames(NamedTuple):
    """What says of words in their sentence how they are meant: by kind ("supposed", "doubted", "reported") first word
    -> the whole phrases; forms of verbs of saying and of holding true; words that may stand between such a verb or a
    word that denies and what it is said of (`between`), or between a verb and who says it (`before`); those behind
    which it is a noun (`nominal`: "a report"); those whose
    saying is no hearsay (`ours`)."""

    phrases: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    saying: frozenset[str]
    holding: frozenset[str]
    between: frozenset[str]
    before: frozenset[str]
    nominal: frozenset[str]
    ours: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """A language's reporting words, all in lower case.

    `verbs`: form of the first word -> (the words that must follow, verb), longest phrase first. `nouns`: noun -> what
    it takes ("clause", "infinitive"). `firsts`: the words with which any of these or `according` begins. `according`,
    `fillers`: first word -> the whole phrases. `numbers`: word -> what it counts; `powers`: what it is counted in. The
    other fields are sets of words.
    """

    verbs: dict[str, tuple[tuple[tuple[str, ...], Verb], ...]]
    nouns: dict[str, frozenset[str]]
    firsts: frozenset[str]
    determiners: frozenset[str]
    according: dict[str, tuple[tuple[str, ...], ...]]
    fillers: dict[str, tuple[tuple[str, ...], ...]]
    denying: frozenset[str]
    modals: frozenset[str]
    frames: Frames
    numbers: dict[str, int]
    powers: dict[str, int]
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
    nouns, according = taken(said), phrases(raw["phrases"]["according"])
    return Lexicon(
        verbs=acts,
        nouns=nouns,
        firsts=frozenset([*acts, *nouns, *according]),
        determiners=words(raw["nouns"]["determiners"]),
        according=according,
        fillers=phrases(raw["talk"]["fillers"]),
        denying=words(raw["talk"]["denying"]),
        modals=words(raw["talk"]["modals"]),
        frames=framed(raw["frames"], acts, raw["irregular"]),
        numbers=counted(raw["numbers"]),
        powers=raw["numbers"]["powers"],
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


def framed(
    listed: dict[str, str], acts: dict[str, tuple[tuple[tuple[str, ...], Verb], ...]], irregular: dict[str, str]
) -> Frames:
    """What frames words, with the verbs in all their forms."""
    saying = frozenset(w for w, all_ in acts.items() if any(not rest and v.takes & SAYING for rest, v in all_))
    holding = frozenset(form for verb in listed["holding"].split() for form in forms(verb, irregular).values())
    kinds = {kind: phrases(listed[kind]) for kind in ("supposed", "doubted", "reported")}
    between, before, nominal, ours = (words(listed[name]) for name in ("between", "before", "nominal", "ours"))
    return Frames(kinds, saying - holding, holding, between, before, nominal, ours)


def counted(listed: dict[str, str]) -> dict[str, int]:
    """Number words with what they count; an ordinal counts as its number."""
    out = {w: n for name in ("units", "ordinals") for n, w in enumerate(listed[name].split())}
    return out | {w: n * 10 for name in ("tens", "tenths") for n, w in enumerate(listed[name].split(), 2)}


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
