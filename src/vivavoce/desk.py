"""What a person decides, from whatever door: find what is meant, write one row, say what was written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from vivavoce import archive, decisions, reviewing, rights
from vivavoce.build import everything, update
from vivavoce.decisions import Decision
from vivavoce.errors import UsageError
from vivavoce.model import (
    Account,
    Cast,
    Evidence,
    Figure,
    History,
    Moment,
    Person,
    Quote,
    Relation,
    Restriction,
    Role,
    Source,
    Span,
    Value,
    folded,
    slug,
)
from vivavoce.project import Project

T = TypeVar("T")
MARKS = "“”„«»\"‘’' "  # which a person may type round the words that stand between them
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
QuoteDecision = Literal["speaker", "not-a-quotation"]


class Held(Value, frozen=True):
    """A project with all that was last read of it: who decides one thing after another need not wait for the archive
    each time. Decisions point at words, so that they hold for what is read next. `look` is shown each row before it is
    written, while nobody else can write: it gives an earlier decision on the same thing, or raises."""

    project: Project
    everybody: History
    look: Callable[[Decision], Decision | None] | None = None

    @property
    def journal(self) -> Path:
        """The file of decisions."""
        return self.project.journal

    @property
    def state(self) -> Path:
        """The folder of what is derived."""
        return self.project.state


Desk = Project | Held
"""Where decisions are made: on a project as it is on the disk, brought up to date first, or as it was last read."""


class Written(Value, frozen=True):
    """A decision that is on the disk, and what it says; `beside`: an earlier one on the same thing, which stands
    too."""

    row: Decision
    says: str
    beside: Decision | None = None

    def __str__(self) -> str:
        told = f"Decided ({self.row.id}): {self.says}. It is undone by: vivavoce decide undo {self.row.id}"
        if self.beside is None:
            return told
        undone = f"The later holds; the earlier is undone by: vivavoce decide undo {self.beside.id}"
        return f"{told}\n{_by_whom(self.beside)} {undone}"


class Decided(UsageError):
    """Somebody has decided the same thing since it was looked at."""

    def __init__(self, earlier: Decision) -> None:
        super().__init__(f"{_by_whom(earlier)} Nothing was changed. Decide again if it is to be otherwise.")
        self.earlier = earlier


class Entry(Value, frozen=True):
    """A decision as it is listed."""

    id: str
    at: str
    by: str
    says: str
    stands: bool


def sat(project: Project) -> Held:
    """A project brought up to date and read once, to decide one thing on. If somebody decides the same thing before
    that is written, it is not, and Decided is raised."""
    known = frozenset(d.id for d in decisions.read(project.journal).decisions)

    def look(row: Decision) -> Decision | None:
        earlier = _latest(project.journal, row)
        if earlier and earlier.id not in known:
            raise Decided(earlier)
        return earlier

    return Held(project, _all(project), look)


def speaker(project: Desk, quote: str, name: str | None, by: str) -> Written:
    """Say who said a quotation; what was written."""
    said = _quote(_all(project), quote)
    return _write(project, _quote_row(project, "speaker", said, name, by), f"“{_short(said.text)}” is {name or '?'}’s")


def not_a_quotation(project: Desk, quote: str, by: str) -> Written:
    """Say that something is not a quotation."""
    said = _quote(_all(project), quote)
    row = _quote_row(project, "not-a-quotation", said, None, by)
    return _write(project, row, f"“{_short(said.text)}” is not a quotation")


def kind(project: Desk, quote: str, kind: str, by: str) -> Written:
    """Say what kind of quotation one is (direct, mixed, indirect), or that a turn asks or answers."""
    everybody = _all(project)
    said = _quote(everybody, quote)
    row = decisions.kind_decision(said, _source(everybody, said.source), kind, by, _now())
    return _write(project, row, f"“{_short(said.text)}” {kind if kind in ('asks', 'answers') else f'is {kind}'}")


def span(project: Desk, quote: str, words: Sequence[str], by: str, near: Sequence[Span] = ()) -> Written:
    """Say which words a quotation is, one text a fragment; who said it stays. `near`: where in the source each of them
    stands; left away: near to where the quotation was found."""
    everybody = _all(project)
    said = _quote(everybody, quote)
    there = _source(everybody, said.source)
    at = near or [said.spans[0]] * len(words)
    spans = [_stretch(there, fragment.strip(MARKS), where) for fragment, where in zip(words, at, strict=True)]
    row = decisions.span_decision(said, there, spans, by, _now())
    return _write(project, row, f"the words of the quotation are “{_short(' … '.join(words))}”")


def quotation(
    project: Desk, source: str, words: Sequence[str], kind: str, who: str | None, by: str, near: Span | None = None
) -> Written:
    """Say that words of a source are a quotation, one text a fragment, of a kind and (None: nobody known) by whom.
    `near`: where in the source, if they stand there several times."""
    there = _source(_all(project), source)
    spans = [_stretch(there, fragment.strip(MARKS), near) for fragment in words]
    row = decisions.span_decision(None, there, spans, by, _now(), kind, who)
    return _write(project, row, f"“{_short(' … '.join(words))}” is a quotation of {who or 'nobody known'}")


def correct(project: Desk, source: str, words: str, to: str, by: str, near: Span | None = None) -> Written:
    """Say that words of a source should read otherwise; they stay in it as they came. `near`: where in the source, if
    they stand there several times."""
    there = _source(_all(project), source)
    span = _stretch(there, words, near)
    row = decisions.correction_decision(there, span, to, by, _now())
    return _write(project, row, f"“{_short(there.text[slice(*span)])}” reads “{_short(to)}”")


def label(project: Desk, source: str, label: str, name: str, by: str) -> Written:
    """Say who a speaker label of a source is: who says all of its turns."""
    there = _source(_all(project), source)
    labels = list(dict.fromkeys(t.label for t in there.turns if t.label))
    if label not in labels:
        raise UsageError(f"“{label}” is no label of {there.path}. It has: {', '.join(labels) or 'none'}.")
    row = decisions.label_decision(there, label, name, by, _now())
    return _write(project, row, f"“{label}” in {there.path} is {name}")


def turn(
    project: Desk, source: str, words: str, name: str | None, by: str, alone: bool = False, near: Span | None = None
) -> Written:
    """Say that from these words to the end of their turn somebody else speaks, or that (`alone`) these words are
    somebody else's; None: nobody known. `near`: where in the source, if they stand there several times."""
    there = _source(_all(project), source)
    row = decisions.turn_decision("alone" if alone else "split", there, _stretch(there, words, near), name, by, _now())
    return _write(project, row, f"“{_short(words)}” {'is' if alone else 'and what follows is'} {name or '?'}’s")


