from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, times
from vivavoce.sources import whisper
from vivavoce.sources.cues import named
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "transcripts"


def read(data: Any) -> Source:
    return whisper.read(raw("a.json", json.dumps(data).encode()))


def said(source: Source) -> list[tuple[str, list[str]]]:
    return [(t.label, [source.text[a:b] for a, b in t.spans]) for t in source.turns]


def test_a_turn_ends_where_the_speaker_changes_within_a_segment() -> None:
    source = whisper.read(raw("depot.json", (DATA / "depot.json").read_bytes()))
    assert said(source) == [
        ("SPEAKER_00", ["The depot burned on Friday."]),
        ("SPEAKER_01", ["On Saturday, you mean."]),
        ("SPEAKER_00", ["Saturday, then."]),
        ("", ["Nobody knows."]),
    ]
    assert [t.time for t in source.turns] == [(0.5, 2.0), (2.4, 4.0), (4.2, 5.0), (5.0, 6.0)]
    assert {t.name for t in source.turns} == {""}
    friday = source.text.index("Friday")
    assert times(source, friday, friday + 6) == (1.5, 2.0)
    assert source.language == "en"
    assert "no speaker" in source.warnings[0].what


def test_labels_are_named_from_outside() -> None:
    source = whisper.read(raw("depot.json", (DATA / "depot.json").read_bytes()))
    told = named(source, {"SPEAKER_00": "Olive Marsh", "speaker_01": "Ruth Hale"}, ("Ruth Hale",))
    assert [(t.name, t.asks) for t in told.turns] == [
        ("Olive Marsh", False),
        ("Ruth Hale", True),
        ("Olive Marsh", False),
        ("", False),
    ]
    assert told.text == source.text


ONE, TWO = {"start": 0, "end": 1, "text": " One."}, {"start": 1, "end": 2, "text": "Two."}
HOSTED = [{"startTime": 0, "endTime": 1, "body": "One."}, {"startTime": 1, "endTime": 2, "body": "Two."}]
MILLI = [
    {"offsets": {"from": 0, "to": 1000}, "text": " One."},
    {"offsets": {"from": 1000, "to": 2000}, "text": " Two."},
]


@pytest.mark.parametrize(
    "data",
    [
        {"text": " One. Two.", "segments": [ONE, TWO]},
        [ONE, TWO],
        {"version": "1.0.0", "segments": HOSTED},
        {"transcription": MILLI},
    ],
)
def test_the_shapes_that_tools_write_are_all_read(data: Any) -> None:
    assert whisper.claims(raw("a.json", json.dumps(data).encode()))
    source = read(data)
    assert source.text == "One. Two."
    assert source.turns[0].time == (0.0, 2.0)
    assert times(source, 5, 9) == (1.0, 2.0)


@pytest.mark.parametrize("data", [{}, [], {"name": "package"}, {"segments": 3}, {"segments": [1, 2]}, [[1]], "text", 3])
def test_other_json_is_not_claimed(data: Any) -> None:
    assert not whisper.claims(raw("a.json", json.dumps(data).encode()))


def test_broken_json_is_told_with_line_and_column() -> None:
    broken = raw("a.json", b'{"segments": [\n  {"start": 0, "text": "One."},\n  {"start" 1}]}')
    assert whisper.claims(broken)
    with pytest.raises(UnreadableSource, match=r"a\.json, line 3, column 12: the JSON is broken"):
        whisper.read(broken)


def test_what_no_clock_can_show_is_no_time() -> None:
    odd: list[Any] = [None, "1.0", True, -1, float("nan"), float("inf"), 10**400, [], {}]
    source = read(
        {"segments": [{"start": 0, "end": 1, "text": "a"}, *({"start": v, "end": v, "text": "b"} for v in odd)]}
    )
    assert source.turns[0].time == (0.0, 1.0)
    assert source.text == "a" + " b" * len(odd)
    assert len(source.warnings) == 3
    assert "more like it" in source.warnings[-1].what


def test_odd_rows_are_passed_over_and_told() -> None:
    source = read(
        {
            "segments": [
                {"start": 0, "end": 1, "text": "a", "words": [3, {"word": None}, {"word": "z"}]},
                None,
                {"text": 4},
            ]
        }
    )
    assert source.text == "a"
    assert [w.place for w in source.warnings] == ["segment 2", "segment 3"]


def test_half_a_character_does_not_get_into_the_text() -> None:
    source = whisper.read(raw("a.json", b'{"segments": [{"start": 0, "end": 1, "text": "a \\ud800 b"}]}'))
    source.text.encode("utf-8")


def test_nesting_without_end_is_told_in_a_sentence() -> None:
    deep = raw("a.json", b'{"segments": ' + b"[" * 200_000)
    with pytest.raises(UnreadableSource):
        whisper.read(deep)
    whisper.claims(deep)
