"""What happened when, and when it was told."""

from __future__ import annotations

from typing import Any

from vivavoce.model import Moment
from vivavoce.site import dates
from vivavoce.site.shelf import Shelf, moment_page, source_page, title_of


def page(shelf: Shelf) -> dict[str, Any]:
    """Moments in the order in which they happened, and sources in that in which they told of them."""
    moments = sorted(shelf.history.moments, key=_happened)
    dated = [_moment(m) for m in moments if _start(m)]
    undated = [_moment(m) for m in moments if not _start(m)]
    return {"dated": dated, "undated": undated, "told": _told(shelf)}


def _start(moment: Moment) -> str:
    return (moment.when.happened.start or "") if moment.when.happened else ""


def _happened(moment: Moment) -> tuple[str, int]:
    order = moment.when.order
    return (_start(moment), order if order is not None else 1 << 30)


def _moment(moment: Moment) -> dict[str, Any]:
    happened = moment.when.happened
    tellings: dict[str, dict[str, None]] = {}
    for account in sorted(moment.accounts, key=lambda a: a.told or "9"):
        if account.person:
            tellings.setdefault(dates.year(account.told), {})[account.person.name] = None
    return {
        "title": moment.title,
        "href": moment_page(moment.id),
        "year": dates.year(_start(moment)),
        "date": dates.day(_start(moment)),
        "until": dates.day(happened.end) if happened and happened.end else "",
        "tellings": [(year, list(names)) for year, names in tellings.items()],
    }


def _told(shelf: Shelf) -> list[dict[str, Any]]:
    rows = []
    for source in sorted(shelf.history.sources, key=lambda s: (s.date or "9", s.path)):
        moments = list(dict.fromkeys((m.title, moment_page(m.id)) for m, _ in shelf.told.get(source.path, [])))
        if moments:
            rows.append({
                "title": title_of(source), "publisher": source.publisher, "href": source_page(shelf, source.path),
                "date": dates.day(source.date), "year": dates.year(source.date), "moments": moments,
            })  # fmt: skip
    return rows
