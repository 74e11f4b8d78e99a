"""Where the browser for tests is: one that is installed, else Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Nothing but the pages under test: no updates, no accounts, no calls home.
OPTIONS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def executable() -> str | None:
    """The path of an installed Chromium or Chrome, else of the one that Playwright fetched, else None."""
    installed = filter(None, (*map(shutil.which, NAMES), *(p for p in ELSEWHERE if Path(p).exists())))
    return next(installed, None) or fetched()


def fetched() -> str | None:
    """The path of Playwright's own Chromium, if it was fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if Path(path).exists() else None


def options() -> list[str]:
    """The options that it is started with; root has no sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*OPTIONS, "--no-sandbox"] if root else list(OPTIONS)
