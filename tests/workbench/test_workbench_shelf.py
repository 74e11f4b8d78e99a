"""`book.md` on the disk: written in one step, never over another's change, and put back byte for byte."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import make
from vivavoce.errors import BadFile, UsageError
from vivavoce.project import open_project
from vivavoce.workbench import shelf


@pytest.fixture
def project(tmp_path: Path):
    made = open_project(make(tmp_path / "corrie", {}))
    made.arrangement.write_bytes(b"# One\r\n")
    return made


def now(project) -> str:
    return shelf.mark(shelf.read(project))


def test_what_stood_there_is_put_back_byte_for_byte(project) -> None:
    shelf.change(project, now(project), b"# Two\n")
    shelf.change(project, now(project), b"# Three\n")
    shelf.step(project, now(project), "back")
    assert project.arrangement.read_bytes() == b"# Two\n"
    shelf.step(project, now(project), "back")
    assert project.arrangement.read_bytes() == b"# One\r\n"
    shelf.step(project, now(project), "again")
    assert project.arrangement.read_bytes() == b"# Two\n"
    with pytest.raises(UsageError):
        shelf.step(project, now(project), "again") or shelf.step(project, now(project), "again")


def test_what_another_wrote_is_never_written_over(project) -> None:
    known = now(project)
    project.arrangement.write_bytes(b"# Theirs\n")
    with pytest.raises(shelf.Changed):
        shelf.change(project, known, b"# Ours\n")
    with pytest.raises(shelf.Changed):
        shelf.step(project, known, "back")
    assert project.arrangement.read_bytes() == b"# Theirs\n"


def test_nothing_is_undone_that_was_changed_elsewhere(project) -> None:
    shelf.change(project, now(project), b"# Two\n")
    project.arrangement.write_bytes(b"# Theirs\n")
    assert not shelf.can(project, now(project), "back")
    with pytest.raises(UsageError, match="undone"):
        shelf.step(project, now(project), "back")


def test_a_change_that_cannot_be_written_leaves_the_file(project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    before = project.arrangement.read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadFile, match="Nothing was changed"):
        shelf.change(project, now(project), b"# Two\n")
    assert project.arrangement.read_bytes() == before
    assert not list(project.arrangement.parent.glob(".book*"))


@pytest.mark.skipif(os.name == "nt", reason="links and modes of Unix")
def test_a_link_stays_a_link_and_a_mode_a_mode(project, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.md"
    project.arrangement.replace(real)
    real.chmod(0o640)
    project.arrangement.symlink_to(real)
    shelf.change(project, now(project), b"# Two\n")
    assert project.arrangement.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"# Two\n", 0o640)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=6, unique=True))
def test_all_changes_are_undone_in_turn(tmp_path_factory: pytest.TempPathFactory, files: list[bytes]) -> None:
    made = open_project(make(tmp_path_factory.mktemp("p") / "corrie", {}))
    made.arrangement.write_bytes(b"# the first\n")
    for data in files:
        shelf.change(made, now(made), data)
    for data in [*files[:-1][::-1], b"# the first\n"]:
        shelf.step(made, now(made), "back")
        assert made.arrangement.read_bytes() == data


def test_of_changes_at_the_same_time_one_is_written(project) -> None:
    known, done = now(project), []

    def change(n: int) -> None:
        with contextlib.suppress(shelf.Changed):
            shelf.change(project, known, f"# {n}\n".encode())
            done.append(n)

    threads = [threading.Thread(target=change, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert project.arrangement.read_bytes() == f"# {done[0]}\n".encode() and len(done) == 1
