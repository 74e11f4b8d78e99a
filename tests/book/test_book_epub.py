"""The EPUB: the judge finds nothing, whatever the words; every link arrives; what it says of itself is true."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from editions import edition
from hard import bare, hard, pictures
from judged import complaints
from lxml import etree
from msgspec.structs import replace

from vivavoce.book.edition import Image, Part
from vivavoce.book.epub import write
from vivavoce.book.pieces import PAGE
from vivavoce.errors import BadFile
from vivavoce.sources.epub import read
from vivavoce.sources.raw import raw

H = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pictures(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, bytes]:
    return {name: write(whole(), folder) for name, whole in (("all", edition), ("hard", hard), ("bare", bare))}


def _pages(data: bytes) -> dict[str, Any]:
    """The files of a book that are read, parsed strictly."""
    with ZipFile(io.BytesIO(data)) as box:
        return {n: etree.fromstring(box.read(n)) for n in box.namelist() if n.endswith(".xhtml")}


def _package(data: bytes) -> Any:
    with ZipFile(io.BytesIO(data)) as box:
        return etree.fromstring(box.read("EPUB/book.opf"))


def _said(data: bytes, name: str) -> list[str]:
    """What the package says under a property or Dublin Core name."""
    package = _package(data)
    found = (
        package.iterfind(f".//{{*}}meta[@property='{name}']") if ":" in name else package.iterfind(f".//{{*}}{name}")
    )
    return [e.text for e in found]


@pytest.mark.parametrize("name", ["all", "hard", "bare"])
def test_the_judge_finds_no_error_and_nothing_to_warn_of(made: dict[str, bytes], name: str, tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(made[name])
    assert complaints(tmp_path / "book.epub") == []


def test_all_words_are_in_it_as_they_stand(made: dict[str, bytes]) -> None:
    text = " ".join(" ".join("".join(page.itertext()) for page in _pages(made["all"]).values()).split())
    for words in (
        "*nobody* <b>came</b> & the #key was 10 $ [sic] — “so”.",
        "It had rained since Tuesday.",
        "(crane driver)",
        "in The Harbour Post, 1974",
        "crane driver; now councillor.",
        "died 1980; declined to be interviewed.",
        "Interviewed 3 May 2021.",
        "For the crane drivers",
        "ISBN 978-0-00-000000-2",
        "The first to go.",
        "https://post.example/gates?a=1&b",
        "Before all.",
        "compared with their sources on 1 January 2026",
    ):
        assert words in text, words


def test_same_input_same_bytes_and_the_type_comes_first_and_unpacked(made: dict[str, bytes], folder: Path) -> None:
    assert write(hard(), folder) == made["hard"]
    first = ZipFile(io.BytesIO(made["hard"])).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert made["hard"][38:58] == b"application/epub+zip"


@pytest.mark.parametrize("name", ["all", "hard", "bare"])
def test_every_link_within_arrives_and_no_id_stands_twice(made: dict[str, bytes], name: str) -> None:
    pages = _pages(made[name])
    places = {
        f"{page.removeprefix('EPUB/')}#{e.get('id')}"
        for page, root in pages.items()
        for e in root.iter()
        if e.get("id")
    }
    assert len(places) == sum(e.get("id") is not None for root in pages.values() for e in root.iter())
    files = {page.removeprefix("EPUB/") for page in pages}
    links = [a.get("href") for root in pages.values() for a in root.iter(H + "a")]
    assert all(link in files | places or link.startswith("https://") for link in links)


def test_notes_lead_there_and_back(made: dict[str, bytes]) -> None:
    pages = _pages(made["all"])
    calls = [a for page in pages.values() for a in page.iter(H + "a") if a.get(TYPE) == "noteref"]
    notes = [li for li in pages["EPUB/notes.xhtml"].iter(H + "li") if li.get(TYPE) == "endnote"]
    assert [c.get("href") for c in calls] == [f"notes.xhtml#{n.get('id')}" for n in notes]
    assert all(c.get("role") == "doc-noteref" for c in calls) and len(calls) == 6
    backs = [a.get("href") for n in notes for a in n.iter(H + "a") if a.get("role") == "doc-backlink"]
    assert backs == [f"chapter-002.xhtml#{c.get('id')}" for c in calls]


def test_pages_are_of_even_length_listed_in_order_and_said_to_have_no_printed_source(made: dict[str, bytes]) -> None:
    pages = _pages(made["hard"])
    nav = next(n for n in pages["EPUB/nav.xhtml"].iter(H + "nav") if n.get(TYPE) == "page-list")
    numbers = [a.text for a in nav.iter(H + "a")]
    assert numbers == [str(n + 1) for n in range(len(numbers))]
    long = next(e for e in pages["EPUB/chapter-003.xhtml"].iter() if e.get("id") == "c2-l")
    inside = [len(s.tail or "") for s in long.iter(H + "span") if s.get(TYPE) == "pagebreak"]
    assert len(inside) == 6 and all(PAGE <= n < PAGE + 12 for n in inside[:-1])
    assert _said(made["hard"], "meta[@property='pageBreakSource']") == ["none"]


def test_what_it_says_of_itself(made: dict[str, bytes]) -> None:
    whole = edition()
    assert _said(made["all"], "identifier") == [whole.identifier]
    assert _said(made["all"], "title") == ["The Lockout & after", "An oral history"]
    assert _said(made["all"], "language") == ["en-GB"] and _said(made["bare"], "language") == ["en"]
    assert _said(made["all"], "dcterms:modified") == ["2026-01-01T00:00:00Z"]
    assert "textual" in _said(made["all"], "schema:accessModeSufficient")
    assert _package(made["hard"]).find("{*}spine").get("page-progression-direction") == "rtl"


def test_it_claims_no_descriptions_that_are_not_there(folder: Path) -> None:
    plate = Image("c2-a", "pictures/gate.png", "", "The gate")
    said = write(replace(edition(), parts=(*edition().parts, Part("c2", "Plates", (plate,)))), folder)
    assert _said(said, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in _said(said, "schema:accessibilityFeature")
    assert _said(said, "dcterms:conformsTo") == []
    assert "Some pictures have no description." in _said(said, "schema:accessibilitySummary")[0]


def test_a_drawing_neither_acts_nor_loads(made: dict[str, bytes]) -> None:
    box = ZipFile(io.BytesIO(made["hard"]))
    drawing = box.read("EPUB/pictures/001.svg")
    assert b"circle" in drawing and b"<rect" in drawing
    for sign in (b"script", b"far.example", b"onload", b"ENTITY", b"draw.example"):
        assert sign not in drawing
    assert not re.search(rb"(?:src|href)=\"https?:", b"".join(box.read(n) for n in box.namelist() if "chapter" in n))


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "gate.png cannot be read"), (b"words", "is no PNG"), (b"<svg", "not well-formed"), (b"<svg/>", "xmlns")],
)
def test_a_picture_that_cannot_be_shown_is_told_with_what_to_do(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    (tmp_path / "pictures").mkdir()
    if content is not None:
        (tmp_path / "pictures" / "gate.png").write_bytes(content)
    plate = Image("c2-a", "pictures/gate.png", "A gate.", "")
    with pytest.raises(BadFile, match=told):
        write(replace(edition(), parts=(Part("c2", "Plates", (plate,)),), index=(), notes=()), tmp_path)


def test_our_own_reader_reads_the_book_with_its_chapters_and_pages(made: dict[str, bytes]) -> None:
    source = read(raw("book.epub", made["all"]))
    assert source.title == "The Lockout & after" and source.language == "en-GB"
    headings = [source.text[b.start : b.end] for b in source.blocks if b.kind == "heading"]
    assert {"The lockout", "Notes", "Sources", "Index"} <= set(headings)
    assert "We stood at the gate till noon" in source.text


def test_a_preface_of_which_nothing_is_printed_is_none(folder: Path) -> None:
    whole = edition()
    gap_only = replace(whole, parts=(Part("c0", "", ()), *whole.parts[1:]))
    contents = " ".join(_pages(write(gap_only, folder))["EPUB/nav.xhtml"].itertext())
    assert "Preface" not in contents and "The lockout" in contents


@pytest.mark.browser
@pytest.mark.parametrize("name", ["all", "hard", "bare"])
def test_axe_finds_nothing_serious_in_any_file(browser: Any, made: dict[str, bytes], name: str, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    ZipFile(io.BytesIO(made[name])).extractall(tmp_path)
    page = browser.new_page()
    found = []
    for file in sorted((tmp_path / "EPUB").glob("*.xhtml")):
        page.goto(file.as_uri())
        for violation in Axe().run(page).response["violations"]:
            # axe does not know that a page break may have a label, as EPUB's guidelines ask.
            nodes = [n["html"] for n in violation["nodes"] if 'role="doc-pagebreak"' not in n["html"]]
            if nodes and violation["impact"] in ("serious", "critical"):
                found.append((file.name, violation["id"], nodes[0]))
    page.close()
    assert found == []
