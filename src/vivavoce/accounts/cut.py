"""A source cut into passages: stretches in which one figure tells one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from vivavoce.accounts.questions import LONGEST_LEAD, asks_anew, asks_on, leads_on
from vivavoce.accounts.signals import calendar, heading_signals, signals, who
from vivavoce.accounts.topics import Piece, opens, topics
from vivavoce.accounts.turning import halved, turned
from vivavoce.accounts.words import deeds, sentences, telling, trim, words
from vivavoce.accounts.years import years_in
from vivavoce.language.letters import letters, writer_of
from vivavoce.model import Attribution, Block, Cast, Known, Passage, Quote, Source, Span, times

TOLD_IN = frozenset({"body", "headline", "dek", "caption"})
LEAST_NARRATION = 6  # words: a stretch of an article that is shorter is the tag of a quotation
LONG = 180  # words: a longer stretch of talk may tell two things
# What is said to whoever sits there, of the chair, the tea and the weather, and tells of nothing.
ASIDE = re.compile(
    r"(?:(?:Oh|Now|Here|No|Well|There),? )?(?:"
    r"(?:will|would|do|can|could|are|have)(?:n['’]t)? you (?:take|like|want|have|mind|need|hear|see|warm|cold"
    r"|comfortable|hungry|sure you|all right|got)\b.*\?"
    r"|(?:can|shall|may) I (?:get|put|bring|make|pour|offer|close|open|shut|turn)\b"
    r"|(?:is|are) (?:that|it|this|the) (?:thing|machine|tape|recorder|on|running|recording|still|working)\b.*\?"
    r"|I['’]ll (?:just )?(?:put the kettle|make (?:us|you|some|the)|get (?:you|the door)|fetch|turn (?:that|it|the)"
    r"|shut (?:that|the)|open the|pour)\b|you(?:['’]ll)? (?:take|have) (?:sugar|milk|another|a (?:cup|biscuit|drink))\b"
    r"|help yourself|(?:sit|come) (?:down|in|here|over)\b|mind (?:the|your)|move the|hold (?:on|that|this)\b|excuse me"
    r"|have (?:a|another|some)(?: more)? (?:seat|cup|tea|biscuit|cake|drink|piece)"
    r"|(?:that|there)['’]s (?:your|a|the) (?:tea|coffee|kettle|door|doorbell|phone|telephone|bell|biscuit|cake|scone)\b"
    r"|it['’]s (?:raining|snowing|getting (?:dark|late|cold)|started to (?:rain|snow))\b)",
    re.I,
)
# Somebody who tells goes to what was before: "I'd done it before, mind."
DONE_BEFORE = re.compile(
    r"(?:(?:And|But|Mind|Mind you|Well),? )?(?:I|we|they|he|she)(?:['’]d| had) (?:done|been|had|tried|seen) "
    r"(?:it|that|one|this|them|through)\b.*\bbefore\b",
    re.I,
)
# A turn of who leads a talk that speaks of what was told just now.
ON = re.compile(r"(?:(?:and|so|but|well|oh|really),? )?(?:it|that|this|they|those|he|she|then)\b", re.I)
HOSTS, MOSTLY, LONGER = 4, 0.5, 1.5  # turns of who leads; share of them that is answered at length; how much longer
BEFORE_YEAR = 20  # words told before a sentence of another year, for it to begin something else
LEAD = 60  # words before the first heading up to which they stand under it: an address, a byline, a date
PRINTED = frozenset(["posted", "published", "updated", "modified", "edt", "est", "gmt", "pdt", "pst", "bst", "utc"])
AROUND = 600  # characters of context that are kept


def passages(
    source: Source, quotes: list[Quote], attributions: list[Attribution], cast: Cast, known: Known
) -> list[Passage]:
    """The passages of one source, in order; `person` is filled in later.

    A transcript's are cut from its turns (never from who asks: the question before is context). An article's are its
    quotations, each with its paragraph as context, and its own narration, which has no figure; so has a quotation
    that nobody is known to have said. Linear in the text.
    """
    told = {a.quote: a.figure for a in attributions}
    pieces = spoken(source, quotes, told) if source.kind == "transcript" else printed(source, quotes)
    figures = who(cast)
    of = topics(source.text, pieces)
    if source.kind == "transcript":
        of = turned(source.text, pieces, of)
    found = [
        passage(source, known, figures, told, piece, topic)
        for piece, topic in zip(pieces, of, strict=True)
        if not piece.asks
    ]
    return joined(source.text, by_writers(source, cast, found))


def by_writers(source: Source, cast: Cast, found: list[Passage]) -> list[Passage]:
    """The passages, what a letter to the editor tells as its writer's."""
    written = letters(source)
    figures = {m.start: f.key for f in cast.figures for m in f.mentions} if written else {}
    named = {f.name: f.key for f in cast.figures}
    out = []
    for p in found:
        letter = None if p.quotes else writer_of(p.spans[0][0], written)
        key = (figures.get(letter.signed[0]) or named.get(letter.name)) if letter else None
        out.append(msgspec.structs.replace(p, figure=key) if key else p)
    return out