def join(project: Desk, source: str, words: str, by: str, near: Span | None = None) -> Written:
    """Say that the turn in which these words stand goes on from the one before it: one person speaks in both. `near`:
    where in the source, if they stand there several times."""
    there = _source(_all(project), source)
    row = decisions.turn_decision("join", there, _stretch(there, words, near), None, by, _now())
    return _write(project, row, f"“{_short(words)}” goes on from the turn before")


def merge(project: Desk, names: Sequence[str], by: str) -> Written:
    """Say that two or more people are one."""
    if len(names) < 2:
        raise UsageError("One person alone cannot be merged. Name two or more.")
    everybody = _all(project)
    people = list({p.id: p for p in (_person(everybody, n) for n in names)}.values())
    if len(people) < 2:
        raise UsageError(f"These are all {people[0].name} already. Name two or more.")
    row = decisions.person_decision(
        "merge", people, _casts(project, people), _lookup(everybody), people[0].name, by, _now()
    )
    return _write(project, row, " and ".join(p.name for p in people) + " are one person")


def split(project: Desk, name: str, of: str | Sequence[str], by: str) -> Written:
    """Say that the one of that name in a source (or in several, the same one) is somebody else."""
    everybody, sources = _all(project), [of] if isinstance(of, str) else list(of)
    person = _person(everybody, name)
    here = {path for path, _ in person.figures}
    for source in sources:
        if source not in here:
            raise UsageError(f"{person.name} is not in “{source}” but in: {', '.join(sorted(here))}.")
    gone = [f for f in person.figures if f[0] in sources]
    told = ", ".join(sources)
    if not gone or len(gone) == len(person.figures):
        raise UsageError(f"{person.name} is in “{told}” only, so that there is nobody to tell them from.")
    by_key = _figures(project, [person])
    meant = [(f[0], by_key[f]) for f in (*gone, *(f for f in person.figures if f not in gone))]
    row = decisions.figure_decision("split", meant, _lookup(everybody), person.name, by, _now(), side=len(gone))
    return _write(project, row, f"{person.name} in {told} is somebody else")


