"""A source in a real browser: decided in place, with a finger too, and followed while its recording plays."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import NAMELESS, Served, until
from benchpages import PHONE, opened

from projects import files
from vivavoce import desk

pytestmark = pytest.mark.browser


def hum(path: Path, seconds: int) -> None:
    """A small recording: a tone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tone = (int(3000 * math.sin(n / 6)) for n in range(8000 * seconds))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"".join(struct.pack("<h", v) for v in tone))


@pytest.fixture
def heard(tmp_path: Path) -> Served:
    hum(tmp_path / "corrie" / "sources" / "talks" / "bell.wav", 30)
    given = {**files(), "talks/bell.vtt": NAMELESS, "talks/bell.toml": 'media = "bell.wav"\n'}
    return Served(tmp_path / "corrie", given)


def said(page: Any, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def select(page: Any, words: str) -> None:
    page.evaluate(
        """(words) => {
      for (const piece of document.querySelectorAll('#text [data-a]')) {
        const at = piece.firstChild?.data?.indexOf(words) ?? -1;
        if (at < 0) continue;
        getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + words.length);
        return;
      }}""",
        words,
    )


def correct(page: Any, words: str, to: str) -> None:
    select(page, words)
    page.locator("#text").dispatch_event("mouseup")
    page.locator("#tool").wait_for()
    page.get_by_label("It should read").fill(to)
    page.keyboard.press("Enter")


def test_corrected_words_and_named_speakers_stand_in_place_at_once(browser: Any, heard: Served) -> None:
    page = opened(browser, heard, "/sources/talks/bell.vtt")
    correct(page, "rope", "chain")
    said(page, "Saved:")
    assert page.locator(".corrected").text_content() == "chain"
    correct(page, "hands", "arms")  # its place is still known, behind words that were changed
    page.locator(".corrected", has_text="arms").wait_for()
    page.locator(".t h2 .who").nth(1).click()
    page.keyboard.type("Petra Vance")
    page.keyboard.press("Enter")
    said(page, "Saved: “SPEAKER_01”")
    assert page.locator(".is", has_text="Petra Vance").count() == 2
    assert [r.target[0].exact for r in heard.rows()] == ["rope", "hands", ""]
    assert page.wrong == []
    page.context.close()


def test_words_that_somebody_else_corrected_meanwhile_are_shown_and_then_replaced(browser: Any, heard: Served) -> None:
    page = opened(browser, heard, "/sources/talks/bell.vtt")
    desk.correct(heard.project, "talks/bell.vtt", "rope", "line", "Bo")
    correct(page, "rope", "chain")
    said(page, "Bo has decided this already")
    assert [r.value for r in heard.rows()] == ["line"]
    page.keyboard.press("Enter")
    said(page, "Saved:")
    assert [(r.type, r.value) for r in heard.rows()][1:] == [("text-correction", "chain"), ("undo", None)]
    page.context.close()


def test_words_are_selected_with_a_finger(browser: Any, heard: Served) -> None:
    page = opened(browser, heard, "/sources/talks/bell.vtt", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(".t p").nth(1).tap()
    page.wait_for_timeout(500)
    select(page, "rope")
    page.locator("#tool").wait_for()
    assert page.get_by_label("It should read").input_value() == "rope"
    page.context.close()


def now(page: Any) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def test_the_recording_is_played_and_followed_by_keys_and_by_words(browser: Any, heard: Served) -> None:
    page = opened(browser, heard, "/sources/talks/bell.vtt")
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    page.locator("#text").click(position={"x": 2, "y": 2})
    page.keyboard.press(" ")
    until(lambda: now(page) > 0.2)
    page.keyboard.press(">")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    assert page.locator("#speed").text_content() == "1.25×"
    page.keyboard.press("<")
    page.keyboard.press("<")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 0.75
    page.keyboard.press(" ")
    assert page.evaluate("document.querySelector('audio').paused")
    box = page.evaluate("""() => {
      const pieces = [...document.querySelectorAll('#text [data-a]')];
      const text = pieces.find((piece) => piece.textContent.includes('eleven')).firstChild;
      const range = new Range();
      range.setStart(text, text.data.indexOf('eleven'));
      range.setEnd(text, text.data.indexOf('eleven') + 3);
      const box = range.getBoundingClientRect();
      return [box.x + box.width, box.y + box.height / 2];
    }""")
    page.mouse.click(*box)
    assert 20.5 < now(page) < 24.5  # the turn is from 18.5 to 26 seconds, and the word about in its middle
    page.locator(".t.now", has_text="eleven").wait_for()
    at = now(page)
    page.keyboard.press("b")
    assert now(page) < at
    assert page.wrong == []
    page.context.close()


def sections(page: Any) -> list[tuple[str, str]]:
    """Who speaks, and what, as it stands on the page."""
    found = page.locator("#text .t").all()
    return [(t.locator(".who").inner_text(), " ".join(t.locator("p").all_inner_texts()).strip()) for t in found]


def heard_alone(page: Any, words: str, name: str, button: str) -> None:
    select(page, words)
    page.locator("#text").dispatch_event("mouseup")
    page.get_by_label("Who says it").fill(name)
    page.get_by_role("button", name=button).click()
    said(page, "Saved")


def test_two_voices_that_are_run_together_are_set_apart_in_place(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/sources/talks/ivo.vtt")
    heard_alone(page, "and nine of them were dead", "Petra Vance", "Says these words alone")
    assert [(who, words[:14]) for who, words in sections(page)][1:] == [
        ("Ivo Lasker", "On the ferry. "),
        ("Petra Vance", "and nine of th"),
        ("Ivo Lasker", ", and Petra ke"),
    ]
    heard_alone(page, "until the harbour", "", "Speaks from here on")
    shown = sections(page)
    assert shown[-1] == ("—", "until the harbour answered.")
    until(lambda: '<span class="who">—</span>' in served.client.get("/sources/talks/ivo.vtt"), 60)
    again = opened(browser, served, "/sources/talks/ivo.vtt")
    assert [who for who, _ in sections(again)] == [who for who, _ in shown]
    assert " ".join(w for _, w in sections(again)).replace(" ,", ",") == " ".join(w for _, w in shown).replace(
        " ,", ","
    )


def test_a_turn_that_is_cut_in_two_is_joined_by_keyboard(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/sources/talks/wim.txt")
    before = sections(page)
    page.locator(".who").nth(1).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Goes on from the turn above").press("Enter")
    said(page, "Saved")
    assert sections(page) == [(before[0][0], f"{before[0][1]} {before[1][1]}"), *before[2:]]
    page.locator(".who").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Goes on from the turn above").count() == 0


def test_enter_after_a_name_says_who_speaks_the_selected_words(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/sources/talks/ivo.vtt")
    select(page, "until the harbour")
    page.locator("#text").dispatch_event("mouseup")
    page.get_by_label("Who says it").fill("Petra Vance")
    page.keyboard.press("Enter")
    said(page, "Saved")
    assert sections(page)[-1] == ("Petra Vance", "until the harbour answered.")
    assert page.wrong == []


def test_a_button_that_is_pressed_twice_decides_once(browser: Any, served: Served) -> None:
    page = opened(browser, served, "/sources/talks/bell.vtt")
    page.locator(".who").first.click()
    page.get_by_label("Who says it").fill("Petra Vance")
    page.get_by_role("button", name="All turns of this label").dblclick()
    said(page, "Saved")
    page.wait_for_timeout(500)
    assert page.locator("#said").inner_text().startswith("Saved") and page.wrong == []
    assert len(served.rows()) == 1
