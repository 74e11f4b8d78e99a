"""What a page tells those who link to it and machines that gather pages: pictures, addresses, lists, JSON-LD."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from crossing import history
from msgspec.structs import replace
from reading import Page, pages
from test_site_pages import EVIL, hostile

from vivavoce.model import WITHHELD, History, Media
from vivavoce.site import publish
from vivavoce.site.cards import cards
from vivavoce.site.lists import sitemap

ADDRESS = "https://example.org/ferry/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, tape: Path) -> Path:
    """The site of a history whose address is known."""
    folder = tmp_path_factory.mktemp("known") / "site"
    publish(replace(history(), address=ADDRESS), folder, {"interviews/ines-calloway.wav": tape})
    return folder


def meta(page: Page, name: str) -> str:
    return next(
        (a["content"] for t, a in page.elements if t == "meta" and name in (a.get("property"), a.get("name"))), ""
    )


def graph(site: Path, name: str) -> list[dict[str, Any]]:
    """What a page tells in JSON-LD."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (site / name).read_text("utf-8"), re.S)
    return [one for text in found for one in json.loads(text)["@graph"]]


def of(kind: str, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in told if one["@type"] == kind]


def test_a_link_to_a_moment_shows_a_picture_of_its_title(known: Path) -> None:
    there = pages(known)
    for moment in history().moments:
        page = there[f"moments/{moment.id}.html"]
        picture = meta(page, "og:image").removeprefix(ADDRESS)
        head = (known / picture).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", head[16:]) == (1200, 630)
        assert moment.title in meta(page, "og:image:alt")
        assert meta(page, "twitter:card") == "summary_large_image"
    assert len({(known / "cards" / f"{m.id}.png").read_bytes() for m in history().moments}) == len(history().moments)


def test_a_card_names_some_of_many_and_holds_only_what_the_fonts_have() -> None:
    found = cards(history())
    assert all(card.title and card.by for card in found.values())
    several = max(history().moments, key=lambda m: len({a.person.id for a in m.accounts if a.person}))
    assert found[several.id].told == "Told by " and " and " in found[several.id].by
    other = replace(history().moments[0], title="渡し船")
    assert other.id not in cards(replace(history(), moments=(other,)))


def test_a_withheld_word_is_on_no_card() -> None:
    (first, *_) = history().moments
    shown = cards(replace(history(), moments=(replace(first, title=f"The {WITHHELD * 4} bell"),)))
    assert WITHHELD not in shown.get(first.id, shown[""]).title


def test_every_page_tells_its_own_whole_address(known: Path) -> None:
    for name, page in pages(known).items():
        canonical = [a["href"] for t, a in page.elements if t == "link" and a.get("rel") == "canonical"]
        assert len(canonical) == 1 and canonical[0].startswith(ADDRESS), name
        if "has moved" not in page.words:
            assert canonical == [meta(page, "og:url")] == [ADDRESS + ("" if name == "index.html" else name)]


def test_without_an_address_nothing_is_told_that_needs_one(site: Path) -> None:
    assert not list(site.rglob("*.xml")) and not (site / "cards").exists()
    for name, page in pages(site).items():
        assert not meta(page, "og:url") and not meta(page, "og:image"), name
        assert "moved" in page.words or meta(page, "twitter:card") == "summary"


def test_the_list_of_addresses_holds_every_page_and_no_former_one(known: Path) -> None:
    listed = {loc.text for loc in ET.parse(known / "sitemap.xml").getroot().iter(f"{MAP}loc")}
    there = {ADDRESS + name for name, page in pages(known).items() if "has moved" not in page.words}
    assert listed == there - {f"{ADDRESS}index.html"} | {ADDRESS}


def test_a_list_that_is_too_long_is_several_with_one_that_lists_them() -> None:
    made = dict(sitemap(ADDRESS, [f"p{n}.html" for n in range(50_001)]))
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert [loc.text for loc in ET.fromstring(made["sitemap-2.xml"]).iter(f"{MAP}loc")] == [f"{ADDRESS}p50000.html"]
    assert len(list(ET.fromstring(made["sitemap.xml"]))) == 2