def two(project: Desk, one: str, other: str, by: str) -> Written:
    """Say that two people are not one, however alike their names are."""
    everybody = _all(project)
    a, b = _person(everybody, one), _person(everybody, other)
    if a.id == b.id:
        raise UsageError(
            f"These are both {a.name}. Say of which sources somebody else is meant: vivavoce decide split."
        )
    by_key = _figures(project, [a, b])
    meant = [(f[0], by_key[f]) for f in (*a.figures, *b.figures) if f in by_key]
    side = sum(f in by_key for f in a.figures)
    row = decisions.figure_decision("split", meant, _lookup(everybody), "", by, _now(), side=side)
    return _write(project, row, f"{a.name} and {b.name} are two people")


def name(project: Desk, who: str, new: str, by: str) -> Written:
    """Say what a person is called."""
    person, row = _on_person(project, "name", who, new, by)
    return _write(project, row, f"{person.name} is called {new}")


def alias(project: Desk, who: str, other: str, by: str, not_: bool = False) -> Written:
    """Say that a person goes by another name too (or, with `not_`, that they do not)."""
    if not folded(other):
        raise UsageError("A name has letters in it. Give one.")
    person, row = _on_person(project, "alias", who, " ".join(other.split()), by, {"not": True} if not_ else None)
    return _write(project, row, f"{person.name} is {'not ' if not_ else ''}called {other}{'' if not_ else ' too'}")


def role(project: Desk, who: str, role: Role, by: str, not_: bool = False) -> Written:
    """Say what a person is to the story (or, with `not_`, what they are not)."""
    if not role.kind.strip():
        raise UsageError("A role is of a kind: plays, job, author, married, … Give one.")
    told = {k: v for k in Role.__struct_fields__ if k != "evidence" and (v := getattr(role, k))}
    person, row = _on_person(project, "role", who, "", by, {"role": told} | ({"not": True} if not_ else {}))
    return _write(project, row, f"{person.name} {'is not' if not_ else 'is'}: {', '.join(told.values())}")


def pseudonym(project: Desk, who: str, shown: str, by: str) -> Written:
    """Say under which other name a person is shown, everywhere."""
    if not slug(shown).strip("x-") or not folded(shown):
        raise UsageError("A pseudonym is a name. Give one with letters in it.")
    _, row = _on_person(project, "pseudonym", who, " ".join(shown.split()), by)
    return _write(project, row, f"somebody is shown as {shown}")


def together(project: Desk, ids: Sequence[str], by: str) -> Written:
    """Say that accounts (of moments, or single ones) tell of one event."""
    everybody = _all(project)
    accounts = [a for i in ids for a in _accounts(everybody, i)]
    if len(accounts) < 2:
        raise UsageError("One account alone is together already. Name two or more moments or accounts.")
    row = decisions.moment_decision("together", accounts, _lookup(everybody), "", by, _now())
    return _write(project, row, f"{len(accounts)} accounts tell of one event")


def apart(project: Desk, moment: str, ids: Sequence[str], by: str) -> Written:
    """Say that some accounts of a moment tell of another event."""
    everybody = _all(project)
    inside = _moment(everybody, moment).accounts
    accounts = [a for a in inside if a.id in ids]
    if len(accounts) != len(set(ids)):
        raise UsageError(f"Not all of these are accounts of that moment; it has: {', '.join(a.id for a in inside)}.")
    if len(inside) < 2:
        raise UsageError("This moment has one account only, so that there is nothing to take it from.")
    # Of all accounts it is said that each tells of an event of its own.
    rest = [a for a in inside if a not in accounts] or inside
    moving = accounts if len(accounts) < len(inside) else ()
    row = decisions.moment_decision("apart", rest, _lookup(everybody), "", by, _now(), moving=moving)
    return _write(project, row, f"{_many(accounts)} of another event")


