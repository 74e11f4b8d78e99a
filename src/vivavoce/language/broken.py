"""Which lines go on in the next: words in marks that a line's end breaks in two, and what says who spoke them.

For text of too few lines to tell by their widths whether it was wrapped. A quotation of which only the first line is
seen would be given to nobody, and its second line to the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vivavoce.language.lexicon import lexicon
from vivavoce.model import Span

BREAK = re.compile(r"\r\n|[\r\n\v\f\u2028]")
BLANK = re.compile(r"\n[ \t\xa0\r]*\n|\r[ \t]*\r|\u2029")
APART = "\u2029"
SIGN = "> \t\xa0"  # a mail's or Markdown's sign of quoting
DOUBLE = re.compile("``|''|[\"“”„‟«»＂]")
SINGLE = re.compile("[‘’‚‛']")
FITS = {
    "“": '”"“',
    "”": '”"',
    "„": '“”‟"',
    "‟": '”"',
    '"': '"”“',
    "＂": "＂",
    "«": "»",
    "»": "«»",
    "``": "''\"”",
    "''": "''",
}
STOPS = frozenset('.!?:;”"’)]')
WORD = re.compile(r"[^\W\d_]+")
TAG = re.compile(r"[\"”»’'],?\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?$")


class Mark(NamedTuple):
    """A mark and where it stands; whether it may open words, whether it may close them, and whether it surely does."""

    at: int
    sign: str
    opens: bool
    closes: bool
    sure: bool


def going_on(text: str, lines: Sequence[Span]) -> frozenset[int]:
    """The numbers of the lines that the next one goes on with. `lines`: in order, none of them blank.

    A line goes on where words in marks are opened in it and closed in a later one, before others are opened and
    without a blank line between; where a line with marks or a verb of speech breaks off before a small letter; and
    where a verb of speech behind a closing mark has no subject yet (“…,” said).
    """
    near = [_near(text, a, b) for a, b in pairwise(lines)]
    if not any(near):
        return frozenset()
    found = {n for n, close in enumerate(near) if close and _breaks_off(text, lines[n], lines[n + 1])}
    for marks, single in ((DOUBLE, False), (SINGLE, True)):
        found |= _open(text, lines, near, marks, single)
    return frozenset(found)


def _near(text: str, line: Span, below: Span) -> bool:
    between = text[line[1] : below[0]]
    return APART not in between and len(BREAK.findall(between)) == 1


def _open(text: str, lines: Sequence[Span], near: Sequence[bool], marks: re.Pattern[str], single: bool) -> set[int]:
    """The lines at whose ends words in marks are open that a later line closes."""
    found: set[int] = set()
    held: tuple[str, int] | None = None
    for n, (start, end) in enumerate(lines):
        if n and not near[n - 1]:
            held = None
        if held is None and not (n < len(near) and near[n]):
            continue  # nothing is open, and what is opened here would not reach another line
        for mark in _marks(text, start, end, marks):
            fits = held is not None and mark.closes and (single or mark.sign in FITS.get(held[0], ""))
            if held is not None and fits and (not single or mark.sure):
                found.update(range(held[1], n))
                held = None
            elif mark.opens:
                held = (mark.sign, n)
    return found


def _marks(text: str, start: int, end: int, marks: re.Pattern[str]) -> Iterator[Mark]:
    """The marks of a line. A single one surely closes behind a sign of punctuation: behind a letter it may be an
    apostrophe."""
    for found in marks.finditer(text, start, end):
        before = text[found.start() - 1] if found.start() > start else " "
        after = text[found.end()] if found.end() < end else " "
        outside = not before.isalnum() and (before in "([{—–-“„\"‘'" or before.isspace())
        opens = not after.isspace() and (outside or (after.isalnum() and not before.isalnum()))
        closes = not before.isspace() and not after.isalnum()
        if (sign := found[0]) in "«»":
            opens = closes = True
        elif sign in "“„‟‘‚‛``":
            opens, closes = not (sign == "“" and closes), closes and sign in "“‘"
        elif sign == "”":
            opens = opens and outside
            closes = not opens
        elif sign == "’":
            opens = False
        yield Mark(found.start(), sign, opens, closes, before in ".,!?…—–-")


def _breaks_off(text: str, line: Span, below: Span) -> bool:
    """Whether a sentence with words in marks, or with a verb of speech, breaks off at a line's end."""
    words = text[slice(*line)].rstrip()
    after = text[below[0] : below[1]].lstrip(SIGN)[:1]
    if words[-1:] in STOPS or not after.islower():
        return _said(words)
    verbs = lexicon().verbs
    return bool(DOUBLE.search(words) or SINGLE.search(words)) or any(w in verbs for w in WORD.findall(words.lower()))


def _said(words: str) -> bool:
    """Whether a verb of speech stands at the end, behind a closing mark, with nobody yet who speaks: “…,” said the"""
    tag = TAG.search(words)
    verb, article = (tag[1].lower(), (tag[2] or "").lower()) if tag else ("", "")
    return verb in lexicon().verbs and (not article or article in lexicon().determiners)


def stretches(text: str) -> list[Span]:
    """All stretches of a text between a double mark that opens and the one that closes it: in one paragraph whatever
    is marked inside, and across paragraphs where no other mark stands between."""
    found: list[Span] = []
    held: list[Mark] = []
    last = 0
    for mark in _marks(text, 0, len(text), DOUBLE):
        if held and BLANK.search(text, last, mark.at):
            del held[:-1]
        last = mark.at
        if held and mark.closes and mark.sign in FITS.get(held[-1].sign, ""):
            found.append((held[-1].at + len(held[-1].sign), mark.at))
            held.pop()
        elif mark.opens:
            held.append(mark)
    return found