def spoken(source: Source, quotes: list[Quote], told: dict[str, str | None]) -> list[Piece]:
    """The pieces of a transcript: its turns, long ones cut between paragraphs or sentences. `told`: whose a quotation
    is."""
    pieces: list[Piece] = []
    question: tuple[Span, ...] = ()
    turns = sorted((q for q in quotes if q.kind == "turn"), key=lambda q: q.spans)
    leading = hosts(source.text, turns, told)
    for quote, after in zip(turns, [*turns[1:], None], strict=True):
        if quote.asks:
            question = quote.spans
            on, anew = asks_on(source.text, quote.spans), asks_anew(said(source.text, quote.spans))
            pieces.append(Piece(quote.spans, quote, asks=True, asks_on=on, leads=anew))
            continue
        answered = after is not None and not after.asks and told.get(after.id) != told.get(quote.id)
        turn = said(source.text, quote.spans)
        leads = answered and (leads_on(turn) or (told.get(quote.id) in leading and hands_on(turn)))
        asks = answered and (leads or (turn.endswith("?") and len(turn.split()) <= LONGEST_LEAD))
        now = frozenset(years_in(said(source.text, question)))
        for n, stretch in enumerate(pieced(source.text, without_aside(source.text, quote.spans))):
            own, *others = (half for part in by_year(source.text, stretch, now) for half in halved(source.text, part))
            back = n == 0 and bool(DONE_BEFORE.match(turn))
            piece = Piece(own, quote, question, first=n == 0, leads=leads and n == 0, goes_back=back, hands_on=asks)
            pieces.append(piece)
            pieces += [Piece(part, quote, first=False, leads=True) for part in others]
        if leads:
            question = quote.spans
        elif words_in(source.text, quote.spans) > 30:
            question = ()
    return pieces


def hosts(text: str, turns: list[Quote], told: dict[str, str | None]) -> frozenset[str]:
    """Who leads a talk in which nobody is known to ask: says little, and mostly what others answer at length."""
    size = {q.id: words_in(text, q.spans) for q in turns}
    mine: dict[str, list[bool]] = {}
    for quote, after in pairwise(turns):
        figure, next_ = told.get(quote.id), told.get(after.id)
        if figure and not quote.asks and next_ != figure:
            answered = not after.asks and size[quote.id] <= LONGEST_LEAD and size[after.id] >= LONGER * size[quote.id]
            mine.setdefault(figure, []).append(answered)
    return frozenset(f for f, those in mine.items() if len(those) >= HOSTS and sum(those) >= MOSTLY * len(those))


def hands_on(turn: str) -> bool:
    """Whether one who leads a talk names something new: "And there was the window."; not "He did?", nor what speaks of
    what was told just now."""
    if len(turn.split()) > LONGEST_LEAD:
        return False
    return opens(turn) and not any(ON.match(turn[a:b]) for a, b in sentences(turn, 0, len(turn)))


def said(text: str, spans: tuple[Span, ...]) -> str:
    """The words of spans, one blank between two."""
    return " ".join(" ".join(text[a:b] for a, b in spans).split())


