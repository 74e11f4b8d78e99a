"""What a page tells machines of itself: JSON-LD in the terms of schema.org, of the same words that the page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from vivavoce.citations import title_of
from vivavoce.model import History, Moment, Person, PersonRef, Quote, Source, reads, times
from vivavoce.site import addresses
from vivavoce.site.shelf import (
    Shelf,
    account_anchor,
    moment_page,
    person_page,
    quote_place,
    source_page,
)
from vivavoce.site.words import spoken

Linked = dict[str, Any]
WORDS = 60  # of a quotation; of a longer one the beginning is given, as such
MOST = 60  # quotations or clips of one page
# Within <script>, "<" could end it; the others end nothing in HTML but do in some readers of JavaScript.
UNSAFE = re.compile("[<>&\u2028\u2029]")


def script(graph: list[Linked]) -> Markup:
    """JSON-LD as it may stand in a page's `<script>`: no sign of it can end the element."""
    told = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode("utf-8", "replace")
    return Markup(UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", told))  # noqa: S704 - holds no sign of markup


def site(history: History) -> list[Linked]:
    """The cover: the site."""
    return [_filled({**_site(history), "description": spoken(history.subtitle), "inLanguage": history.language})]


def moment(shelf: Shelf, told: Moment) -> list[Linked]:
    """A moment: a page of the site, and the quotations on it."""
    held = dict.fromkeys(q for a in told.accounts for q in a.quotes if q in shelf.quotes)
    spans = {q: a.spans for a in told.accounts for q in a.quotes}
    at = _at(shelf.history, moment_page(told.id))
    page = {"@type": "WebPage", "@id": at, "url": at, "name": spoken(told.title), "isPartOf": _site(shelf.history)}
    said = [_quotation(shelf, shelf.quotes[q], spans[q]) for q in held if not shelf.quotes[q].asks]
    return [page, *said[:MOST]]


def person(shelf: Shelf, one: Person) -> list[Linked]:
    """A person, or an organisation that speaks."""
    kinds = {"organisation": "Organization", "group": "Organization"}
    jobs = dict.fromkeys(spoken(r.title) for r in one.roles if r.kind == "job" and r.title)
    made = {
        "@type": kinds.get(one.kind, "Person"),
        "@id": _at(shelf.history, person_page(one.id)),
        "name": spoken(one.name),
        "jobTitle": list(jobs) if one.kind == "person" else [],
    }
    return [_filled(made)]


def source(shelf: Shelf, one: Source, recordings: Mapping[str, tuple[str, str]]) -> list[Linked]:
    """A source: press as what is cited, with its quotations; an interview with its recording and where in it what is
    told."""
    at = _at(shelf.history, source_page(shelf, one.path))
    page = {"@type": "WebPage", "@id": at, "url": at, "name": spoken(title_of(one)), "isPartOf": _site(shelf.history)}
    quotes = [q for q in shelf.of_source.get(one.path, []) if not q.asks]
    if one.kind == "press":
        return [{**page, "citation": _work(shelf, one)}, *(_quotation(shelf, q, ()) for q in quotes[:MOST])]
    return [{**page, "mainEntity": _work(shelf, one)}, *_recordings(shelf, one, recordings)]


def _recordings(shelf: Shelf, one: Source, recordings: Mapping[str, tuple[str, str]]) -> list[Linked]:
    """The recordings of a source that are published, with a clip for each moment that is told in them."""
    found = [recordings[m.path] for m in one.media if m.path in recordings]
    clips = _clips(shelf, one)
    return [
        _filled({
            "@type": "VideoObject" if kind == "video" else "AudioObject",
            "name": spoken(title_of(one)),
            "contentUrl": _at(shelf.history, addresses.href(file)),
            "uploadDate": shelf.history.day,
            "hasPart": clips,
        })
        for file, kind in found
    ]  # fmt: skip


def _clips(shelf: Shelf, one: Source) -> list[Linked]:
    out = []
    for told, account in shelf.told.get(one.path, []):
        for number, (start, end) in enumerate(account.spans):
            time = times(one, start, end)
            if time:
                place = f"{source_page(shelf, one.path)}#{addresses.href(account_anchor(account.id, number))}"
                out.append({
                    "@type": "Clip", "name": spoken(told.title), "startOffset": time[0], "endOffset": time[1],
                    "url": _at(shelf.history, place),
                })  # fmt: skip
    return out[:MOST]


def _quotation(shelf: Shelf, quote: Quote, spans: tuple[tuple[int, int], ...]) -> Linked:
    """A quotation: its words, who said them, the work that they are from. `spans`: the stretches that are shown, of
    words of our own sources (none: all)."""
    one = shelf.sources[quote.source]
    inside = [s for s in spans if quote.spans[0][0] <= s[0] < quote.spans[-1][1]] if quote.kind == "turn" else []
    words = spoken(" ".join(reads(one, a, b) for a, b in inside or quote.spans)).split()
    who = _who(shelf, quote.person) if quote.person else None
    return _filled({
        "@type": "Quotation",
        "@id": _at(shelf.history, quote_place(shelf, quote)),
        "text": " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else ""),
        "creator": who,
        "spokenByCharacter": who,
        "isPartOf": _work(shelf, one),
    })  # fmt: skip


def _who(shelf: Shelf, ref: PersonRef) -> Linked:
    there = ref.id in shelf.people
    return _filled({
        "@type": "Person",
        "@id": _at(shelf.history, person_page(ref.id)) if there else "",
        "name": spoken(ref.name),
    })  # fmt: skip


def _work(shelf: Shelf, one: Source) -> Linked:
    """What a source is: an article of somebody else's, or an interview of ours."""
    press = one.kind == "press"
    return _filled({
        "@type": "Article" if press else "CreativeWork",
        "@id": "" if press else _at(shelf.history, source_page(shelf, one.path)),
        "headline" if press else "name": spoken(title_of(one)),
        "publisher": {"@type": "Organization", "name": spoken(one.publisher)} if one.publisher else None,
        "datePublished" if press else "dateCreated": one.date,
        "url": addresses.foreign(one.address),
    })  # fmt: skip


def _site(history: History) -> Linked:
    return _filled({"@type": "WebSite", "name": spoken(history.title), "url": history.address})


def _at(history: History, place: str) -> str:
    """A place of the site: its whole address where that is known, else from the page, which lies one folder down."""
    return f"{history.address or '../'}{place}"


def _filled(told: Linked) -> Linked:
    """A value without what is not known."""
    return {name: value for name, value in told.items() if value not in ("", None, [])}
