"""Whatever a source holds: it is read or told in a sentence, its quotations are spans of its text, no later step fails
on it, and it takes time in proportion to its size."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest
from fuzzing import source
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import files, make
from vivavoce import build, sources, workers
from vivavoce.build import history, publish, update
from vivavoce.errors import BadFile, UnreadableSource
from vivavoce.model import Known
from vivavoce.project import open_project
from vivavoce.quoting import attributed

DAY = "2031-05-01"


def went(root: Path, seed: int) -> str:
    """One source made at random, gone through: what was said of it, or ""."""
    name, data = source(seed)
    (root / name).write_bytes(data)
    try:
        found = sources.read(root, name)
        found.text.encode("utf-8")
        for q in attributed(found, "rules", Known())[0]:
            assert all(0 <= start <= end <= len(found.text) for start, end in q.spans), f"seed {seed}"
            assert q.text == " ".join(found.text[start:end] for start, end in q.spans), f"seed {seed}"
    except UnreadableSource as e:
        assert "reader failed" not in str(e), f"seed {seed}: {e}"
    else:
        digest = build._digest(build.Task(str(root), name, "", "rules", Known()))
        assert not digest.problem, f"seed {seed}: {digest.problem}"
    (root / name).unlink()
    return ""


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_a_source_made_at_random_is_read_or_told(tmp_path_factory, seed):
    went(tmp_path_factory.mktemp("fuzz"), seed)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 20_000, 1000))
def test_many_sources_made_at_random_are_read_or_told(tmp_path, first):
    for seed in range(first, first + 1000):
        went(tmp_path, seed)


FOUND = [
    "The gull\n\nIda Bell, ², a keeper, sang. “Nobody slept,” said Ida Bell, ², of the lamp.\n",
]


@pytest.mark.parametrize("text", FOUND)
def test_what_once_broke_a_step_does_not_again(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert not build._digest(build.Task(str(tmp_path), "a.txt", "", "rules", Known())).problem


def test_a_work_may_have_any_number(tmp_path):
    works = "".join(
        f'\n[[works]]\ntitle = "Part {n}"\nkind = "episode"\nnumber = "{n}"\n' for n in ("²", "9" * 5000, "٣")
    )
    project = open_project(make(tmp_path / "corrie", settings='title = "The Corrie"\n' + works))
    update(project)
    publish(project, DAY)


def whole_way(folder: Path, seeds: range) -> int:
    """A project of sources made at random, built and published; how many were read."""
    made = {}
    for seed in seeds:
        name, data = source(seed)
        made[f"{seed}/{name}"] = data
    make(folder, {})
    for path, data in made.items():
        (folder / "sources" / path).parent.mkdir(parents=True)
        (folder / "sources" / path).write_bytes(data)
    project = open_project(folder)
    done = update(project)
    assert not [said for _, said in done.problems if "failed" in said or "set aside" in said or "worked on" in said]
    publish(project, DAY)
    return len(history(project, "site", DAY).sources)


def test_a_project_of_sources_made_at_random_is_built(tmp_path):
    assert whole_way(tmp_path / "corrie", range(40)) > 10


@pytest.mark.soak
@pytest.mark.parametrize("first", range(1000, 9000, 400))
def test_projects_of_sources_made_at_random_are_built(tmp_path, first):
    assert whole_way(tmp_path / "corrie", range(first, first + 400)) > 100


HUGE = {
    "marks.txt": lambda n: "He said “" + "“" * n + " and no more.",
    "pairs.txt": lambda n: "He said " + "“a” " * (n // 4),
    "straight.txt": lambda n: 'He said "' + '" "' * (n // 3),
    "labels.txt": lambda n: "\n\n".join(f"Speaker {i}: We sang." for i in range(n // 20)),
    "line.txt": lambda n: "we sang until the harbour answered " * (n // 35),
    "word.txt": lambda n: "a" * n,
    "commas.txt": lambda n: "She said, " * (n // 10),
    "asides.txt": lambda n: "Ida Bell, " + "the keeper (of the lamp), " * (n // 26) + "said so.",
    "names.txt": lambda n: " ".join(f"Ida Bell{i % 5000}a said so." for i in range(n // 20)),
    "deep.md": lambda n: ">" * (n // 2) + " quoted\n" + "- " * (n // 4),
    "stars.md": lambda n: "*_" * (n // 2) + "a" + "_*" * 9,
    "deep.html": lambda n: "<html><body>" + "<div>" * (n // 5) + "<p>We sang.</p>",
    "open.html": lambda n: "<html><body><p>We sang." + "<" * n,
    "deep.rtf": lambda n: "{\\rtf1 " + "{" * n + "We sang.",
    "deep.json": lambda n: '{"segments": ' + "[" * n,
    "rows.json": lambda n: json.dumps(
        {"segments": [{"text": "We sang.", "start": i, "end": i} for i in range(n // 50)]}
    ),
    "cues.vtt": lambda n: "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n<v Ida>We sang.\n\n" * (n // 40),
    "tags.vtt": lambda n: "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<c>" * (n // 3),
    "entities.html": lambda n: "<html><body><p>" + "&amp;" * (n // 5) + "</p>",
    "joined.txt": lambda n: "“We sang" + "\u200d\u0301" * (n // 2) + "”, said Ida Bell.",
}


def worked(root: Path, name: str, size: int) -> float:
    """Seconds of work on a source of a size."""
    (root / name).write_text(HUGE[name](size), "utf-8")
    begun = time.process_time()
    digest = build._digest(build.Task(str(root), name, "", "rules", Known()))
    assert "failed" not in digest.problem and "worked on" not in digest.problem, digest.problem
    return time.process_time() - begun


@pytest.mark.parametrize("name", HUGE)
def test_a_large_source_takes_time_in_proportion(tmp_path, name):
    small = max(worked(tmp_path, name, 50_000), 0.05)
    assert worked(tmp_path, name, 200_000) < 4 * 3 * small, (
        "four times the size takes far more than four times the work"
    )


@pytest.mark.soak
@pytest.mark.parametrize("name", HUGE)
def test_a_source_of_30_mb_is_done_or_set_aside(tmp_path, name):
    root = tmp_path / "corrie"
    make(root, {"good.txt": "The lamp\n\n“We sang,” said Ida Bell.\n"})
    (root / "sources" / name).write_text(HUGE[name](30_000_000), "utf-8")
    done = update(open_project(root))
    print(name, done.problems)
    assert {path for path, _ in done.problems} <= {name}
    assert len(history(open_project(root), "export", DAY).sources) >= 1


@pytest.mark.skipif(not workers.FORKS, reason="processes are not forked here")
def test_a_file_beyond_256_mb_is_refused_without_reading_it(tmp_path):
    root = make(tmp_path / "corrie", {})
    with (root / "sources" / "huge.txt").open("wb") as file:
        file.truncate(2**30)
    ((_, said),) = update(open_project(root)).problems
    assert said == "huge.txt: it is larger than 256 MB. Cut it into parts."


BILLION = """<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>
<{root} xmlns="http://www.tei-c.org/ns/1.0">&c;&d;</{root}>"""


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("a.docx", "word/document.xml"),
        ("a.odt", "content.xml"),
        ("a.epub", "META-INF/container.xml"),
        ("a.qdpx", "project.qde"),
        ("a.xml", ""),
        ("b.xml", ""),
        ("a.fodt", ""),
        ("a.html", ""),
        ("a.xhtml", ""),
    ],
)
def test_entities_are_never_expanded(tmp_path, name, part):
    root = {"a.xml": "TEI", "b.xml": "ROOT", "a.fodt": "office:document"}.get(name, "html")
    text = BILLION.format(root=root)
    if part:
        with zipfile.ZipFile(tmp_path / name, "w") as box:
            box.writestr("mimetype", "application/epub+zip")
            box.writestr(part, text)
            box.writestr("[Content_Types].xml", text)
            box.writestr("word/_rels/document.xml.rels", text)
    else:
        (tmp_path / name).write_text(text)
    host = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").is_file() else "-"
    for path in sources.listed(tmp_path):
        try:
            found = sources.read(tmp_path, path)
        except UnreadableSource as e:
            assert "reader failed" not in str(e), e
        else:
            assert "haha" not in found.text and (len(host) < 3 or host not in found.text)


NO_NAMES = ["O" * 300, "a/" * 3000, "O\\u0000"]


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_sidecar_that_names_what_no_file_can_be_called_stops_nothing(tmp_path, name):
    root = make(tmp_path / "corrie", files(2) | {"talks/ivo.toml": f'media = "{name}.mp3"\n'})
    assert not update(open_project(root)).problems
    assert len(history(open_project(root), "export", DAY).sources) == 2


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_folder_of_sources_that_no_folder_can_be_called_is_told(tmp_path, name):
    root = make(tmp_path / "corrie", files(1), f'sources = "{name}"\n')
    with pytest.raises(BadFile, match=r"vivavoce\.toml"):
        open_project(root)
