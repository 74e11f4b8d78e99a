"""What follows a cue: words in marks, a clause, an infinitive, a noun phrase; and where it ends."""

from __future__ import annotations

from typing import Literal, NamedTuple

from vivavoce.language.tokens import Token, last_sign
from vivavoce.quotes.cues import Cue
from vivavoce.quotes.grammar import (
    ASIDE,
    ASKING,
    BARE,
    CLAUSE_STARTS,
    CLAUSE_SUBJECTS,
    DASHES,
    FINITE,
    HOW,
    NOTHING,
    NP_STOPS,
    OBJECT_STOPS,
    OCCASIONS,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    SUBJECTS,
    SUBORDINATE,
    TIMES,
    TOLD,
    WH,
)

Range = tuple[int, int]
Kind = Literal["clause", "noun", "thought", "infinitive", "sign"]
REACH = 25
ONLY_THOUGHT = frozenset(["thought"])
TOLD_IN_CLAUSES = frozenset(["clause", "telling"])
ASKED_OR_TOLD = TOLD_IN_CLAUSES | {"asking"}


class Report(NamedTuple):
    """`cue`: range of the cue. `contents`: what is reported. `kind`: what the cue takes. `why`: in words.
    `real`: it is told as having been said, not as what might or should be said."""

    cue: Range
    contents: tuple[Range, ...]
    kind: Kind
    why: str
    real: bool = True


def closes(n: Token | None) -> bool:
    """Whether nothing follows a cue in its clause."""
    return n is None or n.low in STOPS or n.low in (",", ";", ")") or n.low in DASHES


def breaks(token: Token) -> bool:
    """Whether a comma or dash stands here."""
    return token.low == "," or token.low in DASHES


def introduces(sentence: list[Token], at: int) -> bool:
    """Whether a comma or colon stands here with words in marks behind it."""
    return (
        at < len(sentence) and sentence[at].low in (",", ":") and at + 1 < len(sentence) and sentence[at + 1].mark >= 0
    )


def end_of(sentence: list[Token], end: int) -> int:
    """The range's end without the full stop."""
    while end > 0 and sentence[end - 1].low in STOPS:
        end -= 1
    return end


def forward(sentence: list[Token], cue: Cue, at: int, later: list[Cue], text: str) -> Report | None:
    """The content that follows the cue: words in marks, a clause, an infinitive, a noun phrase."""
    takes = cue.takes
    kind: Kind = "thought" if takes <= ONLY_THOUGHT or within(sentence, cue) else "clause"
    n = sentence[at]
    marks = marks_ahead(sentence, at)
    if marks is not None and (cue.form != "passive" or (marks == at and "naming" in takes)):
        if cue.form == "passive":
            return Report((cue.first, cue.last), ((marks, marks + 1),), kind, f"“{sentence[cue.first].low}” before it")
        if cue.lemma == "read":
            return Report((cue.first, cue.last), ((marks, marks + 1),), kind, f"“{sentence[cue.first].low}” before it")
        return quoted(sentence, cue, later, marks, text, kind)
    if n.low == "that":
        return following(sentence, cue, later, at, kind)
    if "ordering" in takes and cue.form != "passive" and (to := to_ahead(sentence, at)) is not None:
        start = to if cue.lemma in ASKING else at
        return following(sentence, cue, later, start, "infinitive")
    if n.low in WH and cue.form != "passive" and not takes.isdisjoint(ASKED_OR_TOLD):
        return following(sentence, cue, later, at, kind)
    if (
        cue.form == "passive"
        and cue.lemma != "say"
        and "asking" in takes
        and (wh := asked_ahead(sentence, at)) is not None
    ):
        return following(sentence, cue, later, wh, kind)
    if n.low == "to" and "infinitive" in takes and cue.form != "passive":
        return following(sentence, cue, later, at, "infinitive")
    if not takes.isdisjoint(TOLD_IN_CLAUSES):
        clause = clause_ahead(sentence, cue, at)
        if clause is not None:
            return following(sentence, cue, later, clause, kind)
    if cue.form != "passive" and ("noun" in takes or "thought" in takes):
        return noun_phrase(sentence, cue, at, later, "noun" if "noun" in takes else "thought")
    return None


def within(sentence: list[Token], cue: Cue) -> bool:
    """Whether somebody only thinks it: wonders whether (not aloud), is convinced that."""
    if cue.lemma == "wonder":
        return cue.last < len(sentence) and sentence[cue.last].low in WH
    return cue.lemma in ("convince", "persuade", "satisfy") and cue.form == "passive"


