"""A ZIP of sources and an mbox of letters: each member is a source of its own; nothing is written to the disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from documents import box

from projects import make
from vivavoce import build, sources
from vivavoce.errors import UnreadableSource
from vivavoce.project import open_project

VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ines>It went dark at ten.\n"
ARTICLE = "A lamp goes out\n\n“We saw nothing,” said Ines Quarrie, who kept the light.\n"


def told(root: Path, path: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        sources.read(root, path)
    return str(caught.value)


def letters(*bodies: str) -> str:
    return "".join(
        f"From ruth@example.org Sat May 03 22:1{n}:00 2003\nFrom: Ruth Hale <ruth@example.org>\nSubject: Letter {n}\n"
        f"Date: Sat, {n + 3} May 2003 22:10:00 +0100\n\n{body}\n\n"
        for n, body in enumerate(bodies)
    )


def test_members_are_sources_by_their_paths(tmp_path: Path) -> None:
    parts = {
        "tape/one.vtt": VTT,
        "a.txt": ARTICLE,
        "__MACOSX/._a.txt": "x",
        "lamp.jpg": "x",
        "README.md": "# Mine",
        ".x": "x",
    }
    (tmp_path / "pack.zip").write_bytes(box(parts))
    assert sources.listed(tmp_path) == ["pack.zip/a.txt", "pack.zip/tape/one.vtt"]
    one = sources.read(tmp_path, "pack.zip/tape/one.vtt")
    assert (one.path, one.format, one.text) == ("pack.zip/tape/one.vtt", "vtt", "It went dark at ten.")
    assert sources.read(tmp_path / "pack.zip", "a.txt").text == ARTICLE
    assert "it holds 4 files. Name one of them" in told(tmp_path, "pack.zip")
    assert "nothing of that name" in told(tmp_path, "pack.zip/b.txt")


def test_rights_within_the_zip_and_beside_it_both_hold(tmp_path: Path) -> None:
    inner = 'title = "Tape one"\n[[rights]]\nwhat = "source"\nchannels = ["site"]\n'
    (tmp_path / "pack.zip").write_bytes(box({"one.vtt": VTT, "one.toml": inner}))
    (tmp_path / "pack.toml").write_text(
        'title = "All tapes"\ndate = 2003\n[[rights]]\nwhat = "source"\nchannels = ["book"]\n'
    )
    assert sources.listed(tmp_path) == ["pack.zip/one.vtt"]
    for root, path in ((tmp_path, "pack.zip/one.vtt"), (tmp_path / "pack.zip", "one.vtt")):
        source = sources.read(root, path)
        assert sorted(r.channels for r in source.restrictions) == [("book",), ("site",)]
        assert (source.title, source.date) == ("Tape one", "2003")


def test_a_mistake_in_a_sidecar_within_is_told_and_the_source_withheld(tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(box({"one.vtt": VTT, "one.toml": "rigths = 1"}))
    assert "sidecar" in told(tmp_path, "pack.zip/one.vtt")


def test_letters_of_an_mbox_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "l.mbox").write_text(letters("It was ten.\n\n>From the window.", "And eleven."))
    assert sources.listed(tmp_path) == ["l.mbox/0001.eml", "l.mbox/0002.eml"]
    one, two = (sources.read(tmp_path, path) for path in sources.listed(tmp_path))
    assert (one.text, one.title, one.date) == ("It was ten.\n\nFrom the window.", "Letter 0", "2003-05-03")
    assert (two.text, two.title, two.byline) == ("And eleven.", "Letter 1", "Ruth Hale")


def test_a_letter_that_is_added_changes_no_other(tmp_path: Path) -> None:
    (tmp_path / "l.mbox").write_text(letters("It was ten."))
    before = sources.mark(tmp_path, "l.mbox/0001.eml")
    (tmp_path / "l.mbox").write_text(letters("It was ten.", "And eleven."))
    assert sources.listed(tmp_path) == ["l.mbox/0001.eml", "l.mbox/0002.eml"]
    assert sources.mark(tmp_path, "l.mbox/0001.eml") == before


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:/evil.txt"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "pack.zip").write_bytes(box({"a.txt": ARTICLE, name: ARTICLE}))
    odd = next(path for path in sources.listed(tmp_path) if "evil" in path)
    assert ".." not in odd.split("/")
    if "\\" not in name:
        assert "leads out" in told(tmp_path, odd)
    assert sources.read(tmp_path, "pack.zip/a.txt").text == ARTICLE


def test_bombs_nests_links_and_recordings_are_told(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.txt", b"a" * 2**24)
        packed.writestr("inner.zip", box({"a.txt": ARTICLE}))
        packed.writestr(link, "/etc/passwd")
        packed.writestr("tape.mp3", b"ID3")
        packed.writestr("a.txt", ARTICLE)
    (tmp_path / "pack.zip").write_bytes(file.getvalue())
    assert "swell" in told(tmp_path, "pack.zip/bomb.txt")
    assert "archive within an archive" in told(tmp_path, "pack.zip/inner.zip")
    assert "link" in told(tmp_path, "pack.zip/link.txt")
    assert "recording" in told(tmp_path, "pack.zip/tape.mp3")
    assert sources.read(tmp_path, "pack.zip/a.txt").text == ARTICLE


@pytest.mark.parametrize("name", ["a.zip", "a.mbox"])
@pytest.mark.parametrize("data", [b"", b"no such thing", box({"a.txt": ARTICLE})[:60], box({})])
def test_what_is_no_archive_is_listed_and_told(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert sources.listed(tmp_path) == [name]
    said = told(tmp_path, name)
    assert "reader failed" not in said
    assert said.startswith(name)


def test_a_build_sees_a_member_that_changes(tmp_path: Path) -> None:
    project = open_project(make(tmp_path, {"pack.zip": ""}))
    pack = tmp_path / "sources" / "pack.zip"
    pack.write_bytes(box({"a.txt": ARTICLE, "one.vtt": VTT}))
    assert build.update(project).read == 2
    assert build.update(project).read == 0
    pack.write_bytes(box({"a.txt": ARTICLE, "one.vtt": VTT.replace("ten", "nine")}))
    assert build.update(project).read == 1
    pack.with_suffix(".toml").write_text('date = "2003"\n')
    assert build.update(project).read == 2


def test_names_in_utf8_that_do_not_say_so_are_read_as_they_were_written(tmp_path: Path) -> None:
    def packed(name: bytes) -> bytes:
        data = box({"X" * len(name): b"Words."})
        return data.replace(b"X" * len(name), name)

    for name in ("Gespräche/Müller.txt", "Gespra\u0308che.txt", "日記.txt"):
        (tmp_path / "pack.zip").write_bytes(packed(name.encode()))
        assert sources.listed(tmp_path) == [f"pack.zip/{name}"]
        assert sources.read(tmp_path, f"pack.zip/{name}").text == "Words."
    (tmp_path / "pack.zip").write_bytes(packed("Müller.txt".encode("cp437")))
    assert sources.listed(tmp_path) == ["pack.zip/Müller.txt"], "as DOS wrote it"
