"""Straight quotation marks and apostrophes become the printer's, in a book in English: the marks of one edition look
alike whoever typed its sources. One character takes the place of one, so that no word moves and none is changed."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from msgspec.structs import replace

from vivavoce.book.edition import Runs

STRAIGHT = re.compile("[\"']")
BEFORE = frozenset("([{—–-/“‘¿¡")  # what a mark that opens may follow, besides a space
# Words that begin with an apostrophe, as people write down what they hear: “'cause”, “'em”, “'84”.
CLIPPED = re.compile(
    r"(?:\d|(?:tis|twas|twere|twill|em|cause|cos|cuz|til|till|n|bout|round|neath|cross|fraid|kay|nother|nuff|sup|im|er|"
    r"ere|un|uns|s|d|ve|re|ll|o)\b)",
    re.I,
)


def curled(text: str) -> str:
    """A text with the printer's marks for straight ones. Feet and inches keep theirs. As long as it was (code points).

    >>> curled('''"Who's there?" she'd said in '84''')
    '“Who’s there?” she’d said in ’84'
    """
    if not STRAIGHT.search(text):
        return text
    out = list(text)
    opened = {'"': 0, "'": 0}
    for found in STRAIGHT.finditer(text):
        out[found.start()] = _mark(text, out, found.start(), opened)
    return "".join(out)


def _mark(text: str, so_far: list[str], at: int, opened: dict[str, int]) -> str:
    """The mark that is printed at a place. `opened`: how many of each kind stand open."""
    sign = text[at]
    left, right = so_far[at - 1] if at else " ", text[at + 1 : at + 2] or " "
    opens = (left.isspace() or left in BEFORE) and not right.isspace()
    if opens and not (sign == "'" and CLIPPED.match(text, at + 1) and not _closes(text, at)):
        opened[sign] += 1
        return "“" if sign == '"' else "‘"
    if left.isdigit() and not opened[sign] and not right.isalpha():
        return sign  # 5'10": feet, inches, minutes
    within = sign == "'" and left.isalnum() and right.isalnum()
    opened[sign] = max(opened[sign] - (not within), 0)
    return "”" if sign == '"' else "’"


def _closes(text: str, at: int) -> bool:
    """Whether the word after a single mark is closed by one: 'em' is quoted, 'em is clipped, and so is 'n' on both
    sides."""
    return re.match(r"(?!n')\w+'(?!\w)", text[at + 1 :]) is not None


def set_in_type(paragraph: Runs) -> Runs:
    """A paragraph with the printer's marks; a mark is judged by its neighbours in other runs, too."""
    whole = curled("".join(run.text for run in paragraph))
    ends = accumulate((len(run.text) for run in paragraph), initial=0)
    return tuple(replace(run, text=whole[a:b]) for run, (a, b) in zip(paragraph, pairwise(ends), strict=True))