def without_aside(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """A turn without the end of it that is said to whoever sits there, of here and now: from an aside on, if nothing
    after it is in the past: "I'll put the kettle on. That's my programme." """
    parts = [(n, a, b) for n, span in enumerate(spans) for a, b in sentences(text, *span)]
    keep = len(parts)
    for at in reversed(range(len(parts))):
        _, a, b = parts[at]
        if ASIDE.match(text, a, b):
            keep = at
        elif deeds(text[a:b]):
            break
    if keep == len(parts):
        return spans
    if not keep:
        return ()
    n, _, end = parts[keep - 1]
    return (*spans[:n], (spans[n][0], end))


def pieced(text: str, spans: tuple[Span, ...]) -> Iterable[tuple[Span, ...]]:
    """A turn's paragraphs in stretches of at most about LONG words, cut between paragraphs, else sentences."""
    parts = [part for span in spans for part in shortened(text, span)]
    now: list[Span] = []
    size = 0
    for a, b in parts:
        more = words_in(text, ((a, b),))
        if now and size + more > LONG:
            yield tuple(now)
            now, size = [], 0
        now.append((a, b))
        size += more
    if now:
        yield tuple(now)


def by_year(text: str, spans: tuple[Span, ...], now: frozenset[str]) -> list[tuple[Span, ...]]:
    """A stretch of talk cut where a sentence goes to another year than the one that was told of, or to what was done
    before. `now`: the years that were asked of."""
    out: list[list[Span]] = [[]]
    size = 0
    for span in spans:
        begin = span[0]
        for a, b in sentences(text, *span):
            given = frozenset(years_in(text[a:b]))
            before = DONE_BEFORE.match(text[a:b])
            if before or (given and not given & now):
                if (now or before) and size >= BEFORE_YEAR:
                    if begin < a:
                        out[-1].append(trim(text, begin, a))
                    out.append([])
                    begin, size = a, 0
                now = given or now
            size += words_in(text, ((a, b),))
        if begin < span[1]:
            out[-1].append((begin, span[1]))
    return [tuple(part) for part in out if part]


def shortened(text: str, span: Span) -> list[Span]:
    """A paragraph, or, if it is long, its sentences in groups of about LONG words."""
    if words_in(text, (span,)) <= LONG:
        return [span]
    groups: list[Span] = []
    size = 0
    for a, b in sentences(text, *span):
        more = words_in(text, ((a, b),))
        if groups and size + more <= LONG:
            groups[-1], size = (groups[-1][0], b), size + more
        else:
            groups.append((a, b))
            size = more
    return groups


def printed(source: Source, quotes: list[Quote]) -> list[Piece]:
    """The pieces of an article: its quotations and the narration between them, under their headings."""
    ordered = apart(sorted(quotes, key=lambda q: (place_of(q)[0][0], -place_of(q)[-1][1])))
    starts = [place_of(q)[0][0] for q in ordered]
    headline = next((b for b in source.blocks if b.kind == "headline"), None)
    heading = headline or led(source)
    pieces: list[Piece] = []
    for number, block in enumerate(source.blocks):
        if block.kind == "heading" and says(source.text[block.start : block.end]):
            heading = block
        if block.kind not in TOLD_IN:
            continue
        inside = ordered[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        free = narration(source.text, block, inside)
        under = source.text[heading.start : heading.end] if heading else source.title
        own = headline is not None and block.start == headline.start
        found = [Piece(place_of(q), q, context(source.text, block, place_of(q)), under, number) for q in inside]
        if free and block.kind == "body":
            about = context(source.text, block, free)
            found.append(Piece(free, None, about, under, number))
        if not own or found:
            pieces += sorted(found, key=lambda p: p.spans)
    return pieces


def led(source: Source) -> Block | None:
    """The first heading of a source without a headline, if hardly more than an address or a byline stands before it."""
    size = 0
    for block in source.blocks:
        if block.kind == "heading" and says(source.text[block.start : block.end]):
            return block
        size += words_in(source.text, ((block.start, block.end),))
        if size > LEAD:
            return None
    return None


def says(heading: str) -> bool:
    """Whether a heading says something, and is not only when it was printed: "Updated 14 May 2009, 10:15"."""
    named = [w for w, _, _ in words(heading) if telling(w) and w not in calendar() | PRINTED]
    return any(not w.isdigit() for w in named)


def place_of(quote: Quote) -> tuple[Span, ...]:
    """Where a quotation's words stand: the reported stretches, else the marked ones."""
    return quote.content or quote.spans


def apart(quotes: list[Quote]) -> list[Quote]:
    """The quotations without those that lie in another, so that no words are told twice."""
    out: list[Quote] = []
    end = -1
    for q in quotes:
        if place_of(q)[0][0] >= end:
            out.append(q)
            end = place_of(q)[-1][1]
    return out


def context(text: str, block: Block, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The rest of the paragraph, as far as AROUND characters on either side."""
    start, end = spans[0][0], spans[-1][1]
    left, right = max(block.start, start - AROUND), min(block.end, end + AROUND)
    rest = [(left, start), *((a[1], b[0]) for a, b in pairwise(spans)), (end, right)]
    return tuple((a, b) for a, b in rest if re.search(r"\w", text[a:b]))


def narration(text: str, block: Block, quotes: list[Quote]) -> tuple[Span, ...]:
    """The sentences of a block in which nobody is quoted, neighbours as one span."""
    taken = sorted(span for q in quotes for span in (*q.spans, *q.content))
    runs: list[Span] = []
    for a, b in sentences(text, block.start, block.end):
        at = bisect_left(taken, (b, b))
        if any(start < b and end > a for start, end in taken[max(0, at - 4) : at]):
            continue
        if runs and not text[runs[-1][1] : a].strip():
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    return tuple(s for s in runs if words_in(text, (s,)) >= LEAST_NARRATION)


def words_in(text: str, spans: tuple[Span, ...]) -> int:
    """How many words the spans hold."""
    return sum(len(text[a:b].split()) for a, b in spans)


def passage(
    source: Source, known: Known, figures: dict[str, str], told: dict[str, str | None], piece: Piece, topic: int
) -> Passage:
    """A piece as a passage, with the signals of its own words and of the words around it."""
    text = " ".join(source.text[a:b] for a, b in piece.spans)
    around = " ".join(source.text[a:b] for a, b in piece.about)[: 3 * AROUND]
    own = signals(text, known, figures)
    near = signals(around, known, figures)
    headed = heading_signals(piece.heading, known, figures)
    return Passage(
        source=source.path,
        figure=told.get(piece.quote.id) if piece.quote else None,
        spans=piece.spans,
        quotes=(piece.quote.id,) if piece.quote else (),
        text=text,
        time=times(source, piece.spans[0][0], piece.spans[-1][1]),
        told=source.date,
        heading=piece.heading,
        works=tuple(dict.fromkeys(own.works + near.works + headed.works)),
        names=tuple(dict.fromkeys(own.names + near.names + headed.names)),
        numbers=own.numbers,
        dates=tuple(dict.fromkeys(own.dates + near.dates)),
        words=own.words,
        about=piece.about,
        around=around,
        topic=topic,
    )


def joined(text: str, found: list[Passage]) -> list[Passage]:
    """The passages, those of one figure's quotations that follow one another on one topic made one."""
    out: list[Passage] = []
    for p in found:
        last = out[-1] if out else None
        if last and last.figure and last.figure == p.figure and last.topic == p.topic and close(text, last, p):
            out[-1] = both(last, p)
        else:
            out.append(p)
    return out


def close(text: str, a: Passage, b: Passage) -> bool:
    """Whether only a tag ("he added") and white space lie between two passages, and they are not long together."""
    between = text[a.spans[-1][1] : b.spans[0][0]]
    return len(between.split()) <= 12 and len(a.text) + len(b.text) <= 12 * LONG


def both(a: Passage, b: Passage) -> Passage:
    """Two neighbouring passages of one figure as one."""
    return msgspec.structs.replace(
        a,
        spans=a.spans + b.spans,
        quotes=tuple(dict.fromkeys(a.quotes + b.quotes)),
        text=f"{a.text} {b.text}",
        time=(a.time[0], b.time[1]) if a.time and b.time else a.time or b.time,
        **{f: tuple(dict.fromkeys(getattr(a, f) + getattr(b, f))) for f in SIGNALS},
        about=a.about + tuple(s for s in b.about if s not in a.about),
        around=f"{a.around} {b.around}" if b.around and b.about != a.about else a.around,
    )


SIGNALS = ("works", "names", "numbers", "dates", "words")
