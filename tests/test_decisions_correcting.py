"""Corrected words: a layer that is shown and found, and that moves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import make
from vivavoce import desk
from vivavoce.build import everything, found, history, publish, update
from vivavoce.decisions import changes, correction_decision, corrections, read, standing
from vivavoce.errors import UsageError
from vivavoce.model import WITHHELD, Correction, Source, corrected, digest, reads
from vivavoce.project import Project, open_project
from vivavoce.rights import published

WORDS = ["tide", "mill", "the", "The", "bell", ",", ".", "4", "’s", "café"]
DAY = "2031-05-09T10:00:00Z"
TEXT = "ROSE: We left on Teusday from the Ferry Inn.\n\nROSE: On Teusday? Yes, by the tide mill."


def source(text: str = TEXT) -> Source:
    return Source("talks/rose.txt", "transcript", "txt", text=text, text_hash=digest(text))


def correct(words: str, to: str, at: str = DAY, text: str = TEXT):
    start = text.index(words)
    return correction_decision(source(text), (start, start + len(words)), to, "Ada", at)


@pytest.mark.parametrize(
    ("was", "to", "told"),
    [
        ("on Teusday from", "on Tuesday from", [("Teusday", "Tuesday")]),
        ("Port Hail is", "Porthale is", [("Port Hail", "Porthale")]),
        ("the the mill", "the mill", [("the the", "the")]),
        ("we left port", "we left the port", [("left", "left the")]),
        ("yes yes", "no, yes", [("yes", "no,")]),
        ("seven of them", "Seven of  them.", [("seven", "Seven"), ("them", "them.")]),
        ("as it is", "as  it\nis", []),
    ],
)
def test_only_the_words_that_differ_are_corrected(was: str, to: str, told: list[tuple[str, str]]) -> None:
    assert [(was[a:b], words) for (a, b), words in changes(was, to)] == told


@given(st.lists(st.sampled_from(WORDS)), st.text(max_size=20))
def test_changes_made_one_after_the_other_give_the_new_words(words: list[str], to: str) -> None:
    was = " ".join(words)
    made, at = "", 0
    for (start, end), new in changes(was, to):
        assert at <= start < end <= len(was)
        assert new
        made, at = made + was[at:start] + new, end
    if was.strip() and to.strip():
        assert (made + was[at:]).split() == to.split()


def test_a_correction_is_found_again_and_one_whose_words_are_gone_is_listed() -> None:
    row = correct("by the tide mill", "by the tide-mill")
    above = source("ROSE: First this.\n\n" + TEXT)
    layer, reviews = corrections(above, [row])
    assert [(above.text[c.start : c.end], c.to, c.by) for c in layer] == [("tide mill", "tide-mill", row.id)]
    assert reviews == ()
    layer, reviews = corrections(source("ROSE: Something else altogether."), [row])
    assert layer == ()
    assert [(r.decision, r.applied) for r in reviews] == [(row.id, False)]


def test_of_two_that_correct_the_same_words_the_later_holds_and_both_are_listed() -> None:
    later = correct("on Teusday from the Ferry", "on Thursday from the Ferry", "2031-05-10T10:00:00Z")
    earlier = correct("Teusday from the Ferry Inn", "Tuesday from the Ferry Inne")
    layer, reviews = corrections(source(), [later, earlier])
    assert [c.to for c in layer] == ["Thursday", "Inne"]
    assert {(r.decision, r.applied) for r in reviews} == {(earlier.id, False), (later.id, True)}
    same = correct("on Teusday from", "on Thursday from")
    assert corrections(source(), [later, same])[1] == ()


def test_a_stretch_is_read_as_corrected_and_shows_what_it_was() -> None:
    layer = (Correction(3, 6, "mill"), Correction(8, 9, "C"))
    one = Source("a", "press", "txt", text="ab cde fg", corrections=layer)
    assert [(r.text, r.was) for r in corrected(one, 0, 9)] == [("ab ", ""), ("mill", "cde"), (" f", ""), ("C", "g")]
    assert reads(one, 0, 9) == "ab mill fC"
    assert reads(one, 4, 7) == "mill "
    assert reads(one, 0, 3) == "ab "
    assert [(r.start, r.end) for r in corrected(one, 0, 5)] == [(0, 3), (3, 5)]


@given(st.integers(0, 40), st.integers(0, 40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=6))
def test_readings_are_apart_and_cover_the_stretch(start: int, length: int, spans: list[tuple[int, int]]) -> None:
    layer: list[Correction] = []
    for at, size in sorted(spans):
        if not layer or at >= layer[-1].end:
            layer.append(Correction(at, at + size, "x"))
    text = "abcdefghij" * 10
    one = Source("a", "press", "txt", text=text, corrections=tuple(layer))
    readings = corrected(one, start, start + length)
    assert [r.start for r in readings] == [start, *(r.end for r in readings[:-1])]
    assert readings[-1].end == start + length
    assert all(r.was or r.text == text[r.start : r.end] for r in readings)


def test_a_correction_that_changes_nothing_is_refused() -> None:
    for to in ("Teusday", " ", WITHHELD):
        with pytest.raises(UsageError, match="Nothing would be corrected"):
            correct("Teusday", to)


# --- in a project ------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    opened = open_project(make(tmp_path / "corrie"))
    update(opened)
    return opened


def texts(site: Path) -> dict[str, str]:
    return {p.relative_to(site).as_posix(): p.read_text("utf-8") for p in sorted(site.rglob("*.html"))}


def built(project: Project):
    update(project)
    return everything(project, "2031-05-09")[0]


def test_a_correction_moves_nothing_else_and_can_be_undone(project: Project) -> None:
    before = built(project)
    desk.speaker(project, "nobody told me to stop", "Petra Vance", "Ada")
    decided = built(project)
    desk.correct(project, "ivo.vtt", "until the harbour answered", "until the Harbor answered", "Ada")
    after = built(project)
    for name in ("quotes", "people", "moments", "traces"):
        assert getattr(after, name) == getattr(decided, name)
    assert [s.text for s in after.sources] == [s.text for s in before.sources]
    (ivo,) = (s for s in after.sources if s.corrections)
    assert [(ivo.text[c.start : c.end], c.to) for c in ivo.corrections] == [("harbour", "Harbor")]
    desk.undo(project, ivo.corrections[0].by, "Ada")
    assert built(project) == decided


def test_corrected_words_are_shown_marked_and_found_in_both_forms(project: Project) -> None:
    desk.correct(project, "talks/ivo.vtt", "nine of them", "Nine <b> of them", "Ada")
    desk.correct(project, "talks/ivo.vtt", "kept singing", "kept ringing", "Ada")
    update(project)
    site, _ = publish(project, "2031-05-09")
    shown = '<span class="corrected" title="As it came: singing">ringing</span>'
    pages = texts(site)
    assert shown in pages["sources/talks--ivo-vtt.html"]
    assert "“ringing”, as it came: “singing”" in pages["sources/talks--ivo-vtt.html"]
    assert shown in pages["people/ivo-lasker.html"]
    assert any(shown in text for path, text in pages.items() if path.startswith("moments/"))
    assert "Nine &lt;b&gt;" in pages["sources/talks--ivo-vtt.html"]
    for words in ("kept singing", '"kept ringing"'):
        hits = [h for h in found(project, words, "2031-05-09", 20) if h.unit.path == "talks/ivo.vtt"]
        assert hits, words
        assert all("ringing" in h.unit.text and "singing" in h.unit.came for h in hits)


def test_a_correction_within_withheld_words_leaves_no_trace(project: Project) -> None:
    desk.correct(project, "talks/petra.srt", "nobody told me", "nobody asked Zebedee", "Ada")
    desk.correct(project, "talks/ivo.vtt", "eleven lamps", "eleven lanterns", "Ada")
    desk.withhold(project, "person", "Petra Vance", "", (), "asked", "Ada")
    update(project)
    site, _ = publish(project, "2031-05-09")
    assert not any(b"Zebedee" in f.read_bytes() for f in site.rglob("*") if f.is_file())
    assert "lanterns" in texts(site)["sources/talks--ivo-vtt.html"]
    assert not found(project, "Zebedee", "2031-05-09", 9)
    shown = history(project, "export", "2031-05-09")
    assert [c.to for s in shown.sources for c in s.corrections] == ["lanterns"]


def test_a_correction_half_in_withheld_words_goes_as_a_whole() -> None:
    from vivavoce.model import History, Restriction

    start = TEXT.index("Ferry Inn")
    layer = (Correction(start, start + 9, "Feather In"),)
    one = Source("a.txt", "transcript", "txt", text=TEXT, corrections=layer, title="The Feather")
    rule = Restriction("span", "a.txt", spans=((start + 6, start + 20),))
    (shown,) = published(History("t", "2031-05-09", (one,)), "site", rules=(rule,)).sources
    assert shown.corrections == ()


def test_words_to_correct_that_are_not_plain_are_refused_in_a_sentence(project: Project) -> None:
    for words, said in (
        ("no such words", "does not stand in"),
        ("the", "times"),
        ("went? On the ferry", "reaches over more than one turn"),
    ):
        with pytest.raises(UsageError, match=said):
            desk.correct(project, "talks/ivo.vtt", words, "other words", "Ada")


# --- labels ------------------------------------------------------------------------------------------------

UNNAMED = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v SPEAKER_00>We rowed out at four with the lamp lit.

00:00:04.500 --> 00:00:08.000
<v SPEAKER_01>And the tide had turned before we passed the mole.

00:00:08.500 --> 00:00:12.000
<v SPEAKER_00>Nobody had told the harbour master anything about it.
"""


def test_a_label_names_all_of_its_turns_but_those_said_to_be_others(tmp_path: Path) -> None:
    project = open_project(make(tmp_path / "mole", {"talks/mole.vtt": UNNAMED}))
    desk.label(project, "mole.vtt", "SPEAKER_00", "Tess Harker", "Ada")
    desk.speaker(project, "Nobody had told", "Bram Oake", "Ada")
    said = [(q.person and q.person.name, q.confidence) for q in built(project).quotes]
    assert [name for name, _ in said][::2] == ["Tess Harker", "Bram Oake"]
    assert said[0][1] == 1.0
    assert "Tess Harker" not in str(said[1])
    desk.label(project, "mole.vtt", "SPEAKER_00", "Tess Harkness", "Ada")
    assert len(update(project).reviews) == 2
    rows = standing(read(project.journal))
    desk.undo(project, rows[0].id, "Ada")
    assert update(project).reviews == ()
    assert {p.name for p in built(project).people} >= {"Tess Harkness", "Bram Oake"}
    with pytest.raises(UsageError, match="SPEAKER_00, SPEAKER_01"):
        desk.label(project, "mole.vtt", "SPEAKER_7", "Nobody", "Ada")
