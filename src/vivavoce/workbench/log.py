"""The history of decisions: each with who and when, whether it stands, and what it contradicts; as far as it may be
shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from vivavoce.decisions import Anchor, Decision, fallen, says
from vivavoce.model import WITHHELD, folded
from vivavoce.workbench.ledger import Ledger
from vivavoce.workbench.seen import Seen

PAGE = 100  # decisions on a page
HELD = "(withheld)"


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """A decision as it is listed; `doubt`: what has to be looked at."""

    id: str
    at: str
    by: str
    type: str
    says: str
    stands: bool
    sources: tuple[str, ...] = ()
    undoes: str = ""
    doubt: str = ""


def rows(seen: Seen, ledger: Ledger, chosen: Iterable[Decision]) -> list[Row]:
    """Decisions as rows, in the order given."""
    doubts: dict[str, str] = {r.decision: r.reason for r in seen.reviews}
    secret = _secret(seen)
    earlier = {d.id: d for d in ledger.journal.decisions}
    gone = fallen(ledger.journal)
    return [
        Row(
            d.id, d.at, d.by, d.type, _told(seen, d, secret, earlier), d.id not in gone,
            tuple(dict.fromkeys(a.source for a in d.target if a.source in seen.sources)),
            d.undoes, doubts.get(d.id, ""),
        )
        for d in chosen
    ]  # fmt: skip


def page(seen: Seen, ledger: Ledger, first: int, doubtful: bool) -> dict[str, Any]:
    """A page of decisions, the latest first; `first`: from which on (0: the latest)."""
    every = sorted(ledger.journal.decisions, key=lambda d: (d.at, d.id), reverse=True)
    if doubtful:
        asked = {r.decision for r in seen.reviews}
        every = [d for d in every if d.id in asked]
    here = every[first : first + PAGE]
    return {
        "rows": rows(seen, ledger, here),
        "count": len(every),
        "first": first,
        "later": max(first - PAGE, 0) if first else None,
        "earlier": first + PAGE if first + PAGE < len(every) else None,
        "doubtful": doubtful,
        "doubts": len({r.decision for r in seen.reviews}),
        "broken": [f"{b.file}, line {b.line}: {b.what}. {b.remedy}" for b in ledger.journal.broken],
    }


def export(seen: Seen, ledger: Ledger) -> bytes:
    """All decisions, oldest first, one JSON object a line, as they are listed."""
    every = sorted(ledger.journal.decisions, key=lambda d: (d.at, d.id))
    return b"".join(msgspec.json.encode(r) + b"\n" for r in rows(seen, ledger, every))


def _told(seen: Seen, decision: Decision, secret: frozenset[str], earlier: Mapping[str, Decision]) -> str:
    """What a decision says, without words or names that are withheld from the workbench. `earlier`: all rows by their
    ids, to say what one takes back."""
    if not seen.rules and not seen.shown.withheld:
        return says(decision, earlier)
    if decision.type == "undo":
        undone = earlier.get(decision.undoes)
        return f"taken back: {undone.type}" if undone else says(decision)
    target = tuple(_shown(seen, a) for a in decision.target)
    value = HELD if _held(decision, target, secret) and decision.value is not None else decision.value
    return says(msgspec.structs.replace(decision, target=target, value=value))


def _held(decision: Decision, target: Iterable[Anchor], secret: frozenset[str]) -> bool:
    """Whether what a decision says tells what is withheld. `target`: as it is shown."""
    hidden = decision.type == "rights" or (decision.type == "person" and decision.value.get("do") == "pseudonym")
    return hidden or any(a.exact == HELD for a in target) or _tells(decision.value, secret)


def may_tell(seen: Seen, decision: Decision) -> bool:
    """Whether what a decision says may be told beside the person or moment that it is on: no name, no words of it are
    withheld from the workbench."""
    if not seen.rules and not seen.shown.withheld:
        return True
    target = [_shown(seen, a) for a in decision.target] if decision.type != "person" else []
    return not any(a.exact == HELD for a in target) and not _tells(decision.value, _secret(seen))


def _shown(seen: Seen, anchor: Anchor) -> Anchor:
    """An anchor with its words as they are shown; of a text that has changed since, none are."""
    path = next((p for p, (own, _) in seen.texts.items() if own == anchor.source), anchor.source)
    source = seen.sources.get(path)
    text = source.text[anchor.start : anchor.end] if source else ""
    same = source is not None and seen.texts[path][1] == anchor.text_hash
    free = same and WITHHELD not in text
    words = text if free and anchor.exact else HELD if anchor.exact else ""
    return msgspec.structs.replace(anchor, exact=words, figure="")  # a label may be a name


def _secret(seen: Seen) -> frozenset[str]:
    """The names of people who are not shown, folded."""
    shown = {folded(n) for p in seen.shown.people for n in (p.name, *p.aliases)}
    every = {folded(n) for p in seen.whole.people for n in (p.name, *p.aliases)}
    return frozenset(every - shown)


def _tells(value: Any, secret: frozenset[str]) -> bool:
    if isinstance(value, dict):
        return any(_tells(v, secret) for v in value.values())
    if isinstance(value, list | tuple):
        return any(_tells(v, secret) for v in value)
    return isinstance(value, str) and any(f" {name} " in f" {folded(value)} " for name in secret if name)
