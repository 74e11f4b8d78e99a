"""What happened when, and when it was told; what is told from something else; two orders, where both are known."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import Entry, Fact, Moment, Offset, Placing
from vivavoce.site import leaves
from vivavoce.site.inputs import encode
from vivavoce.site.shelf import Shelf, moment_page, source_page
from vivavoce.site.works import moment_at, shortened_words, told, work_place
from vivavoce.works import saying

OUT = {"series": "first shown", "episode": "first shown", "season": "first shown", "event": ""}
DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "evening": 1.0, "morning": 1.0, "week": 7.0}
LONGER = {"weekend": 7.0, "month": 30.4, "season": 91.0, "summer": 365.0, "year": 365.0}
MADE = ("filmed", "wrapped")


SECTIONS = {
    "dated": "What happened",
    "told": "When it was told",
    "relative": "Told from something else",
    "orders": "In which order",
    "undated": "Without a date",
}
LISTED = 8  # moments of a source, where the timeline fills several pages


def pages(shelf: Shelf) -> list[tuple[str, dict[str, Any]]]:
    """The timeline by its path: one page, or, where that were too heavy, a page for so many rows of each of its
    lists."""
    whole = page(shelf)
    if leaves.light((row for name in SECTIONS for row in whole[name]), _weight):
        return [("timeline.html", {**whole, "leaves": []})]
    whole["told"] = [_shorter(row) for row in whole["told"]]
    parts = [(name, part, label) for name in SECTIONS for part, label in _parted(whole[name])]
    paths = [f"timeline-{n}.html" if n > 1 else "timeline.html" for n in range(1, len(parts) + 1)]
    held = leaves.grouped(leaves.Leaf(label, at, SECTIONS[n]) for (n, _, label), at in zip(parts, paths, strict=True))
    nothing: dict[str, list[Any]] = {name: [] for name in SECTIONS}
    return [(at, {**nothing, name: part, "leaves": held}) for (name, part, _), at in zip(parts, paths, strict=True)]


def _parted(rows: list[dict[str, Any]]) -> list[tuple[list[dict[str, Any]], str]]:
    """One of the lists in pages, each with what it is called."""
    return leaves.labelled(leaves.parted(rows, _weight), lambda row: row.get("year", ""))


def _weight(row: Any) -> int:
    """The bytes of a row on the page, about: somewhat more than it takes as JSON."""
    return 60 + len(encode(row)) * 5 // 4


def _shorter(row: dict[str, Any]) -> dict[str, Any]:
    """A source with no more than a few of its moments; its own page has all."""
    more = len(row["moments"]) - LISTED
    return {**row, "moments": row["moments"][:LISTED], "more": more} if more > 1 else row


def page(shelf: Shelf) -> dict[str, Any]:
    """Moments and works in the order in which they happened, and sources in that in which they told of them; times
    that are told from something else; what was made and what is shown in which order."""
    moments = sorted(shelf.history.moments, key=_happened)
    dated = [_moment(m) for m in moments if _start(m)] + _works(shelf) + _made_dates(shelf)
    return {
        "dated": sorted(dated, key=lambda row: (row["start"], row["kind"] != "moment")),
        "undated": _undated(shelf, [m for m in moments if not _start(m)]),
        "told": _told(shelf),
        "relative": relative(shelf),
        "orders": orders(shelf),
    }


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
        "kind": "moment",
        "start": _start(moment),
        "title": moment.title,
        "href": moment_page(moment.id),
        "year": dates.year(_start(moment)),
        "date": dates.day(_start(moment)),
        "until": dates.day(happened.end) if happened and happened.end else "",
        "tellings": [(year, list(names)) for year, names in tellings.items()],
        "note": "",
        "about": False,
    }


def _works(shelf: Shelf) -> list[dict[str, Any]]:
    """The works whose date is known, as points of the line."""
    dated = [e for e in shelf.history.catalogue.works if e.date[:1].isdigit()]
    return [_point(e.title, work_place(e.id), e.date, OUT.get(e.kind, "came out")) for e in dated]


def _made_dates(shelf: Shelf) -> list[dict[str, Any]]:
    """What was made when, and the dates that relative times make, as points of the line."""
    by_id = {e.id: e for e in shelf.history.catalogue.works}
    made = {(f.work, str(f.value)): f for f in shelf.history.catalogue.facts if f.kind in MADE and f.work}
    rows = [
        _point(by_id[work].title, work_place(work), day, saying.label(f).casefold())
        for (work, day), f in made.items()
        if day[:1].isdigit()
    ]
    for o in shelf.history.catalogue.offsets:
        if o.happened:
            place = moment_at(shelf, o.source, o.start) or (title_of(shelf.sources[o.source]), told(shelf, o)["href"])
            rows.append({**_point(*place, o.happened, shortened_words(o.said)), "about": True})
    return rows


def _point(title: str, href: str, iso: str, note: str) -> dict[str, Any]:
    return {
        "kind": "point", "start": iso, "title": title, "href": href, "year": dates.year(iso), "date": dates.day(iso),
        "until": "", "tellings": [], "note": note, "about": False,
    }  # fmt: skip


def _undated(shelf: Shelf, moments: list[Moment]) -> list[dict[str, Any]]:
    """The moments without a date, each with a time that it is told from something else."""
    notes: dict[str, str] = {}
    for o in shelf.history.catalogue.offsets:
        place = moment_at(shelf, o.source, o.start) if o.anchor and o.source in shelf.sources else None
        if place:
            notes.setdefault(place[1], shortened_words(o.said))
    return [
        {"title": m.title, "href": (at := moment_page(m.id)), "notes": [notes[at]] if at in notes else []}
        for m in moments
    ]


def _told(shelf: Shelf) -> list[dict[str, Any]]:
    rows = []
    for source in sorted(shelf.history.sources, key=lambda s: (s.date or "9", s.path)):
        moments = list(dict.fromkeys((m.title, moment_page(m.id)) for m, _ in shelf.told.get(source.path, [])))
        if moments:
            rows.append({
                "title": title_of(source), "publisher": source.publisher, "href": source_page(shelf, source.path),
                "date": dates.day(source.date), "year": dates.year(source.date), "moments": moments, "more": 0,
            })  # fmt: skip
    return rows


# --- told from something else -------------------------------------------------------------------------------


def relative(shelf: Shelf) -> list[dict[str, Any]]:
    """The times told from something, by what they are told from, in order: what was before it, then what came after."""
    by_id = {e.id: e for e in shelf.history.catalogue.works}
    by: dict[str, list[Offset]] = defaultdict(list)
    for o in shelf.history.catalogue.offsets:
        if o.source in shelf.sources and (o.work or o.anchor):
            by[o.work or f"{o.source}#{o.anchor.casefold()}"].append(o)
    return [_anchored(shelf, found, by_id.get(key)) for key, found in by.items()]


def _anchored(shelf: Shelf, found: list[Offset], entry: Entry | None) -> dict[str, Any]:
    """One anchor with what is told from it."""
    ordered = sorted(found, key=lambda o: (not o.before, -length(o) if o.before else length(o), o.source, o.start))
    before = [_from(shelf, o) for o in ordered if o.before]
    after = [_from(shelf, o) for o in ordered if not o.before]
    by_id = {e.id: e for e in shelf.history.catalogue.works} if entry else {}
    return {
        "title": entry.title if entry else found[0].anchor[:1].upper() + found[0].anchor[1:],
        "href": work_place(entry.id) if entry else "",
        "where": whereabouts(entry, by_id) if entry else "",
        "before": before,
        "after": after,
    }


def whereabouts(entry: Entry, by_id: dict[str, Entry]) -> str:
    """Of what an entry is a part, its number there and its date, shortly."""
    above = saying.trail(entry, by_id)
    number = saying.number(entry, by_id)
    of = above[0].title if above and entry.kind in ("season", "episode") else ""
    return ", ".join(filter(None, (of, number, dates.day(entry.date))))


def _from(shelf: Shelf, offset: Offset) -> dict[str, Any]:
    """One time told from an anchor: its words, the moment in which it is told, and the source."""
    moment = moment_at(shelf, offset.source, offset.start)
    return {
        "said": shortened_words(offset.said),
        "moment": moment if moment and moment[0] != title_of(shelf.sources[offset.source]) else None,
        "told": told(shelf, offset),
        "date": dates.day(offset.happened),
    }


def length(offset: Offset) -> float:
    """About how many days a relative time is."""
    return offset.amount * ({**DAYS, **LONGER}.get(offset.unit, 1.0))


# --- two orders ---------------------------------------------------------------------------------------------


def orders(shelf: Shelf) -> list[dict[str, Any]]:
    """The works of which it is known what was made, and what is shown, in which order."""
    placed: dict[str, list[Placing]] = defaultdict(list)
    for p in shelf.history.catalogue.placings:
        if p.source in shelf.sources and p.work:
            placed[p.work].append(p)
    rows = []
    for e in shelf.history.catalogue.works:
        made = [_placed(shelf, p) for p in placed[e.id] if p.order == "made"]
        seen = [_placed(shelf, p) for p in placed[e.id] if p.order == "shown"]
        if made and seen:
            rows.append({"title": e.title, "href": work_place(e.id), "made": made, "shown": seen})
    return rows + _parts_in_order(shelf)


def _placed(shelf: Shelf, p: Placing) -> dict[str, Any]:
    """Something that was first or last, in the words of its source."""
    return {"what": p.position, "said": shortened_words(p.said), "told": told(shelf, p)}


def _parts_in_order(shelf: Shelf) -> list[dict[str, Any]]:
    """The works two or more parts of which were made in another order than they are shown in."""
    made: dict[str, Fact] = {}
    for f in shelf.history.catalogue.facts:
        if f.kind in MADE and str(f.value)[:1].isdigit():
            made.setdefault(f.work, f)
    below: dict[str, list[Entry]] = defaultdict(list)
    for e in shelf.history.catalogue.works:  # in the order of their numbers
        if e.id in made:
            below[e.part_of].append(e)
    rows = []
    for e in shelf.history.catalogue.works:
        parts = below.get(e.id, [])
        by_making = sorted(parts, key=lambda p: str(made[p.id].value))
        if len(parts) > 1 and by_making != parts:
            rows.append({
                "title": e.title, "href": work_place(e.id),
                "made": [_part(shelf, p, made[p.id]) for p in by_making],
                "shown": [_part(shelf, p, None) for p in parts],
            })  # fmt: skip
    return rows


def _part(shelf: Shelf, entry: Entry, made: Fact | None) -> dict[str, Any]:
    """A part at its place in one of the orders."""
    day = dates.day(str(made.value)) if made else dates.day(entry.date)
    return {"what": day or entry.number, "said": "", "name": entry.title, "told": told(shelf, made) if made else None}
