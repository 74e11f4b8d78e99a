"""What WebVTT and SRT share: blocks of lines, each with its times, and speakers told by signs in the words."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from vivavoce.model import Times, Warning
from vivavoce.sources.cues import STAMP, Cue, Piece, noises, seconds
from vivavoce.sources.labels import headed, key, label_like, named_like, strong

TIMING = re.compile(rf"[ \t]*(?P<start>-?{STAMP})[ \t]*(?:-{{1,2}}>|[–—]>|→)[ \t]*(?P<end>-?{STAMP})?(?P<rest>[^\n]*)")
TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font|span|em|strong|br|p)(?:[.\s][^<>]*)?/?>|<\d[\d:.,]*>|\{\\[^{}]*\}", re.I
)
DASH = re.compile(r"[ \t]*[-–—‐][ \t]*(?=\S)")
# A note on the stage before a label: "(laughs) ANNA: …", "[crying] [ANNA]: …".
NOTE = re.compile(r"(?:\([^()\[\]\n]{1,40}\)|\[[^()\[\]\n]{1,40}\])[ \t]*(?=[^\s:：])")
CHEVRON = re.compile(r"(?:^|(?<=\s))>>+[ \t]*")


def unrolled(cues: list[Cue], warnings: list[Warning]) -> list[Cue]:
    """Rolling captions, which show the line above once more in each cue, with every line once.

    They are told by most cues' beginning, at once, with the lines that the cue before ended with; in any other
    file somebody may well say the same twice.
    """
    lines = [[" ".join(line.split()) for line in cue.text.split("\n") if line.strip()] for cue in cues]
    again = [0] * len(cues)
    for i in range(1, len(cues)):
        before, here = cues[i - 1].end, cues[i].start
        if before is not None and here is not None and abs(here - before) <= 0.1:
            again[i] = next((k for k in (3, 2, 1) if lines[i][:k] == lines[i - 1][-k:] and len(lines[i]) >= k), 0)
    if sum(k > 0 for k in again) < max(4, 0.5 * len(cues)):
        return cues
    told = "these are rolling captions; lines that are shown again were taken once"
    warnings.append(Warning(told, cues[0].place, "If words are missing, save the captions without rolling."))
    return [msgspec.structs.replace(c, text="\n".join(x[k:])) for c, x, k in zip(cues, lines, again, strict=True)]


def spoken_by(cues: list[Cue]) -> list[Piece]:
    """Who says what in cues without voice tags: `Name:` at the beginning of a line, `>>` and dashes where the
    speaker changes; a cue without any goes on with the speaker before."""
    cues = introduced(cues)
    known = labelled([line for cue in cues for line in cue.text.split("\n")])
    pieces: list[Piece] = []
    label = ""
    for cue in cues:
        time = (cue.start, cue.end if cue.end is not None else cue.start) if cue.start is not None else None
        said = spoken(cue.text, known, label, time)
        label = said[-1].label if said else label
        pieces += said
    return pieces


def introduced(cues: list[Cue]) -> list[Cue]:
    """Cues of which nearly all begin with a line that is a name alone (as Teams has them), with a colon behind it."""
    lines = [cue.text.split("\n", 1) for cue in cues]
    names = [parts[0].strip() for parts in lines if len(parts) == 2 and _name(parts[0].strip())]
    if len(names) < max(4, 0.9 * len(cues)) or len(set(names)) * 2 > len(names):
        return cues
    again = {name for name, n in Counter(names).items() if n > 1}
    return [
        msgspec.structs.replace(cue, text=f"{parts[0].strip()}: {parts[1]}") if parts[0].strip() in again else cue
        for cue, parts in zip(cues, lines, strict=True)
    ]


def _name(line: str) -> bool:
    return label_like(line) and (named_like(line.split()) or strong(line)) and line[-1] not in ".?!,…:"


def spoken(text: str, known: frozenset[str], label: str, time: Times | None, *, always: bool = False) -> list[Piece]:
    """Who says what in a cue that begins with the speaker `label` in force; `known`: the labels of the transcript.
    A dash means another speaker where there are two in the cue, or `always`."""
    pieces: list[Piece] = []
    for words, who, new in _voices(text, known, 0 if always else 1):
        label = who if who is not None else ("" if new else label)
        pieces.append(Piece(" ".join(words.split()), label, time, new))
    return pieces


def turns_away(text: str, known: frozenset[str]) -> bool:
    """Whether a cue shows that another may speak: by a dash at its beginning, or a label at that of a line."""
    dash = DASH.match(text)
    begins = dash is not None and not text[dash.end()].islower()
    return begins or any(head(line, known)[0] is not None for line in text.split("\n"))


def _voices(text: str, known: frozenset[str], least: int) -> list[tuple[str, str | None, bool]]:
    """A cue's stretches with the label that stands before each (None: none) and whether the speaker changes."""
    lines = text.split("\n")
    dashed = sum(bool(DASH.match(line)) for line in lines) > least
    found: list[tuple[str, str | None, bool]] = []
    for line in lines:
        dash = DASH.match(line) if dashed else None
        rest = line[dash.end() :] if dash else line
        for i, part in enumerate(CHEVRON.split(rest)):
            new = i > 0 or dash is not None
            who, words = head(part, known)
            if who is None and not new and found:
                found[-1] = (found[-1][0] + " " + part, *found[-1][1:])
            elif words.strip() or who is not None:
                found.append((words, who, new))
    return found


def head(line: str, known: frozenset[str]) -> tuple[str | None, str]:
    """A line's label, if it is among the known ones, and its words; a note on the stage before the label is kept."""
    dash = DASH.match(line)
    for rest in (line.lstrip(), line[dash.end() :] if dash else ""):
        note, found, words = _headed(rest)
        if found and key(found) in known:
            return found, note + words
    return None, line


