"""Each line of the book has a trace, and its place in the file."""

from __future__ import annotations

import pytest
from test_settle import SAID, _block, _history

from vivavoce.book import arranged, followed, settle
from vivavoce.book.spots import spots
from vivavoce.model import WITHHELD, History, Trace


def _followed(text: str, history: History | None = None, policy: str = "condensed") -> tuple[Trace, ...]:
    told, shown = arranged(text.replace("\r\n", "\n")), history or _history()
    return followed(text, told, settle(told, shown, policy), shown)  # type: ignore[arg-type]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_line_that_holds_leads_to_its_words_and_to_its_place_in_the_file(newline: str) -> None:
    text = ("# A\n\nRain.\n\n" + _block("The foreman *never* came.")).replace("\n", newline)
    (trace,) = _followed(text)
    assert [text[slice(*s)] for s in trace.spans] == ["The foreman *never* came."]
    assert (trace.source, trace.cls, trace.speaker, trace.said_by) == ("book.md", "verbatim", "Ida Fell", "Ida Fell")
    assert [SAID[slice(*p.span)] for p in trace.places] == ["The foreman never came"]


def test_a_cut_and_a_bracket_are_edits_of_one_place() -> None:
    cut, bracket = _followed(_block("we stood […] till noon.") + "\n" + _block("[Mr Pike] never came."))
    assert [(e.op, e.kind, SAID[slice(*e.at)]) for e in cut.edits] == [("drop", "ellipsis", "at the gate")]
    assert cut.cls == bracket.cls == "altered" and len(cut.places) == 1
    assert [(e.kind, e.to) for e in bracket.edits] == [("bracket", "[Mr Pike]")]


def test_a_line_that_does_not_hold_is_altered_or_absent_with_its_nearest() -> None:
    text = (
        _block("We stood at the gale till noon. The foreman never came.")
        + "\n"
        + _block("Herons fly over seventeen churches.")
    )
    altered, absent = _followed(text)
    assert altered.cls == "altered" and [e.to for e in altered.edits] == ["gale"]
    assert (absent.cls, absent.places) == ("absent", ())


def test_words_of_somebody_else_are_told_as_such() -> None:
    (trace,) = _followed(_block("The foreman never came.", "Len Ash"))
    assert (trace.cls, trace.speaker, trace.said_by) == ("misattributed", "Len Ash", "Ida Fell")


def test_each_part_and_paragraph_has_its_span_and_the_reference_is_in_none() -> None:
    text = (
        '> **Ida Fell:** The foreman\n> never came. [the gate [1] (2)](quote:a "i/a (b).txt") No.\n>\n> [W]e stood\n'
        '> [x](quote:b "i/fell.txt")\n'
    )
    found = spots(text, arranged(text))
    words = [[text[slice(*span)] for span in spans] for spans in found.values()]
    assert words == [["The foreman\n> never came."], ["No.", "[W]e stood"]]


def test_a_document_that_does_not_hold_is_looked_for_in_its_article() -> None:
    (trace,) = _followed("> **The Post**\n> The gate stayed open on Friday. [x](source:p/gate.txt)\n")
    assert (trace.cls, trace.found_in) == ("altered", "p/gate.txt")


def test_of_withheld_words_a_trace_repeats_nothing() -> None:
    from msgspec.structs import replace

    shown = _history()
    gone = WITHHELD * len("The foreman")
    source = replace(shown.sources[0], text=shown.sources[0].text.replace("The foreman", gone))
    quotes = (replace(shown.quotes[0], text=shown.quotes[0].text.replace("The foreman", gone)),)
    cut = replace(shown, sources=(source,), quotes=quotes)
    (part,) = _followed(_block("The foreman never came."), cut)
    (whole,) = _followed(_block("The foreman never came."), replace(shown, sources=(), quotes=()))
    assert {part.text, whole.text} == {""} and part.places == whole.places == ()
