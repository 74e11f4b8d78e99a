"""Where a decision points: the words themselves, some of what stands round them, and where they stood.

The selectors are those of the W3C Web Annotation model: a text quote (exact, prefix, suffix) and a text position
(start, end) that holds for one version of the text (its hash).
"""

from __future__ import annotations

from collections.abc import Callable

from vivavoce.errors import UsageError
from vivavoce.model import Source, Span, Value

CONTEXT = 32
"""Code points of context kept on either side."""

SHORT = 20
"""Words shorter than this (code points) are found again only where something round them agrees too."""

ALIKE = 0.6
"""How alike the surroundings must be (0 to 1) to stand for equal ones."""

MARGIN = 0.1
"""By how much the best of several places must lead."""

NEAR = 0.85
"""How alike changed words must be to count as the same words, corrected."""

MANY = 200
"""With more places than this the surroundings are compared for equality only."""

Lookup = Callable[[str], Source | None]
"""A source by its path, or None if it is not there: one source at a time in memory."""


class Anchor(Value, frozen=True):
    """A stretch of a source by its words.

    `exact`: the words; `prefix`, `suffix`: up to 32 code points round them; `start`, `end` hold where the source's
    text hash is `text_hash`. `nth` of `of`: which one, where the same words stand several times in the same
    surroundings. `figure`: for a person's mention, the name under which the source knew them (with no `exact`,
    somebody named by a speaker label that is not text).
    """

    source: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    text_hash: str = ""
    start: int = 0
    end: int = 0
    figure: str = ""
    nth: int = 0
    of: int = 1


def anchor(source: Source, start: int, end: int, figure: str = "") -> Anchor:
    """Anchor a stretch of a source's text (code points, half-open).

    Raises UsageError if the stretch does not lie within the text.
    """
    text = source.text
    if not 0 <= start <= end <= len(text):
        raise UsageError(f"{source.path} has no text from {start} to {end}; it has {len(text)} characters.")
    exact, prefix, suffix = text[start:end], text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    equals = _equals(text, exact, prefix, suffix)
    return Anchor(
        source.path,
        exact,
        prefix,
        suffix,
        source.text_hash,
        start,
        end,
        figure,
        equals.index(start) if start in equals else 0,
        max(len(equals), 1),
    )


def locate(anchor: Anchor, source: Source) -> Span | None:
    """Find an anchor's words in a source as it stands now; None when that is not certain.

    In this order: the offsets, if the text is the same; the words in their surroundings; the words, if they stand
    there once and (short ones) something round them agrees; changed words that can be no others (surroundings
    kept, and very much alike). Two places as good as each other are no place.
    """
    text, exact = source.text, anchor.exact
    if not exact:
        return None
    same = bool(anchor.text_hash) and anchor.text_hash == source.text_hash
    if same and text[anchor.start : anchor.end] == exact and anchor.start >= 0:
        return anchor.start, anchor.end
    places = _places(text, exact)
    start = _among(anchor, text, places)
    if start is not None:
        return start, start + len(exact)
    return None if places else _near(anchor, text)


def _places(text: str, words: str) -> list[int]:
    """Every offset at which `words` begin."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _equals(text: str, exact: str, prefix: str, suffix: str) -> list[int]:
    """Every offset at which `exact` begins in just these surroundings."""
    whole = prefix + exact + suffix
    return [at + len(prefix) for at in _places(text, whole)] if exact else []


def _among(anchor: Anchor, text: str, places: list[int]) -> int | None:
    """Which of the places of the very words is meant, or None."""
    equals = [at for at in places if _before(anchor, text, at) and _after(anchor, text, at)]
    if equals and (anchor.prefix or anchor.suffix):
        return equals[anchor.nth] if len(equals) == anchor.of and anchor.nth < len(equals) else None
    if len(places) == 1 and (len(anchor.exact) >= SHORT or not (anchor.prefix or anchor.suffix)):
        return places[0]
    halves = [at for at in places if _one_side(anchor, text, at)]
    if halves:
        return halves[0] if len(halves) == 1 else None
    return _best(anchor, text, places) if len(places) <= MANY else None


def _before(anchor: Anchor, text: str, at: int) -> bool:
    return text.endswith(anchor.prefix, 0, at)


def _after(anchor: Anchor, text: str, at: int) -> bool:
    return text.startswith(anchor.suffix, at + len(anchor.exact))


def _one_side(anchor: Anchor, text: str, at: int) -> bool:
    """Whether one side's surroundings are whole: enough of it to mean something."""
    before = len(anchor.prefix) >= CONTEXT // 2 and _before(anchor, text, at)
    return before or (len(anchor.suffix) >= CONTEXT // 2 and _after(anchor, text, at))


def _best(anchor: Anchor, text: str, places: list[int]) -> int | None:
    """The place whose surroundings are most alike, if they are so enough and no other comes near."""
    ranked = sorted(((_alike(anchor, text, at, at + len(anchor.exact)), -at) for at in places), reverse=True)
    if not ranked or ranked[0][0] < ALIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    return -ranked[0][1]


def _alike(anchor: Anchor, text: str, start: int, end: int) -> float:
    """How alike the surroundings of a stretch are to the anchor's, 0 to 1."""
    from rapidfuzz.fuzz import ratio

    now = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    return (ratio(anchor.prefix, now[0]) + ratio(anchor.suffix, now[1])) / 200


def _near(anchor: Anchor, text: str) -> Span | None:
    """Changed words between surroundings that were kept and stand once, if they are very much alike."""
    from rapidfuzz.fuzz import ratio

    if min(len(anchor.prefix), len(anchor.suffix)) < CONTEXT // 2 or len(anchor.exact) < SHORT:
        return None
    before, after = _places(text, anchor.prefix), _places(text, anchor.suffix)
    if len(before) != 1 or len(after) != 1:
        return None
    start, end = before[0] + len(anchor.prefix), after[0]
    if not start < end <= start + 2 * len(anchor.exact):
        return None
    return (start, end) if ratio(anchor.exact, text[start:end]) >= NEAR * 100 else None
