"""Roles and other names that a person gives, and the name under which somebody is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import make
from vivavoce import desk
from vivavoce.build import everything, update
from vivavoce.decisions import Anchor, Decision, over_people, pseudonyms
from vivavoce.errors import UsageError
from vivavoce.model import Cast, Evidence, Figure, Person, Restriction, Role
from vivavoce.project import open_project

DAY, LATER = "2031-05-09T10:00:00Z", "2031-05-10T10:00:00Z"
CASTS = [Cast("a.vtt", (Figure("Petra", "Petra"), Figure("Ivo", "Ivo")))]
SANG = Role("job", title="singer", work="The Corrie", evidence=(Evidence("a.vtt", 0, 4),))
PEOPLE = [
    Person("petra-vance", "Petra Vance", roles=(SANG,), figures=(("a.vtt", "Petra"),)),
    Person("ivo", "Ivo", figures=(("a.vtt", "Ivo"),)),
]


def decide(value: dict[str, object], who: str = "Petra", at: str = DAY) -> Decision:
    return Decision(1, f"{value}{who}{at}", at, "Ada", "person", (Anchor("a.vtt", "", figure=who),), value)


def told(*rows: Decision):
    return over_people(PEOPLE, rows, lambda path: None, CASTS)


def test_a_role_and_another_name_are_added_once() -> None:
    plays = {"do": "role", "role": {"kind": "plays", "of": "Nurse Bell", "work": "The Ward"}}
    (petra, ivo), reviews = told(
        decide(plays), decide({"do": "alias", "name": " Pet  Vance "}), decide(plays, at=LATER)
    )
    assert petra.roles == (Role("plays", "Nurse Bell", "", "The Ward"), SANG)
    assert petra.aliases == ("Pet Vance",)
    assert (ivo, reviews) == (PEOPLE[1], ())


def test_a_role_that_was_found_too_keeps_its_evidence() -> None:
    found = {"do": "role", "role": {"kind": "job", "title": "Singer", "work": "the corrie"}}
    (petra, _), _ = told(decide(found))
    assert petra.roles == (Role("job", "", "Singer", "the corrie", SANG.evidence),)


def test_a_role_that_somebody_does_not_have_is_gone() -> None:
    none = {"do": "role", "not": True, "role": {"kind": "job", "title": "singer"}}
    assert told(decide(none))[0][0].roles == ()
    assert told(decide({**none, "role": {"kind": "plays"}}))[0][0].roles == (SANG,)


def test_of_nobody_there_is_a_review() -> None:
    people, reviews = told(decide({"do": "alias", "name": "Bo"}, "Hanne"))
    assert people == PEOPLE
    assert {r.decision for r in reviews} == {decide({"do": "alias", "name": "Bo"}, "Hanne").id}


def test_a_name_to_be_shown_under_is_of_one_person_and_of_two_the_later_holds() -> None:
    rows = [decide({"do": "pseudonym", "name": "Ann"}), decide({"do": "pseudonym", "name": "Eve"}, at=LATER)]
    rules, reviews = pseudonyms(PEOPLE, rows, lambda path: None, CASTS)
    assert [(r.what, r.of, r.called) for r in rules] == [("person", "petra-vance", "Eve")]
    assert [r.applied for r in reviews] == [False, True]


def test_who_asked_for_a_pseudonym_and_is_not_found_is_withheld() -> None:
    rules, reviews = pseudonyms(PEOPLE, [decide({"do": "pseudonym", "name": "Ann"}, "Hanne")], lambda path: None, CASTS)
    assert rules == (Restriction("person", "Hanne", ground="pseudonym"),)
    assert reviews


def test_from_the_desk_to_the_history(tmp_path: Path) -> None:
    project = open_project(make(tmp_path / "corrie"))
    update(project)
    desk.role(project, "Petra Vance", Role("job", title="pilot"), "Ada")
    desk.role(project, "Ivo Lasker", Role("job"), "Ada", not_=True)
    desk.alias(project, "Petra Vance", "Pet", "Ada")
    assert update(project).reviews == ()
    people = {p.name: p for p in everything(project, "2031-05-09")[0].people}
    assert people["Petra Vance"].roles[0].title == "pilot"
    assert "Pet" in people["Petra Vance"].aliases
    assert not [r for r in people["Ivo Lasker"].roles if r.kind == "job"]
    with pytest.raises(UsageError, match="of a kind"):
        desk.role(project, "Petra Vance", Role(""), "Ada")


def test_a_name_that_somebody_does_not_go_by_is_gone() -> None:
    rows = [decide({"do": "alias", "name": "Pet"}), decide({"do": "alias", "name": "pet", "not": True}, at=LATER)]
    assert told(*rows)[0][0].aliases == ()


def test_two_people_of_one_name_stay_two(tmp_path: Path) -> None:
    given = {
        "one.txt": "“We kept the lamps dry in our coats and counted the gulls,” said Wim Oort.\n",
        "two.txt": "“The fog lifted at four and the harbour answered,” said Wim Oort.\n",
    }
    project = open_project(make(tmp_path / "corrie", given))
    update(project)
    people = [p for p in everything(project, "2031-05-01")[0].people if p.name == "Wim Oort"]
    assert len(people) == 1
    desk.split(project, "Wim Oort", "two.txt", "Ada")
    update(project)
    ids = [p.id for p in everything(project, "2031-05-01")[0].people if p.name == "Wim Oort"]
    assert len(ids) == 2
    desk.two(project, *ids, "Ada")
    with pytest.raises(UsageError, match="both Wim Oort"):
        desk.two(project, ids[0], ids[0], "Ada")
