"""PDF: columns, words broken at line ends, running heads, pages, footnotes; interviews are transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import Drawn, column, pdf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, place

DATA = Path(__file__).parent.parent / "data" / "press"


def read(root: Path, data: bytes) -> Source:
    (root / "a.pdf").write_bytes(data)
    return sources.read(root, "a.pdf")


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


LEFT = """On the night of 3 December the
lighthouse went dark for the first
time in its history, and for those
who were there it never came back.
We saw nothing at all, said the old
keeper, who had a long-standing
quarrel with the harbourmaster of
the town, a man of few words."""
RIGHT = """The harbourmaster remembers some-
thing else. There was no quarrel, he
said. There was an agreement about
the generator, and about the respon-
sibility for it. The generator was in-
spected in the autumn, and nobody
had found anything to say against
it, as far as anybody remembers."""


def test_columns_are_read_one_after_the_other_below_what_spans_them(tmp_path: Path) -> None:
    page: list[Drawn] = [
        (40, 60, 20, "The lamp that nobody relit", "bold"),
        *column(40, 100, LEFT),
        *column(215, 100, RIGHT),
    ]
    source = read(tmp_path, pdf([page]))
    assert source.kind == "press"
    assert source.title == "The lamp that nobody relit"
    assert blocks(source)[0] == ("headline", "The lamp that nobody relit")
    body = source.text.split("\n\n", 1)[1]
    assert body.startswith("On the night of 3 December the lighthouse went dark")
    assert body.index("few words.") < body.index("The harbourmaster remembers something else.")
    assert "long-standing quarrel" in body
    assert "the responsibility for it" in body
    assert "inspected" in body


def test_a_short_last_column_is_a_column_as_on_the_page_before(tmp_path: Path) -> None:
    short = "\n".join(RIGHT.split("\n")[:2])
    pages = [[*column(40, 60, LEFT), *column(215, 60, RIGHT)], [*column(40, 60, LEFT), *column(215, 60, short)]]
    source = read(tmp_path, pdf(pages))
    assert source.text.count("few words.") == 2
    assert source.text.rstrip().endswith("There was no quarrel, he")


def test_running_heads_are_left_out_and_tell_the_page(tmp_path: Path) -> None:
    text = "\n".join(LEFT.split("\n"))
    pages = [
        [(40, 30, 8, "The Harbour Courier"), (350, 30, 8, "41"), *column(40, 70, text)],
        [(40, 30, 8, "42"), (250, 30, 8, "Gull Point and District"), *column(40, 70, RIGHT)],
        [(40, 30, 8, "The Harbour Courier"), (350, 30, 8, "43"), *column(40, 70, text)],
    ]
    source = read(tmp_path, pdf(pages))
    assert "Courier" not in source.text
    assert "District" not in source.text
    assert [f.page for word in ("On the", "harbourmaster rem") if (f := place(source, source.text.index(word)))] == [
        "41",
        "42",
    ]
    told = " ".join(w.what for w in source.warnings)
    assert "“The Harbour Courier”" in told
    assert "“Gull Point and District”" in told


def test_page_x_of_y_is_no_text(tmp_path: Path) -> None:
    pages = [[*column(40, 60, LEFT), (180, 480, 9, f"Page {n} of 2")] for n in (1, 2)]
    source = read(tmp_path, pdf(pages))
    assert "Page" not in source.text


def test_a_year_that_stands_at_the_end_of_a_page_is_text(tmp_path: Path) -> None:
    source = read(tmp_path, pdf([[*column(40, 60, LEFT), (40, 156, 10, "It was in 1983")]]))
    assert source.text.endswith("1983")


def test_a_paragraph_that_runs_over_the_page_has_both_pages(tmp_path: Path) -> None:
    first = LEFT.replace("a man of few words.", "a man of few")
    source = read(tmp_path, pdf([column(40, 60, first), column(40, 60, "words and of fewer friends.")]))
    assert "a man of few words and of fewer friends." in source.text
    assert len(source.blocks) == 1
    assert [f.page for word in ("a man", "words and") if (f := place(source, source.text.index(word)))] == ["1", "2"]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("They had a dis-", "agreement about it.", "a disagreement about"),
        ("It was a self-", "evident lie to them.", "a self-evident lie"),
        ("She was called Anglo-", "Saxon by her friends.", "Anglo-Saxon by"),
        ("It lasted from 1914-", "18 and then it ended.", "1914-18 and"),
        ("They called it a well-", "known inn of the town.", "a well-known inn"),
        ("He was a man of the sea -", "and of the land as well.", "sea - and"),
    ],
)
def test_words_broken_at_line_ends(tmp_path: Path, first: str, second: str, whole: str) -> None:
    source = read(tmp_path, pdf([column(40, 60, f"{first}\n{second}")]))
    assert whole in source.text.replace("\n", " ")


def test_a_word_that_stands_elsewhere_shows_how_it_is_written(tmp_path: Path) -> None:
    words = "The storm-panes were broken, and\nwe could hear the noise of storm-\npanes in the night.\n"
    source = read(tmp_path, pdf([column(40, 60, words)]))
    assert source.text.count("storm-panes") == 2


def test_indents_and_gaps_begin_paragraphs(tmp_path: Path) -> None:
    lines = LEFT.split("\n")
    page = [*column(40, 60, "\n".join(lines[:4])), *column(40, 120, "\n".join(lines[4:]))]
    assert len(read(tmp_path, pdf([page])).blocks) == 2
    indented = [*column(40, 60, "\n".join(lines[:4])), (52, 108, 10, lines[4]), *column(40, 120, "\n".join(lines[5:]))]
    assert len(read(tmp_path, pdf([indented])).blocks) == 2


def test_footnotes_stand_behind_the_text(tmp_path: Path) -> None:
    page: list[Drawn] = [
        *column(40, 60, LEFT),
        (184, 140, 6, "1"),
        *column(40, 400, "1 The logbook is kept in the museum.", size=7),
        *column(40, 156, "It was ten.\nNobody came."),
    ]
    source = read(tmp_path, pdf([page]))
    assert blocks(source)[-1] == ("note", "1 The logbook is kept in the museum.")


def test_labels_make_a_transcript(tmp_path: Path) -> None:
    page: list[Drawn] = [
        (40, 50, 16, "Interview with Ruth Hale", "bold"),
        *column(40, 90, "BRAND: When did the lamp go dark?\nHALE: At ten, I think. We were all in the kitchen, and\n"
                        "somebody said that it was dark.\nBRAND: And then?\nHALE: Then nothing."),
    ]  # fmt: skip
    source = read(tmp_path, pdf([page]))
    assert source.kind == "transcript"
    assert [(t.label, source.text[slice(*t.spans[0])][:14]) for t in source.turns] == [
        ("BRAND", "When did the l"),
        ("HALE", "At ten, I thin"),
        ("BRAND", "And then?"),
        ("HALE", "Then nothing."),
    ]
    assert source.title == "Interview with Ruth Hale"


def test_labels_in_a_column_of_their_own_make_a_transcript(tmp_path: Path) -> None:
    said = [("RUTH HALE", "We saw it go dark at ten, and then we waited for\nthe boat."), ("INT", "And then?")] * 3
    page: list[Drawn] = []
    y = 60
    for label, words in said:
        page += [(40, y, 10, label), *column(120, y, words)]
        y += 12 * len(words.split("\n")) + 8
    source = read(tmp_path, pdf([page]))
    assert [t.label for t in source.turns] == ["RUTH HALE", "INT"] * 3
    assert source.text[slice(*source.turns[0].spans[0])] == "We saw it go dark at ten, and then we waited for the boat."


def test_a_typeset_article_is_read_as_it_would_be_aloud() -> None:
    source = sources.read(DATA, "keepers.pdf")
    assert [kind for kind, _ in blocks(source)] == [
        "headline", "dek", "byline", "body", "body", "heading", "body", "note", "body", "body", "body", "note", "body",
        "body", "heading", "body", "body",
    ]  # fmt: skip
    assert source.title == "The lamp that nobody relit"
    assert source.byline == "Ines Quarrie"
    assert "about responsibility for the emergency generator.”" in source.text
    assert "Marguerite Delacroix-Whitby" in source.text
    assert "until the service was automated. He remembers a long-standing" in source.text
    assert "I would have preferred it" in source.text
    assert "\n" not in source.text.replace("\n\n", "")
    assert {p.page for p in source.places} == {"41", "42"}


@pytest.mark.parametrize("turn", ["0 1 -1 0 300 20", "0 -1 1 0 100 480", "-1 0 0 -1 380 380"])
def test_a_page_that_lies_on_its_side_is_read(tmp_path: Path, turn: str) -> None:
    lines = LEFT.split("\n")
    upright = pdf([column(40, 60, LEFT)])
    shown = "\n".join(f"BT /F1 10 Tf {turn} Tm 0 {-12 * at} Td ({line}) Tj ET" for at, line in enumerate(lines))
    old = upright[upright.index(b"stream\n") + 7 : upright.index(b"\nendstream")]
    source = read(
        tmp_path, upright.replace(old, shown.encode()).replace(str(len(old)).encode(), str(len(shown)).encode())
    )
    assert source.text == read(tmp_path, upright).text


def test_a_scan_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf([[], []]))
    with pytest.raises(UnreadableSource) as caught:
        sources.read(tmp_path, "scan.pdf")
    assert str(caught.value) == "scan.pdf: it has no text. If it is a scan, run OCR on it first."


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\nno nul here",
        pdf([column(40, 60, LEFT)])[:400],
        b"%PDF-1.7\n" + b"1 0 obj << /Type " * 1000,
        b"%PDF-1.4\n1 0 obj " + b"[" * 5000,
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(UnreadableSource) as caught:
        sources.read(tmp_path, "a.pdf")
    assert "PDF" in str(caught.value) or "no text" in str(caught.value)
    assert "reader failed" not in str(caught.value)


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    locked = pdf([column(40, 60, LEFT)]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>",
    )
    (tmp_path / "a.pdf").write_bytes(locked)
    with pytest.raises(UnreadableSource, match="locked with a password"):
        sources.read(tmp_path, "a.pdf")


@settings(max_examples=40, deadline=None)
@example(words=[(0.0, 0.0, 6, "a"), (0.0, 0.0, 1, "1"), (0.0, 2.0, 1, "a")])
@given(
    words=st.lists(
        st.tuples(
            st.floats(-50, 450),
            st.floats(-50, 550),
            st.sampled_from([1, 6, 10, 11, 24]),
            st.text("abc -.“1:", min_size=1, max_size=30),
        ),
        max_size=40,
    )
)
def test_words_anywhere_on_a_page_are_read(tmp_path_factory: pytest.TempPathFactory, words: list[Drawn]) -> None:
    root = tmp_path_factory.getbasetemp()
    try:
        source = read(root, pdf([words, words]))
    except UnreadableSource as e:
        assert "reader failed" not in str(e)
        return
    end = 0
    for block in source.blocks:
        assert end <= block.start < block.end <= len(source.text)
        end = block.end
    assert read(root, (root / "a.pdf").read_bytes()) == source
