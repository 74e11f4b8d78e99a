"""What was read as what: the sources of a project under its rights, or anybody's files as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from vivavoce import people, quoting, rights, sources, workers
from vivavoce.engines import DEFAULT
from vivavoce.errors import BadFile, UnreadableSource, UsageError
from vivavoce.model import WITHHELD, Channel, History, Known, Restriction, Source, Times, Value, Warning
from vivavoce.project import behind, open_project
from vivavoce.rights import Rule
from vivavoce.sources import length
from vivavoce.sources.speakers import Speaker, speakers, words

replace = msgspec.structs.replace
Reading = Literal["press", "transcript", "recording", "unread"]


class Heard(Value, frozen=True):
    """A recording that belongs to a source, with its length in seconds where the file tells it."""

    path: str
    length: float | None = None


class Row(Value, frozen=True):
    """A source as it was read. `kind`: "unread" where it could not be, then `problem` says why and what to do.

    `time`: from the first to the last second that the words take. `pages`: the first and the last page. `paragraphs`:
    how many. `sidecar`: where what is said of it stands, or would. `restrictions`: those in force. `withheld`: whether
    some of it is not shown here.
    """

    source: str
    kind: Reading
    format: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    words: int = 0
    speakers: tuple[Speaker, ...] = ()
    time: Times | None = None
    pages: tuple[str, str] | None = None
    paragraphs: int = 0
    media: tuple[Heard, ...] = ()
    sidecar: str = ""
    restrictions: tuple[Rule, ...] = ()
    withheld: bool = False
    warnings: tuple[Warning, ...] = ()
    problem: str = ""

    @property
    def unnamed(self) -> int:
        """How many of those who tell are not named yet."""
        return sum(1 for s in self.speakers if not s.name and not s.asks)

    @property
    def lengths(self) -> dict[str, float]:
        """How long its recordings are, by path; where no file tells, how far the words reach."""
        known = {m.path: m.length for m in self.media if m.length}
        if known or not self.time:
            return known
        return {self.media[0].path if self.media else self.source: self.time[1]}


class Inventory(Value, frozen=True):
    """The rows of a project or of files, in order; how many sources are withheld and therefore not among them; how
    many could not be read, those withheld too. `home`: the project's folder, "" where there is none."""

    rows: tuple[Row, ...]
    withheld: int = 0
    unread: int = 0
    home: str = ""

    @property
    def seconds(self) -> float:
        """How long all recordings are, or, where that is not known, how far their words reach; one recording of
        several transcripts counts once."""
        lengths: dict[str, float] = {}
        for row in self.rows:
            for path, long in row.lengths.items():
                lengths[path] = max(long, lengths.get(path, 0.0))
        return sum(lengths.values())


def inventory(path: Path, channel: Channel, day: str, waiting: Callable[[], None] = lambda: None) -> Inventory:
    """What the sources behind a path were read as: a project's (or a part of them) as far as they may be shown, its
    archive brought up to date first; those of any other file or folder with no project.

    Raises UsageError for a path that is not there.
    """
    if not path.exists():
        raise UsageError(f"There is no file or folder “{path}”. Give a source, a folder of sources, or a project.")
    home, inside = behind(path)
    return _of_project(home, inside, channel, day, waiting) if home else _loose(path, channel, day)


# --- a project's -------------------------------------------------------------------------------------------


def _of_project(home: Path, inside: str, channel: Channel, day: str, waiting: Callable[[], None]) -> Inventory:
    from vivavoce.build import everything, update

    project = open_project(home)
    problems = update(project, waiting=waiting).problems
    whole, rules = everything(project, day)
    root = Path(project.sources)
    # What could not be read is asked about as what could: its name may tell what is withheld.
    lost = tuple(sources.unread(root, path, problem) for path, problem in problems)
    whole = replace(whole, sources=tuple(sorted((*whole.sources, *lost), key=lambda s: s.path)))
    wanted = [s.path for s in whole.sources if _within(s.path, inside)]
    rows = _rows(whole, rules, channel, root, {path for path, _ in problems})
    shown = tuple(rows[path] for path in wanted if path in rows)
    unread = sum(1 for path, _ in problems if _within(path, inside))
    return Inventory(shown, len(wanted) - len(shown), unread, str(home))


def _within(path: str, inside: str) -> bool:
    return not inside or path == inside or path.startswith(f"{inside}/")


