"""Why accounts are together: what they share, where it stands, and what was near."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import harrow
import msgspec
import pytest

from vivavoce import build
from vivavoce.accounts import explain, gather, joins
from vivavoce.accounts.explain import Ground
from vivavoce.model import WITHHELD, History, Known, Moment, Source
from vivavoce.project import open_project

TEXTS = {
    **harrow.TRANSCRIPTS,
    **{path: re.sub(r"\{\w+: ([^}]+)\}", r"“\1”", text) for path, text in harrow.ARTICLES.items()},
}


def history() -> History:
    found = gather(harrow.archive(), harrow.people(), Known())
    kinds = {path: "press" if path in harrow.ARTICLES else "transcript" for path in TEXTS}
    sources = tuple(Source(path, kinds[path], "txt", text) for path, text in TEXTS.items())  # type: ignore[arg-type]
    return History("Harrow", "2026-01-01", sources, people=tuple(harrow.people()), moments=tuple(found))


def fire(shown: History) -> Moment:
    at = TEXTS["ida.txt"].find("six guitars")
    return next(
        m
        for m in shown.moments
        if any(a.source == "ida.txt" and any(s <= at < e for s, e in a.spans) for a in m.accounts)
    )


def explained() -> Ground:
    shown = history()
    return explain(shown, fire(shown))


def test_what_accounts_share_stands_where_it_is_said_to_stand() -> None:
    ground = explained()
    assert ground.shared
    for row in ground.shared:
        assert len(row.accounts) == len(row.evidence) >= 2
        for e in row.evidence:
            there = TEXTS[e.source][e.start : e.end]
            assert there and there == there.strip()
            if row.kind == "word":
                assert there[:3].casefold() == row.said[:3].casefold()


def test_the_strongest_word_of_a_fire_in_a_van_is_shared_by_those_who_tell_of_it() -> None:
    said = {row.said.casefold() for row in explained().shared}
    assert said & {"van", "fire", "burned", "guitars", "shoulder"}


def test_near_moments_are_others_and_say_what_sets_them_apart() -> None:
    ground = explained()
    assert ground.near
    assert ground.id not in {n.id for n in ground.near}
    assert all(0 < n.likeness < 1 and n.apart for n in ground.near)
    assert list(ground.near) == sorted(ground.near, key=lambda n: -n.likeness)


def test_nothing_that_is_withheld_can_be_seen_through_it() -> None:
    shown = history()
    moment = fire(shown)
    (at,) = [m.start() for m in re.finditer("guitars", TEXTS["ida.txt"])][:1]
    sources = tuple(
        msgspec.structs.replace(s, text=s.text[:at] + WITHHELD * 7 + s.text[at + 7 :]) if s.path == "ida.txt" else s
        for s in shown.sources
    )
    ground = explain(msgspec.structs.replace(shown, sources=sources), moment)
    assert not [e for row in ground.shared for e in row.evidence if e.source == "ida.txt" and e.start == at]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> History:
    home = tmp_path_factory.mktemp("ship") / "ship"
    shutil.copytree(Path(__file__).parents[1] / "yard", home)
    project = open_project(home)
    build.update(project)
    return build.history(project, "workbench", "2026-01-01")


def test_each_account_says_by_which_other_it_was_joined_how_likely_and_for_what(built: History) -> None:
    moment = max(built.moments, key=lambda m: len(m.accounts))
    found = joins(built, moment)
    assert {j.account for j in found} == {a.id for a in moment.accounts}
    by = [j for j in found if j.by]
    assert len(by) > len(found) / 2
    assert all(j.by != j.account and 0 <= j.likely <= 1 and len(j.why) <= 3 for j in by)
    assert sum(j.likely > 0.5 and bool(j.why) for j in by) > len(by) / 2


def test_in_an_archive_of_a_few_accounts_likeness_alone_joins() -> None:
    shown = history()
    assert joins(shown, fire(shown)) == ()


def test_all_moments_weighed_at_once_are_told_as_each_by_itself() -> None:
    from vivavoce.accounts import Weighing

    shown = history()
    on = Weighing(shown)
    both, near = dict(on.shared(lambda _: True, 5)), dict(on.near())
    for moment in shown.moments:
        ground = explain(shown, moment)
        assert both[moment.id] == ground.shared[:5]
        assert [(n.id, n.apart, n.both) for n in near[moment.id]] == [(n.id, n.apart, n.both) for n in ground.near]
