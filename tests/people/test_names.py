"""Which words are names, and whose. All texts are invented."""

from __future__ import annotations

import pytest

from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Block, Figure, Known, Source
from vivavoce.people import cast
from vivavoce.people.lexicon import same_first


def figures(text: str) -> dict[str, Figure]:
    blocks = tuple(Block("body", a, b) for a, b in paragraphs(text, 0, len(text)))
    source = Source("press/piece.txt", "press", "txt", text=text, blocks=blocks)
    return {f.name: f for f in cast(source, [], Known()).figures}


@pytest.mark.parametrize(
    "text",
    [
        "He'd Rosa there, and she’d go. She'd sing. He’d laugh, They'd all laugh.",
        "We met at Chandler's Row, behind Garrod’s Quay, and nobody came.",
        "From the tower of St Botolph’s one saw it all.",
    ],
)
def test_contractions_streets_and_churches_are_nobody(text: str) -> None:
    assert [f.name for f in figures(text).values() if f.kind == "person"] in ([], ["Rosa"])


def test_somebody_who_shares_a_streets_name_is_somebody() -> None:
    found = figures("Tom Chandler lived at Chandler’s Row. “No,” said Chandler.")
    assert [f.name for f in found.values()] == ["Tom Chandler"]
    assert len(found["Tom Chandler"].mentions) == 2


def test_a_short_rank_is_an_alias_and_a_trade() -> None:
    one = figures("“Off you go,” said PC Rhys Alder, of the harbour police.")["Rhys Alder"]
    assert one.aliases == ("PC Rhys Alder",)
    assert [r.title for r in one.roles] == ["police constable"]


def test_of_what_somebody_is_is_no_part_of_a_name() -> None:
    text = "“It leaked,” says producer Vera Dunn of Harbour and Sons. “It did,” said Ida Marsh of Pike.\n\n"
    text += "“Sink it,” said Pike. “Never,” said the University of Hale."
    persons = [f.name for f in figures(text).values() if f.kind == "person"]
    assert persons[:2] == ["Vera Dunn", "Ida Marsh"]
    assert not any(" of " in name for name in persons)


@pytest.mark.parametrize(
    ("short", "long", "one"),
    [
        ("fergie", "fergus", True),
        ("norrie", "norman", True),
        ("tolly", "tolliver", True),
        ("marie", "martin", False),
        ("ivy", "ivan", False),
        ("dolly", "donald", False),
        ("mattie", "maurice", False),
    ],
)
def test_a_pet_name_is_its_name_and_a_name_of_its_own_is_not(short: str, long: str, one: bool) -> None:
    assert same_first(short, long) is same_first(long, short) is one
