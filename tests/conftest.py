"""What tests share: one browser for all of them, and that none is held to the clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# No test fails on the clock: a busy machine is no defect. `make test` tries the same examples each time, so that what
# passes once passes again; `make soak` draws others each time, and so finds what is not known yet.
settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None)
settings.load_profile(os.environ.get("VIVAVOCE_EXAMPLES", "unhurried"))
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium, the same for all tests of a worker; without one the tests fail, they do not skip."""
    from playwright.sync_api import sync_playwright

    from browser import executables, launched

    found = executables()
    with sync_playwright() as play:
        started = next(filter(None, (launched(play, path) for path in found)), None)
        if started is None:
            pytest.fail("There is no Chromium that starts; `make system` finds or installs one.", pytrace=False)
        yield started
        started.close()
