"""A moment in the voices of those who told it: blocks of words that alternate, and notes where accounts part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby, zip_longest

from markupsafe import Markup

from vivavoce.model import Account, Evidence, Moment, Quote, Source, Span, Value, reads
from vivavoce.site import cite, dates
from vivavoce.site.excerpts import WORDS_ROUND, fragments, marked
from vivavoce.site.shelf import (
    Shelf,
    account_anchor,
    person_page,
    quote_anchor,
    quote_place,
    source_page,
    title_of,
    whole,
)
from vivavoce.site.words import Mark, printed, spoken

LONG_GAP = 24  # words; a longer gap between two fragments is shown as an ellipsis
SAYS = {
    "agree": "Accounts agree",
    "differ": "Accounts differ",
    "dispute": "Accounts read this differently",
}


class Note(Value, frozen=True):
    """Where accounts agree, differ or dispute: what about, and what each has: (name, value, address)."""

    id: str
    says: str
    about: str
    type: str
    values: tuple[tuple[str, str, str], ...]


class Voice(Value, frozen=True):
    """Words of one person in a moment. `role` is told at the first mention only; `press`: quoted from press;
    `reported`: the reporter's words for what was said; `notes` stand beside it."""

    name: str
    person: str
    role: str
    paragraphs: tuple[Markup, ...]
    press: bool
    reported: bool
    source: str
    place: str
    time: str
    told: str
    cite: str
    id: str
    notes: tuple[Note, ...] = ()


class _Block(Value, frozen=True):
    """A block before it is printed: stretches of paragraphs, each with where it is found."""

    account: Account
    paragraphs: tuple[tuple[Span, ...], ...]
    quotes: tuple[Quote, ...]
    anchor: str


def voices(shelf: Shelf, moment: Moment) -> tuple[list[Voice], list[Note]]:
    """The voices of a moment in the order of reading, and the notes that found no place beside one of them."""
    told: dict[str, list[_Block]] = {}
    for account in moment.accounts:
        told.setdefault(account.source, []).extend(_blocks(shelf, account))
    turns = [_exchanges(shelf.sources[path], blocks) for path, blocks in told.items() if blocks]
    order = [b for row in zip_longest(*turns) for exchange in row if exchange for b in exchange]
    notes, marks, seen_in = _notes(shelf, moment, order)
    met: set[str] = set()
    out, begun = [], set[Mark]()
    for i, one in enumerate(order):
        beside = tuple(n for n in notes if seen_in.get(n.id) == i)
        out.append(_voice(shelf, one, marks.get(one.account.source, []), begun, met, beside, i))
    return out, [n for n in notes if n.id not in seen_in]


def unquoted(shelf: Shelf, moment: Moment) -> list[Source]:
    """Press that tells of a moment in words of its own, which are not shown."""
    silent = (a.source for a in moment.accounts if a.source in shelf.sources and not _blocks(shelf, a))
    return [shelf.sources[path] for path in dict.fromkeys(silent)]


def _blocks(shelf: Shelf, account: Account) -> list[_Block]:
    source = shelf.sources.get(account.source)
    if source is None:
        return []
    held = [shelf.quotes[q] for q in account.quotes if q in shelf.quotes]
    if source.kind == "press" and account.person:
        return _quoted_runs(account, held)
    return _runs(source, account, shelf) if whole(source) else []


def _quoted_runs(account: Account, held: list[Quote]) -> list[_Block]:
    """The quotations of an account in press: what was said, and what was reported, in runs apart."""
    runs = [(told, list(quotes)) for told, quotes in groupby(held, key=marked)]
    return [_Block(account, tuple(map(fragments, q)), tuple(q), quote_anchor(q[0].id)) for _, q in runs]


