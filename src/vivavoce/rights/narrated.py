"""What an author writes of their own, held against the rights: it is no source that could be cut, so it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vivavoce.model import History, Person, Restriction
from vivavoce.rights.bars import bars
from vivavoce.rights.copies import repeated
from vivavoce.rights.mentions import Disguise, disguise, mentions
from vivavoce.rights.published import called, held


class _Barred(NamedTuple):
    """Names that no text may tell: of those shown under another one, and of those withheld."""

    others: Disguise
    away: Disguise


def narrated(
    texts: Sequence[str], history: History, channel: str, day: str, rules: tuple[Restriction, ...] = ()
) -> tuple[str, ...]:
    """What each text of the author's own tells that may not be shown in a channel on a day: the "name" of somebody who
    is withheld or goes by another, withheld "words", or "" for nothing.

    A first name that somebody else in the history has too is nobody's of those withheld, but whoever goes by another
    name is not told from them. Raises UsageError if the day is none.
    """
    every, other = called(held(history, channel, day, rules), history)
    if not every and not other:
        return ("",) * len(texts)
    barred = bars(every, history)
    by_id = {p.id: p for p in history.people}
    away = [by_id[i] for i in sorted(barred.persons) if i in by_id]
    known = {r.of for r in every} & {n for p in away for n in (p.id, p.name, *p.aliases)}
    away += [Person(r.of, r.of) for r in every if r.what == "person" and r.of not in known]
    names = _Barred(disguise([(by_id[r.of], "x") for r in other], history), disguise([(p, "x") for p in away], history))
    again = repeated(texts, history, barred)
    return tuple("name" if _names(t, names) else "words" if a else "" for t, a in zip(texts, again, strict=True))


def _names(text: str, barred: _Barred) -> bool:
    """Whether a text tells a name; of those withheld, where it can be told whose it is."""
    return bool(mentions(text, barred.others)) or any(m.to for m in mentions(text, barred.away))
