"""The search index is made by pagefind; when that fails, the build says so."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pagefind_bin
import pytest
from crossing import history
from msgspec.structs import replace

from vivavoce.errors import VivavoceError
from vivavoce.site import publish, search


def test_what_pagefind_says_when_it_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "pagefind"
    fake.write_text("#!/bin/sh\necho no room >&2\nexit 3\n", "utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: fake)
    with pytest.raises(VivavoceError, match="pagefind says: no room"):
        publish(history(), tmp_path / "site")


@pytest.mark.parametrize("memory", ["", "none"])
def test_records_lie_in_memory_where_there_is_room_and_leave_nothing(
    memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / memory if memory else tmp_path / "shm"
    if not memory:
        there.mkdir()
    monkeypatch.setattr(search, "MEMORY", there)
    publish(history(), tmp_path / "site")
    publish(history(), tmp_path / "again")
    assert _tree(tmp_path / "site") == _tree(tmp_path / "again")
    assert not there.exists() or not any(there.iterdir())


def _tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_pagefind_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: tmp_path / "nothing")
    with pytest.raises(VivavoceError, match="pagefind does not run here"):
        publish(history(), tmp_path / "site")


def test_each_record_has_its_words_its_address_and_its_filters(tmp_path: Path) -> None:
    title = "The <i>ferry</i> & the “boiler”"
    publish(replace(history(), title=title), tmp_path / "site")
    found = [_fragment(p) for p in (tmp_path / "site/pagefind/fragment").iterdir()]
    (cover,) = [f for f in found if f["meta"]["url"] == "index.html"]
    assert cover["meta"]["title"] == title and title in cover["content"] and cover["filters"] == {"Kind": ["Cover"]}
    said = [f for f in found if f["filters"]["Kind"] == ["Interview"]]
    assert said and all("#q-" in f["meta"]["url"] and f["filters"]["Source"] for f in said)


def _fragment(file: Path) -> dict:
    return json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
