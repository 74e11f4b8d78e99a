"""Words and files from outside are looked for in the recordings; what is withheld is neither shown nor told by it."""

from __future__ import annotations

import re

import pytest

from projects import files, lines, make
from test_cli import run, said

LETTER = """What the engineer said

By Rosa Finck

“Nine were dead, and Petra kept singing the last verse,” said Ivo Lasker.

“I sang because nobody told me to stop,” Lasker said. “There were fourteen lamps, and I counted them twice.”

“The owners never paid a penny for the paint,” said Wim Oort.
"""


@pytest.fixture
def corrie(tmp_path):
    make(tmp_path / "corrie")
    return tmp_path


def test_words_are_found_with_speaker_time_and_both_sides(corrie):
    done = run("trace", "eleven lamps and nine were dead", "corrie", cwd=corrie)
    out = done.stdout.decode()
    assert done.returncode == 0, said(done)
    assert re.search(r"altered.*Ivo Lasker.*talks/ivo\.vtt +0:06", out)
    assert "eleven lamps and nine [-of them-] were dead" in out


def test_a_lost_not_and_another_speaker_are_said_in_words(corrie):
    done = run("trace", "I sang because nobody told me not to stop", "corrie", "--who", "Wim Oort", cwd=corrie)
    out = done.stdout.decode()
    assert "{+not+}" in out
    assert "the sense may be turned round" in out
    assert "Printed as Wim Oort's; said by Petra Vance." in out


def test_words_of_two_people_name_both_of_them(corrie):
    words = "the last verse until the harbour answered. There were fourteen lamps, not eleven, and I counted them"
    done = run("trace", words, "corrie", cwd=corrie)
    assert "said by Ivo Lasker, Petra Vance" in done.stdout.decode()
    assert re.search(r"spliced: talks/ivo\.vtt 0:15, talks/petra\.srt 0:07", done.stdout.decode())


def test_a_file_is_read_and_its_persons_are_the_projects(corrie):
    (corrie / "letter.txt").write_text(LETTER)
    before = sorted(p for p in (corrie / "corrie").rglob("*") if ".vivavoce" not in p.parts)
    done = run("trace", "--file", "letter.txt", "corrie", "--json", cwd=corrie)
    found = lines(done.stdout.decode())
    assert [t["class"] for t in found] == ["altered", "misattributed", "absent"], said(done)
    assert [t["speaker"] for t in found] == ["Ivo Lasker", "Ivo Lasker", "Wim Oort"]
    assert found[1]["said_by"] == "Petra Vance"
    assert LETTER[slice(*found[0]["spans"][0])] == found[0]["text"]
    assert sorted(p for p in (corrie / "corrie").rglob("*") if ".vivavoce" not in p.parts) == before


def test_one_page_holds_the_comparison_and_needs_nothing_else(corrie):
    (corrie / "letter.txt").write_text(LETTER.replace("Nine", "<b>Nine</b>"))
    done = run("trace", "--file", "letter.txt", "corrie", "--html", "page.html", cwd=corrie)
    assert done.returncode == 0, said(done)
    page = (corrie / "page.html").read_text()
    assert "<b>Nine" not in page
    assert "said by somebody else" in page
    assert "<del>" in page
    assert not re.search(r"<script|src=|href=\"(?!data:)", page)
    assert run("trace", "x y z", "corrie", "--html", "page.html", cwd=corrie).returncode == 0
    kept = run("trace", "x y z", "corrie", "--html", "letter.txt", cwd=corrie)
    assert kept.returncode == 2
    assert "Give another name" in said(kept)
    assert "“" in (corrie / "letter.txt").read_text()


RULE = 'v = 1\ntitle = "The Corrie"\n[[rights]]\nwhat = "person"\nof = "Petra Vance"\nchannels = ["export"]\n'


def test_words_that_are_withheld_are_as_if_never_said(tmp_path):
    make(tmp_path / "corrie", settings=RULE)
    words = "I sang because nobody told me to stop."
    open_ = run("trace", words, "corrie", cwd=tmp_path)
    assert re.search(r"verbatim.*Petra Vance", open_.stdout.decode())
    for more in (["--json"], ["--csv"], ["--html", "page.html"]):
        done = run("trace", words, "corrie", *more, cwd=tmp_path)
        told = done.stdout.decode() + said(done)
        assert done.returncode == 0
        told += (tmp_path / "page.html").read_text() if more[0] == "--html" else ""
        assert "petra" not in told.casefold()
        assert "withheld, and was not looked in" in told
    trace = lines(run("trace", words, "corrie", "--json", cwd=tmp_path).stdout.decode())[0]
    assert (trace["class"], trace["in"], trace["places"], trace["edits"]) == ("absent", None, [], [])
    assert not trace["nearest"] or trace["nearest"]["source"] != "talks/petra.srt"


