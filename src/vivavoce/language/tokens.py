"""Words and marks of punctuation with their places, and sentences made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from vivavoce.language.lexicon import Lexicon
from vivavoce.model import Span

NUMBER = r"\d+(?:[.,:]\d+)*%?(?:-[a-zA-Z]+)?"
# Every branch begins with a set of characters, by which it is passed over at once where it does not fit.
TOKEN = re.compile(
    r"[A-Za-z]\.[A-Za-z]\.(?:[A-Za-z]\.)*|[A-Z]-(?:[A-Za-z]\.){2,}|[a-zA-Z]\w*(?:['’&-]\w+)*['’]?"
    rf"|{NUMBER}|[$£€]{NUMBER}|\w+(?:['’&-]\w+)*['’]?|\.\.\.|--|[^\w\s]"
)
LONGEST = 250
ENDS = frozenset([".", "!", "?", "…", "..."])


MAY_END = frozenset([".", "!", "?", "…", ")", "]", ""])  # with what a token ends that may end a sentence


class Token(NamedTuple):
    """A word, a punctuation mark, or a whole marked stretch.

    `low`: the word in lower case with straight apostrophes ("" for a stretch). `cap`: it begins with a capital.
    `mark`: which of the stretches it is, or -1.
    """

    low: str
    start: int
    end: int
    cap: bool = False
    mark: int = -1


def tokens(text: str, start: int, end: int, stretches: Iterable[Span] = ()) -> list[Token]:
    """The tokens of `text[start:end]`; each of the stretches (in order, apart, within) is one token."""
    out: list[Token] = []
    at = start
    for i, (a, b) in enumerate(stretches):
        plain(text, at, a, out)
        out.append(Token("", a, b, False, i))
        at = b
    plain(text, at, end, out)
    return out


def plain(text: str, start: int, end: int, out: list[Token]) -> None:
    """Add the tokens of a stretch without marks."""
    new, cls = tuple.__new__, Token  # a third faster than Token(…), and there are many
    small = text[start:end].lower().replace("’", "'")
    even = len(small) == end - start and "Σ" not in text[start:end]
    b = start
    for word in TOKEN.findall(text, start, end):
        a = text.find(word, b)  # only white space lies between two tokens, so that nothing else is found
        b = a + len(word)
        low = small[a - start : b - start] if even else word.lower().replace("’", "'")
        out.append(new(cls, (low, a, b, word[0].isupper(), -1)))


def sentences(found: list[Token], text: str, lexicon: Lexicon) -> list[list[Token]]:
    """The tokens, sentence by sentence; a stretch in marks is never cut.

    A sentence has `LONGEST` tokens at most, so that whoever looks at all pairs of its tokens stays linear in the text.
    """
    out: list[list[Token]] = []
    start, last = 0, len(found) - 1
    may_end = [i for i, t in enumerate(found) if t.low[-1:] in MAY_END]
    for i in may_end:
        while i - start >= LONGEST:
            out.append(found[start : start + LONGEST])
            start += LONGEST
        if i < last and (
            i - start + 1 == LONGEST or ends(found[i], found[i - 1] if i else None, found[i + 1], text, lexicon)
        ):
            out.append(found[start : i + 1])
            start = i + 1
    out += [found[k : k + LONGEST] for k in range(start, len(found), LONGEST)]
    return out


def ends(token: Token, before: Token | None, after: Token, text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence ends with this token."""
    if token.mark >= 0:
        return ends_in_marks(token, after, text)
    if token.low not in ENDS:
        if token.low[-1:] == ".":
            return after.cap and after.low in lexicon.starters
        return token.low in ")]" and before is not None and before.low in ENDS and (after.cap or after.mark >= 0)
    if not (after.cap or after.mark >= 0 or after.low[:1].isdigit() or after.low in "([-•“‘\"'«„"):
        return False
    if token.low != "." or before is None or token.start > before.end:
        return True
    if before.low in ("no", "nos"):
        return not after.low[:1].isdigit()
    if before.low in lexicon.abbreviations:
        return before.low not in lexicon.titles and after.cap and after.low in lexicon.starters
    return not (len(before.low) == 1 and before.cap)


def last_sign(text: str, start: int, end: int) -> str:
    """The last character of a stretch before the marks at its end, or ""."""
    return text[max(start, end - 12) : end].rstrip("\"'”’»“‘`‹›«) ")[-1:]


def ends_in_marks(token: Token, after: Token, text: str) -> bool:
    """Whether a marked stretch ends its sentence: after a full stop yes; after ? or ! only before another stretch
    (a speaker may follow: that is for whoever knows the cues)."""
    inner = last_sign(text, token.start, token.end)
    if inner == ".":
        return after.cap or after.mark >= 0 or after.low[:1].isdigit()
    return inner in "!?…" and after.mark >= 0
