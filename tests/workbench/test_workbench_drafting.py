"""A book of a large project is drafted behind the page, which tells how far it is and can stop it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bench_at_work import until

from vivavoce.workbench import arranging, drafting


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "LARGE", 0)
    monkeypatch.setattr(arranging, "LARGE", 0)


def form(served: Any, **fields: str) -> Any:
    body = "&".join(f"{k}={v}" for k, v in {"token": served.client.token, **fields}.items()).encode()
    return served.client.ask("POST", "/book", body, Origin=f"http://{served.client.host}")


def test_a_large_book_is_drafted_and_read_behind_the_page_and_then_shown(served: Any) -> None:
    answer = form(served, do="draft")
    assert (answer.status, answer.getheader("location")) == (303, "/book")
    page = served.client.ask("GET", "/book")
    assert "A book is being drafted" in page.text and page.getheader("refresh") == "2"
    shown = until(lambda: re.search('id="desk"', served.client.get("/book")), 60)
    assert shown and served.project.arrangement.read_text("utf-8").startswith("<!-- vivavoce book 1 -->")
    assert served.client.ask("GET", "/book").getheader("refresh") is None


def test_a_draft_that_is_stopped_leaves_no_book(served: Any) -> None:
    form(served, do="draft")
    assert form(served, do="stop").status == 303
    assert not served.project.arrangement.exists()
    assert "There is no book yet" in served.client.get("/book")
    form(served, do="draft")
    until(served.project.arrangement.exists, 60)


def test_a_second_draft_is_not_begun_while_one_is_made(served: Any) -> None:
    form(served, do="draft")
    form(served, do="draft")
    until(served.project.arrangement.exists, 60)
    assert not list(served.folder.glob("book.draft*"))
