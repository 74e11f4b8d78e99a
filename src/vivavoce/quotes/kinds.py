"""Marked words told apart: a quotation, a title, a word set off; direct or in a reporting sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vivavoce.language.lexicon import Lexicon
from vivavoce.language.tokens import Token, last_sign
from vivavoce.model import folded
from vivavoce.quotes.marks import Marked

WORDS = re.compile(r"\w+(?:['’-]\w+)*")
TITLE_WORDS = 9
TITLE_LENGTH = 90


@lru_cache(maxsize=64)  # several rules ask for the same one
def words_in(text: str, m: Marked) -> tuple[str, ...]:
    """The words of a marked stretch."""
    return tuple(WORDS.findall(text, m.start, m.end))


def begins_sentence(text: str, m: Marked) -> bool:
    """Whether the words begin as a sentence does: a capital, a figure, an ellipsis."""
    first = text[m.start : m.start + 12].lstrip("\"'“‘«`([—–- _*¿¡")[:1]
    return first.isupper() or first.isdigit() or first in "….$£€"


def title_case(found: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words are written as titles are."""
    big = [w for w in found if w.lower() not in lexicon.small]
    return (
        bool(big)
        and found[0][0].isupper() | found[0][0].isdigit()
        and all(w[0].isupper() or w[0].isdigit() for w in big)
    )


def titled(sentence: list[Token], k: int, text: str, m: Marked, lexicon: Lexicon, works: frozenset[str]) -> bool:
    """Whether the marked words at token `k` are the title of a work: one that is known, or by the word before or
    after ("the word" too), or as titles in mid-sentence are written."""
    if m.end - m.start > TITLE_LENGTH:
        return False
    found = words_in(text, m)
    if not found or len(found) > TITLE_WORDS:
        return False
    if works and (k or len(found) > 1) and folded(text[m.start : m.end]) in works:
        return True
    if len(found) <= 2 and k and sentence[k - 1].low in lexicon.word_names:
        return True
    if not title_case(found, lexicon):
        return False
    after = sentence[k + 1].low if k + 1 < len(sentence) else ""
    before = [t.low for t in sentence[max(0, k - 3) : k]]
    if k == 0:
        return (
            len(found) > 1 and last_sign(text, m.start, m.end) not in ",.?!…—–" and after not in (",", "")
        ) or after == ":"
    kinds = lexicon.before_title
    numbered = before[-1] == "," and len(before) > 2 and before[1].isdigit() and before[0] in kinds
    named = before[-1] in kinds or (before[-1] in (",", "of") and before[-2:][0] in kinds)
    if named or numbered or after in lexicon.after_title:
        return True
    return before[-1] not in (",", ":") and last_sign(text, m.start, m.end) not in "?!" and len(found) <= 6


def whole(sentence: list[Token], k: int, text: str, m: Marked) -> bool:
    """Whether the marked words at token `k`, which no cue claims, stand for themselves as a quotation."""
    found = words_in(text, m)
    if not found:
        return False
    sign = last_sign(text, m.start, m.end)
    after = sentence[k + 1].low if k + 1 < len(sentence) else ""
    ends = sign in ".?!…" or after in (".", "?", "!", "") or not m.closed
    if k == 0:
        return begins_sentence(text, m) and (sign in ",?!.…—–-" or ends or after in (",", "—", "―", "–"))
    before = sentence[k - 1].low
    if before == ":" or sentence[k - 1].mark >= 0:
        return ends and (begins_sentence(text, m) or len(found) > 3)
    if before in (",", "—", "–", "--"):
        return (ends and (begins_sentence(text, m) or len(found) > 3)) or (
            sign == "," and begins_sentence(text, m) and len(found) > 3
        )
    return ends and begins_sentence(text, m) and len(found) > 4
