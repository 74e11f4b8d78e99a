"""Bringing files into a project: each copied whole or not at all, with the sidecar and the recordings that belong to
it; nothing is ever overwritten, and no link is followed out of what was named."""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from vivavoce import decisions, disk, sources
from vivavoce.errors import UnreadableSource, UsageError, VivavoceError
from vivavoce.model import Value
from vivavoce.project import SETTINGS, Project, behind, is_project, open_project
from vivavoce.sources import folder, packed, recording, sidecar, starting
from vivavoce.sources.speakers import speakers

Done = Literal["added", "there", "refused", "left"]
OWN = (SETTINGS, "decisions.jsonl", "book.md", "out", ".vivavoce")
ELSEWHERE = "Rename one of the two, then add it again."
AGAIN = "Mend that, then add it again."


class Added(Value, frozen=True):
    """What became of a file: `given` as it was named, `source` its path under the project's sources.

    `done`: it was added, is there already, was refused (then `problem` says why and what to do), or was left where it
    is, since it is no source: a picture, a note, a hidden file. `sidecar`: one that
    was written for it, to be filled in. `problem` of one that is added: why it cannot be read, or what did not come
    with it. `kind`, `format`, `speakers`, `unnamed`: as it was read.
    """

    given: str
    source: str
    done: Done
    kind: str = ""
    format: str = ""
    speakers: int = 0
    unnamed: int = 0
    sidecar: str = ""
    problem: str = ""
    unread: bool = False


class Shelf:
    """The sources of a project as they lie there, known by name whatever its capitals and accents, by stem and by size;
    kept up to date as files come."""

    def __init__(self, project: Project, inside: str) -> None:
        self.project, self.inside, self.root = project, inside, Path(project.sources)
        self.names: dict[str, str] = {}
        self.stems: dict[str, list[str]] = {}
        self.sizes: dict[int, list[str]] = {}
        self.changed: set[Path] = set()
        for at, folders, files in os.walk(self.root):
            under = "" if Path(at) == self.root else f"{Path(at).relative_to(self.root).as_posix()}/"
            self.names |= {folder.folded(under + name): under + name for name in sorted(folders)}
            for name in sorted(files):
                self._know(under + name)

    def _know(self, path: str) -> None:
        file = self.root / path
        self.names[folder.folded(path)] = path
        self.stems.setdefault(folder.folded(recording.stem(path)), []).append(path)
        if file.is_file():
            self.sizes.setdefault(file.stat().st_size, []).append(path)

    def took(self, path: str) -> None:
        """A file has come."""
        self._know(path)
        self.changed.add((self.root / path).parent)
        parts = path.split("/")[:-1]
        for n in range(1, len(parts) + 1):
            self.names.setdefault(folder.folded("/".join(parts[:n])), "/".join(parts[:n]))

    def spelled(self, path: str) -> str:
        """A path as it is spelled where something of that name is there already."""
        at = ""
        for part in path.split("/"):
            at = f"{at}/{part}" if at else part
            if not os.path.lexists(self.root / at):
                at = self.names.get(folder.folded(at), at)
        return at

    def sidecars(self, path: str) -> list[str]:
        """The paths of what lies there as the sidecars of a source."""
        found = (self.names.get(folder.folded(one)) for one in (f"{recording.stem(path)}.toml", f"{path}.toml"))
        return [one for one in dict.fromkeys(found) if one and one != path]

    def shared(self, path: str) -> bool:
        """Whether another source of the same stem lies there: a sidecar under the stem would be that one's, too."""
        beside = self.stems.get(folder.folded(recording.stem(path)), [])
        return any(_text(other) and other != path for other in beside)

    def twin(self, file: Path) -> str:
        """The path of a file with the same content, under whatever name; "" for none."""
        size = file.stat().st_size
        return next((p for p in self.sizes.get(size, []) if _same(file, self.root / p)), "") if size else ""


class Origin(Value, frozen=True):
    """Where a file comes from: its path under a folder, and the folder that links may not lead out of."""

    root: str
    path: str
    bound: str

    @staticmethod
    def of(file: Path) -> Origin:
        """A file by itself."""
        return Origin(str(file.parent), file.name, str(file.parent))

    @property
    def file(self) -> Path:
        """The file."""
        return Path(self.root) / self.path


