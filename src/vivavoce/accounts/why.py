"""Why accounts stand together, in words."""

from __future__ import annotations

from collections import Counter

from vivavoce.accounts.features import Persons, meant
from vivavoce.accounts.products import Vector
from vivavoce.accounts.words import stem
from vivavoce.model import Passage

MOST = 4  # of a kind


def why(told: list[list[Passage]], near: list[Vector], who: Persons) -> tuple[str, ...]:
    """What holds the accounts of a moment together: each line names one kind of evidence that two or more share."""
    if len(told) < 2:
        return ("told by one",)
    lines = [
        line("they name", shared(told, "works")),
        line("they tell of", names(told, who)),
        line("they count", shared(told, "numbers")),
        line("they give the date", tuple(d for d in shared(told, "dates") if d[:1].isdigit())),
        line("they use the words", terms(told, near)),
    ]
    found = tuple(x for x in lines if x)
    return found or ("told in one stretch of the same source",)


def line(what: str, items: tuple[str, ...]) -> str:
    """One line of the reason, or ""."""
    return f"{what}: {', '.join(items[:MOST])}" if items else ""


def shared(told: list[list[Passage]], field: str) -> tuple[str, ...]:
    """The signals of a kind that two or more accounts hold, the most shared first."""
    count = Counter(s for ps in told for s in dict.fromkeys(x for p in ps for x in getattr(p, field)))
    return tuple(s for s, n in count.most_common() if n > 1)


def names(told: list[list[Passage]], who: Persons) -> tuple[str, ...]:
    """The names that two or more accounts hold, as most of them have it."""
    spelled: dict[str, Counter[str]] = {}
    count: Counter[str] = Counter()
    for ps in told:
        here = dict.fromkeys((meant(who, p.source, n), n) for p in ps for n in p.names)
        count.update(list(dict.fromkeys(person for person, _ in here)))
        for person, name in here:
            spelled.setdefault(person, Counter())[name] += 1
    return tuple(spelled[m].most_common(1)[0][0].title() for m, n in count.most_common() if n > 1)


def terms(told: list[list[Passage]], near: list[Vector]) -> tuple[str, ...]:
    """The words that two or more accounts use, those that tell most first."""
    strength: Counter[str] = Counter()
    for v in near:
        for feature, x in v.items():
            if feature[0] == "w":
                strength[feature[1:]] += x  # type: ignore[assignment]
    spelled: dict[str, str] = {}
    count: Counter[str] = Counter()
    for ps in told:
        here = {stem(w): w for p in ps for w in p.words}
        count.update(sorted(here))
        for s, w in here.items():
            spelled.setdefault(s, w)
    both = [s for s, n in count.items() if n > 1 and s in strength]
    return tuple(spelled[s] for s in sorted(both, key=lambda s: (-strength[s] * count[s], s)))
