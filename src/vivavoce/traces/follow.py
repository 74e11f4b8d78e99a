"""Where each quotation was said: in which transcript, when, by whom, and in these words?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import log2
from typing import Literal, NamedTuple

import numpy as np

from vivavoce.model import Frame, Nearest, PersonRef, Quote, Source, Span, Trace, TracePlace, times
from vivavoce.traces.align import Block, Piece, aligned, ended, pieces, widened
from vivavoce.traces.corpus import NOTHING, corpus, looked_up
from vivavoce.traces.edits import Quoted, edits
from vivavoce.traces.frames import LEAD, frame_of
from vivavoce.traces.index import (
    Hits,
    Index,
    Ranges,
    Window,
    hits,
    index,
    ranges,
    straight,
    surprise,
    together,
    windows,
)

FEWEST = 3  # words: a quotation that is shorter tells nothing of where it was said
WHOLE = 4  # words that are a quotation's, however common, if the named speaker said just these; fewer can be missed
TOO_SHORT = "too short to trace"
NEAR = 0.25  # share of a quotation's words, by how seldom they are, that its nearest place has
SHORT = 12  # words up to which a quotation is short
# By whether the one who says it there is the one who is named (None: one of the two is not known): bits beyond what
# chance gives that a place must be worth, and the share of a short and of a longer quotation, by how seldom its words
# are, that must stand there. Chosen on podcasts (docs/accuracy.md): in one of a hundred absent ones as much is found.
NEEDED = {True: (3.0, 0.5, 0.42), None: (9.0, 0.65, 0.5), False: (16.0, 0.8, 0.6)}
SURE = 6.0  # bits beyond chance that another place of a spliced quotation must be worth
CLEAR = 0.8  # share of it beyond which no other lookup is worth its time
AT_A_TIME = 5_000  # quotations that are looked up together
REST = 4  # words left over that may be from another place
TAIL = 3  # of them at an end of a quotation that is found without them, in the same recording, not by another
KNOWN = 3.0  # bits that it adds to a place that the named speaker said it

Cls = Literal["verbatim", "altered", "spliced", "absent", "misattributed"]


class Talk(NamedTuple):
    """The transcripts as they are looked up in: the index (`table`), the sources with their texts, and who says each
    turn (None: not known). `others`: words that are looked through besides, elsewhere."""

    table: Index
    sources: Sequence[Source]
    texts: list[str]
    who: list[PersonRef | None]
    others: int = 0

    @property
    def chance(self) -> float:
        """The bits that tell one of all spoken words from the others."""
        return log2(len(self.table.corpus.ids) + self.others + 1)


class Asked(NamedTuple):
    """A quotation that is looked for: its words, what each tells in bits, and where its runs of words stand."""

    quote: Quote
    said: Quoted
    weights: list[float]
    runs: Ranges


def follow(quotes: Sequence[Quote], transcripts: Sequence[Source], turns: Sequence[Quote]) -> list[Trace]:
    """One trace a quotation, in their order: where it was said in the transcripts, and what was changed.

    `turns`: the quotations of the transcripts, one a turn, with their persons. The words of a quotation are looked up
    as runs of three, of two and one where that does not do, and its likeliest places aligned; a place counts when it
    is worth more bits than chance gives in so many words. Near-linear in the words of transcripts and quotations.
    """
    return followed(listened(transcripts, turns), quotes)


def followed(talk: Talk, quotes: Sequence[Quote]) -> list[Trace]:
    """`follow`, in transcripts that are ready to be looked up in."""
    return [trace(talk, a) for a in asked(talk.table, quotes)]


def listened(transcripts: Sequence[Source], turns: Sequence[Quote], others: int = 0) -> Talk:
    """The transcripts, ready to be looked up in. `others`: the words of more transcripts that the same quotations are
    looked for in: what chance gives grows with them."""
    c = corpus(transcripts)
    persons = {(t.source, t.turn): t.person for t in turns}
    who = [persons.get((c.paths[n], k)) for n, k in c.turns]
    return Talk(index(c), transcripts, [s.text for s in transcripts], who, others)


def asked(x: Index, quotes: Sequence[Quote]) -> Iterator[Asked]:
    """The quotations with their words as numbers, what each word tells, and where their runs stand; AT_A_TIME are
    looked up together, each with two of no transcript before it, so that it is the same whatever stands beside it."""
    for start in range(0, len(quotes), AT_A_TIME):
        some = quotes[start : start + AT_A_TIME]
        said = [Quoted(q.text, *looked_up(x.corpus, q.text, [(0, len(q.text))])) for q in some]
        found = ranges(x, np.array([i for one in said for i in (NOTHING, NOTHING, *one.ids)], dtype=np.int32))
        told = surprise(x, found).tolist()
        at = 2
        for q, one in zip(some, said, strict=True):
            end = at + len(one.ids)
            yield Asked(q, one, told[at:end], found.cut(at, end))
            at = end + 2


def trace(talk: Talk, a: Asked) -> Trace:
    """The trace of one quotation."""
    found = placed(talk, a) if len(a.said.ids) >= FEWEST else []
    if found and enough(talk, a, found):
        return told(talk, a, found + tails(talk, a, found))
    if len(a.said.ids) < WHOLE:
        return absent(a, None, TOO_SHORT)
    return absent(a, nearest(talk, a, found) if found else None)


def enough(talk: Talk, a: Asked, found: list[Piece]) -> bool:
    """Whether what stands in its places is a quotation's, and not chance: a whole one of the named speaker's is."""
    if found[0].words == len(a.said.ids) >= WHOLE and len(found[0].blocks) == 1 and agrees(talk, a, found[0]):
        return True
    bits, short, long = NEEDED[agrees(talk, a, found[0])]
    least = short if len(a.said.ids) <= SHORT else long
    return share(talk, a, found) >= least and found[0].bits >= talk.chance + bits


def share(talk: Talk, a: Asked, found: list[Piece]) -> float:
    """The share of a quotation's words, by how seldom they are, that stand in its places."""
    bits = rare(talk, a)
    return sum(bits[k] for p in found for b in p.blocks for k in range(b.at, b.at + b.size)) / sum(bits)


