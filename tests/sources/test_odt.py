"""OpenDocument texts: what is seen is text; no comments, no deletions, no entities."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import ODT_MIME, SPACES, box, odt

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, place


def read(root: Path, data: bytes, name: str = "a.odt") -> Source:
    (root / name).write_bytes(data)
    return sources.read(root, name)


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


def note(words: str) -> str:
    body = f"<text:note-body><text:p>{words}</text:p></text:note-body>"
    return f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>{body}</text:note>'


def test_headings_notes_spaces_and_tables(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="1">The lamp that <text:span>nobody</text:span> relit</text:h>'
        "<text:p>By Ines Quarrie</text:p>"
        f"<text:p>“We saw<text:s/>\n   nothing,” said Dennis Okafor{note('He kept the logbook.')}, who\n"
        " kept the light.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell>"
        "<text:p>Keeper</text:p></table:table-cell></table:table-row></table:table>"
    )
    source = read(tmp_path, odt(body, title="Untitled"))
    assert source.format == "odt"
    assert source.title == "The lamp that nobody relit"
    assert source.byline == "Ines Quarrie"
    assert blocks(source) == [
        ("headline", "The lamp that nobody relit"),
        ("byline", "By Ines Quarrie"),
        ("body", "“We saw nothing,” said Dennis Okafor, who kept the light."),
        ("body", "Year\tKeeper"),
        ("note", "He kept the logbook."),
    ]


def test_comments_and_deletions_are_left_out_and_told(tmp_path: Path) -> None:
    gone = "<text:changed-region><text:deletion><text:p>Never.</text:p></text:deletion></text:changed-region>"
    body = (
        f"<text:tracked-changes>{gone}</text:tracked-changes>"
        "<text:p>It shone<office:annotation><text:p>Did it?</text:p></office:annotation> at ten.</text:p>"
    )
    source = read(tmp_path, odt(body))
    assert source.text == "It shone at ten."
    assert [w.what[:1] for w in source.warnings] == ["2"]


def test_bold_names_by_a_style_of_their_own_make_a_transcript(tmp_path: Path) -> None:
    said = [
        ("Tom Brand", "When did it go?"),
        ("Ruth Hale", "At ten."),
        ("Tom Brand", "And then?"),
        ("Ruth Hale", "Nothing."),
    ]
    body = "".join(f'<text:p><text:span text:style-name="T1">{n}:</text:span> {w}</text:p>' for n, w in said)
    source = read(tmp_path, odt(body))
    assert source.kind == "transcript"
    assert [(t.label, source.text[slice(*t.spans[0])]) for t in source.turns] == said


def test_pages_are_places(tmp_path: Path) -> None:
    source = read(tmp_path, odt("<text:p>First.</text:p><text:p>Nobody <text:soft-page-break/>came.</text:p>"))
    found = [place(source, source.text.index(word)) for word in ("First", "Nobody", "came")]
    assert [(f.page, f.paragraph) for f in found if f] == [("1", 1), ("1", 2), ("2", 2)]


def test_a_flat_file_is_read(tmp_path: Path) -> None:
    flat = (
        f'<?xml version="1.0"?>\n<office:document {SPACES} office:mimetype="{ODT_MIME}"><office:body><office:text>'
        "<text:p>It went dark.</text:p></office:text></office:body></office:document>"
    )
    source = read(tmp_path, flat.encode(), "a.fodt")
    assert (source.format, source.text) == ("odt", "It went dark.")


BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (odt("<text:p>Words.</text:p>")[:700], "ODT"),
        (odt(""), "no text"),
        (odt("<text:p>Words"), "XML is broken"),
        (odt("<text:section>" * 3000 + "</text:section>" * 3000), "deep"),
        (box({"mimetype": ODT_MIME, "content.xml": BOMB}), "entities"),
        (box({"mimetype": ODT_MIME}), "no text in it"),
        (box({"mimetype": ODT_MIME, "content.xml": b" " * 2**23}), "swell"),
        (box({"mimetype": ODT_MIME, "META-INF/manifest.xml": "<encryption-data/>", "content.xml": "x"}), "locked"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    (tmp_path / "a.odt").write_bytes(data)
    with pytest.raises(UnreadableSource) as caught:
        sources.read(tmp_path, "a.odt")
    assert word in str(caught.value)
    assert "reader failed" not in str(caught.value)


def test_what_is_struck_through_is_withheld_and_told(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="S1" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="S2" style:family="text" style:parent-style-name="S1"/>'
        '<style:style style:name="S3" style:family="text" style:parent-style-name="S1">'
        '<style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    span = '<text:span text:style-name="{}">{}</text:span>'
    body = "".join(
        f"<text:p>{line}</text:p>"
        for line in (
            f"IDA: So. {span.format('S1', 'Tom put it out.')} I lit it.",
            f"TOM: {span.format('S2', 'Never.')} Nobody asked.",
            f"IDA: It was {span.format('S3', 'late')}.",
        )
    )
    source = read(tmp_path, odt(body, styles=style))
    assert [source.text[a:b] for r in source.restrictions for a, b in r.spans] == ["Tom put it out.", "Never."]
    assert any("struck out" in w.what for w in source.warnings)
