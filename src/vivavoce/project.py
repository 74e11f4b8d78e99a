"""The folder of plain files that a history is made from."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from vivavoce import disk, tables
from vivavoce.engines import DEFAULT
from vivavoce.errors import BadFile, UsageError
from vivavoce.model import EditPolicy, Imprint, KnownPerson, Restriction, Role, Value, Work

SETTINGS = "vivavoce.toml"


class RoleTable(msgspec.Struct, forbid_unknown_fields=True):
    """`[[people.roles]]`: what somebody is to the story."""

    kind: Literal["plays", "job", "author", "married", "other"]
    of: str = ""
    title: str = ""
    work: str = ""


class PersonTable(msgspec.Struct, forbid_unknown_fields=True):
    """`[[people]]`: somebody already known."""

    name: str
    aliases: list[str] = []
    gender: Literal["f", "m", ""] = ""
    died: str = ""
    declined: bool = False
    roles: list[RoleTable] = []


class WorkTable(msgspec.Struct, forbid_unknown_fields=True):
    """`[[works]]`: the catalogue."""

    title: str
    kind: Literal[
        "series", "season", "episode", "film", "album", "song", "book", "podcast", "play", "place", "event", "work", ""
    ] = ""  # fmt: skip
    aliases: list[str] = []
    part_of: str = ""
    number: str | int = ""
    date: str = ""


class BookTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`[book]`: what stands on the first pages of the book, and its size."""

    author: str = ""
    publisher: str = ""
    isbn: str = ""
    year: str | int = ""
    copyright: str = ""
    dedication: str = ""
    trim: Literal["a5", "6x9", "letter"] = "6x9"
    style: str = ""


class SiteTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`[site]`: where the site will stand."""

    address: str = ""


class RightsTable(msgspec.Struct, forbid_unknown_fields=True):
    """`[[rights]]`: something that may not be shown."""

    what: Literal["source", "person", "medium"]
    of: str
    channels: list[Literal["workbench", "site", "book", "export", "search", "ai"]] = []
    until: str = ""
    ground: str = ""


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of vivavoce.toml, version 1; every key may be left out."""

    v: int = 1
    title: str = ""
    subtitle: str = ""
    introduction: str = ""
    language: str = "en"
    sources: str = "sources"
    engine: str = DEFAULT
    edits: EditPolicy = "verbatim"
    works: list[WorkTable] = []
    people: list[PersonTable] = []
    rights: list[RightsTable] = []
    book: BookTable = BookTable()
    site: SiteTable = SiteTable()


