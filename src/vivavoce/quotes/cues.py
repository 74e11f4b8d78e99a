"""Where the words that report stand in a sentence: verbs and nouns of the lexicon, told from their other uses."""

from __future__ import annotations

from typing import NamedTuple

from vivavoce.language.lexicon import Lexicon, Verb
from vivavoce.language.tokens import Token
from vivavoce.quotes.grammar import (
    AFTER_CONJUNCTION,
    BE,
    HAVE,
    HEARINGS,
    MODAL,
    NAMING,
    NOUNISH,
    OBJECTS,
    PREPOSITIONS,
    SUBJECTS,
)

HEARD = frozenset(["clause"])
HELPERS = BE | HAVE | {"would", "will", "has"}
NO_SUBJECTS = MODAL - SUBJECTS - {"that", "also", "and"}


class Cue(NamedTuple):
    """Tokens `first:last` of a sentence that report. `takes`: what the verb or noun takes. `form`: of the verb, or
    "noun"; "passive" has its speaker behind "by" or none."""

    first: int
    last: int
    lemma: str
    form: str
    takes: frozenset[str]


def cues(sentence: list[Token], firsts: list[int], lexicon: Lexicon) -> list[Cue]:
    """All cues of a sentence, in order. `firsts`: the tokens with which one may begin."""
    found: list[Cue] = []
    at = 0
    for i in firsts:
        if i < at:
            continue
        cue = verb_at(sentence, i, lexicon) or noun_at(sentence, i, lexicon)
        if cue:
            found.append(cue)
            at = cue.last
    return found


def verb_at(sentence: list[Token], i: int, lexicon: Lexicon) -> Cue | None:
    """The verb of speech that begins at a token, if it is a verb here."""
    for rest, verb in lexicon.verbs.get(sentence[i].low, ()):
        last = i + 1 + len(rest)
        if not rest or [token.low for token in sentence[i + 1 : last]] == [*rest]:
            form = used(sentence, i, last, verb, lexicon)
            heard = verb.lemma == "hear" and form in ("past", "s") and sentence[i - 1].low in HEARINGS
            takes = HEARD if heard else verb.takes
            return Cue(i, last, verb.lemma, form, takes) if form else None
    return None


def used(sentence: list[Token], i: int, last: int, verb: Verb, lexicon: Lexicon) -> str:
    """The form in which a word is used as a verb; "" when it is a noun or an adjective."""
    k = i - 1
    while k >= 0 and sentence[k].low in lexicon.adverbs and sentence[k].low not in lexicon.determiners:
        k -= 1
    before = sentence[k].low if k >= 0 else ""
    if before.endswith(("'s", "s'")) and before not in ("he's", "she's", "it's", "who's", "that's", "there's"):
        return ""
    if before in PREPOSITIONS and verb.form != "ing":
        return ""
    if before in lexicon.determiners:
        return ""
    if verb.form == "base":
        return base(sentence, i, before, verb)
    if verb.form == "s":
        return third(sentence, i, last, before, verb)
    if verb.form == "ing":
        return "" if "manner" in verb.takes else "ing"
    return past(sentence, i, last, before, verb)


def base(sentence: list[Token], i: int, before: str, verb: Verb) -> str:
    """The plain form: after to, a modal, a pronoun, or a plural unless the word is a noun as well."""
    if before in MODAL:
        return "s" if before in SUBJECTS else "base"
    return "s" if i and not sentence[i].cap and verb.lemma not in NOUNISH and before != "," else ""


def third(sentence: list[Token], i: int, last: int, before: str, verb: Verb) -> str:
    """The form with -s: not where it is a plural noun."""
    if not i or before in NO_SUBJECTS:
        return ""
    if verb.lemma not in NOUNISH:
        return "s"
    if sentence[i].cap or (last < len(sentence) and sentence[last].low in ("of", "about")):
        return ""
    named = sentence[i - 1].cap and sentence[i - 1].low not in ("united",)
    return "s" if named or before in SUBJECTS or before in (",", ")", "that") else ""


def past(sentence: list[Token], i: int, last: int, before: str, verb: Verb) -> str:
    """The past form: passive after a form of be."""
    if (
        not i
        or before in BE
        or before in AFTER_CONJUNCTION
        or (before.endswith(("'re", "'s")) and before not in ("that's",))
    ):
        return "passive"
    named = i and (sentence[i - 1].cap or before in SUBJECTS or before in HAVE)
    if verb.lemma in NAMING and not named and last < len(sentence) and not named_next(sentence[last], before):
        return ""
    return "past"


def named_next(token: Token, before: str) -> bool:
    """Whether what follows "called" can be its object: not a name, as in "the programme, called Dawn"."""
    return token.mark >= 0 or (before != "," and token.low in OBJECTS)


def noun_at(sentence: list[Token], i: int, lexicon: Lexicon) -> Cue | None:
    """The noun of speech at a token, when what it reports follows: "claim that", "promise to"."""
    takes = lexicon.nouns.get(sentence[i].low)
    if not takes or i + 2 >= len(sentence):
        return None
    follows = sentence[i + 1].low
    if follows == "that" and "clause" in takes and sentence[i + 2].low not in HELPERS:
        return Cue(i, i + 1, sentence[i].low, "noun", frozenset(["clause"]))
    third = sentence[i + 2]
    plain = not third.cap and third.mark < 0 and third.low not in lexicon.determiners and third.low not in SUBJECTS
    if follows == "to" and "infinitive" in takes and plain:
        return Cue(i, i + 1, sentence[i].low, "noun", frozenset(["infinitive"]))
    return None
