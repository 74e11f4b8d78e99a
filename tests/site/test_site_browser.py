"""The site in a real browser: lit words, keyboard, player, search, phone and desk, light and dark, no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from crossing import history

from vivavoce.site.shelf import quote_place, shelve

pytestmark = pytest.mark.browser

STOP = next(m.id for m in history().moments if m.title.startswith("Three minutes"))
ALONE = next(m.id for m in history().moments if m.title.startswith("Eleven years"))
KINDS = (
    "index.html", "moments/index.html", f"moments/{STOP}.html", f"moments/{ALONE}.html",
    "people/index.html", "people/odile-marsh.html",
    "who-tells-what.html",
    "sources/index.html", "sources/interviews--ines-calloway-vtt.html", "sources/press--ledger-1998-12-07-html.html",
    "timeline.html", "search.html?words=trombone",
)  # fmt: skip
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def go(page: Any, address: str) -> None:
    """Open a page, and wait for what its script shows."""
    page.goto(address)
    if "search" in address:
        page.wait_for_selector("#results li")


def until(page: Any, script: str, holds: Callable[[Any], bool]) -> bool:
    """Wait until what a script gives holds (the site's policy lets no string be run, so the page cannot wait)."""
    for _ in range(100):
        if holds(page.evaluate(script)):
            return True
        page.wait_for_timeout(50)
    return False


def lit(page: Any) -> list[str]:
    """The words that stand on the colour of what a link leads to, once the page has its style."""
    page.wait_for_load_state("load")
    return page.evaluate("""() => {
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--lit").trim();
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.background = colour;
      const wanted = getComputedStyle(probe).backgroundColor;
      probe.remove();
      return [...document.querySelectorAll("main *")]
        .filter(e => getComputedStyle(e).backgroundColor === wanted).map(e => e.textContent.trim());
    }""")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESK, "light"), (DESK, "dark")], ids=["phone", "desk", "dark"]
)
def test_axe_finds_nothing_serious_and_nothing_overflows(browser: Any, served: str, size: Any, scheme: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    found = []
    for kind in KINDS:
        go(page, f"{served}/{kind}")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((kind, violation["id"], violation["nodes"][0]["html"]))
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], kind
    context.close()
    assert found == []


def test_the_words_of_a_press_quotation_are_lit_at_its_address_and_no_others(page: Any, served: str) -> None:
    shelf = shelve(history())
    quote = next(q for q in shelf.quotes.values() if q.text.startswith("She was saying"))
    page.goto(f"{served}/{quote_place(shelf, quote)}")
    assert lit(page) == ["She was saying goodbye, and she was entitled to,", "I will not call that a demonstration."]
    assert page.locator("mark").first.is_visible()


def test_from_a_moment_to_the_words_in_their_source_and_back(page: Any, served: str) -> None:
    page.goto(f"{served}/moments/{STOP}.html")
    page.locator(".ref a", has_text="Ines Calloway").first.click()
    (there,) = lit(page)
    assert there.startswith("I stopped the engines over the Deeps")
    assert page.locator(":target").is_visible()
    page.get_by_role("link", name="Three minutes over the Deeps").last.click()
    assert page.url.endswith(f"moments/{STOP}.html")


def test_the_address_that_a_moment_once_had_leads_to_it(page: Any, served: str) -> None:
    page.goto(f"{served}/moments/0123456789ab.html")
    page.wait_for_url(f"**/moments/{STOP}.html")


def test_a_note_leads_to_the_words_that_differ(page: Any, served: str) -> None:
    page.goto(f"{served}/moments/{STOP}.html")
    page.locator(".note a", has_text="manners").click()
    assert lit(page) == ["It was manners"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") != ""


def test_the_player_stands_at_the_time_of_the_words(page: Any, served: str) -> None:
    shelf = shelve(history())
    quote = next(q for q in shelf.quotes.values() if q.text.startswith("Filthy"))
    page.goto(f"{served}/{quote_place(shelf, quote)}")
    assert until(page, "document.querySelector('.player').currentTime", lambda t: t == 36.5)
    stamp = page.locator(f"#q-{quote.id} .stamp a")
    assert stamp.get_attribute("href").endswith(".wav#t=36.5")
    page.locator(".turn .stamp a").last.click()
    assert until(page, "document.querySelector('.player').currentTime", lambda t: t >= 144.8)


def test_a_citation_is_copied_with_the_address_of_the_words(page: Any, served: str) -> None:
    page.goto(f"{served}/sources/interviews--ines-calloway-vtt.html")
    page.locator("details.cite summary").nth(1).click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "Ines Calloway, “Ines Calloway, master of the ferry”, interviewed by Piet Lund, Harrow Voices,"
    )
    assert "14 March 2019, 0:36–1:28" in copied
    assert re.search(r"interviews--ines-calloway-vtt\.html#q-[0-9a-f]{12}$", copied)


def test_search_finds_words_narrows_by_person_and_leads_to_the_place(page: Any, served: str) -> None:
    page.goto(f"{served}/search.html")
    page.get_by_label("Words").fill("trombone")
    page.wait_for_selector("#results li")
    page.get_by_role("checkbox", name="Tobias Renn").check()
    assert until(page, "document.querySelectorAll('#results li').length", lambda n: n == 1)
    assert "I still can't hear a trombone." in page.locator("#results li").inner_text()
    page.locator("#results a").click()
    page.wait_for_selector(":target")
    assert "one trombone left" in lit(page)[0]


