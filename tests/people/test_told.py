"""What people do, play and are to each other, told in longer ways and in talk. All texts are invented."""

from __future__ import annotations

import pytest

from vivavoce import people
from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Block, Known, Person, Source, Turn, Work
from vivavoce.people import cast, resolve


def read(text: str) -> list[Person]:
    """The people of a printed piece."""
    blocks = tuple(Block("body", a, b) for a, b in paragraphs(text, 0, len(text)))
    return resolve([cast(Source("press/piece.txt", "press", "txt", text=text, blocks=blocks), [], Known())], Known())


def heard(*said: tuple[str, str], asks: tuple[str, ...] = ("Asker Hale",), known: Known | None = None) -> list[Person]:
    """The people of an interview."""
    text, turns = "", []
    for label, words in said:
        start = len(text)
        text += f"{label}: {words}\n"
        turns.append(Turn(label, ((start + len(label) + 2, len(text) - 1),), start, len(text) - 1, asks=label in asks))
    source = Source("talk.txt", "transcript", "dialogue", text=text, turns=tuple(turns))
    return resolve([people.cast(source, [], known or Known())], known or Known())


def told(found: list[Person], name: str) -> list[tuple[str, str, str]]:
    """Kind, what, and when of each role of somebody."""
    return [(r.kind, r.of or r.title, r.when) for p in found if p.name == name for r in p.roles]


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        (
            "Rosa Quill, then a weaver at the mill, now a magistrate, kept the banner.",
            "Rosa Quill",
            [("job", "weaver at the mill", "then"), ("job", "magistrate", "now")],
        ),
        (
            "“Nobody went in,” said Rosa Quill, a weaver and the shop steward for the night shift.",
            "Rosa Quill",
            [("job", "weaver", ""), ("job", "shop steward for the night shift", "")],
        ),
        (
            "Ned Farrow, who retired as harbour master in May, saw it.",
            "Ned Farrow",
            [("job", "harbour master", "then")],
        ),
        (
            "Ned Farrow, who sold tickets on the ferry and is now its purser, saw it.",
            "Ned Farrow",
            [],
        ),
        (
            "Ned Farrow, who sold tickets on the ferry and is now a coxswain, saw it.",
            "Ned Farrow",
            [("job", "coxswain", "now")],
        ),
        ("The photographs are by Ned Farrow (stoker).", "Ned Farrow", [("job", "stoker", "")]),
        ("On the stage with them was Ned Farrow (lighting).", "Ned Farrow", [("job", "lighting", "")]),
        ("The letter of Ned Farrow, M.P., was read out.", "Ned Farrow", [("job", "member of parliament", "")]),
        ("It was Ned Farrow, who composed the hymn, that wept.", "Ned Farrow", [("job", "composer", "")]),
        ("A school nurse in Port Quay, Rosa Quill, wept.", "Rosa Quill", [("job", "school nurse", "")]),
        ("They asked the former choirmaster Ned Farrow about it.", "Ned Farrow", [("job", "choirmaster", "then")]),
        ("They asked props master Ned Farrow about it.", "Ned Farrow", [("job", "props master", "")]),
        ("Rosa Quill, who married Ned Farrow in June, left.", "Rosa Quill", [("married", "Ned Farrow", "")]),
        ("Rosa Quill, the daughter of Ned Farrow, left.", "Rosa Quill", [("daughter of", "Ned Farrow", "")]),
        ("Rosa Quill, who was Nurse Abel in the serial, left.", "Rosa Quill", [("plays", "Abel", "")]),
        ("Rosa Quill, the woman behind Mother Abel, left.", "Rosa Quill", [("plays", "Abel", "")]),
        (
            "Rosa Quill, the veteran actor who plays lock keeper Tam Abel, left.",
            "Rosa Quill",
            [("plays", "Tam Abel", ""), ("job", "actor", "")],
        ),
        (
            "Rosa Quill was ill then. In 1991 they cast her as Tam Abel, at last.",
            "Rosa Quill",
            [("plays", "Tam Abel", "")],
        ),
    ],
)
def test_roles_in_longer_ways_of_telling(text: str, name: str, roles: list[tuple[str, str, str]]) -> None:
    assert told(read(text), name) == roles


@pytest.mark.parametrize(
    "text",
    [
        "Ned Farrow, a nurse, and a docker called Abe were hurt.",
        "Ned Farrow wrote to the paper about the show.",
        "Ned Farrow, who was in the choir and is tired, left.",
        "Ned Farrow (left) and Rosa Quill watched.",
        "Director Ned, as they called him, watched.",
    ],
)
def test_what_tells_no_second_role(text: str) -> None:
    assert [r for r in told(read(text), "Ned Farrow") if r != ("job", "nurse", "")] == []


@pytest.mark.parametrize(
    ("answer", "roles"),
    [
        (
            "I was a deck hand on the old ferry, and I was the only cook.",
            [("job", "deck hand", "then"), ("job", "cook", "then")],
        ),
        ("I've been a supply teacher for nine years.", [("job", "supply teacher", "now")]),
        (
            "I'm a beekeeper now. I worked as a welder for years.",
            [("job", "beekeeper", "now"), ("job", "welder", "then")],
        ),
        ("I played Captain Abel, badly.", [("plays", "Abel", "")]),
        ("I got married to Ned Farrow, on the slipway.", [("married", "Ned Farrow", "")]),
        ("My husband, Ned Farrow, held the rope.", [("married", "Ned Farrow", "")]),
        ("I directed three plays in that hall.", [("job", "director", "")]),
        ("If I was a captain, I'd have turned round. I thought I was a singer.", []),
        ("I was a terrible cook. I was never a docker.", []),
        ("I was a docker's daughter. I was a nurse, was I?", []),
        ("He said I was the boss. I was a child then.", []),
    ],
)
def test_what_somebody_tells_of_themselves(answer: str, roles: list[tuple[str, str, str]]) -> None:
    found = heard(("Asker Hale", "Tell me."), ("Rosa Quill", answer))
    assert sorted(told(found, "Rosa Quill")) == sorted(roles)


def test_who_is_asked_is_told_to_their_face() -> None:
    known = Known(works=(Work("Slack Tide"),))
    found = heard(
        ("Asker Hale", "You were shop steward at the mill. You created Slack Tide, too."),
        ("Rosa Quill", "I did."),
        ("Asker Hale", "You were a docker."),
        ("Rosa Quill", "No, never."),
        ("Asker Hale", "Were you a singer? You were a singer?"),
        ("Rosa Quill", "We all sang."),
        known=known,
    )
    assert told(found, "Rosa Quill") == [("job", "shop steward at the mill", "then"), ("job", "creator", "")]
    assert told(found, "Asker Hale") == []


def test_of_two_who_answer_the_one_who_is_called_by_name_is_meant() -> None:
    found = heard(
        ("Asker Hale", "Ned, you were the purser, and Rosa, you were the cook."),
        ("Ned Farrow", "I was the purser."),
        ("Rosa Quill", "And they ate it."),
    )
    assert told(found, "Ned Farrow") == [("job", "purser", "then")]
    assert told(found, "Rosa Quill") == [("job", "cook", "then")]
