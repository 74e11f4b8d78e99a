"""The book on the workbench: drafted, placed, moved, trimmed, written, undone; by keys alone and without a script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bench_at_work import Served
from benchpages import opened, serious
from markupsafe import Markup

from projects import files
from vivavoce import binding
from vivavoce.book import html
from vivavoce.book.manuscript import manuscript

OURS = "Nobody on deck agrees.\n\nIt was *foggy*."


@pytest.fixture
def drafted(served: Any) -> Any:
    """A book drafted and then written in by hand."""
    served.client.post("/book", do="draft")
    book = Path(served.project.arrangement)
    book.write_text(book.read_text("utf-8") + f"\n# Afterwards\n\n{OURS}\n\n* * *\n\nThe end.\n", "utf-8")
    return served


def book(served: Any) -> bytes:
    return Path(served.project.arrangement).read_bytes()


def pieces(served: Any) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in manuscript(book(served)).pieces]


def first(served: Any, kind: str) -> int:
    return next(n for n, (k, _) in enumerate(pieces(served)) if k == kind)


def does(served: Any, do: str, **fields: Any) -> Any:
    mark = re.search(r'data-mark="(\w+)"', served.client.get("/book"))[1]
    return served.client.post("/book", do=do, mark=mark, **fields)


def chapter(served: Any) -> str:
    """The page of the chapter that has the first block."""
    at = first(served, "block")
    heads = [n for n, (k, _) in enumerate(pieces(served)) if k == "chapter" and n < at]
    return f"/book?chapter={len(heads) - int(pieces(served)[0][0] == 'chapter')}"


def test_without_a_book_a_draft_is_offered_and_made(served: Any) -> None:
    assert "Draft a book" in served.client.get("/book")
    assert "saved" in served.client.post("/book", do="draft")
    assert book(served).startswith(b"<!-- vivavoce book 1 -->")
    assert "wrong" in served.client.post("/book", do="draft")


def test_who_would_draft_is_told_of_decisions_that_are_not_in_the_archive_yet(served: Any) -> None:
    assert "not in the archive yet" not in served.client.get("/book")
    served.client.post("/source", do="correct", source="talks/ivo.vtt", start=0, end=5, to="When")
    assert "One decision is not in the archive yet" in served.client.get("/book")


def test_a_block_is_moved_and_nothing_else_is_touched(drafted: Any) -> None:
    before, at = pieces(drafted), first(drafted, "block")
    told = does(drafted, "down", at=at)
    assert told["at"] == at + 1
    after = pieces(drafted)
    assert (after[at], after[at + 1]) == (before[at + 1], before[at])
    assert [*after[:at], *after[at + 2 :]] == [*before[:at], *before[at + 2 :]]


def test_undo_and_again_are_byte_for_byte(drafted: Any) -> None:
    before = book(drafted)
    does(drafted, "remove", at=first(drafted, "block"))
    after = book(drafted)
    assert does(drafted, "undo")["says"] == "Undone."
    assert book(drafted) == before
    does(drafted, "redo")
    assert book(drafted) == after


def test_what_another_wrote_meanwhile_is_not_written_over_and_both_are_shown(drafted: Any) -> None:
    mark = re.search(r'data-mark="(\w+)"', drafted.client.get("/book"))[1]
    theirs = book(drafted).replace(b"Nobody on deck agrees.", b"Everybody agrees.")
    Path(drafted.project.arrangement).write_bytes(theirs)
    told = drafted.client.post("/book", do="add", mark=mark, to=1, text="What I had typed.")
    assert "changed elsewhere" in told["wrong"]
    for words in ("Nobody on deck agrees.", "Everybody agrees.", "What I had typed."):
        assert words in told["html"]
    assert book(drafted) == theirs


def test_a_quotation_of_the_pool_is_placed_with_its_reference(drafted: Any) -> None:
    page = drafted.client.get("/book?q=harbour&person=wim-oort&unused=")
    quote = re.search(r'data-quote="(\w+)"', page)[1]
    told = does(drafted, "place", quote=quote, to=1)
    kind, text = pieces(drafted)[1]
    assert told["at"] == 1 and kind == "block"
    assert text.startswith("> **Wim Oort**\n> ") and f"](quote:{quote} " in text


def test_a_stretch_of_a_quotation_is_placed(drafted: Any) -> None:
    quote = re.search(r'data-quote="(\w+)"', drafted.client.get("/book?q=harbour+horn&unused="))[1]
    text = next(q.text for q in _quotes(drafted) if q.id == quote)
    start = text.index("When the harbour")
    does(drafted, "place", quote=quote, to=1, start=start, end=start + 20)
    assert "Nobody slept" not in pieces(drafted)[1][1]


def _quotes(served: Any) -> Any:
    from vivavoce.build import history

    return history(served.project, "book", "2031-05-01").quotes


def test_the_pool_is_narrowed_by_what_is_not_in_the_book_yet(drafted: Any) -> None:
    every, unused = drafted.client.get("/book?q=lamps"), drafted.client.get("/book?q=lamps&unused=1")
    assert every.count('class="offer"') > unused.count('class="offer"')
    assert "in chapter" in every and "in chapter" not in unused


def test_words_are_left_out_as_the_policy_prints_it(tmp_path: Path) -> None:
    served = _with(tmp_path, "condensed")
    told = does(served, "cut", at=1, words="We had tea from a bucket")
    assert "Left out" in told["says"]
    assert "Nobody slept. […] The captain said" in pieces(served)[1][1]
    assert "class=sign>[…]" in told["html"]
    assert "The whole quotation" in told["html"]
    does(served, "whole", at=1)
    assert "We had tea from a bucket." in pieces(served)[1][1]


def test_a_cut_that_the_policy_does_not_let_pass_is_not_written(tmp_path: Path) -> None:
    served = _with(tmp_path, "verbatim")
    before = book(served)
    told = does(served, "cut", at=1, words="We had tea from a bucket")
    assert told["wrong"].startswith("Not written: ") and "verbatim" in told["wrong"]
    assert book(served) == before


def test_a_cut_that_turns_the_sense_is_not_written(tmp_path: Path) -> None:
    served = _with(tmp_path, "condensed", "I do not think that we were afraid of the fog.")
    before = book(served)
    assert "wrong" in does(served, "cut", at=1, words="I do not think that")
    assert book(served) == before


def _with(folder: Path, policy: str, said: str = "We had tea from a bucket.") -> Any:
    """A project with an edit policy, and a book of one block."""
    settings = f'v = 1\ntitle = "The Corrie"\nedits = "{policy}"\n'
    tale = files()["talks/wim.txt"].replace("Nobody slept.", f"Nobody slept. {said}")
    served = Served(folder / "corrie", {**files(), "talks/wim.txt": tale}, settings)
    quote = next(q for q in _quotes(served) if said in q.text)
    block = f'> **Wim Oort**\n> {quote.text} [Wim](quote:{quote.id} "talks/wim.txt")'
    Path(served.project.arrangement).write_text(f"# The night\n\n{block}\n", "utf-8")
    return served


def test_narration_and_titles_are_written_anew_in_their_place(drafted: Any) -> None:
    at = next(n for n, (_, t) in enumerate(pieces(drafted)) if t.startswith("Nobody on deck"))
    before = book(drafted)
    does(drafted, "write", at=at, text="Two of them agree.\r\nThe others do not.")
    assert book(drafted) == before.replace(b"Nobody on deck agrees.", b"Two of them agree.\nThe others do not.")
    head = next(n for n, (_, t) in enumerate(pieces(drafted)) if t == "# Afterwards")
    does(drafted, "write", at=head, text="Long afterwards")
    assert pieces(drafted)[head] == ("chapter", "# Long afterwards")


def test_a_chapter_is_moved_and_taken_out_whole(drafted: Any) -> None:
    head = next(n for n, (_, t) in enumerate(pieces(drafted)) if t == "# Afterwards")
    told = does(drafted, "chapter-up", at=head)
    assert told["at"] < head
    assert pieces(drafted)[told["at"]][1] == "# Afterwards"
    does(drafted, "chapter-remove", at=told["at"])
    assert b"Nobody on deck" not in book(drafted)


def test_with_the_last_chapter_gone_the_book_says_so_and_is_put_back(drafted: Any) -> None:
    before, taken = book(drafted), 0
    while pieces(drafted):
        does(drafted, "chapter-remove", at=0)
        taken += 1
    for gone in ("chapter-remove", "chapter-up", "chapter-down", "chapter-move"):
        assert "no chapter" in does(drafted, gone, at=0, to=0)["wrong"]
    assert "<h1" in drafted.client.get("/book?chapter=3")
    for _ in range(taken):
        does(drafted, "undo")
    assert book(drafted) == before


def test_what_is_wrong_stands_at_its_block(drafted: Any) -> None:
    at = first(drafted, "block")
    text = pieces(drafted)[at][1]
    does(drafted, "write", at=at, text=text.replace("lamps", "candles").replace("steam", "smoke"))
    page = drafted.client.get(chapter(drafted))
    row = re.search(rf'<li class="row block wrong" id="p-{at}".*?</li>', page, re.DOTALL)
    assert row and "the book has" in row[0] and "1 to mend" in page


def test_the_chapter_is_shown_as_it_will_be_printed(drafted: Any) -> None:
    page = drafted.client.get(chapter(drafted) + "&beside=page")
    assert 'class="sheet"' in page and 'class="speaker"' in page
    edition = html.write(binding.edition(drafted.project, "2031-05-01")[0], drafted.folder).decode()
    speeches = re.findall(r'<div class="speech .*?</div>', edition, re.DOTALL)
    shown = " ".join(Markup(page).striptags().split())
    assert " ".join(Markup(speeches[0]).striptags().split()) in shown
    assert ".sheet {" in drafted.client.get("/book/edition.css") and ".speaker" in drafted.client.get(
        "/book/edition.css"
    )


def test_what_is_withheld_is_not_shown_and_can_be_taken_out(tmp_path: Path) -> None:
    served = _with(tmp_path, "verbatim")
    bar = '\n[[rights]]\nwhat = "person"\nof = "Wim Oort"\n'
    text = book(served)
    tale = (served.folder / "sources/talks/wim.txt").read_text("utf-8")
    settings = f'v = 1\ntitle = "The Corrie"\n{bar}'
    again = Served(tmp_path / "again", {**files(), "talks/wim.txt": tale}, settings)
    book_md = Path(again.project.arrangement)
    book_md.write_bytes(text)
    page = again.client.get("/book?chapter=0&beside=page") + again.client.get("/book?chapter=0")
    assert "[withheld]" in page and "Wim Oort" not in page and "bucket" not in page
    assert "wrong" in does(again, "write", at=1, text="anything")
    assert "saved" in does(again, "remove", at=1)
    Path(again.project.arrangement).write_bytes(text)
    mark = re.search(r'data-mark="(\w+)"', again.client.get("/book"))[1]
    Path(again.project.arrangement).write_bytes(text.replace(b"bucket", b"pail"))
    told = again.client.post("/book", do="remove", at=0, mark=mark)
    assert "pail" not in str(told) and "bucket" not in str(told)
    book_md.write_text("<!-- of Wim Oort -->\n\n# What Wim Oort saw\n\nWim Oort was there.\n", "utf-8")
    for path in ("/book", "/book?chapter=1", "/book?chapter=1&beside=page"):
        assert "Wim" not in again.client.get(path)


@pytest.mark.browser
def test_the_book_by_keyboard_alone(browser: Any, drafted: Any) -> None:
    page = opened(browser, drafted, chapter(drafted))
    at, before = first(drafted, "block"), book(drafted)
    said = page.locator("#said")

    def told(words: str) -> None:
        said.get_by_text(words).wait_for()

    page.keyboard.press("j")
    while page.evaluate("document.activeElement.dataset.kind") != "block":
        page.keyboard.press("j")
    page.keyboard.press("J")
    told("Moved.")
    page.locator(f"#p-{at + 1}:focus").wait_for()
    page.keyboard.press("u")
    told("Undone.")
    assert book(drafted) == before
    page.keyboard.press("f")
    page.keyboard.type("harbour horn")
    page.locator(".pool mark", has_text="horn").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    told("Placed.")
    assert b"harbour horn came" in book(drafted)
    page.keyboard.press("u")
    told("Undone.")
    page.keyboard.press("n")
    page.keyboard.type("Words of our own.")
    page.keyboard.press("Control+Enter")
    told("Written.")
    assert b"\n\nWords of our own.\n\n" in book(drafted)
    page.keyboard.press("x")
    told("Taken out.")
    assert b"Words of our own" not in book(drafted)
    assert page.wrong == []


@pytest.mark.browser
def test_words_are_trimmed_by_keyboard_alone(browser: Any, tmp_path: Path) -> None:
    served = _with(tmp_path, "condensed")
    page = opened(browser, served, "/book")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.locator(".said[contenteditable]").wait_for()
    for _ in range(2):
        page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("nothing can be typed")
    for _ in range(6):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.locator("#cutbar .chosen").wait_for()
    page.keyboard.press("Enter")
    page.locator("#said", has_text="Left out:").wait_for()
    assert "[…]" in pieces(served)[1][1] and "nothing can be typed" not in pieces(served)[1][1]


@pytest.mark.browser
def test_a_block_is_dragged_and_a_quotation_is_dragged_in(browser: Any, drafted: Any) -> None:
    page = opened(browser, drafted, chapter(drafted) + "&q=harbour+horn")
    at, before = first(drafted, "block"), pieces(drafted)
    page.locator(f"#p-{at} .who").drag_to(page.locator(f"#p-{at + 1}"), target_position={"x": 20, "y": 60})
    page.locator("#said", has_text="Moved.").wait_for()
    assert pieces(drafted)[at + 1] == before[at]
    page.locator(".offer .who").first.drag_to(page.locator(f"#p-{at}"), target_position={"x": 20, "y": 4})
    page.locator("#said", has_text="Placed.").wait_for()
    assert "harbour horn" in pieces(drafted)[at][1]
    assert page.wrong == []


@pytest.mark.browser
def test_the_book_without_a_script(browser: Any, drafted: Any) -> None:
    page = opened(browser, drafted, chapter(drafted), java_script_enabled=False)
    before, at = pieces(drafted), first(drafted, "block")
    page.locator(f"#p-{at} .tools summary").click()
    page.locator(f"#p-{at} button[value=down]").click()
    assert pieces(drafted)[at + 1] == before[at]
    page.locator("button[value=undo]").click()
    assert pieces(drafted) == before
    page.locator(".offer button").first.click()
    assert len(pieces(drafted)) == len(before) + 1


@pytest.mark.browser
def test_axe_finds_nothing_serious_in_the_book(browser: Any, drafted: Any) -> None:
    here = chapter(drafted)
    assert serious(browser, drafted, (here, f"{here}&beside=page", "/book?q=lamps")) == []
