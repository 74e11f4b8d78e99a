"""Words in marks that nobody says, or says only in thought: on signs and plates, by-names, mottos, lines recited,
speech that is merely imagined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.language.lexicon import Lexicon
from vivavoce.language.tokens import Token, last_sign
from vivavoce.quotes.cues import Cue
from vivavoce.quotes.grammar import (
    BE,
    BY_HAND,
    DASHES,
    HOLDING,
    IMAGINED,
    NEGATIONS,
    ON,
    POSSIBLE,
    PREPOSITIONS,
    SAYING,
    SOMEBODY,
    STOPS,
    TIMES,
)
from vivavoce.quotes.kinds import TITLE_LENGTH, title_case, words_in
from vivavoce.quotes.marks import Marked

ANYBODY = SOMEBODY | {"you", "one"}
NEAR = 12
SHORT = 4
LONG = ("",) * (SHORT + 1)
FEW = 2
VERSE = re.compile(r"[\w,.!?] / [“‘\"'A-Z]")


def unspoken(sentence: list[Token], cue: Cue, lexicon: Lexicon, before: list[Token]) -> bool:
    """Whether what a cue reports is on a sign or a wall, sung or recited, or said by nobody yet: "a reader might say".

    `before`: the sentence before; where it is about a sign, "It says …" is the sign's.
    """
    first, last = cue.first, cue.last
    marks = last < len(sentence) and (sentence[last].mark >= 0 or sentence[min(last + 1, len(sentence) - 1)].mark >= 0)
    if cue.lemma in ("read", "say", "proclaim", "declare"):
        if sign_subject(sentence, first, lexicon) or sign_behind(sentence, last, lexicon):
            return True
        if marks and sentence[first - 1].low == "it" and any(t.low in lexicon.signs for t in before):
            return True
    if not marks and not (first and cue.form == "ing"):
        return False
    if cue.form in ("base", "s"):
        return imagined(sentence, first)
    if cue.form == "ing":
        return any(t.low in IMAGINED for t in sentence[max(0, first - 5) : first])
    if cue.lemma == "write":
        return inscribed(sentence, first, lexicon) or on_thing(sentence, last)
    return cue.lemma == "sing" and sentence[last].mark >= 0


def sign_subject(sentence: list[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether a thing with words on it is the subject of the cue at `first`: A notice on the gate says."""
    for k in range(max(0, first - 3), first):
        if sentence[k].low in lexicon.signs and not any(t.low in HOLDING for t in sentence[max(0, k - 3) : k]):
            return True
    start = next((k + 1 for k in range(first - 1, max(-1, first - NEAR), -1) if sentence[k].low in (",", ";", ":")), 0)
    heads = ((sentence[k].low, sentence[k + 1].low) for k in range(start, min(first, start + 4)))
    return any((low in lexicon.signs or low == "note") and after in ON for low, after in heads)


def sign_behind(sentence: list[Token], last: int, lexicon: Lexicon) -> bool:
    """Whether a thing with words on it stands right behind the cue: “Mind the dog,” says the notice; none that tells
    what somebody is: said label chief Ida Marsh."""
    for k in range(last, min(last + 3, len(sentence))):
        after = sentence[k + 1 : k + 3]
        of_somebody = (after and after[0].cap) or (len(after) > 1 and after[1].cap and after[0].low not in PREPOSITIONS)
        if sentence[k].low in lexicon.signs and not of_somebody:
            return True
    return False


def imagined(sentence: list[Token], first: int) -> bool:
    """Whether anybody might say it, and nobody did: "a reader could say", "you may ask"."""
    modal = next((k for k in range(first - 1, max(-1, first - 4), -1) if sentence[k].low in POSSIBLE), None)
    if modal is None or not modal:
        return False
    who = [t.low for t in sentence[max(0, modal - 4) : modal]]
    return who[-1] in ANYBODY or bool({"a", "an", "any", "some"}.intersection(who))


def inscribed(sentence: list[Token], k: int, lexicon: Lexicon) -> bool:
    """Whether words at `k` are painted, sewn, carved: by a word near them."""
    return any(t.low in lexicon.inscribed for t in sentence[max(0, k - NEAR) : k + 4])


