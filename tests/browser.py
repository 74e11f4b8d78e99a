"""Where the browser for tests is: one that is installed, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Nothing but the pages under test: no updates, no accounts, no calls home.
OPTIONS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def executables() -> list[str]:
    """The paths of browsers there are: installed ones, then the one that Playwright fetched. Any of them may be a
    stub that starts nothing (Ubuntu's `chromium-browser` is), so that the first that starts is to be taken."""
    installed = filter(None, (*map(shutil.which, NAMES), *(p for p in ELSEWHERE if Path(p).exists())))
    return list(dict.fromkeys([*installed, *fetched()]))


def fetched() -> list[str]:
    """The path of Playwright's own Chromium, if it was fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return [path] if Path(path).exists() else []


def launched(play: Any, path: str) -> Any:
    """A browser that runs, or None where this program does not start one."""
    from playwright.sync_api import Error

    try:
        return play.chromium.launch(executable_path=path, args=options())
    except Error:
        return None


def options() -> list[str]:
    """The options that it is started with; root has no sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*OPTIONS, "--no-sandbox"] if root else list(OPTIONS)
