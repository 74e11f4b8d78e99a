"""Nothing that is spoken in a file is missing: every word of it is in the text, in a label, or in what a warning says
was left out. The words of the file are found here without the readers, as crudely as can be."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from vivavoce import sources
from vivavoce.model import WORD, Source

DATA = Path(__file__).parent.parent / "data" / "transcripts"
SPOKEN = {"text", "body", "word", "utf8", "transcript", "content", "punctuated_word", "value", "punct"}
SPEAKERS = {"speaker", "speaker_name", "speaker_label"}
TAG = re.compile(r"</?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}", re.I)
CLOCK = re.compile(r"\b\d+:\d\d(?::\d\d)?(?:[.,]\d+)?\b")


def words(text: str) -> Counter[str]:
    return Counter(word.casefold().replace("’", "'") for word in WORD.findall(text))


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """All strings of some JSON, with where they stand (rows of a list are one place)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, path + "[]")
    elif isinstance(value, str):
        yield path, value


def json_lists(data: bytes) -> dict[str, str]:
    """The words of each kind of row, apart: many files hold them several times over."""
    found: dict[str, list[str]] = {}
    for path, text in strings(json.loads(data)):
        if path.rpartition(".")[2].removesuffix("[]") in SPOKEN:
            found.setdefault(path, []).append(text)
    spaced = {path: sum(t[:1] in (" ", "") for t in texts) * 2 > len(texts) for path, texts in found.items()}
    joined = {path: ("" if spaced[path] else " ").join(texts) for path, texts in found.items()}
    return {
        path: CLOCK.sub(" ", unescape(TAG.sub(" ", text))) if "<p>" in text else unescape(text)
        for path, text in joined.items()
    }


def subtitles(text: str) -> str:
    """What stands in VTT or SRT without times, numbers, the header and styles; names of voices and notes stay."""
    kept: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.lstrip("\ufeff").replace("\r\n", "\n")):
        lines = block.split("\n")
        if lines[0].startswith(("STYLE", "REGION", "WEBVTT")):
            continue
        timed = [i for i, line in enumerate(lines) if "-->" in line]
        for i, line in enumerate(lines):
            number = i + 1 in timed and (re.fullmatch(r"\d+|[\w-]+-\d+", line.strip()))
            if i not in timed and not number:
                kept.append(line.removeprefix("NOTE"))
    voiced = re.sub(r"<v(?:\.\w+)?\s+([^<>]*)>", r" \1: ", "\n".join(kept).replace("\\N", " "))
    return unescape(TAG.sub(" ", voiced))


def left_out(source: Source) -> str:
    """What the warnings quote."""
    return " ".join(part for w in source.warnings for part in re.findall(r"“([^”]*)”|: (.*)", w.what) for part in part)


def missing(source: Source, spoken: str) -> Counter[str]:
    given = words(source.text) + words(left_out(source))
    labels = words(" ".join(t.label for t in source.turns))
    return Counter({word: n for word, n in (words(spoken) - given).items() if word not in labels})


def names(*endings: str) -> list[str]:
    return sorted(p.name for p in DATA.iterdir() if p.name.endswith(endings))


@pytest.mark.parametrize("name", names(".json", ".json3", ".otr"))
def test_json_loses_no_word(name: str) -> None:
    source = sources.read(DATA, name)
    lists = json_lists((DATA / name).read_bytes())
    assert lists
    assert {path: lost for path, text in lists.items() if (lost := missing(source, text))} == {}


@pytest.mark.parametrize("name", names(".json", ".json3", ".otr"))
def test_json_loses_no_speaker(name: str) -> None:
    source = sources.read(DATA, name)
    said = {
        text for path, text in strings(json.loads((DATA / name).read_bytes())) if path.rpartition(".")[2] in SPEAKERS
    }
    assert said <= {t.label for t in source.turns}


@pytest.mark.parametrize("name", [*names(".vtt", ".srt"), "call-teams.txt"])
def test_subtitles_lose_no_word(name: str) -> None:
    source = sources.read(DATA, name)
    spoken = subtitles((DATA / name).read_text("utf-8"))
    assert len(words(spoken)) > 10
    assert missing(source, spoken) == Counter()


@pytest.mark.parametrize("name", names(".html"))
def test_pages_lose_no_word(name: str) -> None:
    source = sources.read(DATA, name)
    body = (DATA / name).read_text("utf-8").partition("<body>")[2]
    assert missing(source, unescape(re.sub(r"</?(?:p|nav|article)[^>]*>", " ", TAG.sub("", body)))) == Counter()


@pytest.mark.parametrize("name", [n for n in names(".txt", ".md") if n != "call-teams.txt"])
def test_dialogues_stay_as_they_are_and_each_word_has_its_place(name: str) -> None:
    """All words of a typed dialogue are in somebody's turn, in a label or a time before it, or in a note."""
    source = sources.read(DATA, name)
    assert source.text == (DATA / name).read_text("utf-8-sig")
    assert source.kind == "transcript"
    covered = [(b.start, b.end) for b in source.blocks]
    assert all(any(a <= m.start() < b for a, b in covered) for m in WORD.finditer(source.text))
    labels = words(" ".join(t.label for t in source.turns))
    for turn in source.turns:
        held = " ".join(source.text[a:b] for a, b in turn.spans)
        rest = words(CLOCK.sub(" ", source.text[turn.start : turn.end])) - words(CLOCK.sub(" ", held))
        assert set(rest) <= set(labels) | set(words(left_out(source)))


def test_a_word_that_is_lost_is_found_to_be_lost() -> None:
    """The measure itself: a reader that drops the last turn, or one word, fails."""
    for name in ("viaduct.json", "ferry-night.en.json3"):
        source = sources.read(DATA, name)
        short = msgspec.structs.replace(source, text=source.text.rsplit(" ", 1)[0])
        lists = json_lists((DATA / name).read_bytes())
        assert any(missing(short, text) for text in lists.values())
    source = sources.read(DATA, "tape.vtt")
    short = msgspec.structs.replace(source, text=source.text.replace("went ", ""))
    assert missing(short, subtitles((DATA / "tape.vtt").read_text("utf-8"))) == Counter({"went": 1})
