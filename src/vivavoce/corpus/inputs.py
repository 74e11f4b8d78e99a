"""What a corpus is made of: files, folders and patterns, here or in a store, as one list in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vivavoce import disk, sources
from vivavoce.corpus.saying import plain
from vivavoce.corpus.values import Input
from vivavoce.errors import UsageError, VivavoceError

LINES = (".jsonl", ".ndjson", ".jsonlines")
PACKED = (".gz", ".bz2", ".xz", ".zst")
ENDINGS = {
    **dict.fromkeys(LINES, "lines"),
    **{lines + packed: "packed lines" for lines in LINES for packed in PACKED},
    ".parquet": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".warc.zst": "packed warc",
}
PATTERN = frozenset("*?[")


def kind(name: str) -> str:
    """What an input is by its name's ending: a "file" where it holds one document."""
    low = name.lower()
    return next((kind for ending, kind in ENDINGS.items() if low.endswith(ending)), "file")


def store(url: str) -> tuple[Any, str]:
    """The file system of an address and the path in it (fsspec); raises VivavoceError where what it needs is absent."""
    import fsspec

    with answering(url):
        found = fsspec.core.url_to_fs(url)
        return found[0], str(found[1])


@contextmanager
def answering(url: str) -> Iterator[None]:
    """Whatever a store raises, as a sentence; only that something is not there stays as it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except ImportError as e:
        remedy = "Install what reads it (pip install s3fs for s3://)."
        raise VivavoceError(f"{url} cannot be reached: {plain(e)}. {remedy}") from e
    except Exception as e:  # each store has its own
        remedy = "Look whether the address and your access to it are right, then try again."
        raise VivavoceError(f"{url} cannot be reached: {plain(e)}. {remedy}") from e


def listed(given: Sequence[str], out: Path | None = None) -> list[Input]:
    """All files of the inputs, in the order of the inputs and within one by name; of folders and patterns but those in
    `out`, where the tables go.

    Raises UsageError for an input that is not there, that holds nothing, or for two files that would be told by one
    name.
    """
    found: list[Input] = []
    for one in given:
        inside = list(remote(one) if "://" in one else local(one, f"{out.resolve()}/" if out else ""))
        if not inside:
            raise UsageError(f"{one}: there is nothing to read. Name a file, a folder or a pattern that is there.")
        found += inside
    names: dict[str, Input] = {}
    for file in found:
        other = names.setdefault(file.name, file)
        if other is not file and other.url == file.url:
            raise UsageError(f"{file.url} is given twice. Give it once.")
        if other is not file:
            remedy = "Give the folder above them, or a pattern in quotes."
            raise UsageError(f"{file.url} and {other.url} are both told as {file.name}. {remedy}")
    return found


def local(given: str, out: str = "") -> Iterator[Input]:
    """The files of an input on this machine; of a folder or a pattern but those in the folder `out`."""
    path = Path(given)
    disk.utf8(path.parent.resolve() if path.is_file() else path.resolve())
    if path.is_dir():
        yield from (one for one in folder(path) if not (out and one.url.startswith(out)))
    elif path.is_file():
        yield from file(path.parent, path.name)
    elif PATTERN & set(given):
        base = Path(path.anchor, *fixed(path))
        pattern = str(path.relative_to(base))
        found = (one for p in sorted(base.glob(pattern)) if p.is_file() for one in file(base, name(base, p)))
        yield from (one for one in found if not (out and one.url.startswith(out)))


def fixed(path: Path) -> list[str]:
    """The parts of a pattern before the first one that is a pattern."""
    parts = path.parts[1:] if path.anchor else path.parts
    first = next(i for i, part in enumerate(parts) if PATTERN & set(part))
    return list(parts[:first])


def folder(root: Path) -> Iterator[Input]:
    """The files in a folder: containers of many documents, and what is a source by itself."""
    for path in sources.listed(root):
        if not path.rpartition("/")[2].startswith("."):
            yield from file(root, path)


def file(root: Path, path: str) -> Iterator[Input]:
    """A file as an input; a ZIP or an mbox as its members."""
    what = kind(path)
    if what == "file":
        for inner in sources.members(root, path):
            yield Input(str(root.resolve() / inner), inner, what, size(root, inner), str(root.resolve()))
    else:
        yield Input(str((root / path).resolve()), path, what, size(root, path))


def size(root: Path, path: str) -> int:
    """Bytes of a file; of a member, about a share of what holds it."""
    held = root / path
    return held.stat().st_size if held.is_file() else 20_000


def name(base: Path, path: Path) -> str:
    """How a file is told: from the folder that was given."""
    return path.relative_to(base).as_posix()


def remote(given: str) -> Iterator[Input]:
    """The files of an input in a store."""
    try:
        system, path = store(given)
        with answering(given):
            found, base = inside(system, path)
    except FileNotFoundError:
        return
    for at in sorted(found):
        told = at.removeprefix(base).lstrip("/")
        if found[at]["type"] == "file" and not told.rpartition("/")[2].startswith("."):
            yield Input(address(system, given, at), told, kind(told), int(found[at]["size"] or 0))


def inside(system: Any, path: str) -> tuple[dict[str, Any], str]:
    """What is at a path or pattern of a store, each with what is known of it, and the folder they are told from."""
    if PATTERN & set(path):
        first = path[: min(path.index(sign) for sign in PATTERN & set(path))]
        return system.glob(path, detail=True), first.rpartition("/")[0]
    if system.isdir(path):
        return system.find(path, detail=True), path
    return {path: system.info(path)}, path.rpartition("/")[0]


def address(system: Any, given: str, at: str) -> str:
    """The address of a file that an input has; of one in an archive, or behind a cache, with what is behind it."""
    first, chained, rest = given.partition("::")
    if not chained:
        return str(system.unstrip_protocol(at))
    if "://" in first:
        return f"{first.partition('://')[0]}://{at}::{rest}"
    return f"{first}::{rest.partition('://')[0]}://{at}"
