"""OHMS, the XML of oral history archives: 5.4 (a transcript in hard-wrapped lines, with its time each minute) and 6.0
(a transcript as WebVTT), with the index, who asks and who answers, and what is said of rights."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, Times, Warning
from vivavoce.sources import dates, labels, markup, roles, statements, vtt
from vivavoce.sources.cues import Piece, assembled, many
from vivavoce.sources.dialogue import outlined
from vivavoce.sources.raw import Raw
from vivavoce.sources.subtitles import lines_of
from vivavoce.sources.zipped import Start

NAMESPACE = "weareavp.com/nunncenter/ohms"
ROOT = re.compile(r"<(?:\w{1,20}:)?ROOT[\s>]")
# The fields of an index's point that are no heading, and that nobody said.
ABOUT = ("partial_transcript", "synopsis", "keywords", "subjects", "gps", "hyperlink", "hyperlinks")
SYNC = re.compile(r"\s*(\d{1,3})\s*:")
POINT = re.compile(r"\s*(\d{1,7})\s*(?:\(\s*(\d{1,5})\s*\))?\s*")
WORD = re.compile(r"\S+")
STAMP = re.compile(r"\{[0-9:.]{1,20}\}")
SIGN = re.compile(r"\s?\[\[footnote\]\][^\[\]]{0,20}\[\[/footnote\]\]")
OPENING = re.compile(r"\A[ \t]{0,99}Transcript:")
NOTE = "[[note]]", "[[/note]]"
NOTES = "[[footnotes]]", "[[/footnotes]]"
LINK = re.compile(r"\[\[/?link\]\]")
ANNOTATED = re.compile(r"<annotation\s[^<>]{0,200}>")
REF = re.compile(r"<c\.\d{1,4}>\s{0,3}\[?\d{0,4}\]?\s{0,3}</c>")
SPAN = re.compile(r"<[^<>]{0,400}>")
BROKEN = re.compile(r"(?:<br\s?/?>)+", re.I)
NEAR = 15.0  # seconds from a point of the index to the turn that it heads
FAR = 120.0  # seconds from a point of the index to anything that is said
LANGUAGES = {
    name: code
    for code, names in {
        "en": "english eng",
        "de": "german deutsch deu ger",
        "fr": "french français fra fre",
        "es": "spanish español spa",
        "it": "italian italiano ita",
        "pt": "portuguese português por",
        "nl": "dutch nederlands nld dut",
    }.items()
    for name in names.split()
}


class Record(msgspec.Struct):
    """What one interview's record holds: its fields by name, and the points of its index."""

    fields: dict[str, list[str]]
    points: list[dict[str, str]]

    def one(self, name: str) -> str:
        """The first value of a field that is not blank, on one line; "" where there is none."""
        return next((" ".join(value.split()) for value in self.fields.get(name, ()) if value.strip()), "")

    def whole(self, name: str) -> str:
        """The first value of a field that is not blank, as it stands."""
        return next((value for value in self.fields.get(name, ()) if value.strip()), "")


def claims(raw: Raw) -> bool:
    """Is it XML in the namespace of OHMS, or with its root and a record?"""
    head = markup.head(raw)
    return bool(head) and bool(ROOT.search(head)) and (NAMESPACE in head or "<record" in head)


def read(raw: Raw) -> Source:
    """The turns of an interview, its index as headings, its notes as notes.

    Raises UnreadableSource where the XML is broken (what it says of rights may stand below), and where it has no
    transcript.
    """
    if not claims(raw):
        raise UnreadableSource(raw.path, "it is neither OHMS nor TEI, the XML that is read", "Save its text as .txt.")
    record, more = _record(raw)
    warnings: list[Warning] = []
    if more:
        what = f"it holds {many(more, 'more interview', 'more interviews')} below the first one, left out"
        warnings.append(Warning(what, "", "Save each interview in a file of its own."))
    front, said, notes = _transcript(raw, record, warnings)
    said = _headed(said, record.points, warnings)
    pieces = [*(Piece(line, kind="note") for line in front), *said, *(Piece(line, kind="note") for line in notes)]
    _left_out(record, warnings)
    source = assembled(markup.plain(raw), "ohms", pieces, warnings, title=record.one("title")[:500])
    restrictions, told = statements.withheld(raw.path, _statements(record))
    found = msgspec.structs.replace(
        source, **_about(record), restrictions=restrictions, warnings=(*told, *source.warnings)
    )
    return roles.introduced(found, *(roles.people(record.fields.get(f, ())) for f in ("interviewee", "interviewer")))


