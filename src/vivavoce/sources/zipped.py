"""Files that are a ZIP of parts (DOCX, ODT, EPUB, archives): opened within bounds, and their XML read without risk."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vivavoce.errors import UnreadableSource

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
LARGEST = 64 * 2**20  # bytes of one part, unpacked: a thousand novels' words, and no bomb
SMALL = 2**20  # parts below this may be packed as tightly as they like
RATIO = 200
PARTS = 50_000
DEEPEST = 2000
AGAIN = "Save it again from where it came."


def is_zip(data: bytes) -> bool:
    """Do bytes begin as those of a ZIP?"""
    return data.startswith(MAGIC)


def names(data: bytes) -> list[str]:
    """The names of a ZIP's parts in the order of its directory; none where it is damaged."""
    from zipfile import ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as box:
            return box.namelist()
    except Exception:  # the standard library raises a dozen kinds of errors for bytes gone wrong
        return []


def opened(data: bytes, path: str, kind: str) -> ZipFile:
    """The ZIP that a file is. `kind`: what it should be, for the message.

    Raises UnreadableSource where it is damaged, or has more parts than any honest file.
    """
    from zipfile import ZipFile

    try:
        box = ZipFile(io.BytesIO(data))
    except Exception as e:
        why = "cut off or damaged" if is_zip(data) else "something else"
        raise UnreadableSource(path, f"it should be {kind}, but it is {why}", AGAIN) from e
    if len(box.namelist()) > PARTS:
        raise UnreadableSource(path, f"it has more than {PARTS:,} parts", "Take out what is no source.")
    return box


def part(box: ZipFile, name: str, path: str, kind: str) -> bytes | None:
    """One part's bytes; None where there is none of that name. `path`, `kind`: for the message.

    Raises UnreadableSource where the part is locked, damaged, or swells beyond bounds.
    """
    try:
        return content(box, box.getinfo(name), path, kind)
    except KeyError:
        return None


def content(box: ZipFile, info: ZipInfo, path: str, kind: str) -> bytes:
    """As `part`, for an entry of the ZIP's directory."""
    if info.flag_bits & 1:
        raise UnreadableSource(path, "it is locked with a password", "Save it again without one.", info.filename)
    swells = info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1)
    if info.file_size > LARGEST or swells:
        what = f"it would swell to {info.file_size // 2**20:,} MB when unpacked, which no honest text does"
        raise UnreadableSource(path, what, "Leave it out, or save its text as .txt.", info.filename[:80])
    try:
        return box.read(info)  # never more than the directory says, which was checked
    except (OSError, ValueError, RuntimeError, EOFError, NotImplementedError, struct.error, zlib.error) as e:
        raise _damaged(path, kind, info.filename) from e
    except Exception as e:  # BadZipFile, LZMAError: modules that are not imported for their errors' sake
        raise _damaged(path, kind, info.filename) from e


def _damaged(path: str, kind: str, place: str) -> UnreadableSource:
    return UnreadableSource(path, f"it should be {kind}, but it is damaged", AGAIN, place[:80])


# --- XML ---------------------------------------------------------------------------------------------------


class Start(NamedTuple):
    """An element begins: its local name, and its attributes by local name."""

    name: str
    attrs: dict[str, str]


class End(NamedTuple):
    """An element ends."""

    name: str


Event = Start | End | str


def events(data: bytes, path: str, place: str, encoding: str | None = None) -> Iterator[Event]:
    """The elements and words of an XML file in order; names without their namespaces. No entity is expanded that the
    file defines, nothing outside it is read, and depth costs nothing. `encoding`: holds whatever the file says.

    Raises UnreadableSource, at the place of the mistake, when it is broken: what came before it has been given.
    """
    from xml.parsers import expat

    queue: list[Event] = []
    parser = expat.ParserCreate(encoding, namespace_separator="\x1f")
    parser.buffer_text = True
    parser.buffer_size = 2**16
    depth = 0

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnreadableSource(path, f"it is nested more than {DEEPEST:,} deep", AGAIN, place)
        queue.append(Start(_local(name), {_local(key): value for key, value in attrs.items()}))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        queue.append(End(_local(name)))

    def entity(*_: object) -> None:
        raise UnreadableSource(path, "it defines entities of its own, which are not expanded", AGAIN, place)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = queue.append
    parser.EntityDeclHandler = entity
    for at in range(0, len(data) + 1, 2**16):
        try:
            parser.Parse(data[at : at + 2**16], at + 2**16 > len(data))
        except expat.ExpatError as e:
            where = f"{place}, line {e.lineno}" if place else f"line {e.lineno}"
            raise UnreadableSource(path, "its XML is broken", AGAIN, where) from e
        except (LookupError, ValueError) as e:
            raise UnreadableSource(path, "its XML is in an unknown encoding", AGAIN, place) from e
        yield from queue
        queue.clear()


def _local(name: str) -> str:
    return name.rsplit("\x1f", 1)[-1]


Give = Callable[[str], bytes | None]
SPACES = re.compile(r"[ \t\r\n]+")
