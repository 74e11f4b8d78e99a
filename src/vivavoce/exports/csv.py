"""CSV (RFC 4180, UTF-8) for spreadsheets: one table a kind of thing, with the ids that join them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from vivavoce.exports.files import Files, as_read
from vivavoce.model import History, Moment, Person, PersonRef, Quote, Relation, Times, Trace
from vivavoce.printing import FORMULAS

QUOTES = ("id", "who", "person", "kind", "words", "source", "start", "end", "from", "to", "asks", "confidence", "reads")
PEOPLE = ("id", "name", "also", "roles", "quotes")
ACCOUNTS = ("moment", "title", "happened", "account", "who", "person", "source", "told", "start", "end", "from", "to")
RELATIONS = ("moment", "title", "type", "about", "a", "value of a", "b", "value of b", "confidence")
TRACES = ("quote", "class", "words", "speaker", "source", "in", "said by", "start", "end", "from", "to", "similarity")
Row = Sequence[object]


def write(history: History) -> Files:
    """The tables of a history. A cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    texts = {s.path: s for s in history.sources}
    tables: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        "quotes": (QUOTES, (_quote(q, as_read(q, texts[q.source])) for q in history.quotes)),
        "people": (PEOPLE, map(_person, history.people)),
        "accounts": (ACCOUNTS, (row for m in history.moments for row in _accounts(m))),
        "relations": (RELATIONS, (_relation(m, r) for m in history.moments for r in m.relations)),
        "traces": (TRACES, map(_trace, history.traces)),
    }
    return {f"{name}.csv": table(columns, rows) for name, (columns, rows) in tables.items()}


def table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A table with its heading; a byte-order mark tells spreadsheets that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
    return "'" + text if text.startswith(FORMULAS) else text


def _named(person: PersonRef | None) -> tuple[str, str]:
    return (person.name, person.id) if person else ("", "")


def _time(time: Times | None) -> tuple[object, object]:
    return time or (None, None)


def _quote(q: Quote, corrected: str) -> Row:
    at = (q.spans[0][0], q.spans[-1][1])
    asks = "yes" if q.asks else ""
    return (q.id, *_named(q.person), q.kind, q.text, q.source, *at, *_time(q.time), asks, q.confidence, corrected)


def _person(p: Person) -> Row:
    roles = "; ".join(" ".join(filter(None, (r.kind, r.title, r.of, r.work))) for r in p.roles)
    return (p.id, p.name, "; ".join(p.aliases), roles, p.quotes)


def _accounts(moment: Moment) -> Iterable[Row]:
    happened = moment.when.happened.start if moment.when.happened else ""
    for a in moment.accounts:
        at = (a.spans[0][0], a.spans[-1][1]) if a.spans else ("", "")
        yield (moment.id, moment.title, happened, a.id, *_named(a.person), a.source, a.told, *at, *_time(a.time))


def _relation(moment: Moment, r: Relation) -> Row:
    return (moment.id, moment.title, r.type, r.about, r.a, r.values[0], r.b, r.values[1], r.confidence)


def _trace(t: Trace) -> Row:
    at = (t.at[0][0], t.at[-1][1]) if t.at else ("", "")
    where = (t.found_in, t.said_by, *at, *_time(t.time))
    return (t.quote, t.cls, t.text, t.speaker, t.source, *where, t.similarity)
