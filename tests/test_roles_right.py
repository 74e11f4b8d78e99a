"""Every role that is found in an archive we know by heart is one that somebody has: a wrong one in a book's list of
people is worse than one that is missing."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from vivavoce import build
from vivavoce.model import Role, folded
from vivavoce.project import open_project

HERE = Path(__file__).parent
ARCHIVES = {"archive": HERE / "archive", "yard": HERE / "yard", "saltmarsh": HERE.parent / "examples" / "saltmarsh"}
REVIEWED = tomllib.loads((HERE / "data" / "roles-reviewed.toml").read_text("utf-8"))
FLOORS = {"archive": 1.0, "yard": 0.95, "saltmarsh": 1.0}


def words(role: Role) -> str:
    return f"{role.kind} {role.of or role.title}"


def right(name: str, role: Role, gold: dict[str, list[tuple[str, str]]], reviewed: list[str]) -> bool:
    told = folded(role.of or role.title)
    wanted = [w for kind, w in gold.get(name, []) if kind == role.kind]
    return any(w == told or told.startswith(f"{w} ") for w in wanted) or f"{name}: {words(role)}" in reviewed


@pytest.mark.parametrize("archive", [a for a, path in ARCHIVES.items() if path.is_dir()])
def test_no_role_is_found_that_nobody_has(archive: str, tmp_path: Path) -> None:
    home = tmp_path / "archive"
    shutil.copytree(ARCHIVES[archive], home, ignore=shutil.ignore_patterns(".vivavoce", "out"))
    project = open_project(home)
    build.update(project)
    people = build.history(project, "workbench", "2026-01-01").people
    gold: dict[str, list[tuple[str, str]]] = {}
    if (home / "gold.json").is_file():
        for p in json.loads((home / "gold.json").read_text("utf-8"))["people"]:
            for called in (p["name"], *p["aliases"]):
                gold.setdefault(called, []).extend((r["kind"], folded(r.get("of") or r["title"])) for r in p["roles"])
    found = [(p.name, r) for p in people for r in p.roles]
    wrong = [f"{n}: {words(r)}" for n, r in found if not right(n, r, gold, REVIEWED.get(archive, []))]
    print(f"{archive}: {len(found) - len(wrong)} of {len(found)} roles are right; not:", *wrong, sep="\n  ")
    assert len(found) - len(wrong) >= FLOORS[archive] * len(found)
