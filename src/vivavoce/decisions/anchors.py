"""Where a decision points: the words themselves, some of what stands round them, and where they stood.

The selectors are those of the W3C Web Annotation model: a text quote (exact, prefix, suffix) and a text position
(start, end) that holds for one version of the text (its hash).
"""

from __future__ import annotations

from collections.abc import Callable

from vivavoce.errors import UsageError
from vivavoce.model import WITHHELD, Source, Span, Value

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

PIECE, PIECES = 12, 24
"""Changed words are looked for by about so many pieces of so many code points."""

LONG = 2000
"""Of longer words (code points) the two ends are compared."""

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

    Raises UsageError if the stretch does not lie within the text, or is withheld.
    """
    text = source.text
    if not 0 <= start <= end <= len(text):
        raise UsageError(f"{source.path} has no text from {start} to {end}; it has {len(text)} characters.")
    exact, prefix, suffix = text[start:end], text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    if WITHHELD in exact:
        raise UsageError(f"These words of {source.path} are withheld; nothing can be decided about them.")
    # Nor are overwritten words surroundings: the text as it came has others there.
    prefix, suffix = prefix.rpartition(WITHHELD)[2], suffix.partition(WITHHELD)[0]
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
    halves = [at for at in places[: MANY + 1] if _one_side(anchor, text, at)]
    if halves and len(places) <= MANY:
        return halves[0] if len(halves) == 1 else None
    return _best(anchor, text, places) if len(places) <= MANY else None


def _before(anchor: Anchor, text: str, at: int) -> bool:
    return text.endswith(anchor.prefix, 0, at)


def _after(anchor: Anchor, text: str, at: int) -> bool:
    return text.startswith(anchor.suffix, at + len(anchor.exact))


def _one_side(anchor: Anchor, text: str, at: int) -> bool:
    """Whether one side's surroundings are whole (and enough to mean something), and the other side's are still
    there, if further off: something was put in. Where they are gone, the words may be others."""
    before = len(anchor.prefix) >= CONTEXT // 2 and _before(anchor, text, at)
    if before and _further(anchor.suffix, text, at + len(anchor.exact)):
        return True
    return len(anchor.suffix) >= CONTEXT // 2 and _after(anchor, text, at) and _nearer(anchor.prefix, text, at)


def _further(suffix: str, text: str, at: int) -> bool:
    """Whether a suffix stands after an offset, as it was or with something put into it."""
    k = 0
    while k < len(suffix) and text.startswith(suffix[k], at + k):
        k += 1
    return text.find(suffix[k:], at + k) >= 0


def _nearer(prefix: str, text: str, at: int) -> bool:
    """Whether a prefix stands before an offset, as it was or with something put into it."""
    k = 0
    while k < len(prefix) and at > k and text[at - k - 1] == prefix[-k - 1]:
        k += 1
    return text.find(prefix[: len(prefix) - k], 0, at - k) >= 0


def _best(anchor: Anchor, text: str, places: list[int]) -> int | None:
    """The place whose surroundings, on both sides, are most alike, if they are so enough and no other comes near."""
    ranked = sorted(((min(_sides(anchor, text, at, at + len(anchor.exact))), -at) for at in places), reverse=True)
    if not ranked or ranked[0][0] < ALIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    return -ranked[0][1]


def _sides(anchor: Anchor, text: str, start: int, end: int) -> tuple[float, float]:
    """How alike the surroundings of a stretch are to the anchor's, 0 to 1, before and after; where the anchor's
    text began or ended, anything is."""
    from rapidfuzz.fuzz import ratio

    before = ratio(anchor.prefix, text[max(start - len(anchor.prefix), 0) : start]) if anchor.prefix else 100
    after = ratio(anchor.suffix, text[end : end + len(anchor.suffix)]) if anchor.suffix else 100
    return before / 100, after / 100


# --- changed words -----------------------------------------------------------------------------------------


def _near(anchor: Anchor, text: str) -> Span | None:
    """Changed words that can be no others: very much alike, in surroundings that are alike, with no second place
    that comes near. Places are looked for where pieces of the words stand, so that it stays linear."""
    from rapidfuzz.fuzz import ratio

    if len(anchor.exact) < SHORT:
        return None
    ranked = sorted(((_score(anchor, text, span), span) for span in _windows(anchor.exact, text)), reverse=True)
    if not ranked or ranked[0][0] < NEAR:
        return None
    best = ranked[0][1]
    apart = [score for score, span in ranked[1:] if span[1] <= best[0] or span[0] >= best[1]]
    if apart and ranked[0][0] - apart[0] < MARGIN:
        return None
    start, end = _borders(anchor, text, best)
    if start >= end or sum(_sides(anchor, text, start, end)) / 2 < ALIKE:
        return None
    return (start, end) if ratio(anchor.exact, text[start:end]) >= NEAR * 100 else None


def _windows(exact: str, text: str) -> list[Span]:
    """Stretches of the text that may be the changed words, by pieces of the words that stand in them."""
    step = max((len(exact) - PIECE) // PIECES, 1)
    votes = []
    for offset in range(0, max(len(exact) - PIECE, 0) + 1, step):
        found = _first(text, exact[offset : offset + PIECE])
        votes += [max(at - offset, 0) for at in found if len(found) <= MANY]
    windows: list[Span] = []
    for start in sorted(votes):
        # Starts that lie close together are one place whose words grew or shrank.
        if windows and start - windows[-1][0] <= len(exact) // 4 + PIECE:
            continue
        windows.append((start, min(start + len(exact) + len(exact) // 4 + PIECE, len(text))))
    return windows[:MANY]


def _first(text: str, words: str) -> list[int]:
    """The first offsets at which `words` begin: one more than are of use."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) <= MANY:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _score(anchor: Anchor, text: str, window: Span) -> float:
    """How well the words fit into a window, 0 to 1; of very long words, their beginning and end."""
    from rapidfuzz.fuzz import partial_ratio

    words, there = anchor.exact, text[window[0] : window[1]]
    if len(words) <= LONG:
        return float(partial_ratio(words, there)) / 100
    head = partial_ratio(words[: LONG // 2], there[:LONG])
    return float(min(head, partial_ratio(words[-LONG // 2 :], there[-LONG:]))) / 100


def _borders(anchor: Anchor, text: str, window: Span) -> Span:
    """Where the changed words begin and end, from an alignment of both ends with what stands round them."""
    low, high = max(window[0] - 2 * CONTEXT, 0), min(window[1] + 2 * CONTEXT, len(text))
    size = min(len(anchor.exact), LONG)
    reach = size + size // 4 + 4 * CONTEXT + PIECE
    head, tail = anchor.prefix + anchor.exact[:size], anchor.exact[-size:] + anchor.suffix
    start = _mapped(head, text[low : low + reach], len(anchor.prefix))
    at = max(high - reach, low)
    return low + start, at + _mapped(tail, text[at:high], size - 1) + 1


def _mapped(words: str, there: str, at: int) -> int:
    """The offset in `there` that corresponds to one in `words`, by the cheapest edits from one to the other."""
    from rapidfuzz.distance import Indel

    for op in Indel.opcodes(words, there):
        if op.src_start <= at < op.src_end:
            return op.dest_start + (at - op.src_start if op.tag == "equal" else 0)
    return len(there)
