"""Where withheld words stand a second time: in another transcript of the same talk, or quoted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vivavoce.model import WORD, History, Quote, Source, Span
from vivavoce.rights.bars import COPY, SAME, Bars, by_barred
from vivavoce.rights.spans import merged, minus

ROUND = 4
"""So many words on either side of a withheld stretch tell it again in another transcript, however short it is."""

TALK = 0.5
"""A source of ours that is to this share the words of a withheld one is another transcript of the same talk."""


class Copies(NamedTuple):
    """`spans`: where withheld words stand again, by source; `sources`: other transcripts of withheld talks."""

    spans: dict[str, tuple[Span, ...]]
    sources: frozenset[str]


class _Words(NamedTuple):
    """The words of a stretch of text, folded, and where each stands."""

    words: tuple[str, ...]
    at: tuple[Span, ...]


class _Needle(NamedTuple):
    """Words to look for: only `keep` of them (a slice) are withheld. `own`: in our own sources only. `said`: ids of
    those who may have said them where they stand again (None: anybody)."""

    words: tuple[str, ...]
    keep: tuple[int, int]
    own: bool
    said: frozenset[str] | None


class _Sought(NamedTuple):
    """What is looked for: runs of eight words `anywhere` and in our `own` sources, whole `turns`, and needles."""

    anywhere: frozenset[tuple[str, ...]]
    own: frozenset[tuple[str, ...]]
    turns: frozenset[tuple[str, ...]]
    needles: tuple[_Needle, ...]


def copies(history: History, barred: Bars) -> Copies:
    """Where withheld words stand again.

    Runs of eight words of a barred person or of a withheld stretch, in any source; of a withheld source of our own
    (not its interviewer's), in our own: press that quotes it is public already. Shorter stretches, from four words
    on, where nobody else is held to have said them; any stretch in our own sources, where the words round it
    are the same too.
    """
    sought = _sought(history, barred)
    if not any(sought):
        return Copies({}, frozenset())
    quotes: dict[str, list[Quote]] = {}
    for quote in history.quotes:
        quotes.setdefault(quote.source, []).append(quote)
    spans: dict[str, tuple[Span, ...]] = {}
    talks = []
    for source in (s for s in history.sources if s.path not in barred.sources):
        if source.kind != "press" and _same_talk(source, sought):
            talks.append(source.path)
            continue
        own = merged(barred.spans.get(source.path, ()), len(source.text))
        found = [p for s in _found(source, quotes.get(source.path, ()), sought) for p in minus(s, own)]
        if left := tuple(p for p in found if WORD.search(source.text, *p)):
            spans[source.path] = left
    return Copies(spans, frozenset(talks))


def repeated(texts: Sequence[str], history: History, barred: Bars) -> list[bool]:
    """Of each text that is no source, whether it repeats withheld words as one of our own sources could."""
    sought = _sought(history, barred)
    return [any(sought) and bool(_found(Source("", "transcript", "", text), (), sought)) for text in texts]


def _words(text: str, start: int = 0, end: int | None = None) -> _Words:
    found = [(m.group().casefold().replace("’", "'"), m.span()) for m in WORD.finditer(text, start, end or len(text))]
    return _Words(tuple(w for w, _ in found), tuple(span for _, span in found))


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every run of eight words."""
    return zip(*(words[n:] for n in range(SAME)), strict=False)


def _sought(history: History, barred: Bars) -> _Sought:
    anywhere = {run for q in history.quotes if by_barred(q, barred) for run in _runs(_words(q.text).words)}
    mine = [s for s in history.sources if s.path in barred.sources and s.kind != "press"]
    told = [words for s in mine for words in _told(s)]
    needles: list[_Needle] = []
    for source in (s for s in history.sources if s.path in barred.spans and s.path not in barred.sources):
        said = [q for q in history.quotes if q.source == source.path]
        for span in merged(barred.spans[source.path], len(source.text)):
            words, before, after = _round(source, span)
            anywhere.update(_runs(words))
            needles += _needles(words, before, after, _who(said, span))
    own = frozenset(run for words in told for run in _runs(words))
    return _Sought(frozenset(anywhere), own, frozenset(told), tuple(needles))


def _told(source: Source) -> list[tuple[str, ...]]:
    """The words of a source, turn by turn, without what its interviewer asks."""
    if not source.turns:
        return [_words(source.text).words] if source.text else []
    turns = (t for t in source.turns if not t.asks)
    return [tuple(w for s, e in t.spans for w in _words(source.text, s, e).words) for t in turns if t.spans]


def _round(source: Source, span: Span) -> tuple[tuple[str, ...], ...]:
    """The words of a withheld stretch, and those before and after it in its turns."""
    touched = [s for t in source.turns if t.start < span[1] and t.end > span[0] for s in t.spans]
    low, high = (touched[0][0], touched[-1][1]) if touched else (0, len(source.text))
    found = _words(source.text, min(low, span[0]), max(high, span[1]))
    hit = [n for n, (s, e) in enumerate(found.at) if s < span[1] and e > span[0]]
    if not hit:
        return (), (), ()
    first, last = hit[0], hit[-1] + 1
    return found.words[first:last], found.words[max(first - ROUND, 0) : first], found.words[last : last + ROUND]


def _who(quotes: Iterable[Quote], span: Span) -> frozenset[str]:
    """Who is held to have said something at a stretch, by id."""
    return frozenset(q.person.id for q in quotes if q.person and any(s < span[1] and e > span[0] for s, e in q.spans))


def _needles(
    words: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...], said: frozenset[str]
) -> Iterator[_Needle]:
    if COPY <= len(words) < SAME:
        yield _Needle(words, (0, len(words)), False, said)
    if words and len(before) + len(after) >= ROUND:
        whole = (*before, *words, *after)
        yield _Needle(whole, (len(before), len(before) + len(words)), True, None)


