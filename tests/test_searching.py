"""What a search finds, what stands beside it, and which words are lit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import files, make
from vivavoce import archive, rights, searching
from vivavoce.archive import connect
from vivavoce.build import everything, update
from vivavoce.language.folding import plain
from vivavoce.project import open_project

DAY = "2031-05-01"


@pytest.fixture
def asked(tmp_path: Path):
    def ready(settings: str = 'v = 1\ntitle = "The Corrie"\n', **sidecars: str):
        given = {**files(), **{path.replace("__", "/") + ".toml": text for path, text in sidecars.items()}}
        project = open_project(make(tmp_path / "corrie", given, settings))
        update(project)
        whole, rules = everything(project, DAY)
        shown = rights.published(whole, "workbench", DAY, rules)
        connection = connect(project.state)
        able = searching.findable(connection, whole, shown, rights.paths(whole, "workbench", DAY, rules))

        def find(words: str, limit: int = 20, first: int = 0, **chosen: str) -> searching.Found:
            return searching.found(connection, able, words, limit, first, chosen)

        return find

    return ready


def test_what_stands_beside_the_hits_counts_all_of_them(asked) -> None:
    found = asked()("lamps", limit=1)
    assert len(found.hits) == 1
    assert found.count == sum(found.beside["source"].values()) > 1
    assert found.beside["source"]["talks/petra.srt"] == 1
    assert "petra-vance" in found.beside["person"]


def test_a_search_is_narrowed_and_its_own_facet_still_offers_the_others(asked) -> None:
    find = asked()
    every, narrowed = find("lamps"), find("lamps", person="petra-vance")
    assert {h.unit.person_id for h in narrowed.hits} == {"petra-vance"}
    assert narrowed.count == every.beside["person"]["petra-vance"]
    assert narrowed.beside["person"] == every.beside["person"]
    assert set(narrowed.beside["source"]) < set(every.beside["source"])


def test_without_words_everything_of_a_person_is_found_in_the_order_of_the_sources(asked) -> None:
    found = asked()("", person="petra-vance")
    assert [h.unit.path for h in found.hits] == sorted(h.unit.path for h in found.hits)
    assert found.count == len(found.hits) > 1
    assert asked()("").count == 0


def test_pages_follow_one_another(asked) -> None:
    find = asked()
    every = find("the", limit=50).hits
    assert [*find("the", limit=2).hits, *find("the", limit=2, first=2).hits] == list(every[:4])


def test_too_many_are_found_too_in_the_order_of_the_sources(asked, monkeypatch: pytest.MonkeyPatch) -> None:
    find = asked()
    before = find("the", limit=50)
    monkeypatch.setattr(searching, "MANY", 1)
    after = find("the", limit=50)
    assert (after.count, after.weighed, before.weighed) == (before.count, False, True)
    assert [h.unit.path for h in after.hits if h.unit.quote] == sorted(h.unit.path for h in after.hits if h.unit.quote)


def test_what_is_withheld_is_neither_found_nor_counted(asked) -> None:
    bar = '\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\n'
    found = asked('v = 1\ntitle = "The Corrie"\n' + bar)("fourteen")
    assert found.count == 0 and found.beside["person"] == {}


def test_words_are_lit_whatever_their_case_and_accents() -> None:
    text = "The café was shut; a Cafe is a CAFÉ, and cafés are many."
    assert [text[a:b] for a, b in searching.lit("cafe", text)] == ["café", "Cafe", "CAFÉ"]
    assert [text[a:b] for a, b in searching.lit("cafe*", text)] == ["café", "Cafe", "CAFÉ", "café"]
    assert [text[a:b] for a, b in searching.lit('"shut a"', text)] == ["shut; a"]


def test_a_long_text_is_cut_round_the_first_word_that_is_lit() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    assert searching.marked("word50", text).startswith("… word38 ")
    assert "[word50]" in searching.marked("word50", text)
    assert searching.marked("nowhere", "Short.") == "Short."


@given(st.text(max_size=60))
def test_what_is_folded_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(max_size=30), st.text(max_size=80))
def test_nothing_that_is_typed_is_an_error_and_pieces_join_to_the_text(words: str, text: str) -> None:
    assert "".join(p for p, _ in searching.pieces(words, text, 1000)).strip("… ") == text.strip("… ")
    archive.query(words)
