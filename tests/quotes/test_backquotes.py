"""Marks as typesetters and old news systems write them: two backquotes open, whatever closes."""

import pytest

from vivavoce.model import Block, Known, Source
from vivavoce.quotes import find


@pytest.mark.parametrize("closing", ["''", '"', "”"])
@pytest.mark.parametrize("gap", ["", " "])
def test_two_backquotes_open_a_quotation(gap, closing):
    text = f"``{gap}We had a pump once, and nobody minded it.{closing} — Ida Marsh, on the lido"
    source = Source("press/a.txt", "press", "press", text, (Block("body", 0, len(text)),))
    (said,) = find(source, Known())
    assert said.text.strip() == "We had a pump once, and nobody minded it."