# --- the file ----------------------------------------------------------------------------------------------


def _record(raw: Raw) -> tuple[Record, int]:
    """The first record, and how many there are below it. The words of a field are those of all that is in it: none of
    its elements takes a restriction away."""
    found: list[Record] = []
    where: list[str] = []
    words: list[str] = []
    for event in markup.elements(raw):
        if isinstance(event, str):
            words.append(event)
        elif isinstance(event, Start):
            where.append(event.name)
            words = words if len(where) > _field(where) else []
            _begun(found, where, event.attrs)
        else:
            if len(where) == _field(where):
                _ended(found, where, "".join(words))
                words = []
            where.pop()
    if not found:
        raise UnreadableSource(raw.path, "there is no record of an interview in it", "Export it again from OHMS.")
    return found[0], len(found) - 1


def _field(where: list[str]) -> int:
    """How deep the fields lie: those of a point of the index, or of a record."""
    return 5 if where[1:4] == ["record", "index", "point"] else 3


def _begun(found: list[Record], where: list[str], attrs: dict[str, str]) -> None:
    if where[1:] == ["record"]:
        found.append(Record({}, []))
    elif where[1:] == ["record", "index", "point"]:
        found[-1].points.append({})
    elif where[1:] == ["record", "date"] and attrs.get("value", "").strip():
        found[-1].fields.setdefault("date", []).append(attrs["value"])


def _ended(found: list[Record], where: list[str], words: str) -> None:
    if len(where) == 3 and where[1] == "record":
        found[-1].fields.setdefault(where[2], []).append(words)
    elif len(where) == 5 and words.strip():
        found[-1].points[-1].setdefault(where[4], words)


def _about(record: Record) -> dict[str, str]:
    date = record.one("date") or record.one("date_nonpreferred_format")
    language = record.one("language")
    address = next((a for a in map(record.one, ("xmllocation", "media_url")) if re.match(r"https?://\S+$", a)), "")
    return {
        "date": dates.day(date) if dates.only(date) else "",
        "publisher": record.one("repository")[:300],
        "language": LANGUAGES.get(
            language.casefold(), language if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) else ""
        ),
        "address": address,
        "licence": "; ".join(filter(None, map(record.one, ("rights", "usage"))))[:1000],
    }


def _statements(record: Record) -> list[tuple[str, str]]:
    told = [(name, words) for name in ("rights", "usage") for words in record.fields.get(name, ())]
    barred = [words for words in record.fields.get("userestrict", ()) if words.strip() not in ("", "0")]
    return [*told, *(("use restriction", f"userestrict is {words.strip()}") for words in barred)]


def _left_out(record: Record, warnings: list[Warning]) -> None:
    told = [name for name in ABOUT if any(point.get(name, "").strip() for point in record.points)]
    if told:
        names = ", ".join(name.replace("_", " ") for name in told)
        warnings.append(Warning(f"of the index, the titles are headings; nobody said the rest, left out: {names}"))
    if any(record.one(name) for name in ("transcript_alt", "vtt_transcript_alt")):
        what = "the translation of the transcript is not what was said: left out"
        warnings.append(Warning(what, "", "To have it too, save it in a file of its own."))


# --- the transcript ----------------------------------------------------------------------------------------


