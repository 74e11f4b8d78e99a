"""What lies beside a source: a sidecar under any spelling holds, a recording is one, and nothing leads out."""

from __future__ import annotations

import os
import wave
from pathlib import Path
from zipfile import ZipFile

import pytest

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.sources import folder

VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Nora>The lamp went out at ten, and nobody lit it.\n"
BARS = '[[rights]]\nwhat = "source"\nground = "a letter"\n'
SOUND = b"ID3\x04" + b"\0" * 60


def unread(root: Path, path: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        sources.read(root, path)
    return str(caught.value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inner = tmp_path / "sources"
    inner.mkdir()
    (inner / "nora.vtt").write_text(VTT)
    return inner


@pytest.mark.parametrize("name", ["nora.toml", "nora.TOML", "Nora.toml", "NORA.toml", "nora.vtt.toml", "nora.VTT.Toml"])
def test_a_sidecar_holds_however_it_is_spelled(root: Path, name: str) -> None:
    (root / name).write_text(BARS)
    assert sources.read(root, "nora.vtt").restrictions
    assert sources.sidecar_path(root, "nora.vtt") == root / name
    assert sources.listed(root) == ["nora.vtt"]


def test_accents_are_the_same_however_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "n\u00f3ra.vtt").write_text(VTT)
    (tmp_path / "no\u0301ra.toml").write_text(BARS)
    assert sources.read(tmp_path, "n\u00f3ra.vtt").restrictions


def test_a_sidecar_that_is_a_link_to_nowhere_leaves_the_source_out(root: Path) -> None:
    (root / "nora.toml").symlink_to(root / ".git/annex/objects/gone")
    assert "leads nowhere" in unread(root, "nora.vtt")
    assert sources.listed(root) == ["nora.vtt"]


@pytest.mark.parametrize("name", ["nora.toml", "nora.vtt.toml"])
def test_a_sidecar_that_is_a_folder_or_a_pipe_leaves_the_source_out(root: Path, name: str) -> None:
    (root / name).mkdir()
    assert "not a file" in unread(root, "nora.vtt")
    (root / name).rmdir()
    os.mkfifo(root / name)
    assert "not a file" in unread(root, "nora.vtt")
    assert sources.listed(root) == ["nora.vtt"]


def test_two_sidecars_leave_the_source_out(root: Path) -> None:
    (root / "nora.toml").write_text(BARS)
    (root / "nora.vtt.toml").write_text("")
    assert "Keep one of the two" in unread(root, "nora.vtt")


def test_each_of_two_spellings_may_have_a_sidecar_of_its_own(root: Path) -> None:
    (root / "NORA.vtt").write_text(VTT)
    (root / "nora.toml").write_text(BARS)
    (root / "NORA.toml").write_text('title = "Great letters"')
    assert sources.read(root, "nora.vtt").restrictions
    assert sources.read(root, "NORA.vtt").title == "Great letters"
    (root / "NORA.toml").unlink()
    assert sources.read(root, "NORA.vtt").restrictions


def test_a_sidecar_within_a_zip_holds_however_it_is_spelled(tmp_path: Path) -> None:
    for name in ("Nora.TOML", "nora.vtt.toml"):
        with ZipFile(tmp_path / "box.zip", "w") as box:
            box.writestr("tapes/nora.vtt", VTT)
            box.writestr(f"tapes/{name}", BARS)
        assert sources.listed(tmp_path) == ["box.zip/tapes/nora.vtt"]
        assert sources.read(tmp_path, "box.zip/tapes/nora.vtt").restrictions


def test_what_a_source_is_read_with_changes_its_marks(root: Path) -> None:
    seen = [sources.companions(root, "nora.vtt")]
    (root / "Nora.TOML").write_text('media = "tapes/a.mp3"')
    seen.append(sources.companions(root, "nora.vtt"))
    (root / "tapes").mkdir()
    (root / "tapes/a.mp3").write_bytes(SOUND)
    seen.append(sources.companions(root, "nora.vtt"))
    (root / "nora.mp3").write_bytes(SOUND)
    seen.append(sources.companions(root, "nora.vtt"))
    (root / "Nora.TOML").unlink()
    (root / "Nora.TOML").symlink_to("gone")
    seen.append(sources.companions(root, "nora.vtt"))
    assert len(set(seen)) == len(seen)
    assert sources.companions(root, "nora.vtt") == seen[-1]


@pytest.mark.parametrize("media", ["./nora.toml", "nora.vtt", "host.mp3", "./tapes/../host.mp3", "far/host.mp3"])
def test_what_is_no_recording_of_the_folder_is_told_and_never_played(root: Path, media: str) -> None:
    (root.parent / "host.mp3").write_bytes(SOUND)
    (root / "host.mp3").symlink_to(root.parent / "host.mp3")
    (root / "far").symlink_to(root.parent, target_is_directory=True)
    (root / "tapes").mkdir()
    (root / "nora.toml").write_text(f'media = "{media}"')
    source = sources.read(root, "nora.vtt")
    assert source.media == ()
    assert [(bool(w.place), bool(w.remedy)) for w in source.warnings] == [(True, True)]


def test_a_recording_beside_a_source_that_is_a_link_out_of_the_folder_is_told(root: Path) -> None:
    (root.parent / "secret.mp3").write_bytes(SOUND)
    (root / "nora.mp3").symlink_to(root.parent / "secret.mp3")
    (root / "alone.mp3").symlink_to(root.parent / "secret.mp3")
    for path in ("nora.vtt", "alone.mp3"):
        source = sources.read(root, path)
        assert source.media == ()
        assert any("link out of it" in w.what and w.remedy for w in source.warnings)


def test_a_link_within_the_folder_is_a_recording(root: Path) -> None:
    (root / "tapes").mkdir()
    (root / "tapes/7.mp3").write_bytes(SOUND)
    (root / "nora.mp3").symlink_to("tapes/7.mp3")
    source = sources.read(root, "nora.vtt")
    assert [m.path for m in source.media] == ["nora.mp3"]
    assert not source.warnings


def test_a_name_that_is_not_utf8_is_told_in_words_that_can_be_printed(root: Path) -> None:
    odd = os.fsencode(root) + b"/x\xfe.txt"
    Path(os.fsdecode(odd)).write_text("Plain words.")
    Path(os.fsdecode(os.fsencode(root) + b"/b\xffx")).mkdir()
    Path(os.fsdecode(os.fsencode(root) + b"/b\xffx/in.txt")).write_text("Plain words.")
    assert sources.listed(root) == ["b\\xffx/in.txt", "nora.vtt", "x\\xfe.txt"]
    for path in ("b\\xffx/in.txt", "x\\xfe.txt", os.fsdecode(b"x\xfe.txt")):
        assert "Rename it" in unread(root, path)
        unread(root, path).encode("utf-8")
    assert sources.companions(root, "x\\xfe.txt") == sources.companions(root, "x\\xfe.txt")


def test_a_projects_own_files_are_no_sources(root: Path) -> None:
    home = root.parent
    (home / "vivavoce.toml").write_text('sources = "."')
    for name in ("decisions.jsonl", "book.md", ".vivavoce/archive.sqlite", "out/site/index.html", "out/site/a/b.html"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("ours")
    (home / "out/site/manifest.json").write_text('{\n "by": "vivavoce 0.1",\n "day": "2030-01-01"\n}')
    assert sources.listed(home) == ["sources/nora.vtt"]
    (home / "out/site/manifest.json").write_text('{"name": "of an app"}')
    assert "out/site/index.html" in sources.listed(home)


def test_a_users_own_book_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text("# Lamps\n\nA book.")
    assert sources.listed(tmp_path) == ["book.md"]


def test_a_folder_is_listed_once_however_many_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(50):
        (tmp_path / f"{n:02}.txt").write_text("Plain words.")
    os.utime(tmp_path, (1, 1))
    calls = []
    whole = folder._names
    monkeypatch.setattr(folder, "_names", lambda at: calls.append(at) or whole(at))
    for n in range(50):
        sources.companions(tmp_path, f"{n:02}.txt")
        sources.read(tmp_path, f"{n:02}.txt")
    assert len(calls) == 1


def test_a_folder_written_just_now_is_not_listed_once_more_for_each_of_its_files(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    true = folder._names
    monkeypatch.setattr(folder, "_names", lambda at: asked.append(at) or true(at))
    for n in range(200):
        (root / f"{n}.vtt").write_text(VTT)
    (root / "7.toml").write_text(BARS)
    assert len(sources.listed(root)) == 201
    assert len(asked) < 5


def test_a_sidecar_put_beside_a_source_that_was_just_read_holds(root: Path) -> None:
    for n in range(20):
        (root / f"{n}.vtt").write_text(VTT)
        assert not sources.read(root, f"{n}.vtt").restrictions
        (root / f"{n}.toml").write_text(BARS)
        assert sources.read(root, f"{n}.vtt").restrictions


def test_times_after_the_end_of_the_recording_are_told(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "ep07.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(100)
        sound.writeframes(b"\x80" * 1000)
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>one\n\n{}.000 --> {}.500\n<v Tam>two\n"
    (tmp_path / "ep07.vtt").write_text(cue.format("00:09", "00:09"))
    assert sources.read(tmp_path, "ep07.vtt").warnings == ()
    (tmp_path / "ep07.vtt").write_text(cue.format("01:09", "01:09"))
    told = sources.read(tmp_path, "ep07.vtt").warnings
    assert [w.what for w in told] == ["its times go on to 0:01:09, but the recording “ep07.wav” ends at 0:00:10"]
    (tmp_path / "ep07.wav").write_bytes(b"RIFF\0\0\0\0WAVEfmt ")
    assert sources.read(tmp_path, "ep07.vtt").warnings == ()
