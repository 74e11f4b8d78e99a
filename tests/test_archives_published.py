"""From an archive's file to the site: headings between the turns, and nothing of what the file itself holds back."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce import build
from vivavoce.project import open_project

ARCHIVES = Path(__file__).parent / "data" / "archives"
DAY = "2026-01-01"


def published(root: Path, **beside: str) -> dict[str, str]:
    """The pages of a project of an OHMS interview that is free and one that is closed until 2031."""
    (root / "sources").mkdir()
    for name in ("sluice-5.xml", "weir-6.xml"):
        (root / "sources" / name).write_bytes((ARCHIVES / name).read_bytes())
    for name, text in beside.items():
        (root / "sources" / f"{name.replace('_', '-')}.toml").write_text(text)
    project = open_project(root)
    build.update(project)
    build.publish(project, DAY)
    site = root / "out" / "site"
    return {f.relative_to(site).as_posix(): f.read_text() for f in site.rglob("*") if f.suffix in (".html", ".json")}


def test_titles_of_the_index_stand_between_the_turns(tmp_path: Path) -> None:
    page = published(tmp_path)["sources/sluice-5-xml.html"]
    above, heading, below = page.partition("<h2>The night the gates were opened</h2>")
    assert heading
    assert "eleven feet" in above
    assert "Who gave the order?" in below
    assert "rate books" not in page


def test_what_the_file_holds_back_is_nowhere_until_somebody_has_cleared_it(tmp_path: Path) -> None:
    pages = published(tmp_path)
    for name, page in pages.items():
        for words in ("Doyle", "counted the wheels", "Three gates or four", "weir-6"):
            assert words not in page, name


def test_what_somebody_has_cleared_is_published(tmp_path: Path) -> None:
    pages = published(tmp_path, weir_6='cleared = "P. Doyle, by letter, 2025"\n')
    assert "counted the wheels" in pages["sources/weir-6-xml.html"]


@pytest.mark.parametrize("rights", ['what = "person"\nperson = "Orla Fenwick"', 'what = "span"\nwords = "eleven feet"'])
def test_no_heading_is_shown_where_something_is_withheld(tmp_path: Path, rights: str) -> None:
    pages = published(tmp_path, sluice_5=f'[[rights]]\n{rights}\nchannels = ["site"]\n')
    assert not any("gates were opened" in page for page in pages.values())
