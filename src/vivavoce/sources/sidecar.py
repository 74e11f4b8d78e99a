"""A sidecar, `NAME.toml` beside `NAME.*`: what a user says of a source, laid over what its reader found.

The schema is that of docs/sidecar.md, version 1. A sidecar with a mistake is an error, never half obeyed: what it
holds back would be unknown. A table of rights that cannot be understood withholds more, never less.
"""

from __future__ import annotations

import datetime
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import msgspec

from vivavoce import tables
from vivavoce.errors import BadFile
from vivavoce.model import CHANNELS, Media, Restriction, Source, Span, Turn, Warning
from vivavoce.sources import folder, recording
from vivavoce.sources.naming import fits, full, meant
from vivavoce.sources.statements import CLEAR

WHATS = ("source", "person", "span", "medium")
RIGHTS_KEYS = ("what", "person", "words", "channels", "until", "ground")
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Sidecar(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of a sidecar, version 1; every key may be left out.

    `rights` are taken as they stand, since what cannot be understood in them has to withhold.
    """

    v: int = 1
    format: Literal[
        "",
        "pdf",
        "docx",
        "odt",
        "epub",
        "rtf",
        "mail",
        "vtt",
        "srt",
        "revai",
        "json3",
        "otr",
        "paperedit",
        "assemblyai",
        "deepgram",
        "aws",
        "whisper",
        "hyperaudio",
        "ohms",
        "tei",
        "html",
        "dialogue",
        "markdown",
        "press",
    ] = ""
    title: str | None = None
    date: str | int | None = None
    publisher: str | None = None
    byline: str | None = None
    address: str | None = None
    language: str | None = None
    licence: str | None = None
    publish: Literal["full", "excerpt"] | None = None
    media: str | list[str] = []
    speakers: dict[str, str] = {}
    interviewer: str | list[str] | None = None
    interviewers: str | list[str] | None = None
    cleared: str = ""
    rights: Any = []


def path_of(root: Path, path: str) -> Path | None:
    """What stands where a source's sidecar would, be it a file, a link that leads nowhere or a folder; None: nothing.

    Raises BadFile where there are two, or where the folder may not be listed: what they hold back is unknown.
    """
    at, slash, own = path.rpartition("/")
    try:
        names = {n for key in (recording.stem(own), own) for n in folder.near(root / at, key)}
    except OSError as e:
        raise BadFile(f"{at or '.'}: the folder cannot be listed ({e.strerror}). Check that you may read it.") from e
    found = folder.sidecar(path, (f"{at}{slash}{name}" for name in names))
    return root / found if found else None


def candidates(root: Path, path: str) -> list[str]:
    """The paths of all that looks like a source's sidecar, be it one too many."""
    at, slash, own = path.rpartition("/")
    wanted = {folder.folded(one + ".toml") for one in (recording.stem(own), own)}
    names = {n for key in (recording.stem(own), own) for n in folder.near(root / at, key)}
    return sorted(at + slash + name for name in names if folder.folded(name) in wanted and name != own)


def spelled(root: Path, path: str) -> str:
    """The path under `root` of a source's sidecar as it is on the disk; where there is none, where it would be."""
    file = path_of(root, path)
    at, slash, _ = path.rpartition("/")
    return at + slash + file.name if file else recording.stem(path) + ".toml"


def beside(root: Path, path: str) -> Sidecar:
    """The sidecar of a source, or an empty one where there is none. Raises BadFile: file, line, what is allowed."""
    file = path_of(root, path)
    if file is None:
        return Sidecar()
    named = spelled(root, path)
    if not file.is_file():  # opening a pipe would wait for ever
        what = "it is a link that leads nowhere" if not file.exists() else "it is not a file"
        raise BadFile(f"{named}: {what}. Put the file there, or take this away.")
    return _checked(tables.read(file, Sidecar, named), file, named)


def parse(text: str, file: str = "sidecar") -> Sidecar:
    """A sidecar from its text. Raises BadFile: file, line, what is allowed."""
    return _right(tables.load(text, Sidecar, file), text, file)


def _checked(told: Sidecar, file: Path, named: str) -> Sidecar:
    return _right(told, file.read_text("utf-8-sig", "replace"), named)


def _right(told: Sidecar, text: str, file: str) -> Sidecar:
    if told.address and not re.match(r"https?://\S+$", told.address):
        at = tables.line(text, "address")
        raise BadFile(f"{file}, line {at}: address is “{told.address}”; it must begin with https:// or http://.")
    if told.date is None or is_day(str(told.date)):
        return told
    at = tables.line(text, "date")
    raise BadFile(f"{file}, line {at}: date is “{told.date}”; it must be a day, month or year such as 2024-05-31.")


def is_day(date: str) -> bool:
    """Whether a date is a day, month or year that exists, as ISO writes them."""
    if not DATE.fullmatch(date):
        return False
    try:
        datetime.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        return False
    return True


def media(root: Path, path: str) -> list[str]:
    """The recordings that a source's sidecar names, as paths under `root`; none where it cannot be read."""
    try:
        file = path_of(root, path)
        data = tables.parsed(file.read_text("utf-8-sig")) if file and file.is_file() else {}
    except (BadFile, OSError, ValueError, RecursionError):
        return []
    given = data.get("media", [])
    return [p for m in ([given] if isinstance(given, str) else given) if isinstance(m, str) and (p := _inside(path, m))]


def applied(source: Source, told: Sidecar, root: Path, named: str) -> Source:
    """The source with its sidecar laid over it and its recordings attached; `named`: the sidecar's path, for what is
    to be told of it."""
    warnings: list[Warning] = []
    over = {key: value for key in OVER if (value := getattr(told, key)) is not None}
    if told.date is not None:
        over["date"] = str(told.date)
    if source.kind != "recording":
        over["media"] = _media(source, told, root, named, warnings)
        over |= _speakers(source, told, named, warnings)
    restrictions = (*source.restrictions, *_restrictions(source, told, named, warnings))
    return msgspec.structs.replace(source, **over, restrictions=restrictions, warnings=(*source.warnings, *warnings))


OVER = ("title", "publisher", "byline", "address", "language", "licence", "publish")


def cleared(source: Source, *told: Sidecar) -> Source:
    """The source without what its own file holds back, where a sidecar says who has allowed it. Asked before any
    sidecar is laid over it: the rights that a sidecar gives stay."""
    if not any(one.cleared.strip() for one in told):
        return source
    warnings = tuple(warning for warning in source.warnings if warning.remedy != CLEAR)
    return msgspec.structs.replace(source, restrictions=(), warnings=warnings)


def _media(source: Source, told: Sidecar, root: Path, named: str, warnings: list[Warning]) -> tuple[Media, ...]:
    given = [told.media] if isinstance(told.media, str) else told.media
    if not given:
        beside = () if source.media else recording.found(root, source.path)
        warnings += [recording.outside(p) for p in beside if not folder.inside(root, p)]
        return source.media or recording.beside(root, source.path)
    found = []
    for one in given:
        path = _inside(source.path, one)
        if not path or not folder.there(root / path):
            what = f"the recording “{one}” is not in the sources folder"
            warnings.append(Warning(what, named, "Put it there, or mend `media`, a path from the sidecar."))
        elif not recording.ending(path):
            told_endings = " ".join(recording.SOUND[:6] + recording.VIDEO[:4])
            what = f"“{one}” is no recording, by its ending, and is not used"
            warnings.append(Warning(what, named, f"Name a recording in `media`: {told_endings} …"))
        elif not folder.inside(root, path):
            warnings.append(recording.outside(one, named))
        else:
            found.append(recording.media(path))
    return tuple(found)


def _inside(source: str, given: str) -> str:
    """A path given from beside a source, as one under the sources folder; "" when it leads out of it."""
    parts = source.split("/")[:-1]
    if given.startswith("/") or "\\" in given or ":" in given or "\0" in given:
        return ""
    for part in given.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


# --- speakers ----------------------------------------------------------------------------------------------


def _speakers(source: Source, told: Sidecar, named: str, warnings: list[Warning]) -> dict[str, Any]:
    """Labels, names of turns and who asks, as the sidecar has them; an empty name is one that is still to be told."""
    asked = asking(told)
    told_names = {label: person for label, person in told.speakers.items() if person.strip()}
    if not told_names and asked is None:
        return {}
    labels = sorted({turn.label for turn in source.turns if turn.label})
    known = {label.casefold(): label for label in labels}
    names = {known.get(label.casefold(), label): person for label, person in told_names.items()}
    given = {*source.labels, *names}
    people = [*(asked or ()), *names.values(), *source.labels.values()]
    names |= {k: name for k in labels if k not in given and full(name := meant(k, people, labels))}
    over: dict[str, Any] = {"labels": {**source.labels, **names}}
    turns = tuple(_named(turn, names) for turn in source.turns)
    here = {word.casefold() for turn in turns for word in (turn.label, turn.name)}
    for label in told_names:
        if label.casefold() not in known:
            warnings.append(_nobody(label, source, named, labels))
    if asked is not None:
        over["interviewers"] = tuple(asked)
        folded = {word.casefold() for word in asked}
        turns = tuple(_asking(turn, folded) for turn in turns)
        warnings += [
            _nobody(word, source, named, sorted({*labels, *names.values()}))
            for word in asked
            if word.casefold() not in here
        ]
    else:
        askers = dict.fromkeys(turn.name for turn in turns if turn.asks and turn.name)
        over["interviewers"] = tuple(next((n for n in askers if fits(n, i)), i) for i in source.interviewers)
    return {**over, "turns": turns}


def asking(told: Sidecar) -> list[str] | None:
    """Who asks by a sidecar: nobody where it gives an empty list, None where it does not say."""
    if told.interviewer is None and told.interviewers is None:
        return None
    return _list(told.interviewer) + _list(told.interviewers)


def _list(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())


def _named(turn: Turn, names: dict[str, str]) -> Turn:
    return msgspec.structs.replace(turn, name=names[turn.label]) if turn.label in names else turn


def _asking(turn: Turn, asking: set[str]) -> Turn:
    asks = bool({turn.label.casefold(), turn.name.casefold()} & asking)
    return turn if turn.asks == asks else msgspec.structs.replace(turn, asks=asks)


def _nobody(label: str, source: Source, named: str, labels: list[str]) -> Warning:
    near = get_close_matches(label, labels, 1)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    there = f"There are: {', '.join(labels[:20])}." if labels else "It has no speaker labels."
    return Warning(f"nobody is labelled “{label}” in {source.path}", named, hint + there)


# --- rights ------------------------------------------------------------------------------------------------


def _restrictions(source: Source, told: Sidecar, named: str, warnings: list[Warning]) -> list[Restriction]:
    given = told.rights if isinstance(told.rights, list) else [told.rights]
    return [_restriction(source, table, f"{named}, rights {number}", warnings) for number, table in enumerate(given, 1)]


def _restriction(source: Source, table: Any, place: str, warnings: list[Warning]) -> Restriction:
    """One table of rights. What cannot be understood in it is told, and withholds the whole source."""

    def doubt(what: str, remedy: str) -> None:
        warnings.append(Warning(f"{what}; the whole source is withheld", place, remedy))

    if not isinstance(table, dict):
        doubt("rights is not a table", "Write [[rights]] and below it: " + ", ".join(RIGHTS_KEYS) + ".")
        return Restriction("source", source.path)
    before = len(warnings)
    until, ground = _text(table.get("until", "")), _text(table.get("ground", ""))
    channels = _channels(table.get("channels", []), doubt)
    for key in table:
        if key not in RIGHTS_KEYS:
            doubt(f"“{key}” is not known in rights", _allowed(key, RIGHTS_KEYS))
    what = _text(table.get("what", ""))
    if what not in WHATS:
        doubt(f"what is “{what}”" if what else "what is not given", _allowed(what, WHATS))
    elif what == "person" and not _text(table.get("person", "")):
        doubt("no person is named", 'Write person = "Name".')
    spans = _spans(source.text, table.get("words", "")) if what == "span" else ()
    if what == "span" and not spans:
        doubt("the words are not in its text", "Copy them from `vivavoce text` into words.")
    if not _until(until):
        told = f"until is “{until}”, which is no day; it is withheld until that is mended"
        warnings.append(
            Warning(
                told, place, 'Write a day such as "2030-01-31", a month or a year, or "permission", or leave it out.'
            )
        )
    if any("whole source" in warning.what for warning in warnings[before:]):
        return Restriction("source", source.path, channels, until, ground)
    of = _text(table["person"]) if what == "person" else source.path
    return Restriction(what, of, channels, until, ground, spans)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _allowed(given: str, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(given, allowed, 1)
    return (f"Did you mean “{near[0]}”? " if near else "") + f"Allowed: {', '.join(allowed)}."


def _channels(given: Any, doubt: Any) -> tuple[str, ...]:
    """The channels a restriction bars; all of them where they cannot be understood."""
    words = [given] if isinstance(given, str) else given if isinstance(given, list) else [str(given)]
    wrong = [str(word) for word in words if word not in CHANNELS]
    for word in wrong:
        doubt(f"there is no channel “{word}”", _allowed(word, CHANNELS))
    return () if wrong else tuple(channel for channel in CHANNELS if channel in words)


def _until(until: str) -> bool:
    if until.strip() in ("", "permission"):
        return True
    return is_day(until.strip())


def _spans(text: str, words: Any) -> tuple[Span, ...]:
    """Every place of some words in a text, whatever its white space, case and apostrophes. One string or several."""
    found: list[Span] = []
    for given in [words] if isinstance(words, str) else words if isinstance(words, list) else []:
        parts = given.split() if isinstance(given, str) else []
        words_of = r"\s+".join(re.sub("['’]", "['’]", re.escape(part)) for part in parts)
        places = [m.span() for m in re.finditer(words_of, text, re.IGNORECASE)] if parts else []
        if not places:
            return ()
        found += places
    return tuple(sorted(set(found)))
