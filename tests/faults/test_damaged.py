"""Bytes of the archive that the disk has changed are found: it is made anew, and that is said."""

import random
import shutil
import sqlite3

import pytest

from projects import files, make, tree
from vivavoce import archive
from vivavoce.build import found, history, publish, update
from vivavoce.project import open_project

DAY = "2031-05-01"


def shown(project):
    """All that readers of the archive are given."""
    whole = history(project, "export", DAY)
    hits = [[h.unit for h in found(project, words, DAY, 50)] for words in ("lamps", "harbour", "petra")]
    return repr((whole.sources, whole.quotes, whole.people, whole.moments, whole.traces)), hits


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = make(tmp_path_factory.mktemp("built") / "corrie", files(5))
    project = open_project(folder)
    update(project)
    publish(project, DAY)
    connection = sqlite3.connect(project.state / archive.NAME)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return folder, shown(project), tree(folder / "out")


def flipped(data: bytes, seed: int) -> bytes:
    """Some bytes changed: one, some, or a stretch of a sector."""
    chance, changed = random.Random(seed), bytearray(data)
    count = chance.choice((1, 5, 50))
    for _ in range(count):
        at = chance.randrange(len(changed))
        changed[at] ^= 1 << chance.randrange(8)
    if seed % 5 == 4:
        at = chance.randrange(len(changed) // 512) * 512
        changed[at : at + 512] = chance.choice((bytes(512), chance.randbytes(512)))
    return bytes(changed)


def survived(built, to, seed) -> bool:
    """Whether the damage was found; else it was where nothing is read."""
    folder, was, site = built
    shutil.copytree(folder, to / "corrie")
    project = open_project(to / "corrie")
    file = project.state / archive.NAME
    file.write_bytes(flipped(file.read_bytes(), seed))
    done = update(project)
    assert shown(project) == was
    publish(project, DAY)
    assert tree(to / "corrie" / "out") == site
    told = archive.ANEW in done.warnings or archive.was_damaged(project.state)
    assert archive.ANEW not in update(project).warnings, "it is told once"
    shutil.rmtree(to / "corrie")
    return told or done.read > 0


@pytest.mark.parametrize("seeds", [range(n, n + 8) for n in range(0, 24, 8)])
def test_bytes_that_changed_are_found_and_nothing_else_is_shown(built, tmp_path, seeds):
    told = [survived(built, tmp_path, seed) for seed in seeds]
    assert any(told)


@pytest.mark.parametrize(
    "damage",
    [
        "update digest set fingerprint = cast(x'ff41' as text)",
        "update whole set name = cast(x'ff41' as text) where name = 'people'",
        "update unit_words_data set block = null where id = 1",
        "update kept set body = x'00'",
    ],
)
def test_what_is_no_text_any_more_is_damage(built, tmp_path, damage):
    folder, was, site = built
    shutil.copytree(folder, tmp_path / "corrie")
    project = open_project(tmp_path / "corrie")
    connection = sqlite3.connect(project.state / archive.NAME)
    connection.execute(damage)
    connection.commit()
    connection.close()
    update(project)
    assert shown(project) == was
    publish(project, DAY)
    assert tree(tmp_path / "corrie" / "out") == site


@pytest.mark.soak
def test_many_bytes_that_changed_are_found(built, tmp_path):
    told = [survived(built, tmp_path, seed) for seed in range(1000)]
    print(f"{len(told)} damaged archives, {sum(told)} made anew, none shown")


def test_the_damage_is_said_by_the_command_line(built, tmp_path, capsys):
    from vivavoce.cli import main

    shutil.copytree(built[0], tmp_path / "corrie")
    (tmp_path / "corrie/.vivavoce" / archive.NAME).write_bytes(b"no database by any means " * 500)
    with pytest.raises(SystemExit) as ended:
        main(["people", str(tmp_path / "corrie")])
    assert (ended.value.code or 0) == 0
    assert "made anew" in capsys.readouterr().err


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY]
)
def test_an_archive_is_not_thrown_away_for_what_is_no_damage(tmp_path, monkeypatch, code):
    archive.connect(tmp_path).close()
    was = (tmp_path / archive.NAME).stat().st_ino

    def failing(connection):
        e = sqlite3.OperationalError("not now")
        e.sqlite_errorcode = code
        raise e

    monkeypatch.setattr(archive, "_journal", failing)
    with pytest.raises(archive.VivavoceError, match=r"do it again|Try again"):
        archive.connect(tmp_path)
    assert (tmp_path / archive.NAME).stat().st_ino == was


class Network(sqlite3.Connection):
    """A drive that knows neither shared memory nor, where `locks` is False, locks."""

    locks = True
    asked: list[str] = []  # noqa: RUF012

    def execute(self, sql, *rest):
        self.asked.append(sql)
        code = sqlite3.SQLITE_IOERR_SHMMAP if "= wal" in sql else sqlite3.SQLITE_IOERR_LOCK if not self.locks else 0
        if code and ("= wal" in sql or "begin" in sql or "create table" in sql) and not self.free:
            e = sqlite3.OperationalError("disk I/O error")
            e.sqlite_errorcode = code
            raise e
        return super().execute(sql, *rest)

    free = False


@pytest.mark.parametrize("locks", [True, False])
def test_a_network_drive_without_shared_memory_or_locks_is_built_on(tmp_path, monkeypatch, locks):
    connect = sqlite3.connect

    def mounted(name, *a, uri=False, **k):
        made = connect(name, *a, uri=uri, **{**k, "factory": Network})
        made.free = uri and "nolock=1" in name and bool(made.execute("pragma user_version"))
        return made

    monkeypatch.setattr(Network, "locks", locks)
    folder = make(tmp_path / "corrie")
    with monkeypatch.context() as m:
        m.setattr(sqlite3, "connect", mounted)
        project = open_project(folder)
        assert update(project).read == 4
        publish(project, DAY)
        assert not update(project).changed
        on_network = shown(project)
    assert shown(project) == on_network
    update(project)
    assert shown(project) == on_network


def test_a_drive_whose_locks_are_files_is_built_on(tmp_path, monkeypatch):
    connect = sqlite3.connect

    def mounted(name, *a, **k):
        from pathlib import Path

        k.pop("uri", None)
        return connect(f"{Path(name).absolute().as_uri()}?vfs=unix-dotfile", *a, uri=True, **k)

    monkeypatch.setattr(sqlite3, "connect", mounted)
    project = open_project(make(tmp_path / "corrie"))
    assert update(project).read == 4
    assert not update(project).changed
    assert not (project.state / f"{archive.NAME}-wal").exists()
