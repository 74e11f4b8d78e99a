"""What people are to the story, in words that read well beside a name. All texts are invented."""

from __future__ import annotations

import pytest

from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Block, Cast, Known, Role, Source, Turn
from vivavoce.people import cast, resolve


def roles(text: str, name: str, printed: bool = False) -> list[Role]:
    blocks = tuple(Block("body", a, b) for a, b in paragraphs(text, 0, len(text)))
    made = cast(Source("press/piece.txt", "press", "txt", text=text, blocks=blocks), [], Known())
    people = resolve([made], Known()) if printed else made.figures
    return [r for p in people if p.name == name for r in p.roles]


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("Mr Tom Brandt, the station’s manager, swept the yard.", "station manager"),
        ("Tom Brandt, the show's producer, swept the yard.", "producer"),
        ("Tom Brandt, you were manager of Radio Weir from 1979 until it closed.", "manager of Radio Weir"),
        ("Tom Brandt was radio critic of the *Weir Mercury* from 1977 to 2003.", "radio critic of the Weir Mercury"),
        ("Tom Brandt, who was the engineer at Radio Weir, swept the yard.", "engineer at Radio Weir"),
        ("Tom Brandt, mayor of Port Hale 1990–92, swept the yard.", "mayor of Port Hale"),
        ("Tom Brandt, attorney general of the islands, swept the yard.", "attorney general of the islands"),
        (
            "Tom Brandt, founder and owner of the House of Locks and Weirs, swept.",
            "founder and owner of the House of Locks and Weirs",
        ),
        ("Then Russian President Tom Brandt swept the yard.", "Russian president"),
        ("They saw Secretary of State Tom Brandt there.", "secretary of state"),
        ("Tom Brandt, an adviser to the harbour board who swept the yard, left.", "adviser to the harbour board"),
    ],
)
def test_jobs_are_cut_cleanly_from_the_text(text: str, job: str) -> None:
    assert [r.title for r in roles(text, "Tom Brandt")] == [job]
    assert all(e.start < e.end for r in roles(text, "Tom Brandt") for e in r.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Her colleague Tom Brandt swept the yard.",
        "They saw Tom Brandt, their leader, in the yard.",
        "The note was written by Tom Brandt.",
    ],
)
def test_what_tells_no_job_is_not_printed(text: str) -> None:
    assert roles(text, "Tom Brandt", printed=True) == []


def test_who_wrote_what() -> None:
    text = "All of it is in the new book titled The Long Weir: A History. It was written by the Weir’s own Tom Brandt."
    text += "\n\nCo-written with the show’s producer, Ana Silva, it sold well. “Cold Locks” was written by Carl Moe."
    assert [(r.kind, r.of) for r in roles(text, "Tom Brandt")] == [("author", "The Long Weir: A History")]
    assert ("author", "The Long Weir: A History") in [(r.kind, r.of) for r in roles(text, "Ana Silva")]
    assert [(r.kind, r.of) for r in roles(text, "Carl Moe")] == [("author", "Cold Locks")]


def test_a_party_in_brackets_and_a_name_that_somebody_is_called_are_no_parts() -> None:
    assert not [r for r in roles("Sen. Tom Brandt (R-Utah) spoke to Carl Moe.", "Tom Brandt") if r.kind == "plays"]
    assert not [r for r in roles("They referred to Tom Brandt as Carl Moe.", "Tom Brandt") if r.kind == "plays"]


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("Tom Brandt (TB), weaver, secretary of the mill board 1911-1913", ["weaver", "secretary of the mill board"]),
        ("TOM BRANDT, WEAVER\n\nTom Brandt came in.", ["weaver"]),
        ("Tom Brandt, 51, the piper who had led them, swept the yard.", ["piper"]),
        ("Tom Brandt, 51, who has been a bailiff's officer since May, swept the yard.", ["officer"]),
        ("Tom Brandt, who was a 17-year-old apprentice and is an MP, swept the yard.", ["apprentice", "MP"]),
        ("Tom Brandt, the MSP, swept the yard.", ["MSP"]),
        ("The managing director, Mr Tom Brandt, swept the yard.", ["managing director"]),
        ("Tom Brandt rang me. The mayor. I had my hat on.", ["mayor"]),
        ("The Honourable Tom Brandt swept the yard.", []),
        ("Tom Brandt, ferryman of “The Long Weir”, swept the yard.", []),
        ("Tom Brandt rang Ana Silva. The mayor. I had my hat on.", []),
    ],
)  # fmt: skip
def test_trades_in_head_lines_behind_ages_and_in_sentences_of_their_own(text: str, jobs: list[str]) -> None:
    found = [t for r in roles(text, "Tom Brandt", printed=True) if (t := r.title)]
    assert sorted(found) == sorted(jobs)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ida Marsh kept the bees. Her husband, Amos, died in May.", ["Amos"]),
        ("Ida Marsh kept the bees. His wife, Vera, died in May.", []),
        ("Ida Marsh kept the bees with Carl Moe. Her husband, Amos, died in May.", []),
        ("Ida Marsh kept the bees.\n\nHer husband, Amos, died in May.", []),
    ],
)
def test_whose_husband_and_wife_where_one_only_can_be_meant(text: str, told: list[str]) -> None:
    assert [r.of for r in roles(text, "Ida Marsh") if r.kind == "married"] == told


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("Promoter Tom Brandt, 31, swept the yard.", ["promoter"]),
        ("Shop steward Tom Brandt, 48, swept the yard.", ["shop steward"]),
        ("“It leaked,” says producer Tom Brandt. He swept the yard.", ["producer"]),
        ("As for Herr Tom Brandt, he swept the yard.", []),
        ("They asked Frau Brandt and Señor Tom Brandt about the yard.", []),
        ("Tom Brandt (TB), singer and fiddler of Salt Lane, swept the yard.", ["singer and fiddler of Salt Lane"]),
    ],
)
def test_a_trade_that_opens_a_sentence_is_no_part_of_the_name_and_a_form_of_address_is_no_trade(
    text: str, jobs: list[str]
) -> None:
    assert [(r.kind, r.title) for r in roles(text, "Tom Brandt")] == [("job", job) for job in jobs]


