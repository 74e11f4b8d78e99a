"""What a decision says, in words: for the list of decisions, and for whoever decides the same thing again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from vivavoce.decisions.journal import Decision

SHORT = 60  # characters of the words that are shown of each stretch
FEW = 3  # stretches that are shown


def says(decision: Decision, earlier: Mapping[str, Decision] | None = None) -> str:
    """A decision as a sentence without its full stop; `earlier`: all rows by their ids, to say what one takes back.
    One whose value is not told, or that none of these sentences fits, is its type, its value and its words."""
    undone = (earlier or {}).get(decision.undoes)
    if decision.type == "undo" and undone:
        again = (earlier or {}).get(undone.undoes) if undone.type == "undo" else None
        return f"put back: {says(again)}" if again else f"taken back: {says(undone)}"
    sentence = _SAYS.get((decision.type, str(_get(decision, "do"))))
    held = isinstance(decision.value, str) and decision.type in _TABLES
    return _plain(decision) if sentence is None or held else sentence(decision)


def short(words: str) -> str:
    """The beginning of words, cut between two of them."""
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0] + " …"


def _get(d: Decision, key: str) -> Any:
    """What the table of a decision has under a key, or ""."""
    return d.value.get(key, "") if isinstance(d.value, dict) else ""


def _plain(d: Decision) -> str:
    value = "" if d.value is None else d.value if isinstance(d.value, str) else msgspec.json.encode(d.value).decode()
    return " · ".join(
        part for part in (d.type, d.undoes, value, "; ".join(short(a.exact) for a in d.target[:FEW])) if part
    )


def _words(d: Decision) -> str:
    """The words that a decision is on, in marks."""
    there = [short(a.exact) for a in d.target if a.exact]
    return ", ".join(f"“{words}”" for words in there[:FEW]) + (" …" if len(there) > FEW else "")


def _part(d: Decision, first: int, last: int | None) -> str:
    return _words(msgspec.structs.replace(d, target=d.target[first:last]))


def _names(d: Decision) -> str:
    """Those whom a decision is on, as they are mentioned, each once."""
    return " and ".join(dict.fromkeys(filter(None, (short(a.exact) or a.figure for a in d.target)))) or "somebody"


def _speaker(d: Decision) -> str:
    if not any(a.exact for a in d.target):
        label = d.target[0].figure if d.target else ""
        return f"{f'“{label}”' if label else 'a speaker'} is {d.value or 'nobody known'}"
    return f"{_words(d)} is {d.value}’s" if d.value else f"nobody knows whose {_words(d)} is"


def _span(d: Decision) -> str:
    old = _get(d, "of")
    if isinstance(old, int) and old:
        return f"the words of the quotation are {_part(d, old, None)}"
    return f"{_words(d)} is a quotation of {_get(d, 'speaker') or 'nobody known'}"


def _turn(d: Decision) -> str:
    if _get(d, "do") == "join":
        return f"{_words(d)} goes on from the turn before"
    return f"{_words(d)} {'is' if _get(d, 'do') == 'alone' else 'and what follows is'} {_get(d, 'speaker') or '?'}’s"


def _role(d: Decision) -> str:
    given = _get(d, "role")
    role = given if isinstance(given, dict) else {}
    told = " ".join(filter(None, (role.get("of"), role.get("title") or role.get("kind"), role.get("work"))))
    return f"{_names(d)} {'is not' if _get(d, 'not') else 'is'}: {told}"


def _accounts(d: Decision) -> str:
    of = _get(d, "of")
    n = of if isinstance(of, int) and of else len(d.target)
    gone, rest = _part(d, 0, n), _part(d, n, n + 1)
    tell = "1 account tells" if n == 1 else f"{n} accounts tell"
    if _get(d, "do") == "together":
        return f"{tell} of one event{f' with {rest}' if rest else ''}: {gone}"
    return f"{tell} of another event: {gone}"


def _note(d: Decision) -> str:
    text = _get(d, "note") if isinstance(d.value, dict) else d.value
    return f"noted: “{short(str(text))}”" if text else "the note is taken away"


def _rights(d: Decision) -> str:
    until = f" until {_get(d, 'until')}" if _get(d, "until") else ""
    return f"{_get(d, 'what')} {_get(d, 'of')} is withheld{until}".strip()


def _when(d: Decision) -> str:
    return f"{_words(d)}: happened {_get(d, 'when')}" if _get(d, "when") else "when it happened is not known"


_SAYS: dict[tuple[str, str], Callable[[Decision], str]] = {
    ("speaker", ""): _speaker,
    ("not-a-quotation", ""): lambda d: f"{_words(d)} is no quotation",
    ("kind", ""): lambda d: f"{_words(d)} {d.value if d.value in ('asks', 'answers') else f'is {d.value}'}",
    ("span", ""): _span,
    ("note", ""): _note,
    ("rights", ""): _rights,
    ("text-correction", ""): lambda d: f"{_words(d)} reads “{short(str(d.value))}”",
    ("turn", "split"): _turn,
    ("turn", "alone"): _turn,
    ("turn", "join"): _turn,
    ("person", "merge"): lambda d: f"{_names(d)} are one person, {_get(d, 'name')}".rstrip(", "),
    ("person", "split"): lambda d: f"{_names(d)}: not one person",
    ("person", "name"): lambda d: f"{_names(d)} is called {_get(d, 'name')}",
    ("person", "alias"): lambda d: f"{_names(d)} {'is not' if _get(d, 'not') else 'is also'} called {_get(d, 'name')}",
    ("person", "pseudonym"): lambda d: f"somebody is shown as {_get(d, 'name')}",
    ("person", "role"): _role,
    ("moment", "together"): _accounts,
    ("moment", "apart"): _accounts,
    ("moment", "title"): lambda d: f"the moment of {_words(d)} is called “{_get(d, 'title')}”",
    ("moment", "note"): _note,
    ("moment", "when"): _when,
    ("relation", "accept"): lambda d: f"it holds: {_get(d, 'about')}, {_words(d)}",
    ("relation", "reject"): lambda d: f"it does not hold: {_get(d, 'about')}, {_words(d)}",
    ("relation", "add"): lambda d: f"they {_get(d, 'type')}, {_get(d, 'about')}: {_words(d)}",
    ("clearance", "clear"): lambda d: f"may be printed: {_words(d)}",
    ("clearance", "refuse"): lambda d: f"may not be printed: {_words(d)}",
    ("undo", ""): lambda d: f"taken back: {d.undoes}",
}
_TABLES = frozenset(("person", "moment", "relation", "clearance", "turn", "rights", "span"))
