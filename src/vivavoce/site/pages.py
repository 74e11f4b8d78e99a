"""Every page of the site, in the order in which they are written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vivavoce.errors import VivavoceError
from vivavoce.model import History, Moment, reads
from vivavoce.site import addresses, cite, dates, manifest, person, search, source, timeline, voices
from vivavoce.site.shelf import Shelf, moment_page, person_page, shelve, source_page, title_of
from vivavoce.site.words import names_somebody, said, spoken

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
KINDS_WITHHELD = {
    "span": ("passage", "passages"),
    "medium": ("recording", "recordings"),
    "person": ("person’s words", "persons’ words"),
}
FIRST = 6  # moments on the cover


def write(history: History, folder: Path, media: Mapping[str, Path], searchable: History) -> list[str]:
    """Write the whole site; see `vivavoce.site.publish`."""
    _empty(folder)
    shelf = shelve(history)
    recordings = _recordings(shelf, media)
    for path, text in _pages(shelf, recordings):
        _write(folder / path, text)
    _static(folder)
    for path, (file, _) in recordings.items():
        _copy(media[path], folder / file)
    search.index(shelve(searchable), folder, language(history.language))
    return manifest.write(shelf, folder)


def _pages(shelf: Shelf, recordings: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Path and text of every page."""
    show = _printer(shelf)
    several, single = told_by(shelf)
    yield "index.html", show("cover.html", "", first=[*several, *single][:FIRST], cast=person.cast(shelf))
    yield "moments/index.html", show("moments.html", "../", several=several, single=single)
    for number, moment in enumerate(shelf.history.moments):
        page = f"moments/{addresses.token(moment.id)}.html"
        yield page, show("moment.html", "../", **_moment(shelf, number))
    for former, moment in _moved(shelf.history).items():
        page = f"moments/{addresses.token(former)}.html"
        yield page, show("moved.html", "../", title=moment.title, to=moment_page(moment.id))
    yield "people/index.html", show("people.html", "../", groups=person.groups(shelf))
    for one in shelf.history.people:
        yield f"people/{addresses.token(one.id)}.html", show("person.html", "../", **person.page(shelf, one))
    yield "sources/index.html", show("sources.html", "../", groups=source.groups(shelf))
    for work in shelf.sources.values():
        yield (
            f"sources/{shelf.slugs[work.path]}.html",
            show("source.html", "../", **source.page(shelf, work, recordings)),
        )
    yield "timeline.html", show("timeline.html", "", **timeline.page(shelf))
    yield "search.html", show("search.html", "")


def _moved(history: History) -> dict[str, Moment]:
    """The moment that each former id leads to; an id that is a moment's own leads nowhere else."""
    now = {m.id for m in history.moments}
    moved = {former: m for m in reversed(history.moments) for former in m.former if former not in now}
    return dict(sorted(moved.items()))


def _printer(shelf: Shelf) -> Any:
    """A function that fills in a template: `show(name, up, **values)`; `up` leads to the site's root."""
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
        counts=_counts(shelf),
        person_page=person_page,
        moment_page=moment_page,
        source_page=lambda path: source_page(shelf, path),
        title_of=title_of,
        part=cite.part,
        language=language,
    )
    templates = {name: made.get_template(name) for name in made.list_templates()}
    return lambda name, up, **values: templates[name].render(up=up, page=name.removesuffix(".html"), **values)


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
    """Who tells it first, and their first words, to tempt the reader."""
    for account in moment.accounts:
        for name in account.quotes:
            held = shelf.quotes.get(name)
            if held and held.kind in ("turn", "direct"):
                start, end = next(
                    (s for s in account.spans if held.spans[0][0] <= s[0] < held.spans[-1][1]), held.spans[0]
                )
                words = spoken(reads(shelf.sources[held.source], start, end)).split()
                return account.person.name if account.person else "", " ".join(words[:32]) + (
                    " …" if len(words) > 32 else ""
                )
    return None


def _moment(shelf: Shelf, at: int) -> dict[str, Any]:
    order = shelf.history.moments
    moment = order[at]
    told, loose = voices.voices(shelf, moment)
    return {
        **_row(shelf, moment),
        "voices": told,
        "loose": loose,
        "unquoted": voices.unquoted(shelf, moment),
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
    }


def _counts(shelf: Shelf) -> dict[str, int]:
    return {
        "voices": len(person.cast(shelf)),
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


def _empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VivavoceError(f"{folder} is not an empty folder; name another one, or move what it holds.")
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "replace"))


def _static(folder: Path) -> None:
    from importlib.resources import files

    for file in sorted(files("vivavoce.site").joinpath("static").iterdir(), key=lambda f: f.name):
        (folder / "static").mkdir(exist_ok=True)
        (folder / "static" / file.name).write_bytes(file.read_bytes())


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    try:
        shutil.copyfile(file, to)
    except OSError as e:
        raise VivavoceError(
            f"{file}: the recording could not be copied ({e.strerror}); check that it can be read."
        ) from e
