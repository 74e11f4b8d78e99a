"""Pictures on the whole way: from the folder to the pages, and away again."""

from __future__ import annotations

from pathlib import Path

import projects
from vivavoce import build
from vivavoce.project import open_project

ON = "2026-01-01"
ABOUT = 'title = "{}"\nalt = "What is seen."\ncredit = "Ida Holm"\nlicence = "CC BY 4.0"\n'
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h9"/></svg>'


def made(folder: Path) -> Path:
    projects.make(folder)
    (folder / "pictures").mkdir()
    for name, of in (("ferry", "cover"), ("lamps", "Petra Vance")):
        (folder / "pictures" / f"{name}.svg").write_text(DRAWN)
        (folder / "pictures" / f"{name}.toml").write_text(ABOUT.format(name.title()) + f'of = "{of}"\n')
    return folder


def built(folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Every file of the site, and what was said."""
    project = open_project(folder)
    told = build.update(project).warnings
    site, _ = build.publish(project, ON)
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}, told


def test_pictures_stand_where_their_sidecars_say(tmp_path: Path) -> None:
    files, told = built(made(tmp_path / "p"))
    assert files["pictures/ferry.svg"] == DRAWN.encode()
    assert b'<img src="pictures/ferry.svg" alt="What is seen." width="40" height="30"' in files["index.html"]
    assert b"Lamps" not in files["index.html"]
    assert b"Ida Holm. CC BY 4.0" in files["people/petra-vance.html"]
    assert b'"path": "pictures/lamps.svg"' in files["manifest.json"]
    assert told == ()


def test_a_picture_that_loses_its_rights_leaves_no_trace_and_the_build_equals_a_clean_one(tmp_path: Path) -> None:
    folder = made(tmp_path / "p")
    built(folder)
    (folder / "pictures" / "lamps.toml").write_text('title = "Lamps"\n')
    files, told = built(folder)
    assert "licence" in told[0] and "pictures/lamps.svg" in told[0]
    assert not any(b"lamps.svg" in held or "lamps.svg" in name for name, held in files.items())
    assert b"One picture is withheld." in files["index.html"]
    clean = made(tmp_path / "clean")
    (clean / "pictures" / "lamps.toml").write_text('title = "Lamps"\n')
    assert built(clean)[0] == files


def test_a_picture_of_a_withheld_person_is_nowhere(tmp_path: Path) -> None:
    folder = made(tmp_path / "p")
    with (folder / "vivavoce.toml").open("a") as settings:
        settings.write('[[rights]]\nwhat = "person"\nof = "Petra Vance"\n')
    files, _ = built(folder)
    assert "pictures/ferry.svg" in files and "pictures/lamps.svg" not in files
    assert not any(b"Lamps" in held for name, held in files.items() if name.endswith((".html", ".json")))


def test_a_name_that_a_picture_is_of_in_vain_is_told_and_fails_nothing(tmp_path: Path) -> None:
    folder = made(tmp_path / "p")
    (folder / "pictures" / "lamps.toml").write_text(ABOUT.format("Lamps") + 'of = ["Petra Vance", "Petra Vanse"]\n')
    built(folder)
    assert build.doubts(open_project(folder), ON) == (
        ("pictures/lamps.svg is of “Petra Vanse”, which is nobody and nothing here.", False),
    )