def move(project: Desk, ids: Sequence[str], to: str, by: str) -> Written:
    """Say that accounts tell of the event of another moment: they go to it, and what stood with them stays."""
    everybody = _all(project)
    there = _moment(everybody, to)
    found = [a for m in everybody.moments for a in m.accounts if a.id in ids]
    accounts = [a for a in found if a not in there.accounts]
    if len({a.id for a in found}) != len(set(ids)):
        raise UsageError("Not all of these are accounts. `vivavoce moments --json` lists them with their ids.")
    if not accounts:
        raise UsageError(f"These stand in “{there.title}” already. Name accounts of another moment.")
    row = decisions.moment_decision("together", there.accounts, _lookup(everybody), "", by, _now(), moving=accounts)
    return _write(project, row, f"{_many(accounts)} of “{_short(there.title)}”")


def title(project: Desk, moment: str, new: str, by: str) -> Written:
    """Give a moment its title."""
    everybody = _all(project)
    accounts = _moment(everybody, moment).accounts
    row = decisions.moment_decision("title", accounts, _lookup(everybody), new, by, _now())
    return _write(project, row, f"the moment is called “{new}”")


def note(project: Desk, moment: str, text: str, by: str) -> Written:
    """Give a moment a note of the editor's; none takes it away."""
    everybody = _all(project)
    accounts = _moment(everybody, moment).accounts
    words = " ".join(text.split())
    row = decisions.moment_decision("note", accounts, _lookup(everybody), words, by, _now())
    return _write(project, row, f"the moment is noted: “{_short(words)}”" if words else "the moment has no note")


def noted(project: Desk, quote: str, text: str, by: str) -> Written:
    """Give a quotation a note of the editor's. Raises UsageError where there are no words."""
    said, words = _quote(_all(project), quote), " ".join(text.split())
    if not words:
        raise UsageError("There are no words. Write the note.")
    source = _source(_all(project), said.source)
    anchors = [decisions.anchor(source, start, end) for start, end in said.spans]
    return _write(project, decisions.note_decision(words, anchors, by, _now()), f"it is noted: “{_short(words)}”")


def when(project: Desk, moment: str, day: str, by: str) -> Written:
    """Say on which day (or in which month or year, ISO) a moment happened; none: that it is not known. It stands in
    the order that this makes."""
    everybody = _all(project)
    accounts = _moment(everybody, moment).accounts
    if day and not _DAY.fullmatch(day):
        raise UsageError(f"“{day}” is no date. Give a day, a month or a year, as in 1986-11-03, 1986-11 or 1986.")
    try:
        datetime.date.fromisoformat(f"{day}-01-01"[:10] if day else "0001-01-01")
    except ValueError as e:
        raise UsageError(f"There is no {day}. Give a day that there is, as in 1986-11-03.") from e
    row = decisions.moment_decision("when", accounts, _lookup(everybody), day, by, _now())
    return _write(project, row, f"it happened {day}" if day else "when it happened is not known")


def relation(
    project: Desk, moment: str, do: Literal["accept", "reject"], about: str, between: Sequence[str], by: str
) -> Written:
    """Say that a relation of a moment holds, or that there is none. `between`: the ids of its two accounts, where
    several are about the same."""
    everybody = _all(project)
    there = [r for r in _moment(everybody, moment).relations if folded(r.about) == folded(about)]
    found = [r for r in there if not between or {r.a, r.b} == set(between)]
    meant = _one("relation", about, found, "moments", lambda r: f"--between {r.a} --between {r.b}")
    row = decisions.relation_decision(do, _rested(everybody, meant), _lookup(everybody), by, _now())
    return _write(project, row, f"“{about}” is {do}ed")


def relate(
    project: Desk, moment: str, kind: str, about: str, words: tuple[str, str], values: Sequence[str], by: str
) -> Written:
    """Say that two accounts of a moment agree, differ or are in dispute, resting on words of each; `values`: what each
    has (none: the words)."""
    if kind not in ("agree", "differ", "dispute"):
        raise UsageError(f"“{kind}” is no relation; there are: agree, differ, dispute.")
    if len(values) not in (0, 2):
        raise UsageError("Give the values of both sides, or of none.")
    everybody = _all(project)
    accounts = _moment(everybody, moment).accounts
    evidence = tuple(_told(everybody, accounts, side) for side in words)
    given = tuple(values) or tuple(side.strip(MARKS) for side in words)
    made = Relation("", "", kind, about, (given[0], given[1]), evidence)  # type: ignore[arg-type]
    row = decisions.relation_decision("add", made, _lookup(everybody), by, _now())
    return _write(project, row, f"“{_short(given[0])}” and “{_short(given[1])}” {kind}: {about}")


