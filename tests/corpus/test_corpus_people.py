"""People of a corpus: who is who through all its parts, as `resolve` tells it of a few sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import lines
from tabled import made, rows

from vivavoce import people, quotes, sources
from vivavoce.model import Known
from vivavoce.quoting import loose

SALTMARSH = Path(__file__).parents[2] / "examples" / "saltmarsh" / "sources"


def written(folder: Path, *texts: str) -> Path:
    folder.mkdir()
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text)
    return folder


def test_one_person_of_many_documents_is_one_row(tmp_path):
    told = [
        f"The ferry is late. “We will wait until {n},” said Petra Vance, the harbour master of Holm.\n\n"
        f"“There are {n} of us,” Vance added." for n in range(3, 9)
    ]  # fmt: skip
    counts = made(written(tmp_path / "in", *told), tmp_path / "out", tables="people", shard=0.0002)
    assert len(list((tmp_path / "out" / "quotes").iterdir())) > 2, "the documents lie in several parts"
    (petra,) = (p for p in rows(tmp_path / "out" / "people") if p["name"] == "Petra Vance")
    assert (petra["id"], petra["quotes"], petra["documents"]) == ("petra-vance", 12, 6)
    assert any(r["title"].endswith("harbour master of Holm") or "harbour master" in r["title"] for r in petra["roles"])
    assert {q["person"]["id"] for q in rows(tmp_path / "out" / "quotes")} == {"petra-vance"}
    assert counts["people"] == len(rows(tmp_path / "out" / "people"))


def test_two_of_one_name_whom_something_tells_apart_are_two(tmp_path):
    told = (
        "“The boats are old,” said Ivo Lasker, a fisherman. He mends his nets in March, and his wife sells them.",
        "“The nave is cold,” said Ivo Lasker, 80, the priest. He said: “We pray in coats.”",
        "“She is late,” said Iva Lasker. “I told her so,” she said.",
    )
    made(written(tmp_path / "in", *told), tmp_path / "out", tables="people")
    found = sources_resolved(tmp_path / "in")
    assert {p["id"] for p in rows(tmp_path / "out" / "people")} == found


def sources_resolved(folder: Path) -> set[str]:
    """The ids of those who speak, as `resolve` tells them of all sources at once."""
    casts, spoken = [], set()
    for path in sources.listed(folder):
        source = sources.read(folder, path)
        found = quotes.find(source, Known())
        casts.append(people.cast(source, found, Known()))
    said, _ = loose([folder], "best", "export", "2026-01-01")
    spoken = {q.person.id for q in said if q.person}
    persons = people.resolve(casts, Known())
    return {p.id for p in persons if p.kind != "character" and (p.id in spoken or (p.kind == "person" and p.roles))}


def test_of_a_history_nearly_everybody_is_who_they_are_when_all_sources_are_resolved_together(tmp_path):
    made(SALTMARSH, tmp_path / "out", tables="people")
    whole = {q.id: q.person and q.person.name for q in loose([SALTMARSH], "best", "export", "2026-01-01")[0]}
    blocked = {q["id"]: q["person"] and q["person"]["name"] for q in rows(tmp_path / "out" / "quotes")}
    both = whole.keys() & blocked.keys()
    assert len(both) > 300
    same = sum(whole[i] == blocked[i] for i in both)
    print(f"{same} of {len(both)} quotations have the same person")
    assert same / len(both) > 0.97


@pytest.mark.parametrize("shard", [0.0, 0.02])
def test_how_the_corpus_is_cut_changes_no_person(tmp_path, shard):
    given = lines(tmp_path / "news.jsonl", 60)
    made(given, tmp_path / "out", tables="people", shard=shard)
    made(given, tmp_path / "other", tables="people", shard=0.05)
    found = [sorted((q["id"], str(q["person"])) for q in rows(tmp_path / o / "quotes")) for o in ("out", "other")]
    assert found[0] == found[1]


def test_ids_are_of_one_person_each(tmp_path):
    made(lines(tmp_path / "news.jsonl", 200), tmp_path / "out", tables="people")
    ids = [p["id"] for p in rows(tmp_path / "out" / "people")]
    assert len(ids) == len(set(ids))


def test_a_block_that_cannot_be_resolved_is_told_and_the_others_go_on(tmp_path, monkeypatch):
    from vivavoce.corpus import whose

    resolve = whose.people.resolve

    def fails(casts, known):
        if any(f.name == "Petra Vance" for c in casts for f in c.figures):
            raise KeyError("strange")
        return resolve(casts, known)

    told = ["“It is late,” said Petra Vance, the harbour master.", "“It is not,” said Ivo Lasker, the engineer."]
    monkeypatch.setattr(whose.people, "resolve", fails)
    counts = made(written(tmp_path / "in", *told), tmp_path / "out", tables="people")
    assert (counts["documents"], counts["problems"]) == (2, 1)
    assert [q["person"] and q["person"]["name"] for q in rows(tmp_path / "out" / "quotes")] == [None, "Ivo Lasker"]


def test_a_name_in_very_many_documents_is_resolved_in_runs_and_stays_one(tmp_path, monkeypatch):
    from vivavoce.corpus import whose

    monkeypatch.setattr(whose, "MOST", 2)
    told = [f"“It is {n},” said Petra Vance, the harbour master." for n in range(7)]
    made(written(tmp_path / "in", *told), tmp_path / "out", tables="people")
    (petra,) = (p for p in rows(tmp_path / "out" / "people") if p["name"] == "Petra Vance")
    assert (petra["quotes"], petra["documents"]) == (7, 7)
