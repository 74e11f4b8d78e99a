"""`make pictures`: the README's picture, a page of the example as Chromium shows it."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))


def main() -> None:
    """Take the picture of the moment named, else of the one that is longest; the example has to be built."""
    from browser import executables, options

    site = ROOT / "examples" / "saltmarsh" / "out" / "site"
    pages = sorted((site / "moments").glob("[0-9a-f]*.html"), key=lambda p: (p.stat().st_size, p.name))
    title = f"<h1>{sys.argv[1]}</h1>" if sys.argv[1:] else "<h1>"
    wanted = ([p for p in pages if title in p.read_text("utf-8")] or pages)[-1]
    chosen = executables()[0]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chosen, args=options())
        page = browser.new_page(viewport={"width": 1200, "height": 860})
        page.goto(wanted.as_uri())
        (ROOT / "docs" / "pictures").mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ROOT / "docs" / "pictures" / "moment.png")
        browser.close()


if __name__ == "__main__":
    main()
