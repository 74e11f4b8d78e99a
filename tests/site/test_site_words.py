# ruff: noqa: E501 - words do not fit a line
"""Words on a page: verbatim, escaped, nested; and how much of an article is shown."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from reading import Page

from vivavoce.language.dates import clock, day, stretch
from vivavoce.model import Block, Correction, Quote, Source, Span
from vivavoce.site import settle
from vivavoce.site.addresses import foreign, source_slug
from vivavoce.site.excerpts import WORDS_ROUND, excerpts, share
from vivavoce.site.markdown import UNSEEN, unmarked
from vivavoce.site.words import Mark, printed, said

TEXTS = st.text(st.sampled_from("ab <>&\"'“”\n█é"), max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    marks = [
        Mark(a, b, Markup('<i id="m{}">').format(i), Markup("<i>"), Markup("</i>"))
        for i, (a, b) in enumerate(spans)
        if a < b
    ]
    return text, marks


@given(marked_texts(), st.integers(0, 40), st.integers(1, 5), st.integers(0, 40))
def test_no_mark_begins_or_ends_within_a_corrected_word(
    given_: tuple[str, list[Mark]], start: int, size: int, middle: int
) -> None:
    text, marks = given_
    if start + size > len(text):
        return
    fixed = Source("a", "press", "txt", text=text, corrections=(Correction(start, start + size, "new <word>"),))
    begun: set[Mark] = set()
    pieces = [(0, min(middle, len(text))), (min(middle, len(text)), len(text))]
    out = "".join(f"<p>{printed(fixed, a, b, marks, begun)}</p>" for a, b in pieces)
    page = Page(f"<body>{out}</body>")
    assert not page.problems
    assert len(page.ids) == len(set(page.ids))
    crosses = start < min(middle, len(text)) < start + size
    assert out.count("new &lt;word&gt;") == (2 if crosses else 1)


@given(marked_texts())
def test_what_is_printed_is_the_text_whatever_is_marked(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    out = printed(Source("a", "press", "txt", text=text), 0, len(text), marks)
    shown = html.unescape(re.sub(r"<[^>]*>", "", out))
    assert re.sub(r"\[withheld\]", "█", shown).replace("█", "") == text.replace("█", "").replace("\x85", "\ufffd") or (
        "█ █" in text
    )
    page = Page(f"<p>{out}</p>")
    assert page.problems == []
    assert len(page.ids) == len(set(page.ids)) == len(marks)


WORD = st.sampled_from(["ferry", "Marsh", "said.", "“no”", "the", "of", "quay,", "—"])


@st.composite
def articles(draw: st.DrawFn) -> tuple[Source, list[Quote]]:
    """Paragraphs of words, some of them quoted."""
    text = ""
    blocks: list[Block] = []
    quotes: list[Quote] = []
    for number in range(draw(st.integers(1, 4))):
        start = len(text)
        kind = draw(st.sampled_from(["body", "body", "headline", "credit", "teaser"]))
        for _ in range(draw(st.integers(1, 3))):
            text += " ".join(draw(st.lists(WORD, max_size=30))) + " "
            said = " ".join(draw(st.lists(st.sampled_from(["I", "know", "it"]), min_size=1, max_size=9)))
            span = (len(text) + 1, len(text) + 1 + len(said))
            text += f"“{said}” "
            if draw(st.booleans()):
                quotes.append(Quote(f"{number}-{len(quotes)}", "a", "direct", (span,), (span,), said))
        text += " ".join(draw(st.lists(WORD, max_size=30)))
        blocks.append(Block(kind, start, len(text)))  # type: ignore[arg-type]
        text += "\n\n"
    return Source("a", "press", "txt", text, tuple(blocks)), quotes


@given(articles())
def test_every_word_shown_of_an_article_is_quoted_or_stands_close_to_a_quotation(
    given_: tuple[Source, list[Quote]],
) -> None:
    source, quotes = given_
    shown = excerpts(source, quotes)
    for start, end in (span for e in shown for p in e.paragraphs for span in p):
        inside = next(b for b in source.blocks if b.start <= start and end <= b.end)  # never across a paragraph
        assert inside.kind not in ("credit", "teaser")
        for word in re.finditer(r"\S+", source.text[start:end]):
            at = start + word.start()
            assert min(_words_between(source.text, at, s) for q in quotes for s in q.spans) <= WORDS_ROUND
    assert 0 <= share(source, shown) <= 1


def _words_between(text: str, at: int, span: Span) -> int:
    if at < span[0]:
        return sum(any(c.isalnum() for c in w) for w in text[at : span[0]].split())
    return sum(any(c.isalnum() for c in w) for w in text[span[1] : at].split())


@given(articles())
def test_every_quotation_that_may_be_shown_is_shown_whole(given_: tuple[Source, list[Quote]]) -> None:
    source, quotes = given_
    spans = [span for e in excerpts(source, quotes) for p in e.paragraphs for span in p]
    for quote in quotes:
        block = next(b for b in source.blocks if b.start <= quote.spans[0][0] < b.end)
        held = any(a <= quote.spans[0][0] and quote.spans[0][1] <= b for a, b in spans)
        assert held == (block.kind not in ("credit", "teaser"))


def test_a_partial_sentence_is_left_away_where_a_whole_one_introduces() -> None:
    text = (
        "x " * 20
        + "and so it ended. Then Marsh spoke: “We were there.” She left at once. Then nobody followed her down to the boat that lay there waiting."
    )
    at = text.index("We were")
    quote = Quote("q", "a", "direct", ((at, at + 14),), (), "We were there.")
    (only,) = excerpts(Source("a", "press", "txt", text), [quote])
    start, end = only.paragraphs[0][0]
    assert text[start:end].startswith("Then Marsh spoke")
    assert text[start:end].endswith("She left at once.")


def test_only_web_addresses_are_linked() -> None:
    assert foreign(" https://ledger.example/a?b=1 ") == "https://ledger.example/a?b=1"
    for bad in (
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "//x.example",
        "https:///x",
        "ht\ntps://x",
        "https://[x",
        "",
    ):
        assert foreign(bad) == ""


def test_addresses_are_short_and_plain() -> None:
    assert source_slug("press/After Hours.txt") == "press--after-hours-txt"
    assert len(source_slug("ö" * 900 + "/x.vtt").encode()) <= 120
    assert source_slug("ы" * 300) != source_slug("ы" * 301)


def test_days_and_times_are_read_as_people_read_them() -> None:
    assert [day(d) for d in ("2021-05-03", "2021-05", "2021", "spring", "2021-19-44", "", None)] == [
        "3 May 2021", "May 2021", "2021", "spring", "2021", "", "",
    ]  # fmt: skip
    assert [clock(s) for s in (0, 59.9, 3661, -4)] == ["0:00", "0:59", "1:01:01", "0:00"]
    assert stretch((760.2, 785.0)) == "12:40–13:05"


VALUES = st.recursive(st.integers(0, 2**40) | st.text(max_size=300), lambda v: st.lists(v, max_size=30), max_leaves=60)


@given(VALUES)
def test_what_pagefind_writes_is_read_and_written_again(value: object) -> None:
    data = b"".join(settle.write(value))
    assert settle.read(data, 0) == (value, len(data))


def test_markdown_signs_vanish_on_the_page_and_no_others() -> None:
    text = "## Night\n\nIt was *on*, **truly** [here](https://x.example/a_b), 5 * 3 * 2, snake_case, \\*kept\\*, a lone * star."
    shown = said(unmarked(Source("a.md", "press", "md", text)).text)
    assert shown == "Night\n\nIt was on, truly here, 5 * 3 * 2, snake_case, *kept*, a lone * star."
    plain = Source("a.txt", "press", "txt", text)
    assert unmarked(plain) is plain


@given(st.text(st.sampled_from("a*_[]()# \n\\"), max_size=60))
def test_markdown_signs_leave_every_place_where_it_was(text: str) -> None:
    shown = unmarked(Source("a.md", "press", "md", text)).text
    assert len(shown) == len(text)
    assert all(b in (a, UNSEEN) for a, b in zip(text, shown, strict=True))


def test_a_megabyte_of_signs_takes_no_time() -> None:
    for sign in ("*", "_", "[", "*a ", "_a ", "[a](", "\\"):
        unmarked(Source("a.md", "press", "md", sign * (1_000_000 // len(sign))))


def test_labels_are_no_names_to_print() -> None:
    from vivavoce.site.words import names_somebody

    given = ["A", "Q", "SPEAKER_00", "NUALA", "Nuala", "P. Brandsma", "Mrs Pargeter", "Jo"]
    assert [a for a in given if names_somebody(a)] == ["Nuala", "P. Brandsma", "Mrs Pargeter", "Jo"]
