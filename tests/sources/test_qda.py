"""REFI-QDA: each text and each transcript of a project is a source of its own, with the project's times."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import box
from fixtures import LINES, TAPE

from projects import make
from vivavoce import build, sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, times
from vivavoce.project import open_project

DATA = Path(__file__).parent.parent / "data"
FLOODS = "archives/floods.qdpx"


def project(inside: str, **parts: str | bytes) -> bytes:
    head = '<Project xmlns="urn:QDA-XML:project:1.0" name="P"><Sources>'
    return box({"project.qde": f"{head}{inside}</Sources></Project>", **{f"Sources/{n}": d for n, d in parts.items()}})


def taped(points: str, text: str = TAPE) -> str:
    return f'<AudioSource name="T"><Transcript plainTextPath="internal://t.txt">{points}</Transcript></AudioSource>'


def read(root: Path, data: bytes, name: str) -> Source:
    (root / "p.qdpx").write_bytes(data)
    return sources.read(root, f"p.qdpx/{name}")


def told(root: Path, path: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        sources.read(root, path)
    assert "reader failed" not in str(caught.value)
    return str(caught.value)


def test_sources_of_a_project_are_listed_by_their_names() -> None:
    names = ["Elsewhere", "Interview 1", "Interview 1 (2)", "Tape 4", "Tape 5", "The flood _ a cutting", "The weir"]
    assert sources.members(DATA, FLOODS) == [f"{FLOODS}/{name}" for name in names]
    assert f"{FLOODS}/Tape 4" in sources.listed(DATA)
    assert "it holds 7 sources" in told(DATA, FLOODS)


def test_texts_are_read_as_files_of_their_own() -> None:
    one = sources.read(DATA, f"{FLOODS}/Interview 1")
    assert (one.path, one.kind, one.format, one.text) == (f"{FLOODS}/Interview 1", "transcript", "dialogue", TAPE)
    assert "1 coding and 1 note" in " ".join(w.what for w in one.warnings)
    two = sources.read(DATA, f"{FLOODS}/Interview 1 (2)")
    assert (two.kind, two.text, two.warnings) == ("press", LINES, ())
    cutting = sources.read(DATA, f"{FLOODS}/The flood _ a cutting")
    assert (cutting.format, cutting.title) == ("docx", "Twenty-one steps to the generator")


def test_transcripts_have_the_times_of_the_project() -> None:
    tape = sources.read(DATA, f"{FLOODS}/Tape 4")
    assert [(t.label, t.time) for t in tape.turns] == [
        ("WREN", (0.0, 4.5)),
        ("FENWICK", (4.5, 12.25)),
        ("WREN", (12.25, 12.25)),
    ]
    lamp = TAPE.index("lamp")
    assert times(tape, lamp, lamp + 4) == (4.5, 12.25)


def test_a_transcript_without_labels_is_one_all_the_same() -> None:
    weir = sources.read(DATA, f"{FLOODS}/The weir")
    assert (weir.kind, len(weir.turns), weir.turns[0].label) == ("transcript", 1, "")
    assert [weir.text[a:b] for a, b in weir.turns[0].spans] == LINES.splitlines()
    assert weir.turns[0].time == (1.0, 3.0)
    assert "does not say who speaks" in weir.warnings[0].what


def test_what_lies_outside_or_is_a_recording_is_told() -> None:
    assert "outside of the project" in told(DATA, f"{FLOODS}/Elsewhere")
    assert "recording without a transcript" in told(DATA, f"{FLOODS}/Tape 5")
    assert "nothing of that name" in told(DATA, f"{FLOODS}/The bridge")


def test_points_that_run_back_or_lie_beyond_are_left_out_and_told(tmp_path: Path) -> None:
    points = ((0, 1000), (50, 9000), (50, 9500), (60, 2000), (90, 12000), (99999, 90000))
    inside = "".join(f'<SyncPoint guid="x" position="{at}" timeStamp="{ms}"/>' for at, ms in points)
    source = read(tmp_path, project(taped(inside), **{"t.txt": TAPE}), "T")
    assert [(p.start, p.time) for p in source.places] == [(0, (1.0, 9.0)), (50, (9.0, 12.0)), (90, (12.0, 12.0))]
    assert "3 times of the project stand" in " ".join(w.what for w in source.warnings)


@pytest.mark.parametrize(
    "points",
    [
        "",
        '<SyncPoint guid="x" position="0" timeStamp="0"/>',
        '<SyncPoint guid="x" position="-1" timeStamp="x"/><SyncPoint guid="x"/>',
        '<SyncPoint guid="x" position="99999999999999999999" timeStamp="1"/>',
    ],
)
def test_points_that_say_nothing_give_no_times(tmp_path: Path, points: str) -> None:
    source = read(tmp_path, project(taped(points), **{"t.txt": TAPE}), "T")
    assert {turn.time for turn in source.turns} == {None}


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "..", ".evil", "a\\b", "C:\\evil", "", "x" * 999, "a\nb"])
def test_odd_names_are_names_within_the_project(tmp_path: Path, name: str) -> None:
    data = project(f'<TextSource guid="g" name="{name}"><PlainTextContent>{TAPE}</PlainTextContent></TextSource>')
    (tmp_path / "p.qdpx").write_bytes(data)
    [path] = sources.listed(tmp_path)
    assert ".." not in path.split("/")
    assert path.count("/") == 1
    assert len(path) < 200
    assert sources.read(tmp_path, path).text == TAPE


def test_the_ending_of_a_name_does_not_choose_the_reader(tmp_path: Path) -> None:
    for name in ("one.docx", "two.pdf", "three.xml", "four.mp3.txt", "five 12.5.2019"):
        data = project(f'<TextSource name="{name}"><PlainTextContent>{LINES}</PlainTextContent></TextSource>')
        assert read(tmp_path, data, name).text == LINES


def test_the_rights_beside_a_project_hold_for_all_its_sources(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[[rights]]\nwhat = "source"\nchannels = ["site"]\n')
    source = read(tmp_path, project(taped(""), **{"t.txt": TAPE}), "T")
    assert [r.channels for r in source.restrictions] == [("site",)]


@pytest.mark.parametrize(
    "data",
    [
        b"no ZIP",
        box({"a.txt": "words"}),
        box({"project.qde": "<Project>"}),
        box({"project.qde": '<!DOCTYPE P [<!ENTITY a "b">]><Project>&a;</Project>'}),
        box({"project.qde": "<Project>" + "<a>" * 5000}),
        box({"project.qde": "<Project/>"}),
        box({"project.qde": b"a" * 2**25}),
    ],
)
def test_what_is_no_project_is_listed_and_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "p.qdpx").write_bytes(data)
    assert sources.listed(tmp_path) == ["p.qdpx"]
    assert told(tmp_path, "p.qdpx").startswith("p.qdpx")


def test_a_build_reads_anew_what_changed_in_a_project(tmp_path: Path) -> None:
    made = open_project(make(tmp_path, {"p.qdpx": ""}))
    file = tmp_path / "sources" / "p.qdpx"
    point = '<SyncPoint guid="x" position="{}" timeStamp="{}"/>'
    one = '<TextSource name="One"><PlainTextContent>' + TAPE + "</PlainTextContent></TextSource>"
    file.write_bytes(project(one + taped(""), **{"t.txt": TAPE.replace("three", "four")}))
    assert build.update(made).read == 2
    assert build.update(made).read == 0
    points = point.format(0, 0) + point.format(50, 4000)
    file.write_bytes(project(one + taped(points), **{"t.txt": TAPE.replace("three", "four")}))
    assert build.update(made).read == 1


def test_a_zip_of_archives_formats_is_read_member_by_member() -> None:
    path = "archives/accession.zip"
    found = {name: sources.read(DATA, name) for name in sources.members(DATA, path)}
    assert {name.rpartition("/")[2]: source.format for name, source in found.items()} == {
        "kiln-street.tei.xml": "tei",
        "sluice-5.xml": "ohms",
        "toll-house.tei.xml": "tei",
        "weir-6.xml": "ohms",
    }
    for name, source in found.items():
        alone = sources.read(DATA, "archives/" + name.rpartition("/")[2])
        assert (source.text, source.turns, source.places) == (alone.text, alone.turns, alone.places)
        assert {r.of for r in source.restrictions} <= {name}


def test_a_sidecar_beside_a_zip_clears_what_its_files_hold_back(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes((DATA / "archives" / "accession.zip").read_bytes())
    assert sources.read(tmp_path, "a.zip/1998/weir-6.xml").restrictions
    (tmp_path / "a.toml").write_text('cleared = "agreement with the archive, 2025"\n')
    assert sources.read(tmp_path, "a.zip/1998/weir-6.xml").restrictions == ()