def on_thing(sentence: list[Token], at: int) -> bool:
    """Whether words written at `at` stand on a thing: wrote “…” on the blackboard, had, in pencil, written “…”."""
    behind = [t.low for t in sentence[at + 1 : at + 4]]
    before = [t.low for t in sentence[max(0, at - 8) : at]]
    thing = len(behind) > FEW and behind[0] in ("on", "across", "under", "over", "above") and behind[1] in ("the", "a")
    return thing or ("in" in before and not BY_HAND.isdisjoint(before[before.index("in") :]))


def set_up(sentence: list[Token], k: int, text: str, m: Marked, lexicon: Lexicon) -> bool:
    """Whether marked words at token `k`, which no cue claims, are on a sign, a motto, verse or the title of a work."""
    found = words_in(text, m)
    before, after = sentence[max(0, k - NEAR) : k], sentence[k + 1 : k + 6]
    if after and after[0].low in BE and any(t.low in lexicon.mottos for t in after[1:]):
        return True
    if any(t.low in lexicon.signs for t in before if t.low != "post") and before[-1].low not in STOPS:
        return True
    if k and inscribed(sentence, k, lexicon):
        return True
    if k and on_thing(sentence, k):
        return True
    if not k and any(t.low in IMAGINED for t in after):
        return True
    if (
        k >= FEW
        and sentence[k - 1].low in (",", "and", "or")
        and not sentence[k - 2].low
        and title_case(found, lexicon)
    ):
        return True
    return not k and apposition(sentence, text, m, found, lexicon)


def apposition(sentence: list[Token], text: str, m: Marked, found: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a sentence begins with a marked title that is explained: “Saltings”, the live serial from the coast, …"""
    if not title_case(found, lexicon) or last_sign(text, m.start, m.end) in ".?!…":
        return False
    at = 1 + (len(sentence) > 1 and sentence[1].low == ",")
    if at + 1 >= len(sentence) or sentence[at].low not in ("the", "a", "an", "his", "her", "their", "its"):
        return False
    for token in sentence[at + 1 : at + 9]:
        if token.low in (",", ";") or token.low in lexicon.verbs or token.low in DASHES:
            return False
        if token.low in lexicon.works:
            return True
    return False


def no_speech(sentence: list[Token], k: int, text: str, m: Marked, lexicon: Lexicon) -> bool:
    """Whether marked words at token `k` are nobody's words even in a report: by-names, verse, a line that somebody is
    asked to say, a word that somebody does not use, what a sign has behind a colon."""
    if text.find(" / ", m.start, m.end) >= 0 and VERSE.search(text, m.start, m.end):
        return True
    found = words_in(text, m)[: SHORT + 1] if m.end - m.start <= TITLE_LENGTH else LONG
    if k < FEW:
        return k == 1 and between_names(sentence, k, text, m, found)
    before = [t.low for t in sentence[max(0, k - 6) : k]]
    if before[-2] == "to" and before[-1] in SAYING and before[-3:][0] in ("asked", "told", "made", "forced", "begged"):
        return True
    if before[-1] == "as" and any(low in ("known", "know", "knew", "knows") for low in before):
        return True
    if (len(found) <= FEW and unused(before[-4:])) or any(low in lexicon.inscribed for low in before[-3:]):
        return True
    if before[-1] == ":" and sign_before(sentence, k, lexicon):
        return True
    return between_names(sentence, k, text, m, found)


def sign_before(sentence: list[Token], k: int, lexicon: Lexicon) -> bool:
    """Whether a sign stands before the colon at `k - 1` and nobody speaks after it: a sign on the door: “…”"""
    for j in range(k - 2, max(-1, k - NEAR), -1):
        if sentence[j].low in lexicon.signs:
            return True
        if sentence[j].low in lexicon.verbs:
            return False
    return False


def unused(before: list[str]) -> bool:
    """Whether a word is not used, by the four words before it: does not speak of “…”."""
    last = max((i for i, low in enumerate(before) if low in NEGATIONS), default=-1)
    return last >= 0 and not any(low in ("and", "but", ",", ";", ":") or low in STOPS for low in before[last:])


def between_names(sentence: list[Token], k: int, text: str, m: Marked, found: Sequence[str]) -> bool:
    """Whether few marked words stand within a name: Ida “the Kettle” Marsh."""
    if k + 1 >= len(sentence) or len(found) > SHORT or last_sign(text, m.start, m.end) in ",.?!":
        return False
    one, two = sentence[k - 1], sentence[k + 1]
    return one.cap and two.cap and one.low[:1].isalpha() and two.low[:1].isalpha() and one.low not in TIMES
