"""People and moments in a real browser: each decision by keyboard alone, by hand, without a script, and in a second
window; nothing serious for axe, nothing that overflows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import Served, until
from benchpages import DESK, PHONE, watched
from test_workbench_moments import FIRE, account, told
from test_workbench_people import CREW

from vivavoce.build import everything, update
from vivavoce.workbench.seen import generation

pytestmark = pytest.mark.browser


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Served]:
    yield Served(tmp_path / "town", {**CREW, **FIRE})


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(viewport=DESK)
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: Any, town: Served) -> Any:
    return watched(context, town)


def go(page: Any, town: Served, path: str) -> None:
    page.goto(f"http://{town.client.host}{path}")
    page.locator("#live kbd:visible, .folk, .happened").first.wait_for()


def said(page: Any, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def keys(page: Any, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def built(town: Served) -> Any:
    update(town.project)
    return everything(town.project, "2031-05-01")[0]


def test_somebody_is_found_by_typing_and_renamed_by_keyboard(page: Any, town: Served) -> None:
    go(page, town, "/people")
    keys(page, "f")
    page.keyboard.type("oort")
    page.locator("#count", has_text="for “oort”").wait_for()
    assert page.locator(".folk .name").all_inner_texts()[0].casefold() == "wim oort"
    keys(page, "Escape", "j", "Enter")
    page.wait_for_url("**/people/wim-oort")
    keys(page, "r")
    page.keyboard.type("Willem Oort")
    keys(page, "Enter")
    said(page, "Saved:")
    assert page.locator("h1").inner_text() == "Willem Oort"
    assert town.rows()[0].value["name"] == "Willem Oort"
    keys(page, "u")
    said(page, "Undone")
    assert page.locator("h1").inner_text() == "Wim Oort"
    assert page.wrong == []


def test_what_is_decided_stays_shown_when_the_archive_has_followed(page: Any, town: Served) -> None:
    go(page, town, "/people/wim-oort")
    keys(page, "r")
    page.keyboard.type("Willem Oort")
    keys(page, "Enter")
    page.locator(".notice .due").wait_for()
    page.wait_for_url("**/people/willem-oort", timeout=90_000)
    page.locator(".notice .due").wait_for(state="detached")
    assert page.locator("h1").inner_text() == "Willem Oort"
    assert page.wrong == []


def test_two_are_merged_by_typing_whom_and_split_by_ticking_a_source(page: Any, town: Served) -> None:
    go(page, town, "/people/catherine-boyle")
    keys(page, "m")
    page.keyboard.type("boil")
    page.locator(".offered [aria-selected=true]", has_text="Cathryn Boil").wait_for()
    keys(page, "Enter", "Enter")
    said(page, "one person")
    page.locator(".groups h3", has_text="The tea").wait_for()
    until(lambda: "cathryn-boil" not in {p.id for p in built(town).people}, 90)
    until(lambda: town.client.json("/state.json")["generation"] == generation(town.project), 30)
    go(page, town, "/people/catherine-boyle")
    page.locator(".groups input").nth(1).wait_for()
    tick = page.locator(".groups input").evaluate_all("all => all.findIndex(b => b.name.includes('tarn.txt'))")
    for _ in range(tick + 1):
        keys(page, "j")
    keys(page, "x", "s")
    said(page, "is somebody else")
    assert town.rows()[-1].value["do"] == "split" and town.rows()[-1].target[0].source == "press/tarn.txt"
    assert page.wrong == []


def test_names_and_roles_come_and_go_by_keyboard(page: Any, town: Served) -> None:
    go(page, town, "/people/wim-oort")
    keys(page, "l")
    page.keyboard.type("The Watchman")
    keys(page, "Enter")
    page.locator(".chips li", has_text="The Watchman").wait_for()
    keys(page, "o", "Tab")
    page.keyboard.type("lamplighter")
    keys(page, "Enter")
    page.locator(".parts-of .what", has_text="lamplighter").wait_for()
    page.get_by_role("button", name="Not called The Watchman").press("Enter")
    page.locator(".chips li", has_text="The Watchman").wait_for(state="detached")
    assert [r.value["do"] for r in town.rows()] == ["alias", "role", "alias"]
    assert page.wrong == []


def test_pairs_are_answered_by_one_key(page: Any, town: Served) -> None:
    go(page, town, "/alike")
    first = page.locator(".pair.current .why").inner_text()
    assert "sound alike" in first
    keys(page, "2")
    said(page, "two people")
    assert not page.locator(".pair.current .why", has_text="sound alike").count()
    keys(page, "u")
    said(page, "Undone")
    page.locator(".pair.current .why", has_text="sound alike").wait_for()
    keys(page, "Enter")
    said(page, "one person")
    assert [r.type for r in town.rows()] == ["person", "undo", "person"]
    assert page.wrong == []


def test_the_second_window_is_shown_the_name_that_the_first_gave(page: Any, context: Any, town: Served) -> None:
    go(page, town, "/people/wim-oort")
    second = context.new_page()
    go(second, town, "/people/wim-oort")
    town.client.post("/person", person="wim-oort", do="name", known="", name="Willem Oort")
    keys(second, "r")
    second.keyboard.type("Wilhelm Oort")
    keys(second, "Enter")
    said(second, "Ada has decided this already")
    assert second.locator("h1").inner_text() == "Willem Oort"
    assert len(town.rows()) == 1
    keys(second, "r")
    second.keyboard.type("Wilhelm Oort")
    keys(second, "Enter")
    said(second, "Saved:")
    assert second.locator("h1").inner_text() == "Wilhelm Oort"


def test_an_account_is_moved_by_keyboard_and_back_by_undo(page: Any, town: Served) -> None:
    fire, flood = told(town, "six boats"), told(town, "from the roof")
    go(page, town, f"/moments/{fire.id}")
    box = account(town, fire, "talks/jonas.txt")
    at = page.locator(".account input").evaluate_all(f"all => all.findIndex(b => b.name === 'a.{box}')")
    keys(page, *["j"] * (at + 1), "x", "m")
    page.keyboard.type(flood.title[:12])
    page.locator(".offered [aria-selected=true]", has_text=flood.title[:12]).wait_for()
    keys(page, "Enter")
    said(page, "Saved:")
    page.locator(f"#a-{box}").wait_for(state="detached")
    keys(page, "u")
    said(page, "Undone")
    page.locator(f"#a-{box}").wait_for()
    assert [r.type for r in town.rows()] == ["moment", "undo"]
    assert page.wrong == []


def test_accounts_are_split_off_with_their_numbers(page: Any, town: Served) -> None:
    fire = told(town, "six boats")
    go(page, town, f"/moments/{fire.id}")
    keys(page, "1", "2")
    assert page.locator("#picked").inner_text().startswith("2 accounts")
    keys(page, "n")
    said(page, "Saved: 2 accounts tell of another event.")
    until(
        lambda: any(len(m.accounts) == 2 and m.accounts[0].id == fire.accounts[0].id for m in built(town).moments), 90
    )
    assert page.wrong == []


def test_an_account_is_dragged_to_a_moment_of_its_own(page: Any, town: Served) -> None:
    fire = told(town, "six boats")
    go(page, town, f"/moments/{fire.id}")
    box = account(town, fire, "talks/jonas.txt")
    page.locator(f"#a-{box} header").hover(position={"x": 200, "y": 30})
    page.mouse.down()
    page.mouse.move(700, 500, steps=5)
    page.locator("#tray [data-drop=new]").wait_for()
    target = page.locator("#tray [data-drop=new]").bounding_box()
    page.mouse.move(target["x"] + 20, target["y"] + 10, steps=5)
    page.mouse.move(target["x"] + 25, target["y"] + 12)
    page.mouse.up()
    said(page, "Saved:")
    page.locator(f"#a-{box}").wait_for(state="detached")
    (row,) = town.rows()
    assert (row.value["do"], row.value["of"], row.target[0].source) == ("apart", 1, "talks/jonas.txt")
    assert page.wrong == []


def test_title_note_and_a_difference_from_selected_words(page: Any, town: Served) -> None:
    fire = told(town, "six boats")
    go(page, town, f"/moments/{fire.id}")
    keys(page, "t")
    page.keyboard.type("The boathouse fire")
    keys(page, "Enter")
    said(page, "Saved:")
    assert page.locator("h1").inner_text() == "The boathouse fire"
    for words in ("like honey", "counted the keels"):
        page.evaluate(
            """words => {
              for (const piece of document.querySelectorAll('.told-words [data-a]')) {
                const at = piece.textContent.replace(/\\s+/g, ' ').indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + words.length);
                return;
              }
            }""",
            words,
        )
        page.wait_for_timeout(100)
    keys(page, "d", "Tab")
    page.keyboard.type("the varnish")
    keys(page, "Enter")
    said(page, "differ: the varnish")
    page.locator(".relations li", has_text="the varnish").wait_for()
    keys(page, "e")
    page.keyboard.type("The club has no list.")
    page.get_by_role("button", name="Save").locator("visible=true").press("Enter")
    page.locator(".notice", has_text="The club has no list.").wait_for()
    assert [r.value["do"] for r in town.rows()] == ["title", "add", "note"]
    assert page.wrong == []


def test_moments_are_sieved_without_loading_the_page_again(page: Any, town: Served) -> None:
    go(page, town, "/moments")
    page.evaluate("window.same = true")
    page.get_by_label("told differently").check()
    page.wait_for_url("**differ=1")
    keys(page, "?")
    page.locator("#help").wait_for()
    keys(page, "Escape")
    assert page.evaluate("window.same") and page.locator(".happened li").count() >= 1
    assert page.locator(".happened .odds-of").count() == page.locator(".happened > li").count()
    assert page.wrong == []


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "light"), (DESK, "dark"), (PHONE, "dark")])
def test_axe_finds_nothing_serious_in_people_and_moments(browser: Any, town: Served, size: Any, scheme: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    fire = told(town, "six boats").id
    town.client.post("/moment", moment=fire, do="title", known="", title="The boathouse fire")
    town.client.post("/person", person="wim-oort", do="alias", known="", name="The Watchman")
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(town.address)
    found = []
    for path in ("/people", "/people/wim-oort", "/alike", "/moments", f"/moments/{fire}"):
        page.goto(f"http://{town.client.host}{path}")
        page.locator(".needs-script:visible, #live").first.wait_for()
        for opened in (False, True):
            if opened:
                page.evaluate("for (const d of document.querySelectorAll('#live details')) d.open = true")
            for violation in Axe().run(page).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    found.append((path, violation["id"], violation["nodes"][0]["html"]))
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    context.close()
    assert found == []


def test_people_and_moments_are_decided_without_a_script(browser: Any, town: Served) -> None:
    fire = told(town, "six boats")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(town.address)
    page.goto(f"http://{town.client.host}/people?q=oort")
    page.locator(".folk a").first.click()
    page.locator("summary", has_text="Another name").first.click()
    page.get_by_label("Also called").fill("The Watchman")
    page.get_by_role("button", name="Add").first.click()
    assert "Saved: is called The Watchman too" in page.locator(".made").inner_text()
    page.locator(".made button").click()
    page.goto(f"http://{town.client.host}/moments/{fire.id}")
    page.locator(".account input").first.check()
    page.get_by_role("button", name="The ticked tell of something else").click()
    assert "Saved: 1 account goes out of the moment" in page.locator(".made").inner_text()
    assert [r.type for r in town.rows()] == ["person", "undo", "moment"]
    context.close()
