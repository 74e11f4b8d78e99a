"""Everything that one document gives on its own: read, find, cast, attribute, cut into passages. The same functions as
in a build of a history."""

from __future__ import annotations

from pathlib import Path

import msgspec

from vivavoce import accounts, people, rights, sources, works
from vivavoce.corpus.values import Document, Facts, Found, Settings
from vivavoce.errors import UnreadableSource
from vivavoce.model import WORD, History, Known, Source
from vivavoce.quoting import attributed, joined, printable, said_by, who_is

replace = msgspec.structs.replace
NOBODY = Known()
HEARD = "heard"  # the tables of a transcript that is looked through


def digested(document: Document, settings: Settings) -> Found:
    """What a document gives; raises UnreadableSource."""
    source = read(document)
    found, attributions, cast = attributed(source, settings.engine, NOBODY)
    figures = {a.quote: a.figure for a in attributions}
    persons = people.resolve([cast], NOBODY)
    who = who_is(persons)
    said = tuple(said_by(q, figures.get(q.id), who) for q in joined(found, attributions))
    if source.restrictions:
        return restricted(document, History("", settings.day, (source,), said, tuple(persons)), settings)
    facts = row(document, source, settings, len(said))
    named = tuple(figures.get(q.id) for q in said)
    if settings.tables == HEARD:
        turns = tuple(q for q in said if q.kind == "turn")
        return Found(facts, turns, source=source if source.kind == "transcript" else None)
    if settings.tables == "quotes":
        return Found(facts, said, named)
    small = replace(cast, figures=tuple(replace(f, mentions=f.mentions[:1]) for f in cast.figures))
    if settings.tables == "people":
        return Found(facts, said, named, small)
    telling = [q for q in said if printable(q)]
    told = accounts.passages(source, telling, list(attributions), cast, NOBODY)
    of_works = works.find(source, telling, cast, NOBODY)
    return Found(facts, said, named, small, tuple(told), of_works.namings)


def read(document: Document) -> Source:
    """The document as a source."""
    if document.problem:
        raise UnreadableSource(document.file, document.problem, "", f"at {document.at}")
    if document.data is None:
        return sources.read(Path(document.root), document.name)
    return sources.given(document.name, document.data, document.format, document.told)


def row(document: Document, source: Source, settings: Settings, quotes: int) -> Facts:
    """The row of a document."""
    return Facts(
        source.path,
        document.file,
        document.at,
        source.kind,
        source.format,
        source.address,
        source.title,
        source.date,
        source.publisher,
        source.language,
        len(source.text),
        sum(1 for _ in WORD.finditer(source.text)),
        quotes,
        text_hash=source.text_hash,
        text=source.text if settings.text else None,
    )


def restricted(document: Document, whole: History, settings: Settings) -> Found:
    """What may be exported of a source with restrictions: those of its quotations that may, and nothing for the tables
    of people and moments, which are made of many sources at once."""
    shown = rights.published(whole, "export", settings.day)
    if not shown.sources:
        return Found(Facts("", "", 0, whole.sources[0].kind, whole.sources[0].format, withheld=True))
    facts = replace(row(document, shown.sources[0], settings, len(shown.quotes)), withheld=True)
    return Found(facts, tuple(shown.quotes), (None,) * len(shown.quotes))