def _runs(source: Source, account: Account, shelf: Shelf) -> list[_Block]:
    """The spans of an account by runs of turns between which nobody but the interviewer speaks."""
    out: list[_Block] = []
    last = -2
    for number, span in enumerate(account.spans):
        turn = _turn(source, span[0])
        quote = shelf.of_turn.get((source.path, turn)) if turn >= 0 else None
        held = (quote,) if quote else ()
        if out and turn - last <= 2 and all(t.asks for t in source.turns[last + 1 : turn]):
            prior = out.pop()
            out.append(_Block(account, (*prior.paragraphs, (span,)), prior.quotes + held, prior.anchor))
        else:
            out.append(_Block(account, ((span,),), held, account_anchor(account.id, number)))
        last = turn
    return out


def _exchanges(source: Source, blocks: list[_Block]) -> list[list[_Block]]:
    """The blocks of one source in the order of its text, what was said in answer to one another kept together."""
    out: list[list[_Block]] = []
    last = -2
    for one in sorted(blocks, key=lambda b: b.paragraphs[0][0]):
        first = _turn(source, one.paragraphs[0][0][0])
        if out and 0 <= first - last <= 2:
            out[-1].append(one)
        else:
            out.append([one])
        last = _turn(source, one.paragraphs[-1][-1][0])
        last = last if last >= 0 else -9  # no turns: each stands alone
    return out


def _turn(source: Source, offset: int) -> int:
    at = bisect_right(source.turns, offset, key=lambda t: t.start) - 1
    return at if at >= 0 and offset < source.turns[at].end else -1


def _voice(
    shelf: Shelf, one: _Block, marks: list[Mark], begun: set[Mark], met: set[str], notes: tuple[Note, ...], number: int
) -> Voice:
    source, who = shelf.sources[one.account.source], one.account.person
    first = who is not None and who.id not in met
    if who:
        met.add(who.id)
    press = source.kind == "press" and who is not None
    reported = press and not any(marked(q) for q in one.quotes)
    time = one.quotes[0].time if one.quotes else one.account.time
    return Voice(
        name=who.name if who else source.publisher or title_of(source),
        person=person_page(who.id) if who and who.id in shelf.people else "",
        role=cite.parts(shelf.people.get(who.id)) if who and first else "",
        paragraphs=tuple(_paragraphs(source, one, press, marks, begun)),
        press=press,
        reported=reported,
        source=(source.publisher if press else "") or title_of(source),
        place=f"{source_page(shelf, source.path)}#{one.anchor}",
        time=dates.clock(time[0]) if time else "",
        told=dates.day(one.account.told or source.date),
        cite=cite.citation(shelf, one.quotes[0]) if one.quotes else "",
        id=f"v-{number + 1}",
        notes=notes,
    )


def _paragraphs(source: Source, one: _Block, press: bool, marks: list[Mark], begun: set[Mark]) -> Iterable[Markup]:
    for number, row in enumerate(one.paragraphs):
        if press and marked(one.quotes[number]):
            yield from quoted(source, row, marks, begun)
        else:
            yield joined(source, row, marks, begun)


def joined(source: Source, row: tuple[Span, ...], marks: Iterable[Mark] = (), begun: set[Mark] | None = None) -> Markup:
    """Fragments joined by a space, or by an ellipsis where much stands between them."""
    printed_ = [printed(source, a, b, marks, begun) for a, b in row]
    out = Markup("").join(f"{p}{_gap(source, a[1], b[0])}" for p, a, b in zip(printed_, row, row[1:], strict=False))
    return out + printed_[-1] if printed_ else out


def quoted(
    source: Source, row: tuple[Span, ...], marks: Iterable[Mark] = (), begun: set[Mark] | None = None
) -> Iterable[Markup]:
    """Fragments of a quotation of press, each in its marks, for between them somebody else has words; a quotation
    over several paragraphs has an opening mark on each and one that closes."""
    marks = list(marks)
    runs: list[list[Span]] = []
    for span in row:
        if runs and "\n" not in source.text[runs[-1][-1][1] : span[0]]:
            runs[-1].append(span)
        else:
            runs.append([span])
    for number, run in enumerate(runs):
        words = Markup("“")
        for i, (start, end) in enumerate(run):
            words += printed(source, start, end, marks, begun)
            if i + 1 < len(run):
                words += Markup("”{}“").format(_gap(source, end, run[i + 1][0]))
        yield words + ("”" if number + 1 == len(runs) else "")


