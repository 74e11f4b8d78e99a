"""A moment in the voices of those who told it: blocks of words that alternate, and notes where accounts part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby, zip_longest
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from vivavoce.citations import title_of
from vivavoce.language import dates
from vivavoce.model import WITHHELD, Account, Evidence, Moment, Quote, Source, Span, Times, Value, reads
from vivavoce.site import addresses, cite
from vivavoce.site.excerpts import WORDS_ROUND, fragments, marked
from vivavoce.site.shelf import (
    Shelf,
    account_anchor,
    person_page,
    quote_anchor,
    quote_place,
    source_page,
    turn_name,
    whole,
)
from vivavoce.site.tracing import told_of
from vivavoce.site.words import Mark, printed, spoken

Recordings = Mapping[str, tuple[str, str]]  # a recording's path -> (file in the site, "sound" or "video")
LONG_QUESTION = 60  # words; of a longer question the end is shown
LONG_GAP = 24  # words; a longer gap between two fragments is shown as an ellipsis
SAYS = {
    "agree": "Accounts agree",
    "differ": "Accounts differ",
    "dispute": "Accounts read this differently",
}


class Stand(Value, frozen=True):
    """What some hold on a topic: the value in few words, and who has it: (name, address of the words)."""

    value: str
    who: tuple[tuple[str, str], ...]


class Note(Value, frozen=True):
    """Where accounts agree, differ or dispute: what about, and what each has. `letter`: what marks its words."""

    id: str
    says: str
    about: str
    type: str
    letter: str
    stands: tuple[Stand, ...]


class Paragraph(Value, frozen=True):
    """A paragraph of a voice, and who asked what before it ("" and None: nobody is known to have asked)."""

    words: Markup
    asker: str = ""
    question: Markup | None = None


class Voice(Value, frozen=True):
    """Words of one person in a moment. `role` is told at the first mention only; `press`: it stands in the press;
    `reported`: the reporter's words for what was said; `notes` stand beside it; `listen`: the recording at the second;
    `traced`: what recordings say to a quotation of press; `column`, `row`: its place when all stand side by side."""

    name: str
    person: str
    role: str
    paragraphs: tuple[Paragraph, ...]
    press: bool
    reported: bool
    source: str
    place: str
    time: str
    told: str
    cite: str
    id: str
    notes: tuple[Note, ...] = ()
    listen: str = ""
    traced: tuple[dict[str, Any], ...] = ()
    column: int = 1
    row: int = 1


class _Block(Value, frozen=True):
    """A block before it is printed: stretches of paragraphs, each with where it is found. `asked`: the turn with the
    question before each paragraph, or -1; none for press."""

    account: Account
    paragraphs: tuple[tuple[Span, ...], ...]
    quotes: tuple[Quote, ...]
    anchor: str
    asked: tuple[int, ...] = ()


def voices(shelf: Shelf, moment: Moment, recordings: Recordings | None = None) -> tuple[list[Voice], list[Note]]:
    """The voices of a moment in the order of reading, and the notes that found no place beside one of them."""
    order = _order(shelf, moment)
    notes, marks, seen_in = _notes(shelf, moment, order)
    met: dict[str, int] = {}
    rows: Counter[str] = Counter()
    out, begun = [], set[Mark]()
    for i, one in enumerate(order):
        who = _teller(one)
        rows[who] += 1
        made = _voice(shelf, one, marks.get(one.account.source, []), begun, who not in met, recordings or {})
        column = met.setdefault(who, len(met) + 1)
        beside = tuple(n for n in notes if seen_in.get(n.id) == i)
        out.append(replace(made, id=f"v-{i + 1}", notes=beside, column=column, row=rows[who]))
    return out, [n for n in notes if n.id not in seen_in]


def anchors(shelf: Shelf, moment: Moment) -> dict[str, str]:
    """Where each person's words begin on a moment's page: person's id -> name of the place."""
    found: dict[str, str] = {}
    for i, one in enumerate(_order(shelf, moment), start=1):
        if one.account.person:
            found.setdefault(one.account.person.id, f"v-{i}")
    return found