def marks_ahead(sentence: list[Token], at: int) -> int | None:
    """Where words in marks begin that a cue introduces: said, "…"; said on Monday: "…"; told them "…"."""
    if sentence[at].mark >= 0:
        return at
    for k in range(at, min(len(sentence) - 1, at + REACH)):
        low = sentence[k].low
        if sentence[k].mark >= 0 or low in STOPS or low in ("that", ";"):
            return None
        if low in (",", ":") and sentence[k + 1].mark >= 0:
            return k + 1
    return None


def to_ahead(sentence: list[Token], at: int) -> int | None:
    """The "to" behind the one who is asked: asked the two men to leave."""
    for k in range(at + 1, min(len(sentence), at + 9)):
        low = sentence[k].low
        if low == "to":
            return k
        if low in NP_STOPS or low in ("that", "for", "about", "whether") or sentence[k].mark >= 0:
            return None
    return None


def clause_ahead(sentence: list[Token], cue: Cue, at: int) -> int | None:
    """Where a clause begins behind a cue, with or without "that", past the one who is told and the occasion."""
    first = sentence[at].low
    if "telling" in cue.takes or first in PREPOSITIONS or first in PRONOUNS:
        that = that_ahead(sentence, at)
        if that is not None and not (first in SUBJECTS and "telling" not in cue.takes):
            return that
    if cue.form == "passive":
        return None
    if "telling" in cue.takes and "noun" not in cue.takes:
        return told_ahead(sentence, at)
    least = first == "at" and at + 1 < len(sentence) and sentence[at + 1].low in ("least", "most")
    if "clause" not in cue.takes or first in STOPS or (not least and (first in PREPOSITIONS or first in OBJECT_STOPS)):
        return None
    if first.endswith("ing") or first in ("and", "or", "but", "as", "so", "more", "much", "little"):
        return None
    if first in ("it", "this", "that") and merely(sentence, at + 1):
        return None
    return at if (cue.lemma == "say" and cue.form != "base") or clausal(sentence, at) else None


def merely(sentence: list[Token], at: int) -> bool:
    """Whether "it" before a token is all that is said: "She says it lightly.", "He had said it before." """
    low = sentence[at].low if at < len(sentence) else "."
    if low in STOPS or low in HOW or low == ",":
        return True
    return low.endswith("ly") and FINITE.isdisjoint(t.low for t in sentence[at + 1 : at + 3])


def asked_ahead(sentence: list[Token], at: int) -> int | None:
    """Where the question begins that somebody was asked: asked by a reporter at the end | whether …; asked to …"""
    by = sentence[at].low in ("by", "at", "on", "in", "after", "during", "later")
    for k in range(at, min(len(sentence), at + (10 if by else 1))):
        low = sentence[k].low
        if low in WH or (low == "to" and (sentence[at].low == "by" or at == 1)):
            return k
        if low in NP_STOPS or sentence[k].mark >= 0:
            return None
    return None


def that_ahead(sentence: list[Token], at: int) -> int | None:
    """The "that" behind the one who is told, or behind the occasion: said in a statement on Monday that …"""
    for k in range(at, min(len(sentence), at + 16)):
        low = sentence[k].low
        if low == "that":
            return k if sentence[k - 1].low != "," or sentence[at].low in PREPOSITIONS else None
        if low in (";", ":") or sentence[k].mark >= 0 or low in FINITE:
            return None
    return None


def told_ahead(sentence: list[Token], at: int) -> int | None:
    """Where the clause begins behind the one who is told: told the paper | he had left."""
    if sentence[at].low in PRONOUNS:
        after = sentence[at + 1].low if at + 1 < len(sentence) else ""
        return at + 1 if after in CLAUSE_STARTS or after in WH or cap(sentence, at + 1) else None
    for k in range(at + 1, min(len(sentence), at + 9)):
        if sentence[k].low in TOLD:
            return k
        if sentence[k].low in NP_STOPS:
            return None
    return None


def cap(sentence: list[Token], at: int) -> bool:
    """Whether a token begins with a capital."""
    return at < len(sentence) and sentence[at].cap


def clausal(sentence: list[Token], at: int) -> bool:
    """Whether what begins here looks like a clause: soon a verb that can only be finite."""
    if at >= len(sentence):
        return False
    if sentence[at].low in CLAUSE_SUBJECTS:
        return True
    for k in range(at, min(len(sentence), at + 12)):
        low = sentence[k].low
        if low in FINITE:
            return True
        if low in NP_STOPS or low in ("who", "which", "that", "to"):
            return False
    return False


