"""From the moments to a book: drafted, checked, never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import make
from vivavoce import binding, build, cli
from vivavoce.book import draft, settle
from vivavoce.book.edition import Speech
from vivavoce.errors import BadFile
from vivavoce.project import Project, open_project

DAY = "2026-01-01"
EXAMPLE = Path(__file__).parent.parent / "examples" / "saltmarsh"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = open_project(make(tmp_path / "corrie"))
    build.update(made)
    return made


def _run(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(args))
    return int(ended.value.code or 0)


def test_a_draft_holds_line_for_line(project: Project) -> None:
    path, chapters = binding.draft(project, DAY)
    assert path == Path(project.home) / "book.md" and chapters >= 1
    told, held, _ = binding.standing(project, DAY)
    assert held.wrong == () and held.lines
    assert {c.moment for c in told.chapters if c.title}


CUT = """Talk with Wim Oort, recorded 3 May 2019

Interviewer: What did you see on the night of the Corrie fire?

Wim Oort: I saw the Corrie burn down to the rail on the night of the fire, and there were

Wim Oort: eleven lamps alight on her deck in the fog. Ada Quill rang the bell on the quay.

Interviewer: Thank you.
"""
OTHER = """Talk with Ada Quill, recorded 4 May 2019

Interviewer: What did you do on the night of the Corrie fire?

Ada Quill: I rang the bell on the quay on the night of the fire while the Corrie burned down to the rail in the fog.

Interviewer: Thank you.
"""


def test_a_sentence_that_a_transcript_cuts_in_two_is_drafted_whole(tmp_path: Path) -> None:
    cut = open_project(make(tmp_path / "cut", {"wim.txt": CUT, "ada.txt": OTHER}))
    build.update(cut)
    binding.draft(cut, DAY, every=True)
    text = cut.arrangement.read_text()
    assert "and there were eleven lamps alight on her deck in the fog." in text
    assert not any(row.startswith("> eleven lamps") for row in text.splitlines())
    _, held, _ = binding.standing(cut, DAY)
    assert held.wrong == () and held.lines


def test_drafting_again_touches_nothing_and_proposes_what_is_missing(project: Project) -> None:
    binding.draft(project, DAY)
    mine = "<!-- vivavoce book 1 -->\n\n# My chapter\n\nMine.\n"
    project.arrangement.write_text(mine)
    first, _ = binding.draft(project, DAY)
    second, _ = binding.draft(project, DAY)
    assert first and second and (first.name, second.name) == ("book.draft.md", "book.draft-2.md")
    assert project.arrangement.read_text() == mine


def test_what_is_in_the_book_is_not_proposed_again(project: Project) -> None:
    binding.draft(project, DAY)
    assert binding.draft(project, DAY) == (None, 0)


def test_a_changed_letter_fails_the_check_and_the_book_with_line_and_both_texts(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    binding.draft(project, DAY)
    text = project.arrangement.read_text()
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "fourteen lamps" in row)
    project.arrangement.write_text(text.replace("fourteen lamps", "fourteen lambs", 1))
    assert _run("check", project.home, "--on", DAY) == 4
    told = capsys.readouterr().err
    assert f"book.md, line {line}:" in told and "fourteen lambs" in told and "fourteen lamps" in told
    assert _run("book", project.home, "--to", "pdf", "--on", DAY) == 4
    assert "fourteen lambs" in capsys.readouterr().err
    assert not (project.out / "book.pdf").exists()


def test_a_book_that_is_not_there_is_told_with_what_to_do(project: Project) -> None:
    with pytest.raises(BadFile, match="vivavoce draft"):
        binding.arrangement(project)


def test_an_edition_that_is_none_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    binding.draft(project, DAY)
    assert _run("book", project.home, "--to", "parchment", "--on", DAY) == 2
    assert "epub" in capsys.readouterr().err


@pytest.mark.parametrize("to", ["pdf", "epub", "html", "docx"])
def test_every_edition_is_made_with_its_manifest(project: Project, to: str) -> None:
    binding.draft(project, DAY)
    assert _run("book", project.home, "--to", to, "--on", DAY) == 0
    first = (project.out / f"book.{to}").read_bytes()
    assert (project.out / f"book.{to}.manifest.json").exists()
    assert _run("book", project.home, "--to", to, "--on", DAY) == 0
    assert (project.out / f"book.{to}").read_bytes() == first


def test_a_mended_transcript_moves_nothing_else(project: Project) -> None:
    binding.draft(project, DAY)
    before = binding.standing(project, DAY)[1]
    talk = Path(project.sources) / "talks" / "petra.srt"
    talk.write_text(talk.read_text().replace("told me to stop", "asked me to stop"))
    build.update(project)
    after = binding.standing(project, DAY)[1]
    untouched = {k: v for k, v in before.lines.items() if v.source != "talks/petra.srt"}
    assert untouched.items() <= after.lines.items()
    assert all("petra.srt" in w.sentence for w in after.wrong)


def test_the_example_is_drafted_whole_and_holds(tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "saltmarsh"
    shutil.copytree(EXAMPLE, home, ignore=shutil.ignore_patterns("out", ".vivavoce", "book.md"))
    made = open_project(home)
    build.update(made)
    binding.draft(made, DAY)
    told, held, shown = binding.standing(made, DAY)
    assert held.wrong == () and len(held.lines) > 80
    edition, *_ = binding.edition(made, DAY)
    speeches = [p.id for part in edition.parts for p in part.pieces if isinstance(p, Speech)]
    assert [n.piece for n in edition.notes] == speeches and [n.number for n in edition.notes] == list(
        range(1, len(speeches) + 1)
    )
    assert settle(told, shown, made.edits) == held


def test_the_examples_own_book_holds_under_its_policy(tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "saltmarsh"
    shutil.copytree(EXAMPLE, home, ignore=shutil.ignore_patterns("out", ".vivavoce"))
    made = open_project(home)
    build.update(made)
    edition, _, held, told = binding.edition(made, DAY)
    assert made.edits == "condensed" and held.wrong == ()
    assert any(line.trace.edits for line in held.lines.values())  # cuts that are shown
    assert len(edition.notes) > 50 and edition.gaps == 1 and "gap" in told[-1]


def test_traces_with_the_book_list_a_line_for_each_line_of_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    binding.draft(project, DAY)
    text = project.arrangement.read_text()
    assert _run("traces", project.home, "--book", "--json", "--on", DAY) == 0
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    lines = [r for r in rows if r["source"] == "book.md"]
    assert len(lines) == text.count("](quote:") and {r["class"] for r in lines} == {"verbatim"}
    assert all(" ".join(text[a:b] for a, b in r["spans"]).split()[0] in r["text"] for r in lines)
    assert _run("traces", project.home, "--json", "--on", DAY) == 0
    assert "book.md" not in capsys.readouterr().out


@pytest.fixture
def printed(project: Project) -> Project:
    """A project whose book is made, and whose sites are not of interest."""
    project.arrangement.write_text(_chosen(project))
    binding.bind(project, DAY, "html")
    return project


def _chosen(project: Project) -> str:
    """A book of one line, which stands in the middle of what Petra says."""
    binding.draft(project, DAY)
    rows = project.arrangement.read_text().split("\n\n")
    row = next(r for r in rows if "told me to stop" in r).replace("I sang because nobody told me to stop. ", "")
    return "<!-- vivavoce book 1 -->\n\n# One\n\n" + row + "\n"


def _book_faults(project: Project) -> list[str]:
    from vivavoce import check

    built = build.update(project)
    return [f.sentence for f in check.faults(project, DAY, built) if f.publication == "book.html" and f.fails]


def test_a_typo_that_is_mended_elsewhere_moves_no_printed_line(printed: Project) -> None:
    talk = Path(printed.sources) / "talks" / "petra.srt"
    talk.write_text(talk.read_text().replace("told me to stop", "had ever asked me to stop"))
    assert _book_faults(printed) == []


def test_a_changed_word_in_a_printed_line_is_told_with_both_texts_and_versions(printed: Project) -> None:
    talk = Path(printed.sources) / "talks" / "petra.srt"
    talk.write_text(talk.read_text().replace("fourteen lamps", "thirteen lamps"))
    (sentence,) = _book_faults(printed)
    assert "fourteen lamps" in sentence and "thirteen lamps" in sentence
    assert "book.md, line" in sentence and "talks/petra.srt" in sentence and "version" in sentence


def test_where_the_line_is_no_longer_in_the_book_the_words_that_stand_there_are_told(printed: Project) -> None:
    talk = Path(printed.sources) / "talks" / "petra.srt"
    talk.write_text(talk.read_text().replace("fourteen lamps", "thirteen lamps"))
    printed.arrangement.write_text("<!-- vivavoce book 1 -->\n\n# One\n\nNothing yet.\n")
    (sentence,) = _book_faults(printed)
    assert "thirteen lamps" in sentence and "Make the book again" in sentence


STRESSED = """# The weir at Holm