def counts(page: Any, facet: str) -> dict[str, int]:
    """The values of a facet that are shown, with how many each has."""
    box = page.locator("#facets details", has=page.locator("summary", has_text=facet))
    rows = [li.inner_text().rsplit(maxsplit=1) for li in box.locator("li").all() if li.is_visible()]
    return {name: int(many) for name, many in rows}


def test_facets_narrow_together_and_tell_how_many_each_would_find(page: Any, served: str) -> None:
    page.goto(f"{served}/search.html?words=ferry")
    page.wait_for_selector("#results li")
    all_found = int(page.locator("#found").inner_text().split()[0])
    before = counts(page, "Person")
    who = list(before)[:2]
    page.get_by_role("checkbox", name=who[0]).check()
    assert until(page, "document.querySelector('#found').textContent", lambda t: t == f"{before[who[0]]} found")
    assert counts(page, "Person") == before  # one more tick would find more
    assert sum(counts(page, "Kind").values()) == before[who[0]] < all_found
    page.get_by_role("checkbox", name=who[1]).check()
    assert until(
        page, "document.querySelector('#found').textContent", lambda t: t == f"{before[who[0]] + before[who[1]]} found"
    )
    assert page.url.count("person=") == 2
    page.reload()
    page.wait_for_selector("#results li")
    assert page.get_by_role("checkbox", name=who[1]).is_checked()
    page.get_by_role("button", name="Clear all").click()
    assert until(page, "document.querySelector('#found').textContent", lambda t: t == f"{all_found} found")


def test_facets_are_worked_with_the_keyboard_on_a_phone(browser: Any, served: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/search.html")
    page.wait_for_selector("#facets summary")
    page.locator("#facets summary", has_text="Moment").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector("#results li")
    assert page.locator(":focus").is_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shown = [li.bounding_box() for li in page.locator("#facets li").all() if li.is_visible()]
    assert shown and all(box["height"] >= 24 for box in shown)
    context.close()


def test_everything_is_read_and_reached_without_a_script(browser: Any, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{served}/{kind}")
        assert len(page.locator("main").inner_text()) > 20, kind
    page.goto(f"{served}/search.html")
    assert page.get_by_text("Search needs JavaScript").is_visible()
    page.goto(f"{served}/sources/interviews--ines-calloway-vtt.html")
    page.locator("details.cite summary").first.click()
    assert page.locator("details.cite p").first.is_visible()
    context.close()


def test_a_page_asks_nothing_of_anybody_else_and_makes_no_error(page: Any, served: str) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    for kind in KINDS:
        go(page, f"{served}/{kind}")
    assert [url for url in asked if not url.startswith((served, "data:"))] == []
    assert errors == []


def test_the_keyboard_skips_to_the_words_and_shows_where_it_is(page: Any, served: str) -> None:
    page.goto(f"{served}/moments/{STOP}.html")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the words"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_on_paper_the_words_and_their_sources_remain(page: Any, served: str) -> None:
    page.goto(f"{served}/moments/{STOP}.html")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert not page.locator("details.cite").first.is_visible()
    assert page.locator(".ref").first.is_visible()
    assert page.locator(".note").first.is_visible()
    assert not page.locator(".view").is_visible()


def test_accounts_stand_side_by_side_without_a_script_and_in_turn_on_a_phone(browser: Any, served: str) -> None:
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/moments/{STOP}.html")

    def places() -> list[dict[str, float]]:
        return [v.bounding_box() for v in page.locator(".voice").all()]

    assert len({place["x"] for place in places()}) == 1
    page.get_by_text("Side by side").click()
    first, second, third = places()[:3]
    assert first["x"] < second["x"] < third["x"] and first["y"] == second["y"] == third["y"]
    assert all(n.bounding_box()["y"] < first["y"] for n in page.locator(".note").all())
    page.set_viewport_size(PHONE)
    assert len({place["x"] for place in places()}) == 1
    assert not page.locator(".view").is_visible()
    context.close()


def test_the_switch_is_worked_with_the_keyboard_and_the_columns_hold_no_violation(page: Any, served: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{served}/moments/{STOP}.html")
    page.locator("#in-turn").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#abreast").is_checked()
    assert page.locator("label[for=abreast]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    found = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]


def test_the_picture_of_who_tells_what_scrolls_in_a_place_of_its_own_and_leads_to_the_words(
    browser: Any, served: str
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/who-tells-what.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("a[aria-label^='Tobias Renn, Flowers on the radar']").click()
    page.wait_for_selector(":target")
    assert "Tobias Renn" in page.locator(".voice:target").inner_text()
    context.close()


def test_no_page_of_hostile_words_runs_anything(browser: Any, tmp_path: Any) -> None:
    from test_site_pages import hostile

    from vivavoce.site import publish

    publish(hostile(), tmp_path / "site")
    page = browser.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda d: (alarms.append(d.message), d.dismiss()))
    for file in sorted((tmp_path / "site").rglob("*.html")):
        page.goto(file.as_uri())
        assert page.locator("img").count() == 0
    page.close()
    assert alarms == []
