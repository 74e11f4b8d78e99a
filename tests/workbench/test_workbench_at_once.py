"""Two programs decide the same thing in the same instant: one decision is kept, and the other is shown it."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bench_at_work import MORE, Process, until

from projects import files, make
from vivavoce import decisions, desk
from vivavoce.build import update
from vivavoce.project import open_project

SAT = """
import sys, time, pathlib
from vivavoce import desk
from vivavoce.project import open_project
home, who, go = sys.argv[1:]
held = desk.sat(open_project(pathlib.Path(home)))
pathlib.Path(go + who).touch()
while not pathlib.Path(go).exists():
    time.sleep(0.001)
try:
    print("kept", desk.speaker(held, "We kept the lamps dry", who, who).row.id)
except desk.Decided as e:
    print("shown", e.earlier.id, e)
"""


@pytest.fixture
def project(tmp_path):
    lamps = "\n\n".join(f"“Lamp number {n} was dead,” he said." for n in range(30))
    given = {**files(), "press/watch.txt": MORE, "press/lamps.txt": f"The lamps\n\nBy Hanne Oort\n\n{lamps}\n"}
    made = open_project(make(tmp_path / "corrie", given))
    update(made)
    return made


def rows(project):
    return decisions.read(project.journal).decisions


def test_of_two_programs_the_later_is_shown_what_the_earlier_decided(project, tmp_path):
    go = str(tmp_path / "go")
    command = [sys.executable, "-c", SAT, project.home]
    both = [subprocess.Popen([*command, who, go], stdout=subprocess.PIPE, text=True) for who in ("Bo", "Cy")]
    until(lambda: Path(f"{go}Bo").exists() and Path(f"{go}Cy").exists(), 60)
    Path(go).touch()
    told = sorted(p.communicate(timeout=60)[0].strip() for p in both)
    (row,) = rows(project)
    assert told[0] == f"kept {row.id}"
    assert told[1].startswith(f"shown {row.id} {row.by} has decided on the same")


def test_who_decides_later_on_is_told_of_the_earlier_and_both_are_kept(project):
    first = desk.speaker(desk.sat(project), "We kept the lamps dry", "Ivo Lasker", "Bo")
    second = desk.speaker(desk.sat(project), "We kept the lamps dry", "Wim Oort", "Cy")
    assert first.beside is None and second.beside == first.row
    assert "Bo has decided on the same" in str(second) and f"decide undo {first.row.id}" in str(second)


def test_words_are_corrected_once(project):
    one, other = desk.sat(project), desk.sat(project)
    desk.correct(one, "talks/ivo.vtt", "eleven lamps", "twelve lamps", "Bo")
    with pytest.raises(desk.Decided, match="Bo has decided on the same"):
        desk.correct(other, "talks/ivo.vtt", "eleven lamps", "ten lamps", "Cy")
    assert len(rows(project)) == 1


def test_two_workbenches_answer_every_question_once(project):
    with Process(project, "Bo") as one, Process(project, "Cy") as other:
        keys = one.client.json("/questions.json?kind=quotation")["keys"]
        assert len(keys) >= 30
        with ThreadPoolExecutor(2) as pool:
            for key in keys:
                at = time.monotonic() + 0.02

                def answer(client, key=key, at=at):
                    time.sleep(max(at - time.monotonic(), 0))
                    return client.post("/answer", item=key, do="name", name="Wim Oort", known="")

                told = list(pool.map(answer, (one.client, other.client)))
                saved = [t["saved"] for t in told if "saved" in t]
                shown = [t["earlier"]["id"] for t in told if "wrong" in t]
                assert len(saved) == 1 and shown == saved, (key, told)
    assert len(rows(project)) == len(keys)
