from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.decisions import (
    Anchor,
    Decision,
    append,
    note_decision,
    read,
    restrictions,
    rights_decision,
    standing,
    undo,
)
from vivavoce.decisions.journal import row
from vivavoce.errors import BadFile, UsageError
from vivavoce.model import Restriction

TEXTS = st.text(max_size=30)


def note(text: str, at: str = "2031-05-09T10:00:00Z", counter: int = 0) -> Decision:
    return note_decision(text, [Anchor("a.txt", "words")], "Ada", at, counter=counter)


def written(rows: list[Decision | str | bytes]) -> Path:
    path = Path(tempfile.mkdtemp()) / "decisions.jsonl"
    parts = [row(r) if isinstance(r, Decision) else r.encode() + b"\n" if isinstance(r, str) else r for r in rows]
    path.write_bytes(b"".join(parts))
    return path


def test_no_file_is_an_empty_journal(tmp_path: Path) -> None:
    assert read(tmp_path / "decisions.jsonl").decisions == ()


@given(st.lists(TEXTS, max_size=6))
def test_what_is_appended_is_read_again(texts: list[str]) -> None:
    path = Path(tempfile.mkdtemp()) / "decisions.jsonl"
    made = [note(t, counter=n) for n, t in enumerate(texts)]
    for decision in made:
        append(path, decision)
    assert read(path).decisions == tuple(made)
    assert read(path).broken == ()


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_a_last_line_that_broke_off_loses_nothing_before_it_and_nothing_after(
    texts: list[str], data: st.DataObject
) -> None:
    made = [note(t, counter=n) for n, t in enumerate(texts)]
    path = written(list(made))
    whole = path.read_bytes()
    last = len(row(made[-1]))
    cut = data.draw(st.integers(1, last))
    path.write_bytes(whole[: len(whole) - cut])
    after = note("afterwards")
    append(path, after)
    told = read(path)
    survivors = tuple(made) if cut == 1 else tuple(made[:-1])
    assert told.decisions == (*survivors, after)
    assert path.read_bytes().startswith(whole[: len(whole) - cut])
    if 1 < cut < last:
        (broken,) = told.broken
        assert broken.line == len(made)
        assert "the row breaks off" in broken.what


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json}", "it is not JSON"),
        ("[1, 2]", "a row is a JSON object"),
        ("null", "a row is a JSON object"),
        ("<<<<<<< HEAD", "a merge that was not finished"),
        ('{"v":1,"id":"x","at":"2031-05-09","by":"A","type":"speeker"}', "there are: speaker, not-a-quotation"),
        ('{"v":1,"id":"x","at":"yesterday","by":"A","type":"note"}', "“yesterday” is no instant"),
        ('{"v":1,"id":"x","at":"2031-05-09","by":"A","type":"undo"}', "undoes nothing"),
        ('{"v":1,"id":"x","at":"2031-05-09","by":"A","type":"speaker","value":7}', "is a name, or null"),
        ('{"v":1,"id":"x","at":"2031-05-09","by":"A","type":"person","value":{"do":"marry"}}', "one of: merge, split"),
        ('{"v":1,"id":"x","at":"2031-05-09","by":"A","type":"moment","value":[]}', "one of: together"),
        ('{"v":1,"id":"x","by":"A","type":"note"}', "`at`"),
        ('{"v":1,"id":"","at":"2031-05-09","by":"A","type":"note"}', "no id"),
        ('{"v":"1","id":"x","at":"2031-05-09","by":"A","type":"note"}', "Expected `int`"),
        ("[" * 100_000, "JSON"),
        ("\0" * 40, "JSON"),
    ],
)
def test_a_broken_row_is_told_with_its_line_and_the_others_go_on(line: str, said: str) -> None:
    path = written([note("one"), line, note("two")])
    told = read(path)
    assert [d.value for d in told.decisions] == ["one", "two"]
    (broken,) = told.broken
    assert said in str(broken)
    assert str(broken).startswith("decisions.jsonl, line 2: ")
    assert broken.text == line


def test_a_row_that_is_not_utf_8_is_told() -> None:
    told = read(written([note("one"), b'{"v":1,"by":"J\xe9r\xf4me"}\n', note("two")]))
    assert len(told.decisions) == 2
    assert "not UTF-8" in str(told.broken[0])


def test_a_newer_row_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadFile, match=r"line 2: the row is of version 2, and this Vivavoce reads up to 1\. Install"):
        read(written([note("one"), '{"v":2,"id":"x","type":"hologram"}']))


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        read(tmp_path)
    with pytest.raises(BadFile, match="cannot be written"):
        append(tmp_path, note("one"))
    with pytest.raises(BadFile, match="cannot be written"):
        append(tmp_path / "no" / "decisions.jsonl", note("one"))


def test_windows_lines_and_a_byte_order_mark_are_read() -> None:
    data = b"\xef\xbb\xbf" + row(note("one")).replace(b"\n", b"\r\n") + b"\r\n" + row(note("two", counter=1))
    told = read(written([data]))
    assert [d.value for d in told.decisions] == ["one", "two"]
    assert told.broken == ()


