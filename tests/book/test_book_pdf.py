"""The PDF: everything of the edition is in it, in the right size, for print and for screen readers."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from editions import edition, speech
from msgspec.structs import replace

from vivavoce.book.arrangement import Run
from vivavoce.book.edition import Image, Mentioned, Part, Told
from vivavoce.book.pdf import write
from vivavoce.errors import BadFile

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'


def _text(data: bytes) -> str:
    pages = pdfium.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


@pytest.fixture(scope="module")
def made() -> bytes:
    return write(edition(), Path())


def test_all_words_are_in_it_as_they_stand(made: bytes) -> None:
    text = _text(made).replace("\ufffe", "").replace("\u00ad", "")
    for words in (
        "*nobody* <b>came</b> & the #key was 10 $ [sic] — “so”.",
        "It had rained since Tuesday.",
        "(crane driver)",
        "in The Harbour Post, 1974",
        "councillor",
        "died 1980; declined to be interviewed",
        "For the crane drivers",
        "ISBN 978-0-00-000000-2",
        "The first to go.",
        "https://post.example/gates?a=1&b",
        "Before all.",
    ):
        assert words in text, words


def test_it_is_tagged_and_names_its_language_and_title(made: bytes) -> None:
    assert b"/StructTreeRoot" in made and b"/Lang" in made and b"pdfuaid" in made
    assert pdfium.PdfDocument(made).get_metadata_dict()["Title"] == "The Lockout & after"


def test_same_input_same_bytes(made: bytes) -> None:
    assert write(edition(), Path()) == made


@pytest.mark.parametrize(("trim", "inches"), [("a5", (5.83, 8.27)), ("6x9", (6, 9)), ("letter", (8.5, 11))])
def test_each_trim_size_is_the_page(trim: str, inches: tuple[float, float]) -> None:
    width, height = pdfium.PdfDocument(write(edition(trim=trim), Path()))[0].get_size()
    assert (round(width / 72, 2), round(height / 72, 2)) == inches


def test_pages_before_the_chapters_are_counted_apart_and_the_index_gives_pages(made: bytes) -> None:
    pages = pdfium.PdfDocument(made)
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    first = next(n for n, t in enumerate(texts) if t.startswith("Before all."))
    assert first % 2 == 0  # a right-hand page
    index = texts[-1]
    assert "Fell, Ida, 2" in index


def test_a_picture_stands_with_its_caption_and_credit(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "gate.svg").write_text(SVG)
    image = Image("c1-g", "pictures/gate.svg", "A gate, shut.", "The gate on the Friday", "Photo: Len Ash")
    whole = edition()
    pictured = replace(whole, parts=(*whole.parts, Part("c2", "Pictures", (image,))))
    data = write(pictured, tmp_path)
    assert "The gate on the Friday. Photo: Len Ash" in _text(data)
    with pytest.raises(BadFile, match=r"gate\.svg"):
        write(pictured, tmp_path / "elsewhere")


def test_who_is_named_in_a_heading_or_under_a_picture_is_in_the_index(tmp_path: Path) -> None:
    (tmp_path / "gate.svg").write_text(SVG)
    image = Image("c2-g", "gate.svg", "Len Ash at the gate.", "Len Ash", "")
    heading = Told("c2-h", "heading", (Run("Len Ash arrives"),))
    named = (Mentioned("person", "Ash, Len", ("c2-h", "c2-g")),)
    for pieces in ((heading, image), (image, heading)):
        text = _text(write(replace(edition(), parts=(Part("c2", "One", pieces),), notes=(), index=named), tmp_path))
        assert "len ash arrives" in text.lower() and "Ash, Len, " in text


@pytest.mark.parametrize("name", ["the gate é.svg", "a\\b.svg", "#gate & <more>.svg", "$x$ `gate` @a.svg"])
def test_a_picture_is_set_whatever_its_file_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / name).write_text(SVG)
    image = Image("c1-g", f"pictures/{name}", "A gate, shut.", "The gate on the Friday", "Photo: Len Ash")
    assert "The gate on the Friday" in _text(
        write(replace(edition(), parts=(Part("c2", "P", (image,)),), index=()), tmp_path)
    )


def test_words_of_any_script_and_length_are_set() -> None:
    odd = "Ω и ж — " + "x" * 400 + " \u202e \u0000 \uffff"
    whole = edition()
    narration, _, *others = whole.parts[1].pieces
    part = replace(whole.parts[1], pieces=(narration, speech(1, odd), *others))
    assert len(pdfium.PdfDocument(write(replace(whole, parts=(part,)), Path()))) > 5


def test_a_sign_that_no_font_has_is_told_with_what_to_do() -> None:
    whole = edition()
    narration, _, *others = whole.parts[1].pieces
    part = replace(whole.parts[1], pieces=(narration, speech(1, "\u4f60\u597d"), *others))
    with pytest.raises(BadFile, match="fonts/"):
        write(replace(whole, parts=(part,)), Path())


@pytest.mark.parametrize("chapters", [24, 26, 28])
def test_no_page_of_the_contents_holds_a_line_or_two_alone(chapters: int) -> None:
    book = edition()
    more = tuple(Part(f"d{n}", f"Of the day {n}", (replace(speech(1), id=f"d{n}"),)) for n in range(chapters))
    pages = [
        page.get_textpage().get_text_bounded()
        for page in pdfium.PdfDocument(write(replace(book, parts=(*book.parts, *more)), Path()))
    ]
    first = next(n for n, text in enumerate(pages) if "Contents" in text)
    last = next(text for text in pages[first:] if "Notes" in text)
    assert "Sources" in last and "Index" in last and last.count("\n") >= 5


def test_a_caption_stands_close_under_a_wide_picture(tmp_path: Path) -> None:
    (tmp_path / "wide.svg").write_text(SVG.replace("0 0 10 10", "0 0 30 10").replace('width="10"', 'width="30"'))
    book = replace(
        edition(),
        parts=(Part("c", "One", (Image("i", "wide.svg", "A gate", "The gate.", "Drawn"), replace(speech(1), id="b"))),),
        notes=(replace(edition().notes[0], piece="b"),),
        index=(),
    )
    document = pdfium.PdfDocument(write(book, tmp_path))
    words = next(t for t in (p.get_textpage() for p in document) if "The gate. Drawn" in t.get_text_bounded())
    text = words.get_text_range()
    caption, name = words.get_charbox(text.index("The gate. Drawn")), words.get_charbox(text.index("One"))
    assert name[1] - caption[3] < 72 * 3.2
