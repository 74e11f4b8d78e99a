"""Decisions of two branches that were merged by hand: all rows stay, what contradicts is shown, and a person settles
it."""

from __future__ import annotations

import re
import threading
from typing import Any

from bench_at_work import MORE, until

from projects import files, make
from vivavoce import desk
from vivavoce.build import update
from vivavoce.decisions.journal import row
from vivavoce.desk import Held
from vivavoce.project import open_project
from vivavoce.workbench import Bench


def merged(served: Any) -> tuple[Any, Any]:
    """`decisions.jsonl` as it is left by a merge with conflicts: two rows on one quotation between its marks."""
    ours = desk.speaker(served.project, "We kept the lamps dry", "Ivo Lasker", "Bo").row
    theirs = desk.speaker(served.project, "We kept the lamps dry", "Wim Oort", "Cy").row
    lines = [b"<<<<<<< ours\n", row(ours), b"=======\n", row(theirs), b">>>>>>> theirs\n"]
    served.project.journal.write_bytes(b"".join(lines))
    return ours, theirs


def settled(served: Any, doubts: int) -> str:
    """The page of what has to be looked at, once the archive has followed."""
    until(lambda: served.client.json("/state.json")["doing"] == "ready")
    until(lambda: served.client.get("/decisions?doubtful").count('<p class="alarm">') >= doubts)
    return served.client.get("/decisions?doubtful")


def test_rows_of_an_unfinished_merge_are_shown_with_its_marks_and_none_is_lost(served: Any) -> None:
    ours, theirs = merged(served)
    page = settled(served, 5)
    assert page.count("a mark of a merge that was not finished") == 3
    assert all(f'id="d-{d.id}"' in page and d.by in page for d in (ours, theirs))
    assert page.count("several decisions on one quotation say different things") == 2
    assert {d.id for d in served.rows()} == {ours.id, theirs.id}


def test_undoing_one_of_two_settles_it_and_an_undo_is_undone(served: Any) -> None:
    ours, theirs = merged(served)
    settled(served, 5)
    undone = served.client.post("/undo", decision=theirs.id)
    until(lambda: "several decisions" not in served.client.get("/decisions"))
    until(lambda: "Ivo Lasker" in served.client.get("/people"))
    page = served.client.get("/decisions")
    assert re.search(rf'id="d-{theirs.id}" class="fallen"', page)
    held = [f'name="decision" value="{one}"' in page for one in (ours.id, theirs.id, undone["saved"])]
    assert held == [True, False, True]  # what has fallen has no button that would change nothing
    served.client.post("/undo", decision=undone["saved"])
    until(lambda: "several decisions" in served.client.get("/decisions"))
    assert len(served.rows()) == 4 and ours.id in {d.id for d in served.rows()}


def test_a_decision_behind_what_another_program_has_read_is_followed_too(tmp_path: Any) -> None:
    project = open_project(make(tmp_path / "corrie", {**files(), "press/watch.txt": MORE}))
    update(project)
    bench = Bench(project, "2031-05-01", "Ada", pause=600)
    before = bench.view.seen.generation
    desk.speaker(project, "We kept the lamps dry", "Ivo Lasker", "Bo")
    update(project)
    later = desk.speaker(Held(project, bench.view.seen.whole), "The fog tasted of coal", "Wim Oort", "Cy").row
    bench.ledger()
    threading.Thread(target=bench.keep_up, daemon=True).start()
    try:
        until(lambda: bench.view.seen.generation != before)
        bench.pause = 0
        until(lambda: later.id in bench.view.holds and bench.state.doing == "ready")
        (said,) = (q for q in bench.view.seen.shown.quotes if q.text.startswith("The fog tasted of coal"))
        assert said.person and said.person.name == "Wim Oort"
    finally:
        bench.end()
