"""The values that the steps hand to one another: frozen, comparable, JSON in and out. Imports nothing of ours.

Offsets are half-open and count Unicode code points of a source's text. Times are seconds. Values that stand in
the JSON that others rely on (`Quote`, `Person`, `Moment`, `Trace`) have exactly its keys, or more.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import Literal

import msgspec

Span = tuple[int, int]
Times = tuple[float, float]

SourceKind = Literal["press", "transcript", "recording"]
BlockKind = Literal[
    "headline", "dek", "byline", "alt", "caption", "credit", "heading", "teaser", "body", "speech", "note"
]
QuoteKind = Literal["direct", "mixed", "indirect", "turn"]
Channel = Literal["workbench", "site", "book", "export", "search", "ai"]
CHANNELS: tuple[Channel, ...] = ("workbench", "site", "book", "export", "search", "ai")

WORD = re.compile(r"\w+(?:['’]\w+)*")


class Value(msgspec.Struct, frozen=True):
    """The mother of all values: immutable, hashable where its parts are, encoded by msgspec."""


# --- sources -----------------------------------------------------------------------------------------------


class Block(Value, frozen=True):
    """A stretch of the text by what it is. Blocks are in order and do not overlap; white space lies between.

    Quotations come from `body`, `headline`, `dek` and `caption`; `speech` holds the turns of a transcript.
    """

    kind: BlockKind
    start: int
    end: int


class Turn(Value, frozen=True):
    """What one speaker says until the next one speaks.

    `label` is the speaker as the file has it ("" = none given). `spans` are the words, one span a paragraph,
    without labels and stamps. `time` is in seconds, or None where the file has none. `start`, `end` take in the
    label. `name` is who the label is, by the sidecar or the file itself ("" = not told). `asks`: the interviewer.
    `sure`: how sure `name` is, 1.0 where it is told. `why`: what in the talk shows the name, or that they ask, where
    nothing else tells it. `maybe`: who the label may be, by `why`, where that is too little to take it for `name`.
    """

    label: str
    spans: tuple[Span, ...]
    start: int
    end: int
    time: Times | None = None
    name: str = ""
    asks: bool = False
    sure: float = 1.0
    why: str = ""
    maybe: str = ""


class Place(Value, frozen=True):
    """Where a stretch of text stands: in the recording (`time`), on a page, in which paragraph, or where in the
    file (`at`, code points of the decoded file; when `end - start == at[1] - at[0]` it maps one to one)."""

    start: int
    end: int
    time: Times | None = None
    page: str = ""
    paragraph: int | None = None
    at: Span | None = None


class Media(Value, frozen=True):
    """A recording that belongs to a source: path relative to the sources folder, `sound` or `video`."""

    path: str
    kind: Literal["sound", "video"] = "sound"


class Restriction(Value, frozen=True):
    """Something that may not be shown.

    `what` it bars: a whole `source`, a `person` (all their words), a `span` of a source (`spans`) or a source's
    `medium`. `of`: the source's path or the person's name or id. `channels`: where (empty: everywhere).
    `until`: an ISO day on which it ends, or "" for ever, "permission" until it is lifted; whatever cannot be
    understood is kept as it stands and withholds. `ground`: release form, request, law. `called`: a person is not
    withheld, but shown under this name.
    """

    what: str
    of: str
    channels: tuple[str, ...] = ()
    until: str = ""
    ground: str = ""
    spans: tuple[Span, ...] = ()
    called: str = ""


class Warning(Value, frozen=True):
    """What a reader mended or could not take, told to the user: what, where in the file, what next."""

    what: str
    place: str = ""
    remedy: str = ""

    def told(self, path: str) -> str:
        """It as a sentence of the source at a path."""
        where = f"{path}, {self.place}" if self.place and path not in self.place else self.place or path
        return f"{where}: {self.what}." + (f" {self.remedy}" if self.remedy else "")


class Correction(Value, frozen=True):
    """Words of a text as they are shown: `text[start:end]` reads `to`, as the decision of that id (`by`) has it."""

    start: int
    end: int
    to: str
    by: str = ""


class Source(Value, frozen=True):
    """One source as it came: the text is never edited.

    `path` is relative to the sources folder, with `/`. `format` is the reader's name ("vtt", "html", …).
    `date`: ISO day, month or year as far as known, or "". `publish`: "full" or "excerpt" (press).
    `labels`: who the speaker labels are. `interviewers`: labels or names of who asks. `corrections`: what a person
    corrected, in order, apart: a layer that is shown and searched and that nothing else goes by (see `corrected`).
    """

    path: str
    kind: SourceKind
    format: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    turns: tuple[Turn, ...] = ()
    places: tuple[Place, ...] = ()
    media: tuple[Media, ...] = ()
    title: str = ""
    byline: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    address: str = ""
    licence: str = ""
    publish: Literal["full", "excerpt"] = "excerpt"
    labels: dict[str, str] = {}
    interviewers: tuple[str, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    warnings: tuple[Warning, ...] = ()
    file_hash: str = ""
    text_hash: str = ""
    corrections: tuple[Correction, ...] = ()


class Reading(Value, frozen=True):
    """A stretch of a text as it is shown: `text`, and `was`, the words as they came, where they were corrected."""

    start: int
    end: int
    text: str
    was: str = ""


def corrected(source: Source, start: int, end: int) -> list[Reading]:
    """`source.text[start:end]` as it is shown, in stretches that are as they came or corrected. A correction that
    reaches over a border is shown whole on either side of it: half a word is none."""
    out: list[Reading] = []
    at = start
    for one in source.corrections[bisect_right(source.corrections, start, key=lambda c: c.end) :]:
        if one.start >= end:
            break
        if at < one.start:
            out.append(Reading(at, one.start, source.text[at : one.start]))
        at = min(one.end, end)
        out.append(Reading(max(one.start, start), at, one.to, source.text[one.start : one.end]))
    return [*out, Reading(at, end, source.text[at:end])] if at < end or not out else out


def reads(source: Source, start: int, end: int) -> str:
    """`source.text[start:end]` as it is shown, as plain text."""
    return "".join(one.text for one in corrected(source, start, end)) if source.corrections else source.text[start:end]


def told(source: Source, start: int, end: int) -> str:
    """`source.text[start:end]` as it came, but for names that others stand for."""
    if not source.corrections or WITHHELD not in source.text[start:end]:
        return source.text[start:end]
    parts = ((r.text, source.text[r.start : r.end]) for r in corrected(source, start, end))
    return "".join(shown if WITHHELD in came else came for shown, came in parts)


def holds_back(source: Source) -> bool:
    """Whether words of a source are withheld, and no others stand for them."""
    return WITHHELD in source.text and WITHHELD in reads(source, 0, len(source.text))


def place(source: Source, offset: int) -> Place | None:
    """The place of one character: the last place that begins at or before it, if it reaches so far."""
    at = bisect_right(source.places, offset, key=lambda p: p.start) - 1
    return source.places[at] if at >= 0 and offset < source.places[at].end else None


def times(source: Source, start: int, end: int) -> Times | None:
    """The seconds that a stretch of text takes, from its first and its last timed place; None if untimed."""
    first = bisect_right(source.places, start, key=lambda p: p.start) - 1
    found: list[Times] = []
    for at in range(max(first, 0), len(source.places)):
        p = source.places[at]
        if p.start >= end:
            break
        if p.end > start and p.time:
            found.append(p.time)
    return (found[0][0], found[-1][1]) if found else None


def block(source: Source, offset: int) -> Block | None:
    """The block that a character lies in."""
    at = bisect_right(source.blocks, offset, key=lambda b: b.start) - 1
    return source.blocks[at] if at >= 0 and offset < source.blocks[at].end else None


# --- quotations and who said them --------------------------------------------------------------------------


class Mention(Value, frozen=True):
    """Words of the text that name or point at somebody or something (also a cue: the words that report)."""

    start: int
    end: int
    text: str


class PersonRef(Value, frozen=True):
    """A person as other values point at one."""

    id: str
    name: str


class Candidate(Value, frozen=True):
    """Somebody who might have said it, with the weight of the evidence and what it is."""

    name: str
    mention: Mention | None
    score: float
    why: tuple[str, ...] = ()


class Quote(Value, frozen=True):
    """What was said, as spans of the text; `find` gives it, and the build fills in who said it.

    `spans`: the words inside the marks, one a fragment or paragraph (indirect: equals content). `content`: one a
    contiguous reported stretch, tags and cues outside (mixed: the whole reported clause). `block`: the kind of
    block it stands in. `turn`: index of the turn in `source.turns` (transcripts). `cue`: the words that report.
    `confidence`: that the person is right (as `find` gives it: that it is a quotation, which is `sure` afterwards).
    """

    id: str
    source: str
    kind: QuoteKind
    spans: tuple[Span, ...]
    content: tuple[Span, ...]
    text: str
    block: str = "body"
    time: Times | None = None
    speaker: Mention | None = None
    person: PersonRef | None = None
    cue: Mention | None = None
    confidence: float = 0.0
    engine: str = ""
    why: tuple[str, ...] = ()
    turn: int | None = None
    asks: bool = False
    sure: float = 1.0


class Attribution(Value, frozen=True):
    """Who is held to have said a quotation, within its source.

    `quote`: the quotation's id. `speaker`: the mention outside the marks. `figure`: key of the figure (see
    `Figure`) or None when the evidence is thin. `confidence`: of the figure. `candidates`: best first.
    """

    quote: str
    speaker: Mention | None = None
    figure: str | None = None
    cue: Mention | None = None
    confidence: float = 0.0
    engine: str = ""
    why: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Evidence(Value, frozen=True):
    """A stretch of a source that shows something."""

    source: str
    start: int
    end: int


class Role(Value, frozen=True):
    """What somebody is to the story, each with its evidence.

    `kind`: "plays" (`of` a character, in `work`), "job" (`title`, of `work`), "author" (`of`), "married" (`of`),
    "son of", "daughter of" (`of`) … `when`: "then" where the words say that it was so, "now" where they say that it is
    so when they are told, else "".
    """

    kind: str
    of: str = ""
    title: str = ""
    work: str = ""
    evidence: tuple[Evidence, ...] = ()
    when: Literal["then", "now", ""] = ""


class Figure(Value, frozen=True):
    """Somebody as one source knows them: the persons behind figures of all sources are found by `resolve`.

    `key`: unique within the source (the fullest name there, with " (2)" and so on for a second of that name).
    `kind`: "person", "character" (played by a person), "organisation", "group" or "label" (a speaker label that
    names nobody, such as SPEAKER_00). `mentions`: the named ones, in order. `gender`: "m", "f", "" unknown. `called`:
    other names that the source says are theirs (a nickname, a name before marriage). `generation`: "elder" or "younger"
    of two of one name, "" where nothing tells. `unlike`: trades that the source says are another's
    of that name.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "person"
    gender: str = ""
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    called: tuple[str, ...] = ()
    generation: str = ""
    unlike: tuple[str, ...] = ()


