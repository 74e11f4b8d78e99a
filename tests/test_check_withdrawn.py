"""After consent is withdrawn, the check names every publication and place that it touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import lines, make
from vivavoce import binding, build, cli, desk, reviewing
from vivavoce.engines import names
from vivavoce.exporting import export
from vivavoce.project import Project, open_project

DAY = "2031-05-09"


def _talk(who: str, turns: int) -> str:
    cues = (
        f"00:{n:02}:01.000 --> 00:{n:02}:09.000\n<v {who}>In {1900 + n} {who.split()[0].lower()} number {n} came by."
        f"\n\n00:{n:02}:10.000 --> 00:{n:02}:20.000\n<v Bram Oake>And what came after number {n}, please?\n"
        for n in range(turns)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of which everything is published before anything is withdrawn."""
    sources = {"talks/ida.vtt": _talk("Ida Fell", 40), "talks/len.vtt": _talk("Len Ash", 2)}
    made = open_project(make(tmp_path_factory.mktemp("withdrawn") / "quay", sources))
    pictures = Path(made.home) / "pictures"
    pictures.mkdir()
    (pictures / "ida.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    (pictures / "ida.toml").write_text('credit = "Ada"\nlicence = "by permission"\nalt = "A woman"\nof = "Ida Fell"\n')
    build.update(made)
    shown = build.history(made, "book", DAY)
    blocks = [f"> **{q.person.name}**\n> {q.text} [x](quote:{q.id})" for q in shown.quotes if q.person and not q.asks]
    image = "![A woman](pictures/ida.svg)"
    made.arrangement.write_text("<!-- vivavoce book 1 -->\n\n# All\n\n" + "\n\n".join([*blocks, image]) + "\n", "utf-8")
    build.publish(made, DAY)
    binding.bind(made, DAY, "html")
    binding.bind(made, DAY, "pdf")
    for who in ("Ida Fell", "Len Ash"):
        reviewing.pack(made, who, DAY)
    for form in names("export"):
        export(made, DAY, form)
    return made


def _check(project: Project, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", project.home, "--on", DAY, *more])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def test_everything_holds_before_and_every_publication_is_named_after(
    published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _check(published, capsys)[0] == 0
    desk.withhold(published, "person", "Ida Fell", "", (), "her letter", "Ada")
    code, out, _ = _check(published, capsys, "--json")
    found = lines(out)
    touched = {f["publication"] for f in found if f["fails"]}
    every = {
        "site",
        "book.html",
        "book.pdf",
        "book.md",
        "review/ida-fell",
        *(f"export-{form}" for form in names("export")),
    }
    assert code == 4 and touched == every
    pages = {p for f in found for p in f["pages"] if f["publication"] == "site"}
    assert "people/ida-fell.html" in pages and any(p.startswith("sources/") for p in pages)
    assert any(p.endswith(".svg") for p in pages)
    assert any("pictures/ida.svg" in f["sentence"] for f in found if f["publication"] == "book.html")
    assert "her letter" not in out


def test_many_lines_are_one_sentence_with_all_their_places(
    published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    err = _check(published, capsys)[2]
    told = [row for row in err.splitlines() if row.startswith("book.html: 80 printed lines")]
    assert len(told) == 1 and "book.md, lines 6, 9, 12" in told[0] and "(--json lists all)" in told[0]
    assert sum(row.startswith("book.html") for row in err.splitlines()) <= 4
    found = lines(_check(published, capsys, "--json")[1])
    (one,) = [f for f in found if f["sentence"].startswith("book.html: 80")]
    assert len(one["pages"]) == 80


def test_words_corrected_after_an_edition_was_made_are_told(
    published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.correct(published, "len.vtt", "len number 1 came", "lamp number 1 came", "Ada")
    _, _, err = _check(published, capsys)
    told = [row for row in err.splitlines() if "corrected otherwise now" in row]
    assert {row.split(",")[0] for row in told} == {"book.html", "book.pdf", "review/len-ash"} and all(
        "lamp number 1" in r for r in told
    )


def test_another_name_is_told_where_the_old_one_is_printed(
    published: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.pseudonym(published, "Len Ash", "Jan Pell", "Ada")
    found = lines(_check(published, capsys, "--json")[1])
    told = {f["publication"] for f in found if "not under that name" in f["sentence"] and "line" in str(f["pages"])}
    assert {"book.html", "book.pdf"} <= told


def test_a_page_that_a_narrator_was_sent_rests_on_the_question_and_what_is_beside_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = _talk("Ida Fell", 1).replace("came by.", "came by. We went to the quay. It rained all day.")
    later = "00:00:21.000 --> 00:00:29.000\n<v Ida Fell>Then we went home, and nobody said a word of it.\n"
    side = 'interviewer = "Bram Oake"\n'
    made = open_project(make(tmp_path / "quay", {"talks/ida.vtt": f"{talk}\n{later}", "talks/ida.toml": side}))
    build.update(made)
    first, last = [q for q in build.history(made, "book", DAY).quotes if not q.asks]
    blocks = [
        f"> **Ida Fell**\n> {w} [x](quote:{q.id})" for w, q in (("We went to the quay.", first), (last.text, last))
    ]
    made.arrangement.write_text("<!-- vivavoce book 1 -->\n\n# All\n\n" + "\n\n".join(blocks) + "\n", "utf-8")
    page = reviewing.pack(made, "Ida Fell", DAY)[0].read_text("utf-8")
    assert "ida number 0 came by" in page and "what came after number 0" in page
    assert _check(made, capsys)[0] == 0
    for words, place in (("what came after number 0", "passage 2"), ("In 1900 ida number 0 came by.", "passage 1")):
        rule = f'[[rights]]\nwhat = "span"\nwords = "{words}"\n'
        (Path(made.sources) / "talks" / "ida.toml").write_text(side + rule, "utf-8")
        build.update(made)
        found = [f for f in lines(_check(made, capsys, "--json")[1]) if f["publication"] == "review/ida-fell"]
        assert [f["page"] for f in found if f["fails"]] == [place]
