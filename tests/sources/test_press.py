"""Press in plain text and Markdown: what is body and what is not, and that no word of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.model import Source
from vivavoce.sources import dates, markdown, press
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "press"
BODY = "The wind had gone round to the north by then, and nobody on the quay said a word about it.\n"


def read(text: str, name: str = "a.txt") -> Source:
    return (markdown if name.endswith(".md") else press).read(raw(name, text.encode()))


def kinds(source: Source) -> list[tuple[str, str]]:
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]


def kind_of(text: str, start: str) -> str:
    return next(kind for kind, words in kinds(read(text)) if words.startswith(start))


def test_an_article_is_cut_into_what_it_is_made_of() -> None:
    source = press.read(raw("a.txt", (DATA / "quarry-fire.txt").read_bytes()))
    assert [(kind, words[:24]) for kind, words in kinds(source)] == [
        ("headline", "‘The Weighbridge’: Why A"),
        ("dek", "The players of the long-"),
        ("byline", "By Jonas Weidmann | Upda"),
        ("alt", "alma reyes weighbridge"),
        ("body", "For eleven years Alma Re"),
        ("alt", "Alma Reyes as Bess Tully"),
        ("caption", "Alma Reyes as Bess Tully"),
        ("credit", "| Kit Farrow/Northern St"),
        ("heading", "‘The Weighbridge’ kept t"),
        ("body", "“I could not look,” Reye"),
        ("body", "Howard Pym remembers twe"),
        ("teaser", "‘The Weighbridge’: Howar"),
        ("heading", "Howard Pym revealed who "),
        ("teaser", "Read more: The five best"),
        ("body", "“I lit it,” said Pym. “I"),
    ]
    assert source.title.startswith("‘The Weighbridge’: Why")
    assert source.byline == "Jonas Weidmann"
    assert source.date == "2020-03-03"


def test_offsets_are_those_of_the_file_after_its_byte_order_mark() -> None:
    text = "Lamps out\r\n\r\n“Dark,” he said.\r\n\r\nNaïve — 😀 he said.\r\n"
    source = press.read(raw("a.txt", b"\xef\xbb\xbf" + text.encode()))
    assert source.text == text
    assert kinds(source)[1][1] == "“Dark,” he said."


def test_old_line_ends_count_as_one_each() -> None:
    assert [kind for kind, _ in kinds(read("Lamps out\r\r“Dark,” he said.\r\rThen it was day again.\r"))] == [
        "headline",
        "body",
        "body",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "“We are done here,” said Ines Quarrie.",
        "“We are done here”",
        "He was not:",
        "Nobody spoke",
        "– Ines Quarrie",
        "Ten boats. Nine came home",
        "Who threw the switch?",
        "Photo albums were passed round and she said, “That is my brother.”",
        "By the time that they came back the lamp was out.",
        "Watch: the tide comes in at six and goes out at noon.",
        "He read more than anybody on the coast.",
        "She blamed the press | and the weather, and said so in every letter that she wrote.",
    ],
)
def test_in_doubt_it_is_body(line: str) -> None:
    text = f"Lamps out at Gull Point\n\n{BODY}\n{BODY}\n{line}\n{BODY}"
    assert kind_of(text, line) == "body"


def test_an_interview_of_short_lines_has_no_headings() -> None:
    lines = ["Who was there", "Everybody was", "And your father", "He was at sea", "When did he hear", "On the Friday."]
    text = "Lamps out at Gull Point\n\n" + "\n\n".join(lines)
    assert {kind for kind, _ in kinds(read(text))[1:]} == {"body"}


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("The pier at dawn. Photo: Oskar Lindqvist", "The pier at dawn."),
        ("The pier at dawn (Photo by Oskar Lindqvist/Getty Images)", "The pier at dawn"),
        ("The pier at dawn | Oskar Lindqvist/Courier via AP Images", "The pier at dawn"),
        ("(AP Photo/Oskar Lindqvist)", None),
        ("Getty Images", None),
        ("© Courier 1981", None),
    ],
)
def test_the_credit_is_split_from_the_caption(line: str, caption: str | None) -> None:
    found = [(kind, words) for kind, words in kinds(read(f"Lamps out\n\n{BODY}\n{line}\n\n{BODY}")) if kind != "body"][
        1:
    ]
    assert found[-1][0] == "credit"
    assert [words for kind, words in found if kind == "caption"] == ([caption] if caption else [])


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Five storms that changed the coast",
        "RELATED: The ferry strike",
        "Lesen Sie auch: Der Streik",
        "Related",
    ],
)
def test_what_points_at_another_article_is_a_teaser(line: str) -> None:
    assert kind_of(f"Lamps out\n\n{BODY}\n{line}\n\n{BODY}", line) == "teaser"


def test_a_text_wrapped_by_hand_has_paragraphs_not_lines() -> None:
    text = "\n\n".join(
        ["It was dark all along the coast that night and the\nboats that were out could not see the bar or the\nlight."]
        * 4
    )
    assert [words.count("\n") for _, words in kinds(read(text))] == [2, 2, 2, 2]


def test_facts_above_the_headline_are_taken() -> None:
    source = read(
        f"Source: Tidewater Courier\nDate: 14 May 2021\nhttps://courier.example/lamps\n\nLamps out\n\n{BODY}\n{BODY}"
    )
    assert (source.publisher, source.date, source.address) == (
        "Tidewater Courier",
        "2021-05-14",
        "https://courier.example/lamps",
    )
    assert source.title == "Lamps out"


def test_without_a_headline_the_title_is_how_it_begins() -> None:
    assert read(BODY * 3).title.endswith(" …")
    assert read(BODY * 3).blocks[0].kind == "body"


def test_markdown_keeps_its_signs_and_gives_its_metadata() -> None:
    source = read((DATA / "ferry-strike.md").read_text(), "a.md")
    assert (source.title, source.byline, source.date) == (
        "The eleven days of the ferry strike",
        "Lotte Brandvold",
        "2019-11-03",
    )
    assert [(kind, words[:12]) for kind, words in kinds(source) if kind != "note"] == [
        ("headline", "# The eleven"),
        ("alt", "![The pier a"),
        ("caption", "*The pier on"),
        ("credit", "Photo: Oskar"),
        ("heading", "## The vote"),
        ("body", "“It was fort"),
        ("body", "> The compan"),
        ("body", "> but we had"),
        ("teaser", "**Read more:"),
        ("body", "Nobody cross"),
    ]


def test_a_rule_at_the_top_of_markdown_is_no_head_of_metadata() -> None:
    source = read("---\nIt was dark.\n\n---\n\nIt was light.\n", "a.md")
    assert ("body", "It was dark.") in kinds(source)


def test_toml_may_head_markdown() -> None:
    source = read('+++\ntitle = "Lamps"\ndate = 2021-05-14\n+++\nIt was dark.\n', "a.md")
    assert (source.title, source.date) == ("Lamps", "2021-05-14")


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_a_number_without_end_in_the_head_of_markdown_stops_nothing(number: str) -> None:
    text = f"+++\ntitle = {number}\n+++\n\nIt was dark.\n"
    assert read(text, "a.md").text == text


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Published May 14, 2021 at 6:30 pm", "2021-05-14"),
        ("14. Mai 2021", "2021-05-14"),
        ("le 14 mai 2021", "2021-05-14"),
        ("2021-05-14T06:30:00+01:00", "2021-05-14"),
        ("May 2021", "2021-05"),
        ("1981", "1981"),
        ("February 30, 2021", "2021"),
        ("no day", ""),
    ],
)
def test_dates_are_read_as_the_press_writes_them(words: str, day: str) -> None:
    assert dates.day(words) in (day, "" if day == "2021" else day)


LINES = st.sampled_from(
    [
        "",
        "",
        " ",
        "Lamps out",
        "By Ines Quarrie",
        BODY.strip(),
        "“Dark,” he said.",
        "# Dark",
        "---",
        "![a](b)",
        "*x*",
        "Read more: It",
        "Photo: A/AP",
        "a | b/Getty Images",
        "1 2 3",
        "\u2028",
        "\x0c",
        "x" * 500,
        "(",
        "| | |",
        "title: x",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    lines=st.lists(st.one_of(LINES, st.text(max_size=40)), min_size=1, max_size=30),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    name=st.sampled_from(["a.txt", "a.md"]),
)
def test_blocks_hold_every_word_once_and_in_order(lines: list[str], end: str, name: str) -> None:
    text = end.join([*lines, "."]).encode("utf-8", "replace").decode().lstrip("\ufeff").replace("\0", "")
    source = read(text, name)
    assert source.text == text
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end
        assert not text[at : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        at = block.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "part", ["“", "a ", "By A", "\n", "| ", "Photo: ", "(", "A. ", "[", "![", "- \n", "a\n\n", "*"]
)
def test_a_long_run_of_anything_is_read_quickly(part: str) -> None:
    text = "a" + part * (100_000 // len(part)) + "."
    assert read(text).text == text
    assert read(text, "a.md").text == text


@pytest.mark.parametrize(
    ("line", "publisher", "date"),
    [
        ("Harrow Gazette, 12 February 1974", "Harrow Gazette", "1974-02-12"),
        ("The Harrow Gazette, Tuesday, 12 February 1974", "The Harrow Gazette", "1974-02-12"),
        ("North Shore News | March 3, 1981", "North Shore News", "1981-03-03"),
        ("Evening Star (1974-02-12)", "Evening Star", "1974-02-12"),
        ("Harrow Gazette, February 1974, p. 3", "Harrow Gazette", "1974-02"),
    ],
)
@pytest.mark.parametrize("name", ["cutting.txt", "cutting.md"])
def test_paper_and_date_on_a_line_of_their_own(name: str, line: str, publisher: str, date: str) -> None:
    body = "The mill stood still on Monday. “Nobody went in,” said Ada Pruett, who had kept the gate for years."
    head = "# The mill stands still" if name.endswith(".md") else "The mill stands still"
    source = read(f"{head}\n\n{line}\n\n{body}\n", name)
    assert (source.publisher, source.date, source.title) == (publisher, date, "The mill stands still")
    assert [b.kind for b in source.blocks] == ["headline", "byline", "body"]


@pytest.mark.parametrize(
    "line", ["Good news, 12 men said on Monday.", "Harrow, 12 February 1974", "The post of the mill, 1974, was gone"]
)
def test_a_place_or_a_sentence_is_no_paper(line: str) -> None:
    assert press.paper(line) == ""
