"""Files that hold several sources: a ZIP of files, an mbox of letters, a REFI-QDA project. Each member is a source of
its own, called `name.zip/member`, and is read from where it is: nothing is unpacked to the disk."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vivavoce.errors import UnreadableSource
from vivavoce.model import Value, digest
from vivavoce.sources import folder, qda, zipped

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

ENDINGS = (".zip", ".mbox", ".qdpx")
KIND = "a ZIP of sources"
MEMBERS = 10_000
TOTAL = 2**30  # bytes of all members, unpacked
LARGEST = 256 * 2**20  # bytes of an mbox
# What programs put beside one's files.
BESIDE = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^./])|/$")
LETTER = re.compile(rb"(?:\A|\n\r?\n)(?=From [^\r\n]{1,200}\d{4}[^\r\n]{0,40}\r?\n[A-Za-z-]{2,60}:)")


class Member(NamedTuple):
    """A member: the file that holds it, its path there, and the path of both as the user knows it."""

    file: Path
    inner: str
    path: str


class Entry(Value, frozen=True):
    """What a container's directory says of a member: its own name there, and a mark that changes with its bytes.
    `start`, `end`: where a letter stands in its mbox. `size`: bytes. `held`: what a project says of a source of its
    own."""

    name: str
    mark: str
    start: int = 0
    end: int = 0
    held: qda.Held | None = None
    size: int = 0


def packs(path: str) -> bool:
    """Does a file's name say that it holds several sources?"""
    return path.lower().endswith(ENDINGS)


def member(root: Path, path: str) -> Member | None:
    """The member that a path names; None where it names a file, or nothing."""
    parts = path.split("/")
    above = root
    for n in range(len(parts)):
        if n and packs(parts[n - 1]) and above.is_file():
            return Member(above, "/".join(parts[n:]), path)
        if n == 0 and packs(above.name) and above.is_file():
            return Member(above, path, path)
        above = above / parts[n]
    return None


def members(file: Path, path: str) -> list[str]:
    """The paths of a container's members under it, sorted.

    Raises UnreadableSource where it is damaged or beyond bounds.
    """
    about = file.stat()
    return sorted(_entries(file, path, about.st_size, about.st_mtime_ns))


def mark(held: Member) -> str:
    """What changes when a member or its sidecar within the container does; "" where there is none such."""
    try:
        entries = _entries(*_at(held))
        named = _sidecar_of(held)
    except Exception as e:  # reading it tells
        return f"unreadable: {type(e).__name__}"
    own, beside = entries.get(held.inner), entries.get(named or "")
    return digest(own.mark if own else "", named or "", beside.mark if beside else "")


def size(held: Member) -> int:
    """Bytes of a member, unpacked; 0 where there is none such."""
    try:
        return _entry(held).size
    except Exception:  # reading it tells
        return 0


def data(held: Member) -> bytes:
    """A member's bytes. Raises UnreadableSource where it is not there, locked, damaged, or swells beyond bounds."""
    try:
        entry = _entry(held)
        if entry.held is not None:
            return _of_project(held, entry.held)
        return _letter(held.file, entry) if _mbox(held.file) else _part(held, entry)
    except OSError as e:
        raise UnreadableSource(held.path, f"it cannot be opened ({e.strerror})", "Check its permissions.") from e


def of_project(held: Member) -> qda.Held | None:
    """What a REFI-QDA project says of a member of its own; None for members of others."""
    return _entry(held).held if _project(held.file) else None


def _entry(held: Member) -> Entry:
    entry = _entries(*_at(held)).get(held.inner)
    if entry is None:
        raise UnreadableSource(held.path, f"there is nothing of that name in {held.file.name}", "Look at its list.")
    return entry


def whole(file: Path, path: str) -> UnreadableSource:
    """What is to be said when a container is to be read as if it were one source."""
    kind, what = ("letters", "an mbox") if _mbox(file) else ("files", "a ZIP")
    kind, what = ("sources", qda.KIND) if _project(file) else (kind, what)
    try:
        inside = members(file, path)
    except UnreadableSource as e:
        return e
    if not inside:
        return UnreadableSource(path, f"it should be {what}, but there are no {kind} in it", zipped.AGAIN)
    return UnreadableSource(path, f"it holds {len(inside)} {kind}", f"Name one of them, such as {path}/{inside[0]}.")


def sidecar(held: Member) -> tuple[str, str] | None:
    """The path and the text of a member's sidecar within the container, or None. Raises BadFile where there are two."""
    named = _sidecar_of(held)
    if named is None or _project(held.file):
        return None
    text = data(held._replace(inner=named)).decode("utf-8-sig", "replace")
    return held.path.removesuffix(held.inner) + named, text


def _sidecar_of(held: Member) -> str | None:
    names = _by_stem(*_at(held))
    beside = {name for key in (folder.stem(held.inner), held.inner) for name in names.get(folder.folded(key), ())}
    return folder.sidecar(held.inner, beside)


def _at(held: Member) -> tuple[Path, str, int, int]:
    """A member's container, as what is kept of it goes by: the same for all its members."""
    about = held.file.stat()
    return held.file, held.path.removesuffix("/" + held.inner), about.st_size, about.st_mtime_ns


def _mbox(file: Path) -> bool:
    return file.name.lower().endswith(".mbox")


def _project(file: Path) -> bool:
    return file.name.lower().endswith(".qdpx")


