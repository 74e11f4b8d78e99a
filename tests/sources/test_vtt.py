from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, times
from vivavoce.sources import vtt
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "transcripts"


def said(source: Source) -> list[tuple[str, list[str]]]:
    return [(t.label, [source.text[a:b] for a, b in t.spans]) for t in source.turns]


def read(text: str, path: str = "a.vtt") -> Source:
    return vtt.read(raw(path, text.encode()))


def test_a_hard_file_is_read_whole() -> None:
    source = vtt.read(raw("kiln.vtt", (DATA / "kiln.vtt").read_bytes()))
    assert said(source) == [
        ("Ada Quill", ["We fired it at 17:30, not at noon & not at night. And I would do it again."]),
        ("Bo Lind", ["Would you?"]),
        ("Ada Quill", ["Yes; see https://kiln.example/a?b=1&c=2"]),
        ("Bo Lind", ["3 < 4, and <b> is a letter [laughs]."]),
    ]
    assert [t.time for t in source.turns] == [(1.0, 6.0), (6.0, 9.5), (6.0, 9.5), (3610.0, 3612.0)]
    assert (source.title, source.language) == ("The night the kiln went out", "en-GB")
    assert [b.kind for b in source.blocks] == ["speech", "speech", "speech", "note", "speech"]
    assert [w.what for w in source.warnings] == [
        "2 notes in the file are nobody's words: “checked by the archive it says nothing”, "
        "“<v Nobody>this is not said”",
        "1 note of a sound is not anybody's words: [MUSIC]",
    ]
    again = source.text.index("again")
    assert times(source, again, again + 5) == (4.25, 6.0)


def test_names_in_the_words_count_only_where_there_are_no_voices() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n{}Ida: we sang\n\n00:02.000 --> 00:03.000\nTam: no\n"
    assert said(read(cues.format(""))) == [("Ida", ["we sang"]), ("Tam", ["no"])]
    assert said(read(cues.format("<v Bo>"))) == [("Bo", ["Ida: we sang Tam: no"])]


def test_a_missing_header_and_comma_times_are_forgiven_and_told() -> None:
    source = read("1\n00:01,5 --> 00:02,000\nIda: we sang\n")
    assert source.turns[0].time == (1.5, 2.0)
    assert "does not say WEBVTT" in source.warnings[0].what
    assert vtt.claims(raw("a.vtt", b"00:01,500 --> 00:02,000\nIda: we sang\n"))


def test_cues_out_of_order_are_put_in_order_before_voices_are_inherited() -> None:
    source = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>one\n\n00:05.000 --> 00:06.000\n<v Tam>three\n\n"
        "00:03.000 --> 00:04.000\ntwo\n"
    )
    assert said(source) == [("Ida", ["one two"]), ("Tam", ["three"])]
    assert "out of order" in source.warnings[0].what
    assert source.warnings[0].place == "line 9"


def test_a_file_saved_twice_is_taken_once() -> None:
    once = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>one\n\n00:02.000 --> 00:03.000\n<v Tam>two\n\n"
    source = read(once + once)
    assert source.text == "one\ntwo"
    assert source.warnings[0].what.startswith("2 cues stand in it twice")


def test_a_second_transcript_below_keeps_its_words_and_loses_its_times() -> None:
    first = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>one\n\n00:09.000 --> 00:10.000\n<v Tam>two\n\n"
    source = read(first + "WEBVTT\n\n00:03.000 --> 00:04.000\n<v Ida>three\n")
    assert source.text == "one\ntwo\nthree"
    assert [t.time for t in source.turns] == [(1.0, 2.0), (9.0, 10.0), None]
    assert source.warnings[0].remedy == "Save the two transcripts in two files."


def test_a_stray_blank_line_within_a_cue_loses_no_word() -> None:
    source = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>one\n\nand more\n\n2\n00:02.000 --> 00:03.000\ntwo\n")
    assert source.text == "one and more two"
    assert source.warnings[0].place == "line 6"


def test_times_that_cannot_be_read_lose_no_word() -> None:
    source = read("WEBVTT\n\n00:xx.000 --> 00:02.000\n<v Ida>one\n\n00:02.000 --> 00:03.000\ntwo\n")
    assert source.text == "one two"
    assert source.turns[0].time == (2.0, 3.0)
    assert source.warnings[0].what == "the cue's times cannot be read"


def test_a_tag_cut_off_at_the_end_is_no_word() -> None:
    source = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>one\n\n00:02.000 --> 00:03.000\n<v Ta")
    assert source.text == "one"
    assert source.warnings[0].what == "the file ends within a tag"


def test_markup_in_words_stays_text() -> None:
    source = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>&lt;script&gt;alert(1)&lt;/script&gt; <3 <unknown>\n")
    assert source.text == "<script>alert(1)</script> <3 <unknown>"


def test_rolling_captions_are_read_once() -> None:
    shown = ["we sang", "and sang", "until it", "was light", "and sang"]
    text, at = "WEBVTT\nKind: captions\nLanguage: en\n\n", 0.0
    for before, line in zip(["", *shown], shown, strict=False):
        first, *rest = line.split()
        spread = first + "".join(f"<00:00:{at:06.3f}><c> {w}</c>" for w in rest)
        text += f"00:00:{at:06.3f} --> 00:00:{at + 1.99:06.3f} align:start position:0%\n{before} \n{spread}\n\n"
        text += f"00:00:{at + 1.99:06.3f} --> 00:00:{at + 2:06.3f} align:start position:0%\n{line}\n \n\n"
        at += 2
    source = read(text)
    assert source.text == "we sang and sang until it was light and sang"
    assert "rolling captions" in source.warnings[0].what


