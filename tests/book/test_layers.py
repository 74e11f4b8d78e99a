"""The book prints words as they are corrected, and people under the names that they are shown by."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from projects import make
from vivavoce import binding, build, cli, desk
from vivavoce.book import arranged, settle
from vivavoce.book.reading import layer
from vivavoce.model import Correction, History, Source, reads
from vivavoce.project import Project, open_project

DAY = "2031-05-09"

INTERVIEW = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>Ondine Varga, what happened on the night of the strike at the quay?

00:00:05.500 --> 00:00:16.000
<v Ondine Varga>On Teusday night I counted nine lamps on the quay, and the committee came up with the ledger.

00:00:16.500 --> 00:00:26.000
<v Ondine Varga>They said, Varga, write it all down, and I wrote till the lamps went out on the quay.
"""
OTHER = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>What happened on the night of the strike at the quay?

00:00:05.500 --> 00:00:16.000
<v Tess Harker>Varga counted the lamps on the quay that night, and there were twelve lamps and no committee.
"""


def _project(folder: Path) -> Project:
    made = open_project(make(folder / "quay", {"talks/varga.vtt": INTERVIEW, "talks/tess.vtt": OTHER}))
    build.update(made)
    return made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = _project(tmp_path)
    desk.correct(made, "varga.vtt", "On Teusday night", "On Tuesday night", "Ada")
    build.update(made)
    return made


def _quote(project: Project, words: str) -> str:
    shown = build.history(project, "book", DAY)
    texts = {s.path: s for s in shown.sources}
    return next(q.id for q in shown.quotes if words in " ".join(reads(texts[q.source], a, b) for a, b in q.spans))


def _arrange(project: Project, words: str, name: str = "Ondine Varga", of: str = "nine lamps", more: str = "") -> None:
    block = f"> **{name}**\n> {words} [x](quote:{_quote(project, of)})\n"
    project.arrangement.write_text(f"<!-- vivavoce book 1 -->\n\n# The quay\n\n{more}\n\n{block}", "utf-8")


def _sentences(project: Project) -> list[str]:
    return [binding.sentence(w) for w in binding.faults(project, DAY)]


def test_a_draft_has_the_corrected_words_and_holds(project: Project) -> None:
    binding.draft(project, DAY, every=True)
    text = project.arrangement.read_text("utf-8")
    assert "On Tuesday night" in text and "Teusday" not in text
    assert _sentences(project) == []


def test_corrected_words_hold_and_their_spans_are_those_of_the_text_as_it_came(project: Project) -> None:
    _arrange(project, "On Tuesday night I counted nine lamps")
    _, held, shown = binding.standing(project, DAY)
    (line,) = held.lines.values()
    text = next(s.text for s in shown.sources if s.path == line.source)
    assert held.wrong == () and [text[a:b] for a, b in line.spans] == ["On Teusday night I counted nine lamps"]
    assert line.said == "On Teusday night I counted nine lamps" and line.reads.startswith("On Tuesday")


def test_words_as_they_came_that_are_corrected_fail_and_are_told_with_both(project: Project) -> None:
    _arrange(project, "On Teusday night I counted")
    (told,) = _sentences(project)
    assert "line 8" in told and "Teusday" in told and "reads “On Tuesday night I counted”" in told


def test_a_correction_of_signs_alone_changes_no_word_of_a_line(project: Project) -> None:
    desk.correct(project, "varga.vtt", "on the quay, and the committee", "on the quay; and the committee", "Ada")
    build.update(project)
    _arrange(project, "nine lamps on the quay, and the committee came")
    assert _sentences(project) == []


def test_changes_within_corrected_words_are_held_to_the_policy(project: Project) -> None:
    _arrange(project, "On Tuesday night I counted […] the ledger.")
    condensed = replace(project, edits="condensed")
    assert binding.faults(condensed, DAY) == ()
    _arrange(project, "On Tuesday night I counted ten lamps on the quay")
    assert "does not hold" in _sentences(project)[0] and "Teusday" not in _sentences(project)[0]


def _renamed(project: Project) -> None:
    desk.pseudonym(project, "Ondine Varga", "Klara Benn", "Ada")
    build.update(project)


def test_somebody_under_another_name_is_drafted_and_printed_so(project: Project) -> None:
    _renamed(project)
    binding.draft(project, DAY, every=True)
    text = project.arrangement.read_text("utf-8")
    assert "**Klara Benn**" in text and "Benn, write it all down" in text and "Varga" not in text
    assert _sentences(project) == []


def test_a_line_with_the_name_as_it_came_does_not_hold(project: Project) -> None:
    _renamed(project)
    _arrange(project, "Benn counted the lamps", "Tess Harker", "twelve lamps")
    assert _sentences(project) == []
    _arrange(project, "Varga counted the lamps", "Tess Harker", "twelve lamps")
    assert len(_sentences(project)) == 1


OWN = [
    "It was Ondine Varga who wrote it down.",
    "## What Varga wrote",
    "- VARGA’s ledger",
]


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("away", ["pseudonym", "withheld"])
def test_narration_that_names_somebody_whose_name_is_away_fails_with_its_line(
    project: Project, own: str, away: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _arrange(project, "there were twelve lamps", "Tess Harker", "twelve lamps", more=own)
    assert _sentences(project) == []
    if away == "pseudonym":
        _renamed(project)
    else:
        desk.withhold(project, "person", "Ondine Varga", "", (), "her request", "Ada")
        build.update(project)
    _arrange(project, "there were twelve lamps", "Tess Harker", "twelve lamps", more=own)
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", project.home, "--on", DAY])
    told = capsys.readouterr().err
    assert ended.value.code == 4 and "book.md, line 5: it names somebody" in told
    assert "her request" not in told and "Klara" not in told
    with pytest.raises(SystemExit) as ended:
        cli.main(["book", project.home, "--to", "html", "--on", DAY])
    assert ended.value.code == 4


def test_narration_that_repeats_withheld_words_fails(project: Project) -> None:
    desk.withhold(project, "person", "Ondine Varga", "", (), "", "Ada")
    build.update(project)
    own = "Somebody counted nine lamps on the quay, and the committee came up with the ledger."
    _arrange(project, "there were twelve lamps", "Tess Harker", "twelve lamps", more=own)
    assert ["line 5: it repeats words" in s for s in _sentences(project)] == [True]


def test_a_name_in_the_dedication_fails_too(project: Project) -> None:
    _renamed(project)
    _arrange(project, "there were twelve lamps", "Tess Harker", "twelve lamps")
    given = replace(project, imprint=replace(project.imprint, dedication="For O. Varga"))
    assert [binding.sentence(w).split(":")[0] for w in binding.faults(given, DAY)] == ["vivavoce.toml, [book]"]


@given(st.text("ab c.", min_size=1, max_size=30), st.data())
def test_a_layer_leads_there_and_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    made = tuple(Correction(a, b, data.draw(st.text("xy", min_size=1, max_size=4))) for a, b in pairs)
    source = Source("a", "transcript", "txt", text, corrections=made)
    over, whole = layer(source), reads(source, 0, len(text))
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            first, last = over.read((start, end))
            assert whole[first:last] == reads(source, start, end)
            a, b = over.came((first, last))
            assert a <= start and b >= end and reads(source, a, b) == whole[first:last]
    assert settle(arranged(""), History("t", DAY, (source,))).wrong == ()
