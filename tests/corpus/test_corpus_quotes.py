"""Documents become tables of quotations: the same quotations as without a corpus, each where it stands."""

from __future__ import annotations

import json

import pytest
from corpora import document, documents, lines
from tabled import command, files, made, rows

from vivavoce import quotes, sources
from vivavoce.errors import UsageError
from vivavoce.model import Known
from vivavoce.quoting import loose


def test_every_quotation_stands_in_the_text_of_its_document(tmp_path):
    counts = made(lines(tmp_path / "news.jsonl", 40), tmp_path / "out")
    texts = {d["id"]: d["text"] for d in documents(40)}
    said = rows(tmp_path / "out" / "quotes")
    assert counts["quotes"] == len(said) > 80
    assert counts["documents"] == 40
    for q in said:
        assert q["text"] == " ".join(texts[q["source"]][a:b] for a, b in q["spans"])
    told = rows(tmp_path / "out" / "documents")
    assert [d["source"] for d in told] == list(texts)
    assert [d["date"] for d in told] == [d["date"] for d in documents(40)]
    assert [d["url"] for d in told] == [d["url"] for d in documents(40)]


def test_the_quotations_are_those_of_the_step_itself(tmp_path):
    made(lines(tmp_path / "news.jsonl", 5), tmp_path / "out")
    found = [q["id"] for q in rows(tmp_path / "out" / "quotes")]
    expected = []
    for d in documents(5):
        source = sources.given(d["id"], d["text"].encode())
        expected += [q.id for q in sorted(quotes.find(source, Known()), key=lambda q: q.spans)]
    assert found == expected


def test_a_folder_of_files_gives_what_vivavoce_quotes_gives(tmp_path):
    for d in documents(6):
        (tmp_path / "press").mkdir(exist_ok=True)
        (tmp_path / "press" / f"{d['id']}.txt").write_text(d["text"])
    made(tmp_path / "press", tmp_path / "out")
    alone, _ = loose([tmp_path / "press"], "best", "export", "2026-01-01")
    keys = ("id", "source", "kind", "text", "confidence", "engine")
    found = [tuple(q[k] for k in keys) for q in rows(tmp_path / "out" / "quotes")]
    assert sorted(found) == sorted(tuple(getattr(q, k) for k in keys) for q in alone)


@pytest.mark.parametrize("shard", [0.0, 0.02, 0.005])
def test_no_document_is_missing_or_twice_however_the_file_is_cut(tmp_path, shard):
    made(lines(tmp_path / "news.jsonl", 60), tmp_path / "out", shard=shard)
    assert [d["source"] for d in rows(tmp_path / "out" / "documents")] == [d["id"] for d in documents(60)]


def test_same_input_same_bytes_in_one_process_or_two(tmp_path):
    given = lines(tmp_path / "news.jsonl", 60)
    made(given, tmp_path / "a", shard=0.02)
    made(given, tmp_path / "b", shard=0.02, processes=2)
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_lines_that_are_no_documents_are_told_and_the_rest_goes_on(tmp_path):
    bad = ["{broken", "[1, 2]", json.dumps({"id": "empty", "text": " "}), "null", ""]
    counts = made(lines(tmp_path / "news.jsonl", 3, more=[*bad, document(9)]), tmp_path / "out")
    assert counts["documents"] == 4
    problems = rows(tmp_path / "out" / "problems")
    assert [p["kind"] for p in problems] == ["record"] * 4
    assert problems[2]["source"] == "empty"
    data = (tmp_path / "news.jsonl").read_bytes()
    assert data[problems[0]["place"] :].startswith(b"{broken")