def add(into: Path, paths: list[Path]) -> list[Added]:
    """Copy files and folders into the project at `into` (its folder, or one within its sources).

    Raises UsageError where that is no project, where its sources are somebody's own folder, which is only read, and
    for a path that is not there; then nothing is done.
    """
    shelf = _shelf(into)
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"There is no file or folder “{path}”. Nothing was added.")
    belonging = _belonging(paths)
    rows = [row for path in paths if _whole(path) not in belonging for row in _added(shelf, path)]
    for changed in sorted(shelf.changed):
        disk.settled(changed)
    return [_read(shelf, row) if row.done == "added" else row for row in rows]


def _shelf(into: Path) -> Shelf:
    home, inside = behind(into)
    if not home:
        raise UsageError(f"“{into}” is no project. Name one with --in, or make one: vivavoce new {into}")
    project = open_project(home)
    if not Path(project.sources).is_relative_to(project.home):
        raise UsageError(f"The sources of “{home}” are “{project.sources}”, which is only read. Put the files there.")
    return Shelf(project, f"{inside}/" if inside else "")


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _belonging(paths: list[Path]) -> set[Path]:
    """Those sidecars and recordings that come along with another file that was named, as all of `talks/*` are."""
    named = [p for p in map(_whole, paths) if p.is_file() and _text(p.name)]
    return {file.parent / inner for file in named for inner in _companions(Origin.of(file))}


def _companions(origin: Origin) -> list[str]:
    """The paths of the sidecars and recordings beside a file."""
    return [*sidecar.candidates(Path(origin.root), origin.path), *sources.recordings(Path(origin.root), origin.path)]


def _toml(name: str) -> bool:
    return name.lower().endswith(".toml")


def _added(shelf: Shelf, path: Path) -> Iterator[Added]:
    """What becomes of one path that was named."""
    full, given = _whole(path), folder.printable(str(path))
    why = _refused(shelf.project, full)
    if why:
        yield Added(given, "", "refused", problem=f"{given}: {why}")
    elif full.resolve().is_relative_to(shelf.root):
        yield Added(given, full.resolve().relative_to(shelf.root).as_posix(), "there")
    elif full.is_file():
        yield _one(shelf, Origin.of(full), given)
    else:
        taken: set[str] = set()
        for inner in _files(full):
            origin = Origin(str(full.parent), f"{full.name}/{inner}", str(full))
            taken |= {origin.path, *_companions(origin)}
            yield _one(shelf, origin, f"{given}/{inner}")
        yield from (Added(f"{given}/{inner}", "", "left") for inner in _others(full, taken))


def _files(given: Path) -> list[str]:
    """The files in a folder that are sources, a container whole, and the links to folders, which are told."""
    links = [
        (Path(at) / name).relative_to(given).as_posix()
        for at, folders, _ in os.walk(given)
        for name in folders
        if (Path(at) / name).is_symlink() and not name.startswith(".")
    ]
    return sorted({*(sources.container(given, inner) for inner in sources.listed(given)), *links})


def _others(given: Path, taken: set[str]) -> list[str]:
    """The files in a folder that were not taken, since they are no sources."""
    files = (Path(at) / name for at, _, names in os.walk(given) for name in names)
    inside = (file.relative_to(given).as_posix() for file in files)
    return sorted(folder.printable(p) for p in inside if folder.printable(f"{given.name}/{p}") not in taken)


def _refused(project: Project, full: Path) -> str:
    """Why a path that was named is not taken, with what to do; "" where it is."""
    if not full.exists():
        return "it is a link that leads nowhere. Mend it, or name the file itself."
    real = full.resolve()
    if not real.is_relative_to(full.parent.resolve()):
        return f"it is a link to “{real}”. Name that itself."
    if not full.is_file() and not full.is_dir():
        return "it is not a file. Name one that holds text."
    home, root = Path(project.home), Path(project.sources)
    if any(real.is_relative_to(home / own) for own in OWN):
        return "it is a file of the project itself, and no source."
    if not real.is_relative_to(root) and root.is_relative_to(real):
        return "the project itself lies in it. Name the files or folders beside the project."
    ruled = None if real.is_relative_to(root) else _ruled(full, home)
    if ruled:
        what = f"it is of the project “{ruled}”, whose own rules on what may be shown would stay behind"
        return f"{what}. Copy those rules first, then the files."
    return ""


def _ruled(full: Path, home: Path) -> Path | None:
    """Another project that a path is of, or holds, whose own rules withhold something."""
    inside = [Path(at) for at, _, _ in os.walk(full)] if full.is_dir() else []
    try:
        above = behind(full)[0]
    except VivavoceError:  # a project whose settings cannot be read
        return full.parent
    found = [p for p in [above, *(f for f in inside if is_project(f))] if p and p.resolve() != home]
    return next((p for p in found if _withholds(p)), None)


