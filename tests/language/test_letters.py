"""Letters to the editor: who wrote which, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce import accounts, people, quotes, sources
from vivavoce.language.letters import letters
from vivavoce.model import Known, Source
from vivavoce.people import rules

PAGE = """LETTERS

The bridge

Sir,

I was on the bridge on Friday when the deck went, and I heard no siren at all. A man in a red coat waved us back.

(Mrs) E. Tarrant
Weir Lane

The siren

SIR – The siren was sounded at ten past six. I sounded it. “It was never broken,” as your paper has it, is right.

Yours faithfully,
Captain Owen Pell, Harbour Office

A thought

Dear Editor,

Why is it always Fridays?

NAME AND ADDRESS SUPPLIED.
"""
ARTICLE = """The bridge

Sir, I was told, is no way to address a deckhand. The men of the weir laughed at that.

Owen Pell

He is the harbour master now.
"""


def _source(folder: Path, name: str, text: str) -> Source:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return sources.read(folder, name)


def test_a_letter_is_whose_name_stands_under_it(tmp_path: Path) -> None:
    source = _source(tmp_path, "press/letters.txt", PAGE)
    found = letters(source)
    assert [x.name for x in found] == ["E. Tarrant", "Owen Pell"]
    assert [source.text[slice(*x.signed)] for x in found] == ["E. Tarrant", "Owen Pell"]
    assert "I sounded it" in source.text[slice(*found[1].span)]


def test_an_article_that_says_sir_holds_no_letter(tmp_path: Path) -> None:
    assert letters(_source(tmp_path, "press/bridge.txt", ARTICLE.replace("Sir, I", "Sirs and madams, I"))) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_letter_tells_is_its_writers_account(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "press" / "letters.txt"
    path.parent.mkdir()
    path.write_bytes(PAGE.replace("\n", ending).encode())
    source, known = sources.read(tmp_path, "press/letters.txt"), Known()
    found = quotes.find(source, known)
    cast = people.cast(source, found, known)
    told = accounts.passages(source, found, rules.attribute(source, found, cast, known), cast, known)
    names = {f.key: f.name for f in cast.figures}
    by = {p.text[:20]: names.get(p.figure or "") for p in told}
    assert by["I was on the bridge "] == "E. Tarrant"
    assert {names.get(p.figure or "") for p in told if "I sounded it" in p.text} == {"Owen Pell"}
    assert {p.figure for p in told if "always Fridays" in p.text} <= {None}
