"""The promises of all readers of transcripts, over files made by hand and files made up."""

from __future__ import annotations

import html
import json
import re
import time
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vivavoce.errors import UnreadableSource
from vivavoce.model import WORD, Source
from vivavoce.sources import (
    assemblyai,
    aws,
    deepgram,
    dialogue,
    hyperaudio,
    json3,
    otr,
    paperedit,
    revai,
    srt,
    vtt,
    whisper,
)
from vivavoce.sources.cues import BRACKETED, STAMP, named
from vivavoce.sources.labels import asks, person
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "transcripts"
JSON: dict[str, ModuleType] = {
    "depot.json": whisper,
    "ledger.json": whisper,
    "weir.json": whisper,
    "tannery.json": whisper,
    "bells.json": whisper,
    "viaduct.json": revai,
    "ferry-night.en.json3": json3,
    "quarry.json": paperedit,
    "lock.json": paperedit,
    "lock-old.json": hyperaudio,
    "chapel.otr": otr,
    "tram.json": assemblyai,
    "pier.json": deepgram,
    "mast.json": aws,
}
READERS: list[ModuleType] = [vtt, srt, *dict.fromkeys(JSON.values()), dialogue]
FILES = {
    "kiln.vtt": vtt,
    "ferry.srt": srt,
    "mill.txt": dialogue,
    "choir.md": dialogue,
    "tape.vtt": vtt,
    "quay.srt": srt,
    "call-teams.txt": srt,
    "call-otter.txt": dialogue,
    "call-rev.txt": dialogue,
    "call-sonix.txt": dialogue,
    "lock-page.html": hyperaudio,
    **JSON,
}

Turns = list[tuple[str, str]]


def stamp(seconds: float, comma: str = ".") -> str:
    whole, milli = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{comma}{milli:03}"


def as_vtt(turns: Turns) -> str:
    cues = [
        f"{stamp(i)} --> {stamp(i + 1)}\n<v {who}>{html.escape(words, quote=False)}</v>\n\n"
        for i, (who, words) in enumerate(turns)
    ]
    return "WEBVTT\n\n" + "".join(cues)


def as_srt(turns: Turns) -> str:
    return "".join(
        f"{i + 1}\n{stamp(i, ',')} --> {stamp(i + 1, ',')}\n{who}: {words}\n\n" for i, (who, words) in enumerate(turns)
    )


def as_dialogue(turns: Turns) -> str:
    return "".join(f"[{stamp(i)[:8]}] {who}: {words}\n\n" for i, (who, words) in enumerate(turns))


def as_markdown(turns: Turns) -> str:
    return "".join(f"**{who}:** {words}\n\n" for who, words in turns)


def as_json(turns: Turns) -> str:
    return json.dumps(
        {"segments": [{"start": i, "end": i + 1, "text": w, "speaker": who} for i, (who, w) in enumerate(turns)]}
    )


WRITERS = [
    (as_vtt, vtt, "a.vtt"),
    (as_srt, srt, "a.srt"),
    (as_dialogue, dialogue, "a.txt"),
    (as_markdown, dialogue, "a.md"),
    (as_json, whisper, "a.json"),
]

names = st.sampled_from(["Ida Bell", "Tam Okoro", "Zoë Lind-Marsh", "Dr. Al de Vries", "INTERVIEWER", "O’Hara"])
TOKENS = """well we sang at 17:30 and https://a.example/b?c=1 said Note: don’t — “no” nine [inaudible] & < > 3 #5
    *very* Ida, Bell. ... – ünïcode 東京 i.e. [laughs] a:b _so_ (aside) 𝔵"""
tokens = st.sampled_from(TOKENS.split())
words = st.lists(tokens, min_size=1, max_size=12).map(lambda ws: "So " + " ".join(ws))
dialogues = st.lists(st.tuples(names, words), min_size=1, max_size=10).map(
    lambda t: [*t, ("Ida Bell", "So we sang."), ("Tam Okoro", "Yes."), ("Ida Bell", "Ah.")]
)


def runs(turns: Turns) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for who, said in turns:
        if out and out[-1][0] == who:
            out[-1] = (who, out[-1][1] + " " + said)
        else:
            out.append((who, said))
    return out


