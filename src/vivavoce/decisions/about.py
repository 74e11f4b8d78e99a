"""What decisions are about, so that two on the same thing are known for what they are."""

from __future__ import annotations

from vivavoce.decisions.anchors import Anchor
from vivavoce.decisions.journal import Decision
from vivavoce.model import Span

ONE = {"person": ("name", "pseudonym"), "moment": ("title", "note", "when"), "relation": ("accept", "reject")}
"""What is decided once of a thing, by type; of other kinds there can be many (aliases, roles, merges)."""


def about(decision: Decision) -> str:
    """What a decision is about, or "" where there can be several decisions that all hold."""
    if not decision.target:
        return ""
    first = decision.target[0]
    if decision.type == "speaker" and not first.exact:
        return label(first.source, first.figure)
    if decision.type in ("speaker", "not-a-quotation", "kind"):
        return places(decision.target)
    if decision.type == "span":
        return f"span {places(decision.target[: decision.value['of']] or decision.target)}"
    if decision.type == "turn":
        return f"turn {places(decision.target)}"
    if decision.type == "text-correction":
        return f"reads {places(decision.target)}"
    return _with_do(decision)


def _with_do(decision: Decision) -> str:
    do = decision.value.get("do") if isinstance(decision.value, dict) else None
    if decision.type == "moment" and do in ("together", "apart"):
        return " ".join(("moment", *sorted(map(_place, decision.target))))
    if do not in ONE.get(decision.type, ()):
        return ""
    told = decision.value.get("about", "") if decision.type == "relation" else do
    return " ".join((decision.type, str(told), *sorted(f"{_place(a)} {a.figure}" for a in decision.target)))


def places(target: tuple[Anchor, ...]) -> str:
    """Words by their places."""
    return " ".join(map(_place, target))


def label(source: str, label: str) -> str:
    """A speaker label of a source."""
    return f"label {source} {label}"


def _place(anchor: Anchor) -> str:
    return place(anchor.source, anchor.text_hash, (anchor.start, anchor.end))


def place(source: str, text_hash: str, span: Span) -> str:
    """A place in one version of a text: in another, the same offsets are other words."""
    return f"{source} {text_hash} {span[0]}-{span[1]}"