def _order(shelf: Shelf, moment: Moment) -> list[_Block]:
    """The blocks of a moment as they are read: the sources in turn, each exchange kept together."""
    told: dict[str, list[_Block]] = {}
    for account in moment.accounts:
        told.setdefault(account.source, []).extend(_blocks(shelf, account))
    turns = [_exchanges(shelf.sources[path], blocks) for path, blocks in told.items() if blocks]
    return [b for row in zip_longest(*turns) for exchange in row if exchange for b in exchange]


def _teller(one: _Block) -> str:
    """Who tells a block: a person in all sources, else the source."""
    return one.account.person.id if one.account.person else f"source:{one.account.source}"


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
        held, asked = (quote,) if quote else (), _asked(source, turn, span) if turn != last else -1
        if out and turn - last <= 2 and all(t.asks for t in source.turns[last + 1 : turn]):
            prior = out.pop()
            told = (*prior.paragraphs, (span,))
            out.append(_Block(account, told, prior.quotes + held, prior.anchor, (*prior.asked, asked)))
        else:
            out.append(_Block(account, ((span,),), held, account_anchor(account.id, number), (asked,)))
        last = turn
    return out


def _asked(source: Source, turn: int, span: Span) -> int:
    """The turn that asks what a stretch answers: the one before its own, whose beginning the stretch holds; or -1."""
    if turn < 1 or source.turns[turn].asks or not source.turns[turn - 1].asks:
        return -1
    return turn - 1 if source.turns[turn].spans and span[0] <= source.turns[turn].spans[0][0] else -1


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
    shelf: Shelf, one: _Block, marks: list[Mark], begun: set[Mark], first: bool, recordings: Recordings
) -> Voice:
    source, who = shelf.sources[one.account.source], one.account.person
    press = source.kind == "press" and who is not None
    reported = press and not any(marked(q) for q in one.quotes)
    time = one.quotes[0].time if one.quotes else one.account.time
    return Voice(
        name=who.name if who else source.publisher or title_of(source),
        person=person_page(who.id) if who and who.id in shelf.people else "",
        role=cite.parts(shelf.people.get(who.id)) if who and first else "",
        paragraphs=tuple(_paragraphs(source, one, press, marks, begun)),
        press=source.kind == "press",
        reported=reported,
        source=(source.publisher if press else "") or title_of(source),
        place=f"{source_page(shelf, source.path)}#{one.anchor}",
        time=dates.clock(time[0]) if time else "",
        told=dates.day(one.account.told or source.date),
        cite=cite.citation(shelf, one.quotes[0]) if one.quotes else "",
        id="",
        listen=_listen(source, time, recordings),
        traced=tuple(_traced(shelf, one)) if press else (),
    )


def _listen(source: Source, time: Times | None, recordings: Recordings) -> str:
    """The address of a source's recording, if it is published, at the second."""
    there = next((recordings[m.path][0] for m in source.media if m.path in recordings), "")
    return f"{addresses.href(there)}#t={dates.machine(time[0])}" if there and time else ""


def _traced(shelf: Shelf, one: _Block) -> Iterable[dict[str, Any]]:
    for quote in one.quotes:
        found = shelf.traces.get(quote.id)
        made = told_of(shelf, found) if found else None
        if made:
            yield made


def _paragraphs(source: Source, one: _Block, press: bool, marks: list[Mark], begun: set[Mark]) -> Iterable[Paragraph]:
    for number, row in enumerate(one.paragraphs):
        if press and marked(one.quotes[number]):
            yield from map(Paragraph, quoted(source, row, marks, begun))
        else:
            words, asked = joined(source, row, marks, begun), one.asked[number] if one.asked else -1
            yield Paragraph(words, *_question(source, asked)) if asked >= 0 else Paragraph(words)


def _question(source: Source, turn: int) -> tuple[str, Markup | None]:
    """Who asks in a turn, and the end of what they ask: its last paragraph, or as many words as `LONG_QUESTION`."""
    asked = source.turns[turn]
    start, end = asked.spans[-1] if asked.spans else (asked.start, asked.start)
    words = source.text[start:end].replace(WITHHELD, "")
    if not words.strip():
        return "", None
    starts = [m.start() for m in re.finditer(r"\S+", source.text[start:end])]
    cut = len(starts) > LONG_QUESTION
    begin = start + starts[-LONG_QUESTION] if cut else start
    gap = Markup('<span class="gap">…</span> ') if cut else Markup("")
    return turn_name(source, asked, None), gap + printed(source, begin, end)


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