def _transcript(raw: Raw, record: Record, warnings: list[Warning]) -> tuple[list[str], list[Piece], list[str]]:
    """What stands above the speech, what is said, and the notes."""
    cues, written = record.whole("vtt_transcript"), record.whole("transcript")
    if cues:
        words, notes = _annotations(cues)
        lines = lines_of(words if words.lstrip().startswith("WEBVTT") else "WEBVTT\n\n" + words)
        return [], vtt.pieces(raw.path, lines, warnings), notes
    if written:
        return _written(written, record.whole("sync"), warnings)
    what = "it has an index but no transcript" if record.points else "it has no transcript"
    raise UnreadableSource(raw.path, what, "Save a transcript of its recording beside it, and take this file away.")


def _annotations(cues: str) -> tuple[str, list[str]]:
    """WebVTT without the signs of annotations, and the annotations, which stand in a comment of it."""
    begin, end = cues.find("ANNOTATIONS BEGIN"), cues.find("ANNOTATIONS END")
    notes: list[str] = []
    if 0 <= begin < end:
        given = ANNOTATED.split(cues[begin:end])[1:]
        notes = [" ".join(SPAN.sub("", one.partition("</annotation>")[0]).split()) for one in given]
        above = cues.rfind("NOTE", 0, begin)
        cues = cues[: above if above >= 0 and not cues[above + 4 : begin].strip() else begin] + cues[end + 15 :]
    return BROKEN.sub("\n", REF.sub("", cues)), [f"{at}. {note}" for at, note in enumerate(notes, 1) if note]


def _written(given: str, sync: str, warnings: list[Warning]) -> tuple[list[str], list[Piece], list[str]]:
    text, notes = _footnotes(OPENING.sub(lambda found: " " * len(found[0]), "\n".join(lines_of(given)), count=1))
    clock = _Clock(text, sync, warnings)
    rows = outlined(text)
    begin = next((at for at, row in enumerate(rows) if row.head), 0)
    front = [_words(text[row.start : row.end]) for row in rows[:begin]]
    pieces: list[Piece] = []
    label = ""
    for row in rows[begin:]:
        start = row.start + (row.head.words if row.head else 0)
        if row.head and labels.key(row.head.label) in labels.REMARKS:
            label = ""
            pieces.append(Piece(_words(text[row.start : row.end]), kind="note"))
            continue
        label = row.head.label if row.head else label
        stamp = row.head.time if row.head else None
        time = clock.between(start, row.end) or ((stamp, stamp) if stamp is not None else None)
        pieces.append(Piece(_words(text[start : row.end]), label, time))
    return [line for line in front if line], [piece for piece in pieces if piece.text], notes


def _words(line: str) -> str:
    return " ".join(SIGN.sub("", STAMP.sub(" ", line)).split())


def _footnotes(text: str) -> tuple[str, list[str]]:
    """A transcript without its footnotes (as many lines as before, since lines are counted), and the footnotes."""
    above, opened, below = text.partition(NOTES[0])
    held, _, rest = below.partition(NOTES[1])
    notes = [" ".join(LINK.sub(" ", one.partition(NOTE[1])[0]).split()) for one in held.split(NOTE[0])[1:]]
    told = [f"{at}. {note}" for at, note in enumerate(notes, 1) if note]
    return above + "\n" * held.count("\n") + rest if opened else text, told


class _Clock:
    """The seconds at which a character of a hard-wrapped transcript is said, where that is plain: between two points
    of `sync` the time is shared out by letters, to whole seconds; before the first point it counts from 0, and after
    the last one nothing is known."""

    def __init__(self, text: str, sync: str, warnings: list[Warning]) -> None:
        points = list(_points(text, sync))
        kept = [(0, 0.0)] if points else []
        for at, seconds in points:
            if at is not None and at >= kept[-1][0]:
                kept.append((at, seconds))
        lost = len(points) - len(kept) + bool(points)
        if lost:
            what = (
                f"{many(lost, 'time runs back or stands', 'times run back or stand')} beyond the transcript; left out"
            )
            warnings.append(Warning(what, "sync", "Synchronise it again in OHMS."))
        if sync.strip() and not points and not SYNC.fullmatch(sync):
            warnings.append(Warning("its times are not understood, and are left out", "sync", "Export it again."))
        self.at = [at for at, _ in kept]
        self.seconds = [seconds for _, seconds in kept]

    def between(self, start: int, end: int) -> Times | None:
        """When a stretch is said; None where nothing is known of its beginning."""
        first = self.time(start, bisect_right(self.at, start))
        last = self.time(end, bisect_left(self.at, end))
        if first is None:
            return None
        return (first, max(first, last)) if last is not None else (first, max(first, self.seconds[-1]))

    def time(self, at: int, right: int) -> float | None:
        """When a character is said that lies before the point `right`."""
        if not 0 < right < len(self.at):
            return None
        (a, b), (s, t) = self.at[right - 1 : right + 1], self.seconds[right - 1 : right + 1]
        return float(round(s + (t - s) * (at - a) / max(b - a, 1)))