def test_fields_have_usual_names_or_those_that_are_given(tmp_path):
    record = {"key": 7, "meta": {"day": "3 May 2021"}, "words": "“It is late,” said Ida Fell.", "head": "Late"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n")
    from vivavoce.corpus import Fields

    fields = Fields(text="words", id="key", date="meta.day", title="head")
    made(tmp_path / "a.jsonl", tmp_path / "out", fields=fields)
    (told,) = rows(tmp_path / "out" / "documents")
    assert (told["source"], told["date"], told["title"]) == ("7", "2021-05-03", "Late")


def test_a_document_without_a_name_is_called_by_its_place(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "“It is late,” said Ida Fell."}\n' * 2)
    made(tmp_path / "a.jsonl", tmp_path / "out")
    assert [d["source"] for d in rows(tmp_path / "out" / "documents")] == ["a.jsonl#0", "a.jsonl#45"]


def test_what_a_sidecar_withholds_is_in_no_table(tmp_path):
    (tmp_path / "press").mkdir()
    for n in range(2):
        (tmp_path / "press" / f"{n}.txt").write_text(document(n)["text"])
    (tmp_path / "press" / "0.toml").write_text('v = 1\nrights = [{ what = "source", ground = "asked" }]\n')
    counts = made(tmp_path / "press", tmp_path / "out", tables="moments", text=True)
    assert counts["problems"] == 0
    assert {q["source"] for q in rows(tmp_path / "out" / "quotes")} == {"1.txt"}
    assert [(d["source"], d["withheld"], d["text"]) for d in rows(tmp_path / "out" / "documents")] == [
        ("", True, None), ("1.txt", False, document(1)["text"])]  # fmt: skip
    everything = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*.parquet"))
    assert b"0.txt" not in everything


def test_the_command_tells_what_there_is_and_what_was_set_aside(tmp_path):
    lines(tmp_path / "news.jsonl", 3, more=["{broken"])
    done = command("corpus", "news.jsonl", "--out", "out", "--tables", "quotes", cwd=tmp_path)
    told = done.stderr.decode()
    assert done.returncode == 3, told
    assert "3 documents" in told
    assert "1 document was set aside" in told
    assert (
        command("corpus", "news.jsonl", "--out", "out", "--tables", "quotes", "--strict", cwd=tmp_path).returncode == 5
    )


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["none.jsonl", "--out", "out"], 2, "there is nothing to read"),
        (["news.jsonl", "--out", "out", "--tables", "chairs"], 2, "quotes, people, moments"),
        (["news.jsonl", "--out", "out", "--on", "moon"], 2, "dask://HOST:PORT"),
        (["news.jsonl", "--out", "out", "--engine", "none"], 2, "There is no engine"),
        (["news.jsonl", "--out", "full"], 5, "is not of a corpus"),
        (["news.jsonl", "--out", "out", "--day", "soon"], 2, "--day soon: that is no date"),
        (["news.jsonl", "--out", "out", "--shard", "inf"], 2, "--shard"),
        (["news.jsonl", "--out", "out", "--seconds", "inf"], 2, "--seconds"),
        (["news.jsonl", "news.jsonl", "--out", "out"], 2, "is given twice"),
        (["news.jsonl", "--out", "out", "--on", "dask://127.0.0.1:9"], 5, "No dask scheduler answers"),
        (["news.jsonl", "--out", "out", "--on", "dask://127.0.0.1:port"], 2, "that is no host and port"),
        (["news.jsonl", "--out", "out", "--on", f"dask://{'n' * 70}:8786"], 5, "No dask scheduler answers"),
        (["nowhere://a/b.jsonl", "--out", "out"], 5, "cannot be reached"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(tmp_path, args, code, sentence):
    lines(tmp_path / "news.jsonl", 1)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letters.txt").write_text("mine")
    done = command("corpus", *args, cwd=tmp_path)
    told = done.stderr.decode()
    assert (done.returncode, sentence in told, "Traceback" in told) == (code, True, False), told
    assert code != 2 or not (tmp_path / "out").exists()  # a mistake makes nothing


def test_tables_of_other_inputs_are_never_mixed(tmp_path):
    made(lines(tmp_path / "a.jsonl", 2), tmp_path / "out")
    from vivavoce.corpus.values import CannotGoOn

    with pytest.raises(CannotGoOn, match="Name another folder"):
        made(lines(tmp_path / "b.jsonl", 3), tmp_path / "out")


def test_two_files_told_by_one_name_are_refused(tmp_path):
    lines(tmp_path / "a" / "news.jsonl", 1)
    lines(tmp_path / "b" / "news.jsonl", 1)
    with pytest.raises(UsageError, match="Give the folder above them"):
        made([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    made([tmp_path], tmp_path / "out")
    assert {d["file"] for d in rows(tmp_path / "out" / "documents")} == {"a/news.jsonl", "b/news.jsonl"}


def test_the_tables_are_no_input_of_themselves(tmp_path):
    lines(tmp_path / "news.jsonl", 2)
    for given in (".", "*.*", "**/*.*"):
        out = f"tables{len(given)}.d"
        for _ in range(2):
            done = command("corpus", given, "--out", out, "--tables", "quotes", cwd=tmp_path)
            assert done.returncode == 0, done.stderr
        import shutil

        assert [d["file"] for d in rows(tmp_path / out / "documents")] == ["news.jsonl"] * 2
        shutil.rmtree(tmp_path / out)


def test_there_is_a_table_of_problems_where_there_are_none(tmp_path):
    import pyarrow.parquet as pq

    made(lines(tmp_path / "news.jsonl", 2), tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "problems").num_rows == 0
