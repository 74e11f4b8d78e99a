"""The JSON of other people's tools, and what they export beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_transcripts import JSON, check

from vivavoce import rights, sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import History, Source, times
from vivavoce.quoting import loose
from vivavoce.sources import hyperaudio
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "transcripts"
SRC = Path(__file__).parents[2] / "src"


def fixture(name: str) -> Source:
    return sources.read(DATA, name)


def said(source: Source) -> list[tuple[str, str]]:
    return [(t.label, " ".join(source.text[a:b] for a, b in t.spans)) for t in source.turns]


def told(source: Source) -> str:
    return "; ".join(w.what for w in source.warnings)


def at(source: Source, words: str) -> tuple[float, float] | None:
    start = source.text.index(words)
    return times(source, start, start + len(words))


def written(tmp_path: Path, data: Any, name: str = "a.json") -> Source:
    (tmp_path / name).write_text(json.dumps(data))
    return sources.read(tmp_path, name)


# --- lists of segments -------------------------------------------------------------------------------------------


def test_faster_whisper_with_its_info() -> None:
    source = fixture("ledger.json")
    assert said(source) == [("", "The ledger was kept in pencil. So that it could be mended? Nobody ever said so.")]
    assert at(source, "pencil") == (1.5, 2.6)
    assert source.language == "en"
    assert source.turns[0].time == (0.0, 6.4)
    assert "1 segment ends after the recording (6.4 s), cut to its end" in told(source)


def test_whisper_cpp_is_made_whole_where_it_cuts_words() -> None:
    source = fixture("weir.json")
    assert said(source) == [("", "The weir went on a Sunday, at 17:30"), ("", "On a Saturday. I was there.")]
    assert [t.time for t in source.turns] == [(0.0, 3.1), (3.1, 5.0)]
    assert at(source, "I was there") == (4.1, 5.0)


def test_openai_diarised_keeps_letters_and_known_names() -> None:
    source = fixture("tannery.json")
    assert said(source) == [
        ("A", "Was it you who shut the tannery?"),
        ("Jo Pike", "It was shut by the smell. By the smell, and the bank."),
        ("A", "In 1961?"),
    ]
    assert [t.name for t in source.turns] == ["", "Jo Pike", ""]


def test_a_podcast_with_one_word_a_segment_becomes_turns() -> None:
    source = fixture("bells.json")
    assert said(source) == [
        ("Ida Bell", "We rang for nine hours."),
        ("Tam Okoro", "Eleven, Ida. Eleven."),
        ("Ida Bell", "Nine, and I had the rope."),
    ]
    assert at(source, "Ida.") == (4.0, 4.4)
    assert source.warnings == ()


def test_what_is_said_twice_in_one_second_stays_twice(tmp_path: Path) -> None:
    rows = [{"startTime": 1, "endTime": 2, "body": word, "speaker": "Ida"} for word in ("No", "no", "no", "never.")]
    assert said(written(tmp_path, {"version": "1.0.0", "segments": rows})) == [("Ida", "No no no never.")]


def test_segments_that_begin_after_the_end_are_told_and_kept(tmp_path: Path) -> None:
    rows = [{"start": s, "end": s + 1, "text": f"Word {s}."} for s in (0, 2, 50)]
    source = written(tmp_path, {"duration": 5.0, "segments": rows})
    assert source.text == "Word 0. Word 2. Word 50."
    assert told(source) == "1 segment begins after the end of the recording (5 s)"
    source = written(tmp_path, {"duration": 0.5, "segments": rows})
    assert source.turns[0].time == (0.0, 51.0)
    assert told(source) == "most of it is later than the 0.5 seconds that the recording lasts by the file"


def test_two_who_speak_at_once_keep_their_words_and_time_does_not_run_back(tmp_path: Path) -> None:
    words = [{"word": w, "start": s, "end": s + 0.5} for w, s in (("Let", 0.0), ("me", 1.0), ("finish.", 4.0))]
    rows = [
        {"start": 0.0, "end": 5.0, "text": "Let me finish.", "speaker": "Ida", "words": words},
        {"start": 2.0, "end": 3.0, "text": "No.", "speaker": "Tam"},
    ]
    source = written(tmp_path, {"segments": rows})
    check(source)
    assert said(source) == [("Ida", "Let me finish."), ("Tam", "No.")]
    assert [t.time for t in source.turns] == [(0.0, 5.0), (2.0, 3.0)]


def test_a_dialogue_in_json_without_times(tmp_path: Path) -> None:
    source = written(tmp_path, [{"speaker": "Ida", "text": "We rang."}, {"speaker": {"name": "Tam"}, "text": "No."}])
    assert said(source) == [("Ida", "We rang."), ("Tam", "No.")]
    assert source.turns[0].time is None
    assert source.warnings == ()


def test_names_and_chevrons_in_the_words_are_speakers_where_nothing_else_tells_them(tmp_path: Path) -> None:
    words = [
        {"word": w, "start": i, "end": i + 0.5}
        for i, w in enumerate(["Ida:", "We", "rang.", ">>", "No.", ">>", "Ida:", "Yes."])
    ]
    whole = {"start": 0, "end": 9, "text": "Ida: We rang. >> No. >> Ida: Yes.", "words": words}
    rows: list[dict[str, Any]] = [whole, {"start": 9, "end": 10, "text": "Ida: Remember: it was dark."}]
    source = written(tmp_path, {"segments": rows})
    assert said(source) == [("Ida", "We rang."), ("", "No."), ("Ida", "Yes. Remember: it was dark.")]
    assert at(source, "Yes") == (7.0, 7.5)
    rows[1]["speaker"] = "SPEAKER_00"
    assert said(written(tmp_path, {"segments": rows}))[-1] == ("SPEAKER_00", "Ida: Remember: it was dark.")


def test_messages_are_no_transcript(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no transcript that is known"):
        written(tmp_path, [{"timestamp": "2003-05-02", "text": "Put the kettle on."}])


# --- others -------------------------------------------------------------------------------------------------------


def test_rev_has_its_spaces_as_signs_and_its_speakers_by_number() -> None:
    source = fixture("viaduct.json")
    assert said(source) == [
        ("Speaker 0", "Who built the viaduct?"),
        ("Lew Frith", "Eleven men, and my father. He fell <inaudible> off it."),
        ("Una Frith", "Twice."),
    ]
    assert at(source, "father") == (5.0, 5.4)
    assert [t.name for t in source.turns] == ["", "Lew Frith", "Una Frith"]


def test_rev_without_spaces_sets_words_apart(tmp_path: Path) -> None:
    elements = [{"type": "text", "value": "Two"}, {"type": "text", "value": "men"}, {"type": "punct", "value": "."}]
    assert written(tmp_path, {"monologues": [{"speaker": 3, "elements": elements}]}).text == "Two men."


def test_youtube_lines_that_roll_are_taken_once_and_what_is_said_twice_stays() -> None:
    source = fixture("ferry-night.en.json3")
    assert said(source) == [
        ("", "the ferry never left not that night and not"),
        ("NORA VANCE", "R&D said so in writing"),
        ("", "never never"),
    ]
    assert at(source, "left") == (2.93, 4.0)
    assert [t.time for t in source.turns] == [(2.03, 6.6), (6.6, 9.0), (9.0, 13.0)]
    assert "taken once: “not that night”" in told(source)


def test_paper_edits_tell_the_speaker_by_the_time() -> None:
    source = fixture("quarry.json")
    assert said(source) == [
        ("SPEAKER_A", "What did the quarry sound like?"),
        ("Olive Marsh", "Like teeth. Like a hill with teeth."),
        ("SPEAKER_A", "Every day?"),
        ("Olive Marsh", "Not Sundays."),
        ("", "Hello?"),
    ]
    assert "1 word lies in no speaker's paragraph" in told(source)


def test_a_word_in_two_paragraphs_is_given_to_nobody(tmp_path: Path) -> None:
    words = [{"text": w, "start": s, "end": s + 0.4} for w, s in (("So", 0), ("we", 2), ("sang", 4), ("Did", 11))]
    both = [{"start": 0, "end": 9.0, "speaker": "Ida"}, {"start": 4, "end": 12.0, "speaker": "Tam"}]
    source = written(tmp_path, {"words": words, "paragraphs": both})
    assert said(source) == [("Ida", "So we"), ("", "sang"), ("Tam", "Did")]
    both[0]["end"] = 4.4  # a word that ends while the next one is begun: no doubt in that
    assert said(written(tmp_path, {"words": words, "paragraphs": both})) == [("Ida", "So we"), ("Tam", "sang Did")]


def test_otranscribe_is_a_typed_dialogue_with_times() -> None:
    source = fixture("chapel.otr")
    assert said(source) == [
        ("INTERVIEWER", "Who rang the bell?"),
        ("MARSH", "Nobody rang it. It rang, & we ran. All of us."),
        ("INTERVIEWER", "All?"),
        ("MARSH", "All but Tomas."),
    ]
    assert [(t.name, t.asks) for t in source.turns[:2]] == [("Ruth Hale", True), ("Marsh", False)]
    assert (source.title, at(source, "All of us")) == ("Chapel, second tape", (61.0, 70.0))
    assert "[DOOR SLAMS]" in source.text
    assert "0:07" not in source.text


def test_otranscribe_without_names_goes_from_time_to_time(tmp_path: Path) -> None:
    stamp = '<span class="timestamp" data-timestamp="{}">x</span> {}<br>'
    text = stamp.format(3, "We rang &amp; rang.") + stamp.format("9.5", "All night.") + "And all day."
    source = written(tmp_path, {"text": text, "media": "a.mp3"}, "a.otr")
    assert said(source) == [("", "We rang & rang."), ("", "All night."), ("", "And all day.")]
    assert [t.time for t in source.turns] == [(3.0, 9.5), (9.5, 9.5), (9.5, 9.5)]


@pytest.mark.parametrize(
    ("name", "turns", "words", "time"),
    [
        (
            "tram.json",
            [("A", "When did the last tram run?"), ("B", "It didn't run, it rolled."), ("A", "Backwards?")],
            "rolled",
            (4.4, 4.7),
        ),
        (
            "pier.json",
            [("Speaker 0", "Was the pier insured?"), ("Speaker 1", "It was, until it wasn't."), ("Speaker 0", "Hm.")],
            "until",
            (2.8, 3.1),
        ),
        ("mast.json", [("spk_0", "Who climbed the mast?"), ("spk_1", "Both of us, in turn.")], "us,", (7.27, 7.57)),
    ],
)
def test_services_for_speech_are_read(
    name: str, turns: list[tuple[str, str]], words: str, time: tuple[float, float]
) -> None:
    source = fixture(name)
    assert said(source) == turns
    assert at(source, words) == time
    assert source.warnings == ()


def test_deepgram_by_channel_and_by_utterance(tmp_path: Path) -> None:
    def channel(word: str, start: float) -> dict[str, Any]:
        return {"alternatives": [{"transcript": word, "words": [{"word": word, "start": start, "end": start + 1}]}]}

    data = {"results": {"channels": [channel("Why?", 0), channel("Why not.", 2)]}}
    assert said(written(tmp_path, data)) == [("Channel 0", "Why?"), ("Channel 1", "Why not.")]
    data["results"]["utterances"] = [{"start": 0, "end": 1, "transcript": "Why ask?", "speaker": 4, "channel": 0}]  # type: ignore[assignment]
    assert said(written(tmp_path, data)) == [("Speaker 4", "Why ask?")]


# --- what is struck out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "struck"),
    [
        ("lock.json", ["um,", "My brother broke it."]),
        ("lock-page.html", ["um,", "My brother broke it."]),
        ("lock-old.json", ["um,"]),
    ],
)
def test_words_that_are_struck_out_are_in_no_output(tmp_path: Path, name: str, struck: list[str]) -> None:
    source = fixture(name)
    assert [source.text[a:b] for r in source.restrictions for a, b in r.spans] == struck
    assert "struck out in it and withheld everywhere" in told(source)
    for channel in ("workbench", "site", "book", "export", "search", "ai", "unheard of"):
        shown = rights.published(History("", "2030-01-01", (source,)), channel, "2030-01-01").sources[0]  # type: ignore[arg-type]
        assert not any(words in shown.text for words in struck)
        assert "Which" in shown.text
        assert shown.media == ()
    (tmp_path / name).write_bytes((DATA / name).read_bytes())
    quotes, _ = loose([tmp_path / name], "rules", "export", "2030-01-01")
    assert quotes
    assert not any(words in q.text for q in quotes for words in struck)


def test_a_published_history_holds_no_struck_word(tmp_path: Path) -> None:
    home = tmp_path / "sources"
    home.mkdir()
    (home / "lock.json").write_bytes((DATA / "lock.json").read_bytes())
    (home / "lock.mp3").write_bytes(b"ID3\x04" + b"\0" * 60)
    # Another transcript of the same talk, in which nobody struck anything.
    again = (
        "WEBVTT\n\n00:01.000 --> 00:06.000\n<v Wyn Tarrant>The lock froze on half-term Monday. My brother broke it.\n"
    )
    (home / "again.vtt").write_text(again + "\n00:07.000 --> 00:08.000\n<v Interviewer>Which winter?\n")
    done = subprocess.run(
        [sys.executable, "-m", "vivavoce", "build", str(tmp_path), "--on", "2030-01-01"],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(SRC)}, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert any(b"Which winter" in p.read_bytes() for p in made)
    assert not [p.name for p in made if b"brother" in p.read_bytes()]
    assert not [p.name for p in made if p.suffix == ".mp3"]


def test_whatever_is_not_plainly_unstruck_is_withheld(tmp_path: Path) -> None:
    marks: list[Any] = [False, None, True, 1, 0, "false", "", [], {"why": "slander"}]
    words = [{"text": f"w{i}", "start": i, "end": i, "struck": mark} for i, mark in enumerate(marks)]
    source = written(tmp_path, {"words": words, "paragraphs": []})
    assert [source.text[a:b] for r in source.restrictions for a, b in r.spans] == ["w2 w3 w4 w5 w6 w7 w8"]


@pytest.mark.parametrize(
    "mark",
    [
        '<s>{}</s>', "<del>{}</del>", "<strike><i>{}</i></strike>", '<i class="STRUCK">{}</i>', "<i hidden>{}</i>",
        '<i style="display:none">{}</i>', '<i style="TEXT-DECORATION:underline LINE-THROUGH">{}</i>',
    ],
)  # fmt: skip
def test_every_way_of_striking_in_a_page_withholds(mark: str) -> None:
    span = '<span data-m="{}000" data-d="400">{} </span>'
    page = "<article><p>" + span.format(1, "seen") + mark.format(span.format(2, "gone")) + span.format(3, "again")
    source = hyperaudio.read(raw("a.html", page.encode()))
    assert [source.text[a:b] for r in source.restrictions for a, b in r.spans] == ["gone"]
    assert source.text == "seen gone again"


def test_a_page_gives_its_paragraphs_and_tells_what_stands_round_them() -> None:
    source = fixture("lock-page.html")
    assert said(source) == [
        ("Wyn Tarrant", "The lock um, froze on half-term Monday & Tuesday. My brother broke it."),
        ("Interviewer", "Which winter?"),
    ]
    assert at(source, "Monday") == (3.3, 3.55)
    assert "2 paragraphs of the page round the transcript left out: Home, Made with a transcript player" in told(source)


def test_a_page_without_timed_words_is_no_transcript() -> None:
    assert not hyperaudio.claims(raw("a.html", b"<html><body><p data-m='x'>The ferry never left.</p></body></html>"))


# --- files gone wrong ----------------------------------------------------------------------------------------------

ODD: list[Any] = [
    None, True, -1, 1e308, 10**30, "", "x", "7", "\ud800", "<b", [], {}, [[]], [None], [{}], {"a": 1},
    [1, "x", {"text": 3}],
]  # fmt: skip


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where values stand: of each list the first two rows and the last."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for i in sorted({0, 1, len(value) - 1} & set(range(len(value)))):
            yield from paths(value[i], (*path, i))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("name", JSON)
def test_a_value_of_another_kind_anywhere_is_a_sentence_or_a_warning(name: str) -> None:
    reader, data = JSON[name], json.loads((DATA / name).read_bytes())
    for path in paths(data):
        for odd in ODD:
            came = raw(name, json.dumps(put(data, path, odd)).encode())
            for other in dict.fromkeys(JSON.values()):
                other.claims(came)
            try:
                check(reader.read(came))
            except UnreadableSource as e:
                assert str(e).startswith(name)
                assert "\n" not in str(e)


@pytest.mark.parametrize("name", JSON)
def test_json_nested_without_end_or_in_the_wrong_reader_is_told(name: str) -> None:
    whole = (DATA / name).read_bytes()
    deep = [whole.replace(b"[", b"[" * 50_000, 1), whole.replace(b":", b":" + b'{"a":' * 50_000, 1)]
    for data in (*deep, *((DATA / other).read_bytes() for other in JSON), b"3", b'"text"', b"[[]]", b"{}"):
        try:
            check(JSON[name].read(raw(name, data)))
        except UnreadableSource as e:
            assert str(e).startswith(name)


@pytest.mark.parametrize("name", JSON)
def test_time_grows_with_the_number_of_rows_and_no_faster(name: str) -> None:
    import time

    def seconds(n: int) -> float:
        came = raw(name, json.dumps(_longer(json.loads((DATA / name).read_bytes()), n)).encode())
        start = time.process_time()
        JSON[name].claims(came)
        JSON[name].read(came)
        return time.process_time() - start

    assert seconds(400) < 40 * max(seconds(40), 0.05)


def _longer(value: Any, n: int) -> Any:
    """The same with its longest list, wherever it is, as many times over."""
    if isinstance(value, list):
        return value * n
    if isinstance(value, dict):
        lists = {k: len(json.dumps(v)) for k, v in value.items() if isinstance(v, list | dict)}
        if not lists:
            return {k: v * n if isinstance(v, str) and k == "text" else v for k, v in value.items()}
        key = max(lists, key=lists.__getitem__)
        return {**value, key: _longer(value[key], n)}
    return value
