"""RTF: what is seen is text, in whatever character set, and interviews are transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source


def read(root: Path, words: str | bytes) -> Source:
    (root / "a.rtf").write_bytes(words if isinstance(words, bytes) else words.encode("latin-1"))
    return sources.read(root, "a.rtf")


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Times;}{\f1\fnil\fcharset204 Arial;}}{\colortbl;\red0;}"
SHEET = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Title;}}{\info{\title Night watch}{\author Nobody}}"


def test_styles_notes_and_fields(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        HEAD
        + SHEET
        + r"""{\header \pard Running head\par}
\pard\s2 The lamp that nobody relit\par
\pard\plain By Ines Quarrie\par
\pard \ldblquote We saw nothing,\rdblquote  said Dennis Okafor{\super 1}{\footnote \pard His logbook is kept.}, \
who kept the light.\par
\pard\s1\b The logbook\b0\par
\pard\plain {\field{\*\fldinst HYPERLINK "http://a.example"}{\fldrslt It says}} ten{\*\bkmkstart x}.
 {\deleted Never. }{\v Hidden. }Nobody came.\par
}""",
    )
    assert source.title == "The lamp that nobody relit"
    assert blocks(source) == [
        ("headline", "The lamp that nobody relit"),
        ("byline", "By Ines Quarrie"),
        ("body", "“We saw nothing,” said Dennis Okafor,"),
        ("body", "who kept the light."),
        ("heading", "The logbook"),
        ("body", "It says ten. Nobody came."),
        ("note", "His logbook is kept."),
    ]
    assert "deletion" in source.warnings[0].what


def test_signs_of_every_kind(tmp_path: Path) -> None:
    words = r"\pard Caf\'e9 \u8220?dark\u8221? {\uc2\u8364\'80\'80}5 {\f1 \'cf\'f0\'e8\'e2\'e5\'f2} "
    words += r"\u-10179?\u-8704? a\~b\_c\-d \{\}\\ end.\par}"
    source = read(tmp_path, HEAD + words)
    assert source.text == "Café “dark” €5 Привет \U0001f600 a\u00a0b\u2011cd {}\\ end."


def test_bold_names_make_a_transcript(tmp_path: Path) -> None:
    said = [
        ("Interviewer", "When did it go?"),
        ("Ruth Hale", "At ten."),
        ("Interviewer", "And then?"),
        ("Ruth Hale", "Nothing."),
    ]
    source = read(tmp_path, HEAD + "".join(rf"\pard{{\b {n}:}} {w}\par " for n, w in said) + "}")
    assert source.kind == "transcript"
    assert [(t.label, source.text[slice(*t.spans[0])]) for t in source.turns] == said


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    source = read(
        tmp_path, HEAD + r"\trowd Year\cell Keeper\cell\row\trowd 1983\cell Okafor\cell\row\pard It went dark.\par}"
    )
    assert source.text == "Year\tKeeper\n\n1983\tOkafor\n\nIt went dark."


def test_pictures_are_no_text(tmp_path: Path) -> None:
    source = read(
        tmp_path, HEAD + r"\pard It{\pict\pngblip " + "89504e47" * 500 + r"}{\pict\bin4 {}{}} went dark.\par}"
    )
    assert source.text == "It went dark."


def test_a_file_cut_short_is_read_and_told(tmp_path: Path) -> None:
    source = read(tmp_path, HEAD + r"\pard It went dark at ten.\par And then")
    assert source.text == "It went dark at ten.\n\nAnd then"
    assert "before it is finished" in source.warnings[0].what


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (r"{\rtf1 }", "no text"),
        (r"{\rtf1 " + "{" * 5000, "deep"),
        (r"{\rtf1{\pict " + "0" * 9000, "no text"),
        ("x", "RTF"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, words: str, word: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        if word == "RTF":
            from vivavoce.sources import rtf
            from vivavoce.sources.raw import raw

            rtf.read(raw("a.rtf", words.encode()))
        read(tmp_path, words)
    assert word in str(caught.value)
    assert "reader failed" not in str(caught.value)


TOKENS = st.sampled_from(
    [r"\par ", "{", "}", r"\b ", r"\b0 ", "Ruth Hale: ", "words ", r"\u8220?", r"\'e9", r"\footnote ", r"\*", r"\uc9 ",
     r"\bin99999 ", r"\cell ", r"\row ", r"\f1 ", r"\stylesheet ", r"\s1 ", r"\ansicpg65001 ", r"\ansicpg7 ", "\\",
     r"\deleted "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(tokens=st.lists(TOKENS, max_size=60))
def test_no_order_of_tokens_is_too_strange(tmp_path_factory: pytest.TempPathFactory, tokens: list[str]) -> None:
    try:
        source = read(tmp_path_factory.getbasetemp(), r"{\rtf1\ansi " + "".join(tokens))
    except UnreadableSource as e:
        assert "reader failed" not in str(e)
        return
    assert (
        "".join(source.text[b.start : b.end] for b in source.blocks).split() == source.text.replace("\n\n", "").split()
        or source.turns
    )


def hidden(source: Source) -> list[str]:
    return [source.text[a:b].strip() for r in source.restrictions for a, b in r.spans]


def test_what_is_struck_through_is_withheld_and_told(tmp_path: Path) -> None:
    said = r"""\pard {\b IDA:} So. {\strike Tom put it out.} I lit it.\par
\pard {\b TOM:} {\striked1 Never.}\striked0  Nobody asked {\strike\plain  me}.\par
\pard {\b IDA:} It {\*\x y}was late.{\footnote \pard She {\strike once} said so.}\par
"""
    source = read(tmp_path, HEAD + said + "}")
    assert hidden(source) == ["Tom put it out.", "Never.", "once"]
    assert any("struck out" in w.what for w in source.warnings)


def test_what_is_struck_through_in_a_row_of_a_table_is_withheld(tmp_path: Path) -> None:
    rows = "".join(
        rf"\trowd\cellx1000\cellx4000 {who}\cell It was {{\strike {word}}}then.\cell\row" + "\n"
        for who, word in (("IDA", "not "), ("TOM", "never "), ("IDA", "hardly "))
    )
    assert hidden(read(tmp_path, HEAD + rows + "}")) == ["not", "never", "hardly"]