By Nora Pell

“I *never* said that the weir would hold the winter,” said Ada Holm, the miller. “Not _once_ in all those years, and \
**never** in [writing](https://example.org/weir). It went at four on 3 May 1974, a 2 * 3 inch crack at a time.”
"""


def test_what_a_markdown_source_stresses_is_stressed_in_the_book_and_its_signs_are_not_printed(tmp_path: Path) -> None:
    project = open_project(make(tmp_path / "weir", {"press/weir.md": STRESSED}))
    build.update(project)
    shown = build.history(project, "book", DAY)
    said = next(q for q in shown.quotes if "Not _once_" in q.text)
    drafted = draft.block(draft.Strip(said, said.spans[-1], said.text, 0.0), shown.sources[0])
    assert "I *never* said" in drafted and "Not _once_ in all those years, and **never** in writing." in drafted
    assert "a 2 \\* 3 inch crack" in drafted
    typed = f"> **Ada Holm**\n> Not \\_once\\_ in all those years [The weir](quote:{said.id})"
    for words in (drafted, typed):
        project.arrangement.write_text(f"# Weir\n\n{words}\n", "utf-8")
        page = Path(binding.bind(project, DAY, "html").file).read_text("utf-8")
        told = page[page.index("in all those years") - 60 : page.index("in all those years")]
        assert "once" in told and "_" not in told
        assert "2 * 3 inch" in page or words is typed


def test_a_format_that_there_is_not_is_told_with_those_there_are(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("book", project.home, "--to", "papyrus") == 2
    assert "no format of a book “papyrus”. Choose one of these: pdf, epub, docx, html." in capsys.readouterr().err
