"""By which other each account of a moment was joined to it, how likely the two are of one event, and what speaks for
it; worked out anew from what may be shown."""

from __future__ import annotations

from bisect import bisect_left

from msgspec.structs import replace

from vivavoce.accounts import likely
from vivavoce.accounts.evidence import Stretches, stretches
from vivavoce.accounts.explain import Join, passage
from vivavoce.accounts.features import is_report, persons
from vivavoce.accounts.likely import AGAIN, Pair
from vivavoce.accounts.moments import FEW
from vivavoce.accounts.units import units_of
from vivavoce.model import Account, History, Known, Moment, Passage, Source

MOST = 3  # kinds of evidence that are told of each
IN_WORDS = {
    "next in a talk": "one is told right after the other",
    "one topic of a talk": "they are told on one topic",
    "next in an article": "they stand in neighbouring paragraphs",
    "one topic of an article": "they stand on one topic of an article",
    "in one article": "they stand in one article",
    "in one short section": "they stand under one heading",
    "names": "they name the same",
    "asked": "one tells what the other is asked",
    "headed": "one tells what is in the heading of the other",
    "shared": "they use the same rare words",
    "copied": "one has its words from the other",
    "same year": "they give the same year",
    "same field": "they use words of one field",
    "found": "what others tell of it is like both",
    "in sequence": "what stands before or after them is of one event, too",
    "beside": "the paragraph beside is of it, too",
}


def joins(history: History, moment: Moment) -> tuple[Join, ...]:
    """How each account of a moment was joined. None in an archive of a few accounts, or of reports alone, where
    likeness decides. Near-linear in all accounts."""
    told = compared(history)
    if len(moment.accounts) < 2 or len(told) < FEW or all(is_report([p]) for _, p in told):
        return ()
    people = persons(list(history.people), [p for _, p in told])
    units = stretches(units_of([[p] for _, p in told], people))
    weighed, found = likelihoods(units)
    ids = [account.id for account, _ in told]
    there = {n for n, (account, _) in enumerate(told) if account in moment.accounts}
    return tuple(join(n, there, ids, weighed, found) for n in sorted(there))


def compared(history: History) -> list[tuple[Account, Passage]]:
    """All accounts of a history as passages with the question before each, in order of source and place."""
    sources = {s.path: s for s in history.sources}
    asked: dict[str, list[tuple[int, int]]] = {}
    for q in sorted((q for q in history.quotes if q.asks and q.spans), key=lambda q: (q.source, q.spans)):
        asked.setdefault(q.source, []).append((q.spans[0][0], q.spans[-1][1]))
    known = Known(works=history.works)
    rows = [(a, sources[a.source]) for m in history.moments for a in m.accounts if a.source in sources]
    rows.sort(key=lambda row: (row[0].source, row[0].spans, row[0].id))
    return [(a, replace(passage(s, a, known), around=before(s, a, asked.get(s.path, [])))) for a, s in rows]


def before(source: Source, account: Account, asked: list[tuple[int, int]]) -> str:
    """The question before an account, or ""."""
    at = bisect_left(asked, (account.spans[0][0], 0))
    return source.text[slice(*asked[at - 1])] if at and source.kind == "transcript" else ""


def likelihoods(units: Stretches) -> tuple[dict[Pair, list[float]], dict[Pair, float]]:
    """What each kind of evidence adds for each pair, in the order of AGAIN, and how likely each is of one event."""
    first, second, _ = likely.weights()
    given = likely.first_evidence(units)
    found = {pair: likely.likely(x, first) for pair, x in given.items()}
    again = likely.second_evidence(units, given, found)
    weighed = {pair: [w * v for w, v in zip(second.each, x, strict=True)] for pair, x in again.items()}
    return weighed, {pair: likely.likely(x, second) for pair, x in again.items()}


def join(n: int, there: set[int], ids: list[str], weighed: dict[Pair, list[float]], found: dict[Pair, float]) -> Join:
    """How one account was joined to the others that are there."""
    pairs = [(min(n, m), max(n, m)) for m in there if m != n]
    best = max((pair for pair in pairs if pair in found), key=lambda p: (found[p], -sum(p)), default=None)
    if best is None:
        return Join(ids[n], "", 0.0, ())
    adds = sorted(zip(weighed[best], AGAIN, strict=True), reverse=True)
    why = [IN_WORDS[kind] for x, kind in adds if x > 0 and kind in IN_WORDS]
    return Join(ids[n], ids[sum(best) - n], round(found[best], 2), tuple(why[:MOST]))
