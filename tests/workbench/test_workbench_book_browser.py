"""The book in a real browser: a gap is filled by typing, and what is chosen stands where it is read."""

from __future__ import annotations

from typing import Any

import pytest
from bench_at_work import Served
from benchpages import opened

pytestmark = pytest.mark.browser


def drafted(browser: Any, served: Served) -> Any:
    """The book's page with a first draft on it, and its script at work."""
    page = opened(browser, served, "/book")
    page.get_by_role("button", name="Draft a book").click()
    page.locator(".row.gap").first.wait_for()
    page.wait_for_load_state("load")
    return page


def waiting(page: Any) -> list[Any]:
    """The page is loaded anew, and its script is held back: the request that waits is in the list."""
    held: list[Any] = []
    page.route("**/static/book.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    while not held:
        page.wait_for_timeout(20)
    return held


def test_a_gap_is_opened_and_typed_into_at_once(browser: Any, served: Served) -> None:
    page = drafted(browser, served)
    page.locator(".row.gap summary").first.click()
    page.keyboard.type("Now nobody knew why the lamps went out.")
    page.keyboard.press("Control+Enter")
    page.locator("#said", has_text="Written").wait_for()
    assert page.locator(".row.narration").first.inner_text().startswith("Now nobody knew why the lamps went out.")
    assert page.wrong == []


def test_no_letter_is_lost_between_a_click_on_a_gap_and_its_opening(browser: Any, served: Served) -> None:
    gap = drafted(browser, served).locator(".row.gap summary").first
    assert gap.evaluate("gap => { gap.click(); return document.activeElement.name }") == "text"


def test_a_gap_opened_before_the_script_is_there_is_typed_into_when_it_comes(browser: Any, served: Served) -> None:
    page = drafted(browser, served)
    held = waiting(page)
    page.locator(".row.gap summary").first.click()
    page.locator(".row.gap [name=text]").first.wait_for()
    held.pop().continue_()
    page.locator(".row.gap [name=text]:focus").wait_for()


def test_a_page_that_names_a_piece_leaves_the_writer_where_they_write(browser: Any, served: Served) -> None:
    page = drafted(browser, served)
    held = waiting(page)
    page.locator(".new summary").click()
    page.locator(".new [name=text]").fill("The yard")
    assert page.url.endswith("#p-0")
    held.pop().continue_()
    page.wait_for_load_state("load")
    assert page.locator(".new [name=text]:focus").count() == 1


def test_the_choices_of_what_is_written_stand_close_to_their_words(browser: Any, served: Served) -> None:
    page = drafted(browser, served)
    page.locator(".new summary").click()
    radios = page.locator(".kinds-of input")
    assert all(radios.nth(n).bounding_box()["width"] < 30 for n in range(radios.count()))
