"""The compiled build is asked for, never a surprise, and gives the same as the plain one."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
HOSTILE = ["tests/faults/test_input.py", "tests/quotes", "tests/language", "tests/people", "tests/test_workers.py"]


def loaded(path: str):
    spec = spec_from_file_location(Path(path).stem, ROOT / path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook, compiled = loaded("hatch_build.py"), loaded("tools/compiled.py")


def test_every_module_that_is_to_be_compiled_is_there() -> None:
    assert all(list((ROOT / "src" / "vivavoce").glob(pattern)) for pattern in hook.COMPILED)
    assert Path("src/vivavoce/quotes/find.py") in hook.compiled(ROOT)


def test_a_wheel_that_nobody_asked_to_compile_is_plain_python(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("VIVAVOCE_COMPILED", raising=False)
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    assert made.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(made) as wheel:
        assert not [name for name in wheel.namelist() if name.endswith((".so", ".pyd"))]
        assert "vivavoce/quotes/find.py" in wheel.namelist()


def test_an_editable_install_is_never_compiled(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("VIVAVOCE_COMPILED", "1")
    monkeypatch.setattr(hook, "extensions", lambda *_: pytest.fail("it was compiled"))
    given: dict[str, object] = {"pure_python": True, "force_include": {}}
    build = hook.CompiledBuild(str(ROOT), {}, None, None, str(tmp_path), "wheel")
    build.initialize("editable", given)
    assert given == {"pure_python": True, "force_include": {}}


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """The compiled build."""
    if compiled.missing():
        pytest.skip(compiled.missing())
    place = tmp_path_factory.mktemp("made") / "compiled"
    compiled.build(place)
    return place


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_plain_and_compiled_give_the_same(place) -> None:
    assert compiled.same(range(3000), place) == ""


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_compiled_build_stands_what_the_plain_one_does(place) -> None:
    which = "from importlib.util import find_spec; print(find_spec('vivavoce.quotes.find').origin)"
    env = {**os.environ, "PYTHONPATH": str(place)}
    assert not subprocess.check_output([sys.executable, "-c", which], env=env, text=True).strip().endswith(".py")
    subprocess.run([sys.executable, "-m", "pytest", "-x", *HOSTILE], env=env, cwd=ROOT, check=True)
