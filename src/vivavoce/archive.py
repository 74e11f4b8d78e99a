"""The archive: what was read and found, in one SQLite file that is derived and may be deleted. The only module
with SQL.

Two layers. `digest` holds what each source gave, under the fingerprint of all that went into it; rows are
committed in batches as they come, so that a build that is killed goes on where it was. The rest is the
generation that is read: quotations with their persons, people, moments and the search index, replaced in one
transaction. In WAL mode readers never wait for the build, and no lock is held while anything is computed. Whatever is
read is sealed (CRC-32 over what it is and where it belongs): bytes that the disk has changed are found, not shown.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from vivavoce.errors import BadFile, Busy, VivavoceError
from vivavoce.model import Times, Value

VERSION = "4"

SCHEMA = """
create table if not exists meta (key text primary key, value text not null) without rowid;
create table if not exists digest (
  path text primary key, fingerprint text not null, problem text not null, source blob, quotes blob,
  attributions blob, cast_ blob, passages blob, reviews blob,
  works blob, noted blob, seal integer not null) without rowid;
create table if not exists whole (name text primary key, body blob not null) without rowid;
create table if not exists kept (key text primary key, body blob not null) without rowid;
create table if not exists said (path text primary key, fingerprint text not null, quotes blob not null) without rowid;
create table if not exists unit (
  id integer primary key, path text not null, start integer not null, stop integer not null, quote text not null,
  person text not null, person_id text not null, kind text not null, began real, ended real, text text not null,
  came text not null, seal integer not null);
