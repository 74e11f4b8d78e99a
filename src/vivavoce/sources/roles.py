"""Who the labels of a transcript are, where its file names those who ask and those who answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vivavoce.model import Source
from vivavoce.sources import labels
from vivavoce.sources.cues import named

ANSWERING = frozenset(("a", "answer", "interviewee", "narrator", "respondent", "informant", "participant"))
YEARS = re.compile(r"[(,]?\s*\b(?:b\.\s*)?\d{4}\??(?:\s*[-–]\s*(?:\d{4}\??)?)?\s*\)?")
AFTER = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."))


def people(given: Iterable[str]) -> list[str]:
    """The names in fields of an archive: several are parted by ";", and "Hale, Ruth, 1931-" is Ruth Hale."""
    found = (_turned(" ".join(YEARS.sub(" ", one).split()).strip(" ,")) for words in given for one in words.split(";"))
    return list(dict.fromkeys(name for name in found if any(c.isalpha() for c in name)))


def _turned(name: str) -> str:
    family, comma, rest = name.partition(",")
    if not comma or not rest.strip():
        return name.strip(" ,")
    own, *more = [part.strip() for part in rest.split(",") if part.strip()]
    if own.casefold() in AFTER:
        return f"{family.strip()}, {own}"
    return " ".join([own, family.strip()]) + "".join(f", {part}" for part in more if part.casefold() in AFTER)


def introduced(source: Source, answering: Sequence[str], asking: Sequence[str]) -> Source:
    """The source with the names that its file gives for its labels: for a full name, a surname, a first name or
    initials that only one of them has, and for Interviewer or Narrator where there is one."""
    names: dict[str, str] = {}
    for label in dict.fromkeys(turn.label for turn in source.turns if turn.label):
        fit = [name for name in (*answering, *asking) if _key(label) in _short(name)]
        fit = fit or list(asking if labels.asks(label) else answering if _answers(label) else ())
        if len(set(fit)) == 1:
            names[label] = fit[0]
    return named(source, names, tuple(asking)) if names or asking else source


def _key(label: str) -> str:
    return labels.key(labels.ASIDE.sub("", label)).replace(".", "").strip()


def _answers(label: str) -> bool:
    words = labels.bare(label)
    return bool(words) and not labels.NUMBER.search(label) and all(word.strip(".") in ANSWERING for word in words)


def _short(name: str) -> set[str]:
    """What a label may call somebody."""
    words = [w for w in _key(name.partition(",")[0]).split() if w]
    if not words:
        return set()
    ends = {" ".join(words[at:]) for at in range(len(words))}
    return {*ends, words[0], "".join(w[0] for w in words), f"{words[0]} {words[-1]}", f"{words[0][0]} {words[-1]}"}