def rare(talk: Talk, a: Asked) -> list[float]:
    """How seldom each word of a quotation is, in bits."""
    c = talk.table.corpus
    return [float(c.bits[i]) if i >= 0 else talk.chance for i in a.said.ids]


def weight(a: Asked, p: Piece) -> float:
    """What the matched words of a piece tell, in bits."""
    return sum(a.weights[k] for b in p.blocks for k in range(b.at, b.at + b.size))


def agrees(talk: Talk, a: Asked, p: Piece) -> bool | None:
    """Whether the one who says a place is the one who is named; None where one of the two is not known. A name that no
    person is known by (so that `person` is null) is somebody else's if it shares no word with who says it."""
    who, q = sayer(talk, p), a.quote
    if who is None or q.person:
        return same(who, q.person) if who and q.person else None
    names = q.speaker.text.split() if q.speaker else []
    other = {w.casefold() for w in names}.isdisjoint(who.name.casefold().split())
    return False if names and other and all(w[0].isupper() for w in names) and names != ["I"] else None


def known(talk: Talk, a: Asked, p: Piece) -> float:
    """What it adds to a place that the named speaker said it."""
    return KNOWN if agrees(talk, a, p) else 0.0


def same(a: PersonRef, b: PersonRef) -> bool:
    """Whether two persons are one, or may be: two of one name are not told apart here."""
    return a.id == b.id or a.name.casefold() == b.name.casefold()


def placed(talk: Talk, a: Asked) -> list[Piece]:
    """The places of a quotation, the best first, parts from elsewhere behind it; none where nothing stands."""
    c = talk.table.corpus
    seen = hits(talk.table, a.runs, 0)
    size = len(a.said.ids)
    best = best_of(talk, a, straight(talk.table, seen, size))
    if best and best.words == size:
        return pieces(c, best, a.weights)
    best = likeliest(talk, a, seen)
    if best is None or weight(a, best) < CLEAR * sum(a.weights):
        seen = together(seen, *(hits(talk.table, a.runs, n) for n in (1, 2)))
        best = likeliest(talk, a, seen) or best
    if best is None:
        return []
    return [*(first := pieces(c, best, a.weights)), *elsewhere(talk, a, seen, first)]


def likeliest(talk: Talk, a: Asked, seen: Hits, low: int = 0, high: int = -1) -> Piece | None:
    """The best place of words `low` to `high` of a quotation; of equals the named speaker's, then the first."""
    size = (len(a.said.ids) if high < 0 else high) - low
    near = straight(talk.table, seen, size) + windows(talk.table, seen, size)
    return best_of(talk, a, near, low, high)


def best_of(talk: Talk, a: Asked, near: list[Window], low: int = 0, high: int = -1) -> Piece | None:
    """The best place in some windows."""
    c = talk.table.corpus
    found = [p for w in near if (p := aligned(c, a.said.ids, a.weights, w, low, high))]
    return max(found, key=lambda p: (p.bits + known(talk, a, p), -p.place[0]), default=None)


