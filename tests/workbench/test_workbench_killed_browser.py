"""Decisions are made in a real browser while the server is killed as by `kill -9`: whatever the page called saved is
there."""

from __future__ import annotations

import contextlib
import random
import re
import threading
from typing import Any

import pytest
from bench_at_work import Process

from projects import files, make
from vivavoce import decisions
from vivavoce.build import update
from vivavoce.project import open_project

pytestmark = pytest.mark.browser

# Every sentence that stands in `#said`, however short a while, in the order in which it stood there.
WITNESS = """
addEventListener("DOMContentLoaded", () => {
  const said = document.getElementById("said");
  if (said) new MutationObserver((all) => {
    for (const one of all) for (const node of one.addedNodes) window.witness(node.textContent);
  }).observe(said, { childList: true });
});
"""
SAVED = re.compile(r"Saved: “Lamp number (\d+) was dead,” is (.+)’s\.$")
NAMES = ("Wim Oort", "Petra Vance", "Ivo Lasker")


def archive(folder: Any, count: int) -> Any:
    said = "\n\n".join(f"“Lamp number {n} was dead,” he said." for n in range(count))
    made = open_project(make(folder, {**files(), "press/lamps.txt": f"The lamps\n\nBy Hanne Oort\n\n{said}\n"}))
    update(made)
    return made


def decided(page: Any, serving: Process, chance: random.Random, most: int, witnessed: list[str]) -> None:
    """Decide by keyboard until the server is gone, or that many times."""
    from playwright.sync_api import Error

    with contextlib.suppress(Error):  # nobody answers any more
        page.goto(serving.address)
        page.goto(f"http://{serving.client.host}/review?kind=quotation")
        page.locator("#question .undo-it").wait_for()
        threading.Timer(chance.uniform(0.1, 5), serving.process.kill).start()
        for _ in range(most):
            page.keyboard.press("n")
            page.keyboard.insert_text(chance.choice(NAMES))
            page.keyboard.press("Enter")
            page.wait_for_timeout(chance.uniform(0, 60))
            if witnessed and witnessed[-1].startswith("Not saved"):
                return
        page.wait_for_timeout(1000)


def killed(browser: Any, project: Any, wanted: int, kills: int) -> None:
    """Decide and kill, until there are as many decisions and kills; after each, find what was called saved."""
    chance = random.Random(11)
    witnessed: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.expose_function("witness", lambda sentence: witnessed.append(sentence))
    page.add_init_script(WITNESS)
    page.set_default_timeout(10_000)
    done, saved = 0, {}
    while done < kills or len(saved) < wanted:
        assert done < 3 * kills, f"only {len(saved)} were saved in {done} runs"
        with Process(project) as serving:
            decided(page, serving, chance, 2 * wanted // kills, witnessed)
        done += 1
        saved = {m[1]: m[2] for m in map(SAVED.match, witnessed) if m}
        journal = decisions.read(project.journal)
        held = {d.target[0].exact: d.value for d in decisions.standing(journal)}
        kept = {n: held.get(f"Lamp number {n} was dead,") for n in saved}
        assert kept == saved, f"after {done} kills"
    context.close()
    assert update(project).broken == ()


def test_what_the_page_calls_saved_is_there_after_kills(browser: Any, tmp_path: Any) -> None:
    killed(browser, archive(tmp_path / "corrie", 60), 40, 3)


@pytest.mark.soak
def test_three_hundred_decisions_outlive_twenty_kills(browser: Any, tmp_path: Any) -> None:
    killed(browser, archive(tmp_path / "corrie", 420), 300, 20)