def withhold(project: Desk, what: str, of: str, until: str, channels: tuple[str, ...], ground: str, by: str) -> Written:
    """Say that something may not be shown. Raises UsageError for what the gate would not understand."""
    everybody = _all(project)
    rule = Restriction(what, of, channels, until, ground)
    wrong = rights.problems((rule,), everybody)
    if wrong:
        raise UsageError(wrong[0])
    row = decisions.rights_decision(rule, _lookup(everybody), by, _now())
    return _write(project, row, f"{what} {of} is withheld" + (f" until {until}" if until else ""))


def clearance(
    project: Project, who: str, quotes: Sequence[str], do: Literal["clear", "refuse"], how: str, by: str, day: str
) -> Written:
    """Say that a narrator cleared their lines in the book (or those of some quotations), or refused them."""
    update(project)
    row, lines = reviewing.clearance(project, who, quotes, do, how, by, _now(), day)
    count = "1 line" if lines == 1 else f"{lines} lines"
    return _write(project, row, f"{count} of the book {'may be printed' if do == 'clear' else 'may not be printed'}")


def undo(project: Desk, decision: str, by: str) -> Written:
    """Undo a decision."""
    for row in decisions.read(project.journal).decisions:
        if row.id == decision:
            return _write(project, decisions.undo(row, by, _now()), f"{row.id} ({row.type}) is undone")
    raise UsageError(f"There is no decision “{decision}”. `vivavoce decide log` lists them.")


def log(project: Desk) -> list[Entry]:
    """The decisions, oldest first."""
    journal = decisions.read(project.journal)
    standing = {d.id for d in decisions.standing(journal)}
    rows = {d.id: d for d in journal.decisions}
    return [Entry(d.id, d.at, d.by, decisions.says(d, rows), d.id in standing) for d in journal.decisions]


def _all(project: Desk) -> History:
    """Everything, whether or not it may be shown: what is decided on is found by its own words."""
    if isinstance(project, Held):
        return project.everybody
    update(project)
    return everything(project, datetime.date.today().isoformat())[0]


def _write(project: Desk, row: Decision, says: str) -> Written:
    with decisions.alone(project.state):
        earlier = project.look(row) if isinstance(project, Held) and project.look else None
        row = decisions.after(project.journal, row)
        decisions.append(project.journal, row)
    return Written(row, says, earlier)


def _latest(journal: Path, row: Decision) -> Decision | None:
    """The latest decision in force on what a row is about."""
    about = decisions.about(row)
    found = [d for d in decisions.standing(decisions.read(journal)) if about and decisions.about(d) == about]
    return found[-1] if found else None


def _by_whom(earlier: Decision) -> str:
    return f"{earlier.by} has decided on the same, on {earlier.at[:16].replace('T', ' ')}: {decisions.says(earlier)}."


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:60].rsplit(" ", 1)[0] + " …"


def _quote_row(project: Desk, kind: QuoteDecision, said: Quote, value: str | None, by: str) -> Decision:
    source = _lookup(_all(project))(said.source)
    assert source
    return decisions.quote_decision(kind, said, source, value, by, _now())


def _lookup(everybody: History) -> Callable[[str], Source | None]:
    by_path = {s.path: s for s in everybody.sources}
    return by_path.get


def _casts(project: Desk, people: Sequence[Person]) -> list[Cast]:
    """Who is in the sources that some people are in."""
    with archive.opened(project.state) as connection:
        bodies = [archive.cast(connection, path) for path in dict.fromkeys(s for p in people for s, _ in p.figures)]
    return [msgspec.json.decode(body, type=Cast) for body in bodies if body]


