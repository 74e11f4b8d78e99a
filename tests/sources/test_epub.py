"""E-books: chapters in the order of the spine; cover and contents left out; pages of the printed book as places."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import box, epub

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, place

FACTS = (
    "<dc:title>Keepers of Gull Point</dc:title><dc:creator>Ines Quarrie</dc:creator><dc:creator>Tom Brand</dc:creator>"
    "<dc:publisher>Tidewater</dc:publisher><dc:date>2001-05-03T00:00:00Z</dc:date><dc:language>en-GB</dc:language>"
)
CHAPTERS = {
    "two.xhtml": "<h1>Two</h1><p>Nobody came before morning.</p>",
    "nav.xhtml": '<nav epub:type="toc"><ol><li><a href="one.xhtml">One: The dark</a></li></ol></nav>',
    "one.xhtml": '<p class="c1">One: The dark</p><p><span epub:type="pagebreak" title="11"/>It was ten o&#8217;clock.'
    '<sup><a epub:type="noteref" href="#f">1</a></sup> “We saw nothing,” said Dennis'
    '<span role="doc-pagebreak" id="pg12">12</span> Okafor, the 1<sup>st</sup> keeper.</p>'
    '<aside epub:type="footnote"><p>1 By the logbook.</p></aside>',
}
ORDER = ("nav.xhtml", "one.xhtml", "two.xhtml")


def read(root: Path, data: bytes) -> Source:
    (root / "a.epub").write_bytes(data)
    return sources.read(root, "a.epub")


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


def test_chapters_in_order_with_their_headings(tmp_path: Path) -> None:
    source = read(tmp_path, epub(CHAPTERS, FACTS, ORDER))
    assert blocks(source) == [
        ("heading", "One: The dark"),
        ("body", "It was ten o’clock. “We saw nothing,” said Dennis Okafor, the 1st keeper."),
        ("note", "1 By the logbook."),
        ("heading", "Two"),
        ("body", "Nobody came before morning."),
    ]
    assert (source.kind, source.format, source.title) == ("press", "epub", "Keepers of Gull Point")
    assert (source.byline, source.publisher) == ("Ines Quarrie, Tom Brand", "Tidewater")
    assert (source.date, source.language) == ("2001-05-03", "en-GB")


def test_the_printed_books_pages_are_places(tmp_path: Path) -> None:
    source = read(tmp_path, epub(CHAPTERS, FACTS, ORDER))
    found = [place(source, source.text.index(word)) for word in ("It was", "Dennis", "Okafor", "Nobody")]
    assert [f.page for f in found if f] == ["11", "11", "12", "12"]


def test_a_missing_chapter_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = epub({**CHAPTERS, "three.xhtml": "<p>Gone.</p>"}, FACTS, (*ORDER, "three.xhtml"))
    source = read(tmp_path, data.replace(b"OPS/three.xhtml", b"OPS/thrXX.xhtml"))
    assert "Nobody came" in source.text
    assert "1 chapter is missing" in source.warnings[0].what


def test_nothing_in_a_book_is_markup(tmp_path: Path) -> None:
    source = read(tmp_path, epub({"a.xhtml": "<p>He wrote &lt;script&gt; on it, and nobody knew why.</p>"}))
    assert source.text == "He wrote <script> on it, and nobody knew why."


DRM = '<encryption><CipherReference URI="OPS/one.xhtml"/></encryption>'
FONT = '<encryption><CipherReference URI="OPS/font.otf"/></encryption>'


def test_fonts_may_be_locked_but_text_may_not(tmp_path: Path) -> None:
    assert read(tmp_path, epub(CHAPTERS, FACTS, ORDER, {"META-INF/encryption.xml": FONT})).text
    with pytest.raises(UnreadableSource, match="DRM"):
        read(tmp_path, epub(CHAPTERS, FACTS, ORDER, {"META-INF/encryption.xml": DRM}))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (epub(CHAPTERS, FACTS, ORDER)[:900], "EPUB"),
        (epub({"a.xhtml": ""}), "no text"),
        (epub({}), "no text"),
        (box({"mimetype": "application/epub+zip"}), "where its text is"),
        (
            box({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a><rootfile full-path='../x'/></a>"}),
            "missing",
        ),
        (epub({"a.xhtml": "<p>" + "x" * 2**23}), "swell"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(tmp_path, data)
    assert word in str(caught.value)
    assert "reader failed" not in str(caught.value)


def test_a_chapter_a_thousand_deep_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, epub({"a.xhtml": "<div>" * 1000 + "<p>Deep down, it was dark.</p>" + "</div>" * 1000})).text