def test_what_is_said_twice_stays_twice() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>Never.\n\n00:02.000 --> 00:03.000\n<v Ida>Never.\n\n"
    assert read(text).text == "Never. Never."
    assert read(text.replace("<v Ida>", "")).text == "Never. Never."


def test_files_joined_with_their_byte_order_marks_lose_the_marks() -> None:
    part = "\ufeffWEBVTT\n\n00:0{}.000 --> 00:0{}.500\n<v Ida>{}\n\n"
    assert read(part.format(1, 1, "one") + part.format(2, 2, "two")).text == "one two"


@pytest.mark.parametrize("text", ["WEBVTT\n", "WEBVTT\n\nNOTE nothing\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"])
def test_a_file_in_which_nothing_is_said_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.vtt: .+\. Look whether"):
        read(text)


def test_a_voice_does_not_reach_over_dashes_and_labels() -> None:
    cues = [
        "<v Bo>Hello there.",
        "and all of you",
        "- Ana: dash one\n- Bo: dash two",
        "Ana: we sat.",
        "Cold: so it was.",
    ]
    cues += ["<v Bo>Yes.", "- Who?", "me"]
    text = "WEBVTT\n\n" + "".join(f"00:0{i}.000 --> 00:0{i + 1}.000\n{cue}\n\n" for i, cue in enumerate(cues))
    assert said(read(text)) == [
        ("Bo", ["Hello there. and all of you"]),
        ("Ana", ["dash one"]),
        ("Bo", ["dash two"]),
        ("Ana", ["we sat. Cold: so it was."]),
        ("Bo", ["Yes."]),
        ("", ["Who? me"]),
    ]


def test_a_tape_is_read_from_its_beginning_without_signs_of_footnotes() -> None:
    source = vtt.read(raw("tape.vtt", (DATA / "tape.vtt").read_bytes()))
    assert said(source) == [
        ("Ada Quill", ["The kiln was lit at 5, not at six – R&D said 6. And it went out. It did, at 12."]),
        ("Bo Lind", ["No. Never. Prove it."]),
    ]
    assert [t.time for t in source.turns] == [(2.0, 9.0), (7.0, 11.0)]
    assert [(w.what, w.place) for w in source.warnings] == [
        ("2 signs of footnotes left out: 1, *", "line 15"),
        ("its times begin at 10:00:00, as on a tape, and were counted from there", "line 15"),
        ("the cue ends before it begins", "line 28"),
        ("1 cue was out of order and put in order", "line 25"),
        ("1 note in the file is nobody's words: “the map is that of 1903”", "line 12"),
    ]


def test_a_number_in_a_class_that_stands_by_itself_is_said() -> None:
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n"
    assert read(cue.format("There were <c.loud>17</c> of us.")).text == "There were 17 of us."
    assert read(cue.format("There were <c.2>2</c> of us.")).text == "There were of us."
    assert read(cue.format("There were us<c.loud>[12]</c>.")).text == "There were us."
    assert read(cue.format("17<c.1>Eighteen</c> of us")).text == "17 Eighteen of us"


def test_syllables_with_times_of_their_own_stay_one_word() -> None:
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.000><c.a>Satur</c><00:01.500><c.b>day</c> it was.\n"
    assert read(cue).text == "Saturday it was."


@pytest.mark.parametrize("order", ["LOCAL:01:00:00.000,MPEGTS:900000", "MPEGTS:0,LOCAL:01:00:00.000"])
def test_a_clock_of_its_own_is_counted_from_its_beginning(order: str) -> None:
    source = read(f"WEBVTT\nX-TIMESTAMP-MAP={order}\n\n01:00:01.000 --> 01:00:02.500\n<v Ida>we sang\n")
    assert source.turns[0].time == (1.0, 2.5)
    assert source.warnings[0].what.startswith("its clock begins at 01:00:00.000")
    kept = read(f"WEBVTT\nX-TIMESTAMP-MAP={order}\n\n00:01.000 --> 00:02.500\n<v Ida>we sang\n")
    assert (kept.turns[0].time, kept.warnings) == ((1.0, 2.5), ())


def test_another_late_beginning_stays_and_is_told() -> None:
    source = read("WEBVTT\n\n01:00:04.000 --> 01:00:05.000\n<v Ida>part two\n")
    assert source.turns[0].time == (3604.0, 3605.0)
    assert source.warnings[0].what == "the first words are as late as 1:00:04"
    assert "take that much off" in source.warnings[0].remedy


def test_a_voice_holds_from_the_first_cue_of_a_turn_over_its_end_tag() -> None:
    source = read(
        "WEBVTT FILE\r\n\r\nchapter one\r\n00:01.000 --> 00:02.000\r\n<v.first.loud Ida Bell>one</v>\r\n\r\n"
        "00:02.000 --> 00:03.000\r\ntwo\r\n\r\n00:03.000 --> 00:04.000\r\n<v Tam>three</v>\r\n\r\n"
        "00:04.000 --> 00:05.000\r\nfour"
    )
    assert said(source) == [("Ida Bell", ["one two"]), ("Tam", ["three four"])]
