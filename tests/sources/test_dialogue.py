from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce import sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Source, times
from vivavoce.sources import dialogue
from vivavoce.sources.raw import raw

DATA = Path(__file__).parent.parent / "data" / "transcripts"
PODCASTS = Path(__file__).parents[3] / "shared" / "data" / "transcripts" / "podcasts.jsonl"


def read(text: str) -> Source:
    return dialogue.read(raw("a.txt", text.encode()))


def claims(text: str, path: str = "a.txt") -> bool:
    return dialogue.claims(raw(path, text.encode()))


def said(source: Source) -> list[tuple[str, list[str]]]:
    return [(t.label, [source.text[a:b] for a, b in t.spans]) for t in source.turns]


def test_a_hard_interview_is_read_whole() -> None:
    text = (DATA / "mill.txt").read_text()
    source = read(text)
    assert source.text == text
    assert said(source) == [
        ("INTERVIEWER", ["Where were you when it came?"]),
        (
            "MARSH",
            [
                "In the mill.",
                "It was 4:15 in the morning, and my\nfather said: take the ledgers.",
                "So I took the ledgers. [inaudible",
                "] and the cat.",
            ],
        ),
        ("MARSH", ["He never asked for them again. [laughs]"]),
        ("INTERVIEWER", ["Note: was that the\nTuesday?"]),
        ("MARSH", ["Yes. See https://mill.example: it is all there."]),
    ]
    assert [t.asks for t in source.turns] == [True, False, False, True, False]
    assert [t.name for t in source.turns] == ["Ruth Hale", *["Olive Marsh"] * 2, "Ruth Hale", "Olive Marsh"]
    assert [t.time for t in source.turns] == [(2.0, 9.0), (9.0, 64.0), (31.0, 64.0), (64.0, 64.0), (64.0, 64.0)]
    assert (source.title, source.date) == ("The year of the flood", "1987-04-02")
    assert [b.kind for b in source.blocks] == [
        "headline",
        "note",
        "speech",
        "speech",
        "heading",
        "speech",
        "speech",
        "speech",
    ]
    at = text.index("It was 4:15")
    assert times(source, at, at + 5) == (15.0, 31.0)


def test_a_hard_markdown_transcript_is_read_whole() -> None:
    text = (DATA / "choir.md").read_text()
    source = dialogue.read(raw("choir.md", text.encode()))
    assert source.text == text
    assert said(source) == [
        ("Ida Bell", ["We sang for **nine** hours.", "It may have been ten."]),
        ("Tam Okoro", ["Eleven."]),
        ("", ["We are back in the hall."]),
        ("Ida Bell", ["I counted, Tam."]),
        ("Tam Okoro", ["So did I \\[laughter\\] and I had the watch."]),
    ]
    assert [t.time for t in source.turns] == [(31.0, 65.0), (31.0, 65.0), (65.0, 80.0), (80.0, 84.0), (84.0, 84.0)]
    assert source.title == "The choir that would not stop"


