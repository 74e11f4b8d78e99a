"""TEI: transcriptions of speech (`u`, also in `annotationBlock`) and dialogue as `sp`, with who speaks from
`listPerson`, times from `timeline`, and what is said of availability."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from vivavoce.errors import UnreadableSource
from vivavoce.model import BlockKind, Source, Times, Warning
from vivavoce.sources import dates, labels, markup, statements
from vivavoce.sources.cues import Piece, assembled, many, named, seconds
from vivavoce.sources.raw import Raw
from vivavoce.sources.zipped import Start

ROOT = re.compile(r"<(?:\w{1,20}:)?(?:TEI(?:\.2)?|teiCorpus(?:\.2)?)[\s>]")
# What happens beside the words, and what others wrote among them: counted, and left out.
ASIDE = frozenset(("pause", "kinesic", "incident", "shift", "writing", "stage", "note", "figure"))
# What is about the words, such as lemmas, or goes over them: of two readings the editor's.
ABOUT = frozenset(("spanGrp", "interpGrp", "linkGrp", "standOff", "fs", "fw", "reg", "corr", "expan", "desc", "media"))
# Deletions that are none: what somebody began and said again is marked as such in transcriptions of speech.
SPOKEN = re.compile(r"trunc|repet|false|formul|restart|hesit", re.I)
SPEECH = frozenset(("u", "sp", "annotationBlock"))
LINES = frozenset(
    (
        "p",
        "ab",
        "l",
        "lg",
        "head",
        "opener",
        "closer",
        "argument",
        "epigraph",
        "trailer",
        "docTitle",
        "dateline",
        "note",
        "stage",
    )
)
CLOSING = ",.;:?!…)]}”’»"
OPENING = re.compile(r"[(\[{“‘«„¿¡]+\Z")
UNITS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\dT)?(\d{1,3}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?)\d{0,6}(?:Z|[+-]\d\d:\d\d)?")
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
PLAIN = re.compile(r"[^\W\d_][\w ,'’-]{0,79}")
DATED = ("recording", "setting", "creation", "bibl")


class Somebody(msgspec.Struct):
    """A person of the header: what they are called, whether that is a pseudonym, and what they do there."""

    name: str = ""
    hidden: bool = False
    role: str = ""


def claims(raw: Raw) -> bool:
    """Is it XML whose root is that of TEI?"""
    return bool(ROOT.search(markup.head(raw)))


def read(raw: Raw) -> Source:
    """The turns of a transcription, its heads as headings, what stands between turns as notes.

    Raises UnreadableSource where the XML is broken, where nobody speaks in it, and where it holds several texts.
    """
    where: list[str] = []
    header = _Header(where)
    speech = _Speech(where, header)
    for event in markup.elements(raw):
        if isinstance(event, Start):
            where.append(event.name)
            (header if header.takes() else speech).begin(event.name, event.attrs)
        elif isinstance(event, str):
            (header if header.takes() else speech).say(event)
        else:
            (header if header.takes() else speech).end(event.name)
            where.pop()
    _sound(raw, speech)
    source = assembled(markup.plain(raw), "tei", speech.pieces, speech.told(), title=header.one("title")[:500])
    restrictions, told = statements.withheld(raw.path, header.statements)
    found = msgspec.structs.replace(
        source, **header.about(), restrictions=restrictions, warnings=(*told, *source.warnings)
    )
    return _introduced(found, header.people)


def _sound(raw: Raw, speech: _Speech) -> None:
    if speech.texts > 1:
        what = f"it holds {speech.texts} texts, whose rights and persons would be mixed up"
        raise UnreadableSource(raw.path, what, "Save each of them in a file of its own.")
    if not any(piece.kind == "speech" for piece in speech.pieces):
        what = "it is TEI, but nobody speaks in it (there is no “u” and no “sp” with words)"
        raise UnreadableSource(raw.path, what, "Save its text as .txt, or as a page.")


def _introduced(source: Source, people: dict[str, Somebody]) -> Source:
    """The source with the names that its header gives for those who speak, and with who asks."""
    here = [label for label in dict.fromkeys(turn.label for turn in source.turns) if label in people]
    names = {label: people[label].name for label in here if people[label].name}
    asking = tuple(names.get(label, label) for label in here if labels.asks(people[label].role or "-"))
    return named(source, names, asking) if names or asking else source


# --- the header --------------------------------------------------------------------------------------------


class _Header:
    """What the header says, and the lists of persons and of times, which may stand in the text; lives for one call
    of `read`. `where`: the names of the elements that are open."""

    def __init__(self, where: list[str]) -> None:
        self.where = where
        self.fields: dict[str, str] = {}
        self.people: dict[str, Somebody] = {}
        self.person = Somebody()
        self.statements: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.terms: list[str] = []  # the words of availability, whatever else they belong to
        self.date = self.language = ""
        self.moments: dict[str, float | None] = {}
        self.clocked = False
        self.zero: float | None = None
        self.unit, self.last = 1.0, ""

    def takes(self) -> bool:
        """Does the innermost element belong to it?"""
        where = self.where
        return "teiHeader" in where[:4] or "listPerson" in where or where[-1:] in (["timeline"], ["when"])

    def begin(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if name in ("person", "personGrp"):
            self.person = Somebody(role=attrs.get("role", ""))
            self.people.setdefault(attrs.get("id", ""), self.person)
        elif name == "availability" and attrs.get("status", "").strip().casefold() == "restricted":
            self.statements.append(("availability", "status is restricted"))
        elif name == "licence" and attrs.get("target", "").strip():
            self.statements.append(("licence", attrs["target"]))
        elif name == "timeline":
            self.unit = UNITS.get(attrs.get("unit", "s"), 1.0)
        elif name == "when":
            self.moment(attrs)
        elif name == "language" and not self.language:
            self.language = attrs.get("ident", "")
        elif name == "date" and not self.date and any(parent in DATED for parent in self.where):
            self.date = attrs.get("when", attrs.get("when-iso", ""))
        if name in ("forename", "surname", "roleName", "nameLink", "addName", "genName"):
            self.words.append(" ")
        if name in ("title", "publisher") or (name in ("persName", "name") and "person" in self.where):
            self.words = []
            self.hidden = "pseudo" in attrs.get("type", "").casefold()

    hidden = False

    def say(self, words: str) -> None:
        """Words of a field."""
        self.words.append(words)
        if "availability" in self.where:
            self.terms.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        words = " ".join("".join(self.words).split())
        if name == "availability" and self.where.count(name) == 1:
            self.statements.append(("availability", "".join(self.terms).strip()))
            self.terms = []
        elif name in ("p", "ab", "licence", "availability") and "availability" in self.where:
            self.terms.append("\n")  # each is a statement of its own
        elif name in ("title", "publisher") and ("titleStmt" in self.where or "publicationStmt" in self.where):
            self.fields.setdefault(name, words)
        elif name in ("persName", "name") and "person" in self.where and words and self.better():
            self.person.name, self.person.hidden = words[:120], self.hidden

    def better(self) -> bool:
        """Does a name go over the one that the person has? A pseudonym does: it was asked for."""
        return not self.person.name or (self.hidden and not self.person.hidden)

    def moment(self, attrs: dict[str, str]) -> None:
        """A point of the time line, in seconds from its first."""
        at: float | None = None
        absolute, interval = CLOCK.fullmatch(attrs.get("absolute", "").strip()), attrs.get("interval", "").strip()
        if absolute:
            clock = seconds(absolute[1])
            self.zero = clock if self.zero is None else self.zero
            at = clock - self.zero if clock is not None and self.zero is not None else None
        elif NUMBER.fullmatch(interval):
            since = _id(attrs.get("since", "")) or self.last
            start = self.moments.get(since, 0.0 if not self.moments else None)
            at = start + float(interval) * self.unit if start is not None else None
        elif not self.moments:
            at = 0.0
        self.last = attrs.get("id", "")
        self.moments[self.last] = round(at, 3) if at is not None and at >= 0 else None

    def time(self, ref: str) -> float | None:
        """The seconds of a reference to the time line, or of a time such as 00:01:02.5."""
        return self.moments[_id(ref)] if _id(ref) in self.moments else seconds(ref)

    def one(self, name: str) -> str:
        """A field on one line."""
        return " ".join(self.fields.get(name, "").split())

    def about(self) -> dict[str, str]:
        """What the header says of the whole."""
        date, language = self.date.strip()[:10], self.language
        return {
            "date": dates.day(date) if dates.only(date) else "",
            "publisher": self.one("publisher")[:300],
            "language": language if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z0-9]{2,8}){0,3}", language) else "",
            "licence": "; ".join(filter(None, (" ".join(words.split()) for _, words in self.statements)))[:1000],
        }


def _id(ref: str) -> str:
    """The name in a reference: "#T1" and "people.xml#T1" are T1."""
    return ref.strip().rpartition("#")[2]


# --- the text ----------------------------------------------------------------------------------------------


class _Speech:
    """What has been read so far of the text; lives for one call of `read`. `where`: the names of the elements that
    are open."""

    def __init__(self, where: list[str], header: _Header) -> None:
        self.where, self.header = where, header
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.gap = False  # white space stands before what comes next
        self.apart = False  # something that is left out stands before it, which parts words but no signs
        self.unseen = 0  # how many elements are open of which nothing is seen
        self.noted: list[str] | None = None  # the words of a note on what was heard
        self.speaking = 0  # how many elements of speech are open
        self.line = 0  # how many elements are open of a line that nobody says
        self.label = self.spoken = ""
        self.since: float | None = None
        self.until: float | None = None
        self.texts = 0
        self.aside: Counter[str] = Counter()
        self.deleted = 0

    def told(self) -> list[Warning]:
        """What is to be told of what is left out."""
        warnings: list[Warning] = []
        if self.aside:
            names = ", ".join(f"{count} × {name}" for name, count in sorted(self.aside.items()))
            warnings.append(Warning(f"what happened beside the words is left out: {names}"))
        if self.deleted:
            what = f"{many(self.deleted, 'deletion is', 'deletions are')} no part of the text: left out"
            warnings.append(Warning(what, "", "If the words were said, take the “del” round them away."))
        return warnings

    # --- words ---

    def say(self, words: str) -> None:
        """Words as they stand; of white space it is kept only that there is some."""
        if self.noted is not None:
            self.noted.append(words)
        if self.unseen or not (self.speaking or self.line):
            return
        if not words.strip():
            self.gap = True
            return
        if self.where[-1] == "pc" and not OPENING.fullmatch(words.strip()):
            self.gap = False
        self.put(words)

    def put(self, words: str) -> None:
        """Words, behind a space where there is a gap, but not behind an opening sign."""
        if self.words and OPENING.search(self.words[-1]):
            words = words.lstrip()
        elif self.words and (self.gap or (self.apart and words[0] not in CLOSING)):
            self.words.append(" ")
        self.gap = self.apart = False
        self.words.append(words)

    def note(self, words: str) -> None:
        """A note on what was heard, such as [laughs], apart from the words around it."""
        if self.speaking:
            self.gap = True
            self.put(f"[{words}]")
            self.gap = True

    def flush(self, until: float | None, kind: BlockKind = "speech") -> None:
        """The words since the last point in time are done."""
        text = " ".join("".join(self.words).split())
        self.words, self.gap, self.apart = [], False, False
        if text:
            time: Times | None = None
            if kind == "speech" and self.since is not None:
                time = (self.since, max(self.since, until if until is not None else self.since))
            self.pieces.append(Piece(text, self.label if kind == "speech" else "", time, kind=kind))

    # --- elements ---

    def begin(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self.unseen:
            self.unseen += 1
        elif name == "text":
            self.texts += self.where.count("text") == 1
        elif name in SPEECH:
            self.utter(name, attrs)
        elif name in LINES and not self.speaking:
            self.line += 1
        elif not self.hides(name, attrs) and (self.speaking or self.line):
            self.content(name, attrs)

    def hides(self, name: str, attrs: dict[str, str]) -> bool:
        """Nothing is seen of some elements; what they tell is counted, or noted in brackets."""
        said = name == "del" and SPOKEN.search(attrs.get("type", ""))
        if name in ("vocal", "gap"):
            self.noted = []
            told = attrs.get("reason" if name == "gap" else "type", "").strip()
            self.heard = told if PLAIN.fullmatch(told) else "inaudible" if name == "gap" else ""
        elif name in ASIDE:
            self.aside[name] += 1
        elif name == "del" and not said:
            self.deleted += 1
        elif name == "speaker":
            self.noted = []
        elif name not in ABOUT:
            return False
        self.unseen = 1
        return True

    heard = ""

    def utter(self, name: str, attrs: dict[str, str]) -> None:
        """Somebody begins to speak: an utterance, or the block that holds it and says whose it is."""
        if not self.speaking:
            self.flush(None, "note")
            self.label, self.since, self.until = "", None, None
        elif name != "annotationBlock":
            self.flush(self.until)
        self.speaking += 1
        if attrs.get("who", "").strip():
            self.label = " & ".join(dict.fromkeys(_id(ref) for ref in attrs["who"].split()))
        self.since = _first(self.header.time(attrs.get("start", "")), self.since)
        self.until = _first(self.header.time(attrs.get("end", "")), self.until)

    def content(self, name: str, attrs: dict[str, str]) -> None:
        """An element among the words begins."""
        if name == "w":
            self.gap = attrs.get("join") not in ("left", "both") and not self.joined
        elif name in ("seg", "p", "l", "ab", "lb", "cb", "pb", "del", "s"):
            self.gap = True
        elif name in ("unclear", "supplied"):
            self.put("[")
        at = (
            self.header.time(attrs.get("synch", attrs.get("begin", "")))
            if "synch" in attrs or "begin" in attrs
            else None
        )
        if at is not None and self.speaking:
            self.flush(at)
            self.since = at
        self.joined = attrs.get("join") in ("right", "both")

    joined = False

    def end(self, name: str) -> None:
        """An element ends."""
        if self.unseen:
            self.unseen -= 1
            if not self.unseen:
                self.unhidden(name)
        elif name in SPEECH and self.speaking:
            self.speaking -= 1
            if name != "annotationBlock":
                self.flush(self.until)
        elif name in LINES and self.line:
            self.line -= 1
            if not self.line:
                self.flush(None, "heading" if name == "head" else "note")
        elif self.speaking or self.line:
            if name in ("unclear", "supplied"):
                self.closed("?" if name == "unclear" else "")
            self.gap = self.gap or name in ("seg", "p", "l", "ab", "del", "s")

    def closed(self, doubt: str) -> None:
        """Words of which the transcriber is not sure, or which were put in, are done."""
        self.words[-1] = self.words[-1].rstrip()
        self.words.append("unclear]" if self.words[-1] == "[" else doubt + "]")

    def unhidden(self, name: str) -> None:
        """What is not seen is over: a note on what was heard, or the name of who speaks."""
        words = " ".join("".join(self.noted or ()).split())
        self.noted = None
        if name in ("vocal", "gap"):
            heard = words if PLAIN.fullmatch(words) else self.heard
            if heard:
                self.note(heard)
            else:
                self.aside[name] += 1
        elif name == "speaker" and words and (not self.label or self.label not in self.header.people):
            self.label = words.strip(" .:")[:80]
        self.apart = self.apart or name in ASIDE


def _first(*given: float | None) -> float | None:
    return next((one for one in given if one is not None), None)
