"""A history exported: `out/export-FORM/`, put in place in one step, with its manifest."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from vivavoce import __version__, archive
from vivavoce.build import history, take_place
from vivavoce.engines import engine
from vivavoce.exports import Files
from vivavoce.model import WITHHELD, History, Quote
from vivavoce.project import Project


def export(project: Project, day: str, to: str) -> tuple[Path, int]:
    """Export what may be exported on a day: (the folder, how many files).

    Raises UsageError for a form that is not known.
    """
    write: Callable[[History], Files] = engine("export", to)
    shown = history(project, "export", day)
    made = write(shown)
    made["manifest.json"] = _manifest(shown, made)
    with archive.alone(project.state, lambda: None):
        fresh = project.state / "next" / f"export-{to}"
        shutil.rmtree(fresh, ignore_errors=True)
        for path, data in made.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(data)
        take_place(fresh, project.out / f"export-{to}")
    return project.out / f"export-{to}", len(made)


def _manifest(shown: History, made: Files) -> bytes:
    body = {
        "v": 1,
        "by": f"vivavoce {__version__}",
        "title": shown.title,
        "day": shown.day,
        "lines": [_line(q) for q in shown.quotes if WITHHELD not in q.text],
        "rests": _rests(shown),
        "files": [{"path": p, "hash": hashlib.sha256(made[p]).hexdigest()} for p in sorted(made)],
    }
    return msgspec.json.format(msgspec.json.encode(body, order="deterministic"), indent=1) + b"\n"


def _rests(shown: History) -> list[dict[str, str]]:
    """The people and sources that an export shows."""
    people = [{"what": "person", "id": p.id, "name": p.name} for p in shown.people]
    return people + [{"what": "source", "id": s.path, "name": s.title} for s in shown.sources]


def _line(quote: Quote) -> dict[str, Any]:
    words = hashlib.sha256(quote.text.encode("utf-8", "replace")).hexdigest()
    return {"quote": quote.id, "source": quote.source, "spans": quote.spans, "hash": words, "at": quote.id}
