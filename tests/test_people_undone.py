"""What a person decides of people wins over all that is found, and is gone when it is undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce import desk
from vivavoce.build import history, update
from vivavoce.model import Person
from vivavoce.project import Project, open_project

TWO = "There are two Tom Ashbys in this town, and Tom Ashby, the docker, is mine.\n"
TALK = """Interviewer: Petra Noakes
Narrator: Oswin Vale

Petra Noakes: Who lit the fire?

Oswin Vale: Tom Ashby, the docker, who had the matches, and nobody else had any.

Petra Noakes: Who put it out?

Oswin Vale: The rain did, and a bucket, and Nell Strand, who was the harbourmaster.
"""
SOURCES = {
    "two.txt": TWO,
    "talk.txt": TALK,
    "grocer.txt": "Tom Ashby, a fish merchant, sang at the fire, said Nell Strand, the harbourmaster.\n",
    "again.txt": "Nell Strand rang the bell. “I rang it twice,” said Strand.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "sources").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / "sources" / name).write_text(text)
    return open_project(tmp_path)


def people(project: Project) -> tuple[Person, ...]:
    update(project)
    return history(project, "workbench", "2031-05-09").people


def homes(found: tuple[Person, ...], key: str) -> set[str]:
    """The ids of those behind a name."""
    return {p.id for p in found for _, k in p.figures if k == key}


def merge(project: Project) -> None:
    desk.merge(project, sorted(homes(people(project), "Tom Ashby")), "Ada")


def split(project: Project) -> None:
    desk.split(project, "Nell Strand", "again.txt", "Ada")


def name(project: Project) -> None:
    desk.name(project, "Nell Strand", "Eleanor Strand", "Ada")


@pytest.mark.parametrize("decide", [merge, split, name])
def test_a_decision_wins_and_a_build_after_undo_equals_the_build_before(project: Project, decide: object) -> None:
    before = people(project)
    assert len(homes(before, "Tom Ashby")) > 1 and len(homes(before, "Nell Strand")) == 1
    decide(project)  # type: ignore[operator]
    ruled = people(project)
    if decide is merge:
        assert len(homes(ruled, "Tom Ashby")) == 1
    elif decide is split:
        assert len(homes(ruled, "Nell Strand")) == 2
    else:
        assert "Eleanor Strand" in {p.name for p in ruled}
    rows = [json.loads(line)["id"] for line in project.journal.read_text().splitlines()]
    for row in reversed(rows):
        desk.undo(project, row, "Ada")
    assert people(project) == before
