"""The Word document: all words are there in real styles, notes are endnotes, fields are fields; same input same
bytes."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Inches
from editions import edition, speech
from hard import HARD, bare, hard, pictures
from lxml import etree
from msgspec.structs import replace

from vivavoce.book.arrangement import Run
from vivavoce.book.docx import write
from vivavoce.book.edition import Image, Part, Told
from vivavoce.errors import BadFile
from vivavoce.site.words import clean
from vivavoce.sources.docx import read
from vivavoce.sources.raw import raw


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pictures(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, bytes]:
    return {name: write(one(), folder) for name, one in (("all", edition), ("hard", hard), ("bare", bare))}


def _opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def _parts(data: bytes) -> dict[str, Any]:
    """Every XML file of the document, parsed strictly."""
    with ZipFile(io.BytesIO(data)) as box:
        return {n: etree.fromstring(box.read(n)) for n in box.namelist() if n.endswith((".xml", ".rels"))}


def _in_style(data: bytes, name: str) -> list[str]:
    return [p.text for p in _opened(data).paragraphs if p.style.name == name]


def _codes(data: bytes) -> list[str]:
    return [e.text.strip() for root in _parts(data).values() for e in root.iter(qn("w:instrText"))]


def test_our_own_reader_finds_all_words_as_they_stand(made: dict[str, bytes]) -> None:
    text = " ".join(read(raw("book.docx", made["all"])).text.split())
    for words in (
        "*nobody* <b>came</b> & the #key was 10 $ [sic] — “so”.",
        "It had rained since Tuesday.",
        "crane driver; now councillor. Interviewed 3 May 2021.",
        "in The Harbour Post, 1974",
        "died 1980; declined to be interviewed",
        "For the crane drivers",
        "ISBN 978-0-00-000000-2",
        "The first to go.",
        "https://post.example/gates?a=1&b",
        "Before all.",
        "Fell, Ida, The lockout",
    ):
        assert words in text, words


def test_words_of_any_kind_are_there(made: dict[str, bytes]) -> None:
    document = _opened(made["hard"])
    assert document.core_properties.language == "he"
    assert any(clean(HARD).strip() in p.text for p in document.paragraphs)


@pytest.mark.parametrize("name", ["all", "hard", "bare"])
def test_every_file_in_it_is_well_formed_and_every_relation_arrives(made: dict[str, bytes], name: str) -> None:
    parts = _parts(made[name])
    names = set(ZipFile(io.BytesIO(made[name])).namelist())
    for path, root in parts.items():
        if path.startswith("word/_rels/"):
            for relation in root:
                inside = relation.get("TargetMode") != "External"
                assert not inside or str(Path("word") / relation.get("Target")).replace("word/../", "") in names
    used = {
        e.get(qn("w:val")) for root in parts.values() for t in ("pStyle", "rStyle") for e in root.iter(qn(f"w:{t}"))
    }
    assert used <= {s.get(qn("w:styleId")) for s in parts["word/styles.xml"].iter(qn("w:style"))}
    ids = [e.get(qn("w:id")) for e in parts["word/document.xml"].iter(qn("w:bookmarkStart"))]
    assert len(set(ids)) == len(ids)
    marks = {e.get(qn("w:name")) for e in parts["word/document.xml"].iter(qn("w:bookmarkStart"))}
    assert {a for e in parts["word/document.xml"].iter(qn("w:hyperlink")) if (a := e.get(qn("w:anchor")))} <= marks


def test_what_is_said_stands_in_styles_of_its_own(made: dict[str, bytes]) -> None:
    assert len(_in_style(made["all"], "Speech")) == 4
    assert _in_style(made["all"], "Speech Continued") == ["Three."]
    assert _in_style(made["all"], "Press Speech") == ["Ida Fell in The Harbour Post, 1974  “It was Friday.”"]
    assert _in_style(made["all"], "Document") == ["Gates shut."]
    assert _in_style(made["all"], "Document Heading") == ["The Harbour Post"]
    assert _in_style(made["all"], "Narration")[-1] == "It had rained since Tuesday."
    assert _in_style(made["all"], "Heading 2")[0] == "After noon"
    first = next(p for p in _opened(made["all"]).paragraphs if p.style.name == "Speech")
    assert [(r.text, r.style.name) for r in first.runs[:2]] == [("Ida Fell", "Speaker"), (" (crane driver)", "Role")]


@pytest.mark.parametrize(("name", "notes"), [("all", 6), ("hard", 9)])
def test_notes_are_endnotes_called_in_order(made: dict[str, bytes], name: str, notes: int) -> None:
    parts = _parts(made[name])
    called = [e.get(qn("w:id")) for e in parts["word/document.xml"].iter(qn("w:endnoteReference"))]
    there = [e for e in parts["word/endnotes.xml"] if not e.get(qn("w:type"))]
    assert called == [e.get(qn("w:id")) for e in there] == [str(n + 1) for n in range(notes)]
    kinds = [e.get(qn("w:type")) for e in parts["word/endnotes.xml"]][:2]
    assert kinds == ["separator", "continuationSeparator"]
    told = parts["word/settings.xml"].find(qn("w:endnotePr"))
    assert told.find(qn("w:numFmt")).get(qn("w:val")) == "decimal"


def test_a_note_says_what_the_edition_says(made: dict[str, bytes]) -> None:
    notes = [e for e in _parts(made["all"])["word/endnotes.xml"] if not e.get(qn("w:type"))]
    said = ["".join(t.text for t in e.iter(qn("w:t"))).strip() for e in notes]
    assert said == [" ".join(filter(None, (n.text, n.address))) for n in edition().notes]


def test_contents_index_and_running_heads_are_fields_that_are_not_empty(made: dict[str, bytes]) -> None:
    codes = _codes(made["all"])
    assert any(c.startswith("TOC ") for c in codes) and any(c.startswith("INDEX ") for c in codes)
    assert "STYLEREF 1" in codes and "PAGE" in codes
    assert codes.count('XE "Fell, Ida"') == 3
    titles = _in_style(made["all"], "Heading 1")
    listed = [
        "".join(t.text for t in p._p.iter(qn("w:t")))
        for p in _opened(made["all"]).paragraphs
        if p.style.name == "toc 1"
    ]
    assert listed == titles == [
        "A note on method", "The people", "Introduction", "The lockout", "Notes", "Sources", "Index",
    ]  # fmt: skip
    for root in _parts(made["hard"]).values():
        kinds = [e.get(qn("w:fldCharType")) for e in root.iter(qn("w:fldChar"))]
        assert kinds.count("begin") == kinds.count("end")


@pytest.mark.parametrize(("trim", "inches"), [("a5", (5.83, 8.27)), ("6x9", (6, 9)), ("letter", (8.5, 11))])
def test_each_trim_size_is_the_page_of_every_section(trim: str, inches: tuple[float, float]) -> None:
    sections = _opened(write(edition(trim=trim), Path())).sections
    assert len(sections) == 3
    assert {(round(s.page_width / Inches(1), 2), round(s.page_height / Inches(1), 2)) for s in sections} == {inches}


def test_pictures_of_any_kind_have_their_alternative_text_and_fit_the_page(made: dict[str, bytes]) -> None:
    document = _opened(made["hard"])
    shapes = document.inline_shapes
    assert [s._inline.docPr.get("descr") for s in shapes] == [clean(HARD), "A gate.", "A crane.", "The gate again."]
    assert all(0 < s.width <= Inches(4.5) for s in shapes)
    assert "The gate." in _in_style(made["hard"], "Caption")


def test_same_input_same_bytes_with_the_day_of_publication(made: dict[str, bytes], folder: Path) -> None:
    assert write(hard(), folder) == made["hard"]
    assert {i.date_time[:3] for i in ZipFile(io.BytesIO(made["hard"])).infolist()} == {(1980, 1, 1)}
    core = _opened(made["all"]).core_properties
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == "2026-01-01"
    assert (core.title, core.author, core.language) == ("The Lockout & after", "Ada Quill", "en-GB")


def test_a_picture_that_is_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "gate.png").write_bytes(b"\x89PNG\r\n\x1a\n cut off")
    plate = Image("c2-a", "pictures/gate.png", "A gate.", "")
    with pytest.raises(BadFile, match=re.escape("pictures/gate.png cannot be drawn")):
        write(replace(edition(), parts=(Part("c2", "Plates", (plate,)),)), tmp_path)


def test_narration_after_a_block_stands_off_from_it(folder: Path) -> None:
    told = [Told(f"c1-{n}", "paragraph", (Run(words),)) for n, words in enumerate(("At first.", "Then.", "And then."))]
    part = Part("c1", "The lockout", (told[0], speech(1), told[1], told[2]))
    data = write(replace(edition(), parts=(part,)), folder)
    assert _in_style(data, "Narration Begins") == ["Then."]
    assert _in_style(data, "Narration")[-2:] == ["At first.", "And then."]
    assert _opened(data).styles["Narration Begins"].paragraph_format.space_before.pt == 9