def test_the_feed_has_the_newest_telling_first_and_each_entry_leads_to_a_page(known: Path) -> None:
    feed = ET.parse(known / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    days = [e.findtext(f"{ATOM}updated", "") for e in entries]
    assert days == sorted(days, reverse=True) and all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", d) for d in days)
    ids = [e.findtext(f"{ATOM}id", "") for e in entries]
    assert len(ids) == len(set(ids)) > len(history().moments)
    undated = {s.title for s in history().sources if not s.date}
    assert undated.isdisjoint(e.findtext(f"{ATOM}title") for e in entries)
    assert all((known / i.removeprefix(ADDRESS)).is_file() for i in ids)
    assert feed.findtext(f"{ATOM}updated") == f"{history().day}T00:00:00Z"


def test_a_moment_tells_machines_who_said_what_in_which_source(known: Path) -> None:
    for moment in history().moments:
        told = graph(known, f"moments/{moment.id}.html")
        said = of("Quotation", told)
        assert {q["creator"]["name"] for q in said if "creator" in q} <= {p.name for p in history().people}
        assert all(q["isPartOf"]["@type"] in ("Article", "CreativeWork") and q["text"] for q in said)
        assert all(q["creator"] == q["spokenByCharacter"] for q in said if "creator" in q)
    assert sum(len(of("Quotation", graph(known, f"moments/{m.id}.html"))) for m in history().moments) > 4


def test_a_recording_tells_where_in_it_each_moment_is_told(known: Path) -> None:
    (sound,) = of("AudioObject", graph(known, "sources/interviews--ines-calloway-vtt.html"))
    assert sound["contentUrl"] == f"{ADDRESS}media/interviews--ines-calloway-wav.wav"
    assert sound["hasPart"] and all(0 <= c["startOffset"] < c["endOffset"] for c in sound["hasPart"])


def test_press_is_told_as_what_is_cited_and_people_as_people(known: Path) -> None:
    press = next(p for p in (known / "sources").iterdir() if p.name.startswith("press--"))
    (page,) = of("WebPage", graph(known, f"sources/{press.name}"))
    assert page["citation"]["@type"] == "Article" and page["citation"]["headline"]
    (who,) = of("Person", graph(known, "people/odile-marsh.html"))
    assert who["name"] == "Odile Marsh" and who["@id"] == f"{ADDRESS}people/odile-marsh.html"
    assert of("WebSite", graph(known, "index.html"))[0]["url"] == ADDRESS


def test_a_recording_that_is_not_published_is_not_told_to_machines(tmp_path: Path) -> None:
    publish(history(), tmp_path / "site")
    assert not of("AudioObject", graph(tmp_path / "site", "sources/interviews--ines-calloway-vtt.html"))


def test_no_word_of_a_source_ends_the_script_that_it_stands_in(tmp_path: Path) -> None:
    given: History = replace(hostile(), address=ADDRESS)
    publish(given, tmp_path / "site")
    for file in sorted((tmp_path / "site").rglob("*.html")):
        text = file.read_text("utf-8")
        for held in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S):
            assert "<" not in held and ">" not in held and json.loads(held)
        assert "alert(1)</script>" not in text
    assert EVIL.split(">")[0] in json.dumps([graph(tmp_path / "site", "index.html")])
    for file in ("feed.xml", "sitemap.xml"):
        assert ET.parse(tmp_path / "site" / file).getroot() is not None


def test_the_same_history_gives_the_same_pictures(known: Path, tmp_path: Path, tape: Path) -> None:
    given = replace(history(), address=ADDRESS)
    publish(given, tmp_path / "again", {m.path: tape for s in given.sources for m in s.media if isinstance(m, Media)})
    for card in (known / "cards").iterdir():
        assert card.read_bytes() == (tmp_path / "again" / "cards" / card.name).read_bytes()
