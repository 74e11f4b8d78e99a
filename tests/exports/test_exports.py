"""What others work on with: each form says what the history says, and can be read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest

from projects import make
from vivavoce import build, cli, desk, sources
from vivavoce.engines import names
from vivavoce.exporting import export
from vivavoce.exports import annotation, jsonl, vtt
from vivavoce.exports.csv import table
from vivavoce.exports.csv import write as csv_write
from vivavoce.model import History, Quote
from vivavoce.project import Project, open_project

DAY = "2026-01-01"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = open_project(make(tmp_path_factory.mktemp("export") / "corrie"))
    build.update(made)
    return made


@pytest.fixture(scope="module")
def history(project: Project) -> History:
    return build.history(project, "export", DAY)


def test_every_form_is_written_with_a_manifest_and_again_the_same(project: Project) -> None:
    for form in names("export"):
        folder, count = export(project, DAY, form)
        first = {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
        assert len(first) == count >= 2 and Path("manifest.json") in first
        export(project, DAY, form)
        assert {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()} == first


def test_json_lines_are_what_the_listings_print(history: History) -> None:
    rows = [msgspec.json.decode(row, type=Quote) for row in jsonl.write(history)["quotes.jsonl"].splitlines()]
    assert tuple(rows) == history.quotes


def test_an_article_is_exported_without_the_text_that_may_only_be_quoted(history: History) -> None:
    rows = [msgspec.json.decode(row) for row in jsonl.write(history)["sources.jsonl"].splitlines()]
    assert {r["path"]: r["text"] is None for r in rows} == {s.path: s.kind == "press" for s in history.sources}


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> History:
    made = open_project(make(tmp_path_factory.mktemp("mended") / "corrie"))
    desk.correct(made, "petra.srt", "fourteen lamps", "forty lamps", "Ada")
    desk.correct(made, "ivo.vtt", "of them were dead, and Petra kept", "of them went dead; Petra kept", "Ada")
    desk.pseudonym(made, "Wim Oort", "Jan Pell", "Ada")
    build.update(made)
    return build.history(made, "export", DAY)


def test_corrected_words_are_told_beside_those_that_came(mended: History) -> None:
    files = jsonl.write(mended)
    rows = [msgspec.json.decode(row) for row in files["quotes.jsonl"].splitlines()]
    told = {r["text"]: r["reads"] for r in rows if "reads" in r}
    assert len(told) == 2 and all("fourteen" in w and "forty lamps" in r for w, r in told.items() if "sang" in w)
    texts = {s["path"]: s for s in map(msgspec.json.decode, files["sources.jsonl"].splitlines())}
    petra = texts["talks/petra.srt"]
    (one,) = petra["corrections"]
    assert (petra["text"][one["start"] : one["end"]], one["to"]) == ("fourteen", "forty")
    table_ = list(csv.DictReader(io.StringIO(csv_write(mended)["quotes.csv"].decode("utf-8-sig"))))
    assert {r["words"]: r["reads"] for r in table_ if r["reads"]} == told


def test_an_annotation_selects_the_words_that_came_and_tells_the_corrected_ones(mended: History) -> None:
    items = msgspec.json.decode(annotation.write(mended)["annotations.jsonld"])["first"]["items"]
    (item,) = [i for i in items if "fourteen lamps, not" in str(i["target"])]
    (edited,) = [b["value"] for b in item["body"] if b.get("purpose") == "editing"]
    assert "forty lamps, not eleven" in edited


def test_subtitles_have_corrected_words_and_other_names_each_once(mended: History) -> None:
    made = vtt.write(mended)
    assert b"forty lamps" in made["talks/petra.srt.vtt"] and b"fourteen" not in made["talks/petra.srt.vtt"]
    ivo = " ".join(made["talks/ivo.vtt"].decode().split())
    assert "nine of them went dead; " in ivo and ivo.count("dead; ") == 1 and "Petra kept" in ivo
    wim = next(data.decode() for data in made.values() if b"<v Jan Pell>" in data)
    assert "the fog would lift by two" in wim and "Oort" not in wim and "OORT" not in wim


def test_a_cell_is_never_a_formula_and_every_table_is_utf8() -> None:
    told = table(("a", "b"), [("=1+1", "né, “so”\nand"), ("+x", None)])
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(told.decode("utf-8-sig"))))
    assert rows == [["a", "b"], ["'=1+1", "né, “so”\nand"], ["'+x", ""]]


def test_annotations_select_the_very_words(history: History) -> None:
    made = msgspec.json.decode(annotation.write(history)["annotations.jsonld"])
    texts = {"sources/" + s.path: s.text for s in history.sources}
    items = made["first"]["items"]
    assert made["total"] == len(items) == len(history.quotes)
    for item in items:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            words, place = target["selector"]
            text = texts[target["source"]]
            assert text[place["start"] : place["end"]] == words["exact"]
            assert words["prefix"] + words["exact"] + words["suffix"] in text
            assert max(len(words["prefix"]), len(words["suffix"])) <= 32


def test_subtitles_read_back_have_the_same_words_in_the_same_mouths(history: History, tmp_path: Path) -> None:
    made = vtt.write(history)
    timed = [s for s in history.sources if s.kind == "transcript" and any(p.time for p in s.places)]
    assert len(made) == len(timed) == 3
    for source in timed:
        name = source.path if source.path.endswith(".vtt") else source.path + ".vtt"
        (tmp_path / "one.vtt").write_bytes(made[name])
        again = sources.read(tmp_path, "one.vtt")
        told = " ".join(source.text[a:b] for t in source.turns for a, b in t.spans)
        assert again.text.split() == told.split()
        said = [q for q in history.quotes if q.source == source.path and q.person]
        assert {t.label for t in again.turns} == {q.person.name for q in said if q.person}


def test_a_name_with_signs_of_markup_cannot_break_a_cue() -> None:
    told = vtt._voiced(vtt.Cue(0, 1, "A <v B>\n-->", "x < y & z --> 0"))
    assert told.count("<") == told.count(">") == 1 and "-->" not in told and "\n" not in told


def test_the_command_names_the_folder_and_the_forms_there_are(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", project.home, "--to", "csv", "--on", DAY])
    assert not ended.value.code and "export-csv" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", project.home, "--to", "clay"])
    assert ended.value.code == 2 and "web-annotation" in capsys.readouterr().err


def test_the_check_holds_exports_too(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    export(project, DAY, "csl")
    talk = Path(project.sources) / "talks" / "petra.srt"
    before = talk.read_text()
    talk.write_text(before.replace("Petra Vance: I sang", "Petra Vance: I hummed"))
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main(["check", project.home, "--on", DAY])
        assert ended.value.code == 4 and "export-csl" in capsys.readouterr().err
    finally:
        talk.write_text(before)
