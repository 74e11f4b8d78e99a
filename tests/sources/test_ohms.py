"""OHMS: the turns of a hard-wrapped transcript and of WebVTT within XML, its index, its speakers and its rights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, times
from vivavoce.rights.gate import Item, may
from vivavoce.sources import ohms, roles
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data"
OLD = (DATA / "archives" / "sluice-5.xml").read_text()
NEW = (DATA / "archives" / "weir-6.xml").read_text()


def read(text: str) -> Source:
    return ohms.read(raw("a.xml", text.encode()))


def with_(name: str, value: str, text: str = OLD) -> str:
    assert f"<{name}>" in text or f"<{name}/>" in text
    text = text.replace(f"<{name}/>", f"<{name}></{name}>")
    return re.sub(rf"(<{name}>).*?(</{name}>)", lambda m: m[1] + value + m[2], text, count=1, flags=re.S)


def blocks(source: Source, kind: str) -> list[str]:
    return [source.text[b.start : b.end] for b in source.blocks if b.kind == kind]


def test_hard_wrapped_lines_are_turns_without_labels_and_signs() -> None:
    source = sources.read(DATA, "archives/sluice-5.xml")
    assert (source.kind, source.format, source.publish) == ("transcript", "ohms", "full")
    assert [(t.label, t.name, t.asks) for t in source.turns[:2]] == [
        ("WREN", "Tobias Wren", True),
        ("FENWICK", "Orla Fenwick", False),
    ]
    (a, b), *more = source.turns[1].spans
    assert not more
    assert source.text[a:b].startswith("Thirty-one years. My husband had the keys, and his father had them before,")
    assert source.text[a:b].endswith("look at the gauge. [laughs]")
    assert "[[" not in source.text
    assert (source.title, source.date) == ("Interview with Orla Fenwick, June 12, 1998", "1998-06-12")
    assert (source.publisher, source.language) == ("Skerry Valley Archive", "en")
    assert source.address == "https://archive.example/viewer?cachefile=skr004.xml"


def test_what_nobody_said_stands_in_notes() -> None:
    assert blocks(read(OLD), "note") == [
        "The following is an unrehearsed interview with Orla Fenwick.",
        "1. The Fenwicks are in the rate books from 1952 to 1983.",
        "2. Council minutes say that all four were opened. https://archive.example/minutes",
    ]
    assert blocks(read(NEW), "note") == ["1. The weir was taken down in 1990."]


def test_a_generic_label_is_named_where_only_one_asks() -> None:
    turn = next(t for t in read(OLD).turns if t.label == "INTERVIEWER")
    assert (turn.name, turn.asks) == ("Tobias Wren", True)


def test_titles_of_the_index_are_headings_at_the_turn_nearest_to_their_time() -> None:
    source = read(OLD)
    assert blocks(source, "heading") == ["The sluice keeper's house", "The night the gates were opened"]
    at = source.text.index("The night the gates were opened")
    assert source.text[at:].split("\n")[1] == "Who gave the order?"
    assert "synopsis" in " ".join(w.what for w in source.warnings)
    assert "Fenwick describes" not in source.text


def test_a_point_far_from_all_that_is_said_is_told() -> None:
    source = read(OLD.replace("<time>124</time>", "<time>4000</time>"))
    assert blocks(source, "heading") == ["The sluice keeper's house"]
    assert any("no place in the transcript" in w.what for w in source.warnings)


def test_times_are_shared_out_between_the_points_and_unknown_after_the_last() -> None:
    source = read(OLD)
    at = source.text.index("opened three.")  # the word at 180 s is “opened”, on line 19
    assert times(source, at - 3, at) is not None
    turns = {source.text[t.spans[0][0] :][:12]: t.time for t in source.turns}
    assert turns["This is Tobi"][0] < 20
    assert turns["And the nigh"][0] == pytest.approx(56, abs=4)
    assert turns["Why three?\nW"] is None


@pytest.mark.parametrize("sync", ["", "1:", "0:|3(1)", "words", "1:|x|y", "1:|(3)", "99999:|1(1)"])
def test_a_sync_that_is_not_plain_gives_no_times(sync: str) -> None:
    source = read(with_("sync", sync))
    assert {t.time for t in source.turns} == {None}
    assert blocks(source, "heading") == []


def test_points_that_run_back_or_lie_beyond_are_left_out_and_told() -> None:
    source = read(with_("sync", "1:|13(4)|5(1)|2400(1)|24(1)"))
    assert any("2 times run back or stand beyond" in w.what for w in source.warnings)
    assert source.turns[2].time == (56.0, 60.0)


def test_footnotes_amid_the_transcript_do_not_move_its_lines() -> None:
    start, end = OLD.index("\n[[footnotes]]"), OLD.index("</transcript>")
    notes = OLD[start:end].strip()
    moved = OLD[:start] + OLD[end:]
    moved = moved.replace("WREN: And the night", notes + "\nWREN: And the night")
    assert blocks(read(moved), "note") == blocks(read(OLD), "note")
    assert "[[" not in read(moved).text
    line = moved[moved.index("<transcript>") : moved.index("WREN: Who gave")].count("\n") + 1
    source = read(with_("sync", f"1:|{line}(1)", moved))
    timed = {source.text[t.start : t.start + 8]: t.time for t in source.turns}
    assert timed["That nig"] is not None
    assert timed["Who gave"] is None


def test_webvtt_within_the_xml_is_read_with_its_voices_and_times() -> None:
    source = sources.read(DATA, "archives/weir-6.xml")
    assert [(t.label, t.name, t.asks, t.time) for t in source.turns] == [
        ("Interviewer", "Tobias Wren", True, (1.0, 4.5)),
        ("Padraig Doyle", "Padraig Doyle", False, (5.0, 13.0)),
        ("Nuala Doyle", "Nuala Doyle", False, (14.2, 20.0)),
        ("Padraig Doyle", "Padraig Doyle", False, (14.2, 20.0)),
    ]
    assert "On the weir, with a lamp. You could not hear yourself. It was that loud." in source.text
    assert blocks(source, "heading") == ["Three gates or four"]
    assert not any("WEBVTT" in w.what or "without times" in w.what for w in source.warnings)


def test_an_index_without_a_transcript_is_told() -> None:
    with pytest.raises(UnreadableSource, match="an index but no transcript"):
        read(with_("transcript", ""))


def test_a_file_cut_off_is_refused_since_its_rights_stand_below() -> None:
    with pytest.raises(UnreadableSource, match="line 7"):
        read(OLD[: OLD.index("</transcript>")])


def test_a_second_interview_is_left_out_and_told() -> None:
    record = OLD[OLD.index("  <record") : OLD.index("</ROOT>")]
    source = read(OLD.replace("</ROOT>", record + "</ROOT>"))
    assert source.text == read(OLD).text
    assert any("1 more interview" in w.what for w in source.warnings)


@pytest.mark.parametrize(
    "usage",
    [
        "CC BY",
        "CC BY-SA 4.0",
        "This work is licensed under a Creative Commons Attribution 4.0 International License.",
        "https://creativecommons.org/licenses/by/4.0/",
        "Public Domain",
        "No restrictions.",
        "No known copyright restrictions",
        "",
        "  \n ",
    ],
)
def test_statements_that_plainly_restrict_nothing(usage: str) -> None:
    source = read(with_("usage", usage))
    assert source.restrictions == ()
    assert not any("withholds" in w.what for w in source.warnings)


@pytest.mark.parametrize(
    "usage",
    [
        "Interviews may only be reproduced with permission.",
        "Permission required",
        "CC BY, but not before the death of the narrator",
        "CC BY-NC 4.0",
        "CC BY-ND",
        "All rights reserved.",
        "No restrictions until 2030",
        "No restrictions on access",
        "Not CC BY",
        "Closed",
        "Closed until 2030 and then with permission",
        "Closed until the death of the narrator",
        "Closed until after 1 May 2020",
        "Public domain in some countries",
        "?",
        "Zur freien Verwendung",
    ],
)
def test_any_other_statement_withholds_from_every_publication(usage: str) -> None:
    source = read(with_("usage", usage))
    item = Item("source", source.restrictions)
    assert [c for c in ("site", "book", "export", "search", "ai") if may(item, c, "2999-01-01")] == []
    assert may(item, "workbench", "2026-01-01")
    told = next(w for w in source.warnings if "withholds" in w.what)
    assert usage.split()[0] in told.what
    assert "cleared" in told.remedy


def test_a_day_ends_what_a_statement_closes() -> None:
    for usage, before, after in (
        ("Closed until 2030.", "2030-12-31", "2031-01-01"),
        ("This interview is restricted to the public until May 2, 2031", "2031-05-01", "2031-05-02"),
        ("Embargoed until 2031-05-02", "2031-05-01", "2031-05-02"),
    ):
        item = Item("source", read(with_("usage", usage)).restrictions)
        assert not may(item, "site", before), usage
        assert may(item, "site", after), usage


def test_rights_and_use_restrictions_are_asked_too() -> None:
    for name, value in (("rights", "Copyright 1998 Skerry Valley Archive"), ("userestrict", "1")):
        assert not may(Item("source", read(with_(name, value)).restrictions), "site", "2026-01-01")


@pytest.mark.parametrize("value", ["1<b/>", "<b>1</b>", "<b/>1<i> </i>", "<!-- no -->1<b/>", "<b><i/>yes</b>"])
def test_elements_within_a_restriction_do_not_take_it_away(value: str) -> None:
    assert not may(Item("source", read(with_("userestrict", value)).restrictions), "site", "2026-01-01")
    closed = with_("usage", "Closed to all." + value.replace("1", "CC BY"))
    assert not may(Item("source", read(closed).restrictions), "site", "2026-01-01")


def test_who_cleared_it_lifts_what_the_file_says_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(with_("usage", "Permission required"))
    assert sources.read(tmp_path, "a.xml").restrictions
    (tmp_path / "a.toml").write_text('cleared = "letter of O. Fenwick, 3 May 1999"\n')
    source = sources.read(tmp_path, "a.xml")
    assert source.restrictions == ()
    assert not any("withholds" in w.what for w in source.warnings)
    assert "Permission required" in source.licence
    rights = '[[rights]]\nwhat = "source"\nchannels = ["book"]\n'
    (tmp_path / "a.toml").write_text('cleared = "her letter"\n' + rights)
    assert [r.channels for r in sources.read(tmp_path, "a.xml").restrictions] == [("book",)]
    (tmp_path / "a.toml").write_text('cleared = " "\n')
    assert sources.read(tmp_path, "a.xml").restrictions


def test_names_are_put_as_they_are_said() -> None:
    assert roles.people(["Fenwick, Orla, 1931-2004; Doyle, Padraig (b. 1940)", "Wren, Tobias", "King, Noel, Jr."]) == [
        "Orla Fenwick",
        "Padraig Doyle",
        "Tobias Wren",
        "Noel King, Jr.",
    ]
    assert roles.people(["  ", ";", "1931-"]) == []


def test_a_surname_that_two_share_names_nobody() -> None:
    text = NEW.replace("<v Padraig Doyle>", "<v Doyle>")
    assert {t.name for t in read(text).turns if t.label == "Doyle"} == {"Doyle"}


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_other_encodings_are_read_as_declared_or_told(encoding: str) -> None:
    text = OLD.replace("Fenwick", "Fénwick")
    declared = text.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    source = ohms.read(raw("a.xml", declared.encode(encoding)))
    assert "Fénwick" in source.text
    assert not any("Windows-1252" in w.what for w in source.warnings)
    if encoding != "utf-16":
        mistaken = ohms.read(raw("a.xml", text.encode(encoding)))
        assert mistaken.text == source.text
        assert any("Windows-1252" in w.what for w in mistaken.warnings)
    assert ohms.read(raw("a.xml", text.encode("utf-16"))).text == source.text


def test_entities_of_its_own_are_refused() -> None:
    bomb = '<!DOCTYPE ROOT [<!ENTITY a "words"><!ENTITY b "&a;&a;&a;">]>'
    text = OLD.replace("?>", "?>" + bomb, 1).replace("Who gave", "&b; gave")
    with pytest.raises(UnreadableSource, match="entities"):
        read(text)


@pytest.mark.parametrize("text", ["<ROOT>", "<root><record/></root>", "ROOT <record>", "<html><ROOT></html>"])
def test_what_is_not_ohms_is_not_claimed(text: str) -> None:
    assert not ohms.claims(raw("a.xml", text.encode()))
