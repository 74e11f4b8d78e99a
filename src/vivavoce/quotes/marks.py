"""Quotation marks of all kinds: which of them open, which close, and which are apostrophes.

One pass over the marks of a paragraph with a stack; nothing looks further than the next few marks, so the time is
linear whatever the text. What is unbalanced is mended at the end of the paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vivavoce.language.paragraphs import stripped

MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛'\u201a＂]")
CLOSERS = {
    "“": '”“"',
    "”": "”",
    "„": '“”‟"',
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "‘": "’'‘",
    "‚": "‘’",
    "‛": "’",
    "'": "'’",
    '"': '"”“',
    "＂": "＂",
    "``": "''\"”",
    "''": "''",
}
SINGLE = frozenset("‘’‚‛'‹›")
ELISION = re.compile(
    r"(?:em|til|till|cause|bout|round|tis|twas|twere|twill|n|nuff|neath|gainst|\d0?s|\d\ds?|til'|kay|sup|fraid)\b",
    re.IGNORECASE,
)
FEW = 4
LONG = 200
BEFORE_OPENING = frozenset(" \t\n\r\xa0\u2002\u2003\u2009\u200a\u202f([{—–-―/…=>|*_:;,\u200b\ufeff")
AFTER_CLOSING = frozenset(" \t\n\r\xa0\u2009\u202f)]}—–-―/….,;:!?*_<|")


class Marked(NamedTuple):
    """Words in marks: `start`, `end` of the words, `left`, `right` of the marks with them (right mark may lack).

    `closed`: the closing mark is there. `mark`: the opening mark. `inner`: how many marked stretches lie inside.
    """

    start: int
    end: int
    left: int
    right: int
    closed: bool
    mark: str
    inner: int = 0


class Open(NamedTuple):
    """A mark that waits for its other half."""

    left: int
    start: int
    mark: str
    inner: int


def marked(text: str, start: int, end: int, next_mark: str = "", opened: str = "") -> list[Marked]:
    """The outermost marked stretches of a paragraph `text[start:end]`, in order and apart.

    `next_mark`: the character that the next paragraph begins with; a single mark left open may go on there.
    `opened`: the mark that was opened in a paragraph before and is closed in this one.
    """
    found = [(*m.span(), m.group()) for m in MARK.finditer(text, start, end)]
    marks = [m for m in found if m[2] not in "’'" or not within_word(text, m[0], start, end)]
    if not marks:
        return []
    stack = [Open(start, start, opened, 0)] if opened else []
    done: list[Marked] = []
    ahead = good_closers(text, marks, end)
    for i, (left, right, mark) in enumerate(marks):
        before = text[left - 1] if left > start else " "
        after = text[right] if right < end else " "
        if closes_some(stack, mark, before, after, ahead[i]) and not (
            mark == "’" and stack[-1].mark == next_mark and plural(text, stack[-1].start, left, after)
        ):
            close(stack, done, left, right, mark)
        elif opens(mark, before, after, text, right, stack):
            stack.append(Open(left, right, mark, 0))
    return settle(text, stack, done, end, next_mark)


def within_word(text: str, at: int, start: int, end: int) -> bool:
    """Whether the character at `at` stands between two letters or digits of `text[start:end]`: "don't"."""
    return start < at < end - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def good_closers(text: str, marks: list[tuple[int, int, str]], end: int) -> list[bool]:
    """For each mark: whether, before the next single opening mark, there comes a single mark after punctuation
    (it, and not one after a letter as in "the players' bus" or "goin' home", then closes what is open)."""
    out = [False] * len(marks)
    coming = False
    for i in range(len(marks) - 1, -1, -1):
        left, right, mark = marks[i]
        out[i] = coming
        if mark in "’'" and left and text[left - 1] in ".,!?…" and (right >= end or not text[right].isalnum()):
            coming = True
        elif mark == "‘" or (mark == "'" and left and text[left - 1] in " ("):
            coming = False
    return out


def closes_some(stack: list[Open], mark: str, before: str, after: str, better: bool) -> bool:
    """Whether a mark closes one that is open."""
    if not stack or not any(mark in CLOSERS[o.mark] for o in stack[-3:]):
        return False
    if mark in "’'":
        if after.isalnum() or (before.isspace() and not after.isspace()):
            return False
        return not (before.isalpha() and better)
    if mark in '"＂':
        return before in "—–-…" or before not in BEFORE_OPENING or after in AFTER_CLOSING
    if mark in "“‘":
        return stack[-1].mark in "„‚" or (not before.isspace() and (after.isspace() or after in ".,;:!?)"))
    return not (mark == "»" and stack[-1].mark == "»" and before.isspace() and not after.isspace())


def plural(text: str, start: int, left: int, after: str) -> bool:
    """Whether a mark that could close a sentence is an apostrophe, where the next paragraph may go on with it:
    ‘They took the boys’ boots."""
    many = text.count(" ", start, min(left, start + LONG)) >= FEW
    return (
        many and text[left - 1] == "s" and after == " " and text[left + 2 : left + 3].islower() and starts(text, start)
    )


def starts(text: str, start: int) -> bool:
    """Whether a sentence may begin here."""
    return text[start : start + 1].isupper() or text[start : start + 1].isdigit()


def opens(mark: str, before: str, after: str, text: str, right: int, stack: list[Open]) -> bool:
    """Whether a mark opens a stretch."""
    if after.isspace() and mark not in "«»" and mark != "``":
        # said," [she] was: the blank slipped over the mark
        return mark == '"' and before == "," and not stack and text[right + 1 : right + 2] == "["
    if mark in "“„‟``«‹":
        return not (mark == "“" and before.isalnum() and not after.isalnum())
    fresh = before in BEFORE_OPENING or before in "“„\"«‘'"
    if mark in "‘‚‛'":
        curly = mark == "‘" and (fresh or not before.isalnum())
        begins = curly or (fresh and after.isalnum())
        return begins and not ELISION.match(text, right, right + 8)
    if mark == "”":
        return fresh and after.isalnum() and not stack
    return mark != "’" and (fresh or (not stack and not before.isalnum() and after.isalnum()))


def close(stack: list[Open], done: list[Marked], left: int, right: int, mark: str) -> None:
    """Close the innermost open mark that this one fits; what was opened inside it and never closed is dropped."""
    while stack:
        opened = stack.pop()
        if mark not in CLOSERS[opened.mark]:
            continue
        if stack:
            stack[-1] = stack[-1]._replace(inner=stack[-1].inner + 1)
        done.append(Marked(opened.start, left, opened.left, right, True, opened.mark, opened.inner))
        return


def settle(text: str, stack: list[Open], done: list[Marked], end: int, next_mark: str) -> list[Marked]:
    """The outermost stretches; a double mark left open runs to the paragraph's end, and so does a single one that the
    next paragraph begins with, else it is no mark; one that others follow in its paragraph is taken for a slip."""
    last = max((m.left for m in done if m.mark not in SINGLE), default=-1)
    final = max((m.left for m in done), default=-1)
    for opened in stack:
        single = opened.mark in SINGLE
        runs_on = opened.mark == next_mark and final < opened.left and starts(text, opened.start)
        if last < opened.left and (not single or (runs_on and text[end - 1] in ".?!…,—–")):
            done.append(Marked(opened.start, end, opened.left, end, False, opened.mark, 0))
            break
    out: list[Marked] = []
    for m in sorted(done, key=lambda m: (m.left, -m.right)):
        start, stop = stripped(text, m.start, m.end)
        if (not out or m.left >= out[-1].right) and stop > start:
            out.append(Marked(start, stop, m.left, m.right, m.closed, m.mark, m.inner))
    return out
