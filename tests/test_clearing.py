"""Narrators see what will be printed of them, and what they answer holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from projects import lines, make
from vivavoce import binding, build, cli, decisions, desk
from vivavoce.model import reads
from vivavoce.project import Project, open_project

DAY = "2031-05-09"

IDA = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Bram Oake>What did you see at the gate?

00:00:05.500 --> 00:00:16.000
<v Ida Fell>My mother had sent me. We stood at the gate till noon & sang. The foreman <i>never</i> came out.
Then it rained.

00:00:16.500 --> 00:00:20.000
<v Len Ash>I was there too, with the lamps.

00:00:21.000 --> 00:00:26.000
<v Ida Fell>He was. He held nine lamps for us all.
"""
ARTICLE = """The gate stays shut

By Hanne Oort

“We were not asked,” said Len Ash, who held the lamps at the gate on Friday.
"""
SIDECAR = 'title = "At the gate"\ndate = 2021-05-03\ninterviewer = "Bram Oake"\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    sources = {"talks/ida.vtt": IDA, "talks/ida.toml": SIDECAR, "press/gate.txt": ARTICLE}
    made = open_project(make(tmp_path / "gate", sources))
    build.update(made)
    _arrange(made)
    return made


def _quote(project: Project, words: str) -> str:
    shown = build.history(project, "book", DAY)
    texts = {s.path: s for s in shown.sources}
    return next(q.id for q in shown.quotes if words in " ".join(reads(texts[q.source], a, b) for a, b in q.spans))


def _arrange(project: Project, name: str = "Ida Fell", first: str = "We stood at the gate till noon & sang.") -> None:
    blocks = [
        f"> **{name}**\n> {first} [x](quote:{_quote(project, 'stood at the gate')})",
        f"> **Len Ash**\n> We were not asked. [x](quote:{_quote(project, 'not asked')})",
        f"> **{name}**\n> He held nine lamps [x](quote:{_quote(project, 'nine lamps')})",
    ]
    text = "<!-- vivavoce book 1 -->\n\n# The gate\n\n" + "\n\n".join(blocks) + "\n"
    project.arrangement.write_text(text, "utf-8")


def _run(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(args))
    return int(ended.value.code or 0)


def _states(project: Project) -> list[str]:
    build.update(project)
    return [p.cleared for p in binding.printed(project, *binding.standing(project, DAY))]


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [str(v) for k, v in attrs if k in ("src", "href", "srcset", "style")]


