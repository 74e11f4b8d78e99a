"""How a quotation is cited, and how a person's part is told."""

from __future__ import annotations

from vivavoce.model import Person, Quote, Role, Source, Span, Times, times
from vivavoce.site import dates
from vivavoce.site.shelf import Shelf, title_of
from vivavoce.site.words import spoken


def citation(shelf: Shelf, quote: Quote) -> str:
    """A quotation's citation as plain text.

    An interview: narrator, title, interviewer, collection, date, begin-end time (the form of the Oral History
    Association's guides); press: speaker, author, title, publisher, date, address.
    """
    source = shelf.sources[quote.source]
    who = quote.person.name if quote.person else "Speaker unknown"
    parts = _press(source) if source.kind == "press" else _interview(source, quote.time)
    said = [f"{who}, quoted in {parts[0]}" if source.kind == "press" else f"{who}, in {parts[0]}", *parts[1:]]
    return spoken(", ".join(said) + f". Cited after “{shelf.history.title}”.")


def _press(source: Source) -> list[str]:
    author = [source.byline] if source.byline else []
    return [*author, f"“{title_of(source)}”", *filter(None, (source.publisher, dates.day(source.date), source.address))]


def _interview(source: Source, time: Times | None) -> list[str]:
    asked = ", ".join(source.labels.get(name, name) for name in source.interviewers)
    by = f"interviewed by {asked}" if asked else ""
    return [
        f"“{title_of(source)}”",
        *filter(None, (by, source.publisher, dates.day(source.date), dates.stretch(time))),
    ]


def note(source: Source, quote: Quote | None, spans: tuple[Span, ...]) -> str:
    """An endnote on printed words: who, where, asked by whom, when, and the stretch of the recording."""
    if source.kind == "press":
        who = f"{quote.person.name}, quoted in " if quote and quote.person else ""
        return spoken(who + ", ".join(_press(source)))
    time = times(source, spans[0][0], spans[-1][1])
    who = f"{quote.person.name}, " if quote and quote.person else ""
    return spoken(who + ", ".join(_interview(source, time)))


def via(source: Source) -> str:
    """Where the press has something from, shortly: `The Longwave, 1986`."""
    return ", ".join(filter(None, (source.publisher or title_of(source), dates.year(source.date))))


def entry(source: Source) -> str:
    """A source in a bibliography."""
    if source.kind == "press":
        return spoken(", ".join(_press(source)[:-1] if source.address else _press(source))) + "."
    named = dict.fromkeys(filter(None, (t.name for t in source.turns if not t.asks)))
    told = ", ".join(named) if 0 < len(named) <= 3 else ""
    return spoken(", ".join(filter(None, (told, *_interview(source, None))))) + "."


def part(role: Role, full: bool = False) -> str:
    """A role in a few words: `Nurse Bell in The Ward`, `showrunner, The Ward`; `full`: `plays Nurse Bell …`."""
    if role.kind == "plays":
        who = f"{role.of} in {role.work}" if role.work else role.of
        return f"plays {who}" if full and who else who
    if role.kind == "job":
        return ", ".join(filter(None, (role.title, role.of or role.work)))
    if role.kind == "author":
        return f"author of {role.of or role.work}"
    return " ".join(filter(None, (role.kind, role.title, role.of or role.work)))


def parts(person: Person | None, most: int = 2) -> str:
    """What somebody is to the story, shortly: the first few roles, each once, whom they play before what they do."""
    if not person:
        return ""
    roles = sorted(person.roles, key=lambda r: r.kind != "plays")
    told: list[str] = []
    for text in filter(None, map(part, roles)):
        if not any(one.startswith(text) for one in told):
            told = [*(one for one in told if not text.startswith(one)), text]
    return "; ".join(told[:most])
