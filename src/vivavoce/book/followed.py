"""A trace for each line of the book, as there is one for each quotation of the press."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from vivavoce import traces
from vivavoce.book.arrangement import Arrangement, Block, Part
from vivavoce.book.settle import Settled, Standing, names, plain
from vivavoce.book.spots import spots
from vivavoce.model import WITHHELD, History, Person, PersonRef, Quote, Source, Span, Trace, Turn, folded, times

FILE = "book.md"
HIDDEN = "its words are not here, or may not be shown"


def followed(text: str, arrangement: Arrangement, standing: Standing, history: History) -> tuple[Trace, ...]:
    """The trace of each part of each block of `book.md`, in the order of the file; `spans` are code points of `text`.

    A line that holds is traced to the words that it rests on. One that does not is looked for in all recordings, and
    in the article that it names. The words of a line that rests on what may not be shown are not repeated.
    """
    where = spots(text, arrangement)
    people = {p.id: p for p in history.people}
    sources = {s.path: s for s in history.sources}
    lines = [(b, n) for c in arrangement.chapters for b in c.items if isinstance(b, Block) for n in range(len(b.parts))]
    lost = [(b, n) for b, n in lines if (b.line, n) not in standing.lines]
    sought = iter(_sought([(b.parts[n], _asked(b, b.parts[n], where[b.line, n], people)) for b, n in lost], history))
    return tuple(
        _held(block, where[block.line, n], held, sources[held.source], people)
        if (held := standing.lines.get((block.line, n)))
        else next(sought)
        for block, n in lines
    )


def _held(block: Block, spans: tuple[Span, ...], held: Settled, source: Source, people: dict[str, Person]) -> Trace:
    """The trace of a line that holds, or only has another's name at its head."""
    person = held.quote.person if held.quote else None
    other = bool(person and block.name and folded(block.name) not in names(person, people))
    said_by = person.name if person else ""
    places = tuple(replace(p, time=times(source, *p.span), person=said_by) for p in held.trace.places)
    return replace(
        held.trace,
        quote=held.quote.id if held.quote else "",
        source=FILE,
        spans=spans,
        text=held.printed,
        speaker=block.name,
        cls="misattributed" if other else held.trace.cls,
        found_in=source.path,
        at=tuple(p.span for p in places),
        time=places[0].time,
        said_by=said_by,
        places=places,
        similarity=held.trace.similarity or 1.0,
    )


def _asked(block: Block, part: Part, spans: tuple[Span, ...], people: dict[str, Person]) -> Quote:
    """A line as a quotation that is looked for."""
    named = next((p for p in people.values() if folded(block.name) in {folded(n) for n in (p.name, *p.aliases)}), None)
    person = PersonRef(named.id, named.name) if named else PersonRef("", block.name) if block.name else None
    return Quote(part.quote, FILE, "direct", spans, spans, plain(part), person=person)


def _sought(lines: list[tuple[Part, Quote]], history: History) -> Iterator[Trace]:
    """The traces of lines that do not hold, in their order."""
    heard = [s for s in history.sources if s.kind == "transcript"]
    turns = [q for q in history.quotes if q.kind == "turn"]
    texts = {s.path: s.text for s in history.sources}
    articles = {s.path: s for s in history.sources if s.kind != "transcript"}
    by_id = {q.id: q for q in history.quotes}
    for (part, quote), trace in zip(lines, traces.follow([q for _, q in lines], heard, turns), strict=True):
        if _hidden(part, by_id, texts):
            yield Trace(
                quote.id, FILE, quote.spans, "", quote.person.name if quote.person else "", "absent", why=HIDDEN
            )
        elif not trace.places and part.source in articles:
            yield traces.uncrossed(_in_article(quote, articles[part.source]), texts)
        else:
            yield traces.uncrossed(trace, texts)


def _hidden(part: Part, quotes: dict[str, Quote], texts: dict[str, str]) -> bool:
    """Whether a part may rest on words that are withheld: all of its source, or some of its quotation."""
    if part.source and part.source not in texts:
        return True
    quote = quotes.get(part.quote)
    return WITHHELD in (quote.text if quote else texts.get(part.source, WITHHELD))


def _in_article(quote: Quote, article: Source) -> Trace:
    """The trace of a line in the article that it names, whose words are nobody's there."""
    spans = tuple((b.start, b.end) for b in article.blocks) or ((0, len(article.text)),)
    heard = replace(article, kind="transcript", turns=tuple(Turn("", (span,), *span) for span in spans))
    return traces.follow([quote], [heard], [])[0]