def _withholds(home: Path) -> bool:
    try:
        project = open_project(home)
        journal = decisions.read(project.journal)
    except VivavoceError:  # what they would withhold is not known
        return True
    return bool(project.restrictions or journal.broken) or any(d.type == "rights" for d in journal.decisions)


# --- one file ----------------------------------------------------------------------------------------------


def _one(shelf: Shelf, origin: Origin, given: str) -> Added:
    """Add one source with what belongs to it. What holds it back comes first, so that it is never there without."""
    path = folder.printable(shelf.spelled(shelf.inside + origin.path))
    why = _untaken(origin) or _differs(shelf, origin, path)
    if why:
        return Added(given, path, "refused", problem=f"{path}: {why}")
    new = not os.path.lexists(shelf.root / path)
    twin = shelf.twin(origin.file) if new else ""
    if twin:
        return Added(given, twin, "there", problem=_unlike(shelf, origin, twin))
    held = _sidecars(shelf, origin, path)
    if held and new:
        return Added(given, path, "refused", problem=f"{path}: {held}")
    lacking = _recordings(shelf, origin)
    if not new:
        return Added(given, path, "there", problem=f"{path}: {held}" if held else lacking)
    written, why = _started(shelf, origin, path)
    why = why or _copied(shelf, origin.file, path)
    if why:
        return Added(given, path, "refused", problem=f"{path}: {why}")
    return Added(given, path, "added", sidecar=written, problem=lacking)


def _untaken(origin: Origin) -> str:
    """Why a file is not taken from where it is; "" where it is."""
    if folder.misnamed(Path(origin.root), origin.path):
        return "its name is not UTF-8, so that nothing can refer to it. Rename it, then add it again."
    if not origin.file.exists():
        return "it is a link that leads nowhere. Mend it, or add the file itself."
    if not origin.file.resolve().is_relative_to(Path(origin.bound).resolve()):
        return "it is a link that leads out of its folder, and is not followed. Add the file itself."
    if origin.file.is_dir():
        return "it is a link to a folder, which is not followed. Add that folder itself."
    if not origin.file.is_file():
        return "it is not a file. Put the file there, or take this away."
    return ""


def _differs(shelf: Shelf, origin: Origin, path: str) -> str:
    """Why a file cannot have its place: something else is there; "" where it can, or is there already."""
    target = shelf.root / path
    if not os.path.lexists(target) or _same(origin.file, target):
        return ""
    if path == shelf.inside + origin.path:
        return f"another file of that name is there. {ELSEWHERE}"
    return f"a file is there whose name differs only in capitals or accents. {ELSEWHERE}"


def _same(one: Path, other: Path) -> bool:
    try:
        return other.is_file() and filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


# --- what belongs to it ------------------------------------------------------------------------------------


def _sidecars(shelf: Shelf, origin: Origin, path: str) -> str:
    """Copy the sidecars of a source. Why it may not be added: one of them could not come along; "" where all did."""
    for inner in sidecar.candidates(Path(origin.root), origin.path):
        mine = Origin(origin.root, inner, origin.bound)
        target = shelf.spelled(shelf.inside + inner)
        there = shelf.sidecars(path)
        why = _untaken(mine) or _differs(shelf, mine, target)
        if not why and there and target not in there:
            why = f"{there[0]} is a sidecar of it already. Keep one of the two."
        if not why and not os.path.lexists(shelf.root / target):
            why = _copied(shelf, mine.file, target)
        if why:
            return f"its sidecar {inner.rsplit('/', 1)[-1]} cannot come along: {why}"
    return ""


def _unlike(shelf: Shelf, origin: Origin, twin: str) -> str:
    """That what a sidecar says of a file is not said of the same file that is there under another name; "" where it
    is."""
    there = [shelf.root / one for one in shelf.sidecars(twin)]
    mine = sidecar.candidates(Path(origin.root), origin.path)
    if all(any(_same(Path(origin.root) / one, other) for other in there) for one in mine):
        return ""
    return f"{mine[0]} did not come along. Lay what it says, its rights above all, into a sidecar of {twin}."


