"""The words of a quotation are fixed in the review by dragging their ends and by keys; what is decided teaches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bench_at_work import NAMELESS, Served, until
from benchpages import PHONE, opened

from projects import files, make
from vivavoce import desk
from vivavoce.build import update
from vivavoce.project import open_project
from vivavoce.workbench import ledger, lessons
from vivavoce.workbench.seen import Seen, look

WATCH = """The long watch of the Corrie

By Hanne Oort

“We kept the lamps dry in our coats,” he said.

“Nobody sat down,” said Loder. “Not one of us.”

“It rained again,” said Loder.
"""
NIGHT = """The second night

By Hanne Oort

“The fog came back at two,” said Loder.
"""


@pytest.fixture
def watch(tmp_path: Any) -> Served:
    return Served(tmp_path / "corrie", {**files(), "press/watch.txt": WATCH, "press/second.txt": NIGHT})


def keys(served: Served, kind: str = "quotation") -> list[str]:
    return served.client.json(f"/questions.json?kind={kind}")["keys"]


def key(served: Served, words: str) -> str:
    lit = rf'<mark class="lit[^>]*>[^<]*{words}'
    return next(k for k in keys(served) if re.search(lit, served.client.get(f"/review/{k}")))


def test_other_words_are_kept_and_whose_they_are_is_still_asked(watch: Served) -> None:
    asked = key(watch, "lamps dry")
    page = watch.client.get(f"/review/{asked}")
    a, z = map(int, re.search(r'data-spans="(\d+)-(\d+)"', page).groups())
    told = watch.client.post("/answer", item=asked, do="span", spans=f"{a}-{z - len(' in our coats,')}", known="")
    (row,) = watch.rows()
    assert (row.id, row.type, row.target[1].exact) == (told["saved"], "span", "We kept the lamps dry")
    again = watch.client.get(f"/review/{asked}")
    assert "We kept the lamps dry</mark>" in again and f'data-worded="{row.id}"' in again
    assert watch.client.post("/answer", item=asked, do="span", spans=f"{a}-{z}", known="")["earlier"]["id"] == row.id
    watch.client.post("/answer", item=asked, do="name", name="Wim Oort", known="")
    until(lambda: watch.client.json("/state.json")["doing"] == "ready")
    assert re.search(r'lit decided"[^>]*>We kept the lamps dry</mark>', watch.client.get("/sources/press/watch.txt"))


def test_words_that_cannot_be_a_quotation_are_told_and_nothing_is_kept(watch: Served) -> None:
    asked = key(watch, "lamps dry")
    for spans in ("", "x-y", "5", "9-4"):
        assert watch.client.post("/answer", item=asked, do="span", spans=spans, known="")["wrong"].endswith(".")
    assert watch.rows() == ()


def test_how_far_one_is_counts_what_was_answered_and_not_undone(watch: Served) -> None:
    count = len(keys(watch))
    first = watch.client.post("/answer", item=keys(watch)[0], do="not", known="")
    page = watch.client.get(f"/review/{keys(watch)[0]}?kind=quotation")
    assert f"2 of {count}" in page
    watch.client.post("/undo", decision=first["saved"])
    assert f"1 of {count}" in watch.client.get(f"/review/{keys(watch)[0]}?kind=quotation")


def seen_and_decided(served: Served) -> tuple[Seen, ledger.Ledger]:
    return look(served.project, "2031-05-01"), ledger.read(served.project.journal)


def test_a_decision_on_a_proper_name_is_proposed_in_other_sources_too(watch: Served) -> None:
    desk.speaker(watch.project, "Nobody sat down", "Anna Loder", "Bo")
    seen, decided = seen_and_decided(watch)
    quotes = {q.text: q for q in seen.shown.quotes}
    there = lessons.of_quotation(seen, quotes["The fog came back at two,"], decided, {})
    assert there == lessons.Lesson("Anna Loder", lessons.ELSEWHERE)
    here = lessons.of_quotation(seen, quotes["It rained again,"], decided, {})
    assert here == lessons.Lesson("Anna Loder", lessons.HERE)
    assert lessons.of_quotation(seen, quotes["We kept the lamps dry in our coats,"], decided, {}).name == ""


def test_decisions_that_differ_propose_nobody_and_teach_after_the_archive_has_followed(watch: Served) -> None:
    rows = [
        desk.speaker(watch.project, "Nobody sat down", "Anna Loder", "Bo").row,
        desk.speaker(watch.project, "It rained again", "Anna Loder", "Bo").row,
    ]
    named = {row.id: ("press/watch.txt", "loder") for row in rows}
    update(watch.project)
    seen, decided = seen_and_decided(watch)
    quote = next(q for q in seen.shown.quotes if q.source == "press/second.txt")
    assert lessons.of_quotation(seen, quote, decided, named).name == "Anna Loder"
    desk.speaker(watch.project, "Not one of us", "Piet Loder", "Bo")
    seen, decided = seen_and_decided(watch)
    named[watch.rows()[-1].id] = ("press/watch.txt", "loder")
    assert lessons.of_quotation(seen, quote, decided, named).name == ""


@pytest.mark.parametrize(("label", "name"), [("KV", "Kara Voss"), ("SPEAKER_01", ""), ("Q", "")])
def test_a_label_that_was_named_is_proposed_for_the_same_label_of_another_talk(
    tmp_path: Any, label: str, name: str
) -> None:
    home = make(tmp_path / "corrie", {f"talks/{n}.vtt": NAMELESS.replace("SPEAKER_01", label) for n in ("one", "two")})
    project = open_project(home)
    desk.label(project, "talks/one.vtt", label, "Kara Voss", "Bo")
    seen, decided = look(project, "2031-05-01"), ledger.read(project.journal)
    assert lessons.of_label(seen, "talks/two.vtt", label, decided).name == name


# --- in the browser ---


def said(page: Any, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


@pytest.mark.browser
def test_brackets_move_the_ends_word_by_word(browser: Any, watch: Served) -> None:
    page = opened(browser, watch, f"/review/{key(watch, 'lamps dry')}")
    page.locator(".grip.end").wait_for()
    for pressed in ("[", "[", "[", "]", "Shift+}"):
        page.keyboard.press(pressed)
    page.keyboard.press("Enter")
    said(page, "Saved: the words of the quotation")
    assert watch.rows()[0].target[1].exact == "kept the lamps dry in"
    page.locator("mark.lit", has_text="kept the lamps dry in").first.wait_for()
    page.keyboard.press("1")
    page.locator("#said", has_text="’s.").wait_for()
    assert [r.type for r in watch.rows()] == ["span", "speaker"]
    assert page.wrong == []
    page.context.close()


@pytest.mark.browser
def test_escape_leaves_the_words_as_they_were(browser: Any, watch: Served) -> None:
    page = opened(browser, watch, f"/review/{key(watch, 'lamps dry')}")
    page.locator(".grip.end").wait_for()
    page.keyboard.press("[")
    page.locator(".fix").wait_for()
    page.keyboard.press("Escape")
    page.locator(".fix").wait_for(state="hidden")
    assert watch.rows() == ()
    page.context.close()


def place(page: Any, words: str) -> tuple[float, float]:
    """Where words end on the screen."""
    box = page.evaluate(
        """(words) => {
      for (const piece of document.querySelectorAll('.context [data-a]')) {
        const at = piece.firstChild?.data?.indexOf(words) ?? -1;
        if (at < 0) continue;
        const range = new Range();
        range.setStart(piece.firstChild, at);
        range.setEnd(piece.firstChild, at + words.length);
        const box = range.getBoundingClientRect();
        return [box.right - 2, box.top + box.height / 2];
      }}""",
        words,
    )
    return box[0], box[1]


@pytest.mark.browser
def test_an_end_is_dragged_with_the_mouse(browser: Any, watch: Served) -> None:
    page = opened(browser, watch, f"/review/{key(watch, 'lamps dry')}")
    grip = page.locator(".grip.end")
    grip.wait_for()
    box = grip.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*place(page, "lamps dry"), steps=5)
    page.mouse.up()
    page.get_by_role("button", name="These are the words").click()
    said(page, "Saved: the words of the quotation")
    assert watch.rows()[0].target[1].exact == "We kept the lamps dry"
    page.context.close()


@pytest.mark.browser
def test_an_end_is_dragged_with_a_finger(browser: Any, watch: Served) -> None:
    page = opened(browser, watch, f"/review/{key(watch, 'lamps dry')}", viewport=PHONE, has_touch=True, is_mobile=True)
    grip = page.locator(".grip.start")
    grip.wait_for()
    box = grip.bounding_box()
    assert box["width"] >= 24
    from_, to = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), place(page, "We kept the")
    touch = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", from_), ("touchMove", to), ("touchEnd", None)):
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.get_by_role("button", name="These are the words").click()
    said(page, "Saved: the words of the quotation")
    assert watch.rows()[0].target[1].exact == "the lamps dry in our coats,"
    page.context.close()
