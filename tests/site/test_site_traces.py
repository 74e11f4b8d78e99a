"""What the recordings say to a quotation of the press stands beside it, with what was changed; no script is needed."""

from __future__ import annotations

import re

import msgspec
import pytest
from markupsafe import Markup

from vivavoce.model import (
    Edit,
    Frame,
    History,
    PersonRef,
    Quote,
    Source,
    Span,
    Trace,
    TracePlace,
    Turn,
)
from vivavoce.site import publish
from vivavoce.site.comparison import redline
from vivavoce.traces import Run, compared

SAID = "We never had forty cues, you know, and <one> torch was mine."
PRINTED = "We had forty cues and <one> torch was mine"
IDA = PersonRef("ida-quill", "Ida Quill")


def history(**changes: object) -> History:
    text = f"IDA: {SAID}\n"
    span = (5, 5 + len(SAID))
    tape = Source(
        "talk.txt", "transcript", "dialogue", text=text, turns=(Turn("IDA", (span,), 0, span[1], name="Ida Quill"),)
    )
    press = Source("press.txt", "press", "text", text=f"“{PRINTED},” said Ida Quill.\n")
    at: Span = (1, 1 + len(PRINTED))
    quote = Quote("q1", press.path, "direct", (at,), (at,), PRINTED, person=IDA)
    turn = Quote("q2", tape.path, "turn", (span,), (span,), SAID, person=IDA, turn=0)
    lost, filler = text.find(" never") + 1, text.find("you know")
    edits = (Edit("drop", (lost, lost + 5), "", "sense"), Edit("drop", (filler, filler + 8), "", "filler"))
    place = TracePlace(tape.path, (5, span[1] - 1), None, "Ida Quill")
    trace = Trace(
        "q1",
        press.path,
        (at,),
        PRINTED,
        "Ida Quill",
        "altered",
        tape.path,
        (place.span,),
        None,
        "Ida Quill",
        (place,),
        edits,
    )
    return History(
        "Cues", "2026-01-01", (tape, press), (quote, turn), traces=(msgspec.structs.replace(trace, **changes),)
    )


def page(shown: History, folder) -> str:
    publish(shown, folder, media={}, searchable=shown)
    return next(p.read_text() for p in (folder / "sources").iterdir() if p.name.startswith("press"))


def test_an_edited_quotation_opens_to_its_changes(tmp_path) -> None:
    shown = page(history(), tmp_path)
    assert '<details class="trace altered"><summary>edited, perhaps in another sense' in shown
    assert (
        'We <del class="sense">never</del> had forty cues <del class="filler">you know</del> and &lt;one&gt; torch'
        in shown
    )


def test_words_out_of_a_sentence_that_denies_them_are_told_as_such(tmp_path) -> None:
    frame = (Frame("denied", (5, 8)),)
    shown = page(history(cls="verbatim", edits=(), frames=frame), tmp_path)
    assert "as said, out of a sentence that denies it: <a href" in shown


def test_a_changed_number_is_lit(tmp_path) -> None:
    forty = history().sources[0].text.find("forty")
    shown = page(history(edits=(Edit("replace", (forty, forty + 5), "fifty", "number"),)), tmp_path)
    assert "edited, perhaps in another sense" in shown
    assert '<del class="number sense">forty</del>' in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cls": "verbatim", "edits": ()}, "as said: <a href"),
        ({"cls": "misattributed", "edits": (), "said_by": "Rufus Penn"}, "said by somebody else, "),
        ({"cls": "absent", "places": (), "edits": (), "found_in": None}, "not found in the recordings"),
    ],
)
def test_each_class_has_its_quiet_mark(changes: dict, words: str, tmp_path) -> None:
    assert words in page(history(**changes), tmp_path)


def test_what_is_too_short_or_has_no_recording_to_stand_in_has_no_mark(tmp_path) -> None:
    gone: dict = {"cls": "absent", "places": (), "edits": (), "found_in": None}
    short = history(**gone, why="too short to trace")
    assert "not found" not in page(short, tmp_path / "a")
    silent = history(**gone)
    silent = msgspec.structs.replace(silent, sources=silent.sources[1:], quotes=silent.quotes[:1])
    assert "not found" not in page(silent, tmp_path / "b")


def test_a_line_of_changes_reads_as_what_is_printed_once_what_is_struck_is_gone() -> None:
    whole = history()
    runs = compared(whole.traces[0], {s.path: s.text for s in whole.sources})
    line = re.sub(r"<del.*?</del> ?", "", redline(runs))
    assert Markup(line).unescape() == PRINTED
    two = (Run("same", "", "a b", "a b ", 0), Run("same", "", "c d", "c d", 1))
    assert redline(two) == 'a b <span class="cut" title="another place">‖</span> c d'
