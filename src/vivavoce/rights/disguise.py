"""People who are shown under another name: every mention of their own becomes that name, or is blacked out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from vivavoce.model import (
    WITHHELD,
    Account,
    Correction,
    History,
    Moment,
    Person,
    Quote,
    Restriction,
    Source,
    Turn,
    Value,
    Withheld,
    digest,
    folded,
    quote_id,
    slug,
    told,
)
from vivavoce.rights.cutting import overwritten
from vivavoce.rights.mentions import Disguise, Mentioned, disguise, hidden, mentions
from vivavoce.rights.names import address

PLAIN = frozenset(
    {"kind", "block", "format", "type", "cls", "op", "engine", "language", "precision", "publish", "text_hash", "day"}
)
"""Fields whose words are ours, or no words."""


class _Shown(NamedTuple):
    """What the passes over a history ask: the names, and the strings that become another one as a whole (ids, paths,
    labels)."""

    names: Disguise
    whole: dict[str, str]


def disguised(shown: History, whole: History, rules: Iterable[Restriction]) -> History:
    """A history, as far as it may be shown, in which people go by other names. `whole`: the same with nothing left out,
    in which their names are; `rules`: those with `called`, each of one person's id."""
    called = {p.id: (p, r.called) for r in rules for p in whole.people if p.id == r.of}
    if not called:
        return shown
    names = disguise(list(called.values()), whole)
    own = set(called)
    paths = _paths(shown, names)
    people = _ids(shown, names, called)
    others = {n for p in whole.people if p.id not in own for n in (p.name, *p.aliases)}
    labels = {n: to for p, to in called.values() for n in (p.name, *p.aliases, *(k for _, k in p.figures))}
    labels = {n: to for n, to in labels.items() if n not in others}
    given = _Shown(names, {**labels, **paths, **people})
    sources = {s.path: _source(s, shown, own, given) for s in shown.sources}
    given.whole.update(_quote_ids(shown, sources))
    given.whole.update(_telling_ids(shown, sources, given))
    made: History = _walked(replace(shown, sources=()), given)
    return replace(
        made,
        sources=tuple(sources.values()),
        quotes=tuple(_quote(q, new, sources) for q, new in zip(shown.quotes, made.quotes, strict=True)),
        people=tuple(_person(p, new, called) for p, new in zip(shown.people, made.people, strict=True)),
        moments=tuple(_moment(m, new) for m, new in zip(shown.moments, made.moments, strict=True)),
        # Those of them, or whose words or file tell the name, stay away: a face tells, too.
        pictures=tuple(p for p, new in zip(shown.pictures, made.pictures, strict=True) if p == new),
        withheld=(*made.withheld, Withheld("name", len(called), "shown under another name")),
    )


def moved(shown: History, whole: History, rules: Iterable[Restriction]) -> dict[str, str]:
    """The sources whose paths tell a name, and what stands in their place."""
    called = [(p, r.called) for r in rules for p in whole.people if p.id == r.of]
    return _paths(shown, disguise(called, whole)) if called else {}


def _paths(shown: History, names: Disguise) -> dict[str, str]:
    every = [p for s in shown.sources for p in (s.path, *(m.path for m in s.media))]
    return {path: address(path) for path in every if hidden(path, names) != path}


def _ids(shown: History, names: Disguise, called: Mapping[str, tuple[Person, str]]) -> dict[str, str]:
    """The ids of people that tell a name, and what they become: none that another has."""
    taken = {p.id for p in shown.people}
    out: dict[str, str] = {}
    for person in shown.people:
        base = slug(called[person.id][1]) if person.id in called else hidden(person.id, names).replace(WITHHELD, "x")
        new, n = base, 1
        while new != person.id and new in taken:
            n += 1
            new = f"{base}-{n}"
        if new != person.id:
            out[person.id] = new
            taken.add(new)
    return out


def _source(source: Source, shown: History, own: set[str], given: _Shown) -> Source:
    """A source in which every mention is overwritten, one character for one, and reads as the other name; one in which
    a name can be heard is without its recording."""
    mine = {q.turn for q in shown.quotes if q.source == source.path and q.person and q.person.id in own}
    labels = _labels(source, mine, given)
    held = [replace(c, to=hidden(c.to, given.names)) for c in source.corrections]
    # Words that were corrected to the name are a way to write it: they are not shown as they came.
    misspelt = [Mentioned(c.start, c.end, "") for c, h in zip(source.corrections, held, strict=True) if c.to != h.to]
    runs = _apart([*misspelt, *labels, *mentions(source.text, given.names)])
    free = [r for r in runs if r.to and not any(c.start < r.end and r.start < c.end for c in held)]
    layer = sorted([*held, *(Correction(r.start, r.end, r.to) for r in free)], key=lambda c: c.start)
    text = overwritten(source.text, [(r.start, r.end) for r in runs])
    made: Source = _walked(replace(source, text="", corrections=(), places=(), blocks=()), given)
    stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    speaks = bool(mine - {None}) or bool(runs)
    turns = tuple(_turn(t, n in mine) for n, t in enumerate(made.turns))
    return replace(
        made,
        text=text,
        blocks=source.blocks,
        places=source.places,
        corrections=tuple(layer),
        turns=turns,
        media=() if speaks else tuple(m for m in source.media if m.path not in given.whole),
        title=made.title or (hidden(stem, given.names) if source.path in given.whole else ""),
        file_hash="" if runs or made.path != source.path else source.file_hash,
        text_hash=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if runs else source.text_hash,
    )


