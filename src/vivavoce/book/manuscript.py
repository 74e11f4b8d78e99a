"""`book.md` as it stands on the disk: its pieces, each with its own signs, to be moved, taken out, put in and written
anew, while every byte of the others stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from markdown_it.token import Token
from msgspec.structs import replace

from vivavoce.book.arrangement import (
    ABOUT,
    MARK,
    Arrangement,
    Block,
    Break,
    Gap,
    Narration,
    Plate,
    of_tokens,
    tokens_of,
    tops,
)
from vivavoce.errors import BadFile, UsageError
from vivavoce.model import Value

MARKER = "\ufeff"  # a byte-order mark is no text
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
END = re.compile(r"\r\n|\r|\n")
LAST = re.compile(rf"(?:{END.pattern})\Z")  # the line end that closes a text
OTHERWISE = "Another part of book.md would read otherwise then. Nothing was changed; do this in an editor."

Kind = Literal["chapter", "heading", "block", "narration", "gap", "list", "plate", "break", "comment", "other"]
OF_ITEM: dict[type, Kind] = {Block: "block", Gap: "gap", Plate: "plate", Break: "break", Narration: "narration"}
OF_TOKEN: dict[str, Kind] = {
    "heading_open": "heading", "bullet_list_open": "list", "ordered_list_open": "list", "html_block": "comment",
}  # fmt: skip


class Piece(Value, frozen=True):
    """A piece of the file: `text`, its lines as they stand, without the last line's end; `after`, what lies behind it
    (line ends, and what is not printed); `line`, its first, from 1. A chapter is its heading, with the comment that
    tells its moment."""

    kind: Kind
    text: str
    after: str
    line: int


class Manuscript(Value, frozen=True):
    """A whole `book.md`: `lead`, what stands before the first piece (the mark of the version), and the pieces."""

    lead: str
    pieces: tuple[Piece, ...] = ()


def manuscript(data: bytes, file: str = "book.md") -> Manuscript:
    """Read a file into pieces: joined they are its bytes. Raises BadFile if it is no UTF-8, or of a newer version."""
    try:
        return _read(data.decode("utf-8"), file)
    except UnicodeDecodeError as e:
        raise BadFile(f"{file} is not UTF-8 (byte {e.start}). Save it as UTF-8.") from e


def written(made: Manuscript) -> bytes:
    """The bytes of a manuscript."""
    return (made.lead + "".join(p.text + p.after for p in made.pieces)).encode("utf-8")


def arrangement(made: Manuscript) -> Arrangement:
    """What a manuscript says, with the lines of its pieces."""
    return _parsed(written(made).decode("utf-8").removeprefix(MARKER), "book.md")[1]


def chapters(made: Manuscript) -> list[tuple[int, int]]:
    """The pieces of each chapter, from its heading up to the next; what stands before the first is one if there is
    any."""
    heads = [n for n, p in enumerate(made.pieces) if p.kind == "chapter"]
    starts = [*([0] if made.pieces and heads[:1] != [0] else []), *heads, len(made.pieces)]
    return list(pairwise(starts))


def _read(text: str, file: str = "book.md") -> Manuscript:
    mark = MARKER if text.startswith(MARKER) else ""
    text = text[len(mark) :]
    lines, (tokens, told) = LINE.findall(text), _parsed(text, file)
    kinds = _kinds(told)
    found = [(kinds.get(line) or OF_TOKEN.get(first.type, "other"), line, _last(first, line, lines))
             for first, line in tokens]  # fmt: skip
    found = _headed(found, lines)
    begin = found[0][1] - 1 if found else len(lines)
    pieces = tuple(_pieces(found, lines))
    return Manuscript(mark + "".join(lines[:begin]), pieces)


@lru_cache(8)  # a change is read again to be checked, then shown: the same text
def _parsed(text: str, file: str) -> tuple[tuple[tuple[Token, int], ...], Arrangement]:
    """The tokens that open the pieces of a file, with their lines, and what it says."""
    tokens = tokens_of(text, file)
    return tuple((first, line) for first, line, _ in tops(tokens)), of_tokens(tokens)


Found = tuple[Kind, int, int]  # what it is, its first line from 1, the line behind its last from 0


def _kinds(told: Arrangement) -> dict[int, Kind]:
    """What stands at each line; a list is one piece, whatever it holds."""
    found: dict[int, Kind] = {c.line: "chapter" for c in told.chapters if c.title}
    for item in (i for c in told.chapters for i in c.items):
        if not (isinstance(item, Narration) and item.kind != "paragraph"):
            found[item.line] = OF_ITEM[type(item)]
    return found


def _last(first: Token, line: int, lines: Sequence[str]) -> int:
    """The line behind the last one of a piece that is not empty."""
    end = (first.map or [line - 1, line])[1]
    while end > line and not lines[end - 1].strip():
        end -= 1
    return end


def _headed(found: list[Found], lines: Sequence[str]) -> list[Found]:
    """A chapter's heading and the comment on its moment as one; the mark of the version is none."""
    out: list[Found] = []
    for kind, line, end in found:
        text = "".join(lines[line - 1 : end])
        if kind == "comment" and not out and MARK.search(text):
            continue
        if kind == "comment" and out and out[-1][0] == "chapter" and ABOUT.search(text):
            out[-1] = (out[-1][0], out[-1][1], end)
        else:
            out.append((kind, line, end))
    return out


