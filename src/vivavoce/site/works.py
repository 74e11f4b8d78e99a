"""The works: series, seasons and episodes, films and books, with what is told of them and the moments about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import Entry, Fact, Moment, Offset, Placing, Source
from vivavoce.printing import shortened
from vivavoce.site import addresses
from vivavoce.site.shelf import Shelf, moment_page, quote_at, quote_place, source_page
from vivavoce.works import saying
from vivavoce.works.about import moments_about

GROUPS = (
    ("Series", ("series", "podcast", "season", "episode")),
    ("Films", ("film",)),
    ("Plays", ("play",)),
    ("Music", ("album", "song")),
    ("Books", ("book",)),
    ("Other works", ("work", "")),
    ("Events", ("event",)),
    ("Places", ("place",)),
)
COUNTS = frozenset(["takes", "episodes", "seasons", "copies"])  # the label says what is counted
BREATH = 120  # characters
MOST = 12  # words of a source's own that are shown as the ground of a fact


def groups(shelf: Shelf) -> list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
    """The works by kind: those of which something is told, each with its parts, and those that are only named."""
    about = moments_about(shelf.history.catalogue, shelf.history.moments)
    below: dict[str, list[Entry]] = defaultdict(list)
    for e in shelf.history.catalogue.works:
        below[e.part_of].append(e)
    facts = by_work(shelf.history.catalogue.facts)
    out = []
    for name, kinds in GROUPS:
        rows = [_row(shelf, e, below, facts, about) for e in below[""] if e.kind in kinds]
        told = [r for r in rows if worth(r)]
        named = [r for r in rows if not worth(r)]
        if rows:
            out.append((name, told, named))
    return out


def by_work(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts by the id of their work."""
    out: dict[str, list[Fact]] = defaultdict(list)
    for f in facts:
        out[f.work].append(f)
    return out


def worth(row: dict[str, Any]) -> bool:
    """Whether more is told of a work than its name."""
    return bool(row["facts"] or row["moments"] or row["parts"] or row["listed"])


def _row(
    shelf: Shelf,
    entry: Entry,
    below: dict[str, list[Entry]],
    facts: dict[str, list[Fact]],
    about: dict[str, list[Moment]],
) -> dict[str, Any]:
    """One work with its parts."""
    by_id, mine = {e.id: e for e in shelf.history.catalogue.works}, facts.get(entry.id, [])
    return {
        "id": anchor(entry.id),
        "title": entry.title,
        "kind": entry.kind,
        "number": entry.number if entry.kind in ("season", "episode") else "",
        "numbered": saying.number(entry, by_id),
        "date": "" if any(str(f.value) == entry.date for f in mine) else dates.day(entry.date),
        "aliases": names_besides(entry),
        "facts": [fact(shelf, same) for same in saying.together(mine)],
        "moments": about.get(entry.id, []),
        "listed": entry.listed,
        "sources": named_in(shelf, entry),
        "parts": [_row(shelf, e, below, facts, about) for e in below.get(entry.id, [])],
    }


def names_besides(entry: Entry) -> list[str]:
    """A few other names of a work: none that only differs in capitals, or tells the number that stands before it."""
    known = {entry.title.casefold(), f"{entry.kind} {entry.number}".casefold()}
    return [a for a in entry.aliases if a.casefold() not in known][:4]


def named_in(shelf: Shelf, entry: Entry) -> list[tuple[str, str]]:
    """The sources that name a work: title and address of each."""
    paths = dict.fromkeys(e.source for e in entry.evidence if e.source in shelf.sources)
    return [(title_of(shelf.sources[p]), source_page(shelf, p)) for p in paths]


def fact(shelf: Shelf, same: saying.Same) -> dict[str, Any]:
    """A value with who gives it, its words, and where it is told."""
    first = same.facts[0]
    words = same.words
    label = saying.label(first)
    return {
        "label": label,
        "words": words.removesuffix(f" {first.unit}") if first.kind in COUNTS else words,
        "by": first.by,
        "of": first.thing if first.kind == "takes" else "",
        "said": shortened_words(first.said),
        "told": [told(shelf, f) for f in distinct(same.facts) if f.source in shelf.sources],
    }


def shortened_words(said: str) -> str:
    """The words of a source that show something, no more than a few."""
    parts = shortened(said).split()
    return " ".join(parts[:MOST]) + (" …" if len(parts) > MOST else "")


def distinct(found: Iterable[Fact]) -> list[Fact]:
    """One fact for each source."""
    return list({f.source: f for f in reversed(list(found))}.values())[::-1]


def told(shelf: Shelf, one: Fact | Offset | Placing) -> dict[str, str]:
    """Where something is told: the source's title and day, and the quotation that holds it, else the source."""
    source: Source = shelf.sources[one.source]
    quote = quote_at(shelf, one.source, one.start)
    return {
        "title": source.publisher or title_of(source),
        "href": quote_place(shelf, quote) if quote else source_page(shelf, one.source),
        "who": quote.person.name if quote and quote.person and not quote.asks else "",
        "date": dates.day(one.told),
    }


def anchor(entry_id: str) -> str:
    """The name of a work within the page."""
    return "w-" + addresses.token(entry_id)


def work_place(entry_id: str) -> str:
    """Where a work stands, from the site's root."""
    return f"works.html#{addresses.href(anchor(entry_id))}"


def moment_at(shelf: Shelf, path: str, start: int) -> tuple[str, str] | None:
    """Title and address of the moment in whose accounts a place of a source stands, else of the one that is told
    nearest to it in the same breath: the words that lead to a quotation are its own."""
    low, high = start + BREATH, start - BREATH
    found = [
        (max(a - start, start - b, 0), moment)
        for moment, account in shelf.told.get(path, ())
        for a, b in account.spans
        if a <= low and b > high
    ]
    if not found:
        return None
    _, moment = min(found, key=lambda f: f[0])
    return moment.title, moment_page(moment.id)
