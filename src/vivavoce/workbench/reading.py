"""A source on a page: its words with what was found in them, to be read, heard and corrected."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from vivavoce.citations import title_of
from vivavoce.errors import UsageError
from vivavoce.model import WITHHELD, Quote, Source, Span
from vivavoce.printing import clock
from vivavoce.workbench.seen import Seen
from vivavoce.workbench.words import Lit, printed

TURN = Markup(
    '<section class="t{}" id="{}" data-n="{}"{}>'
    '<h2><span class="stamp">{}</span> <span class="who">{}</span>{}</h2>{}</section>\n'
)
BLOCK = Markup('<section class="block {}" id="a-{}"><p>{}</p></section>\n')


def shelf(seen: Seen) -> list[dict[str, Any]]:
    """The sources in the order of their paths, with how much of each is not sure."""
    out = []
    for source in seen.shown.sources:
        said = [q for q in seen.said.get(source.path, ()) if not q.asks]
        unsure = sum(1 for q in said if not q.person or q.confidence * q.sure < 0.5)
        row = {"path": source.path, "title": title_of(source), "kind": source.kind, "date": source.date}
        out.append({**row, "said": len(said), "unsure": unsure})
    return out


def page(seen: Seen, source: Source) -> dict[str, Any]:
    """What the template is filled with."""
    return {
        "source": source,
        "title": title_of(source),
        "words": _turns(seen, source) if source.turns else _blocks(seen, source),
        "labels": list(dict.fromkeys(t.label for t in source.turns if t.label)),
        "media": source.media[0] if source.media else None,
        "people": [p.name for p in seen.shown.people if p.kind == "person"],
        "corrected": len(source.corrections),
    }


def _turns(seen: Seen, source: Source) -> Markup:
    said = {q.turn: q for q in seen.said.get(source.path, ()) if q.turn is not None}
    return Markup("").join(_turn(source, n, said.get(n)) for n in range(len(source.turns)))


def _turn(source: Source, n: int, quote: Quote | None) -> Markup:
    turn = source.turns[n]
    time = Markup(' data-from="{}" data-to="{}"').format(*turn.time) if turn.time else Markup("")
    at = (
        Markup('<a href="#t-{}" data-seek="{}">{}</a>').format(n + 1, turn.time[0], clock(turn.time[0]))
        if (turn.time)
        else Markup("")
    )
    person = quote.person.name if quote and quote.person else ""
    name = Markup(' <span class="is">{}</span>').format(person) if person and person != turn.label else Markup("")
    words = Markup("").join(Markup("<p>{}</p>").format(printed(source, a, b)) for a, b in turn.spans)
    return TURN.format(" asks" if turn.asks else "", f"t-{n + 1}", n, time, at, turn.label or "—", name, words)


def _blocks(seen: Seen, source: Source) -> Markup:
    lit = sorted(
        (Lit(a, b, _look(q), q.id) for q in seen.said.get(source.path, ()) for a, b in q.spans),
        key=lambda m: m.start,
    )
    stretches = [(b.kind, b.start, b.end) for b in source.blocks] or [("body", 0, len(source.text))]
    return Markup("").join(
        BLOCK.format(kind, start, printed(source, start, end, [m for m in lit if m.start < end and start < m.end]))
        for kind, start, end in stretches
    )


def _look(quote: Quote) -> str:
    if quote.engine == "person":
        return "lit decided"
    return "lit" if quote.person and quote.confidence * quote.sure >= 0.5 else "lit unsure"


def chosen(seen: Seen, path: str, start: int, end: int) -> tuple[Source, Span, str]:
    """The source as it came, and the words that a selection means: whole words, nothing that is withheld. Raises
    UsageError where there are none."""
    own = seen.own_path(path)
    shown, whole = seen.sources.get(path), next((s for s in seen.whole.sources if s.path == own), None)
    if shown is None or whole is None:
        raise UsageError("That source is not here any more. Load the page again.")
    text = shown.text
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise UsageError("No words are selected. Select some, then say what they are.")
    while start and _word(text[start]) and _word(text[start - 1]):
        start -= 1
    while end < len(text) and _word(text[end - 1]) and _word(text[end]):
        end += 1
    if WITHHELD in text[start:end] or text[start:end] != whole.text[start:end]:
        raise UsageError("Some of these words are withheld, and nothing is decided of them here.")
    return whole, (start, end), whole.text[start:end]


def _word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