def verbal(sentence: list[Token], start: int, end: int) -> bool:
    """Whether these tokens hold a verb, as far as forms tell."""
    return any(t.low in FINITE or (t.low.endswith("ed") and not t.cap) for t in sentence[start:end])


def following(sentence: list[Token], cue: Cue, later: list[Cue], start: int, kind: Kind) -> Report | None:
    """The report of a cue whose content begins at `start`."""
    end = end_of(sentence, clause_end(sentence, cue, start, later))
    if end <= start or (end == start + 1 and sentence[start].low in NOTHING):
        return None
    return Report((cue.first, cue.last), ((start, end),), kind, f"“{sentence[cue.first].low}” before it")


def quoted(sentence: list[Token], cue: Cue, later: list[Cue], start: int, text: str, kind: Kind) -> Report | None:
    """The report of a cue that introduces marked words: they alone, when they end as a sentence does."""
    token = sentence[start]
    sign = last_sign(text, token.start, token.end)
    introduced = sentence[start - 1].low in (",", ":")
    behind = sentence[start + 1 : start + 3]
    if cue.lemma == "say" and len(behind) > 1 and behind[0].low == "," and begins(text, token) and sign.isalnum():
        return Report((cue.first, cue.last), ((start, start + 1),), kind, f"“{sentence[cue.first].low}” before it")
    if (sign in ".?!" or (introduced and sign == ",")) and not (sign == "," and goes_on(sentence, start + 1)):
        return Report((cue.first, cue.last), ((start, start + 1),), kind, f"“{sentence[cue.first].low}” before it")
    return following(sentence, cue, later, start, kind)


def begins(text: str, token: Token) -> bool:
    """Whether marked words begin as a sentence does."""
    return text[token.start : token.end].lstrip("\"'“‘«„ ")[:1].isupper()


def goes_on(sentence: list[Token], at: int) -> bool:
    """Whether a list of marked words goes on here."""
    return at < len(sentence) and (
        sentence[at].mark >= 0
        or (sentence[at].low in ("and", "or") and at + 1 < len(sentence) and sentence[at + 1].mark >= 0)
    )


def clause_end(sentence: list[Token], cue: Cue, start: int, later: list[Cue]) -> int:
    """Where a reported clause ends: where the next report or the main clause begins, else with the sentence."""
    for other in later:
        edge = joint(sentence, other, start) if other.first > start else None
        if edge is not None:
            return next((k for k in range(start + 1, edge) if sentence[k].low == ";"), edge)
    under = subordinate(sentence, cue)
    for k in range(start + 1, len(sentence) - 1):
        low, after = sentence[k].low, sentence[k + 1]
        if low == ";" or (low == "," and after.low == "according"):
            return k
        if under and low == "," and (after.cap or after.low in CLAUSE_STARTS or relative(sentence, cue)):
            return k
    return len(sentence)


def subordinate(sentence: list[Token], cue: Cue) -> bool:
    """Whether the cue stands in a clause or phrase that the sentence begins with, "After she said …, they left", or
    in a relative clause, ", who said …, "."""
    first = sentence[0].low
    if any(t.low == "," for t in sentence[: cue.first]):
        return relative(sentence, cue)
    opening = first in SUBORDINATE or (cue.first == 0 and cue.form in ("ing", "passive"))
    return opening or (cue.form == "noun" and (first in PREPOSITIONS or first in ("contrary", "amid", "following")))


def relative(sentence: list[Token], cue: Cue) -> bool:
    """Whether the cue is the verb of ", who said …", ", and who said …", ", whose mother had said …"."""
    if cue.form == "passive" and cue.first and sentence[cue.first - 1].low in ("when", "if"):
        return True
    for k in range(cue.first - 1, max(0, cue.first - 6), -1):
        low = sentence[k].low
        if low in ("who", "which") and (k == cue.first - 1 or sentence[k + 1].low in ("had", "has")):
            return sentence[k - 1].low in (",", "and")
        if low == "whose":
            return sentence[k - 1].low == ","
        if low == "," or sentence[k].mark >= 0:
            return False
    return False