@pytest.mark.parametrize(
    "text",
    [
        "Ida Bell: We sang.\n\nTam Okoro: You did not.\n\nIda Bell: We did.\n",
        "IDA BELL: We sang.\nTAM OKORO: You did not.\nIDA BELL: We did.\n",
        "**Ida Bell**\n\nWe sang.\n\n**Tam Okoro**\n\nYou did not.\n\n**Ida Bell**\n\nWe did.\n\n**Tam Okoro**\n",
        "[Ida Bell]: We sang.\n[Tam Okoro]: You did not.\n[Ida Bell]: We did.\n",
        "**Ida Bell:** We sang.\n\n**Tam Okoro:** You did not.\n\n**Ida Bell:** We did.\n",
        "**Ida Bell**: We sang.\n\n**Tam Okoro**: You did not.\n\n**Ida Bell**: We did.\n",
        "__Ida Bell:__ We sang.\n\n*Tam Okoro:* You did not.\n\n**Ida Bell:** We did.\n",
        "[00:01] Ida Bell: We sang.\n[00:03] Tam Okoro: You did not.\n[00:05] Ida Bell: We did.\n",
        "00:00:01 Ida Bell: We sang.\r\n\r\n00:00:03 Tam Okoro: You did not.\r\n\r\n00:00:05 Ida Bell: We did.\r\n",
        "[0:01 - 0:03] Ida Bell: We sang.\n[0:03 - 0:05] Tam Okoro: You did not.\n[0:05 - 0:06] Ida Bell: We did.\n",
        "Ida Bell (00:00:01): We sang.\n\nTam Okoro (00:00:03): You did not.\n\nIda Bell (00:00:05): We did.\n",
        "Ida Bell (00:01):\nWe sang.\n\nTam Okoro (00:03):\nYou did not.\n\nIda Bell (00:05):\nWe did.\n",
        "Ida Bell  0:01\nWe sang.\n\nTam Okoro  0:03\nYou did not.\n\nIda Bell  0:05\nWe did.\n",
        "[00:00:01] Ida Bell\nWe sang.\n\n[00:00:03] Tam Okoro\nYou did not.\n\n[00:00:05] Ida Bell\nWe did.\n",
        "**[00:01] Ida Bell:** We sang.\n\n**[00:03] Tam Okoro:** You did not.\n\n**[00:05] Ida Bell:** We did.\n",
        "**Ida Bell [00:01]:** We sang.\n\n**Tam Okoro [00:03]:** You did not.\n\n**Ida Bell [00:05]:** We did.\n",
        "**Ida Bell** (00:01): We sang.\n\n**Tam Okoro** (00:03): You did not.\n\n**Ida Bell** (00:05): We did.\n",
    ],
)
def test_every_way_of_writing_a_dialogue_gives_the_same_turns(text: str) -> None:
    source = read(text)
    assert claims(text)
    assert [(label.title(), words) for label, words in said(source)] == [
        ("Ida Bell", ["We sang."]),
        ("Tam Okoro", ["You did not."]),
        ("Ida Bell", ["We did."]),
    ]
    assert {t.name for t in source.turns} == {"Ida Bell", "Tam Okoro"}
    starts = [t.time and t.time[0] for t in source.turns]
    assert starts in ([1.0, 3.0, 5.0], [None, None, None])
    assert (starts[0] is not None) == ("0:01" in text)


@pytest.mark.parametrize("text", [
    "Q: When was it?\nA: In May.\n\nOr in June.\n\nQ: Which?\nA: May: I am sure.\n",
    "Q. When was it?\nA. In May.\n\nOr in June.\n\nQ. Which?\nA. May: I am sure.\n",
    "**Q: When was it?**\n\nA: In May.\n\nOr in June.\n\n**Q: Which?**\n\nA: May: I am sure.\n",
])  # fmt: skip
def test_questions_and_answers(text: str) -> None:
    source = read(text)
    assert claims(text)
    assert [(t.label, t.name, t.asks) for t in source.turns] == [("Q", "", True), ("A", "", False)] * 2
    assert said(source)[1] == ("A", ["In May.", "Or in June."])
    assert said(source)[2:] == [("Q", ["Which?"]), ("A", ["May: I am sure."])]


PROSE = "The mill stood for ninety years before the water came, and the town still argues about the cause of it. "


@pytest.mark.parametrize(
    "text",
    [
        f"The Mill\n\nBy Ann Reed | Updated\n\n{PROSE * 3}\n\nNote: this article was corrected.\n\n{PROSE * 3}\n",
        f"Mill\n\n{PROSE * 2}\n\n{PROSE * 2}\n\nQ: Was it you?\n\nA: It was.\n\nQ: Why?\n\nA: I was.\n\n{PROSE * 4}\n",
        f"{PROSE}\n\nOlive Marsh: “I took the ledgers.”\n\n{PROSE * 3}\n\nRuth Hale: “And the cat.”\n\n{PROSE * 3}\n",
        f"{PROSE}At 17:30 she said: “No.” See https://mill.example for more.\n",
        "**Best Mill:** The old one\n\n**Best Flood:** The second\n\n**Best Cat:** Hers\n\n**Best Ledger:** Mine\n",
        "1\n00:00:01,000 --> 00:00:02,000\nANN: One.\n\n2\n00:00:02,000 --> 00:00:03,000\nBEN: Two.\n",
        "Flour: two cups\nWater: one cup\nSalt: a spoon\nYeast: a little\nHeat: great\n",
        "# mill build\n\nGrinds.\n\n**Usage**:\n\nmill build [FOLDER] --fast\n\n**Options**:\n\n* `--fast`: at once\n",
        "Usage: mill [FOLDER]\n\nArguments:\n  FOLDER  where the corn is\n\nOptions:\n  --fast  at once\n",
        "Only words.\n",
    ],
)
def test_what_is_not_a_dialogue_is_left_to_others(text: str) -> None:
    assert not claims(text)