def _labels(source: Source, mine: set[int | None], given: _Shown) -> list[Mentioned]:
    """Where the labels of turns stand that are somebody's who goes by another name."""
    out = []
    for n, turn in enumerate(source.turns):
        end = turn.spans[0][0] if turn.spans else turn.end
        at = source.text.find(turn.label, turn.start, end) if turn.label else -1
        if at >= 0 and (n in mine or turn.label in given.whole):
            out.append(Mentioned(at, at + len(turn.label), given.whole.get(turn.label, "")))
    return out


def _turn(turn: Turn, mine: bool) -> Turn:
    """A turn of theirs without what shows whose it is."""
    return replace(turn, label=turn.name, why="", maybe="") if mine else replace(turn, why="", maybe="")


def _apart(runs: Iterable[Mentioned]) -> list[Mentioned]:
    out: list[Mentioned] = []
    for run in sorted(runs, key=lambda r: (r.start, -r.end)):
        if not out or run.start >= out[-1].end:
            out.append(run)
    return out


def _quote_ids(shown: History, sources: Mapping[str, Source]) -> dict[str, str]:
    """The ids of quotations that are made of words which are others now, and what they become."""
    taken = {q.id for q in shown.quotes}
    out: dict[str, str] = {}
    for q in shown.quotes:
        source = sources.get(q.source)
        words = " ".join(told(source, a, b) for a, b in q.spans) if source else q.text
        if source and words != q.text:
            count = 0
            while (new := quote_id(source.path, words, count)) in taken:
                count += 1
            taken.add(new)
            out[q.id] = new
    return out


def _telling_ids(shown: History, sources: Mapping[str, Source], given: _Shown) -> dict[str, str]:
    """The same of accounts and moments, whose ids are made of who tells them and of their first words."""
    out: dict[str, str] = {}
    for moment in shown.moments:
        for account in moment.accounts:
            person = account.person.id if account.person else ""
            if person in given.whole or _changed(account, sources):
                words = _first(account, sources)
                out[account.id] = digest("account", given.whole.get(person, person), words, str(len(out)))
        if any(_changed(a, sources) for a in moment.accounts):
            out[moment.id] = digest("moment", _first(moment.accounts[0], sources), str(len(out)))
    return out


def _changed(account: Account, sources: Mapping[str, Source]) -> bool:
    source = sources.get(account.source)
    return source is not None and any(WITHHELD in source.text[a:b] for a, b in account.spans)


def _first(account: Account, sources: Mapping[str, Source]) -> str:
    source = sources.get(account.source)
    return f"{source.path} {folded(told(source, *account.spans[0]))}" if source and account.spans else ""


def _quote(before: Quote, quote: Quote, sources: Mapping[str, Source]) -> Quote:
    source = sources.get(before.source)
    return replace(quote, text=" ".join(told(source, a, b) for a, b in quote.spans)) if source else quote


def _person(before: Person, person: Person, called: Mapping[str, tuple[Person, str]]) -> Person:
    """A person as they are shown: under one name only, if it is another."""
    if before.id not in called:
        return replace(person, aliases=tuple(a for a in dict.fromkeys(person.aliases) if a != person.name))
    return replace(person, name=called[before.id][1], aliases=())


def _moment(before: Moment, moment: Moment) -> Moment:
    """A moment whose former ids tell nothing of what its words were."""
    return moment if moment.id == before.id else replace(moment, former=())


def _walked(value: Any, given: _Shown) -> Any:
    """Any value with every text in it as it may be shown."""
    if isinstance(value, str):
        return given.whole[value] if value in given.whole else hidden(value, given.names)
    if isinstance(value, Value):
        fields = {n: getattr(value, n) for n in value.__struct_fields__}
        made = {n: v if n in PLAIN else _walked(v, given) for n, v in fields.items()}
        for name in ("address", "licence"):
            if name in fields and made[name] != fields[name]:
                made[name] = ""
        return msgspec.structs.replace(value, **{n: v for n, v in made.items() if v is not fields[n]})
    if isinstance(value, tuple):
        walked = tuple(_walked(v, given) for v in value)
        return value if all(a is b for a, b in zip(value, walked, strict=True)) else walked
    if isinstance(value, dict):
        return {_walked(k, given): _walked(v, given) for k, v in value.items()}
    return value