def test_a_public_house_is_no_person() -> None:
    made = cast(Source("a.txt", "press", "txt", text="They met at the Pilot Hotel and the Miners Arms."), [], Known())
    assert not [f for f in made.figures if f.kind == "person"]


@pytest.mark.parametrize(
    ("text", "name", "jobs"),
    [
        ("A meter reader named Tom Brandt found it in the nettles.", "Tom Brandt", ["meter reader"]),
        ("They asked a shop steward by the name of Brandt. Brandt swept the yard.", "Brandt", ["shop steward"]),
        ("They had a boat by the name of Brandt. Brandt lay in the yard.", "Brandt", []),
        ("Tom Brandt, head of Weir Radio, swept the yard.", "Tom Brandt", ["head of Weir Radio"]),
        ("Tom Brandt stood at the head of the queue.", "Tom Brandt", []),
        ("Tom Brandt, who used to drive it, keeps it dry.", "Tom Brandt", ["driver"]),
        ("Tom Brandt drove it into the weir.", "Tom Brandt", []),
        ("Tom Brandt, who used to teach there, keeps it dry.", "Tom Brandt", ["teacher"]),
        ("Tom Brandt, who played the accordion in the works band, left.", "Tom Brandt", ["accordionist"]),
        ("Tom Brandt played bass.", "Tom Brandt", ["bassist"]),
        ("Tom Brandt played the organ grinder in the farce.", "Tom Brandt", []),
        ("It was the stationmaster! Mr Brandt, with a flag.", "Mr Brandt", ["stationmaster"]),
        ("I went to see the doctor. Tom Brandt, who drove me, slept.", "Tom Brandt", []),
        ("The only thing was Tom Brandt. He was deacon, and swept the yard.", "Tom Brandt", ["deacon"]),
        ("Tom Brandt came with Carl Moe. He was a deacon.", "Tom Brandt", []),
        ("They met Tom Brandt there. She was a deacon.", "Tom Brandt", []),
    ],
)
def test_trades_told_as_people_tell_them(text: str, name: str, jobs: list[str]) -> None:
    assert [r.title for r in roles(text, name, printed=True)] == jobs


def spoken(*turns: tuple[str, str], title: str = "") -> Cast:
    """The cast of a talk in which the first of two asks."""
    text, made = "", []
    for label, words in turns:
        start = len(text)
        text += f"{label}: {words}\n"
        made.append(
            Turn(label, ((start + len(label) + 2, len(text) - 1),), start, len(text) - 1, asks=label == turns[0][0])
        )
    return cast(Source("talk.txt", "transcript", "dialogue", text=text, turns=tuple(made), title=title), [], Known())


def told(made: Cast, name: str) -> list[tuple[str, str]]:
    return [(r.kind, r.of or r.title) for p in resolve([made], Known()) if p.name == name for r in p.roles]


@pytest.mark.parametrize(
    ("asked", "answered", "want"),
    [
        ("You were the driver, for the whole of it?", "I was, until she sank.", [("job", "driver")]),
        ("Were you the driver?", "For a day.", []),
        ("You were the driver?", "No, I was on the door.", []),
        ("And then?", "I'm a meter reader, right, and I saw it.", [("job", "meter reader")]),
        ("And then?", "It was Amos. My husband! He had pulled the wrong one.", [("married", "Amos")]),
        ("And then?", "I married Amos in the spring.", [("married", "Amos")]),
        ("And then?", "I played the harp in that band.", [("job", "harpist")]),
    ],
)
def test_what_is_said_to_a_face_and_of_oneself(asked: str, answered: str, want: list[tuple[str, str]]) -> None:
    assert told(spoken(("Carl Moe", asked), ("Ida Marsh", answered)), "Ida Marsh") == want


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Ida Marsh, concert promoter", "concert promoter"),
        ("Ida Marsh, producer of Low Weir", "producer of Low Weir"),
        ("The landlady of the Anchor", "landlady of the Anchor"),
        ("The Doctor of the Marsh", ""),
        ("Ida Marsh, second session", ""),
        ("The keeper's tale", ""),
    ],
)
def test_the_title_of_a_talk_tells_what_the_one_who_answers_does(title: str, want: str) -> None:
    made = spoken(("Carl Moe", "And then?"), ("Ida Marsh", "It rained."), title=title)
    assert told(made, "Ida Marsh") == ([("job", want)] if want else [])
    assert all(r.evidence and r.evidence[0].source == "talk.txt" for f in made.figures for r in f.roles)


def test_the_title_of_a_talk_of_several_tells_nothing_of_one() -> None:
    made = spoken(
        ("Carl Moe", "And then?"),
        ("Ida Marsh", "It rained."),
        ("Vera Holt", "It did."),
        title="The landlady of the Anchor",
    )
    assert not [r for f in made.figures for r in f.roles]


def test_a_sister_whom_a_comma_shows_is_a_person() -> None:
    made = spoken(
        ("Carl Moe", "And then?"), ("Ida Marsh", "Quill, my sister, she was there. She's a quantity surveyor now.")
    )
    assert told(made, "Quill") == [("job", "quantity surveyor")]