def check(source: Source) -> None:
    """What holds of every source that was read from a transcript."""
    spans = [span for t in source.turns for span in t.spans]
    assert all(0 <= a < b <= len(source.text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans)), "spans in order, disjoint"
    assert all(source.text[a:b] == source.text[a:b].strip() for a, b in spans)
    assert all(t.start <= t.spans[0][0] and t.spans[-1][1] <= t.end for t in source.turns)
    speech = [(b.start, b.end) for b in source.blocks if b.kind == "speech"]
    assert speech == [(t.start, t.end) for t in source.turns]
    bounds = [x for b in source.blocks for x in (b.start, b.end)]
    assert bounds == sorted(bounds)
    covered = "".join(source.text[b.start : b.end] for b in source.blocks)
    assert "".join(covered.split()) == "".join(source.text.split()), "only white space lies between blocks"
    for p, q in pairwise(source.places):
        assert p.end <= q.start
        assert p.time is None or q.time is None or p.time[0] <= q.time[0], "times never run back"
    assert all(p.time is None or p.time[0] <= p.time[1] for p in source.places)
    assert all(t.time is None or t.time[0] <= t.time[1] for t in source.turns)
    source.text.encode("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_promises_hold_for_hard_files(name: str) -> None:
    data = (DATA / name).read_bytes()
    source = FILES[name].read(raw(name, data))
    check(source)
    assert source == FILES[name].read(raw(name, data))
    assert (source.kind, source.publish, source.format) == (
        "transcript",
        "full",
        FILES[name].__name__.rsplit(".", 1)[1],
    )


@pytest.mark.parametrize("name", FILES)
def test_one_reader_claims_a_file_whatever_it_is_called(name: str) -> None:
    data = (DATA / name).read_bytes()
    for called in (name, "a.txt", "noending"):
        assert [r for r in READERS if r.claims(raw(called, data))] == [FILES[name]]


@pytest.mark.parametrize("name", FILES)
def test_every_word_of_speech_is_in_a_turn(name: str) -> None:
    source = FILES[name].read(raw(name, (DATA / name).read_bytes()))
    inside = {m.start() for t in source.turns for a, b in t.spans for m in WORD.finditer(source.text, a, b)}
    for t in source.turns:
        aside = [m.span() for m in BRACKETED.finditer(source.text, t.start, t.end)]
        aside += [m.span() for m in re.finditer(STAMP, source.text[: t.end]) if m.start() >= t.start]
        for m in WORD.finditer(source.text, t.spans[0][0], t.end):
            assert m.start() in inside or any(a <= m.start() < b for a, b in aside), m.group()


@pytest.mark.parametrize(("write", "reader", "path"), WRITERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(turns=dialogues)
def test_what_was_written_is_what_is_read(write, reader, path, turns) -> None:  # type: ignore[no-untyped-def]
    source = reader.read(raw(path, write(turns).encode()))
    check(source)
    assert reader.claims(raw(path, write(turns).encode()))
    assert [(t.label, " ".join(source.text[a:b] for a, b in t.spans)) for t in source.turns] == runs(turns)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_is_read_or_refused_in_a_sentence(name: str) -> None:
    data = (DATA / name).read_bytes()
    for end in range(0, len(data), 10):
        for whole in (data[:end], data[end:], data[:end] + data, data[:end] + b"\xff\x80" + data[end:]):
            try:
                check(FILES[name].read(raw(name, whole)))
            except UnreadableSource as e:
                assert str(e).startswith(name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252", "utf-16-be", "utf-32", "shift-jis"])
@pytest.mark.parametrize("name", FILES)
def test_another_encoding_is_read_or_refused_in_a_sentence(name: str, encoding: str) -> None:
    data = (DATA / name).read_bytes().decode("utf-8-sig").encode(encoding, "replace")
    try:
        came = raw(name, data)
        for reader in READERS:
            reader.claims(came)
        source = FILES[name].read(came)
    except UnreadableSource:
        assert encoding in ("utf-16-be", "utf-32")
    else:
        check(source)


@settings(max_examples=150, deadline=None)
@given(st.one_of(
    st.binary(min_size=1, max_size=200),
    st.lists(st.sampled_from([
        "WEBVTT", "\n", "\n\n", "00:01.000", " --> ", "00:02,000", "1", "<v Ida>", "</v>", "<c", "NOTE", "Ida Bell: ",
        "**", "[00:05]", "(1:02:03)", "Q: ", "A: ", ">> ", "- ", "[MUSIC]", "words", '{"segments": [', '{"text": "a"}',
        "]}", "]", "[", "&lt;", "&", "#", "\r", "\u2028", "\x00", "♪", "Break: ", "---", "Date: ", "Host: ",
        "-00:01", "99:99:99",
    ]), max_size=30).map(lambda parts: "".join(parts).encode()),
))  # fmt: skip
def test_nothing_that_is_thrown_at_a_reader_breaks_it(data: bytes) -> None:
    for reader in READERS:
        path = {vtt: "a.vtt", srt: "a.srt", dialogue: "a.txt"}.get(reader, "a.json")
        try:
            came = raw(path, data)
            reader.claims(came)
            check(reader.read(came))
        except UnreadableSource:
            pass


@pytest.mark.parametrize(("write", "reader", "path"), WRITERS)
def test_long_files_take_time_in_proportion(write, reader, path) -> None:  # type: ignore[no-untyped-def]
    def seconds(n: int) -> float:
        came = raw(
            path, write([("Ida Bell" if i % 3 else "Tam Okoro", f"So {i} times we sang.") for i in range(n)]).encode()
        )
        start = time.process_time()
        check(reader.read(came))
        return time.process_time() - start

    assert seconds(8000) < 30 * max(seconds(1000), 0.02)


@pytest.mark.parametrize(
    "sign", ["<", "<v ", "[", "(", "&", "*", "A", "A: ", ">> ", "- ", "{\\", "\\[0:01\\]", "1:1", "♪", "["]
)
def test_a_megabyte_of_one_line_is_no_trouble(sign: str) -> None:
    line = sign * (400_000 // len(sign))
    for reader, text in (
        (vtt, "WEBVTT\n\n00:01.000 --> 00:02.000\nhi " + line),
        (srt, "1\n00:00:01,000 --> 00:00:02,000\nIda: hi\n" + line),
        (dialogue, "IDA: hi\n\nTAM: ho\n" + line),
        (dialogue, line + "\nIDA: hi\n\nTAM: ho\n"),
    ):
        came = raw("a.txt", text.encode())
        start = time.process_time()
        reader.claims(came)
        reader.read(came)
        assert time.process_time() - start < 10


@pytest.mark.parametrize(("label", "name", "asking"), [
    ("MARIA ORTIZ", "Maria Ortiz", False), ("Zoë Lind-Marsh", "Zoë Lind-Marsh", False), ("ORTIZ", "Ortiz", False),
    ("Dr. Al de Vries", "Dr. Al de Vries", False), ("McDONALD", "McDONALD", False), ("Q", "", True), ("A", "", False),
    ("SPEAKER_00", "", False), ("Speaker 1", "", False), ("Host", "", True), ("INT", "", True),
    ("Interviewer 2", "", True),
    ("Ruth Hale (interviewer)", "Ruth Hale", True), ("J.H.", "", False), ("MO", "", False),
    ("Unknown Speaker", "", False),
    ("", "", False), ("Tom & Ann", "", False),
])  # fmt: skip
def test_a_label_names_a_person_or_nobody(label: str, name: str, asking: bool) -> None:
    assert (person(label), asks(label)) == (name, asking)


def test_a_sidecar_says_who_asks() -> None:
    source = srt.read(raw("a.srt", as_srt([("Host", "So?"), ("Ida Bell", "Yes."), ("Tam Okoro", "No.")]).encode()))
    assert [t.asks for t in source.turns] == [True, False, False]
    told = named(source, {"Host": "Bo Lind"}, ("tam okoro",))
    assert [(t.name, t.asks) for t in told.turns] == [("Bo Lind", False), ("Ida Bell", False), ("Tam Okoro", True)]
