"""Press articles on a serial: everybody is in everything, so that the episode that is named says what is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce import build
from vivavoce.accounts.episodes import apart, in_force
from vivavoce.model import History, Naming, Passage
from vivavoce.project import open_project

GAZETTE = """Orla Finch on the two scenes that nearly ended “The Lamplighters”

By Hugo Marsden

Orla Finch played Bess Tully in The Lamplighters for six seasons, beside Tom Hadley as Gus Tully.

In the episode titled “The Long Pier”, Bess was to slap Gus before the lifeboat crew. Finch refused to raise her hand.

“I wouldn't slap him. Bess would have burned the pier down, but she never would have struck him,” Finch said.

The other scene came in season 5 episode 12, titled “Low Water”. Tom Hadley was leaving, and rowed again and again.

“We did the rowing nine times, and each time the boat drifted back to me,” Finch said.
"""
COURIER = """Priya Dunne remembers “The Lamplighters”

By Ines Calloway

Priya Dunne, the showrunner of The Lamplighters, gave Orla Finch and Tom Hadley their best years.

Hadley's last day was the episode titled “Low Water”. Gus rows away from the steps, in a boat that leaked.

“We did the rowing fourteen times, and he was sitting in water to his knees,” Dunne said.

In the episode titled “The Long Pier”, Finch would not slap Gus in front of the lifeboat crew.

“I still think that the slap was right. The crew needed to see Bess strike him once,” Dunne said.
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> History:
    home = tmp_path_factory.mktemp("serial")
    (home / "sources").mkdir()
    (home / "sources" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (home / "sources" / "courier.txt").write_text(COURIER, "utf-8")
    project = open_project(Path(home))
    build.update(project)
    return build.history(project, "workbench", "2026-01-01")


def moment_of(told: History, source: str, words: str) -> str:
    text = next(s.text for s in told.sources if s.path == source)
    at = text.index(words)
    found = [
        m.id for m in told.moments for a in m.accounts if a.source == source and any(x <= at < y for x, y in a.spans)
    ]
    assert len(found) == 1, words
    return found[0]


def test_two_scenes_in_two_articles_with_one_cast_are_two_moments(told: History) -> None:
    slap = {
        moment_of(told, "gazette.txt", "Finch refused to raise"),
        moment_of(told, "gazette.txt", "I wouldn't slap him"),
        moment_of(told, "courier.txt", "Finch would not slap Gus"),
        moment_of(told, "courier.txt", "I still think that the slap"),
    }
    rowing = {
        moment_of(told, "gazette.txt", "We did the rowing nine times"),
        moment_of(told, "gazette.txt", "Tom Hadley was leaving"),
        moment_of(told, "courier.txt", "We did the rowing fourteen times"),
        moment_of(told, "courier.txt", "Hadley's last day"),
    }
    assert len(slap) == 1
    assert len(rowing) == 1
    assert slap != rowing


def passage(at: int, topic: int = 0, heading: str = "On the serial", source: str = "a.txt") -> Passage:
    return Passage(source=source, figure=None, spans=((at, at + 10),), topic=topic, heading=heading)


def naming(at: int, title: str = "", episode: int | None = None, season: int | None = None) -> Naming:
    return Naming(
        "a.txt", at, at + 5, title=title, kind="episode", season=season, episode=episode, of="The Lamplighters"
    )


def test_an_article_is_of_the_episode_that_it_named_last() -> None:
    of = in_force([passage(0), passage(20), passage(40)], (naming(22, "Low Water"), naming(42, "The Long Pier")))
    assert [sorted(t for e in es for t in e.titles) for es in of] == [[], ["low water"], ["the long pier"]]


def test_an_article_that_names_one_episode_is_of_it_from_its_first_word() -> None:
    of = in_force([passage(0), passage(20), passage(40)], (naming(22, "Low Water"),))
    assert len(set(of)) == 1
    assert of[0]


def test_what_is_asked_next_in_a_talk_is_of_no_episode() -> None:
    of = in_force([passage(0, 0, ""), passage(20, 1, "")], (naming(2, "Low Water"),))
    assert of[0] and not of[1]


def test_a_title_and_a_number_that_are_named_together_are_one_episode() -> None:
    both = naming(2, "Low Water", 12, 5)
    first, second, third = in_force(
        [passage(0), passage(20), passage(40)], (both, naming(22, "", 12, 5), naming(42, "", 11, 5))
    )
    assert not apart(first, second)
    assert apart(second, third)
    assert not apart(first, frozenset())