def joint(sentence: list[Token], cue: Cue, start: int) -> int | None:
    """Where a later cue breaks off the clause: ", adding"; ", but she denied"; "and said"."""
    if cue.form == "noun" or cue.takes <= ONLY_THOUGHT:
        return None
    before = sentence[cue.first - 1].low
    if cue.form == "ing":
        return cue.first - 1 if before == "," else None
    if introduces(sentence, cue.last):
        return next((k for k in range(cue.first - 1, max(start, cue.first - 8), -1) if breaks(sentence[k])), None)
    own = "clause" in cue.takes
    if not own and cue.last < len(sentence):
        own = sentence[start].low in ("that", "to") and takes_up(sentence[cue.last], cue)
    if cue.last < len(sentence) and sentence[cue.last].mark >= 0 and "quotation" in cue.takes:
        for k in range(cue.first - 1, max(start, cue.first - 8), -1):
            if breaks(sentence[k]):
                return k if sentence[k + 1].low in ("but", "and", "while", "though") else None
    if before in ("and", "but") and cue.form in ("past", "s") and own:
        return cue.first - 2 if sentence[cue.first - 2].low == "," else cue.first - 1
    for k in range(cue.first - 1, max(start, cue.first - 8), -1):
        low = sentence[k].low
        if (
            low in ("but", "and", "while", "though", "although", "as")
            and (sentence[k - 1].low == "," or sentence[k - 1].low in DASHES)
            and "clause" in cue.takes
        ):
            return k - 1
        if low in NP_STOPS or sentence[k].mark >= 0:
            return None
    return None


def takes_up(after: Token, cue: Cue) -> bool:
    """Whether a verb of speech that is no verb of saying has its own content behind it: declined | to say, asked |
    whether."""
    if after.low == "that":
        return True
    if after.low == "to":
        return bool(cue.takes & {"infinitive", "ordering"})
    return (after.low in WH and "asking" in cue.takes) or (cue.lemma in ASIDE and not closes(after))


def noun_phrase(sentence: list[Token], cue: Cue, at: int, later: list[Cue], kind: Kind) -> Report | None:
    """A reported noun phrase: from the cue to the next comma, conjunction or occasion."""
    if bare(sentence, at):
        return None
    at += sentence[at].low == "as"
    if cue.lemma in ("promise", "offer") and at < len(sentence):
        at = promised(sentence, at)
    if at >= len(sentence) or sentence[at].low in NP_STOPS:
        return None
    who = cue.first > 0 and sentence[cue.first - 1].low in ("who", "which", "that")
    end = at
    while end < len(sentence):
        low = sentence[end].low
        after = sentence[end + 1] if end + 1 < len(sentence) else None
        if low in NP_STOPS and end > at:
            of = accused_of(sentence, end) if cue.lemma == "accuse" and low == "," else None
            if of is None:
                break
            end = of
        if low in ("on", "in") and after and end > at and (after.low in TIMES or occasion(sentence, end)):
            break
        if low in TIMES and sentence[end].cap and end > at:
            break
        if who and any(c.first == end and c.form in ("past", "s") and "clause" in c.takes for c in later):
            break
        if low in ("and", "as") and any(c.first in (end + 1, end + 2) and c.form != "noun" for c in later):
            break
        end += 1
    end = end_of(sentence, end)
    if end <= at:
        return None
    first = sentence[at].low
    if first in PREPOSITIONS or first in STOPS or first in ("and", "or", "but", "to", "not", "because"):
        return None
    return Report((cue.first, cue.last), ((at, end),), kind, f"“{sentence[cue.first].low}” before it")


def accused_of(sentence: list[Token], comma: int) -> int | None:
    """The "of" behind the second comma of "accused the mayor, Ida Marsh, of …"."""
    for k in range(comma + 1, min(len(sentence) - 1, comma + 9)):
        if sentence[k].low == ",":
            return k + 1 if sentence[k + 1].low == "of" else None
    return None


def promised(sentence: list[Token], at: int) -> int:
    """Where that begins what somebody is promised: promised the players | a stool."""
    if sentence[at].low in ("him", "her", "them", "us", "me") and at + 1 < len(sentence):
        return at + 1
    if sentence[at].low not in ("the", "his", "her", "their", "its"):
        return at
    for k in range(at + 2, min(len(sentence), at + 5)):
        if sentence[k].low in ("a", "an", "the", "more", "no", "better"):
            return k
        if sentence[k].low in PREPOSITIONS or sentence[k].low in NP_STOPS or sentence[k].low == "and":
            return at
    return at


def bare(sentence: list[Token], at: int) -> bool:
    """Whether nothing but "it", "as much", "them" follows a cue: that tells nothing of what was said."""
    first, after = sentence[at].low, sentence[at + 1] if at + 1 < len(sentence) else None
    if first in ("as", "so") and after and after.low in ("much", "so"):
        return True
    if first not in BARE:
        return False
    return closes(after) or (after is not None and after.low in CLAUSE_SUBJECTS)


def occasion(sentence: list[Token], at: int) -> bool:
    """Whether "in a statement", "on the paper's website" begins here."""
    return any(t.low in OCCASIONS for t in sentence[at + 1 : at + 5])