class Cast(Value, frozen=True):
    """The figures of one source, as `resolve` needs them (a small summary: no text).

    `labelled`: keys of the figures whom a speaker label names. `story`: the source is told as stories are. `series`:
    what it is an episode of, or "". `heard`: it is a transcript, in which names may be spelt as they sound.
    `shared`: names that the source says two people have. `date`: the source's. `asking`: keys of the figures who ask.
    """

    source: str
    figures: tuple[Figure, ...] = ()
    works: tuple[str, ...] = ()
    labelled: tuple[str, ...] = ()
    story: bool = False
    series: str = ""
    heard: bool = False
    shared: tuple[str, ...] = ()
    date: str = ""
    asking: tuple[str, ...] = ()


class Person(Value, frozen=True):
    """A person of the history, behind figures of any number of sources.

    `id`: a slug of the name, with a number for a second of that name; a shared label's holds its source.
    `figures`: (source path, figure key) of each figure that is this person. `quotes`: how many quotations.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    quotes: int = 0
    roles: tuple[Role, ...] = ()
    kind: str = "person"
    gender: str = ""
    figures: tuple[tuple[str, str], ...] = ()


# --- what is already known, and what a person has ruled ---------------------------------------------------


class Work(Value, frozen=True):
    """A work or a part of one: series, season, episode, film, album, book, place, event."""

    title: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    number: str = ""
    date: str = ""


class KnownPerson(Value, frozen=True):
    """A person named in vivavoce.toml. `died`: an ISO date, or ""; `declined`: did not want to be interviewed."""

    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    gender: str = ""
    died: str = ""
    declined: bool = False


class Imprint(Value, frozen=True):
    """What stands on the first pages of the book, and the size of its pages: `a5`, `6x9` (inches) or `letter`.

    `style`: a CSL file for its citations, from the project's folder ("": our own).
    """

    author: str = ""
    publisher: str = ""
    isbn: str = ""
    year: str = ""
    copyright: str = ""
    dedication: str = ""
    trim: Literal["a5", "6x9", "letter"] = "6x9"
    style: str = ""


class PersonRuling(Value, frozen=True):
    """A person's decision on who is who: `merge` makes one of the figures, `split` keeps them apart, `name`
    renames whoever stands behind them. `figures`: (source path, figure key). `side`: of a split, those of the figures
    that are somebody else, one person, while nothing is said of the others among themselves; none: all are kept
    apart."""

    type: Literal["merge", "split", "name"]
    figures: tuple[tuple[str, str], ...]
    name: str = ""
    side: tuple[tuple[str, str], ...] = ()


class MomentRuling(Value, frozen=True):
    """A person's decision on accounts: `together`, `apart`, or a `title`. `anchors`: (source path, span). `moves`: how
    many of the anchors, the first, are accounts that alone go to the others' moment (together), or out of the one that
    they share with the others into one of their own (apart); 0: it is said of all alike."""

    type: Literal["together", "apart", "title"]
    anchors: tuple[tuple[str, Span], ...]
    title: str = ""
    moves: int = 0


class Known(Value, frozen=True):
    """What one step needs of others, handed on by the build: no step calls another.

    `copies`: ids of quotations that are copies of an earlier telling; `namings`: where the sources name works.
    """

    people: tuple[KnownPerson, ...] = ()
    works: tuple[Work, ...] = ()
    copies: tuple[str, ...] = ()
    person_rulings: tuple[PersonRuling, ...] = ()
    moment_rulings: tuple[MomentRuling, ...] = ()
    namings: tuple[Naming, ...] = ()


# --- accounts ----------------------------------------------------------------------------------------------


class Passage(Value, frozen=True):
    """A stretch in which one figure tells one thing: what `gather` compares (small; made source by source).

    `figure`: key within the source, None for a press article's own narration. `person`: filled in by the build
    once persons are resolved. `about`: the spans that give the context (the paragraph, the question before).
    Signals, all folded: `works` (works, episodes, named events), `names` (who takes part, as named), `numbers`
    ("17 takes"), `dates`, `words` (distinctive words, in order of the text, once each).
    `text` and `around`: the words of `spans` and of `about`, joined by a space. `topic`: which of the source's
    topics it belongs to, counted from 0: neighbours that tell of one thing share it.
    """

    source: str
    figure: str | None
    spans: tuple[Span, ...]
    quotes: tuple[str, ...] = ()
    text: str = ""
    person: PersonRef | None = None
    time: Times | None = None
    told: str = ""
    heading: str = ""
    works: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    about: tuple[Span, ...] = ()
    around: str = ""
    topic: int = 0


class Account(Value, frozen=True):
    """One person in one source telling of one moment, with all its spans. `told`: ISO date of telling."""

    id: str
    person: PersonRef | None
    source: str
    spans: tuple[Span, ...]
    quotes: tuple[str, ...] = ()
    time: Times | None = None
    told: str = ""


class Relation(Value, frozen=True):
    """How two accounts relate; `a` precedes `b` by id; `values[0]` and `evidence[0]` are a's. `engine`: "person" where
    a person decided it, and then `why` says who."""

    a: str
    b: str
    type: Literal["agree", "differ", "dispute"]
    about: str
    values: tuple[str, str] = ("", "")
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    engine: str = ""
    why: tuple[str, ...] = ()


class Happened(Value, frozen=True):
    """When it happened: ISO `start` and `end` as far as known, `precision` (year, month, day, "")."""

    start: str | None = None
    end: str | None = None
    precision: str = ""
    evidence: tuple[Evidence, ...] = ()


class When(Value, frozen=True):
    """When a moment happened and its place in the order of what happened, where known.

    `notes`: relative times in the sources' words ("six months before his final episode"), as evidence.
    """

    happened: Happened | None = None
    order: int | None = None
    notes: tuple[Evidence, ...] = ()


class Moment(Value, frozen=True):
    """An event that is told, with everybody's accounts of it side by side. `former`: ids that redirect here. `note`:
    the editor's."""

    id: str
    title: str
    works: tuple[str, ...] = ()
    when: When = When()
    accounts: tuple[Account, ...] = ()
    relations: tuple[Relation, ...] = ()
    former: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    note: str = ""