@pytest.mark.parametrize("behind", [b"", b'{"v":1}\n'])
def test_what_a_failing_disk_took_of_a_row_is_taken_back(tmp_path: Path, monkeypatch, behind: bytes) -> None:
    file = tmp_path / "decisions.jsonl"
    append(file, note("first"))
    before, write = file.read_bytes(), os.write

    def fails(handle: int, data: bytes) -> int:
        write(handle, data[: len(data) // 2] + behind)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "write", fails)
    with pytest.raises(BadFile, match="was not kept"):
        append(file, note("second"))
    left = file.read_bytes()
    assert left == before if not behind else left.startswith(before) and left.endswith(behind)


def test_half_a_character_is_refused_and_in_a_file_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    with pytest.raises(UsageError, match="half a character"):
        append(path, note("a \ud83d b"))
    assert not path.exists()
    odd = '{"v":1,"id":"x","at":"2031-05-09","by":"A","type":"rights","value":{"what":"person","of":"Pat \\ud83d"}}'
    told = read(written([note("one"), odd, note("two", counter=1)]))
    assert [d.value for d in told.decisions] == ["one", "two"]
    assert "half a character" in str(told.broken[0])
    rules, _ = restrictions(told, lambda _: None)
    assert rules[0].what == "unreadable"
    msgspec.json.encode(rules)


@given(st.data())
def test_a_row_that_broke_off_before_its_type_can_be_told_may_be_about_rights(data: st.DataObject) -> None:
    rule = rights_decision(Restriction("person", "Pat Doyle"), lambda _: None, "Ada", "2031-05-09")
    whole = row(rule).rstrip(b"\n")
    cut = data.draw(st.integers(1, len(whole) - 1))
    assert restrictions(read(written([whole[:cut]])), lambda _: None)[0]


@pytest.mark.parametrize(
    ("line", "maybe"),
    [
        ('{"v":1,"id":"x","by":"A","ty', True),
        ('{"v":1,"id":"x","by":"A","type":"ri', True),
        ('{"v":1,"id":"x","by":"\\"type\\":\\"note\\"', True),
        ("\0" * 30, True),
        ('{"v":1,"id":"x","type":"rigths","value":{"what":"person"}}', True),
        ('{"v":1,"id":"x","type":"note","value":"we sa', False),
        ('{"v":1,"id":"x","type":"speeker","value":"Ada"}', False),
        ("<<<<<<< HEAD", False),
    ],
)
def test_what_a_broken_row_may_be_about(line: str, maybe: bool) -> None:
    assert bool(restrictions(read(written([line])), lambda _: None)[0]) is maybe


@given(st.lists(st.integers(0, 5), max_size=12), st.integers())
def test_the_order_of_rows_and_rows_that_came_twice_change_nothing(numbers: list[int], seed: int) -> None:
    made = [note(str(n), f"2031-05-0{n + 1}") for n in numbers]
    made += [undo(d, "Bo", "2031-06-01") for d in made[::3]]
    shuffled = made * 2
    random.Random(seed).shuffle(shuffled)
    one, other = read(written(list(made))), read(written(list(shuffled)))
    assert standing(one) == standing(other)
    assert one.broken == other.broken == ()


def test_two_rows_with_one_id_are_told_and_the_later_counts_in_any_order() -> None:
    old = note("old")
    new = msgspec.structs.replace(note("new", "2031-07-01"), id=old.id)
    for rows in ([old, new], [new, old]):
        told = read(written(list(rows)))
        assert told.decisions == (new,)
        assert "another row has the id" in told.broken[0].what


def test_an_undo_takes_back_and_an_undo_of_it_brings_back() -> None:
    first = note("first")
    rows = [first]
    for n in range(1, 6):
        rows.append(undo(rows[-1], "Ada", f"2031-05-09T11:0{n}:00Z"))
        held = standing(read(written(list(rows))))
        assert held == (() if n % 2 else (first,))


def test_a_row_may_replace_another() -> None:
    first = note("first")
    second = note_decision("second", [], "Ada", "2031-05-10", undoes=first.id)
    assert standing(read(written([first, second]))) == (second,)
    assert standing(read(written([first, second, undo(second, "Ada", "2031-05-11")]))) == (first,)


def test_rows_that_undo_one_another_in_a_ring_undo_nothing_and_end() -> None:
    def ring(mine: str, other: str) -> str:
        table = {"v": 1, "id": mine, "at": "2031-05-09", "by": "A", "type": "note", "value": mine, "undoes": other}
        return json.dumps(table)

    held = standing(read(written([ring("a", "b"), ring("b", "a"), ring("c", "c"), ring("d", "gone")])))
    assert [d.id for d in held] == ["a", "b", "c", "d"]


def test_a_hundred_thousand_undos_of_undos_are_followed() -> None:
    last = note("first")
    rows: list[Decision] = [last]
    for n in range(100_000):
        last = Decision(1, f"u{n}", "2031-05-09", "A", "undo", undoes=last.id)
        rows.append(last)
    from vivavoce.decisions import Journal

    assert standing(Journal(tuple(rows))) == (rows[0],)


def test_instants_of_several_zones_are_put_in_order() -> None:
    early, late = note("early", "2031-05-09T12:00:00+05:00"), note("late", "2031-05-09T08:30:00Z", 1)
    assert [d.value for d in standing(read(written([late, early])))] == ["early", "late"]


def test_an_instant_that_is_none_is_refused_when_a_row_is_made() -> None:
    with pytest.raises(UsageError, match="is no instant"):
        note("x", "tomorrow")


def _many(path: str, who: int) -> None:
    for n in range(40):
        append(Path(path), note(f"{who} {n} " + "x" * 5000, counter=who * 1000 + n))


def test_two_processes_may_append_at_once(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_many, args=(str(path), who)) for who in (1, 2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    told = read(path)
    assert len(told.decisions) == 80
    assert told.broken == ()
