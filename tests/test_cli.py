"""The command line as a user meets it: real processes, exit codes, one sentence for each mistake."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from projects import ARTICLE, TALK, files, lines, make, tree

ROOT = Path(__file__).parent.parent


def run(*args, cwd=None, **more):
    command = [sys.executable, "-m", "vivavoce", *map(str, args)]
    return subprocess.run(command, capture_output=True, cwd=cwd, timeout=120, check=False, **more)


def said(done) -> str:
    error = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in error, error
    assert "has a fault" not in error, error
    return error


def test_starting_loads_no_heavy_library():
    heavy = ["trafilatura", "pypdfium2", "docx", "typst", "starlette", "dask", "jinja2", "nh3", "lxml", "sqlite3"]
    code = f"import sys, vivavoce.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_quotes_of_one_article_loads_no_publishing_library(tmp_path):
    code = (
        "import sys; from vivavoce.cli import main\n"
        "try: main(['quotes', sys.argv[1], '--json'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ['trafilatura', 'jinja2', 'nh3', 'rich.table'] if m in sys.modules], file=sys.stderr)"
    )
    article = tmp_path / "night.txt"
    article.write_text(ARTICLE)
    done = subprocess.run([sys.executable, "-c", code, str(article)], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_every_command_has_its_page():
    done = subprocess.run([sys.executable, ROOT / "tools" / "commands.py", "--check"], check=False)
    assert done.returncode == 0, "run `make docs`"


def test_build_then_listings(tmp_path):
    make(tmp_path / "corrie")
    done = run("build", "corrie", "--on", "2026-03-01", cwd=tmp_path)
    assert done.returncode == 0, said(done)
    assert (tmp_path / "corrie/out/site/index.html").exists()
    quotes = lines(run("quotes", "corrie", "--json", cwd=tmp_path).stdout.decode())
    keys = ["id", "source", "kind", "spans", "content", "text", "block", "time", "speaker", "person", "cue",
            "confidence", "engine", "why"]  # fmt: skip
    assert all(list(q)[: len(keys)] == keys for q in quotes)
    assert {q["source"] for q in quotes} == set(files())
    people = lines(run("people", "corrie", "--json", cwd=tmp_path).stdout.decode())
    assert {"Petra Vance", "Ivo Lasker", "Wim Oort"} <= {p["name"] for p in people}
    for moment in lines(run("moments", "corrie", "--json", cwd=tmp_path).stdout.decode()):
        assert {"id", "title", "works", "when", "accounts", "relations"} <= set(moment)
    hits = lines(run("search", '"counted them twice"', "corrie", "--json", cwd=tmp_path).stdout.decode())
    assert {h["unit"]["person"] for h in hits if h["unit"]["quote"]} == {"Petra Vance"}
    for name in ("quotes", "people", "moments"):
        assert b"," in run(name, "corrie", "--csv", cwd=tmp_path).stdout.splitlines()[0]
        assert run(name, "corrie", cwd=tmp_path).stdout.strip()


def test_quotes_needs_no_project_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "night.txt").write_text(ARTICLE)
    done = run("quotes", "night.txt", "--json", cwd=tmp_path)
    assert done.returncode == 0, said(done)
    found = lines(done.stdout.decode())
    assert {q["source"] for q in found} == {"night.txt"}
    for q in found:
        assert " ".join(ARTICLE[a:b] for a, b in q["spans"]) == q["text"]
    assert [p.name for p in tmp_path.iterdir()] == ["night.txt"]


def test_text_prints_exactly_what_offsets_refer_to(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeffFirst.\r\n\r\nSecond, with é.\r\n".encode())
    assert run("text", tmp_path / "a.txt").stdout == "First.\r\n\r\nSecond, with é.\r\n".encode()


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "truncated.vtt": TALK.encode()[:37],
    "truncated.json": b'{"segments": [{"start": 1.0, "text": "a',
    "deep.json": b"[" * 100_000,
    "latin.txt": "Caf\xe9 owner said: “no”.".encode("cp1252"),
    "utf16.txt": "\ufeffShe said, “It rained.”".encode("utf-16-le"),
    "broken16.txt": b"\xff\xfe\x00\xd8a",
    "line.txt": b'"So he said, ' * 80_000,
    "marks.txt": "“".encode() * 300_000,
    "deep.html": b"<div>" * 50_000 + b"<p>He said no.</p>",
    "surrogate.json": b'{"segments": [{"start": 0, "end": 1, "text": "a \\ud800 b"}]}',
    "backwards.vtt": b"WEBVTT\n\n00:09.000 --> 00:10.000\n<v A B>Late.\n\n00:01.000 --> 00:02.000\n<v A B>Early.\n",
    "scan.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "empty.vtt": b"WEBVTT\n",
    "nul.srt": b"1\n00:00:01,000 --> 00:00:02,000\n\x00\x00\n",
}


@pytest.mark.parametrize("name", BAD)
def test_malformed_input_gives_a_sentence_and_an_exit_code(tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name])
    done = run("quotes", name, "--json", cwd=tmp_path)
    error = said(done)
    assert done.returncode in (0, 3)
    lines(done.stdout.decode())
    if done.returncode == 3:
        assert name in error
        assert all(re.search(r"[.!]$", row) for row in error.strip().splitlines())


def test_the_rest_goes_on_and_strict_makes_it_an_error(tmp_path):
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "night.txt").write_text(ARTICLE)
    done = run("quotes", ".", "--json", cwd=tmp_path)
    assert done.returncode == 3, said(done)
    assert "night.txt" in {q["source"] for q in lines(done.stdout.decode())}
    assert run("quotes", ".", "--json", "--strict", cwd=tmp_path).returncode == 5
    assert run("build", ".", "--out", "../built", "--on", "2026-01-01", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize("listing", [["people", "."], ["moments", "."], ["search", "lamps", "."], ["quotes", "."]])
def test_a_listing_tells_what_could_not_be_read(tmp_path, listing):
    make(tmp_path, {**files(), "broken.pdf": "%PDF-1.7 and no more"})
    done = run(*listing, "--json", cwd=tmp_path)
    assert done.returncode == 3
    assert "broken.pdf" in said(done)
    assert lines(done.stdout.decode())


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["quotes", "nowhere.txt"], 2, "no file or folder"),
        (["build", "nowhere"], 2, "no folder"),
        (["build", ".", "--on", "31 May"], 2, "2031-05-01"),
        (["build", "--frobnicate"], 2, "frobnicate"),
        (["frobnicate"], 2, "frobnicate"),
        (["people", ".", "--json", "--csv"], 2, "one"),
        (["decide", "speaker", "no such words", "Ada"], 2, "no quotation"),
        (["decide", "merge", "Petra Vance"], 2, "two or more"),
        (["decide", "name", "Nobody Known", "X"], 2, "no person"),
        (["decide", "undo", "abc"], 2, "no decision"),
        (["text", "nowhere.txt"], 3, "nowhere.txt"),
        (["new", "."], 2, "project already"),
    ],
)
def test_mistakes_are_told_in_a_sentence(tmp_path, args, code, words):
    make(tmp_path)
    done = run(*args, cwd=tmp_path)
    assert words in said(done)
    assert done.returncode == code


def test_a_mistake_in_the_settings_stops_the_build_with_its_line(tmp_path):
    make(tmp_path, settings='v = 1\ntitel = "x"\n')
    done = run("build", ".", cwd=tmp_path)
    assert done.returncode == 5
    assert "vivavoce.toml, line 2" in said(done)


def test_decisions_from_the_command_line_and_back(tmp_path):
    make(tmp_path)
    assert run("build", ".", cwd=tmp_path).returncode == 0
    quotes = lines(run("quotes", ".", "--json", cwd=tmp_path).stdout.decode())
    q = next(q for q in quotes if q["text"].startswith("Eleven"))

    def person():
        now = lines(run("quotes", ".", "--json", cwd=tmp_path).stdout.decode())
        found = [r for r in now if r["id"] == q["id"]]
        return found[0]["person"] and found[0]["person"]["name"] if found else "gone"

    before = person()
    done = run("decide", "speaker", "Eleven, and nine", "Wim Oort", "--by", "ed", cwd=tmp_path)
    assert done.returncode == 0, said(done)
    assert person() == "Wim Oort"
    row = json.loads((tmp_path / "decisions.jsonl").read_text())
    assert run("decide", "undo", row["id"], cwd=tmp_path).returncode == 0
    assert person() == before
    assert run("decide", "not-a-quotation", q["id"], cwd=tmp_path).returncode == 0
    assert person() == "gone"
    assert len((tmp_path / "decisions.jsonl").read_text().splitlines()) == 3
    assert len(lines(run("decide", "log", "--json", cwd=tmp_path).stdout.decode())) == 3


def test_merging_naming_and_splitting_people(tmp_path):
    make(tmp_path)

    def names():
        return {p["name"] for p in lines(run("people", ".", "--json", cwd=tmp_path).stdout.decode())}

    assert {"Wim Oort", "Petra Vance"} <= names()
    assert run("decide", "name", "Wim Oort", "Willem Oort", cwd=tmp_path).returncode == 0
    assert "Willem Oort" in names()
    assert run("decide", "merge", "Petra Vance", "Willem Oort", cwd=tmp_path).returncode == 0
    assert "Willem Oort" not in names() or "Petra Vance" not in names()


def test_who_a_speaker_without_a_name_may_be_is_listed_with_the_words_and_who_stays_unnamed(tmp_path):
    rows = [
        ("SPEAKER_00", "I'm Nell Tregear, and this is Low Water."),
        ("SPEAKER_01", "Good morning to you, and to all the boats that listen."),
        ("SPEAKER_02", "Will I bring the tea now?"),
        *[("SPEAKER_01", "We went out at four, and came in with weed in the nets."), ("SPEAKER_00", "Go on.")] * 7,
        ("SPEAKER_01", "I'm Ivo Strand, after all."),
    ]
    turns = [{"start": 4.0 * i, "end": 4.0 * i + 3, "text": t, "speaker": s} for i, (s, t) in enumerate(rows)]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "low-water.json").write_text(json.dumps({"segments": turns}))
    found = lines(run("people", ".", "--json", cwd=tmp_path).stdout.decode())
    told = {p["name"]: (p["unnamed"], p["proposed"]) for p in found}
    assert told["Nell Tregear"][1]["taken"] and "SPEAKER_00" in told["Nell Tregear"][1]["label"]
    unnamed, may = told["SPEAKER_01"]
    assert unnamed and (may["name"], may["source"], may["taken"]) == ("Ivo Strand", "low-water.json", False)
    assert "I'm Ivo Strand" in may["why"]
    assert told["SPEAKER_02"] == (True, None)
    table = run("people", ".", cwd=tmp_path).stdout.decode()
    assert "unnamed" in table and "may be" in table


def test_check_says_when_a_published_line_no_longer_holds(tmp_path):
    make(tmp_path)
    assert run("build", ".", cwd=tmp_path).returncode == 0
    good = run("check", ".", cwd=tmp_path)
    assert good.returncode == 0, said(good)
    (tmp_path / "sources/press/night.txt").write_text(ARTICLE.replace("I counted them twice", "I counted them once"))
    done = run("check", ".", cwd=tmp_path)
    assert done.returncode == 4
    assert "no longer stands in press/night.txt" in said(done)


def test_new_makes_a_project_to_start_from(tmp_path):
    assert run("new", "ferry", cwd=tmp_path).returncode == 0
    assert run("build", "ferry", cwd=tmp_path).returncode == 0


def test_a_reader_that_leaves_early_is_no_fault(tmp_path):
    make(tmp_path, files(60))
    done = subprocess.run(
        f"'{sys.executable}' -m vivavoce quotes . --json | head -n 1",
        shell=True, cwd=tmp_path, capture_output=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}, check=True,
    )  # fmt: skip
    assert done.stderr == b""


def test_explain_shows_the_candidates_and_why(tmp_path):
    make(tmp_path / "corrie")
    (tmp_path / "night.txt").write_text(ARTICLE)
    for path in ("night.txt", "corrie"):
        done = run("quotes", path, "--explain", "Eleven, and nine", cwd=tmp_path)
        assert done.returncode == 0, said(done)
        told = done.stdout.decode()
        assert "Ivo Lasker" in told
        assert "“he” at" in told
        shown = lines(run("quotes", path, "--explain", "Eleven, and nine", "--json", cwd=tmp_path).stdout.decode())
        assert shown[0]["candidates"][0]["why"]
    assert run("quotes", "corrie", "--explain", "never said", cwd=tmp_path).returncode == 2


def test_moments_explain_shows_what_holds_accounts_together_with_its_places(tmp_path):
    home = make(tmp_path)
    moment = lines(run("moments", ".", "--json", cwd=home).stdout.decode())[0]
    done = run("moments", ".", "--explain", moment["id"], cwd=home)
    assert done.returncode == 0, said(done)
    assert f"{moment['title']} ({moment['id']})" in done.stdout.decode()
    (shown,) = lines(run("moments", ".", "--explain", moment["title"], "--json", cwd=home).stdout.decode())
    assert shown["id"] == moment["id"]
    assert shown["accounts"] == moment["accounts"]
    assert run("moments", ".", "--explain", "no such moment", cwd=home).returncode == 2


def test_withheld_words_have_no_door(tmp_path):
    rule = '\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\n'
    make(tmp_path, settings='title = "The Corrie"\n' + rule)
    assert run("build", ".", cwd=tmp_path).returncode == 0
    doors = [
        ["quotes", ".", "--json"], ["quotes", "."], ["quotes", ".", "--csv"], ["quotes", "sources"],
        ["quotes", "sources/talks/petra.srt", "--json"], ["quotes", "sources/press/night.txt"],
        ["text", "sources/talks/petra.srt"], ["text", "sources/press/night.txt"],
        ["search", "counted", "."], ["search", "lamps", ".", "--json"],
        ["moments", ".", "--json"], ["people", ".", "--json"],
        ["quotes", ".", "--explain", "nine of them"],
    ]  # fmt: skip
    for door in doors:
        done = run(*door, cwd=tmp_path)
        said(done)
        assert b"counted them twice" not in done.stdout, door
        assert "counted them" not in done.stderr.decode(), door
    for moment in lines(run("moments", ".", "--json", cwd=tmp_path).stdout.decode()):
        done = run("moments", ".", "--explain", moment["id"], cwd=tmp_path)
        assert done.returncode == 0, said(done)
        assert b"counted" not in done.stdout, moment
    whole = run("text", "sources/press/night.txt", cwd=tmp_path).stdout.decode()
    assert len(whole) == len(ARTICLE), "offsets stay true"
    barred = '\n[[rights]]\nwhat = "source"\nof = "talks/wim.txt"\n'
    (tmp_path / "vivavoce.toml").write_text('title = "The Corrie"\n' + barred)
    done = run("text", "sources/talks/wim.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (5, b"")
    assert "withheld" in said(done)


def test_a_recording_without_a_transcript_is_to_transcribe(tmp_path):
    make(tmp_path)
    packed = io.BytesIO()
    with wave.open(packed, "wb") as silence:
        silence.setparams((1, 1, 8000, 800, "NONE", ""))
        silence.writeframes(b"\x80" * 800)
    sound = packed.getvalue()
    (tmp_path / "sources/talks/captain.wav").write_bytes(sound)
    (tmp_path / "sources/talks/ivo.wav").write_bytes(sound)
    done = run("build", ".", "--on", "2026-01-01", cwd=tmp_path)
    assert done.returncode == 0
    told = said(done)
    assert "To transcribe: talks/captain.wav." in told
    assert ".vtt" in told
    assert "ivo.wav" not in told.partition("To transcribe:")[2], "its transcript is there"
    page = (tmp_path / "out/site/sources/talks--ivo-vtt.html").read_text()
    assert "<audio" in page


def test_a_folder_with_nothing_in_it_makes_a_site_that_says_so(tmp_path):
    (tmp_path / "sources").mkdir()
    done = run("build", ".", cwd=tmp_path)
    assert done.returncode == 0, said(done)
    assert (tmp_path / "out/site/index.html").exists()


def withheld(folder, extra=""):
    """A project that withholds Petra Vance; `extra` comes after."""
    return make(folder, settings=f'title = "The Corrie"\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\n{extra}')


def test_what_the_site_may_not_show_is_not_in_its_index_either(tmp_path):
    withheld(tmp_path, 'channels = ["site", "book"]\n')
    assert run("build", ".", cwd=tmp_path).returncode == 0
    for name, data in tree(tmp_path / "out").items():
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        assert b"counted them twice" not in data, name
        assert b"Petra Vance" not in data or "pagefind" not in name, name
    assert b"counted" in run("search", "counted", ".", cwd=tmp_path).stdout, "the search may show it"


def test_a_project_by_its_decisions_alone_keeps_its_rights_from_every_door(tmp_path):
    make(tmp_path / "corrie")
    (tmp_path / "corrie/vivavoce.toml").unlink()
    assert run("decide", "withhold", "person", "Petra Vance", "--in", "corrie", cwd=tmp_path).returncode == 0
    for door in ("corrie", "corrie/sources", "corrie/sources/talks", "corrie/sources/talks/petra.srt"):
        assert b"counted them twice" not in run("quotes", door, cwd=tmp_path).stdout, door


def test_a_project_names_its_engine_itself(tmp_path):
    make(tmp_path)
    done = run("quotes", ".", "--engine", "nobody", cwd=tmp_path)
    assert done.returncode == 2
    assert "vivavoce.toml" in said(done)
    (tmp_path.parent / "night.txt").write_text(ARTICLE)
    alone = run("quotes", tmp_path.parent / "night.txt", "--engine", "nobody", "--json", cwd=tmp_path.parent)
    assert {q["person"] for q in lines(alone.stdout.decode())} == {None}


def test_a_source_that_is_a_link_keeps_the_rights_of_its_project(tmp_path):
    (tmp_path / "elsewhere.srt").write_text(files()["talks/petra.srt"])
    withheld(tmp_path / "corrie")
    (tmp_path / "corrie/sources/linked.srt").symlink_to("../../elsewhere.srt")
    done = run("quotes", "corrie/sources/linked.srt", cwd=tmp_path)
    assert b"counted them twice" not in done.stdout
    assert done.returncode == 0, said(done)


def test_a_folder_named_sources_inside_the_sources_is_no_project_of_its_own(tmp_path):
    given = {f"sources/{path}": text for path, text in files().items()}
    folder = withheld(tmp_path)
    make(folder, given, (folder / "vivavoce.toml").read_text())
    assert b"counted them twice" not in run("quotes", "sources", cwd=tmp_path).stdout
    assert b"counted them twice" not in run("quotes", "sources/sources", cwd=tmp_path).stdout
    assert not (tmp_path / "sources/.vivavoce").exists()


def test_settings_that_are_there_but_cannot_be_read_stop_everything(tmp_path):
    make(tmp_path)
    (tmp_path / "vivavoce.toml").unlink()
    (tmp_path / "vivavoce.toml").symlink_to("/nowhere/at/all")
    done = run("quotes", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (5, b"")
    assert "vivavoce.toml" in said(done)


def test_a_rule_that_names_nobody_fails_the_check(tmp_path):
    make(tmp_path, settings='title = "The Corrie"\n[[rights]]\nwhat = "person"\nof = "Petter Vanse"\n')
    told = said(run("build", ".", "--on", "2026-01-01", cwd=tmp_path))
    assert "Petter Vanse" in told
    done = run("check", ".", "--on", "2026-01-01", cwd=tmp_path)
    assert done.returncode == 4
    assert "Petra Vance" in said(done), "the near name is offered"


def test_who_is_withheld_is_no_candidate_either(tmp_path):
    withheld(tmp_path)
    done = run("quotes", ".", "--explain", "Eleven, and nine", "--json", cwd=tmp_path)
    assert done.returncode == 0, said(done)
    assert b"Petra Vance" not in done.stdout


def test_the_sources_folder_is_not_the_project_itself(tmp_path):
    make(tmp_path, settings='sources = "."\n')
    assert run("build", ".", cwd=tmp_path).returncode == 5


def test_a_site_that_was_tampered_with_fails_the_check_and_is_made_again(tmp_path):
    make(tmp_path)
    assert run("build", ".", "--on", "2026-01-01", cwd=tmp_path).returncode == 0
    page = tmp_path / "out/site/sources/press--night-txt.html"
    page.write_text(page.read_text().replace("twice", "thrice"))
    (tmp_path / "out/site/timeline.html").unlink()
    done = run("check", ".", "--on", "2026-01-01", cwd=tmp_path)
    assert done.returncode == 4
    assert "timeline.html" in said(done)
    assert "press--night-txt.html" in said(done)
    assert run("build", ".", "--on", "2026-01-01", cwd=tmp_path).returncode == 0
    assert run("check", ".", "--on", "2026-01-01", cwd=tmp_path).returncode == 0


def test_what_a_reader_mended_or_doubts_is_told(tmp_path):
    make(tmp_path)
    (tmp_path / "sources/talks/petra.toml").write_text('[speakers]\n"Nobody Known" = "Ada Quill"\n')
    told = said(run("build", ".", cwd=tmp_path))
    assert "Nobody Known" in told


def test_a_folder_of_ones_own_can_be_built_from_inside(tmp_path):
    (tmp_path / "cuttings").mkdir()
    (tmp_path / "cuttings/night.txt").write_text(ARTICLE)
    done = run("build", ".", cwd=tmp_path / "cuttings")
    assert done.returncode == 0, said(done)
    assert (tmp_path / "cuttings-history/out/site/index.html").exists()
    assert [p.name for p in (tmp_path / "cuttings").iterdir()] == ["night.txt"]


def test_escapes_of_a_terminal_do_not_get_through(tmp_path):
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ivo\x1b]0;owned\x07>The lamps were dead.\n")
    for args in (["quotes", "a.vtt"], ["quotes", "a.vtt", "--explain", "lamps"]):
        assert b"\x1b" not in run(*args, cwd=tmp_path).stdout
    (tmp_path / "odd\x1b[2Jname.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert b"\x1b" not in run("quotes", ".", cwd=tmp_path).stderr
