"""`vivavoce add` and `vivavoce new`: whatever a user has comes in, whole or not at all, and nothing is overwritten."""

import os
import re
import tomllib
import zipfile
from pathlib import Path

import msgspec
import pytest

from projects import ARTICLE, TALK, files, lines, make, tree
from test_cli import run, said
from test_sources_command import UNNAMED, silence
from vivavoce import adding, sources, tables
from vivavoce.project import Settings, open_project, write_new
from vivavoce.sources import sidecar, starting


def history(folder: Path) -> Path:
    write_new(folder / "history")
    return folder / "history/sources"


def add(*paths, cwd, into="history", code=0) -> list[dict]:
    done = run("add", *paths, "--in", into, "--json", cwd=cwd)
    assert done.returncode == code, said(done)
    said(done)
    return lines(done.stdout.decode())


def test_a_folder_comes_in_with_its_folders_names_and_all_that_belongs_to_it(tmp_path):
    kept = history(tmp_path)
    given = tmp_path / "Gespräche 2021"
    (given / "Frau Müller").mkdir(parents=True)
    (given / "Frau Müller/Teil 1, früh.vtt").write_text(UNNAMED)
    (given / "Frau Müller/Teil 1, früh.mp3").write_bytes(silence(1))
    (given / "Frau Müller/Teil 2.vtt").write_text(TALK)
    (given / "Frau Müller/Teil 2.TOML").write_text('title = "Zweiter Teil"\nmedia = "../ton/zwei.wav"\n')
    (given / "ton").mkdir()
    (given / "ton/zwei.wav").write_bytes(silence(1))
    (given / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    before = tree(given)
    rows = add("Gespräche 2021", cwd=tmp_path)
    assert {r["source"]: r["done"] for r in rows if r["done"] != "left"} == {
        "Gespräche 2021/Frau Müller/Teil 1, früh.vtt": "added",
        "Gespräche 2021/Frau Müller/Teil 2.vtt": "added",
    }
    assert [r["given"] for r in rows if r["done"] == "left"] == ["Gespräche 2021/photo.jpg"]
    assert tree(given) == before
    there = tree(kept / "Gespräche 2021")
    written = there.pop("Frau Müller/Teil 1, früh.toml").decode()
    before.pop("photo.jpg")
    assert there == before
    assert 'SPEAKER_01 = ""' in written
    told = {r["source"]: r for r in lines(run("sources", "history", "--json", cwd=tmp_path).stdout.decode())}
    assert told["Gespräche 2021/Frau Müller/Teil 2.vtt"]["title"] == "Zweiter Teil"
    assert told["Gespräche 2021/Frau Müller/Teil 2.vtt"]["media"][0]["path"].endswith("ton/zwei.wav")


def test_adding_twice_changes_nothing(tmp_path):
    kept = history(tmp_path)
    make(tmp_path / "mine")
    add("mine/sources/talks", "mine/sources/press/night.txt", cwd=tmp_path)
    before = tree(kept)
    again = add("mine/sources/talks", "mine/sources/press/night.txt", cwd=tmp_path)
    assert {r["done"] for r in again} == {"there"}
    assert tree(kept) == before
    (tmp_path / "another name.vtt").write_text(files()["talks/ivo.vtt"])
    (row,) = add("another name.vtt", cwd=tmp_path)
    assert (row["done"], row["source"], row["problem"]) == ("there", "talks/ivo.vtt", ""), "one talk is one source"
    (tmp_path / "another name.toml").write_text('[[rights]]\nwhat = "source"\n')
    (row,) = add("another name.vtt", cwd=tmp_path)
    assert "its rights above all" in row["problem"]
    assert tree(kept) == before


def test_the_sidecar_that_is_written_changes_nothing_until_it_is_filled_in(tmp_path):
    for path, text in {**files(), "talks/unnamed.vtt": UNNAMED, 'talks/1987-03-02_Frau "M" #1.vtt': UNNAMED}.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        before = sources.read(tmp_path, path)
        written = starting.first_sidecar(before)
        file.with_suffix(".toml").write_text(written)
        assert sources.read(tmp_path, path) == before
        said_so = re.sub(r"(?m)^# (?=\S+ = |\"[^\n]*\" = )", "", written)
        assert said_so != written
        file.with_suffix(".toml").write_text(said_so)
        after = sources.read(tmp_path, path)
        assert not after.warnings
        assert after.turns == before.turns or "interviewer" in said_so
    assert tomllib.loads(said_so)["date"] == "1987-03-02"
    assert tomllib.loads(said_so)["title"] == '1987 03 02 Frau "M" #1'


def test_a_guess_is_no_more_than_a_comment(tmp_path):
    kept = history(tmp_path)
    (tmp_path / "night.vtt").write_text(UNNAMED)
    (row,) = add("night.vtt", cwd=tmp_path)
    assert (row["sidecar"], row["unnamed"]) == ("night.toml", 2)
    written = (kept / "night.toml").read_text()
    assert '# interviewer = "SPEAKER_00"  # a guess' in written
    assert tomllib.loads(written) == {"v": 1, "speakers": {"SPEAKER_00": "", "SPEAKER_01": ""}}
    assert "begins: On the quay, with the lantern." in written


@pytest.mark.parametrize("label", ['A "B"', "a\\b", "Zoë\u0085X", "x\x7fy", "#", "k = 1", "\U0001f600", "]["])
def test_odd_labels_and_words_make_no_broken_sidecar(label):
    from vivavoce.model import Source, Turn

    text = "What\x00 \x7f\u2028now? # x\n = "
    turn = Turn(label, ((0, len(text)),), 0, len(text))
    source = Source(f"talks/{label}.vtt", "transcript", "vtt", text, turns=(turn,), title=label + "\n[rights]\n")
    told = sidecar.parse(starting.first_sidecar(source))
    assert told.speakers == {label: ""}
    assert (told.title, told.rights) == (None, [])


def test_two_sources_of_one_stem_do_not_share_what_is_written(tmp_path):
    kept = history(tmp_path)
    (tmp_path / "ep07.vtt").write_text(UNNAMED)
    (tmp_path / "ep07.html").write_text(f"<html><body><article><p>{ARTICLE}</p></article></body></html>")
    add("ep07.vtt", "ep07.html", cwd=tmp_path)
    assert sorted(p.name for p in kept.iterdir()) == ["ep07.html", "ep07.html.toml", "ep07.vtt", "ep07.vtt.toml"]


def test_nothing_is_overwritten(tmp_path):
    kept = history(tmp_path)
    (kept / "night.txt").write_text("Mine, corrected by hand.")
    (kept / "Talk.vtt").write_text(TALK)
    (kept / "box.toml").write_text('title = "Said by me"\n')
    (tmp_path / "night.txt").write_text(ARTICLE)
    (tmp_path / "talk.VTT").write_text(UNNAMED)
    (tmp_path / "box.txt").write_text(ARTICLE)
    (tmp_path / "box.toml").write_text('title = "Another"\n[[rights]]\nwhat = "source"\n')
    before = tree(kept)
    rows = add("night.txt", "talk.VTT", "box.txt", cwd=tmp_path, code=5)
    assert [r["done"] for r in rows] == ["refused"] * 3
    assert tree(kept) == before
    assert "another file of that name is there. Rename one of the two" in rows[0]["problem"]
    assert "differs only in capitals" in rows[1]["problem"]
    assert "its sidecar box.toml cannot come along" in rows[2]["problem"], "its rights would be lost"


def test_two_files_of_one_name_are_not_mixed_up(tmp_path):
    kept = history(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Müller.txt").write_text(f"{ARTICLE}\n{name}")
    done = run("add", "one/Müller.txt", "two/Müller.txt", "--in", "history", cwd=tmp_path)
    assert done.returncode == 5
    assert "1 added, 1 not added." in said(done)
    assert (kept / "Müller.txt").read_text().endswith("one")


def test_what_cannot_be_read_comes_in_and_is_told(tmp_path):
    kept = history(tmp_path)
    (tmp_path / "leer.txt").write_bytes(b"")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 no")
    (tmp_path / "slip.vtt").write_text(UNNAMED)
    (tmp_path / "slip.toml").write_text('titel = "x"\n')
    rows = add("leer.txt", "scan.pdf", "slip.vtt", "slip.toml", cwd=tmp_path, code=3)
    assert [(r["source"], r["done"], r["unread"]) for r in rows] == [
        ("leer.txt", "added", True), ("scan.pdf", "added", True), ("slip.vtt", "added", True)
    ]  # fmt: skip
    assert "the file is empty" in rows[0]["problem"]
    assert "slip.toml, line 1: “titel” is not known here" in rows[2]["problem"]
    assert sorted(p.name for p in kept.iterdir()) == ["leer.txt", "scan.pdf", "slip.toml", "slip.vtt"]
    assert run("add", "slip.vtt", "--in", "history", "--strict", cwd=tmp_path).returncode == 0, "it is there already"


def test_a_zip_stays_whole_and_its_members_are_told(tmp_path):
    kept = history(tmp_path)
    with zipfile.ZipFile(tmp_path / "alles, gepackt.zip", "w") as box:
        box.writestr("eins.vtt", UNNAMED)
        box.writestr("leer.txt", "")
    (row,) = add("alles, gepackt.zip", cwd=tmp_path, code=3)
    assert (row["unnamed"], row["sidecar"]) == (2, "")
    assert "alles, gepackt.zip/leer.txt: the file is empty" in row["problem"]
    assert [p.name for p in kept.iterdir()] == ["alles, gepackt.zip"]


def test_all_of_a_folder_by_a_star_tells_each_source_once(tmp_path):
    kept = history(tmp_path)
    names = {"a.mp3": silence(1), "a.toml": b'title = "A"\n', "a.vtt": UNNAMED.encode(), "b.wav": silence(2)}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    rows = add(*sorted(names), cwd=tmp_path)
    assert [(r["source"], r["kind"]) for r in rows] == [("a.vtt", "transcript"), ("b.wav", "recording")]
    assert tree(kept) == names


def test_a_sidecar_or_a_recording_that_comes_later_joins_its_source(tmp_path):
    kept = history(tmp_path)
    (kept / "a.vtt").write_text(UNNAMED)
    (tmp_path / "a.toml").write_text('title = "A"\n')
    (tmp_path / "a.mp3").write_bytes(silence(1))
    rows = add("a.toml", "a.mp3", cwd=tmp_path)
    assert [(r["done"], r["kind"]) for r in rows] == [("added", "part")] * 2
    assert sources.read(kept, "a.vtt").title == "A"


def test_no_link_is_followed_out_of_what_was_named(tmp_path):
    kept = history(tmp_path)
    (tmp_path / "private").mkdir()
    (tmp_path / "private/diary.txt").write_text("Nobody's business.")
    given = tmp_path / "received"
    given.mkdir()
    (given / "night.txt").write_text(ARTICLE)
    (given / "diary.txt").symlink_to("../private/diary.txt")
    (given / "more").symlink_to("../private")
    (given / "gone.txt").symlink_to("nowhere")
    (given / "talk.vtt").write_text(UNNAMED)
    (given / "talk.toml").symlink_to("../private/diary.txt")
    (tmp_path / "diary link.txt").symlink_to("private/diary.txt")
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone/diary.txt").symlink_to("../private/diary.txt")
    rows = add("received", "alone/diary.txt", cwd=tmp_path, code=5)
    done = {r["given"]: r["done"] for r in rows}
    assert done == {
        "received/night.txt": "added", "received/diary.txt": "refused", "received/more": "refused",
        "received/gone.txt": "refused", "received/talk.vtt": "refused", "alone/diary.txt": "refused",
    }  # fmt: skip
    assert all("link" in r["problem"] for r in rows if r["done"] == "refused")
    assert set(tree(kept)) == {"received/night.txt", "received/night.toml"}
    (row,) = add("diary link.txt", cwd=tmp_path)
    assert row["done"] == "added", "it leads to a file in the same folder"


def test_nothing_is_written_through_a_link_out_of_the_sources(tmp_path):
    kept = history(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (kept / "talks").symlink_to("../../elsewhere")
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks/a.vtt").write_text(UNNAMED)
    (row,) = add("talks", cwd=tmp_path, code=5)
    assert "link out of the sources" in row["problem"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_of_the_project_itself_is_there_already_or_no_source(tmp_path):
    kept = history(tmp_path)
    (kept / "talks").mkdir()
    (kept / "talks/a.vtt").write_text(UNNAMED)
    before = tree(tmp_path)
    rows = add("history/sources/talks/a.vtt", "history/sources", cwd=tmp_path)
    assert [(r["done"], r["source"]) for r in rows] == [("there", "talks/a.vtt"), ("there", ".")]
    assert run("build", "history", "--on", "2026-01-01", cwd=tmp_path).returncode == 0
    for inner in ("history", ".", "history/vivavoce.toml", "history/out/site", "history/.vivavoce"):
        assert add(inner, cwd=tmp_path, code=5)[0]["done"] == "refused"
    assert {k: v for k, v in tree(tmp_path).items() if "/out/" not in k and "/.vivavoce/" not in k} == before
    (tmp_path / "history/night.txt").write_text(ARTICLE)
    assert add("history/night.txt", cwd=tmp_path)[0]["done"] == "added", "beside its sources, it is only a file"


def test_rights_that_would_stay_behind_keep_a_source_where_it_is(tmp_path):
    kept = history(tmp_path)
    rule = 'title = "x"\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\n'
    make(tmp_path / "box/other", settings=rule)
    make(tmp_path / "free")
    for path in ("box/other/sources/talks/petra.srt", "box/other/sources/talks", "box/other", "box"):
        (row,) = add(path, cwd=tmp_path, code=5)
        assert "would stay behind" in row["problem"], path
    (tmp_path / "box/other/vivavoce.toml").unlink()
    decided = run("decide", "withhold", "person", "Petra Vance", "--in", "box/other", cwd=tmp_path)
    assert decided.returncode == 0, said(decided)
    assert add("box/other/sources/talks", cwd=tmp_path, code=5)[0]["done"] == "refused"
    (tmp_path / "box/other/vivavoce.toml").write_text("titel = 1\n")
    rows = add("free/sources/press", "box/other/sources/talks", cwd=tmp_path, code=5)
    assert [r["done"] for r in rows] == ["added", "refused"], "rules that cannot be read may withhold anything"
    assert {path.partition("/")[0] for path in tree(kept)} == {"press"}
    assert {r["done"] for r in add("free/sources/talks", cwd=tmp_path)} == {"added"}


def test_a_folder_within_the_sources_can_be_named(tmp_path):
    kept = history(tmp_path)
    (tmp_path / "a.vtt").write_text(UNNAMED)
    (row,) = add("a.vtt", cwd=tmp_path, into="history/sources/talks/new ones")
    assert (row["source"], row["sidecar"]) == ("talks/new ones/a.vtt", "talks/new ones/a.toml")
    assert set(tree(kept)) == {"talks/new ones/a.vtt", "talks/new ones/a.toml"}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["add", "nowhere.txt", "--in", "history"], "no file or folder"),
        (["add", "a.vtt", "nowhere.txt", "--in", "history"], "Nothing was added"),
        (["add", "a.vtt", "--in", "cuttings"], "no project"),
        (["add", "a.vtt", "--in", "cuttings-history"], "only read"),
        (["new", "history"], "project already"),
        (["new", "cuttings"], "not empty"),
        (["new", "a.vtt"], "not empty"),
    ],
)
def test_mistakes_are_told_and_nothing_is_done(tmp_path, args, words):
    history(tmp_path)
    (tmp_path / "a.vtt").write_text(UNNAMED)
    (tmp_path / "cuttings").mkdir()
    (tmp_path / "cuttings/night.txt").write_text(ARTICLE)
    run("build", "cuttings", "--on", "2026-01-01", cwd=tmp_path)
    before = tree(tmp_path)
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert words in said(done)
    assert tree(tmp_path) == before


def test_a_folder_that_may_not_be_written_is_told_and_the_rest_goes_on(tmp_path, monkeypatch):
    kept = history(tmp_path)
    for name in ("locked", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.vtt").write_text(UNNAMED)
    (kept / "locked").mkdir()
    real = adding.tempfile.mkstemp

    def denied(*, dir, **more):
        if Path(dir).name == "locked":
            raise PermissionError(13, "Permission denied", str(dir))
        return real(dir=dir, **more)

    monkeypatch.setattr(adding.tempfile, "mkstemp", denied)
    rows = adding.add(tmp_path / "history", [tmp_path / "locked", tmp_path / "open"])
    assert [r.done for r in rows] == ["refused", "added"]
    assert "Permission denied" in rows[0].problem
    assert set(tree(kept)) == {"open/open.vtt", "open/open.toml"}


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path):
    kept = history(tmp_path)
    (kept / "talks").write_text("a file without an ending")
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks/a.vtt").write_text(UNNAMED)
    (row,) = add("talks", cwd=tmp_path, code=5)
    assert "talks/a.vtt: it" in row["problem"]
    assert set(tree(kept)) == {"talks"}


@pytest.mark.parametrize("breaks", ["fsync", "link"])
def test_a_disk_that_fails_leaves_no_half_file_behind(tmp_path, monkeypatch, breaks):
    kept = history(tmp_path)
    (tmp_path / "a.mp3").write_bytes(silence(3))

    def full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(adding.os, "fsync" if breaks == "fsync" else "link", full)
    if breaks == "link":
        monkeypatch.setattr(Path, "rename", full)
    (row,) = adding.add(tmp_path / "history", [tmp_path / "a.mp3"])
    assert "No space left on device" in row.problem
    assert list(kept.iterdir()) == []


def test_a_disk_that_knows_no_second_names_will_do(tmp_path, monkeypatch):
    kept = history(tmp_path)
    (tmp_path / "a.mp3").write_bytes(silence(3))

    def unknown(*given):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(adding.os, "link", unknown)
    (row,) = adding.add(tmp_path / "history", [tmp_path / "a.mp3"])
    assert row.done == "added"
    assert tree(kept) == {"a.mp3": silence(3)}


def test_what_holds_a_source_back_is_there_before_it(tmp_path, monkeypatch):
    kept = history(tmp_path)
    (tmp_path / "a.vtt").write_text(UNNAMED)
    (tmp_path / "a.toml").write_text('[[rights]]\nwhat = "source"\n')
    taken = []
    real = adding.disk.take
    monkeypatch.setattr(adding.disk, "take", lambda name, target: (taken.append(target.name), real(name, target)))
    adding.add(tmp_path / "history", [tmp_path / "a.vtt"])
    assert taken == ["a.toml", "a.vtt"]
    assert set(tree(kept)) == {"a.toml", "a.vtt"}


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_names_that_are_no_text_are_told(tmp_path):
    history(tmp_path)
    given = tmp_path / "given"
    given.mkdir()
    (Path(os.fsdecode(os.fsencode(given) + b"/caf\xe9.txt"))).write_text(ARTICLE)
    done = run("add", "given", os.fsdecode(b"given/caf\xe9.txt"), "--in", "history", "--json", cwd=tmp_path)
    assert done.returncode == 5
    assert said(done).count("its name is not UTF-8") == 2


def test_new_makes_what_it_says_and_teaches(tmp_path):
    done = run("new", "Our ferry", cwd=tmp_path)
    assert done.returncode == 0
    assert "vivavoce add PATH… --in 'Our ferry'" in said(done)
    made = tmp_path / "Our ferry"
    assert {p.name for p in made.iterdir()} == {"vivavoce.toml", "sources", "pictures", ".gitignore"}
    assert open_project(made).title == "Our ferry"
    text = (made / "vivavoce.toml").read_text("utf-8")
    assert tables.load(text, Settings, "vivavoce.toml") == Settings(title="Our ferry")
    whole = re.sub(r"(?m)^# (?=\w+ = |\[)", "", text)
    told = tables.load(whole, Settings, "vivavoce.toml")
    shown = msgspec.to_builtins(told)
    assert all(shown[key] for key in ("works", "people", "rights", "subtitle", "introduction"))
    assert open_project(made).restrictions == ()


@pytest.mark.parametrize("name", ['The "Corrie"', "back\\slash", "Fähre 🚢", "new\nline"])
def test_a_new_project_may_have_any_name(tmp_path, name):
    write_new(tmp_path / name)
    assert open_project(tmp_path / name).title


def test_new_takes_a_folder_that_only_git_knows(tmp_path):
    (tmp_path / "ferry/.git").mkdir(parents=True)
    (tmp_path / "ferry/.gitignore").write_text("*.tmp\n")
    write_new(tmp_path / "ferry")
    assert (tmp_path / "ferry/.gitignore").read_text() == "*.tmp\n"