def _pieces(found: list[Found], lines: Sequence[str]) -> Iterator[Piece]:
    starts = [line - 1 for _, line, _ in found] + [len(lines)]
    for n, (kind, line, end) in enumerate(found):
        whole = "".join(lines[line - 1 : end])
        text = LAST.sub("", whole[-2:]) if len(whole) < 2 else whole[:-2] + LAST.sub("", whole[-2:])
        yield Piece(kind, text, whole[len(text) :] + "".join(lines[end : starts[n + 1]]), line)


# --- changes -----------------------------------------------------------------------------------------------


def moved(made: Manuscript, first: int, last: int, to: int) -> Manuscript:
    """The pieces `first` up to `last` (half-open) put before piece `to` (the number of pieces: behind the last).
    Raises UsageError if others would read otherwise."""
    _within(made, first, last, to)
    if first <= to <= last:
        return made
    taken = made.pieces[first:last]
    left = (*made.pieces[:first], *made.pieces[last:])
    at = to if to < first else to - len(taken)
    return _checked(_seamed(made, (*left[:at], *taken, *left[at:])), len(made.pieces), 0)


def removed(made: Manuscript, first: int, last: int) -> Manuscript:
    """The manuscript without some pieces. What lies behind them and is not printed stays."""
    _within(made, first, last)
    kept = "".join(p.after for p in made.pieces[first:last] if p.after.strip())
    pieces = list(made.pieces)
    lead = made.lead
    if kept and first:
        pieces[first - 1] = replace(pieces[first - 1], after=pieces[first - 1].after + kept)
    elif kept:
        lead += kept
    left = (*pieces[:first], *pieces[last:])
    return _checked(replace(_seamed(made, left), lead=lead), first, 0)


def inserted(made: Manuscript, at: int, text: str) -> Manuscript:
    """The manuscript with text, of one or more pieces, before piece `at`."""
    _within(made, at, at)
    fresh = Piece("other", _of_lines(made, text), "", 0)
    return _checked(_seamed(made, (*made.pieces[:at], fresh, *made.pieces[at:])), at, 1)


def rewritten(made: Manuscript, at: int, text: str) -> Manuscript:
    """The manuscript with a piece written anew; what lies behind it stays. Without words it is taken out."""
    _within(made, at, at + 1)
    fresh = _of_lines(made, text)
    if not fresh:
        return removed(made, at, at + 1)
    pieces = list(made.pieces)
    pieces[at] = replace(pieces[at], text=fresh)
    return _checked(replace(made, pieces=tuple(pieces)), at, 1)


def _within(made: Manuscript, *places: int) -> None:
    if any(not 0 <= n <= len(made.pieces) for n in places) or sorted(places[:2]) != list(places[:2]):
        raise UsageError("That place is not in book.md any more. Load the page again.")


def line_end(made: Manuscript) -> str:
    """How the lines of the file end."""
    found = END.search(made.lead + "".join(p.text + p.after for p in made.pieces))
    return found[0] if found else "\n"


def _of_lines(made: Manuscript, text: str) -> str:
    """What a person typed, with the line ends of the file, without empty lines round it."""
    lines = END.sub("\n", text).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return line_end(made).join(lines).rstrip()


def _seamed(made: Manuscript, pieces: Sequence[Piece]) -> Manuscript:
    """Pieces in a new order: those that stood side by side keep what lies between them, others get an empty line."""
    end = line_end(made)
    before = {id(a): b for a, b in pairwise(made.pieces)}
    lead = made.lead
    if lead.strip(MARKER) and pieces and (not made.pieces or pieces[0] is not made.pieces[0]):
        lead = _apart(lead, end)
    out = []
    for n, piece in enumerate(pieces):
        following = pieces[n + 1] if n + 1 < len(pieces) else None
        if following is None:
            after = _at_end(made, piece, end)
        else:
            after = piece.after if before.get(id(piece)) is following else _apart(piece.after, end)
        out.append(replace(piece, after=after))
    return Manuscript(lead, tuple(out))


def _at_end(made: Manuscript, piece: Piece, end: str) -> str:
    """What lies behind the last piece: what lay behind the last one before."""
    if piece.after.strip():
        return piece.after
    last = made.pieces[-1].after if made.pieces else end
    return last if not last.strip() else end


def _apart(after: str, end: str) -> str:
    """What lies between two pieces, with an empty line in it; where more lies there, at its end."""
    tail = after[len(after.rstrip()) :] if after.strip() else after
    return after + end * max(2 - len(END.findall(tail)), 0)


def _checked(fresh: Manuscript, before: int, new: int) -> Manuscript:
    """A manuscript as it is read again: all pieces but the `new` ones behind the first `before` must be the same."""
    again = _read(written(fresh).decode("utf-8"))
    same = [(p.kind, p.text) for p in fresh.pieces]
    behind = len(same) - before - new
    read = [(p.kind, p.text) for p in again.pieces]
    tail = read[len(read) - behind :] if behind else []
    if read[:before] != same[:before] or tail != same[len(same) - behind :] * bool(behind):
        raise UsageError(OTHERWISE)
    if len(read) < before + behind or (not new and len(read) != len(same)) or again.lead != fresh.lead:
        raise UsageError(OTHERWISE)
    return again


def at_line(made: Manuscript, line: int) -> int:
    """Which piece a line of the file stands in; -1 before the first."""
    return bisect_right(made.pieces, line, key=lambda p: p.line) - 1