def test_times_that_run_back_are_left_out_and_told() -> None:
    source = read("[00:01] ANN: One.\n\n[10:00] BEN: Two.\n\n[00:05] ANN: Three.\n\n[00:09] BEN: Four.\n")
    assert [t.time for t in source.turns] == [(1.0, 5.0), (1.0, 5.0), (5.0, 9.0), (9.0, 9.0)]
    assert (source.warnings[0].what, source.warnings[0].place) == ("1 time runs back; left out", "line 3")


def test_words_above_that_tell_who_asks_are_used() -> None:
    source = read("Host: Ruth Hale\nDate: 2001-05\n\nHOST: Ready?\n\nOLIVE MARSH: Ready.\n\nHOST: Go.\n")
    assert [(t.name, t.asks) for t in source.turns] == [
        ("Ruth Hale", True),
        ("Olive Marsh", False),
        ("Ruth Hale", True),
    ]
    assert source.date == "2001-05"


def test_initials_are_those_of_the_named() -> None:
    source = read("Interviewer: Ruth Hale\nNarrator: Olive Marsh\n\nRH: Ready?\n\nOM: Ready.\n\nXY: Go.\n")
    assert [(t.name, t.asks) for t in source.turns] == [("Ruth Hale", True), ("Olive Marsh", False), ("", False)]


def test_speakers_on_lines_without_blank_ones_between() -> None:
    source = read("Ruth: So, Tam: what happened?\nTam: Well: nothing.\n  And more\nRuth: Ha.\n")
    assert said(source) == [
        ("Ruth", ["So, Tam: what happened?"]),
        ("Tam", ["Well: nothing.\n  And more"]),
        ("Ruth", ["Ha."]),
    ]


def test_where_nobody_is_labelled_it_says_how_to_label() -> None:
    with pytest.raises(UnreadableSource, match="Begin each turn with"):
        read("# A heading\n\nA: b\n"[:13])


@pytest.mark.skipif(not PODCASTS.exists(), reason="the shared podcasts are not here")
def test_real_podcasts_come_out_turn_by_turn() -> None:
    turns = right = 0
    for line in PODCASTS.read_text().splitlines()[:12]:
        row = json.loads(line)
        source = dialogue.read(raw("a.md", row["text"].encode()))
        assert dialogue.claims(raw("a.md", row["text"].encode()))
        mine = {span[0]: t.label for t in source.turns for span in t.spans}
        gold = [g for g in row["turns"] if row["text"][g["start"]] not in "\\["]
        turns += len(gold)
        right += sum(mine.get(g["start"]) == g["speaker"] for g in gold)
    assert right / turns > 0.99


STAMPED = """[00:00:01] ANN: We went in.
Cold: that is the word for it.
[00:00:09] BOB: So was I.
Father Amos: that was the book I read.
[00:00:19] ANN: True.
"""
CAPITALS = """ANN: We went in by the back.
BOB: So was I.
Cold: that is the word for it.
ANN: True.
Ferry Lane: that was the whole world.
BOB: Yes it was.
"""
BOLD = """**Ann:** We went in by the back.

**Bob:** So was I.

Cold: that is the word for it.

**Ann:** True.

**Bob:** Yes it was.
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (STAMPED, ["Cold: that is the word for it.", "Father Amos: that was the book I read."]),
        (CAPITALS, ["Cold: that is the word for it.", "Ferry Lane: that was the whole world."]),
        (BOLD, ["Cold: that is the word for it."]),
    ],
)
def test_a_word_before_a_colon_is_no_speaker_where_speakers_are_marked(text: str, words: list[str]) -> None:
    source = read(text)
    assert {t.label.casefold() for t in source.turns} == {"ann", "bob"}
    spoken = " ".join(part for _, parts in said(source) for part in parts)
    assert all(one in spoken for one in words)
    assert [w.what.split(":")[0][1:] for w in source.warnings] == [one.split(":")[0] for one in words]
    assert all(w.place.startswith("line ") and w.remedy for w in source.warnings)


def test_labels_that_show_themselves_are_speakers_among_marked_ones() -> None:
    text = STAMPED + "Interviewer: And then?\nCARL: Nothing.\n[00:00:30] BOB: No.\n"
    assert [t.label for t in read(text).turns] == ["ANN", "BOB", "ANN", "Interviewer", "CARL", "BOB"]


ASKED = """**Interviewer:** What was it like?