# --- traces ------------------------------------------------------------------------------------------------


EditKind = Literal[
    "", "filler", "repeat", "restart", "ellipsis", "bracket", "spelling", "sense", "number", "name", "note"
]
EditPolicy = Literal["verbatim", "clean", "condensed"]
FrameKind = Literal["denied", "doubted", "supposed", "asked", "reported"]


class Edit(Value, frozen=True):
    """One change from the words of a place to the words of the quotation: the words `at` (in the text of the place's
    source) become `to`. `place`: which of the trace's places, from 0. `kind`: a filler left out, words said twice and
    printed once (`repeat`) or begun and given up (`restart`), an ellipsis or a bracket that tells of the change, the
    same word or number written otherwise (`spelling`), one that may turn the `sense` round ("not" lost), another
    `number` or `name`, or a `note` within the speech that nobody said ("(laughs)", a time)."""

    op: Literal["drop", "replace", "add", "move"]
    at: Span
    to: str = ""
    kind: EditKind = ""
    place: int = 0


class TracePlace(Value, frozen=True):
    """Where a traced quotation was said."""

    source: str
    span: Span
    time: Times | None = None
    person: str = ""


class Frame(Value, frozen=True):
    """What the sentence of a place says of the words that were taken out of it, in words that are not printed: `at`, in
    the text of the place's source. "I don't think | we planned it" is `denied`."""

    kind: FrameKind
    at: Span
    place: int = 0