class Project(Value, frozen=True):
    """An open project: where its sources and its own files are, and what vivavoce.toml says.

    `home` holds decisions, the archive and `out/`; `sources` is only ever read. Both are absolute.
    """

    home: str
    sources: str
    title: str
    subtitle: str = ""
    introduction: str = ""
    language: str = "en"
    engine: str = DEFAULT
    edits: EditPolicy = "verbatim"
    works: tuple[Work, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    imprint: Imprint = Imprint()
    address: str = ""

    @property
    def state(self) -> Path:
        """The folder of what is derived; may be deleted."""
        return Path(self.home) / ".vivavoce"

    @property
    def out(self) -> Path:
        """The folder of publications."""
        return Path(self.home) / "out"

    @property
    def arrangement(self) -> Path:
        """The file of the arrangement."""
        return Path(self.home) / "book.md"

    @property
    def journal(self) -> Path:
        """The file of decisions."""
        return Path(self.home) / "decisions.jsonl"


def is_project(folder: Path) -> bool:
    """Whether a folder is a project: it holds vivavoce.toml or sources/."""
    return os.path.lexists(folder / SETTINGS) or (folder / "sources").is_dir()


def around(path: Path) -> tuple[Path, str] | None:
    """The outermost project that a file or folder is a source of, and where in its sources it is (with `/`, "" for all
    of them); followed as it is named, then where links lead. None where there is none.

    Words of a project's source are under the project's rights from whatever door one comes.
    """
    for full in dict.fromkeys((_as_named(path), path.resolve())):
        for folder in reversed((full, *full.parents)):
            inside = _inside(folder, full) if _rules(folder) else None
            if inside is not None:
                return folder, inside
    return None


def behind(path: Path) -> tuple[Path | None, str]:
    """The project behind a path and which of its sources is meant ("" for all), or None for anybody's files."""
    return around(path) or ((path, "") if path.is_dir() and is_project(path) else (None, ""))


def _rules(folder: Path) -> bool:
    """Whether a folder is a project that may say more of its sources than their sidecars do."""
    told = any(os.path.lexists(folder / name) for name in (SETTINGS, "decisions.jsonl"))
    return told and is_project(folder)


def _as_named(path: Path) -> Path:
    """The whole path without `..`, links not followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _inside(folder: Path, path: Path) -> str | None:
    told = tables.read(folder / SETTINGS, Settings).sources if os.path.lexists(folder / SETTINGS) else "sources"
    for root in (_as_named(folder / told), (folder / told).resolve()):
        if root in (path, *path.parents):
            return "" if root == path else path.relative_to(root).as_posix()
    return None


def home_for(folder: Path, out: Path | None) -> Path:
    """Where the project of a folder lives: in it, or, for somebody's own files, in `out` (else NAME-history)."""
    if is_project(folder):
        return folder
    whole = folder.resolve()
    beside = whole.parent if Path.cwd().resolve() == whole else Path.cwd()
    return out if out else beside / f"{whole.name}-history"


def open_project(folder: Path, out: Path | None = None) -> Project:
    """Open the project in `folder`; a folder of a user's own files gets a project in `out` (else ./NAME-history),
    and is itself never written to.

    Raises UsageError when there is no such folder or `out` lies inside it, BadFile for a mistake in vivavoce.toml.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder “{folder}”. Give the folder of a project, or a folder of sources.")
    if is_project(folder) and out:
        raise UsageError(f"“{folder}” is a project already, with its own out/. Leave --out away.")
    home = home_for(folder, out)
    disk.utf8(folder.resolve())
    disk.utf8(home.resolve())
    if home != folder:
        _make_home(home, folder)
    settings = tables.read(home / SETTINGS, Settings) if os.path.lexists(home / SETTINGS) else Settings()
    return _project(home.resolve(), settings)


def _make_home(home: Path, folder: Path) -> None:
    if home.resolve() == folder.resolve() or folder.resolve() in home.resolve().parents:
        raise UsageError(f"“{home}” lies inside “{folder}”, which is only read. Give another folder with --out.")
    if (home / SETTINGS).is_file():
        told = tables.read(home / SETTINGS, Settings)
        if (home / told.sources).resolve() != folder.resolve():
            raise UsageError(f"“{home}” is the project of other sources. Give another folder with --out.")
        return
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise UsageError(f"“{home}” is not empty and not a project. Give another folder with --out.")
    try:
        home.mkdir(parents=True, exist_ok=True)
        where = os.path.relpath(folder.resolve(), home.resolve()).replace(os.sep, "/")
        title = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
        write_settings(home / SETTINGS, title or "An oral history", where)
    except OSError as e:
        raise BadFile(f"“{home}” cannot be made ({e.strerror}). Give another folder with --out.") from e


def write_settings(path: Path, title: str, sources: str = "sources") -> None:
    """Write a first vivavoce.toml; one that exists is left as it is."""
    if path.exists():
        return
    import tomlkit

    doc = tomlkit.document()
    doc.add("v", tomlkit.item(1))
    doc.add("title", tomlkit.item(title))
    if sources != "sources":
        doc.add("sources", tomlkit.item(sources))
    disk.put_new(path, tomlkit.dumps(doc).encode("utf-8", "replace"))


def write_new(folder: Path) -> None:
    """Make a project to start from in `folder`: vivavoce.toml with comments that teach, sources/, pictures/, and what
    keeps derived files out of git. Raises UsageError where one is, or anything else but git's own files."""
    disk.utf8(folder.resolve())
    begun = not folder.exists() or (folder.is_dir() and all(_begun(p) for p in folder.iterdir()))
    if not begun and is_project(folder):
        raise UsageError(f"“{folder}” is a project already. Put sources into it, then: vivavoce build {folder}")
    if not begun:
        raise UsageError(f"“{folder}” is not empty. Name a folder that is not there yet.")
    for inner in DRAWERS:
        (folder / inner).mkdir(parents=True, exist_ok=True)
    for left in folder.glob(LEFT):
        left.unlink()
    if not (folder / ".gitignore").exists():
        disk.put_new(folder / ".gitignore", b"# Derived; made again by `vivavoce build`.\n/out/\n/.vivavoce/\n")
    title = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "An oral history"
    disk.put_new(folder / SETTINGS, TEACHING.replace("TITLE", _toml_text(title)).encode("utf-8", "replace"))


def _begun(path: Path) -> bool:
    """Whether what is in a folder is git's own, or left there by a start that was stopped."""
    if path.name in DRAWERS:
        return path.is_dir() and not any(path.iterdir())
    return path.name in GIT or path.match(LEFT)


DRAWERS = ("sources", "pictures")
LEFT = ".*.????????.new"  # what `disk` was writing when it was stopped
GIT = frozenset({".git", ".gitignore", ".gitattributes"})
# Every line below the title is an example: without its # it is what it shows, so that a first project begins there.
TEACHING = """\
# What this history is, and what you know already. Every key may be left out. A line that begins with # has no effect:
# take the # away and write your own words. All keys are told in docs/project.md of Vivavoce.
v = 1
title = TITLE
# subtitle = "An oral history of the harbour strike, by those who stood at the gate"
# introduction = "Forty people were asked. This is what they remember."
# language = "en"        # of the history, such as "en-GB" or "de"
# engine = "rules"       # who says who said it: "rules", "learned", or "nobody" for work by hand
# edits = "verbatim"     # how far printed words may be from spoken ones: "verbatim", "clean" or "condensed"

# What the people talk about, under all its names. It is found in the sources without this, too.
# [[works]]
# title = "The Harbour Strike"
# kind = "event"         # series, season, episode, film, album, song, book, podcast, play, place, event, work
# aliases = ["the strike", "the long winter"]
# date = "1974-11"       # a day, a month or a year

# Who is who, where names are short, spelt in several ways, or shared. Nobody has to be listed.
# [[people]]
# name = "Ada Quill"
# aliases = ["Addie", "Mrs Quill"]
# gender = "f"           # "f" or "m"; settles “she” and “he” where the sources do not
# died = "2019-02"       # told in the book's list of people
# declined = false       # true: did not want to be interviewed, which the book tells too
# [[people.roles]]
# kind = "job"           # plays, job, author, married, other
# title = "crane driver"
# work = "The Harbour Strike"

# The first pages of the book, and its size.
# [book]
# author = "Ida Fell"
# publisher = "Quayside Press"
# isbn = "978-0-00-000000-2"
# year = 2031
# dedication = "For the crane drivers"
# trim = "6x9"           # "a5", "6x9" or "letter"
# style = "house.csl"    # a citation style (CSL) for notes and bibliography

# Where the site will stand on the web: then links to it show a picture, and it lists its pages for search engines.
# [site]
# address = "https://example.org/harbour/"

# What may not be shown, where, and until when. A restriction that cannot be understood withholds; one that names
# nobody here fails `vivavoce check`. What holds for one source alone is better said in its sidecar.
# [[rights]]
# what = "person"        # source (or a folder of them), person, medium
# of = "Ada Quill"
# channels = ["site", "book"]   # workbench, site, book, export, search, ai; left out: everywhere
# until = "2031-05-01"   # the first day on which it may be shown, or "permission"; left out: never by itself
# ground = "release form"
"""


def _toml_text(text: str) -> str:
    import tomlkit

    return tomlkit.item(text).as_string()


def _project(home: Path, told: Settings) -> Project:
    try:
        where = (home / told.sources).resolve()
        there = where.is_dir()
    except (OSError, RuntimeError, ValueError):  # no folder can be called so, or links go round in a ring
        where, there = home / "?", False
    if where in (home, *home.parents):
        raise BadFile(f"{SETTINGS}: the sources folder “{told.sources}” would hold the project itself. Name another.")
    if not there:
        raise BadFile(f"{SETTINGS}: the sources folder “{told.sources}” is not there. Make it, or name another.")
    return Project(
        home=str(home),
        sources=str(where),
        title=told.title or home.name.replace("-", " ").replace("_", " ").strip().capitalize(),
        subtitle=told.subtitle,
        introduction=told.introduction,
        language=told.language,
        engine=told.engine,
        edits=told.edits,
        works=tuple(_work(w) for w in told.works),
        people=tuple(_person(p) for p in told.people),
        restrictions=tuple(_restriction(r) for r in told.rights),
        imprint=Imprint(**{**msgspec.structs.asdict(told.book), "year": str(told.book.year)}),
        address=_address(told.site.address),
    )


def _address(told: str) -> str:
    """An address as pages of the site are put behind it. Raises BadFile if it is none that browsers go to."""
    plain = told.strip()
    try:
        parts = urlsplit(plain)
        whole = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        whole = False
    if plain and (not whole or re.search(r"[\s\"<>]", plain)):
        raise BadFile(f"{SETTINGS}: “{told}” is no address of a site. Write it as in https://example.org/quay/.")
    return plain.rstrip("/") + "/" if plain else ""


def _work(w: WorkTable) -> Work:
    return Work(w.title, w.kind, tuple(w.aliases), w.part_of, str(w.number), w.date)


def _person(p: PersonTable) -> KnownPerson:
    roles = tuple(Role(r.kind, r.of, r.title, r.work) for r in p.roles)
    return KnownPerson(p.name, tuple(p.aliases), roles, p.gender, p.died, p.declined)


def _restriction(r: RightsTable) -> Restriction:
    return Restriction(r.what, r.of, tuple(r.channels), r.until, r.ground)