Held = dict[tuple[str, int, int], tuple[Account, str]]


def _notes(
    shelf: Shelf, moment: Moment, order: list[_Block]
) -> tuple[list[Note], dict[str, list[Mark]], dict[str, int]]:
    """Notes, one for each kind of relation and topic; the marks of their evidence by source; and the block beside
    which a note stands: the second in which its evidence is read."""
    notes, marks, seen = [], dict[str, list[Mark]](), dict[str, int]()
    for number, ((kind, about), held) in enumerate(_topics(shelf, moment), start=1):
        name, letter = f"n-{number}", _letter(number)
        places = {where: _block_of(order, Evidence(*where)) for where in held}
        for i, (where, at) in enumerate(places.items(), start=1):
            if at is not None:
                _light(marks.setdefault(where[0], []), where, name, i, letter)
        shown = [
            (
                _short(_shown(shelf, where, value)),
                _who(shelf, account),
                _value_place(shelf, account, where, places[where], f"{name}-{i}"),
            )
            for i, (where, (account, value)) in enumerate(held.items(), start=1)
        ]
        notes.append(Note(name, SAYS[kind], about, kind, letter, tuple(_stands(shown, _apart(moment, about)))))
        blocks = sorted({at for at in places.values() if at is not None})
        if blocks:
            seen[name] = blocks[:2][-1]
    return notes, marks, seen


def _topics(shelf: Shelf, moment: Moment) -> list[tuple[tuple[str, str], Held]]:
    """What the accounts are at one or at odds about: each kind and topic with the words that show it. Agreement that
    a difference on the same topic shows already, since the same words stand in it, is not told twice."""
    accounts = {a.id: a for a in moment.accounts}
    topics: dict[tuple[str, str], Held] = {}
    for r in moment.relations:
        held = topics.setdefault((r.type, r.about), {})
        for key, value, shown in zip((r.a, r.b), r.values, r.evidence, strict=False):
            if key in accounts and shown.source in shelf.sources:
                held.setdefault((shown.source, shown.start, shown.end), (accounts[key], value))
    odds: dict[str, set[tuple[str, int, int]]] = {}
    for (kind, about), held in topics.items():
        if kind != "agree":
            odds.setdefault(about, set()).update(held)
    kept = {
        t: held for t, held in topics.items() if held and (t[0] != "agree" or not set(held) <= odds.get(t[1], set()))
    }
    return sorted(kept.items(), key=_by_weight)


def _apart(moment: Moment, about: str) -> bool:
    """Whether accounts differ on a topic in the same words ("It was my idea", twice), so that words tell no sides."""
    return any(r.type != "agree" and r.about == about and len(set(r.values)) == 1 for r in moment.relations)


def _stands(shown: list[tuple[str, str, str]], apart: bool) -> Iterable[Stand]:
    """(value, name, address) by value, the first who has it first; each name once a value."""
    sides: dict[str, dict[str, str]] = {}
    for number, (value, name, place) in enumerate(shown):
        sides.setdefault(f"{number} {value}" if apart else value, {}).setdefault(name, place)
    return (Stand(key.split(" ", 1)[-1] if apart else key, tuple(who.items())) for key, who in sides.items())


def _letter(number: int) -> str:
    """The mark of the nth note: a, b … z, then the number."""
    return chr(ord("a") + number - 1) if number <= 26 else str(number)


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


def _light(marks: list[Mark], where: tuple[str, int, int], note: str, number: int, letter: str) -> None:
    """Add the mark of a note's evidence: a link to the note, or only a place to go to inside another link."""
    start, end = where[1:]
    if any(m.start < end and m.end > start for m in marks):
        open_, again, close = Markup('<span id="{}-{}">').format(note, number), Markup("<span>"), Markup("</span>")
    else:
        open_ = Markup('<a class="odds" id="{}-{}" href="#{}" data-n="{}">').format(note, number, note, letter)
        again, close = Markup('<a class="odds" href="#{}">').format(note), Markup("</a>")
    marks.append(Mark(start, end, open_, again, close))