def _gap(source: Source, end: int, start: int) -> Markup:
    far = len(source.text[end:start].split()) > LONG_GAP
    return Markup(' <span class="gap">…</span> ') if far else Markup(" ")


# --- notes ------------------------------------------------------------------------------------------------


def _notes(
    shelf: Shelf, moment: Moment, order: list[_Block]
) -> tuple[list[Note], dict[str, list[Mark]], dict[str, int]]:
    """Notes, one for each kind of relation and topic; the marks of their evidence by source; and the block beside
    which a note stands: the second in which its evidence is read."""
    accounts = {a.id: a for a in moment.accounts}
    topics: dict[tuple[str, str], dict[tuple[str, int, int], tuple[Account, str]]] = {}
    for r in moment.relations:
        held = topics.setdefault((r.type, r.about), {})
        for key, value, shown in zip((r.a, r.b), r.values, r.evidence, strict=False):
            if key in accounts and shown.source in shelf.sources:
                held.setdefault((shown.source, shown.start, shown.end), (accounts[key], value))
    notes, marks, seen = [], dict[str, list[Mark]](), dict[str, int]()
    for number, ((kind, about), held) in enumerate(sorted(topics.items(), key=_by_weight), start=1):
        name = f"n-{number}"
        values = []
        blocks = []
        for i, (where, (account, value)) in enumerate(held.items(), start=1):
            at = _block_of(order, Evidence(*where))
            blocks.extend([at] if at is not None else [])
            values.append(
                (
                    _who(shelf, account),
                    _short(_shown(shelf, where, value)),
                    _value_place(shelf, account, where, at, f"{name}-{i}"),
                )
            )
            if at is not None:
                _light(marks.setdefault(where[0], []), where, name, i)
        notes.append(Note(name, SAYS[kind], about, kind, tuple(values)))
        if blocks:
            seen[name] = sorted(set(blocks))[:2][-1]
    return notes, marks, seen


def _shown(shelf: Shelf, where: tuple[str, int, int], value: str) -> str:
    """A value as its words are shown, where it is nothing but its evidence."""
    path, start, end = where
    source = shelf.sources[path]
    return reads(source, start, end) if value == source.text[start:end] else value


def _short(value: str) -> str:
    """A value as it may stand beside press: no longer than a few words."""
    words = spoken(value).split()
    return " ".join(words[:WORDS_ROUND]) + (" …" if len(words) > WORDS_ROUND else "")


def _by_weight(item: tuple[tuple[str, str], object]) -> tuple[int, str]:
    kind, about = item[0]
    return (("differ", "dispute", "agree").index(kind), about)


def _who(shelf: Shelf, account: Account) -> str:
    source = shelf.sources[account.source]
    return account.person.name if account.person else source.publisher or title_of(source)


def _block_of(order: list[_Block], shown: Evidence) -> int | None:
    for i, one in enumerate(order):
        if one.account.source == shown.source and any(
            a <= shown.start and shown.end <= b for row in one.paragraphs for a, b in row
        ):
            return i
    return None


def _value_place(shelf: Shelf, account: Account, where: tuple[str, int, int], at: int | None, anchor: str) -> str:
    if at is not None:
        return f"#{anchor}"
    held = [shelf.quotes[q] for q in account.quotes if q in shelf.quotes]
    return quote_place(shelf, held[0]) if held else source_page(shelf, where[0])


def _light(marks: list[Mark], where: tuple[str, int, int], note: str, number: int) -> None:
    """Add the mark of a note's evidence: a link to the note, or only a place to go to inside another link."""
    start, end = where[1:]
    if any(m.start < end and m.end > start for m in marks):
        open_, again, close = Markup('<span id="{}-{}">').format(note, number), Markup("<span>"), Markup("</span>")
    else:
        open_ = Markup('<a class="odds" id="{}-{}" href="#{}">').format(note, number, note)
        again, close = Markup('<a class="odds" href="#{}">').format(note), Markup("</a>")
    marks.append(Mark(start, end, open_, again, close))