def _rows(
    whole: History, rules: tuple[Restriction, ...], channel: Channel, root: Path, lost: set[str]
) -> dict[str, Row]:
    """The rows of what may be shown of a history, by the sources' own paths."""
    touched = rights.touching(whole, rules, whole.day)
    own = {new: old for old, new in rights.paths(whole, channel, whole.day, rules).items()}
    shown = rights.published(whole, channel, whole.day, rules).sources
    named = [(own.get(s.path, s.path), s) for s in shown]
    return {path: _row(s, root, touched[path], path in lost) for path, s in named}


# --- anybody's ---------------------------------------------------------------------------------------------


class File(Value, frozen=True):
    """One file to be read; a plain value, so that it can be sent to another process."""

    root: str
    path: str
    channel: Channel
    day: str


def _loose(path: Path, channel: Channel, day: str) -> Inventory:
    root = path if path.is_dir() else path.parent
    inside = sources.listed(root) if path.is_dir() else sources.members(root, path.name)
    files = [File(str(root), one, channel, day) for one in inside]
    done = dict(workers.each(_read, files, [quoting.size_of(root, one) for one in inside], lost=_lost))
    rows = [row for one in inside if (row := done[one])]
    return Inventory(tuple(rows), len(inside) - len(rows), sum(1 for row in rows if row.kind == "unread"))


def _read(file: File) -> tuple[str, Row | None]:
    """One loose source by its path; None where it is withheld."""
    root = Path(file.root)
    try:
        return _told(file, sources.read(root, file.path), False)
    except UnreadableSource as e:
        return _told(file, sources.unread(root, file.path, str(e)), True)
    except Exception as e:  # one bad source never stops the others, whatever we did not think of
        return _told(file, sources.unread(root, file.path, str(quoting.failed(file.path, e))), True)


def _lost(file: File, why: str) -> tuple[str, Row | None]:
    problem = str(quoting.set_aside(file.path, why))
    return _told(file, sources.unread(Path(file.root), file.path, problem), True)


def _told(file: File, source: Source, lost: bool) -> tuple[str, Row | None]:
    root = Path(file.root)
    if not source.restrictions:
        return file.path, _row(source, root, (), lost)
    given = _alone(source, file.day)
    return file.path, _rows(given, (), file.channel, root, {file.path} if lost else set()).get(file.path)


def _alone(source: Source, day: str) -> History:
    """A history of one source, with whom the gate has to know to keep its restrictions."""
    found, attributions, cast = quoting.attributed(source, DEFAULT, Known())
    persons = people.resolve([cast], Known())
    who, figures = quoting.who_is(persons), {a.quote: a.figure for a in attributions}
    said = (quoting.said_by(q, figures.get(q.id), who) for q in quoting.joined(found, attributions))
    return History("", day, (source,), tuple(said), tuple(persons))


# --- a row -------------------------------------------------------------------------------------------------


def _row(source: Source, root: Path, rules: tuple[Rule, ...], lost: bool) -> Row:
    """The row of a source as it may be shown."""
    if lost:
        told = source.warnings[0].what if source.warnings else f"{source.path}: it could not be read."
        return Row(source.path, "unread", restrictions=rules, problem=told)
    return Row(
        source.path,
        source.kind,
        source.format,
        source.title,
        source.publisher,
        source.date,
        source.language,
        words(source.text),
        speakers(source),
        _covered(source),
        _pages(source),
        len({p.paragraph for p in source.places if p.paragraph is not None}),
        tuple(Heard(m.path, length.seconds(root / m.path)) for m in source.media),
        _sidecar(root, source.path),
        rules,
        WITHHELD in source.text,
        source.warnings,
    )


def _sidecar(root: Path, path: str) -> str:
    """The path of a source's sidecar; "" for a member of an archive, and where its own name is not told."""
    try:
        return sources.sidecar.spelled(root, path) if (root / path).is_file() else ""
    except BadFile:
        return ""


def _covered(source: Source) -> Times | None:
    """From the first to the last second of the words that are shown."""
    timed = [t.time for t in source.turns if t.time and any(words(source.text[a:b]) for a, b in t.spans)]
    return (min(t[0] for t in timed), max(t[1] for t in timed)) if timed else None


def _pages(source: Source) -> tuple[str, str] | None:
    pages = [p.page for p in source.places if p.page]
    return (pages[0], pages[-1]) if pages else None
