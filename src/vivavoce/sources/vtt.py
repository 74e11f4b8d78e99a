"""WebVTT: voices from `<v Name>` tags, or from `Name:` in the words where there are no tags."""

from __future__ import annotations

import re
from html import unescape

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Times, Warning
from vivavoce.sources.cues import Cue, Piece, assembled, from_zero, many, mended, seconds, shifted
from vivavoce.sources.labels import key
from vivavoce.sources.raw import Raw
from vivavoce.sources.subtitles import (
    TAG,
    labelled,
    lines_of,
    parsed,
    spoken,
    spoken_by,
    timing,
    turns_away,
    unrolled,
)

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t\n]+([^<>]*))?>|</v>", re.I)
_CUT = re.compile(r"<(?:/|[vcibu]\b|\d)?[^<>]*\Z", re.I)
_LANGUAGE = re.compile(r"Language:[ \t]*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)[ \t]*")


# The sign of a footnote in a class of its own, as OHMS has it: “the kiln<c.1>1</c>”.
_FOOTNOTE = re.compile(
    r"(?P<before>\S?)<c\.(?P<kind>[^\s<>]{1,40})>[ \t]*[\[(]?(?P<sign>\d{1,3}|[*†‡§¶]{1,3})[\])]?[ \t]*</c>", re.I
)
_RUN_ON = re.compile(r"(?<=\w)(?=<c\.\d{1,3}>)|(?<=</c>)(?=<c\.[^\s<>]+>[^\s<])", re.I)
_CLOCK = re.compile(r"<\d")
_NOTE = re.compile(r"NOTE(?=\s|$)[ \t]*(?P<words>.*)")
_MAP = re.compile(r"X-TIMESTAMP-MAP=(?P<map>\S{1,80})")


def claims(raw: Raw) -> bool:
    """Whether it is WebVTT: its first word, or its ending and a cue's times."""
    if raw.text is None:
        return False
    if raw.text.lstrip()[:6] == "WEBVTT":
        return True
    return raw.suffix == ".vtt" and any(timing(line) for line in lines_of(raw.text))


def read(raw: Raw) -> Source:
    """The turns of a WebVTT file; cues without a voice go on with the voice before them.

    Raises UnreadableSource where it holds no cue with words.
    """
    lines = lines_of(raw.text or "")
    warnings: list[Warning] = []
    if not (raw.text or "").lstrip().startswith("WEBVTT"):
        told = "the first line does not say WEBVTT; it was read all the same"
        warnings.append(Warning(told, "line 1", "Write WEBVTT there, so that players read it too."))
    title, language = _header(lines)
    return assembled(raw, "vtt", pieces(raw.path, lines, warnings), warnings, title=title, language=language)


def pieces(path: str, lines: list[str], warnings: list[Warning]) -> list[Piece]:
    """Who says what in the lines of a WebVTT file. Raises UnreadableSource where there is no cue with words."""
    cues = parsed(lines, warnings)
    if not cues:
        raise UnreadableSource(path, "it has no cues", "Look whether it was saved whole.")
    cues = _told_apart(_whole(cues, warnings), warnings)
    cues = mended(from_zero(_local(cues, lines, warnings), warnings), warnings)
    warnings += _notes(lines)
    voiced = any(_VOICE.search(cue.text) for cue in cues)
    return _voices(cues) if voiced else spoken_by(unrolled([_plain(cue) for cue in cues], warnings))


def _header(lines: list[str]) -> tuple[str, str]:
    """Title and language, from the lines before the first blank one."""
    title = language = ""
    for i, line in enumerate(lines):
        if timing(line) or (i and not line.strip()):
            break
        if line.lstrip().startswith("WEBVTT"):
            title = line.lstrip()[6:].strip(" \t-–—:")
        elif found := _LANGUAGE.fullmatch(line):
            language = found[1]
    return title, language


