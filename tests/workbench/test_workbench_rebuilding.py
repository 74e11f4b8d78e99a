"""The process that brings the archive up to date, when the workbench that started it, or the archive, is gone."""

import multiprocessing
import shutil

import pytest

from projects import make
from vivavoce.build import update
from vivavoce.errors import Busy
from vivavoce.project import open_project
from vivavoce.workbench.bench import Bench
from vivavoce.workbench.rebuilding import _rebuild
from vivavoce.workbench.search import find


@pytest.mark.parametrize("decisions", ["", '{"v": 99}\n'])
def test_nobody_left_to_hear_of_it_is_no_fault(tmp_path, decisions, capfd):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "oddny.txt").write_text("The gate held, said Oddny Marsh.\n", "utf-8")
    project = open_project(tmp_path)
    (tmp_path / "decisions.jsonl").write_text(decisions, "utf-8")
    hears, says = multiprocessing.Pipe(duplex=False)
    hears.close()
    _rebuild(project, says)
    assert capfd.readouterr().err == ""


def test_an_archive_that_is_taken_away_meanwhile_is_made_anew(tmp_path):
    project = open_project(make(tmp_path / "corrie"))
    update(project)
    bench = Bench(project, "2031-05-01", "ed")
    before = find(bench, bench.view, "lamps", {}).count
    shutil.rmtree(project.state)
    with pytest.raises(Busy, match="taken away"):
        find(bench, bench.view, "lamps", {})
    bench._turn()
    assert bench.view.seen.shown.quotes
    assert find(bench, bench.view, "lamps", {}).count == before > 0
