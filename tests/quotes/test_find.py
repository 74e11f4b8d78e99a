"""What is a quotation and what is not, in the styles in which people write."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.model import Block, Known, Quote, Source, Turn, Work
from vivavoce.quotes import find


def press(text: str, kind: str = "body") -> Source:
    """A press piece with one block a line."""
    blocks = tuple(Block(kind, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))  # type: ignore[arg-type]
    return Source("press/a.txt", "press", "txt", text=text, blocks=blocks)


def found(text: str, *kinds: str) -> list[Quote]:
    return [q for q in find(press(text), Known()) if not kinds or q.kind in kinds]


def words(text: str, *kinds: str) -> list[list[str]]:
    return [[text[a:b] for a, b in q.spans] for q in found(text, *kinds)]


def contents(text: str, *kinds: str) -> list[list[str]]:
    return [[text[a:b] for a, b in q.content] for q in found(text, *kinds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We never slept,” Ortiz said.", ["We never slept,"]),
        ('"We never slept," Ortiz said.', ["We never slept,"]),
        ("‘We never slept,’ Ortiz said.", ["We never slept,"]),
        ("'We never slept,' Ortiz said.", ["We never slept,"]),
        ("``We never slept,'' Ortiz said.", ["We never slept,"]),
        ("« On n’a jamais dormi », dit Ortiz.", ["On n’a jamais dormi"]),
        ("„Wir schliefen nie“, sagte Ortiz.", ["Wir schliefen nie"]),
        ("»Wir schliefen nie«, sagte Ortiz.", ["Wir schliefen nie"]),
        ("“It’s the Coopers’ kitchen,” she said.", ["It’s the Coopers’ kitchen,"]),
        ("'It's the Coopers' kitchen,' she said.", ["It's the Coopers' kitchen,"]),
        ("'The players' wives weren't asked,' she said.", ["The players' wives weren't asked,"]),
        ("“He told me, ‘Go home,’ and I went,” she said.", ["He told me, ‘Go home,’ and I went,"]),
        ("'He told me \"go home\" and I went,' she said.", ['He told me "go home" and I went,']),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert words(text, "direct") == [expected]


def test_apostrophes_feet_and_inches_are_no_marks() -> None:
    assert found("The '80s set was 6' 2\" high, rock 'n' roll and all, and the boys' coats weren't ours.") == []


def test_a_sentence_broken_by_its_tag_is_one_quotation() -> None:
    text = "“The tape,” Bell recalled, laughing, “was never found.” “Never,” she added. “I looked.”"
    assert words(text, "direct") == [["The tape,", "was never found."], ["Never,", "I looked."]]


def test_what_goes_on_after_its_tag_is_one_quotation() -> None:
    text = "“We had no script,” said Ortiz, who wrote it. “We had a kettle.” “I drank from it,” said Bell."
    assert words(text, "direct") == [["We had no script,", "We had a kettle."], ["I drank from it,"]]


def test_two_tags_are_two_quotations() -> None:
    text = "“We had no script,” said Ortiz. Bell nodded. “We had a kettle.” “Peas,” she said. “Dry ones,” he said."
    said = words(text, "direct")
    assert ["We had no script,"] in said
    assert ["Peas,"] in said
    assert ["Dry ones,"] in said


def test_a_split_quotation_with_two_cues_is_listed_once() -> None:
    assert words("“Nothing,” Holm denied saying, “can float.”") == [["Nothing,", "can float."]]
    assert words("“It sank,” Holm said, adding: “It was old.”") == [["It sank,"], ["It was old."]]


def test_the_cue_stands_outside_the_marks() -> None:
    quote = found("“The tape was there,” insisted Bell, who kept the keys.")[0]
    assert quote.cue is not None
    assert quote.cue.text == "insisted"


@pytest.mark.parametrize(
    "text",
    [
        "“We came in at six,” said Ruth Bell, the second of the three designers.",
        "“We came in at six,” Ruth Bell, who built the set, said at a dinner in Leeds.",
        "Ruth Bell, who built the set, said: “We came in at six.”",
        "At the dinner, Ruth Bell said, “We came in at six.”",
        "“We came in at six,” Bell told the Evening Post, after she had sat down.",
        "Asked about the set, Bell replied, “We came in at six.”",
        "“We came in at six.”",
    ],
)
def test_whole_sentences_are_direct(text: str) -> None:
    assert [w.rstrip(".,") for w in words(text, "direct")[0]] == ["We came in at six"]


def test_several_paragraphs_are_one_quotation_with_a_span_each() -> None:
    text = (
        "“We came in at six,” Ortiz said. “Nobody had slept.\n\n"
        "“Then the phone rang. She said, ‘Come now.’\n\n"
        "“That was the last time I saw the set,” he added.\n\nThe set was sold."
    )
    assert words(text, "direct")[0] == [
        "We came in at six,",
        "Nobody had slept.",
        "Then the phone rang. She said, ‘Come now.’",
        "That was the last time I saw the set,",
    ]


def test_a_single_mark_left_open_goes_on_in_the_next_paragraph() -> None:
    text = (
        "‘We hung the lamp,’ he said. ‘On Tuesday they’d the boys’ boots off the wall.\n\n"
        "‘I’ve no more lamps,’ he said. ‘Ask ’em at the quay.’\n\n"
        "The ‘great storm of the year was over.\n\n‘Never,’ said Bell."
    )
    assert words(text) == [
        [
            "We hung the lamp,",
            "On Tuesday they’d the boys’ boots off the wall.",
            "I’ve no more lamps,",
            "Ask ’em at the quay.",
        ],
        ["Never,"],
    ]


def test_a_mark_that_never_closes_stops_at_its_paragraph() -> None:
    text = "“We came in at six, said Ortiz.\n\nThe set was sold.\n\n“It was a shame,” said Bell."
    assert words(text, "direct")[-1] == ["It was a shame,"]
    assert all(b <= text.index("\n") or a > text.index("\n") for q in found(text) for a, b in q.spans)


@pytest.mark.parametrize(
    "text",
    [
        "The episode “The Long Goodbye” was watched by millions.",
        "The song, titled “Harbour Lights,” was recorded in one night.",
        "‘The Harbour’: a look back",
        "Fans loved the so-called “fix.”",
        "The word “scab” was painted on the door.",
        "A banner reading “Save our mill now” hung from the roof.",
        "“The Harbour” said goodbye to its captain",
    ],
)
def test_titles_and_scare_quotes_are_nobodys_words(text: str) -> None:
    assert found(text, "direct", "mixed") == []


def test_a_known_work_is_a_title_however_it_is_written() -> None:
    text = "She said “the harbour at night” was late."
    known = Known(works=(Work("The Harbour at Night"),))
    assert [q.kind for q in find(press(text), known)] == ["indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "“Crab Lane”, the long-running serial from the north coast, will end in May.",
        "It was shown in the fourth episode of “Crab Lane: The Winter We Never Left the Beach.”",
        "In episode 12, “Ebb and Flow”, the ferry sinks.",
        "A baker on the quay sells a bun called “The Second Tide”, and people queue for it.",
        "A notice on the vicarage gate says “Beware of the peacock.”",
        "There is a small plaque by the pump. It says “We drank this.”",
        "The rule is painted on the kitchen wall in red: “NO SHOES, NO SOUP.”",
        "Somebody had written “Gone fishing” on the blackboard.",
        "They stopped at a sign above the mill: “Enter singing.” Nobody sang.",
        "“Slowly, by water,” was her motto.",
        "The harbour, known to the crews as “the old bathtub,” froze twice.",
        "A reader might fairly ask, “Why herring?”",
        "“Mind the gap,” you imagine the whale thinking.",
        "She does not speak of “retirement.”",
        "You know the one: “Row, row, my pickled heart, / The tide is made of tea.”",
        "The crowd on the pier sang “one more herring, one more herring” until it rained.",
        "Her best-known sayings, among them “Sit Down”, “Sit Down Now” and “Please”, were printed.",
        "Ida “the Kettle” Marsh rowed to the island.",
    ],
)
def test_words_on_things_by_names_and_imagined_speech_are_nobodys(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He held up a sign and shouted, “Go home!”", "Go home!"),
        ("The man with the badge said: “Wait here, please.”", "Wait here, please."),
        ("She might go, but he said, “You may not.”", "You may not."),
        ("“Crab Lane,” the paper said.", "Crab Lane,"),
        ("He did not move, and said “never mind.”", "never mind."),
        ("“It was painted over,” Bell said.", "It was painted over,"),
    ],
)
def test_what_is_said_beside_signs_is_said(text: str, expected: str) -> None:
    assert words(text, "direct", "mixed") == [[expected]]


@pytest.mark.parametrize(
    "text",
    [
        "Selwyn denies it.",
        "The captain explained as much to the crew.",
        "When Bell asked about it he grew quiet.",
        "The authors acknowledge this, and so do we.",
        "The vicar was convinced that the gulls knew the hymns.",
        "She wonders whether the gulls left a trace.",
        "Bell posted that letter.",
        "Bell wrote down the names on the cards and went back to the office.",
    ],
)
def test_what_tells_nothing_or_is_only_thought_is_no_report(text: str) -> None:
    assert found(text) == []


def test_a_known_work_at_the_head_of_a_sentence_is_a_title() -> None:
    known = Known(works=(Work("Brine"),))
    assert find(press("“Brine”, which nobody taped, ran for years."), known) == []
    assert [q.text for q in find(press("“Brine,” he said."), known)] == ["Brine,"]


@pytest.mark.parametrize(
    ("text", "marked", "content"),
    [
        (
            "Ortiz said the strike was “a long winter” for the crew.",
            ["a long winter"],
            ["the strike was “a long winter” for the crew"],
        ),
        ("She added that “nobody was paid.”", ["nobody was paid."], ["that “nobody was paid.”"]),
        (
            "He called the ending “a gift” and “a trap.”",
            ["a gift", "a trap."],
            ["the ending “a gift” and “a trap.”"],
        ),
    ],
)
def test_marked_words_in_a_reported_clause_are_mixed(text: str, marked: list[str], content: list[str]) -> None:
    assert words(text, "mixed") == [marked]
    assert contents(text, "mixed") == [content]


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Ortiz said that nobody had slept.", ["that nobody had slept"], "said"),
        ("Ortiz said on Monday the set was gone.", ["the set was gone"], "said"),
        ("The set was gone, Ortiz said.", ["The set was gone"], "said"),
        ("The set, she said, was gone by noon.", ["The set", "was gone by noon"], "said"),
        ("According to Ortiz, who built it, the set was gone.", ["the set was gone"], "According to"),
        ("The set was gone, according to the caretaker.", ["The set was gone"], "according to"),
        ("Bell denied that she had walked out.", ["that she had walked out"], "denied"),
        ("Bell promised to return.", ["to return"], "promised"),
        ("Bell asked whether the strike was over.", ["whether the strike was over"], "asked"),
        ("Bell told the crew that it was over.", ["that it was over"], "told"),
        ("Bell asked the crew to leave.", ["to leave"], "asked"),
        ("Ruth Bell, the designer, said the set was gone.", ["the set was gone"], "said"),
        ("“Yes,” he said, adding that the set was gone.", ["that the set was gone"], "adding"),
        ("As the paper reported in May, the set was gone.", ["the set was gone"], "reported"),
        ("LEEDS, England — The set was gone, two men said.", ["The set was gone"], "said"),
        ("After Bell said the set was gone, the crew left.", ["the set was gone"], "said"),
        ("Many neighbours say the set was gone.", ["the set was gone"], "say"),
    ],
)
def test_indirect_speech(text: str, content: list[str], cue: str) -> None:
    quote = found(text, "indirect")[0]
    assert [text[a:b] for a, b in quote.content] == content
    assert quote.spans == quote.content
    assert quote.cue is not None
    assert quote.cue.text == cue


def test_a_title_in_a_report_is_words_like_others() -> None:
    text = "Episode 4, “Crab Lane,” is still what people write to us about, Bell said."
    assert contents(text) == [["Episode 4, “Crab Lane,” is still what people write to us about"]]
    text = "Bell told the paper’s “Night Desk” that “nobody knew” the tune."
    assert contents(text) == [["that “nobody knew” the tune"]]


@pytest.mark.parametrize(
    "text",
    [
        "Before we meet the ferryman, as he was that spring, it is right to speak of the ferry.",
        "On the second branch of the family, I will only remark that it was long.",
    ],
)
def test_a_finite_verb_before_the_cue_is_no_speaker(text: str) -> None:
    assert all("Before" not in q.text and "branch" not in q.text for q in found(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Asked by a gull-watcher whether the pier was safe, Bell laughed.",
            [["whether the pier was safe"]],
        ),
        ("The mayor was asked if he had paid.", [["if he had paid"]]),
        ("Told that the pier had sunk, she shrugged.", [["that the pier had sunk"]]),
        (
            "The board confirmed that it had seen the pier twice but declined to say what it had found.",
            [["that it had seen the pier twice"], ["to say what it had found"]],
        ),
        (
            "Bell promised to print the letters and asked whether the mayor would.",
            [["to print the letters"], ["whether the mayor would"]],
        ),
        (
            "Ida Marsh, who had said the pier was safe, was asked whether she had seen it.",
            [["the pier was safe"], ["whether she had seen it"]],
        ),
        (
            "Bell, whose aunt had told him to keep his hat on, took it off.",
            [["to keep his hat on"]],
        ),
        (
            "According to the curate, Piers Hallow, nobody drowned.",
            [["nobody drowned"]],
        ),
        ("There has been, according to Ida Marsh, a kind of truce.", [["There has been", "a kind of truce"]]),
        ("She had counted, she told the vestry, nine separate gulls.", [["She had counted", "nine separate gulls"]]),
        ("It was, he added, “the coldest tea” in the county.", [["It was", "“the coldest tea” in the county"]]),
        ("The curate holds that the pier should have been sold.", [["that the pier should have been sold"]]),
        ("Marsh pleaded with the crew to come down.", [["to come down"]]),
        ("The composer had promised the players a stool.", [["a stool"]]),
        ("The court heard that the pier had been greased.", [["that the pier had been greased"]]),
        ("Bell accused the mayor, Ida Marsh, of greasing it.", [["the mayor, Ida Marsh, of greasing it"]]),
        ("A diver who had come back said at least one plank was gone.", [["at least one plank was gone"]]),
        ("He is said to hate the sea, and she said no.", []),
    ],
)
def test_reports_that_stand_within_other_clauses(text: str, expected: list[list[str]]) -> None:
    assert contents(text) == expected


def test_no_at_the_end_ends_its_sentence() -> None:
    assert words("Bell told him no. “Not in this weather,” she said.") == [["Not in this weather,"]]
    assert found("It was, of all things, No. 9 on the list.") == []


def test_who_asked_for_something_is_not_the_tag() -> None:
    text = "“We did what we could,” a man, who asked not to be named, told the Courier."
    assert [q.cue.text for q in found(text) if q.cue] == ["told"]


def test_one_sentence_may_report_twice() -> None:
    text = "Bell said the set was gone, but she denied that she had sold it."
    assert contents(text, "indirect") == [["the set was gone"], ["that she had sold it"]]


@pytest.mark.parametrize(
    "text",
    [
        "She believes the strike was over and hopes it stays so.",
        "The report was read by many, and the claims were few.",
        "Several states raised their rates.",
        "The committee's statement ran to nine pages.",
    ],
)
def test_thought_and_nouns_are_not_speech(text: str) -> None:
    assert found(text) == []


def test_labelled_questions_and_answers_are_direct() -> None:
    text = (
        "We met in a café.\n\nQ: What was the first day like?\n\nA: It was chaos.\n\n"
        "Q: And the last?\n\nA: Quiet.\n\nCorrection: the café was a bar."
    )
    quotes = found(text, "direct")
    assert [q.text for q in quotes] == ["What was the first day like?", "It was chaos.", "And the last?", "Quiet."]
    assert [q.asks for q in quotes] == [True, False, True, False]


def test_an_answer_of_several_paragraphs_is_one_quotation_without_asides() -> None:
    text = (
        '"BELL: Why did it close?\n\n"ORTIZ: There was no money.\n\n"And no roof.\n\n"(CROSSTALK)\n\n'
        '"BELL: No roof?\n\n"ORTIZ: None."\n\nThe theatre is a bar now.'
    )
    assert words(text) == [
        ["Why did it close?"],
        ["There was no money.", "And no roof."],
        ["No roof?"],
        ["None."],
    ]


ORAL = """The bakery burned in 1961. Five people told us how.

