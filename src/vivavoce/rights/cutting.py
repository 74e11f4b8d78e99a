"""Sources and quotations without what is hidden."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from msgspec.structs import replace

from vivavoce.model import WITHHELD, Mention, Quote, Source, Span, Turn, quote_id, slug, times
from vivavoce.rights.bars import Bars, by_barred
from vivavoce.rights.cut import Cut, ref
from vivavoce.rights.spans import hits, minus
from vivavoce.rights.words import tells

_NOT_A_BREAK = re.compile(r"[^\r\n]")


def cut_source(source: Source, away: tuple[Span, ...], barred: Bars) -> Source:
    """A source with its hidden stretches overwritten, and the names of those barred taken off its turns."""
    if not away:
        return replace(source, restrictions=())
    text = overwritten(source.text, away)
    names = {k: v for k, v in source.labels.items() if slug(k) not in barred.names and slug(v) not in barred.names}
    return replace(
        source,
        text=text,
        turns=tuple(_turn(t, away) for t in source.turns),
        media=(),
        labels=names,
        interviewers=tuple(i for i in source.interviewers if slug(i) not in barred.names),
        restrictions=(),
        warnings=(),
        file_hash="",
        corrections=tuple(c for c in source.corrections if not hits((c.start, c.end), away)),
        text_hash=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _turn(turn: Turn, away: tuple[Span, ...]) -> Turn:
    """A turn without its label where that is hidden, or all its words are, and without words of others that show its
    name."""
    label = (turn.start, turn.spans[0][0] if turn.spans else turn.end)
    if hits(label, away) or (turn.spans and not any(minus(s, away) for s in turn.spans)):
        return replace(turn, label="", name="", time=None, why="", maybe="")
    return replace(turn, why="", maybe="") if turn.why else turn


def overwritten(text: str, away: Iterable[Span]) -> str:
    """A text with stretches overwritten by WITHHELD, one for one; line breaks stay."""
    parts, at = [], 0
    for start, end in away:
        parts += [text[at:start], _NOT_A_BREAK.sub(WITHHELD, text[start:end])]
        at = end
    return "".join((*parts, text[at:]))


def cut_quote(
    quote: Quote, away: tuple[Span, ...] | None, source: Source | None, barred: Bars, taken: set[str]
) -> Quote | None:
    """A quotation as far as it may be shown. One that lost words has an id of its own: the old one is a hash of
    all of them."""
    if away is None or source is None or by_barred(quote, barred):
        return None
    if not any(hits(s, away) for s in (*quote.spans, *quote.content)):
        return replace(quote, speaker=_mention(quote.speaker, away), cue=_mention(quote.cue, away))
    spans = remains(quote.spans, away, source.text)
    if not spans:
        return None
    text = " ".join(source.text[s:e] for s, e in spans)
    count = 0
    while (made := quote_id(source.path, text, count)) in taken:
        count += 1
    taken.add(made)
    return replace(
        quote,
        id=made,
        spans=spans,
        content=remains(quote.content, away, source.text) or spans,
        text=text,
        time=times(source, spans[0][0], spans[-1][1]) if quote.time else None,
        speaker=_mention(quote.speaker, away),
        cue=_mention(quote.cue, away),
        why=(),
    )


def remains(spans: Iterable[Span], away: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """What hidden stretches leave of spans, each from its first word left to its last one; what is hidden between
    them stays, overwritten: without it a line would read as if nothing were missing."""
    return tuple(kept for span in spans if (kept := _kept(span, away, text)))


def _kept(span: Span, away: tuple[Span, ...], text: str) -> Span | None:
    pieces = (_trimmed(piece, text) for piece in minus(span, away))
    worded = [p for p in pieces if any(c.isalnum() for c in text[p[0] : p[1]])]
    return (worded[0][0], worded[-1][1]) if worded else None


def _trimmed(span: Span, text: str) -> Span:
    words = text[span[0] : span[1]]
    return span[0] + len(words) - len(words.lstrip()), span[0] + len(words.rstrip())


def _mention(mention: Mention | None, away: tuple[Span, ...]) -> Mention | None:
    return None if mention and hits((mention.start, mention.end), away) else mention


def speaking(quote: Quote, cut: Cut) -> Quote:
    """A quotation with its person as published, and only those reasons that tell nothing withheld."""
    why = tuple(w for w in quote.why if not tells(w, cut.secret))
    return replace(quote, person=ref(quote.person, cut), why=why)
