"""What a narrator is sent to clear, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from vivavoce import decisions
from vivavoce.binding import Printed, printed, standing
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
from vivavoce.model import WITHHELD, History, Person, Quote, Source, Span, folded
from vivavoce.project import Project
from vivavoce.rights import paths
from vivavoce.site.pages import language


def pack(project: Project, who: str, day: str) -> tuple[Path, int]:
    """Write `out/review/ID.html`, what a narrator is sent: (the file, how many passages of theirs are in it)."""
    told, held, shown = standing(project, day)
    person = _person(project, shown, who)
    found = [p for p in printed(project, told, held, shown) if _of(p, person) and p.cleared != "refused"]
    as_read = read(shown)
    letter = review.Letter(
        shown.title,
        project.imprint.author,
        person.name,
        POLICIES[project.edits],
        dates.day(day),
        language(shown.language),
        tuple(_passage(p, as_read) for p in found),
    )
    path = project.out / "review" / f"{person.id}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(review.page(letter), "utf-8", newline="\n")
    except OSError as e:
        raise BadFile(f"{path} cannot be written ({e.strerror}). Make room for it, then try again.") from e
    return path, len(found)


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


def _passage(line: Printed, as_read: Read) -> review.Passage:
    """A printed line with what its narrator needs to judge it: nobody else's words but the question before it."""
    quote = line.settled.quote
    assert quote
    source = next(s for s in as_read.history.sources if s.path == line.settled.source)
    spans = tuple(as_read.read(source.path, span) for span in line.settled.spans)
    said = next(q for q in as_read.history.quotes if q.id == quote.id)
    before, after = _beside(source, said, spans)
    where = ", ".join(filter(None, (title_of(source), dates.day(source.date) if source.date else "")))
    words = tuple(" ".join("".join(r.text for r in runs).split()) for runs in line.part.paragraphs)
    return review.Passage(words, where, _question(source, said), before, after)


def _beside(source: Source, said: Quote, spans: tuple[Span, ...]) -> tuple[str, str]:
    """The sentence that they said just before, and the one just after, in the same breath."""
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    ahead = [w for s, e in said.spans for w in _sentences(source, s, min(e, first))]
    behind = [w for s, e in said.spans for w in _sentences(source, max(s, last), e)]
    shown = (review.beside(ahead, -1), review.beside(behind, 0))
    return tuple("" if WITHHELD in words else words for words in shown)  # type: ignore[return-value]


def _sentences(source: Source, start: int, end: int) -> list[str]:
    if start >= end:
        return []
    found = sentences(tokens(source.text, start, end), source.text, lexicon())
    pieces = (source.text[s[0].start : s[-1].end] for s in found)
    return [piece for piece in pieces if folded(piece)]


def _question(source: Source, said: Quote) -> str:
    """What they were asked: the interviewer's turn just before theirs."""
    turn = source.turns[said.turn - 1] if said.turn else None
    if turn is None or not turn.asks:
        return ""
    words = " ".join(" ".join(source.text[s:e] for s, e in turn.spans).split())
    return "" if WITHHELD in words else words
