"""Works and their parts, found under all their spellings, with and without a catalogue."""

import pytest
from shows import LANTERN, listed, told

from vivavoce.model import Work

SPELLINGS = (
    "Season 7 Episode 22",
    "season seven, episode twenty-two",
    "S7E22",
    "S07E22",
    "7x22",
    "the 22nd episode of the seventh season",
    "the twenty-second episode of season seven",
    "episode 22 of season 7",
    "Episode 22, Season 7",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_episode_is_one_under_all_its_spellings(tmp_path, spelling):
    text = f"An episode of The Ward\n\nBy Ada Fenn\n\nFans of the drama The Ward still speak of {spelling} today.\n"
    other = "Another day\n\nBy Ada Fenn\n\nIn the drama The Ward, season 7 episode 22 is the one they keep.\n"
    found = [e for e in listed(tmp_path, text, other).works if e.kind == "episode"]
    assert [(e.title, e.number, len(e.evidence)) for e in found] == [("Season 7, episode 22", "22", 2)]


def test_series_seasons_and_episodes_stand_below_one_another(tmp_path):
    entries = listed(tmp_path, LANTERN).works
    by_id = {e.id: e for e in entries}
    chain = {e.title: by_id[e.part_of].title if e.part_of else "" for e in entries}
    assert chain["Low Tide, Maud"] == "Season 6"
    assert chain["Season 6"] == chain["Season 7"] == "Lantern Row"
    assert chain["Gate Money"] == "Season 7"
    kinds = {e.title: e.kind for e in entries}
    assert kinds["Half a Crown"] == "series"
    assert kinds["Late Post"] == "podcast"
    assert kinds["Salt and Paraffin: A Life in Soap"] == "book"


def test_every_naming_stands_in_its_source(tmp_path):
    found = told(tmp_path, LANTERN)
    for n in found.namings:
        words = LANTERN[n.start : n.end]
        assert not n.title or n.title.rstrip(",.") in words.replace("\n", " ")


def test_the_finale_of_a_season_is_the_episode_that_has_its_title(tmp_path):
    text = LANTERN + "\n\nThe finale of season seven of Lantern Row was loved. “Gate Money” was its title.\n"
    found = [e for e in listed(tmp_path, text).works if e.title == "Gate Money"]
    assert len(found) == 1
    assert len(found[0].evidence) == 3


def test_the_catalogue_of_a_project_names_numbers_and_dates_what_is_found(tmp_path):
    series = Work("Lantern Row", "series", ("the Row",), date="1999-03-04")
    episode = Work("Low Tide", "episode", ("Low Tide, Maud",), "Lantern Row", "S6E14", "2005-02-10")
    entries = {e.title: e for e in listed(tmp_path, LANTERN, works_=(series, episode)).works}
    assert entries["Low Tide"].listed
    assert entries["Low Tide"].date == "2005-02-10"
    assert entries["Low Tide"].evidence
    assert "Low Tide, Maud" not in entries


def test_a_sign_a_nickname_and_what_is_said_are_no_works(tmp_path):
    text = (
        "The town that waited\n\nBy Ada Fenn\n\nOutside hung a sign, “Keep Off The Grass”. Everybody knew "
        "him as “Big Al”. “Never Again,” said Al Moss. The season was wet. It rained for three seasons, and "
        "Moss left after two seasons."
    )
    assert listed(tmp_path, text).works == ()


def test_persons_are_no_series(tmp_path):
    text = (
        "The writer speaks\n\nBy Ada Fenn\n\nMaud Ellery wrote the show. Ellery’s seventh season was her last, said "
        "the show Maud Ellery left. “It was time,” said Ellery.\n"
    )
    assert not [e for e in listed(tmp_path, text).works if "Ellery" in e.title]


def test_events_and_places_with_a_noun_for_one_are_found(tmp_path):
    text = (
        "The strike\n\nBy Ada Fenn\n\nThe Harbour Strike began at Fenwick Station. The flood of 1953 had emptied "
        "Fenwick Station once before.\n"
    )
    assert {(e.title, e.kind) for e in listed(tmp_path, text).works} == {
        ("The Harbour Strike", "event"),
        ("Fenwick Station", "place"),
        ("The flood of 1953", "event"),
    }


def test_italics_that_come_again_are_a_title(tmp_path):
    text = "Notes\n\nBy Ada Fenn\n\nThey read *Salt Letters* aloud. Later *Salt Letters* was lost, and *never* found.\n"
    assert [(e.title, e.kind) for e in listed(tmp_path, text).works] == [("Salt Letters", "work")]


def test_an_episode_is_of_no_other_episode(tmp_path):
    text = LANTERN + "\nFans of “Gate Money” heard episode 9 in Gate Money spoken of.\n"
    found = listed(tmp_path, text).works
    assert {e.part_of for e in found if e.number == "9"} == {"lantern-row"}
