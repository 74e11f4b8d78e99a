"""The optional compiled build: a wheel in which what each word of a text goes through is compiled with mypyc.

It is made where the environment says VIVAVOCE_COMPILED=1 (`VIVAVOCE_COMPILED=1 pip install .`, `make compiled`), and
only then, and needs a C compiler. The .py files stay beside the compiled modules, which Python prefers; both give the
same output. An editable install is never compiled: a compiled module beside an edited file would mislead.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What is compiled, as patterns below src/vivavoce. Left out is what is decoded into by its annotations (compiled
# classes keep less of them), and what costs little: each file is a second of compiling.
COMPILED = (
    "language/*.py",
    "quotes/*.py",
    "people/*.py",
    "sources/asking.py",
    "sources/dates.py",
    "sources/dialogue.py",
    "sources/head.py",
    "sources/html.py",
    "sources/introductions.py",
    "sources/labels.py",
    "sources/markdown.py",
    "sources/page.py",
    "sources/press.py",
    "sources/subtitles.py",
    "sources/tags.py",
)
NEEDED = ("mypy>=2.4", "setuptools>=80")
NO_COMPILER = (
    "The compiled build needs a C compiler (gcc or clang) and the headers of Python. Install them, or leave"
    " VIVAVOCE_COMPILED unset."
)


def wanted() -> bool:
    """Whether the environment asks for the compiled build."""
    return os.environ.get("VIVAVOCE_COMPILED", "") not in ("", "0")


def compiled(root: Path) -> list[Path]:
    """The files that are compiled, in order, relative to the root of the source tree."""
    package = root / "src" / "vivavoce"
    return sorted({file.relative_to(root) for pattern in COMPILED for file in package.glob(pattern)})


def extensions(root: Path, folder: Path) -> list[Path]:
    """Compile into a folder; the extension modules, relative to it. Raises RuntimeError where nothing compiles here."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.errors import BaseError

    options = ["--config-file", "pyproject.toml"]
    here = Path.cwd()
    os.chdir(root)  # mypy tells modules by paths from where it runs
    try:
        made = mypycify(
            [*options, *map(str, compiled(root))],
            opt_level="2",
            debug_level="0",
            multi_file=True,
            target_dir=str(folder / "c"),
            group_name="vivavoce",
        )
        step: Any = Distribution({"name": "vivavoce", "ext_modules": made}).get_command_obj("build_ext")
        step.build_lib, step.build_temp, step.parallel = str(folder / "lib"), str(folder / "temp"), os.cpu_count()
        step.ensure_finalized()
        step.run()
    except BaseError as e:
        raise RuntimeError(f"{NO_COMPILER} ({e})") from e
    finally:
        os.chdir(here)
    return sorted(Path(file) for file in step.get_outputs())


class CompiledBuild(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the extension modules into the wheel, where they are asked for."""

    def dependencies(self) -> list[str]:
        """What the build needs besides: mypyc, and what the types of our own code come from."""
        return [*NEEDED, *self.metadata.core.dependencies] if wanted() and self.target_name == "wheel" else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is written."""
        if not wanted() or self.target_name != "wheel" or version == "editable":
            return
        folder = Path(self.root) / "build" / "mypyc"
        for file in extensions(Path(self.root), folder):
            build_data["force_include"][str(file)] = file.relative_to(folder / "lib").as_posix()
        build_data.update(pure_python=False, infer_tag=True)
