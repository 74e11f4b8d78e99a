"""Readers and steps given what coverage leads to (atheris): `tools/guided.py SECONDS [TARGET…]`, so long each target.

What breaks a promise is kept under `.fuzz/found/TARGET`, the shortest of each kind; what was learned, under
`.fuzz/corpus/TARGET`, from where the next run goes on. Targets: tests/faults/targets.py.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".fuzz"
sys.path[:0] = [str(ROOT / "tests" / "faults"), str(ROOT / "tests" / "sources"), str(ROOT / "tests")]
# Seconds of work that bytes may take, and seconds for each of them; memory (kB) likewise.
WORK, EACH = 1.0, 1e-4
MEMORY, SWELLS = 300_000, 2
# A disk in memory, where there is one: thousands of small files are written.
MEMORY_DISK = "/dev/shm" if Path("/dev/shm").is_dir() else None
# What coverage is taken of, by target: it makes all else slower.
READING = ("sources",)
MEASURED = {
    "steps": ("language", "quotes", "people"),
    "talk": ("language", "quotes", "people"),
    "decisions": ("decisions",),
    "book": ("book",),
    "settings": ("project", "tables"),
    "sidecar": ("sources", "tables"),
}


def main(seconds: int, names: list[str]) -> int:
    """How many kinds of breaking there were."""
    from targets import TARGETS

    if find_spec("atheris") is None:
        print("There is no atheris for this Python or this machine; `make fuzz` does without.", file=sys.stderr)
        return 1
    if unknown := [name for name in names if name not in TARGETS]:
        print(f"There is no target {unknown[0]}. There are: {', '.join(TARGETS)}.", file=sys.stderr)
        return 1
    all_tried = all_broken = 0
    for name in names or list(TARGETS):
        tried, broken = run(name, seconds)
        all_tried, all_broken = all_tried + tried, all_broken + broken
        print(f"{name}: {tried:,} inputs, {broken} kinds that broke a promise", flush=True)
    print(f"{all_tried:,} inputs, {all_broken} kinds that broke a promise")
    return all_broken


def run(name: str, seconds: int) -> tuple[int, int]:
    """One target in processes apart, begun again when one dies: (inputs tried, kinds that broke a promise)."""
    found, state = HOME / "found" / name, HOME / "state"
    for folder in (found, state, HOME / "corpus" / name):
        folder.mkdir(parents=True, exist_ok=True)
    until, tried = time.monotonic() + seconds, 0
    while (left := int(until - time.monotonic())) > 0:
        count = state / f"{name}.count"
        count.unlink(missing_ok=True)
        command = [sys.executable, __file__, "--one", name, str(left)]
        with (state / f"{name}.log").open("ab") as log, tempfile.TemporaryDirectory(dir=MEMORY_DISK) as room:
            env = {**os.environ, "TMPDIR": room}  # the process ends without taking away what it wrote
            code = subprocess.run(command, stdout=log, stderr=log, check=False, env=env).returncode
        tried += int(count.read_text() or 0) if count.exists() else 0
        if not count.exists():
            raise SystemExit(f"{name} did not begin (exit {code}): see {state / f'{name}.log'}")
        if not code:  # its time is up
            break
    return tried, sum(file.suffix != ".txt" for file in found.iterdir())


def one(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris
    from bending import WAYS

    packages = [f"vivavoce.{package}" for package in MEASURED.get(name, READING)]
    with atheris.instrument_imports(include=packages, enable_loader_override=False):
        for package in packages:
            whole = importlib.import_module(package)
            for module in pkgutil.iter_modules(getattr(whole, "__path__", ())):
                importlib.import_module(f"{package}.{module.name}")
    from targets import TARGETS, seeds, words
    from targets import found as broke

    target, found, corpus = TARGETS[name], HOME / "found" / name, HOME / "corpus" / name
    for data in [*seeds(name), *(file.read_bytes() for file in broke(name))]:
        if len(data) <= target.longest or target.way != "parts":
            (corpus / f"seed-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)
        _harmless(target.does, data)
    tokens = HOME / "state" / f"{name}.dict"
    tokens.write_text("".join(f'"{_escaped(word)}"\n' for word in words(name) if word))
    options = [f"-max_total_time={seconds}", f"-max_len={target.longest}", f"-dict={tokens}", "-timeout=60",
               f"-artifact_prefix={found}/", "-rss_limit_mb=3000"]  # fmt: skip

    def bent(data: bytes, most: int, seed: int) -> bytes:
        def bend(given: bytes) -> bytes:
            return bytes(atheris.Mutate(given, max(len(given) + 64, 64)))

        made = WAYS[target.way](bytes(data), random.Random(seed), bend, words(name))
        return made if len(made) <= most else bytes(data)  # what is packed is nothing when it is cut off

    given = Given(target.does, found, HOME / "state" / f"{name}.count")
    given.again()
    atheris.Setup([sys.argv[0], *options, str(corpus)], given, custom_mutator=bent)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")[:60])


def _harmless(does: object, data: bytes) -> None:
    """Once through, so that what is loaded once is loaded before anything is measured."""
    try:
        does(data)
    except Exception:
        return


class Given:
    """What atheris calls with each input: the promises are held, and what breaks them is kept, once a kind."""

    def __init__(self, does: object, found: Path, count: Path) -> None:
        self.does, self.found, self.count = does, found, count
        self.tried, self.told = 0, 0.0

    def __call__(self, data: bytes) -> None:
        """One input."""
        self.tried += 1
        now = time.monotonic()
        if now - self.told > 0.5:
            self.count.write_text(str(self.tried))
            self.told = now
        if e := self.broke(data):
            self.keep(data, e)

    def broke(self, data: bytes) -> Exception | None:
        """What breaks a promise, if anything does."""
        try:
            self.measured(data)
        except Exception as e:
            return e
        return None

    def measured(self, data: bytes) -> None:
        """Held to the promises, and to its time."""
        may = WORK + EACH * len(data)
        if self.took(data) > may and self.took(data) > may:  # a second time, lest the machine was busy
            raise AssertionError("it takes too long")

    def took(self, data: bytes) -> float:
        """Seconds of the processor."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.process_time()
        self.does(data)
        swollen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
        assert swollen < MEMORY + SWELLS * len(data), f"it takes {swollen // 1000} MB"
        return time.process_time() - begun

    def keep(self, data: bytes, e: Exception) -> None:
        """What broke a promise, if it is the shortest of its kind."""
        file = self.found / kind_of(e)
        if not file.exists() or len(data) < file.stat().st_size:
            file.write_bytes(data)
            file.with_suffix(".txt").write_text("".join(traceback.format_exception(e)))

    def again(self) -> None:
        """What broke a promise before is tried again, and forgotten where it is mended; not what ended its process."""
        for file in self.found.glob("*Error-*-*[!t]"):
            if not self.broke(file.read_bytes()):
                file.unlink()
                file.with_suffix(".txt").unlink(missing_ok=True)


def kind_of(e: Exception) -> str:
    """A name for what went wrong: the error, and where in our code."""
    frames = traceback.extract_tb(e.__traceback__)
    ours = [f for f in frames if "/vivavoce/" in f.filename and "sources/__init__" not in f.filename] or frames
    last = ours[-1]
    line = frames[-1].line if isinstance(e, AssertionError) else f"{last.filename} {last.name} {last.line}"
    sign = hashlib.sha256(f"{type(e).__name__} {line}".encode()).hexdigest()[:8]
    return f"{type(e).__name__}-{Path(last.filename).stem}-{sign}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        seconds, *names = sys.argv[1:] or ["60"]
        sys.exit(main(int(seconds), names) > 0)
