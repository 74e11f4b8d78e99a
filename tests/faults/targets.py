"""What can be given anything: each reader of ours, each file that a person writes, and the steps over a text. A target
is a function that is given bytes and keeps its promises or raises, with what it begins from and how that is bent."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import held
from starts import BOOK, NOTE, TALK, WORDS, starts

from vivavoce import accounts, book, decisions, people, sources
from vivavoce.book import manuscript
from vivavoce.decisions import Decision
from vivavoce.errors import BadFile, UnreadableSource, VivavoceError
from vivavoce.model import Cast, History, Known, Moment, Passage, Quote, Source
from vivavoce.project import open_project
from vivavoce.quoting import attributed, joined, said_by, who_is
from vivavoce.sources import packed
from vivavoce.sources.raw import raw

TESTS = Path(__file__).parent.parent
FOUND = Path(__file__).parent / "found"
HOMES = (TESTS / "data" / "press", TESTS / "data" / "transcripts", TESTS / "data" / "archives")
numbers = count()


class Target(NamedTuple):
    """`does` is given bytes. `like`: which fixtures it begins from. `way`: how they are bent (`bending.WAYS`).
    `words`: whose words of `words.json` are put in. `longest`: bytes."""

    does: Callable[[bytes], None]
    like: tuple[str, ...] = ()
    way: str = "text"
    words: str = ""
    longest: int = 4000


# --- readers -----------------------------------------------------------------------------------------------


def given(name: str, format: str, data: bytes) -> None:
    """Bytes as a source that a reader is given, whatever their name says; now and then read twice."""
    try:
        source = sources.given(name, data, format)
    except UnreadableSource as e:
        held.told(e)
        return
    held.sound(source)
    if sum(data) % 8 == 0:
        assert held.encode(source) == held.encode(sources.given(name, data, format)), "the same twice"
    assert format not in ("ohms", "tei") or source.restrictions or not held.marked(data), "a mark restricts"
    if source.format in held.PLAIN:
        assert source.text == raw(name, data).text


def contained(ending: str, data: bytes) -> None:
    """Bytes as a file that holds sources, each of which is read. It has a name of its own each time: what is in such
    files is remembered for as long as they seem the same."""
    file = scratch() / f"{next(numbers)}{ending}"
    file.write_bytes(data)
    try:
        for path in sources.members(file.parent, file.name):
            try:
                held.sound(sources.read(file.parent, path))
            except UnreadableSource as e:
                held.told(e)
            sources.mark(file.parent, path)
            sources.companions(file.parent, path)
            if inner := packed.member(file.parent, path):
                assert packed.size(inner) >= 0
    finally:
        file.unlink()


@cache
def scratch() -> Path:
    """A folder for as long as this process lives."""
    made = tempfile.mkdtemp(prefix="vivavoce-fuzz-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


# --- files that a person writes ----------------------------------------------------------------------------


def sidecar(data: bytes) -> None:
    """Bytes as the sidecar of a talk: it is obeyed or told, and if it restricts, the source is restricted."""
    folder = scratch() / "sidecar"
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(TALK, "utf-8")
    (folder / "a.toml").write_bytes(data)
    try:
        source = sources.read(folder, "a.txt")
    except UnreadableSource as e:
        held.told(e)
        assert not sources.unread(folder, "a.txt", str(e)).text
        return
    held.sound(source)
    assert bool(source.restrictions) >= bool(_table(data).get("rights")), "what is restricted stays so"


def settings(data: bytes) -> None:
    """Bytes as a vivavoce.toml: obeyed or told; a restriction in it is one."""
    folder = scratch() / "settings"
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "vivavoce.toml").write_bytes(data)
    try:
        project = open_project(folder)
    except VivavoceError as e:
        str(e).encode("utf-8")
        return
    held.encode(project)
    assert bool(project.restrictions) >= bool(_table(data).get("rights"))


def _table(data: bytes) -> dict:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}


class Small(NamedTuple):
    """A talk and a cutting, with all that is worked out of them."""

    sources: dict[str, Source]
    worked: dict[str, tuple]
    casts: list[Cast]
    persons: list
    quotes: tuple[Quote, ...]
    passages: list[Passage]
    moments: list[Moment]


@cache
def small() -> Small:
    known = Known()
    read = {p: sources.given(p, t.encode(), f) for p, t, f in (("a.txt", TALK, "dialogue"), ("b.txt", NOTE, "press"))}
    worked = {path: attributed(source, "rules", known) for path, source in read.items()}
    casts = [w[2] for w in worked.values()]
    persons = people.resolve(casts, known)
    who = who_is(persons)
    quotes, passages = [], []
    for path, (found, attributions, cast) in worked.items():
        figures = {a.quote: a.figure for a in attributions}
        quotes += [said_by(q, figures.get(q.id), who) for q in joined(found, attributions)]
        told = accounts.passages(read[path], found, attributions, cast, known)
        passages += [held.replace(p, person=who.get((p.source, p.figure))) if p.figure else p for p in told]
    moments = accounts.gather(passages, persons, known)
    return Small(read, worked, casts, persons, tuple(quotes), passages, moments)


def journal(data: bytes) -> None:
    """Bytes as a decisions.jsonl, laid over two sources: no row stops another, and one that restricts withholds."""
    file = scratch() / "decisions.jsonl"
    file.write_bytes(data)
    try:
        told = decisions.read(file)
    except BadFile as e:
        str(e).encode("utf-8")
        return
    held.encode(told)
    standing = decisions.standing(told)
    of = small()
    for path in of.sources:
        if mine := decisions.of_source(standing, path):
            _laid(path, mine)
    find = of.sources.get
    rulings, _ = decisions.person_rulings(standing, find, of.casts)
    persons = people.resolve(of.casts, Known(person_rulings=rulings)) if rulings else of.persons
    persons, _ = decisions.over_people(persons, standing, find, of.casts)
    apart, _ = decisions.moment_rulings(standing, find)
    moments = accounts.gather(of.passages, persons, Known(moment_rulings=apart)) if apart else of.moments
    moments, _ = decisions.over_moments(moments, standing, find)
    bars, _ = decisions.restrictions(told, find)
    names = decisions.pseudonyms(persons, standing, find, of.casts)
    held.encode([persons, moments, bars, names, decisions.clearances(standing, find)])
    assert len(bars) >= any(d.type == "rights" for d in standing), "a row about rights withholds"
    for d in standing:
        decisions.about(d).encode("utf-8")


def _laid(path: str, mine: tuple[Decision, ...]) -> None:
    source = small().sources[path]
    layer, _ = decisions.corrections(source, mine)
    assert all(0 <= c.start <= c.end <= len(source.text) for c in layer)
    corrected = held.replace(source, corrections=layer)
    spoken = decisions.turned(corrected, mine)
    held.sound(spoken.source)
    as_it_was = spoken.source.turns == source.turns
    found, given_, cast = small().worked[path] if as_it_was else attributed(spoken.source, "rules", Known())
    applied = decisions.over_quotes(spoken.source, found, given_, cast, (*mine, *spoken.speakers))
    for q in applied.quotes:
        assert all(0 <= a < b <= len(source.text) for a, b in (*q.spans, *q.content))
        assert q.text == " ".join(source.text[a:b] for a, b in q.spans)
    said = joined(applied.quotes, applied.attributions)
    passages = accounts.passages(applied.source, said, list(applied.attributions), applied.cast, Known())
    held.encode([said, passages, applied.reviews, applied.cast])


def arranged(data: bytes) -> None:
    """Bytes as a book.md: its pieces are its bytes, pieces move and come back, and each line holds or is told."""
    try:
        made = manuscript.manuscript(data)
    except VivavoceError as e:
        str(e).encode("utf-8")
        return
    assert manuscript.written(made) == data, "the pieces are the file"
    told = manuscript.arrangement(made)
    of = small()
    history = History("The lamp", "2031-05-09", tuple(of.sources.values()), of.quotes, tuple(of.persons))
    standing = book.settle(told, history, "clean")
    held.encode([told, list(standing.lines.values()), standing.wrong])
    manuscript.chapters(made)
    pieces = len(made.pieces)
    for change in (
        lambda: manuscript.moved(made, 0, 1, pieces),
        lambda: manuscript.removed(made, 0, 1),
        lambda: manuscript.inserted(made, pieces // 2, "Nobody slept."),
        lambda: manuscript.rewritten(made, pieces - 1, BOOK),
    ):
        try:
            fresh = change() if pieces else made
        except VivavoceError:
            continue
        assert manuscript.manuscript(manuscript.written(fresh)) == fresh, "what is written is what is read"


# --- steps -------------------------------------------------------------------------------------------------


def steps(format: str, data: bytes) -> None:
    """Bytes as a text that every step of the way is done on."""
    try:
        source = sources.given("a.txt", data, format)
    except UnreadableSource as e:
        held.told(e)
        return
    held.said(source, whole=sum(data) % 4 == 0)  # the rest takes four times as long


# --- all of them -------------------------------------------------------------------------------------------


def reader(
    format: str, *like: str, ending: str = "", way: str = "text", words: str = "", longest: int = 4000
) -> Target:
    """The target of one reader."""
    name = "a" + (ending or (like[0].removeprefix("*") if like else ".txt"))
    return Target(partial(given, name, format), like, way, words or format, longest)


JSON = ("*.json", "*.json3", "*.otr")
TARGETS: dict[str, Target] = {
    "press": reader("press", "*.txt"),
    "dialogue": reader("dialogue", "*.txt"),
    "markdown": reader("markdown", "*.md"),
    "html": reader("html", "*.html", way="any", longest=6000),
    "vtt": reader("vtt", "*.vtt"),
    "srt": reader("srt", "*.srt"),
    "rtf": reader("rtf", "*.rtf"),
    "mail": reader("mail", "*.eml"),
    "ohms": reader("ohms", "sluice*.xml", "weir*.xml", ending=".xml", way="xml"),
    "tei": reader("tei", "*.tei.xml", ending=".xml", way="xml"),
    **{
        format: reader(format, *JSON, ending=".json", way="json", words="json")
        for format in ("whisper", "revai", "json3", "paperedit", "assemblyai", "deepgram", "aws")
    },
    "otr": reader("otr", "*.otr", "*.json", ending=".otr", way="json", words="html"),
    "hyperaudio": reader("hyperaudio", "lock-page.html", "*.json", way="any", words="html"),
    "docx": reader("docx", "*.docx", way="parts", longest=30_000),
    "odt": reader("odt", "*.odt", way="parts", longest=30_000),
    "epub": reader("epub", "*.epub", way="parts", longest=30_000),
    "pdf": reader("pdf", "hale*.pdf", way="pdf", longest=6000),
    "zip": Target(partial(contained, ".zip"), ("*.zip",), "parts", "press", 30_000),
    "qdpx": Target(partial(contained, ".qdpx"), ("*.qdpx",), "parts", "tei", 30_000),
    "mbox": Target(partial(contained, ".mbox"), ("*.mbox",), "text", "mail"),
    "any": Target(partial(given, "a", ""), ("*.txt", "*.json", "*.vtt", "*.xml", "*.html", "*.rtf"), "any", "html"),
    "sidecar": Target(sidecar, ("*.toml",), "text", "sidecar", 2000),
    "settings": Target(settings, (), "text", "settings", 2000),
    "decisions": Target(journal, (), "rows", "decisions"),
    "book": Target(arranged, (), "text", "book"),
    "steps": Target(partial(steps, "press"), ("*.txt", "*.md"), "text", "steps", 1500),
    "talk": Target(partial(steps, "dialogue"), ("*.txt",), "text", "talk", 1500),
}


def seeds(name: str) -> list[bytes]:
    """What a target begins from: fixtures, and what is made for it."""
    homes = [*HOMES, *sorted((TESTS.parent / "examples").glob("*/sources/**/"))]
    files = {file for home in homes for like in TARGETS[name].like for file in home.glob(like)}
    return [*starts(name), *(file.read_bytes() for file in sorted(files))]


def found(name: str) -> list[Path]:
    """The files that once broke a target."""
    return sorted(file for file in (FOUND / name).glob("*") if file.is_file())


def words(name: str) -> tuple[str, ...]:
    """The words that are put into what a target is given."""
    return tuple(WORDS.get(TARGETS[name].words, ()))
