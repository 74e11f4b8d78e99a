"""What is published may be copied to any system: no name in it is one that a system keeps, or two in one case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from projects import ARTICLE, TALK, make
from vivavoce import workers
from vivavoce.build import history, publish, update
from vivavoce.model import slug
from vivavoce.project import open_project

DAY = "2026-03-01"
KEPT = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?")
SIGNS = re.compile(r'[<>:"|?*\\\0-\x1f]|[. ]$')
SAID = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Con>The lamps on the quay were dead, all nine of them.\n"


def names(folder: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in folder.rglob("*")]


def test_a_site_may_be_copied_to_any_system(tmp_path: Path) -> None:
    folder = make(
        tmp_path / "corrie",
        {"CON.txt": ARTICLE, "Aux.vtt": TALK, "aux.vtt": SAID, "a:b?.vtt": SAID, "a\nb.vtt": TALK, "nul. .vtt": TALK},
    )
    (folder / "sources" / "Prn.wav").write_bytes(b"RIFF\x00\x00\x00\x00WAVE")
    (folder / "sources" / "aux.toml").write_text('media = "Prn.wav"\n')
    project = open_project(folder)
    update(project)
    published, _ = publish(project, DAY)
    assert "Con" in {p.name for p in history(project, "site", DAY).people}
    there = names(published)
    assert [n for n in there if n.lower().endswith(".wav")]
    parts = {part for name in there for part in name.split("/")}
    assert not [part for part in parts if KEPT.fullmatch(part) or SIGNS.search(part)]
    assert len({name.casefold() for name in there}) == len(there)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Con", "x-con"),
        ("NUL", "x-nul"),
        ("Com¹", "x-com1"),
        ("Lpt9", "x-lpt9"),
        ("Con Ray", "con-ray"),
        ("Conn", "conn"),
    ],
)
def test_no_address_is_the_name_of_a_device(name: str, address: str) -> None:
    assert slug(name) == address


def test_a_system_without_c_names_by_nothing_publishes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(name: object, **more: object) -> None:
        raise TypeError(f"no library {name}")  # as Windows says of None

    monkeypatch.setattr("ctypes.CDLL", refused)
    workers.with_parent()
    project = open_project(make(tmp_path / "corrie", {"one.vtt": TALK}))
    update(project)
    published, _ = publish(project, DAY)
    publish(project, "2026-04-01")
    assert (published / "index.html").is_file()
