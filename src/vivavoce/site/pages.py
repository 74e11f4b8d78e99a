"""Every page of the site, in the order in which they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from vivavoce import disk
from vivavoce.citations import title_of
from vivavoce.errors import VivavoceError
from vivavoce.language import dates
from vivavoce.model import Account, History, Moment, Person, Quote, Source, Value, reads
from vivavoce.site import (
    addresses,
    cards,
    chart,
    cite,
    citing,
    gallery,
    inputs,
    leaves,
    linked,
    lists,
    manifest,
    person,
    search,
    silence,
    source,
    timeline,
    voices,
    works,
)
from vivavoce.site.ledger import Former, Making
from vivavoce.site.shelf import Shelf, moment_page, person_page, shelve, source_page
from vivavoce.site.words import names_somebody, said, spoken

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
KINDS_WITHHELD = {
    "span": ("passage", "passages"),
    "medium": ("recording", "recordings"),
    "picture": ("picture", "pictures"),
    "person": ("person’s words", "persons’ words"),
}
Rows = list[dict[str, Any]]
FIRST = 6  # moments on the cover
FEW_WORDS, ENOUGH = 8, 32  # words of an opening: from how many on it tempts, and how many are shown


class Page(Value, frozen=True):
    """A page: its path, how it is made, and the key of all that it is made from, or how that is made ("": the page is
    made each time). `wide`: a key of more, which is at hand (see `inputs`), or ""."""

    path: str
    make: Callable[[], str]
    key: Callable[[], str] | str = ""
    wide: str = ""


def write(
    history: History,
    folder: Path,
    media: Mapping[str, Path],
    searchable: History,
    pictures: Mapping[str, Path],
    before: Former | None = None,
    mark: str = "",
) -> Making:
    """Write the whole site; see `vivavoce.site.publish`."""
    making, shelf, tag = Making(folder, before), shelve(history), language(history.language)
    recordings, hung, called = _recordings(shelf, media), gallery.hung(shelf, frozenset(pictures)), silence.names(shelf)
    told = inputs.inputs(shelf, mark, hung, called, recordings)
    with search.index(_searched(told, searchable, mark), making, tag):
        for page in _pages(shelf, recordings, hung, called, told):
            making.made(page.path, page.make, page.key, page.wide)
        citing.write(making, shelf, mark)
        _for_others(making, shelf, mark)
        _static(making)
        for path, (file, _) in recordings.items():
            _copy(making, media[path], file, "recording")
        for path, file in hung.files.items():
            _copy(making, pictures[path], file, "picture")
    manifest.write(shelf, making, hung.files, told.own)
    return making


def _for_others(making: Making, shelf: Shelf, mark: str) -> None:
    """What only a site has whose address is known: pictures for links to it, the list of its pages, the feed."""
    history = shelf.history
    if not history.address:
        return
    cards.write(making, cards.cards(history), language(history.language), mark)
    moved = {f"moments/{addresses.token(former)}.html" for former in _moved(history)}
    listed = [_public(p) for p in sorted(making.files) if p.endswith(".html") and p not in moved]
    for path, text in (*lists.sitemap(history.address, listed), ("feed.xml", lists.feed(shelf))):
        making.put(path, text.encode("utf-8", "replace"))


def _public(path: str) -> str:
    """The address of a page from the site's root: the cover's is the root."""
    return "" if path == "index.html" else addresses.href(path)


def _searched(told: inputs.Inputs, searchable: History, mark: str) -> inputs.Inputs:
    """What may be searched, with its keys: mostly what is shown."""
    if searchable is told.shelf.history:
        return told
    shelf = shelve(searchable)
    return inputs.inputs(shelf, mark, told.gallery, silence.names(shelf), {})


def _pages(
    shelf: Shelf,
    recordings: dict[str, tuple[str, str]],
    hung: gallery.Gallery,
    called: silence.Names,
    told: inputs.Inputs,
) -> Iterator[Page]:
    """Every page."""
    listed, order = person.groups(shelf), in_order(shelf.history.moments)
    show = _printer(shelf, person.voices(listed))
    several, single = told_by(shelf)
    yield from _overviews(shelf, show, hung, several, single, listed)
    lists = (
        ("moments.html", _lists(several, single)),
        ("chart.html", chart.pages(shelf, order, called)),
        ("sources.html", source.pages(shelf)),
        ("timeline.html", timeline.pages(shelf)),
    )
    for name, pages in lists:  # what such a page shows is its key
        for path, values in pages:
            yield Page(path, partial(show, name, path, **values), inputs.key(told.base, inputs.encode(values)))
    for number, moment in enumerate(order):
        path = f"moments/{addresses.token(moment.id)}.html"
        make = partial(_moment_shown, show, path, shelf, number, order, called, recordings, hung)
        narrow = partial(inputs.of_moment, told, number, order)
        yield Page(path, make, narrow, inputs.wide_of_moment(told, number, order))
    yield from _moved_pages(shelf, show, told)
    for one in shelf.history.people:
        path = f"people/{addresses.token(one.id)}.html"
        make = partial(_person_shown, show, path, shelf, one, hung)
        yield Page(path, make, partial(inputs.of_person, told, one), inputs.wide_of_person(told, one))
    for work in shelf.sources.values():
        path = f"sources/{shelf.slugs[work.path]}.html"
        make = partial(_source_shown, show, path, shelf, work, recordings)
        yield Page(path, make, partial(inputs.of_source, told, work), inputs.wide_of_source(told, work))


TITLE, TO = "\ue100", "\ue101"  # private characters, in whose places a moment's title and address are put


def _moved_pages(shelf: Shelf, show: Callable[..., str], told: inputs.Inputs) -> Iterator[Page]:
    """A page for each former address of a moment; made from one, as there may be tens of thousands."""
    frame = show("moved.html", "moments/moved.html", title=TITLE, to=TO)
    keys: dict[str, str] = {}

    def made(moment: Moment) -> str:
        return frame.replace(TITLE, escape(spoken(moment.title))).replace(TO, escape(moment_page(moment.id)))

    for former, moment in _moved(shelf.history).items():
        path = f"moments/{addresses.token(former)}.html"
        if moment.id not in keys:
            keys[moment.id] = inputs.key(told.base, moment.id, moment.title)
        yield Page(path, partial(made, moment), keys[moment.id])


def _overviews(
    shelf: Shelf, show: Callable[..., str], hung: gallery.Gallery, several: Rows, single: Rows, listed: person.Groups
) -> Iterator[Page]:
    """The pages that show something of everything."""
    made: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
        "index.html": ("cover.html", lambda: _cover(shelf, several, single, hung, listed)),
        "people/index.html": ("people.html", lambda: {"groups": listed}),
        "search.html": ("search.html", dict),
    }
    if shelf.history.catalogue.works:
        made["works.html"] = "works.html", lambda: {"groups": works.groups(shelf)}
    for path, (name, values) in made.items():
        yield Page(path, lambda n=name, p=path, v=values: show(n, p, **v()))  # type: ignore[misc]


ALONE = "Told by one"


def _lists(several: Rows, single: Rows) -> list[tuple[str, dict[str, Any]]]:
    """The list of moments by its path: one page, or as many as are not too heavy."""
    if leaves.light(several + single, _weight):
        both = {"several": list(map(_bare, several)), "single": list(map(_bare, single))}
        return [("moments/index.html", {**both, "leaves": []})]
    kinds = (("several", several, "Told by several"), ("single", single, ALONE))
    parts = [
        (kind, list(map(_bare, some)), label, of)
        for kind, rows, of in kinds
        for some, label in leaves.labelled(leaves.parted(rows, _weight), _year)
    ]
    paths = [f"moments/page-{n}.html" if n > 1 else "moments/index.html" for n in range(1, len(parts) + 1)]
    held = leaves.grouped(leaves.Leaf(label, at, of) for (_, _, label, of), at in zip(parts, paths, strict=True))
    nothing: dict[str, Rows] = {kind: [] for kind, _, _ in kinds}
    return [(at, {**nothing, kind: rows, "leaves": held}) for (kind, rows, *_), at in zip(parts, paths, strict=True)]


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    """A row with no more of its moment than a list shows."""
    return {**row, "moment": {"id": row["moment"].id, "title": row["moment"].title}}


def _weight(row: dict[str, Any]) -> int:
    """The bytes of a moment in a list, about."""
    return 450 + leaves.weight(row["moment"].title, *(row["opening"] or ())) + 40 * min(len(row["names"]), 6)


def _year(row: dict[str, Any]) -> str:
    happened = row["moment"].when.happened
    return dates.year(happened.start) if happened and happened.start else ""


def _cover(shelf: Shelf, several: Rows, single: Rows, hung: gallery.Gallery, listed: person.Groups) -> dict[str, Any]:
    return {
        "first": _first(several, single),
        "cast": person.cast(listed),
        "pictures": hung.cover,
        "graph": linked.site(shelf.history),
    }


def _moment_shown(
    show: Callable[..., str],
    path: str,
    shelf: Shelf,
    at: int,
    order: list[Moment],
    called: silence.Names,
    recordings: Mapping[str, tuple[str, str]],
    hung: gallery.Gallery,
) -> str:
    one, told = order[at], _moment(shelf, at, order, called, recordings)
    graph, pictures = linked.moment(shelf, one), hung.moments.get(one.id, ())
    return show("moment.html", path, card=one.id, graph=graph, **told, pictures=pictures)


def _person_shown(show: Callable[..., str], path: str, shelf: Shelf, one: Person, hung: gallery.Gallery) -> str:
    graph, pictures = linked.person(shelf, one), hung.people.get(one.id, ())
    return show("person.html", path, graph=graph, **person.page(shelf, one), pictures=pictures)


def _source_shown(
    show: Callable[..., str], path: str, shelf: Shelf, work: Source, recordings: Mapping[str, tuple[str, str]]
) -> str:
    graph = linked.source(shelf, work, recordings)
    files = [] if work.kind == "recording" else citing.files(citing.stem(shelf, work.path))
    return show("source.html", path, graph=graph, files=files, **source.page(shelf, work, recordings))


def _moved(history: History) -> dict[str, Moment]:
    """The moment that each former id leads to; an id that is a moment's own leads nowhere else."""
    now = {m.id for m in history.moments}
    moved = {former: m for m in reversed(history.moments) for former in m.former if former not in now}
    return dict(sorted(moved.items()))


