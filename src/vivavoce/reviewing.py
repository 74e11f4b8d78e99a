"""What a narrator is sent to clear, and what they answered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from vivavoce import __version__, decisions
from vivavoce.binding import Printed, printed, put, rested, standing
from vivavoce.book import review
from vivavoce.book.front import POLICIES
from vivavoce.book.reading import Read, read
from vivavoce.book.settle import plain
from vivavoce.build import everything
from vivavoce.citations import title_of
from vivavoce.decisions import Decision
from vivavoce.errors import BadFile, UsageError
from vivavoce.language import dates
from vivavoce.language.lexicon import lexicon
from vivavoce.language.tokens import sentences, tokens
from vivavoce.model import WITHHELD, Evidence, History, Person, Quote, Source, Span, folded, reads, told
from vivavoce.project import Project
from vivavoce.rights import paths
from vivavoce.site.pages import language


def pack(project: Project, who: str, day: str) -> tuple[Path, int]:
    """Write `out/review/ID.html`, what a narrator is sent, and its manifest: (the file, how many passages of theirs are
    in it)."""
    told, held, shown = standing(project, day)
    person = _person(project, shown, who)
    found = [p for p in printed(project, told, held, shown) if _of(p, person) and p.cleared != "refused"]
    as_read = read(shown)
    passages = [_passage(p, as_read) for p in found]
    letter = review.Letter(
        shown.title,
        project.imprint.author,
        person.name,
        POLICIES[project.edits],
        dates.day(day),
        language(shown.language),
        tuple(p for p, _ in passages),
    )
    path = project.out / "review" / f"{person.id}.html"
    data = review.page(letter).encode("utf-8", "replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise BadFile(f"{path.parent} cannot be made ({e.strerror}). Make room for it, then try again.") from e
    # The manifest first: a page without one would be sent and then forgotten by the check.
    put(path.with_name(f"{person.id}.manifest.json"), _manifest(person, found, [b for _, b in passages], shown, data))
    put(path, data)
    return path, len(found)


def _manifest(
    person: Person, found: Sequence[Printed], beside: Sequence[Sequence[Evidence]], shown: History, data: bytes
) -> bytes:
    """What a page for a narrator says of itself: its day, every passage with the words that it rests on and what is
    printed `beside` it, the person, the sources."""
    sources = {s.path: s for s in shown.sources}
    lines: list[dict[str, Any]] = []
    for n, (line, more) in enumerate(zip(found, beside, strict=True), 1):
        at = f"passage {n}"
        lines += [rested(line.settled, at), *(_rested(sources[e.source], (e.start, e.end), at) for e in more)]
    every = [f"passage {n}" for n in range(1, len(found) + 1)]
    named = dict.fromkeys(p.settled.source for p in found)
    body = {
        "v": 1,
        "by": f"vivavoce {__version__}",
        "title": shown.title,
        "day": shown.day,
        "lines": lines,
        "rests": [
            {"what": "person", "id": person.id, "name": person.name, "at": every},
            *({"what": "source", "id": path, "name": sources[path].title} for path in named),
        ],
        "hash": hashlib.sha256(data).hexdigest(),
    }
    return msgspec.json.format(msgspec.json.encode(body, order="deterministic"), indent=1) + b"\n"


def _rested(source: Source, span: Span, at: str) -> dict[str, Any]:
    words, now = told(source, *span), reads(source, *span)
    hashes = (hashlib.sha256(w.encode("utf-8", "replace")).hexdigest() for w in (words, now))
    kept = dict(zip(("hash", "reads"), hashes, strict=True))
    return {"quote": "", "source": source.path, "spans": [span], **kept, "version": source.text_hash, "at": at}


def clearance(
    project: Project,
    who: str,
    quotes: Sequence[str],
    do: Literal["clear", "refuse"],
    how: str,
    by: str,
    at: str,
    day: str,
) -> tuple[Decision, int]:
    """A narrator's answer to their lines that now stand in the book, or to those of some quotations (ids, or printed
    words): the decision, and how many lines it is about. Raises UsageError where there are none."""
    told, held, shown = standing(project, day)
    person = _person(project, shown, who)
    mine = [p for p in printed(project, told, held, shown) if _of(p, person)]
    found = [p for p in mine if not quotes or any(_asked(p, q) for q in quotes)]
    lost = [q for q in quotes if not any(_asked(p, q) for p in mine)]
    if lost or not found:
        which = f"“{lost[0]}” is none of the lines" if lost else "There are no lines"
        raise UsageError(f"{which} of {person.name} in book.md. Give a quotation's id, or words as they are printed.")
    whole, rules = everything(project, day)
    came = {s.path: s for s in whole.sources}
    named = {new: old for old, new in paths(whole, "book", day, rules).items()}
    places = dict.fromkeys((named.get(p.settled.source, p.settled.source), s) for p in found for s in p.settled.spans)
    words = [(came[path], span) for path, span in places]
    return decisions.clearance_decision(do, words, how, by, at), len(found)


def _person(project: Project, shown: History, who: str) -> Person:
    """Somebody by id or name; who goes by another name is found by their own too, and told by the other."""
    whole, rules = everything(project, shown.day)
    known = [p.id for p in whole.people if who == p.id or folded(who) in map(folded, (p.name, *p.aliases))]
    others = {folded(r.called) for r in rules if r.what == "person" and r.called and r.of in known}
    wanted = {folded(who), *others}
    found = [p for p in shown.people if p.id == who or wanted & set(map(folded, (p.name, *p.aliases)))]
    if len(found) != 1:
        what = "could be several; give an id" if found else "is nobody who may be shown in the book"
        raise UsageError(f"“{who}” {what}. `vivavoce people` lists them.")
    return found[0]


def _of(line: Printed, person: Person) -> bool:
    quote = line.settled.quote
    return quote is not None and quote.person is not None and quote.person.id == person.id


def _asked(line: Printed, asked: str) -> bool:
    quote = line.settled.quote
    return (quote is not None and quote.id == asked) or (
        bool(folded(asked)) and folded(asked) in folded(plain(line.part))
    )


# --- a passage ---------------------------------------------------------------------------------------------


def _passage(line: Printed, as_read: Read) -> tuple[review.Passage, list[Evidence]]:
    """A printed line with what its narrator needs to judge it: nobody else's words but the question before it. And
    where that stands in the text as it came."""
    quote = line.settled.quote
    assert quote
    source = next(s for s in as_read.history.sources if s.path == line.settled.source)
    spans = tuple(as_read.read(source.path, span) for span in line.settled.spans)
    said = next(q for q in as_read.history.quotes if q.id == quote.id)
    where = ", ".join(filter(None, (title_of(source), dates.day(source.date) if source.date else "")))
    words = tuple(" ".join("".join(r.text for r in runs).split()) for runs in line.part.paragraphs)
    asked, (before, after) = _question(source, said), _beside(source, said, spans)
    passage = review.Passage(words, where, *(_words(source, found) for found in (asked, before, after)))
    printed = [s for found in (asked, before, after) if _words(source, found) for s in found]
    layer = as_read.layers.get(source.path)
    came = [layer.came(s) if layer else s for s in printed]
    return passage, [Evidence(source.path, start, end) for start, end in came]


def _words(source: Source, spans: Sequence[Span]) -> str:
    """Words in one line; "" where some are withheld."""
    words = " ".join(" ".join(source.text[s:e] for s, e in spans).split())
    return "" if WITHHELD in words else words


def _beside(source: Source, said: Quote, spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The sentence that they said just before, and the one just after, in the same breath."""
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    ahead = [w for s, e in said.spans for w in _sentences(source, s, min(e, first))]
    behind = [w for s, e in said.spans for w in _sentences(source, max(s, last), e)]
    return tuple(ahead[-1:]), tuple(behind[:1])


def _sentences(source: Source, start: int, end: int) -> list[Span]:
    if start >= end:
        return []
    found = sentences(tokens(source.text, start, end), source.text, lexicon())
    pieces = ((s[0].start, s[-1].end) for s in found)
    return [span for span in pieces if folded(source.text[slice(*span)])]


def _question(source: Source, said: Quote) -> tuple[Span, ...]:
    """What they were asked: the interviewer's turn just before theirs."""
    turn = source.turns[said.turn - 1] if said.turn else None
    return turn.spans if turn is not None and turn.asks else ()
