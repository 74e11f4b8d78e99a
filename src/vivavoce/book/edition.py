"""What every edition is made from: the book as it is printed, in one value that the writers set in type.

A writer (`pdf`, `epub`, `docx`, `html`) takes an `Edition` and nothing else: all words, numbers, ids and the order are
settled here, so that all editions say the same.
"""

from __future__ import annotations

from typing import Literal

from vivavoce.book.arrangement import Run
from vivavoce.model import Value

Runs = tuple[Run, ...]


class Speech(Value, frozen=True):
    """A block as it is printed. `kind`: "interview" (our own), "press" (quoted from an article) or "document" (an
    article's own words). `name`: the speaker, or a document's heading. `role`: what they are to the story, where they
    first speak ("" after that). `via`: where the press has it from ("in The Longwave, 1986"). `note`: number of its
    endnote."""

    id: str
    kind: Literal["interview", "press", "document"]
    name: str
    role: str
    via: str
    paragraphs: tuple[Runs, ...]
    note: int
    person: str = ""


class Told(Value, frozen=True):
    """The author's narration."""

    id: str
    kind: Literal["paragraph", "item", "heading"]
    runs: Runs


class Image(Value, frozen=True):
    """A picture that is printed: `path` is from the project's folder, `credit` and `caption` may be ""."""

    id: str
    path: str
    alt: str
    caption: str
    credit: str = ""


class Pause(Value, frozen=True):
    """A break within a chapter."""

    id: str


Piece = Speech | Told | Image | Pause


class Part(Value, frozen=True):
    """A chapter as it is printed; `title` is "" for what stands before the first."""

    id: str
    title: str
    pieces: tuple[Piece, ...]


class Note(Value, frozen=True):
    """An endnote: what block it belongs to, how it is told, and an address if there is one."""

    number: int
    piece: str
    text: str
    address: str = ""


class Member(Value, frozen=True):
    """Somebody in the dramatis personae: whom they play, what they were (`then`) and are (`now`), when they were
    interviewed, and what else must be known (died, declined). `speaks`: they have a voice in this book."""

    id: str
    name: str
    then: str
    now: str
    interviewed: str
    note: str
    speaks: bool


class Entry(Value, frozen=True):
    """A work in the bibliography: our own interviews, or the press."""

    kind: Literal["interview", "press"]
    source: str
    text: str
    address: str = ""


class Mentioned(Value, frozen=True):
    """An entry of the index: a person (surname first) or a work, and the pieces where it stands, in printed order."""

    kind: Literal["person", "work"]
    name: str
    pieces: tuple[str, ...]


class Edition(Value, frozen=True):
    """A whole book. `day`: of publication (ISO). `identifier`: a urn:uuid that stays the same while title and author
    do. `method`: the note on method and edit policy, paragraphs. `rights`: the copyright page's lines. `gaps`: how
    many gaps in the narration were left out."""

    title: str
    subtitle: str
    author: str
    language: str
    day: str
    identifier: str
    trim: Literal["a5", "6x9", "letter"]
    rights: tuple[str, ...]
    dedication: str
    introduction: tuple[Runs, ...]
    method: tuple[str, ...]
    people: tuple[Member, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    bibliography: tuple[Entry, ...]
    index: tuple[Mentioned, ...]
    gaps: int = 0
