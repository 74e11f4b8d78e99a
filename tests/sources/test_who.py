"""Who asks and who answers in a transcript, and who a label is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce import sources
from vivavoce.model import Source
from vivavoce.sources import dialogue, head
from vivavoce.sources.raw import raw


def read(folder: Path, text: str, name: str = "talk.txt", sidecar: str = "") -> Source:
    (folder / name).write_text(text)
    if sidecar:
        (folder / name).with_suffix(".toml").write_text(sidecar)
    return sources.read(folder, name)


def cast(source: Source) -> dict[str, tuple[str, bool]]:
    """Label -> name, and whether they ask."""
    return {t.label: (t.name, t.asks) for t in source.turns}


def whisper(*turns: tuple[str, str]) -> str:
    rows = [{"start": 4.0 * i, "end": 4.0 * i + 3, "text": t, "speaker": s} for i, (s, t) in enumerate(turns)]
    return json.dumps({"segments": rows})


# --- what stands above the talk ----------------------------------------------------------------------------

TALK = """
PN: You kept the weighbridge for thirty years.

OV: Thirty-one. I had the key on a string, and the string was older than the bridge. Ask anybody at the quarry.

PN: Who weighed the elephant?

OV: I did, in April 1962, on a Sunday, and there was no charge for it. It was three tons and the keeper.
"""
HEADS = {
    "legend": "Weighing things\n\nPN = Petra Noakes (interviewer), OV = Oswin Vale. Quarry House, 4 May 2011.\n",
    "legend with colons": "Weighing things\n\nPN: Petra Noakes, interviewer\nOV: Oswin Vale, weighbridge keeper\n",
    "legend in brackets": "Oswin Vale (OV) was interviewed by Petra Noakes (PN) at Quarry House.\n",
    "facts": "Weighing things\nDate: 2011-05-04\nInterviewer: Petra Noakes (PN)\nNarrator: Oswin Vale (OV), b. 1931\n",
    "facts in one line": "Interviewer: Petra Noakes / Narrator: Oswin Vale\n",
    "capitals above facts": "THE QUARRY: AN ORAL HISTORY\nTape 4\nInterviewer: Petra Noakes\nNarrator: Oswin Vale\n",
    "present": "Weighing things\n\nPresent: Petra Noakes (interviewer), Oswin Vale, and a dog\n",
    "title": "# Interview with Oswin Vale, by Petra Noakes\n",
    "two in one line, with a stop": "Weighing things\nQuarry House\nPN: Petra Noakes (interviewer). OV: Oswin Vale.\n",
    "part with initials": "Interviewer (PN): Petra Noakes\nNarrator (OV): Oswin Vale\n",
}


@pytest.mark.parametrize("kind", HEADS)
def test_initials_are_those_whom_the_head_explains(tmp_path: Path, kind: str) -> None:
    source = read(tmp_path, HEADS[kind] + TALK)
    assert source.format == "dialogue"
    assert cast(source) == {"PN": ("Petra Noakes", True), "OV": ("Oswin Vale", False)}
    assert [t.label for t in source.turns] == ["PN", "OV", "PN", "OV"]
    assert not source.warnings


def test_a_headline_in_capitals_is_the_title_and_nobody_speaks_it(tmp_path: Path) -> None:
    source = read(tmp_path, HEADS["capitals above facts"] + TALK)
    assert source.title == "THE QUARRY: AN ORAL HISTORY"
    assert [b.kind for b in source.blocks][:2] == ["headline", "note"]


def test_an_announcer_who_speaks_once_in_a_sentence_is_no_headline() -> None:
    text = "ANNOUNCER: Good evening.\n\nANN: So?\n\nBEN: So.\n\nANN: Well?\n\nBEN: Well.\n"
    assert dialogue.read(raw("a.txt", text.encode())).turns[0].label == "ANNOUNCER"


def test_initials_are_those_whom_a_sidecar_names(tmp_path: Path) -> None:
    told = 'interviewer = "Petra Noakes"\ntitle = "Interview with Oswin Vale"\n'
    source = read(tmp_path, TALK.lstrip(), sidecar=told)
    assert cast(source) == {"PN": ("Petra Noakes", True), "OV": ("Oswin Vale", False)}
    assert not source.warnings


def test_initials_that_two_people_share_are_nobodys(tmp_path: Path) -> None:
    source = read(tmp_path, "Present: Petra Noakes, Paul Nye, Oswin Vale\n" + TALK)
    assert cast(source) == {"PN": ("", False), "OV": ("Oswin Vale", False)}


def test_a_sidecar_has_the_last_word_over_the_head(tmp_path: Path) -> None:
    told = 'interviewer = "OV"\n[speakers]\nOV = "Orla Venn"\n'
    source = read(tmp_path, HEADS["legend"] + TALK, sidecar=told)
    assert cast(source) == {"PN": ("Petra Noakes", False), "OV": ("Orla Venn", True)}


def test_who_asks_goes_by_the_name_that_the_sidecar_gives(tmp_path: Path) -> None:
    text = "O. Vale. Replies by letter to questions from P. Noakes\n\nQ: When was it weighed?\n\nA: In May.\n\n"
    text += "Q: Who gave the order for that?\n\nA: Nobody did. One weighs what stands on the bridge.\n"
    source = read(tmp_path, text, sidecar='[speakers]\nQ = "Petra Noakes"\nA = "Oswin Vale"\n')
    assert cast(source) == {"Q": ("Petra Noakes", True), "A": ("Oswin Vale", False)}
    assert source.interviewers == ("Petra Noakes",)


def test_a_head_without_end_is_read_in_no_time() -> None:
    told = head.read("A" * 3000 + "\n" + "Aa " * 1000 + "\nInterview " * 300, ["AB", "CD"])
    assert told.names == {}


# --- who asks ----------------------------------------------------------------------------------------------

LONG = "We went down by the tramway with the lamps lit, and there were nineteen of us and the pony, which was blind."
ASKED = f"""Oswin Vale, in his kitchen
4 May 2011