def elsewhere(talk: Talk, a: Asked, seen: Hits, found: list[Piece]) -> list[Piece]:
    """What else of a quotation stands in another place: spliced."""
    out: list[Piece] = []
    home = source_of(talk, found[0])
    for low, high in left_over(found, len(a.said.ids)):
        inside = (seen.at >= low) & (seen.at < high)
        rest = Hits(seen.at[inside] - low, seen.pos[inside], seen.bits[inside])
        piece = likeliest(talk, a, rest, low, high)
        if piece is None or piece.words < REST or overlaps(piece, found):
            continue
        same = source_of(talk, piece) == home
        least = within(talk, home) if same else talk.chance + NEEDED[False][0]
        if piece.bits > least:
            out += pieces(talk.table.corpus, piece, a.weights)
    return out


def tails(talk: Talk, a: Asked, found: list[Piece]) -> list[Piece]:
    """Three words at an end of a quotation that stand just so elsewhere in its recording: there is too little in them
    to find it by, or to say that somebody else said them; else they are shown as added."""
    first, last, size = min(p.first for p in found), max(p.last for p in found), len(a.said.ids)
    free = [low for low, high in ((0, first), (last, size)) if high - low == TAIL]
    if not free:
        return []
    seen = hits(talk.table, a.runs, 0)
    out: list[Piece] = []
    for low in free:
        near = (Piece((Block(low, pos, TAIL),), sum(a.weights[low : low + TAIL])) for pos in seen.pos[seen.at == low])
        out += [p for p in near if at_home(talk, a, p, found)][:1]
    return out


def at_home(talk: Talk, a: Asked, p: Piece, found: list[Piece]) -> bool:
    """Whether a tail stands in one turn of the recording that the rest is in, free, seldom enough, and not by
    another."""
    turn, home = talk.table.corpus.turn, source_of(talk, found[0])
    one = turn[p.place[0]] == turn[p.place[1] - 1] and source_of(talk, p) == home
    return bool(one) and p.bits > within(talk, home) and agrees(talk, a, p) is not False and not overlaps(p, found)


def within(talk: Talk, number: int) -> float:
    """The bits that a place in one source must be worth, once the source is known."""
    return log2(len(talk.texts[number]) / 6 + 1) + SURE


def overlaps(piece: Piece, found: list[Piece]) -> bool:
    """Whether a place shares words with another."""
    return any(piece.place[0] < p.place[1] and p.place[0] < piece.place[1] for p in found)


def left_over(found: list[Piece], size: int) -> list[tuple[int, int]]:
    """The stretches of a quotation that no piece covers, as far as they are long enough to be from elsewhere."""
    edges = sorted((p.first, p.last) for p in found)
    cuts = [0, *(at for edge in edges for at in edge), size]
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b - a >= REST]


def source_of(talk: Talk, p: Piece) -> int:
    """The number of the source that a place is in."""
    return talk.table.corpus.turns[int(talk.table.corpus.turn[p.place[0]])][0]


def sayer(talk: Talk, p: Piece) -> PersonRef | None:
    """Who says most of a place's matched words; None where that is not known."""
    turn, (low, high) = talk.table.corpus.turn, p.place
    if turn[low] == turn[high - 1]:
        return talk.who[int(turn[low])]
    turns: dict[int, int] = {}
    for b in p.blocks:
        for n in turn[b.pos : b.pos + b.size].tolist():
            turns[n] = turns.get(n, 0) + 1
    return talk.who[max(turns, key=lambda n: turns[n])]


def told(talk: Talk, a: Asked, found: list[Piece]) -> Trace:
    """The trace of a quotation that was found: places in printed order, edits, class."""
    c, q = talk.table.corpus, a.quote
    ordered = whole(talk, a, sorted(found, key=lambda p: p.first))
    places = tuple(place(talk, p) for p in ordered)
    done = edits(c, a.said, ordered, talk.texts)
    said_by = sayer(talk, ordered[0])
    wrong = [sayer(talk, p) for p in ordered if agrees(talk, a, p) is False]
    cls: Cls = "altered" if any(e.kind != "note" for e in done) else "verbatim"
    if len(ordered) > 1:
        cls = "spliced"
    if wrong:
        cls, said_by = "misattributed", wrong[0]
    here = [p for p in places if p.source == places[0].source]
    return Trace(
        quote=q.id,
        source=q.source,
        spans=q.spans,
        text=q.text,
        speaker=speaker(q),
        cls=cls,
        found_in=places[0].source,
        at=tuple(p.span for p in here),
        time=places[0].time,
        said_by=said_by.name if said_by else "",
        places=places,
        edits=done,
        similarity=similarity(talk, a, ordered),
        frames=framed(talk, a, ordered),
    )


