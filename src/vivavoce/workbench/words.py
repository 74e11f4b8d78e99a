"""Words of a source on a page: lit where something is said of them, each stretch with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from vivavoce.model import WITHHELD, Source, Span, Value, corrected

HELD = re.compile(f"({WITHHELD}+)")


class Lit(Value, frozen=True):
    """A stretch of a source that is lit: `look` is a class of the style sheet, `about` the quotation it is of."""

    start: int
    end: int
    look: str
    about: str = ""


def printed(source: Source, start: int, end: int, lit: Sequence[Lit] = ()) -> Markup:
    """`source.text[start:end]` as it is shown. Every stretch tells its offsets (`data-a`, `data-z`), so that what is
    selected on the page is known in the text; corrected words show what they were."""
    here = [m for m in lit if m.start < end and start < m.end]
    borders = sorted({p for m in here for p in (m.start, m.end) if start < p < end})
    return Markup("").join(
        _stretch(one.text, one.was, one.start, one.end, here, [b for b in borders if one.start < b < one.end])
        for one in corrected(source, start, end)
    )


def _stretch(text: str, was: str, start: int, end: int, lit: Sequence[Lit], borders: Sequence[int]) -> Markup:
    if was:
        word = Markup('<span class="corrected" title="as it came: {}">{}</span>').format(was, text)
        return _wrapped(word, start, end, lit)
    cuts = [start, *borders, end]
    return Markup("").join(_wrapped(_held(text[a - start : b - start]), a, b, lit) for a, b in pairwise(cuts))


def _wrapped(inner: Markup, start: int, end: int, lit: Iterable[Lit]) -> Markup:
    over = [m for m in lit if m.start < end and start < m.end]
    at = Markup('data-a="{}" data-z="{}"').format(start, end)
    if not over:
        return Markup("<span {}>{}</span>").format(at, inner)
    looks = " ".join(dict.fromkeys(m.look for m in over))
    about = next((m.about for m in over if m.about), "")
    told = Markup(' data-q="{}"').format(about) if about else Markup("")
    return Markup('<mark class="{}" {}{}>{}</mark>').format(looks, at, told, inner)


def _held(text: str) -> Markup:
    if WITHHELD not in text:
        return escape(text)
    notice = Markup('<span class="withheld">[withheld]</span>')
    return Markup("").join(notice if part.startswith(WITHHELD) else escape(part) for part in HELD.split(text))


def paragraphs(source: Source) -> list[Span]:
    """The stretches of a text that stand as one on a page: the turns' paragraphs, else the blocks."""
    if source.turns:
        return [span for turn in source.turns for span in turn.spans]
    return [(b.start, b.end) for b in source.blocks] or [(0, len(source.text))]
