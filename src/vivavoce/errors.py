"""What can go wrong, and what the user can do about it: one sentence each, an exit code a kind."""

from __future__ import annotations

DONE = 0
USAGE = 2
SOME_UNREADABLE = 3
CHECK_FAILED = 4
NOT_DONE = 5


class VivavoceError(Exception):
    """Something the user can act on: what, where, what next, in a sentence; `code` is the exit code."""

    code = NOT_DONE


class UsageError(VivavoceError):
    """The command was called with something that it does not take."""

    code = USAGE


class UnreadableSource(VivavoceError):
    """A source that cannot be read; the others go on.

    `file` is the path as the user knows it, `place` where in it ("line 12", or empty), `remedy` what to do.
    """

    code = SOME_UNREADABLE

    def __init__(self, file: str, what: str, remedy: str = "", place: str = "") -> None:
        self.file, self.what, self.remedy, self.place = file, what, remedy, place
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {what}." + (f" {remedy}" if remedy else ""))


class BadFile(VivavoceError):
    """A file that the user writes (vivavoce.toml, a sidecar, decisions.jsonl) holds a mistake."""


class NotShown(VivavoceError):
    """Something that is withheld was asked for."""


class Busy(VivavoceError):
    """Another process is building this project."""


class DoesNotHold(VivavoceError):
    """A line that would be published does not stand in its source, or may not be shown."""

    code = CHECK_FAILED
