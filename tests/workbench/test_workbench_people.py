"""People on the workbench: what is decided of them shows at once, is on the disk, and holds in what is built next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import Served, until

from projects import files
from vivavoce import desk
from vivavoce.build import everything, update
from vivavoce.model import Person

CREW = {
    **files(),
    "press/wim.txt": "The watch\n\n“We kept the lamps dry in our coats,” said Wim Oort, the captain of the Corrie.\n",
    "press/bill.txt": "The purser\n\n“The tea was cold by four,” said Catherine Boyle, the baker. Boyle kept books.\n",
    "press/tarn.txt": "The tea\n\n“I threw it over the rail,” said Cathryn Boil, the cook of the Corrie.\n",
    "talks/bell.vtt": "WEBVTT\n\n00:01.000 --> 00:05.000\n<v SPEAKER_00>Who rang the bell that night?\n\n"
    "00:05.500 --> 00:12.000\n<v SPEAKER_01>I rang it myself, until the rope came off in my hands.\n",
}


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Served]:
    yield Served(tmp_path / "crew", CREW)


def words(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def person(served: Served, name: str) -> str:
    """The address of whoever has a name in the list."""
    page = served.client.get("/people")
    return next(a for a, n in re.findall(r'href="/people/([^"]+)"><span class="name">([^<]+)<', page) if n == name)


def known(served: Served, who: str, do: str) -> str:
    page = served.client.get(f"/people/{who}")
    found = re.search(rf'name="do" value="{do}"><input type="hidden" name="known" value="([^"]*)"', page)
    return found[1] if found else ""


def decide(served: Served, who: str, do: str, **fields: str) -> Any:
    return served.client.post("/person", person=who, do=do, known=known(served, who, do), **fields)


def caught_up(served: Served, before: str) -> None:
    until(lambda: served.client.json("/state.json")["generation"] != before, 90)
    until(lambda: served.client.json("/state.json")["doing"] == "ready", 90)


def generation(served: Served) -> str:
    return str(served.client.json("/state.json")["generation"])


def built(served: Served) -> dict[str, Person]:
    """The people of a fresh build, by name."""
    update(served.project)
    return {p.name: p for p in everything(served.project, "2031-05-01")[0].people}


def test_the_list_finds_by_name_other_name_role_and_source_and_counts(crew: Served) -> None:
    every = words(crew.client.get("/people?part=1"))
    assert "Wim Oort" in every and "Petra Vance" in every
    for asked, there, away in (
        ("oort", "Wim Oort", "Petra Vance"),
        ("captain", "Wim Oort", "Ivo Lasker"),
        ("petra.srt", "Petra Vance", "Wim Oort"),
    ):
        found = words(crew.client.get(f"/people?part=1&q={asked}"))
        assert there in found and away not in found, asked
    assert re.search(r"Petra Vance.*?3 quotations · 3 sources|Petra Vance.*?quotations", every)


def test_labels_without_a_name_are_told_and_can_be_listed_alone(crew: Served) -> None:
    found = words(crew.client.get("/people?show=unnamed&part=1"))
    assert "SPEAKER_01" in found and "no name yet" in found and "Wim Oort" not in found


def test_a_persons_page_tells_where_they_are_and_why_it_is_them(crew: Served) -> None:
    page = crew.client.get(f"/people/{person(crew, 'Catherine Boyle')}")
    assert re.search(r'<mark class="lit"[^>]*>Catherine Boyle</mark>', page)
    assert "the same name" in page and "The tea was cold by four" in page
    assert "baker" in words(page)


def test_a_new_name_shows_at_once_and_holds_after_the_build_under_its_new_address(crew: Served) -> None:
    who, before = person(crew, "Wim Oort"), generation(crew)
    told = decide(crew, who, "name", name="Willem Oort")
    (row,) = crew.rows()
    assert (told["saved"], row.value, row.by) == (row.id, {"do": "name", "name": "Willem Oort"}, "Ada")
    page = words(crew.client.get(f"/people/{who}"))
    assert page.count("Willem Oort") >= 2 and "Being brought up to date" in page
    assert "Willem Oort" in words(crew.client.get("/people?part=1"))
    caught_up(crew, before)
    assert "Willem Oort" in built(crew)
    moved = crew.client.ask("GET", f"/people/{who}")
    assert (moved.status, moved.getheader("location")) == (303, "/people/willem-oort?")
    assert "Being brought up to date" not in crew.client.get("/people/willem-oort")


def test_a_second_window_is_shown_the_first_ones_name_and_changes_nothing(crew: Served) -> None:
    who = person(crew, "Wim Oort")
    first = crew.client.post("/person", person=who, do="name", known="", name="Willem Oort")
    told = crew.client.post("/person", person=who, do="name", known="", name="Wilhelm Oort")
    assert "Ada has decided this already" in told["wrong"] and "Willem Oort" in told["wrong"]
    assert [r.id for r in crew.rows()] == [first["saved"]]
    decide(crew, who, "name", name="Wilhelm Oort")
    assert [e.says for e in desk.log(crew.project) if e.stands][-1] == "Wim Oort is called Wilhelm Oort"
    assert sum(e.stands for e in desk.log(crew.project)) == 1


def test_other_names_and_roles_are_given_and_taken_away(crew: Served) -> None:
    who, before = person(crew, "Wim Oort"), generation(crew)
    decide(crew, who, "alias", name="The Mate")
    decide(crew, who, "role", kind="job", title="lamplighter", when="then")
    decide(crew, who, "unrole", kind="job", title="captain of the Corrie")
    page = words(crew.client.get(f"/people/{who}"))
    assert "The Mate" in page and "lamplighter then" in page and "captain of the Corrie ×" not in page
    decide(crew, who, "unalias", name="The Mate")
    assert 'aria-label="Not called The Mate"' not in crew.client.get(f"/people/{who}")
    caught_up(crew, before)
    now = built(crew)["Wim Oort"]
    assert "The Mate" not in now.aliases
    assert [(r.title, r.when) for r in now.roles if r.title == "lamplighter"] == [("lamplighter", "then")]


def test_two_are_merged_and_split_again_by_source(crew: Served) -> None:
    who, other, before = person(crew, "Catherine Boyle"), person(crew, "Cathryn Boil"), generation(crew)
    told = decide(crew, who, "merge", **{"with": other})
    assert told["to"] == f"/people/{who}"
    assert "The tea" in words(crew.client.get(f"/people/{who}"))
    assert "Cathryn Boil" not in re.findall(r'class="name">([^<]+)<', crew.client.get("/people?part=1"))
    assert crew.client.ask("GET", f"/people/{other}").status == 303
    caught_up(crew, before)
    before = generation(crew)
    decide(crew, who, "split", **{"s.press/tarn.txt": "on"})
    assert crew.rows()[-1].value["of"] == 1
    names = re.findall(r'class="name">([^<]+)<', crew.client.get("/people?part=1"))
    assert names.count("Catherine Boyle") == 2
    caught_up(crew, before)
    found = everything(crew.project, "2031-05-01")[0].people
    homes = [p.id for p in found for s, _ in p.figures if s in ("press/tarn.txt", "press/bill.txt")]
    assert len(set(homes)) == 2


def test_pairs_that_may_be_one_are_proposed_until_it_is_decided(crew: Served) -> None:
    page = crew.client.get("/alike?part=1")
    assert "the names sound alike" in words(page)
    one, other = re.search(
        r'name="one" value="([^"]+)"><input type="hidden" name="other" value="([^"]+)"', page
    ).groups()
    told = crew.client.post("/pair", one=one, other=other, do="two", known="")
    assert told["saved"] and "the names sound alike" not in words(crew.client.get("/alike?part=1"))
    before = generation(crew)
    caught_up(crew, before)
    assert "the names sound alike" not in words(crew.client.get("/alike?part=1"))
    crew.client.post("/undo", decision=told["saved"])
    assert "the names sound alike" in words(crew.client.get("/alike?part=1"))


def test_a_label_gets_its_name_at_once(crew: Served) -> None:
    who, before = person(crew, "SPEAKER_01"), generation(crew)
    decide(crew, who, "name", name="Wim Oort")
    assert crew.rows()[0].type == "speaker"
    assert "SPEAKER_01" not in re.findall(r'class="name">([^<]+)<', crew.client.get("/people?part=1"))
    caught_up(crew, before)
    assert any(s == "talks/bell.vtt" for s, _ in built(crew)["Wim Oort"].figures)


def test_who_is_withheld_from_the_workbench_is_gone_from_its_pages_at_once(crew: Served) -> None:
    who, before = person(crew, "Petra Vance"), generation(crew)
    told = decide(crew, who, "withhold", ground="her request")
    assert told["to"] == "/people"
    for path in ("/people", "/people.json?q=", "/alike", "/moments", "/moments.json?q="):
        assert "Petra Vance" not in crew.client.get(path), path
    assert crew.client.ask("GET", f"/people/{who}").status == 404
    caught_up(crew, before)
    assert "Petra Vance" not in crew.client.get("/people") + crew.client.get("/moments")


def test_who_is_withheld_elsewhere_is_told_with_the_ground(crew: Served) -> None:
    who, before = person(crew, "Petra Vance"), generation(crew)
    decide(crew, who, "withhold", until="2039-01-01", ground="release form", **{"c.site": "on"})
    caught_up(crew, before)
    assert "Withheld from site until 2039-01-01 (release form)" in words(crew.client.get(f"/people/{who}"))
    assert "is no day" in decide(crew, who, "withhold", until="soon")["wrong"]


def test_who_is_shown_under_another_name_is_decided_on_without_telling_their_own(crew: Served) -> None:
    who, before = person(crew, "Wim Oort"), generation(crew)
    decide(crew, who, "pseudonym", name="The Watchman")
    assert "Oort" not in words(crew.client.get(f"/people/{who}"))
    caught_up(crew, before)
    before, shown = generation(crew), person(crew, "The Watchman")
    told = decide(crew, shown, "role", kind="job", title="lamplighter")
    assert told["saved"] and "Oort" not in str(told)
    caught_up(crew, before)
    assert "lamplighter" in words(crew.client.get(f"/people/{shown}"))
    for path in ("/people", f"/people/{shown}", "/people.json?q=", "/alike"):
        assert "Wim Oort" not in crew.client.get(path), path


def test_wrong_forms_are_told_in_a_sentence_and_keep_nothing(crew: Served) -> None:
    who = person(crew, "Wim Oort")
    for fields in (
        {"do": "name", "name": " "},
        {"do": "merge", "with": "Nobody At All"},
        {"do": "merge", "with": who},
        {"do": "split"},
        {"do": "split", "s.nowhere.txt": "on"},
        {"do": "role", "kind": "job"},
        {"do": "sing"},
    ):
        told = crew.client.post("/person", person=who, known="", **fields)
        assert told["wrong"].endswith((".", "?")), fields
    assert crew.client.post("/person", person="nobody", do="name", name="X", known="")["wrong"]
    assert crew.rows() == ()


def test_a_form_works_without_a_script_and_says_how_to_undo(crew: Served) -> None:
    who = person(crew, "Wim Oort")
    body = f"token={crew.client.token}&person={who}&do=alias&known=&name=The+Mate".encode()
    answer = crew.client.ask("POST", "/person", body, Origin=f"http://{crew.client.host}")
    assert answer.status == 303
    page = crew.client.get(answer.getheader("location"))
    assert "Saved: is called The Mate too" in words(page) and f'value="{crew.rows()[0].id}"' in page
