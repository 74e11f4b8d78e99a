"""Whether two places are one telling: an article that has its words from the talk, or from another article, agrees with
nobody."""

from __future__ import annotations

from collections.abc import Iterable

from vivavoce.accounts.words import sentences, words
from vivavoce.model import Evidence, Passage

RUN = 3  # words that stand together
COPIED = 4  # runs that two places share when one is a copy of the other
SHARE = 0.25  # of the fewer runs of the two


def same_words(a: list[Passage], b: list[Passage], here: Evidence, there: Evidence) -> bool:
    """Whether what stands around two places is one telling: an article is one of them, and both have several runs of
    three words."""
    if not any(p.heading for p in (*a, *b)):
        return False
    one, two = runs(around(a, here)), runs(around(b, there))
    return len(one & two) >= max(COPIED, SHARE * min(len(one), len(two)))


def around(passages: Iterable[Passage], place: Evidence) -> str:
    """The sentence of an evidence, with the one before and the one after it; "" where no passage holds it."""
    for p in passages:
        offset = 0
        for a, b in p.spans:
            if p.source == place.source and a <= place.start < b:
                at = offset + place.start - a
                spans = sentences(p.text, 0, len(p.text))
                n = next((i for i, s in enumerate(spans) if s[1] > at), len(spans) - 1)
                return p.text[spans[max(0, n - 1)][0] : spans[min(len(spans) - 1, n + 1)][1]]
            offset += b - a + 1
    return ""


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of three words of a text."""
    said = [w for w, _, _ in words(text)]
    return {tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1)}
