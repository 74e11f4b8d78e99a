"""Who speaks in a source, and how much."""

from __future__ import annotations

from vivavoce.model import WORD, Source, Value


class Speaker(Value, frozen=True):
    """Somebody who speaks in a transcript: the label as the file has it ("" where it has none), the name that it
    stands for ("" where nobody said yet), whether they ask, and how many words are theirs."""

    label: str
    name: str = ""
    asks: bool = False
    words: int = 0


def words(text: str) -> int:
    """How many words a text has; what is withheld in it does not count."""
    return sum(1 for _ in WORD.finditer(text))


def speakers(source: Source) -> tuple[Speaker, ...]:
    """Who speaks in a transcript, in the order in which they begin; a turn without words is nobody's."""
    found: dict[tuple[str, str], tuple[bool, int]] = {}
    for turn in source.turns:
        count = sum(words(source.text[start:end]) for start, end in turn.spans)
        if not count:
            continue
        key = turn.label, turn.name or source.labels.get(turn.label, "").strip()
        asks, before = found.get(key, (False, 0))
        found[key] = asks or turn.asks, before + count
    return tuple(Speaker(label, name, asks, n) for (label, name), (asks, n) in found.items())
