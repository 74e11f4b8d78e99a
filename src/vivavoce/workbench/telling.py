"""Decisions on people and moments in words, as far as they may be told."""

from __future__ import annotations

from collections.abc import Callable

from vivavoce.decisions import Decision
from vivavoce.model import Role
from vivavoce.site.cite import part
from vivavoce.workbench.log import HELD, may_tell
from vivavoce.workbench.seen import Seen, disguised


def in_words(seen: Seen, decision: Decision) -> str:
    """What a decision on people or moments says, as the end of a sentence; "" for others."""
    do = decision.value.get("do", "") if isinstance(decision.value, dict) else ""
    told = _SAYS.get((decision.type, do))
    if told is None or (decision.type == "speaker" and decision.target[0].exact):
        return ""
    if not may_tell(seen, decision):
        return HELD
    return disguised(seen, told if isinstance(told, str) else told(decision))


def _withheld(d: Decision) -> str:
    where = f" from {', '.join(d.value['channels'])}" if d.value.get("channels") else ""
    until = f" until {d.value['until']}" if d.value.get("until") else ""
    return f"withheld{where}{until}{_how(d, 'ground')}"


def _role(d: Decision) -> str:
    given = d.value["role"]
    role = Role(given["kind"], given.get("of", ""), given.get("title", ""), given.get("work", ""))
    when = f" ({given['when']})" if given.get("when") else ""
    return f"{'is not' if d.value.get('not') else 'is'}: {part(role, full=True) or role.kind}{when}"


def _split(d: Decision) -> str:
    of = d.value.get("of")
    if isinstance(of, int) and not d.value.get("name"):
        return "two people"
    sources = [of] if isinstance(of, str) else dict.fromkeys(a.source for a in d.target[:of])
    return f"somebody else in {', '.join(sources)}" if of else "these are several people"


def _alias(d: Decision) -> str:
    return f"is not called {d.value['name']}" if d.value.get("not") else f"is called {d.value['name']} too"


def _together(d: Decision) -> str:
    return f"{_many(d)} to this moment" if d.value.get("of") else "the accounts tell of one event"


def _apart(d: Decision) -> str:
    return f"{_many(d)} out of the moment" if d.value.get("of") else "the accounts tell of several events"


def _many(d: Decision) -> str:
    of = d.value["of"]
    return "1 account goes" if of == 1 else f"{of} accounts go"


def _note(d: Decision) -> str:
    return f"noted: “{d.value['note']}”" if d.value.get("note") else "the note is taken away"


def _how(d: Decision, key: str = "how") -> str:
    return f" ({d.value[key]})" if d.value.get(key) else ""


_SAYS: dict[tuple[str, str], Callable[[Decision], str] | str] = {
    ("speaker", ""): lambda d: f"“{d.target[0].figure}” is {d.value or 'nobody known'}",
    ("rights", ""): _withheld,
    ("person", "merge"): "these are one person",
    ("person", "split"): _split,
    ("person", "name"): lambda d: f"is called {d.value['name']}",
    ("person", "alias"): _alias,
    ("person", "role"): _role,
    ("person", "pseudonym"): lambda d: f"is shown as {d.value['name']}",
    ("moment", "together"): _together,
    ("moment", "apart"): _apart,
    ("moment", "title"): lambda d: f"is called “{d.value['title']}”",
    ("moment", "note"): _note,
    ("moment", "when"): lambda d: f"happened {d.value['when']}" if d.value["when"] else "when it happened is not known",
    ("relation", "accept"): lambda d: f"holds: {d.value['about']}",
    ("relation", "reject"): lambda d: f"is no relation: {d.value['about']}",
    ("relation", "add"): lambda d: f"{d.value['type']}: {d.value['about']}",
    ("clearance", "clear"): lambda d: f"lines are cleared{_how(d)}",
    ("clearance", "refuse"): lambda d: f"lines are refused{_how(d)}",
}