def _told_apart(cues: list[Cue], warnings: list[Warning]) -> list[Cue]:
    """Cues without signs of footnotes, and with a space where one class of words follows another directly."""
    signs: list[str] = []
    places: list[str] = []

    def sign(found: re.Match[str]) -> str:
        if found["kind"] != found["sign"] and not found["before"]:
            return found.group()  # a number that stands by itself may be said
        signs.append(found["sign"])
        places.append(cue.place)
        return found["before"]

    apart = []
    for cue in cues:
        text = _FOOTNOTE.sub(sign, cue.text) if "<c." in cue.text else cue.text
        # Where words have times of their own, classes cut them, and their spaces are in the file.
        text = text if _CLOCK.search(text) else _RUN_ON.sub(" ", text)
        apart.append(msgspec.structs.replace(cue, text=text))
    if signs:
        told = f"{many(len(signs), 'sign of a footnote', 'signs of footnotes')} left out: {', '.join(signs[:8])}"
        warnings.append(Warning(told, places[0], "If it is said, write it without a class."))
    return apart


def _local(cues: list[Cue], lines: list[str], warnings: list[Warning]) -> list[Cue]:
    """Cues counted from the time that the file's own clock has where the recording begins (X-TIMESTAMP-MAP)."""
    found = next((m for line in lines[:20] if (m := _MAP.match(line))), None)
    facts = dict(part.partition(":")[::2] for part in found["map"].split(",")) if found else {}
    local = seconds(facts.get("LOCAL", "")) or 0.0
    if local and all(c.start is None or c.start >= local for c in cues):
        told = f"its clock begins at {facts['LOCAL']} (X-TIMESTAMP-MAP); times were counted from there"
        warnings.append(Warning(told, cues[0].place, "Take the line out if that is wrong."))
        return shifted(cues, local)
    return cues


def _notes(lines: list[str]) -> list[Warning]:
    """That the file's own notes are nobody's words."""
    notes: list[str] = []
    first, within = 0, False
    for i, line in enumerate(lines):
        found = _NOTE.match(line) if not i or not lines[i - 1].strip() else None
        if found:
            within, first = True, first or i + 1
            notes.append(found["words"])
        elif within and line.strip():
            notes[-1] += " " + line
        else:
            within = False
    shown = [f"“{' '.join(note.split())[:80]}”" for note in notes if note.strip()]
    if not shown:
        return []
    told = f"{many(len(shown), 'note in the file is', 'notes in the file are')} nobody's words: {', '.join(shown[:5])}"
    return [Warning(told, f"line {first}", "If it is said, give it a time.")]


def _whole(cues: list[Cue], warnings: list[Warning]) -> list[Cue]:
    """Without the beginning of a tag at the end of a file that was cut off."""
    cut = _CUT.search(cues[-1].text)
    if not cut or not re.match(r"<(?:/|[vcibu]\b|\d|\Z)", cut.group(), re.I):
        return cues
    warnings.append(Warning("the file ends within a tag", cues[-1].place, "Look whether it was saved whole."))
    return [*cues[:-1], msgspec.structs.replace(cues[-1], text=cues[-1].text[: cut.start()])]


def _plain(cue: Cue) -> Cue:
    return msgspec.structs.replace(cue, text=unescape(TAG.sub("", cue.text)))


def _voices(cues: list[Cue]) -> list[Piece]:
    """Who says what in cues of which some have voice tags; those without go on with the voice before them, unless a
    label or a dash shows somebody else."""
    known = _known(cues)
    pieces: list[Piece] = []
    label = ""
    for cue in cues:
        time = (cue.start, cue.end if cue.end is not None else cue.start) if cue.start is not None else None
        plain = _plain(cue).text
        if not _VOICE.search(cue.text) and turns_away(plain, known):
            pieces += spoken(plain, known, label, time, always=True)
        else:
            pieces += _tagged(cue.text, label, time)
        label = pieces[-1].label
    return pieces


def _known(cues: list[Cue]) -> frozenset[str]:
    """The labels that may stand in cues without tags: those that the tags name, and those that show themselves."""
    named = {key(" ".join(unescape(v[1]).split())) for cue in cues for v in _VOICE.finditer(cue.text) if v[1]}
    bare = [line for cue in cues if not _VOICE.search(cue.text) for line in _plain(cue).text.split("\n")]
    return labelled(bare, tagged=True) | named


def _tagged(text: str, label: str, time: Times | None) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for voice in _VOICE.finditer(text):
        pieces.append(Piece(_words(text[at : voice.start()]), label, time))
        if voice[1] is not None:
            label = " ".join(unescape(voice[1]).split())
        at = voice.end()
    return [*pieces, Piece(_words(text[at:]), label, time)]


def _words(text: str) -> str:
    return " ".join(unescape(TAG.sub("", text)).split())