def _printer(shelf: Shelf, voices: int) -> Callable[..., str]:
    """A function that fills in a template: `show(name, path, about, card, graph, **values)`; `path`: of the page;
    `about` tells those who link to it what it holds (default: what the history is); `card`: the moment whose picture
    they show; `graph`: what it tells machines. `voices`: how many tell something."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("vivavoce.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.tests.update(names_somebody=names_somebody)
    made.filters.update(said=said, spoken=spoken, day=dates.day, year=dates.year, href=addresses.href)
    made.globals.update(
        site=shelf.history,
        lang=language(shelf.history.language),
        introduction=introduction(shelf.history.introduction),
        withheld=withheld(shelf.history),
        counts=_counts(shelf, voices),
        person_page=person_page,
        moment_page=moment_page,
        source_page=lambda path: source_page(shelf, path),
        title_of=title_of,
        part=cite.part,
        language=language,
    )
    drawn = cards.cards(shelf.history) if shelf.history.address else {}

    def show(name: str, path: str, about: str = "", card: str = "", graph: Any = (), **values: Any) -> str:
        return made.get_template(name).render(
            up="../" * path.count("/"),
            path=_public(path),
            page=name.removesuffix(".html"),
            about=about or shelf.history.subtitle or shelf.history.title,
            card=drawn.get(card) or drawn.get(""),
            linked=linked.script(list(graph)) if graph else "",
            **values,
        )

    return show


def language(tag: str) -> str:
    """A language tag that a browser takes; English where it is not one."""
    return tag if LANGUAGE.fullmatch(tag) else "en"


def introduction(text: str) -> Markup:
    """The author's introduction: Markdown and simple HTML, cleaned of everything that acts or loads."""
    import nh3
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": True}).render(text)
    kept = nh3.clean(
        made,
        tags={
            "p",
            "br",
            "em",
            "strong",
            "i",
            "b",
            "blockquote",
            "ul",
            "ol",
            "li",
            "a",
            "h2",
            "h3",
            "h4",
            "hr",
            "q",
            "cite",
        },
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return Markup(kept)  # noqa: S704 - cleaned on the line above


def withheld(history: History) -> list[str]:
    """What the reader is told of what is not shown, a sentence a kind."""
    out = []
    for w in history.withheld:
        what, plural = KINDS_WITHHELD.get(w.what, (w.what, f"{w.what}s"))
        many = f"One {what} is" if w.count == 1 else f"{w.count} {plural} are"
        out.append(f"{many} withheld" + (f" ({w.ground})." if w.ground else "."))
    return out


def told_by(shelf: Shelf) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The moments told by several, and those told by one: each with its tellers' names."""
    several: list[dict[str, Any]] = []
    single: list[dict[str, Any]] = []
    for moment in shelf.history.moments:
        row = _row(shelf, moment)
        (several if len(row["names"]) > 1 else single).append(row)
    return several, single


def _first(several: list[dict[str, Any]], single: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The moments on the cover: those that most people tell, in the order in which they happened."""
    most = sorted(range(len(several)), key=lambda i: (-len(several[i]["names"]), i))[:FIRST]
    return [several[i] for i in sorted(most)] or single[:FIRST]


def _row(shelf: Shelf, moment: Moment) -> dict[str, Any]:
    names = list(dict.fromkeys(a.person.name for a in moment.accounts if a.person))
    happened = moment.when.happened
    return {
        "moment": moment,
        "names": names,
        "at_odds": list(dict.fromkeys(r.about for r in moment.relations if r.type != "agree")),
        "happened": dates.day(happened.start) if happened else "",
        "opening": _opening(shelf, moment),
    }


def _opening(shelf: Shelf, moment: Moment) -> tuple[str, str] | None:
    """Who tells it first in more than a few words, and the beginning of these, to tempt the reader."""
    few = None
    for account in moment.accounts:
        for held in filter(None, map(shelf.quotes.get, account.quotes)):
            if account.person and held.kind in ("turn", "direct"):
                words = _first_words(shelf, account, held)
                told = account.person.name, " ".join(words[:ENOUGH])
                if len(words) >= FEW_WORDS:
                    return (told[0], told[1] + " …") if len(words) > ENOUGH else told
                few = few or told
    return few


def _first_words(shelf: Shelf, account: Account, held: Quote) -> list[str]:
    """The words of a quotation from where an account begins in it."""
    within = (s for s in account.spans if held.spans[0][0] <= s[0] < held.spans[-1][1])
    start, end = next(within, held.spans[0])
    return spoken(reads(shelf.sources[held.source], start, end)).split()


def _moment(
    shelf: Shelf, at: int, order: list[Moment], called: silence.Names, recordings: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    moment = order[at]
    told, loose = voices.voices(shelf, moment, recordings)
    row = _row(shelf, moment)
    return {
        **row,
        "about": f"{moment.title}, told by {_listed(row['names'])}." if row["names"] else "",
        "voices": told,
        "loose": loose,
        "notes": sum(len(v.notes) for v in told) + len(loose),
        "columns": max((v.column for v in told), default=0),
        "unquoted": voices.unquoted(shelf, moment),
        "unheard": silence.unheard(shelf, moment, called),
        "until": dates.day(moment.when.happened.end) if moment.when.happened and moment.when.happened.end else "",
        "told": _told(moment),
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
        "in_order": moment.when.happened is not None and moment.when.happened.start is not None,
    }


def _listed(names: list[str]) -> str:
    """Names as a sentence has them: A, B and C."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _told(moment: Moment) -> str:
    """From when to when a moment was told: `1991 to 2022`, `9 November 2021`, or "" where no source has a date."""
    days = sorted(a.told for a in moment.accounts if a.told)
    years = [dates.year(day) for day in days]
    if not days or years[0] == years[-1]:
        return dates.day(days[0]) if days and days[0] == days[-1] else "".join(years[:1])
    return f"{years[0]} to {years[-1]}"


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    """Moments in the order in which they happened, those whose time is not known after them as they are."""

    def key(moment: Moment) -> tuple[str, int]:
        happened, order = moment.when.happened, moment.when.order
        return (happened.start or "9") if happened else "9", order if order is not None else 1 << 30

    return sorted(moments, key=key)


def _counts(shelf: Shelf, voices: int) -> dict[str, int]:
    return {
        "voices": voices,
        "moments": len(shelf.history.moments),
        "sources": len(shelf.history.sources),
    }


def _recordings(shelf: Shelf, media: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Recordings that are published: path -> (file in the site, "sound" or "video")."""
    known = {m.path: m.kind for s in shelf.history.sources for m in s.media if m.path in media}
    slugs = addresses.source_slugs(known)
    return {p: (f"media/{slugs[p]}{_ending(p)}", kind) for p, kind in known.items()}


def _ending(path: str) -> str:
    """The ending of a file's name, by which a server tells its type, if it is a plain one."""
    found = re.search(r"\.[a-z0-9]{1,5}$", path.lower())
    return found[0] if found else ""


def _static(making: Making) -> None:
    from importlib.resources import files

    for file in sorted(files("vivavoce.site").joinpath("static").iterdir(), key=lambda f: f.name):
        making.put(f"static/{file.name}", file.read_bytes())


def _copy(making: Making, file: Path, to: str, what: str) -> None:
    try:
        making.copy(to, file, inputs.key(str(file), *map(str, disk.stamp(file))))
    except OSError as e:
        raise VivavoceError(f"{file}: the {what} could not be copied ({e.strerror}); check that it can be read.") from e
