"""The archive is derived: it survives damage, finds words, and switches generations in one step."""

import sqlite3
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce import archive
from vivavoce.archive import Digest, Unit
from vivavoce.errors import BadFile, Busy


def unit(text: str, quote: str = "q", at: int = 0, person: str = "Ada Quill") -> Unit:
    return Unit("talk.vtt", at, at + len(text), text, "turn", quote, person, "ada-quill", (1.0, 2.5))


@pytest.fixture
def connection(tmp_path):
    opened = archive.connect(tmp_path)
    yield opened
    opened.close()


def words(connection, asked):
    return [unit.text for unit in found(connection, asked)]


def found(connection, asked, many=1000):
    held = dict(archive.units(connection))
    matches = archive.matches(connection, asked, many)
    return [held[number] for number, _ in sorted(matches, key=lambda m: -m[1])]


def test_words_phrases_and_beginnings_are_found_with_speaker_and_time(connection):
    units = [unit("The generator coughed twice.", "q1"), unit("We lit eleven candles.", "q2", 30)]
    archive.switch(connection, [("talk.vtt", "1", b"[]", units)], {}, "g1")
    assert words(connection, "generator") == ["The generator coughed twice."]
    assert words(connection, '"eleven candles"') == ["We lit eleven candles."]
    assert words(connection, '"candles eleven"') == []
    assert words(connection, "genera*") == ["The generator coughed twice."]
    assert words(connection, "candles generator") == []
    (hit,) = found(connection, "candles")
    assert (hit.person, hit.time) == ("Ada Quill", (1.0, 2.5))


def test_what_a_source_no_longer_says_is_no_longer_found(connection):
    archive.switch(connection, [("talk.vtt", "1", b"[]", [unit("nine takes")])], {}, "g1")
    archive.switch(connection, [("talk.vtt", "2", b"[]", [unit("fourteen takes")])], {}, "g2")
    assert words(connection, "nine") == []
    assert words(connection, "fourteen") == ["fourteen takes"]
    archive.switch(connection, [("talk.vtt", "", b"", [])], {}, "g3")
    assert words(connection, "takes") == []


@given(st.text(max_size=40))
def test_nothing_that_a_person_types_is_an_error(asked):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(archive.SCHEMA)
    archive.matches(connection, asked, 10)
    connection.close()


def test_more_matches_than_are_weighed_are_all_found(connection):
    units = [unit(f"take {n}", f"q{n}", n * 10) for n in range(130)]
    archive.switch(connection, [("talk.vtt", "1", b"[]", units)], {}, "g1")
    assert len(found(connection, "take")) == 130
    assert {score for _, score in archive.matches(connection, "take", 100)} == {0.0}


def test_a_switch_that_fails_changes_nothing(connection):
    archive.switch(connection, [("talk.vtt", "1", b"[]", [unit("nine takes")])], {"people": b"[1]"}, "g1")

    def failing():
        yield ("talk.vtt", "2", b"[]", [unit("fourteen takes")])
        raise RuntimeError("stopped half-way")

    with pytest.raises(RuntimeError):
        archive.switch(connection, failing(), {"people": b"[2]"}, "g2")
    assert words(connection, "takes") == ["nine takes"]
    assert archive.whole(connection, "people") == b"[1]"
    assert archive.generation(connection) == "g1"


@pytest.mark.parametrize("damage", [b"", b"not a database at all, by any means" * 200])
def test_a_damaged_archive_is_made_anew(tmp_path, damage):
    archive.connect(tmp_path).close()
    (tmp_path / "archive.sqlite").write_bytes(damage)
    connection = archive.connect(tmp_path)
    archive.keep(connection, [Digest("a.txt", "f")])
    assert archive.fingerprints(connection) == {"a.txt": "f"}
    connection.close()


def test_an_archive_of_another_version_is_made_anew(tmp_path):
    connection = archive.connect(tmp_path)
    archive.keep(connection, [Digest("a.txt", "f")])
    connection.execute("update meta set value = '0' where key = 'version'")
    connection.close()
    connection = archive.connect(tmp_path)
    assert archive.fingerprints(connection) == {}
    connection.close()


def test_a_second_build_waits_and_the_lock_dies_with_its_holder(tmp_path):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom vivavoce import archive\n"
            "with archive.alone(Path(sys.argv[1]), lambda: None):\n    print('held', flush=True)\n    time.sleep(60)",
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    told = []
    with pytest.raises(Busy), archive.alone(tmp_path, lambda: told.append(1), patience=0.2):
        pass
    assert told == [1]
    holder.kill()
    holder.wait()
    with archive.alone(tmp_path, lambda: None, patience=5):
        pass


def test_a_damaged_lock_is_made_anew(tmp_path):
    (tmp_path / "lock.sqlite").write_bytes(b"no database by any means " * 300)
    with archive.alone(tmp_path, lambda: None, patience=5):
        pass


def test_a_lock_that_cannot_be_written_is_told_at_once(tmp_path):
    (tmp_path / "lock.sqlite").mkdir()
    with pytest.raises(BadFile), archive.alone(tmp_path, lambda: None, patience=60):
        pass
