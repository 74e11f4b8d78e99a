"""TOML files that a user writes, read into typed values; a mistake is told with file, line and allowed values."""

from __future__ import annotations

import datetime
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from vivavoce import disk
from vivavoce.errors import BadFile

T = TypeVar("T", bound=msgspec.Struct)
AT = re.compile(r" - at `\$\.?([^`]*)`$")
PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
FIELD = re.compile(r"Object contains unknown field `([^`]*)`")
MOST = 2**63  # what a number in TOML is below
LONG = re.compile(r"""(?P<text>"[^"\n]*"|'[^'\n]*')|\b(?:0[xob])?[0-9a-fA-F_]{16,}""")


def load(text: str, kind: type[T], file: str) -> T:
    """Read TOML text into `kind` (a msgspec Struct; unknown keys are mistakes where the Struct forbids them).

    `file` is the file's name as the user knows it. Raises BadFile: file, line, what is wrong, what is allowed.
    """
    try:
        return _typed(parsed(text), text, kind, file)
    except tomllib.TOMLDecodeError as e:
        raise BadFile(f"{file}: {_lower(str(e))}. Mend the line, or take it out.") from e
    except ValueError as e:
        at = next((text.count("\n", 0, m.start()) + 1 for m in LONG.finditer(text) if not m["text"]), 1)
        raise BadFile(f"{file}, line {at}: a number has more digits than TOML allows. Mend it, or take it out.") from e
    except RecursionError as e:
        raise BadFile(f"{file}: tables are nested too deep. Nothing here needs more than three levels.") from e


def parsed(text: str) -> dict[str, Any]:
    """What TOML text tells, its dates as text. Raises TOMLDecodeError, RecursionError, and ValueError where a number is
    beyond 64 bits: TOML knows none, and Python prints none of more than 4,300 digits."""
    data: dict[str, Any] = _plain(tomllib.loads(text))
    return data


def _typed(data: dict[str, Any], text: str, kind: type[T], file: str) -> T:
    refuse_newer(data.get("v", 1), file)
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as e:
        raise BadFile(_sentence(str(e), text, kind, file)) from e


def read(path: Path, kind: type[T], file: str = "") -> T:
    """Read a TOML file into `kind`; a byte-order mark is forgiven. Raises BadFile, also when it is not UTF-8."""
    name = file or path.name
    try:
        return load(disk.read(path).decode("utf-8-sig"), kind, name)
    except UnicodeDecodeError as e:
        raise BadFile(f"{name}: it is not UTF-8 (byte {e.start}). Save it as UTF-8.") from e
    except OSError as e:
        raise BadFile(f"{name}: it cannot be read ({e.strerror}). Check that you may read it.") from e


def refuse_newer(version: object, file: str, known: int = 1) -> None:
    """Raise BadFile if a file of ours is of a version that this program does not know."""
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadFile(f"{file}: v is {version!r}; it must be a whole number, {known} at present.")
    if version > known:
        raise BadFile(f"{file} is of version {version}; this program reads up to {known}. Update vivavoce.")


def _plain(data: Any) -> Any:
    """TOML's own dates and `"2030-01-01"` are the same to us."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, int) and not -MOST <= data < MOST:
        raise ValueError("a number is beyond 64 bits")
    return data.isoformat() if isinstance(data, datetime.date | datetime.time) else data


def _sentence(message: str, text: str, kind: type[Any], file: str) -> str:
    found = AT.search(message)
    path = found[1] if found else ""
    what = message[: found.start()] if found else message
    unknown = FIELD.match(what)
    if unknown:
        path = f"{path}.{unknown[1]}".lstrip(".")
        allowed = sorted(_fields(kind, path))
        near = get_close_matches(unknown[1], allowed, 1)
        hint = f"Did you mean “{near[0]}”? Allowed" if near else "Allowed"
        return f"{file}, line {line(text, path)}: “{unknown[1]}” is not known here. {hint}: {', '.join(allowed)}."
    choices = _choices(kind, path)
    told = f" Allowed: {', '.join(choices)}." if choices else ""
    return f"{file}, line {line(text, path)}: {path}: {_lower(what)}.{told}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _type_at(kind: Any, path: str) -> Any:
    for key, index in PART.findall(path):
        if index:
            kind = next((a for a in get_args(kind) if a is not Ellipsis), Any)
            continue
        kind = next(
            (a for a in (kind, *get_args(kind)) if isinstance(a, type) and issubclass(a, msgspec.Struct)),
            None,
        )
        field = next((f for f in msgspec.structs.fields(kind) if f.encode_name == key), None) if kind else None
        if field is None:
            return None
        kind = field.type
    return kind


def _fields(kind: Any, path: str) -> list[str]:
    parent = _type_at(kind, path.rpartition(".")[0])
    inner = [a for a in (parent, *get_args(parent)) if isinstance(a, type) and issubclass(a, msgspec.Struct)]
    return [f.encode_name for f in msgspec.structs.fields(inner[0])] if inner else []


def _choices(kind: Any, path: str) -> list[str]:
    found = _type_at(kind, path)
    for part in (found, *get_args(found)):
        if get_origin(part) is Literal:
            return [str(a) for a in get_args(part)]
    return []


def line(text: str, path: str) -> int:
    """The line (from 1) on which a key path such as `people[1].name` stands, or the nearest above that does."""
    parts: list[tuple[str, str]] = PART.findall(path)
    at, prefix = 0, ""
    lines = text.splitlines()
    for i, (key, index) in enumerate(parts):
        if index:
            continue
        name = f"{prefix}.{key}" if prefix else key
        count = int(parts[i + 1][1]) if i + 1 < len(parts) and parts[i + 1][1] else 0
        header = re.compile(rf"\s*\[\[?\s*{re.escape(name)}\s*\]\]?")
        heads = [n for n, row in enumerate(lines) if n >= at and header.match(row)]
        if len(heads) > count:
            at, prefix = heads[count], name
            continue
        setting = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
        at = next((n for n, row in enumerate(lines) if n >= at and setting.match(row)), at)
        prefix = name
    return at + 1
