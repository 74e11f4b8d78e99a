"""What is said of a picture, in `NAME.toml` beside it. A mistake in it keeps the picture back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from vivavoce import tables
from vivavoce.errors import BadFile
from vivavoce.model import CHANNELS, Restriction, Warning

KEYS = ("what", "channels", "until", "ground")


class Sidecar(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of a picture's sidecar, version 1. `licence` and `credit` are needed; `of`: what it shows."""

    v: int = 1
    title: str = ""
    caption: str = ""
    alt: str = ""
    credit: str = ""
    licence: str = ""
    date: str | int = ""
    of: str | list[str] = []
    rights: Any = []


def beside(root: Path, path: str) -> Sidecar:
    """The sidecar of a picture, `NAME.toml` or `NAME.EXT.toml`. Raises BadFile where there is none, two, or one with a
    mistake in it: what it holds back would be unknown."""
    at = (root / path).parent
    wanted = {f"{Path(path).stem}.toml".casefold(), f"{Path(path).name}.toml".casefold()}
    found = sorted(p for p in at.iterdir() if p.name.casefold() in wanted)
    if not found:
        raise BadFile(
            f"it has no sidecar. Write {Path(path).stem}.toml beside it, with title, alt, credit, licence and of"
        )
    if len(found) > 1:
        raise BadFile(f"it has two sidecars, {found[0].name} and {found[1].name}. Keep one")
    if not found[0].is_file():
        raise BadFile(f"{found[0].name} is not a file")
    return tables.read(found[0], Sidecar)


def restrictions(path: str, told: Sidecar) -> tuple[tuple[Restriction, ...], list[Warning]]:
    """The restrictions that a sidecar's `[[rights]]` put on its picture, and what in them is not understood; that
    withholds it everywhere."""
    given = told.rights if isinstance(told.rights, list) else [told.rights]
    made, warnings = [], []
    for number, table in enumerate(given, 1):
        wrong = _wrong(table)
        if wrong:
            what = f"{wrong}; the picture is not shown"
            warnings.append(Warning(what, f"{path}, rights {number}", f"Allowed: {', '.join(KEYS)}."))
        made.append(_restriction(path, {} if wrong else table))
    return tuple(made), warnings


def _restriction(path: str, table: dict[str, Any]) -> Restriction:
    channels = table.get("channels", [])
    names = (channels,) if isinstance(channels, str) else tuple(channels)
    return Restriction("source", path, names, str(table.get("until", "")), str(table.get("ground", "")))


def _wrong(table: Any) -> str:
    """What cannot be understood in a table of rights, or ""."""
    if not isinstance(table, dict):
        return "rights is not a table"
    unknown = [key for key in table if key not in KEYS]
    if unknown:
        return f"“{unknown[0]}” is not known in rights"
    if table.get("what", "picture") != "picture":
        return f"what is “{table['what']}”, and can only be “picture” here"
    channels = table.get("channels", [])
    names = [channels] if isinstance(channels, str) else channels
    if not isinstance(names, list) or any(name not in CHANNELS for name in names):
        return "channels names one that there is not"
    return ""