def _recordings(shelf: Shelf, origin: Origin) -> str:
    """Copy the recordings that belong to a source; what is to be said of those that could not come along."""
    told = []
    for inner in [] if _toml(origin.path) else sources.recordings(Path(origin.root), origin.path):
        mine = Origin(origin.root, inner, origin.bound)
        target = shelf.spelled(shelf.inside + inner)
        why = _untaken(mine) or _differs(shelf, mine, target)
        if not why and not os.path.lexists(shelf.root / target):
            why = _copied(shelf, mine.file, target)
        told += [f"{target}: {why}"] if why else []
    return " ".join(told)


def _started(shelf: Shelf, origin: Origin, path: str) -> tuple[str, str]:
    """Write a first sidecar for a source that has none: its path, "" for none; and why it could not be written."""
    if shelf.sidecars(path) or packed.packs(path):
        return "", ""
    try:
        source = sources.read(Path(origin.root), origin.path)
    except UnreadableSource:
        return "", ""
    if source.kind == "recording":
        return "", ""
    shared = shelf.shared(path) or _shared(origin.file)
    named = f"{path if shared else recording.stem(path)}.toml"
    why = _written(shelf, named, starting.first_sidecar(source))
    return ("", why) if why else (named, "")


def _shared(file: Path) -> bool:
    """Whether another source of the same stem lies beside a file where it comes from."""
    beside = folder.near(file.parent, recording.stem(file.name))
    return any(_text(name) and name != file.name for name in beside)


def _text(name: str) -> bool:
    """Whether a name is neither a sidecar's nor a recording's."""
    return not (_toml(name) or recording.ending(name))


def _read(shelf: Shelf, row: Added) -> Added:
    """What a file that was added is read as; of a container, all that is in it."""
    root = shelf.root
    if not _text(row.source) and shelf.shared(row.source):
        return msgspec.structs.replace(row, kind="part")  # of the source that is there
    read, problems = [], [row.problem]
    for path in sources.members(root, row.source):
        try:
            read.append(sources.read(root, path))
        except UnreadableSource as e:
            problems.append(str(e))
    problems += [w.told(s.path) for s in read if s.kind != "recording" for w in s.warnings]
    voices = [s for source in read for s in speakers(source)]
    one = read[0] if len(read) == 1 and not packed.packs(row.source) else None
    return msgspec.structs.replace(
        row,
        kind=one.kind if one else "",
        format=one.format if one else "",
        speakers=len(voices),
        unnamed=sum(1 for s in voices if not s.name and not s.asks),
        problem=" ".join(filter(None, problems)),
        unread=len(read) < len(sources.members(root, row.source)),
    )


# --- the disk ----------------------------------------------------------------------------------------------


def _copied(shelf: Shelf, file: Path, path: str) -> str:
    """Copy a file to a path under a folder; why it could not be, "" where it was."""
    try:
        about = file.stat()
        with file.open("rb") as given, _Fresh(shelf.root, path) as fresh:
            shutil.copyfileobj(given, fresh.out, 2**20)
            fresh.out.flush()
            os.utime(fresh.name, ns=(about.st_atime_ns, about.st_mtime_ns))
            fresh.mode = stat.S_IMODE(about.st_mode) & 0o777 | 0o600
    except OSError as e:
        return f"it cannot be copied ({e.strerror or e}). {AGAIN}"
    shelf.took(path)
    return ""


def _written(shelf: Shelf, path: str, text: str) -> str:
    """Write a text to a path under a folder; why it could not be, "" where it was."""
    try:
        with _Fresh(shelf.root, path) as fresh:
            fresh.out.write(text.encode("utf-8", "replace"))
    except OSError as e:
        return f"its sidecar cannot be written ({e.strerror or e}). {AGAIN}"
    shelf.took(path)
    return ""


class _Fresh:
    """A new file that takes its place at once, when all of it is on the disk; it never takes another's."""

    def __init__(self, root: Path, path: str) -> None:
        self.target = root / path
        if not self.target.parent.resolve().is_relative_to(root.resolve()):
            raise OSError(None, "its folder there is a link out of the sources")
        self.target.parent.mkdir(parents=True, exist_ok=True)
        handle, self.name = tempfile.mkstemp(prefix=".adding-", dir=self.target.parent)
        self.out = os.fdopen(handle, "wb")
        self.mode = 0o644

    def __enter__(self) -> _Fresh:
        return self

    def __exit__(self, failed: object, *more: object) -> None:
        try:
            if not failed:
                self.out.flush()
                os.fsync(self.out.fileno())
                Path(self.name).chmod(self.mode)
                disk.take(Path(self.name), self.target)
        finally:
            self.out.close()
            Path(self.name).unlink(missing_ok=True)
