"""The compiled build, in a folder of its own (build/compiled), and whether it gives the same as the plain one.

    python tools/compiled.py                      build it (or: make compiled)
    python tools/compiled.py same [FIRST LAST]    compare the two over all texts of the tests and the example, hostile
                                                  ones, and those made at random of these seeds (default: 0 1000)

Use it by putting the folder first on PYTHONPATH. Compared is, byte for byte, what `vivavoce quotes --json` prints, and
of each source everything that it gives on its own, with all who might have said each quotation. Exits 1, with a
sentence, where something differs or nothing can be compiled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "compiled"
TEXTS = (
    "tests/data",
    "tests/quality/articles",
    "tests/band/sources",
    "tests/yard/sources",
    "examples/saltmarsh/sources",
)


def missing() -> str:
    """What is not here that the compiled build needs, in a sentence; "" where all of it is."""
    named = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    if not shutil.which(named.split()[0]):
        return "There is no C compiler. Install one (gcc or clang), then: make compiled"
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return "The headers of Python are not here. Install them (python3-dev), then: make compiled"
    if not (find_spec("mypyc") and find_spec("setuptools")):
        return "mypy and setuptools are not installed. Make the environment anew: make clean, then: make compiled"
    return ""


def build(place: Path = PLACE) -> None:
    """Make the compiled wheel, and lay it out in a folder that is nothing else."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as scratch:
        wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-cache-dir", "-w", scratch, str(ROOT)]
        subprocess.run(wheel, check=True, env={**os.environ, "VIVAVOCE_COMPILED": "1"})
        (made,) = Path(scratch).glob("vivavoce-*.whl")
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(place), str(made)], check=True)


def current(place: Path = PLACE) -> bool:
    """Whether what is in the folder was compiled from this very code."""
    ours = (file for file in (ROOT / "src").rglob("*") if file.is_file() and file.suffix != ".pyc")
    made = ((file, place / file.relative_to(ROOT / "src")) for file in ours)
    return place.is_dir() and all(there.is_file() and there.read_bytes() == file.read_bytes() for file, there in made)


# --- the same? ---------------------------------------------------------------------------------------------


def gathered(folder: Path, seeds: range) -> None:
    """All texts that are compared, as sources in a folder."""
    sys.path[:0] = [str(ROOT / "tests" / "faults"), str(ROOT / "tests")]
    from fuzzing import source
    from test_input import HUGE

    for name in TEXTS:
        shutil.copytree(ROOT / name, folder / name)
    (folder / "hostile").mkdir()
    for name, made in HUGE.items():
        (folder / "hostile" / name).write_text(made(50_000), "utf-8")
    for seed in seeds:
        name, data = source(seed)
        (folder / "random" / str(seed)).mkdir(parents=True)
        (folder / "random" / str(seed) / name).write_bytes(data)


def told(code: Path, folder: Path) -> list[bytes]:
    """What the program in the folder `code` says of a folder of sources, in lines: the command, then each source."""
    env = {**os.environ, "PYTHONPATH": str(code)}
    command = [sys.executable, "-m", "vivavoce", "quotes", str(folder), "--json", "--on", "2031-05-01"]
    listed = subprocess.run(command, env=env, capture_output=True)
    each = subprocess.run([sys.executable, __file__, "tell", str(folder)], env=env, capture_output=True)
    if each.returncode:
        raise RuntimeError(each.stderr.decode("utf-8", "replace"))
    parts = (b"exit code %d" % listed.returncode, listed.stdout, listed.stderr, each.stdout)
    return [line for part in parts for line in part.splitlines()]


def tell(folder: Path) -> Iterator[bytes]:
    """One line of JSON for each source of a folder, in their order, and one for each person in all of them."""
    import msgspec

    from vivavoce import build, people, sources, workers
    from vivavoce.model import Cast, Known
    from vivavoce.quoting import size_of

    paths = sources.listed(folder)
    tasks, sizes = [(str(folder), p) for p in paths], [size_of(folder, p) for p in paths]
    done = dict(workers.each(_told, tasks, sizes, lost=_lost, warm=build._warm))
    casts = []
    for path in paths:
        line, cast = done[path]
        yield line
        casts += [msgspec.json.decode(cast, type=Cast)] if cast else []
    yield from map(msgspec.json.encode, people.resolve(casts, Known()))


def _told(task: tuple[str, str]) -> tuple[str, tuple[bytes, bytes]]:
    import msgspec

    from vivavoce import build
    from vivavoce.engines import DEFAULT
    from vivavoce.model import Known
    from vivavoce.quoting import attributed
    from vivavoce.sources import read

    root, path = task
    digest = build._digest(build.Task(root, path, "", DEFAULT, Known()))
    weighed = [] if digest.problem else attributed(read(Path(root), path), DEFAULT, Known())[1]
    return path, (msgspec.json.encode([digest, weighed]), digest.cast)


def _lost(task: tuple[str, str], why: str) -> tuple[str, tuple[bytes, bytes]]:
    return task[1], (f"{task[1]}: {why}".encode(), b"")


def differing(one: list[bytes], other: list[bytes]) -> str:
    """Where two lists of lines differ first, in a sentence; "" where they do not."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            near = slice(max(0, at - 200), at + 200)
            return f"Line {n + 1} differs:\n  plain:    {a[near]!r}\n  compiled: {b[near]!r}\n  of {a[:120]!r}"
    return (
        "" if len(one) == len(other) else f"There are {len(one)} lines of the plain one, {len(other)} of the compiled."
    )


def same(seeds: range, place: Path = PLACE) -> str:
    """How plain and compiled differ, over all texts; "" where they do not."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "texts"
        gathered(folder, seeds)
        plain, compiled = (told(code, folder) for code in (ROOT / "src", place))
        print(f"{len(plain):,} lines of {sum(map(len, plain)):,} bytes")
        return differing(plain, compiled)


def main(words: list[str]) -> int:
    """Build, or compare; 0 if all is well."""
    if words[:1] == ["tell"]:
        for line in tell(Path(words[1])):
            sys.stdout.buffer.write(line + b"\n")
        return 0
    if words[:1] == ["same"]:
        first, last = map(int, words[1:] or ("0", "1000"))
        found = same(range(first, last))
        print(found or "Plain and compiled give the same.")
        return int(bool(found))
    if missing():
        print(missing(), file=sys.stderr)
        return 1
    build()
    print(f"The compiled build is in {PLACE.relative_to(ROOT)}: PYTHONPATH={PLACE.relative_to(ROOT)} vivavoce quotes …")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
