"""Moments on the workbench: accounts are moved, split and joined, at once on the page and for good in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import Served, until

from vivavoce import decisions
from vivavoce.build import everything, update
from vivavoce.model import Moment

FIRE = {
    "talks/ida.txt": """Interviewer: Nadia Brandt
Narrator: Ida Farrant

Nadia Brandt: Tell me about the night the boathouse burned.

Ida Farrant: The boathouse burned on the night of the regatta. We lost six boats in the
fire, and the varnish ran down the slipway like honey.

Nadia Brandt: And the bell?

Ida Farrant: The bell was a different matter. Old Crane rang the chapel bell until the clapper broke, at the
flood, three winters before.
""",
    "talks/jonas.txt": """Interviewer: Nadia Brandt
Narrator: Jonas Pell

Nadia Brandt: You were at the boathouse when it burned?

Jonas Pell: The boathouse burned on regatta night. Nine boats were lost in the fire, I counted the
keels, and the varnish ran down the slipway.

Nadia Brandt: What do you remember of the flood?

Jonas Pell: At the flood old Crane rang the chapel bell, and the clapper broke. We heard it from the roof of the mill.
""",
    "press/herald.txt": """Boathouse lost on regatta night

By Hanne Oort

The boathouse burned down on regatta night. The varnish ran down the slipway, and boats were lost in the
fire.

“We could save the trophies and nothing else,” said Marek Osei, the steward of the boathouse, of the fire on regatta
night.
""",
}


@pytest.fixture
def regatta(tmp_path: Path) -> Iterator[Served]:
    yield Served(tmp_path / "regatta", FIRE)


def words(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def moments(served: Served) -> tuple[Moment, ...]:
    """The moments of a fresh build."""
    update(served.project)
    return everything(served.project, "2031-05-01")[0].moments


def told(served: Served, phrase: str) -> Moment:
    """The moment in which somebody says a phrase."""
    texts = {s.path: s.text for s in everything(served.project, "2031-05-01")[0].sources}
    return next(
        m for m in moments(served) for a in m.accounts if any(phrase in texts[a.source][x:y] for x, y in a.spans)
    )


def account(served: Served, moment: Moment, source: str) -> str:
    return next(a.id for a in moment.accounts if a.source == source)


def known(served: Served, moment: str, do: str) -> str:
    page = served.client.get(f"/moments/{moment}")
    found = re.search(rf'name="do" value="{do}"><input type="hidden" name="known" value="([^"]*)"', page)
    return found[1] if found else ""


def decide(served: Served, moment: str, do: str, **fields: str) -> Any:
    given = known(served, moment, "apart" if do == "move" else do)
    return served.client.post("/moment", moment=moment, do=do, known=given, **fields)


def generation(served: Served) -> str:
    return str(served.client.json("/state.json")["generation"])


def caught_up(served: Served, before: str) -> None:
    until(lambda: generation(served) != before, 90)
    until(lambda: served.client.json("/state.json")["doing"] == "ready", 90)


def sources(served: Served, moment: str) -> list[str]:
    """The sources of the accounts that a moment's page shows."""
    page = served.client.get(f"/moments/{moment}")
    accounts = page.split('class="abreast')[1].split("<aside")[0]
    return [re.search(r'href="/sources/([^?"]+)', part)[1] for part in accounts.split('<section class="account"')[1:]]


def test_the_list_is_sieved_by_who_tells_by_differences_and_by_words(regatta: Served) -> None:
    every = words(regatta.client.get("/moments?part=1"))
    fire = told(regatta, "six boats").title
    assert fire in every
    assert fire in words(regatta.client.get("/moments?part=1&differ=1"))
    assert fire not in words(regatta.client.get("/moments?part=1&told=one"))
    assert fire in words(regatta.client.get("/moments?part=1&told=several&who=ida-farrant"))
    assert "None fits" in words(regatta.client.get("/moments?part=1&decided=1"))
    assert "None fits" in words(regatta.client.get("/moments?part=1&q=zeppelin"))


