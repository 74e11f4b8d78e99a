"""The names in a folder: by their stems whatever their case, and as they can be printed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from vivavoce.errors import BadFile

# A folder that was changed so lately (ns) may change once more without its time of change being another: where a disk
# keeps whole seconds or hundredths (FAT, exFAT), and elsewhere.
COARSE = 10**7
FRESH = {True: 2 * 10**9, False: 10**8}


def stem(path: str) -> str:
    """The path without its last ending: `ep07.vtt` and `ep07.mp3` share it."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + (name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name)


def folded(name: str) -> str:
    """A name as names are compared: without regard to case, and to how its accents are written."""
    return normalize("NFC", normalize("NFC", name).casefold())


def near(folder: Path, stem: str) -> tuple[str, ...]:
    """The names in a folder that are a stem with any ending, or without one, whatever their case; sorted.

    A folder that stays as it is is listed once, however many of its files ask. None where there is no such folder;
    raises OSError where it may not be listed.
    """
    try:
        about = folder.stat()
        if time.time_ns() - about.st_mtime_ns < FRESH[about.st_mtime_ns % COARSE == 0]:
            return by_stem(_names(folder)).get(folded(stem), ())
        return _listed(str(folder), about.st_ino, about.st_mtime_ns).get(folded(stem), ())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return ()


@lru_cache(maxsize=8)
def _listed(folder: str, inode: int, changed: int) -> dict[str, tuple[str, ...]]:  # noqa: ARG001 - they are the key
    return by_stem(_names(Path(folder)))


def _names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]


def by_stem(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names or paths by themselves and by their stems, both folded."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        for key in dict.fromkeys((folded(stem(name)), folded(name))):
            found.setdefault(key, []).append(name)
    return {key: tuple(same) for key, same in found.items()}


def sidecar(path: str, paths: Iterable[str]) -> str | None:
    """Which of the paths beside a source is its sidecar, `NAME.toml` or `NAME.EXT.toml` in whatever case; None: none.

    One that is spelled as another source's name is that one's, where the source has its own. Raises BadFile where
    there are two: what they hold back is unknown.
    """
    exact = (stem(path) + ".toml", path + ".toml")
    wanted = {folded(one) for one in exact}
    given = sorted(paths)
    fit = [one for one in given if folded(one) in wanted and one != path]
    if any(one in exact for one in fit):
        others = {name for one in given if not one.lower().endswith(".toml") for name in (one, stem(one))}
        fit = [one for one in fit if one in exact or stem(one) not in others]
    if len(fit) > 1:
        raise BadFile(f"{fit[0]}: {fit[1].rpartition('/')[2]} stands beside it. Keep one of the two.")
    return fit[0] if fit else None


def there(file: Path) -> bool:
    """Whether something is a file; a name that no file can have (too long for the disk, with NUL) is none."""
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def inside(root: Path, path: str) -> bool:
    """Whether a path under `root` is a file that lies there, rather than a link out of it or nothing at all."""
    try:
        file = (root / path).resolve()
        return file.is_file() and file.is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def printable(path: str) -> str:
    """A path as it can be shown and kept: bytes that are no UTF-8 as `\\xfe`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") if _odd(path) else path


def misnamed(root: Path, path: str) -> bool:
    """Whether a path is what `printable` gives for a name, on the disk, that is not UTF-8."""
    if _odd(path):
        return True
    if "\\x" not in path:
        return False
    folder = root
    for part in path.split("/"):
        if not os.path.lexists(folder / part):
            try:
                return any(_odd(name) and printable(name) == part for name in _names(folder))
            except OSError:
                return False
        folder = folder / part
    return False


def _odd(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)