[00:00:02] PETRA NOAKES: Mr Vale, thank you for having me. Where did it begin?

[00:00:09] OSWIN VALE: On the incline. {LONG}

[00:00:40] PETRA NOAKES: Tell me about the pony.

[00:00:44] OSWIN VALE: She was called Duchess. {LONG} You'd have liked her.

[00:01:20] PETRA NOAKES: And the flood?

[00:01:23] OSWIN VALE: {LONG} Who told you of the flood?

[00:01:50] PETRA NOAKES: Your sister.

[00:01:52] OSWIN VALE: {LONG}

[00:02:20] PETRA NOAKES: Were you afraid?

[00:02:22] OSWIN VALE: {LONG} No.
"""


def test_who_mostly_asks_is_the_interviewer_and_the_reason_is_told(tmp_path: Path) -> None:
    source = read(tmp_path, ASKED)
    assert cast(source) == {"PETRA NOAKES": ("Petra Noakes", True), "OSWIN VALE": ("Oswin Vale", False)}
    assert source.interviewers == ("Petra Noakes",)
    assert source.turns[0].why.startswith("4 of 5 turns ask")
    assert "speaks first; introduces or thanks the other; the title, head or file name tells the other" in (
        source.turns[0].why
    )
    assert [w.what.split(" is held")[0] for w in source.warnings] == ["PETRA NOAKES"]
    assert "interviewer = []" in source.warnings[0].remedy


def test_a_sidecar_can_say_that_nobody_asks(tmp_path: Path) -> None:
    source = read(tmp_path, ASKED, sidecar="interviewer = []\n")
    assert not any(t.asks for t in source.turns)
    assert not source.warnings


CHAT = [
    ("ANN", "So did you see the lamp? I saw it from the tram, and it was as green as a bottle, and then it was gone."),
    ("BEN", "I saw it from the roof. Was it green for you? For me it was white, and the whole street was out for it."),
    ("ANN", "White? Well, you were higher. We stopped, and the driver took off his cap and looked at his watch."),
    ("BEN", "My brother said it was the gasworks. What did the driver say? He was a careful man, I remember him."),
    ("ANN", "He said that it was not his department. Do you remember the smell? Like pears, I have always thought."),
    (
        "BEN",
        "Like paint. I had it in my coat for a week, and my mother hung that coat out of the window. Didn't yours?",
    ),
]


@pytest.mark.parametrize(
    "turns",
    [
        CHAT,
        [*CHAT[1::2], ("CAY", "Did it?"), *CHAT[1::2], ("CAY", "Was it?")],  # too few questions to tell
        [("ANN", "And?"), ("BEN", "No."), ("ANN", "Why?"), ("BEN", "No."), ("ANN", "When?"), ("BEN", "No.")],
        [("ANN", f"{LONG} Do you see?"), ("BEN", "I do, and I was there as well, on the cart.")] * 4,  # tells, and asks
    ],
)
def test_in_doubt_nobody_is_the_interviewer(tmp_path: Path, turns: list[tuple[str, str]]) -> None:
    source = read(tmp_path, "".join(f"{label}: {words}\n\n" for label, words in turns))
    assert source.kind == "transcript"
    assert not any(t.asks for t in source.turns)
    assert not source.warnings


# --- what the talk says ------------------------------------------------------------------------------------


def test_unknown_speakers_are_named_by_their_own_words_and_by_whoever_welcomes_them(tmp_path: Path) -> None:
    talk = whisper(
        ("SPEAKER_00", "Good evening. I'm Maud Tarrant, and with me in the lamp room is Captain Ivo Strand."),
        ("SPEAKER_01", "It's warmer than the boat."),
        ("SPEAKER_00", "The lamp went out, as I heard, because Dan Orr said, I'm Lord Nelson, and fell on it."),
        ("SPEAKER_01", "He did. He was a big man."),
    )
    source = read(tmp_path, talk, "lamp.json")
    assert {(t.label, t.name, t.sure) for t in source.turns} == {
        ("SPEAKER_00", "Maud Tarrant", 0.95),
        ("SPEAKER_01", "Ivo Strand", 0.85),
    }
    assert source.turns[0].why == "says “I'm Maud Tarrant”"
    assert source.turns[1].why == ("answers SPEAKER_00 who says “with me in the lamp room is Captain Ivo Strand”")
    assert [w.what.split(":")[0] for w in source.warnings] == [
        "SPEAKER_00 is held to be Maud Tarrant",
        "SPEAKER_01 is held to be Ivo Strand",
    ]
    assert all("[speakers]" in w.remedy and w.place.startswith("turn ") for w in source.warnings)


def test_who_begins_the_recording_asks_and_who_is_called_by_the_name_of_the_file_is_named(tmp_path: Path) -> None:
    turns = [
        ("SPEAKER_00", "This is Petra Noakes for the Quarry Trust, the fourth of May. Mr Vale, may I call you Oswin?"),
        ("SPEAKER_01", "They all do, and have done since I was four, when my brother could say nothing else."),
        ("SPEAKER_00", "You had the key of the weighbridge."),
        ("SPEAKER_01", "I had it on a string for thirty years, and the string was older than the bridge was."),
        ("SPEAKER_02", "Do you want the door shut?"),
        ("SPEAKER_00", "And then there was an elephant."),
        ("SPEAKER_01", "There was, on a Sunday, and I made no charge for it. The keeper gave me a fine cigar."),
        ("SPEAKER_02", "Will I bring the tea now?"),
        ("SPEAKER_02", "Is that warm enough?"),
    ]
    told = cast(read(tmp_path, whisper(*turns), "oswin-vale.json"))
    assert told == {
        "SPEAKER_00": ("Petra Noakes", True),
        "SPEAKER_01": ("Oswin Vale", False),
        "SPEAKER_02": ("", False),
    }
    assert cast(read(tmp_path, whisper(*turns), "tape-four.json"))["SPEAKER_01"] == ("", False)


def test_of_several_who_are_introduced_each_is_who_answers_to_the_first_name(tmp_path: Path) -> None:
    talk = whisper(
        ("Speaker 1", "Welcome to Low Water. With me are Ivo Strand and Nell Tregear. Nell, hello."),
        ("Speaker 2", "Hello, everybody."),
        ("Speaker 1", "And thank you for coming, Ivo."),
        ("Speaker 3", "It was on my way."),
        ("Speaker 2", "It never was."),
    )
    source = read(tmp_path, talk, "water.json")
    assert {t.label: t.name for t in source.turns} == {
        "Speaker 1": "",
        "Speaker 2": "Nell Tregear",
        "Speaker 3": "Ivo Strand",
    }


@pytest.mark.parametrize(
    "turns",
    [
        [("SPEAKER_00", "He said, I'm Ivo Strand, and I said so am I."), ("SPEAKER_01", "He would.")],
        [("SPEAKER_00", "I'm Cornish, I don't swim."), ("SPEAKER_01", "Nor I.")],
        [("SPEAKER_00", "Secondly, thanks for the fish."), ("SPEAKER_01", "Eat it today.")],
        [("SPEAKER_00", "With us today are Ivo Strand and Nell Tregear."), ("SPEAKER_01", "Good morning.")],
        [("SPEAKER_00", "Thank you for coming, Ivo."), ("SPEAKER_01", "No, thank you, Ivo. You drove.")],
        [("Audience", "I'm Ivo Strand, and I paid for this seat."), ("SPEAKER_01", "Thank you.")],
        [("SPEAKER_00", "This is Low Water, it's Sunday."), ("SPEAKER_01", "So it is.")],
    ],
)
def test_what_only_looks_like_an_introduction_names_nobody(tmp_path: Path, turns: list[tuple[str, str]]) -> None:
    source = read(tmp_path, whisper(*turns, *turns), "talk.json")
    assert {t.name for t in source.turns if t.name != "Low Water"} == {""}


def test_two_labels_of_one_name_stay_unnamed_and_are_told(tmp_path: Path) -> None:
    talk = whisper(
        ("SPEAKER_00", "I'm Maud Tarrant, and we begin."), ("SPEAKER_01", "I'm Maud Tarrant."), ("SPEAKER_00", "Oh.")
    )
    source = read(tmp_path, talk, "two.json")
    assert {t.name for t in source.turns} == {""}
    assert {w.what.split(":")[0] for w in source.warnings} == {
        f"SPEAKER_0{i} may be Maud Tarrant, and stays unnamed" for i in (0, 1)
    }


def test_a_name_that_is_told_late_is_proposed_and_not_taken(tmp_path: Path) -> None:
    chat = [
        (f"SPEAKER_0{i % 2}", f"The {n} lamp was lit at ten, and nobody came.") for i, n in enumerate("abcdefghijklmn")
    ]
    source = read(tmp_path, whisper(*chat, ("SPEAKER_00", "I'm Ivo Strand, by the way.")), "late.json")
    assert {t.name for t in source.turns} == {""}
    assert [w.what for w in source.warnings] == [
        "SPEAKER_00 may be Ivo Strand, and stays unnamed: says “I'm Ivo Strand”"
    ]


WORDS = "We stood at the gate from six, and the brazier was lit, and nobody had thought to bring a kettle for it."
CALLED = {
    "strike": (
        [
            ("SPEAKER_00", "This is Ruth Amory in Aston, and on the line from Leeds is a man who was there."),
            ("SPEAKER_01", WORDS),
            ("SPEAKER_00", "Who lit it, Walter?"),
            ("SPEAKER_01", WORDS),
            ("SPEAKER_00", "And Walter, were you paid that week?"),
            ("SPEAKER_01", WORDS),
        ],
        {"SPEAKER_00": "Ruth Amory", "SPEAKER_01": "Walter"},
    ),
    "hospital drama": (
        [
            ("SPEAKER_00", "We're on the old ward. Inge Maddox, you were the first to wear the cap. Was it heavy?"),
            ("SPEAKER_01", "It was card. It went soft in the rain and I was filmed from the left until May."),
            ("SPEAKER_00", "And beside me is Polly. Polly Hurst."),
            ("SPEAKER_02", "I was the body in the second bed, and I breathed too much for a body."),
            ("SPEAKER_00", "Did they keep the cap, Inge?"),
            ("SPEAKER_01", "They burned it."),
            ("SPEAKER_00", "Polly, you saw that. What did they say?"),
            ("SPEAKER_02", "They said it was the boiler."),
        ],
        {"SPEAKER_00": "", "SPEAKER_01": "Inge Maddox", "SPEAKER_02": "Polly Hurst"},
    ),
    "football club": (
        [
            ("SPEAKER_00", "This is Hob, we're live at the ground, and I've got two of the old back four."),
            ("SPEAKER_01", "The slow half."),
            ("SPEAKER_00", "Clarrie, which of you let the goal in?"),
            ("SPEAKER_01", "It was raining, and the ball had a mind of its own. I wished it well."),
            ("SPEAKER_00", "What did the manager say to you, Clarry?"),
            ("SPEAKER_01", "He had gone home."),
        ],
        {"SPEAKER_00": "Hob", "SPEAKER_01": "Clarrie"},
    ),
    "mill town": (
        [
            ("SPEAKER_00", "Can you say your name, for the level?"),
            ("SPEAKER_01", "Edna Truscott, Mrs. I was in the winding room until they took the roof off it."),
            ("SPEAKER_00", "When was that?"),
            ("SPEAKER_01", WORDS),
        ],
        {"SPEAKER_00": "", "SPEAKER_01": "Edna Truscott"},
    ),
    "radio": (
        [
            ("SPEAKER_00", "So we have, and I shall get this wrong."),
            ("SPEAKER_01", "Odile Brandt, since my wedding, and before that I was Odile Farr, in the news."),
            ("SPEAKER_00", "Was it cold?"),
            ("SPEAKER_01", WORDS),
        ],
        {"SPEAKER_00": "", "SPEAKER_01": "Odile Brandt"},
    ),
    "named for whom it is with": (
        [
            ("SPEAKER_00", "I'm Petra Noakes, and I'm at the lock. I had a letter from Oswin Vale."),
            ("SPEAKER_01", WORDS),
            ("SPEAKER_00", "Who counted them?"),
            ("SPEAKER_01", WORDS),
            ("SPEAKER_00", "All of them?"),
            ("SPEAKER_01", WORDS),
        ],
        {"SPEAKER_00": "Petra Noakes", "SPEAKER_01": "Oswin Vale"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CALLED)
def test_who_leads_says_who_is_who_and_calls_them_by_name(tmp_path: Path, kind: str) -> None:
    turns, names = CALLED[kind]
    source = read(tmp_path, whisper(*turns), "oswin-vale.json")
    assert {t.label: t.name for t in source.turns} == names
    assert all(t.why and 0.7 < t.sure < 1 for t in source.turns if t.name)


@pytest.mark.parametrize(
    "turns",
    [
        [("SPEAKER_00", "Let me get you to the mill. Abel Stone."), ("SPEAKER_01", "He was a hard man, and fair.")],
        [("SPEAKER_00", "What did she do, Nell?"), ("SPEAKER_01", "She ran."), ("SPEAKER_00", "And you, Nell?"),
         ("SPEAKER_02", "I ran too.")],
        [("SPEAKER_00", "Finally, what was it?"), ("SPEAKER_01", "Nothing."), ("SPEAKER_00", "Finally, who went?"),
         ("SPEAKER_01", "Nobody.")],
        [("SPEAKER_00", "You, Nell?"), ("SPEAKER_01", "No, you, Nell."), ("SPEAKER_00", "Oh, Nell, you know.")],
        [("SPEAKER_00", "Tell me about Abel Stone."), ("SPEAKER_01", "Abel Stone, for years he led, and I paid him.")],
        [("SPEAKER_00", "What was the dog's name?"), ("SPEAKER_01", "Captain Flint, and he bit.")],
        [("SPEAKER_00", "This is Abel Stone in May, and the one with me is his son."), ("SPEAKER_01", "He was.")],
    ],
)  # fmt: skip
def test_who_is_only_talked_of_or_called_by_chance_is_nobody_who_speaks(
    tmp_path: Path, turns: list[tuple[str, str]]
) -> None:
    assert {t.name for t in read(tmp_path, whisper(*turns), "tape.json").turns} == {""}


@pytest.mark.parametrize(
    ("name", "head", "sidecar"),
    [
        ("tape-9.txt", "Recollections, no. 9: Oswin Vale, Keeper of Weights, retired 1994 (OV)\n", ""),
        (
            "tape-9.txt",
            "**Oswin Vale, keeper, Quarry House 1951–77. Transcript of a talk in his shed, May 2011.**\n",
            "",
        ),
        ("tape-9.txt", "", 'title = "Oswin Vale, weighbridge keeper"\n'),
        ("tape-9.txt", "", 'title = "Quarry voices: Oswin Vale"\n'),
    ],
)
def test_initials_are_those_of_whom_a_title_names(tmp_path: Path, name: str, head: str, sidecar: str) -> None:
    source = read(tmp_path, head + TALK.replace("PN:", "Q:"), name, sidecar)
    assert cast(source) == {"Q": ("", True), "OV": ("Oswin Vale", False)}


def test_a_first_name_as_a_label_is_the_one_whom_the_file_is_named_for_and_the_talk_names(tmp_path: Path) -> None:
    talk = "PETRA: The fourth of May, Oswin Vale. You had the key?\n\nOSWIN: I had it.\n\nPETRA: Where?\n\n"
    talk += "OSWIN: Here.\n\nPETRA: Who else?\n\nOSWIN: Nobody.\n"
    named = {k: v[0] for k, v in cast(read(tmp_path, talk, "oswin-vale-lock.txt")).items()}
    assert named == {"PETRA": "Petra", "OSWIN": "Oswin Vale"}
    other = {k: v[0] for k, v in cast(read(tmp_path, talk.replace(" Vale", ""), "oswin-vale-lock.txt")).items()}
    assert other["OSWIN"] == "Oswin"


def test_who_is_named_by_a_sidecar_is_not_named_by_the_talk(tmp_path: Path) -> None:
    talk = whisper(("SPEAKER_00", "I'm Maud Tarrant."), ("SPEAKER_01", "So you say."))
    source = read(tmp_path, talk, "told.json", '[speakers]\nSPEAKER_00 = "Maud Tarrant-Hay"\n')
    assert {t.label: t.name for t in source.turns} == {"SPEAKER_00": "Maud Tarrant-Hay", "SPEAKER_01": ""}


# --- names alone on their lines ----------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["", 'format = "dialogue"\n'])
@pytest.mark.parametrize(
    "text",
    [
        "THE QUARRY\n\nMay 2011\n\nPETRA NOAKES\nWho weighed it?\n\nOSWIN VALE\nI did.\nOn a Sunday.\n\nPETRA NOAKES\n"
        "Why?\n\nOSWIN VALE\nIt asked.\n",
        "The Quarry\n\nPetra Noakes\nWho weighed it?\n\nOswin Vale\nI did.\nOn a Sunday.\n\nPetra Noakes\nWhy?\n\n"
        "Oswin Vale\nIt asked.\n",
        "PETRA NOAKES\nWho weighed it?\nOSWIN VALE\nI did.\nOn a Sunday.\nPETRA NOAKES\nWhy?\nOSWIN VALE\nIt asked.\n",
        "PETRA NOAKES\n\nWho weighed it?\n\nOSWIN VALE\n\nI did.\nOn a Sunday.\n\nPETRA NOAKES\n\nWhy?\n\n"
        "OSWIN VALE\n\nIt asked.\n",
    ],
)
def test_names_alone_on_their_lines_are_speakers(tmp_path: Path, text: str, told: str) -> None:
    source = read(tmp_path, text, sidecar=told)
    assert source.format == "dialogue"
    said = [(t.label.title(), [source.text[a:b] for a, b in t.spans]) for t in source.turns]
    assert said == [
        ("Petra Noakes", ["Who weighed it?"]),
        ("Oswin Vale", ["I did.\nOn a Sunday."]),
        ("Petra Noakes", ["Why?"]),
        ("Oswin Vale", ["It asked."]),
    ]


def test_somebody_in_capitals_who_speaks_once_among_others_in_capitals_is_a_speaker(tmp_path: Path) -> None:
    text = "ANN LEE\nSo?\n\nBEN OTT\nNo.\n\nANN LEE\nWhy?\n\nA BOY\nHe fell.\n\nBEN OTT\nI fell.\n"
    assert [t.label for t in read(tmp_path, text).turns] == ["ANN LEE", "BEN OTT", "ANN LEE", "A BOY", "BEN OTT"]


PARAGRAPH = "The mill stood for ninety years before the water came, and the town still argues about the cause of it."


@pytest.mark.parametrize(
    "text",
    [
        f"The Mill\n\n{PARAGRAPH}\n\nADVERTISEMENT\n\n{PARAGRAPH}\n\nREAD MORE\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n"
        f"ADVERTISEMENT\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\nREAD MORE\n\n{PARAGRAPH}\n",
        f"LETTERS\n\n{PARAGRAPH}\n\nANN LEE\nMill Road\n\n{PARAGRAPH}\n\nBEN OTT\nLow Street\n\n{PARAGRAPH}\n",
        f"THE MILL\n{PARAGRAPH}\n\nTHE FLOOD\n{PARAGRAPH}\n\nTHE CAUSE\n{PARAGRAPH}\n",
    ],
)
def test_headings_and_signatures_in_capitals_are_no_speakers(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).kind == "press"
