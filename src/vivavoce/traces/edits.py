"""What was changed from the words of a place to those of a quotation, as operations that can be carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from vivavoce.model import WORD, Edit, EditKind, Source, Span, TracePlace, Turn
from vivavoce.model import folded as words_of
from vivavoce.traces.align import Block, Piece, slid
from vivavoce.traces.corpus import Corpus, corpus, looked_up
from vivavoce.traces.kinds import Change, kind_of

NEAR = 8  # words over which a word may have moved
BESIDE = 80  # code points on either side of a change that are read to know what it is


class Quoted(NamedTuple):
    """A quotation's words: their numbers, and where each stands in `text`."""

    text: str
    ids: list[int]
    spans: list[Span]


class Step(NamedTuple):
    """Words `low` to `high` of the corpus became words `first` to `last` of the quotation."""

    op: Literal["same", "drop", "replace", "add", "move"]
    low: int
    high: int
    first: int
    last: int


def edits(c: Corpus, q: Quoted, pieces: Sequence[Piece], texts: Sequence[str]) -> tuple[Edit, ...]:
    """What was changed, in printed order; `texts`: those of the sources, by number. Words of the quotation that stand
    between two places are added to the one before them; those at its beginning to the first."""
    out: list[Edit] = []
    for n, piece in enumerate(pieces):
        begin = piece.first if n else 0
        end = pieces[n + 1].first if n + 1 < len(pieces) else len(q.ids)
        text = texts[c.turns[int(c.turn[piece.place[0]])][0]]
        done = moved(steps(piece.blocks, piece.place, begin, end), c, q)
        changed_here = [edit(c, q, step, n, piece.place[1], text) for step in done if step.op != "same"]
        aside = [
            at for at in notes(c, piece, text) if not any(e.at[0] <= at[0] < at[1] <= e.at[1] for e in changed_here)
        ]
        out += sorted([*changed_here, *(Edit("drop", at, "", "note", n) for at in aside)], key=lambda e: e.at)
    return tuple(out)


def notes(c: Corpus, piece: Piece, text: str) -> list[Span]:
    """What stands between the words of a place without being speech: a time, a note."""
    low, high = piece.place
    ends, starts = c.end[low : high - 1].tolist(), c.start[low + 1 : high].tolist()
    return [(a, b) for a, b in zip(ends, starts, strict=True) if b - a > 1 and WORD.search(text, a, b)]


def steps(blocks: Sequence[Block], place: Span, begin: int, end: int) -> list[Step]:
    """The words of a place, block by block, with what lies between: words `begin` to `end` of the quotation are
    accounted for."""
    out: list[Step] = []
    at, (pos, high) = begin, place
    for block in blocks:
        out += changed(pos, block.pos, at, block.at)
        at, pos = block.at + block.size, block.pos + block.size
        out.append(Step("same", block.pos, pos, block.at, at))
    return out + changed(pos, high, at, end)


def changed(low: int, high: int, first: int, last: int) -> list[Step]:
    """What lies between two blocks: nothing, or one step."""
    if low == high and first == last:
        return []
    return [Step("add" if low == high else "drop" if first == last else "replace", low, high, first, last)]


def moved(found: list[Step], c: Corpus, q: Quoted) -> list[Step]:
    """The steps, with words that were dropped here and added there made one move of all that lies between."""
    out: list[Step] = []
    for step in found:
        if len(out) > 1 and (whole := one_move(out[-2], out[-1], step, c, q)):
            out[-2:] = [whole]
        else:
            out.append(step)
    return out


def one_move(a: Step, same: Step, b: Step, c: Corpus, q: Quoted) -> Step | None:
    """Two steps round words that stay, if they are one move; None if not."""
    if same.op != "same" or same.high - same.low > NEAR or {a.op, b.op} != {"drop", "add"}:
        return None
    gone, come = (a, b) if a.op == "drop" else (b, a)
    if c.ids[gone.low : gone.high].tolist() != q.ids[come.first : come.last]:
        return None
    return Step("move", a.low, b.high, a.first, b.last)


def edit(c: Corpus, q: Quoted, step: Step, place: int, end: int, text: str) -> Edit:
    """A step as a value: `at` in the text of the place's source; what is added stands before a word, or behind the
    last, word `end` of the corpus."""
    if step.low < step.high:
        at = (int(c.start[step.low]), int(c.end[step.high - 1]))
    else:
        point = int(c.start[step.low] if step.low < end else c.end[end - 1])
        at = (point, point)
    to = put(q, step.first, step.last)
    return Edit("add" if step.op == "same" else step.op, at, to, kind(q, step, at, to, text), place)


def put(q: Quoted, first: int, last: int) -> str:
    """Words of the quotation as they stand, with the brackets round them."""
    if first >= last:
        return ""
    a, b = q.spans[first][0], q.spans[last - 1][1]
    a -= q.text[a - 1 : a] == "["
    return q.text[a : b + (q.text[b : b + 1] == "]")]


def kind(q: Quoted, step: Step, at: Span, to: str, text: str) -> EditKind:
    """What an edit is to a reader (`kinds.py`)."""
    if step.op == "same":
        return ""
    begin, low = (q.spans[step.first][0] if step.first < len(q.spans) else len(q.text)), max(0, at[0] - BESIDE)
    start = begin - len(to) if to.startswith("[") else begin
    return kind_of(
        Change(
            op=step.op,
            said=text[slice(*at)],
            to=to,
            before=text[low : at[0]],
            after=text[at[1] : at[1] + BESIDE],
            printed=q.text[max(0, min(start, begin) - BESIDE) : begin].rstrip("["),
            gap=between(q, step.first),
        )
    )


def between(q: Quoted, at: int) -> str:
    """What stands in the quotation between two of its words."""
    low = q.spans[at - 1][1] if at else 0
    return q.text[low : q.spans[at][0] if at < len(q.spans) else len(q.text)]


def carried_out(places: Sequence[TracePlace], done: Sequence[Edit], texts: dict[str, str]) -> str:
    """The folded words that the places give when their edits are carried out: those of the quotation.

    `texts`: source path -> text.
    """
    out: list[str] = []
    for n, place in enumerate(places):
        text, at = texts[place.source], place.span[0]
        for e in sorted((e for e in done if e.place == n), key=lambda e: e.at):
            out += [text[at : e.at[0]], e.to]
            at = max(at, e.at[1])
        out.append(text[at : max(at, place.span[1])])
    return words_of(" ".join(out))


def compare(said: str, printed: str) -> tuple[Edit, ...]:
    """The edits that make of some words the words that are printed: `at` in `said`, in printed order, all of place 0.
    Carried out they give the folded words of `printed`; none where only typography differs. By a longest common
    subsequence of words (Hyyrö 2004)."""
    whole = (0, len(said))
    c = corpus([Source("", "transcript", "text", text=said, turns=(Turn("", (whole,), *whole),))])
    ids, spans = looked_up(c, printed, [(0, len(printed))])
    size = len(c.ids) - 1
    found = LCSseq.opcodes(c.ids[:size].tolist(), ids).as_matching_blocks()
    blocks = slid(c, ids, [Block(m.b, m.a, m.size) for m in found if m.size])
    q = Quoted(printed, ids, spans)
    if not size:
        return (Edit("add", (0, 0), put(q, 0, len(ids))),) if ids else ()
    done = moved(steps(blocks, (0, size), 0, len(ids)), c, q)
    return tuple(edit(c, q, step, 0, size, said) for step in done if step.op != "same")
