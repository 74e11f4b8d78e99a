"""What is decided already, by what it is about: read again only when the journal has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from vivavoce import decisions
from vivavoce.decisions import Decision, Journal
from vivavoce.decisions.about import about, label, place
from vivavoce.model import Moment, Quote, Span, Value

Mark = tuple[int, int, int]


class Ledger(Value, frozen=True):
    """A journal as it stands: `standing` the decisions in force, earliest first, `stands` their ids, `latest` the last
    of them on each thing that is asked about. `mark`: the file's size and times, by which it is known to be the
    same."""

    journal: Journal
    mark: Mark
    stands: frozenset[str]
    latest: dict[str, Decision]
    standing: tuple[Decision, ...] = ()


def mark(path: Path) -> Mark:
    """What a journal on the disk is known by."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return told.st_size, told.st_mtime_ns, told.st_ino


def read(path: Path) -> Ledger:
    """Read the journal. Raises BadFile as `decisions.read` does."""
    known = mark(path)  # before reading: what is appended meanwhile is found the next time
    return _made(decisions.read(path), known)


def with_rows(ledger: Ledger, rows: Sequence[Decision], now: Mark) -> Ledger:
    """The ledger with rows of our own that were just appended."""
    all_rows = (*ledger.journal.decisions, *rows)
    return _made(msgspec.structs.replace(ledger.journal, decisions=all_rows), now)


def _made(journal: Journal, known: Mark) -> Ledger:
    stands = decisions.standing(journal)
    latest: dict[str, Decision] = {}
    for decision in stands:
        key = about(decision)
        if key:
            latest[key] = decision
    return Ledger(journal, known, frozenset(d.id for d in stands), latest, tuple(stands))


def quote_key(quote: Quote, texts: Mapping[str, tuple[str, str]]) -> str:
    """What decisions on a quotation are about. `texts`: of each source its own path and its text's hash, by the path
    that the quotation names."""
    return " ".join(place(*texts[quote.source], span) for span in quote.spans)


def span_key(quote: Quote, texts: Mapping[str, tuple[str, str]]) -> str:
    """What decisions on the words of a quotation are about."""
    return f"span {quote_key(quote, texts)}"


def reworded(quote: Quote, ledger: Ledger, texts: Mapping[str, tuple[str, str]]) -> tuple[tuple[Span, ...], str]:
    """The words of a quotation as they were decided since they were read, with the decision's id; else its own, ""."""
    decided = ledger.latest.get(span_key(quote, texts))
    if decided is None:
        return quote.spans, ""
    return tuple((a.start, a.end) for a in decided.target[decided.value["of"] :]), decided.id


def label_key(source: str, called: str) -> str:
    """What decisions on a speaker label are about."""
    return label(source, called)


def moment_key(moment: Moment, texts: Mapping[str, tuple[str, str]]) -> str:
    """What decisions on all accounts of a moment are about."""
    return " ".join(("moment", *sorted(place(*texts[a.source], a.spans[0]) for a in moment.accounts)))