def test_the_page_has_their_printed_words_the_question_and_what_is_beside_and_nobody_elses(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("review-pack", "Ida Fell", project.home, "--on", DAY) == 0
    assert "2 passages" in capsys.readouterr().err
    page = (project.out / "review" / "ida-fell.html").read_text("utf-8")
    assert "We stood at the gate till noon &amp; sang." in page and "What did you see at the gate?" in page
    assert (
        '<p class="own">My mother had sent me.</p>' in page and '<p class="own">The foreman never came out.</p>' in page
    )
    assert "Then it rained" not in page and "with the lamps" not in page and "not asked" not in page
    assert "At the gate, 3 May 2021" in page and "Each passage is printed as it was said" in page
    assert page.count("☐") == 6
    seen = _Seen()
    seen.feed(page)
    assert not {"script", "link", "img", "iframe"} & set(seen.tags) and seen.addresses == []
    assert not re.search(r"url\(|@import|https?:", page) and "<html lang=" in page and "@media print" in page
    _run("review-pack", "Ida Fell", project.home, "--on", DAY)
    assert (project.out / "review" / "ida-fell.html").read_text("utf-8") == page


def test_nothing_of_theirs_in_the_book_is_one_sentence(project: Project) -> None:
    project.arrangement.write_text("<!-- vivavoce book 1 -->\n\n# The gate\n\nIt rained.\n", "utf-8")
    assert _run("review-pack", "ida-fell", project.home, "--on", DAY) == 0
    page = (project.out / "review" / "ida-fell.html").read_text("utf-8")
    assert "nothing of what you said stands in" in page and "☐" not in page


def test_nobody_is_told_what_there_is(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("review-pack", "Nobody Atall", project.home, "--on", DAY) == 2
    assert "vivavoce people" in capsys.readouterr().err


def test_nothing_withheld_stands_on_the_page(project: Project) -> None:
    sidecar = Path(project.sources) / "talks" / "ida.toml"
    sidecar.write_text(SIDECAR + '[[rights]]\nwhat = "span"\nwords = "My mother had sent me."\n', "utf-8")
    build.update(project)
    _arrange(project)
    assert _run("review-pack", "Ida Fell", project.home, "--on", DAY) == 0
    page = (project.out / "review" / "ida-fell.html").read_text("utf-8")
    assert "mother" not in page and "█" not in page and "We stood at the gate" in page


def test_who_goes_by_another_name_is_found_by_their_own_and_addressed_by_the_other(project: Project) -> None:
    desk.pseudonym(project, "Ida Fell", "Klara Benn", "Ada")
    build.update(project)
    _arrange(project, "Klara Benn")
    assert _run("review-pack", "Ida Fell", project.home, "--on", DAY) == 0
    page, beside = sorted((project.out / "review").iterdir())
    assert beside.name == "klara-benn.manifest.json" and "Fell" not in beside.read_text("utf-8")
    assert page.name == "klara-benn.html" and "Fell" not in page.read_text("utf-8")


def test_lines_are_public_open_then_cleared(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert _states(project) == ["open", "public", "open"]
    assert _run("check", project.home, "--clearance", "--on", DAY) == 4
    assert "Ida Fell: book.md, lines 6, 12" in capsys.readouterr().err
    assert _run("check", project.home, "--clearance", "--json", "--on", DAY) == 4
    assert lines(capsys.readouterr().out) == [{"name": "Ida Fell", "lines": [6, 12]}]
    assert _run("decide", "clear", "Ida Fell", "--how", "letter of 3 May", "--in", project.home, "--on", DAY) == 0
    assert _states(project) == ["cleared", "public", "cleared"]
    assert _run("check", project.home, "--clearance", "--on", DAY) == 0
    assert build.update(project).reviews == ()


def test_only_given_lines_are_cleared(project: Project) -> None:
    desk.clearance(project, "Ida Fell", ["nine lamps"], "clear", "", "Ada", DAY)
    assert _states(project) == ["open", "public", "cleared"]
    assert _run("decide", "clear", "Ida Fell", "not in it", "--in", project.home, "--on", DAY) == 2


def test_a_refused_line_fails_the_check_and_the_book_until_it_is_cleared(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("decide", "refuse", "Ida Fell", _quote(project, "nine lamps"), "--how", "a call")
    assert _run(*words, "--in", project.home, "--on", DAY) == 0
    assert _states(project) == ["open", "public", "refused"]
    assert _run("check", project.home, "--on", DAY) == 4
    assert "book.md, line 12: who said this refused" in capsys.readouterr().err
    assert _run("book", project.home, "--to", "html", "--on", DAY) == 4
    desk.clearance(project, "Ida Fell", [], "clear", "changed her mind", "Ada", DAY)
    assert _states(project) == ["cleared", "public", "cleared"]
    assert _run("book", project.home, "--to", "html", "--on", DAY) == 0


def test_more_words_than_were_cleared_are_open_again(project: Project) -> None:
    desk.clearance(project, "Ida Fell", [], "clear", "", "Ada", DAY)
    _arrange(project, first="We stood at the gate till noon & sang. The foreman never came out.")
    assert _states(project) == ["open", "public", "cleared"]
    _arrange(project, first="We stood at the gate")
    assert _states(project) == ["cleared", "public", "cleared"]


def test_changed_or_corrected_words_are_open_again_and_told(project: Project) -> None:
    desk.clearance(project, "Ida Fell", [], "clear", "", "Ada", DAY)
    talk = Path(project.sources) / "talks" / "ida.vtt"
    talk.write_text(talk.read_text("utf-8").replace("<v Bram Oake>What did", "<v Bram Oake>So, what did"), "utf-8")
    assert _states(project) == ["cleared", "public", "cleared"]
    desk.correct(project, "ida.vtt", "held nine lamps", "held some lamps", "Ada")
    build.update(project)
    talk.write_text(talk.read_text("utf-8").replace("till noon & sang", "till one & sang"), "utf-8")
    built = build.update(project)
    assert {r.type for r in built.reviews} == {"clearance"}
    shown = project.arrangement.read_text("utf-8")
    ids = re.findall(r"quote:(\w+)", shown)
    now = _quote(project, "stood at the gate")
    text = shown.replace(ids[0], now).replace("till noon", "till one").replace("held nine", "held some")
    project.arrangement.write_text(text, "utf-8")
    assert _states(project) == ["open", "public", "open"]


def test_a_refusal_holds_for_changed_words_too(project: Project) -> None:
    desk.clearance(project, "Ida Fell", ["till noon"], "refuse", "", "Ada", DAY)
    talk = Path(project.sources) / "talks" / "ida.vtt"
    talk.write_text(talk.read_text("utf-8").replace("till noon & sang", "till one & sang"), "utf-8")
    build.update(project)
    _arrange(project, first="We stood at the gate till one & sang.")
    assert _states(project)[0] == "refused"


def test_a_source_with_an_address_is_public(project: Project) -> None:
    sidecar = Path(project.sources) / "talks" / "ida.toml"
    sidecar.write_text(SIDECAR + 'address = "https://example.org/ida"\n', "utf-8")
    assert _states(project) == ["public", "public", "public"]


def test_the_manifest_tells_what_each_line_stands_by(project: Project) -> None:
    desk.clearance(project, "Ida Fell", ["nine lamps"], "clear", "letter of 3 May", "Ada", DAY)
    build.update(project)
    binding.bind(project, DAY, "html")
    told = msgspec.json.decode((project.out / "book.html.manifest.json").read_bytes())["lines"]
    assert [line["clearance"] for line in told] == ["open", "public", "cleared"]
    assert told[2]["how"] == "letter of 3 May"


def test_an_answer_that_is_none_is_told(tmp_path: Path) -> None:
    row = '{"v":1,"id":"a","at":"2031-05-09T10:00:00Z","by":"","type":"clearance","target":[],"value":{"do":"clear"}}\n'
    (tmp_path / "decisions.jsonl").write_text(row, "utf-8")
    assert "clearance" in str(decisions.read(tmp_path / "decisions.jsonl").broken[0])
