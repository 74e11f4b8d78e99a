"""The HTML: one file that loads nothing, reads on a phone and at a desk, and whose links arrive."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from editions import edition
from hard import bare, hard, pictures

from vivavoce.book.html import write

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


class Seen(HTMLParser):
    """Ids, links within and what is loaded."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.loads += [given["src"]] if "src" in given else []
        assert not any(k.startswith("on") for k in given)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pictures(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, str]:
    whole = (("all", edition), ("hard", hard), ("bare", bare))
    return {name: write(one(), folder).decode() for name, one in whole}


@pytest.mark.parametrize("name", ["all", "hard", "bare"])
def test_it_loads_nothing_and_every_link_within_arrives(made: dict[str, str], name: str) -> None:
    seen = Seen(made[name])
    assert len(set(seen.ids)) == len(seen.ids)
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    assert all(link.startswith(("#", "https://")) for link in seen.links)
    assert all(source.startswith("data:image/") for source in seen.loads)
    assert not seen.tags & {"script", "link", "iframe", "object", "embed", "base"}
    assert not re.search(r"url\(|@import", made[name])


def test_all_words_are_in_it_as_they_stand(made: dict[str, str]) -> None:
    text = " ".join("".join(Seen(made["all"]).words).split())
    for words in (
        "*nobody* <b>came</b> & the #key was 10 $ [sic] — “so”.",
        "It had rained since Tuesday.",
        "crane driver; now councillor. Interviewed 3 May 2021.",
        "in The Harbour Post, 1974",
        "For the crane drivers",
        "ISBN 978-0-00-000000-2",
        "The first to go.",
        "https://post.example/gates?a=1&b",
        "Before all.",
    ):
        assert words in text, words


def test_it_says_its_title_language_and_direction(made: dict[str, str]) -> None:
    assert '<html lang="en-GB" dir="ltr">' in made["all"] and '<html lang="he" dir="rtl">' in made["hard"]
    assert "<title>The Lockout &amp; after: An oral history</title>" in made["all"]


def test_same_input_same_bytes(made: dict[str, str], folder: Path) -> None:
    assert write(hard(), folder).decode() == made["hard"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESK, "light"), (DESK, "dark")], ids=["phone", "desk", "dark"]
)
def test_axe_finds_nothing_serious_and_nothing_overflows(
    browser: Any, made: dict[str, str], tmp_path: Path, size: Any, scheme: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name, text in made.items():
        (tmp_path / f"{name}.html").write_text(text, "utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri())
        found = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert found == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
    context.close()
    assert all(address.startswith(("file:", "data:")) for address in asked)


@pytest.mark.browser
def test_from_the_words_to_their_note_and_back(browser: Any, made: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "book.html").write_text(made["all"], "utf-8")
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto((tmp_path / "book.html").as_uri())
    page.locator(".noteref", has_text="4").click()
    assert page.locator(":target").inner_text().startswith("Ida Fell, quoted in “Gates”")
    page.locator(":target .back").click()
    assert page.locator(":target").inner_text() == "4"
    context.close()
