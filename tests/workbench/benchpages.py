"""What the browser tests of the workbench's pages share: windows, and what axe finds."""

from __future__ import annotations

from typing import Any

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]


def opened(browser: Any, served: Any, path: str, **more: Any) -> Any:
    """A page of the workbench in a window of its own; what goes wrong in it is in `wrong`."""
    context = browser.new_context(**{"viewport": DESK, **more})
    context.set_default_timeout(60_000)
    page = watched(context, served)
    page.goto(f"http://{served.client.host}{path}")
    return page


def watched(context: Any, served: Any) -> Any:
    """The workbench's first page in a window that is open; what goes wrong in it is in `wrong`."""
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("console", lambda m: page.wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(served.address)
    return page


def serious(browser: Any, served: Any, paths: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What axe finds that is serious, and what is wider than its window, at every size and scheme."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for size, scheme in LOOKS:
        page = opened(browser, served, "/", viewport=size, color_scheme=scheme, bypass_csp=True)
        for path in paths:
            page.goto(f"http://{served.client.host}{path}")
            for one in Axe().run(page).response["violations"]:
                if one["impact"] in ("serious", "critical"):
                    found.append((path, scheme, str(size["width"]), one["id"], one["nodes"][0]["html"]))
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append((path, scheme, str(size["width"]), "too wide"))
        page.context.close()
    return found
