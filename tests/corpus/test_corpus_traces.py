"""The quotations of a corpus are followed into transcripts, part by part."""

from __future__ import annotations

import json

from corpora import documents
from tabled import files, made, rows

from vivavoce import sources, traces
from vivavoce.corpus import said

SPOKEN = (
    "We had fourteen lamps on the ferry and I counted every one of them twice before the fog came in",
    "Nobody in the whole harbour slept that night and the captain sang hymns through a tin funnel",
    "My brother sold his accordion to pay for the new boiler and never once complained about it",
)
PRINTED = (
    "“We had fourteen lamps on the ferry,” said Petra Vance, “and I counted every one of them twice.”",
    "“Nobody in the whole harbour slept and the captain sang hymns through a tin funnel,” said Ivo Lasker.",
    "“My brother sold his accordion to pay for the new boiler,” said Hugo Stroud.",
    "“The moon was green and every dog in the county wore slippers,” said Petra Vance.",
)
WHO = ("Petra Vance", "Ivo Lasker", "Wim Oort")


def talks(folder, count=6):
    folder.mkdir()
    for n in range(count):
        told = " ".join(p for d in documents(6, 10 * n) for p in d["text"].replace("“", "").replace("”", "").split())
        words = told.split()
        own = [(WHO[n], SPOKEN[n])] if n < len(SPOKEN) else []
        turns = [("Nadia Brandt", "What was it like?"), *own, ("Nadia Brandt", "And then?")]
        turns += [(WHO[k % 3], " ".join(words[k * 40 : k * 40 + 40])) for k in range(len(words) // 40)]
        body = "".join(
            f"\n00:{k:02}:00.000 --> 00:{k:02}:50.000\n<v {who}>{text}\n" for k, (who, text) in enumerate(turns[:50])
        )
        (folder / f"talk-{n}.vtt").write_text("WEBVTT\n" + body)
    return folder


def pressed(path):
    path.write_text("".join(json.dumps({"id": f"p{n}", "text": text}) + "\n" for n, text in enumerate(PRINTED)))
    return path


def test_each_quotation_is_found_where_it_was_said_however_the_transcripts_are_cut(tmp_path):
    given, heard = pressed(tmp_path / "press.jsonl"), talks(tmp_path / "talks")
    made(given, tmp_path / "one", transcripts=[heard])
    made(given, tmp_path / "many", transcripts=[heard], shard=0.0005)
    for out in ("one", "many"):
        found = {t["source"]: t for t in rows(tmp_path / out / "traces")}
        told = {name: (t["class"], t["in"]) for name, t in found.items()}
        assert told == {
            "p0": ("verbatim", "talk-0.vtt"),
            "p1": ("altered", "talk-1.vtt"),
            "p2": ("misattributed", "talk-2.vtt"),
            "p3": ("absent", None),
        }
        assert found["p1"]["edits"]
        assert found["p0"]["time"] == [60.0, 110.0]
    assert len(list((tmp_path / "many" / ".work" / "heard").iterdir())) > 3
    assert len(list((tmp_path / "many" / "traces").iterdir())) == len(list((tmp_path / "many" / "quotes").iterdir()))


def test_the_traces_of_one_part_are_those_of_follow(tmp_path):
    given, heard = pressed(tmp_path / "press.jsonl"), talks(tmp_path / "talks")
    made(given, tmp_path / "out", transcripts=[heard])
    quotes = [q for _, q in said.quotes(tmp_path / "out", 0)]
    texts = [sources.read(heard, p) for p in sources.listed(heard)]
    expected = traces.follow(quotes, texts, said.talk(str(tmp_path / "out"), 0, 0) and turns(heard))
    assert [t["class"] for t in rows(tmp_path / "out" / "traces")] == [t.cls for t in expected]
    assert [t["in"] for t in rows(tmp_path / "out" / "traces")] == [t.found_in for t in expected]


def turns(folder):
    from vivavoce.quoting import loose

    return [q for q in loose([folder], "best", "export", "2026-01-01")[0] if q.kind == "turn"]


def test_a_transcript_that_cannot_be_read_is_told(tmp_path):
    heard = talks(tmp_path / "talks", 2)
    (heard / "bad.vtt").write_bytes(b"")
    counts = made(pressed(tmp_path / "press.jsonl"), tmp_path / "out", transcripts=[heard])
    assert counts["problems"] == 1
    assert counts["traces"] == 4
    (problem,) = rows_of(tmp_path / "out" / "problems")
    assert problem["source"] == "bad.vtt"


def rows_of(folder):
    import pyarrow.parquet as pq

    return [row for part in sorted(folder.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


def test_twice_the_same_bytes(tmp_path):
    given, heard = pressed(tmp_path / "press.jsonl"), talks(tmp_path / "talks", 3)
    for out in ("a", "b"):
        made(given, tmp_path / out, transcripts=[heard], tables="people", shard=0.0005)
    assert files(tmp_path / "a") == files(tmp_path / "b")
