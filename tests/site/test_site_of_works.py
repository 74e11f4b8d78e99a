"""The page of works, and the timeline with what is told from something else."""

import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vivavoce.build import publish, update
from vivavoce.project import open_project

sys.path.insert(0, str(Path(__file__).parents[1] / "works"))
from shows import LANTERN

DAY = "2031-05-09"


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.hrefs, self.ids = [], set()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.hrefs += [told["href"]] if tag == "a" else []
        self.ids |= {told["id"]} if "id" in told else set()


def read(path):
    made = Links()
    made.feed(path.read_text("utf-8"))
    return made


@pytest.fixture
def site(tmp_path):
    (tmp_path / "sources").mkdir()
    aired = LANTERN.replace("was watched by", "aired on 12 June 2005 and was watched by")
    (tmp_path / "sources" / "row.txt").write_text(aired, "utf-8")
    project = open_project(tmp_path)
    update(project)
    return publish(project, DAY)[0]


def test_a_work_stands_with_its_facts_and_every_link_leads_somewhere(site):
    page = (site / "works.html").read_text("utf-8")
    assert (
        page.index("Season 6") < page.index("Low Tide, Maud</h5>") < page.index("Season 7") < page.index("Gate Money<")
    )
    assert "5.7 million people" in page
    assert "61 percent" in page
    for name in ("works.html", "timeline.html"):
        for href in read(site / name).hrefs:
            path, _, fragment = href.partition("#")
            target = site / path if path else site / name
            assert target.is_file(), href
            assert not fragment or fragment in read(target).ids, href


def test_times_told_from_a_work_stand_round_it_and_get_its_date(site):
    page = (site / "timeline.html").read_text("utf-8")
    told = page[page.index("Told from something else") :]
    assert told.index("four months before her final episode") < told.index("five days before they wrapped the episode")
    assert "about February 2005" in page
    assert page.index("As it was made") < page.index("shot the scene at the gate last") < page.index("As it is seen")


def test_without_works_there_is_no_page_of_them(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "talk.txt").write_text("Ann: I was there when it sank.\nBob: And I was not.\n", "utf-8")
    project = open_project(tmp_path)
    update(project)
    made, _ = publish(project, DAY)
    assert not (made / "works.html").exists()
    assert "works.html" not in (made / "index.html").read_text("utf-8")
