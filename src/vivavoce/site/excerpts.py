"""What of a press article is shown: its quotations and a few words round them, and how much that is."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from vivavoce.model import Block, Quote, Source, Span, Value, block

WORDS_ROUND = 12  # at most so many words on each side of a quotation, within its paragraph
REACH = 160  # and at most so many characters
NEVER = frozenset({"alt", "credit", "teaser", "byline"})
BREAK = re.compile(r"\n[ \t\r]*\n")
TOKEN = re.compile(r"\S+")
SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*$")


class Excerpt(Value, frozen=True):
    """A run of paragraphs that belong together: `paragraphs` holds the stretches shown of each; `quotes` are those
    that stand in it, in order."""

    paragraphs: tuple[tuple[Span, ...], ...]
    quotes: tuple[Quote, ...]


def fragments(quote: Quote) -> tuple[Span, ...]:
    """The stretches that a quotation holds on the page: its words, or the clause that reports them."""
    return quote.spans if quote.kind == "direct" or quote.kind == "turn" else (quote.content or quote.spans)


def marked(quote: Quote) -> bool:
    """Whether what is shown of a quotation is just what stood between the marks (else the marks stand within it)."""
    return quote.kind == "direct" or (quote.kind == "mixed" and fragments(quote) == quote.spans)


def excerpts(source: Source, quotes: list[Quote]) -> list[Excerpt]:
    """The excerpts of a press source round its quotations (in order of their place).

    Each fragment stands with at most `WORDS_ROUND` words on each side, within its own paragraph; stretches that
    meet become one. Quotations in image texts, credits and teasers are not shown.
    """
    bounds = _paragraphs(source)
    shown: dict[Span, list[Span]] = {}
    holders: dict[Span, list[Quote]] = {}
    for quote in quotes:
        for fragment in fragments(quote):
            for paragraph in _within(bounds, fragment):
                shown.setdefault(paragraph, []).append(_window(source.text, paragraph, fragment, quote))
                holders.setdefault(paragraph, []).append(quote)
    return _joined({p: _union(spans) for p, spans in sorted(shown.items())}, holders)


def share(source: Source, shown: list[Excerpt]) -> float:
    """How much of an article's words (headline to last line, without image texts and teasers) is shown, 0 to 1."""
    all_of_it = sum(len(source.text[a:b].split()) for a, b in _paragraphs(source)) or 1
    used = sum(len(source.text[a:b].split()) for e in shown for p in e.paragraphs for a, b in p)
    return min(used / all_of_it, 1.0)


def _paragraphs(source: Source) -> list[Span]:
    """The paragraphs that may be shown: parts of blocks between blank lines."""
    out: list[Span] = []
    for b in source.blocks or (Block("body", 0, len(source.text)),):
        if b.kind in NEVER:
            continue
        start = b.start
        for gap in BREAK.finditer(source.text, b.start, b.end):
            out.append((start, gap.start()))
            start = gap.end()
        out.append((start, b.end))
    return [p for p in out if p[0] < p[1]]


def _within(bounds: list[Span], fragment: Span) -> list[Span]:
    """The paragraphs that a fragment stands in."""
    at = max(bisect_right(bounds, fragment[0], key=lambda p: p[0]) - 1, 0)
    found = []
    while at < len(bounds) and bounds[at][0] < fragment[1]:
        if bounds[at][1] > fragment[0]:
            found.append(bounds[at])
        at += 1
    return found


def _window(text: str, paragraph: Span, fragment: Span, quote: Quote) -> Span:
    """A fragment with the few words round it. Speech without marks is the writer's own prose: round it stands no
    more than who reports it and how ("Marsh said that")."""
    start, end = max(fragment[0], paragraph[0]), min(fragment[1], paragraph[1])
    if quote.kind == "indirect":
        tag = [m for m in (quote.speaker, quote.cue) if m and paragraph[0] <= m.start and m.end <= paragraph[1]]
        before = [m.start for m in tag if m.end <= start and _near(text, m.start, start)]
        after = [m.end for m in tag if m.start >= end and _near(text, end, m.end)]
        return (min([start, *before]), max([end, *after]))
    keep = (quote.speaker.start, quote.speaker.end) if quote.speaker else (end, start)
    return (_before(text, paragraph[0], start, keep[0]), _after(text, paragraph[1], end, keep[1]))


def _near(text: str, start: int, end: int) -> bool:
    return end - start <= REACH and len(text[start:end].split()) <= WORDS_ROUND


def _before(text: str, low: int, start: int, keep: int) -> int:
    """Where the words before begin: at the start of a sentence where one begins among them."""
    edge = max(low, start - REACH)
    tokens = list(TOKEN.finditer(text, edge, start))
    if tokens and edge > low and not text[edge - 1].isspace():
        tokens = tokens[1:]
    tokens = _last_words(tokens)
    if not tokens or tokens[0].start() == low:
        return tokens[0].start() if tokens else start
    for one, following in pairwise(tokens):
        if SENTENCE_END.search(one[0]) and (keep >= following.start() or keep < tokens[0].start()):
            return following.start()
    return tokens[0].start()


def _after(text: str, high: int, end: int, keep: int) -> int:
    """Where the words after end: at the end of a sentence where the last one is not whole."""
    edge = min(high, end + REACH)
    tokens = list(TOKEN.finditer(text, end, edge))
    if tokens and edge < high and not text[edge].isspace():
        tokens = tokens[:-1]
    tokens = _first_words(tokens)
    if not tokens or tokens[-1].end() == high:
        return tokens[-1].end() if tokens else end
    for one in reversed(tokens):
        if SENTENCE_END.search(one[0]) and (keep <= one.end() or keep > tokens[-1].end()):
            return one.end()
    return tokens[-1].end()


def _first_words(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The first few tokens that hold no more words than are allowed (marks alone are no words)."""
    words = 0
    for i, one in enumerate(tokens):
        words += any(c.isalnum() for c in one[0])
        if words > WORDS_ROUND:
            return tokens[:i]
    return tokens


def _last_words(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    return _first_words(tokens[::-1])[::-1]


def _union(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def _joined(shown: dict[Span, tuple[Span, ...]], holders: dict[Span, list[Quote]]) -> list[Excerpt]:
    """Paragraphs that share a quotation belong to one excerpt."""
    runs: list[tuple[list[tuple[Span, ...]], dict[str, Quote]]] = []
    for paragraph, stretches in shown.items():
        here = {q.id: q for q in holders[paragraph]}
        if runs and not here.keys().isdisjoint(runs[-1][1]):
            runs[-1][0].append(stretches)
            runs[-1][1].update(here)
        else:
            runs.append(([stretches], here))
    return [Excerpt(tuple(paragraphs), tuple(quotes.values())) for paragraphs, quotes in runs]


def block_kind(source: Source, excerpt: Excerpt) -> str:
    """The kind of block that an excerpt begins in."""
    found = block(source, excerpt.paragraphs[0][0][0])
    return found.kind if found else "body"
