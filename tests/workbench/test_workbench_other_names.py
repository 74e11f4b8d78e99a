"""A source whose own file name tells somebody who is shown under another name is shown, and decided on, as others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench_at_work import MORE, NAMELESS, Served

from projects import files, make
from vivavoce import desk
from vivavoce.build import update
from vivavoce.project import open_project

NAMED = "press/petra-vance-remembers.txt"


@pytest.fixture
def hidden(tmp_path: Path) -> Iterator[Served]:
    given = {**files(), "talks/petra-vance.vtt": NAMELESS, NAMED: MORE}
    project = open_project(make(tmp_path / "corrie", given))
    update(project)
    desk.pseudonym(project, "Petra Vance", "Lena Holt", "Ada")
    yield Served(tmp_path / "corrie", given)


def renamed(served: Served) -> list[str]:
    import re

    found = re.findall(r'href="/sources/([^"]+)"', served.client.get("/sources"))
    return [p for p in found if "withheld" in p]


def test_every_page_is_shown_and_none_tells_the_name(hidden: Served) -> None:
    assert len(renamed(hidden)) == 3
    pages = ["/", "/sources", "/people", "/moments", "/traces", "/decisions", "/book", "/search?q=lamps", "/alike"]
    pages += [f"/sources/{p}" for p in renamed(hidden)]
    pages += [f"/review/{k}" for k in hidden.client.json("/questions.json")["keys"]]
    for page in pages:
        answer = hidden.client.ask("GET", page)
        assert answer.status == 200, page
        assert "Petra" not in answer.text and "petra-vance" not in answer.text, page


@pytest.mark.parametrize("kind", ["quotation", "label"])
def test_what_is_answered_on_it_is_kept_and_asked_no_more(hidden: Served, kind: str) -> None:
    client = hidden.client
    keys = [k for k in client.json(f"/questions.json?kind={kind}")["keys"] if "withheld" in client.get(f"/review/{k}")]
    assert keys
    told = client.post("/answer", item=keys[0], do="name", name="Wim Oort", known="")
    assert "saved" in told and "petra" not in told["says"].lower()
    assert hidden.rows()[-1].target[0].source in (NAMED, "talks/petra-vance.vtt")
    assert keys[0] not in client.json(f"/questions.json?kind={kind}")["keys"]
    undone = client.post("/undo", decision=told["saved"])
    assert "saved" in undone and keys[0] in client.json(f"/questions.json?kind={kind}")["keys"]


def test_a_word_of_it_is_corrected(hidden: Served) -> None:
    path = next(p for p in renamed(hidden) if p.endswith(".txt"))
    at = MORE.index("coats")
    told = hidden.client.post("/source", source=path, do="correct", start=at, end=at + 5, to="cloaks")
    assert "saved" in told and "petra" not in told["says"].lower()
    assert hidden.rows()[-1].target[0].source == NAMED
