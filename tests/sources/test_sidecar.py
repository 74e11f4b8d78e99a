"""What a user says of a source in its sidecar: it is laid over the source, and mistakes never show more."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import sources
from vivavoce.errors import BadFile, UnreadableSource
from vivavoce.model import Restriction, Source
from vivavoce.sources import sidecar

VTT = (
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v SPEAKER_00>When did it go dark?\n\n"
    "00:03.000 --> 00:05.000\n<v SPEAKER_01>At ten, I think. My brother's keys were gone.\n"
)


def read(root: Path, told: str, name: str = "talk.vtt", text: str = VTT) -> Source:
    (root / name).write_text(text)
    (root / "talk.toml").write_text(told)
    return sources.read(root, name)


def mistake(root: Path, told: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read(root, told)
    return str(caught.value)


def test_what_it_says_stands_in_place_of_what_the_source_says(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        'v = 1\ntitle = "The lamps"\ndate = 2021-05-14\npublisher = "Tidewater Radio"\naddress = "https://x.example/7"\n'
        'language = "en"\nlicence = "CC BY"\npublish = "full"\nbyline = "Jo"\n',
    )
    assert (source.title, source.date, source.publisher) == ("The lamps", "2021-05-14", "Tidewater Radio")
    assert (source.address, source.language, source.licence) == ("https://x.example/7", "en", "CC BY")
    assert (source.publish, source.byline) == ("full", "Jo")


def test_labels_get_names_and_the_interviewer_asks(tmp_path: Path) -> None:
    source = read(
        tmp_path, 'interviewer = "Jo Host"\n[speakers]\nspeaker_00 = "Jo Host"\nSPEAKER_01 = "Ines Quarrie"\n'
    )
    assert [(turn.name, turn.asks) for turn in source.turns] == [("Jo Host", True), ("Ines Quarrie", False)]
    assert source.labels == {"SPEAKER_00": "Jo Host", "SPEAKER_01": "Ines Quarrie"}
    assert source.interviewers == ("Jo Host",)
    assert not source.warnings


def test_an_empty_name_is_one_that_is_still_to_be_told(tmp_path: Path) -> None:
    source = read(tmp_path, '[speakers]\nSPEAKER_00 = ""\nSPEAKER_01 = "Ines Quarrie"\nGONE = " "\n')
    assert [turn.name for turn in source.turns] == ["", "Ines Quarrie"]
    assert source.labels == {"SPEAKER_01": "Ines Quarrie"}
    assert not source.warnings


def test_a_label_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    source = read(tmp_path, '[speakers]\nSPEAKR_00 = "Jo Host"\n')
    assert "SPEAKR_00" in source.warnings[0].what
    assert "Did you mean “SPEAKER_00”?" in source.warnings[0].remedy


def test_a_recording_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "talk.wav").write_bytes(b"RIFF\0\0\0\0WAVE")
    for path in ("gone.mp3", "../talk.wav", "/etc/passwd", "https://x.example/a.mp3"):
        source = read(tmp_path, f'media = "{path}"')
        assert path in source.warnings[0].what
        assert source.media == ()
    assert [m.path for m in read(tmp_path, 'media = ["./talk.wav"]').media] == ["talk.wav"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ('v = 1\ntitel = "x"', ["talk.toml, line 2", "titel", "Did you mean “title”?"]),
        ('v = 1\n\npublish = "all"', ["talk.toml, line 3", "full", "excerpt"]),
        ("title = 5", ["talk.toml, line 1", "title"]),
        ('date = "last May"', ["talk.toml, line 1", "last May", "2024-05-31"]),
        ('date = "2021-13-40"', ["line 1", "2021-13-40"]),
        ('v = 1\naddress = "javascript:alert(1)"', ["line 2", "https://"]),
        ("v = 9", ["version 9", "Update"]),
        ("[[rigths]]\nwhat = 1", ["line 1", "rigths", "Did you mean “rights”?"]),
        ("title = \nv = 1", ["talk.toml", "line 1"]),
        ('format = "pages"', ["line 1", "press"]),
        ("[speakers]\nA = 1", ["speakers"]),
        ("\0", ["talk.toml"]),
    ],
)
def test_a_broken_sidecar_leaves_its_source_out_and_says_where(tmp_path: Path, told: str, words: list[str]) -> None:
    said = mistake(tmp_path, told)
    assert said.startswith("talk.vtt: ")
    assert "rights are unknown" in said
    assert all(word in said for word in words), said


def test_a_sidecar_that_is_not_utf8_leaves_its_source_out(tmp_path: Path) -> None:
    (tmp_path / "talk.vtt").write_text(VTT)
    (tmp_path / "talk.toml").write_bytes('title = "Später"'.encode("cp1252"))
    with pytest.raises(UnreadableSource, match="UTF-8"):
        sources.read(tmp_path, "talk.vtt")


def rights(root: Path, told: str) -> tuple[Restriction, Source]:
    source = read(root, "[[rights]]\n" + told)
    assert len(source.restrictions) == 1
    return source.restrictions[0], source


def test_rights_are_kept_as_they_are_told(tmp_path: Path) -> None:
    told = 'what = "source"\nchannels = ["site", "book"]\nuntil = 2030-01-01\nground = "release form"'
    found, source = rights(tmp_path, told)
    assert found == Restriction("source", "talk.vtt", ("site", "book"), "2030-01-01", "release form")
    assert not source.warnings
    found, _ = rights(tmp_path, 'what = "person"\nperson = "Ines Quarrie"\nuntil = "permission"')
    assert found == Restriction("person", "Ines Quarrie", (), "permission")
    found, _ = rights(tmp_path, 'what = "medium"')
    assert found == Restriction("medium", "talk.vtt")


def test_words_are_held_back_wherever_they_stand(tmp_path: Path) -> None:
    found, source = rights(tmp_path, 'what = "span"\nwords = "my   Brother’s keys"')
    assert [source.text[start:end] for start, end in found.spans] == ["My brother's keys"]
    text = "My name.\n\nIt was my\nname, she said, my name."
    source = read(tmp_path, '[[rights]]\nwhat = "span"\nwords = ["my name"]', "talk.txt", text)
    assert len(source.restrictions[0].spans) == 3


@pytest.mark.parametrize(
    "told",
    [
        'what = "span"\nwords = "never said"',
        'what = "span"',
        'what = "span"\nwords = ["at ten", "never said"]',
        'what = "span"\nwords = 5',
        'what = "soruce"',
        'channels = ["site"]',
        'what = "person"',
        'what = "person"\nof = "Ines"',
        'what = "person"\nperson = "Ines"\nchannels = ["web"]',
        'what = "source"\nchannels = 7',
        'what = "source"\nutnil = "2030-01-01"',
        "what = 3",
    ],
)
def test_rights_that_are_not_understood_hold_back_the_whole_source(tmp_path: Path, told: str) -> None:
    found, source = rights(tmp_path, told)
    assert (found.what, found.of) == ("source", "talk.vtt")
    assert any("withheld" in warning.what and warning.place.startswith("talk.toml") for warning in source.warnings)


@pytest.mark.parametrize("until", ['"soon"', '"203"', '"2030-02-31"', "2030-01-01T10:00:00", "false"])
def test_a_day_that_is_none_stays_as_it_stands_and_is_told(tmp_path: Path, until: str) -> None:
    found, source = rights(tmp_path, f'what = "source"\nuntil = {until}')
    assert found.until not in ("", "permission")
    assert "until" in source.warnings[0].what


@pytest.mark.parametrize("until", ['"2030"', '"2031-11"', "2030", '"2030-01-31"', "2030-01-31", '"permission"'])
def test_a_day_a_month_or_a_year_ends_it(tmp_path: Path, until: str) -> None:
    found, source = rights(tmp_path, f'what = "source"\nuntil = {until}')
    assert found.until == until.strip('"')
    assert not source.warnings


def test_rights_in_another_shape_hold_back(tmp_path: Path) -> None:
    assert read(tmp_path, 'rights = "none"').restrictions == (Restriction("source", "talk.vtt"),)
    assert read(tmp_path, 'rights = {what = "medium"}').restrictions == (Restriction("medium", "talk.vtt"),)
    assert read(tmp_path, "rights = []").restrictions == ()


def test_the_documented_example_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sidecar.md").read_text()
    told = sidecar.parse(page.split("```toml\n")[1].split("```")[0])
    assert told.speakers["SPEAKER_00"] == "Ines Quarrie"
    assert all(f"`{key}`" in page for key in sidecar.RIGHTS_KEYS + sidecar.OVER)


VALUES = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.sampled_from(["source", "span", "site", "at ten"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(table=st.dictionaries(st.sampled_from([*sidecar.RIGHTS_KEYS, "x"]), VALUES, max_size=5))
def test_whatever_stands_in_rights_restricts(table: dict[str, Any]) -> None:
    source = Source("a.txt", "press", "text", "Dark at ten.")
    found = sidecar.applied(source, sidecar.Sidecar(rights=[table]), Path("/nowhere"), "a.toml")
    assert len(found.restrictions) == 1
    assert found.restrictions[0].what in ("source", "person", "span", "medium")


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_no_sidecar_is_too_strange(text: str) -> None:
    try:
        sidecar.parse(text, "a.toml")
    except BadFile as e:
        assert str(e).startswith("a.toml")


@pytest.mark.parametrize(
    "told",
    [
        'media = "gone.mp3"',
        'media = "talk.vtt"',
        'interviewer = "Nobody"',
        '[speakers]\nNobody = "Ines Quarrie"',
        '[[rights]]\nwhat = "span"\nwords = "not there"',
        '[[rights]]\nwhat = "source"\nchannels = ["web"]',
        '[[rights]]\nwhat = "source"\nuntil = "soon"',
        '[[rights]]\nwhat = "person"',
        'rights = "none"',
    ],
)
def test_every_warning_names_the_sidecar_as_it_is_spelled_and_what_to_do(tmp_path: Path, told: str) -> None:
    (tmp_path / "talk.vtt").write_text(VTT)
    (tmp_path / "Talk.TOML").write_text(told)
    with ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("tapes/talk.vtt", VTT)
        box.writestr("tapes/talk.VTT.toml", told)
    for path, named in (("talk.vtt", "Talk.TOML"), ("box.zip/tapes/talk.vtt", "box.zip/tapes/talk.VTT.toml")):
        warnings = sources.read(tmp_path, path).warnings
        assert warnings
        assert all(w.place.startswith(named) and w.remedy.endswith((".", "…")) for w in warnings)


def test_what_a_zips_own_sidecar_has_wrong_is_told_of_it(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("talk.vtt", VTT)
    (tmp_path / "box.toml").write_text('[[rights]]\nwhat = "all"')
    source = sources.read(tmp_path, "box.zip/talk.vtt")
    assert source.restrictions == (Restriction("source", "box.zip/talk.vtt"),)
    assert [w.place for w in source.warnings] == ["box.toml, rights 1"]


def test_cues_that_need_mending_are_told_with_place_and_remedy(tmp_path: Path) -> None:
    text = (
        "00:09.000 --> 00:10.000\nLast.\n\n00:01.000 --> 00:03.000\nFirst.\n\n00:01.000 --> 00:03.000\nFirst.\n\n"
        "00:05.000 --> 00:04.000\nBackwards.\n\nxx --> yy\nNo times.\n\n00:12.000 --> 00:13.000\n[MUSIC] And out.\n"
    )
    (tmp_path / "talk.vtt").write_text(text)
    warnings = sources.read(tmp_path, "talk.vtt").warnings
    assert len(warnings) == 6
    assert all(w.remedy.endswith(".") for w in warnings)
    assert all(w.place.startswith("line ") for w in warnings if "sound" not in w.what)
