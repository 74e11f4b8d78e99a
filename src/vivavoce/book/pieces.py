"""What the writers share: an edition without what no file can hold, its words cut at pages, its notes, sources and
index in the order in which they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from vivavoce.book.arrangement import Run
from vivavoce.book.edition import Edition, Entry, Image, Member, Mentioned, Note, Part, Piece, Runs, Speech, Told
from vivavoce.book.typography import curled, set_in_type
from vivavoce.language import dates
from vivavoce.model import Value
from vivavoce.site.addresses import foreign
from vivavoce.site.pages import language
from vivavoce.site.words import clean

V = TypeVar("V")

LEADS = frozenset(
    ["id", "path", "address", "source", "piece", "person", "identifier", "kind", "trim", "day", "language"]
)
PAGE = 1800  # characters of a page where no paper sets it: the standard page of publishers and translators
KINDS = (("interview", "Interviews"), ("press", "Press"))
TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
ODD = re.compile(r"%(?![0-9A-Fa-f]{2})")


def readable(value: V) -> V:
    """A value of the edition without characters that may stand in no XML, nor be printed."""
    return _readable(value)  # type: ignore[no-any-return]


def printed(edition: Edition) -> Edition:
    """An edition as every writer prints it: readable, with the printer's marks, without a preface of which nothing is
    left."""
    whole = readable(edition)
    if english(edition.language):
        whole = _in_type(whole)
    return msgspec.structs.replace(whole, parts=tuple(p for p in whole.parts if p.title or p.pieces))


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_readable(v) for v in value)
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _readable(getattr(value, name)) for name in value.__struct_fields__})
    return value


def _in_type(value: Any) -> Any:
    """A value of the edition with the printer's marks in all that is read; what leads somewhere stays as it is."""
    if isinstance(value, str):
        return curled(value)
    if isinstance(value, tuple):
        whole = bool(value) and all(isinstance(v, Run) for v in value)
        return set_in_type(value) if whole else tuple(_in_type(v) for v in value)
    if isinstance(value, msgspec.Struct):
        read = (name for name in value.__struct_fields__ if name not in LEADS)
        return msgspec.structs.replace(value, **{name: _in_type(getattr(value, name)) for name in read})
    return value


# --- words -------------------------------------------------------------------------------------------------


def plain(runs: Runs) -> str:
    """The words of runs, without their style."""
    return "".join(run.text for run in runs)


def paragraphs(piece: Piece) -> tuple[Runs, ...]:
    """The paragraphs of a piece that has words."""
    if isinstance(piece, Speech):
        return piece.paragraphs
    return (piece.runs,) if isinstance(piece, Told) else ()


def compared(edition: Edition) -> str:
    """What the copyright page says of the words."""
    return f"The words of this book were compared with their sources on {dates.day(edition.day)}."


def lang(edition: Edition) -> str:
    """The language tag of the book."""
    return language(edition.language)


def english(tag: str) -> bool:
    """Whether a language tag is one of English, whose marks are known here."""
    return language(tag).partition("-")[0].lower() == "en"


def direction(edition: Edition) -> str:
    """How its script runs: "ltr" or "rtl"."""
    return "rtl" if lang(edition).partition("-")[0].lower() in TO_LEFT else "ltr"


def heading(part: Part) -> str:
    """What the contents call a chapter; what stands before the first has no title of its own."""
    return part.title or "Preface"


def facts(member: Member) -> str:
    """Who somebody in the list of people is, in a sentence; "" where nothing is known."""
    told = (member.then, f"now {member.now}" if member.now else "", member.note)
    joined = "; ".join(filter(None, told))
    return f"{joined}." if joined else ""


def caption(image: Image) -> str:
    """A picture's caption, with a stop before its credit."""
    between = " " if image.caption.endswith((".", "!", "?", "…", ".”")) else ". "
    return between.join(filter(None, (image.caption, image.credit)))


def linked(address: str) -> str:
    """An address as a link may hold it; "" where it leads nowhere outside the book."""
    at, sign, place = foreign(address).partition("#")
    safe = "/:?=&%+,;@!$'()*~-._"
    return quote(ODD.sub("%25", at), safe=safe) + sign + quote(ODD.sub("%25", place), safe=safe)


# --- order -------------------------------------------------------------------------------------------------


