"""Find what the tests need of the system, or install it: a browser (an installed Chromium or Chrome, else Debian's,
else the one that Playwright fetches) and a Java runtime (the judge of EPUBs runs on it; an installed one, else
Debian's). Says in a sentence each what it found; exits 1 where one cannot be had. Run by `make system`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browser import executables, launched

APT = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def main() -> int:
    """Find or install both; 0 if both are there and start."""
    return max(a_browser(), a_java())


def a_browser() -> int:
    """Find or install; 0 if there is a browser that starts."""
    for attempt in (lambda: None, lambda: from_debian("chromium"), from_playwright):
        attempt()
        found = next(filter(starts, executables()), None)
        if found:
            print(f"The tests use {found}.", file=sys.stderr)
            return 0
    print(
        "The tests need Chromium: none is installed, and neither apt-get nor Playwright could install one; "
        "install Chromium or Chrome and run this again.",
        file=sys.stderr,
    )
    return 1


def a_java() -> int:
    """Find or install; 0 if there is a Java runtime that starts."""
    for attempt in (lambda: None, lambda: from_debian("default-jre-headless")):
        attempt()
        found = shutil.which("java")
        if found and done([found, "-version"]):  # macOS has a stub of that name
            print(f"The tests use {found}.", file=sys.stderr)
            return 0
    print(
        "The tests of the EPUB need a Java runtime: none is installed, and apt-get could not install one; install a "
        "Java runtime (Debian: default-jre-headless) and run this again.",
        file=sys.stderr,
    )
    return 1


def starts(path: str) -> bool:
    """Whether a browser opens a page (a program of that name may be a stub, or lack its libraries)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = launched(play, path)
        if started is None:
            return False
        started.new_page()
        started.close()
    return True


def from_debian(package: str) -> None:
    """A package of Debian, by apt-get, if there is one and it may be used."""
    may = as_root()
    if not shutil.which("apt-get") or may is None:
        return
    print(f"Installing Debian's {package} …", file=sys.stderr)
    if not done([*may, *APT, "install", "-y", "--no-install-recommends", package]):
        done([*may, *APT, "update"])
        done([*may, *APT, "install", "-y", "--no-install-recommends", package])


def as_root() -> list[str] | None:
    """What to put before a command so that root runs it; None where that is not allowed."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and done(["sudo", "-n", "true"]) else None


def from_playwright() -> None:
    """Playwright's own Chromium, and where it may, the libraries that it needs."""
    print("Letting Playwright fetch its Chromium …", file=sys.stderr)
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    if as_root() is not None:
        done([*fetch, "--with-deps"]) or done(fetch)
    else:
        done(fetch)


def done(command: list[str]) -> bool:
    """Run a command to its end; whether it succeeded."""
    try:
        return subprocess.run(command, env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