def _points(text: str, sync: str) -> Iterator[tuple[int | None, float]]:
    """The points of `5:|12(5)|25(3)`: after each 5 minutes, which word of which line has been reached, counted from
    1; as offset and seconds. A line that there is not: None."""
    head = SYNC.match(sync)
    if not head or not int(head[1]):
        return
    starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text) + 1]
    given = sync[head.end() :].removeprefix("|").split("|")
    held: dict[int, list[int]] = {}
    for number, one in enumerate(given, 1):
        found = POINT.fullmatch(one)
        if not found:
            continue
        line = int(found[1]) - 1
        if not 0 <= line < len(starts) - 1:
            yield None, 0.0
            continue
        if line not in held:
            held[line] = [m.start() for m in WORD.finditer(text, starts[line], starts[line + 1] - 1)]
        words, word = held[line], max(int(found[2] or 1) - 1, 0)
        at = words[word] if word < len(words) else starts[line + 1] - 1
        yield at, number * int(head[1]) * 60.0


# --- the index ---------------------------------------------------------------------------------------------


def _headed(said: list[Piece], points: Sequence[dict[str, str]], warnings: list[Warning]) -> list[Piece]:
    """What is said, with the titles of the index as headings: each before the turn that begins nearest to its time,
    or, within a long turn, before the nearest line of it."""
    timed = [(piece.time[0], at) for at, piece in enumerate(said) if piece.time]
    steady = [one for one, above in zip(timed, [(-1.0, 0), *timed], strict=False) if one[0] >= above[0]]
    turns = [(time, at) for time, at in steady if at == 0 or said[at].label != said[at - 1].label or said[at].new]
    before: dict[int, list[str]] = {}
    lost = 0
    for point in points:
        title, time = " ".join(point.get("title", "").split()).strip(" ;"), _seconds(point.get("time", ""))
        at = _nearest(turns, time, NEAR)
        at = _nearest(steady, time, FAR) if at is None else at
        if not title:
            continue
        if at is None:
            lost += 1
        else:
            before.setdefault(at, []).append(title)
    if lost:
        what = (
            f"{many(lost, 'title of the index has', 'titles of the index have')} no place in the transcript; left out"
        )
        warnings.append(Warning(what, "index", "Synchronise the transcript in OHMS."))
    found: list[Piece] = []
    for at, piece in enumerate(said):
        found += [Piece(title, kind="heading") for title in before.get(at, ())]
        found.append(piece)
    return found


def _seconds(words: str) -> float | None:
    """Seconds from "125", "125.5" or "00:02:05"."""
    words = words.strip()
    if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", words):
        return float(words)
    parts = words.split(":")
    if 2 <= len(parts) <= 3 and all(re.fullmatch(r"\d{1,4}(?:\.\d{1,6})?", part) for part in parts):
        return sum(float(part) * 60.0**power for power, part in enumerate(reversed(parts)))
    return None


def _nearest(timed: Sequence[tuple[float, int]], time: float | None, within: float) -> int | None:
    """Of places with their times, in order, the one nearest to a time."""
    if time is None:
        return None
    right = bisect_left(timed, (time, -1))
    near = [one for one in timed[max(right - 1, 0) : right + 1] if abs(one[0] - time) <= within]
    return min(near, key=lambda one: abs(one[0] - time))[1] if near else None
