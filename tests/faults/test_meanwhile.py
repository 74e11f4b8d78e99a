"""What others do meanwhile: the clock, another build, a source that changes or goes while it is read."""

import os
import subprocess
import sys

import pytest

from projects import ARTICLE, TALK, files, make, tree
from vivavoce import build, decisions, desk, sources
from vivavoce.build import history, publish, take_place, update
from vivavoce.project import open_project

DAY = "2031-05-01"


def shown(project):
    whole = history(project, "export", DAY)
    return repr((whole.sources, whole.quotes, whole.people, whole.moments))


def test_what_is_decided_last_counts_though_the_clock_was_set_back(tmp_path, monkeypatch):
    project = open_project(make(tmp_path / "corrie"))
    update(project)
    quote = next(q for q in history(project, "export", DAY).quotes if q.kind == "direct")
    times = iter(["2031-05-09T10:00:00.000000+00:00", "2031-05-09T08:00:00.000000+00:00", "1970-01-01T00:00:00+00:00"])
    monkeypatch.setattr(desk, "_now", lambda: next(times))
    for name in ("Wim Oort", "Petra Vance", "Nadia Brandt"):
        desk.speaker(project, quote.id, name, "Ada")
        update(project)
        said = next(q for q in history(project, "export", DAY).quotes if q.id == quote.id)
        assert said.person and said.person.name == name
    at = [d.at for d in decisions.read(project.journal).decisions]
    assert at == sorted(at)


def test_a_source_that_goes_while_it_is_read_is_told_and_forgotten(tmp_path, monkeypatch):
    folder = make(tmp_path / "corrie")
    read = sources.read

    def gone(root, path):
        if path == "press/night.txt":
            (root / path).unlink()
        return read(root, path)

    with monkeypatch.context() as m:
        m.setattr(build.sources, "read", gone)
        done = update(open_project(folder))
    assert [path for path, _ in done.problems] == ["press/night.txt"]
    assert update(open_project(folder)).problems == ()


def test_a_source_that_changes_while_it_is_read_is_read_again(tmp_path, monkeypatch):
    folder, other = make(tmp_path / "corrie"), make(tmp_path / "other" / "corrie")
    read, later = sources.read, ARTICLE.replace("fourteen lamps", "forty lamps")

    def changing(root, path):
        if path == "press/night.txt":
            (root / path).write_text(later)
        return read(root, path)

    with monkeypatch.context() as m:
        m.setattr(build.sources, "read", changing)
        update(open_project(folder))
    assert update(open_project(folder)).read == 1
    (other / "sources/press/night.txt").write_text(later)
    update(open_project(other))
    assert shown(open_project(folder)) == shown(open_project(other))