class Nearest(Value, frozen=True):
    """The nearest candidate for a quotation that was found nowhere."""

    source: str
    span: Span
    score: float


class Trace(Value, frozen=True, rename={"found_in": "in", "cls": "class"}):
    """Where a press quotation was said, and what was changed. JSON keys `in` and `class` as in the contract.

    `similarity`: the share of the words, weighed by how seldom they are, that are the same on both sides (of what is
    absent: of its nearest place). `why`: why it was not looked for. `frames`: what the sentences of its places say of
    the words outside of them, so that they were not said as they are printed.
    """

    quote: str
    source: str
    spans: tuple[Span, ...]
    text: str
    speaker: str
    cls: Literal["verbatim", "altered", "spliced", "absent", "misattributed"]
    found_in: str | None = None
    at: tuple[Span, ...] = ()
    time: Times | None = None
    said_by: str = ""
    places: tuple[TracePlace, ...] = ()
    edits: tuple[Edit, ...] = ()
    nearest: Nearest | None = None
    similarity: float = 0.0
    why: str = ""
    frames: tuple[Frame, ...] = ()


# --- works, what is told of them, and when -----------------------------------------------------------------


class Naming(Value, frozen=True):
    """Words that name a work or a part of one, as they stand in a source.

    `title`: as it stands ("" where only a number is given); `kind`: as of a `Work`, or "podcast", "play", "song"
    ("" not told). `season`, `episode`: numbers; `position`: "first" or "last" where an episode is told by its place
    ("the season-seven finale"). `of`: the title, in the same words, of what it is a part of. `sure`: False for words
    in marks that look like a title and that nothing says is one.
    """

    source: str
    start: int
    end: int
    title: str = ""
    kind: str = ""
    season: int | None = None
    episode: int | None = None
    position: str = ""
    of: str = ""
    sure: bool = True


