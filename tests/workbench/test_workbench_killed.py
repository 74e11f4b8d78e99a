"""The server is killed at random moments: every decision that it said was saved is there."""

from __future__ import annotations

import http.client
import random
import threading
import time

import pytest
from bench_at_work import Process

from projects import files, make
from vivavoce import decisions
from vivavoce.build import update
from vivavoce.errors import BadFile
from vivavoce.project import open_project


@pytest.fixture
def project(tmp_path):
    said = "\n\n".join(f"“Lamp number {n} was dead,” he said." for n in range(60))
    made = open_project(
        make(tmp_path / "corrie", {**files(), "press/lamps.txt": f"The lamps\n\nBy Hanne Oort\n\n{said}\n"})
    )
    update(made)
    return made


def test_every_decision_that_was_answered_as_saved_is_found_after_each_kill(project):
    chance = random.Random(5)
    saved: list[str] = []
    for _ in range(4):
        serving = Process(project)
        client = serving.client
        threading.Timer(chance.uniform(0.05, 1.2), serving.process.kill).start()
        try:
            for key in client.json("/questions.json?kind=quotation")["keys"]:
                told = client.post("/answer", item=key, do="name", name="Wim Oort", known="")
                saved.append(told["saved"])
                time.sleep(chance.uniform(0, 0.02))
        except (OSError, http.client.HTTPException, ValueError):
            pass  # killed in the middle of an answer
        serving.process.wait(60)
        try:
            kept = {d.id for d in decisions.standing(decisions.read(project.journal))}
        except BadFile as e:
            raise AssertionError(f"the journal does not open after a kill: {e}") from e
        assert set(saved) <= kept
    assert len(saved) >= 20
    assert update(project).broken == ()
