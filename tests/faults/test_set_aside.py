"""A source whose reader never ends, dies, asks for all memory or fails is set aside in a sentence; the rest goes on."""

import os
import re
import time

import pytest

from projects import make
from vivavoce import workers
from vivavoce.cli import main
from vivavoce.sources import press

GOOD = "The lamp\n\nBy Ida Bell\n\n“We saw nothing,” said Dennis Okafor, the keeper.\n"
BAD = "The trap\n\nBy Ida Bell\n\n“Nobody slept,” said Dennis Okafor. {do}\n"


def trouble(raw):
    """A reader of articles with a fault."""
    match re.findall(r"DO-(\w+)", raw.text):
        case ["loop"]:
            while True:
                pass
        case ["match"]:
            re.match(r"(a+)+$", "a" * 60 + "b")
        case ["sleep"]:
            time.sleep(1000)
        case ["exit"]:
            os._exit(3)
        case ["abort"]:
            os.abort()
        case ["memory"]:
            bytes(2**31)
        case ["deep"]:
            return trouble(raw)
    return press_read(raw)


press_read = press.read


def told(capsys, *args):
    with pytest.raises(SystemExit) as ended:
        main(list(args))
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return ended.value.code, out, err


@pytest.mark.skipif(not workers.FORKS, reason="processes are not forked here")
@pytest.mark.parametrize(
    ("command", "do"),
    [
        *(("build", do) for do in ("loop", "match", "sleep", "exit", "abort", "memory", "deep")),
        *((command, do) for command in ("quotes", "sources") for do in ("loop", "exit")),
    ],
)
def test_a_reader_that_breaks_costs_its_source_alone(tmp_path, monkeypatch, capsys, command, do):
    monkeypatch.setattr(press, "read", trouble)
    monkeypatch.setattr(workers, "BOUNDS", workers.Bounds(0.5, 0.0, 4.0, 500 * 2**20, 0))
    given = {"a.txt": GOOD, "b.txt": BAD.format(do=f"DO-{do}"), "c.txt": GOOD.replace("nothing", "a light")}
    folder = make(tmp_path / "corrie", given)
    code, out, err = told(capsys, command, str(folder) if command == "build" else str(folder / "sources"))
    assert code == 3, err
    assert "b.txt" in err + out
    assert "Cut it into parts" in err + out or "Save it again" in err + out
    if command == "build":
        assert told(capsys, "quotes", str(folder), "--json")[1].count('"source":"') == 2
        assert told(capsys, "build", str(folder))[0] == 3, "it is told again, and not tried again"


@pytest.mark.parametrize("step", ["people.cast", "quotes.find", "accounts.passages", "works.find"])
def test_a_step_that_fails_on_one_source_costs_that_source_alone(tmp_path, monkeypatch, capsys, step):
    import vivavoce

    folder, name = step.split(".")
    module = getattr(vivavoce, folder)
    whole = getattr(module, name)

    def failing(source, *more):
        if "nothing" in source.text:
            raise IndexError("list index out of range")
        return whole(source, *more)

    monkeypatch.setattr(module, name, failing)
    made = make(tmp_path / "corrie", {"a.txt": GOOD, "b.txt": GOOD.replace("nothing", "a light")})
    code, _, err = told(capsys, "build", str(made))
    assert code == 3
    assert "a.txt: it cannot be worked on (IndexError: list index out of range)." in err
    if step in ("people.cast", "quotes.find"):
        code, out, err = told(capsys, "quotes", str(made / "sources"), "--json")
        assert (code, out.count('"source":"b.txt"'), "a.txt: it cannot" in err) == (3, 1, True)


def test_a_container_that_cannot_be_listed_costs_itself_alone(tmp_path, monkeypatch, capsys):
    from vivavoce.sources import packed

    def failing(*_):
        raise IndexError("list index out of range")

    monkeypatch.setattr(packed, "_parts", failing)
    folder = make(tmp_path / "corrie", {"a.txt": GOOD, "b.zip": "PK"})
    code, _, err = told(capsys, "build", str(folder))
    assert (code, "b.zip: its reader failed (IndexError" in err) == (3, True)
