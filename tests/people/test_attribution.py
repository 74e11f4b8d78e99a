"""Who said what, in the hard patterns of press writing and talk. All texts are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vivavoce.engines import engine, names
from vivavoce.language.paragraphs import paragraphs
from vivavoce.model import Attribution, Block, Known, Mention, Quote, Source, Turn, quote_id
from vivavoce.people import cast
from vivavoce.people.rules import attribute
from vivavoce.quotes import find

MARKS = "“”"


def press(text: str) -> Source:
    """A press piece with one body block a paragraph."""
    blocks = tuple(Block("body", a, b) for a, b in paragraphs(text, 0, len(text)))
    return Source("press/piece.txt", "press", "txt", text=text, blocks=blocks)


def marked(source: Source) -> list[Quote]:
    """Every stretch in curly marks as a direct quotation, without a cue: what is harder than what `find` gives."""
    out, start = [], -1
    for i, c in enumerate(source.text):
        if c == MARKS[0]:
            start = i + 1
        elif c == MARKS[1] and start >= 0:
            words = source.text[start:i]
            span = ((start, i),)
            out.append(Quote(quote_id(source.path, words, len(out)), source.path, "direct", span, span, words))
            start = -1
    return out


def told(text: str) -> list[Attribution]:
    """The attributions of all quotations of a text."""
    source = press(text)
    quotes = marked(source)
    return attribute(source, quotes, cast(source, quotes, Known()), Known())


def speakers(text: str) -> list[str | None]:
    """The figures, one a quotation."""
    return [a.figure for a in told(text)]


INTRO = "Maria Ortiz ran the lighthouse bar. Tom Brandt was the cook there.\n\n"


@pytest.mark.parametrize(
    "tag",
    [
        "“The roof went first,” Ortiz said.",
        "“The roof went first,” said Ortiz.",
        "“The roof went first,” Ms. Ortiz said on Friday.",
        "“The roof went first?” Ortiz asked.",
        "Ortiz said, “The roof went first.”",
        "Ortiz told reporters on Friday: “The roof went first.”",
        "“The roof,” Ortiz said, stirring her tea, “went first.”",
        "“The roof went first,” Ortiz, 61, said.",
        "“The roof went first,” Ortiz, who lost her house in the same storm, told the inquiry.",
        "Ortiz, who had worked there with Tom Brandt for years before the fire, said, “The roof went first.”",
        "“The roof went first,” recalled Ortiz, whom Brandt had hired.",
        "According to Ortiz, “the roof went first.”",
        "Ortiz sighed. “The roof went first.”",
        "Brandt’s account, to which Ortiz firmly objected. “The roof went first.”",
        "Ortiz had this to say:\n\n“The roof went first.”",
        "“The roof went first.” — Maria Ortiz",
        "Ortiz: “The roof went first.”",
        "Speaking to the paper after Brandt left, Ortiz said “the roof went first.”",
        "Ortiz shook her head at Brandt and said, “The roof went first.”",
        "Asked about Brandt, Ortiz laughed, saying, “The roof went first.”",
    ],
)
def test_the_name_in_the_tag_is_the_speaker(tag: str) -> None:
    assert set(speakers(INTRO + tag)) == {"Maria Ortiz"}


@pytest.mark.parametrize(
    ("tag", "who", "mention"),
    [
        ("said Ortiz’s sister Carla.", "Carla", "Ortiz’s sister Carla"),
        ("said Maria Ortiz's neighbour Jo Pell.", "Jo Pell", "Maria Ortiz's neighbour Jo Pell"),
        ("says Ortiz's lawyer.", None, "Ortiz's lawyer"),
        ("recalled Ortiz’s old landlord, who never came back.", None, "Ortiz’s old landlord"),
    ],
)
def test_after_the_verb_whose_somebody_is_is_not_who_speaks(tag: str, who: str | None, mention: str) -> None:
    (only,) = told(INTRO + "“The roof went first,” " + tag)
    assert only.figure == who
    assert only.speaker is not None
    assert only.speaker.text == mention


def test_the_nearer_name_is_not_the_speaker() -> None:
    text = INTRO + "Ortiz, who in those days could not stand Tom Brandt, added: “He burned the soup twice.”"
    assert speakers(text) == ["Maria Ortiz"]


def test_a_quotation_goes_on_after_its_tag_and_in_the_next_paragraph() -> None:
    text = (
        INTRO + "“We heard it,” Ortiz said. “Then it was quiet.”\n\n“Nobody spoke.”\n\n“I did,” Brandt said. “I sang.”"
    )
    assert speakers(text) == ["Maria Ortiz"] * 3 + ["Tom Brandt"] * 2


def test_pronouns_are_resolved_across_paragraphs_by_gender() -> None:
    text = (
        "Hanna Vogel and Peter Lund built the boat in one winter.\n\n"
        "Vogel kept the drawings. The shed had no heating, and the glue froze.\n\n"
        "“We worked in coats,” she said.\n\n"
        "Lund remembers it otherwise.\n\n"
        "“There was a stove,” he said. He continued, “It smoked.”"
    )
    assert speakers(text) == ["Hanna Vogel", "Peter Lund", "Peter Lund"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Peter Lund, who has died, was the stationmaster. He was found on the line by a friend.\n\n"
            "He was born over the shop. With Tom Brandt he sold tickets from a tin.\n\n"
            "In 1977 the station was lost in a fire. It was believed that he had gone in for the cat, and he as long "
            "denied it. “All I did was hold the door,” he told a paper.",
            "Peter Lund",
        ),
        (
            "Hanna Vogel kept goal for the club. She was dropped in May. Unlike Maria Ortiz she did not complain.\n\n"
            "“I went fishing,” she said.",
            "Hanna Vogel",
        ),
        (
            "Peter Lund met Tom Brandt at the mill. He was in a coat. Brandt had the keys.\n\n"
            "“I went fishing,” Brandt said.",
            "Tom Brandt",
        ),
    ],
)
def test_a_pronoun_goes_on_about_whom_the_sentences_before_are_about(text: str, who: str) -> None:
    assert speakers(text)[-1] == who


def test_gender_comes_from_the_text_where_the_name_tells_none() -> None:
    text = (
        "Itxaro Beng joined the choir in 1981, when she was nine. Odalric Quist came a year later, and he stayed.\n\n"
        "Itxaro Beng sang alto, she never missed a rehearsal. Odalric Quist said he missed many.\n\n"
        "“It was my home,” she said."
    )
    assert speakers(text) == ["Itxaro Beng"]


def test_two_people_of_one_surname_are_kept_apart() -> None:
    text = (
        "The brothers’ firm was run by Karen Doyle and her uncle, Francis Doyle.\n\n"
        "“I counted the money,” Karen Doyle said. “Francis never did.”\n\n"
        "“I counted it once,” Francis Doyle said.\n\n"
        "“Once is right,” Ms. Doyle said.\n\n“And never again,” said Mr. Doyle."
    )
    assert speakers(text) == ["Karen Doyle", "Karen Doyle", "Francis Doyle", "Karen Doyle", "Francis Doyle"]


BROTHERS = "Greta Holm founded the brewery. Nils Holm kept its horses.\n\n"


@pytest.mark.parametrize("engine_name", ["rules", "learned"])
def test_a_surname_that_two_share_names_both_and_is_not_sure(engine_name: str) -> None:
    text = BROTHERS + "The yard was sold in May, and Holm was blamed for it.\n\n“I signed nothing,” said Holm."
    source = press(text)
    quotes = marked(source)
    made = cast(source, quotes, Known())
    (only,) = engine("attribute", engine_name)(source, quotes, made, Known())
    assert {c.name for c in only.candidates} == {"Greta Holm", "Nils Holm"}
    assert only.confidence < 0.6


@pytest.mark.parametrize(
    ("rest", "who"),
    [
        ("“I signed nothing,” said Mr. Holm.", "Nils Holm"),
        ("“I signed nothing,” said Ms. Holm.", "Greta Holm"),
        ("“I signed nothing,” said Nils.", "Nils Holm"),
        ("Greta Holm came to the gate. “I signed nothing,” said Holm.", "Greta Holm"),
        ("“I signed nothing,” said Greta Holm.\n\n“Nor did he,” Holm said.", "Greta Holm"),
    ],
)
def test_a_title_or_a_full_name_beside_it_tells_which_of_two_a_surname_means(rest: str, who: str) -> None:
    for a in told(BROTHERS + rest):
        assert a.figure == who
        assert a.confidence > 0.6


def test_a_surname_is_its_first_bearers_where_it_was_theirs_for_long() -> None:
    text = "Greta Holm founded the brewery. Holm was thirty. In 1970 Holm sold it.\n\nNils Holm kept its horses.\n\n"
    text += "Holm moved to the coast, and Holm never came back.\n\n“I signed nothing,” said Holm."
    (only,) = told(text)
    assert (only.figure, only.confidence > 0.6) == ("Greta Holm", True)


def test_two_of_one_surname_who_are_named_only_in_what_others_say_break_nothing() -> None:
    text = "Tom Brandt has kept the quay for years.\n\n“Ask Ada Lowe, or ask Peter Lowe,” Brandt said. "
    text += "“Ada Lowe has the keys, and Peter Lowe has the sense to leave them with her.”"
    assert speakers(text) == ["Tom Brandt"] * 2


LETTER = "Mrs Harker told you that I moored the barge badly, and Mrs Orde agreed with her.\n\n{}"
LETTER += "I asked what I should do.\n\n“Sink it,” said my mother.\n\nYours truly,\n\nTobias Pell"

AFTER = "\n\nP.S. I told her that it was not ours.\n\n“Then sink theirs,” she said."


def test_my_mother_is_no_mrs_of_another_name() -> None:
    assert speakers(LETTER.format("I went home to my mother. ")) == [None]


def test_my_mother_is_the_woman_who_has_the_tellers_name() -> None:
    source = replace(
        press(LETTER.format("My mother was Agnes Pell, of the toll-house. ") + AFTER), byline="Tobias Pell"
    )
    quotes = marked(source)
    said, went_on = attribute(source, quotes, cast(source, quotes, Known()), Known())
    assert (said.figure, went_on.figure) == ("Agnes Pell", "Agnes Pell")
    assert said.confidence < 0.9


def test_whoever_signs_a_piece_that_calls_them_mr_keeps_their_full_name() -> None:
    text = "I admit that I like a regatta.\n\nCorrection: the boat was a sloop. "
    text += "Mr Quayle regrets it. “I was cold,” Mr Quayle said."
    source = replace(press(text), byline="Aubrey Quayle")
    quotes = marked(source)
    made = cast(source, quotes, Known())
    (only,) = attribute(source, quotes, made, Known())
    assert only.figure == next(f.key for f in made.figures if f.name == "Aubrey Quayle")
    assert len([f for f in made.figures if "Quayle" in f.name]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Tom Brandt told the clerk that he had thirty letters, and that one of them said, “Thank you for nothing.”",
        "Maria Ortiz met the crew on Friday. “We are not going out again,” two of them said.",
        "Maria Ortiz met the crew on Friday. Some of them said, “We are not going out again.”",
    ],
)
def test_one_of_them_is_nobody_in_particular(text: str) -> None:
    (only,) = told(text)
    assert only.figure is None
    assert only.speaker is not None
    assert " of them" in only.speaker.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Asked whether the bar would open again, Ortiz shook her head.",
        "Asked if the bar would open again, Ortiz shook her head.",
        "Ortiz was asked whether the bar would open again.",
        "When asked why the bar had shut, Ortiz walked out.",
        "Told that the bar had burned, Ortiz wept.",
        "Warned that the roof might fall, Ortiz stayed.",
        "Ortiz was told that the bar had burned.",
    ],
)
@pytest.mark.parametrize("before", ["", "“The roof went first,” Brandt said. "])
def test_who_is_asked_or_told_something_does_not_say_it(sentence: str, before: str) -> None:
    source = press(INTRO + before + sentence)
    quotes = find(source, Known())
    found = attribute(source, quotes, cast(source, quotes, Known()), Known())
    assert [a.figure for q, a in zip(quotes, found, strict=True) if q.kind == "indirect"] == [None]


def test_who_asks_is_named_behind_by() -> None:
    source = press(INTRO + "Asked by Brandt whether the bar would open again, Ortiz shook her head.")
    quotes = find(source, Known())
    (one,) = attribute(source, quotes, cast(source, quotes, Known()), Known())
    assert one.figure == "Tom Brandt"


def test_an_anonymous_source_is_nobody_and_the_tool_says_so() -> None:
    text = INTRO + "“They knew about the wiring,” said a former waiter who asked not to be named."
    (only,) = told(text)
    assert only.figure is None
    assert only.confidence < 0.4
    assert only.speaker is not None
    assert only.speaker.text.startswith("a former waiter")
    assert only.why


def test_police_speak_as_nobody_in_particular() -> None:
    (only,) = told(INTRO + "“The road is closed,” police said.")
    assert (only.figure, only.speaker.text if only.speaker else "") == (None, "police")


def test_an_organisation_speaks_under_its_name_and_its_short_form() -> None:
    text = "The National Harbour Board (NHB) met on Monday.\n\n“We will dredge,” the NHB said. “By May,” it added."
    assert speakers(text) == ["National Harbour Board"] * 2


def test_role_nouns_lead_to_whom_the_text_gave_the_role() -> None:
    text = (
        "The team’s coach, Ruth Adeyemi, sat down with its captain, Carl Moe.\n\n"
        "“We were tired,” the coach said.\n\n“We were not,” said the captain."
    )
    assert speakers(text) == ["Ruth Adeyemi", "Carl Moe"]


ACTORS = (
    "Lena Marsh, who played Nurse Bell on “The Ward,” remembers the last day. Omar Reyes as Doctor Finn had the"
    " final line.\n\nIn the scene, Bell leaves the hospital in the rain.\n\n"
)


def test_actors_speak_and_their_parts_do_not() -> None:
    assert speakers(ACTORS + "“I could not stop crying,” Marsh said.\n\n“She ruined my coat,” he said.")[1:] == [
        "Lena Marsh",
        "Omar Reyes",
    ]
    (_, line) = told(ACTORS + "“Goodnight, doctor,” Bell says in the last shot.")
    assert line.figure is None


def test_who_plays_whom_is_told_with_its_words() -> None:
    source = press(ACTORS)
    figures = {f.name: f for f in cast(source, [], Known()).figures}
    plays = [r for r in figures["Lena Marsh"].roles if r.kind == "plays"]
    assert [r.of for r in plays] == ["Nurse Bell"] or [r.of for r in plays] == ["Bell"]
    e = plays[0].evidence[0]
    assert "who played" in source.text[e.start : e.end]
    assert figures[plays[0].of].kind == "character"
    assert any(r.kind == "plays" for r in figures["Omar Reyes"].roles)


@pytest.mark.parametrize("pair", ["Lena Marsh (Nurse Bell)", "Bell (Lena Marsh)"])
def test_in_brackets_the_one_who_speaks_is_the_player(pair: str) -> None:
    text = f"On the set in 1986: {pair}.\n\n“I could not stop crying,” Marsh said. Bell leaves in the rain."
    source = press(text)
    made = cast(source, marked(source), Known())
    assert {f.name: f.kind for f in made.figures} == {"Lena Marsh": "person", "Bell": "character"}
    assert [r.of for f in made.figures if f.name == "Lena Marsh" for r in f.roles] == ["Bell"]


def test_a_conjunction_makes_no_part() -> None:
    text = "“Enough,” said Tom Brandt as Carl Moe stood up.\n\n“Never,” Moe said."
    assert speakers(text) == ["Tom Brandt", "Carl Moe"]


def test_whose_claim_it_is() -> None:
    text = INTRO + "The court did not believe Ortiz’s claim that she had “never seen the keys.”"
    source = press(text)
    (q,) = marked(source)
    at = text.index("claim")
    quote = Quote(q.id, q.source, "mixed", q.spans, q.spans, q.text, cue=Mention(at, at + 5, "claim"))
    (only,) = attribute(source, [quote], cast(source, [quote], Known()), Known())
    assert only.figure == "Maria Ortiz"


def test_a_surname_that_is_also_a_title_is_a_surname() -> None:
    assert speakers("Larry King hosted the show.\n\n“They pay us,” Mr. King said.") == ["Larry King"]


def test_a_pronoun_names_its_runners_up() -> None:
    (only,) = told("Tom Brandt met Carl Moe on the pier.\n\n“It was cold,” he said.")
    assert [c.name for c in only.candidates] == ["Tom Brandt", "Carl Moe"]
    assert only.candidates[0].score >= only.candidates[1].score
    assert only.confidence < 0.9


def test_jobs_are_told() -> None:
    text = "Showrunners came and went, but showrunner Dana Holt stayed. The show’s producer, Ed Pike, left."
    text += " Ana Silva, then mayor of Port Hale, watched it all."
    roles = {f.name: [r.title for r in f.roles] for f in cast(press(text), [], Known()).figures}
    assert roles["Dana Holt"] == ["showrunner"]
    assert roles["Ed Pike"] == ["producer"]
    assert roles["Ana Silva"] == ["mayor of Port Hale"]


def test_a_dialogue_without_tags_alternates() -> None:
    text = (
        "“Where is the boat?” asked Nell Hart.\n\n“In the shed,” said Joss Webb.\n\n“And the oars?”\n\n“Burned.”\n\n"
        "“All of them?”\n\n“All of them, Nell.”"
    )
    assert speakers(text) == ["Nell Hart", "Joss Webb"] * 3


def test_a_transcripts_turns_go_to_their_labels() -> None:
    text = "MARIA ORTIZ: The roof went first.\nSPEAKER_01: I did not see it.\nMARIA ORTIZ: I did."
    turns, quotes, at = [], [], 0
    for n, line in enumerate(text.split("\n")):
        label = line.split(":")[0]
        span = ((at + len(label) + 2, at + len(line)),)
        turns.append(Turn(label, span, at, at + len(line)))
        words = text[span[0][0] : span[0][1]]
        quotes.append(Quote(str(n), "t.txt", "turn", span, span, words, turn=n))
        at += len(line) + 1
    source = Source("t.txt", "transcript", "dialogue", text=text, turns=tuple(turns))
    made = cast(source, quotes, Known())
    got = attribute(source, quotes, made, Known())
    assert [a.figure for a in got] == ["Maria Ortiz", "SPEAKER_01", "Maria Ortiz"]
    assert {f.key: f.kind for f in made.figures}["SPEAKER_01"] == "label"


# --- what every engine promises -----------------------------------------------------------------------------


PIECES = [
    "“",
    "”",
    '"',
    "said",
    "Ortiz",
    "Maria Ortiz",
    "Mr.",
    "he",
    "she",
    "the coach",
    ",",
    ".",
    ":",
    "(",
    ")",
    "who",
]
PIECES += ["\n\n", "and", "according to", "—", "as", "played", "Jim", "?", "’s", "I", "İ", "ß", "told", "not"]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_the_text_every_engine_answers_each_quotation_in_order(parts: list[str]) -> None:
    source = press(" ".join(parts))
    quotes = marked(source)
    made = cast(source, quotes, Known())
    keys = [f.key for f in made.figures]
    assert len(keys) == len(set(keys))
    for f in made.figures:
        for m in f.mentions:
            assert source.text[m.start : m.end] == m.text
    for name in names("attribute"):
        got = engine("attribute", name)(source, quotes, made, Known())
        assert [a.quote for a in got] == [q.id for q in quotes]
        for a in got:
            assert a.figure is None or a.figure in keys
            assert 0 <= a.confidence <= 1
            assert a.why
            if a.speaker:
                assert source.text[a.speaker.start : a.speaker.end] == a.speaker.text


@pytest.mark.parametrize(
    "piece", ["“", "said ", ") said (", "Maria Ortiz, ", "“a,” he said. ", "I said ", "and said ", ". ", "not to "]
)
def test_hostile_texts_take_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        source = press("Maria Ortiz said " + piece * (size // len(piece)))
        quotes = marked(source)[:2000]
        began = time.process_time()
        attribute(source, quotes, cast(source, quotes, Known()), Known())
        return time.process_time() - began

    seconds(2_000)
    small, large = seconds(25_000), seconds(100_000)
    assert large < 12 * max(small, 0.02)
