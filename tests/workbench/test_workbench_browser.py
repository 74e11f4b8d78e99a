"""The workbench in a real browser: review by keyboard alone, undo, a second window, words selected and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bench_at_work import until
from benchpages import DESK, PHONE, watched

pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(viewport=DESK)
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: Any, served: Any) -> Any:
    return watched(context, served)


def base(served: Any) -> str:
    return f"http://{served.client.host}"


def asked(page: Any) -> str:
    return page.locator("article").get_attribute("data-key")


def said(page: Any, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def test_review_by_keyboard_alone(page: Any, served: Any) -> None:
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*")
    page.locator("#question .undo-it").wait_for()
    seen = []
    for key in ("1", "s", "n", "0", "?"):
        seen.append(asked(page))
        if key == "n":
            page.keyboard.press("n")
            page.keyboard.type("Wim Oort")
            page.keyboard.press("Enter")
        elif key == "0" and not page.locator("form[data-key='0']").count():
            page.keyboard.press("1")
        else:
            page.keyboard.press(key)
        if key == "?":
            page.locator("#help").wait_for()
            page.keyboard.press("Escape")
        else:
            page.locator(f"article:not([data-key='{seen[-1]}'])").wait_for()
        if key not in ("s", "?"):
            said(page, "Saved:")
    assert len(set(seen)) == len(seen)
    assert len(served.rows()) == 3
    assert page.wrong == []


def test_enter_accepts_what_is_proposed(page: Any, served: Any) -> None:
    keys = served.client.json("/questions.json?kind=quotation")["keys"]
    proposed = next(k for k in keys if "data-proposed" in served.client.get(f"/review/{k}"))
    page.goto(f"{base(served)}/review/{proposed}")
    name = page.locator("form[data-proposed] .name").inner_text()
    page.keyboard.press("Enter")
    said(page, "Saved:")
    (row,) = served.rows()
    assert row.type == "speaker" and row.value.casefold() == name.casefold()


def test_undo_asks_again_at_once(page: Any, served: Any) -> None:
    page.goto(f"{base(served)}/review")
    first = asked(page)
    page.keyboard.press("1")
    said(page, "Saved:")
    page.keyboard.press("u")
    page.locator(f"article[data-key='{first}']").wait_for()
    said(page, "Undone")
    assert [r.type for r in served.rows()] == ["speaker", "undo"]


def test_the_second_window_is_shown_what_the_first_decided(page: Any, context: Any, served: Any) -> None:
    page.goto(f"{base(served)}/review")
    second = context.new_page()
    second.goto(page.url)
    mine = asked(page)
    page.keyboard.press("1")
    said(page, "Saved:")
    second.keyboard.press("2")
    said(second, "Nothing was changed")
    second.locator(f"article[data-key='{mine}'] .earlier", has_text="Ada").wait_for()
    assert len(served.rows()) == 1
    second.keyboard.press("2")
    said(second, "Saved:")
    assert [r.type for r in served.rows()] == ["speaker", "speaker", "undo"]


def test_words_are_selected_and_corrected(page: Any, served: Any) -> None:
    page.goto(f"{base(served)}/sources/talks/ivo.vtt")
    page.locator(".t p", has_text="eleven lamps").evaluate("""(p) => {
      const text = p.querySelector('[data-a]').firstChild;
      const at = text.data.indexOf('eleven');
      getSelection().setBaseAndExtent(text, at, text, at + 6);
      p.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    }""")
    page.locator("#tool").wait_for()
    page.get_by_label("It should read").fill("twelve")
    page.keyboard.press("Enter")
    said(page, "Saved:")
    assert (served.rows()[0].target[0].exact, served.rows()[0].value) == ("eleven", "twelve")
    until(lambda: 'title="as it came: eleven"' in served.client.get("/sources/talks/ivo.vtt"))
    page.get_by_role("link", name="show what is new").click()
    assert page.locator(".corrected").text_content() == "twelve"


def test_a_speaker_is_named_by_keyboard(page: Any, served: Any) -> None:
    page.goto(f"{base(served)}/sources/talks/bell.vtt")
    page.locator(".t h2 .who").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Petra Vance")
    page.keyboard.press("Enter")
    said(page, "Saved:")
    assert served.rows()[0].target[0].figure == "SPEAKER_01"


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "light"), (DESK, "dark")])
def test_axe_finds_nothing_serious_and_nothing_overflows(browser: Any, served: Any, size: Any, scheme: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    served.client.post(
        "/answer", item=served.client.json("/questions.json")["keys"][0], do="name", name="Wim", known=""
    )
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(served.address)
    found = []
    kinds = (
        "/",
        "/review",
        "/review?kind=label",
        "/sources",
        "/sources/talks/bell.vtt",
        "/sources/press/watch.txt",
        "/decisions",
    )
    for path in kinds:
        page.goto(f"{base(served)}{path}")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((path, violation["id"], violation["nodes"][0]["html"]))
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    context.close()
    assert found == []


def test_everything_is_read_and_a_question_answered_without_a_script(browser: Any, served: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    for path in ("/sources/talks/bell.vtt", "/decisions", "/review"):
        page.goto(f"{base(served)}{path}")
        assert len(page.locator("main").inner_text()) > 20
    mine = page.url
    page.locator("form[data-key='1'] button").click()
    assert page.url != mine
    assert len(served.rows()) == 1
    context.close()
