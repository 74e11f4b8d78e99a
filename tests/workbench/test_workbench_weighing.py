"""On a large project how well moments stand is found out behind the pages, in a process of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench_at_work import MORE, NAMELESS, Served, until

from projects import files
from vivavoce.build import history
from vivavoce.workbench import weighing

GIVEN = {**files(), "talks/bell.vtt": NAMELESS, "press/watch.txt": MORE}


def asked(served: Served) -> list[str]:
    return list(served.client.json("/questions.json?kind=moment")["keys"])


def near(served: Served) -> list[str]:
    moments = history(served.project, "workbench", "2031-05-01").moments
    return [re.sub(r'name="token" value="[^"]*"', "", served.client.get(f"/moments/{m.id}/near")) for m in moments]


def test_moments_of_a_large_project_are_asked_as_those_of_a_small_one_a_little_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = Served(tmp_path / "small", GIVEN)
    expected = asked(at_once), near(at_once)
    assert expected[0]
    monkeypatch.setattr(weighing, "SMALL", -1)
    behind = Served(tmp_path / "large", GIVEN)
    assert behind.client.get("/review?kind=moment")
    until(lambda: asked(behind), 60)
    until(lambda: (asked(behind), near(behind)) == expected, 60)


def test_after_a_decision_the_same_moments_are_asked_until_they_are_weighed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "SMALL", -1)
    served = Served(tmp_path / "corrie", GIVEN)
    before = until(lambda: asked(served), 60)
    generation = served.client.json("/state.json")["generation"]
    key = served.client.json("/questions.json?kind=quotation")["keys"][0]
    served.client.post("/answer", item=key, do="nobody", known="")
    until(lambda: served.client.json("/state.json")["generation"] != generation, 60)
    assert asked(served) == before