def whole(talk: Talk, a: Asked, ordered: list[Piece]) -> list[Piece]:
    """The pieces of a quotation with the common words at its beginning and end that belong to them."""
    c, size = talk.table.corpus, len(a.said.ids)
    out = list(ordered)
    for n, p in ((0, ordered[0]), (len(ordered) - 1, ordered[-1])):
        low = 0 if n == 0 else p.first
        high = size if n == len(ordered) - 1 else p.last
        text = talk.texts[source_of(talk, p)]
        for wider in (partial(widened, words=a.said.ids), ended):
            wide = wider(c, piece=out[n], text=text, low=low, high=high)
            out[n] = out[n] if overlaps(wide, out[:n] + out[n + 1 :]) else wide
    return out


def similarity(talk: Talk, a: Asked, found: list[Piece]) -> float:
    """The share of the words of quotation and places, by how seldom they are, that are the same (Dice 1945)."""
    c = talk.table.corpus
    theirs = sum(float(c.bits[i]) for p in found for i in c.ids[slice(*p.place)].tolist() if i >= 0)
    ours = sum(rare(talk, a))
    return round(2 * share(talk, a, found) * ours / (ours + theirs), 3)


def speaker(q: Quote) -> str:
    """Who is held to have said it: the person, else the words that name them."""
    return q.person.name if q.person else q.speaker.text if q.speaker else ""


def place(talk: Talk, p: Piece) -> TracePlace:
    """A place as a value."""
    source = talk.sources[source_of(talk, p)]
    who, span = sayer(talk, p), span_of(talk, p)
    return TracePlace(source.path, span, times(source, *span), who.name if who else "")


def span_of(talk: Talk, p: Piece) -> Span:
    """A place in the text of its source."""
    c, (low, high) = talk.table.corpus, p.place
    return int(c.start[low]), int(c.end[high - 1])


def absent(a: Asked, near: Nearest | None, why: str = "") -> Trace:
    """The trace of a quotation that stands nowhere."""
    q = a.quote
    score = near.score if near else 0.0
    return Trace(q.id, q.source, q.spans, q.text, speaker(q), "absent", nearest=near, similarity=score, why=why)


def nearest(talk: Talk, a: Asked, found: list[Piece]) -> Nearest | None:
    """The likest place of a quotation that was not found: `score`, the share of its words that stand there. None where
    that is below NEAR, or what stands there would stand somewhere by chance."""
    score = share(talk, a, found[:1])
    if score < NEAR or found[0].words < FEWEST or found[0].bits < talk.chance:
        return None
    where = place(talk, found[0])
    return Nearest(where.source, where.span, round(score, 3))


def framed(talk: Talk, a: Asked, ordered: Sequence[Piece]) -> tuple[Frame, ...]:
    """What the sentences of the places say of the words that were taken out of them, outside of what is printed."""
    places = [(source_of(talk, p), span_of(talk, p)) for p in ordered]
    out = []
    for n, (p, (number, span)) in enumerate(zip(ordered, places, strict=True)):
        end = ordered[n + 1].first if n + 1 < len(ordered) else len(a.said.ids)
        low, high = bounds(talk, p, span)
        found = frame_of(talk.texts[number], span, low, high, words_of(a, p.first, end))
        if found and not any(other == number and found[1][0] < b and at < found[1][1] for other, (at, b) in places):
            out.append(Frame(*found, n))
    return tuple(out)


def bounds(talk: Talk, p: Piece, span: Span) -> Span:
    """The text round a place that belongs to its turns, as far as it is read."""
    c, (low, high) = talk.table.corpus, p.place
    first, last = ((c.turns[int(c.turn[at])]) for at in (low, high - 1))
    begins, ends = (talk.sources[n].turns[k].spans for n, k in (first, last))
    return max(begins[0][0], span[0] - LEAD), min(ends[-1][1], span[1] + LEAD)


def words_of(a: Asked, first: int, last: int) -> str:
    """Words of a quotation with what stands behind them."""
    spans = a.said.spans
    return a.said.text[spans[first][0] if first else 0 : spans[last][0] if last < len(spans) else len(a.said.text)]
