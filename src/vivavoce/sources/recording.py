"""Recordings: found beside the transcript that they belong to, or, alone, a source that waits for one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from vivavoce.errors import UnreadableSource
from vivavoce.model import Media, Source, Warning

SOUND = (".mp3", ".wav", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".aac", ".aif", ".aiff", ".wma")
VIDEO = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".ogv", ".avi", ".mpg", ".mpeg")
LANGUAGE = re.compile(r"\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?$")
MAGIC = re.compile(
    rb"ID3|RIFF....(?:WAVE|AVI )|OggS|fLaC|\x1aE\xdf\xa3|....ftyp|FORM....AIF|\xff[\xfb\xf3\xf2\xf1\xf9]", re.S
)


def ending(path: str) -> str:
    """`sound` or `video` by the path's ending, or "" when it is not a recording's."""
    low = path.lower()
    return "sound" if low.endswith(SOUND) else "video" if low.endswith(VIDEO) else ""


def stem(path: str) -> str:
    """The path without its last ending: `ep07.vtt` and `ep07.mp3` share it."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + (name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name)


def stems(path: str) -> list[str]:
    """The stems that a transcript's recording may have: `ep07.en.vtt` belongs to `ep07.mp3` too, and
    `ep07.mp3.vtt` to `ep07.mp3` (then the stem is the recording's whole name)."""
    own = stem(path)
    return [own, LANGUAGE.sub("", own)] if LANGUAGE.search(own) and not ending(own) else [own]


def claims(path: str, file: Path) -> bool:
    """Is it a recording: by its first bytes where they tell, else by its ending unless it is text."""
    try:
        if not file.is_file():  # opening a pipe would wait for ever
            return False
        with file.open("rb") as opened:
            head = opened.read(4096)
    except (OSError, ValueError):
        return False
    if MAGIC.match(head):
        return True
    return bool(ending(path)) and b"\0" in head


def read(path: str, file: Path, formats: str) -> Source:
    """A recording without a transcript, as a source: it has no text and waits to be transcribed."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while part := opened.read(2**20):
                digest.update(part)
    except OSError as e:
        raise UnreadableSource(path, f"it cannot be read ({e.strerror})", "Check its permissions.") from e
    told = Warning(
        "this recording has no transcript yet",
        remedy=f"Transcribe it and put the transcript beside it under the same name; read are {formats}.",
    )
    kind = ending(path) or "sound"
    return Source(
        path,
        "recording",
        "recording",
        media=(Media(path, "video" if kind == "video" else "sound"),),
        title=stem(path).rpartition("/")[2].replace("_", " ").replace("-", " "),
        warnings=(told,),
        file_hash=digest.hexdigest(),
    )


def beside(root: Path, path: str) -> tuple[Media, ...]:
    """The recordings beside a transcript: in its folder, of its name."""
    own = stems(path)
    folder = path.rpartition("/")[0]
    try:
        names = sorted(p.name for p in (root / folder).iterdir())
    except OSError:
        return ()
    paths = [f"{folder}/{name}" if folder else name for name in names if not name.startswith(".")]
    found = [p for p in paths if ending(p) and p != path and (stem(p) in own or p in own)]
    return tuple(Media(p, "video" if ending(p) == "video" else "sound") for p in found)
