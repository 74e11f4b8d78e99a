"""Lists of a large history stand on several pages, none of which is heavy; those of a small one on one, as before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from crossing import history
from msgspec.structs import replace

from vivavoce.model import Happened, History, Moment, Source, When
from vivavoce.site import leaves, publish

HEAVIEST = 150_000


def large(count: int = 1500) -> History:
    """A history with many moments, dated and undated, told by several and by one, and many sources."""
    small = history()
    told = max(small.moments, key=lambda m: len(m.accounts))
    moments = tuple(_moment(told, n) for n in range(count))
    sources = tuple(
        Source(f"press/piece-{n:04}.txt", "press", "text", title=f"The ferry again, part {n}", date=f"{1950 + n % 60}")
        for n in range(count)
    )
    return replace(small, moments=moments, sources=(*small.sources, *sources), traces=())


def _moment(told: Moment, n: int) -> Moment:
    when = When(Happened(f"{1900 + n // 20}-03", None, "month")) if n % 7 else When()
    accounts = told.accounts if n % 3 else told.accounts[:1]
    made = tuple(replace(a, id=f"{a.id}{n:05}") for a in accounts)
    return replace(told, id=f"{n:012x}", title=f"What came on the ferry, {n}", when=when, accounts=made, relations=())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaves") / "site"
    publish(large(), folder)
    return folder


def _listed(site: Path, pattern: str) -> list[Path]:
    return sorted(site.glob(pattern))


LISTS = ["moments/index.html", "moments/page-*.html", "timeline*.html", "sources/index.html", "sources/page-*.html"]


@pytest.mark.parametrize("pattern", [*LISTS, "who-tells-what*.html"])
def test_no_list_of_a_large_history_is_a_heavy_page(site: Path, pattern: str) -> None:
    found = _listed(site, pattern)
    assert found and max(p.stat().st_size for p in found) <= HEAVIEST
    assert len(found) > 1 or pattern.endswith("index.html") or pattern.startswith("who")


def test_every_moment_is_listed_once(site: Path) -> None:
    pages = [p.read_text("utf-8") for p in (site / "moments/index.html", *_listed(site, "moments/page-*.html"))]
    found = [m for page in pages for m in re.findall(r'<h3><a href="../moments/(\w{12}).html">', page)]
    assert len(found) == len(set(found)) == 1500
    dated = "".join(p.read_text("utf-8") for p in _listed(site, "timeline*.html"))
    assert all(f'href="moments/{n:012x}.html"' in dated for n in range(1500))


def test_the_pages_lead_to_one_another_and_say_what_they_hold(site: Path) -> None:
    pages = [site / "moments/index.html", *_listed(site, "moments/page-*.html"), *_listed(site, "timeline*.html")]
    for page in pages:
        text = page.read_text("utf-8")
        nav = text[text.index('<nav class="leaves"') :]
        nav = nav[: nav.index("</nav>")]
        hrefs = re.findall(r'<a href="([^"]+)"', nav)
        assert len(hrefs) > 1 and all((page.parent / h).is_file() for h in hrefs)
        (here,) = re.findall(r'<a href="([^"]+)" aria-current="page">', nav)
        assert (page.parent / here).resolve() == page.resolve()
    assert "1900 – 19" in (site / "timeline.html").read_text("utf-8")


def test_a_small_history_has_each_list_on_one_page(tmp_path: Path) -> None:
    publish(history(), tmp_path / "site")
    assert not _listed(tmp_path / "site", "*/page-*.html") and not _listed(tmp_path / "site", "timeline-*.html")
    assert not any('class="leaves"' in p.read_text("utf-8") for p in (tmp_path / "site").rglob("*.html"))


def test_rows_are_parted_in_order_and_none_is_lost() -> None:
    assert leaves.parted([], int, 10) == []
    assert leaves.parted([4, 4, 4, 30, 1], int, 10) == [[4, 4], [4], [30], [1]]
    assert [label for _, label in leaves.labelled([[1, 2], [3]], lambda _: "")] == ["1 – 2", "3"]
    assert [label for _, label in leaves.labelled([["1950", "1953"], ["1953"]], str)] == ["1950 – 1953", "1953"]