def grouped(part: Part) -> Iterator[tuple[str, list[Piece]]]:
    """The pieces of a chapter by what they are ("Speech", "Told", "List", "Heading", "Image", "Pause"); those that
    follow one another as one group."""
    for kind, pieces in groupby(part.pieces, _kind):
        yield kind, list(pieces)


def _kind(piece: Piece) -> str:
    if isinstance(piece, Told) and piece.kind != "paragraph":
        return {"item": "List", "heading": "Heading"}[piece.kind]
    return type(piece).__name__


def images(edition: Edition) -> list[Image]:
    """The pictures of a book, each file once."""
    found = (p for part in edition.parts for p in part.pieces if isinstance(p, Image))
    return list({image.path: image for image in found}.values())


def notes_by_part(edition: Edition) -> list[tuple[Part, list[Note]]]:
    """The endnotes under the chapters that they belong to; chapters without a note are left out."""
    home = {piece.id: n for n, part in enumerate(edition.parts) for piece in part.pieces}
    mine: list[list[Note]] = [[] for _ in edition.parts]
    for note in edition.notes:
        if note.piece in home:
            mine[home[note.piece]].append(note)
    return [(part, notes) for part, notes in zip(edition.parts, mine, strict=True) if notes]


def sources_by_kind(edition: Edition) -> list[tuple[str, list[Entry]]]:
    """The bibliography under its headings."""
    found = [(title, [e for e in edition.bibliography if e.kind == kind]) for kind, title in KINDS]
    return [(title, entries) for title, entries in found if entries]


# --- pages -------------------------------------------------------------------------------------------------


class Pages(Value, frozen=True):
    """Pages of a book that no paper has: of even length, from 1 with the first chapter, the same in every edition
    that is read on a screen.

    `begins`: the page that each chapter begins. `of`: the page on which each piece begins. `breaks`: for a
    paragraph (piece, number) the offsets at which pages begin in it. `part`: the chapter of each page, by position.
    """

    begins: dict[str, int]
    of: dict[str, int]
    breaks: dict[tuple[str, int], tuple[tuple[int, int], ...]]
    part: tuple[int, ...]


def paged(edition: Edition) -> Pages:
    """Count the pages of a book."""
    pages = Pages({}, {}, {}, ())
    part_of: list[int] = []
    for number, part in enumerate(edition.parts):
        part_of.append(number)
        pages.begins[part.id] = len(part_of)
        room = PAGE
        for piece in part.pieces:
            pages.of[piece.id] = len(part_of)
            for n, runs in enumerate(paragraphs(piece)):
                cuts, room = _cuts(plain(runs), room)
                begun = len(part_of)
                part_of += [number] * len(cuts)
                if cuts:
                    pages.breaks[piece.id, n] = tuple((at, begun + i) for i, at in enumerate(cuts, 1))
                if n == 0 and cuts[:1] == [0]:
                    pages.of[piece.id] += 1
    return msgspec.structs.replace(pages, part=tuple(part_of))


def _cuts(text: str, room: int) -> tuple[list[int], int]:
    """Where pages begin in a paragraph, at words; and how much room is left behind it."""
    cuts: list[int] = []
    at = 0
    if room <= 0:
        cuts, room = [0], PAGE
    while len(text) - at > room and (space := text.find(" ", at + room)) >= 0:
        at = space + 1
        cuts.append(at)
        room = PAGE
    return cuts, room - (len(text) - at)


def split(runs: Runs, breaks: tuple[tuple[int, int], ...]) -> Iterator[Run | int]:
    """The runs of a paragraph, and between them the numbers of the pages that begin there."""
    waiting = list(breaks)
    at = 0
    for run in runs:
        done = 0
        while waiting and waiting[0][0] < at + len(run.text):
            cut, page = waiting.pop(0)
            if cut - at > done:
                yield Run(run.text[done : cut - at], run.style)
            yield page
            done = cut - at
        yield Run(run.text[done:], run.style)
        at += len(run.text)


def index(edition: Edition, pages: Pages) -> list[tuple[Mentioned, list[tuple[int, str]]]]:
    """The entries of the index, each with its pages and the first piece on each of them."""
    return [
        (m, list({pages.of[p]: p for p in reversed(m.pieces) if p in pages.of}.items())[::-1]) for m in edition.index
    ]
