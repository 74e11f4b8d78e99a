"""Pairs of people who may be one stand among the questions of the review, and are asked once."""

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

QUAY = {
    **files(),
    "press/bill.txt": "The purser\n\n“The tea was cold by four,” said Catherine Boyle, the baker. Boyle kept books.\n",
    "press/tarn.txt": "The tea\n\n“I threw it over the rail,” said Cathryn Boil, the cook of the Corrie.\n",
    "press/kath.txt": "The rail\n\n“Nobody drank it but me,” said Kathryn Boyle, who sold ropes.\n",
}


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Served]:
    yield Served(tmp_path / "quay", QUAY)


def words(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def keys(served: Served) -> list[str]:
    return list(served.client.json("/questions.json?kind=pair")["keys"])


def key_of(served: Served, *names: str) -> str:
    """The question of two people."""
    return next(k for k in keys(served) if all(f">{n}</a>" in served.client.get(f"/review/{k}?part=1") for n in names))


def known(served: Served, key: str) -> str:
    return re.search(r'name="known" value="([^"]*)"', served.client.get(f"/review/{key}"))[1]


def answer(served: Served, key: str, do: str) -> Any:
    return served.client.post("/answer", item=key, do=do, known=known(served, key))


def followed(served: Served, before: str) -> None:
    until(lambda: served.client.json("/state.json")["generation"] != before, 90)
    until(lambda: served.client.json("/state.json")["doing"] == "ready", 90)


def generation(served: Served) -> str:
    return str(served.client.json("/state.json")["generation"])


def test_a_pair_is_asked_with_both_names_what_speaks_for_each_and_an_excerpt(quay: Served) -> None:
    page = quay.client.get(f"/review/{key_of(quay, 'Catherine Boyle', 'Cathryn Boil')}")
    assert "the names sound alike" in words(page) and "For two" in words(page)
    for name, beside in (("Catherine Boyle", "The tea was cold by four"), ("Cathryn Boil", "I threw it over the rail")):
        assert re.search(rf'<mark class="lit"[^>]*>{name}</mark>', page) and beside in words(page)


def test_all_that_the_people_page_calls_alike_is_asked_and_counted_among_the_rest(quay: Served) -> None:
    listed = re.findall(r'class="pair[ "]', quay.client.get("/alike"))
    told = quay.client.json("/questions.json")
    assert len(listed) == len(keys(quay)) == 3
    assert set(keys(quay)) < set(told["keys"])
    assert re.search(r"Pairs names that may be one person’s 3", words(quay.client.get("/")))


def test_one_person_is_a_merge_that_holds_in_the_archive_and_counts_as_done(quay: Served) -> None:
    key, before = key_of(quay, "Catherine Boyle", "Cathryn Boil"), generation(quay)
    told = answer(quay, key, "one")
    (row,) = quay.rows()
    assert (told["saved"], row.type, row.value["do"]) == (row.id, "person", "merge")
    assert key not in keys(quay) and quay.client.json("/questions.json?kind=pair")["done"] == 1
    followed(quay, before)
    assert key not in keys(quay)
    update(quay.project)
    homes = {
        p.id
        for p in everything(quay.project, "2031-05-01")[0].people
        for s, _ in p.figures
        if s in ("press/bill.txt", "press/tarn.txt") and p.kind == "person"
    }
    assert len(homes) == 1


def test_two_people_is_never_asked_again_neither_at_once_nor_after_the_archive_has_followed(quay: Served) -> None:
    key, before = key_of(quay, "Catherine Boyle", "Cathryn Boil"), generation(quay)
    told = answer(quay, key, "two")
    assert quay.rows()[0].value["do"] == "split" and key not in keys(quay)
    followed(quay, before)
    assert key not in keys(quay)
    assert "Decided by Ada" in words(quay.client.get(f"/review/{key}"))
    quay.client.post("/undo", decision=told["saved"])
    assert key in keys(quay) and quay.client.json("/questions.json?kind=pair")["done"] == 0


def test_of_three_of_whom_two_are_one_the_third_is_asked_once(quay: Served) -> None:
    answer(quay, key_of(quay, "Catherine Boyle", "Cathryn Boil"), "one")
    left = keys(quay)
    assert len(left) == 1
    answer(quay, left[0], "two")
    assert keys(quay) == []
    assert "No two look like one person" in words(quay.client.get("/alike"))


def test_what_was_decided_on_the_people_page_is_not_asked_in_the_review(quay: Served) -> None:
    page = quay.client.get("/alike?part=1")
    one, other = re.search(
        r'name="one" value="([^"]+)"><input type="hidden" name="other" value="([^"]+)"', page
    ).groups()
    before = keys(quay)
    quay.client.post("/pair", one=one, other=other, do="two", known="")
    told = quay.client.json("/questions.json?kind=pair")
    assert len(told["keys"]) == len(before) - 1 and told["done"] == 1


def test_the_later_of_two_windows_is_shown_the_earlier_and_may_decide_otherwise(quay: Served) -> None:
    key = key_of(quay, "Catherine Boyle", "Cathryn Boil")
    first = quay.client.post("/answer", item=key, do="one", known="")
    told = quay.client.post("/answer", item=key, do="two", known="")
    assert told["wrong"].startswith("Ada") and [r.id for r in quay.rows()] == [first["saved"]]
    second = answer(quay, key, "two")
    assert [e.id for e in desk.log(quay.project) if e.stands] == [second["saved"]]


def test_an_answer_that_is_none_keeps_nothing(quay: Served) -> None:
    key = keys(quay)[0]
    assert quay.client.post("/answer", item=key, do="name", name="Wim", known="")["wrong"]
    assert quay.client.post("/answer", item=key, do="span", spans="0-4", known="")["wrong"]
    assert quay.rows() == ()


def test_who_is_withheld_since_is_asked_of_no_more(quay: Served) -> None:
    key = key_of(quay, "Catherine Boyle", "Cathryn Boil")
    page = quay.client.get("/people")
    who = next(
        a for a, n in re.findall(r'href="/people/([^"]+)"><span class="name">([^<]+)<', page) if n == "Cathryn Boil"
    )
    quay.client.post("/person", person=who, do="withhold", known="", ground="her request")
    assert key not in keys(quay)
    assert quay.client.ask("GET", f"/review/{key}").status == 404
    assert "Cathryn" not in quay.client.get("/")