@lru_cache(maxsize=4)
def _entries(file: Path, path: str, size: int, changed: int) -> dict[str, Entry]:  # noqa: ARG001 - they are the key
    """A container's members by their paths in it. Kept for the few containers that are being read, as long as the
    file stays as it is: every member asks."""
    if _project(file):
        return _sources(file, path)
    return _letters(file, path) if _mbox(file) else _parts(file, path)


@lru_cache(maxsize=4)
def _by_stem(file: Path, path: str, size: int, changed: int) -> dict[str, tuple[str, ...]]:
    return folder.by_stem(_entries(file, path, size, changed))


# --- ZIP ---------------------------------------------------------------------------------------------------


def _parts(file: Path, path: str) -> dict[str, Entry]:
    with _opened(file, path) as box:
        infos = [info for info in box.infolist() if not BESIDE.search(info.filename)]
        if len(infos) > MEMBERS:
            raise UnreadableSource(path, f"it holds more than {MEMBERS:,} files", "Take out what is no source.")
        if sum(info.file_size for info in infos) > TOTAL:
            raise UnreadableSource(path, "it would swell to more than 1 GB when unpacked", "Unpack it yourself.")
        found: dict[str, Entry] = {}
        for info in infos:
            name = _clean(_spelled(info))
            if name not in found:  # of two with one name the first counts, as it did when it was packed
                found[name] = Entry(info.filename, f"{info.CRC:08x} {info.file_size}", size=info.file_size)
        return found


def _opened(file: Path, path: str, kind: str = "a ZIP") -> ZipFile:
    from zipfile import ZipFile

    try:
        return ZipFile(file)
    except OSError:
        raise
    except Exception as e:
        raise UnreadableSource(path, f"it should be {kind}, but it is cut off or damaged", zipped.AGAIN) from e


def _spelled(info: ZipInfo) -> str:
    """A member's name as it was written: programs that do not say so write UTF-8, too, and not the CP437 of old."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _clean(name: str) -> str:
    """A member's name as a path: never absolute, never upwards, no odd signs."""
    parts = re.sub(r"[\\\x00-\x1f]", "/", name).split("/")
    return "/".join("_" if part in ("", ".", "..") or part.endswith(":") else part for part in parts)


def _part(held: Member, entry: Entry) -> bytes:
    if _clean(entry.name) != entry.name:
        raise UnreadableSource(held.path, "its name leads out of the archive", "Pack it again under a plain name.")
    if entry.name.lower().endswith(ENDINGS):
        raise UnreadableSource(held.path, "an archive within an archive is not read", "Unpack the outer one.")
    with _opened(held.file, held.path) as box:
        info = box.getinfo(entry.name)
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise UnreadableSource(held.path, "it is a link to another file", "Pack that file itself.")
        return zipped.content(box, info, held.path, "part of a ZIP")


# --- REFI-QDA ----------------------------------------------------------------------------------------------


def _sources(file: Path, path: str) -> dict[str, Entry]:
    with _opened(file, path, qda.KIND) as box:
        if len(box.namelist()) > MEMBERS:
            raise UnreadableSource(path, f"it holds more than {MEMBERS:,} files", "Take out what is no source.")
        marks = {info.filename: f"{info.CRC:08x} {info.file_size}" for info in box.infolist()}
        sizes = {info.filename: info.file_size for info in box.infolist()}
        found = qda.held(box, path)
    if len(found) > MEMBERS:
        raise UnreadableSource(path, f"it holds more than {MEMBERS:,} sources", "Take out what is no source.")
    return {
        name: Entry(one.part or name, digest(marks.get(one.part, ""), repr(one)), held=one, size=sizes.get(one.part, 0))
        for name, one in found.items()
    }


def _of_project(held: Member, one: qda.Held) -> bytes:
    if one.why:
        remedy = "Put it beside the project's file, or export the project again with its sources."
        raise UnreadableSource(held.path, one.why, remedy)
    if one.text is not None:
        return one.text.encode("utf-8", "replace")
    with _opened(held.file, held.path, qda.KIND) as box:
        return zipped.content(box, box.getinfo(one.part), held.path, "part of " + qda.KIND)


# --- mbox --------------------------------------------------------------------------------------------------


def _letters(file: Path, path: str) -> dict[str, Entry]:
    """The letters of an mbox, numbered from 1: those that are added at its end change no other's number."""
    if file.stat().st_size > LARGEST:
        raise UnreadableSource(path, "it is larger than 256 MB", "Cut it into parts.")
    given = file.read_bytes()
    starts = [found.end() for found in LETTER.finditer(given)]
    if len(starts) > MEMBERS:
        raise UnreadableSource(path, f"it holds more than {MEMBERS:,} letters", "Cut it into parts.")
    found: dict[str, Entry] = {}
    for number, (start, end) in enumerate(pairwise([*starts, len(given)]), 1):
        hashed = hashlib.sha256(given[start:end]).hexdigest()[:16]
        found[f"{number:04}.eml"] = Entry(str(number), hashed, start, end, size=end - start)
    return found


def _letter(file: Path, entry: Entry) -> bytes:
    """One letter, its lines that begin with `>From` as they were written."""
    with file.open("rb") as opened:
        opened.seek(entry.start)
        return re.sub(rb"(?m)^>(>*From )", rb"\1", opened.read(entry.end - entry.start))
