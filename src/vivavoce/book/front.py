"""What stands before and behind the chapters: the note on method, who is who, the bibliography, the index."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from vivavoce import citations
from vivavoce.book import pieces
from vivavoce.book.edition import Entry, Member, Mentioned, Part, Speech, Told
from vivavoce.language import dates
from vivavoce.model import History, KnownPerson, Person, Role, Source, folded
from vivavoce.site import cite
from vivavoce.site.words import names_somebody

POLICIES = {
    "verbatim": "Each passage is printed as it was said: nothing within it is left out, added or changed. Spelling of "
    "sounds, capitals and punctuation are the transcriber’s or the editor’s.",
    "clean": "Each passage is printed as it was said, but for hesitations, words begun twice, and notes of the "
    "transcriber, which are left out without a sign. Nothing else within a passage is changed.",
    "condensed": "Passages are condensed: […] stands where words are left out, and words in [brackets] are the "
    "editor’s. Hesitations and words begun twice are left out without a sign. No other word is changed.",
}
"""What a reader is told of each edit policy; each is held to by the check of every line."""


def method(history: History, parts: tuple[Part, ...], policy: str) -> tuple[str, ...]:
    """The note on method and edit policy, in paragraphs; all of it is counted or checked, none is claimed."""
    said = [p for part in parts for p in part.pieces if isinstance(p, Speech)]
    ours = [p for p in said if p.kind == "interview"]
    told = [_made(said, ours), POLICIES[policy]]
    if len(said) > len(ours):
        told.append(
            "Words that were taken from newspapers and magazines are marked as such where they stand; they were "
            "edited by those who printed them first."
        )
    told.append(
        "People remember differently. Where accounts differ they stand side by side, and this book does not say who "
        "is right; that somebody is silent on a matter does not mean that they deny it."
    )
    told.append(
        "The endnotes give, for each passage, where it was said, when, and at what minute of the recording. Every "
        "passage was compared with its source when the book was made."
    )
    if pieces.english(history.language):
        told.append("Quotation marks and apostrophes are set in one style; no letter is changed with them.")
    if history.withheld:
        told.append("Some of what was said is withheld, at the wish of those who said it or for other reasons.")
    return tuple(told)


def _made(said: list[Speech], ours: list[Speech]) -> str:
    voices = len({p.person for p in said if p.person})
    passages = _many(len(said), "passage")
    press = len(said) - len(ours)
    where = f", {press} of them from the press" if press and ours else ", all from the press" if press else ""
    return f"This book is made of {passages}{where}, in the words of {_many(voices, 'person', 'people')}."


def _many(n: int, one: str, more: str = "") -> str:
    return f"{n:,} {one if n == 1 else more or one + 's'}"


# --- who is who --------------------------------------------------------------------------------------------


def members(
    history: History, known: Iterable[KnownPerson], parts: tuple[Part, ...], used: Mapping[str, set[str]]
) -> tuple[Member, ...]:
    """The dramatis personae: who speaks in the book, and who is named in vivavoce.toml; by surname.

    `used`: for each person's id, the paths of the sources that they are printed from.
    """
    speaks = {p.person for part in parts for p in part.pieces if isinstance(p, Speech)}
    told = {folded(k.name): k for k in known}
    sources = {s.path: s for s in history.sources}
    listed = [p for p in history.people if p.kind == "person" and (p.id in speaks or folded(p.name) in told)]
    listed.sort(key=lambda p: (citations.surname_first(p.name).casefold(), p.id))
    return tuple(_member(p, told.get(folded(p.name)), p.id in speaks, sources, used.get(p.id, set())) for p in listed)


def _member(
    person: Person, known: KnownPerson | None, speaks: bool, sources: Mapping[str, Source], used: set[str]
) -> Member:
    now = [r for r in person.roles if getattr(r, "when", "") == "now"]
    then = [r for r in person.roles if r not in now]
    days = sorted({sources[u].date for u in used if sources[u].kind == "transcript" and sources[u].date})
    return Member(
        person.id,
        person.name,
        _roles(then),
        _roles(now),
        "; ".join(dict.fromkeys(dates.day(d) for d in days)),
        _else(known),
        speaks,
    )


def _else(known: KnownPerson | None) -> str:
    """What else is known of somebody: that they died, or did not want to be interviewed."""
    died, declined = getattr(known, "died", ""), getattr(known, "declined", False)
    told = [f"died {dates.day(died)}" if died else "", "declined to be interviewed" if declined else ""]
    return "; ".join(filter(None, told))


def _roles(roles: Iterable[Role]) -> str:
    """Up to three roles in a few words, whom somebody plays before what they do; none told twice."""
    told: list[str] = []
    for text in (cite.part(r) for r in sorted(roles, key=lambda r: r.kind != "plays")):
        if text and not any(folded(text) in folded(one) or folded(one) in folded(text) for one in told):
            told.append(text)
    return "; ".join(told[:3])


# --- what it is from ---------------------------------------------------------------------------------------


def bibliography(history: History, used: Iterable[str], style: citations.Styling | None = None) -> tuple[Entry, ...]:
    """The sources that the book quotes: interviews first, then the press; each by surname, or as a style has them."""
    sources = {s.path: s for s in history.sources}
    told = citations.narrators(history.quotes)
    paths = sorted(set(used))
    if style:
        texts = citations.entries(style, paths)
    else:
        texts = [(p, citations.entry(sources[p], told.get(p, ()))) for p in paths]
        texts.sort(key=lambda row: (row[1].strip("“‘").casefold(), row[0]))
    entries = [Entry(_kind(sources[p]), p, text, sources[p].address) for p, text in texts]
    return tuple(sorted(entries, key=lambda e: e.kind))


def _kind(source: Source) -> Literal["interview", "press"]:
    return "press" if source.kind == "press" else "interview"


# --- the index ---------------------------------------------------------------------------------------------


def index(history: History, parts: tuple[Part, ...]) -> tuple[Mentioned, ...]:
    """People and works, with the pieces in which they speak or are named.

    A name or title that two share finds neither. Time grows with the words, not with words times names.
    """
    names = _names(history)
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    finder = _finder(names)
    for piece in (p for part in parts for p in part.pieces):
        for key in _named(piece, names, finder):
            places[key].append(piece.id)
    shown = {("person", p.id): citations.surname_first(p.name) for p in history.people} | {
        ("work", w.title): w.title for w in history.works if w.kind != "place"
    }
    found = [Mentioned(key[0], shown[key], tuple(ids)) for key, ids in places.items() if key in shown]  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda m: (m.name.casefold(), m.kind, m.pieces)))


def _names(history: History) -> dict[str, tuple[str, str]]:
    """Each name or title that is one person's or work's alone."""
    names = [(n, ("person", p.id)) for p in history.people for n in (p.name, *filter(names_somebody, p.aliases))]
    names += [(n, ("work", w.title)) for w in history.works for n in (w.title, *w.aliases)]
    owners = Counter(name for name, _ in dict.fromkeys(names))
    return {name: key for name, key in names if owners[name] == 1 and len(name) > 2}


def _finder(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(names, key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)") if longest_first else None


def _named(
    piece: object, names: dict[str, tuple[str, str]], finder: re.Pattern[str] | None
) -> Iterator[tuple[str, str]]:
    """Whom and what a piece names, each once; first who speaks."""
    texts: list[str] = []
    found: dict[tuple[str, str], None] = {}
    if isinstance(piece, Speech):
        texts = ["".join(r.text for r in runs) for runs in piece.paragraphs]
        found |= {("person", piece.person): None} if piece.person else {}
    elif isinstance(piece, Told):
        texts = ["".join(r.text for r in piece.runs)]
    if finder:
        found |= {names[m.group()]: None for text in texts for m in finder.finditer(text)}
    yield from found
