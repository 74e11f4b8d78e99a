"""Engines by name: ours, or installed by others (entry points of the group `vivavoce.STEP`); imported when
asked for, so that no start pays for what it does not use."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from vivavoce.errors import UsageError

OURS: dict[str, dict[str, str]] = {
    "attribute": {
        "best": "vivavoce.people.best:attribute",
        "rules": "vivavoce.people.rules:attribute",
        "learned": "vivavoce.people.learned:attribute",
        "nobody": "vivavoce.people.nobody:attribute",
    },
    "export": {
        "jsonl": "vivavoce.exports.jsonl:write",
        "csv": "vivavoce.exports.csv:write",
        "web-annotation": "vivavoce.exports.annotation:write",
        "vtt": "vivavoce.exports.vtt:write",
        "csl": "vivavoce.exports.csl:write",
    },
    "book": {
        "pdf": "vivavoce.book.pdf:write",
        "epub": "vivavoce.book.epub:write",
        "docx": "vivavoce.book.docx:write",
        "html": "vivavoce.book.html:write",
    },
}

CALLED = {"attribute": "engine", "export": "format of export", "book": "format of a book"}
"""What a user calls an engine of a step."""

# Who says who said it, where nobody chose: the better one of ours for each kind of text (docs/accuracy.md).
DEFAULT = "best"


def names(step: str) -> list[str]:
    """The names of all engines for a step, ours first."""
    theirs = [e.name for e in entry_points(group=f"vivavoce.{step}")]
    return [*OURS[step], *sorted(set(theirs) - set(OURS[step]))]


def engine(step: str, name: str) -> Callable[..., Any]:
    """The function that does `step`, by the engine's name.

    Raises UsageError, naming those there are, if there is none of that name.
    """
    where = OURS[step].get(name)
    if where:
        module, function = where.split(":")
        found: Callable[..., Any] = getattr(import_module(module), function)
        return found
    for entry in entry_points(group=f"vivavoce.{step}", name=name):
        loaded: Callable[..., Any] = entry.load()
        return loaded
    raise missing(step, name)


def known(step: str, name: str) -> None:
    """Raises UsageError where there is no engine of that name; loads none."""
    if name not in names(step):
        raise missing(step, name)


def missing(step: str, name: str) -> UsageError:
    """That there is no such engine, with those there are."""
    return UsageError(f"There is no {CALLED[step]} “{name}”. Choose one of these: {', '.join(names(step))}.")
