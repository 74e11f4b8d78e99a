"""Press saved from a browser: the article alone, and every character with its place in the file."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, place
from vivavoce.sources import html
from vivavoce.sources.raw import raw
from vivavoce.sources.tags import scan

DATA = Path(__file__).parent.parent / "data" / "press"
LEAD = "<p>On the last night of October every lamp from the point to the narrows went dark at once.</p>"
MORE = "<p>“I counted eleven boats out there,” said Ines Quarrie, who kept the light for nineteen years.</p>"


def read(text: str | bytes) -> Source:
    return html.read(raw("a.html", text if isinstance(text, bytes) else text.encode()))


def kinds(source: Source) -> list[tuple[str, str]]:
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]


def mapped(source: Source, file: str) -> None:
    """Every character but those between blocks has a place, and there the file says the same."""
    for found in source.places:
        assert found.at is not None
        there, here = file[found.at[0] : found.at[1]], source.text[found.start : found.end]
        if len(there) == len(here):
            assert all(a == b or (a.isspace() and b == " ") for a, b in zip(there, here, strict=True))
        elif there.startswith("&"):
            assert unescape(there) == here
        else:
            assert here in (" ", "\n")
            assert not there.strip() or there.lower().startswith("<br")
    for block in source.blocks:
        for at in range(block.start, block.end):
            assert place(source, at) is not None


def test_a_saved_page_gives_its_article_and_nothing_else() -> None:
    source = html.read(raw("a.html", (DATA / "harbour-lights.html").read_bytes()))
    assert [(kind, words[:14]) for kind, words in kinds(source)] == [
        ("headline", "The night the "),
        ("dek", "Forty years on"),
        ("byline", "By Priya Hollo"),
        ("byline", "14 May 2021"),
        ("caption", "Ines Quarrie a"),
        ("credit", "Photo: Oskar L"),
        ("body", "On the last ni"),
        ("body", "“I counted ele"),
        ("heading", "‘Nobody told u"),
        ("body", "Dennis Okafor,"),
        ("body", "“We were told "),
        ("body", "The order came"),
        ("body", "No inquiry was"),
    ]
    for word in ("cookies", "Share", "Five storms", "grandfather", "timetable", "rights reserved", "Advertisement"):
        assert word not in source.text


def test_a_page_tells_of_itself() -> None:
    source = html.read(raw("a.html", (DATA / "harbour-lights.html").read_bytes()))
    assert source.title == "The night the harbour lamps went out"
    assert source.byline == "Priya Holloway, Tom Acheson"
    assert (source.publisher, source.date, source.language) == ("Tidewater Courier", "2021-05-14", "en-GB")
    assert source.address == "https://www.tidewater-courier.example/2021/05/lamps"


def test_every_character_has_its_place_in_the_file() -> None:
    data = (DATA / "harbour-lights.html").read_bytes()
    source = html.read(raw("a.html", data))
    mapped(source, data.decode())
    at = source.text.index("nine boats")
    found = place(source, at)
    assert found is not None and found.at is not None
    assert data.decode()[found.at[0] + at - found.start :].startswith("nine</em>")


@pytest.mark.parametrize(
    "page",
    [
        f"<div><div id=top><a href=/>Home</a> <a href=/x>Sea and shore</a></div><div>{LEAD}{MORE}</div></div>",
        f"<table><tr><td><a href=/>Home</a><td>{LEAD}{MORE}</table>",
        f"<div class='modal-wrapper ad-free'>{LEAD}{MORE}</div>",
        f"{LEAD}{MORE}",
        f"<body hidden><main aria-hidden=true>{LEAD}{MORE}</main>",
        f"<article>{LEAD}<div><section><p>{MORE}",
    ],
)
def test_an_article_is_found_wherever_it_stands(page: str) -> None:
    source = read(page)
    assert [kind for kind, _ in kinds(source)] == ["body", "body"]
    mapped(source, page)


def test_no_paragraph_of_the_article_is_lost_between_boxes() -> None:
    box = "<div class='css-1q2w3e'><div class='Box_box__x9'>{}</div></div>"
    told = [
        f"Paragraph {n} tells what happened to the {n} boats that were out that night, at length." for n in range(12)
    ]
    parts = [box.format(f"<p class='{'paywall' if n > 6 else 'evys1bk0'}'>{words}</p>") for n, words in enumerate(told)]
    parts.insert(
        4, "<div class='newsletter-signup'><p>Sign up for our weekly letter about the coast and its boats.</p></div>"
    )
    parts.insert(8, "<p>He did not.</p>")
    parts.insert(9, "<ul><li>Ten boats</li><li>One light</li></ul>")
    source = read(f"<html><body><div id='app'><section>{''.join(parts)}</section></div></body></html>")
    words = [words for _, words in kinds(source)]
    assert [w for w in words if w.startswith("Paragraph")] == told
    assert "He did not." in words
    assert "One light" in words
    assert not any("weekly letter" in w for w in words)


def test_words_without_paragraphs_are_found() -> None:
    source = read("<html><body>It was dark.<br><br>“Very,” he said.<hr>Then it was light.")
    assert source.text.split() == ["It", "was", "dark.", "“Very,”", "he", "said.", "Then", "it", "was", "light."]


def test_what_is_in_scripts_and_markup_is_not_text() -> None:
    source = read(f"<article>{LEAD}<script>“no”</script><style>no</style><!-- no --><p>1 &lt; 2 &amp;lt; 3.</p>{MORE}")
    assert "no”" not in source.text
    assert "1 < 2 &lt; 3." in source.text


@pytest.mark.parametrize("charset", ["iso-8859-2", "windows-1251", "shift_jis", "gb18030", "iso-2022-jp", "koi8-r"])
def test_the_character_set_is_the_one_the_page_names(charset: str) -> None:
    words = {"iso-8859-2": "Łódź była ciemna.", "windows-1251": "Было темно.", "koi8-r": "Было темно."}.get(
        charset, "灯台は暗かった。"
    )
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>{words}</p>'
    source = read(page.encode(charset))
    assert source.text == words
    assert not source.warnings


def test_broken_data_about_the_page_tells_nothing() -> None:
    for data in ('{"@type": "Article", "headline": ', "[" * 50_000, '{"@type": 7, "author": [[[]]]}', "null", '"x"'):
        assert read(f'<script type="application/ld+json">{data}</script>{LEAD}{MORE}').byline == ""
    odd = '{"@type": ["NewsArticle"], "author": {"name": ["Jo"]}, "headline": ["x"], "datePublished": 7, "url": {}}'
    assert read(f'<script type="application/ld+json">{odd}</script>{LEAD}{MORE}').byline == "Jo"


def test_an_address_is_one_that_a_reader_can_follow() -> None:
    assert read(f'<link rel=canonical href="javascript:alert(1)">{LEAD}').address == ""


def test_a_page_that_is_cut_short_says_so() -> None:
    source = read(f"<article>{LEAD}{MORE}\n<!-- the rest of the page, all of it")
    assert source.warnings[0].place == "line 2"


def test_a_page_without_text_is_told() -> None:
    with pytest.raises(UnreadableSource, match="no article"):
        read("<html><body><nav>Home</nav><script>render()</script><div id=root></div></body></html>")


@pytest.mark.parametrize(
    "part",
    [
        "<div>",
        "<p>",
        "<b>",
        "<i><div><b></i>",
        "<",
        "<a ",
        "<a b='",
        "<!--",
        "&",
        "&#x41;",
        "</p>",
        "<li>a",
        "<script>",
        "<p>“",
        " \n",
        "<table><tr><td>",
        "<a b=",
        "</",
        "<?",
        "a",
        "<nav>",
    ],
)
def test_a_run_of_anything_neither_fails_nor_takes_long(part: str) -> None:
    text = "<html>" + part * (100_000 // len(part)) + "<p>It was dark."
    try:
        mapped(read(text), text)
    except UnreadableSource:
        assert part not in ("a", "<div>", "<b>", "&")


PARTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<br>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<h2>",
        "&amp;",
        "&nbsp",
        "&#65;",
        "&#x1F600;",
        "&#0;",
        "&NotEqualTilde;",
        "&notit;",
        "&",
        "<",
        ">",
        " ",
        "\n",
        "\t\n",
        "\u00a0",
        "<!-- -->",
        "<script>",
        "</script>",
        "<li>",
        "<figure>",
        "<figcaption>",
        "<nav>",
        "</nav>",
        "<a href='>'>",
        "It was dark.",
        "😀",
        "“Very,” he said.",
        "Photo: A/AP",
        "<span class=credit>",
        "Read more: It",
        "<table><td>",
        "<title>",
        "\r\n",
        "\x0c",
    ]
)


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.one_of(PARTS, st.text(max_size=5)), max_size=40))
def test_places_are_right_whatever_the_page(parts: list[str]) -> None:
    text = "".join(["<html>", *parts]).encode("utf-8", "replace").decode().replace("\0", "")
    try:
        source = read(text)
    except UnreadableSource:
        return
    mapped(source, text)
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(source.text)
        assert not source.text[at : block.start].strip()
        at = block.end
    assert at == len(source.text)


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="<>/!-='\"ab &;\n", max_size=60))
def test_pieces_cover_the_file_once(text: str) -> None:
    at = 0
    for piece in scan(text):
        assert piece.start == at < piece.end
        at = piece.end
    assert at == len(text)
