"""What tests of a corpus share."""

from __future__ import annotations

import pytest

# An engine that does harm where a document asks for it: as an installed package would bring one.
EVIL = """
import ctypes, os, sys, time
from vivavoce.people.rules import attribute as rules

def attribute(source, quotes, cast, known):
    if "PLEASE LOOP" in source.text:
        while True:
            pass
    if "PLEASE SLEEP" in source.text:
        time.sleep(600)
    if "PLEASE WAIT" in source.text:
        time.sleep(float(source.text.rpartition("PLEASE WAIT ")[2]))
    if "PLEASE EXIT" in source.text:
        os._exit(7)
    if "PLEASE DIE ONCE" in source.text:
        died = source.text.rpartition("PLEASE DIE ONCE ")[2].strip()
        if not os.path.exists(died):
            open(died, "w").close()
            os.kill(os.getpid(), 9)
    if "PLEASE CRASH" in source.text:
        ctypes.string_at(0)
    if "PLEASE EAT" in source.text:
        eaten = [bytearray(2 ** 24) for _ in range(10_000)]
    if "PLEASE RAISE" in source.text:
        raise KeyError("no such thing")
    if "PLEASE PRINT" in source.text:
        print("noise " * 1000)
        os.write(1, b"more noise")
    return rules(source, quotes, cast, known)
"""


@pytest.fixture
def evil(tmp_path, monkeypatch):
    """The engine "evil", installed."""
    folder = tmp_path / "installed"
    (folder / "evil-1.0.dist-info").mkdir(parents=True)
    (folder / "evil.py").write_text(EVIL)
    (folder / "evil-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (folder / "evil-1.0.dist-info" / "entry_points.txt").write_text("[vivavoce.attribute]\nevil = evil:attribute\n")
    monkeypatch.syspath_prepend(str(folder))
    return folder
