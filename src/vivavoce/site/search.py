"""The search index: one record a quotation, moment, person and source, made by pagefind."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from markupsafe import escape

from vivavoce.citations import title_of
from vivavoce.errors import VivavoceError
from vivavoce.language import dates
from vivavoce.model import WITHHELD, Quote, Source, corrected, reads
from vivavoce.site import cite, inputs
from vivavoce.site.inputs import Inputs
from vivavoce.site.ledger import Making, files_in, keep_tree
from vivavoce.site.settle import settle
from vivavoce.site.shelf import Shelf, moment_page, person_page, quote_place, source_page
from vivavoce.site.words import spoken

RECORD = (
    '<html lang="{}"><title>{}</title><body data-pagefind-body>'
    '<p data-pagefind-ignore><span data-pagefind-meta="url">{}</span>'
    '<span data-pagefind-meta="title">{}</span><span data-pagefind-meta="where">{}</span>{}</p>'
    "<p>{}</p></body></html>"
).format  # each value escaped before: Markup's own format is slow
FILTER = '<span data-pagefind-filter="{}">{}</span>'.format
FOLDER = "pagefind"
MEMORY = Path("/dev/shm")  # noqa: S108 - Linux; the folder made in it is its maker's alone
RECORD_TAKES = 12288  # bytes, with its part of the index
KINDS = {"direct": "Press quotation", "mixed": "Press quotation", "indirect": "Reported speech", "turn": "Interview"}


@contextmanager
def index(told: Inputs, making: Making, tag: str) -> Iterator[None]:
    """Write `pagefind/` into a site whose language is `tag`, while something else is done; taken over where nothing
    that it is made from has changed. Raises VivavoceError if pagefind cannot be run."""
    wide = inputs.of_index(told)
    if keep_tree(making, FOLDER, lambda was: was.wide == wide, wide):
        yield
        return
    with tempfile.TemporaryDirectory(dir=_in_memory(len(told.shelf.quotes))) as held:
        records, out = Path(held) / "records", Path(held) / FOLDER
        mark = inputs.key(told.program, tag, _written(told.shelf, records, tag))
        if keep_tree(making, FOLDER, lambda was: was.key == mark, wide):
            yield
            return
        with _run(records, out, tag.split("-")[0].lower()):
            yield
        _entered(making, out, mark, wide)


def _in_memory(records: int) -> Path | None:
    """A folder that lies in memory and has room for so many records and their index, twice over; None: the usual one.
    Tens of thousands of files that live for half a minute cost a disk more than pagefind takes to read them."""
    free = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK | os.X_OK) else 0
    return MEMORY if free > 2 * RECORD_TAKES * (records + 10_000) else None


def _entered(making: Making, out: Path, mark: str, wide: str) -> None:
    """Put the index into its one order, and its files into the site: most hold the words of one record, and are as
    they were."""
    settle(out)
    for path in sorted(files_in(out)):
        with open(f"{out}/{path}", "rb") as file:
            making.put(f"{FOLDER}/{path}", file.read(), mark, wide)


def _written(shelf: Shelf, folder: Path, tag: str) -> str:
    """Write the records as pagefind reads them, a thousand a folder; a hash of them all."""
    seen = hashlib.sha256()
    for number, text in enumerate(_records(shelf, tag)):
        drawer = folder / f"{number // 1000:04}"
        if not number % 1000:
            drawer.mkdir(parents=True)
        data = text.encode("utf-8", "replace")
        seen.update(len(data).to_bytes(8, "big") + data)
        with open(f"{drawer}/{number:07}.html", "xb") as file:
            file.write(data)
    return seen.hexdigest()


@contextmanager
def _run(records: Path, out: Path, tag: str) -> Iterator[None]:
    """Pagefind over records, in a process of its own, which is awaited at the end."""
    from pagefind_bin import get_executable

    try:
        found = get_executable()
        running = subprocess.Popen(
            [found, "--site", records, "--output-path", out, "--force-language", tag, "--silent"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    except OSError as e:
        raise VivavoceError(
            f"The search index was not made: pagefind does not run here ({e}); install pagefind[bin] again."
        ) from e
    try:
        yield
        said = _awaited(running)
    except BaseException:
        running.kill()
        running.communicate()
        raise
    if running.returncode:
        raise VivavoceError(f"The search index was not made: pagefind says: {' '.join(said.split())[-300:]}")


def _awaited(running: subprocess.Popen[str]) -> str:
    """What a process says in the end."""
    return running.communicate()[1]


def _records(shelf: Shelf, lang: str) -> Iterator[str]:
    told = shelf.history
    yield _record(lang, told.title, "index.html", told.subtitle, "Cover", [], f"{told.title}. {told.subtitle}")
    for source in told.sources:
        where = ", ".join(filter(None, (source.publisher, dates.day(source.date))))
        page, words = source_page(shelf, source.path), f"{title_of(source)}. {where}"
        yield _record(lang, title_of(source), page, where, "Source", [("Source", title_of(source))], words)
    for moment in shelf.history.moments:
        names = ", ".join(dict.fromkeys(a.person.name for a in moment.accounts if a.person))
        yield _record(
            lang,
            spoken(moment.title),
            moment_page(moment.id),
            names,
            "Moment",
            [("Moment", moment.title)],
            f"{moment.title}. {names}",
        )
    for person in shelf.history.people:
        part = cite.parts(person)
        words = ". ".join((person.name, *person.aliases, part))
        yield _record(lang, person.name, person_page(person.id), part, "Person", [("Person", person.name)], words)
    for quote in shelf.quotes.values():
        if not quote.asks:
            yield _quotation(shelf, quote, lang)


def _quotation(shelf: Shelf, quote: Quote, lang: str) -> str:
    source = shelf.sources[quote.source]
    name = quote.person.name if quote.person else ""
    when = ", ".join(
        filter(None, (title_of(source), dates.day(source.date), dates.clock(quote.time[0]) if quote.time else ""))
    )
    filters = [("Source", title_of(source)), *([("Person", name)] if name else [])]
    filters += [("Moment", moment.title) for moment in shelf.tells.get(quote.id, ())]
    return _record(
        lang,
        name,
        quote_place(shelf, quote),
        when,
        KINDS[quote.kind],
        filters,
        _words(source, quote),
    )


def _words(source: Source, quote: Quote) -> str:
    """The words of a quotation as they are shown, and, to be found as well, corrected ones as they came."""
    readings = [one for start, end in quote.spans for one in corrected(source, start, end)]
    came = ", ".join(one.was for one in readings if one.was and WITHHELD not in one.was)
    words = " ".join(reads(source, start, end) for start, end in quote.spans)
    return f"{words} (As it came: {came})" if came else words


def _record(lang: str, title: str, url: str, where: str, kind: str, filters: list[tuple[str, str]], words: str) -> str:
    held = "".join(FILTER(name, escape(spoken(value))) for name, value in [("Kind", kind), *filters])
    shown = escape(spoken(title))
    return RECORD(lang, shown, escape(url), shown, escape(spoken(where)), held, escape(spoken(words)))
