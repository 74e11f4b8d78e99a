"""Which lines go on in the next: a quotation that a line's end breaks in two is one quotation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.language.broken import stretches
from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Known
from vivavoce.quotes.find import find
from vivavoce.sources import press
from vivavoce.sources.raw import Raw


def _parts(text: str) -> int:
    return len(paragraphs(text, 0, len(text)))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize(
    "text",
    [
        "“We rowed to the\nbuoy and back,” said Ines Vold.",
        '"We rowed to the\nbuoy and back," said Ines Vold.',
        "‘We rowed to the boys’ club at the\nbuoy and back,’ said Ines Vold.",
        "„Wir ruderten bis zur\nBoje“, sagte Ines Vold.",
        "« Nous ramions jusqu'à la\nbouée », dit Ines Vold.",
        "“We rowed.\nThe buoy had gone.\nSo we rowed back,” said Ines Vold.",
        "“We rowed to the buoy,” said\nInes Vold of the crew.",
        "“We rowed to the buoy,” Ines Vold\nsaid on the pier.",
        "Ines Vold said that they had\nrowed to the buoy.",
    ],
)
def test_a_line_that_breaks_a_quotation_goes_on_in_the_next(text: str, end: str) -> None:
    assert _parts(text.replace("\n", end)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“We rowed,” said Ines Vold.\n“We swam,” said Per Lund.",
        "“We rowed to the buoy.\n“And then back,” said Ines Vold.",
        "Crew rows to the buoy\nInes Vold and her crew rowed out.",
        "“It was cold,” rower says\nBy Hanne Oort",
        "The boys’ club\nIt was six o’clock.",
        'He was 6\' tall and the boat 30" wide.\nThe oars were 40" long.',
        "“We rowed to the buoy.\n\nThe club owns “Petrel”, a gig.",
        "the pier\nthe buoy\nthe boat",
    ],
)
def test_other_lines_are_paragraphs(text: str) -> None:
    assert _parts(text) == 2 + text.count("the pier\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_who_said_both_halves_is_known(end: str) -> None:
    text = f"“We rowed to the{end}buoy and back,” said Ines Vold, the stroke.{end}"
    (quote,) = find(press.read(Raw("a.txt", b"", text)), Known())
    assert quote.text == f"We rowed to the{end}buoy and back," and quote.spans == ((1, len(quote.text) + 1),)


def test_a_quotation_goes_on_in_a_paragraph_that_only_closes_it() -> None:
    text = "“We rowed to the buoy.\n\nThen we rowed back,” said Ines Vold.\n\nThe club owns “Petrel”, a gig.\n"
    (quote,) = find(press.read(Raw("a.txt", b"", text)), Known())
    assert [text[a:b] for a, b in quote.spans] == ["We rowed to the buoy.", "Then we rowed back,"]


def test_stretches_are_what_stands_between_marks_across_paragraphs_too() -> None:
    text = "“We rowed.\n\nAnd back,” she said. He read “a “small” sign” and “left."
    assert [text[a:b] for a, b in stretches(text)] == ["We rowed.\n\nAnd back,", "small", "a “small” sign"]


@given(st.text(alphabet="aB“”\"‘’'«»„ .,\r\n>\u2029", max_size=60))
def test_no_word_is_lost_and_nothing_overlaps(text: str) -> None:
    found = paragraphs(text, 0, len(text))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b <= c for (a, b), (c, _) in pairwise(found))
