"""What Vivavoce stands on: pinned with hashes, under licences that go with its own, in a bill that holds all of it."""

from __future__ import annotations

import json
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SPEC = spec_from_file_location("release", ROOT / "tools" / "release.py")
release = module_from_spec(SPEC)
SPEC.loader.exec_module(release)


def test_every_requirement_is_pinned_with_a_hash_and_no_host_is_named() -> None:
    assert release.mistakes() == []
    found = release.pinned(ROOT / "requirements.txt")
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert len(found) == sum(not line.startswith((" ", "#")) for line in lines)


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("Apache-2.0 AND CNRI-Python", True),
        ("AGPL-3.0-or-later", False),
        ("MIT AND AGPL-3.0-only", False),
        ("GPL-2.0-only", False),
        ("", False),
    ],
)
def test_a_licence_goes_with_ours_or_not(licence: str, fits: bool) -> None:
    assert release.fits(licence) is fits


def test_a_requirement_without_hash_or_with_a_strange_licence_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lock in release.LOCKS:
        (tmp_path / lock).write_text(
            "msgspec==0.22.0\nnobody-knows==1.0 \\\n    --hash=sha256:" + "a" * 64 + "\n", "utf-8"
        )
    monkeypatch.setattr(release, "ROOT", tmp_path)
    told = " ".join(release.mistakes())
    assert "msgspec has no hash" in told
    assert "nobody-knows: its licence (not told)" in told


def test_the_bill_names_every_part_and_is_the_same_each_time() -> None:
    found = release.pinned(ROOT / "requirements.txt")
    made = release.bill(found, "vivavoce", "0.1.0")
    assert made == release.bill(list(reversed(found)), "vivavoce", "0.1.0")
    told = json.loads(made)
    assert told["bomFormat"] == "CycloneDX"
    assert {(c["name"], c["version"]) for c in told["components"]} == {(p.name, p.version) for p in found}
    assert all(c["licenses"] for c in told["components"])


def test_the_wheel_is_the_same_bytes_each_time_and_holds_all_that_it_needs(tmp_path: Path) -> None:
    first, second = release.built(tmp_path / "a"), release.built(tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    wheel = next(p for p in first if p.suffix == ".whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        str(p.relative_to(ROOT / "src"))
        for p in (ROOT / "src").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert ours <= names
