"""The book in a real browser: a gap is filled by typing, and what is chosen stands where it is read."""

from __future__ import annotations

from typing import Any

import pytest
from bench_at_work import Served
from benchpages import opened

pytestmark = pytest.mark.browser


def test_a_gap_is_opened_and_typed_into_at_once(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/book")
    page.get_by_role("button", name="Draft a book").click()
    page.locator(".row.gap").first.wait_for()
    page.locator(".row.gap summary").first.click()
    page.keyboard.type("Now nobody knew why the lamps went out.")
    page.keyboard.press("Control+Enter")
    page.locator("#said", has_text="Written").wait_for()
    assert page.locator(".row.narration").first.inner_text().startswith("Now nobody knew why the lamps went out.")
    assert page.wrong == []


def test_no_letter_is_lost_between_a_click_on_a_gap_and_its_opening(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/book")
    page.get_by_role("button", name="Draft a book").click()
    page.locator(".row.gap").first.wait_for()
    gap = page.locator(".row.gap summary").first
    assert gap.evaluate("gap => { gap.click(); return document.activeElement.name }") == "text"


def test_the_choices_of_what_is_written_stand_close_to_their_words(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/book")
    page.get_by_role("button", name="Draft a book").click()
    page.locator(".new summary").click()
    radios = page.locator(".kinds-of input")
    assert all(radios.nth(n).bounding_box()["width"] < 30 for n in range(radios.count()))
