"""Citations in a style that is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce import citations
from vivavoce.citations import Item, Name
from vivavoce.errors import BadFile

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" default-locale="en-GB">
<info><title>House</title><id>house</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout suffix="."><group delimiter=", "><names variable="author"><name/></names>
<text variable="title" quotes="true"/><date variable="issued" form="text"/>
<text variable="locator"/></group></layout></citation>
<bibliography><sort><key variable="title"/></sort><layout suffix="."><group delimiter=". ">
<names variable="author"><name name-as-sort-order="first"/></names><text variable="title"/></group></layout>
</bibliography>
</style>"""
ITEMS = (
    Item(
        "fell2021", "interview", "Zinc", (Name("Fell", "Ida"),), issued={"date-parts": [[2021, 5, 3]]}, note="i/f.vtt"
    ),
    Item("ash1974", "article-newspaper", "A “gate” & <b>more</b>", (Name("van Ash", "Len"),), note="p/gate.html"),
)


@pytest.fixture
def style(tmp_path: Path) -> Path:
    (tmp_path / "house.csl").write_text(STYLE)
    return tmp_path / "house.csl"


def test_a_note_is_as_the_style_has_it_with_the_minute(style: Path) -> None:
    made = citations.styling(ITEMS, style)
    assert citations.note(made, "i/f.vtt", "1:01–1:15") == "Ida Fell, ‘Zinc’, 3 May 2021, 1:01–1:15"
    assert citations.note(made, "p/gate.html") == "Len van Ash, ‘A ‘gate’ & <b>more</b>’"


def test_the_bibliography_is_in_the_styles_order_and_holds_what_is_asked_for(style: Path) -> None:
    made = citations.styling(ITEMS, style)
    assert [path for path, _ in citations.entries(made, ["i/f.vtt", "p/gate.html"])] == ["p/gate.html", "i/f.vtt"]
    assert citations.entries(citations.styling(ITEMS, style), ["i/f.vtt"]) == [("i/f.vtt", "Fell, Ida. Zinc.")]


@pytest.mark.parametrize("text", [None, "no style", "<style/>"])
def test_what_is_no_style_is_told(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "house.csl").write_text(text)
    with pytest.raises(BadFile, match=r"house\.csl"):
        citations.note(citations.styling(ITEMS, tmp_path / "house.csl"), "i/f.vtt")
