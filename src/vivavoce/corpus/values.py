"""What the steps over a corpus hand to one another: plain values, so that they can be sent to another machine."""

from __future__ import annotations

import msgspec

from vivavoce.errors import VivavoceError
from vivavoce.model import Cast, Naming, Passage, Quote, Source, Value

TABLES = ("quotes", "people", "moments")


class Fields(Value, frozen=True):
    """Which fields of a record hold what; a name may lead inwards ("meta.date"). "": the usual names are tried."""

    text: str = ""
    id: str = ""
    url: str = ""
    date: str = ""
    title: str = ""


class Settings(Value, frozen=True):
    """What is asked for, beside the inputs: all that the output depends on, and the limits for one document.

    `tables`: how far to go. `seconds`, `memory` (MiB): what one document may take. `day`: ISO, by which rights are
    judged. `shard`: MiB of input for each part (0: by the size of the whole).
    """

    tables: str = "moments"
    engine: str = "best"
    fields: Fields = Fields()
    seconds: float = 60.0
    memory: int = 2048
    day: str = ""
    shard: float = 0.0
    text: bool = False


class Input(Value, frozen=True):
    """A file of the corpus. `url`: where it is; `name`: how it is told; `kind`: "lines", "packed lines", "parquet",
    "warc", "packed warc" or "file"; `root`: the folder that a file's sidecar and recordings are looked for from (""
    for one that is not on this machine)."""

    url: str
    name: str
    kind: str
    size: int
    root: str = ""


class Piece(Value, frozen=True):
    """A stretch of an input: what begins at `start` or later and before `end`, in bytes (lines, WARC), rows (Parquet,
    `group`: the row group), or all of it."""

    input: Input
    start: int = 0
    end: int = 0
    group: int = 0


class Shard(Value, frozen=True):
    """The documents that are done together and make one part of each table. `size`: about how many bytes."""

    number: int
    pieces: tuple[Piece, ...]
    size: int


class Document(Value, frozen=True):
    """A document as it comes out of an input, not read yet.

    `name`: what its quotations call their source. `file`, `at`: where it stands (the input's name, and the byte, row
    or record at which it begins). `data`: its bytes; None for a file, which is read from `root`. `format`: its
    reader's name, or "". `told`: title, date and address as the record has them. `problem`: why there is none.
    """

    name: str
    file: str
    at: int = 0
    data: bytes | None = None
    format: str = ""
    told: dict[str, str] = msgspec.field(default_factory=dict)
    root: str = ""
    problem: str = ""


class Problem(Value, frozen=True):
    """A document that was set aside: `kind` is "record", "unreadable", "time", "memory" or "crash"."""

    source: str
    file: str
    place: int
    kind: str
    problem: str


class Facts(Value, frozen=True):
    """A row of the table of documents."""

    source: str
    file: str
    place: int
    kind: str
    format: str
    url: str = ""
    title: str = ""
    date: str = ""
    publisher: str = ""
    language: str = ""
    characters: int = 0
    words: int = 0
    quotes: int = 0
    withheld: bool = False
    text_hash: str = ""
    text: str | None = None


class Found(Value, frozen=True):
    """What one document gives: its row, its quotations with the figure that said each, who is in it, what it tells; a
    transcript that is looked through, itself."""

    facts: Facts
    quotes: tuple[Quote, ...] = ()
    figures: tuple[str | None, ...] = ()
    cast: Cast | None = None
    passages: tuple[Passage, ...] = ()
    namings: tuple[Naming, ...] = ()
    source: Source | None = None


class Task(Value, frozen=True):
    """One part of a step: what to do, and where the tables lie. `parts`: how many parts of the corpus there are;
    `buckets`: into how many heaps what has one key is put together; `first`: how many documents are in the parts
    before, once that is known."""

    out: str
    settings: Settings
    shard: Shard
    parts: int
    buckets: int
    first: int = 0


class Heap(Value, frozen=True):
    """One heap of things with one key, out of all parts."""

    out: str
    settings: Settings
    number: int
    parts: int
    buckets: int


class Pair(Value, frozen=True):
    """A part of the quotations that is looked for in a part of the transcripts. `number`: of the pair; `quotes`,
    `heard`: of the parts; `others`: how many words the other parts of the transcripts have."""

    out: str
    number: int
    quotes: int
    heard: int
    others: int = 0


class Done(Value, frozen=True):
    """What became of one part of a step."""

    step: str
    part: int
    counts: dict[str, int] = msgspec.field(default_factory=dict)


class CannotGoOn(VivavoceError):
    """The folder of the tables is of another corpus, or of other settings."""