def test_a_place_that_reaches_over_withheld_words_is_not_called_as_said(tmp_path):
    import msgspec

    from vivavoce.model import Frame, Trace, TracePlace
    from vivavoce.traces import uncrossed

    over = Trace("q", "", (), "we met at night", "", "verbatim", "a.txt", places=(TracePlace("a.txt", (0, 18)),))
    assert uncrossed(over, {"a.txt": "we met ███ at night"}).cls == "absent"
    assert uncrossed(over, {"a.txt": "we met him at night"}) is over
    framed = Trace("q", "", (), "we met", "", "verbatim", "a.txt", places=(TracePlace("a.txt", (4, 10)),))
    framed = msgspec.structs.replace(framed, frames=(Frame("denied", (0, 3)),))
    assert uncrossed(framed, {"a.txt": "███ we met"}).frames == ()
    assert uncrossed(framed, {"a.txt": "not we met"}) is framed


def test_mistakes_are_told_in_a_sentence(corrie):
    (corrie / "empty.docx").write_bytes(b"PK no zip")
    for args, code, sentence in (
        ((), 2, "There are no words to look for"),
        (("?!", "corrie"), 2, "There are no words to look for"),
        (("--file", "gone.txt", "corrie"), 2, "There is no file “gone.txt”"),
        (("--file", "corrie/sources/press/night.txt", "corrie"), 2, "vivavoce traces"),
        (("--file", "empty.docx", "corrie"), 3, "empty.docx"),
        (("--file", "empty.docx", "corrie", "--strict"), 5, "empty.docx"),
        (("lamps", "corrie", "--json", "--csv"), 2, "Give one"),
        (("lamps", "corrie", "--file", "x.txt"), 2, "--file takes no words"),
    ):
        done = run("trace", *args, cwd=corrie)
        assert done.returncode == code, (args, said(done))
        assert sentence in said(done)


def test_words_out_of_a_sentence_that_denies_them_are_told_with_what_denies_them(corrie):
    done = run("trace", "told me to stop", "corrie", cwd=corrie)
    assert re.search(r"verbatim,\s+denied", done.stdout.decode())
    assert "The sentence that it was taken out of denies it: “nobody”." in done.stdout.decode()
    assert lines(run("trace", "told me to stop", "corrie", "--json", cwd=corrie).stdout.decode())[0]["frames"] == [
        {"kind": "denied", "at": [15, 21], "place": 0}
    ]


def test_what_is_too_short_is_said_to_be_and_not_to_be_absent(corrie):
    out = run("trace", "Harbour?", "corrie", cwd=corrie).stdout.decode()
    assert re.search(r"too short +Harbour", out)
    assert "absent" not in out
    (corrie / "letter.txt").write_text(re.sub("“I sang.*”", "“Good,” said Lasker.", LETTER))
    run("trace", "--file", "letter.txt", "corrie", "--html", "page.html", cwd=corrie)
    page = (corrie / "page.html").read_text()
    assert "<h2>Too short to trace</h2>" in page
    assert page.count("<h2>Not found in the recordings</h2>") == 1


def test_without_press_or_recordings_the_list_of_traces_is_one_sentence(tmp_path):
    given = files()
    make(tmp_path / "press", {"press/night.txt": given["press/night.txt"]})
    make(tmp_path / "talk", {p: t for p, t in given.items() if not p.startswith("press/")})
    (tmp_path / "empty" / "sources").mkdir(parents=True)
    for folder, sentence in (
        ("press", "There is no transcript"),
        ("talk", "There is no press"),
        ("empty", "no transcr"),
    ):
        for more in ((), ("--json",)):
            done = run("traces", folder, *more, cwd=tmp_path)
            assert done.returncode == 0
            assert done.stdout == b""
            assert sentence in said(done)


def test_without_a_transcript_a_sentence_says_so(tmp_path):
    make(tmp_path / "press", {"press/night.txt": files()["press/night.txt"]})
    done = run("trace", "fourteen lamps it was", "press", cwd=tmp_path)
    assert done.returncode == 0
    assert "There is no transcript to look in" in said(done)