class Fact(Value, frozen=True):
    """What a source tells of a work as a value, with the words that tell it (`start`, `end`: its evidence).

    `kind`: "rating", "viewers", "aired", "released", "published", "opened", "filmed", "wrapped", "takes", "episodes",
    "seasons", "running time", "budget", "earnings", "copies", "award", "nomination". `value`: a number, or an ISO date
    ("--11-15" where no year is told), or an award's name. `unit`: what the number counts ("percent", "of 10",
    "people", "minutes", "USD" …). `about`: it is no exact number. `by`: who rates. `of`: the words of the same
    sentence that name the work, or None; `thing`: the noun that stands for it ("season", "scene"). `work`: id of the
    entry of the catalogue, filled in by `catalogue`. `told`: ISO date of telling.
    """

    source: str
    start: int
    end: int
    kind: str
    value: float | str
    unit: str = ""
    about: bool = False
    by: str = ""
    said: str = ""
    of: Span | None = None
    thing: str = ""
    work: str = ""
    told: str = ""


class Offset(Value, frozen=True):
    """A time told from something else: "six months before the last episode".

    `amount` of `unit` ("month"; 0.0 where it is not told) `before` the anchor, or after it. `anchor`: its words, as
    they stand at `at` ("" and None where they are not told). `event`: what happened to the anchor ("wrapped",
    "aired" …, "" not told). `of`: the naming within the anchor; `thing`: the noun that stands for it. `work`: the
    entry it is told from; `happened`, `precision`: the date that this makes, where the anchor's own is known; both
    filled in by `catalogue`.
    """

    source: str
    start: int
    end: int
    said: str = ""
    amount: float = 0.0
    unit: str = ""
    before: bool = True
    anchor: str = ""
    at: Span | None = None
    event: str = ""
    of: Span | None = None
    thing: str = ""
    work: str = ""
    happened: str = ""
    precision: str = ""
    told: str = ""


