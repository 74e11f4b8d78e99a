"""What machines that gather pages ask for: the list of all addresses, and the feed of what is told. Both need to know
where the site will stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from vivavoce.citations import title_of
from vivavoce.model import History, Value
from vivavoce.site.shelf import Shelf, moment_page, source_page
from vivavoce.site.words import spoken

NEWEST = 100  # entries in the feed
MOST = 50_000  # addresses in one file, by the rules of sitemaps.org
DATE = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?")
HEAD = Markup('<?xml version="1.0" encoding="utf-8"?>\n')
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ENTRY = Markup(
    '<entry><title>{title}</title><link href="{at}"/><id>{at}</id><updated>{day}T00:00:00Z</updated>'
    "<summary>{told}</summary></entry>\n"
)


class Entry(Value, frozen=True):
    """A page in the feed: `day`: the newest telling on it."""

    day: str
    title: str
    at: str
    told: str


def sitemap(address: str, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files that list pages by their whole addresses: one, or several with one that lists them."""
    parts = [pages[at : at + MOST] for at in range(0, len(pages), MOST)]
    if len(parts) < 2:
        yield "sitemap.xml", _listing("urlset", "url", address, pages)
        return
    names = [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    yield "sitemap.xml", _listing("sitemapindex", "sitemap", address, names)
    for name, part in zip(names, parts, strict=True):
        yield name, _listing("urlset", "url", address, part)


def _listing(whole: str, one: str, address: str, paths: Sequence[str]) -> str:
    rows = (Markup("<{0}><loc>{1}</loc></{0}>\n").format(one, address + path) for path in paths)
    return HEAD + Markup('<{0} xmlns="{1}">\n{2}</{0}>\n').format(whole, SPACE, Markup("").join(rows))


def feed(shelf: Shelf) -> str:
    """The newest tellings as an Atom feed: moments by the day when they were last told, sources by their day. What has
    no date is not in it: with the day of publication, it would be told anew with each."""
    told = shelf.history
    dated = [e for e in (*_moments(told), *_sources(shelf)) if e.day]
    entries = sorted(dated, key=lambda e: (e.day, e.title), reverse=True)[:NEWEST]
    rows = (ENTRY.format(title=e.title, at=told.address + e.at, day=e.day, told=e.told) for e in entries)
    head = Markup(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}"><title>{title}</title><subtitle>{sub}</subtitle>'
        '<link href="{at}"/><link rel="self" href="{at}feed.xml"/><id>{at}</id><updated>{day}T00:00:00Z</updated>'
        "<author><name>{title}</name></author>\n"
    ).format(
        lang=told.language, title=spoken(told.title), sub=spoken(told.subtitle), at=told.address, day=told.day
    )  # fmt: skip
    return HEAD + head + Markup("").join(rows) + Markup("</feed>\n")


def _moments(told: History) -> Iterator[Entry]:
    for moment in told.moments:
        names = ", ".join(dict.fromkeys(a.person.name for a in moment.accounts if a.person))
        day = max((_day(a.told) for a in moment.accounts), default="")
        yield Entry(day, spoken(moment.title), moment_page(moment.id), spoken(names))


def _sources(shelf: Shelf) -> Iterator[Entry]:
    for source in shelf.history.sources:
        title, at = spoken(title_of(source)), source_page(shelf, source.path)
        yield Entry(_day(source.date), title, at, spoken(source.publisher))


def _day(date: str) -> str:
    """A whole day, of a month or a year its first; "" where there is none."""
    found = DATE.fullmatch(date)
    return f"{found[1]}{found[2] or '-01'}{found[3] or '-01'}" if found else ""
