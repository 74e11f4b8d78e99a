"""`vivavoce sources` as a user meets it: what was read as what, in a project and out of one."""

import csv
import io
import json
import wave
import zipfile

import pytest

from projects import ARTICLE, files, lines, make
from test_cli import run, said

UNNAMED = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v SPEAKER_00>Where were you when the sluice went?

00:00:06.500 --> 00:00:15.000
<v SPEAKER_01>On the quay, with the lantern. Nine of them were dead.
"""


def silence(seconds: int) -> bytes:
    packed = io.BytesIO()
    with wave.open(packed, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return packed.getvalue()


def listed(path, *more, cwd, code=0) -> dict[str, dict]:
    done = run("sources", path, "--json", *more, cwd=cwd)
    assert done.returncode == code, said(done)
    return {row["source"]: row for row in lines(done.stdout.decode())}


def test_every_source_is_told_as_what_it_was_read(tmp_path):
    make(tmp_path, {**files(), "talks/night watch.vtt": UNNAMED, "lost.pdf": "%PDF-1.7 and no more"})
    (tmp_path / "sources/talks/night watch.wav").write_bytes(silence(90))
    (tmp_path / "sources/talks/captain.wav").write_bytes(silence(30))
    (tmp_path / "sources/talks/wim.toml").write_text('date = 1987-01-02\ninterviewer = "NADIA BRANDT"\n')
    rows = listed(".", cwd=tmp_path, code=3)
    kinds = {path: (row["kind"], row["format"]) for path, row in rows.items()}
    assert kinds == {
        "lost.pdf": ("unread", ""),
        "press/night.txt": ("press", "text"),
        "talks/captain.wav": ("recording", "recording"),
        "talks/ivo.vtt": ("transcript", "vtt"),
        "talks/night watch.vtt": ("transcript", "vtt"),
        "talks/petra.srt": ("transcript", "srt"),
        "talks/wim.txt": ("transcript", "dialogue"),
    }
    night = rows["talks/night watch.vtt"]
    assert [(s["label"], s["name"], s["words"]) for s in night["speakers"]] == [
        ("SPEAKER_00", "", 7),
        ("SPEAKER_01", "", 11),
    ]
    assert night["time"] == [1.0, 15.0]
    assert night["media"] == [{"path": "talks/night watch.wav", "length": 90.0}]
    assert night["sidecar"] == "talks/night watch.toml"
    assert rows["talks/captain.wav"]["media"] == [{"path": "talks/captain.wav", "length": 30.0}]
    wim = rows["talks/wim.txt"]
    assert wim["date"] == "1987-01-02"
    assert [(s["name"], s["asks"]) for s in wim["speakers"]] == [("Nadia Brandt", True), ("Wim Oort", False)]
    assert rows["press/night.txt"]["words"] == len([w for w in ARTICLE.split() if any(c.isalnum() for c in w)])
    assert "lost.pdf" in rows["lost.pdf"]["problem"]


def test_the_summary_counts_and_says_what_is_next(tmp_path):
    make(tmp_path, {"talks/night watch.vtt": UNNAMED})
    done = run("sources", ".", cwd=tmp_path)
    assert done.returncode == 0
    last = said(done).strip().splitlines()[-1]
    assert last == (
        "1 source, 18 words, 15 seconds, 2 speakers not named yet. "
        "Next: name them under [speakers] in talks/night watch.toml."
    )
    (tmp_path / "sources/talks/night watch.toml").write_text(
        'speakers = {SPEAKER_00 = "Ada Quill", SPEAKER_01 = "Bo"}\n'
    )
    assert "1 source, 18 words, 15 seconds. Next: vivavoce build ." in said(run("sources", ".", cwd=tmp_path))
    assert "Next: vivavoce build ." in said(run("sources", "sources/talks", cwd=tmp_path)), "the project's folder"
    (tmp_path / "empty").mkdir()
    assert "vivavoce add" in said(run("sources", "empty", cwd=tmp_path))


def test_loose_files_need_no_project_and_nothing_is_left_behind(tmp_path):
    (tmp_path / "Mappe Süd").mkdir()
    (tmp_path / "Mappe Süd/Gespräch mit Frau Müller.vtt").write_text(UNNAMED)
    (tmp_path / "Mappe Süd/leer.txt").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("Gespräche/eins.vtt", UNNAMED)
        box.writestr("zwei.txt", ARTICLE)
    before = sorted(p for p in tmp_path.rglob("*"))
    whole = listed(".", cwd=tmp_path, code=3)
    assert set(whole) == {
        "Mappe Süd/Gespräch mit Frau Müller.vtt", "Mappe Süd/leer.txt", "box.zip/Gespräche/eins.vtt", "box.zip/zwei.txt"
    }  # fmt: skip
    assert "empty" in whole["Mappe Süd/leer.txt"]["problem"]
    assert set(listed("box.zip", cwd=tmp_path)) == {"box.zip/Gespräche/eins.vtt", "box.zip/zwei.txt"}
    alone = listed("Mappe Süd/Gespräch mit Frau Müller.vtt", cwd=tmp_path)
    assert set(alone) == {"Gespräch mit Frau Müller.vtt"}
    assert run("sources", "Mappe Süd", "--strict", cwd=tmp_path).returncode == 5
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_a_path_that_is_not_there_is_told(tmp_path):
    done = run("sources", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "no file or folder" in said(done)


def test_as_csv_every_row_has_every_column(tmp_path):
    make(tmp_path, {**files(), "=cmd.vtt": UNNAMED})
    table = list(csv.DictReader(io.StringIO(run("sources", ".", "--csv", cwd=tmp_path).stdout.decode())))
    assert len(table) == 5
    ivo = next(row for row in table if row["source"] == "talks/ivo.vtt")
    assert ivo["speakers"] == "Nadia Brandt=Nadia Brandt; Ivo Lasker=Ivo Lasker"
    assert (ivo["from"], ivo["to"]) == ("1.000", "21.000")
    assert "'=cmd.vtt" in {row["source"] for row in table}, "no formula"


def test_what_a_reader_mended_or_doubts_comes_with_its_remedy(tmp_path):
    make(tmp_path, {"latin.txt": ""})
    (tmp_path / "sources/latin.txt").write_bytes("The owner of the Caf\xe9 said: “It rained.”".encode("cp1252"))
    (row,) = listed(".", cwd=tmp_path).values()
    assert "Windows-1252" in row["warnings"][0]["what"]
    told = said(run("sources", ".", cwd=tmp_path))
    assert "latin.txt, byte 20: it is not UTF-8" in told
    assert "save it as UTF-8" in told


def settings(*rules: str) -> str:
    return 'title = "The Corrie"\n' + "".join(f"[[rights]]\n{rule}\n" for rule in rules)


FORMS = [(), ("--json",), ("--csv",)]


@pytest.mark.parametrize("form", FORMS)
def test_a_withheld_source_tells_nothing_but_that_there_is_one(tmp_path, form):
    secret = "WEBVTT\n\nNOTE the Zanzibar affair\n\n00:01.000 --> 00:02.000\n<v Quilla Zorn>Marmalade was stolen.\n"
    make(
        tmp_path,
        {**files(), "vault/zanzibar.vtt": secret, "vault/quagmire.pdf": "%PDF-1.7 no"},
        settings('what = "source"\nof = "vault"'),
    )
    (tmp_path / "sources/vault/zanzibar.toml").write_text('title = "Umbrage"\nspeakers = {Nobody = "Ottoline"}\n')
    for path in (".", "sources", "sources/vault", "sources/vault/zanzibar.vtt"):
        done = run("sources", path, *form, cwd=tmp_path)
        both = (done.stdout + done.stderr).decode().casefold()
        for word in ("zanzibar", "quilla", "zorn", "marmalade", "umbrage", "ottoline", "quagmire", "vault"):
            assert word not in both.replace(f"vivavoce build {path}", ""), (path, word)
        assert "withheld" in said(done)
        assert done.returncode == (0 if path.endswith(".vtt") else 3)
    assert "2 sources withheld" in said(run("sources", ".", *form, cwd=tmp_path))


@pytest.mark.parametrize("form", FORMS)
def test_a_source_that_its_own_sidecar_withholds_is_not_told_even_where_it_cannot_be_read(tmp_path, form):
    make(tmp_path / "corrie", {**files(), "quagmire.pdf": "%PDF-1.7 no", "umbrage.txt": ARTICLE})
    for name in ("quagmire", "umbrage"):
        (tmp_path / f"corrie/sources/{name}.toml").write_text('[[rights]]\nwhat = "source"\n')
    (tmp_path / "loose").mkdir()
    for file in (tmp_path / "corrie/sources").glob("*.*"):
        (tmp_path / "loose" / file.name).write_bytes(file.read_bytes())
    for path in ("corrie", "loose"):
        done = run("sources", path, *form, cwd=tmp_path)
        both = (done.stdout + done.stderr).decode()
        assert "quagmire" not in both
        assert "umbrage" not in both
        assert "2 sources withheld" in said(done)


@pytest.mark.parametrize("form", FORMS)
def test_a_withheld_person_is_named_nowhere(tmp_path, form):
    given = {
        **files(),
        "talks/petra vance 2.pdf": "%PDF-1.7 no",
        "press/other.txt": ARTICLE.replace("Petra Vance", "a singer"),
    }
    make(tmp_path, given, settings('what = "person"\nof = "Petra Vance"'))
    (tmp_path / "sources/talks/wim.toml").write_text('speakers = {"Petra Vance" = "Petra Vance"}\n')
    (tmp_path / "sources/talks/petra.toml").write_text('title = "Petra Vance sings"\n')
    (tmp_path / "sources/talks/petra vance alone.wav").write_bytes(silence(2))
    done = run("sources", ".", *form, cwd=tmp_path)
    assert done.returncode == 3
    both = (done.stdout + done.stderr).decode().casefold()
    assert "vance" not in both, both
    assert "petra" not in both, both
    assert "talks/wim.txt" in both


def test_restrictions_in_force_are_told_by_day_and_channel(tmp_path):
    make(
        tmp_path, settings=settings('what = "medium"\nof = "talks/ivo.vtt"\nchannels = ["site"]\nuntil = "2031-05-01"')
    )
    ivo = listed(".", "--on", "2030-01-01", cwd=tmp_path)["talks/ivo.vtt"]
    assert ivo["restrictions"] == [{"what": "medium", "channels": ["site"], "until": "2031-05-01"}]
    assert listed(".", "--on", "2031-05-01", cwd=tmp_path)["talks/ivo.vtt"]["restrictions"] == []
    assert "medium (site) until 2031-05-01" in run("sources", ".", "--on", "2030-01-01", cwd=tmp_path).stdout.decode()


def test_withheld_words_do_not_count_and_their_time_is_not_told(tmp_path):
    rule = settings('what = "person"\nof = "Ivo Lasker"\nchannels = ["export"]')
    make(tmp_path, {"ferry.vtt": files()["talks/ivo.vtt"]}, rule)
    ivo = listed(".", cwd=tmp_path)["ferry.vtt"]
    assert ivo["withheld"] is True
    assert (ivo["words"], ivo["time"]) == (9, [1.0, 6.0])
    assert [s["name"] for s in ivo["speakers"]] == ["Nadia Brandt"]
    assert b"Ivo Lasker" in run("sources", ".", cwd=tmp_path).stdout, "the workbench may show it"


def test_the_table_fits_a_terminal_of_eighty_columns(tmp_path):
    import fcntl
    import os
    import pty
    import struct
    import sys
    import termios

    long = "a recording with a name that nobody would want to have to type out in full, twice.vtt"
    make(tmp_path, {long: UNNAMED, **files()})
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["COLUMNS"] = "80"
        os.execv(sys.executable, [sys.executable, "-m", "vivavoce", "sources", str(tmp_path)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    printed = b""
    while part := _part(terminal):
        printed += part
    os.waitpid(pid, 0)
    rows = [row for row in printed.decode().replace("\r", "").splitlines() if "sources," not in row]
    assert any("SPEAKER_01 ?" in row for row in rows)
    assert max(len(row) for row in rows if "\x1b" not in row) <= 80


def _part(terminal: int) -> bytes:
    import os

    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_json_holds_every_key_that_the_docs_tell(tmp_path):
    make(tmp_path)
    row = next(iter(listed(".", cwd=tmp_path).values()))
    from pathlib import Path

    page = (Path(__file__).parent.parent / "docs/sources.md").read_text("utf-8")
    assert [key for key in row if f"`{key}`" not in page] == []
    assert json.dumps(row)
