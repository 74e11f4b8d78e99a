"""Pairs of people in the review, in a real browser: by keyboard alone, on a phone, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import Served
from benchpages import opened, serious
from test_workbench_pairs import QUAY, keys

pytestmark = pytest.mark.browser


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Served]:
    yield Served(tmp_path / "quay", QUAY)


def said(page: Any, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def test_pairs_are_decided_skipped_and_undone_by_keyboard(browser: Any, quay: Served) -> None:
    page = opened(browser, quay, "/review?kind=pair")
    heading = page.locator("#question .two").inner_text
    first = heading()
    page.keyboard.press("s")
    page.wait_for_function("before => document.querySelector('#question .two').innerText !== before", arg=first)
    second = heading()
    page.keyboard.press("2")
    said(page, "are two people")
    assert quay.rows()[-1].value["do"] == "split"
    page.keyboard.press("u")
    said(page, "Undone")
    assert heading() == second and len(keys(quay)) == 3
    page.keyboard.press("Enter")
    said(page, "are one person")
    assert quay.rows()[-1].value["do"] == "merge"
    page.locator("#left", has_text="2 of 2").wait_for()  # the third is settled by the merge
    assert page.wrong == []


def test_what_other_decisions_have_settled_is_passed_over(browser: Any, quay: Served) -> None:
    page = opened(browser, quay, "/review?kind=pair")
    first = page.locator("#question .two").inner_text()
    page.keyboard.press("1")
    said(page, "are one person")
    page.wait_for_function("before => document.querySelector('#question .two').innerText !== before", arg=first)
    page.keyboard.press("2")
    page.get_by_role("heading", name="Nothing is left to look at").wait_for()
    said(page, "are two people")
    assert [r.value["do"] for r in quay.rows()] == ["merge", "split"]
    assert page.wrong == []


def test_a_pair_is_read_and_decided_without_a_script(browser: Any, quay: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(quay.address)
    page.goto(f"http://{quay.client.host}/review?kind=pair")
    assert "The tea was cold by four" in page.locator("main").inner_text()
    page.get_by_role("button", name="Two people").click()
    assert "kind=pair" in page.url and quay.rows()[0].value["do"] == "split"
    context.close()


def test_axe_finds_nothing_serious_in_a_pair_and_nothing_overflows(browser: Any, quay: Served) -> None:
    assert serious(browser, quay, ("/review?kind=pair", "/", "/alike")) == []