def test_two_builds_at_once_both_end_well(tmp_path):
    folder, alone = make(tmp_path / "corrie", files(8)), make(tmp_path / "alone" / "corrie", files(8))
    command = [sys.executable, "-m", "vivavoce", "build"]
    both = [subprocess.Popen([*command, str(folder), "--on", DAY], stderr=subprocess.PIPE) for _ in range(2)]
    for one in both:
        _, said = one.communicate(timeout=250)
        assert one.returncode == 0, said
    project = open_project(alone)
    update(project)
    publish(project, DAY)
    assert tree(folder / "out") == tree(alone / "out")


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path, monkeypatch):
    for name in ("next/site", "out/site"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(name)
    fresh, target = tmp_path / "next/site", tmp_path / "out/site"
    rename = type(fresh).rename

    def failing(self, to):
        if self == fresh:
            raise OSError(28, "No space left on device")
        return rename(self, to)

    monkeypatch.setattr(build, "_swapped", lambda a, b: False)
    monkeypatch.setattr(type(fresh), "rename", failing)
    with pytest.raises(OSError, match="No space"):
        take_place(fresh, target)
    assert (target / "index.html").read_text() == "out/site"


def test_files_that_no_reader_may_touch_are_passed_over_or_told(tmp_path):
    """Links in a ring, links to nowhere and out, pipes, devices, folders with endings, names that differ in case only,
    that Windows reserves, and that are as long as a disk takes them."""
    from vivavoce.cli import main

    folder = make(tmp_path / "corrie", {"CON.txt": ARTICLE, "nul.vtt": TALK, "Aux.TXT": ARTICLE, "aux.txt": ARTICLE})
    root = folder / "sources"
    (root / "ring.txt").symlink_to("ring.txt")
    (root / "a.txt").symlink_to("b.txt")
    (root / "b.txt").symlink_to("a.txt")
    (root / "round").symlink_to(".")
    (root / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(root / "pipe.txt")
    os.mkfifo(root / "pipe.zip")
    (root / "folder.txt").mkdir()
    (root / "folder.zip").mkdir()
    (root / "folder.zip" / "talk.vtt").write_text(TALK)
    (root / ("x" * 251 + ".txt")).write_text(ARTICLE)
    deep = root
    for _ in range(12):
        deep = deep / ("deep" * 20)
    deep.mkdir(parents=True)
    (deep / "talk.vtt").write_text(TALK)
    (root / "\u202etxt.vtt").write_text(TALK)
    (root / "a\nb.vtt").write_text(TALK)
    with pytest.raises(SystemExit) as ended:
        main(["build", str(folder), "--on", DAY])
    assert ended.value.code == 3
    project = open_project(folder)
    paths = {s.path for s in history(project, "export", DAY).sources}
    assert {"CON.txt", "nul.vtt", "Aux.TXT", "aux.txt", "folder.zip/talk.vtt", "x" * 251 + ".txt"} <= paths
    assert any(path.startswith("deepdeep") for path in paths)
    assert {path for path, _ in update(project).problems} == {"ring.txt", "a.txt", "b.txt"}


def asked(capsys, *args):
    """What a command says, and its exit code; one that waits for a pipe is ended by the clock."""
    import signal

    from vivavoce.cli import main

    def late(*_):
        pytest.fail(f"{args} waited for a pipe")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(30)
    try:
        with pytest.raises(SystemExit) as ended:
            main([*map(str, args)])
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return " ".join(capsys.readouterr().err.split()), ended.value.code


@pytest.mark.parametrize("name", ["vivavoce.toml", "decisions.jsonl", "book.md"])
def test_a_pipe_where_a_file_of_the_project_should_be_is_told_and_not_waited_for(tmp_path, capsys, name):
    folder = make(tmp_path / "corrie")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    said, code = asked(capsys, "check" if name == "book.md" else "build", folder)
    assert "it is not a file" in said
    assert code in (4, 5)


def test_a_pipe_for_a_sidecar_or_a_recording_is_not_waited_for_when_a_folder_is_added(tmp_path, capsys):
    from vivavoce.project import write_new

    write_new(tmp_path / "history")
    given = make(tmp_path / "corrie") / "sources"
    os.mkfifo(given / "talks/ivo.toml")
    os.mkfifo(given / "talks/petra.mp3")
    said, code = asked(capsys, "add", given, "--in", tmp_path / "history")
    there = tmp_path / "history/sources/sources/talks"
    assert code == 5
    assert "its sidecar ivo.toml cannot come along: it is not a file" in said
    assert "petra.mp3: it is not a file" in said
    assert not (there / "ivo.vtt").exists()  # whose rights are not known
    assert (there / "petra.srt").is_file()


def test_a_project_on_a_path_that_is_not_utf8_is_told(tmp_path, capsys):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    make(odd / "corrie")
    for args in (["build", odd / "corrie"], ["new", odd / "fresh"], ["build", odd / "corrie/sources/press"]):
        said, code = asked(capsys, *args)
        assert "caf\\xe9" in said
        assert "is not UTF-8" in said
        assert code == 2


def test_a_project_on_a_path_that_is_too_long_for_its_archive_is_told_so(tmp_path, capsys):
    deep = tmp_path.joinpath(*["a folder within folders" * 5] * 5)
    said, code = asked(capsys, "build", make(deep / "corrie"))
    assert "move the project to a folder nearer to the top" in said
    assert code == 5
