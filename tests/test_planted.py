"""Whatever a source, a name, a picture or a book says, no page obeys it: opened in a real browser."""

from __future__ import annotations

import csv
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planted import CORPUS, FORMULAS, SEEN, arrangement, escaped, planted
from vivavoce import workbench
from vivavoce.binding import bind
from vivavoce.build import publish
from vivavoce.cli import main
from vivavoce.errors import DoesNotHold
from vivavoce.exporting import export
from vivavoce.exports.csv import table
from vivavoce.project import Project
from vivavoce.serve import forever

DAY = "2031-05-01"
KEPT = """
window.__told = [];
addEventListener("securitypolicyviolation", (e) => {
  window.__told.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample);
});
"""
FOUND = """
() => {
  const never = /^(iframe|object|embed|base|math|foreignobject|animate|use|template|frame|applet|portal)$/i;
  const links = /^(href|src|action|data|poster|xlink:href)$/i;
  const acts = /^[\\s\\0-\\x20]*(javascript|vbscript|data:text|data:application)/i;
  const wrong = [...window.__told];
  if (window.pwned !== undefined) wrong.push("pwned");
  for (const e of document.querySelectorAll("*")) {
    const at = e.outerHTML.slice(0, 160);
    if (never.test(e.localName)) wrong.push(at);
    if (e.localName === "script" && e.type !== "application/ld+json" && !/^(https?|file):/.test(e.src)) wrong.push(at);
    if (e.localName === "form" && e.action && new URL(e.action).origin !== location.origin) wrong.push(at);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || /^(srcdoc|formaction|ping)$/i.test(a.name)) wrong.push(at);
      if (links.test(a.name) && acts.test(a.value.replace(/[\\t\\n\\r]/g, ""))) wrong.push(at);
    }
  }
  return wrong;
}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return planted(tmp_path_factory.mktemp("planted") / "yard", DAY)


@pytest.fixture(scope="module")
def site(project: Project) -> Iterator[tuple[Path, str]]:
    folder, _ = publish(project, DAY)
    told: list[str] = []
    ready = threading.Event()
    threading.Thread(target=forever, args=(folder, 0, lambda a: (told.append(a), ready.set())), daemon=True).start()
    assert ready.wait(60)
    yield folder, told[0]


@pytest.fixture(scope="module")
def bench(project: Project) -> str:
    told: list[str] = []
    ready = threading.Event()
    started = lambda a: (told.append(a), ready.set())  # noqa: E731
    threading.Thread(target=workbench.forever, args=(project, DAY, CORPUS[6], 0, started), daemon=True).start()
    assert ready.wait(60)
    return told[0]


class Window:
    """A page in a context of its own that keeps what nobody asked for: requests elsewhere, dialogs, reports."""

    def __init__(self, browser: Any, mine: str) -> None:
        self.wrong: list[str] = []
        self.context = browser.new_context()
        self.context.set_default_timeout(60_000)
        self.context.add_init_script(KEPT)
        self.context.on("request", lambda r: self._asked(r.url, mine))
        self.context.route(re.compile(r"^\w+://far\.example"), lambda route: route.abort())
        self.page = self.context.new_page()
        self.page.on("dialog", lambda d: (self.wrong.append("dialog " + d.message), d.dismiss()))
        self.page.on("console", lambda m: self.wrong.append(m.text) if "Content Security" in m.text else None)
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.context.on("page", lambda p: self.wrong.append("window " + p.url))

    def _asked(self, url: str, mine: str) -> None:
        if not url.startswith((mine, "data:", "blob:" + mine)):
            self.wrong.append("asked " + url[:200])

    def look(self, address: str) -> None:
        """Open a page and keep what is wrong in it."""
        before = len(self.wrong)
        self.page.goto(address, wait_until="load")
        self.check()
        if len(self.wrong) > before:
            self.wrong.append("… at " + address)

    def check(self) -> None:
        self.wrong += self.page.evaluate(FOUND)


@pytest.mark.browser
def test_a_page_that_obeyed_would_be_seen(browser: Any, tmp_path: Path) -> None:
    policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'; base-uri 'none'\">"
    tags = [c for c in CORPUS if re.match(r"\W*<(script|img|svg|body|details|input|iframe|object|base|form|a) ?\w", c)]
    unseen = []
    for n, words in enumerate(tags):
        for head in ("", policy):
            (tmp_path / f"{n}.html").write_text(f"<!doctype html>{head}<p>{words}</p>", "utf-8")
            window = Window(browser, tmp_path.as_uri())
            window.look((tmp_path / f"{n}.html").as_uri())
            unseen += [] if window.wrong else [(head[:5], words)]
            window.context.close()
    assert len(tags) > 10 and unseen == []


def test_what_is_planted_stands_on_the_pages(site: tuple[Path, str]) -> None:
    text = "".join(p.read_text("utf-8") for p in site[0].rglob("*.html"))
    assert text.count(SEEN) > 500
    assert "<script>window" not in text and "<img src=x onerror" not in text


EACH = pytest.mark.parametrize("most", [8, pytest.param(10_000, marks=pytest.mark.soak)])  # pages of one kind


@pytest.mark.browser
@EACH
def test_no_page_of_the_site_obeys(browser: Any, site: tuple[Path, str], most: int) -> None:
    folder, address = site
    window = Window(browser, address)
    files = sorted(folder.rglob("*.html"))
    shown = [f for f in files if '<body class="moved">' not in f.read_text("utf-8")]
    for file in (f for _, same in groupby(shown, key=lambda f: f.parent) for f in islice(same, most)):
        window.look(
            address + file.relative_to(folder).as_posix().replace("%", "%25").replace("#", "%23").replace("?", "%3F")
        )
    for words in ("pwned", "crane", CORPUS[0], CORPUS[7]):
        window.page.goto(address + "search.html")
        window.page.locator("#words").fill(words)
        window.page.wait_for_timeout(400)
        window.check()
    window.context.close()
    assert len(files) > 60 and window.wrong == []


@pytest.mark.browser
@EACH
def test_no_page_of_the_workbench_obeys(browser: Any, bench: str, most: int) -> None:
    home = bench.partition("?")[0]
    window = Window(browser, home)
    page = window.page
    window.look(bench)
    waiting, seen = [home], set()
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        kind = re.sub(r"[?].*", "?", address.removeprefix(home)).rstrip("?").partition("/")[0]
        if address in seen or kinds.get(kind, 0) >= most or "decisions.jsonl" in address:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        seen.add(address)
        window.look(address)
        waiting += page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        waiting = [a for a in dict.fromkeys(waiting) if a.startswith(home)]
    window.context.close()
    assert window.wrong == []
    assert {"people", "moments", "book", "traces", "search", "review", "sources", "decisions"} <= {*kinds}, kinds
    assert len(seen) > 40


@pytest.mark.browser
def test_what_the_workbench_puts_into_a_page_later_is_not_obeyed(browser: Any, bench: str) -> None:
    home = bench.partition("?")[0]
    window = Window(browser, home)
    page = window.page
    window.look(bench)
    for words in ("pwned", "crane", *CORPUS[::18]):
        for path, field in (
            ("search", "main input[type=search]"),
            ("people", ".sieve input"),
            ("moments", ".sieve input"),
        ):
            page.goto(home + path)
            page.locator(field).first.fill(words)
            page.wait_for_timeout(300)
            window.check()
    page.goto(home + "review")
    for key in ("s", "s", "1", "u", "s", "?", "Escape", "s", "0", "s"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        window.check()
    page.goto(home + "book")
    for key in ("j", "j", "k", "Shift+J", "u", "e", "Escape"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        window.check()
    window.context.close()
    assert window.wrong == []


@pytest.fixture(scope="module")
def bound(project: Project) -> Project:
    """The project with a book of the same words that Markdown takes for words."""
    with pytest.raises(DoesNotHold, match="HTML is not printed"):
        bind(project, DAY, "html")
    arrangement(project, DAY, escaped)
    return project


@pytest.mark.browser
def test_no_page_of_the_book_obeys(browser: Any, bound: Project, tmp_path: Path) -> None:
    window = Window(browser, tmp_path.as_uri())
    for to in ("html", "epub"):
        made = Path(bind(bound, DAY, to).file)
        if to == "html":
            (tmp_path / "book.html").write_bytes(made.read_bytes())
        else:
            zipfile.ZipFile(made).extractall(tmp_path / "epub")
    pages = [
        *tmp_path.glob("*.html"),
        *sorted((tmp_path / "epub").rglob("*.xhtml")),
        *(tmp_path / "epub").rglob("*.svg"),
    ]
    for file in pages:
        window.look(file.as_uri())
        assert "error on line" not in window.page.content(), file.name  # XHTML that does not parse
    window.context.close()
    assert len(pages) > 20 and window.wrong == []


def test_the_book_is_set_and_nothing_of_it_is_obeyed(bound: Project) -> None:
    import pypdfium2

    book = pypdfium2.PdfDocument(bind(bound, DAY, "pdf").file)
    text = "".join(page.get_textpage().get_text_bounded() for page in book)
    assert '#read("/etc/passwd")' in re.sub(r"\s+", "", text).replace("“", '"').replace("”", '"')
    assert "root:x" not in text
    assert Path(bind(bound, DAY, "docx").file).stat().st_size > 1000


def cells(data: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]


def test_no_cell_of_a_table_is_a_formula(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    folder = Path(export(project, DAY, "csv")[0])
    tables = [p.read_bytes() for p in folder.glob("*.csv")]
    for listing in ("people", "moments", "traces", "works", "sources", "search"):
        more = ["lamps"] if listing == "search" else []
        capfd.readouterr()
        with pytest.raises(SystemExit):
            main([listing, *more, str(project.home), "--csv", "--on", DAY])
        tables.append(capfd.readouterr().out.encode())
    found = [cell for one in tables for cell in cells(one)]
    assert any(cell.startswith("'=") for cell in found) and len(tables) > 8
    assert [cell for cell in found if cell.startswith(FORMULAS)] == []


@given(
    st.lists(
        st.text(max_size=8) | st.sampled_from(FORMULAS).flatmap(lambda s: st.text(max_size=4).map(lambda t: s + t))
    )
)
def test_a_cell_reads_as_what_it_was(words: list[str]) -> None:
    back = cells(table(["a"], [[w] for w in words]))[1:]
    assert not [b for b in back if b.startswith(FORMULAS)]
    want = [w.encode("utf-8", "replace").decode() for w in words if w] if words else []
    assert [b.removeprefix("'") if b[1:].startswith(FORMULAS) and b[:1] == "'" else b for b in back if b] == want


def test_every_other_export_can_be_read(project: Project) -> None:
    import json

    for to in ("jsonl", "web-annotation", "vtt", "csl"):
        for file in Path(export(project, DAY, to)[0]).rglob("*"):
            if file.suffix == ".jsonl":
                assert all(json.loads(line) for line in file.read_text("utf-8").splitlines() if line)
            elif file.suffix in (".json", ".jsonld"):
                assert json.loads(file.read_text("utf-8"))
            elif file.suffix == ".vtt":
                assert not re.search(r"<(?!/?v[ >])", file.read_text("utf-8")), file.name
