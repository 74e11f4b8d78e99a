"""REFI-QDA projects (`.qdpx`), which programs for qualitative analysis exchange: a ZIP of texts, and of a file that
names them. Each text, and each transcript of a recording, is a source of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Block, Place, Source, Turn, Value, Warning, times
from vivavoce.sources import recording, zipped
from vivavoce.sources.cues import many, trimmed
from vivavoce.sources.zipped import Start

if TYPE_CHECKING:
    from zipfile import ZipFile

KIND = "a REFI-QDA project"
PROJECT = re.compile(r"(?:.*/)?project\.qde\Z", re.I | re.S)
TEXTS = ("TextSource", "PDFSource")
RECORDINGS = ("AudioSource", "VideoSource")
INSIDE = re.compile(r"internal://", re.I)
ODD = re.compile(r"[\x00-\x1f/\\\x7f]+")
LINE = re.compile(r"[^\r\n]+")
DIGITS = re.compile(r"\d{1,12}")


class Held(Value, frozen=True):
    """A source of a project: the part of the ZIP that holds it, or its text, or why it cannot be read.

    `points`: (offset, seconds) of its text. `spoken`: it is the transcript of a recording. `coded`, `noted`: how
    many codings and notes there are on it.
    """

    part: str = ""
    text: str | None = None
    why: str = ""
    points: tuple[tuple[int, float], ...] = ()
    spoken: bool = False
    coded: int = 0
    noted: int = 0


def held(box: ZipFile, path: str) -> dict[str, Held]:
    """The sources of a project by the names that they have in it; two of one name are told apart by a number.

    Raises UnreadableSource where the project's file is not there or is broken.
    """
    parts = box.namelist()
    project = min((name for name in parts if PROJECT.match(name)), key=len, default=None)
    if project is None:
        raise UnreadableSource(path, f"it should be {KIND}, but there is no project.qde in it", zipped.AGAIN)
    data = zipped.part(box, project, path, KIND) or b""
    inside = {name.rpartition("/")[2].casefold(): name for name in parts if not name.endswith("/")}
    found: dict[str, Held] = {}
    again: Counter[str] = Counter()
    for name, one in _Reading(inside).sources(data, path, project):
        found[_free(_plain(name), found, again)] = one
    return found


def _free(name: str, taken: dict[str, Held], again: Counter[str]) -> str:
    """A name that no other source has. `again`: how often each name has come."""
    again[name] += 1
    free = name if again[name] == 1 else f"{name} ({again[name]})"
    return free if free not in taken else _free(name, taken, again)


def _plain(name: str) -> str:
    """A source's name as that of a file: one line, no folder, no ending of a recording."""
    plain = " ".join(ODD.sub("_", name).split())[:150].strip()
    if recording.ending(plain):
        plain = recording.stem(plain)
    return "_" + plain.lstrip(".") if plain.startswith(".") or not plain else plain


class _Reading:
    """What has been read so far of a project; lives for one call of `held`. `inside`: the parts of the ZIP by the
    last part of their names, since programs do not agree on the folder."""

    def __init__(self, inside: dict[str, str]) -> None:
        self.inside = inside
        self.name = self.heard = ""
        self.attrs: dict[str, str] = {}
        self.text: list[str] = []
        self.points: list[tuple[int, float]] = []
        self.coded = self.noted = 0
        self.transcripts = 0

    def sources(self, data: bytes, path: str, place: str) -> Iterator[tuple[str, Held]]:
        """The sources in the order of the project, with their names."""
        where: list[str] = []
        for event in zipped.events(data, path, place):
            if isinstance(event, Start):
                where.append(event.name)
                self.begin(event.name, event.attrs, where)
            elif isinstance(event, str):
                if where[-1] == "PlainTextContent":
                    self.text.append(event)
            else:
                where.pop()
                yield from self.end(event.name, where)

    def begin(self, name: str, attrs: dict[str, str], where: list[str]) -> None:
        """An element begins."""
        if "Sources" not in where[:-1]:
            return
        if name in TEXTS or name in RECORDINGS:
            self.heard = attrs.get("name", "") or attrs.get("guid", "")
            self.transcripts = 0
            self.opened(attrs)
        elif name == "Transcript":
            self.opened(attrs)
        elif name == "Representation":  # the text of a PDF, which is read itself where it is there
            self.attrs = {**attrs, **self.attrs}
        elif name == "SyncPoint":
            position, stamp = attrs.get("position", ""), attrs.get("timeStamp", "")
            if DIGITS.fullmatch(position) and DIGITS.fullmatch(stamp):
                self.points.append((int(position), int(stamp) / 1000))
        self.coded += name == "Coding"
        self.noted += name in ("Description", "NoteRef")

    def opened(self, attrs: dict[str, str]) -> None:
        """A source begins, or the transcript of a recording."""
        self.attrs, self.name = attrs, attrs.get("name", "")
        self.text, self.points, self.coded, self.noted = [], [], 0, 0

    def end(self, name: str, where: list[str]) -> Iterator[tuple[str, Held]]:
        """An element ends: a source is done."""
        if "Sources" not in where:
            return
        if name in TEXTS:
            yield self.heard, self.made(False)
        elif name == "Transcript":
            self.transcripts += 1
            yield self.heard or self.name, self.made(True)
        elif name in RECORDINGS and not self.transcripts:
            yield self.heard, Held(why="it is a recording without a transcript, and cannot be played from there")

    def made(self, spoken: bool) -> Held:
        """The source that has been read."""
        about: dict[str, Any] = {"spoken": spoken, "coded": self.coded, "noted": self.noted}
        points = tuple(self.points)
        if any(words.strip() for words in self.text):
            return Held(text="".join(self.text), points=points, **about)
        given = [self.attrs.get(key, "") for key in ("plainTextPath", "path", "richTextPath")]
        for address in filter(None, given):
            part = self.inside.get(re.split(r"[/\\]", address)[-1].casefold()) if INSIDE.match(address) else None
            if part:
                # The points count the characters of the plain text.
                return Held(part, points=points if address == given[0] else (), **about)
        outside = any(address and not INSIDE.match(address) for address in given)
        why = "its text lies outside of the project's file" if outside else "its text is not in the project's file"
        return Held(why=why, **about)


