"""`make system`: a browser and a Java runtime are found or installed, or their lack is told; nothing is skipped in
silence."""

from __future__ import annotations

import runpy
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).parent.parent / "tools" / "system.py"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The tool's functions, none of which may install anything."""
    made = runpy.run_path(str(TOOL), run_name="system")
    for name in ("from_debian", "from_playwright"):
        monkeypatch.setitem(made["main"].__globals__, name, lambda *package: None)
    return made["main"].__globals__


def test_where_no_browser_can_be_had_it_says_so_and_fails(
    tool: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(tool, "executables", list)
    assert tool["a_browser"]() == 1
    said = capsys.readouterr().err
    assert said.startswith("The tests need Chromium: none is installed,")
    assert said.count("\n") == 1


def test_what_is_installed_by_the_first_way_that_works_is_used(
    tool: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there: list[str] = []
    monkeypatch.setitem(tool, "executables", lambda: there)
    monkeypatch.setitem(tool, "starts", lambda path: True)
    monkeypatch.setitem(tool, "from_debian", lambda package: there.append("/opt/chromium"))
    monkeypatch.setitem(tool, "from_playwright", lambda: pytest.fail("not needed"))
    assert tool["a_browser"]() == 0
    assert "/opt/chromium" in capsys.readouterr().err


def test_a_program_that_is_no_browser_does_not_count(tool: dict[str, Any], tmp_path: Path) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    with ThreadPoolExecutor(1) as aside:  # beside the browser that other tests hold open
        assert aside.submit(tool["starts"], str(stub)).result() is False


@pytest.fixture
def no_java(tool: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose only folder of programs is empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_where_no_java_can_be_had_it_says_so_and_fails(
    tool: dict[str, Any], no_java: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool["a_java"]() == 1
    said = capsys.readouterr().err
    assert said.startswith("The tests of the EPUB need a Java runtime:") and said.count("\n") == 1


def test_a_java_that_only_asks_to_be_installed_does_not_count(tool: dict[str, Any], no_java: Path) -> None:
    (no_java / "java").write_text("#!/bin/sh\nexit 1\n")
    (no_java / "java").chmod(0o755)
    assert tool["a_java"]() == 1


def test_java_is_installed_where_it_can_be(
    tool: dict[str, Any], no_java: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def install(package: str) -> None:
        assert package == "default-jre-headless"
        (no_java / "java").write_text("#!/bin/sh\nexit 0\n")
        (no_java / "java").chmod(0o755)

    monkeypatch.setitem(tool, "from_debian", install)
    assert tool["a_java"]() == 0
    assert str(no_java / "java") in capsys.readouterr().err
