"""Which quotations tell nothing of their own: what the press took from a recording or from other press."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from vivavoce.model import Quote, Trace, folded

RUN = 4  # words of a run that two quotations may share
FEWEST = 3  # runs: six words
SAME = 0.5  # share of the shorter one's runs that makes one a copy
MANY = 50  # quotations with one run beyond which it is a common phrase


def copies(quotes: Sequence[Quote], traces: Iterable[Trace], dates: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those quotations of the press that are an earlier telling's: said in a recording, or printed before by
    another source, of the same person or of nobody named. `dates`: ISO day of each source, "" where it is not known.

    Runs of RUN words are looked up in an index (Broder 1997), never all pairs.
    """
    found = {t.quote for t in traces if t.found_in and t.cls != "misattributed"}
    runs = {q.id: shingles(q) for q in quotes}
    seen: dict[tuple[str, ...], list[Quote]] = defaultdict(list)
    for q in sorted(quotes, key=lambda q: (dates.get(q.source) or "9999", q.source, q.spans)):
        if any(same(runs[q.id], runs[e.id]) and not contrary(q, e) for e in near(q, runs[q.id], seen)):
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


def same(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    """Whether two quotations share enough."""
    shared = len(a & b)
    return shared >= FEWEST and shared >= SAME * min(len(a), len(b))


def contrary(a: Quote, b: Quote) -> bool:
    """Whether two quotations are held to be two persons'."""
    return bool(a.person and b.person and a.person.id != b.person.id)