create index if not exists unit_path on unit (path);
create virtual table if not exists unit_words using fts5 (
  text, came, content='unit', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
create trigger if not exists unit_in after insert on unit begin
  insert into unit_words (rowid, text, came) values (new.id, new.text, new.came); end;
create trigger if not exists unit_out after delete on unit begin
  insert into unit_words (unit_words, rowid, text, came) values ('delete', old.id, old.text, old.came); end;
"""


class Digest(Value, frozen=True):
    """What one source gave, each part encoded as JSON, `noted` as MessagePack: empty where it could not be read
    (`problem` says why)."""

    path: str
    fingerprint: str
    problem: str = ""
    source: bytes = b""
    quotes: bytes = b""
    attributions: bytes = b""
    cast: bytes = b""
    passages: bytes = b""
    reviews: bytes = b""
    works: bytes = b""
    noted: bytes = b""


class Unit(Value, frozen=True):
    """What the search finds: a quotation (`quote` is its id) or a stretch of text (`quote` empty). `text`: the words as
    they are shown; `came`: those of them that were corrected, as they came."""

    path: str
    start: int
    end: int
    text: str
    kind: str
    quote: str = ""
    person: str = ""
    person_id: str = ""
    time: Times | None = None
    came: str = ""


class Hit(Value, frozen=True):
    """A unit that a search found. `score`: bm25, greater is better. `marked`: the text with the words in [ ]."""

    unit: Unit
    score: float
    marked: str


Connection = sqlite3.Connection


class Damaged(VivavoceError):
    """The archive holds what nobody wrote there: it is to be made anew."""


class _Other(Exception):
    """The archive is of another version."""


NAME = "archive.sqlite"
DAMAGED = "The archive in .vivavoce is damaged. Make it anew: vivavoce build."
ANEW = "The archive in .vivavoce was damaged; it was made anew from the sources and decisions."
# SQLite's result codes (https://sqlite.org/rescode.html): an odd schema, a damaged file, an odd one, no database.
ODD = frozenset({1, 11, 24, 26})
# No locks, or no shared memory, on a network drive: of I/O errors those on locks and maps, and the locking protocol.
LONGEST = 500  # bytes of the path of a database: of 512, without what SQLite adds to it
LOCKLESS = frozenset({15, *(10 | n << 8 for n in (8, 9, 14, 15, 18, 19, 20, 21))})


def connect(folder: Path, anew: bool = True) -> Connection:
    """Open the archive in `folder`: made when it is missing or of another version, and (`anew`) when it is damaged.

    Raises BadFile when the folder cannot be written to, Damaged.
    """
    path = folder / NAME
    with _told(path):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path)
        except _Other:
            _discard(path)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as e:
            if not anew or not _odd(e):
                raise
            discard(folder)
        return _open(path)


@contextmanager
def opened(folder: Path, anew: bool = False) -> Iterator[Connection]:
    """The archive, closed afterwards; what goes wrong with it meanwhile is told.

    Raises BadFile when the disk does not take what is written, Busy, Damaged.
    """
    connection = connect(folder, anew)
    try:
        with _told(folder / NAME):
            yield connection
    finally:
        connection.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        if e.filename and Path(e.filename).name not in (path.name, path.parent.name):
            raise
        raise BadFile(f"{path.name} cannot be written ({e}). Check that you may write to the project's folder.") from e
    except (sqlite3.Error, UnicodeDecodeError) as e:
        if _odd(e):
            raise Damaged(DAMAGED) from e
        if _code(e) & 255 in (5, 6):
            raise Busy("Another process holds the archive. Try again in a while.") from e
        what = "Make room on the disk, and check that you may write to the project's folder; then do it again."
        raise BadFile(f"{path.name} cannot be written ({e}). {_too_long(path) or what}") from e


def _code(e: Exception) -> int:
    return getattr(e, "sqlite_errorcode", 0) or 0


def _odd(e: Exception) -> bool:
    """Whether an error tells of damage, not of the disk or of others at work. What is to be text and is none has no
    code: Python's own module refuses it, be it in a row or in SQLite's words on a damaged schema."""
    no_text = isinstance(e, UnicodeDecodeError) or str(e).startswith("Could not decode to UTF-8")
    return no_text or _code(e) & 255 in ODD


def discard(folder: Path) -> None:
    """Take a damaged archive away. The next one says so (`was_damaged`), whoever makes it."""
    _discard(folder / NAME)
    with _told(folder / NAME), suppress(FileExistsError):
        (folder / "damaged").touch()


def was_damaged(folder: Path) -> bool:
    """Whether this archive was made in place of a damaged one, which is told once."""
    mark = folder / "damaged"
    found = mark.exists()
    mark.unlink(missing_ok=True)
    return found


def _open(path: Path) -> Connection:
    try:
        return _opened(str(path))
    except sqlite3.OperationalError as e:
        if _code(e) not in LOCKLESS:
            raise
        return _opened(f"{path.absolute().as_uri()}?nolock=1", uri=True)


def _opened(name: str, uri: bool = False) -> Connection:
    connection = sqlite3.connect(name, timeout=60, isolation_level=None, uri=uri)
    try:
        _journal(connection)
        connection.execute("create table if not exists meta (key text primary key, value text not null) without rowid")
        found = connection.execute("select value from meta where key = 'version'").fetchone()
        if found and found[0] != VERSION:
            raise _Other
        connection.executescript(SCHEMA)
        connection.execute("insert or ignore into meta values ('version', ?)", (VERSION,))
    except BaseException:
        connection.close()
        raise
    return connection


def _journal(connection: Connection) -> None:
    """Write ahead where the disk can (no network drive can); else by SQLite's older way, which is slower."""
    try:
        mode = connection.execute("pragma journal_mode = wal").fetchone()[0]
    except sqlite3.OperationalError as e:
        if _code(e) not in LOCKLESS:
            raise
        mode = connection.execute("pragma journal_mode = truncate").fetchone()[0]
    connection.execute(f"pragma synchronous = {'normal' if mode == 'wal' else 'full'}")


def _discard(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


@contextmanager
def alone(folder: Path, waiting: Callable[[], None], patience: float = 600.0) -> Iterator[None]:
    """Hold the project for one build: a second one waits (`waiting` is called once), up to `patience` seconds.

    The lock is an open transaction on a file of its own: the system lets go of it when the process ends, however
    it ends. Raises Busy when the other is not done in time.
    """
    connection = _locking(folder)
    deadline, told = time.monotonic() + patience, False
    try:
        while True:
            try:
                connection.execute("begin exclusive")
                break
            except sqlite3.OperationalError as e:
                if _code(e) in LOCKLESS:  # a drive without locks: there one sees to it oneself that builds are alone
                    break
                if "locked" not in str(e):
                    raise BadFile(f"{folder.name} cannot be written ({e}). Check the disk and your rights.") from e
                if time.monotonic() > deadline:
                    raise Busy("Another build of this project is still running. Wait for it, or end it.") from e
                if not told:
                    waiting()
                    told = True
                time.sleep(0.05)
        yield
    finally:
        connection.close()


def _locking(folder: Path) -> Connection:
    """The connection whose transaction is the lock; a damaged file of it, which holds nothing, is made anew."""
    path = folder / "lock.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=0.05, isolation_level=None)
        try:
            connection.execute("pragma user_version")
        except sqlite3.OperationalError:
            pass  # held by another, or not to be written: the transaction tells
        except sqlite3.DatabaseError:
            connection.close()
            path.unlink()
            connection = sqlite3.connect(path, timeout=0.05, isolation_level=None)
        return connection
    except (OSError, sqlite3.Error) as e:
        remedy = _too_long(path) or "Check that you may write to the project's folder."
        raise BadFile(f"{path.name} cannot be written ({e}). {remedy}") from e


def _too_long(path: Path) -> str:
    """What to do about a path that SQLite cannot open for its length; "" where it is short enough."""
    length = len(os.fsencode(path.resolve()))
    if length <= LONGEST:
        return ""
    return f"Its path has {length} bytes, and {LONGEST} are the most: move the project to a folder nearer to the top."


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def fingerprints(connection: Connection) -> dict[str, str]:
    """The fingerprint of every source that was digested, by path."""
    rows = connection.execute("select path, fingerprint, problem, seal from digest").fetchall()
    return {path: _held(mark, (path, mark, problem), seal) for path, mark, problem, seal in rows}


def keep(connection: Connection, digests: Iterable[Digest]) -> None:
    """Commit one batch of what sources gave."""
    rows = [_digest_row(d) for d in digests]
    with transaction(connection):
        connection.executemany("insert or replace into digest values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _digest_row(d: Digest) -> tuple[object, ...]:
    path, mark, problem, *bodies = msgspec.structs.astuple(d)
    return path, mark, problem, *(_sealed(path, body) for body in bodies), _seal((path, mark, problem))


def _seal(told: object) -> int:
    """What values are held against when they are read again."""
    return zlib.crc32(repr(told).encode("utf-8", "surrogatepass"))


def _held(value: str, told: object, seal: int) -> str:
    """A value, if the seal of all that it stands with holds. Raises Damaged."""
    if _seal(told) != seal:
        raise Damaged(DAMAGED)
    return value


def _sealed(name: str, body: bytes) -> bytes:
    return _mark(name, body) + body


def _mark(name: str, body: bytes) -> bytes:
    return zlib.crc32(body, zlib.crc32(name.encode("utf-8", "surrogatepass"))).to_bytes(4)


def _body(name: str, sealed: bytes) -> bytes:
    """What was sealed under a name. Raises Damaged."""
    body = bytes(sealed[4:])
    if _mark(name, body) != sealed[:4]:
        raise Damaged(DAMAGED)
    return body


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Take out sources that are no longer there."""
    with transaction(connection):
        connection.executemany("delete from digest where path = ?", [(path,) for path in paths])


def digested(connection: Connection, path: str) -> Digest | None:
    """What one source gave."""
    row = connection.execute("select * from digest where path = ?", (path,)).fetchone()
    if not row:
        return None
    _held(path, row[:3], row[-1])
    return Digest(*row[:3], *(_body(path, sealed) for sealed in row[3:-1]))


def cast(connection: Connection, path: str) -> bytes:
    """Who is in one source; nothing where it could not be read."""
    return part(connection, path, "cast")


def part(connection: Connection, path: str, part: str) -> bytes:
    """One part (a field of `Digest`) of one source; nothing where it could not be read."""
    query = f"select {_column(part)} from digest where path = ? and problem = ''"  # noqa: S608 - a name of ours
    row = connection.execute(query, (path,)).fetchone()
    return _body(path, row[0]) if row else b""


def _column(part: str) -> str:
    if part not in Digest.__struct_fields__:
        raise ValueError(part)
    return {"cast": "cast_"}.get(part, part)


def parts(connection: Connection, part: str) -> Iterator[tuple[str, bytes]]:
    """One part (a field of `Digest`: `source`, `quotes`, `cast`, …) of every readable source, in the order of their
    paths, one at a time in memory."""
    column = _column(part)
    query = f"select path, {column} from digest where problem = '' order by path"  # noqa: S608 - a name of ours
    for path, sealed in connection.execute(query):
        yield path, _body(path, sealed)


def problems(connection: Connection) -> list[tuple[str, str]]:
    """The sources that could not be read, and why."""
    return list(connection.execute("select path, problem from digest where problem <> '' order by path"))


def kept(connection: Connection, key: str) -> bytes | None:
    """What was worked out of a moment and kept under a key, or None. Raises Damaged."""
    row = connection.execute("select body from kept where key = ?", (key,)).fetchone()
    return _body(key, row[0]) if row else None


def keep_worked(connection: Connection, fresh: dict[str, bytes], used: Iterable[str]) -> None:
    """Keep what was worked out anew, by key, and of the rest only what was `used`."""
    with transaction(connection):
        connection.executemany(
            "insert or replace into kept values (?, ?)", [(key, _sealed(key, body)) for key, body in fresh.items()]
        )
        gone = {key for (key,) in connection.execute("select key from kept")}.difference(used)
        connection.executemany("delete from kept where key = ?", [(key,) for key in sorted(gone)])


def switch(
    connection: Connection,
    said: Iterable[tuple[str, str, bytes, list[Unit]]],
    whole: dict[str, bytes],
    fingerprint: str,
) -> None:
    """Make a new generation the one that is read, in one transaction.

    `said`: for each source whose quotations changed, its path, their fingerprint, their JSON, and the units to
    search; an empty fingerprint takes the source out. `whole`: values over all sources by name.
    """
    with transaction(connection):
        for path, mark, quotes, units in said:
            connection.execute("delete from unit where path = ?", (path,))
            connection.execute("delete from said where path = ?", (path,))
            if mark:
                connection.execute("insert into said values (?, ?, ?)", (path, mark, _sealed(path + mark, quotes)))
                connection.executemany(
                    "insert into unit (path, start, stop, quote, person, person_id, kind, began, ended, text,"
                    " came, seal) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [_unit_row(u) for u in units],
                )
        bodies = [(name, _sealed(name, body)) for name, body in sorted(whole.items())]
        connection.executemany("insert or replace into whole values (?, ?)", bodies)
        connection.execute("insert or replace into meta values ('words', ?)", (_words_seal(connection),))
        connection.execute("insert or replace into meta values ('generation', ?)", (fingerprint,))


def _unit_row(u: Unit) -> tuple[object, ...]:
    began, ended = u.time or (None, None)
    row = (u.path, u.start, u.end, u.quote, u.person, u.person_id, u.kind, began, ended, u.text, u.came)
    return (*row, _seal(row))


def _words_seal(connection: Connection) -> str:
    """What the index of words is held against: a word that the disk has changed in it would be missed in silence."""
    seal = 0
    for id, block in connection.execute("select id, block from unit_words_data order by id"):
        if not isinstance(block, bytes):
            raise Damaged(DAMAGED)
        seal = zlib.crc32(block, zlib.crc32(str(id).encode(), seal))
    return str(seal)


def verify(connection: Connection) -> None:
    """Whether the generation that is read is as it was written. Raises Damaged."""
    marks = said_marks(connection)
    readable = {path for path, _ in connection.execute("select path, problem from digest where problem = ''")}
    if marks.keys() != readable or len(list(said(connection))) != len(marks):
        raise Damaged(DAMAGED)
    for (name,) in connection.execute("select name from whole").fetchall():
        whole(connection, name)
    for _ in parts(connection, "works"):
        pass


def generation(connection: Connection) -> str:
    """The fingerprint of the generation that is read, or ""."""
    row = connection.execute("select value from meta where key = 'generation'").fetchone()
    return str(row[0]) if row else ""


def said_marks(connection: Connection) -> dict[str, str]:
    """The fingerprint of each source's quotations in the generation that is read."""
    return dict(connection.execute("select path, fingerprint from said"))


def said(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """The quotations of each source with their persons, in the order of paths."""
    for path, mark, sealed in connection.execute("select path, fingerprint, quotes from said order by path"):
        yield path, _body(path + mark, sealed)


def whole(connection: Connection, name: str) -> bytes:
    """A value over all sources (`people`, `moments`, …), encoded as JSON; an empty list where there is none yet."""
    row = connection.execute("select body from whole where name = ?", (name,)).fetchone()
    if not row and connection.execute("select 1 from whole").fetchone():
        raise Damaged(DAMAGED)
    return _body(name, row[0]) if row else b"[]"


PHRASE = re.compile(r'"([^"]*)"?|(\S+)')


def query(words: str) -> str:
    """What a person types as an FTS5 query: words must all occur, "a phrase" stands together, wor* is a beginning.

    Everything else is words; nothing a person types is an error.
    """
    terms = []
    for phrase, word in PHRASE.findall(words):
        kept = " ".join(re.findall(r"\w+", phrase or word))
        if kept:
            terms.append(f'"{kept}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms)


def holds(words: str, text: str) -> bool:
    """Whether a text holds what a person types, by the rules of `query`."""
    spoken = f" {' '.join(_words(text))} "
    sought = [(" ".join(_words(phrase or word)), word.endswith("*")) for phrase, word in PHRASE.findall(words)]
    return all(f" {term}" + ("" if open_ else " ") in spoken for term, open_ in sought if term)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def units(connection: Connection) -> Iterator[tuple[int, Unit]]:
    """Everything that the search finds, with its number, in the order of paths. Raises Damaged, also where the index of
    words is."""
    sealed = connection.execute("select value from meta where key = 'words'").fetchone()
    if sealed and sealed[0] != _words_seal(connection):
        raise Damaged(DAMAGED)
    rows = connection.execute(
        "select id, path, start, stop, text, kind, quote, person, person_id, began, ended, came, seal from unit"
        " order by path, start"
    )
    for number, *unit, began, ended, came, seal in rows:
        path, start, end, text, kind, *who = unit
        _held(path, (path, start, end, *who, kind, began, ended, text, came), seal)
        yield number, Unit(*unit, time=None if began is None else (began, ended), came=came)  # type: ignore[misc]


def matches(connection: Connection, words: str, many: int) -> list[tuple[int, float]]:
    """The numbers of the units that hold the words, with their weight (bm25, greater is better). More than `many` are
    not weighed: their weight is 0."""
    wanted = query(words)
    if not wanted:
        return []
    sought = "from unit_words where unit_words match ?"
    numbers = connection.execute(f"select rowid {sought}", (wanted,)).fetchall()
    if len(numbers) > many:
        return [(number, 0.0) for (number,) in numbers]
    return connection.execute(f"select rowid, -bm25(unit_words) {sought}", (wanted,)).fetchall()