**Ann Lee:** It was cold.

**Q:** Did it rain?

**A:** It did.
"""


def test_two_ways_of_labelling_in_one_interview(tmp_path: Path) -> None:
    (tmp_path / "z.md").write_text(ASKED)
    source = sources.read(tmp_path, "z.md")
    assert [(t.label, t.asks) for t in source.turns] == [
        ("Interviewer", True),
        ("Ann Lee", False),
        ("Q", True),
        ("A", False),
    ]


def test_a_list_of_who_did_what_is_no_dialogue() -> None:
    assert not claims("**Host:** Jo Marsh\n\n**Guest:** Ann Lee\n\n**Producer:** Bo Kay\n\n**Mixing:** Dot Ray\n")


def test_what_an_interviewer_begins_to_say_is_no_name() -> None:
    source = read("**INTERVIEWER:** So Ida,\n\n**Ida Bell:** We sang.\n\n**Tam:** Yes.\n\n**Ida Bell:** Ah.\n")
    assert [t.label for t in source.turns] == ["INTERVIEWER", "Ida Bell", "Tam", "Ida Bell"]


TOOLS = {
    "call-otter.txt": [
        ("Unknown Speaker", ["So when did the lamp go dark? And who was there?"], 0.0),
        ("Ruth Hale", ["At ten: I think at ten, or a little after.\nAnd Dennis said put the kettle on."], 9.0),
        ("Unknown Speaker", ["Twenty-one steps?"], 3723.0),
        ("Ruth Hale", ["Seventeen."], 3729.0),
    ],
    "call-descript.txt": [
        ("Tom Brand", ["So when did the lamp go dark?"], 0.0),
        (
            "Ruth Hale",
            ["At ten, I think, or a little after. And Dennis said: put the kettle on.", "And then it was dark."],
            63.0,
        ),
        ("Tom Brand", ["Twenty-one steps?"], 130.0),
        ("Ruth Hale", ["Seventeen."], 135.0),
    ],
    "call-rev.txt": [
        ("Tom Brand", ["So when did the lamp go dark?"], 1.0),
        (
            "Ruth Hale",
            [
                "At ten, I think, or a little after.",
                "Dennis said put the kettle on (00:31): no, later. [inaudible",
                "] and then it was dark.",
            ],
            12.0,
        ),
        ("Speaker 3", ["Twenty-one."], 3723.0),
        ("Ruth Hale", ["Seventeen. [crosstalk", "]"], 3729.0),
    ],
    "call-trint.txt": [
        ("Tom Brand", ["So when did the lamp go dark?"], 1.15),
        ("Ruth Hale", ["At ten, I think, or a little after.\nDennis said put the kettle on."], 12.08),
        ("Tom Brand", ["Twenty-one?"], 123.0),
        ("Ruth Hale", ["Seventeen."], 129.22),
    ],
    "call-sonix.txt": [
        ("Speaker1", ["So when did the lamp go dark?"], 1.0),
        ("Ruth Hale", ["At ten, I think, or a little after. And Dennis said: put the kettle on."], 12.0),
        ("Speaker1", ["Twenty-one?"], 123.0),
        ("Ruth Hale", ["Seventeen."], 129.0),
    ],
    "call-below.txt": [
        ("Tom Brand", ["So when did the lamp go dark?"], 1.0),
        ("Ruth Hale", ["At ten, I think, or a little after."], 12.0),
        ("Tom Brand", ["Twenty-one?"], 123.0),
        ("Ruth Hale", ["Seventeen."], 129.0),
    ],
}


@pytest.mark.parametrize("name", TOOLS)
def test_the_layouts_of_tools_give_speakers_words_and_times(name: str) -> None:
    given = raw(name, (DATA / name).read_bytes())
    assert dialogue.claims(given)
    source = dialogue.read(given)
    found = [(t.label, [source.text[a:b] for a, b in t.spans], t.time and t.time[0]) for t in source.turns]
    assert found == TOOLS[name]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Brand [00:01] So when?\n\nRuth Hale [00:03] At ten.\n\nTom Brand [00:05] Ten?\n\nRuth Hale [00:09] Ten.\n",
        "Tom Brand:\t00:00:01\tSo when?\n\nRuth Hale:\t00:00:03\tAt ten.\n\nTom Brand:\t00:00:05\tTen?\n\n"
        "Ruth Hale:\t00:00:09\tTen.\n",
        "[00:00:01.000] - Tom Brand\nSo when?\n\n[00:00:03.000] - Ruth Hale\nAt ten.\n\n[00:00:05.000] - Tom Brand\n"
        "Ten?\n\n[00:00:09.000] - Ruth Hale\nTen.\n",
    ],
)
def test_times_without_a_colon_between_tabs_and_after_a_dash(text: str) -> None:
    source = read(text)
    assert claims(text)
    assert said(source) == [
        ("Tom Brand", ["So when?"]), ("Ruth Hale", ["At ten."]), ("Tom Brand", ["Ten?"]), ("Ruth Hale", ["Ten."]),
    ]  # fmt: skip
    assert [t.time and t.time[0] for t in source.turns] == [1.0, 3.0, 5.0, 9.0]


@pytest.mark.parametrize(
    "trailer",
    [
        "Transcribed by https://otter.ai",
        "*Transcript by Rev.com*",
        "Automated transcription by Sonix\nwww.sonix.ai",
        "This was transcribed with trint.com in 2003.",
        "End of transcript",
    ],
)
def test_what_a_tool_writes_below_is_nobodys_words(trailer: str) -> None:
    said_before = "ANN: Was it you?\n\nBEN: No.\n\nANN: Who transcribed it?\n\nBEN: Transcribed by hand it was.\n\n"
    source = read(said_before + trailer + "\n\nAnd more of that.\n")
    assert said(source)[-1] == ("BEN", ["Transcribed by hand it was."])
    assert [b.kind for b in source.blocks][-2:] == ["note", "note"] or source.blocks[-1].kind == "note"
    assert f"“{trailer.split()[0]}" in source.warnings[-1].what
    assert source.warnings[-1].remedy


def test_a_name_with_a_time_in_brackets_within_prose_is_no_speaker() -> None:
    text = "Ann [00:05] was late.\n\n" + "Nobody minded, for the ferry was later still. " * 9 + "\n"
    assert not claims(text)
    source = read("ANN: It was so.\n\nBEN: Ruth [00:09] said the same.\n\nTom [00:12] said it too.\n\nANN: Did he?\n")
    assert [t.label for t in source.turns] == ["ANN", "BEN", "ANN"]


def test_a_label_that_is_never_timed_above_timed_ones_tells_who_it_is() -> None:
    source = read("The dark\n\nInterviewer: Tom Brand\n\n[00:01] Interviewer: So when?\n\n[00:04] HALE: At ten.\n")
    assert [(t.label, t.name) for t in source.turns] == [("Interviewer", "Tom Brand"), ("HALE", "Hale")]


def test_times_of_a_tape_are_counted_from_its_beginning() -> None:
    source = read("[10:00:01] ANN: One.\n\n[10:00:09] BEN: Two.\n\n[11:30:00] ANN: Three.\n")
    assert [t.time for t in source.turns] == [(1.0, 9.0), (9.0, 5400.0), (5400.0, 5400.0)]
    assert [w.place for w in source.warnings] == ["line 1"]
    source = read("[14:30:01] ANN: One.\n\n[14:30:09] BEN: Two.\n\n[14:31:00] ANN: Three.\n")
    assert source.turns[0].time == (52201.0, 52209.0)
    assert source.warnings[0].what == "the first words are as late as 14:30:01"


@pytest.mark.parametrize(
    "text",
    [
        "HOBBS: I drove a van.\n\nI: And your husband?\n\nHOBBS: He was at sea.",
        "[00:00:01] Hobbs: I drove a van.\n[00:00:05] I: And your husband?\n[00:00:07] Hobbs: He was at sea.",
        "**Hobbs:** I drove a van.\n\n**I:** And your husband?\n\n**Hobbs:** He was at sea.",
        "R: I drove a van.\nI: And your husband?\nR: He was at sea.\nI: For long?\nR: Nine years.",
    ],
)
def test_what_an_interviewer_called_i_asks_is_not_in_the_answer(text: str) -> None:
    turns = read(text).turns
    assert [(t.label, t.asks) for t in turns[1:3]] == [("I", True), (turns[0].label, False)]
    assert claims(text)


def test_i_within_words_asks_nothing() -> None:
    source = read("ANNA: What did she want?\nBEN: Elizabeth and I: we never knew.\nHenry I: Enough.\nANNA: Oh.")
    assert [t.asks for t in source.turns] == [False] * len(source.turns)


@pytest.mark.parametrize(
    "text",
    [
        "BK: Of what?\nSR: Of the vats.\nBK [laughing]: Really?\nSR (after a pause): Really.\nBK: I am sorry.",
        "Bea: Of what?\n\nSol: Of the vats.\n\nBea (laughs): Really?\n\nSol [nods]: Really.\n\nBea: I am sorry.",
        "**Bea:** Of what?\n\n**Sol:** Of the vats.\n\n**Bea (laughs):** Really?\n\n**Sol:** Really.\n\n**Bea:** Oh.",
    ],
)
def test_how_something_is_said_makes_no_other_speaker_and_no_part_of_the_turn_above(text: str) -> None:
    turns = read(text).turns
    assert [t.label for t in turns] == [turns[0].label, turns[1].label] * 2 + [turns[0].label]


def test_brackets_behind_a_label_that_hold_a_name_or_who_asks_stay() -> None:
    labels = [
        t.label for t in read("Lee: So.\nLee (Joan): No.\nLee (interviewer): Why?\nLee: Ah.\nLee (Joan): No.").turns
    ]
    assert labels == ["Lee", "Lee (Joan)", "Lee (interviewer)", "Lee", "Lee (Joan)"]


def test_short_times_between_tabs_and_how_long_a_turn_lasted_are_no_words() -> None:
    rev = read(
        "Speaker 1:\t00:00\tSo the lido.\n\nSpeaker 2:\t00:04\tIt was 12:30 when it shut.\n\nSpeaker 1:\t00:11\tOh?"
    )
    assert [(t.time, rev.text[slice(*t.spans[0])]) for t in rev.turns] == [
        ((0.0, 4.0), "So the lido."),
        ((4.0, 11.0), "It was 12:30 when it shut."),
        ((11.0, 11.0), "Oh?"),
    ]
    sonix = read("Ann: [00:00:01] The weir.\n\nBen: [00:00:05] I swam. Not far. [00:00:11][6.4]\n\nAnn: [00:00:12] So.")
    assert said(sonix) == [("Ann", ["The weir."]), ("Ben", ["I swam. Not far."]), ("Ann", ["So."])]


def test_a_note_of_lost_words_with_a_time_at_the_end_of_a_turn_is_closed() -> None:
    source = read(
        "Ann (00:01):\nSo. [crosstalk 00:00:04]\n\nBen (00:05):\nI [inaudible 00:00:06] [crosstalk 00:00:08]\n"
    )
    assert said(source) == [
        ("Ann", ["So. [crosstalk", "]"]),
        ("Ben", ["I [inaudible", "] [crosstalk", "]"]),
    ]


@pytest.mark.parametrize("name", ['Ida "Ginger" Fell', "Ida “Ginger” Fell"])
def test_a_speaker_whose_nickname_stands_in_marks_speaks(name: str) -> None:
    asked = ("What did you see?", "And then?", "Who rang?")
    told = ("I saw the lamp go out.", "Then the gulls came in.", "I did.")
    text = "\n\n".join(f"Interviewer: {a}\n\n{name}: {t}" for a, t in zip(asked, told, strict=True)) + "\n"
    assert claims(text)
    assert [(t.label, read(text).text[slice(*t.spans[0])]) for t in read(text).turns][1::2] == [(name, t) for t in told]


def test_words_in_marks_before_a_colon_are_no_label() -> None:
    assert not claims('She said "Never again": that was all.\n\nHe said "Go on": so we went.\n\nIt was late.\n')
