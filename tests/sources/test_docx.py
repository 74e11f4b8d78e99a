"""Word documents: what is seen is text, and interviews are transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import box, docx, p, table

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, place


def read(root: Path, data: bytes, name: str = "a.docx") -> Source:
    (root / name).write_bytes(data)
    return sources.read(root, name)


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


def spoken(source: Source) -> list[tuple[str, list[str]]]:
    return [(t.label, [source.text[a:b] for a, b in t.spans]) for t in source.turns]


ARTICLE = (
    p("The lamp that nobody relit", style="Titel")
    + p("By Ines Quarrie")
    + p("“We saw ", "**nothing", ",” said Dennis Okafor.")
    + p("The logbook", style="H1")
    + p("It says ten o’clock.")
)


def test_styles_say_what_a_paragraph_is(tmp_path: Path) -> None:
    source = read(tmp_path, docx(ARTICLE, title="Template 4"))
    assert source.kind == "press"
    assert source.format == "docx"
    assert source.title == "The lamp that nobody relit"
    assert source.byline == "Ines Quarrie"
    assert blocks(source) == [
        ("headline", "The lamp that nobody relit"),
        ("byline", "By Ines Quarrie"),
        ("body", "“We saw nothing,” said Dennis Okafor."),
        ("heading", "The logbook"),
        ("body", "It says ten o’clock."),
    ]
    assert source.text == "\n\n".join(text for _, text in blocks(source))


def test_a_style_of_ones_own_is_what_the_style_above_it_is(tmp_path: Path) -> None:
    own = '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="House crosshead"/><w:basedOn w:val="H1"/></w:style>'
    source = read(tmp_path, docx(p("The night", style="X") + p("Nobody came. It was ten."), styles=own))
    assert blocks(source)[0] == ("headline", "The night")


def test_bold_names_make_a_transcript(tmp_path: Path) -> None:
    body = (
        p("Ruth Hale, tape two", style="Titel")
        + p("**Interviewer:", " When did it go dark?")
        + p("**Ruth Hale", " At ten. “Put the kettle on,” he said.")
        + p("And then we waited.")
        + p("**Interviewer:", " Who was there?")
        + p("**Ruth Hale", " Dennis was.")
    )
    source = read(tmp_path, docx(body))
    assert source.kind == "transcript"
    assert spoken(source) == [
        ("Interviewer", ["When did it go dark?"]),
        ("Ruth Hale", ["At ten. “Put the kettle on,” he said.", "And then we waited."]),
        ("Interviewer", ["Who was there?"]),
        ("Ruth Hale", ["Dennis was."]),
    ]
    assert [t.asks for t in source.turns] == [True, False, True, False]
    assert "**" not in source.text
    assert blocks(source)[0] == ("headline", "Ruth Hale, tape two")


def test_names_on_lines_of_their_own_with_times(tmp_path: Path) -> None:
    body = (
        p("**Ruth Hale  0:01")
        + p("It went dark.")
        + p("**Tom Brand  1:03")
        + p("When?")
        + p("**Ruth Hale  1:05")
        + p("At ten.")
    )
    source = read(tmp_path, docx(body))
    assert spoken(source) == [("Ruth Hale", ["It went dark."]), ("Tom Brand", ["When?"]), ("Ruth Hale", ["At ten."])]
    assert [t.time and t.time[0] for t in source.turns] == [1.0, 63.0, 65.0]


def test_a_table_of_times_names_and_words_is_a_transcript(tmp_path: Path) -> None:
    rows = [("00:01", "RH", "We saw it go."), ("00:05", "INT", "When?"), ("00:09", "RH", "At ten. " * 40)]
    source = read(tmp_path, docx(table(*rows)))
    assert [(t.label, t.time and t.time[0], t.asks) for t in source.turns] == [
        ("RH", 1.0, False),
        ("INT", 5.0, True),
        ("RH", 9.0, False),
    ]
    assert source.text.startswith("00:01\tRH\tWe saw it go.\n\n")


def test_what_is_not_seen_is_no_text_and_is_told(tmp_path: Path) -> None:
    body = ARTICLE + p(
        "It ",
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins>",
        '<w:r><w:commentReference w:id="1"/></w:r>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>",
        "shone.",
    )
    source = read(tmp_path, docx(body))
    assert source.text.endswith("It always shone.")
    assert [w.what.split(":")[0] for w in source.warnings] == ["1 comment is left out", "1 deletion is left out"]


def test_footnotes_stand_behind_the_text_and_not_in_it(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{p("The logbook is kept.")}</w:footnote>'
    apart = '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
    body = p("It went dark at ten", '<w:r><w:footnoteReference w:id="2"/></w:r>', ", he said.")
    source = read(tmp_path, docx(body, notes=apart + note))
    assert blocks(source) == [("body", "It went dark at ten, he said."), ("note", "The logbook is kept.")]


def test_pages_and_paragraphs_are_places(tmp_path: Path) -> None:
    turned = "<w:r><w:lastRenderedPageBreak/><w:t>came before morning.</w:t></w:r>"
    source = read(tmp_path, docx(p("The first.") + p("Nobody ", turned) + p("The last.")))
    found = [place(source, source.text.index(word)) for word in ("first", "Nobody", "came", "last")]
    assert [(f.page, f.paragraph) for f in found if f] == [("1", 1), ("1", 2), ("2", 2), ("2", 3)]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    drawn = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{inner}</mc:Choice>'
        f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(tmp_path, docx(p("Beside it.", drawn)))
    assert source.text == "Beside it.\n\nIn the box."


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04\0\0", "DOCX"),
        (docx(ARTICLE)[:900], "DOCX"),
        (docx(""), "no text"),
        (docx("<w:p><w:r>"), "DOCX"),
        (docx(p("x" * 100) + "<w:sdt>" * 1000 + "</w:sdt>" * 1000), "damaged"),
        (box({"word/document.xml": b"\0" * 2**22}), "swell"),
        (box({"word/document.xml": "<x/>"}), "damaged"),
        (b"no zip at all, but enough words to be some kind of text", ""),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(UnreadableSource) as caught:
        sources.read(tmp_path, "a.docx")
    assert word in str(caught.value)
    assert "reader failed" not in str(caught.value)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    data = docx(p("Words &b; end."))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    parts["word/document.xml"] = bomb + parts["word/document.xml"].split("?>", 1)[1]
    (tmp_path / "a.docx").write_bytes(box(parts))
    try:
        assert "lol" not in sources.read(tmp_path, "a.docx").text
    except UnreadableSource as e:
        assert "reader failed" not in str(e)


STRUCK = '<w:r><w:rPr><w:{}/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


def hidden(source: Source) -> list[str]:
    return [source.text[a:b].strip() for r in source.restrictions for a, b in r.spans]


@pytest.mark.parametrize("sign", ["strike", "dstrike"])
def test_what_a_narrator_struck_through_is_withheld_and_told(tmp_path: Path, sign: str) -> None:
    body = "".join(
        p("**IDA: ", *words)
        for words in (
            ["So the lamp was out. ", STRUCK.format(sign, "Tom put it out. "), "I lit it."],
            [STRUCK.format(sign, "Tom "), STRUCK.format(sign, "again. "), "Nobody asked."],
            ["It was late."],
        )
    )
    source = read(tmp_path, docx(body))
    assert source.kind == "transcript"
    assert hidden(source) == ["Tom put it out.", "Tom again."]
    assert {r.what for r in source.restrictions} == {"span"}
    assert any("struck out" in w.what for w in source.warnings)


def test_what_is_struck_through_in_a_cell_is_withheld_too(tmp_path: Path) -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(who)}</w:tc><w:tc>{p('It was ', STRUCK.format('strike', word), 'then.')}</w:tc></w:tr>"
        for who, word in (("IDA", "not "), ("TOM", "never "), ("IDA", "hardly "))
    )
    assert hidden(read(tmp_path, docx(f"<w:tbl>{rows}</w:tbl>"))) == ["not", "never", "hardly"]


def test_what_is_marked_as_not_struck_is_shown(tmp_path: Path) -> None:
    run = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>shone.</w:t></w:r>'
    assert not read(tmp_path, docx(ARTICLE + p("It ", run))).restrictions