HETTY CLOUGH (baker): It began with the currants. Nobody
believes me.

My sister does. We were both there.

JOAN CLOUGH (her sister, now 90): I was at the pictures.

The fire is said to have been seen from Thornby. “Half the sky,” wrote the vicar.

HETTY CLOUGH: She’ll tell you that. She’ll say, “What currants?”

FATHER DOLAN: I never saw her at the pictures.

A bank stands there now. Hetty Clough banks elsewhere."""


def test_an_oral_history_gives_a_quotation_a_label_and_its_narration_none() -> None:
    text = ORAL.replace("Nobody\nbelieves", "Nobody believes")
    assert words(text, "direct") == [
        ["It began with the currants. Nobody believes me.", "My sister does. We were both there."],
        ["I was at the pictures."],
        ["Half the sky,"],
        ["She’ll tell you that. She’ll say, “What currants?”"],
        ["I never saw her at the pictures."],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NEW YORK: The rain came.\n\nLOS ANGELES: It did not.\n\nThe end.",
        "The Kiln (2004): A film about clay.\n\nThe Wheel (2009): Its sequel.\n\nBoth are long.",
        "CORRECTION: The mayor is 60.\n\nUPDATE: He has resigned.",
    ],
)
def test_other_words_before_a_colon_are_no_speakers(text: str) -> None:
    assert found(text) == []


def test_the_last_answer_goes_on_where_it_speaks_of_itself() -> None:
    text = "Q: Who found it?\n\nA: A dog.\n\nI gave it my hat. It ate it.\n\nThe museum opens at ten."
    assert words(text, "direct") == [["Who found it?"], ["A dog.", "I gave it my hat. It ate it."]]


def test_credits_teasers_and_bylines_give_nothing() -> None:
    for kind in ("credit", "teaser", "byline", "alt"):
        assert find(press("“We never slept,” Ortiz said.", kind), Known()) == []
    for kind in ("headline", "dek", "caption"):
        assert [q.block for q in find(press("“We never slept,” Ortiz said.", kind), Known())] == [kind]


def test_a_transcript_gives_one_quotation_a_turn() -> None:
    text = "And then?\nHe said “go.”\nWe went."
    source = Source(
        "a.vtt",
        "transcript",
        "vtt",
        text=text,
        turns=(
            Turn("Host", ((0, 9),), 0, 9, time=(0.0, 1.5), asks=True),
            Turn("Bell", ((10, 23), (24, 32)), 10, 32, time=(1.5, 4.0)),
            Turn("Host", (), 32, 32),
        ),
    )
    first, second = find(source, Known())
    assert (first.kind, first.asks, first.turn, first.time) == ("turn", True, 0, (0.0, 1.5))
    assert (second.text, second.turn, second.confidence) == ("He said “go.” We went.", 1, 1.0)


def test_inserting_a_word_above_changes_no_other_id() -> None:
    text = "“No,” said Bell.\n\n“No,” said Ortiz.\n\nReyes said the set was gone."
    before = [q.id for q in found(text)]
    after = [q.id for q in found("Yesterday. " + text)]
    assert before == after
    assert len(set(before)) == 3


WORDS = (
    "said Bell that she told according to No as who and but if the they claim promised asked whether adding Sen. U.S. "
    "in statement Monday called reads word Q: A: laughing believes reported of"
)
PIECES = st.sampled_from([*"“”„‟«»‘’'\"`()[]—,.?!:;", *(" " + w for w in WORDS.split()), "\n", "\n\n", " “", "” "])


@given(st.lists(PIECES, max_size=80).map("".join))
@settings(max_examples=400, deadline=None)
def test_spans_are_the_quotation_in_order_and_apart(text: str) -> None:
    source = press(text)
    quotes = find(source, Known())
    assert quotes == find(source, Known())
    assert len({q.id for q in quotes}) == len(quotes)
    for quote in quotes:
        assert quote.text == " ".join(text[a:b] for a, b in quote.spans)
        assert all(0 <= a < b <= len(text) for a, b in (*quote.spans, *quote.content))
        assert all(one[1] <= other[0] for one, other in zip(quote.spans, quote.spans[1:], strict=False))
        if quote.cue:
            assert text[quote.cue.start : quote.cue.end] == quote.cue.text


def test_what_goes_on_behind_a_semicolon_does_not_begin_with_it() -> None:
    text = "The chairman said the “lock-in” would be examined; Deeks, he said, would be recalled."
    assert contents(text, "indirect") == [["Deeks", "would be recalled"]]
