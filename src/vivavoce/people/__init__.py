"""People: who is named in a source, who said what, and who is the same person across sources."""

from __future__ import annotations

from vivavoce.people.blocking import blocks
from vivavoce.people.casting import cast
from vivavoce.people.resolve import resolve

__all__ = ["blocks", "cast", "resolve"]
