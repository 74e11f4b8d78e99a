"""A project is a folder; a user's own folder is only read."""

from pathlib import Path

import pytest

from vivavoce.errors import BadFile, UsageError
from vivavoce.project import open_project


def test_a_folder_with_sources_and_no_settings_is_a_project(tmp_path):
    (tmp_path / "ferry-strike" / "sources").mkdir(parents=True)
    project = open_project(tmp_path / "ferry-strike")
    assert project.title == "Ferry strike"
    assert project.home == str(tmp_path / "ferry-strike")
    assert not (tmp_path / "ferry-strike" / "vivavoce.toml").exists()


def test_somebodys_own_folder_gets_a_project_beside_and_is_never_written_to(tmp_path, monkeypatch):
    own = tmp_path / "My cuttings"
    own.mkdir()
    (own / "a.txt").write_text("Words.")
    monkeypatch.chdir(tmp_path)
    project = open_project(own)
    assert sorted(p.name for p in own.iterdir()) == ["a.txt"]
    assert (tmp_path / "My cuttings-history" / "vivavoce.toml").exists()
    assert project.sources == str(own)
    again = open_project(tmp_path / "My cuttings-history")
    assert (again.sources, again.home) == (project.sources, project.home)


def test_a_project_is_not_made_inside_the_folder_that_is_only_read(tmp_path):
    with pytest.raises(UsageError, match="only read"):
        open_project(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_things_in_it_is_not_taken_for_the_project(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        open_project(tmp_path / "own", tmp_path / "full")


def test_the_project_of_other_sources_is_not_taken_over(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    open_project(tmp_path / "one", tmp_path / "history")
    with pytest.raises(UsageError, match="other sources"):
        open_project(tmp_path / "two", tmp_path / "history")


def test_a_sources_folder_that_is_not_there_is_told(tmp_path):
    (tmp_path / "vivavoce.toml").write_text('sources = "elsewhere"\n')
    with pytest.raises(BadFile, match="elsewhere"):
        open_project(tmp_path)


def test_no_folder_no_project(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        open_project(tmp_path / "nowhere")


def test_an_edit_policy_that_is_not_known_is_told_with_those_that_are(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "vivavoce.toml").write_text('title = "Quay"\nedits = "loose"\n')
    with pytest.raises(BadFile, match=r"line 2: edits: .*“?loose.* Allowed: verbatim, clean, condensed"):
        open_project(tmp_path)
    (tmp_path / "vivavoce.toml").write_text('edits = "clean"\n')
    assert open_project(tmp_path).edits == "clean"


def test_the_year_of_a_book_is_a_number_or_a_text(tmp_path: Path) -> None:
    for year in ("2031", '"2031"'):
        (tmp_path / "sources").mkdir(exist_ok=True)
        (tmp_path / "vivavoce.toml").write_text(f'v = 1\n[book]\nauthor = "Ida Fell"\nyear = {year}\n')
        assert open_project(tmp_path).imprint.year == "2031"


def test_the_address_of_the_site_is_one_that_browsers_go_to(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    settings = tmp_path / "vivavoce.toml"
    for told, kept in (
        ("https://example.org/quay", "https://example.org/quay/"),
        ("", ""),
        (" http://quay.example/ ", "http://quay.example/"),
    ):
        settings.write_text(f'[site]\naddress = "{told}"\n')
        assert open_project(tmp_path).address == kept
    for told in (
        "quay",
        "ftp://example.org",
        "https://",
        "javascript:alert(1)",
        "https://example.org/?a=b",
        "https://a b.example",
    ):
        settings.write_text(f'[site]\naddress = "{told}"\n')
        with pytest.raises(BadFile, match="no address of a site"):
            open_project(tmp_path)
