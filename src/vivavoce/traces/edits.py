"""What was changed from the words of a place to those of a quotation, as operations that can be carried out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from vivavoce.language.lexicon import lexicon
from vivavoce.model import WORD, Edit, EditKind, Span, TracePlace
from vivavoce.model import folded as words_of
from vivavoce.traces.align import Piece
from vivavoce.traces.corpus import Corpus

ELLIPSIS = re.compile(r"…|\.\.\.|\. \. \.")
NEAR = 8  # words over which a word may have moved


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
        changed_here = [
            edit(c, q, step, n, piece.place[1]) for step in moved(steps(piece, begin, end), c, q) if step.op != "same"
        ]
        text = texts[c.turns[int(c.turn[piece.place[0]])][0]]
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


def steps(piece: Piece, begin: int, end: int) -> list[Step]:
    """A piece, block by block, with what lies between: words `begin` to `end` of the quotation are accounted for."""
    low, high = piece.place
    out: list[Step] = []
    at, pos = begin, low
    for block in piece.blocks:
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


def edit(c: Corpus, q: Quoted, step: Step, place: int, end: int) -> Edit:
    """A step as a value: `at` in the text of the place's source; what is added stands before a word, or behind the
    last, word `end` of the corpus."""
    if step.low < step.high:
        at = (int(c.start[step.low]), int(c.end[step.high - 1]))
    else:
        point = int(c.start[step.low] if step.low < end else c.end[end - 1])
        at = (point, point)
    to = printed(q, step.first, step.last)
    return Edit("add" if step.op == "same" else step.op, at, to, kind(c, q, step, to), place)


def printed(q: Quoted, first: int, last: int) -> str:
    """Words of the quotation as they stand, with the brackets round them."""
    if first >= last:
        return ""
    a, b = q.spans[first][0], q.spans[last - 1][1]
    a -= q.text[a - 1 : a] == "["
    return q.text[a : b + (q.text[b : b + 1] == "]")]


def kind(c: Corpus, q: Quoted, step: Step, to: str) -> EditKind:
    """What an edit is to a reader: a filler or a word in brackets, an ellipsis that tells of it, one that may turn the
    sense round; else "" """
    said = said_words(c, step)
    if step.op in ("drop", "replace", "add") and turning(said) != turning(words_of(to).split()):
        return "sense"
    if step.op == "drop" and fillers(said):
        return "filler"
    if step.op == "drop" and ELLIPSIS.search(between(q, step.first)):
        return "ellipsis"
    return "bracket" if to.startswith("[") and to.endswith("]") else ""


def said_words(c: Corpus, step: Step) -> list[str]:
    """The folded words of a step's place."""
    return [c.spelled[i] for i in c.ids[step.low : step.high].tolist() if i >= 0]


def turning(said: list[str]) -> bool:
    """Whether one of some folded words denies."""
    return any(word in lexicon().denying or word.endswith("n't") for word in said)


def fillers(said: list[str]) -> bool:
    """Whether some folded words are fillers and nothing else: "um", "you know"."""
    words, at = lexicon(), 0
    while at < len(said):
        phrase = next((p for p in words.fillers.get(said[at], ()) if tuple(said[at : at + len(p)]) == p), ())
        if not phrase:
            return False
        at += len(phrase)
    return True


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
