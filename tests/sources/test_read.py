"""Reading a folder: what is listed, by which reader it is read, and what is said of what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source

ARTICLE = "A lamp goes out at Gull Point\n\n“We saw nothing,” said Ines Quarrie, who kept the light.\n"
DIALOGUE = "HOST: When did it go dark?\n\nINES: At ten, I think.\n\nHOST: And then?\n\nINES: Then nothing at all.\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ines>It went dark at ten.\n"
PAGE = (
    "<!doctype html><html><body><article><h1>Dark</h1><p>“We saw nothing at all that night,” said Ines.</p></article>"
)
DATA = Path(__file__).parent.parent / "data" / "press"


def put(root: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        file = root / name.replace("__", ".").replace("_slash_", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def told(root: Path, path: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        sources.read(root, path)
    return str(caught.value)


def test_the_kind_is_told_by_content_before_the_ending(tmp_path: Path) -> None:
    put(tmp_path, a__txt=VTT, b__txt=PAGE, c__txt=DIALOGUE, d__md=DIALOGUE, e__html=ARTICLE, f__txt=ARTICLE)
    found = {path: sources.read(tmp_path, path).format for path in ["a.txt", "b.txt", "c.txt", "d.md", "f.txt"]}
    assert found == {"a.txt": "vtt", "b.txt": "html", "c.txt": "dialogue", "d.md": "dialogue", "f.txt": "text"}
    assert sources.read(tmp_path, "e.html").text == ARTICLE.strip().replace("\n\n", " ")


def test_a_source_is_fingerprinted_by_its_bytes_and_by_its_text(tmp_path: Path) -> None:
    put(tmp_path, a__txt=ARTICLE, b__txt=b"\xef\xbb\xbf" + ARTICLE.encode())
    plain, marked = sources.read(tmp_path, "a.txt"), sources.read(tmp_path, "b.txt")
    assert plain.text == marked.text == ARTICLE
    assert plain.text_hash == marked.text_hash
    assert plain.file_hash != marked.file_hash


def test_listed_are_sources_and_lone_recordings_in_order(tmp_path: Path) -> None:
    put(
        tmp_path,
        ep07__vtt=VTT,
        ep07__mp3=b"ID3\x04\0",
        ep07__toml="v = 1",
        ep08__mp3=b"ID3\x04\0",
        Zeta__txt=ARTICLE,
        press_slash_a__html=PAGE,
        press_slash_a_files_slash_style__css="p {}",
        press_slash_lamp__jpg=b"\xff\xd8\xff",
        README__md="# Mine",
        __hidden=ARTICLE,
        scan__pdf=b"%PDF-1.7",
    )
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("x")
    assert sources.listed(tmp_path) == ["Zeta.txt", "ep07.vtt", "ep08.mp3", "press/a.html", "scan.pdf"]


def test_a_recording_named_in_a_sidecar_is_not_listed(tmp_path: Path) -> None:
    put(tmp_path, talk__srt="1\n00:00:01,000 --> 00:00:02,000\nHello.\n", talk__toml='media = "tape/side-a.wav"')
    (tmp_path / "tape").mkdir()
    (tmp_path / "tape" / "side-a.wav").write_bytes(b"RIFF\0\0\0\0WAVE")
    assert sources.listed(tmp_path) == ["talk.srt"]
    assert [m.path for m in sources.read(tmp_path, "talk.srt").media] == ["tape/side-a.wav"]


def test_a_recording_beside_a_transcript_belongs_to_it(tmp_path: Path) -> None:
    put(tmp_path, ep07__vtt=VTT, ep07__mp3=b"ID3\x04\0", ep07__mp4=b"\0\0\0\x18ftypmp42", ep08__en__vtt=VTT)
    (tmp_path / "ep08.m4a").write_bytes(b"\0\0\0\x18ftypM4A ")
    (tmp_path / "ep09.mp3.vtt").write_text(VTT)
    (tmp_path / "ep09.mp3").write_bytes(b"ID3\x04\0")
    assert [(m.path, m.kind) for m in sources.read(tmp_path, "ep07.vtt").media] == [
        ("ep07.mp3", "sound"),
        ("ep07.mp4", "video"),
    ]
    assert [m.path for m in sources.read(tmp_path, "ep08.en.vtt").media] == ["ep08.m4a"]
    assert [m.path for m in sources.read(tmp_path, "ep09.mp3.vtt").media] == ["ep09.mp3"]
    assert sources.listed(tmp_path) == ["ep07.vtt", "ep08.en.vtt", "ep09.mp3.vtt"]


def test_a_recording_without_a_transcript_waits_for_one(tmp_path: Path) -> None:
    put(tmp_path, tape__mp3=b"ID3\x04\0\0\0")
    source = sources.read(tmp_path, "tape.mp3")
    assert source.kind == "recording"
    assert source.text == ""
    assert [m.path for m in source.media] == ["tape.mp3"]
    assert "WebVTT" in source.warnings[0].remedy


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.pdf", b"%PDF-1.4\nno nul here", "PDF"),
        ("a.docx", b"PK\x03\x04\0\0", "DOCX"),
        ("a.bin", bytes(range(256)) * 9, ".bin"),
        ("a.txt", b"\0\x01\x02" * 99, "no text"),
        ("a.txt", b"\x01\x02\x03\x04\x05\x06\x07" * 99, "no text"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.html", b"<html><body><script>1</script>", "no article"),
        ("a.json", b'{"a": 1}', "segments"),
        ("a.mp3", b"", "empty"),
        ("a.css", b"p { color: red }", ".css"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(data)
    said = told(tmp_path, name)
    assert said.startswith(name)
    assert word in said
    assert "\n" not in said


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    for path in ("folder.txt", "gone.txt", "pipe.txt", "never.txt", "a\0b.txt", "lone.toml"):
        assert told(tmp_path, path)
    assert sources.listed(tmp_path) == ["gone.txt"]


def test_words_of_another_encoding_are_read_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE.encode("cp1252"))
    source = sources.read(tmp_path, "a.txt")
    assert source.text == ARTICLE
    assert "Windows-1252" in source.warnings[0].what
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe" + ARTICLE.encode("utf-16-le"))
    assert sources.read(tmp_path, "b.txt").text == ARTICLE


def whole(source: Source) -> None:
    """Blocks are in order, do not overlap, and, in plain text, leave out nothing but white space."""
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(source.text)
        assert not source.text[at : block.start].strip()
        at = block.end
    assert not source.text[at:].strip()


@pytest.mark.parametrize("name", ["harbour-lights.html", "ferry-strike.md"])
def test_a_file_cut_short_anywhere_is_read_or_told(tmp_path: Path, name: str) -> None:
    data = (DATA / name).read_bytes()
    for end in range(0, len(data), 97):
        (tmp_path / name).write_bytes(data[:end])
        try:
            whole(sources.read(tmp_path, name))
        except UnreadableSource as e:
            assert "reader failed" not in str(e)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.md", "a.html", "a.vtt", "a.json", "a.mp3"]))
def test_no_bytes_are_too_strange(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / name).write_bytes(data)
    try:
        assert sources.read(root, name).path == name
    except UnreadableSource as e:
        assert "reader failed" not in str(e)