# --- what a project adds to a source that has been read -----------------------------------------------------


def completed(source: Source, text: str | None, one: Held) -> Source:
    """The source with the times of its project, and as a transcript where it is one; `text`: the file's, in which
    the project counts."""
    warnings: list[Warning] = []
    coded, noted = many(one.coded, "coding", "codings"), many(one.noted, "note", "notes")
    told = " and ".join(words for words, count in ((coded, one.coded), (noted, one.noted)) if count)
    if told:
        warnings.append(Warning(f"codes and notes are no part of the text; left out: {told}"))
    if one.spoken and source.kind != "transcript" and text is not None:
        source = _unlabelled(source, text)
    if len({seconds for _, seconds in one.points}) > 1 and not any(place.time for place in source.places):
        source = _timed(source, text, one.points, warnings)
    return msgspec.structs.replace(source, warnings=(*source.warnings, *warnings))


def _unlabelled(source: Source, text: str) -> Source:
    """A transcript that says nowhere who speaks: one turn, a span for each line. Raises UnreadableSource where there is
    no line."""
    spans = tuple(trimmed(text, *line.span()) for line in LINE.finditer(text) if line[0].strip())
    if not spans:
        raise UnreadableSource(
            source.path, "there are no words in it", "Export the project again with its transcripts."
        )
    start, end = spans[0][0], spans[-1][1]
    what = "it is the transcript of a recording, but does not say who speaks"
    told = Warning(what, "", "Begin each turn with “NAME: ”.")
    return Source(
        source.path,
        "transcript",
        "dialogue",
        text=text,
        blocks=(Block("speech", start, end),),
        turns=(Turn("", spans, start, end),),
        publish="full",
        warnings=(*source.warnings, told),
        file_hash=source.file_hash,
    )


def _timed(source: Source, text: str | None, points: Sequence[tuple[int, float]], warnings: list[Warning]) -> Source:
    """With a place from each point to the next one; the points that run back or lie beyond are left out."""
    if source.text != text:
        warnings.append(Warning("the project's times count in another text, and are left out"))
        return source
    kept: list[tuple[int, float]] = []
    for at, seconds in sorted(points):
        if at < len(text) and (not kept or (at > kept[-1][0] and seconds >= kept[-1][1])):
            kept.append((at, seconds))
    if len(kept) < len(points):
        lost = many(len(points) - len(kept), "time of the project stands", "times of the project stand")
        warnings.append(Warning(f"{lost} twice, runs back or lies beyond the text; left out"))
    if not kept:
        return source
    ends = [*kept[1:], (len(text), kept[-1][1])]
    places = tuple(Place(a, b, (s, t)) for (a, s), (b, t) in zip(kept, ends, strict=True))
    found = msgspec.structs.replace(source, places=places)
    turns = tuple(
        msgspec.structs.replace(turn, time=times(found, turn.spans[0][0], turn.spans[-1][1])) for turn in found.turns
    )
    return msgspec.structs.replace(found, turns=turns)