def _same_talk(source: Source, sought: _Sought) -> bool:
    """Whether a source of ours is another transcript of a withheld one."""
    if not sought.own and not sought.turns:
        return False
    total = same = 0
    for words in _told(source):
        total += len(words)
        same += len(words) if words in sought.turns else sum(_covered(words, sought.own))
    return same >= SAME and same >= total * TALK


def _covered(words: Sequence[str], runs: frozenset[tuple[str, ...]]) -> list[bool]:
    """Which words stand in runs that are looked for."""
    marks = [False] * len(words)
    for n, run in enumerate(_runs(words)):
        if run in runs:
            marks[n : n + SAME] = [True] * SAME
    return marks


def _found(source: Source, quotes: Sequence[Quote], sought: _Sought) -> tuple[Span, ...]:
    """Where withheld words stand again in one source."""
    there = _words(source.text)
    own = source.kind != "press"
    marks = _covered(there.words, sought.anywhere)
    if own and sought.own:
        marks = [a or b for a, b in zip(marks, _covered(there.words, sought.own), strict=True)]
    found = _stretches(marks, there.at)
    joined = f" {' '.join(there.words)} " if sought.needles else ""
    for needle in (n for n in sought.needles if own or not n.own):
        for first in _places(joined, needle.words):
            span = (there.at[first + needle.keep[0]][0], there.at[first + needle.keep[1] - 1][1])
            if needle.said is None or _who(quotes, span) <= needle.said:
                found.append(span)
    return merged(found, len(source.text))


def _stretches(marks: Sequence[bool], at: Sequence[Span]) -> list[Span]:
    """Neighbouring words that are marked, as stretches of text."""
    found: list[Span] = []
    for n, marked in enumerate(marks):
        if marked and n and marks[n - 1]:
            found[-1] = (found[-1][0], at[n][1])
        elif marked:
            found.append(at[n])
    return found


def _places(joined: str, words: Sequence[str]) -> Iterator[int]:
    """The numbers of the words at which some words begin, in a text of words between spaces."""
    wanted = f" {' '.join(words)} "
    at, number, last = joined.find(wanted), 0, 0
    while at >= 0:
        number += joined.count(" ", last, at)
        last = at
        yield number
        at = joined.find(wanted, at + 1)
