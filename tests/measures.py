"""Figures that several tests share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def b_cubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall, F1 of predicted clusters against gold ones, one (gold, predicted) pair an item."""
    both, gold, predicted = Counter(pairs), Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    precision = sum(both[x] / predicted[x[1]] for x in pairs) / len(pairs)
    recall = sum(both[x] / gold[x[0]] for x in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def share(right: int, of: int) -> float:
    """The part that is right; of nothing, all is."""
    return right / of if of else 1.0
