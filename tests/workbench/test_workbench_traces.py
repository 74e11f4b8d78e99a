"""Traces on the workbench: what is printed beside what was said, by keys alone, and noted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import Served, until
from benchpages import opened, serious

from projects import files

PRESS = """The captain remembers

By Hanne Oort

“Nobody slept. The captain said the fog would lift by three, and at two he said four,” said Wim Oort.

“When the harbour horn came, we thought it was Petra again,” said Ivo Lasker.

“I have never been so cold in all my life as on that rail,” said Petra Vance.
"""
AGAIN = """Once more the Corrie

By Lene Marsh

“When the harbour horn came, we thought it was Petra again,” said Wim Oort.
"""
LOUD = """Quiet please

“Nobody slept. The captain said the fog would lift by two,” said Wim Oort.
"""


@pytest.fixture
def traced(tmp_path: Path) -> Any:
    given = {**files(), "press/captain.txt": PRESS, "press/more.txt": AGAIN, "press/loud.txt": LOUD}
    return Served(tmp_path / "corrie", given)


def one(served: Any, words: str) -> str:
    """The address of the trace of a quotation."""
    from vivavoce.build import history

    shown = history(served.project, "workbench", "2031-05-01")
    return "/traces/" + next(t.quote for t in shown.traces if words in t.text)


def test_what_has_to_be_looked_at_comes_first(traced: Any) -> None:
    page = traced.client.get("/traces")
    found = re.findall(r'class="how (\w+)"', page)
    assert found.index("misattributed") < found.index("absent") < len(found) - 1 - found[::-1].index("verbatim")
    assert "Printed as Ivo Lasker" in page and "A number was changed." in page


@pytest.mark.parametrize(
    ("asked", "there", "away"),
    [
        ("class=misattributed", "harbour horn", "so cold"),
        ("source=press/more.txt", "harbour horn", "so cold"),
        ("person=petra-vance", "so cold", "harbour horn"),
        ("copied=yes", "harbour horn", "so cold"),
        ("copied=no", "so cold", "press/more.txt"),
    ],
)
def test_the_list_is_narrowed(traced: Any, asked: str, there: str, away: str) -> None:
    (rows,) = re.findall(r'<ol class="traced-list">.*?</ol>', traced.client.get(f"/traces?{asked}"), re.DOTALL)
    assert there in rows and away not in rows


def test_a_change_is_told_in_words_too(traced: Any) -> None:
    page = traced.client.get(one(traced, "by three"))
    assert re.search(r"changed</span>\s*<del>two</del>\s*→\s*<ins>three</ins>.*another number", page)
    assert re.search(r'href="/sources/talks/wim\.txt\?at=\d+#t-\d+"', page)


def test_the_recording_is_there_at_the_second(tmp_path: Path) -> None:
    given = {
        **files(),
        "press/captain.txt": PRESS,
        "talks/wim.toml": 'media = "wim.mp3"\n',
        "talks/wim.mp3": "no sound",
    }
    served = Served(tmp_path / "corrie", given)
    page = served.client.get(one(served, "by three"))
    assert re.search(r'<audio [^>]*data-from="6" data-until="20" src="/media/talks/wim\.mp3#t=6,20"', page)


def test_where_else_the_words_stand_is_shown(traced: Any) -> None:
    page = traced.client.get(one(traced, "harbour horn"))
    (again,) = re.findall(r'<section class="said-again">.*?</section>', page, re.DOTALL)
    assert "Once more the Corrie" in again or "The captain remembers" in again


def test_a_note_is_kept_shown_and_undone(traced: Any) -> None:
    at = one(traced, "by three")
    told = traced.client.post("/note", quote=at.rsplit("/", 1)[1], text="Ask Wim again.")
    assert told["saved"]
    (row,) = traced.rows()
    assert (row.type, row.value) == ("note", "Ask Wim again.")
    assert "Ask Wim again." in traced.client.get(at)
    generation = traced.client.json("/state.json")["generation"]
    until(lambda: traced.client.json("/state.json")["generation"] != generation)
    assert "Ask Wim again." in traced.client.get(at)
    assert "to look at again" not in traced.client.get("/decisions")
    traced.client.post("/undo", decision=told["saved"])
    assert "Ask Wim again." not in traced.client.get(at)


def test_a_note_without_words_is_not_kept(traced: Any) -> None:
    assert "wrong" in traced.client.post("/note", quote=one(traced, "by three").rsplit("/", 1)[1], text="  ")
    assert traced.rows() == ()


def test_what_is_withheld_has_no_trace(tmp_path: Path) -> None:
    settings = 'v = 1\ntitle = "The Corrie"\n\n[[rights]]\nwhat = "person"\nof = "Wim Oort"\n'
    served = Served(tmp_path / "corrie", {**files(), "press/captain.txt": PRESS, "press/more.txt": AGAIN}, settings)
    page = served.client.get("/traces") + served.client.get("/traces?class=misattributed")
    assert "Wim" not in page and "harbour horn" not in page


@pytest.mark.browser
def test_traces_by_keyboard_alone(browser: Any, traced: Any) -> None:
    page = opened(browser, traced, "/traces")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/traces/*")
    first = page.url
    page.locator("a[rel=next]").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("]")
    page.wait_for_url(lambda url: url != first)
    page.wait_for_load_state("load")
    page.keyboard.press("n")
    page.locator("textarea:focus").wait_for()
    page.keyboard.type("Look at this again.")
    page.keyboard.press("Control+Enter")
    page.locator(".notes li", has_text="Look at this again.").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/traces$"))
    assert [r.type for r in traced.rows()] == ["note"]
    assert page.wrong == []


@pytest.mark.browser
def test_traces_without_a_script(browser: Any, traced: Any) -> None:
    page = opened(browser, traced, "/traces?class=misattributed", java_script_enabled=False)
    page.locator(".open").first.click()
    page.locator(".note-it textarea").fill("By hand.")
    page.locator(".note-it button").click()
    assert "By hand." in page.locator(".notes").inner_text()
    page.locator(".to-list").click()
    assert "class=misattributed" in page.url


@pytest.mark.browser
def test_axe_finds_nothing_serious_in_traces(browser: Any, traced: Any) -> None:
    paths = ("/traces", one(traced, "by three"), one(traced, "harbour horn"), one(traced, "so cold"))
    assert serious(browser, traced, paths) == []
