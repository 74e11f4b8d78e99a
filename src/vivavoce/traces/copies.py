"""Which quotations tell nothing of their own: what the press took from a recording or from other press."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import LCSseq

from vivavoce.model import Quote, Trace, folded

RUN = 4  # words of a run that two quotations may share
FEWEST = 3  # runs: six words
SAME = 0.5  # share of the shorter one's runs that makes one a copy
LONG = 8  # words from which two quotations may be alike that share few runs
MOST = 0.75  # share of the shorter one's words that must stand in the other
MANY = 50  # quotations with one run beyond which it is a common phrase


def copies(quotes: Sequence[Quote], traces: Iterable[Trace], dates: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those quotations of the press that are an earlier telling's: said in a recording, or printed before by
    another source, of the same person or of nobody named. `dates`: ISO day of each source, of press and recordings, ""
    where it is not known.

    What was printed before it was recorded is no copy, unless the same person says it again there: then it is one
    telling, and the recording has it. Runs of RUN words are looked up in an index (Broder 1997), never all pairs.
    """
    found = {t.quote for t in traces if taken(t, dates)}
    runs = {q.id: shingles(q) for q in quotes}
    seen: dict[tuple[str, ...], list[Quote]] = defaultdict(list)
    for q in sorted(quotes, key=lambda q: (dates.get(q.source) or "9999", q.source, q.spans)):
        if any(not contrary(q, e) and told_again(q, e, runs) for e in near(q, runs[q.id], seen)):
            found.add(q.id)
        for run in runs[q.id]:
            if len(seen[run]) < MANY:
                seen[run].append(q)
    return tuple(sorted(found))


def shingles(q: Quote) -> frozenset[tuple[str, ...]]:
    """The runs of RUN folded words of a quotation."""
    words = folded(q.text).split()
    return frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def near(q: Quote, runs: frozenset[tuple[str, ...]], seen: Mapping[tuple[str, ...], list[Quote]]) -> list[Quote]:
    """The earlier quotations of other sources that share a run."""
    found = {e.id: e for run in runs if run in seen for e in seen[run] if e.source != q.source}
    return list(found.values())


def taken(trace: Trace, dates: Mapping[str, str]) -> bool:
    """Whether a quotation is a recording's: said there by the one who is named, or by nobody known before it was
    printed."""
    if not trace.found_in or trace.cls == "misattributed":
        return False
    if trace.speaker and folded(trace.speaker) == folded(trace.said_by):
        return True
    printed, heard = dates.get(trace.source, ""), dates.get(trace.found_in, "")
    return not (printed and heard and printed < heard[: len(printed)])


def told_again(a: Quote, b: Quote, runs: Mapping[str, frozenset[tuple[str, ...]]]) -> bool:
    """Whether two quotations are one, or nearly."""
    return same(runs[a.id], runs[b.id]) or alike(folded(a.text).split(), folded(b.text).split())


def alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether nearly all words of the shorter stand in the other in their order: a word changed here and there."""
    least = min(len(a), len(b))
    return least >= LONG and LCSseq.similarity(a, b) >= MOST * least


def same(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    """Whether two quotations share enough."""
    shared = len(a & b)
    return shared >= FEWEST and shared >= SAME * min(len(a), len(b))


def contrary(a: Quote, b: Quote) -> bool:
    """Whether two quotations are held to be two persons'."""
    return bool(a.person and b.person and a.person.id != b.person.id)
