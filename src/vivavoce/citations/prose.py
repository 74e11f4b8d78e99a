"""Citations in prose, as the guides of oral history associations have them: narrator, title, interviewer, collection,
date, and the stretch of the recording; for the press author, title, publisher, date and address."""

from __future__ import annotations

import re

from vivavoce.citations.items import asked_by, title_of
from vivavoce.language import dates
from vivavoce.model import WITHHELD, Quote, Source, Span, times

RUN = re.compile(f"{WITHHELD}(?:[ ]?{WITHHELD}+)*")


def cited(source: Source, quote: Quote | None, spans: tuple[Span, ...], address: bool = True) -> str:
    """Where words are from, in full, without a full stop. `spans`: the words meant (none: the whole quotation's)."""
    who = _who(quote)
    if source.kind == "press":
        parts = _press(source, address)
        return plain((f"{who}, quoted in " if who else "") + ", ".join(parts))
    where = (quoted(title_of(source)), *_asked(source), source.publisher, dates.day(source.date))
    return plain(", ".join(filter(None, (who, *where, stretch(source, quote, spans)))))


def again(source: Source, quote: Quote | None, spans: tuple[Span, ...]) -> str:
    """The same where the source was cited in full before: who, the title, the stretch."""
    who = _who(quote)
    if source.kind == "press":
        return plain((f"{who}, quoted in " if who else "") + quoted(title_of(source)))
    who = "" if _tells(title_of(source), who) else who
    return plain(", ".join(filter(None, (who, quoted(title_of(source)), stretch(source, quote, spans)))))


def entry(source: Source, narrators: tuple[str, ...] = ()) -> str:
    """A source in a bibliography, by the surname of its author or first narrator; without its address."""
    by = (source.byline.split(",")[0],) if source.kind == "press" and source.byline else ()
    who = by if source.kind == "press" else narrators[:3]
    first = (surname_first(who[0]), *who[1:]) if who else ()
    asked = (t[0].upper() + t[1:] for t in _asked(source))
    where = ", ".join(filter(None, (source.publisher, dates.day(source.date))))
    told = (" and ".join(first), quoted(title_of(source)), *asked, where)
    return plain(". ".join(t for t in told if t)) + "."


def surname_first(name: str) -> str:
    """`Maria Ortiz` -> `Ortiz, Maria`; a single name as it stands."""
    words = name.split()
    cut = -2 if len(words) > 2 and words[-2].islower() else -1  # de, van, von
    return f"{' '.join(words[cut:])}, {' '.join(words[:cut])}" if len(words) > 1 else name


def via(source: Source) -> str:
    """Where the press has something from, shortly: `The Longwave, 1986`."""
    return ", ".join(filter(None, (source.publisher or title_of(source), dates.year(source.date))))


def plain(text: str) -> str:
    """Text for places without markup: white space folded, what is withheld as a notice."""
    return " ".join(RUN.sub("[withheld]", text).split())


def quoted(title: str) -> str:
    """A title in quotation marks, those within it turned into single ones."""
    inner = re.sub(r"[“”]|(?<!\w)\"|\"(?!\w)", lambda m: "‘" if _opens(title, m.start()) else "’", title)
    return f"“{inner}”"


def _opens(text: str, at: int) -> bool:
    return text[at] == "“" or (text[at] == '"' and (at == 0 or text[at - 1].isspace()))


def _who(quote: Quote | None) -> str:
    return quote.person.name if quote and quote.person else ""


def _tells(title: str, who: str) -> bool:
    return bool(who) and bool(re.match(re.escape(who) + r"(?!\w)", title))


def _press(source: Source, address: bool) -> list[str]:
    told = (source.byline, quoted(title_of(source)), source.publisher, dates.day(source.date))
    return [t for t in (*told, source.address if address else "") if t]


def _asked(source: Source) -> tuple[str, ...]:
    asked = ", ".join(asked_by(source))
    return (f"interviewed by {asked}",) if asked else ()


def stretch(source: Source, quote: Quote | None, spans: tuple[Span, ...]) -> str:
    """The stretch of the recording in which words are (none: the whole quotation's), as a reader reads it; or ""."""
    time = times(source, spans[0][0], spans[-1][1]) if spans else quote.time if quote else None
    return dates.stretch(time)
