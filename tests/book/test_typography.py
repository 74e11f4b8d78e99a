"""Straight marks become the printer's, and nothing else is changed."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from editions import edition, speech
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaks import opened
from vivavoce.book import docx, epub, html, pdf
from vivavoce.book.arrangement import Run
from vivavoce.book.edition import Part
from vivavoce.book.typography import curled, set_in_type


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("I've said it's the men's.", "I’ve said it’s the men’s."),
        ('He said, "Who goes there?" and I said "Nobody."', "He said, “Who goes there?” and I said “Nobody.”"),
        ("'Are you coming?' she said.", "‘Are you coming?’ she said."),
        ("\"She told me, 'Not today,' and left.\"", "“She told me, ‘Not today,’ and left.”"),
        ("We went 'cause of '84, me and 'em.", "We went ’cause of ’84, me and ’em."),
        ("They called it 'em' in the shop.", "They called it ‘em’ in the shop."),
        ("rock 'n' roll", "rock ’n’ roll"),
        ('A plank of 6" and a man of 5\'10".', 'A plank of 6" and a man of 5\'10".'),
        ('"It was 1985", he said.', "“It was 1985”, he said."),
        ("the dockers' club (\"The Bar\")—'closed'", "the dockers’ club (“The Bar”)—‘closed’"),
        ("goin' and comin'", "goin’ and comin’"),
        ("“Already set,” she’d say.", "“Already set,” she’d say."),
    ],
)
def test_straight_marks_are_set_as_a_printer_would(typed: str, printed: str) -> None:
    assert curled(typed) == printed


@given(st.text(alphabet="ab 1.,-(\"'’“”—\n", max_size=60))
def test_no_word_moves_and_none_is_changed(text: str) -> None:
    made = curled(text)
    assert len(made) == len(text)
    assert all(a == b or (a in "\"'" and b in "“”‘’") for a, b in zip(text, made, strict=True))
    assert curled(made) == made


@given(st.lists(st.text(alphabet="ab '\"", max_size=8), max_size=5))
def test_a_mark_is_judged_over_the_border_of_a_style(texts: list[str]) -> None:
    made = set_in_type(tuple(Run(t, "italic" if n % 2 else "") for n, t in enumerate(texts)))
    assert "".join(r.text for r in made) == curled("".join(texts))
    assert [len(r.text) for r in made] == [len(t) for t in texts]


def test_a_book_in_another_language_keeps_the_marks_of_its_sources(tmp_path: Path) -> None:
    part = Part("c1", "C'est", (speech(1, 'On l\'a dit: "non".'),))
    told = [replace(edition(), parts=(part,), language=tag) for tag in ("en-GB", "fr")]
    english, french = (unescape(html.write(book, tmp_path).decode()) for book in told)
    assert "On l’a dit: “non”." in english
    assert 'On l\'a dit: "non".' in french


def test_every_edition_has_the_printers_marks(tmp_path: Path) -> None:
    first = edition().parts
    book = replace(
        edition(),
        parts=(*first, Part("c9", "The men's gate", (replace(speech(1, "It's shut, she said."), id="c9-1"),))),
    )
    for write in (html.write, epub.write, docx.write, pdf.write):
        made = write(book, tmp_path)
        words = " ".join(unescape(held.decode("utf-8", "replace")) for _, held in opened("book", made))
        assert "It’s shut, she said." in words and "The men’s gate" in words
        assert "It's shut" not in words
