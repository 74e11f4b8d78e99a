"""Works of a whole project: listed, published, and withheld with the words that tell of them."""

import json
from pathlib import Path

import pytest
from shows import LANTERN
from typer.testing import CliRunner

from vivavoce.build import history, publish, update
from vivavoce.cli import app
from vivavoce.project import open_project

DAY = "2031-05-09"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
OTHER = """Half a Crown, thirty years on

By Ada Fenn

The sitcom Half a Crown had a third season that nobody saw. “We were on at midnight,” said Moll Okafor.
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "row.txt").write_text(LANTERN, "utf-8")
    (tmp_path / "sources" / "crown.txt").write_text(OTHER, "utf-8")
    return tmp_path


def built(folder, channel="site"):
    opened = open_project(folder)
    update(opened)
    return history(opened, channel, DAY)


def test_the_listing_tells_works_facts_and_times(project):
    run = CliRunner().invoke
    works = [json.loads(line) for line in run(app, ["works", str(project), "--json"]).stdout.splitlines()]
    finale = next(w for w in works if w["title"] == "Gate Money")
    assert finale["part_of"] == "lantern-row-season-7"
    assert [f["value"] for f in finale["facts"]] == ["2006-05-09"]
    facts = [json.loads(line) for line in run(app, ["works", str(project), "--facts", "--json"]).stdout.splitlines()]
    assert {"work", "kind", "value", "unit", "source", "start", "end", "told"} <= facts[0].keys()
    times = run(app, ["works", str(project), "--times", "--csv"]).stdout
    assert "five days before they wrapped the episode" in times
    assert "Low Tide, Maud" in run(app, ["works", str(project)]).stdout


def test_a_withheld_source_tells_of_no_work(project):
    (project / "sources" / "row.toml").write_text('[[rights]]\nchannels = ["site"]\nuntil = "permission"\n', "utf-8")
    shown = built(project)
    assert "Lantern" not in json.dumps([e.title for e in shown.catalogue.works])
    assert not any(f.source == "row.txt" for f in shown.catalogue.facts)
    assert built(project, "workbench").catalogue.facts


def test_what_rests_on_withheld_words_is_not_told(project):
    """The words of the number are withheld, and then those of what it is of: neither leaves a fact."""
    for words in ("5.7 million", "“Low Tide, Maud”"):
        rule = f'[[rights]]\nwhat = "span"\nwords = "{words}"\n'
        (project / "sources" / "row.toml").write_text(rule, "utf-8")
        shown = built(project)
        assert not [f for f in shown.catalogue.facts if f.kind == "viewers"]
        assert [f for f in shown.catalogue.facts if f.kind == "seasons"]
    assert not [e for e in shown.catalogue.works if "Tide" in e.title]
    site, _ = publish(open_project(project), DAY)
    told = "".join(p.read_text("utf-8") for p in site.rglob("*.html"))
    assert "Low Tide" not in told
    assert "5.7 million" not in told


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not part of the project")
def test_the_articles_of_a_real_drawer_give_their_facts_and_times(tmp_path):
    (tmp_path / "sources").mkdir()
    for file in SEEDS.glob("*.txt"):
        (tmp_path / "sources" / file.name).write_bytes(file.read_bytes())
    told = built(tmp_path, "workbench").catalogue
    by_id = {e.id: e for e in told.works}
    facts = {(f.kind, f.value) for f in told.facts if f.work}
    assert ("takes", 17.0) in facts
    assert [by_id[f.work].number for f in told.facts if f.kind == "rating"] == ["8"]
    times = {(o.amount, o.unit): by_id[o.work].number for o in told.offsets if o.work}
    assert times == {(6.0, "month"): "22", (3.0, "day"): "22"}
