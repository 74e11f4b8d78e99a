"""Recordings: found beside the transcript that they belong to, or, alone, a source that waits for one."""

from __future__ import annotations

import hashlib
import re
import wave
from pathlib import Path

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Media, Source, Warning
from vivavoce.sources import folder

stem = folder.stem
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
    return tuple(media(p) for p in found(root, path) if folder.inside(root, p))


def found(root: Path, path: str) -> list[str]:
    """The paths beside a transcript that look like its recordings, wherever they lead."""
    own = stems(path)
    at = path.rpartition("/")[0]
    try:
        names = [n for one in own for n in folder.near(root / at, one.rpartition("/")[2]) if not n.startswith(".")]
    except OSError:
        return []
    paths = sorted({f"{at}/{name}" if at else name for name in names})
    return [p for p in paths if ending(p) and p != path and (stem(p) in own or p in own)]


def length(file: Path) -> float | None:
    """The seconds that a WAV lasts; None for other recordings, and for one that is damaged."""
    if not file.name.lower().endswith(".wav") or not file.is_file():
        return None
    try:
        with file.open("rb") as opened, wave.open(opened) as heard:
            return float(heard.getnframes()) / heard.getframerate() or None
    except (OSError, EOFError, ValueError, ZeroDivisionError, wave.Error):
        return None


def measured(source: Source, root: Path) -> Source:
    """The source, told where its times go on after the end of its recording, by more than a few seconds."""
    if len(source.media) != 1 or not source.places:
        return source
    lasts = length(root / source.media[0].path)
    last = max((place.time[0] for place in source.places if place.time), default=0.0)
    if lasts is None or last <= lasts + 5:
        return source
    told = f"its times go on to {clock(last)}, but the recording “{source.media[0].path}” ends at {clock(lasts)}"
    warning = Warning(told, "", "Look whether they belong together, and whether the times count from its beginning.")
    return msgspec.structs.replace(source, warnings=(*source.warnings, warning))


def clock(seconds: float) -> str:
    """Seconds as 1:02:03."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def media(path: str) -> Media:
    """The recording at a path, by its ending."""
    return Media(path, "video" if ending(path) == "video" else "sound")


def outside(path: str, place: str = "") -> Warning:
    """That a recording is a link which leads out of the sources folder, so that it is not played."""
    what = f"the recording “{path}” is not used: it is not a file in the sources folder, or a link out of it"
    return Warning(what, place, "Put the recording itself there.")