def test_a_moment_shows_its_accounts_with_what_differs_lit_and_a_neutral_note(regatta: Served) -> None:
    page = regatta.client.get(f"/moments/{told(regatta, 'six boats').id}")
    assert re.search(r'<mark class="odds"[^>]*>[^<]*six boats', page) or re.search(r'class="odds"[^>]*>[^<]*six', page)
    assert re.search(r"Told differently: number of boats .*(six|6).*(nine|9)", words(page))
    assert "Tell me about the night the boathouse burned." in words(page)


def test_a_title_and_a_note_show_at_once_and_hold(regatta: Served) -> None:
    fire, before = told(regatta, "six boats").id, generation(regatta)
    assert decide(regatta, fire, "title", title="The boathouse fire")["saved"]
    decide(regatta, fire, "note", note="The club's book has seven.")
    page = words(regatta.client.get(f"/moments/{fire}"))
    assert "The boathouse fire" in page and "The club's book has seven." in page and "Being brought up to date" in page
    caught_up(regatta, before)
    assert (told(regatta, "six boats").title, told(regatta, "six boats").note) == (
        "The boathouse fire",
        "The club's book has seven.",
    )
    assert "The boathouse fire" in words(regatta.client.get("/moments?part=1&decided=1"))


def test_an_account_goes_to_a_moment_of_its_own_and_the_others_stay(regatta: Served) -> None:
    fire, before = told(regatta, "six boats"), generation(regatta)
    assert {"talks/ida.txt", "talks/jonas.txt"} <= {a.source for a in fire.accounts}
    jonas = account(regatta, fire, "talks/jonas.txt")
    left = decide(regatta, fire.id, "apart", **{f"a.{jonas}": "on"})["to"].rsplit("/")[-1]
    assert "talks/jonas.txt" not in sources(regatta, left) and "talks/ida.txt" in sources(regatta, left)
    caught_up(regatta, before)
    assert told(regatta, "Nine boats").id != told(regatta, "six boats").id
    assert "talks/jonas.txt" not in sources(regatta, left)


def test_an_account_goes_to_another_moment_and_back_again(regatta: Served) -> None:
    fire, flood, before = told(regatta, "six boats"), told(regatta, "from the roof"), generation(regatta)
    assert fire.id != flood.id
    jonas = account(regatta, fire, "talks/jonas.txt")
    decide(regatta, fire.id, "move", to=flood.id, **{f"a.{jonas}": "on"})
    assert sources(regatta, flood.id).count("talks/jonas.txt") == 2 or "talks/jonas.txt" not in sources(
        regatta, fire.id
    )
    caught_up(regatta, before)
    assert told(regatta, "Nine boats").id == told(regatta, "from the roof").id
    assert told(regatta, "six boats").id != told(regatta, "Nine boats").id


def test_two_moments_are_joined_and_taken_apart_by_an_undo(regatta: Served) -> None:
    fire, flood, before = told(regatta, "six boats"), told(regatta, "from the roof"), generation(regatta)
    saved = decide(regatta, fire.id, "join", to=flood.id)
    there = saved["to"].rsplit("/")[-1]
    assert len(sources(regatta, there)) >= len(fire.accounts)
    regatta.client.post("/undo", decision=saved["saved"])
    assert len(sources(regatta, fire.id)) == len(fire.accounts)
    assert regatta.client.ask("GET", f"/moments/{flood.id}").status == 200
    regatta.client.post("/undo", decision=regatta.rows()[-1].id)
    caught_up(regatta, before)
    assert told(regatta, "from the roof").id == told(regatta, "six boats").id


def test_relations_are_accepted_rejected_and_added(regatta: Served) -> None:
    fire, before = told(regatta, "six boats"), generation(regatta)
    page = regatta.client.get(f"/moments/{fire.id}")
    key = unescape(re.search(r'name="relation" value="([^"]+number of boats)"', page)[1])
    decide(regatta, fire.id, "accept", relation=key)
    assert "decided" in words(regatta.client.get(f"/moments/{fire.id}"))
    decide(regatta, fire.id, "reject", relation=key)
    assert "number of boats" not in words(regatta.client.get(f"/moments/{fire.id}")).split("Decided")[0]
    decide(
        regatta, fire.id, "relate", kind="dispute", about="the varnish",
        one="ran down the slipway like honey", other="I counted the keels",
    )  # fmt: skip
    assert "Seen differently: the varnish" in words(regatta.client.get(f"/moments/{fire.id}"))
    caught_up(regatta, before)
    about = [(r.type, r.about) for r in told(regatta, "six boats").relations]
    assert ("dispute", "the varnish") in about and ("differ", "number of boats") not in about


