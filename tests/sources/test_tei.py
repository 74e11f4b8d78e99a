"""TEI: who speaks by the header, when by the time line; what is no word of theirs is noted in brackets or counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, times
from vivavoce.rights.gate import Item, may
from vivavoce.sources import tei
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data"


def read(body: str, header: str = "", before: str = "") -> Source:
    data = f"<TEI><teiHeader>{header}</teiHeader><text>{before}<body>{body}</body></text></TEI>"
    return tei.read(raw("a.xml", data.encode()))


def said(body: str) -> str:
    return read(f'<u who="#a">{body}</u>').text


def whats(source: Source) -> str:
    return " ".join(warning.what for warning in source.warnings)


def test_utterances_are_turns_of_those_whom_the_header_names() -> None:
    source = sources.read(DATA, "archives/kiln-street.tei.xml")
    assert (source.kind, source.format, source.title) == ("transcript", "tei", "Kiln Street, tape 4")
    assert [(t.label, t.name, t.asks, t.time) for t in source.turns] == [
        ("p1", "Hester Lunn", True, (0.0, 2.5)),
        ("p2", "Amos Thorne", False, (2.5, 15.25)),
        ("p3", "Dinah Peake", False, (15.25, 20.0)),
        ("p2 & p3", "", False, (20.0, 27.0)),
    ]
    assert (source.date, source.publisher, source.language) == ("1974-09-21", "Marram Dialect Archive", "en-GB")
    assert source.restrictions == ()


def test_what_is_heard_is_noted_and_what_happens_is_counted() -> None:
    source = sources.read(DATA, "archives/kiln-street.tei.xml")
    assert source.text.split("\n") == [
        "The chimney",
        "When did the chimney come down?",
        "On a Tu on a Wednesday, [coughs] in the rain. There were [forty?] of us, and [inaudible] held the rope.",
        "Thirty, Josiah. We were thirty; I made the tea.",
        "Fowerty.",
    ]
    assert "1 × incident, 1 × kinesic, 1 × pause, 1 × shift" in whats(source)
    assert "1 deletion is no part" in whats(source)
    rope = source.text.index("rope")
    assert times(source, rope, rope + 4) == (6.5, 15.25)


def test_a_pseudonym_goes_over_the_name() -> None:
    source = sources.read(DATA, "archives/kiln-street.tei.xml")
    assert "Josiah Peake" not in str((source.labels, source.turns, source.title))


def test_sp_is_a_turn_of_its_speaker_and_restricted_withholds() -> None:
    source = sources.read(DATA, "archives/toll-house.tei.xml")
    assert [(t.label, t.name) for t in source.turns] == [("MISS HOLT", "Miss Holt"), ("MR. ADEY", "MR. Adey")]
    assert source.text.endswith("My uncle René kept it. A penny for a horse, and nothing for a funeral.")
    assert [source.text[b.start : b.end] for b in source.blocks if b.kind == "note"] == ["Taken down by Renata Holt."]
    assert not may(Item("source", source.restrictions), "site", "2999-01-01")
    assert "consent of the family" in whats(source)
    assert not any("Windows-1252" in w.what for w in source.warnings)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w>Well</w>\n<pc>,</pc>\n<w>no</w>\n<pc>.</pc>", "Well, no."),
        ("<w>Well</w><pc>,</pc><w>no</w><pc>.</pc>", "Well, no."),
        ("<pc>“</pc><w>No</w><pc>”</pc> <w>he</w> <w>said</w>", "“No” he said"),
        ('<w>do</w><w join="left">n\'t</w> <w join="right">l\'</w><w>eau</w>', "don't l'eau"),
        ("<w>a</w> <foreign>ja</foreign> <w>b</w>", "a ja b"),
        ("one<pause/>two<pause/>.", "one two."),
        ("one <pause/> two", "one two"),
        ("a horse<note>no</note>, a cart", "a horse, a cart"),
        ("<unclear/> and <unclear> forty </unclear>.", "[unclear] and [forty?]."),
        ("the <supplied>old</supplied> mill", "the [old] mill"),
        ("and<gap/>then <gap reason='telephone'/>", "and [inaudible] then [telephone]"),
        ("<vocal type='laugh'/> yes <vocal/>", "[laugh] yes"),
        ("<choice><orig>goin</orig><reg>going</reg></choice> on", "goin on"),
        ("<choice><abbr>Mr</abbr><expan>Mister</expan></choice> X", "Mr X"),
        ("he <del>never</del> paid <del type='repetition'>me</del> me", "he paid me me"),
        ("<seg>One.</seg><seg>Two.</seg>", "One. Two."),
        ("one<lb/>two", "one two"),
        ("<q>go</q> <emph>now</emph>", "go now"),
        ("a &amp; b &lt;c&gt; &#233;", "a & b <c> é"),
    ],
)
def test_words_are_parted_as_they_are_said(body: str, text: str) -> None:
    assert said(body) == text


def test_annotation_blocks_say_whose_their_utterances_are() -> None:
    block = (
        '<annotationBlock who="#S1" start="#T0" end="#T1"><u><seg><w>Yes</w></seg></u>'
        '<spanGrp type="lemma"><span>yes</span></spanGrp></annotationBlock>'
    )
    line = '<timeline unit="ms"><when xml:id="T0"/><when xml:id="T1" interval="1500"/></timeline>'
    source = read(block, before=line)
    assert (source.text, source.turns[0].label, source.turns[0].time) == ("Yes", "S1", (0.0, 1.5))


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ('<when xml:id="T0" absolute="10:00:00"/><when xml:id="T1" absolute="10:00:07.5"/>', (0.0, 7.5)),
        ('<when xml:id="T0"/><when xml:id="T1" interval="7.5" since="#T0"/>', (0.0, 7.5)),
        ('<when xml:id="T0"/><when xml:id="T1" interval="unknown"/>', (0.0, 0.0)),
        ('<when xml:id="T0"/><when xml:id="T1" interval="-4" since="#T0"/>', (0.0, 0.0)),
        ('<when xml:id="T1" interval="4" since="#T0"/>', None),
        ("", None),
    ],
)
def test_times_that_are_not_told_are_not_guessed(line: str, time: tuple[float, float] | None) -> None:
    source = read('<u who="#a" start="#T0" end="#T1">Yes.</u>', before=f"<timeline>{line}</timeline>")
    assert source.turns[0].time == time


def test_several_texts_and_texts_without_speech_are_told() -> None:
    one = "<TEI><text><body><u>Yes.</u></body></text></TEI>"
    with pytest.raises(UnreadableSource, match="2 texts"):
        tei.read(raw("a.xml", f"<teiCorpus>{one}{one}</teiCorpus>".encode()))
    with pytest.raises(UnreadableSource, match="nobody speaks"):
        read("<p>A letter.</p>")
    with pytest.raises(UnreadableSource, match="nobody speaks"):
        read("<u><pause/></u>")


def test_availability_that_is_not_plainly_free_withholds() -> None:
    for inside in (
        "<p>Only in the reading room.</p>",
        '<licence target="https://creativecommons.org/licenses/by/4.0/">Not to be broadcast.</licence>',
        '<licence target="https://archive.example/terms"/>',
    ):
        header = f"<publicationStmt><availability>{inside}</availability></publicationStmt>"
        source = read("<u>Yes.</u>", header)
        assert not may(Item("source", source.restrictions), "book", "2999-01-01"), inside
    free = "<availability><p>Public domain.</p><licence target='https://creativecommons.org/licenses/by-sa/4.0/'/></availability>"
    assert read("<u>Yes.</u>", free).restrictions == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Closed to all.<title/></p>",
        "<p>Closed to all. <publisher>Public domain.</publisher></p>",
        "<p>Closed to all.</p><availability><p>Public domain.</p></availability>",
        "<p>Closed to all.</p><availability/>",
        "<p>Closed to all.</p><person><name>CC BY</name></person>",
        "<p>Closed <title>to</title> all.</p>",
    ],
)
def test_elements_within_availability_do_not_take_it_away(inside: str) -> None:
    header = f"<publicationStmt><publisher>The Bar</publisher><availability>{inside}</availability></publicationStmt>"
    source = read("<u>Yes.</u>", header)
    assert not may(Item("source", source.restrictions), "book", "2999-01-01")
    assert source.publisher == "The Bar"


def test_any_other_xml_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<feed><entry>“Yes,” said Ines Quarrie.</entry></feed>")
    with pytest.raises(UnreadableSource, match="neither OHMS nor TEI"):
        sources.read(tmp_path, "a.xml")
