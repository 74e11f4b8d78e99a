from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.model import Source
from vivavoce.sources import srt, vtt
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "transcripts"


def read(text: str) -> Source:
    return srt.read(raw("a.srt", text.encode()))


def cues(*texts: str) -> str:
    return "".join(
        f"{i}\n00:00:{i:02},000 --> 00:00:{i + 1:02},000\n{text}\n\n" for i, text in enumerate(texts, start=1)
    )


def said(source: Source) -> list[tuple[str, list[str]]]:
    return [(t.label, [source.text[a:b] for a, b in t.spans]) for t in source.turns]


def test_a_hard_file_is_read_whole() -> None:
    source = srt.read(raw("ferry.srt", (DATA / "ferry.srt").read_bytes()))
    assert said(source) == [
        ("NORA VANCE", ["The 17:30 never left. I have it in writing."]),
        ("", ["Never?"]),
        ("", ["Not once."]),
        ("Piet", ["It left at 17:40: late, but it left. https://ferry.example says so. 17"]),
        ("NORA VANCE", ["It says nothing of the kind. Warning: he is stubborn."]),
        ("Nora Vance", ["Nineteen."]),
    ]
    assert [t.name for t in source.turns] == ["Nora Vance", "", "", "Piet", "Nora Vance", "Nora Vance"]
    assert source.turns[3].time == (7.0, 13.0)
    assert source.turns[5].time == (15.0, 15.0)
    told = " ".join(w.what for w in source.warnings)
    for what in ("without times", "ends before it begins", "out of order", "[FERRY HORN]"):
        assert what in told


def test_times_of_day_and_addresses_are_no_speakers() -> None:
    source = read(cues("17:30 was the hour", "https://a.example was the place", "At 9: nothing"))
    assert said(source) == [("", ["17:30 was the hour https://a.example was the place At 9: nothing"])]


def test_prose_before_a_colon_is_no_speaker() -> None:
    source = read(cues("ANA: I said:", "Remember: it was dark.", "Here is the thing: nobody came.", "BEN: Nobody."))
    assert said(source) == [
        ("ANA", ["I said: Remember: it was dark. Here is the thing: nobody came."]),
        ("BEN", ["Nobody."]),
    ]


def test_two_names_in_one_cue_are_two_turns() -> None:
    source = read(cues("Ana: One.\nBen: Two.", "- Ana: Three.\n- Ben: Four."))
    assert said(source) == [("Ana", ["One."]), ("Ben", ["Two."]), ("Ana", ["Three."]), ("Ben", ["Four."])]


def test_names_in_brackets_with_a_colon_are_speakers() -> None:
    source = read(cues("[SPEAKER_01]: One.", "[SPEAKER_02]: Two. [door slams]"))
    assert said(source) == [("SPEAKER_01", ["One."]), ("SPEAKER_02", ["Two. [door slams]"])]


def test_chevrons_change_the_speaker_without_telling_who_it_is() -> None:
    source = read(cues(">> We left.", "At once.", ">> No. >> Yes.", ">> ANA: I stayed."))
    assert said(source) == [("", ["We left. At once."]), ("", ["No."]), ("", ["Yes."]), ("ANA", ["I stayed."])]


def test_sounds_are_noted_but_said_by_nobody_and_lost_words_stay() -> None:
    source = read(cues("ANA: We [MUSIC] left [inaudible] early.", "(applause)", "[laughs] Well."))
    assert said(source) == [("ANA", ["We", "left [inaudible] early.", "[laughs] Well."])]
    assert source.text == "We [MUSIC] left [inaudible] early. (applause) [laughs] Well."
    assert "2 notes of sounds" in source.warnings[-1].what


def test_a_number_that_is_said_is_not_taken_for_a_cues_number() -> None:
    assert read("00:01,000 --> 00:02,000\nHow many?\n\n17\n00:02,000 --> 00:03,000\n17\n").text == "How many? 17"
    assert read(cues("ANA: How many?", "17", "Or")).text == "How many? 17 Or"


def test_it_is_told_from_webvtt_and_from_prose() -> None:
    assert srt.claims(raw("a.txt", cues("Ana: One.").encode()))
    assert not srt.claims(raw("a.srt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n"))
    assert vtt.claims(raw("a.srt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n"))
    assert not srt.claims(raw("a.srt", b"A letter.\n\nIt was 17:30.\n"))


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_any_line_ends_give_the_same(ends: str) -> None:
    text = cues("Ana: One\ntwo.", "Ben: Three.")
    assert said(srt.read(raw("a.srt", text.replace("\n", ends).encode()))) == said(read(text))


def test_a_note_on_the_stage_before_a_label_hides_it_not() -> None:
    source = read(cues("BEN: I did it.", "(laughs) [ANNA]: Stop it.", "(ANNA): Really.", "[crying] BEN: Yes."))
    assert said(source) == [
        ("BEN", ["I did it."]),
        ("ANNA", ["(laughs) Stop it. Really."]),
        ("BEN", ["[crying] Yes."]),
    ]


def test_a_word_before_a_colon_is_no_speaker_among_capitals() -> None:
    source = read(cues("BEN: I did it.", "ANNA: Stop it.", "Cold: that is the word.", "BEN: It is.", "ANNA: Yes."))
    assert [t.label for t in source.turns] == ["BEN", "ANNA", "BEN", "ANNA"]
    assert "Cold: that is the word." in source.text


def test_fonts_and_places_on_the_screen_are_no_words_and_no_time_moves_any() -> None:
    source = srt.read(raw("quay.srt", (DATA / "quay.srt").read_bytes()))
    assert said(source) == [
        ("Nora Vance", ["The quay was dry at noon."]),
        ("Piet Oort", ["Dry? At noon?"]),
        ("Nora Vance", ["I walked on it. I walked to the end."]),
        ("Piet Oort", ["Alone?"]),
        ("Nora Vance", ["With the dog."]),
    ]
    assert [t.time for t in source.turns] == [(1.0, 2.0), (2.5, 2.5), (3.0, 9.0), None, (8.0, 11.0)]
    assert [(w.what, w.place) for w in source.warnings] == [
        ("the cue begins before the recording does", "line 13"),
        ("the cue ends before it begins", "line 5"),
    ]
    assert all(w.remedy for w in source.warnings)


def test_names_on_a_line_of_their_own_in_each_cue_are_speakers() -> None:
    source = srt.read(raw("call-teams.txt", (DATA / "call-teams.txt").read_bytes()))
    assert said(source) == [
        ("Tom Brand", ["So when did the lamp go dark?"]),
        ("Ruth Hale", ["At ten, I think."]),
        ("Tom Brand", ["Was it?"]),
        ("Ruth Hale", ["It was."]),
    ]


def test_lines_that_look_like_names_now_and_then_are_words() -> None:
    source = read(cues("Gull Point\nis a rock.", "Nobody lives there.", "Gull Point\nhas a lamp.", "It had a lamp."))
    assert said(source) == [("", ["Gull Point is a rock. Nobody lives there. Gull Point has a lamp. It had a lamp."])]
