"""What a release consists of, made twice and compared: wheel, source archive, a bill of materials, the licences.

    python tools/release.py [FOLDER]     (default: dist)

The wheel and the source archive are built twice and must be the same bytes. `NAME.cdx.json` is a CycloneDX 1.6 bill of
all that requirements.txt pins, with hashes and licences; `LICENCES.md` lists the same for people. Exits 1, with a
sentence, where a licence is not known to go with Apache-2.0, a requirement has no hash, or a file names a host.
Reaches no network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "requirements-fuzz.txt")
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<when>[^\\\n]*)(?P<hashes>(?:\\\n\s*--hash=\S+\s*)*)", re.M
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Licences that may stand beside Apache-2.0 in what we hand on; of "A OR B" one is enough, of "A AND B" all are needed.
FIT = frozenset(
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-2-Clause-Views", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC",
     "LGPL-2.1-or-later", "MIT", "MPL-1.1", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib"]
)  # fmt: skip
# What packages call their licence, and its SPDX name.
SPELT = {
    "apache software license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "bsd license": "BSD-3-Clause",
    "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
}
# Packages that are pinned for other systems and are not installed here.
ELSEWHERE = {"colorama": "BSD-3-Clause"}


class Pinned(NamedTuple):
    """A requirement: its name, version, the SHA-256 of each of its files, and its licence (SPDX, "" unknown)."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str


def pinned(lock: Path) -> list[Pinned]:
    """All that a lock file pins, in its order."""
    return [
        Pinned(m["name"], m["version"], tuple(HASH.findall(m["hashes"])), licence(m["name"]))
        for m in PIN.finditer(lock.read_text("utf-8"))
    ]


def licence(name: str) -> str:
    """The licence of an installed package as an SPDX expression, "" where it tells none."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    for said in _said(told):
        spelt = SPELT.get(said.strip().casefold(), said.strip())
        if set(re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", spelt)) - {""} <= FIT | _named(spelt):
            return spelt
    return ""


def _said(told: PackageMetadata) -> list[str]:
    """What a package says of its licence, the most exact first."""
    classed = [c.rsplit("::", 1)[-1] for c in told.get_all("Classifier") or [] if c.startswith("License ::")]
    return [x for x in (told.get("License-Expression"), told.get("License"), *classed) if x]


def _named(spelt: str) -> set[str]:
    """The names in an expression that look like SPDX's, fit or not."""
    return set(re.findall(r"\b[A-Z][\w.]*-[\w.-]+\b", spelt))


def fits(expression: str) -> bool:
    """Whether a licence may stand beside Apache-2.0. "A OR B" fits if one does, "A AND B" if both do."""
    if " OR " in expression:
        return any(fits(part) for part in expression.split(" OR "))
    return bool(expression) and all(part.strip("() ") in FIT for part in expression.split(" AND "))


def mistakes() -> list[str]:
    """What is wrong with the requirements, in sentences."""
    out = []
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        if "://" in text or "--index" in text:
            out.append(f"{lock} names a host. Make it anew: make requirements.")
        for one in pinned(ROOT / lock):
            if not one.hashes:
                out.append(f"{lock}: {one.name} has no hash. Make it anew: make requirements.")
            if lock == LOCKS[0] and not fits(one.licence):
                told = one.licence or "not told"
                out.append(
                    f"{one.name}: its licence ({told}) is not known to go with Apache-2.0. Judge it, or leave it out."
                )
    return out


def built(folder: Path) -> list[Path]:
    """The wheel and the source archive, built into a folder."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return sorted(folder.glob("vivavoce-*"))


def bill(found: list[Pinned], name: str, version: str) -> str:
    """A CycloneDX bill of materials (JSON, same input same bytes)."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    made = LicenseFactory()
    us = Component(
        name=name,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=name,
        licenses=[made.make_from_string("Apache-2.0")],
    )
    bom = Bom()
    bom.metadata.component = us
    parts = [
        Component(
            name=one.name, version=one.version, type=ComponentType.LIBRARY, bom_ref=f"{one.name}=={one.version}",
            purl=PackageURL("pypi", name=one.name, version=one.version),
            licenses=[made.make_from_string(one.licence)] if one.licence else [],
            # A package has a file for each system, each with its hash; the bill has one for the same file only.
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=h) for h in one.hashes],
        )
        for one in found
    ]  # fmt: skip
    bom.components.update(parts)
    bom.register_dependency(us, parts)
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    told.pop("serialNumber", None)  # both are new each time
    told["metadata"].pop("timestamp", None)
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


def listed(found: list[Pinned]) -> str:
    """The licences as a table in Markdown."""
    rows = [f"| {one.name} | {one.version} | {one.licence} |" for one in found]
    head = "What Vivavoce stands on, as `requirements.txt` pins it. Vivavoce itself is Apache-2.0."
    return "\n".join(["# Licences", "", head, "", "| package | version | licence |", "|---|---|---|", *rows, ""])


def main() -> int:
    """Make a release; 0 if nothing is wrong with it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist").resolve()
    wrong = mistakes()
    with tempfile.TemporaryDirectory() as other:
        first, second = built(folder), built(Path(other))
        differ = [a.name for a, b in zip(first, second, strict=True) if a.read_bytes() != b.read_bytes()]
    wrong += [f"{name} was built twice and is not the same." for name in differ]
    found = pinned(ROOT / LOCKS[0])
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (folder / f"vivavoce-{about['version']}.cdx.json").write_text(bill(found, about["name"], about["version"]), "utf-8")
    (folder / "LICENCES.md").write_text(listed(found), "utf-8")
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    print(f"{len(first)} archives, built twice, the same bytes; a bill of {len(found)} parts: {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
