"""The process that brings the archive up to date, when the workbench that started it is gone."""

import multiprocessing

import pytest

from vivavoce.project import open_project
from vivavoce.workbench.rebuilding import _rebuild


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