def _on_person(
    project: Desk,
    do: decisions.PersonDo,
    who: str,
    name: str,
    by: str,
    more: dict[str, object] | None = None,
) -> tuple[Person, Decision]:
    """A person, and a decision of a kind on them."""
    everybody = _all(project)
    person = _person(everybody, who)
    row = decisions.person_decision(
        do, [person], _casts(project, [person]), _lookup(everybody), name, by, _now(), more=more
    )
    return person, row


def _figures(project: Desk, people: Sequence[Person]) -> dict[tuple[str, str], Figure]:
    return {(c.source, f.key): f for c in _casts(project, people) for f in c.figures}


def _many(accounts: Sequence[Account]) -> str:
    return "1 account tells" if len(accounts) == 1 else f"{len(accounts)} accounts tell"


def _one(kind: str, asked: str, found: list[T], listed: str, tell: Callable[[T], str]) -> T:
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"There is no {kind} “{asked}”. `vivavoce {listed}` lists them.")
    some = ", ".join(tell(f) for f in found[:6])
    raise UsageError(f"“{asked}” could be several; give an id: {some}.")


def _quote(everybody: History, asked: str) -> Quote:
    by_id = [q for q in everybody.quotes if q.id == asked]
    words = folded(asked)
    found = by_id or [q for q in everybody.quotes if words and words in folded(q.text)]
    return _one("quotation", asked, found, "quotes FOLDER --json", lambda q: f"{q.id} ({q.source})")


def _source(everybody: History, asked: str) -> Source:
    by_path = [s for s in everybody.sources if s.path == asked.removeprefix("sources/")]
    found = by_path or [s for s in everybody.sources if rights.is_of(asked, s.path)]
    return _one("source", asked, found, "sources", lambda s: s.path)


def _stretch(source: Source, words: str, near: Span | None = None) -> Span:
    """Where words stand in a source: once (or, of several places, that `near` something), within one turn, heading or
    paragraph; white space may differ."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", source.text)] if pattern else []
    if not found:
        raise UsageError(f"“{words}” does not stand in {source.path}. Give the words as `vivavoce text` prints them.")
    if near:
        found = sorted(found, key=lambda s: abs(s[0] - near[0]))[:1]
    if len(found) > 1:
        raise UsageError(f"“{words}” stands in {source.path} {len(found)} times. Give some words round it too.")
    inside = [s for t in source.turns for s in t.spans] or [(b.start, b.end) for b in source.blocks]
    if not any(start <= found[0][0] and found[0][1] <= end for start, end in inside or found):
        raise UsageError(f"“{words}” reaches over more than one turn or paragraph of {source.path}. Give fewer words.")
    return found[0]


def _told(everybody: History, accounts: Sequence[Account], words: str) -> Evidence:
    """Where words stand in accounts."""
    pattern = r"\s+".join(map(re.escape, words.strip(MARKS).split()))
    found = [
        Evidence(a.source, *m.span())
        for a in accounts
        for start, end in a.spans
        for m in re.compile(pattern or r"(?!)").finditer(_source(everybody, a.source).text, start, end)
    ]
    return _one("words in that moment", words, list(dict.fromkeys(found)), "moments", lambda e: f"{e.source} {e.start}")


def _rested(everybody: History, relation: Relation) -> Relation:
    """A relation with the words that it rests on: the beginnings of its accounts where it shows none."""
    if len(relation.evidence) == 2:
        return relation
    accounts = {a.id: a for m in everybody.moments for a in m.accounts}
    sides = [accounts[side] for side in (relation.a, relation.b)]
    return msgspec.structs.replace(relation, evidence=tuple(Evidence(a.source, *a.spans[0]) for a in sides))


def _person(everybody: History, asked: str) -> Person:
    by_id = [p for p in everybody.people if p.id == asked]
    found = by_id or [p for p in everybody.people if folded(asked) in map(folded, (p.name, *p.aliases))]
    return _one("person", asked, found, "people", lambda p: p.id)


def _moment(everybody: History, asked: str) -> Moment:
    found = [m for m in everybody.moments if asked == m.id or asked in m.former]
    return _one("moment", asked, found, "moments", lambda m: m.id)


def _accounts(everybody: History, asked: str) -> list[Account]:
    single = [a for m in everybody.moments for a in m.accounts if a.id == asked]
    return single or list(_moment(everybody, asked).accounts)
