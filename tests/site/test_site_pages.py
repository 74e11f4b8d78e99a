"""The site as files: what each page holds, and what none of them may hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from crossing import history

from vivavoce.site import publish


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    publish(history(), folder)
    return folder


def test_every_kind_of_page_is_written(site: Path) -> None:
    for page in (
        "index.html",
        "moments/index.html",
        "people/index.html",
        "sources/index.html",
        "timeline.html",
        "search.html",
    ):
        assert (site / page).is_file()
