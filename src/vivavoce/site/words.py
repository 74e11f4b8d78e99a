"""Words of a source on a page: always text, never markup; withheld stretches as a notice; stretches lit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup, escape
from msgspec.structs import replace

from vivavoce.model import WITHHELD, Correction, Reading, Source, Span, Value, corrected
from vivavoce.site.markdown import UNSEEN

# Control characters are not allowed in HTML; white space is.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
WITHHELD_RUN = re.compile(f"{WITHHELD}(?:[ ]?{WITHHELD}+)*")
NOTICE = Markup('<span class="withheld">[withheld]</span>')


class Mark(Value, frozen=True):
    """A stretch of the text with markup of ours round it: `open` at its first piece, `again` where it goes on
    after something that crosses it or was left out, `close` after each."""

    start: int
    end: int
    open: Markup
    again: Markup
    close: Markup


def clean(text: str) -> str:
    """A text without the characters that may not stand in HTML, and without signs that are not to be seen."""
    return CONTROL.sub("\ufffd", text).replace(UNSEEN, "")


def said(text: str) -> Markup:
    """Text of a source, escaped, a withheld run as a notice."""
    if WITHHELD not in text:
        return escape(clean(text))
    kept = WITHHELD_RUN.split(clean(text))
    return NOTICE.join(escape(part) for part in kept)


def spoken(text: str) -> str:
    """Text of a source for places that hold no markup (titles, citations, the index)."""
    whole = WITHHELD_RUN.sub("[withheld]", text) if WITHHELD in text else text
    return " ".join(clean(whole).split())


def printed(source: Source, start: int, end: int, marks: Iterable[Mark] = (), begun: set[Mark] | None = None) -> Markup:
    """`source.text[start:end]` as it is shown, with its marks; marks that cross are closed and opened again so that
    they nest, and none begins or ends within a corrected word.

    `begun`: marks that were opened before (a mark's `open`, which may hold an id, is printed once); is added to.
    """
    begun = set() if begun is None else begun
    readings = {one.start: one for one in corrected(source, start, end)}
    layer = [one for one in readings.values() if one.was]
    live = [_round(m, source) for m in marks if m.start < end and m.end > start]
    live.sort(key=lambda m: (m.start, -m.end))
    edges = [e for m in live for e in (m.start, m.end)] + [e for w in layer for e in (w.start, w.end)]
    cuts = sorted({start, end, *(e for e in edges if start < e < end)})
    out: list[str] = []
    stack: list[Mark] = []
    waiting = list(reversed(live))
    for at, to in pairwise(cuts):
        _shut(stack, at, out, begun)
        while waiting and waiting[-1].start <= at:
            _open(waiting.pop(), stack, out, begun)
        word = readings.get(at)
        out.append(mended(word) if word and word.was else said(source.text[at:to]))
    out.extend(m.close for m in reversed(stack))
    return Markup("".join(out))  # noqa: S704 - every piece is escaped text or markup of ours


def mended(word: Reading) -> Markup:
    """A corrected word, with the word as it came in its title."""
    if WITHHELD in word.was:
        return said(word.text)  # another name: the one that came is not told
    return Markup('<span class="corrected" title="{}">{}</span>').format(
        f"As it came: {spoken(word.was)}", said(word.text)
    )


def _round(mark: Mark, source: Source) -> Mark:
    """A mark with its ends moved out of corrected words, to hold them whole."""
    if not source.corrections:
        return mark
    first, last = _within(source, mark.start), _within(source, mark.end)
    return replace(mark, start=first.start if first else mark.start, end=last.end if last else mark.end)


def _within(source: Source, offset: int) -> Correction | None:
    """The correction that an offset lies inside of."""
    at = bisect_right(source.corrections, offset, key=lambda c: c.end)
    found = source.corrections[at] if at < len(source.corrections) else None
    return found if found and found.start < offset else None


def _open(mark: Mark, stack: list[Mark], out: list[str], begun: set[Mark]) -> None:
    out.append(mark.again if mark in begun else mark.open)
    begun.add(mark)
    stack.append(mark)


def _shut(stack: list[Mark], at: int, out: list[str], begun: set[Mark]) -> None:
    """Close the marks that end here; those above them on the stack are closed too, and opened again."""
    done = next((i for i, m in enumerate(stack) if m.end <= at), None)
    if done is None:
        return
    above = stack[done:]
    out.extend(m.close for m in reversed(above))
    del stack[done:]
    for mark in above:
        if mark.end > at:
            _open(mark, stack, out, begun)


def by_stretch(marks: list[Mark], stretches: Sequence[Span]) -> list[list[Mark]]:
    """For each stretch (in order, apart) the marks that reach into it."""
    out: list[list[Mark]] = [[] for _ in stretches]
    for mark in marks:
        at = max(bisect_right(stretches, mark.start, key=lambda s: s[0]) - 1, 0)
        while at < len(stretches) and stretches[at][0] < mark.end:
            if stretches[at][1] > mark.start:
                out[at].append(mark)
            at += 1
    return out


def names_somebody(alias: str) -> bool:
    """Whether another name of somebody is worth printing: no speaker label such as A, Q, SPEAKER_00 or NUALA."""
    letters = [c for c in alias if c.isalpha()]
    return len(letters) > 1 and not alias.isupper() and "_" not in alias