def _headed(line: str) -> tuple[str, str, str]:
    """The note before a line's label, the label, and the words after it; no label: "", "", ""."""
    note = NOTE.match(line)
    for at in (0, note.end() if note else 0):
        found = headed(line, at)
        if found:
            return line[:at], found[0], line[found[1] :]
    return "", "", ""


def labelled(lines: list[str], tagged: bool = False) -> frozenset[str]:
    """The labels of a transcript: words before a colon that look like one, and either show it by themselves, come
    again, or stand in a file whose first line has a label too. Where nearly all that come again are in capitals, or
    others are `tagged`, a label that comes once without capitals is words."""
    counts: dict[str, int] = {}
    shown: dict[str, int] = {}
    first: str | None = None
    for line in lines:
        dash = DASH.match(line)
        plain = CHEVRON.sub("", line[dash.end() :] if dash else line, count=1).strip()
        name = _headed(plain)[1]
        if name and label_like(name):
            counts[key(name)] = counts.get(key(name), 0) + 1
            shown[key(name)] = shown.get(key(name), 0) + strong(name)
        if first is None and any(c.isalnum() for c in plain) and not noises(plain):
            first = key(name) if key(name) in counts else ""
    again = {k: n for k, n in counts.items() if n > 1}
    capitals = bool(again) and sum(shown[k] for k in again) >= 0.9 * sum(again.values())
    many = (len(counts) > 1 or bool(first)) and not (capitals or tagged)
    return frozenset(k for k, n in counts.items() if shown[k] or n > 1 or many)


# --- from lines to cues ------------------------------------------------------------------------------------

_ARROW = re.compile(r"[^\w\n]*[\d:.,xX ]*-{1,2}>")
_NEAR = 120
_INDEX = re.compile(r"[ \t]*(\d{1,9})[ \t]*")
_OTHER = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?=\s|$)")
_RUBBLE = re.compile(r"[\d\s:.,<>–—-]*")


def lines_of(text: str) -> list[str]:
    """The lines of a file, whatever ends them."""
    even = text.replace("\r\n", "\n").replace("\r", "\n")
    return even.replace("\n\ufeff", "\n").split("\n")  # a byte-order mark amid files that were joined


def timing(line: str) -> bool:
    """Whether a line gives a cue's times, be they readable or not."""
    if ">" not in line and "→" not in line:
        return False
    if TIMING.match(line):
        return True
    head = line[:_NEAR]  # a line of blanks or dots would be gone over once for each of them
    return "->" in head and bool(_ARROW.match(head))


def parsed(lines: list[str], warnings: list[Warning]) -> list[Cue]:
    """The cues of WebVTT or SRT: forgiving about numbers, blank lines, and times that cannot be read.

    What stands before the first times is not looked at; in a block without times, words go on with the cue above.
    """
    at = [i for i, line in enumerate(lines) if timing(line)]
    cues: list[Cue] = []
    part, last = 0, 0
    for n, i in enumerate(at):
        until = at[n + 1] if n + 1 < len(at) else len(lines)
        body, index = _payload(lines, i + 1, until, n + 1 < len(at))
        opened = _index(lines, i, last)
        if n and ((opened == 1 and last > 1) or any(line.startswith("WEBVTT") for line in lines[at[n - 1] : i])):
            part += 1
        last = opened or last
        cues.append(_cue(lines[i], i, _words(body, index, warnings), part, warnings))
    return [c for c in cues if c.text.strip()]


def _index(lines: list[str], i: int, last: int) -> int:
    """The number of the cue whose times stand in line `i`, or 0."""
    found = _INDEX.fullmatch(lines[i - 1]) if i else None
    if not found:
        return 0
    number = int(found[1])
    alone = i < 2 or not lines[i - 2].strip()
    return number if alone or number == last + 1 else 0


def _payload(lines: list[str], start: int, until: int, more: bool) -> tuple[list[str], int]:
    """The lines of a cue, without the number or name of the next one, and the index of the first of them."""
    end = until
    if more and end > start and lines[end - 1].strip():
        alone = end - 1 == start or not lines[end - 2].strip()
        if (alone and end - 1 > start) or _INDEX.fullmatch(lines[end - 1]):
            end -= 1
    return lines[start:end], start


def _words(body: list[str], start: int, warnings: list[Warning]) -> str:
    """The words of a cue's lines: the first block, and what follows a stray blank line; notes and styles are not."""
    words: list[str] = []
    blank, skipping, told = False, False, False
    for i, line in enumerate(body):
        if not line.strip():
            blank, skipping = bool(words) or i > 0, False
            continue
        if blank and _OTHER.match(line):
            skipping = True
        elif blank and not skipping and not _RUBBLE.fullmatch(line) and not told:
            told = True
            warnings.append(
                Warning("words without times were added to the cue above", f"line {start + i + 1}", "Give them times.")
            )
        if not skipping and not (blank and _RUBBLE.fullmatch(line)):
            words.append(line)
        blank = False
    return "\n".join(words)


def _cue(line: str, i: int, text: str, part: int, warnings: list[Warning]) -> Cue:
    found = TIMING.match(line)
    place = f"line {i + 1}"
    start = seconds(found["start"]) if found else None
    end = seconds(found["end"]) if found and found["end"] else None
    if start is None and text.strip():
        # Words of a time before 0 stay where they stand: put in order by it, they would be said at another moment.
        before = found is not None and found["start"].startswith("-")
        told = "the cue begins before the recording does" if before else "the cue's times cannot be read"
        warnings.append(Warning(told, place, "Correct them: 00:01:02.500 --> 00:01:04.000."))
    return Cue(text, start, end if start is not None else None, place, part)