def test_a_second_window_is_shown_what_the_first_arranged(regatta: Served) -> None:
    fire = told(regatta, "six boats")
    decide(regatta, fire.id, "title", title="The boathouse fire")
    told_ = regatta.client.post("/moment", moment=fire.id, do="title", known="", title="The fire")
    assert "Ada has decided this already" in told_["wrong"] and "The boathouse fire" in told_["wrong"]
    assert len(regatta.rows()) == 1
    decide(regatta, fire.id, "title", title="The fire")
    standing = decisions.standing(decisions.read(regatta.project.journal))
    assert [d.value["title"] for d in standing] == ["The fire"]


def test_moments_are_offered_by_what_is_typed_those_near_first(regatta: Served) -> None:
    fire, flood = told(regatta, "six boats"), told(regatta, "from the roof")
    offered = regatta.client.json(f"/moments.json?not={fire.id}&q=")["offered"]
    assert fire.id not in [o["value"] for o in offered]
    near = re.findall(r'<li data-drop="([^"]+)"', regatta.client.get(f"/moments/{fire.id}/near"))
    assert [o["value"] for o in offered][: len(near)] == near and fire.id not in near
    assert flood.id in [o["value"] for o in offered]


def test_wrong_forms_keep_nothing_and_say_what_is_wrong(regatta: Served) -> None:
    fire = told(regatta, "six boats").id
    for fields in (
        {"do": "apart"},
        {"do": "move", "to": "nowhere"},
        {"do": "join", "to": ""},
        {"do": "join", "to": fire},
        {"do": "title", "title": " "},
        {"do": "reject", "relation": "x"},
        {"do": "relate", "about": "x"},
        {"do": "sing"},
    ):
        assert decide(regatta, fire, **fields)["wrong"].endswith((".", "?")), fields
    assert regatta.client.post("/moment", moment="none", do="title", title="X")["wrong"]
    assert regatta.rows() == ()


def test_of_what_is_withheld_nothing_is_shown_and_nothing_decided(regatta: Served) -> None:
    fire, before = told(regatta, "six boats"), generation(regatta)
    jonas = account(regatta, fire, "talks/jonas.txt")
    regatta.client.post("/person", person="jonas-pell", do="withhold", known="")
    page = regatta.client.get(f"/moments/{fire.id}")
    assert "Jonas Pell" not in page and "counted the keels" not in page
    caught_up(regatta, before)
    assert "counted the keels" not in regatta.client.get(f"/moments/{fire.id}")
    assert decide(regatta, fire.id, "apart", **{f"a.{jonas}": "on"})["wrong"]


def test_a_date_puts_a_moment_into_its_place_at_once_and_for_good(regatta: Served) -> None:
    fire, flood, before = told(regatta, "six boats"), told(regatta, "from the roof"), generation(regatta)

    def order() -> list[str]:
        return re.findall(r'href="/moments/([0-9a-f]+)"', regatta.client.get("/moments?part=1"))

    decide(regatta, fire.id, "when", when="1971-08")
    decide(regatta, flood.id, "when", when="1968")
    assert order()[:2] == [flood.id, fire.id]
    assert "August 1971" in words(regatta.client.get(f"/moments/{fire.id}"))
    assert "is no date" in decide(regatta, fire.id, "when", when="soon")["wrong"]
    assert "no 1971-13" in decide(regatta, fire.id, "when", when="1971-13")["wrong"]
    caught_up(regatta, before)
    now = {m.id: m for m in moments(regatta)}
    assert (now[flood.id].when.order, now[fire.id].when.order) == (0, 1)
    assert now[fire.id].when.happened.precision == "month"
    decide(regatta, fire.id, "when", when="")
    assert "August 1971" not in words(regatta.client.get(f"/moments/{fire.id}"))
