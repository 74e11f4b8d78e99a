"""Quotations with who said them, source by source: the part of the way that needs no project."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from vivavoce import people, quotes, sources, workers
from vivavoce.engines import DEFAULT, engine
from vivavoce.errors import UnreadableSource
from vivavoce.model import Attribution, Cast, Channel, History, Known, Person, PersonRef, Quote, Source, Value
from vivavoce.sources import packed
from vivavoce.sources.raw import raw

replace = msgspec.structs.replace
Who = dict[tuple[str, str], PersonRef]


class Loose(Value, frozen=True):
    """One source to be quoted from; a plain value, so that it can be sent to another process."""

    root: str
    path: str
    engine: str
    known: Known


def loose(paths: list[Path], name: str, channel: Channel, day: str) -> tuple[list[Quote], list[tuple[str, str]]]:
    """The quotations in files and folders that are no project, as they are, with their persons; and what could not be
    read (path, sentence)."""
    tasks, sizes = [], []
    for path in paths:
        root = path if path.is_dir() else path.parent
        for inner in sources.listed(root) if path.is_dir() else sources.members(root, path.name):
            tasks.append(Loose(str(root), inner, name, Known()))
            sizes.append(size_of(root, inner))
    order = {(t.root, t.path): i for i, t in enumerate(tasks)}
    with workers.calm() as all_stays:
        done = sorted(workers.each(_quoted, tasks, sizes, lost=_lost, warm=warm), key=lambda row: order[row[:2]])
        persons = people.resolve([cast for *_, cast, _, _ in done if cast], Known())
        all_stays()
    who = who_is(persons)
    quotes: list[Quote] = []
    for _, _, said, cast, source, _ in done:
        if not source or not cast:
            continue
        named = tuple(said_by(q, key, who) for q, key in said)
        bars = source.restrictions
        quotes += _allowed(History("", day, (source,), named, tuple(persons)), channel) if bars else named
    return quotes, [(path, problem) for _, path, *_, problem in done if problem]


def weighed(path: Path, wanted: set[str], name: str) -> list[Attribution]:
    """The attributions, with their candidates, of those sources in a file or folder whose paths are wanted."""
    root = path if path.is_dir() else path.parent
    inside = sources.listed(root) if path.is_dir() else [path.name]
    given = [attributed(sources.read(root, inner), name, Known())[1] for inner in inside if inner in wanted]
    return [a for attributions in given for a in attributions]


Given = tuple[str, str, list[tuple[Quote, str | None]], Cast | None, Source | None, str]


def _quoted(task: Loose) -> Given:
    """One loose source: (root, path, its quotations with the figure of each, its cast, the source, problem)."""
    try:
        return _worked(task)
    except UnreadableSource as e:
        return task.root, task.path, [], None, None, str(e)
    except Exception as e:  # one bad source never stops the others, whatever we did not think of
        return task.root, task.path, [], None, None, str(failed(task.path, e))


def _lost(task: Loose, why: str) -> Given:
    return task.root, task.path, [], None, None, str(set_aside(task.path, why))


def _worked(task: Loose) -> Given:
    source = sources.read(Path(task.root), task.path)
    found, attributions, cast = attributed(source, task.engine, task.known)
    figures = {a.quote: a.figure for a in attributions}
    light = source if source.restrictions else replace(source, text="", places=(), blocks=(), turns=())
    few = tuple(replace(f, mentions=f.mentions[:1]) for f in cast.figures)  # who is who needs to know of no more
    said = [(q, figures.get(q.id)) for q in joined(found, attributions)]
    return task.root, task.path, said, replace(cast, figures=few), light, ""


def _allowed(history: History, channel: Channel) -> tuple[Quote, ...]:
    from vivavoce import rights

    return rights.published(history, channel, history.day).quotes


def attributed(source: Source, name: str, known: Known) -> tuple[list[Quote], list[Attribution], Cast]:
    """The quotations of one source, who is held to have said each, and who is in it: find, cast, attribute."""
    found = quotes.find(source, known)
    cast = people.cast(source, found, known)
    return found, engine("attribute", name)(source, found, cast, known), cast


def joined(said: Iterable[Quote], attributions: Iterable[Attribution]) -> list[Quote]:
    """The quotations with what the attribution says of each; persons come later."""
    by_id = {a.quote: a for a in attributions}
    return [_with(q, by_id[q.id]) if q.id in by_id else q for q in said]


def _with(q: Quote, a: Attribution) -> Quote:
    return replace(
        q,
        speaker=a.speaker,
        cue=a.cue or q.cue,
        confidence=a.confidence,
        engine=a.engine,
        why=(*q.why, *a.why),
        sure=q.confidence,
    )


def printable(q: Quote) -> bool:
    """Whether something is a quotation surely enough to be printed: what is not is listed, for a person to see.

    The bounds are where, on annotated news, two of three are quotations; whose speaker a person decided is one.
    """
    return q.engine == "person" or q.sure >= (0.6 if q.kind == "indirect" else 0.5)


def who_is(persons: Iterable[Person]) -> Who:
    """Who stands behind each figure: persons, unnamed labels, and organisations that speak; never a character."""
    speaking = [p for p in persons if p.kind != "character"]
    return {figure: PersonRef(p.id, p.name) for p in speaking for figure in p.figures}


def said_by(q: Quote, figure: str | None, who: Who) -> Quote:
    """The quotation with the person who stands behind its figure."""
    return replace(q, person=who.get((q.source, figure))) if figure is not None else q


SAMPLE = "The lamp\n\n“We saw nothing,” said Ida Bell, the keeper. She said that nobody slept.\n"


@cache
def warm() -> Source:
    """A source of two sentences, gone through once: what every source needs is loaded by then."""
    from vivavoce.sources import press

    source: Source = press.read(raw("sample.txt", SAMPLE.encode()))
    attributed(source, DEFAULT, Known())
    return source


def failed(path: str, e: Exception) -> UnreadableSource:
    """What is said of a source that was read, but that a later step failed on."""
    what = f"it cannot be worked on ({type(e).__name__}: {' '.join(str(e).split())[:120]})"
    return UnreadableSource(path, what.replace(": )", ")"), "Cut it into parts, and report this with the file.")


def set_aside(path: str, why: str) -> UnreadableSource:
    """What is said of a source that took its process with it, or went beyond bounds (`workers.BOUNDS`)."""
    return UnreadableSource(path, f"it was set aside: {why}", "Cut it into parts, or save its text as .txt.")


def size(path: Path) -> int:
    """Bytes of a file; 0 when it is gone."""
    return path.stat().st_size if path.exists() else 0


def size_of(root: Path, path: str) -> int:
    """Bytes of a source, be it a file or a member of one; 0 when it is gone."""
    held = packed.member(root, path)
    return packed.size(held) if held else size(root / path)
