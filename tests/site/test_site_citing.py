"""Citations as files beside the pages: for each source, and for all."""

from __future__ import annotations

import json
import re
from pathlib import Path

from crossing import history
from msgspec.structs import replace
from reading import pages

from vivavoce.model import WITHHELD
from vivavoce.site import publish
from vivavoce.site.shelf import shelve


def told(folder: Path, name: str) -> tuple[list[str], list[str], list[str]]:
    """The ids in the three files of a name."""
    read = {ending: (folder / f"cite/{name}.{ending}").read_text("utf-8") for ending in ("json", "bib", "ris")}
    items = [item["id"] for item in json.loads(read["json"])]
    return items, re.findall(r"^@\w+\{(.+),$", read["bib"], re.M), re.findall(r"^ID  - (.+?)\r?$", read["ris"], re.M)


def test_each_source_can_be_cited_and_all_of_them_with_the_same_names(site: Path) -> None:
    shelf, (every, bib, ris) = shelve(history()), told(site, "sources")
    assert every == bib == ris and len(set(every)) == len(every)
    alone = [told(site, f"source-{shelf.slugs[s.path]}") for s in history().sources if s.kind != "recording"]
    assert [one for (one,), _, _ in alone] == every
    assert all(items == bib == ris for items, bib, ris in alone)


def test_pages_of_sources_lead_to_their_citations(site: Path) -> None:
    there = pages(site)
    assert [link for link in there["sources/index.html"].links if "/cite/" in link] == [
        f"../cite/sources.{ending}" for ending in ("json", "bib", "ris")
    ]
    for source in history().sources:
        slug = shelve(history()).slugs[source.path]
        held = [link for link in there[f"sources/{slug}.html"].links if "/cite/" in link]
        assert len(held) == (0 if source.kind == "recording" else 3), source.path


def test_an_interview_is_cited_with_its_page_once_the_address_is_known(site: Path, tmp_path: Path) -> None:
    publish(replace(history(), address="https://example.org/ferry/"), tmp_path / "site")
    name = "source-interviews--ines-calloway-vtt"
    (item,) = json.loads((tmp_path / "site" / f"cite/{name}.json").read_text("utf-8"))
    assert item["URL"] == "https://example.org/ferry/sources/interviews--ines-calloway-vtt.html"
    assert "URL" not in json.loads((site / f"cite/{name}.json").read_text("utf-8"))[0]


def test_a_withheld_word_is_in_no_citation(tmp_path: Path) -> None:
    given = history()
    first = replace(given.sources[0], title=f"A talk with {WITHHELD * 5}", text=given.sources[0].text)
    publish(replace(given, sources=(first, *given.sources[1:])), tmp_path / "site")
    for file in (tmp_path / "site" / "cite").glob("*.bib"):
        assert given.sources[0].title not in file.read_text("utf-8")
