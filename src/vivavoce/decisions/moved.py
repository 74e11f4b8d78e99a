"""Decisions follow a source that was renamed: same text, another path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from vivavoce.decisions.anchors import Anchor
from vivavoce.decisions.journal import Decision, Review


def followed(
    decisions: Iterable[Decision], hashes: Mapping[str, str]
) -> tuple[tuple[Decision, ...], tuple[Review, ...]]:
    """Decisions whose source is gone, pointed at the one source that has the same text now.

    `hashes`: the text hash of every source there is, by path. Each move is told; where several sources have that
    text, or none, nothing is changed (and what applies decisions lists them as lost).
    """
    paths: dict[str, list[str]] = defaultdict(list)
    for path, text_hash in hashes.items():
        paths[text_hash].append(path)
    made: list[Decision] = []
    reviews: list[Review] = []
    for decision in decisions:
        moves: dict[str, str] = {}
        for anchor in decision.target:
            there = paths.get(anchor.text_hash, []) if anchor.text_hash and anchor.source not in hashes else []
            if len(there) == 1:
                moves[anchor.source] = there[0]
        made.append(_moved(decision, moves) if moves else decision)
        for old, new in moves.items():
            why = f"its source {old} is gone; it was applied to {new}, which has the same text"
            reviews.append(Review(decision.id, decision.type, why, old, new, new, applied=True))
    return tuple(made), tuple(reviews)


def _moved(decision: Decision, moves: Mapping[str, str]) -> Decision:
    """A decision with the paths in its target, and what a restriction is of, replaced."""

    def there(anchor: Anchor) -> Anchor:
        return replace(anchor, source=moves.get(anchor.source, anchor.source))

    value: Any = decision.value
    if decision.type == "rights" and isinstance(value, dict) and value.get("of") in moves:
        value = {**value, "of": moves[value["of"]]}
    return replace(decision, target=tuple(there(a) for a in decision.target), value=value)
