"""Search on the workbench: as one types, by keyboard alone, without a script, and quickly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from benchpages import opened, serious


def test_hits_stand_in_their_context_with_the_words_lit(served: Any) -> None:
    page = served.client.get("/search?q=lamps")
    assert '<mark class="lit">lamps</mark>' in page
    assert "Petra Vance" in page
    assert re.search(r'href="/sources/talks/petra\.srt\?at=\d+#t-1"', page)


def test_a_search_is_narrowed_by_what_stands_beside_it(served: Any) -> None:
    page = served.client.get("/search?q=lamps&person=petra-vance")
    (hits,) = re.findall(r'<ol class="hits".*?</ol>', page, re.DOTALL)
    assert "Lasker" not in hits and "Petra Vance" in hits
    assert "Take away: " in page


def test_what_is_typed_is_never_run(served: Any) -> None:
    page = served.client.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


@pytest.mark.browser
def test_search_by_keyboard_alone(browser: Any, served: Any) -> None:
    page = opened(browser, served, "/sources")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.type("fourteen lamps")
    page.locator(".hit").first.wait_for()
    assert "q=fourteen" in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/**")
    page.locator(".sought").wait_for()
    assert "lamps" in page.locator(".sought").inner_text()
    assert page.wrong == []


@pytest.mark.browser
def test_the_keys_are_shown_on_every_page(browser: Any, served: Any) -> None:
    page = opened(browser, served, "/sources")
    for path in ("/", "/sources", "/sources/talks/ivo.vtt", "/decisions", "/review"):
        page.goto(f"http://{served.client.host}{path}")
        page.locator("#help").wait_for(state="attached")
        page.wait_for_function("document.querySelector('.needs-script')?.hidden !== true")
        page.keyboard.press("?")
        page.locator("#help[open]").wait_for()
        page.keyboard.press("Escape")
    assert page.wrong == []


@pytest.mark.browser
def test_a_search_without_a_script(browser: Any, served: Any) -> None:
    page = opened(browser, served, "/search", java_script_enabled=False)
    page.locator("#q").fill("harbour")
    page.keyboard.press("Enter")
    page.locator(".facets a").first.click()
    assert "harbour" in page.locator(".hits").inner_text()
    page.locator(".hit").first.click()
    assert "/sources/" in page.url and "#" in page.url


@pytest.mark.browser
def test_axe_finds_nothing_serious_in_a_search(browser: Any, served: Any) -> None:
    assert serious(browser, served, ("/search", "/search?q=lamps", "/search?q=lamps&person=petra-vance")) == []
