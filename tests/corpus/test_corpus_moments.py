"""Moments of a corpus: what documents of one event tell comes together, wherever they lie; nothing is told twice."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from corpora import document, lines
from tabled import made, rows

from vivavoce.accounts import keys
from vivavoce.model import Passage

EVENT = (
    "TARN, — The chapel roof of Tarn came down on Sunday, and Gerda Holloway and Piet Marsh were under it.\n\n"
    "“The beam broke over the organ and I pulled Piet out by his collar,” said Gerda Holloway, the organist. "
    "She was playing a hymn of Lindqvist when the chapel roof came down.",
    "When the roof of the chapel in Tarn came down, there were nine people in it.\n\n“Gerda pulled me out by the"
    " collar, and then the beam fell over the organ,” said Piet Marsh, who had come to hear Gerda Holloway play.",
)


def filed(path, *more):
    many = [document(n) for n in range(40)]
    told = [{"id": f"tarn-{n}", "date": f"2024-05-0{n + 3}", "text": text} for n, text in enumerate(EVENT)]
    records = [told[0], *many, told[1], *more]
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return path


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moments")
    made(filed(folder / "news.jsonl"), folder / "out", tables="moments", shard=0.02)
    return folder / "out"


def test_two_documents_of_one_event_in_far_parts_are_one_moment(out):
    found = [{a["source"] for a in m["accounts"]} for m in rows(out / "moments")]
    assert {"tarn-0", "tarn-1"} in found


def test_a_span_belongs_to_one_moment_at_most(out):
    spans = sorted((a["source"], *s) for m in rows(out / "moments") for a in m["accounts"] for s in a["spans"])
    assert all(x[0] != y[0] or x[2] <= y[1] for x, y in pairwise(spans))


def test_what_moments_point_at_is_there(out):
    quotes = {q["id"] for q in rows(out / "quotes")}
    people = {p["id"] for p in rows(out / "people")}
    for m in rows(out / "moments"):
        assert {q for a in m["accounts"] for q in a["quotes"]} <= quotes
        assert {a["person"]["id"] for a in m["accounts"] if a["person"]} <= people
        accounts = {a["id"] for a in m["accounts"]}
        assert {i for r in m["relations"] for i in (r["a"], r["b"])} <= accounts


def test_a_moment_is_as_the_json_of_vivavoce_moments(out):
    first = rows(out / "moments")[0]
    assert list(first)[:6] == ["id", "title", "works", "when", "accounts", "relations"]
    assert list(first["accounts"][0]) == ["id", "person", "source", "spans", "quotes", "time", "told"]


def test_no_block_is_larger_than_its_bound(tmp_path, monkeypatch):
    import numpy as np

    from vivavoce.corpus import events

    monkeypatch.setattr(events, "MOST", (4, 3, 2, 2))
    made(lines(tmp_path / "news.jsonl", 60), tmp_path / "out", tables="moments", shard=0.02)
    blocks = np.load(tmp_path / "out" / ".work" / "blocks.npy")
    assert len(blocks) == 60
    assert np.unique(blocks, return_counts=True)[1].max() <= 4


def test_a_block_that_cannot_be_gathered_is_told_and_the_others_go_on(tmp_path, monkeypatch):
    from vivavoce.corpus import events

    gather = events.accounts.gather

    def fails(passages, people, known):
        if any(p.source == "tarn-0" for p in passages):
            raise KeyError("strange")
        return gather(passages, people, known)

    monkeypatch.setattr(events.accounts, "gather", fails)
    counts = made(filed(tmp_path / "news.jsonl"), tmp_path / "out", tables="moments")
    assert counts["problems"] == 2
    assert counts["moments"] > 3


def test_what_is_printed_within_a_fortnight_has_a_key_in_common():
    def told(day):
        return {k for _, k in keys([Passage("a", None, ((0, 1),), names=("ida fell", "piet marsh"), told=day)])}

    for gap in ("2024-05-01", "2024-05-04", "2024-05-07"):
        assert any(" a" in k or " b" in k for k in told("2024-04-30") & told(gap)), gap
    assert not any(" a7" in k or " b7" in k for k in told("2024-04-30") & told("2024-06-30"))
    assert "ida fell" in told("2024-04-30") & told("")