class Placing(Value, frozen=True):
    """The place of something in one of two orders: in that in which it was `made`, or in that in which it is `shown`
    (the story's). `position`: "first" or "last"; `said`: the words that tell it; `thing`: the noun for it."""

    source: str
    start: int
    end: int
    order: str
    position: str
    said: str = ""
    thing: str = ""
    work: str = ""
    told: str = ""


class OfWorks(Value, frozen=True):
    """All that one source tells of works, in order of its text."""

    source: str
    namings: tuple[Naming, ...] = ()
    facts: tuple[Fact, ...] = ()
    offsets: tuple[Offset, ...] = ()
    placings: tuple[Placing, ...] = ()


class Entry(Value, frozen=True):
    """A work or a part of one as all sources name it. `part_of`: the id of another entry, or "". `listed`: it stands
    in vivavoce.toml. `evidence`: each place where it is named. `date`: of vivavoce.toml, else the date on which it
    came out where sources tell one."""

    id: str
    title: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    number: str = ""
    date: str = ""
    listed: bool = False
    evidence: tuple[Evidence, ...] = ()


class Catalogue(Value, frozen=True):
    """The works of a history with what is told of them; entries in order: a work, its seasons, their episodes."""

    works: tuple[Entry, ...] = ()
    facts: tuple[Fact, ...] = ()
    offsets: tuple[Offset, ...] = ()
    placings: tuple[Placing, ...] = ()


# --- the whole ---------------------------------------------------------------------------------------------


class Picture(Value, frozen=True):
    """A picture of the history, in the folder of pictures.

    `path`: in that folder, with `/`. `alt`: what is to be seen, in words. `caption`: what stands below it. `credit`:
    whose it is. `date`: of the picture, as its sidecar has it. `rights`: the licence or permission under which it is
    shown. `of`: the people, moments and works that it shows, as they are named, and "cover". `size`: width and
    height, where known. `words`: those that stand in the file itself (a drawing's labels).
    """

    path: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    date: str = ""
    rights: str = ""
    of: tuple[str, ...] = ()
    size: tuple[int, int] | None = None
    words: str = ""
    restrictions: tuple[Restriction, ...] = ()


class Withheld(Value, frozen=True):
    """That something is not shown, without saying what: `what` kind of thing, how many, and on what ground."""

    what: str
    count: int = 1
    ground: str = ""


class History(Value, frozen=True):
    """Everything that an output may show: what is withheld is no longer in it.

    In a published source, withheld stretches of text are overwritten with `WITHHELD` characters, one for one, so
    that offsets stay true; writers print a run of them as a notice. `address`: where its site stands, with a `/` at
    the end, or "".
    """

    title: str
    day: str
    sources: tuple[Source, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[Person, ...] = ()
    moments: tuple[Moment, ...] = ()
    traces: tuple[Trace, ...] = ()
    works: tuple[Work, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    subtitle: str = ""
    language: str = "en"
    introduction: str = ""
    pictures: tuple[Picture, ...] = ()
    of_works: tuple[OfWorks, ...] = ()
    catalogue: Catalogue = Catalogue()
    address: str = ""


WITHHELD = "\u2588"


# --- ids ---------------------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """The words of a text, lower-cased, joined by a space, typography folded: what ids and copies compare."""
    return " ".join(WORD.findall(text.casefold().replace("’", "'")))


def digest(*parts: str, length: int = 12) -> str:
    """A short stable hash (hex) of strings; NUL between them so that no two lists are alike."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def quote_id(source: str, text: str, occurrence: int = 0) -> str:
    """A quotation's id: source path, folded words and occurrence among equals, not offsets, engine or run."""
    return folded_id(source, folded(text), occurrence)


def folded_id(source: str, words: str, occurrence: int = 0) -> str:
    """A quotation's id by its folded words."""
    return digest("quote", source, words, str(occurrence))


# What Windows keeps for devices, whatever the ending: no page or file can be called so there.
DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]")


def slug(name: str) -> str:
    """A name as an address: lower case, words of letters and digits joined by hyphens; never empty, and no name that
    Windows keeps for itself (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.findall(r"[^\W_]+", kept.replace("'", "").replace("’", ""))
    address = "-".join(words)[:80]
    return f"x-{address}" if DEVICES.fullmatch(address) else address or "x-" + digest(name, length=6)
